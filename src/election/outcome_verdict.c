/*
 * What the figures of a round mean under its rule: somebody is elected, the
 * vote was not valid, nobody is elected.
 */
#include "election/outcome_inside.h"

int *
outcome_verdict_order(struct arena *arena, const struct standing *s,
    bool *unknown)
{
	int *order = arena_alloc(arena, s->ncontenders + 1u, sizeof(*order));
	unsigned i, at;

	*unknown = false;
	for (i = 0; order != NULL && i < s->ncontenders; i++) {
		if (s->contenders[i].votes < 0) {
			*unknown = true;
			return NULL;
		}
		for (at = i; at > 0 && s->contenders[order[at - 1]].votes <
		    s->contenders[i].votes; at--)
			order[at] = order[at - 1];
		order[at] = (int)i;
	}
	return order;
}

static int
leader_of(const struct standing *s)
{
	int best = -1;
	unsigned i;

	for (i = 0; i < s->ncontenders; i++) {
		if (s->contenders[i].votes < 0)
			return -1;
		if (best < 0 || s->contenders[i].votes >
		    s->contenders[best].votes)
			best = (int)i;
	}
	return best;
}

static unsigned
alike_of(const struct standing *s, int leader)
{
	unsigned i, alike = 0;

	for (i = 0; i < s->ncontenders; i++)
		alike += s->contenders[i].votes == s->contenders[leader].votes;
	return alike;
}

/* Whether the alternative is met but for this, that two have as many votes. */
static bool
met_but_for_tie(const struct figures *f, const struct alternative *a, int x)
{
	const struct condition *c;
	unsigned ignored = 0;
	bool asks = false;
	unsigned i;

	for (i = 0; i < a->n; i++) {
		c = &a->all[i];
		if ((c->left == Q_VOTES && c->right == Q_NEXT) ||
		    (c->left == Q_NEXT && c->right == Q_VOTES)) {
			asks = true;
			continue;
		}
		if (outcome_figures_truth(f, c, x, NEXT_BEST, &ignored) !=
		    TRUTH_YES)
			return false;
	}
	return asks;
}

enum failing
outcome_verdict_failing(const struct outcome_work *w, enum verdict_kind kind)
{
	enum failing f = w->round->nobody;

	if (kind == VERDICT_BELOW && w->round->below_minimum != FAILING_UNSET)
		return w->round->below_minimum;
	if (kind == VERDICT_BELOW && w->q->version->repeat.ground.there)
		return FAILING_REPEAT;
	if (kind == VERDICT_NOBODY && w->all_listed &&
	    w->round->nobody_of_two != FAILING_UNSET &&
	    w->q->standing.ncontenders <= 2)
		return w->round->nobody_of_two;
	if (f == FAILING_UNSET && w->next != NULL)
		return FAILING_NEXT_ROUND;
	return f;
}

/* Without the minimum. */
static void
ask_alternatives(const struct outcome_work *w, const struct figures *f,
    struct verdict *v)
{
	unsigned alike = alike_of(f->standing, v->leader);
	bool tie = false;
	enum truth t;
	unsigned i;

	v->kind = VERDICT_NOBODY;
	for (i = 0; i < v->nalternatives; i++) {
		t = outcome_figures_all(f, &v->alternatives[i], v->leader,
		    NEXT_BEST, &v->missing);
		if (t == TRUTH_YES && v->holds == 0)
			v->alternative = i;
		if (t == TRUTH_YES && i < 32)
			v->holds |= 1u << i;
		if (t == TRUTH_UNKNOWN)
			v->kind = VERDICT_UNKNOWN;
		tie = tie || (alike > 1 && (t == TRUTH_YES || met_but_for_tie(f,
		    &v->alternatives[i], v->leader)));
	}
	if (v->holds != 0)
		v->kind = VERDICT_ELECTED;
	/* The last round leaves no other way out of a tie. */
	if (v->kind == VERDICT_NOBODY && alike > 1 && w->q->round > 1 &&
	    outcome_verdict_failing(w, VERDICT_NOBODY) == FAILING_UNSET)
		tie = true;
	if (tie && v->kind != VERDICT_UNKNOWN)
		v->kind = VERDICT_TIE;
}

static bool
same_end(const struct outcome_work *w)
{
	return outcome_verdict_failing(w, VERDICT_BELOW) ==
	    outcome_verdict_failing(w, VERDICT_NOBODY);
}

struct verdict
outcome_verdict_of(const struct outcome_work *w, const struct figures *f,
    bool single)
{
	struct verdict v = { .kind = VERDICT_UNKNOWN, .leader = -1 };
	enum truth minimum;
	unsigned asked = 0;

	v.alternatives = w->round->elected_if;
	v.nalternatives = w->round->nelected_if;
	if (single && w->round->one_candidate == SINGLE_CONDITION) {
		v.alternatives = &w->round->one_condition;
		v.nalternatives = 1;
	}
	v.leader = leader_of(f->standing);
	if (f->contradict) {
		v.kind = VERDICT_CONTRADICTION;
		return v;
	}
	if (v.leader < 0) {
		v.missing = 1u << Q_VOTES;
		return v;
	}
	minimum = outcome_figures_all(f, &w->round->minimum, v.leader,
	    NEXT_BEST, &asked);
	if (f->q[Q_CANDIDATES].hi == 0 && f->q[Q_AGAINST_ALL].hi == 0) {
		v.kind = minimum == TRUTH_NO ? VERDICT_BELOW :
		    VERDICT_NO_VOTES;
		return v;
	}
	ask_alternatives(w, f, &v);
	if (minimum == TRUTH_NO)
		v.kind = VERDICT_BELOW;
	if (minimum == TRUTH_UNKNOWN && (v.kind != VERDICT_NOBODY ||
	    !same_end(w))) {
		v.kind = VERDICT_UNKNOWN;
		v.missing |= asked;
	}
	return v;
}
