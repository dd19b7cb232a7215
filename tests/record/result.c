/*
 * Names of verdicts and of coverage, which machines read; and gaps.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "record/gap.h"
#include "record/result.h"

static void
verdicts(void **state)
{
	(void)state;
	assert_string_equal(verdict_name(VERDICT_NOTHING), "nothing found");
	assert_string_equal(verdict_name(VERDICT_INCOMPLETE), "incomplete");
	assert_string_equal(verdict_name(VERDICT_SUSPICIOUS), "suspicious");
	assert_string_equal(verdict_name(VERDICT_COMPROMISED), "compromised");
	/* Worse is more: verdicts are compared. */
	assert_true(VERDICT_NOTHING < VERDICT_INCOMPLETE);
	assert_true(VERDICT_SUSPICIOUS < VERDICT_COMPROMISED);
}

static void
coverages(void **state)
{
	(void)state;
	assert_string_equal(coverage_name(COVERAGE_EXAMINED), "examined");
	assert_string_equal(coverage_name(COVERAGE_PARTLY), "partly read");
	assert_string_equal(coverage_name(COVERAGE_UNREADABLE), "unreadable");
	assert_string_equal(coverage_name(COVERAGE_ABSENT), "absent");
	assert_string_equal(coverage_name(COVERAGE_NOT_IN_KIND),
	    "not in an unencrypted backup");
}

static struct gap last;
static char why[300];

static void
keep(void *ctx, const struct gap *gap)
{
	++*(unsigned *)ctx;
	last = *gap;
	memcpy(why, gap->why, strlen(gap->why) + 1);
}

static void
gaps(void **state)
{
	unsigned n = 0;
	struct gap_sink sink = { keep, &n }, nowhere = { NULL, NULL };
	char text[400];

	(void)state;
	gap_add(&sink, 12, "why");
	assert_int_equal(n, 1);
	assert_int_equal(last.offset, 12);
	assert_string_equal(why, "why");
	gap_addf(&sink, GAP_NO_OFFSET, "page %d", 7);
	assert_string_equal(why, "page 7");
	memset(text, 'x', sizeof(text));
	text[399] = '\0';
	gap_addf(&sink, 0, "%s", text);
	assert_int_equal(strlen(why), 255);
	gap_add(&nowhere, 0, "lost");
	gap_add(NULL, 0, "lost");
	assert_int_equal(n, 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(verdicts),
		cmocka_unit_test(coverages),
		cmocka_unit_test(gaps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
