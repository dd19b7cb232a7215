/*
 * The verdict by the rule of docs/design.md, over every level and strength.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "correlate/verdict.h"

static enum verdict
of_one(enum level level, enum strength strength, unsigned nindicators,
    unsigned ngaps)
{
	struct result_finding f = { .level = level, .strength = strength,
	    .nindicators = nindicators };
	struct result r = { .nfindings = 1, .findings = &f, .ngaps = ngaps };

	return verdict_of(&r);
}

static void
nothing_and_gaps(void **state)
{
	struct result r = { 0 };

	(void)state;
	assert_int_equal(verdict_of(&r), VERDICT_NOTHING);
	r.ngaps = 1;
	assert_int_equal(verdict_of(&r), VERDICT_INCOMPLETE);
}

static void
every_level(void **state)
{
	int level, strength;
	enum verdict want, got;

	(void)state;
	for (level = LEVEL_INFO; level <= LEVEL_CRITICAL; level++) {
		for (strength = STRENGTH_TRACE; strength <= STRENGTH_RAN;
		    strength++) {
			want = level < LEVEL_MEDIUM ? VERDICT_NOTHING :
			    strength >= STRENGTH_PRESENT ?
			    VERDICT_COMPROMISED : VERDICT_SUSPICIOUS;
			got = of_one((enum level)level,
			    (enum strength)strength, 1, 0);
			assert_int_equal(got, want);
		}
	}
	/* low and info change nothing, gaps or not */
	assert_int_equal(of_one(LEVEL_LOW, STRENGTH_TRACE, 0, 1),
	    VERDICT_INCOMPLETE);
	/* without an indicator nothing proves an implant */
	assert_int_equal(of_one(LEVEL_HIGH, STRENGTH_RAN, 0, 0),
	    VERDICT_SUSPICIOUS);
	/* a finding outweighs gaps */
	assert_int_equal(of_one(LEVEL_CRITICAL, STRENGTH_RAN, 1, 9),
	    VERDICT_COMPROMISED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_and_gaps),
		cmocka_unit_test(every_level),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
