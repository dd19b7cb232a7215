/*
 * The parts that reports are made of: columns, sentences, what is redacted.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "base/time.h"
#include "report/emit.h"
#include "report/redact.h"
#include "report/say.h"
#include "report/wrap.h"

static void
assert_buf(struct buf *b, const char *want)
{
	if (!bytes_is(buf_bytes(b), want))
		fail_msg("<%.*s> is not <%s>", (int)b->n, (const char *)b->p,
		    want);
	buf_reset(b);
}

static void
assert_wrapped(const char *text, unsigned at, unsigned indent, const char *want)
{
	struct out out = out_memory(KIB);

	wrap_text(&out, bytes_of(text), at, indent, 10);
	assert_buf(&out.buf, want);
	(void)out_end(&out);
}

static void
columns(void **state)
{
	(void)state;
	assert_int_equal(wrap_columns(bytes_of("abc")), 3);
	assert_int_equal(wrap_columns(bytes_of("\xd0\xb0\xd0\xb1")), 2);
	assert_int_equal(wrap_columns(bytes_of("\xe6\xbc\xa2\xe5\xad\x97")),
	    4);
	assert_int_equal(wrap_columns(bytes_of("e\xcc\x81")), 1);
	assert_int_equal(wrap_columns(bytes_of("\xf0\x9f\x98\x80")), 2);
	assert_int_equal(wrap_columns(bytes_of("\xff\xfe")), 2);
	assert_int_equal(wrap_columns(bytes_of("\xef\xbd\xb1")), 1);
}

static void
wrapping(void **state)
{
	(void)state;
	assert_wrapped("", 0, 0, "\n");
	assert_wrapped("one two three four", 0, 0, "one two\nthree four\n");
	assert_wrapped("one two three", 0, 2, "one two\n  three\n");
	assert_wrapped("1234567890", 0, 0, "1234567890\n");
	assert_wrapped("12345678901", 0, 0, "1234567890\n1\n");
	assert_wrapped("abcdef/ghijkl", 0, 0, "abcdef/\nghijkl\n");
	assert_wrapped("a/bcdefghijkl", 0, 0, "a/bcdefghi\njkl\n");
	assert_wrapped("abcdef", 6, 2, "\n  abcdef\n");
	assert_wrapped(" abc", 6, 2, " abc\n");
	assert_wrapped(" abcd", 6, 2, "\n  abcd\n");
	assert_wrapped("a  b ", 0, 0, "a b\n");
	assert_wrapped("\xe6\xbc\xa2\xe6\xbc\xa2\xe6\xbc\xa2\xe6\xbc\xa2"
	    "\xe6\xbc\xa2\xe6\xbc\xa2", 0, 1,
	    "\xe6\xbc\xa2\xe6\xbc\xa2\xe6\xbc\xa2\xe6\xbc\xa2\xe6\xbc\xa2\n"
	    " \xe6\xbc\xa2\n");
}

/* Narrower than its indent: it ends all the same, and loses nothing. */
static void
wrapping_without_room(void **state)
{
	(void)state;
	assert_wrapped("ab", 0, 12, "ab\n");
	assert_wrapped("ab cd", 9, 12, "a\n            b\n            c\n"
	    "            d\n");
}

static void
numbers(void **state)
{
	struct buf b = buf_with(KIB);

	(void)state;
	say_number(&b, LANG_EN, 0);
	assert_buf(&b, "0");
	say_number(&b, LANG_EN, 999);
	assert_buf(&b, "999");
	say_number(&b, LANG_EN, 1000);
	assert_buf(&b, "1,000");
	say_number(&b, LANG_RU, 1234567);
	assert_buf(&b, "1\xc2\xa0" "234\xc2\xa0" "567");
	say_number(&b, LANG_EN, UINT64_MAX);
	assert_buf(&b, "18,446,744,073,709,551,615");
	say_size(&b, LANG_EN, 999);
	assert_buf(&b, "999\xc2\xa0" "bytes");
	say_size(&b, LANG_EN, 45231104);
	assert_buf(&b, "45.2\xc2\xa0MB");
	say_size(&b, LANG_EN, 145231104);
	assert_buf(&b, "145\xc2\xa0MB");
	say_time(&b, LANG_EN, TIME_UNSET);
	assert_buf(&b, "no time known");
	say_time(&b, LANG_EN, 0);
	assert_buf(&b, "1970-01-01 00:00:00 UTC");
	buf_free(&b);
}

static void
last_part(void **state)
{
	(void)state;
	assert_true(bytes_is(say_last(bytes_of("/a/b")), "b"));
	assert_true(bytes_is(say_last(bytes_of("/a/b///")), "b"));
	assert_true(bytes_is(say_last(bytes_of("b")), "b"));
	assert_true(bytes_is(say_last(bytes_of("/")), "/"));
	assert_true(bytes_is(say_last(bytes_of("")), ""));
	assert_true(bytes_is(say_last(bytes_of("a//b")), "b"));
}

static struct val
text(const char *s)
{
	return val_text(bytes_of(s));
}

static bool
keeps(const struct result_finding *f, enum kind kind, struct val v)
{
	return redact_keeps(f, kind, &v);
}

static void
redaction_by_kind(void **state)
{
	struct result_indicator in = { .value = bytes_of("Bad.Example") };
	struct result_finding f = { .nindicators = 1, .indicators = &in };
	unsigned kind;

	(void)state;
	/* Text is kept only where it cannot be about a person. */
	for (kind = 0; kind < KIND_COUNT; kind++)
		assert_int_equal(keeps(&f, kind, text("anna")),
		    kind == KIND_PROCESS || kind == KIND_APP_ID ||
		    (kind >= KIND_MD5 && kind <= KIND_CERT_SHA256) ||
		    kind == KIND_PROPERTY || kind_is_time((enum kind)kind));
	assert_true(keeps(&f, KIND_EMAIL, text("bad.example")));
	assert_false(keeps(&f, KIND_EMAIL, text("")));
	assert_true(keeps(&f, KIND_INT, val_int(42)));
	assert_false(keeps(&f, KIND_INT, val_int(79161234567)));
	assert_false(keeps(&f, KIND_REAL, val_real(55.7558)));
	assert_true(keeps(&f, KIND_SECONDS, val_real(3.5)));
	assert_false(keeps(&f, KIND_PROCESS, val_blob(bytes_of("x"))));
	assert_false(keeps(&f, KIND_JSON, val_json(bytes_of("1"))));
	assert_true(bytes_is(redact_published(&f,
	    bytes_of("see http://a.BAD.example/x")), "Bad.Example"));
	assert_int_equal(redact_published(&f, bytes_of("bad")).n, 0);
}

static void
redaction_of_files(void **state)
{
	static const char *const pairs[][2] = {
		{ "HomeDomain/Library/SMS/sms.db",
		  "HomeDomain/\xe2\x80\xa6/sms.db" },
		{ "AppDomain-org.example.dating/x/y.db",
		  "AppDomain/\xe2\x80\xa6/y.db" },
		{ "HomeDomain/a", "HomeDomain/a" },
		{ "Info.plist", "Info.plist" },
		{ "", "" },
		{ "/", "/" }
	};
	struct buf b = buf_with(KIB);
	unsigned i;

	(void)state;
	for (i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		redact_member(&b, bytes_of(pairs[i][0]));
		assert_buf(&b, pairs[i][1]);
	}
	assert_true(redact_keeps_device("product_type"));
	assert_false(redact_keeps_device("serial"));
	assert_false(redact_keeps_device("anything_new"));
	buf_free(&b);
}

static void
groups(void **state)
{
	struct result_finding f[5];
	struct result r = { .nfindings = 5, .findings = f };
	struct say_groups g = { .first = 0 };
	unsigned i;

	(void)state;
	memset(f, 0, sizeof(f));
	for (i = 0; i < 5; i++)
		f[i].finding.rule = i == 1 || i == 3 ? RULE_IOC_HASH :
		    RULE_SHORTENED;
	f[4].level = LEVEL_LOW;
	assert_true(say_group(&g, &r));
	assert_int_equal(g.first, 0);
	assert_int_equal(say_next(&r, 0), 2);
	assert_int_equal(say_rest(&r, 0), 1);
	assert_int_equal(say_next(&r, 2), 5);
	assert_true(say_group(&g, &r));
	assert_int_equal(g.first, 1);
	assert_true(say_group(&g, &r));
	assert_int_equal(g.first, 4);
	assert_false(say_group(&g, &r));
	assert_false(say_group(&g, &r));
}

static void
emitting(void **state)
{
	struct out out = out_memory(KIB);
	struct emit e = { .out = &out };

	(void)state;
	emit_object(&e, NULL);
	emit_array(&e, "a");
	emit_array_end(&e);
	emit_array(&e, "b\"");
	emit_int(&e, NULL, INT64_MIN);
	emit_bool(&e, NULL, true);
	emit_array_end(&e);
	emit_time(&e, "t", 0);
	emit_time(&e, "u", TIME_UNSET);
	emit_text_or_null(&e, "n", bytes_of(NULL));
	emit_object_end(&e);
	assert_buf(&out.buf, "{\n\t\"a\": [],\n\t\"b\\\"\": [\n"
	    "\t\t-9223372036854775808,\n\t\ttrue\n\t],\n"
	    "\t\"t\": \"1970-01-01T00:00:00.000000Z\",\n\t\"u\": null,\n"
	    "\t\"n\": null\n}");
	(void)out_end(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns),
		cmocka_unit_test(wrapping),
		cmocka_unit_test(wrapping_without_room),
		cmocka_unit_test(numbers),
		cmocka_unit_test(last_part),
		cmocka_unit_test(redaction_by_kind),
		cmocka_unit_test(redaction_of_files),
		cmocka_unit_test(groups),
		cmocka_unit_test(emitting),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
