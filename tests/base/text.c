/*
 * The escaper, by table and with random bytes; then the small questions.
 */
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define RLO	"\xe2\x80\xae"		/* U+202E */
#define ZWSP	"\xe2\x80\x8b"		/* U+200B */
#define LSEP	"\xe2\x80\xa8"		/* U+2028 */
#define CSI	"\xc2\x9b"		/* U+009B, a control of one byte */
#define FFFD	"\xef\xbf\xbd"

static const struct {
	const char *in;
	const char *want[5];	/* in the order of enum text_for; NULL: as in */
} escapes[] = {
	{ "plain ~ text", { NULL, NULL, NULL, "\"plain ~ text\"", NULL } },
	{ "", { "", "", "", "\"\"", "" } },
	/* Colour, title and cursor sequences lose their ESC. */
	{ "\x1b[31mred", { "\\u{1b}[31mred", "\\u{1b}[31mred",
	    "\\u001b[31mred", "\"\\u{1b}[31mred\"", "\\u{1b}[31mred" } },
	{ "\x1b]0;t\x07", { "\\u{1b}]0;t\\u{7}", "\\u{1b}]0;t\\u{7}",
	    "\\u001b]0;t\\u0007", "\"\\u{1b}]0;t\\u{7}\"",
	    "\\u{1b}]0;t\\u{7}" } },
	{ CSI "2J", { "\\u{9b}2J", "\\u{9b}2J", "\\u009b2J",
	    "\"\\u{9b}2J\"", "\\u{9b}2J" } },
	{ "a\x7f\x08z", { "a\\u{7f}\\u{8}z", "a\\u{7f}\\u{8}z",
	    "a\\u007f\\u0008z", "\"a\\u{7f}\\u{8}z\"", "a\\u{7f}\\u{8}z" } },
	{ "a\tb\nc\rd", { "a\tb\nc\\u{d}d", "a\\u{9}b\\u{a}c\\u{d}d",
	    "a\\tb\\nc\\rd", "\"a\tb\nc\\u{d}d\"", "a\tb\nc\\u{d}d" } },
	/* "gpj.exe" that shows as "exe.jpg" */
	{ "a" RLO "gpj", { "a\\u{202e}gpj", "a\\u{202e}gpj", "a\\u202egpj",
	    "\"a\\u{202e}gpj\"", "a\\u{202e}gpj" } },
	{ "a" ZWSP "b", { "a\\u{200b}b", "a\\u{200b}b", "a" ZWSP "b",
	    "\"a\\u{200b}b\"", "a\\u{200b}b" } },
	{ LSEP, { "\\u{2028}", "\\u{2028}", "\\u2028", "\"\\u{2028}\"",
	    "\\u{2028}" } },
	/* A tag letter; a private-use letter; a variation selector stays. */
	{ "\xf3\xa0\x81\x81", { "\\u{e0041}", "\\u{e0041}",
	    "\xf3\xa0\x81\x81", "\"\\u{e0041}\"", "\\u{e0041}" } },
	{ "\xee\x80\x80", { "\\u{e000}", "\\u{e000}", "\xee\x80\x80",
	    "\"\\u{e000}\"", "\\u{e000}" } },
	{ "\xe2\x9d\xa4\xef\xb8\x8f", { NULL, NULL, NULL,
	    "\"\xe2\x9d\xa4\xef\xb8\x8f\"", NULL } },
	{ "\xd0\x96\xd9\x85\xe4\xb8\xad\xf0\x9f\x98\x80", { NULL, NULL, NULL,
	    "\"\xd0\x96\xd9\x85\xe4\xb8\xad\xf0\x9f\x98\x80\"", NULL } },
	/* Not UTF-8: alone, overlong, surrogate, cut short, too high. */
	{ "\xff!", { "\\xff!", "\\xff!", FFFD "!", "\"" FFFD "!\"",
	    "\\xff!" } },
	{ "\xc0\xaf", { "\\xc0\\xaf", "\\xc0\\xaf", FFFD FFFD,
	    "\"" FFFD FFFD "\"", "\\xc0\\xaf" } },
	{ "\xed\xa0\x80", { "\\xed\\xa0\\x80", "\\xed\\xa0\\x80",
	    FFFD FFFD FFFD, "\"" FFFD FFFD FFFD "\"", "\\xed\\xa0\\x80" } },
	{ "a\xe2\x82", { "a\\xe2\\x82", "a\\xe2\\x82", "a" FFFD FFFD,
	    "\"a" FFFD FFFD "\"", "a\\xe2\\x82" } },
	{ "\xf4\x90\x80\x80", { "\\xf4\\x90\\x80\\x80",
	    "\\xf4\\x90\\x80\\x80", FFFD FFFD FFFD FFFD,
	    "\"" FFFD FFFD FFFD FFFD "\"", "\\xf4\\x90\\x80\\x80" } },
	{ "\"\\/'", { NULL, NULL, "\\\"\\\\/'", "\"\"\"\\/'\"",
	    "&quot;\\/&#39;" } },
	{ "<a href='x'>&amp;", { NULL, NULL, NULL, "\"<a href='x'>&amp;\"",
	    "&lt;a href=&#39;x&#39;&gt;&amp;amp;" } },
	/* Formulas. */
	{ "=1+1", { NULL, NULL, NULL, "\"'=1+1\"", NULL } },
	{ "+1", { NULL, NULL, NULL, "\"'+1\"", NULL } },
	{ "-1", { NULL, NULL, NULL, "\"'-1\"", NULL } },
	{ "@SUM(A1)", { NULL, NULL, NULL, "\"'@SUM(A1)\"", NULL } },
	{ "  =1", { NULL, NULL, NULL, "\"'  =1\"", NULL } },
	{ " \n\xc2\xa0\xe3\x80\x80=1", { NULL,
	    " \\u{a}\xc2\xa0\xe3\x80\x80=1", " \\n\xc2\xa0\xe3\x80\x80=1",
	    "\"' \n\xc2\xa0\xe3\x80\x80=1\"", NULL } },
	{ "\tx", { NULL, "\\u{9}x", "\\tx", "\"'\tx\"", NULL } },
	{ "\rx", { "\\u{d}x", "\\u{d}x", "\\rx", "\"'\\u{d}x\"",
	    "\\u{d}x" } },
	{ "\xef\xbc\x9d" "1", { NULL, NULL, NULL, "\"'\xef\xbc\x9d" "1\"",
	    NULL } },
	{ "\xef\xbc\x8b" "1", { NULL, NULL, NULL, "\"'\xef\xbc\x8b" "1\"",
	    NULL } },
	{ "\xef\xbc\x8d" "1", { NULL, NULL, NULL, "\"'\xef\xbc\x8d" "1\"",
	    NULL } },
	{ "\xef\xbc\xa0" "1", { NULL, NULL, NULL, "\"'\xef\xbc\xa0" "1\"",
	    NULL } },
	{ "1=1", { NULL, NULL, NULL, "\"1=1\"", NULL } },
	{ "=\"x\"", { NULL, NULL, "=\\\"x\\\"", "\"'=\"\"x\"\"\"",
	    "=&quot;x&quot;" } },
};

static void
test_escape(void **state)
{
	struct buf b = buf_with(1000);
	const char *want;
	unsigned i, form;

	(void)state;
	for (i = 0; i < sizeof(escapes) / sizeof(escapes[0]); i++) {
		for (form = TEXT_TERMINAL; form <= TEXT_HTML; form++) {
			want = escapes[i].want[form];
			buf_reset(&b);
			text_escape(&b, bytes_of(escapes[i].in), form);
			buf_byte(&b, 0);
			assert_string_equal(b.p,
			    want == NULL ? escapes[i].in : want);
		}
	}
	buf_free(&b);
}

static void
test_hidden(void **state)
{
	static const uint32_t hidden[] = { 0x200b, 0x200c, 0x200d, 0x200e,
	    0x200f, 0x2028, 0x2029, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e,
	    0x2060, 0x2061, 0x2062, 0x2063, 0x2064, 0x2066, 0x2067, 0x2068,
	    0x2069, 0x61c, 0xfeff, 0xfff9, 0xffff, 0x80, 0x85, 0x9f, 0xad };
	static const uint32_t shown[] = { 0xa0, 0xa1, 0x200a, 0x2010, 0x2027,
	    0x202f, 0x205f, 0x2070, 0xfe0f, 0xff00, 0xfffd, 0x61b, 0x61d };
	struct buf b = buf_with(1000);
	uint8_t text[3];
	size_t i, n;
	uint32_t c;

	(void)state;
	for (i = 0; i < 29 + 13; i++) {
		c = i < 29 ? hidden[i] : shown[i - 29];
		n = c < 0x800 ? 2 : 3;
		if (n == 2) {
			text[0] = (uint8_t)(0xc0 | c >> 6);
		} else {
			text[0] = (uint8_t)(0xe0 | c >> 12);
			text[1] = (uint8_t)(0x80 | (c >> 6 & 0x3f));
		}
		text[n - 1] = (uint8_t)(0x80 | (c & 0x3f));
		buf_reset(&b);
		text_escape(&b, bytes_at(text, n), TEXT_TERMINAL);
		if (i < 29)
			assert_true(bytes_starts(buf_bytes(&b), "\\u{"));
		else
			assert_true(bytes_eq(buf_bytes(&b), bytes_at(text, n)));
	}
	buf_free(&b);
}

/* A fixed row of random numbers: a failure can be repeated. */
static uint32_t
rnd(uint64_t *seed)
{
	*seed = *seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
	return (uint32_t)(*seed >> 33);
}

/* Bytes that often make up letters, controls and damaged ones. */
static size_t
random_text(uint8_t *to, size_t max, uint64_t *seed)
{
	static const char *const pieces[] = { "\x1b[", RLO, ZWSP, LSEP, CSI,
	    "\xd0", "\xe4\xb8\xad", "\xf0\x9f\x98\x80", "\xf3\xa0\x81", "=",
	    "\"", "'", "<&>", "\\", "\n", "\r", "plain text of some length" };
	size_t n = 0, want = rnd(seed) % max, k;
	const char *piece;

	while (n < want) {
		if (rnd(seed) % 2 == 0) {
			to[n++] = (uint8_t)rnd(seed);
			continue;
		}
		piece = pieces[rnd(seed) % 17];
		for (k = 0; piece[k] != '\0' && n < want; k++)
			to[n++] = (uint8_t)piece[k];
	}
	return n;
}

/* No character that acts instead of being seen. */
static void
assert_harmless(struct bytes out, bool one_line, bool json)
{
	size_t at, n;
	uint32_t c = 0;

	assert_true(text_utf8(out));
	for (at = 0; at < out.n; at += n) {
		n = text_char(out, at, &c);
		assert_true(n > 0);
		assert_true(c >= 0x20 ||
		    (!one_line && (c == '\n' || c == '\t')));
		assert_false(c >= 0x7f && c <= 0x9f);
		assert_false(c >= 0x2028 && c <= 0x202e);
		assert_false(c >= 0x2066 && c <= 0x2069);
		assert_false(c == 0x61c || c == 0x200e || c == 0x200f);
		assert_false(!json && (c == 0xfeff ||
		    (c >= 0x200b && c <= 0x200d)));
		assert_false(!json && c >= 0xe000 && c <= 0xf8ff);
	}
}

static unsigned
hex(uint8_t c)
{
	assert_true((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
	return c <= '9' ? (unsigned)c - '0' : (unsigned)c - 'a' + 10;
}

static void
put_char(struct buf *b, uint32_t c)
{
	if (c < 0x80) {
		buf_byte(b, (uint8_t)c);
		return;
	}
	if (c < 0x800) {
		buf_byte(b, (uint8_t)(0xc0 | c >> 6));
	} else {
		buf_byte(b, (uint8_t)(0xe0 | c >> 12));
		buf_byte(b, (uint8_t)(0x80 | (c >> 6 & 0x3f)));
	}
	buf_byte(b, (uint8_t)(0x80 | (c & 0x3f)));
}

/* Reads the inside of a JSON string by RFC 8259, strictly. */
static void
json_read(struct buf *to, struct bytes in)
{
	static const char from[] = "\"\\/bfnrt";
	static const char into[] = "\"\\/\b\f\n\r\t";
	const char *hit;
	size_t i, k;
	unsigned c;

	for (i = 0; i < in.n; i++) {
		assert_true(in.p[i] >= 0x20 && in.p[i] != '"');
		if (in.p[i] != '\\') {
			buf_byte(to, in.p[i]);
			continue;
		}
		assert_true(++i < in.n);
		if (in.p[i] != 'u') {
			hit = strchr(from, in.p[i]);
			assert_non_null(hit);
			buf_byte(to, (uint8_t)into[hit - from]);
			continue;
		}
		assert_true(in.n - i > 4);
		for (c = 0, k = 1; k <= 4; k++)
			c = c << 4 | hex(in.p[i + k]);
		assert_false(c >= 0xd800 && c <= 0xdfff);
		put_char(to, c);
		i += 4;
	}
}

/* What JSON readers must get back: the text, its damage as U+FFFD. */
static void
repaired(struct buf *to, struct bytes in)
{
	size_t at, n;
	uint32_t c;

	for (at = 0; at < in.n; at += n > 0 ? n : 1) {
		n = text_char(in, at, &c);
		if (n > 0)
			buf_add(to, bytes_part(in, at, n));
		else
			buf_text(to, FFFD);
	}
}

static void
check_random(struct bytes in, struct buf out[3])
{
	struct bytes field;
	size_t i;

	for (i = 0; i < 3; i++)
		buf_reset(&out[i]);
	text_escape(&out[0], in, TEXT_JSON);
	assert_harmless(buf_bytes(&out[0]), true, true);
	json_read(&out[1], buf_bytes(&out[0]));
	repaired(&out[2], in);
	assert_true(bytes_eq(buf_bytes(&out[1]), buf_bytes(&out[2])));

	buf_reset(&out[0]);
	text_escape(&out[0], in, TEXT_TERMINAL);
	assert_harmless(buf_bytes(&out[0]), false, false);
	buf_reset(&out[0]);
	text_escape(&out[0], in, TEXT_LOG);
	assert_harmless(buf_bytes(&out[0]), true, false);

	buf_reset(&out[0]);
	text_escape(&out[0], in, TEXT_HTML);
	field = buf_bytes(&out[0]);
	assert_harmless(field, false, false);
	for (i = 0; i < field.n; i++)
		assert_true(memchr("<>\"'", field.p[i], 4) == NULL);

	buf_reset(&out[0]);
	text_escape(&out[0], in, TEXT_CSV);
	field = buf_bytes(&out[0]);
	assert_harmless(field, false, false);
	assert_true(field.n >= 2 && bytes_starts(field, "\"") &&
	    bytes_ends(field, "\""));
	field = bytes_part(field, 1, field.n - 2);
	assert_true(field.n == 0 || memchr("=+-@\t", field.p[0], 5) == NULL);
	for (i = 0; i < field.n; i++)
		if (field.p[i] == '"')
			assert_true(++i < field.n && field.p[i] == '"');
}

static void
test_random(void **state)
{
	struct buf out[3];
	uint8_t text[200];
	uint64_t seed = 1;
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++)
		out[i] = buf_with(10000);
	for (i = 0; i < 30000; i++)
		check_random(bytes_at(text, random_text(text, sizeof(text),
		    &seed)), out);
	for (i = 0; i < 3; i++)
		buf_free(&out[i]);
}

static void
test_full(void **state)
{
	struct bytes in = bytes_of("a\x1b<\xff\"" RLO);
	unsigned form;
	struct buf b;
	size_t max;

	(void)state;
	for (form = TEXT_TERMINAL; form <= TEXT_HTML; form++) {
		for (max = 0; max < 40; max++) {
			b = buf_with(max);
			text_escape(&b, in, form);
			assert_true(b.n <= max);
			assert_true(b.bad || max > 10);
			buf_free(&b);
		}
	}
}

static void
test_utf8(void **state)
{
	static const char *const good[] = { "", "abc", "\xc2\x80",
	    "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80",
	    "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf",
	    "eight by\xc3\xa9 and more than eight" };
	static const char *const wrong[] = { "\x80", "\xbf", "\xc0\x80",
	    "\xc1\xbf", "\xc2", "\xc2z", "\xe0\x80\x80", "\xe0\x9f\xbf",
	    "\xe2\x82", "\xed\xa0\x80", "\xed\xbf\xbf", "\xf0\x8f\xbf\xbf",
	    "\xf0\x90\x80", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xfe",
	    "eight bytes and then\xff", "a\xe2\x28\xa1" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_true(text_utf8(bytes_of(good[i])));
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_false(text_utf8(bytes_of(wrong[i])));
	assert_true(text_utf8(bytes_at("\0", 1)));
}

static void
test_char(void **state)
{
	struct bytes in = bytes_of("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\xff");
	uint32_t c = 1;

	(void)state;
	assert_int_equal(text_char(in, 0, &c), 1);
	assert_int_equal(c, 'a');
	assert_int_equal(text_char(in, 1, &c), 2);
	assert_int_equal(c, 0xe9);
	assert_int_equal(text_char(in, 3, &c), 3);
	assert_int_equal(c, 0x20ac);
	assert_int_equal(text_char(in, 6, &c), 4);
	assert_int_equal(c, 0x1f600);
	assert_int_equal(text_char(in, 2, &c), 0);
	assert_int_equal(text_char(in, 10, &c), 0);
	assert_int_equal(text_char(in, 11, &c), 0);
	assert_int_equal(text_char(in, SIZE_MAX, &c), 0);
	assert_int_equal(c, 0x1f600);
}

/* Each character is written as it is read. */
static void
test_put(void **state)
{
	uint8_t to[4];
	uint32_t c, back;
	size_t n;

	(void)state;
	for (c = 0; c < 0x110000; c++) {
		if (c >= 0xd800 && c < 0xe000)
			continue;
		n = text_put(to, c);
		assert_int_equal(text_char(bytes_at(to, n), 0, &back), n);
		assert_int_equal(back, c);
	}
}

static void
test_head(void **state)
{
	struct bytes in = bytes_of("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80z");
	static const size_t want[] = { 0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11,
	    11 };
	struct bytes damaged = bytes_of("\x80\x80\x80\x80\x80\xf0\x9f");
	size_t n;

	(void)state;
	for (n = 0; n < sizeof(want) / sizeof(want[0]); n++) {
		assert_int_equal(text_head(in, n).n, want[n]);
		assert_ptr_equal(text_head(in, n).p, in.p);
	}
	for (n = 0; n <= damaged.n; n++)
		assert_int_equal(text_head(damaged, n).n, n);
	assert_int_equal(text_head(bytes_of(NULL), 5).n, 0);
}

static void
test_ascii(void **state)
{
	unsigned c;

	(void)state;
	for (c = 0; c < 256; c++)
		assert_int_equal(text_lower((uint8_t)c),
		    c >= 'A' && c <= 'Z' ? c + 32 : c);
	assert_true(text_same(bytes_of("HeLLo"), bytes_of("hEllO")));
	assert_false(text_same(bytes_of("ab"), bytes_of("abc")));
	assert_false(text_same(bytes_of("@"), bytes_of("`")));
	assert_false(text_same(bytes_of("\xc3\x89"), bytes_of("\xc3\xa9")));
	assert_true(text_same_as(bytes_of("HTTP"), "http"));
	assert_true(text_same(bytes_of(NULL), bytes_of("")));
	assert_true(bytes_is(text_trim(bytes_of(" \t\r\n a b \v\f")), "a b"));
	assert_int_equal(text_trim(bytes_of(" \n ")).n, 0);
	assert_int_equal(text_trim(bytes_of(NULL)).n, 0);
	assert_true(bytes_is(text_trim(bytes_of("\xc2\xa0")), "\xc2\xa0"));
}

static void
test_uint(void **state)
{
	static const char *const wrong[] = { "", " 1", "1 ", "+1", "-1",
	    "1x", "0x1", "18446744073709551616", "99999999999999999999",
	    "\xef\xbc\x91" };
	uint64_t v = 7;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_false(text_uint(bytes_of(wrong[i]), &v));
	assert_true(v == 7);
	assert_true(text_uint(bytes_of("0"), &v) && v == 0);
	assert_true(text_uint(bytes_of("007"), &v) && v == 7);
	assert_true(text_uint(bytes_of("18446744073709551615"), &v) &&
	    v == UINT64_MAX);
}

static void
test_encode(void **state)
{
	/* RFC 4648, section 10 */
	static const char *const base64[][2] = { { "", "" }, { "f", "Zg==" },
	    { "fo", "Zm8=" }, { "foo", "Zm9v" }, { "foob", "Zm9vYg==" },
	    { "fooba", "Zm9vYmE=" }, { "foobar", "Zm9vYmFy" },
	    { "\xfb\xff\xfe", "+//+" } };
	struct buf b = buf_with(100);
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(base64) / sizeof(base64[0]); i++) {
		buf_reset(&b);
		text_base64(&b, bytes_of(base64[i][0]));
		assert_true(bytes_is(buf_bytes(&b), base64[i][1]));
	}
	buf_reset(&b);
	text_hex(&b, bytes_at("\0\x01\x9a\xff", 4));
	assert_true(bytes_is(buf_bytes(&b), "00019aff"));
	buf_free(&b);
	b = buf_with(3);
	text_base64(&b, bytes_of("f"));
	assert_true(b.bad && b.n == 0);
	buf_reset(&b);
	text_hex(&b, bytes_of("ab"));
	assert_true(b.bad && b.n == 0);
	buf_free(&b);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_escape),
		cmocka_unit_test(test_hidden),
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_full),
		cmocka_unit_test(test_utf8),
		cmocka_unit_test(test_char),
		cmocka_unit_test(test_put),
		cmocka_unit_test(test_head),
		cmocka_unit_test(test_ascii),
		cmocka_unit_test(test_uint),
		cmocka_unit_test(test_encode),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
