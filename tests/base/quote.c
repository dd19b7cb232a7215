/*
 * The fast way against the escaper: the same bytes for every text.
 */
#include "base/quote.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "base/text.h"

static void
assert_same(struct bytes in)
{
	struct buf got = buf_with(64 * KIB), want = buf_with(64 * KIB);

	buf_byte(&want, '"');
	text_escape(&want, in, TEXT_JSON);
	buf_byte(&want, '"');
	quote_json(&got, in);
	assert_false(got.bad);
	assert_int_equal(got.n, want.n);
	assert_memory_equal(got.p, want.p, want.n);
	buf_free(&got);
	buf_free(&want);
}

/* Every byte at every place of two words and a rest. */
static void
each_byte_each_place(void **state)
{
	uint8_t text[19];
	unsigned byte, at, n;

	(void)state;
	for (byte = 0; byte < 256; byte++)
		for (at = 0; at < sizeof(text); at++) {
			memset(text, 'a', sizeof(text));
			text[at] = (uint8_t)byte;
			for (n = 0; n <= sizeof(text); n++)
				assert_same(bytes_at(text, n));
		}
}

/* Neighbours of what is escaped lend to each other in the sums of a word. */
static void
random_texts(void **state)
{
	static const uint8_t odd[] = { 0, 1, 0x1f, 0x20, 0x21, '"', '#', '[',
	    '\\', ']', 0x7e, 0x7f, 0x80, 0xc2, 0xd0, 0xff };
	uint8_t text[64];
	uint64_t seed = 7;
	unsigned i, k;

	(void)state;
	for (i = 0; i < 20000; i++) {
		for (k = 0; k < sizeof(text); k++) {
			seed = seed * UINT64_C(6364136223846793005) + 1;
			text[k] = seed >> 40 & 3 ? (uint8_t)(' ' + (seed >> 33)
			    % 95) : odd[(seed >> 33) % sizeof(odd)];
		}
		assert_same(bytes_at(text, (seed >> 50) % sizeof(text)));
	}
}

/* As the escaper, but for quotes around what needs none. */
static void
csv(void **state)
{
	static const struct { const char *in, *want; } cases[] = {
		{ "plain", "plain" }, { "/a b", "/a b" }, { "7", "7" },
		{ "a,b", "\"a,b\"" }, { "a\"b", "\"a\"\"b\"" },
		{ "", "\"\"" }, { "a\nb", "\"a\nb\"" },
		{ "=1+1", "\"'=1+1\"" }, { "+44 1", "\"'+44 1\"" },
		{ "-1", "\"'-1\"" }, { "@a", "\"'@a\"" },
		{ " =1", "\"' =1\"" }, { "\t=1", "\"'\t=1\"" },
		{ "a\033b", "\"a\\u{1b}b\"" },
		{ "\xd0\x96", "\"\xd0\x96\"" }
	};
	struct buf b = buf_with(KIB);
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_reset(&b);
		quote_csv(&b, bytes_of(cases[i].in));
		buf_byte(&b, '\0');
		assert_string_equal(b.p, cases[i].want);
	}
	buf_free(&b);
}

static void
no_room(void **state)
{
	struct bytes in = bytes_of("a\"b and what follows");
	struct buf b;
	size_t max;

	(void)state;
	for (max = 0; max < in.n + 3; max++) {
		b = buf_with(max);
		quote_json(&b, in);
		assert_true(b.bad);
		assert_true(b.n <= max);
		buf_free(&b);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_byte_each_place),
		cmocka_unit_test(random_texts),
		cmocka_unit_test(csv),
		cmocka_unit_test(no_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
