/*
 * Calendars of elections: all dates of Russia's of 2024, both ways of counting,
 * where each date stands, and what is not known.
 */
#include "election/calendar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "base/time.h"
#include "election/ics.h"

#define BIT(a)	(UINT32_C(1) << (a))

static struct arena arena;

static int
fresh(void **state)
{
	(void)state;
	arena = arena_with(256 * MIB);
	return 0;
}

static int
gone(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static int32_t
day(const char *text)
{
	int32_t date = date_read(bytes_of(text));

	assert_int_not_equal(date, DATE_UNSET);
	return date;
}

static const struct law *
builtin(const char *id)
{
	struct law_faults faults = { 0 };
	int found = law_builtin_find(bytes_of(id));
	const struct law *law;

	assert_true(found >= 0);
	law = law_read(law_builtin_text((unsigned)found), &arena, &faults);
	assert_non_null(law);
	return law;
}

/* A law of an invented country. */
static const struct law *
invented(const char *rules)
{
	static const char head[] =
	    "law: xx-2001\n"
	    "title: Law of 1 March 2001\n"
	    "country: XX\n"
	    "office: President\n"
	    "vote: president\n"
	    "clock:\n"
	    "  - {from: 1990-01-01, zone: \"CET-1CEST,M3.5.0,M10.5.0/3\"}\n"
	    "sources:\n"
	    "  gazette: {title: Gazette}\n"
	    "versions:\n"
	    "  - from: 2001-03-20\n"
	    "    round-1:\n"
	    "      source: gazette\n"
	    "      elected-if: [votes > 1/2 of valid]\n"
	    "      nobody: next-round\n";
	struct law_faults faults = { 0 };
	struct buf text = buf_with(MIB);
	const struct law *law;

	buf_text(&text, head);
	buf_text(&text, rules);
	law = law_read(arena_copy(&arena, buf_bytes(&text)), &arena, &faults);
	buf_free(&text);
	if (law == NULL)
		fail_msg("line %u: %s", faults.items[0].line,
		    faults.items[0].why);
	return law;
}

static const struct calendar_item *
item(const struct calendar *cal, const char *id)
{
	const struct calendar_item *found = calendar_find(cal, bytes_of(id));

	if (found == NULL)
		fail_msg("there is no %s", id);
	return found;
}

static bool
says(struct bytes text, const char *words)
{
	return bytes_find(text, bytes_of(words), 0) != SIZE_MAX;
}

static void
assert_says(struct bytes text, const char *words)
{
	if (!says(text, words))
		fail_msg("\"%s\" is not in \"%.*s\"", words, (int)text.n,
		    (const char *)text.p);
}

/* --- Russia, 2024 --------------------------------------------------------- */

static struct calendar_facts
russia(void)
{
	struct calendar_facts f = calendar_facts(builtin("ru-2003"),
	    day("2024-03-17"));

	f.anchors[ANCHOR_CALLED] = day("2023-12-07");
	f.anchors[ANCHOR_CALLED_PUBLISHED] = day("2023-12-08");
	f.anchors[ANCHOR_PREVIOUS_VOTING] = day("2018-03-18");
	return f;
}

/* Each date of that year, and how it was counted. */
static const struct {
	const char *id, *from;
	int32_t from_hour;
	const char *until;
	int32_t until_hour;
	const char *counted;
} of_2024[] = {
	{ "called", "2023-12-07", -1, "2023-12-07", -1, "given" },
	{ "called-published", "2023-12-08", -1, "2023-12-08", -1,
	    "given" },
	{ "call", "2023-12-07", -1, "2023-12-17", -1,
	    "100 full days between 7 December 2023 and 17 March 2024" },
	{ "self-nomination", "2023-12-08", -1, "2023-12-27", -1,
	    "8 December 2023 is day 1, 27 December 2023 day 20" },
	{ "party-nomination", "2023-12-08", -1, "2024-01-01", -1,
	    "8 December 2023 is day 1, 1 January 2024 day 25" },
	{ "documents", "2023-12-27", -1, "2024-01-31", 18,
	    "80 full days between 27 December 2023 and 17 March 2024" },
	{ "documents", "2023-12-27", -1, "2024-01-31", 18,
	    "45 full days between 31 January 2024 and 17 March 2024" },
	{ "media-campaign", "2024-02-17", -1, "2024-03-15", 0,
	    "28 full days between 17 February 2024 and 17 March 2024" },
	{ "voting", "2024-03-15", -1, "2024-03-17", -1, "3 days" },
	{ "results-latest", NULL, -1, "2024-03-27", -1,
	    "10 days after 17 March 2024" },
	{ "second-voting", "2024-04-07", -1, "2024-04-07", -1,
	    "21 days after 17 March 2024" },
	{ "inauguration", "2024-05-07", -1, "2024-05-07", -1,
	    "6 years after 7 May 2018" },
};

static void
test_russia(void **state)
{
	struct calendar_facts f = russia();
	const struct calendar *cal = calendar_make(&f, &arena);
	const struct calendar_item *it;
	unsigned i;

	(void)state;
	assert_non_null(cal);
	for (i = 0; i < sizeof(of_2024) / sizeof(of_2024[0]); i++) {
		it = item(cal, of_2024[i].id);
		if (of_2024[i].from == NULL)
			assert_true(it->open_start);
		else
			assert_int_equal(it->from.date, day(of_2024[i].from));
		assert_int_equal(it->from.seconds, of_2024[i].from_hour < 0 ?
		    WHEN_NO_HOUR : of_2024[i].from_hour * 3600);
		assert_int_equal(it->until.date, day(of_2024[i].until));
		assert_int_equal(it->until.seconds, of_2024[i].until_hour < 0 ?
		    WHEN_NO_HOUR : of_2024[i].until_hour * 3600);
		assert_says(it->counted, of_2024[i].counted);
		assert_int_equal(it->needs, 0);
	}
	assert_says(item(cal, "inauguration")->counted,
	    "terms of 6 years counted from 7 May 2012");
	assert_int_equal(item(cal, "call")->happened, day("2023-12-07"));
	assert_false(item(cal, "call")->outside);
	assert_true(item(cal, "second-voting")->depends);
	assert_int_equal(cal->rule_voting, day("2024-03-17"));
	assert_says(cal->rule_words, "second Sunday of March 2024");
	assert_int_equal(cal->derived & BIT(ANCHOR_VOTING_2),
	    BIT(ANCHOR_VOTING_2));
	assert_true(cal->unverified);
	assert_true(item(cal, "media-campaign")->unverified);
	assert_false(item(cal, "voting")->unverified);
}

/* Instants are on the clock of Moscow. */
static void
test_instants(void **state)
{
	struct calendar_facts f = russia();
	const struct calendar *cal = calendar_make(&f, &arena);
	struct buf b = buf_with(100);

	(void)state;
	assert_int_equal(item(cal, "documents")->from_instant,
	    time_read(bytes_of("2023-12-26T21:00:00Z")));
	assert_int_equal(item(cal, "documents")->until_instant,
	    time_read(bytes_of("2024-01-31T15:00:00Z")));
	assert_int_equal(item(cal, "media-campaign")->until_instant,
	    time_read(bytes_of("2024-03-14T21:00:00Z")));
	assert_int_equal(item(cal, "voting")->until_instant,
	    time_read(bytes_of("2024-03-17T21:00:00Z")));
	calendar_show(&b, f.law, item(cal, "documents")->until_instant);
	assert_true(bytes_is(buf_bytes(&b), "2024-01-31T18:00:00+03:00"));
	buf_reset(&b);
	calendar_show(&b, f.law, item(cal, "documents")->until_instant - 1);
	assert_true(bytes_is(buf_bytes(&b),
	    "2024-01-31T17:59:59.999999+03:00"));
	/* In 2012 the clock of Moscow was an hour further on. */
	buf_reset(&b);
	calendar_show(&b, f.law, calendar_instant(f.law, day("2012-03-04"),
	    0));
	assert_true(bytes_is(buf_bytes(&b), "2012-03-04T00:00:00+04:00"));
	buf_reset(&b);
	calendar_show(&b, f.law, TIME_UNSET);
	assert_int_equal(b.n, 0);
	buf_free(&b);
}

/* The Sunday, and what moves it. */
static void
test_rule(void **state)
{
	static const struct {
		const char *previous, *voting, *words;
	} elections[] = {
		{ "2000-03-26", "2004-03-14", "14 March 2004" },
		{ "2004-03-14", "2008-03-02", "9 March 2008, moved" },
		{ "2008-03-02", "2012-03-04", "11 March 2012, moved" },
		{ "2012-03-04", "2018-03-18", "11 March 2018, moved" },
		{ "2018-03-18", "2024-03-17", "10 March 2024, moved" },
		{ "2024-03-17", "2030-03-17", "10 March 2030, moved" },
	};
	const struct law *law = builtin("ru-2003");
	const struct calendar *cal;
	struct calendar_facts f;
	unsigned i;

	(void)state;
	for (i = 0; i < sizeof(elections) / sizeof(elections[0]); i++) {
		f = calendar_facts(law, day(elections[i].voting));
		assert_non_null(f.version);
		f.anchors[ANCHOR_PREVIOUS_VOTING] =
		    day(elections[i].previous);
		cal = calendar_make(&f, &arena);
		assert_int_equal(cal->rule_voting, day(elections[i].voting));
		assert_says(cal->rule_words, elections[i].words);
		/* A day that was given otherwise changes nothing of it. */
		f.anchors[ANCHOR_VOTING] += 7;
		cal = calendar_make(&f, &arena);
		assert_int_equal(cal->rule_voting, day(elections[i].voting));
		/* Without the voting before nothing is compared. */
		f.anchors[ANCHOR_PREVIOUS_VOTING] = DATE_UNSET;
		cal = calendar_make(&f, &arena);
		assert_int_equal(cal->rule_voting, DATE_UNSET);
		assert_says(cal->rule_words, "is not known");
	}
}

/* Terms follow each other; the base is never a table. */
static void
test_inauguration(void **state)
{
	static const struct {
		const char *voting, *day;
	} regular[] = {
		{ "2004-03-14", "2004-05-07" }, { "2008-03-02", "2008-05-07" },
		{ "2012-03-04", "2012-05-07" }, { "2018-03-18", "2018-05-07" },
		{ "2024-03-17", "2024-05-07" }, { "2030-03-17", "2030-05-07" },
		{ "2036-03-16", "2036-05-07" },
	};
	const struct law *law = builtin("ru-2003");
	const struct calendar *cal;
	struct calendar_facts f;
	unsigned i;

	(void)state;
	for (i = 0; i < sizeof(regular) / sizeof(regular[0]); i++) {
		f = calendar_facts(law, day(regular[i].voting));
		cal = calendar_make(&f, &arena);
		assert_int_equal(cal->facts.anchors[ANCHOR_INAUGURATION],
		    day(regular[i].day));
	}
	/* What the operator knows goes before what is derived. */
	f = russia();
	f.anchors[ANCHOR_PREVIOUS_INAUGURATION] = day("2018-06-01");
	cal = calendar_make(&f, &arena);
	assert_int_equal(cal->facts.anchors[ANCHOR_INAUGURATION],
	    day("2024-06-01"));
	assert_false(says(item(cal, "inauguration")->counted, "terms of"));
	f.anchors[ANCHOR_INAUGURATION] = day("2024-05-09");
	cal = calendar_make(&f, &arena);
	assert_int_equal(item(cal, "inauguration")->from.date,
	    day("2024-05-09"));
	assert_true(item(cal, "inauguration")->given);
	assert_says(item(cal, "inauguration")->counted, "by the law: 6 years");
}

/* The thirtieth day after the results of the last round are published. */
static void
test_early(void **state)
{
	struct calendar_facts f = russia();
	const struct calendar *cal;

	(void)state;
	f.early = true;
	cal = calendar_make(&f, &arena);
	assert_int_equal(cal->facts.anchors[ANCHOR_INAUGURATION], DATE_UNSET);
	assert_int_equal(item(cal, "inauguration")->state, CALENDAR_UNKNOWN);
	assert_int_equal(item(cal, "inauguration")->needs,
	    BIT(ANCHOR_RESULTS_PUBLISHED));
	/* Whether these are the last is not known. */
	f.anchors[ANCHOR_RESULTS_PUBLISHED] = day("2024-03-23");
	cal = calendar_make(&f, &arena);
	assert_int_equal(cal->facts.anchors[ANCHOR_INAUGURATION], DATE_UNSET);
	assert_says(item(cal, "inauguration")->counted,
	    "whether there is a second is not known");
	f.second_round = 0;
	cal = calendar_make(&f, &arena);
	assert_int_equal(cal->facts.anchors[ANCHOR_INAUGURATION],
	    day("2024-04-21"));
	f.second_round = 1;
	cal = calendar_make(&f, &arena);
	assert_int_equal(cal->facts.anchors[ANCHOR_INAUGURATION], DATE_UNSET);
	assert_int_equal(item(cal, "inauguration")->needs,
	    BIT(ANCHOR_RESULTS_2_PUBLISHED));
	f.anchors[ANCHOR_RESULTS_2_PUBLISHED] = day("2024-04-12");
	cal = calendar_make(&f, &arena);
	assert_int_equal(cal->facts.anchors[ANCHOR_INAUGURATION],
	    day("2024-05-11"));
	/* An election that has to be repeated fills no office. */
	f = russia();
	f.repeat = 1;
	cal = calendar_make(&f, &arena);
	assert_int_equal(cal->facts.anchors[ANCHOR_INAUGURATION], DATE_UNSET);
	assert_says(item(cal, "inauguration")->counted, "repeat");
}

/* --- where dates stand ---------------------------------------------------- */

static enum calendar_state
state_on(const char *id, const char *today)
{
	struct calendar_facts f = russia();

	f.today = day(today);
	return item(calendar_make(&f, &arena), id)->state;
}

static void
test_state(void **state)
{
	struct calendar_facts f = russia();
	const struct calendar *cal = calendar_make(&f, &arena);
	unsigned i;

	(void)state;
	for (i = 0; i < cal->n; i++)
		assert_true(cal->items[i].state == CALENDAR_DATED ||
		    cal->items[i].state == CALENDAR_UNKNOWN);
	assert_int_equal(cal->next, -1);
	/* A window, its first and last day. */
	assert_int_equal(state_on("documents", "2023-12-10"), CALENDAR_AHEAD);
	/* The self-nomination ends on the 27th: both are next. */
	assert_int_equal(state_on("documents", "2023-12-26"), CALENDAR_NEXT);
	assert_int_equal(state_on("documents", "2023-12-27"), CALENDAR_TODAY);
	assert_int_equal(state_on("documents", "2024-01-31"), CALENDAR_TODAY);
	assert_int_equal(state_on("documents", "2024-02-01"), CALENDAR_PASSED);
	/* What ends at 0:00 was over the day before. */
	assert_int_equal(state_on("media-campaign", "2024-03-14"),
	    CALENDAR_TODAY);
	assert_int_equal(state_on("media-campaign", "2024-03-15"),
	    CALENDAR_PASSED);
	assert_int_equal(state_on("campaign-end", "2024-03-15"),
	    CALENDAR_TODAY);
	assert_int_equal(state_on("campaign-end", "2024-03-16"),
	    CALENDAR_PASSED);
	/* A last day with no first is no time that runs. */
	assert_int_equal(state_on("results-latest", "2024-03-17"),
	    CALENDAR_NEXT);
	assert_int_equal(state_on("results-latest", "2024-03-27"),
	    CALENDAR_TODAY);
	assert_int_equal(state_on("results-latest", "2024-03-28"),
	    CALENDAR_PASSED);
	assert_int_equal(state_on("inauguration", "2024-05-06"),
	    CALENDAR_NEXT);
}

static void
test_next(void **state)
{
	static const struct {
		const char *today, *next;
	} days[] = {
		{ "2023-12-01", "2023-12-07" }, { "2024-01-05", "2024-01-31" },
		{ "2024-03-01", "2024-03-15" }, { "2024-03-16", "2024-03-17" },
		{ "2024-03-17", "2024-03-27" }, { "2024-04-21", "2024-05-07" },
	};
	struct calendar_facts f = russia();
	const struct calendar *cal;
	unsigned i;

	(void)state;
	for (i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
		f.today = day(days[i].today);
		cal = calendar_make(&f, &arena);
		assert_true(cal->next >= 0);
		assert_int_equal(cal->next_date, day(days[i].next));
	}
	f.today = day("2024-08-01");
	assert_int_equal(calendar_make(&f, &arena)->next, -1);
}

static void
test_unknown(void **state)
{
	struct calendar_facts f = calendar_facts(builtin("ru-2003"),
	    day("2024-03-17"));
	const struct calendar *cal;
	const struct calendar_item *it;

	(void)state;
	f.today = day("2024-02-01");
	cal = calendar_make(&f, &arena);
	it = item(cal, "self-nomination");
	assert_int_equal(it->state, CALENDAR_UNKNOWN);
	assert_int_equal(it->from.date, DATE_UNSET);
	assert_int_equal(it->until.date, DATE_UNSET);
	assert_int_equal(it->from_instant, TIME_UNSET);
	assert_int_equal(it->needs, BIT(ANCHOR_CALLED_PUBLISHED));
	assert_says(it->counted, "is not known");
	assert_null(calendar_find(cal, bytes_of("called")));
	assert_true((cal->needs & BIT(ANCHOR_CALLED)) != 0);
	/* They are last. */
	assert_int_equal(cal->items[cal->n - 1].from.date, DATE_UNSET);
	/* What does not rest on it is there. */
	assert_int_equal(item(cal, "documents")->state, CALENDAR_PASSED);
	f.anchors[ANCHOR_CALLED_PUBLISHED] = day("2023-12-08");
	cal = calendar_make(&f, &arena);
	assert_int_equal(item(cal, "self-nomination")->state, CALENDAR_PASSED);
}

static void
test_rounds(void **state)
{
	struct calendar_facts f = russia();
	const struct calendar *cal;
	const struct calendar_item *it;

	(void)state;
	f.second_round = 0;
	cal = calendar_make(&f, &arena);
	assert_int_equal(item(cal, "second-voting")->state, CALENDAR_NOT);
	assert_int_equal(item(cal, "results-2-latest")->state, CALENDAR_NOT);
	assert_int_equal(cal->facts.anchors[ANCHOR_VOTING_2], DATE_UNSET);
	f.second_round = 1;
	cal = calendar_make(&f, &arena);
	assert_int_equal(item(cal, "second-voting")->state, CALENDAR_DATED);
	assert_false(item(cal, "second-voting")->depends);
	/* Another day than the law's is said. */
	f.anchors[ANCHOR_VOTING_2] = day("2024-04-14");
	cal = calendar_make(&f, &arena);
	it = item(cal, "second-voting");
	assert_true(it->outside);
	assert_int_equal(it->until.date, day("2024-04-14"));
	assert_says(it->counted, "21 days after");
	assert_int_equal(item(cal, "results-2-latest")->until.date,
	    day("2024-04-24"));
	f.anchors[ANCHOR_VOTING_2] = day("2024-04-07");
	cal = calendar_make(&f, &arena);
	assert_false(item(cal, "second-voting")->outside);
	f.anchors[ANCHOR_INAUGURATION] = day("2024-05-08");
	it = item(calendar_make(&f, &arena), "inauguration");
	assert_true(it->outside);
	assert_int_equal(it->from.date, day("2024-05-08"));
	f.anchors[ANCHOR_INAUGURATION] = day("2024-05-07");
	assert_false(item(calendar_make(&f, &arena), "inauguration")->outside);
}

/* A calling on a day that the law does not have. */
static void
test_outside(void **state)
{
	static const struct {
		const char *called;
		bool outside;
	} days[] = {
		{ "2023-12-06", true }, { "2023-12-07", false },
		{ "2023-12-17", false }, { "2023-12-18", true },
	};
	struct calendar_facts f = russia();
	unsigned i;

	(void)state;
	f.anchors[ANCHOR_CALLED_PUBLISHED] = DATE_UNSET;
	for (i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
		f.anchors[ANCHOR_CALLED] = day(days[i].called);
		assert_int_equal(item(calendar_make(&f, &arena),
		    "call")->outside, days[i].outside);
	}
}

/* --- an invented law ------------------------------------------------------ */

/* What is counted from something unverified is unverified too. */
static void
test_unverified(void **state)
{
	const struct law *law = invented(
	    "    round-2:\n"
	    "      source: gazette\n"
	    "      advance: 2\n"
	    "      elected-if: [votes > next]\n"
	    "      date: {on: 14 days after voting, unverified: true}\n"
	    "    calendar:\n"
	    "      - id: alpha\n"
	    "        title: alpha\n"
	    "        on: 30 days before voting\n"
	    "        unverified: true\n"
	    "      - id: beta\n"
	    "        title: beta\n"
	    "        on: 5 days after alpha\n"
	    "        source: gazette\n"
	    "      - id: gamma\n"
	    "        title: gamma\n"
	    "        on: 5 days after voting-2\n"
	    "        source: gazette\n"
	    "      - id: sure\n"
	    "        title: sure\n"
	    "        on: 5 days after voting\n"
	    "        source: gazette\n");
	struct calendar_facts f = calendar_facts(law, day("2006-06-11"));
	const struct calendar *cal = calendar_make(&f, &arena);

	(void)state;
	assert_true(item(cal, "alpha")->unverified);
	assert_true(item(cal, "beta")->unverified);
	assert_int_equal(item(cal, "beta")->from.date, day("2006-05-17"));
	assert_true(item(cal, "gamma")->unverified);
	assert_true(item(cal, "second-voting")->unverified);
	assert_false(item(cal, "sure")->unverified);
	/* A second voting that is known as a fact rests on no rule. */
	f.anchors[ANCHOR_VOTING_2] = day("2006-06-25");
	cal = calendar_make(&f, &arena);
	assert_false(item(cal, "gamma")->unverified);
	assert_false(item(cal, "second-voting")->unverified);
}

#define ROUND_2	"    round-2: {source: gazette, advance: 2, " \
		"elected-if: [votes > next]}\n"

/* So through a day that is derived, and what the rule of the day asks. */
static void
test_unverified_far(void **state)
{
	const struct law *law = invented(
	    "    round-2:\n"
	    "      source: gazette\n"
	    "      advance: 2\n"
	    "      elected-if: [votes > next]\n"
	    "      date: {on: 14 days after voting, unverified: true}\n"
	    "    repeat:\n"
	    "      source: gazette\n"
	    "      date: {on: 60 days after failed-voting}\n"
	    "    term: {years: 5, runs-from: 2001-08-01, unverified: true}\n"
	    "    voting-day:\n"
	    "      on: sunday on or before 5 years after "
	    "previous-inauguration\n"
	    "      source: gazette\n");
	struct calendar_facts f = calendar_facts(law, day("2006-06-11"));
	const struct calendar *cal = calendar_make(&f, &arena);

	(void)state;
	assert_false(item(cal, "repeat-voting")->unverified);
	assert_int_equal(cal->rule_voting, day("2006-07-30"));
	assert_true(cal->rule_unverified);
	f.second_round = 1;
	f.anchors[ANCHOR_PREVIOUS_INAUGURATION] = day("2001-08-01");
	cal = calendar_make(&f, &arena);
	assert_int_equal(item(cal, "repeat-voting")->from.date,
	    day("2006-08-24"));
	assert_true(item(cal, "repeat-voting")->unverified);
	assert_false(cal->rule_unverified);
	law = invented(ROUND_2
	    "    voting-day:\n"
	    "      on: last sunday of may\n"
	    "      term-years: 5\n"
	    "      source: gazette\n"
	    "      moved: [{when: holiday, to: 1 week after, "
	    "unverified: true}]\n");
	f = calendar_facts(law, day("2006-05-28"));
	assert_true(calendar_make(&f, &arena)->rule_unverified);
}

/* A window that ends before it begins for this day alone is no window. */
static void
test_backwards(void **state)
{
	const struct law *law = invented(ROUND_2
	    "    inauguration:\n"
	    "      from: february 1 after voting\n"
	    "      until: march 1 after voting\n"
	    "      source: gazette\n");
	struct calendar_facts f = calendar_facts(law, day("2012-01-22"));
	const struct calendar_item *it;

	(void)state;
	it = item(calendar_make(&f, &arena), "inauguration");
	assert_int_equal(it->from.date, day("2012-02-01"));
	assert_int_equal(it->until.date, day("2012-03-01"));
	f = calendar_facts(law, day("2012-02-12"));
	it = item(calendar_make(&f, &arena), "inauguration");
	assert_int_equal(it->from.date, DATE_UNSET);
	assert_int_equal(it->state, CALENDAR_UNKNOWN);
	assert_says(it->counted, "it would end before it begins");
}

/* A window stands for its last day; what does not take place for none. */
static void
test_entries(void **state)
{
	const struct law *law = invented(
	    "    round-2:\n"
	    "      source: gazette\n"
	    "      advance: 2\n"
	    "      elected-if: [votes > next]\n"
	    "      date: {on: 14 days after results}\n"
	    "    calendar:\n"
	    "      - {id: window, title: w, from: 30 days before voting,\n"
	    "         until: 20 days before voting, source: gazette}\n"
	    "      - {id: after, title: a, on: 3 days after window,\n"
	    "         source: gazette}\n"
	    "      - {id: only, title: o, on: 3 days after voting,\n"
	    "         if: second-round, source: gazette}\n"
	    "      - {id: of-only, title: f, on: 3 days after only,\n"
	    "         source: gazette}\n"
	    "      - {id: open, title: p, from: 3 days before voting,\n"
	    "         source: gazette}\n");
	struct calendar_facts f = calendar_facts(law, day("2006-06-11"));
	const struct calendar *cal = calendar_make(&f, &arena);

	(void)state;
	assert_int_equal(item(cal, "after")->from.date, day("2006-05-25"));
	assert_int_equal(item(cal, "of-only")->from.date, day("2006-06-17"));
	assert_true(item(cal, "open")->open_end);
	assert_int_equal(item(cal, "open")->until.date, DATE_UNSET);
	assert_int_equal(item(cal, "second-voting")->needs,
	    BIT(ANCHOR_RESULTS));
	f.second_round = 0;
	f.today = day("2006-06-30");
	cal = calendar_make(&f, &arena);
	assert_int_equal(item(cal, "of-only")->from.date, DATE_UNSET);
	assert_int_equal(item(cal, "open")->state, CALENDAR_TODAY);
	f.second_round = 1;
	f.anchors[ANCHOR_RESULTS] = day("2006-06-13");
	cal = calendar_make(&f, &arena);
	assert_int_equal(cal->facts.anchors[ANCHOR_VOTING_2],
	    day("2006-06-27"));
}

/* --- all laws ------------------------------------------------------------- */

static void
check_items(const struct calendar *cal)
{
	const struct calendar_item *it;
	int32_t date, before = INT32_MIN;
	unsigned i;

	for (i = 0; i < cal->n; i++) {
		it = &cal->items[i];
		assert_true(it->id.n > 0 && it->title.n > 0);
		assert_ptr_equal(calendar_find(cal, it->id), it);
		if (it->from.date != DATE_UNSET && it->until.date !=
		    DATE_UNSET && it->from.date > it->until.date)
			fail_msg("%.*s %.*s ends before it begins",
			    (int)cal->facts.law->id.n,
			    (const char *)cal->facts.law->id.p, (int)it->id.n,
			    (const char *)it->id.p);
		if (it->state == CALENDAR_UNKNOWN)
			assert_true(it->counted.n > 0);
		date = it->from.date != DATE_UNSET ? it->from.date :
		    it->until.date == DATE_UNSET ? INT32_MAX : it->until.date;
		assert_true(date >= before);
		before = date;
	}
}

/* Each law that is built in, in the middle of each of its versions. */
static void
test_all_laws(void **state)
{
	const struct law *law;
	const struct calendar *cal;
	struct calendar_facts f;
	unsigned i, v;
	int round;

	(void)state;
	for (i = 0; i < law_builtin_count(); i++) {
		law = builtin(law_builtin_id(i));
		for (v = 0; v < law->nversions * 3; v++) {
			round = (int)(v % 3) - 1;
			f = calendar_facts(law, law->versions[v / 3].from);
			assert_non_null(f.version);
			f.second_round = round;
			f.today = f.anchors[ANCHOR_VOTING] - 10;
			cal = calendar_make(&f, &arena);
			assert_non_null(cal);
			check_items(cal);
		}
	}
	assert_true(i >= 30);
}

static void
test_memory(void **state)
{
	struct arena small = arena_with(2 * KIB);
	struct calendar_facts f = russia();

	(void)state;
	assert_null(calendar_make(&f, &small));
	arena_free(&small);
}

/* --- iCalendar ------------------------------------------------------------ */

static void
line_is(const char *value, bool text, const char *wanted)
{
	struct out out = out_memory(MIB);

	ics_line(&out, "X", bytes_of(value), text);
	assert_true(bytes_is(buf_bytes(&out.buf), wanted));
	(void)out_end(&out);
}

static void
test_ics_line(void **state)
{
	(void)state;
	line_is("a", true, "X:a\r\n");
	line_is("", true, "X:\r\n");
	line_is("a,b;c\\d\ne\r\t\x7f" "f", true, "X:a\\,b\\;c\\\\d\\nef\r\n");
	line_is("a,b\nc", false, "X:a,bc\r\n");
	/* Nor what is no control character in ASCII: CSI, and a line's end. */
	line_is("a\xc2\x9b\xe2\x80\xa8\xe2\x80\xa9" "b", true, "X:ab\r\n");
	line_is("\xc3\xa9\xff\xc3", true, "X:\xc3\xa9\r\n");
	/* 75 octets are a line, 76 are two. */
	line_is("1234567890123456789012345678901234567890123456789012345678901"
	    "234567890123", true, "X:12345678901234567890123456789012345678901"
	    "23456789012345678901234567890123\r\n");
	line_is("1234567890123456789012345678901234567890123456789012345678901"
	    "2345678901234", true, "X:1234567890123456789012345678901234567890"
	    "123456789012345678901234567890123\r\n 4\r\n");
	/* Neither a character nor an escape is split. */
	line_is("123456789012345678901234567890123456789012345678901234567890"
	    "123456789012\xc3\xa9", true, "X:123456789012345678901234567890123"
	    "456789012345678901234567890123456789012\r\n \xc3\xa9\r\n");
	line_is("123456789012345678901234567890123456789012345678901234567890"
	    "123456789012,", true, "X:123456789012345678901234567890123"
	    "456789012345678901234567890123456789012\r\n \\,\r\n");
}

static unsigned
count_of(struct bytes in, const char *what)
{
	unsigned n = 0;
	size_t at = 0;

	while ((at = bytes_find(in, bytes_of(what), at)) != SIZE_MAX) {
		n++;
		at++;
	}
	return n;
}

static void
check_lines(struct bytes in)
{
	size_t at = 0, end;

	while (at < in.n) {
		end = bytes_find(in, bytes_of("\r\n"), at);
		assert_true(end != SIZE_MAX && end - at <= 75 && end > at);
		assert_true(bytes_find_byte(bytes_part(in, at, end - at),
		    '\n', 0) == SIZE_MAX);
		at = end + 2;
	}
}

static struct bytes
ics_of(const struct calendar_facts *f)
{
	struct out out = out_memory(MIB);
	struct bytes all;

	ics_write(&out, calendar_make(f, &arena));
	all = arena_copy(&arena, buf_bytes(&out.buf));
	assert_int_equal(out_end(&out), ERR_NONE);
	check_lines(all);
	assert_int_equal(count_of(all, "BEGIN:VEVENT\r\n"),
	    count_of(all, "END:VEVENT\r\n"));
	assert_int_equal(count_of(all, "BEGIN:VEVENT\r\n"),
	    count_of(all, "\r\nUID:"));
	assert_int_equal(count_of(all, "BEGIN:VEVENT\r\n"),
	    count_of(all, "\r\nDTSTAMP:"));
	return all;
}

static void
test_ics(void **state)
{
	struct calendar_facts f = russia();
	struct bytes all = ics_of(&f), later;

	(void)state;
	assert_true(bytes_starts(all, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
	assert_true(bytes_ends(all, "END:VCALENDAR\r\n"));
	/* A window of whole days: the end is the day after. */
	assert_says(all, "UID:voting.2024-03-17.ru-2003@ostrakon.invalid\r\n"
	    "DTSTAMP:19700101T000000Z\r\nDTSTART;VALUE=DATE:20240315\r\n"
	    "DTEND;VALUE=DATE:20240318\r\nSUMMARY:voting\r\n");
	/* With an hour: in UTC. */
	assert_says(all, "UID:documents.2024-03-17.ru-2003@ostrakon.invalid"
	    "\r\nDTSTAMP:19700101T000000Z\r\nDTSTART:20231226T210000Z\r\n"
	    "DTEND:20240131T150000Z\r\n");
	/* A moment has no end. */
	assert_says(all, "DTSTART:20240314T210000Z\r\nSUMMARY:all campaign");
	/* A last day alone. */
	assert_says(all, "DTSTART;VALUE=DATE:20240327\r\n"
	    "DTEND;VALUE=DATE:20240328\r\n");
	assert_says(all, "SUMMARY:second voting (if there is a second voting)"
	    "\r\n");
	assert_says(all, "STATUS:TENTATIVE\r\n");
	assert_true(bytes_eq(all, ics_of(&f)));
	/* Another day: the same UIDs. */
	f.today = day("2024-03-01");
	later = ics_of(&f);
	assert_says(later, "UID:voting.2024-03-17.ru-2003@ostrakon.invalid\r\n"
	    "DTSTAMP:20240301T000000Z\r\n");
	/* What does not take place is not there; what is not known is told. */
	f.second_round = 0;
	f.anchors[ANCHOR_CALLED_PUBLISHED] = DATE_UNSET;
	later = ics_of(&f);
	assert_false(says(later, "UID:second-voting"));
	assert_false(says(later, "UID:self-nomination"));
	assert_says(later, "DESCRIPTION:Not known yet\\, and not here: ");
	/* After the last of all days there is none. */
	f = calendar_facts(invented(ROUND_2), day("9999-12-31"));
	later = ics_of(&f);
	assert_int_equal(count_of(later, "DTSTART;VALUE=DATE:99991231"), 1);
	assert_int_equal(count_of(later, "DTEND"), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_russia),
		cmocka_unit_test(test_instants),
		cmocka_unit_test(test_rule),
		cmocka_unit_test(test_inauguration),
		cmocka_unit_test(test_early),
		cmocka_unit_test(test_state),
		cmocka_unit_test(test_next),
		cmocka_unit_test(test_unknown),
		cmocka_unit_test(test_rounds),
		cmocka_unit_test(test_outside),
		cmocka_unit_test(test_unverified),
		cmocka_unit_test(test_unverified_far),
		cmocka_unit_test(test_backwards),
		cmocka_unit_test(test_entries),
		cmocka_unit_test(test_all_laws),
		cmocka_unit_test(test_memory),
		cmocka_unit_test(test_ics_line),
		cmocka_unit_test(test_ics),
	};

	return cmocka_run_group_tests(tests, fresh, gone);
}
