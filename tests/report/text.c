/*
 * The report for the terminal: in 80 columns, without a byte that acts on the
 * terminal, the verdict first.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "report/report.h"
#include "report/wrap.h"
#include "result_sample.h"

static struct arena arena;

static int
begin(void **state)
{
	(void)state;
	arena = arena_with(512 * MIB);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static struct bytes
report(enum result_sample which, struct report_options o)
{
	struct result r = result_sample(which, &arena);
	struct out out = out_memory(64 * MIB);
	struct bytes made;

	report_text(&out, &r, &o);
	made = arena_copy(&arena, buf_bytes(&out.buf));
	assert_int_equal(out_end(&out), ERR_NONE);
	return made;
}

static bool
has(struct bytes text, const char *part)
{
	return bytes_find(text, bytes_of(part), 0) != SIZE_MAX;
}

static void
assert_lines(struct bytes text)
{
	struct bytes line;
	size_t at = 0, stop;

	while (at < text.n) {
		stop = bytes_find_byte(text, '\n', at);
		assert_true(stop != SIZE_MAX);
		line = bytes_part(text, at, stop - at);
		if (wrap_columns(line) > 80)
			fail_msg("too long: %.*s", (int)line.n,
			    (const char *)line.p);
		assert_true(line.n == 0 || line.p[line.n - 1] != ' ');
		at = stop + 1;
	}
}

static void
calm_and_in_columns(void **state)
{
	struct report_options o = { .output_dir = "out" };
	struct bytes text;
	size_t at;
	unsigned i;

	(void)state;
	for (i = 0; i < RESULT_SAMPLES * 4; i++) {
		o.lang = i & 1 ? LANG_RU : LANG_EN;
		o.redact = (i & 2) != 0;
		text = report((enum result_sample)(i / 4), o);
		assert_lines(text);
		for (at = 0; at < text.n; at++)
			assert_true(text.p[at] >= 0x20 || text.p[at] == '\n');
		assert_true(text_utf8(text));
		assert_false(has(text, "\xe2\x80\xae"));
	}
}

static void
colour_only_if_wanted(void **state)
{
	struct report_options o = { .colour = true };
	struct bytes text = report(RESULT_COMPROMISED, o);

	(void)state;
	assert_true(bytes_starts(text, "\033[1;31m="));
	o.colour = false;
	assert_true(bytes_starts(report(RESULT_COMPROMISED, o), "="));
	o.colour = true;
	/* Ours are the only ones: each is a colour of ours. */
	text = report(RESULT_HOSTILE, o);
	assert_false(has(text, "\033[2J"));
	assert_false(has(text, "\033]0"));
}

static void
order(struct bytes text, const char *const *parts)
{
	size_t at = 0;

	for (; *parts != NULL; parts++) {
		at = bytes_find(text, bytes_of(*parts), at);
		if (at == SIZE_MAX)
			fail_msg("not there, or not there in order: %s",
			    *parts);
	}
}

static void
verdict_first_person_last(void **state)
{
	static const char *const parts[] = {
		"Verdict: COMPROMISED", "Device: Anna Example's iPhone",
		"Findings", "1. A program with the name", "[critical]",
		"When: 2023-06-04", "Matched: exampled", "Why it matters:",
		"What harmless thing looks alike:", "Next step:", "2. A link",
		"Also noticed", "What could not be read", "at byte 40960",
		"What was examined", "not in an unencrypted backup:",
		"make an encrypted backup", "What it was compared with",
		"Compared against 5,310 published indicators (reference data",
		"What to do next", "For the person", "Do not erase",
		"Whom to turn to:", "accessnow.org", "January 2026",
		"What this check cannot see:", NULL
	};
	struct report_options o = { .lang = LANG_EN };

	(void)state;
	order(report(RESULT_COMPROMISED, o), parts);
}

static void
rules_are_told_once(void **state)
{
	struct report_options o = { .lang = LANG_EN, .output_dir = "out" };
	struct bytes text = report(RESULT_MANY, o);

	(void)state;
	assert_true(has(text, "895 more, with all details: out/case.json"));
	assert_true(has(text, "1,480 more, with all details: out/case.json"));
	assert_true(text.n < 32 * KIB);
	o.output_dir = NULL;
	assert_true(has(report(RESULT_MANY, o),
	    "895 more, with all details: use -o FOLDER or --json"));
}

static void
each_verdict(void **state)
{
	struct report_options o = { .lang = LANG_EN };
	struct bytes text = report(RESULT_NOTHING, o);

	(void)state;
	assert_true(has(text, "Verdict: NOTHING FOUND"));
	assert_true(has(text, "No findings."));
	assert_true(has(text, "No gaps"));
	text = report(RESULT_INCOMPLETE, o);
	assert_true(has(text, "Verdict: INCOMPLETE"));
	assert_true(has(text, "all-clear."));
	assert_true(has(text, "Damaged indicator files: 1"));
	text = report(RESULT_SUSPICIOUS, o);
	assert_true(has(text, "Verdict: SUSPICIOUS"));
	text = report(RESULT_BARE, o);
	assert_true(has(text, "No published"));
	assert_true(has(text, "ostrakon indicators update"));
}

static void
redaction_removes_secrets(void **state)
{
	struct report_options o = { .lang = LANG_EN, .redact = true };
	unsigned i, j;
	struct bytes text;

	(void)state;
	for (i = 0; i < RESULT_SAMPLES; i++) {
		text = report((enum result_sample)i, o);
		for (j = 0; result_secrets[j] != NULL; j++)
			if (has(text, result_secrets[j]))
				fail_msg("still there: %s",
				    result_secrets[j]);
		assert_true(has(text, "This copy is redacted"));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(calm_and_in_columns),
		cmocka_unit_test(colour_only_if_wanted),
		cmocka_unit_test(verdict_first_person_last),
		cmocka_unit_test(rules_are_told_once),
		cmocka_unit_test(each_verdict),
		cmocka_unit_test(redaction_removes_secrets),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
