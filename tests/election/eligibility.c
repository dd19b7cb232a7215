/*
 * Who may stand: each kind of rule at its edges, and what is not known.
 */
#include "election/eligibility.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"

static struct arena arena;

static int
set_up(void **state)
{
	(void)state;
	arena = arena_with(256 * MIB);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static int32_t
day(const char *text)
{
	return text == NULL ? DATE_UNSET : date_read(bytes_of(text));
}

/* --- a law and a candidate ------------------------------------------------ */

static const char law_head[] =
    "law: xx-2001\ntitle: T\ncountry: XX\noffice: President\n"
    "vote: president\nclock: [{from: 1990-01-01, zone: UTC0}]\n"
    "sources: {g: {title: G}}\n"
    "versions:\n"
    "  - from: 2001-01-01\n"
    "    round-1: {source: g, elected-if: [votes > 1/2 of valid], nobody: "
    "next-round}\n"
    "    round-2: {source: g, advance: 2, date: {on: 21 days after voting}, "
    "elected-if: [votes > next]}\n"
    "    voting-day: {on: second sunday of the month of previous-voting, "
    "term-years: 6, days: 1, source: g}\n"
    "    inauguration: {on: may 7 after voting, source: g}\n";

static struct bytes
joined(const char *a, const char *b, const char *c)
{
	struct buf text = buf_with(MIB);
	struct bytes all;

	buf_text(&text, a);
	buf_text(&text, b);
	buf_text(&text, c);
	buf_text(&text, "\n");
	all = arena_copy(&arena, buf_bytes(&text));
	buf_free(&text);
	return all;
}

static const struct law *
law_with(const char *rules)
{
	struct law_faults faults = { 0 };
	const struct law *law = law_read(joined(law_head, rules, ""), &arena,
	    &faults);

	if (law == NULL)
		fail_msg("%s: %u:%u: %s", rules, faults.items[0].line,
		    faults.items[0].column, faults.items[0].why);
	return law;
}

static const struct candidate *
person(const char *facts)
{
	struct candidate_faults faults;
	const struct candidates *all = candidate_read(joined(
	    facts[0] == '\0' ? "candidates:\n- {name: N" :
	    "candidates:\n- {name: N, ", facts, "}"), CANDIDATE_YAML,
	    &arena, &faults);

	if (all == NULL)
		fail_msg("%s: %u:%u: %s", facts, faults.items[0].line,
		    faults.items[0].column, faults.items[0].why);
	return &all->items[0];
}

static const struct eligibility *
judge(const struct law *law, const char *facts, const char *on,
    const char *voting, struct eligibility_setting *set)
{
	const struct eligibility *e;

	assert_true(eligibility_set(set, law, day(on), day(voting), &arena));
	e = eligibility_of(set, person(facts), &arena);
	assert_non_null(e);
	return e;
}

static const char *
told(enum stand state, enum stand_end end, int32_t until)
{
	struct buf b = buf_with(200);
	struct bytes text;

	eligibility_state_words(&b, state, end, until);
	buf_byte(&b, '\0');
	text = arena_copy(&arena, buf_bytes(&b));
	buf_free(&b);
	return (const char *)text.p;
}

/* --- tables --------------------------------------------------------------- */

struct case_of {
	const char *rule;	/* its keys, without id and source */
	const char *facts;
	const char *on, *voting;	/* NULL: not given */
	const char *want;	/* words of the state; "; " and a missing fact */
};

#define ON	"2023-03-15"
#define VOTE	"2024-03-17"

static void
check(const struct case_of *cases, size_t n)
{
	struct eligibility_setting set;
	const struct eligibility_rule *r;
	unsigned wrong = 0;
	char rules[400], got[800];
	size_t i;

	for (i = 0; i < n; i++) {
		(void)snprintf(rules, sizeof(rules), "    eligibility:\n"
		    "      - {id: it, source: g, %s}\n", cases[i].rule);
		r = judge(law_with(rules), cases[i].facts, cases[i].on,
		    cases[i].voting, &set)->now.rules;
		(void)snprintf(got, sizeof(got), "%s%s%.*s",
		    told(r->state, r->end, r->until),
		    r->missing.n > 0 ? "; " : "", (int)r->missing.n,
		    (const char *)r->missing.p);
		if (strcmp(got, cases[i].want) == 0)
			continue;
		print_error("%s | %s | %s, %s:\n  \"%s\", not \"%s\" (%.*s)\n",
		    cases[i].rule, cases[i].facts, cases[i].on,
		    cases[i].voting == NULL ? "?" : cases[i].voting, got,
		    cases[i].want, (int)r->how.n, (const char *)r->how.p);
		wrong++;
	}
	assert_int_equal(wrong, 0);
}

#define CHECK(a)	check(a, sizeof(a) / sizeof((a)[0]))

#define VERY_DAY	"cannot tell; whether the very day on which it ends " \
	"still counts: the law must be asked"

#define AGE	"rule: age, at-least: 35, on: voting"

static const struct case_of age_cases[] = {
	{ AGE, "born: 1989-03-17", ON, VOTE, "fulfilled" },
	{ AGE, "born: 1989-03-18", ON, VOTE,
	    "barred until 18 March 2024" },
	{ AGE, "", ON, VOTE, "cannot tell; born" },
	/* 29 February: older on 1 March, but in leap years. */
	{ AGE, "born: 1988-02-29", "2022-01-01", "2023-02-28",
	    "barred until 1 March 2023" },
	{ AGE, "born: 1988-02-29", "2022-01-01", "2023-03-01",
	    "fulfilled" },
	{ "rule: age, at-least: 36", "born: 1988-02-29", ON,
	    "2024-02-28", "barred until 29 February 2024" },
	{ "rule: age, at-least: 36", "born: 1988-02-29", ON,
	    "2024-02-29", "fulfilled" },
	/* Without the day of voting: it is no earlier than that day. */
	{ AGE, "born: 1988-03-15", ON, NULL, "fulfilled" },
	{ AGE, "born: 1988-03-16", ON, NULL,
	    "cannot tell; the day of voting" },
	/* Another day than the voting. */
	{ "rule: age, at-least: 35, on: january 1 after voting",
	    "born: 1990-01-01", ON, VOTE, "fulfilled" },
	{ "rule: age, at-least: 35, on: january 1 after voting",
	    "born: 1990-01-02", ON, VOTE,
	    "barred until 2 January 2025" },
	{ "rule: age, at-least: 35, on: called", "born: 1988-12-01",
	    ON, VOTE, "cannot tell; the day that the rule is measured on" },
	{ "rule: age, at-least: 35, on: 2024-01-01", "born: 1989-01-01",
	    ON, NULL, "fulfilled" },
	{ "rule: age, at-least: 35, on: 2024-01-01", "born: 1989-01-02",
	    ON, NULL, "barred until 2 January 2024" },
};

static void
age(void **state)
{
	(void)state;
	CHECK(age_cases);
}

#define TEN	"rule: residence, at-least: 10, permanent: true, on: voting"
#define BEFORE	"rule: residence, at-least: 5, just-before: true"

static const struct case_of residence_cases[] = {
	{ TEN, "residence-since: 2014-03-17", ON, VOTE, "fulfilled" },
	{ TEN, "residence-since: 2014-03-18", ON, VOTE,
	    "barred until 18 March 2024" },
	{ TEN, "", ON, VOTE, "cannot tell; residence" },
	{ TEN, "residence: none", ON, VOTE,
	    "barred, no end can be told" },
	{ TEN, "residence: [{from: 2001-01-01}]", ON, VOTE,
	    "cannot tell; residence: days that are not known, or "
	    "whether it was permanent" },
	{ TEN, "residence: [{from: 2001-01-01, permanent: false}]",
	    ON, VOTE, "barred, no end can be told" },
	/* Not permanent in any case too short. */
	{ TEN, "residence: [{from: 2015-01-01}]", ON, VOTE,
	    "barred at least until 1 January 2025" },
	/* Two stays of five years and 100 days between them. */
	{ TEN, "residence: [{from: 2013-12-08, until: 2018-12-08, "
	    "permanent: true}, {from: 2019-03-18, permanent: true}]",
	    ON, VOTE, "fulfilled" },
	{ TEN, "residence: [{from: 2013-12-09, until: 2018-12-08, "
	    "permanent: true}, {from: 2019-03-18, permanent: true}]",
	    ON, VOTE, "barred until 18 March 2024" },
	/* Ten years, long ago. */
	{ TEN, "residence: [{from: 1970-01-01, until: 1980-01-01, "
	    "permanent: true}]", ON, VOTE, "cannot tell; residence: whether "
	    "the years count without residence on the day itself: the law "
	    "must be asked" },
	{ TEN, "residence: [{from: 1970-01-01, until: 1980-01-01, "
	    "permanent: true}, {from: 2024-01-01, permanent: true}]",
	    "2024-02-01", VOTE, "fulfilled" },
	{ BEFORE, "residence: [{from: 2001-01-01, until: 2024-01-01}]",
	    ON, NULL, "cannot tell; the day of voting" },
	{ TEN, "residence: [{from: 1970-01-01, until: 1979-12-31, "
	    "permanent: true}]", ON, VOTE,
	    "barred, no end can be told" },
	{ TEN, "residence: [{from: 1970-01-01, until: unknown, "
	    "permanent: true}]", ON, VOTE, "cannot tell; residence: "
	    "days that are not known, or whether it was permanent" },
	{ TEN, "residence: [{from: 2020-01-01, permanent: true}, "
	    "unknown]", ON, VOTE,
	    "cannot tell; residence: whether there are others" },
	{ TEN, "residence: [{from: 2001-01-01, permanent: true}, "
	    "unknown]", ON, VOTE, "fulfilled" },
	/* Begun after the day that is asked for: not considered. */
	{ TEN, "residence: [{from: 2023-03-16, permanent: true}]",
	    ON, "2040-01-01", "barred, no end can be told" },
	{ TEN, "residence-since: 2013-03-15", ON, NULL, "fulfilled" },
	{ TEN, "residence-since: 2013-03-16", ON, NULL,
	    "cannot tell; the day of voting" },
	/* Just before: a day away begins it anew. */
	{ BEFORE, "residence: [{from: 2001-01-01, until: 2019-03-10}, "
	    "{from: 2019-03-17}]", ON, VOTE, "fulfilled" },
	{ BEFORE, "residence: [{from: 2001-01-01, until: 2019-03-10}, "
	    "{from: 2019-03-20}]", ON, VOTE,
	    "barred until 20 March 2024" },
	{ BEFORE, "residence: [{from: 2001-01-01, until: 2019-03-10}, "
	    "{from: 2019-03-11}]", ON, VOTE, "fulfilled" },
	{ BEFORE, "residence: [{from: 2001-01-01, until: 2023-01-01}]",
	    ON, VOTE, "barred, no end can be told" },
	{ "rule: residence, permanent: true",
	    "residence-since: 2023-01-01", ON, VOTE, "fulfilled" },
};

static void
residence(void **state)
{
	(void)state;
	CHECK(residence_cases);
}

#define OF	"rule: citizenship, of: RU"

static const struct case_of citizenship_cases[] = {
	{ OF, "citizenships: [{of: RU}]", ON, VOTE, "fulfilled" },
	{ OF, "", ON, VOTE, "cannot tell; citizenships" },
	{ OF, "citizenships: none", ON, VOTE,
	    "barred, no end can be told" },
	{ OF, "citizenships: [{of: FI}]", ON, VOTE,
	    "barred, no end can be told" },
	{ OF, "citizenships: [{of: FI}, unknown]", ON, VOTE,
	    "cannot tell; citizenships: whether there are others" },
	{ OF, "citizenships: [{of: RU, until: 2010-01-01}]", ON, VOTE,
	    "barred, no end can be told" },
	{ OF ", at-least: 10",
	    "citizenships: [{of: RU, from: 2014-03-17}]", ON, VOTE,
	    "fulfilled" },
	{ OF ", at-least: 10",
	    "citizenships: [{of: RU, from: 2014-03-18}]", ON, VOTE,
	    "barred until 18 March 2024" },
	{ OF ", at-least: 10", "citizenships: [{of: RU}]", ON, VOTE,
	    "cannot tell; citizenships: since when" },
	{ OF ", by-birth: true", "born: 1971-05-04, citizenships: "
	    "[{of: RU, from: birth}]", ON, VOTE, "fulfilled" },
	{ OF ", by-birth: true", "born: 1971-05-04, citizenships: "
	    "[{of: RU, from: 1992-01-01}]", ON, VOTE,
	    "barred for good" },
	{ OF ", by-birth: true", "citizenships: [{of: RU}]", ON, VOTE,
	    "cannot tell; citizenships: whether by birth" },
	{ OF ", by-birth: true", "born: 1971-05-04, citizenships: [{of: RU, "
	    "from: birth, until: 1991-01-01}, {of: RU, from: 2001-01-01}]", ON,
	    VOTE, "cannot tell; citizenships: whether one by birth that was "
	    "regained is by birth: the law must be asked" },
	{ OF, "citizenships: [{of: RU, until: 2024-03-17}]", ON, VOTE,
	    VERY_DAY },
	/* Two citizenships, the other one ended. */
	{ OF ", no-other: true", "citizenships: [{of: RU}, {of: FI, "
	    "from: 2001-01-01}]", ON, VOTE,
	    "barred, no end can be told" },
	{ OF ", no-other: true", "citizenships: [{of: RU}, {of: FI, "
	    "from: 2001-01-01, until: 2024-03-16}]", ON, VOTE,
	    "fulfilled" },
	{ OF ", no-other: true", "citizenships: [{of: RU}, {of: FI, "
	    "from: 2001-01-01, until: 2024-03-17}]", ON, VOTE,
	    VERY_DAY },
	{ OF ", no-other: true", "citizenships: [{of: RU}, {of: FI, "
	    "from: 2001-01-01, until: 2024-03-18}]", ON, VOTE,
	    "barred until 18 March 2024" },
	{ OF ", no-other: true", "citizenships: [{of: RU}, {of: FI, "
	    "from: 2001-01-01, until: unknown}]", ON, VOTE,
	    "fulfilled" },
	{ OF ", never-other: true", "citizenships: [{of: RU}, {of: FI, "
	    "from: 2001-01-01, until: 2004-01-01}]", ON, VOTE,
	    "barred for good" },
	{ OF ", never-other: true", "citizenships: [{of: RU}, {of: FI, "
	    "until: 2004-01-01, not-counted: 'art. 5'}]", ON, VOTE,
	    "fulfilled" },
	{ OF ", never-other: true", "citizenships: [{of: RU}]", ON,
	    VOTE, "fulfilled" },
	{ OF ", never-other: true", "citizenships: [{of: RU}, "
	    "unknown]", ON, VOTE,
	    "cannot tell; citizenships: whether there are others" },
	/* Not yet on the day that is asked for. */
	{ OF ", never-other: true", "citizenships: [{of: RU}, {of: FI, "
	    "from: 2023-03-16}]", ON, VOTE, "fulfilled" },
	{ OF ", no-foreign-residence-permit: true",
	    "citizenships: [{of: RU}]", ON, VOTE,
	    "cannot tell; residence-permits" },
	{ OF ", no-foreign-residence-permit: true", "citizenships: "
	    "[{of: RU}], residence-permits: none", ON, VOTE,
	    "fulfilled" },
	{ OF ", no-foreign-residence-permit: true", "citizenships: "
	    "[{of: RU}], residence-permits: [{of: FI, until: "
	    "2020-01-01}]", ON, VOTE, "fulfilled" },
	{ OF ", never-other: true, no-foreign-residence-permit: true",
	    "citizenships: [{of: RU}], residence-permits: [{of: FI, "
	    "until: 2020-01-01}]", ON, VOTE, "barred for good" },
	/* A bar that is known beats what is not. */
	{ OF ", no-foreign-residence-permit: true",
	    "citizenships: none", ON, VOTE,
	    "barred, no end can be told; residence-permits" },
};

static void
citizenship(void **state)
{
	(void)state;
	CHECK(citizenship_cases);
}

#define ROW	"rule: terms, at-most: 2, in-a-row: true"
#define ALL	"rule: terms, at-most: 2"
#define SINCE	"rule: terms, at-most: 2, counted-since: 2020-07-04"
#define T1	"{from: 2000-05-07, until: 2004-05-07}"
#define T2	"{from: 2004-05-07, until: 2008-05-07}"
#define T3	"{from: 2012-05-07, until: 2018-05-07}"
#define T4	"{from: 2018-05-07, until: 2024-05-07}"

static const struct case_of terms_cases[] = {
	{ ROW, "terms: none", ON, VOTE, "fulfilled" },
	{ ROW, "", ON, VOTE, "cannot tell; terms" },
	{ ROW, "terms: [" T1 ", " T2 "]", "2008-01-01", "2008-03-02",
	    "barred, no end can be told" },
	{ ROW, "terms: [" T1 ", " T2 "]", "2012-01-01", "2012-03-04",
	    "fulfilled" },
	/* Of two in a row and two others, two are in a row again. */
	{ ROW, "terms: [" T1 ", " T2 ", " T3 ", " T4 "]",
	    "2018-01-01", "2018-03-18", "fulfilled" },
	{ ROW, "terms: [" T1 ", " T2 ", " T3 ", " T4 "]", ON, VOTE,
	    "barred, no end can be told" },
	{ ALL, "terms: [" T1 ", " T3 "]", "2018-01-01", "2018-03-18",
	    "barred for good" },
	{ ALL, "terms: [" T1 "]", ON, VOTE, "fulfilled" },
	{ SINCE, "terms: [" T1 ", " T2 ", " T3 ", " T4 "]", ON, VOTE,
	    "fulfilled" },
	{ SINCE, "terms: [" T4 ", {from: 2024-05-07, until: "
	    "2030-05-07}, {from: 2030-05-07, until: 2036-05-07}]",
	    "2030-01-01", "2030-03-17", "fulfilled" },
	{ SINCE, "terms: [" T4 ", {from: 2024-05-07, until: "
	    "2030-05-07}, {from: 2030-05-07, until: 2036-05-07}]",
	    "2036-01-01", "2036-03-16", "barred for good" },
	/* A term that begins later is not considered. */
	{ ALL, "terms: [" T3 ", " T4 "]", "2018-05-06", "2018-03-18",
	    "fulfilled" },
	{ ALL, "terms: [" T3 ", {from: unknown}]", ON, VOTE,
	    "barred for good" },
	{ SINCE, "terms: [{from: 2020-07-04, until: 2022-01-01}, "
	    "{from: unknown}]", ON, VOTE, "cannot tell; terms: days "
	    "that are not known, or whether they are in a row" },
	{ ALL, "terms: [" T3 ", unknown]", ON, VOTE,
	    "cannot tell; terms: whether there are others" },
	{ ALL, "terms: [" T3 ", " T4 ", unknown]", ON, VOTE,
	    "barred for good" },
	{ ALL, "terms: [" T3 ", {from: 2018-05-07, not-counted: "
	    "acting}]", ON, VOTE, "fulfilled" },
	/* Three months between two terms: is that in a row? */
	{ ROW, "terms: [" T3 ", {from: 2018-08-07, until: "
	    "2024-08-07}]", ON, VOTE, "cannot tell; terms: days that "
	    "are not known, or whether they are in a row" },
	{ ROW, "terms: [" T3 ", {from: 2018-05-08}]", ON, VOTE,
	    "barred, no end can be told" },
	{ ROW, "terms: [" T3 ", " T4 "]", ON, NULL,
	    "cannot tell; the day of voting" },
};

static void
terms(void **state)
{
	(void)state;
	CHECK(terms_cases);
}

#define PRISON	"rule: imprisonment, on: voting"
#define INCAP	"rule: incapacity"

static const struct case_of courts_cases[] = {
	{ INCAP, "incapacity: none", ON, VOTE, "fulfilled" },
	{ INCAP, "", ON, VOTE, "cannot tell; incapacity" },
	{ INCAP, "incapacity: {from: 2020-01-01}", ON, VOTE,
	    "barred, no end can be told" },
	{ INCAP, "incapacity: [{from: 2020-01-01, until: "
	    "2021-01-01}]", ON, VOTE, "fulfilled" },
	{ PRISON, "imprisonment: none", ON, VOTE, "fulfilled" },
	{ PRISON, "", ON, VOTE, "cannot tell; imprisonment" },
	{ PRISON, "imprisonment-until: 2024-03-16", ON, VOTE,
	    "fulfilled" },
	{ PRISON, "imprisonment-until: 2024-03-17", ON, VOTE,
	    VERY_DAY },
	{ PRISON, "imprisonment-until: 2024-03-18", ON, VOTE,
	    "barred until 18 March 2024" },
	{ PRISON, "imprisonment-until: life", ON, VOTE,
	    "barred for good" },
	{ PRISON, "imprisonment-until: unknown", ON, VOTE,
	    "cannot tell; imprisonment" },
	{ PRISON, "imprisonment-until: [unknown]", ON, VOTE,
	    "cannot tell; imprisonment: until when" },
	{ PRISON, "imprisonment-until: [unknown]", ON, ON,
	    "cannot tell; imprisonment: until when" },
	/* Overlapping, following, and apart. */
	{ PRISON, "imprisonment: [{from: 2021-02-02, until: "
	    "2024-10-01}, {from: 2022-03-22, until: 2032-01-30}]", ON,
	    VOTE, "barred until 30 January 2032" },
	{ PRISON, "imprisonment: [{from: 2021-02-02, until: "
	    "2024-10-01}, {from: 2023-01-01, until: 2024-05-01}]", ON,
	    VOTE, "barred until 1 October 2024" },
	{ PRISON, "imprisonment: [{from: 2021-02-02, until: "
	    "2023-05-01}, {from: 2022-01-01, until: 2024-05-01}]", ON,
	    VOTE, "barred until 1 May 2024" },
	{ PRISON, "imprisonment: [{from: 2021-02-02, until: "
	    "2024-10-01}, {from: 2023-03-16, until: 2032-01-30}]", ON,
	    VOTE, "barred until 1 October 2024" },
	{ PRISON, "imprisonment-until: [2024-10-01, unknown]", ON,
	    VOTE, "barred at least until 1 October 2024; "
	    "imprisonment: until when" },
	{ PRISON, "imprisonment-until: 2024-10-01", ON, NULL,
	    "cannot tell; the day of voting" },
	{ PRISON, "imprisonment-until: life", ON, NULL,
	    "barred for good" },
	{ PRISON, "imprisonment-until: 2023-03-01", ON, NULL,
	    "fulfilled" },
};

static void
courts(void **state)
{
	(void)state;
	CHECK(courts_cases);
}

#define GRAVE	"rule: conviction, offences: [grave], while: unspent"
#define AFTER10	GRAVE ", years-after-spent: 10"
#define SENT5	"rule: conviction, offences: [grave], years-after-sentence: 5"
#define SPENT	"cannot tell; convictions: when it was or will be spent"
#define C(rest)	"convictions: [{offence: grave, " rest "}]"

static const struct case_of convictions_cases[] = {
	{ GRAVE, "convictions: none", ON, VOTE, "fulfilled" },
	{ GRAVE, "", ON, VOTE, "cannot tell; convictions" },
	{ GRAVE, C("spent: 2024-03-16"), ON, VOTE, "fulfilled" },
	{ GRAVE, C("spent: 2024-03-17"), ON, VOTE, VERY_DAY },
	{ GRAVE, C("spent: 2024-03-18"), ON, VOTE,
	    "barred until 18 March 2024" },
	/* Spent exactly ten years before, a day more, a day less. */
	{ AFTER10, C("spent: 2014-03-17"), ON, VOTE, VERY_DAY },
	{ AFTER10, C("spent: 2014-03-16"), ON, VOTE, "fulfilled" },
	{ AFTER10, C("spent: 2014-03-18"), ON, VOTE,
	    "barred until 18 March 2024" },
	{ AFTER10, C("spent: 2021-05-04"), ON, VOTE,
	    "barred until 4 May 2031" },
	{ AFTER10, C("spent: 2016-02-29"), ON, VOTE,
	    "barred until 1 March 2026" },
	/* When it was spent is not known. */
	{ GRAVE, C("sentenced: 2010-01-01"), ON, VOTE, SPENT },
	{ GRAVE, C("spent: unknown"), ON, VOTE, SPENT },
	{ AFTER10, C("sentenced: 2010-01-01"), ON, VOTE, SPENT },
	{ AFTER10, C("sentenced: 2015-01-01"), ON, VOTE,
	    "barred at least until 1 January 2025" },
	{ AFTER10, C("sentenced: 2010-01-01, sentence-end: "
	    "2016-01-01"), ON, VOTE,
	    "barred at least until 1 January 2026" },
	/* Not spent so far: not before today. */
	{ GRAVE, C("sentenced: 2010-01-01, spent: none"), ON, VOTE,
	    SPENT },
	{ GRAVE, C("sentenced: 2010-01-01, spent: none"), ON, ON,
	    SPENT },
	{ AFTER10, C("sentenced: 2010-01-01, spent: none"), ON, VOTE,
	    "barred at least until 15 March 2033" },
	{ GRAVE, C("sentenced: 2022-03-22, sentence-end: 2032-01-30"),
	    ON, VOTE, "barred at least until 30 January 2032" },
	{ GRAVE, C("sentenced: 2022-03-22, sentence-end: life"), ON,
	    VOTE, "barred for good" },
	/* Sentenced after the day that is asked for. */
	{ GRAVE, C("sentenced: 2023-03-16, spent: none"), ON, VOTE,
	    "fulfilled" },
	/* The class: another, not known, none that the law has. */
	{ GRAVE, "convictions: [{offence: other, spent: none}]", ON,
	    VOTE, "fulfilled" },
	{ AFTER10, "convictions: [{sentenced: 2020-01-01}]", ON, VOTE,
	    "cannot tell; convictions: the class of the offence" },
	{ AFTER10, "convictions: [{sentenced: 1990-01-01, spent: "
	    "2000-01-01}]", ON, VOTE, "fulfilled" },
	{ AFTER10, "convictions: [{offence: grvae, sentenced: "
	    "2020-01-01}]", ON, VOTE, "cannot tell; convictions: "
	    "\"grvae\" is no class that this law names (\"other\": "
	    "none of them)" },
	{ AFTER10, "convictions: [{offence: [other, grave], "
	    "sentenced: 2020-01-01}]", ON, VOTE,
	    "barred at least until 1 January 2030" },
	/* From the sentence on, and only for those after a day. */
	{ SENT5, C("sentenced: 2019-03-18"), ON, VOTE,
	    "barred until 18 March 2024" },
	{ SENT5, C("sentenced: 2019-03-16"), ON, VOTE, "fulfilled" },
	{ SENT5, C("spent: none"), ON, VOTE,
	    "cannot tell; convictions: the day of the sentence" },
	{ SENT5 ", after: 2020-05-23", C("sentenced: 2020-05-23"), ON,
	    VOTE, "fulfilled" },
	{ SENT5 ", after: 2020-05-23", C("sentenced: 2020-05-24"), ON,
	    VOTE, "barred until 24 May 2025" },
	/* Several: the last end holds; others may make it longer. */
	{ AFTER10, "convictions: [{offence: grave, spent: "
	    "2016-01-01}, {offence: grave, spent: 2018-01-01}]", ON,
	    VOTE, "barred until 1 January 2028" },
	{ AFTER10, "convictions: [{offence: grave, spent: "
	    "2016-01-01}, unknown]", ON, VOTE, "barred at least until "
	    "1 January 2026; convictions: whether there are others" },
	{ AFTER10, C("spent: 2016-01-01, not-counted: quashed"), ON,
	    VOTE, "fulfilled" },
};

static void
convictions(void **state)
{
	(void)state;
	CHECK(convictions_cases);
}

#define OFFICE	"rule: office, bars: [minister]"
#define BY	"rule: proposer, one-of: [self, party]"

static const struct case_of office_and_proposer_cases[] = {
	{ OFFICE, "offices: none", ON, VOTE, "fulfilled" },
	{ OFFICE, "", ON, VOTE, "cannot tell; offices" },
	{ OFFICE, "offices: [{office: minister}]", ON, VOTE,
	    "barred, no end can be told" },
	{ OFFICE, "offices: [{office: minister, until: 2024-01-01}]",
	    ON, VOTE, "fulfilled" },
	{ OFFICE, "offices: [{office: minister, until: 2024-05-01}]",
	    ON, VOTE, "barred until 1 May 2024" },
	{ OFFICE, "offices: [{office: other}]", ON, VOTE,
	    "fulfilled" },
	{ OFFICE, "offices: [{office: minster}]", ON, VOTE,
	    "cannot tell; offices: \"minster\" is none that this law "
	    "names (\"other\": none of them)" },
	{ BY, "proposer: self", ON, VOTE, "fulfilled" },
	{ BY, "proposer: parliamentary-party", ON, VOTE,
	    "fulfilled" },
	{ BY, "proposer: voters", ON, VOTE,
	    "barred, no end can be told" },
	{ BY, "", ON, VOTE, "cannot tell; proposer" },
	{ "rule: proposer, one-of: [parliamentary-party]",
	    "proposer: party", ON, VOTE,
	    "barred, no end can be told" },
	{ "rule: other, says: reads", "", ON, VOTE,
	    "not decided by the program" },
};

static void
office_and_proposer(void **state)
{
	(void)state;
	CHECK(office_and_proposer_cases);
}

/* --- the whole ------------------------------------------------------------ */

#define TWO_RULES \
	"    eligibility:\n" \
	"      - {id: age, rule: age, at-least: 35, source: g}\n" \
	"      - {id: prison, rule: imprisonment, unverified: true}\n"
#define OTHER_RULE "      - {id: reads, rule: other, says: reads, source: g}\n"

static const struct {
	const char *rules, *facts;
	enum eligibility_state now;
	const char *bar;	/* if barred */
	bool unverified;
	enum eligibility_state next;
} whole_cases[] = {
	{ TWO_RULES, "born: 1971-05-04, imprisonment: none",
	    ELIGIBILITY_ELIGIBLE, NULL, true, ELIGIBILITY_ELIGIBLE },
	{ TWO_RULES OTHER_RULE, "born: 1971-05-04, imprisonment: none",
	    ELIGIBILITY_NO_BAR, NULL, true, ELIGIBILITY_NO_BAR },
	{ TWO_RULES OTHER_RULE, "imprisonment: none",
	    ELIGIBILITY_UNKNOWN, NULL, true, ELIGIBILITY_UNKNOWN },
	{ TWO_RULES, "", ELIGIBILITY_UNKNOWN, NULL, true,
	    ELIGIBILITY_UNKNOWN },
	/* A known bar beats what is not known, but may last longer. */
	{ TWO_RULES, "born: 1990-05-04", ELIGIBILITY_BARRED,
	    "barred at least until 4 May 2025", false,
	    ELIGIBILITY_UNKNOWN },
	{ TWO_RULES, "born: 1990-05-04, imprisonment: none",
	    ELIGIBILITY_BARRED, "barred until 4 May 2025", false,
	    ELIGIBILITY_ELIGIBLE },
	{ TWO_RULES, "born: 1971-05-04, imprisonment-until: "
	    "2032-01-30", ELIGIBILITY_BARRED,
	    "barred until 30 January 2032", true,
	    ELIGIBILITY_BARRED },
	/* The bar that ends last is the unverified one. */
	{ TWO_RULES, "born: 1990-05-04, imprisonment-until: "
	    "2026-01-30", ELIGIBILITY_BARRED,
	    "barred until 30 January 2026", true,
	    ELIGIBILITY_ELIGIBLE },
	{ TWO_RULES, "born: 1990-05-04, imprisonment-until: "
	    "2024-12-31", ELIGIBILITY_BARRED,
	    "barred until 4 May 2025", false, ELIGIBILITY_ELIGIBLE },
	{ TWO_RULES, "events: [{event: died, date: 2023-03-15}]",
	    ELIGIBILITY_DIED, NULL, true, ELIGIBILITY_DIED },
	{ TWO_RULES, "events: [{event: died, date: 2023-03-16}]",
	    ELIGIBILITY_UNKNOWN, NULL, true, ELIGIBILITY_UNKNOWN },
	{ "", "", ELIGIBILITY_NO_RULES, NULL, false,
	    ELIGIBILITY_NO_RULES },
	/* What has no known end today may have ended by then. */
	{ "    eligibility:\n      - {id: c, rule: citizenship, of: "
	    "RU, source: g}\n", "citizenships: none",
	    ELIGIBILITY_BARRED, "barred, no end can be told", false,
	    ELIGIBILITY_UNKNOWN },
	/* One of two terms: who is elected now decides. */
	{ "    eligibility:\n      - {id: t, rule: terms, at-most: 2, "
	    "source: g}\n", "terms: [{from: 2018-05-07}]",
	    ELIGIBILITY_ELIGIBLE, NULL, false, ELIGIBILITY_UNKNOWN },
	{ "    eligibility:\n      - {id: t, rule: terms, at-most: 2, "
	    "source: g}\n", "terms: none", ELIGIBILITY_ELIGIBLE, NULL,
	    false, ELIGIBILITY_ELIGIBLE },
	{ "    eligibility:\n      - {id: t, rule: terms, at-most: 1, "
	    "in-a-row: true, source: g}\n",
	    "terms: [{from: 2018-05-07}]", ELIGIBILITY_BARRED,
	    "barred, no end can be told", false,
	    ELIGIBILITY_UNKNOWN },
	{ "    eligibility:\n      - {id: p, rule: proposer, one-of: "
	    "[self], source: g}\n", "proposer: party",
	    ELIGIBILITY_BARRED, "barred, no end can be told", false,
	    ELIGIBILITY_OPEN },
};

static void
whole(void **state)
{
	struct eligibility_setting set;
	const struct eligibility *e;
	unsigned i;

	(void)state;
	for (i = 0; i < sizeof(whole_cases) / sizeof(whole_cases[0]); i++) {
		e = judge(law_with(whole_cases[i].rules), whole_cases[i].facts, ON, VOTE,
		    &set);
		if (e->now.state != whole_cases[i].now ||
		    e->next.state != whole_cases[i].next ||
		    e->now.unverified != whole_cases[i].unverified)
			fail_msg("%s | %s: %s, then %s, %d", whole_cases[i].rules,
			    whole_cases[i].facts,
			    eligibility_state_name(e->now.state),
			    eligibility_state_name(e->next.state),
			    e->now.unverified);
		if (whole_cases[i].bar != NULL)
			assert_string_equal(told(STAND_BARRED, e->now.end,
			    e->now.until), whole_cases[i].bar);
		assert_int_equal(set.next, day("2030-03-10"));
	}
}

/* Without a day of voting there is no next one; that day's version holds. */
static void
no_voting_day(void **state)
{
	struct eligibility_setting set;
	const struct eligibility *e = judge(law_with(TWO_RULES),
	    "born: 1971-05-04, imprisonment: none", ON, NULL, &set);

	(void)state;
	assert_int_equal(e->now.state, ELIGIBILITY_ELIGIBLE);
	assert_int_equal(set.next, DATE_UNSET);
	assert_true(set.next_words.n > 0);
	assert_int_equal(e->next.n, 0);
	assert_null(set.calendar);
}

/* --- signatures ----------------------------------------------------------- */

#define BY_SELF	"    signatures:\n" \
	"      - {proposer: self, at-least: 200, at-most: 220, " \
	"per-region-at-most: 75, supporters-at-least: 5, source: g}\n" \
	"      - {proposer: party, at-least: 100, source: g}\n"
#define IN_PARLIAMENT \
	"      - {proposer: parliamentary-party, at-least: 0, source: g}\n"

static const struct {
	const char *rules, *facts;
	enum signing want;
	uint64_t counted, excess, lacking, too_many;
	const char *missing;
} signatures_cases[] = {
	{ BY_SELF, "proposer: self, supporters: 5, signatures: {A: 75, "
	    "B: 75, C: 50}", SIGNING_ENOUGH, 200, 0, 0, 0, "" },
	{ BY_SELF, "proposer: self, supporters: 5, signatures: {A: 75, "
	    "B: 75, C: 49}", SIGNING_MISSING, 199, 0, 1, 0, "" },
	/* What is above the maximum of a region does not count. */
	{ BY_SELF, "proposer: self, supporters: 5, signatures: {A: "
	    "100, B: 75, C: 40}", SIGNING_MISSING, 190, 25, 10, 0,
	    "" },
	{ BY_SELF, "proposer: self, supporters: 5, signatures: {A: 76, "
	    "B: 75, C: 70}", SIGNING_TOO_MANY, 220, 1, 0, 1, "" },
	{ BY_SELF, "proposer: self, supporters: 4, signatures: {A: 75, "
	    "B: 75, C: 50}", SIGNING_MISSING, 200, 0, 0, 0, "" },
	{ BY_SELF, "proposer: self, signatures: {A: 75, B: 75, C: 50}",
	    SIGNING_UNKNOWN, 200, 0, 0, 0, "supporters" },
	{ BY_SELF, "proposer: self, supporters: 5", SIGNING_UNKNOWN,
	    0, 0, 0, 0, "signatures" },
	{ BY_SELF, "proposer: self, supporters: 5, signatures: 200",
	    SIGNING_UNKNOWN, 200, 0, 0, 0,
	    "signatures of each region" },
	{ BY_SELF, "proposer: self, supporters: 5, signatures: none",
	    SIGNING_MISSING, 0, 0, 200, 0, "" },
	{ BY_SELF, "signatures: 200", SIGNING_UNKNOWN, 0, 0, 0, 0,
	    "proposer" },
	{ BY_SELF, "proposer: party, signatures: 100",
	    SIGNING_ENOUGH, 100, 0, 0, 0, "" },
	{ BY_SELF, "proposer: parliamentary-party, signatures: 99",
	    SIGNING_MISSING, 99, 0, 1, 0, "" },
	{ BY_SELF IN_PARLIAMENT, "proposer: parliamentary-party",
	    SIGNING_NONE_NEEDED, 0, 0, 0, 0, "" },
	{ BY_SELF, "proposer: voters", SIGNING_NO_RULE, 0, 0, 0, 0,
	    "" },
	{ "", "proposer: self", SIGNING_NO_RULE, 0, 0, 0, 0, "" },
};

static void
signatures(void **state)
{
	const struct eligibility_signatures *s;
	struct eligibility_setting set;
	unsigned i;

	(void)state;
	for (i = 0; i < sizeof(signatures_cases) / sizeof(signatures_cases[0]); i++) {
		s = &judge(law_with(signatures_cases[i].rules), signatures_cases[i].facts, ON, VOTE,
		    &set)->signatures;
		if (s->state != signatures_cases[i].want ||
		    s->counted != signatures_cases[i].counted ||
		    s->excess != signatures_cases[i].excess ||
		    s->lacking != signatures_cases[i].lacking ||
		    s->too_many != signatures_cases[i].too_many ||
		    !bytes_is(s->missing, signatures_cases[i].missing))
			fail_msg("%s: %s, %llu count, %llu excess, %llu "
			    "lacking, %llu too many, %.*s", signatures_cases[i].facts,
			    eligibility_signing_name(s->state),
			    (unsigned long long)s->counted,
			    (unsigned long long)s->excess,
			    (unsigned long long)s->lacking,
			    (unsigned long long)s->too_many,
			    (int)s->missing.n, (const char *)s->missing.p);
	}
}

/* --- properties ----------------------------------------------------------- */

/* With every law there is: of somebody of whom nothing is known, nothing but
   what cannot be told; never "eligible". */
static void
nothing_known(void **state)
{
	struct eligibility_setting set;
	const struct eligibility *e;
	const struct law *law;
	struct law_faults faults;
	int32_t on = day("2025-06-01");
	unsigned i, k;

	(void)state;
	for (i = 0; i < law_builtin_count(); i++) {
		law = law_read(law_builtin_text(i), &arena, &faults);
		if (law == NULL)
			fail_msg("%s cannot be read", law_builtin_id(i));
		for (k = 0; k < law->nversions; k++) {
			on = law->versions[k].from;
			assert_true(eligibility_set(&set, law, on, k % 2 == 0 ?
			    on : DATE_UNSET, &arena));
			e = eligibility_of(&set, person(""), &arena);
			assert_non_null(e);
			assert_true(e->now.state == ELIGIBILITY_UNKNOWN ||
			    e->now.state == ELIGIBILITY_NO_RULES ||
			    (e->now.state == ELIGIBILITY_NO_BAR &&
			    e->now.undecided == e->now.n));
		}
	}
}

/* Taking a fact away never makes anybody eligible, and never a bar. */
static void
less_known(void **state)
{
	static const char *const facts[] = { "born: 1971-05-04",
	    "residence-since: 1971-05-04", "citizenships: [{of: RU, from: "
	    "1971-05-04}]", "residence-permits: none", "terms: none",
	    "convictions: none", "imprisonment: none", "incapacity: none",
	    "proposer: self" };
	const unsigned n = sizeof(facts) / sizeof(facts[0]);
	struct eligibility_setting set;
	const struct eligibility *e;
	const struct law *law;
	struct law_faults faults;
	struct buf text = buf_with(KIB);
	unsigned without, i;

	(void)state;
	law = law_read(law_builtin_text((unsigned)law_builtin_find(
	    bytes_of("ru-2003"))), &arena, &faults);
	assert_non_null(law);
	for (without = 0; without <= n; without++) {
		buf_reset(&text);
		for (i = 0; i < n; i++) {
			if (i == without)
				continue;
			buf_text(&text, text.n > 0 ? ", " : "");
			buf_text(&text, facts[i]);
		}
		buf_byte(&text, '\0');
		e = judge(law, (const char *)text.p, ON, VOTE, &set);
		assert_int_equal(e->now.barred, 0);
		assert_int_equal(e->now.state, without == n ?
		    ELIGIBILITY_NO_BAR : without == n - 1 ?
		    ELIGIBILITY_OPEN : ELIGIBILITY_UNKNOWN);
	}
	buf_free(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(age),
		cmocka_unit_test(residence),
		cmocka_unit_test(citizenship),
		cmocka_unit_test(terms),
		cmocka_unit_test(courts),
		cmocka_unit_test(convictions),
		cmocka_unit_test(office_and_proposer),
		cmocka_unit_test(whole),
		cmocka_unit_test(no_voting_day),
		cmocka_unit_test(signatures),
		cmocka_unit_test(nothing_known),
		cmocka_unit_test(less_known),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
