/*
 * The page for people: whole, self-contained, and closed against what the
 * evidence holds.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "base/time.h"
#include "report/report.h"
#include "result_sample.h"

static struct arena arena;

static int
end(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static int
begin(void **state)
{
	(void)state;
	arena = arena_with(512 * MIB);
	return 0;
}

static struct bytes
page(const struct result *r, struct report_options o)
{
	struct out out = out_memory(64 * MIB);
	struct bytes made;

	report_html(&out, r, &o);
	made = arena_copy(&arena, buf_bytes(&out.buf));
	assert_int_equal(out_end(&out), ERR_NONE);
	return made;
}

static struct bytes
page_of(enum result_sample which, struct report_options o)
{
	struct result r = result_sample(which, &arena);

	return page(&r, o);
}

static bool
has(struct bytes page_bytes, const char *text)
{
	return bytes_find(page_bytes, bytes_of(text), 0) != SIZE_MAX;
}

static bool
is_void(struct bytes name)
{
	return bytes_is(name, "meta") || bytes_is(name, "br") ||
	    bytes_is(name, "!DOCTYPE") || bytes_is(name, "line") ||
	    bytes_is(name, "circle");
}

static bool
is_known(struct bytes name)
{
	static const char *const known[] = {
		"!DOCTYPE", "html", "head", "meta", "title", "style", "body",
		"main", "header", "section", "article", "div", "p", "h1",
		"h2", "h3", "h4", "dl", "dt", "dd", "ul", "ol", "li", "span",
		"strong", "br", "a", "table", "caption", "thead", "tbody",
		"tr", "th", "td", "svg", "g", "line", "text", "circle", NULL
	};
	unsigned i;

	for (i = 0; known[i] != NULL; i++)
		if (bytes_is(name, known[i]))
			return true;
	return false;
}

static size_t
name_end(struct bytes b, size_t at)
{
	while (at < b.n && strchr(" />\n", b.p[at]) == NULL)
		at++;
	return at;
}

/* Every tag is one of ours, closed in order, its quotes in pairs. */
static void
assert_whole(struct bytes b)
{
	struct bytes open[64], name;
	size_t at = 0, stop, quotes;
	unsigned depth = 0;
	bool closes;

	while ((at = bytes_find_byte(b, '<', at)) != SIZE_MAX) {
		at++;
		closes = b.p[at] == '/';
		at += closes;
		stop = name_end(b, at);
		name = bytes_part(b, at, stop - at);
		if (!is_known(name))
			fail_msg("a tag <%.*s", 40, (const char *)b.p + at);
		for (quotes = 0; b.p[stop] != '>'; stop++) {
			assert_true(stop < b.n && b.p[stop] != '<');
			quotes += b.p[stop] == '"';
		}
		assert_int_equal(quotes % 2, 0);
		at = stop;
		if (closes) {
			assert_true(depth > 0);
			depth--;
			assert_true(bytes_eq(open[depth], name));
		} else if (!is_void(name)) {
			assert_true(depth < 64);
			open[depth++] = name;
		}
	}
	assert_int_equal(depth, 0);
}

/* No byte that acts on a reader: escape characters, bidi controls. */
static void
assert_calm(struct bytes b)
{
	size_t i;

	for (i = 0; i < b.n; i++)
		assert_true(b.p[i] >= 0x20 || b.p[i] == '\n');
	assert_false(has(b, "\xe2\x80\xae"));
	assert_false(has(b, "\xc2\x9b"));
	assert_true(text_utf8(b));
}

static void
whole_in_every_form(void **state)
{
	struct report_options o = { .examiner = "<b>\"'&", .note = "\033[2J" };
	unsigned i;
	struct bytes b;

	(void)state;
	for (i = 0; i < RESULT_SAMPLES * 4; i++) {
		o.lang = i & 1 ? LANG_RU : LANG_EN;
		o.redact = (i & 2) != 0;
		b = page_of((enum result_sample)(i / 4), o);
		assert_whole(b);
		assert_calm(b);
		assert_true(has(b, i & 1 ? "<html lang=\"ru\">" :
		    "<html lang=\"en\">"));
		assert_true(has(b, "default-src 'none'"));
		assert_false(has(b, "<script"));
		assert_false(has(b, "<b>"));
		assert_false(has(b, "src="));
		assert_true(i / 4 == RESULT_HOSTILE || !has(b, "{}"));
	}
}

static void
hostile_texts_are_cut(void **state)
{
	struct report_options o = { .lang = LANG_EN };
	struct bytes b = page_of(RESULT_HOSTILE, o);

	(void)state;
	assert_true(has(b, "&lt;script&gt;alert(1)"));
	assert_true(has(b, "\\u{202e}"));
	assert_true(b.n < 100 * KIB);
}

static void
rows_are_capped(void **state)
{
	struct report_options o = { .lang = LANG_EN };
	struct bytes b = page_of(RESULT_MANY, o);
	size_t at = 0;
	unsigned hits = 0;

	(void)state;
	while ((at = bytes_find(b, bytes_of("class=\"hit\""), at)) !=
	    SIZE_MAX) {
		hits++;
		at++;
	}
	assert_true(hits > 0 && hits <= 200);
	assert_true(has(b, "Shown here: 40 of 900. All of them: case.json."));
	assert_true(has(b, "Shown here: 100 of 700. All of them: case.json."));
	assert_true(b.n < 300 * KIB);
}

static void
says_what_it_must(void **state)
{
	struct report_options o = { .lang = LANG_EN };
	struct bytes b = page_of(RESULT_NOTHING, o);

	(void)state;
	assert_true(has(b, "NOTHING FOUND"));
	assert_true(has(b, "does not prove the phone clean"));
	assert_true(has(b, "pages visited in Safari; calls made"));
	assert_true(has(b, "reference data about known spyware, not "
	    "findings"));
	assert_true(has(b, "January 2026"));
	assert_false(has(b, "<svg"));
	b = page_of(RESULT_BARE, o);
	assert_true(has(b, "No published indicators were loaded"));
	assert_true(has(b, "unknown device"));
	b = page_of(RESULT_COMPROMISED, o);
	assert_true(has(b, "COMPROMISED"));
	assert_true(has(b, "Anna Example&#39;s iPhone"));
	assert_true(has(b, "2023-06-04 00:00:00 UTC, 3 times, until "
	    "2023-06-13 00:00:00 UTC"));
	assert_true(has(b, "<svg"));
	assert_true(has(b, "at byte 40960, 3 times"));
}

static void
redaction_removes_secrets(void **state)
{
	struct report_options o = { .lang = LANG_EN,
	    .examiner = "Inspector Lestrade", .note = "desk 14" };
	struct bytes open, b;
	unsigned i;

	(void)state;
	open = page_of(RESULT_COMPROMISED, o);
	o.redact = true;
	b = page_of(RESULT_COMPROMISED, o);
	for (i = 0; result_secrets[i] != NULL; i++)
		if (has(b, result_secrets[i]))
			fail_msg("still there: %s", result_secrets[i]);
	/* The test is worth something only if they stand there otherwise. */
	assert_true(has(open, "Anna Example"));
	assert_true(has(open, "meet me at nine"));
	assert_true(has(open, "Inspector Lestrade"));
	assert_true(has(b, "This copy is redacted"));
	assert_true(has(b, "attack.example"));
	assert_true(has(b, "exampled"));
	assert_true(has(b, "iPhone14,5"));
}

/* --- the picture of the times ------------------------------------------------- */

static unsigned
attribute(struct bytes b, size_t at, const char *name)
{
	size_t from = bytes_find(b, bytes_of(name), at);
	unsigned v = 0;

	assert_true(from != SIZE_MAX);
	for (from += strlen(name); b.p[from] >= '0' && b.p[from] <= '9';
	    from++)
		v = v * 10 + b.p[from] - '0';
	return v;
}

/* Circles of one row never touch, nor do the labels below the axis. */
static void
assert_apart(struct bytes b)
{
	size_t at = 0;
	unsigned x, y, last_x = 0, last_y = 0;

	while ((at = bytes_find(b, bytes_of("<circle"), at)) != SIZE_MAX) {
		x = attribute(b, at, "cx=\"");
		y = attribute(b, at, "cy=\"");
		assert_true(y != last_y || x >= last_x + 20);
		assert_true(x >= 100 && x <= 750);
		last_x = x;
		last_y = y;
		at++;
	}
	last_x = 0;
	at = 0;
	while ((at = bytes_find(b, bytes_of("text-anchor=\"middle\" x=\""),
	    at)) != SIZE_MAX) {
		x = attribute(b, at, "x=\"");
		at++;
		if (attribute(b, at, "y=\"") < last_y + 17)
			continue;	/* a number in a circle */
		assert_true(x >= last_x + 60 || last_x == 0);
		last_x = x;
	}
}

static void
set_times(struct result_finding *f, int64_t t)
{
	f->finding.time = f->finding.last = t;
}

static void
timeline_of_any_span(void **state)
{
	static const int64_t spans[] = { 0, 1, TIME_SECOND, 3600 * TIME_SECOND,
	    TIME_DAY, 5 * TIME_DAY, 40 * TIME_DAY, 300 * TIME_DAY,
	    1500 * TIME_DAY, 5900 * TIME_DAY };
	struct report_options o = { .lang = LANG_EN };
	struct result r = result_sample(RESULT_MANY, &arena);
	struct result_finding *f = arena_alloc(&arena, 100, sizeof(*f));
	struct bytes b;
	unsigned i, j;

	(void)state;
	assert_non_null(f);
	memcpy(f, r.findings, 100 * sizeof(*f));
	r.findings = f;
	for (i = 0; i < sizeof(spans) / sizeof(spans[0]); i++) {
		for (j = 0; j < 100; j++)
			set_times(&f[j], r.evidence_time - spans[i] / 99 * j);
		for (r.nfindings = 1; r.nfindings <= 100; r.nfindings += 33) {
			b = page(&r, o);
			assert_true(has(b, "<circle"));
			assert_apart(b);
			assert_whole(b);
		}
	}
}

static void
impossible_times_are_not_drawn(void **state)
{
	static const int64_t bad[] = { INT64_MIN, INT64_MIN + 1, INT64_MAX, 0,
	    -1, INT64_C(4200000000000000) };
	struct report_options o = { .lang = LANG_EN };
	struct result r = result_sample(RESULT_MANY, &arena);
	struct result_finding *f = arena_alloc(&arena, 6, sizeof(*f));
	unsigned i;

	(void)state;
	assert_non_null(f);
	memcpy(f, r.findings, 6 * sizeof(*f));
	for (i = 0; i < 6; i++)
		set_times(&f[i], bad[i]);
	r.findings = f;
	r.nfindings = 6;
	assert_true(has(page(&r, o), "No finding carries a time"));
	set_times(&f[3], r.evidence_time);
	assert_true(has(page(&r, o), "that cannot be right: 5."));
	r.evidence_time = INT64_MAX;
	assert_true(has(page(&r, o), "that cannot be right: 5."));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole_in_every_form),
		cmocka_unit_test(hostile_texts_are_cut),
		cmocka_unit_test(rows_are_capped),
		cmocka_unit_test(says_what_it_must),
		cmocka_unit_test(redaction_removes_secrets),
		cmocka_unit_test(timeline_of_any_span),
		cmocka_unit_test(impossible_times_are_not_drawn),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
