/*
 * case.json and custody.json: well-formed, as the schema says, and free of
 * what must not stand in them, whatever the evidence held.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "format/json.h"
#include "report/report.h"
#include "result_sample.h"
#include "schema.h"

static struct arena arena;
static const struct schema_node *schema;

static int
begin(void **state)
{
	struct bytes text;
	uint8_t *p;
	FILE *f;
	size_t n;

	(void)state;
	arena = arena_with(512 * MIB);
	p = arena_alloc(&arena, 256 * KIB, 1);
	f = fopen("docs/case.schema.json", "r");
	if (p == NULL || f == NULL)
		return -1;
	n = fread(p, 1, 256 * KIB, f);
	fclose(f);
	text = bytes_at(p, n);
	schema = schema_read(&arena, text);
	return schema == NULL;
}

static int
end(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static struct bytes
case_of(enum result_sample which, enum lang lang)
{
	struct report_options o = { .lang = lang };
	struct result r = result_sample(which, &arena);
	struct out out = out_memory(64 * MIB);
	struct bytes made;

	report_json(&out, &r, &o);
	made = arena_copy(&arena, buf_bytes(&out.buf));
	assert_int_equal(out_end(&out), ERR_NONE);
	return made;
}

static void
assert_holds(const struct schema_node *value)
{
	struct buf why = buf_with(64 * KIB);

	if (!schema_holds(schema, value, &why))
		fail_msg("%.*s", (int)why.n, (const char *)why.p);
	buf_free(&why);
}

static const struct schema_node *
finding_of(const struct schema_node *root, unsigned n)
{
	return schema_item(schema_get(root, "findings"), n);
}

static void
schema_is_sound(void **state)
{
	struct buf why = buf_with(64 * KIB);

	(void)state;
	if (!schema_sound(schema, &why))
		fail_msg("%.*s", (int)why.n, (const char *)why.p);
	buf_free(&why);
}

/* The validator must be able to say no. */
static void
validator_refuses(void **state)
{
	static const char *const bad[] = {
		"{}", "[]", "{\"cases\": [{}]}", "{\"cases\": 1}", "null"
	};
	struct buf why = buf_with(64 * KIB);
	struct bytes good = case_of(RESULT_NOTHING, LANG_EN), edited;
	const struct schema_node *value;
	uint8_t *p;
	size_t at;
	unsigned i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		value = schema_read(&arena, bytes_of(bad[i]));
		assert_non_null(value);
		buf_reset(&why);
		assert_false(schema_holds(schema, value, &why));
		assert_true(why.n > 0);
	}
	/* One letter of one key, one value of a list. */
	for (i = 0; i < 2; i++) {
		edited = arena_copy(&arena, good);
		p = arena_alloc(&arena, good.n, 1);
		memcpy(p, edited.p, edited.n);
		at = bytes_find(good, bytes_of(i == 0 ? "encrypted\"" :
		    "nothing found"), 0);
		assert_true(at < good.n);
		p[at] ^= 1;
		value = schema_read(&arena, bytes_at(p, good.n));
		assert_non_null(value);
		buf_reset(&why);
		assert_false(schema_holds(schema, value, &why));
	}
	assert_null(schema_read(&arena, bytes_of("{\"a\":1,}")));
	assert_null(schema_read(&arena, bytes_of("{\"a\":01}")));
	assert_null(schema_read(&arena, bytes_of("\"\\ud800\"")));
	assert_null(schema_read(&arena, bytes_of("1 2")));
	buf_free(&why);
}

static void
every_case_is_as_the_schema_says(void **state)
{
	const struct schema_node *value;
	struct bytes made;
	unsigned i;

	(void)state;
	for (i = 0; i < RESULT_SAMPLES * 2; i++) {
		made = case_of((enum result_sample)(i / 2), i % 2 == 0 ?
		    LANG_EN : LANG_RU);
		assert_true(json_valid(made));
		value = schema_read(&arena, made);
		assert_non_null(value);
		assert_holds(value);
	}
}

static void
several_cases(void **state)
{
	struct report_options o = { .lang = LANG_EN };
	struct result r = result_sample(RESULT_BARE, &arena);
	struct out out = out_memory(MIB);
	const struct schema_node *value;

	(void)state;
	report_json_begin(&out);
	report_json(&out, &r, &o);
	report_json_between(&out);
	report_json(&out, &r, &o);
	report_json_end(&out);
	value = schema_read(&arena, buf_bytes(&out.buf));
	assert_non_null(value);
	assert_holds(value);
	assert_non_null(schema_item(schema_get(value, "cases"), 1));
	assert_null(schema_item(schema_get(value, "cases"), 2));
	(void)out_end(&out);
}

static void
what_stands_in_it(void **state)
{
	const struct schema_node *root = schema_read(&arena,
	    case_of(RESULT_COMPROMISED, LANG_EN));
	const struct schema_node *f = finding_of(root, 0);
	const struct schema_node *record = schema_get(f, "record");
	const struct schema_node *fields;

	(void)state;
	assert_true(bytes_is(schema_text(schema_get(schema_get(root,
	    "verdict"), "verdict")), "compromised"));
	assert_true(bytes_is(schema_text(schema_get(schema_get(root,
	    "evidence"), "path")), "00008030-001A2B3C4D5E6F70"));
	assert_true(bytes_is(schema_text(schema_get(f, "rule")),
	    "indicator.process_ran"));
	assert_true(bytes_is(schema_text(schema_get(f, "time")),
	    "2023-06-04T00:00:00.000000Z"));
	assert_true(bytes_is(schema_text(schema_get(record, "row")), "42"));
	assert_true(bytes_is(schema_text(schema_get(schema_get(f,
	    "indicator"), "value")), "exampled"));
	assert_null(schema_get(f, "indicators"));
	assert_non_null(schema_item(schema_get(finding_of(root, 1),
	    "indicators"), 1));
	fields = schema_get(schema_get(finding_of(root, 2), "record"),
	    "fields");
	assert_true(bytes_is(schema_text(schema_get(fields, "mode")),
	    "0100644"));
	assert_true(bytes_is(schema_text(schema_get(schema_get(fields,
	    "extra"), "by")), "Anna Example"));
}

/* What a worker calls JSON and is none must not spoil the file. */
static void
bad_json_becomes_text(void **state)
{
	const struct schema_node *root = schema_read(&arena,
	    case_of(RESULT_HOSTILE, LANG_EN));
	const struct schema_node *fields = schema_get(schema_get(
	    finding_of(root, 0), "record"), "fields");

	(void)state;
	assert_true(bytes_is(schema_text(schema_get(fields, "extra")),
	    "{\"not\": JSON</script>"));
}

/* The folders above the evidence and the time of the run are not in it, and
   no byte that acts on a terminal. */
static void
nothing_of_this_machine(void **state)
{
	struct bytes made = case_of(RESULT_NOTHING, LANG_EN);
	struct bytes bad = case_of(RESULT_HOSTILE, LANG_EN);
	size_t i;

	(void)state;
	assert_true(bytes_find(made, bytes_of("/media/usb"), 0) == SIZE_MAX);
	assert_true(bytes_find(made, bytes_of("lists/"), 0) == SIZE_MAX);
	assert_true(bytes_find(made, bytes_of("2023-07-01"), 0) == SIZE_MAX);
	for (i = 0; i < bad.n; i++)
		assert_true(bad.p[i] >= 0x20 || bad.p[i] == '\n' ||
		    bad.p[i] == '\t');
	assert_true(bytes_find(bad, bytes_of("\xe2\x80\xae"), 0) == SIZE_MAX);
}

static void
custody(void **state)
{
	static const char *const argv[] = { "ostrakon", "check", "a \"b\"\033" };
	struct report_output outputs[2] = {
		{ "case.json", 12, "ab" }, { "report.html", 34, "cd" }
	};
	struct report_custody_info info = { 3, argv, "Linux 6.1.0",
	    "Landlock 2, seccomp", 0, 1000000, 2, outputs };
	struct report_options o = { .examiner = "Inspector Lestrade" };
	struct result r = result_sample(RESULT_NOTHING, &arena);
	struct out out = out_memory(MIB);
	const struct schema_node *root;

	(void)state;
	report_custody(&out, &r, &o, &info);
	assert_true(json_valid(buf_bytes(&out.buf)));
	root = schema_read(&arena, buf_bytes(&out.buf));
	assert_non_null(root);
	assert_true(bytes_is(schema_text(schema_get(schema_get(root,
	    "evidence"), "path")), "/media/usb/00008030-001A2B3C4D5E6F70/"));
	assert_true(bytes_is(schema_text(schema_get(root, "started")),
	    "1970-01-01T00:00:00.000000Z"));
	assert_true(bytes_is(schema_text(schema_get(root, "examiner")),
	    "Inspector Lestrade"));
	assert_true(bytes_is(schema_text(schema_item(schema_get(root,
	    "command"), 2)), "a \"b\"\033"));
	assert_true(bytes_is(schema_text(schema_get(schema_item(schema_get(
	    root, "outputs"), 1), "sha256")), "cd"));
	assert_int_equal(schema_text(schema_get(root, "note")).n, 0);
	assert_true(bytes_find(buf_bytes(&out.buf), bytes_of("\033"), 0) ==
	    SIZE_MAX);
	(void)out_end(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(schema_is_sound),
		cmocka_unit_test(validator_refuses),
		cmocka_unit_test(every_case_is_as_the_schema_says),
		cmocka_unit_test(several_cases),
		cmocka_unit_test(what_stands_in_it),
		cmocka_unit_test(bad_json_becomes_text),
		cmocka_unit_test(nothing_of_this_machine),
		cmocka_unit_test(custody),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
