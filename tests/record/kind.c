/*
 * Kinds have names, each its own, and say which are times.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "record/kind.h"

static void
names(void **state)
{
	unsigned i, j;

	(void)state;
	for (i = 0; i < KIND_COUNT; i++) {
		assert_true(strlen(kind_name((enum kind)i)) > 0);
		assert_int_equal(strspn(kind_name((enum kind)i),
		    "abcdefghijklmnopqrstuvwxyz0123456789_"),
		    strlen(kind_name((enum kind)i)));
		for (j = 0; j < i; j++)
			assert_string_not_equal(kind_name((enum kind)i),
			    kind_name((enum kind)j));
	}
	assert_string_equal(kind_name(KIND_APP_ID), "app_id");
}

static void
times(void **state)
{
	unsigned i;

	(void)state;
	for (i = 0; i < KIND_COUNT; i++)
		assert_int_equal(kind_is_time((enum kind)i) != 0,
		    strncmp(kind_name((enum kind)i), "time", 4) == 0);
}

/* match_testable() takes a set of kinds as bits of 64. */
static void
fit_in_a_set(void **state)
{
	(void)state;
	assert_true(KIND_COUNT <= 64);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names),
		cmocka_unit_test(times),
		cmocka_unit_test(fit_in_a_set),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
