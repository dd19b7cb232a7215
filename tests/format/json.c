/*
 * The JSON reader: what RFC 8259 allows, what it does not, and the bounds.
 */
#include "format/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/text.h"

/* The events of a text, one letter each, texts in angle brackets. */
static void
trace(struct buf *out, struct json *j)
{
	static const char letters[] = ".{}[]k\"#tfn";
	enum json_event event;

	buf_reset(out);
	do {
		event = json_next(j);
		buf_byte(out, (uint8_t)letters[event]);
		if (event != JSON_KEY && event != JSON_TEXT &&
		    event != JSON_NUMBER)
			continue;
		buf_byte(out, '<');
		buf_add(out, j->text);
		buf_byte(out, '>');
	} while (event != JSON_END);
	buf_byte(out, '\0');
}

static void
gives(const char *in, const char *want)
{
	struct arena arena = arena_with(MIB);
	struct buf out = buf_with(MIB);
	struct json j = json_over(bytes_of(in), &arena);

	trace(&out, &j);
	assert_string_equal((const char *)out.p, want);
	assert_null(j.fault);
	assert_true(json_valid(bytes_of(in)));
	assert_int_equal(json_next(&j), JSON_END);
	buf_free(&out);
	arena_free(&arena);
}

static void
test_valid(void **state)
{
	(void)state;
	gives("{}", "{}.");
	gives("[]", "[].");
	gives(" [ ] ", "[].");
	gives("\t\r\n[\t\r\n]\t\r\n", "[].");
	gives("null", "n.");
	gives("true", "t.");
	gives("false", "f.");
	gives("\"\"", "\"<>.");
	gives("\xef\xbb\xbf[1]", "[#<1>].");
	gives("[1,[2,{\"a\":[]}],3]",
	    "[#<1>[#<2>{k<a>[]}]#<3>].");
	gives("{\"a\":1,\"b\":{\"c\":null},\"a\":true}",
	    "{k<a>#<1>k<b>{k<c>n}k<a>t}.");
	gives("{ \"a\" : 1 , \"b\" : [ ] }", "{k<a>#<1>k<b>[]}.");
}

static void
test_numbers(void **state)
{
	static const char *const good[] = {
		"0", "-0", "1", "-1", "10", "1234567890", "0.5", "-0.5", "1.25",
		"1e5", "1E5", "1e+5", "1e-5", "0e0", "-0.0e-0", "1.5E+300",
		"123456789012345678901234567890123456789012345678901234567890",
		"1e999999999", "0.00000000000000000000000000000000000000000001",
	};
	static const char *const bad[] = {
		"-", "+1", "01", "-01", "00", "1.", ".5", "1.e5", "1e", "1e+",
		"1e-", "1E", "0x1", "1_0", "- 1", "--1", "1.5.5", "1e5e5",
		"Infinity", "-Infinity", "NaN", "1a", "-a", "1e5.0",
	};
	size_t i;
	char text[128];

	(void)state;
	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		snprintf(text, sizeof(text), "#<%s>.", good[i]);
		gives(good[i], text);
		snprintf(text, sizeof(text), "[%s]", good[i]);
		assert_true(json_valid(bytes_of(text)));
		snprintf(text, sizeof(text), "[%s ,%s]", good[i], good[i]);
		assert_true(json_valid(bytes_of(text)));
	}
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_false(json_valid(bytes_of(bad[i])));
		snprintf(text, sizeof(text), "[%s]", bad[i]);
		assert_false(json_valid(bytes_of(text)));
	}
}

static void
test_texts(void **state)
{
	(void)state;
	gives("\"plain\"", "\"<plain>.");
	gives("\"a\\\"b\\\\c\\/d\"", "\"<a\"b\\c/d>.");
	gives("\"\\b\\f\\n\\r\\t\"", "\"<\b\f\n\r\t>.");
	gives("\"\\u0041\\u00e9\\u20ac\"", "\"<A\xc3\xa9\xe2\x82\xac>.");
	gives("\"\\u20AC\\uD83D\\uDE00!\"",
	    "\"<\xe2\x82\xac\xf0\x9f\x98\x80!>.");
	gives("\"\\ud800\\udc00\\udbff\\udfff\"",
	    "\"<\xf0\x90\x80\x80\xf4\x8f\xbf\xbf>.");
	gives("\"caf\xc3\xa9 \xf0\x9f\x98\x80 \x7f\"",
	    "\"<caf\xc3\xa9 \xf0\x9f\x98\x80 \x7f>.");
	gives("{\"a\\u0062\":\"\\\\\"}", "{k<ab>\"<\\>}.");
}

/* Texts are borrowed where they stand, and a NUL may be in them. */
static void
test_borrowed(void **state)
{
	struct arena arena = arena_with(MIB);
	static const char in[] = "[\"here\",\"\\u0000x\"]";
	struct json j = json_over(bytes_of(in), &arena);

	(void)state;
	assert_int_equal(json_next(&j), JSON_ARRAY);
	assert_int_equal(json_next(&j), JSON_TEXT);
	assert_ptr_equal(j.text.p, in + 2);
	assert_int_equal(arena.used, 0);
	assert_int_equal(json_next(&j), JSON_TEXT);
	assert_int_equal(j.text.n, 2);
	assert_memory_equal(j.text.p, "\0x", 2);
	arena_free(&arena);
}

static void
fails(const char *in, size_t n, size_t at, const char *why)
{
	struct arena arena = arena_with(MIB);
	struct json j = json_over(bytes_at(in, n), &arena);

	while (json_next(&j) != JSON_END)
		continue;
	assert_non_null(j.fault);
	assert_string_equal(j.fault, why);
	assert_int_equal(j.cur.at, at);
	assert_int_equal(json_next(&j), JSON_END);
	assert_false(json_valid(bytes_at(in, n)));
	json_skip(&j);
	assert_string_equal(j.fault, why);
	arena_free(&arena);
}
#define FAILS(in, at, why)	fails(in, sizeof(in) - 1, at, why)

static const char cut[] = "the document is cut short";
static const char cut_text[] = "a text is cut short";
static const char no_value[] = "a value is none";
static const char no_key[] = "a key is none";
static const char no_colon[] = "a key is not followed by a colon";
static const char no_comma[] = "a comma or the end of a list is missing";
static const char after[] = "something follows the end";
static const char escape[] = "a text holds an invalid escape";
static const char control[] = "a text holds a control character";
static const char utf8[] = "a text is not UTF-8";

static void
test_invalid(void **state)
{
	(void)state;
	FAILS("", 0, cut);
	FAILS("  ", 2, cut);
	FAILS("[", 1, cut);
	FAILS("{", 1, cut);
	FAILS("[1", 2, cut);
	FAILS("[1,", 3, cut);
	FAILS("[1,]", 3, no_value);
	FAILS("[,1]", 1, no_value);
	FAILS("[1,,2]", 3, no_value);
	FAILS("[1 2]", 3, no_comma);
	FAILS("[1}", 2, no_comma);
	FAILS("{\"a\":1]", 6, no_comma);
	FAILS("{\"a\"}", 4, no_colon);
	FAILS("{\"a\"", 4, no_colon);
	FAILS("{\"a\" 1}", 5, no_colon);
	FAILS("{\"a\":}", 5, no_value);
	FAILS("{\"a\":1,}", 7, no_key);
	FAILS("{,}", 1, no_key);
	FAILS("{a:1}", 1, no_key);
	FAILS("{1:1}", 1, no_key);
	FAILS("{'a':1}", 1, no_key);
	FAILS("{\"a\":1 \"b\":2}", 7, no_comma);
	FAILS("]", 0, no_value);
	FAILS("}", 0, no_value);
	FAILS("[]]", 2, after);
	FAILS("{}{}", 2, after);
	FAILS("1 1", 2, after);
	FAILS("[],", 2, after);
	FAILS("nul", 0, no_value);
	FAILS("nulL", 0, no_value);
	FAILS("True", 0, no_value);
	FAILS("truee", 4, after);
	FAILS("[1] // note", 4, after);
	FAILS("/* note */ 1", 0, no_value);
	FAILS("'a'", 0, no_value);
	FAILS("[1\0]", 2, no_comma);
	FAILS("\0", 0, no_value);
	FAILS("\v1", 0, no_value);
	FAILS("\xc2\xa0" "1", 0, no_value);
	FAILS("\xff\xfe[\0]\0", 0, no_value);
}

static void
test_invalid_texts(void **state)
{
	(void)state;
	FAILS("\"", 0, cut_text);
	FAILS("\"a", 0, cut_text);
	FAILS("\"a\\", 0, cut_text);
	FAILS("\"a\\\"", 0, cut_text);
	FAILS("\"\\u00\"", 0, escape);
	FAILS("\"\\u00g0\"", 0, escape);
	FAILS("\"\\u 041\"", 0, escape);
	FAILS("\"\\x41\"", 0, escape);
	FAILS("\"\\'\"", 0, escape);
	FAILS("\"\\\n\"", 0, escape);
	FAILS("\"\\\xc3\xa9\"", 0, escape);
	FAILS("\"\\ud83d\"", 0, escape);
	FAILS("\"\\ud83dx\"", 0, escape);
	FAILS("\"\\ud83d\\n\"", 0, escape);
	FAILS("\"\\ud83d\\u0041\"", 0, escape);
	FAILS("\"\\ud83d\\ud83d\"", 0, escape);
	FAILS("\"\\ude00\"", 0, escape);
	FAILS("\"\\ude00\\ude00\"", 0, escape);
	FAILS("\"a\nb\"", 2, control);
	FAILS("\"a\tb\"", 2, control);
	FAILS("\"a\0b\"", 2, control);
	FAILS("\"\x1f\"", 1, control);
	FAILS("\"\xff\"", 0, utf8);
	FAILS("\"\xc3\"", 0, utf8);
	FAILS("\"\xc0\x80\"", 0, utf8);
	FAILS("\"\xed\xa0\x80\"", 0, utf8);
	FAILS("\"\xf4\x90\x80\x80\"", 0, utf8);
	FAILS("[\"ok\",\"\x80\"]", 6, utf8);
}

static void
nested(struct buf *b, unsigned depth, const char *open, const char *close)
{
	unsigned i;

	buf_reset(b);
	for (i = 0; i < depth; i++)
		buf_text(b, open);
	buf_byte(b, '1');
	for (i = 0; i < depth; i++)
		buf_text(b, close);
}

static void
test_depth(void **state)
{
	struct buf b = buf_with(16 * MIB);
	struct json j;

	(void)state;
	nested(&b, JSON_DEPTH, "[", "]");
	assert_true(json_valid(buf_bytes(&b)));
	nested(&b, JSON_DEPTH, "{\"a\":", "}");
	assert_true(json_valid(buf_bytes(&b)));
	nested(&b, JSON_DEPTH + 1, "[", "]");
	assert_false(json_valid(buf_bytes(&b)));
	nested(&b, 1000000, "[", "]");
	j = json_over(buf_bytes(&b), NULL);
	json_skip(&j);
	assert_string_equal(j.fault, "nested too deep");
	assert_int_equal(j.cur.at, JSON_DEPTH);
	buf_free(&b);
}

static void
test_skip(void **state)
{
	struct arena arena = arena_with(MIB);
	struct json j = json_over(bytes_of("{\"a\":[1,{\"b\":\"\\n\"}],"
	    "\"c\":\"\\n\",\"d\":{},\"e\":[1,2,3],\"f\":4}"), &arena);

	(void)state;
	assert_int_equal(json_next(&j), JSON_OBJECT);
	assert_int_equal(json_next(&j), JSON_KEY);
	json_skip(&j);				/* a list */
	assert_int_equal(json_next(&j), JSON_KEY);
	assert_true(bytes_is(j.text, "c"));
	json_skip(&j);				/* a text */
	assert_int_equal(arena.used, 0);
	json_skip(&j);				/* "d" and its value */
	assert_int_equal(json_next(&j), JSON_KEY);
	assert_true(bytes_is(j.text, "e"));
	assert_int_equal(json_next(&j), JSON_ARRAY);
	json_skip(&j);
	assert_int_equal(json_next(&j), JSON_NUMBER);
	assert_true(bytes_is(j.text, "2"));
	json_skip(&j);
	json_skip(&j);				/* the end of the list */
	assert_int_equal(json_next(&j), JSON_KEY);
	assert_true(bytes_is(j.text, "f"));
	json_skip(&j);
	assert_int_equal(json_next(&j), JSON_OBJECT_END);
	assert_int_equal(json_next(&j), JSON_END);
	assert_null(j.fault);
	json_skip(&j);
	assert_null(j.fault);
	arena_free(&arena);

	j = json_over(bytes_of("[\"\\x\",1]"), NULL);	/* skipped is checked */
	json_skip(&j);
	assert_string_equal(j.fault, escape);
}

static void
test_memory(void **state)
{
	struct arena arena = arena_with(16);
	struct json j = json_over(bytes_of("[\"0123456789012345\",\"a\\n\","
	    "\"01234567890123456789\\n\"]"), &arena);

	(void)state;
	assert_int_equal(json_next(&j), JSON_ARRAY);
	assert_int_equal(json_next(&j), JSON_TEXT);
	assert_int_equal(json_next(&j), JSON_TEXT);
	assert_true(bytes_is(j.text, "a\n"));
	assert_int_equal(json_next(&j), JSON_END);
	assert_string_equal(j.fault, "the texts are too large");
	arena_free(&arena);
}

static void
test_cuts_and_flips(void **state)
{
	static const char in[] = " {\"a\":[1,-2.5e-3,{\"b\":\"x\\u00e9\\n\"}],"
	    "\"caf\xc3\xa9\":\"\\ud83d\\ude00\",\"t\":[true,false,null]}";
	struct arena arena = arena_with(MIB);
	struct buf out = buf_with(MIB);
	struct json j;
	uint8_t *copy;
	size_t i, n = sizeof(in) - 1;

	(void)state;
	assert_true(json_valid(bytes_of(in)));
	for (i = 0; i < n; i++) {
		copy = test_malloc(i + 1);
		memcpy(copy, in, i);
		j = json_over(bytes_at(copy, i), &arena);
		trace(&out, &j);
		assert_non_null(j.fault);
		assert_false(json_valid(bytes_at(copy, i)));
		test_free(copy);
	}
	copy = test_malloc(n);
	memcpy(copy, in, n);
	for (i = 0; i < n * 8; i++) {
		copy[i / 8] ^= (uint8_t)(1 << i % 8);
		arena_reset(&arena);
		j = json_over(bytes_at(copy, n), &arena);
		trace(&out, &j);
		assert_int_equal(j.fault == NULL,
		    json_valid(bytes_at(copy, n)));
		assert_true(j.fault != NULL || text_utf8(buf_bytes(&out)));
		copy[i / 8] ^= (uint8_t)(1 << i % 8);
	}
	test_free(copy);
	buf_free(&out);
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_valid),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_borrowed),
		cmocka_unit_test(test_invalid),
		cmocka_unit_test(test_invalid_texts),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_skip),
		cmocka_unit_test(test_memory),
		cmocka_unit_test(test_cuts_and_flips),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
