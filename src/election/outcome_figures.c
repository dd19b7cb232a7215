/*
 * Figures with bounds.  All that is compared is compared exactly: products of
 * a figure (at most 10^12) and a fraction's half (32 bits) in 128 bits.
 */
#include <assert.h>

#include "election/outcome_inside.h"

__extension__ typedef __int128 wide;

static struct span
span_of(int64_t figure)
{
	struct span s = { 0, SPAN_OPEN };

	if (figure >= 0)
		s.lo = s.hi = figure;
	return s;
}

static struct span
exactly(int64_t figure)
{
	struct span s = { figure, figure };

	return s;
}

static struct span
plus(struct span a, struct span b)
{
	struct span s = { a.lo + b.lo, SPAN_OPEN };

	if (a.hi != SPAN_OPEN && b.hi != SPAN_OPEN)
		s.hi = a.hi + b.hi;
	return s;
}

static void
at_least(struct span *s, int64_t bound)
{
	if (s->lo < bound)
		s->lo = bound;
}

static void
at_most(struct span *s, int64_t bound)
{
	if (s->hi > bound)
		s->hi = bound;
}

/* Voters whose protocol is missing are on the lists all the same. */
static struct span
registered_of(const struct standing *s)
{
	struct span on = span_of(s->registered);

	if (s->missing == 0 || s->registered < 0)
		return on;
	if (s->missing_registered < 0)
		on.hi = SPAN_OPEN;
	else
		on = plus(on, exactly(s->missing_registered));
	return on;
}

/* Votes for all who stood. */
static struct span
candidates_of(const struct standing *s, bool all_listed)
{
	struct span votes = { 0, 0 };
	unsigned i;

	for (i = 0; i < s->ncontenders; i++)
		votes = plus(votes, span_of(s->contenders[i].votes));
	if (!all_listed)
		votes.hi = SPAN_OPEN;
	return votes;
}

/* Nothing that is told contradicts the rest; a bound that was narrowed to less
   than nothing shows that it does. */
static bool
contradict(const struct figures *f)
{
	unsigned i;

	for (i = Q_AGAINST_ALL; i < Q_COUNT; i++)
		if (f->q[i].lo > f->q[i].hi)
			return true;
	return false;
}

/* From the figures that are told, bounds for each that is not. */
static void
narrow(struct figures *f)
{
	struct span *all = &f->q[Q_CANDIDATES], *against = &f->q[Q_AGAINST_ALL];
	struct span *valid = &f->q[Q_VALID], *found = &f->q[Q_FOUND];
	struct span *part = &f->q[Q_PARTICIPANTS];
	struct span *registered = &f->q[Q_REGISTERED];
	const struct standing *s = f->standing;
	int64_t spoilt = span_of(s->invalid).lo + span_of(s->blank).lo;
	struct span sum = plus(*all, *against);

	at_least(valid, sum.lo);
	at_most(valid, sum.hi);
	at_least(found, valid->lo + spoilt);
	at_least(part, found->lo);
	at_least(registered, part->lo);
	if (registered->hi != SPAN_OPEN)
		at_most(part, registered->hi);
	if (part->hi != SPAN_OPEN)
		at_most(found, part->hi);
	if (valid->hi != SPAN_OPEN && s->invalid >= 0 && s->blank >= 0)
		at_most(found, valid->hi + spoilt);
	if (found->hi != SPAN_OPEN)
		at_most(valid, found->hi - spoilt);
	if (valid->hi != SPAN_OPEN) {
		at_most(all, valid->hi - against->lo);
		at_most(against, valid->hi - all->lo);
	}
	if (against->hi != SPAN_OPEN)
		at_least(all, valid->lo - against->hi);
	if (all->hi != SPAN_OPEN)
		at_least(against, valid->lo - all->hi);
}

struct figures
outcome_figures_of(const struct standing *s, bool all_listed, bool on_ballot)
{
	struct figures f = { .standing = s };

	f.q[Q_CANDIDATES] = candidates_of(s, all_listed);
	f.q[Q_AGAINST_ALL] = s->against_all < 0 && !on_ballot ? exactly(0) :
	    span_of(s->against_all);
	f.q[Q_VALID] = span_of(s->valid);
	f.q[Q_FOUND] = span_of(s->found);
	f.q[Q_REGISTERED] = registered_of(s);
	f.participants_are_found = s->participants < 0;
	/* Who took part: more than were found, if ballots were carried away;
	   but where it is not told, the ballots found stand for it. */
	f.q[Q_PARTICIPANTS] = span_of(s->participants >= 0 ? s->participants :
	    s->found);
	narrow(&f);
	narrow(&f);
	f.q[Q_VALID_AND_BLANK] = f.q[Q_VALID];
	if (s->blank >= 0)
		f.q[Q_VALID_AND_BLANK] = plus(f.q[Q_VALID], exactly(s->blank));
	else
		f.q[Q_VALID_AND_BLANK].hi = f.q[Q_FOUND].hi;
	f.contradict = contradict(&f);
	return f;
}

static struct span
votes_of(const struct figures *f, int x)
{
	struct span s = span_of(f->standing->contenders[x].votes);

	if (s.hi == SPAN_OPEN)
		s.hi = f->q[Q_CANDIDATES].hi;
	return s;
}

static struct span
next_of(const struct figures *f, int x, int next)
{
	struct span most = { 0, 0 }, votes;
	unsigned i;

	if (next >= 0)
		return votes_of(f, next);
	if (next == NEXT_NOBODY)
		return most;
	for (i = 0; i < f->standing->ncontenders; i++) {
		if ((int)i == x)
			continue;
		votes = votes_of(f, (int)i);
		at_least(&most, votes.lo);
		if (most.hi < votes.hi)
			most.hi = votes.hi;
	}
	return most;
}

struct span
outcome_figures_span(const struct figures *f, enum quantity q, int x, int next)
{
	struct span votes, other;

	assert(q < Q_COUNT);
	if (q > Q_LEAD)
		return f->q[q];
	if (q == Q_NEXT)
		return next_of(f, x, next);
	votes = votes_of(f, x);
	if (q == Q_VOTES)
		return votes;
	other = next_of(f, x, next);
	votes.lo = other.hi == SPAN_OPEN ? -FIGURE_MAX : votes.lo - other.hi;
	if (votes.hi != SPAN_OPEN)
		votes.hi -= other.lo;
	return votes;
}

/* Whether left * den > num * right (or >=), for the values given. */
static bool
exceeds(const struct condition *c, int64_t left, int64_t right)
{
	wide a = (wide)left * c->den, b = (wide)right * c->num;

	return c->strict ? a > b : a >= b;
}

enum truth
outcome_figures_truth(const struct figures *f, const struct condition *c,
    int x, int next, unsigned *missing)
{
	struct span left = outcome_figures_span(f, c->left, x, next);
	struct span right = outcome_figures_span(f, c->right, x, next);

	if (right.hi != SPAN_OPEN && exceeds(c, left.lo, right.hi))
		return TRUTH_YES;
	if (left.hi != SPAN_OPEN && !exceeds(c, left.hi, right.lo))
		return TRUTH_NO;
	if (left.lo != left.hi)
		*missing |= 1u << c->left;
	if (right.lo != right.hi)
		*missing |= 1u << c->right;
	return TRUTH_UNKNOWN;
}

enum truth
outcome_figures_all(const struct figures *f, const struct alternative *a,
    int x, int next, unsigned *missing)
{
	enum truth all = TRUTH_YES, one;
	unsigned asked = 0;
	unsigned i;

	for (i = 0; i < a->n; i++) {
		one = outcome_figures_truth(f, &a->all[i], x, next, &asked);
		if (one == TRUTH_NO)
			return TRUTH_NO;
		if (one == TRUTH_UNKNOWN)
			all = TRUTH_UNKNOWN;
	}
	*missing |= asked;
	return all;
}
