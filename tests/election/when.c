/*
 * Date rules: what each shape gives and how it is counted, what is missing,
 * and what is no rule.
 */
#include "election/when.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"

static int32_t
day(const char *text)
{
	return date_read(bytes_of(text));
}

/* One entry, "documents", is known; no other. */
static int32_t
entry(void *ctx, struct bytes id)
{
	(void)ctx;
	return bytes_is(id, "documents") ? day("2024-01-31") : DATE_UNSET;
}

/* The election of 2024; results are not there yet. */
static struct when_known
known(void)
{
	struct when_known k = { .entry = entry };
	unsigned i;

	for (i = 0; i < ANCHOR_COUNT; i++)
		k.anchors[i] = DATE_UNSET;
	k.anchors[ANCHOR_VOTING] = day("2024-03-17");
	k.anchors[ANCHOR_CALLED] = day("2023-12-07");
	k.anchors[ANCHOR_CALLED_PUBLISHED] = day("2023-12-08");
	k.anchors[ANCHOR_PREVIOUS_VOTING] = day("2018-03-18");
	k.anchors[ANCHOR_PREVIOUS_INAUGURATION] = day("2018-05-07");
	return k;
}

static void
gives(const char *rule, const char *date, int seconds, const char *words)
{
	struct arena arena = arena_with(MIB);
	struct buf told = buf_with(MIB);
	struct when_known k = known();
	const char *why = NULL;
	size_t at;
	const struct when *w = when_read(bytes_of(rule), &arena, &why, &at);
	struct when_day is;

	if (w == NULL)
		fail_msg("%s: at %zu: %s", rule, at, why);
	is = when_day(w, &k, &told);
	buf_byte(&told, '\0');
	assert_string_equal((const char *)told.p, words);
	if (is.date != day(date))
		fail_msg("%s: not %s", rule, date);
	assert_int_equal(is.seconds, seconds);
	assert_true(bytes_is(when_text(w), rule));
	is = when_day(w, &k, NULL);
	assert_int_equal(is.date, day(date));
	buf_free(&told);
	arena_free(&arena);
}

static const struct {
	const char *rule, *date, *words;
} rules[] = {
	{ "voting", "2024-03-17", "the day of voting, 17 March 2024" },
	{ "2024-02-29", "2024-02-29", "set as 29 February 2024" },
	{ "documents", "2024-01-31",
	    "the date of documents, 31 January 2024" },
	{ "21 days after voting", "2024-04-07",
	    "21 days after 17 March 2024" },
	{ "1 day before voting", "2024-03-16", "1 day before 17 March 2024" },
	{ "3 weeks after voting", "2024-04-07",
	    "3 weeks after 17 March 2024" },
	{ "4 months after voting", "2024-07-17",
	    "4 months after 17 March 2024" },
	{ "1 month after documents", "2024-02-29",
	    "1 month after 31 January 2024" },
	{ "6 years after previous-inauguration", "2024-05-07",
	    "6 years after 7 May 2018" },
	{ "100 full days before voting", "2023-12-07",
	    "100 full days between 7 December 2023 and 17 March 2024" },
	{ "90 full days before voting", "2023-12-17",
	    "90 full days between 17 December 2023 and 17 March 2024" },
	{ "80 full days before voting", "2023-12-27",
	    "80 full days between 27 December 2023 and 17 March 2024" },
	{ "28 full days before voting", "2024-02-17",
	    "28 full days between 17 February 2024 and 17 March 2024" },
	{ "1 full day after voting", "2024-03-19",
	    "1 full day between 17 March 2024 and 19 March 2024" },
	{ "20th day from called-published", "2023-12-27",
	    "8 December 2023 is day 1, 27 December 2023 day 20" },
	{ "25th day from called-published", "2024-01-01",
	    "8 December 2023 is day 1, 1 January 2024 day 25" },
	{ "1st day from called-published", "2023-12-08",
	    "8 December 2023 is day 1" },
	{ "third day from called", "2023-12-09",
	    "7 December 2023 is day 1, 9 December 2023 day 3" },
	/* 17 March 2024 is a Sunday: strictly after it. */
	{ "second sunday after voting", "2024-03-31",
	    "second Sunday after 17 March 2024" },
	{ "first monday before voting", "2024-03-11",
	    "first Monday before 17 March 2024" },
	{ "first sunday before voting", "2024-03-10",
	    "first Sunday before 17 March 2024" },
	{ "second sunday of march", "2024-03-10",
	    "second Sunday of March 2024" },
	{ "last sunday of october", "2024-10-27",
	    "last Sunday of October 2024" },
	{ "second sunday of the month of previous-voting", "2018-03-11",
	    "second Sunday of March 2018" },
	{ "sunday on or after 30 days after voting", "2024-04-21",
	    "Sunday on or after 16 April 2024 (30 days after 17 March 2024)" },
	{ "sunday on or after voting", "2024-03-17",
	    "Sunday on or after 17 March 2024" },
	{ "sunday on or before documents", "2024-01-28",
	    "Sunday on or before 31 January 2024" },
	{ "nearest sunday to documents", "2024-01-28",
	    "nearest Sunday to 31 January 2024" },
	{ "nearest sunday to 2024-02-01", "2024-02-04",
	    "nearest Sunday to 1 February 2024" },
	{ "january 1 after voting", "2025-01-01",
	    "the next such day, 1 January 2025, after 17 March 2024" },
	{ "march 17 after voting", "2025-03-17",
	    "the next such day, 17 March 2025, after 17 March 2024" },
	{ "march 11 before voting", "2024-03-11",
	    "the last such day, 11 March 2024, before 17 March 2024" },
	{ "february 29 after voting", "2028-02-29",
	    "the next such day, 29 February 2028, after 17 March 2024" },
	{ "earlier of 2024-05-01 or 21 days after voting", "2024-04-07",
	    "the earlier of 1 May 2024 and 7 April 2024 (21 days after "
	    "17 March 2024)" },
	{ "later of documents or called", "2024-01-31",
	    "the later of 31 January 2024 and 7 December 2023" },
	{ "2 days after earlier of called or called-published", "2023-12-09",
	    "2 days after 7 December 2023 (the earlier of 7 December 2023 and "
	    "8 December 2023)" },
	{ "  Second  Sunday of March ", "2024-03-10",
	    "second Sunday of March 2024" },
};

static void
test_rules(void **state)
{
	unsigned i;

	(void)state;
	for (i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		gives(rules[i].rule, rules[i].date, WHEN_NO_HOUR,
		    rules[i].words);
}

static void
test_hours(void **state)
{
	(void)state;
	gives("45 full days before voting at 18:00", "2024-01-31", 18 * 3600,
	    "45 full days between 31 January 2024 and 17 March 2024, at "
	    "18:00");
	gives("voting at 24:00", "2024-03-17", 86400,
	    "the day of voting, 17 March 2024, until the end of the day");
	gives("voting at 00:00", "2024-03-17", 0,
	    "the day of voting, 17 March 2024, at 00:00");
	gives("earlier of called or voting at 07:30", "2023-12-07",
	    7 * 3600 + 1800, "the earlier of 7 December 2023 and 17 March "
	    "2024, at 07:30");
}

static void
test_missing(void **state)
{
	(void)state;
	gives("30th day from results-published", "", WHEN_NO_HOUR,
	    "the day on which results are published is not known");
	gives("3 days after 10 days after results at 10:00", "", WHEN_NO_HOUR,
	    "the day on which results are determined is not known");
	gives("ballots", "", WHEN_NO_HOUR,
	    "the date of ballots is not known");
	gives("earlier of voting or event", "", WHEN_NO_HOUR,
	    "the day of the withdrawal, death or annulment is not known");
	gives("fifth sunday of february", "", WHEN_NO_HOUR,
	    "there is no such day");
	gives("9999 years after voting", "", WHEN_NO_HOUR,
	    "there is no such day");
	gives("9999 days before 0001-01-05", "", WHEN_NO_HOUR,
	    "there is no such day");
}

/* A month of the year of voting needs that year. */
static void
test_year_unknown(void **state)
{
	struct arena arena = arena_with(MIB);
	struct buf words = buf_with(MIB);
	struct when_known k = known();
	const char *why;
	size_t at;
	const struct when *w = when_read(bytes_of("fifth sunday of march"),
	    &arena, &why, &at);

	(void)state;
	k.anchors[ANCHOR_VOTING] = DATE_UNSET;
	assert_int_equal(when_day(w, &k, &words).date, DATE_UNSET);
	assert_true(bytes_is(buf_bytes(&words),
	    "the day of voting is not known"));
	k.entry = NULL;
	w = when_read(bytes_of("documents"), &arena, &why, &at);
	assert_int_equal(when_day(w, &k, NULL).date, DATE_UNSET);
	buf_free(&words);
	arena_free(&arena);
}

static void
is_no_rule(const char *rule, size_t place, const char *reason)
{
	struct arena arena = arena_with(MIB);
	const char *why = NULL;
	size_t at = 0;

	if (when_read(bytes_of(rule), &arena, &why, &at) != NULL)
		fail_msg("%s is taken for a rule", rule);
	assert_string_equal(why, reason);
	if (at != place)
		fail_msg("%s: at %zu, not %zu", rule, at, place);
	arena_free(&arena);
}

static void
test_no_rules(void **state)
{
	char text[500];

	(void)state;
	is_no_rule("", 0, "it ends where a date should stand");
	is_no_rule("21 days after", 13, "it ends where a date should stand");
	is_no_rule("2001-02-30", 0, "no such day");
	is_no_rule("1 day after 2023-02-29", 12, "no such day");
	is_no_rule("21 day safter voting", 7,
	    "neither \"after\" nor \"before\"");
	is_no_rule("0 days after voting", 0, "neither a date (2024-03-17) nor "
	    "a count from 1 to 9999");
	is_no_rule("10000 days after voting", 0, "neither a date (2024-03-17) "
	    "nor a count from 1 to 9999");
	is_no_rule("21 fortnights after voting", 3,
	    "none of days, weeks, months, years");
	is_no_rule("3 full weeks before voting", 7,
	    "\"full\" goes with days alone");
	is_no_rule("20th day after voting", 9, "\"from\" is missing");
	is_no_rule("second funday after voting", 7, "no day of the week");
	is_no_rule("last sunday after voting", 12, "\"of\" is missing");
	is_no_rule("second sunday of marsh", 17,
	    "neither a month nor \"the month of\"");
	is_no_rule("sunday after voting", 7,
	    "\"on or after\" or \"on or before\" is missing");
	is_no_rule("february 30 after voting", 9, "no day of that month");
	is_no_rule("earlier of called", 17, "\"or\" is missing");
	is_no_rule("voting at 24:01", 10, "no hour from 00:00 to 24:00");
	is_no_rule("voting at 18", 10, "no hour from 00:00 to 24:00");
	is_no_rule("voting at 18:00 sharp", 16,
	    "something after the end of the rule");
	is_no_rule("voting again", 7, "something after the end of the rule");
	is_no_rule("Voting", 0, "no date, count, day or name");
	is_no_rule("1 day after 1 day after 1 day after 1 day after 1 day "
	    "after 1 day after 1 day after 1 day after voting", 96,
	    "too many rules inside one another");
	memset(text, 'a', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	is_no_rule(text, 0, "too long for a date rule");
}

static void
count_names(void *ctx, struct bytes id)
{
	unsigned *n = ctx;

	assert_true(bytes_is(id, *n == 0 ? "documents" : "ballots-2"));
	*n += 1;
}

static void
test_what_it_rests_on(void **state)
{
	struct arena arena = arena_with(MIB);
	const char *why;
	size_t at;
	unsigned n = 0;
	const struct when *w = when_read(bytes_of("later of 2 days after "
	    "documents or earlier of ballots-2 or 1 day before results-2"),
	    &arena, &why, &at);

	(void)state;
	assert_non_null(w);
	when_names(w, count_names, &n);
	assert_int_equal(n, 2);
	assert_true(when_needs(w, ANCHOR_RESULTS_2));
	assert_false(when_needs(w, ANCHOR_RESULTS));
	w = when_read(bytes_of("second sunday of march"), &arena, &why, &at);
	assert_true(when_needs(w, ANCHOR_VOTING));
	assert_false(when_needs(w, ANCHOR_PREVIOUS_VOTING));
	arena_free(&arena);
}

/* Each anchor by its name; each has words. */
static void
test_anchors(void **state)
{
	struct arena arena = arena_with(MIB);
	const struct when *w;
	const char *why;
	unsigned i;
	size_t at;

	(void)state;
	for (i = 0; i < ANCHOR_COUNT; i++) {
		w = when_read(bytes_of(anchor_name((enum anchor)i)), &arena,
		    &why, &at);
		assert_non_null(w);
		assert_true(when_needs(w, (enum anchor)i));
		assert_true(strlen(anchor_words((enum anchor)i)) > 0);
	}
	arena_free(&arena);
}

static void
test_no_memory(void **state)
{
	const char *why = NULL;
	struct arena arena;
	size_t at, limit;

	(void)state;
	for (limit = 0; limit < 2000; limit += 16) {
		arena = arena_with(limit);
		(void)when_read(bytes_of("earlier of called or 2 days after "
		    "documents at 10:00"), &arena, &why, &at);
		arena_free(&arena);
	}
	assert_string_equal(why, "no memory for it");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rules),
		cmocka_unit_test(test_hours),
		cmocka_unit_test(test_missing),
		cmocka_unit_test(test_year_unknown),
		cmocka_unit_test(test_no_rules),
		cmocka_unit_test(test_what_it_rests_on),
		cmocka_unit_test(test_anchors),
		cmocka_unit_test(test_no_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
