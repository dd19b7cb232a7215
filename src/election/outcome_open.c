/*
 * Whether protocols that are missing could change the outcome.
 *
 * They stand for M voters, whose votes may be any numbers that sum to M at
 * most: for each contender, against all, spoilt, blank, taken away, or nothing
 * of it.  These cases form a simplex.  A condition of a law is linear in them,
 * so the cases in which one person is elected by one alternative are convex:
 * if that is so at every corner, it is so everywhere.  That nobody is elected
 * is a matter of conditions that fail; for each of those who may lead and each
 * alternative there must be one condition that fails at every corner, which is
 * a half-space again.  Who goes on is convex too, as long as it is the same two
 * (or more) at every corner.  So a few dozen decisions settle it, exactly.
 */
#include <assert.h>

#include "election/outcome_inside.h"

__extension__ typedef unsigned __int128 wide;

enum corner { CORNER_NOTHING, CORNER_TAKEN, CORNER_SPOILT, CORNER_BLANK,
    CORNER_AGAINST, CORNER_OTHERS, CORNER_FIRST };	/* then contenders */

struct open {
	struct outcome_work *w;
	struct ruling *r;		/* of what was counted */
	struct contender *contenders;	/* a copy, to be changed */
	struct standing counted;
	unsigned ncorners;
	bool settled;
	/* Over all corners. */
	unsigned holds;			/* alternatives that always hold */
	bool below, nobody;		/* seen */
	struct outcome_share least, most;	/* of the leader */
};

static void
add(int64_t *figure, int64_t n)
{
	if (*figure >= 0)
		*figure += n;
}

/* The figures if all of the missing were that; false if the form has no such
   line. */
static bool
corner(const struct open *o, unsigned which, struct standing *s)
{
	int64_t m = o->counted.missing_registered;
	unsigned i;

	*s = o->counted;
	for (i = 0; i < s->ncontenders; i++)
		o->contenders[i] = o->counted.contenders[i];
	s->contenders = o->contenders;
	if (which == CORNER_NOTHING)
		return true;
	add(&s->participants, m);
	if (which == CORNER_TAKEN)
		return s->participants >= 0;
	add(&s->found, m);
	if (which == CORNER_SPOILT) {
		add(&s->invalid, m);
		return true;
	}
	if (which == CORNER_BLANK) {
		add(&s->blank, m);
		return s->blank >= 0;
	}
	add(&s->valid, m);
	if (which == CORNER_AGAINST) {
		add(&s->against_all, m);
		return s->against_all >= 0;
	}
	if (which == CORNER_OTHERS)
		return !o->w->all_listed;
	i = which - CORNER_FIRST;
	assert(i < s->ncontenders);
	add(&o->contenders[i].votes, m);
	return true;
}

static bool
has(const struct ruling *r, int x)
{
	unsigned i;

	for (i = 0; i < r->nbetween; i++)
		if (r->between[i] == x)
			return true;
	return false;
}

static bool
same(const struct ruling *a, const struct ruling *b)
{
	unsigned i;

	if (a->kind != b->kind || a->winner != b->winner ||
	    a->unopposed != b->unopposed || a->nbetween != b->nbetween ||
	    a->date != b->date)
		return false;
	for (i = 0; i < a->nbetween; i++)
		if (!has(b, a->between[i]))
			return false;
	return true;
}

static const struct condition *
basis_of(const struct verdict *v)
{
	const struct alternative *a;
	unsigned i;

	if (v->nalternatives == 0)
		return NULL;
	a = &v->alternatives[v->kind == VERDICT_ELECTED ? v->alternative : 0];
	for (i = 0; i < a->n; i++)
		if (a->all[i].left == Q_VOTES && a->all[i].right > Q_LEAD)
			return &a->all[i];
	return NULL;
}

/* The share of the one who leads now, at this corner. */
static void
see_share(struct open *o, const struct figures *f)
{
	const struct condition *c = basis_of(&o->r->verdict);
	int x = o->r->verdict.leader;
	struct span den = f->q[c == NULL ? Q_CANDIDATES : c->right];
	struct outcome_share share;

	if (x < 0 || den.lo != den.hi || den.lo == 0)
		return;
	share.num = (uint64_t)f->standing->contenders[x].votes;
	share.den = (uint64_t)den.lo;
	if (o->least.den == 0 || (wide)share.num * o->least.den <
	    (wide)o->least.num * share.den)
		o->least = share;
	if (o->most.den == 0 || (wide)share.num * o->most.den >
	    (wide)o->most.num * share.den)
		o->most = share;
}

static void
see(struct open *o, const struct ruling *r)
{
	see_share(o, &r->figures);
	if (!same(o->r, r) || r->kind == OUTCOME_PENDING)
		o->settled = false;
	o->holds &= r->verdict.holds;
	o->below = o->below || r->verdict.kind == VERDICT_BELOW;
	o->nobody = o->nobody || r->verdict.kind == VERDICT_NOBODY;
}

static void
visit(struct open *o)
{
	bool quiet = o->w->quiet;
	struct standing s;
	unsigned i;

	o->w->quiet = true;
	o->holds = ~0u;
	o->settled = true;
	for (i = 0; i < o->ncorners; i++) {
		struct ruling r;

		if (!corner(o, i, &s))
			continue;
		r = outcome_ruling(o->w, &s);
		see(o, &r);
	}
	o->w->quiet = quiet;
}

/* Whether one condition of the alternative fails for contender x, next to
   `next`, at every corner. */
static bool
always_fails(const struct open *o, const struct alternative *a, int x,
    int next)
{
	unsigned fails = ~0u;
	unsigned i, k, ignored = 0;
	struct standing s;
	struct figures f;

	for (i = 0; i < o->ncorners; i++) {
		if (!corner(o, i, &s))
			continue;
		f = outcome_figures_of(&s, o->w->all_listed,
		    o->w->q->version->against_all.on_ballot);
		for (k = 0; k < a->n; k++)
			if (outcome_figures_truth(&f, &a->all[k], x, next,
			    &ignored) != TRUTH_NO)
				fails &= ~(1u << k);
		fails &= (1u << a->n) - 1;
	}
	return fails != 0;
}

/* That x is not elected, at any corner or between them. */
static bool
never_elected(const struct open *o, int x)
{
	const struct verdict *v = &o->r->verdict;
	int next = v->leader == x ? NEXT_BEST : v->leader;
	unsigned i;

	/* Beside one fixed contender: being no better than one of them is a
	   half-space, being no better than the best is not. */
	for (i = 0; next == NEXT_BEST && i < o->counted.ncontenders; i++)
		if ((int)i != x && (o->r->nbetween == 0 ||
		    has(o->r, (int)i)))
			next = (int)i;
	if (next == NEXT_BEST)
		next = NEXT_NOBODY;
	if (o->below && always_fails(o, &o->w->round->minimum, x, next))
		return true;
	if (o->below && !o->nobody)
		return false;
	for (i = 0; i < v->nalternatives; i++)
		if (!always_fails(o, &v->alternatives[i], x, next))
			return false;
	return true;
}

/* Corners agree; whether all that lies between them does too. */
static bool
proven(const struct open *o)
{
	const struct ruling *r = o->r;
	unsigned i;

	if (r->verdict.kind == VERDICT_ELECTED)
		return o->holds != 0;
	if (r->verdict.kind == VERDICT_TIE)
		return false;
	if (r->verdict.kind != VERDICT_BELOW &&
	    r->verdict.kind != VERDICT_NOBODY)
		return true;		/* the figures had no part in it */
	for (i = 0; i < o->counted.ncontenders; i++)
		if ((r->nbetween == 0 || has(r, (int)i)) &&
		    !never_elected(o, (int)i))
			return false;
	return true;
}

static bool
asks(const struct alternative *a)
{
	unsigned i;

	for (i = 0; i < a->n; i++)
		if (a->all[i].left == Q_REGISTERED ||
		    a->all[i].right == Q_REGISTERED)
			return true;
	return false;
}

/* Where the voters on the lists are asked for, those of the missing count. */
static void
say_registered(const struct outcome_work *w, struct buf *to)
{
	bool on_lists = asks(&w->round->minimum);
	unsigned i;

	for (i = 0; i < w->round->nelected_if; i++)
		on_lists = on_lists || asks(&w->round->elected_if[i]);
	if (on_lists && w->q->standing.missing_registered > 0)
		buf_text(to, " They are among the voters on the lists.");
}

static void
say_missing(struct outcome_work *w)
{
	const struct standing *s = &w->q->standing;
	struct buf *to = outcome_explain_begin(w);

	outcome_number(to, (int64_t)s->missing);
	buf_text(to, s->missing == 1 ? " protocol is missing" :
	    " protocols are missing");
	if (s->missing_registered >= 0) {
		buf_text(to, ", for up to ");
		outcome_number(to, s->missing_registered);
		buf_text(to, s->missing_registered == 1 ? " voter" :
		    " voters");
	}
	if (s->closed) {
		buf_text(to, "; the commission closed the count without ");
		buf_text(to, s->missing == 1 ? "it." : "them.");
	} else if (s->missing_registered < 0) {
		buf_text(to, ", for how many voters cannot be told: so it "
		    "cannot be told either whether they could change the "
		    "outcome.");
	} else {
		buf_byte(to, '.');
	}
	say_registered(w, to);
	outcome_explain_end(w);
}

static void
say_lead(struct open *o)
{
	struct outcome_work *w = o->w;
	const struct figures *f = &o->r->figures;
	const struct condition *c = basis_of(&o->r->verdict);
	uint32_t part = c == NULL ? 1 : c->num, whole = c == NULL ? 2 : c->den;
	int x = o->r->verdict.leader;
	struct span lead;
	struct buf *to = outcome_explain_begin(w);

	if (x < 0)
		return;
	lead = outcome_figures_span(f, Q_LEAD, x, NEXT_BEST);
	outcome_explain_name(w, f->standing, x);
	buf_text(to, " leads by ");
	outcome_number(to, lead.lo);
	buf_text(to, lead.lo == 1 ? " vote" : " votes");
	if (o->least.den > 0) {
		buf_text(to, "; the share lies between ");
		outcome_percent_beside(to, o->least.num, o->least.den, part,
		    whole);
		buf_text(to, " and ");
		outcome_percent_beside(to, o->most.num, o->most.den, part,
		    whole);
		buf_text(to, "%, whatever they hold");
	}
	buf_byte(to, '.');
	outcome_explain_end(w);
}

static void
stays_open(struct outcome_work *w, struct ruling *r, const char *why)
{
	r->kind = OUTCOME_PENDING;
	r->winner = -1;
	r->nbetween = 0;
	r->unopposed = false;
	r->date = DATE_NONE;
	if (why != NULL)
		outcome_explain_say(w, "%s", why);
}

static bool
prepare(struct open *o)
{
	struct standing *s = &o->counted;

	*s = o->w->q->standing;
	o->contenders = arena_alloc(o->w->arena, s->ncontenders + 1u,
	    sizeof(*o->contenders));
	o->ncorners = CORNER_FIRST + s->ncontenders;
	return o->contenders != NULL;
}

void
outcome_open_check(struct outcome_work *w, struct ruling *r)
{
	struct open o = { .w = w, .r = r };
	const struct standing *s = &w->q->standing;

	if (s->missing == 0)
		return;
	say_missing(w);
	if (s->closed)
		return;
	if (s->missing_registered < 0) {
		stays_open(w, r, NULL);
		return;
	}
	if (!prepare(&o))
		return;
	visit(&o);
	if (r->kind == OUTCOME_PENDING) {
		say_lead(&o);
		stays_open(w, r, NULL);
	} else if (!o.settled || !proven(&o)) {
		say_lead(&o);
		stays_open(w, r, "They could change the outcome: nothing is "
		    "decided yet.");
	} else {
		say_lead(&o);
		outcome_explain_say(w, "Whatever they hold, the outcome "
		    "stays.");
	}
}
