/*
 * The decision, rule by rule, by hand: majorities and their bases, exact
 * equality, minima, ties, those who go, what is not told, dates.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "outcome_try.h"

#define VOTES(t, round, ...) \
	do { \
		const int64_t votes_[] = { __VA_ARGS__ }; \
		outcome_try_votes(t, round, \
		    sizeof(votes_) / sizeof(votes_[0]), votes_); \
	} while (0)

#define ROUND_1(rules) \
	"    round-1:\n" \
	"      article: art. 1\n" \
	"      source: book\n      nobody: next-round\n" rules
#define ROUND_2(rules) \
	"    round-2:\n" \
	"      article: art. 2\n" \
	"      source: book\n" \
	"      advance: 2\n" \
	"      date: 21 days after voting\n" rules
#define MAJORITY "      elected-if: votes > 1/2 of valid\n"
#define PLURALITY "      elected-if: votes > next\n"
#define REPEAT \
	"    repeat:\n" \
	"      source: book\n" \
	"      date: {from: 30 days after failed-voting, until: 60 days after " \
	"failed-voting, source: book}\n"

/* The usual law: more than half, else the first two. */
static void
usual(struct outcome_try *t, const char *more_1, const char *more_2)
{
	struct buf b = buf_with(10000);

	buf_text(&b, ROUND_1(MAJORITY));
	buf_text(&b, more_1);
	buf_text(&b, ROUND_2(PLURALITY));
	buf_text(&b, more_2);
	buf_text(&b, REPEAT);
	buf_byte(&b, '\0');
	outcome_try_law(t, (const char *)b.p);
	buf_free(&b);
}

static void
test_majority(void **state)
{
	struct outcome_try t;

	(void)state;
	usual(&t, "", "");
	VOTES(&t, 1, 30, 51, 20);
	assert_string_equal(outcome_try(&t), "elected B");
	assert_true(bytes_is(t.o->basis, "valid"));
	assert_int_equal(t.o->share_num, 51);
	assert_int_equal(t.o->share_den, 101);
	assert_true(bytes_is(t.o->article, "art. 1"));
	assert_true(outcome_try_says(&t, "more than 1/2 of the valid ballots "
	    "(101): 51 were needed, it is 50.50%"));
	/* Exactly half is not more than half. */
	VOTES(&t, 1, 30, 50, 20);
	assert_string_equal(outcome_try(&t), "runoff B A");
	assert_true(outcome_try_says(&t, "51 are needed, it is 50.00%"));
	assert_string_equal(outcome_try_day(&t.o->date), "2020-03-22");
	VOTES(&t, 2, 50, 51);
	assert_string_equal(outcome_try(&t), "elected B");
	assert_true(bytes_is(t.o->basis, "next"));
	/* A third round there is not. */
	VOTES(&t, 3, 50, 51);
	assert_string_equal(outcome_try(&t), "not_applicable");
	outcome_try_free(&t);
}

static void
test_not_strict(void **state)
{
	struct outcome_try t;

	(void)state;
	outcome_try_law(&t,
	    ROUND_1("      elected-if: votes >= 50% of valid\n")
	    ROUND_2(PLURALITY));
	VOTES(&t, 1, 30, 50, 20);
	assert_string_equal(outcome_try(&t), "elected B");
	VOTES(&t, 1, 31, 49, 20);
	assert_string_equal(outcome_try(&t), "runoff B A");
	/* Both have half: nobody may be picked. */
	VOTES(&t, 1, 50, 50);
	assert_string_equal(outcome_try(&t), "pending");
	outcome_try_free(&t);
}

/* Whose half: the same votes, other bases. */
static void
test_bases(void **state)
{
	static const struct { const char *basis; int64_t needed; } cases[] = {
		{ "candidates", 46 }, { "valid", 51 },
		{ "valid-and-blank", 56 }, { "found", 61 },
		{ "participants", 66 }, { "registered", 81 },
	};
	struct outcome_try t;
	struct buf b = buf_with(10000);
	unsigned i, k;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_reset(&b);
		buf_printf(&b, ROUND_1("      elected-if: votes > 1/2 of %s\n")
		    ROUND_2(PLURALITY) "    against-all: {on-ballot: true, "
		    "source: book}\n", cases[i].basis);
		buf_byte(&b, '\0');
		outcome_try_law(&t, (const char *)b.p);
		for (k = 0; k < 2; k++) {
			VOTES(&t, 1, cases[i].needed - k,
			    90 - cases[i].needed + k);
			t.q.standing.against_all = 10;
			t.q.standing.valid = 100;
			t.q.standing.blank = 10;
			t.q.standing.invalid = 10;
			t.q.standing.found = 120;
			t.q.standing.participants = 130;
			t.q.standing.registered = 160;
			assert_memory_equal(outcome_try(&t), k == 0 ?
			    "elected A" : "runoff ", 7);
			assert_true(bytes_is(t.o->basis, cases[i].basis));
		}
		outcome_try_free(&t);
	}
	buf_free(&b);
}

static void
test_alternatives(void **state)
{
	struct outcome_try t;

	(void)state;
	outcome_try_law(&t,
	    ROUND_1("      elected-if:\n"
	    "        - votes > 45% of candidates\n"
	    "        - votes >= 40% of candidates and lead > 10% of "
	    "candidates\n")
	    ROUND_2(PLURALITY));
	VOTES(&t, 1, 46, 44, 10);
	assert_string_equal(outcome_try(&t), "elected A");
	VOTES(&t, 1, 45, 44, 11);
	assert_string_equal(outcome_try(&t), "runoff A B");
	VOTES(&t, 1, 40, 29, 31);
	assert_string_equal(outcome_try(&t), "runoff A C");
	VOTES(&t, 1, 40, 29, 29, 2);
	assert_string_equal(outcome_try(&t), "elected A");
	assert_true(outcome_try_says(&t, "A leads by 11, more than 10% of"));
	/* Ten points are not more than ten points. */
	VOTES(&t, 1, 40, 30, 30);
	assert_string_equal(outcome_try(&t), "pending");
	assert_true(outcome_try_says(&t, "does not say"));
	outcome_try_free(&t);
}

static void
test_minimum(void **state)
{
	struct outcome_try t;

	(void)state;
	usual(&t, "      minimum: participants >= 1/2 of registered\n"
	    "      below-minimum: repeat\n",
	    "      minimum: participants >= 1/3 of registered and votes >= 1/5 "
	    "of registered\n      below-minimum: repeat\n");
	VOTES(&t, 1, 60, 40);
	t.q.standing.registered = 200;
	assert_string_equal(outcome_try(&t), "elected A");
	t.q.standing.registered = 201;
	assert_string_equal(outcome_try(&t), "repeat");
	assert_string_equal(outcome_try_day(&t.o->date),
	    "2020-03-31..2020-04-30");
	assert_true(outcome_try_says(&t, "The election is not valid"));
	VOTES(&t, 2, 60, 40);
	t.q.standing.registered = 300;
	assert_string_equal(outcome_try(&t), "elected A");
	t.q.standing.registered = 301;
	assert_string_equal(outcome_try(&t), "repeat");
	outcome_try_free(&t);
	/* Bulgaria's kind: below it there is a second round. */
	usual(&t, "      minimum: participants > 1/2 of registered\n"
	    "      below-minimum: next-round\n", "");
	VOTES(&t, 1, 60, 30, 10);
	t.q.standing.registered = 200;
	assert_string_equal(outcome_try(&t), "runoff A B");
	t.q.standing.registered = 199;
	assert_string_equal(outcome_try(&t), "elected A");
	outcome_try_free(&t);
}

static void
test_against_all(void **state)
{
	struct outcome_try t;

	(void)state;
	outcome_try_law(&t,
	    ROUND_1(MAJORITY)
	    ROUND_2("      elected-if: votes > next and votes > against-all\n"
	    "      nobody: repeat\n")
	    "    against-all: {on-ballot: true, source: book}\n" REPEAT);
	VOTES(&t, 2, 40, 30);
	t.q.standing.against_all = 39;
	t.q.standing.valid = t.q.standing.found = 109;
	t.q.standing.participants = 109;
	assert_string_equal(outcome_try(&t), "elected A");
	t.q.standing.against_all = 40;
	t.q.standing.valid = t.q.standing.found = 110;
	t.q.standing.participants = 110;
	assert_string_equal(outcome_try(&t), "repeat");
	/* On the ballot, but not told: all that is left may be for it. */
	t.q.standing.against_all = FIGURE_UNKNOWN;
	t.q.standing.valid = FIGURE_UNKNOWN;
	assert_string_equal(outcome_try(&t), "pending");
	assert_true(outcome_try_says(&t, "the votes against all"));
	t.q.standing.found = t.q.standing.participants = 109;
	assert_string_equal(outcome_try(&t), "elected A");
	outcome_try_free(&t);
}

/* --- ties ----------------------------------------------------------------- */

static void
test_tie_for_place(void **state)
{
	struct outcome_try t;

	(void)state;
	usual(&t, "      tie: all-advance\n", "");
	VOTES(&t, 1, 20, 40, 20, 19);
	assert_string_equal(outcome_try(&t), "runoff B A C");
	assert_int_equal(t.o->nties, 1);
	assert_true(outcome_try_says(&t, "A and C have 20 votes each"));
	outcome_try_free(&t);

	usual(&t, "      tie: older\n", "");
	VOTES(&t, 1, 20, 40, 20, 20);
	assert_string_equal(outcome_try(&t), "pending");
	assert_true(outcome_try_says(&t, "not known"));
	t.contenders[0].born = date_of(1960, 1, 2);
	t.contenders[2].born = date_of(1960, 1, 1);
	t.contenders[3].born = date_of(1970, 1, 1);
	assert_string_equal(outcome_try(&t), "runoff B C");
	assert_true(outcome_try_says(&t, "by law the older goes before: C"));
	t.contenders[0].born = t.contenders[2].born;
	assert_string_equal(outcome_try(&t), "pending");
	/* Two places, three alike. */
	VOTES(&t, 1, 30, 30, 30, 10);
	t.contenders[0].born = date_of(1970, 1, 1);
	t.contenders[1].born = date_of(1960, 1, 1);
	t.contenders[2].born = date_of(1950, 1, 1);
	assert_string_equal(outcome_try(&t), "runoff C B");
	outcome_try_free(&t);

	usual(&t, "      tie: lot\n", "");
	VOTES(&t, 1, 20, 40, 20, 20);
	assert_string_equal(outcome_try(&t), "pending");
	assert_true(outcome_try_says(&t, "by lot"));
	/* The first two may well be alike. */
	VOTES(&t, 1, 20, 40, 40, 20);
	assert_string_equal(outcome_try(&t), "runoff B C");
	assert_int_equal(t.o->nties, 0);
	outcome_try_free(&t);

	usual(&t, "      tie: repeat\n", "");
	VOTES(&t, 1, 20, 40, 20, 20);
	assert_string_equal(outcome_try(&t), "repeat");
	outcome_try_free(&t);

	usual(&t, "", "");
	VOTES(&t, 1, 20, 40, 20, 20);
	assert_string_equal(outcome_try(&t), "pending");
	assert_true(outcome_try_says(&t, "does not say"));
	outcome_try_free(&t);
}

static void
test_tie_for_office(void **state)
{
	struct outcome_try t;

	(void)state;
	usual(&t, "", "      tie: older\n");
	VOTES(&t, 2, 50, 50);
	assert_string_equal(outcome_try(&t), "pending");
	t.contenders[0].born = date_of(1960, 1, 2);
	t.contenders[1].born = date_of(1960, 1, 1);
	assert_string_equal(outcome_try(&t), "elected B");
	assert_int_equal(t.o->nties, 1);
	outcome_try_free(&t);

	usual(&t, "", "      tie: led-before\n");
	VOTES(&t, 2, 50, 50);
	assert_string_equal(outcome_try(&t), "pending");
	t.contenders[0].votes_before = 10;
	t.contenders[1].votes_before = 11;
	assert_string_equal(outcome_try(&t), "elected B");
	outcome_try_free(&t);

	usual(&t, "", "      tie: parliament\n");
	VOTES(&t, 2, 50, 50);
	assert_string_equal(outcome_try(&t), "pending");
	assert_true(outcome_try_says(&t, "parliament"));
	outcome_try_free(&t);

	/* A law that says what follows if nobody has more. */
	usual(&t, "", "      nobody: repeat\n");
	VOTES(&t, 2, 50, 50);
	assert_string_equal(outcome_try(&t), "repeat");
	outcome_try_free(&t);

	/* Half each, where more than half is asked, in the last round. */
	outcome_try_law(&t, ROUND_1(MAJORITY) ROUND_2(MAJORITY
	    "      tie: older\n"));
	VOTES(&t, 2, 50, 50);
	t.contenders[0].born = date_of(1960, 1, 2);
	t.contenders[1].born = date_of(1960, 1, 1);
	assert_string_equal(outcome_try(&t), "elected B");
	outcome_try_free(&t);
}

/* --- those who go --------------------------------------------------------- */

static void
test_finalist_gone(void **state)
{
	struct outcome_try t;

	(void)state;
	usual(&t, "", "      withdrawn: next\n      died: new-election\n"
	    "      replaced-date: 35 days after voting\n"
	    "      until: 10 days after voting\n");
	VOTES(&t, 1, 20, 40, 30, 10);
	outcome_try_event(&t, "withdrawn:C:2020-03-05");
	assert_string_equal(outcome_try(&t), "runoff B A");
	assert_string_equal(outcome_try_day(&t.o->date), "2020-04-05");
	/* One after the other; one who has gone takes no place. */
	outcome_try_event(&t, "withdrawn:A:2020-03-06");
	assert_string_equal(outcome_try(&t), "runoff B D");
	outcome_try_event(&t, "withdrawn:D:2020-03-04");
	assert_string_equal(outcome_try(&t), "pending");
	/* Too late. */
	VOTES(&t, 1, 20, 40, 30, 10);
	outcome_try_event(&t, "withdrawn:C:2020-03-12");
	assert_string_equal(outcome_try(&t), "runoff B C");
	assert_string_equal(outcome_try_day(&t.o->date), "2020-03-22");
	assert_true(outcome_try_says(&t, "the last day for it"));
	/* Death does not come too late. */
	VOTES(&t, 1, 20, 40, 30, 10);
	outcome_try_event(&t, "died:C:2020-03-12");
	assert_string_equal(outcome_try(&t), "repeat");
	/* Who is no finalist changes nothing. */
	VOTES(&t, 1, 20, 40, 30, 10);
	outcome_try_event(&t, "died:A:2020-03-12");
	assert_string_equal(outcome_try(&t), "runoff B C");
	assert_true(outcome_try_says(&t, "changes nothing here"));
	/* A name that is not there is told. */
	VOTES(&t, 1, 20, 40, 30, 10);
	outcome_try_event(&t, "died:Nobody:2020-03-12");
	assert_string_equal(outcome_try(&t), "runoff B C");
	assert_true(outcome_try_says(&t, "has that name"));
	/* Only some are listed: who comes next is not known. */
	VOTES(&t, 1, 20, 40);
	t.q.standing.all_listed = false;
	t.q.standing.valid = t.q.standing.found = 100;
	t.q.standing.participants = 100;
	outcome_try_event(&t, "withdrawn:A:2020-03-05");
	assert_string_equal(outcome_try(&t), "pending");
	outcome_try_free(&t);
}

static void
test_finalist_rules(void **state)
{
	struct outcome_try t;

	(void)state;
	usual(&t, "", "      withdrawn: proclaimed\n      died: alone\n");
	VOTES(&t, 1, 20, 40, 30, 10);
	outcome_try_event(&t, "withdrawn:B:2020-03-05");
	assert_string_equal(outcome_try(&t), "elected C unopposed");
	VOTES(&t, 1, 20, 40, 30, 10);
	outcome_try_event(&t, "died:B:2020-03-05");
	assert_string_equal(outcome_try(&t), "runoff_single C");
	assert_string_equal(outcome_try_day(&t.o->date), "2020-03-22");
	/* The same, asked of the second round. */
	VOTES(&t, 2, 0, 0);
	outcome_try_event(&t, "withdrawn:B:2020-02-25");
	assert_string_equal(outcome_try(&t), "elected A unopposed");
	VOTES(&t, 2, 0, 0);
	outcome_try_event(&t, "died:B");
	assert_string_equal(outcome_try(&t), "runoff_single A");
	assert_string_equal(outcome_try_day(&t.o->date), "2020-03-01");
	/* After the second voting it is another matter. */
	VOTES(&t, 2, 10, 20);
	outcome_try_event(&t, "withdrawn:B:2020-03-02");
	assert_string_equal(outcome_try(&t), "elected B");
	outcome_try_free(&t);

	usual(&t, "", "      withdrawn: stays\n      died: new-election\n");
	VOTES(&t, 1, 20, 40, 30, 10);
	outcome_try_event(&t, "withdrawn:B:2020-03-05");
	assert_string_equal(outcome_try(&t), "runoff B C");
	VOTES(&t, 2, 20, 40);
	outcome_try_event(&t, "withdrawn:A:2020-02-25");
	assert_string_equal(outcome_try(&t), "elected B");
	/* Who withdrew and stays on the ballot, and then died. */
	outcome_try_event(&t, "died:A:2020-02-26");
	assert_string_equal(outcome_try(&t), "repeat");
	VOTES(&t, 2, 20, 40);
	outcome_try_event(&t, "died:A:2020-02-26");
	assert_string_equal(outcome_try(&t), "repeat");
	outcome_try_free(&t);

	/* The law is silent. */
	usual(&t, "", "");
	VOTES(&t, 1, 20, 40, 30, 10);
	outcome_try_event(&t, "withdrawn:B:2020-03-05");
	assert_string_equal(outcome_try(&t), "pending");
	VOTES(&t, 2, 20, 40);
	outcome_try_event(&t, "withdrawn:B:2020-02-25");
	assert_string_equal(outcome_try(&t), "pending");
	/* Who is elected and is dead. */
	VOTES(&t, 1, 20, 60);
	outcome_try_event(&t, "died:B:2020-03-05");
	assert_string_equal(outcome_try(&t), "pending");
	outcome_try_free(&t);
}

static void
test_one_candidate(void **state)
{
	static const struct { const char *rule, *want; } cases[] = {
		{ "votes >= 1/2 of found", "elected A" },
		{ "votes > 1/2 of found", "pending" },
		{ "walk-over", "elected A unopposed" },
		{ "no-vote", "repeat" },
	};
	struct outcome_try t;
	struct buf b = buf_with(1000);
	unsigned i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_reset(&b);
		buf_printf(&b, "      one-candidate: %s\n", cases[i].rule);
		buf_byte(&b, '\0');
		usual(&t, (const char *)b.p, "");
		VOTES(&t, 1, 50);
		t.q.standing.invalid = 50;
		t.q.standing.found = t.q.standing.participants = 100;
		assert_string_equal(outcome_try(&t), cases[i].want);
		outcome_try_free(&t);
	}
	buf_free(&b);
	/* One is left after the first round. */
	usual(&t, "", "      withdrawn: next\n"
	    "      one-candidate: votes >= 1/2 of found\n");
	VOTES(&t, 1, 50, 50);
	outcome_try_event(&t, "withdrawn:A:2020-03-05");
	assert_string_equal(outcome_try(&t), "runoff_single B");
	VOTES(&t, 2, 49);
	t.q.standing.all_listed = true;
	t.q.standing.found = t.q.standing.participants = 100;
	t.q.standing.valid = 49;
	t.q.standing.invalid = 51;
	assert_string_equal(outcome_try(&t), "pending");
	t.contenders[0].votes = t.q.standing.valid = 50;
	t.q.standing.invalid = 50;
	assert_string_equal(outcome_try(&t), "elected A");
	outcome_try_free(&t);
}

/* --- annulled, dates ------------------------------------------------------ */

static void
test_annulled(void **state)
{
	struct outcome_try t;

	(void)state;
	usual(&t, "", "    annulled-round:\n      source: book\n"
	    "      date: {until: 3 weeks after event, source: book}\n"
	    "    annulled-all:\n      unverified: true\n"
	    "      date: {until: 3 months after event, unverified: true}\n");
	VOTES(&t, 2, 50, 51);
	outcome_try_event(&t, "annulled-round:2020-03-10");
	assert_string_equal(outcome_try(&t), "annulled round");
	assert_string_equal(outcome_try_day(&t.o->date),
	    "2020-03-11..2020-03-31");
	assert_false(t.o->unverified);
	/* The whole goes before the part. */
	outcome_try_event(&t, "annulled-all:2020-03-12");
	outcome_try_event(&t, "annulled-all:2020-03-09");
	assert_string_equal(outcome_try(&t), "annulled all");
	assert_string_equal(outcome_try_day(&t.o->date),
	    "2020-03-13..2020-06-12");
	assert_true(t.o->unverified);
	outcome_try_free(&t);
	/* Before it was held: not this one. */
	VOTES(&t, 2, 50, 51);
	outcome_try_event(&t, "annulled-round:2020-02-29");
	assert_string_equal(outcome_try(&t), "pending");
	assert_true(outcome_try_says(&t, "cannot be"));
	VOTES(&t, 2, 50, 51);
	outcome_try_event(&t, "annulled-all:2020-02-29");
	assert_string_equal(outcome_try(&t), "annulled all");
	outcome_try_free(&t);
	/* The rule for another case is not that for this one. */
	usual(&t, "", "");
	VOTES(&t, 1, 50, 51);
	outcome_try_event(&t, "annulled-all:2020-03-12");
	assert_string_equal(outcome_try(&t), "annulled all");
	assert_true(t.o->unverified);
	outcome_try_free(&t);
	/* No rule: nothing is made up. */
	usual(&t, "", "");
	VOTES(&t, 2, 50, 51);
	outcome_try_event(&t, "annulled-round:2020-03-10");
	assert_string_equal(outcome_try(&t), "annulled round");
	assert_string_equal(outcome_try_day(&t.o->date), "?");
	outcome_try_free(&t);
}

static void
test_inauguration(void **state)
{
	static const char term[] =
	    "    term: {years: 4, runs-from: 2012-05-07, source: book}\n"
	    "    inauguration:\n"
	    "      on: 4 years after previous-inauguration\n"
	    "      after-repeat: 30th day from results-published\n"
	    "      source: book\n"
	    "    voting-day:\n"
	    "      on: first sunday of march\n      term-years: 4\n"
	    "      days: 1\n"
	    "      source: book\n"
	    "    calendar:\n"
	    "      - {id: results-latest, title: R, until: 10 days after "
	    "voting, source: book}\n"
	    "      - {id: results-published-latest, title: P, until: 3 days "
	    "after results-latest, source: book}\n";
	struct outcome_try t;

	(void)state;
	usual(&t, "", term);
	VOTES(&t, 1, 50, 20);
	assert_string_equal(outcome_try(&t), "elected A");
	assert_string_equal(outcome_try_day(&t.o->inauguration),
	    "2020-05-07");
	assert_false(t.o->date.known);
	t.q.cause = CAUSE_EARLY;
	assert_string_equal(outcome_try(&t), "elected A");
	assert_string_equal(outcome_try_day(&t.o->inauguration),
	    "2020-03-30..2020-04-12");
	t.q.anchors[ANCHOR_RESULTS_PUBLISHED] = date_of(2020, 3, 8);
	assert_string_equal(outcome_try(&t), "elected A");
	assert_string_equal(outcome_try_day(&t.o->inauguration),
	    "2020-04-06");
	/* A day that the rule of the law does not lead to is an early one. */
	t.q.cause = CAUSE_NOT_TOLD;
	t.q.anchors[ANCHOR_VOTING] = date_of(2020, 2, 2);
	assert_string_equal(outcome_try(&t), "elected A");
	assert_string_equal(outcome_try_day(&t.o->inauguration),
	    "2020-04-06");
	/* The second round, by its own results. */
	VOTES(&t, 2, 50, 20);
	t.q.cause = CAUSE_EARLY;
	assert_string_equal(outcome_try(&t), "elected A");
	assert_string_equal(outcome_try_day(&t.o->inauguration),
	    "2020-03-30..2020-04-12");
	outcome_try_free(&t);
}

static void
test_unverified(void **state)
{
	struct outcome_try t;

	(void)state;
	outcome_try_law(&t, ROUND_1(MAJORITY)
	    "    round-2:\n      unverified: true\n      advance: 2\n"
	    "      date: {on: 2 weeks after voting, source: book}\n"
	    PLURALITY);
	VOTES(&t, 1, 51, 49);
	assert_string_equal(outcome_try(&t), "elected A");
	assert_false(t.o->unverified);
	VOTES(&t, 1, 50, 49, 1);
	assert_string_equal(outcome_try(&t), "runoff A B");
	assert_true(t.o->unverified);
	outcome_try_free(&t);
	/* The last day for a withdrawal, also if it is met. */
	usual(&t, "", "      withdrawn: next\n"
	    "      until: {on: 10 days after voting, unverified: true}\n");
	VOTES(&t, 1, 20, 40, 30, 10);
	assert_string_equal(outcome_try(&t), "runoff B C");
	assert_false(t.o->unverified);
	outcome_try_event(&t, "withdrawn:C:2020-03-05");
	assert_string_equal(outcome_try(&t), "runoff B A");
	assert_true(t.o->unverified);
	outcome_try_free(&t);
	/* A bound of the results that a date is counted from. */
	usual(&t, "", "    inauguration: {on: 30 days after results, source: "
	    "book}\n    calendar:\n      - {id: results-latest, title: R, "
	    "until: 10 days after voting, unverified: true}\n");
	VOTES(&t, 1, 51, 49);
	assert_string_equal(outcome_try(&t), "elected A");
	assert_true(t.o->unverified);
	t.q.anchors[ANCHOR_RESULTS] = date_of(2020, 3, 8);
	assert_string_equal(outcome_try(&t), "elected A");
	assert_false(t.o->unverified);
	outcome_try_free(&t);
}

/* --- what is not told ----------------------------------------------------- */

static void
test_not_told(void **state)
{
	struct outcome_try t;

	(void)state;
	outcome_try_law(&t, ROUND_1("      elected-if: votes > 1/2 of found\n")
	    ROUND_2(PLURALITY));
	VOTES(&t, 1, 40, 30, 10);
	t.q.standing.invalid = t.q.standing.blank = FIGURE_UNKNOWN;
	t.q.standing.participants = FIGURE_UNKNOWN;
	t.q.standing.found = t.q.standing.valid = FIGURE_UNKNOWN;
	/* 40 of 80 or more. */
	assert_string_equal(outcome_try(&t), "runoff A B");
	t.contenders[0].votes = 41;
	assert_string_equal(outcome_try(&t), "pending");
	assert_true(outcome_try_says(&t, "the ballots found"));
	t.q.standing.participants = 81;
	assert_string_equal(outcome_try(&t), "elected A");
	t.q.standing.participants = 82;
	assert_string_equal(outcome_try(&t), "pending");
	t.q.standing.participants = FIGURE_UNKNOWN;
	t.q.standing.registered = 81;
	assert_string_equal(outcome_try(&t), "elected A");
	t.contenders[1].votes = FIGURE_UNKNOWN;
	assert_string_equal(outcome_try(&t), "pending");
	/* Figures that cannot be so, and none at all. */
	VOTES(&t, 1, 40, 30, 10);
	t.q.standing.valid = 79;
	assert_string_equal(outcome_try(&t), "pending");
	assert_true(outcome_try_says(&t, "contradict each other: the votes "
	    "(80) are more than the valid ballots (79)."));
	VOTES(&t, 1, 40, 30, 10);
	t.q.standing.valid = t.q.standing.found = 81;
	t.q.standing.registered = 79;
	assert_string_equal(outcome_try(&t), "pending");
	assert_true(outcome_try_says(&t, "other: the votes (80) are fewer than "
	    "the valid ballots (81); the ballots found (81) are more than the "
	    "voters who took part (80); the voters who took part (80) are more "
	    "than the voters on the lists (79)."));
	/* Days that cannot be so. */
	VOTES(&t, 2, 40, 30);
	t.q.anchors[ANCHOR_VOTING] = date_of(2020, 3, 1);
	assert_string_equal(outcome_try(&t), "pending");
	assert_true(outcome_try_says(&t, "does not come after"));
	VOTES(&t, 1, 0, 0);
	assert_string_equal(outcome_try(&t), "pending");
	assert_true(outcome_try_says(&t, "no votes"));
	VOTES(&t, 1, 1, 1);
	t.contenders[0].votes = INT64_MAX;
	assert_string_equal(outcome_try(&t), "pending");
	t.q.standing.ncontenders = 0;
	assert_string_equal(outcome_try(&t), "pending");
	t.q.law = NULL;
	assert_string_equal(outcome_try(&t), "not_applicable");
	outcome_try_free(&t);
}

static void
test_participants(void **state)
{
	struct outcome_try t;

	(void)state;
	outcome_try_law(&t,
	    ROUND_1("      elected-if: votes > 1/2 of participants\n")
	    ROUND_2(PLURALITY));
	VOTES(&t, 1, 51, 49);
	t.q.standing.participants = 110;
	assert_string_equal(outcome_try(&t), "runoff A B");
	assert_false(t.o->doubtful_basis);
	t.q.standing.participants = FIGURE_UNKNOWN;
	assert_string_equal(outcome_try(&t), "elected A");
	assert_true(t.o->doubtful_basis);
	assert_true(outcome_try_says(&t, "the ballots found stand for it"));
	outcome_try_free(&t);
}

static void
test_unlisted(void **state)
{
	struct outcome_try t;

	(void)state;
	usual(&t, "", "");
	VOTES(&t, 1, 40, 30);
	t.q.standing.all_listed = false;
	t.q.standing.valid = t.q.standing.found = 100;
	t.q.standing.participants = 100;
	assert_string_equal(outcome_try(&t), "runoff A B");
	assert_true(outcome_try_says(&t, "30 votes are for others. Those "
	    "named are taken to be the first."));
	VOTES(&t, 1, 41, 30);
	t.q.standing.all_listed = false;
	t.q.standing.valid = t.q.standing.found = 100;
	t.q.standing.participants = 100;
	assert_string_equal(outcome_try(&t), "runoff A B");
	assert_false(outcome_try_says(&t, "Those named"));
	VOTES(&t, 1, 40);
	t.q.standing.all_listed = false;
	t.q.standing.valid = t.q.standing.found = 100;
	t.q.standing.participants = 100;
	assert_string_equal(outcome_try(&t), "pending");
	outcome_try_free(&t);
}

/* --- events, numbers ------------------------------------------------------ */

static void
test_events(void **state)
{
	static const char *const bad[] = { "", "withdrawn", "withdrawn:",
	    "withdrawn::2020-01-01", "annulled-round:", "annulled-all:soon",
	    "resigned:A:2020-01-01", "died: :2020-01-01",
	    "withdrawn:A:2020-02-30", "died:A:1 May", NULL };
	struct event e;
	struct bytes name;
	unsigned i;

	(void)state;
	for (i = 0; bad[i] != NULL; i++)
		assert_false(event_read(bytes_of(bad[i]), &e));
	assert_true(event_read(bytes_of("annulled-round:2004-12-03"), &e));
	assert_int_equal(e.kind, EVENT_ANNULLED_ROUND);
	assert_int_equal(e.date, date_of(2004, 12, 3));
	assert_true(event_read(bytes_of("annulled-all"), &e));
	assert_int_equal(e.date, DATE_UNSET);
	assert_true(event_read(bytes_of("died:A: B"), &e));
	assert_true(bytes_is(e.name, "A: B"));
	assert_int_equal(e.date, DATE_UNSET);
	assert_true(event_read(bytes_of("withdrawn:A:B:2003-05-14"), &e));
	assert_true(bytes_is(e.name, "A:B"));
	assert_int_equal(e.date, date_of(2003, 5, 14));
	assert_true(event_of_name(bytes_of("Menem(withdrawn 2003-05-14)"),
	    &name, &e));
	assert_true(bytes_is(name, "Menem"));
	assert_int_equal(e.date, date_of(2003, 5, 14));
	assert_true(event_of_name(bytes_of("A (died)"), &name, &e));
	assert_int_equal(e.kind, EVENT_DIED);
	assert_false(event_of_name(bytes_of("A (annulled-all)"), &name, &e));
	assert_false(event_of_name(bytes_of("A (withdrawn soon)"), &name,
	    &e));
	assert_true(event_meant(bytes_of("A (withdrawn soon)")));
	assert_false(event_of_name(bytes_of("A (independent)"), &name, &e));
	assert_false(event_meant(bytes_of("A (independent)")));
	assert_false(event_of_name(bytes_of("(died)"), &name, &e));
}

static void
test_numbers(void **state)
{
	static const struct { uint64_t num, den; const char *want; } cases[] = {
		{ 1, 2, "50.00" }, { 999999, 2000000, "49.99995" },
		{ 1000001, 2000000, "50.0001" }, { 26665495, 75587139,
		    "35.28" }, { 0, 5, "0.00" }, { 5, 5, "100.00" },
		{ 1, 0, "" }, { 49999999999, 100000000000, "49.999999999" },
	};
	struct buf b = buf_with(1000);
	unsigned i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_reset(&b);
		outcome_percent(&b, cases[i].num, cases[i].den);
		assert_true(bytes_is(buf_bytes(&b), cases[i].want));
	}
	buf_reset(&b);
	outcome_percent_beside(&b, 4500001, 10000000, 45, 100);
	outcome_percent_beside(&b, 333333, 1000000, 1, 3);
	outcome_percent_beside(&b, 1, 3, 1, 3);
	assert_true(bytes_is(buf_bytes(&b), "45.0000133.3333033.33"));
	buf_reset(&b);
	outcome_number(&b, 1234567);
	outcome_number(&b, -1000);
	outcome_number(&b, 999);
	assert_true(bytes_is(buf_bytes(&b), "1,234,567-1,000999"));
	buf_free(&b);
}

/* If only two stood and nobody has the majority, a law may say otherwise. */
static void
test_nobody_of_two(void **state)
{
	struct outcome_try t;

	(void)state;
	outcome_try_law(&t,
	    ROUND_1("      elected-if: votes > 1/2 of found\n"
	    "      nobody-of-two: repeat\n") ROUND_2(PLURALITY) REPEAT);
	VOTES(&t, 1, 51, 50);
	assert_string_equal(outcome_try(&t), "elected A");
	t.q.standing.invalid = 10;
	t.q.standing.found = t.q.standing.participants = 111;
	assert_string_equal(outcome_try(&t), "repeat");
	VOTES(&t, 1, 40, 50, 20);
	assert_string_equal(outcome_try(&t), "runoff B A");
	/* One alone is not more than two. */
	VOTES(&t, 1, 50);
	t.q.standing.invalid = 60;
	t.q.standing.found = t.q.standing.participants = 110;
	assert_string_equal(outcome_try(&t), "repeat");
	outcome_try_free(&t);
}

/* Stations whose results were annulled: told, and too many make it void. */
static void
test_annulled_stations(void **state)
{
	struct outcome_try t;

	(void)state;
	usual(&t, "", "    annulled-station: {void-at-least: 1/4, article: art. "
	    "9, note: They are not counted., unverified: true}\n");
	VOTES(&t, 1, 51, 50);
	t.q.standing.registered = 301;
	assert_string_equal(outcome_try(&t), "elected A");
	assert_false(t.o->unverified);
	t.q.annulled_stations = 2;
	t.q.annulled_registered = 100;
	assert_string_equal(outcome_try(&t), "elected A");
	assert_true(t.o->unverified);
	assert_true(outcome_try_says(&t, "2 stations were annulled, with 100 "
	    "registered voters"));
	assert_true(outcome_try_says(&t, "By art. 9 [unverified]: They are "
	    "not counted."));
	t.q.standing.registered = 300;
	assert_string_equal(outcome_try(&t), "annulled all");
	t.q.annulled_registered = FIGURE_UNKNOWN;
	assert_string_equal(outcome_try(&t), "elected A");
	outcome_try_free(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_annulled_stations),
		cmocka_unit_test(test_nobody_of_two),
		cmocka_unit_test(test_majority),
		cmocka_unit_test(test_not_strict),
		cmocka_unit_test(test_bases),
		cmocka_unit_test(test_alternatives),
		cmocka_unit_test(test_minimum),
		cmocka_unit_test(test_against_all),
		cmocka_unit_test(test_tie_for_place),
		cmocka_unit_test(test_tie_for_office),
		cmocka_unit_test(test_finalist_gone),
		cmocka_unit_test(test_finalist_rules),
		cmocka_unit_test(test_one_candidate),
		cmocka_unit_test(test_annulled),
		cmocka_unit_test(test_inauguration),
		cmocka_unit_test(test_unverified),
		cmocka_unit_test(test_not_told),
		cmocka_unit_test(test_participants),
		cmocka_unit_test(test_unlisted),
		cmocka_unit_test(test_events),
		cmocka_unit_test(test_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
