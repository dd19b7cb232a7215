/*
 * What is missing: the argument from the corners against every case that there
 * is, one by one; and the same for figures that are not told.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>

#include "outcome_try.h"

#define HEAD_1 \
	"    round-1:\n      source: book\n      nobody: next-round\n"
#define ROUND_2 \
	"    round-2:\n      source: book\n      advance: 2\n" \
	"      date: 21 days after voting\n      elected-if: votes > next\n"
#define REPEAT \
	"    repeat: {source: book, date: {until: 60 days after " \
	"failed-voting, source: book}}\n"
#define AGAINST "    against-all: {on-ballot: true, source: book}\n"

/* Exact: conditions are single, so corners that agree are all there is. */
static const char *const exact[] = {
	HEAD_1 "      elected-if: votes > 1/2 of valid\n" ROUND_2,
	HEAD_1 "      elected-if: votes >= 1/2 of found\n" ROUND_2 AGAINST,
	HEAD_1 "      elected-if: votes > 1/2 of participants\n"
	    "      tie: all-advance\n" ROUND_2,
	HEAD_1 "      elected-if: votes > 1/10 of registered\n" ROUND_2,
	HEAD_1 "      elected-if: votes > 1/2 of valid-and-blank\n"
	    "      minimum: participants >= 1/9 of registered\n"
	    "      below-minimum: repeat\n" ROUND_2 REPEAT,
	HEAD_1 "      elected-if: votes > 1/2 of found\n"
	    "      minimum: participants >= 1/9 of registered\n"
	    "      below-minimum: next-round\n" ROUND_2,
	NULL
};

/* Sound, but it may say that it cannot tell. */
static const char *const sound[] = {
	HEAD_1 "      elected-if:\n        - votes > 45% of valid\n"
	    "        - votes >= 40% of valid and lead > 10% of valid\n" ROUND_2,
	HEAD_1 "      elected-if:\n"
	    "        - votes > 1/2 of participants and participants >= 1/9 of "
	    "registered\n"
	    "        - votes >= 1/20 of registered and votes > 1/2 of valid\n"
	    ROUND_2 AGAINST,
	HEAD_1 "      elected-if: lead > 1/10 of valid and votes > 2/5 of "
	    "found\n" ROUND_2,
	NULL
};

/* --- every case there is -------------------------------------------------- */

struct every {
	struct outcome_try *t;
	struct standing counted;
	struct contender contenders[3];
	char first[200];
	bool same;
};

static void
case_of(struct every *e, const int64_t *n)
{
	struct standing *s = &e->t->q.standing;
	int64_t valid = n[0] + n[1] + n[2] + n[3];
	const char *says;
	unsigned i;

	*s = e->counted;
	s->contenders = e->t->contenders;
	for (i = 0; i < 3; i++)
		e->t->contenders[i].votes = e->contenders[i].votes + n[i];
	if (s->against_all >= 0)
		s->against_all += n[3];
	s->valid += valid;
	s->invalid += n[4];
	s->blank += n[5];
	s->found += valid + n[4] + n[5];
	s->participants += valid + n[4] + n[5] + n[6];
	s->registered += s->missing_registered;
	s->missing = 0;
	says = outcome_try(e->t);
	if (e->first[0] == '\0')
		(void)snprintf(e->first, sizeof(e->first), "%s", says);
	e->same = e->same && strcmp(says, e->first) == 0;
}

static void
each_case(struct every *e, int64_t *n, unsigned from, int64_t left)
{
	int64_t i;

	if (from == 7) {
		case_of(e, n);
		return;
	}
	for (i = 0; i <= left; i++) {
		n[from] = i;
		if (from == 3 && i > 0 && e->counted.against_all < 0)
			break;
		each_case(e, n, from + 1, left - i);
	}
	n[from] = 0;
}

/* "runoff B A" is "runoff A B" here. */
static void
sort_names(char *says)
{
	size_t n = strlen(says);
	char c;

	if (strncmp(says, "runoff ", 7) != 0 || n != 10 || says[7] < says[9])
		return;
	c = says[7];
	says[7] = says[9];
	says[9] = c;
}

static void
figures(struct outcome_try *t, uint64_t *seed, int64_t m, bool against)
{
	int64_t votes[3], spoilt, blank, extra;
	struct standing *s = &t->q.standing;
	unsigned i;

	for (i = 0; i < 3; i++)
		votes[i] = (int64_t)outcome_try_random(seed, 14);
	/* Often close to half. */
	if (outcome_try_random(seed, 2) == 0)
		votes[0] = votes[1] + votes[2] +
		    (int64_t)outcome_try_random(seed, 6);
	outcome_try_votes(t, 1, 3, votes);
	spoilt = (int64_t)outcome_try_random(seed, 3);
	blank = (int64_t)outcome_try_random(seed, 3);
	extra = (int64_t)outcome_try_random(seed, 2);
	s->invalid = spoilt;
	s->blank = blank;
	if (against) {
		s->against_all = (int64_t)outcome_try_random(seed, 5);
		s->valid += s->against_all;
	}
	s->found = s->valid + spoilt + blank;
	s->participants = s->found + extra;
	s->registered = s->participants * (int64_t)(1 +
	    outcome_try_random(seed, 12));
	s->missing = 2;
	s->missing_registered = m;
}

/* How often it was settled, and how often it could have been. */
struct tally_of {
	unsigned settled, same, exact_missed;
};

static void
compare(const char *rules, uint64_t *seed, struct tally_of *sum)
{
	struct outcome_try t;
	struct every e;
	int64_t n[7] = { 0 };
	char says[200];
	unsigned i;
	int64_t m;

	outcome_try_law(&t, rules);
	for (i = 0; i < 150; i++) {
		m = (int64_t)outcome_try_random(seed, 4);
		figures(&t, seed, m, t.q.version->against_all.on_ballot);
		memset(&e, 0, sizeof(e));
		e.t = &t;
		e.counted = t.q.standing;
		memcpy(e.contenders, t.contenders, sizeof(e.contenders));
		e.same = true;
		(void)snprintf(says, sizeof(says), "%s", outcome_try(&t));
		each_case(&e, n, 0, m);
		sort_names(says);
		sort_names(e.first);
		sum->same += e.same && strcmp(e.first, "pending") != 0;
		if (strcmp(says, "pending") == 0) {
			sum->exact_missed += e.same &&
			    strcmp(e.first, "pending") != 0;
			continue;
		}
		sum->settled++;
		assert_true(e.same || strncmp(e.first, "runoff", 6) == 0);
		assert_string_equal(says, e.first);
		if (i % 50 == 49) {
			outcome_try_free(&t);
			outcome_try_law(&t, rules);
		}
	}
	outcome_try_free(&t);
}

static void
test_every_case(void **state)
{
	struct tally_of sum = { 0, 0, 0 };
	uint64_t seed = 20240317;
	unsigned i;

	(void)state;
	for (i = 0; exact[i] != NULL; i++)
		compare(exact[i], &seed, &sum);
	/* It says so whenever it is so, and it often is. */
	assert_int_equal(sum.exact_missed, 0);
	assert_in_range(sum.settled, 100, 900);
}

static void
test_every_case_sound(void **state)
{
	struct tally_of sum = { 0, 0, 0 };
	uint64_t seed = 77;
	unsigned i;

	(void)state;
	for (i = 0; sound[i] != NULL; i++)
		compare(sound[i], &seed, &sum);
	assert_in_range(sum.settled, 50, 450);
	/* What it leaves open without need is little. */
	assert_in_range(sum.exact_missed, 0, sum.same / 10);
}

/* --- by hand -------------------------------------------------------------- */

static void
test_missing(void **state)
{
	const int64_t votes[] = { 600, 300, 50 };
	struct outcome_try t;

	(void)state;
	outcome_try_law(&t, exact[0]);
	outcome_try_votes(&t, 1, 3, votes);
	t.q.standing.missing = 12;
	t.q.standing.missing_registered = 249;
	assert_string_equal(outcome_try(&t), "elected A");
	assert_true(outcome_try_says(&t, "12 protocols are missing, for up to "
	    "249 voters."));
	assert_true(outcome_try_says(&t, "Whatever they hold"));
	t.q.standing.missing_registered = 250;
	assert_string_equal(outcome_try(&t), "pending");
	assert_true(outcome_try_says(&t, "could change"));
	assert_true(outcome_try_says(&t, "A leads by 300 votes; the share lies "
	    "between 50.00 and 70.83%"));
	assert_false(t.o->date.known);
	assert_int_equal(t.o->nbetween, 0);
	t.q.standing.missing_registered = FIGURE_UNKNOWN;
	assert_string_equal(outcome_try(&t), "pending");
	assert_true(outcome_try_says(&t, "cannot be told"));
	t.q.standing.closed = true;
	assert_string_equal(outcome_try(&t), "elected A");
	assert_true(outcome_try_says(&t, "closed the count without them"));
	/* Nobody is elected; the second round is between the first two. */
	t.contenders[0].votes = 400;
	t.q.standing.valid = t.q.standing.found = 750;
	t.q.standing.participants = 750;
	t.q.standing.closed = false;
	t.q.standing.missing_registered = 60;
	assert_string_equal(outcome_try(&t), "pending");
	t.contenders[0].votes = 310;
	t.q.standing.valid = t.q.standing.found = 660;
	t.q.standing.participants = 660;
	t.q.standing.missing_registered = 39;
	assert_string_equal(outcome_try(&t), "runoff A B");
	t.q.standing.missing_registered = 41;
	assert_string_equal(outcome_try(&t), "pending");
	outcome_try_free(&t);
}

/* Who did not come in is on the lists all the same. */
static void
test_on_the_lists(void **state)
{
	const int64_t votes[] = { 600, 300 };
	struct outcome_try t;

	(void)state;
	outcome_try_law(&t, HEAD_1
	    "      elected-if: votes > 1/2 of registered\n" ROUND_2);
	outcome_try_votes(&t, 1, 2, votes);
	t.q.standing.registered = 1100;
	t.q.standing.missing = 1;
	t.q.standing.closed = true;
	t.q.standing.missing_registered = 99;
	assert_string_equal(outcome_try(&t), "elected A");
	assert_int_equal(t.o->share_den, 1199);
	t.q.standing.missing_registered = 100;
	assert_string_equal(outcome_try(&t), "runoff A B");
	t.q.standing.missing_registered = FIGURE_UNKNOWN;
	assert_string_equal(outcome_try(&t), "pending");
	assert_true(outcome_try_says(&t, "at least 1,100"));
	t.q.standing.missing = 0;
	assert_string_equal(outcome_try(&t), "elected A");
	outcome_try_free(&t);
}

/* --- figures that are not told -------------------------------------------- */

/* Hides some figures: the answer is the same, or pending. */
static void
test_hidden(void **state)
{
	struct outcome_try t;
	struct standing *s = &t.q.standing;
	uint64_t seed = 4711;
	unsigned i, k, hidden, told = 0;
	char full[200];
	int64_t *which[5];

	(void)state;
	for (k = 0; exact[k] != NULL; k++) {
		outcome_try_law(&t, exact[k]);
		which[0] = &s->registered;
		which[1] = &s->found;
		which[2] = &s->valid;
		which[3] = &s->invalid;
		which[4] = &s->blank;
		for (i = 0; i < 2000; i++) {
			figures(&t, &seed, 0,
			    t.q.version->against_all.on_ballot);
			s->missing = 0;
			(void)snprintf(full, sizeof(full), "%s",
			    outcome_try(&t));
			for (hidden = 0; hidden < 5; hidden++)
				if (outcome_try_random(&seed, 2) == 0)
					*which[hidden] = FIGURE_UNKNOWN;
			if (strcmp(outcome_try(&t), "pending") == 0)
				continue;
			assert_string_equal(outcome_try(&t), full);
			told++;
		}
		outcome_try_free(&t);
	}
	assert_in_range(told, 4000, 12000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_missing),
		cmocka_unit_test(test_on_the_lists),
		cmocka_unit_test(test_every_case),
		cmocka_unit_test(test_every_case_sound),
		cmocka_unit_test(test_hidden),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
