/*
 * Attributed bodies: the layouts NSArchiver writes, in both byte orders, and
 * streams that lead astray.
 *
 * A body is written here as text: bytes as two hex digits, 'text' as it
 * stands, blanks and (notes) passed over.
 */
#include "format/attributed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"

#define LITTLE	"04 0b 'streamtyped' 81 e8 03"
#define BIG	"04 0b 'typedstream' 81 03 e8"

/* The object, its class and the class of its string; object 2 is NSObject. */
#define PLAIN	" 84 01'@' 84 84 84 12'NSAttributedString' 00"	\
	" 84 84 08'NSObject' 00 85 92 84 84 84 08'NSString' 01 94 84 01'+' "
#define MUTABLE	" 84 01'@' 84 84 84 19'NSMutableAttributedString' 00"	\
	" 84 84 12'NSAttributedString' 00 84 84 08'NSObject' 00 85"	\
	" 92 84 84 84 0f'NSMutableString' 01 84 84 08'NSString' 01 95"	\
	" 84 01'+' "
/* One run over n units with the number of the message's part. */
#define RUN(n)	" 86 84 02'iI' 01 " n " 92 84 84 84 0c'NSDictionary' 00 94" \
	" 84 01'i' 01 92 84 96 96 1d'__kIMMessagePartAttributeName' 86"	\
	" 92 84 84 84 08'NSNumber' 00 84 84 07'NSValue' 00 94"		\
	" 84 01'*' 84 99 99 00 86 86 86"

static unsigned
hex(char c)
{
	return (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
}

static void
write_body(struct buf *out, const char *s)
{
	while (*s != '\0') {
		if (*s == ' ') {
			s++;
		} else if (*s == '(') {
			s = strchr(s, ')') + 1;
		} else if (*s == '\'') {
			for (s++; *s != '\''; s++)
				buf_byte(out, (uint8_t)*s);
			s++;
		} else {
			buf_byte(out, (uint8_t)(hex(s[0]) << 4 | hex(s[1])));
			s += 2;
		}
	}
}

static void
reads(struct bytes body, bool whole, struct bytes want)
{
	struct arena arena = arena_with(MIB);
	struct bytes text = bytes_of("untouched");

	assert_int_equal(attributed_text(&text, &arena, body), whole);
	assert_true(bytes_eq(text, want));
	if (want.n > 0)
		assert_true(text.p > body.p && text.p < body.p + body.n);
	arena_free(&arena);
}

static void
body(const char *written, bool whole, const char *want)
{
	struct buf b = buf_with(MIB);

	write_body(&b, written);
	reads(buf_bytes(&b), whole, bytes_of(want));
	buf_free(&b);
}

static void
test_layouts(void **state)
{
	(void)state;
	body(LITTLE PLAIN "05'Hello'" RUN("05"), true, "Hello");
	body(BIG PLAIN "05'Hello'" RUN("05"), true, "Hello");
	body(LITTLE MUTABLE "05'Hello' 86 84 02'iI' 01 05 92 84"
	    " 84 84 0c'NSDictionary' 00 95 84 01'i' 00 86 86", true, "Hello");
	body(LITTLE PLAIN "00 86 86", true, "");
	body(LITTLE PLAIN "04 f0 9f 98 80" RUN("02"), true, "\xf0\x9f\x98\x80");
	/* lengths of two and four bytes, also where one would do */
	body(LITTLE PLAIN "81 05 00'Hello'" RUN("05"), true, "Hello");
	body(LITTLE PLAIN "82 05 00 00 00'Hello'" RUN("05"), true, "Hello");
	body(BIG PLAIN "81 00 05'Hello'" RUN("05"), true, "Hello");
	body(BIG PLAIN "82 00 00 00 05'Hello'" RUN("81 00 05"), true, "Hello");
	/* an archive of the string alone */
	body(LITTLE " 84 01'@' 84 84 84 08'NSString' 01 84 84 08'NSObject' 00"
	    " 85 84 01'+' 05'Hello' 86", true, "Hello");
	/* a subclass is what its superclass is */
	body(LITTLE " 84 01'@' 84 84 84 05'Other' 00 84 84"
	    " 12'NSAttributedString' 00 84 84 08'NSObject' 00 85"
	    " 92 84 84 84 05'Third' 00 84 84 08'NSString' 01 95"
	    " 84 01'+' 02'ok' 86 86", true, "ok");
}

/* Texts of every length around the steps of the encoding. */
static void
test_lengths(void **state)
{
	static const size_t lengths[] = {
		1, 127, 128, 129, 145, 146, 147, 255, 256, 32767, 32768, 65535,
		65536, 200000
	};
	struct buf b = buf_with(MIB), want = buf_with(MIB);
	size_t i, k, n;

	(void)state;
	for (i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		n = lengths[i];
		buf_reset(&b);
		buf_reset(&want);
		write_body(&b, LITTLE PLAIN);
		if (n < 128) {
			buf_byte(&b, (uint8_t)n);
		} else {
			buf_byte(&b, n < 65536 ? 0x81 : 0x82);
			buf_le(&b, n, n < 65536 ? 2 : 4);
		}
		for (k = 0; k < n; k++)
			buf_byte(&want, (uint8_t)('a' + k % 26));
		buf_add(&b, buf_bytes(&want));
		write_body(&b, RUN("05"));
		reads(buf_bytes(&b), true, buf_bytes(&want));
	}
	buf_free(&b);
	buf_free(&want);
}

/* A data-detected link: NSURL, NSNumber of one byte, NSData, a real, a part
   that is named again by its number; then the same URL object once more. */
static const char linked[] = LITTLE MUTABLE "06'a b c.' 86 84 02'iI' 01 02 92"
    " (5) 84 (6) 84 84 0c'NSDictionary' 00 95 84 01'i' 04"
    " 92 (7) 84 98 98 16'__kIMLinkAttributeName' 86"
    " 92 (8) 84 (9) 84 84 05'NSURL' 00 95 84 01'c' 00 92"
    " (10) 84 98 98 13'https://evil.test/x' 86 86"
    " 92 84 98 98 04'rich' 86"
    " 92 84 84 84 08'NSNumber' 00 84 84 07'NSValue' 00 95 84 01'*' 84 9d 9d 01"
    " 86 92 84 98 98 04'data' 86"
    " 92 84 84 84 06'NSData' 00 95 9b 03 84 04'[3c]' 00 01 02 86"
    " 92 84 98 98 04'real' 86"
    " 92 84 84 84 06'NSDate' 00 95 84 01'd' 83 00 00 00 00 00 80 31 40 86"
    " 86 99 02 04 92 84 9a 9b 01 92 84 98 98 01'k' 86 92 9c 86 86";

static void
test_links(void **state)
{
	struct arena arena = arena_with(MIB);
	struct buf b = buf_with(MIB);
	struct bytes links[2];
	struct bytes text;

	(void)state;
	write_body(&b, linked);
	assert_true(attributed_text(&text, &arena, buf_bytes(&b)));
	assert_true(bytes_is(text, "a b c."));
	assert_int_equal(attributed_links(links, 2, &arena, buf_bytes(&b)), 1);
	assert_true(bytes_is(links[0], "https://evil.test/x"));
	assert_int_equal(attributed_links(links, 0, &arena, buf_bytes(&b)), 0);
	assert_int_equal(attributed_links(links, 2, &arena,
	    bytes_part(buf_bytes(&b), 0, b.n - 1)), 1);
	assert_int_equal(attributed_links(links, 2, &arena,
	    bytes_of("something else")), 0);
	assert_int_equal(arena.used, 0);
	buf_free(&b);
	arena_free(&arena);
}

/* More strings and objects than cost no allocation: numbers above 127. */
static void
test_many_attributes(void **state)
{
	struct arena arena = arena_with(MIB);
	struct buf b = buf_with(MIB);
	struct bytes text;
	unsigned i;
	char type[16];

	(void)state;
	write_body(&b, LITTLE PLAIN "02'ok' 86");
	for (i = 0; i < 600; i++) {
		/* [Nc] for every N: each is a new type text */
		snprintf(type, sizeof(type), "[%03uc]", i);
		write_body(&b, "84 06");
		buf_text(&b, type);
		buf_room(&b, i);
		memset(b.p + b.n, 'x', i);
		b.n += i;
		write_body(&b, "92 84 96 96 01'v' 86");
	}
	/* by number: the string type (5 + 599), the last object (5 + 599) */
	write_body(&b, "81 ee 01");
	buf_room(&b, 599);
	memset(b.p + b.n, 0, 599);
	b.n += 599;
	write_body(&b, "92 81 ee 01 86");
	assert_true(attributed_text(&text, &arena, buf_bytes(&b)));
	assert_true(bytes_is(text, "ok"));
	assert_true(arena.used > 0);
	arena_free(&arena);

	arena = arena_with(1024);
	assert_false(attributed_text(&text, &arena, buf_bytes(&b)));
	assert_true(bytes_is(text, "ok"));
	arena_free(&arena);
	buf_free(&b);
}

static void
test_types(void **state)
{
	(void)state;
	body(LITTLE PLAIN "02'ok' 86 84 06'sSlLqQ' 01 02 81 03 04 05 ff 06 86",
	    true, "ok");
	body(LITTLE PLAIN "02'ok' 86 84 03'cCB' 84 85 86 86", true, "ok");
	body(LITTLE PLAIN "02'ok' 86 84 01'f' 83 01 02 03 04 84 01'd' 05 86",
	    true, "ok");
	body(LITTLE PLAIN "02'ok' 86 84 0d'{_NSRange=QQ}' 01 02 86", true, "ok");
	body(LITTLE PLAIN "02'ok' 86 84 04'[3i]' 01 81 02 00 03 86", true, "ok");
	body(LITTLE PLAIN "02'ok' 86 84 02':%' 84 01's' 98 86", true, "ok");
	body(LITTLE PLAIN "02'ok' 86 84 01'#' 94 86", true, "ok");
	body(LITTLE PLAIN "02'ok' 86 84 01'+' 85 86", true, "ok");
	body(LITTLE PLAIN "02'ok' 86 96 85 86", true, "ok");
	body(LITTLE PLAIN "02'ok' 86 84 01'*' 85 86", true, "ok");
	body(LITTLE PLAIN "02'ok' 86 92 85 92 84 94 86 86", true, "ok");
}

static void
test_astray(void **state)
{
	(void)state;
	body("", false, "");
	body("'bplist00'", false, "");
	body("04 0b'streamtypes' 81 e8 03", false, "");
	body("05 0b'streamtyped' 81 e8 03", false, "");
	body(LITTLE, false, "");
	body(LITTLE " 84 01'i' 05", false, "");
	body(LITTLE " 84 01'@' 85", false, "");
	/* another root; a root without text */
	body(LITTLE " 84 01'@' 84 84 84 06'NSDate' 00 85 84 01'd' 01 86",
	    false, "");
	body(LITTLE " 84 01'@' 84 84 84 12'NSAttributedString' 00 85 86",
	    false, "");
	/* numbers of nothing, and of the wrong thing */
	body(LITTLE PLAIN "02'ok' 86 92 97 86", false, "ok");
	body(LITTLE PLAIN "02'ok' 86 97 05 86", false, "ok");
	body(LITTLE PLAIN "02'ok' 86 92 9f 86", false, "ok");
	body(LITTLE PLAIN "02'ok' 86 9f 86", false, "ok");
	body(LITTLE PLAIN "02'ok' 86 92 84 92 86 86", false, "ok");
	body(LITTLE PLAIN "02'ok' 86 92 91 86", false, "ok");
	body(LITTLE PLAIN "02'ok' 86 92 82 ff ff ff 7f 86", false, "ok");
	body(LITTLE PLAIN "02'ok' 86 92 82 00 00 00 80 86", false, "ok");
	/* types of no kind */
	body(LITTLE PLAIN "02'ok' 86 84 00 86", false, "ok");
	body(LITTLE PLAIN "02'ok' 86 84 01'?' 86", false, "ok");
	body(LITTLE PLAIN "02'ok' 86 84 02'{x' 86", false, "ok");
	body(LITTLE PLAIN "02'ok' 86 84 01'[' 86", false, "ok");
	body(LITTLE PLAIN "02'ok' 86 84 03'[3c' 01 02 03 86", false, "ok");
	body(LITTLE PLAIN "02'ok' 86 84 07'[2[1c]]' 01 02 86", false, "ok");
	body(LITTLE PLAIN "02'ok' 86 84 0d'[4294967295c]' 86", false, "ok");
	body(LITTLE PLAIN "02'ok' 86 84 0d'[9999999999c]' 86", false, "ok");
	body(LITTLE PLAIN "02'ok' 86 84 01'@' 86", false, "ok");
	/* text longer than there is; the root's end missing */
	body(LITTLE PLAIN "82 ff ff ff ff'ok' 86 86", false, "");
	body(LITTLE PLAIN "02'ok' 86", false, "ok");
	body(LITTLE PLAIN "02'ok' 86 86 00", false, "ok");
}

/* n objects within each other, inside the root, all of them whole. */
static void
write_nested(struct buf *b, unsigned n)
{
	unsigned i;

	buf_reset(b);
	write_body(b, LITTLE PLAIN "02'ok' 86");
	for (i = 0; i < n; i++)
		write_body(b, "92 84 94");
	for (i = 0; i < n; i++)
		buf_byte(b, 0x86);
	buf_byte(b, 0x86);
}

/* Objects within objects, classes above classes, and values without end. */
static void
test_bounds(void **state)
{
	struct buf b = buf_with(16 * MIB);
	unsigned i;

	(void)state;
	write_nested(&b, LIMIT_DEPTH - 1);
	reads(buf_bytes(&b), true, bytes_of("ok"));
	write_nested(&b, LIMIT_DEPTH);
	reads(buf_bytes(&b), false, bytes_of("ok"));

	buf_reset(&b);
	write_body(&b, LITTLE PLAIN "02'ok' 86");
	for (i = 0; i < 100000; i++)
		write_body(&b, "92 84 94");
	reads(buf_bytes(&b), false, bytes_of("ok"));

	buf_reset(&b);
	write_body(&b, LITTLE PLAIN "02'ok' 86 92 84");
	for (i = 0; i < 100000; i++)
		write_body(&b, "84 93 00");
	reads(buf_bytes(&b), false, bytes_of("ok"));

	buf_reset(&b);
	write_body(&b, LITTLE PLAIN "02'ok' 86 84 04'[0i]'");
	for (i = 0; i < 1000000; i++)
		buf_byte(&b, 0x97);
	write_body(&b, "86");
	reads(buf_bytes(&b), false, bytes_of("ok"));
	buf_free(&b);
}

static void
test_cuts_and_flips(void **state)
{
	struct arena arena = arena_with(MIB);
	struct buf b = buf_with(MIB);
	struct bytes text, links[4];
	uint8_t *copy;
	size_t i;

	(void)state;
	write_body(&b, linked);
	for (i = 0; i < b.n; i++) {
		copy = test_malloc(i + 1);
		memcpy(copy, b.p, i);
		assert_false(attributed_text(&text, &arena, bytes_at(copy, i)));
		assert_true(text.n == 0 || bytes_is(text, "a b c."));
		(void)attributed_links(links, 4, &arena, bytes_at(copy, i));
		test_free(copy);
	}
	copy = test_malloc(b.n);
	memcpy(copy, b.p, b.n);
	for (i = 0; i < b.n * 8; i++) {
		copy[i / 8] ^= (uint8_t)(1 << i % 8);
		(void)attributed_text(&text, &arena, bytes_at(copy, b.n));
		(void)attributed_links(links, 4, &arena, bytes_at(copy, b.n));
		arena_reset(&arena);
		copy[i / 8] ^= (uint8_t)(1 << i % 8);
	}
	test_free(copy);
	buf_free(&b);
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_layouts),
		cmocka_unit_test(test_lengths),
		cmocka_unit_test(test_links),
		cmocka_unit_test(test_many_attributes),
		cmocka_unit_test(test_types),
		cmocka_unit_test(test_astray),
		cmocka_unit_test(test_bounds),
		cmocka_unit_test(test_cuts_and_flips),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
