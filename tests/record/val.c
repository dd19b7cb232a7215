/*
 * Values: what they are made of, and how they are asked.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "record/val.h"

static int64_t
number(struct val v)
{
	return val_number(&v, -1);
}

static void
numbers(void **state)
{
	(void)state;
	assert_int_equal(number(val_int(7)), 7);
	assert_int_equal(number(val_bool(true)), 1);
	assert_int_equal(number(val_real(7.9)), 7);
	assert_int_equal(number(val_real(1e300)), -1);
	assert_int_equal(number(val_real((double)NAN)), -1);
	assert_int_equal(number(val_time(7)), -1);
	assert_int_equal(number(val_unset()), -1);
	assert_int_equal(number(val_text(bytes_of("7"))), -1);
}

static void
contents(void **state)
{
	struct val text = val_text(bytes_of("a")), blob, json, n = val_int(1);
	struct val zero = { .type = VAL_UNSET }, list = val_list(&n, 1);

	(void)state;
	blob = val_blob(bytes_of("b"));
	json = val_json(bytes_of("1"));
	assert_true(bytes_is(val_bytes(&text), "a"));
	assert_true(bytes_is(val_bytes(&blob), "b"));
	assert_true(bytes_is(val_bytes(&json), "1"));
	assert_int_equal(val_bytes(&n).n, 0);
	assert_int_equal(val_bytes(&list).n, 0);
	assert_false(val_set(&zero));
	assert_true(val_set(&n));
	assert_true(val_set(&list));
	n = val_unset();
	assert_false(val_set(&n));
}

static bool
within(struct val first, struct val later, int64_t most)
{
	return val_within(&first, &later, most);
}

static void
distances(void **state)
{
	(void)state;
	assert_true(within(val_time(10), val_time(10), 0));
	assert_true(within(val_time(10), val_time(15), 5));
	assert_false(within(val_time(10), val_time(16), 5));
	assert_false(within(val_time(10), val_time(9), 5));
	assert_false(within(val_time(10), val_int(11), 5));
	assert_false(within(val_unset(), val_time(11), 5));
	assert_false(within(val_time(INT64_MIN), val_time(INT64_MAX),
	    INT64_MAX));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers),
		cmocka_unit_test(contents),
		cmocka_unit_test(distances),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
