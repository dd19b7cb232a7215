/*
 * Rules: ids that never clash, and levels that keep the rule of verdicts.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "record/rule.h"

static void
ids(void **state)
{
	const struct rule_info *a;
	unsigned i, j;

	(void)state;
	for (i = 0; i < RULE_COUNT; i++) {
		a = rule_info((enum rule)i);
		assert_non_null(strchr(a->id, '.'));
		assert_int_equal(strspn(a->id,
		    "abcdefghijklmnopqrstuvwxyz0123456789_."), strlen(a->id));
		for (j = 0; j < i; j++)
			assert_string_not_equal(a->id,
			    rule_info((enum rule)j)->id);
	}
}

/* Only a published indicator can say that spyware was there; what has its
   own harmless cause is never critical. */
static void
levels(void **state)
{
	const struct rule_info *a;
	unsigned i;

	(void)state;
	for (i = 0; i < RULE_COUNT; i++) {
		a = rule_info((enum rule)i);
		if (a->strength >= STRENGTH_PRESENT)
			assert_int_equal(strncmp(a->id, "indicator.", 10), 0);
		if (a->level == LEVEL_CRITICAL)
			assert_true(a->strength >= STRENGTH_PRESENT);
	}
	/* A visited page is not an infection. */
	assert_int_equal(rule_info(RULE_IOC_VISITED)->strength,
	    STRENGTH_VISITED);
	assert_true(rule_info(RULE_IOC_VISITED)->level < LEVEL_CRITICAL);
}

static void
names(void **state)
{
	(void)state;
	assert_string_equal(level_name(LEVEL_INFO), "info");
	assert_string_equal(level_name(LEVEL_LOW), "low");
	assert_string_equal(level_name(LEVEL_MEDIUM), "medium");
	assert_string_equal(level_name(LEVEL_HIGH), "high");
	assert_string_equal(level_name(LEVEL_CRITICAL), "critical");
	assert_string_equal(strength_name(STRENGTH_TRACE), "trace");
	assert_string_equal(strength_name(STRENGTH_VISITED), "visited");
	assert_string_equal(strength_name(STRENGTH_RECEIVED), "received");
	assert_string_equal(strength_name(STRENGTH_PRESENT), "present");
	assert_string_equal(strength_name(STRENGTH_RAN), "ran");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ids),
		cmocka_unit_test(levels),
		cmocka_unit_test(names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
