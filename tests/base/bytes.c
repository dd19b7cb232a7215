/*
 * Borrowed bytes and the cursor: every read stays inside.
 */
#include "base/bytes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void
test_of(void **state)
{
	(void)state;
	assert_int_equal(bytes_of(NULL).n, 0);
	assert_int_equal(bytes_of("").n, 0);
	assert_int_equal(bytes_of("abc").n, 3);
	assert_memory_equal(bytes_of("abc").p, "abc", 3);
	assert_int_equal(bytes_at("a\0b", 3).n, 3);
}

static void
test_part(void **state)
{
	struct bytes b = bytes_of("abcdef");

	(void)state;
	assert_true(bytes_is(bytes_part(b, 0, 3), "abc"));
	assert_true(bytes_is(bytes_part(b, 4, SIZE_MAX), "ef"));
	assert_true(bytes_is(bytes_part(b, 2, 0), ""));
	assert_int_equal(bytes_part(b, 6, 1).n, 0);
	assert_ptr_equal(bytes_part(b, 6, 1).p, b.p + 6);
	assert_int_equal(bytes_part(b, 7, 1).n, 0);
	assert_ptr_equal(bytes_part(b, SIZE_MAX, SIZE_MAX).p, b.p + 6);
	assert_int_equal(bytes_part(bytes_of(NULL), 3, 3).n, 0);
	assert_null(bytes_part(bytes_of(NULL), 3, 3).p);
}

static void
test_compare(void **state)
{
	struct bytes none = { NULL, 0 };

	(void)state;
	assert_true(bytes_eq(none, bytes_of("")));
	assert_true(bytes_eq(bytes_of("a"), bytes_of("a")));
	assert_false(bytes_eq(bytes_of("a"), bytes_of("b")));
	assert_false(bytes_eq(bytes_of("a"), bytes_of("ab")));
	assert_false(bytes_is(bytes_at("a\0", 2), "a"));
	assert_true(bytes_starts(bytes_of("abc"), "ab"));
	assert_true(bytes_starts(bytes_of("abc"), ""));
	assert_false(bytes_starts(bytes_of("ab"), "abc"));
	assert_true(bytes_ends(bytes_of("abc"), "bc"));
	assert_true(bytes_ends(none, ""));
	assert_false(bytes_ends(bytes_of("bc"), "abc"));
	assert_false(bytes_ends(bytes_of("abc"), "ab"));
	assert_true(bytes_cmp(bytes_of("a"), bytes_of("b")) < 0);
	assert_true(bytes_cmp(bytes_of("b"), bytes_of("a")) > 0);
	assert_true(bytes_cmp(bytes_of("a"), bytes_of("ab")) < 0);
	assert_true(bytes_cmp(bytes_of("ab"), bytes_of("a")) > 0);
	assert_true(bytes_cmp(bytes_of("b"), bytes_of("ab")) > 0);
	assert_int_equal(bytes_cmp(none, bytes_of("")), 0);
	assert_true(bytes_cmp(bytes_of("\xff"), bytes_of("a")) > 0);
}

static void
test_find(void **state)
{
	struct bytes b = bytes_of("abcabc");

	(void)state;
	assert_int_equal(bytes_find(b, bytes_of("bc"), 0), 1);
	assert_int_equal(bytes_find(b, bytes_of("bc"), 2), 4);
	assert_int_equal(bytes_find(b, bytes_of("bc"), 5), SIZE_MAX);
	assert_int_equal(bytes_find(b, bytes_of("abcabcd"), 0), SIZE_MAX);
	assert_int_equal(bytes_find(b, bytes_of(""), 6), 6);
	assert_int_equal(bytes_find(b, bytes_of(""), 7), SIZE_MAX);
	assert_int_equal(bytes_find(b, bytes_of("a"), SIZE_MAX), SIZE_MAX);
	assert_int_equal(bytes_find(bytes_part(b, 0, 2), bytes_of("abc"), 0),
	    SIZE_MAX);
	assert_int_equal(bytes_find_byte(b, 'c', 0), 2);
	assert_int_equal(bytes_find_byte(b, 'c', 3), 5);
	assert_int_equal(bytes_find_byte(b, 'c', 6), SIZE_MAX);
	assert_int_equal(bytes_find_byte(b, 'd', 0), SIZE_MAX);
	assert_int_equal(bytes_find_byte(bytes_of(NULL), 'd', 0), SIZE_MAX);
}

static void
test_take(void **state)
{
	struct cur c = cur_over(bytes_of("abcdef"));
	struct bytes b;

	(void)state;
	assert_true(cur_ok(&c));
	assert_int_equal(cur_left(&c), 6);
	b = cur_take(&c, 4);
	assert_true(bytes_is(b, "abcd"));
	assert_int_equal(cur_left(&c), 2);
	b = cur_take(&c, 3);
	assert_int_equal(b.n, 0);
	assert_false(cur_ok(&c));
	assert_int_equal(cur_left(&c), 0);

	/* Once bad, always bad, whatever is asked. */
	assert_int_equal(cur_take(&c, 1).n, 0);
	assert_int_equal(cur_take(&c, 0).n, 0);
	assert_int_equal(cur_be(&c, 1), 0);
	cur_seek(&c, 0);
	assert_false(cur_ok(&c));
	assert_int_equal(cur_take(&c, 1).n, 0);

	c = cur_over(bytes_of("abc"));
	assert_int_equal(cur_take(&c, SIZE_MAX).n, 0);
	assert_false(cur_ok(&c));
	c = cur_over(bytes_of(""));
	assert_int_equal(cur_take(&c, 0).n, 0);
	assert_true(cur_ok(&c));
}

static void
test_numbers(void **state)
{
	static const uint8_t raw[] = { 1, 2, 3, 4, 5, 6, 7, 0xff };
	struct cur c;
	unsigned width;
	uint64_t be = 0, le = 0;

	(void)state;
	for (width = 1; width <= 8; width++) {
		be = be << 8 | raw[width - 1];
		le |= (uint64_t)raw[width - 1] << (8 * (width - 1));
		c = cur_over(bytes_at(raw, sizeof(raw)));
		assert_true(cur_be(&c, width) == be);
		assert_int_equal(cur_left(&c), 8 - width);
		c = cur_over(bytes_at(raw, sizeof(raw)));
		assert_true(cur_le(&c, width) == le);
		c = cur_over(bytes_at(raw, width - 1));
		assert_true(cur_be(&c, width) == 0);
		assert_false(cur_ok(&c));
		c = cur_over(bytes_at(raw, width - 1));
		assert_true(cur_le(&c, width) == 0);
		assert_false(cur_ok(&c));
	}
}

static void
test_sub(void **state)
{
	struct cur c = cur_over(bytes_of("abcdef"));
	struct cur s;

	(void)state;
	(void)cur_take(&c, 1);
	s = cur_sub(&c, 3);
	assert_true(bytes_is(cur_take(&s, 3), "bcd"));
	assert_int_equal(cur_take(&s, 1).n, 0);
	assert_false(cur_ok(&s));
	assert_true(cur_ok(&c));
	assert_true(bytes_is(cur_take(&c, 2), "ef"));
	s = cur_sub(&c, 1);
	assert_false(cur_ok(&c));
	assert_false(cur_ok(&s));
	assert_int_equal(cur_left(&s), 0);
}

static void
test_seek(void **state)
{
	struct cur c = cur_over(bytes_of("abcdef"));

	(void)state;
	cur_seek(&c, 5);
	assert_true(bytes_is(cur_take(&c, 1), "f"));
	cur_seek(&c, 0);
	assert_true(bytes_is(cur_take(&c, 1), "a"));
	cur_seek(&c, 6);
	assert_true(cur_ok(&c));
	assert_int_equal(cur_left(&c), 0);
	cur_seek(&c, 7);
	assert_false(cur_ok(&c));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_of),
		cmocka_unit_test(test_part),
		cmocka_unit_test(test_compare),
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_take),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_sub),
		cmocka_unit_test(test_seek),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
