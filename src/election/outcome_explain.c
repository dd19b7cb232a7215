/*
 * The reasons, in words: each comparison with its numbers put in, so that it
 * can be checked by hand.
 */
#include <stdio.h>

#include "base/text.h"
#include "election/outcome_inside.h"

__extension__ typedef unsigned __int128 wide;

struct buf *
outcome_explain_begin(struct outcome_work *w)
{
	buf_reset(&w->say);
	return &w->say;
}

static void
keep(struct outcome_work *w, struct bytes *list, unsigned *n)
{
	unsigned i;

	if (w->quiet || *n == OUTCOME_REASONS)
		return;
	/* Two alternatives may have a condition in common. */
	for (i = 0; i < *n; i++)
		if (bytes_eq(list[i], buf_bytes(&w->say)))
			return;
	list[(*n)++] = arena_copy(w->arena, buf_bytes(&w->say));
}

void
outcome_explain_end(struct outcome_work *w)
{
	keep(w, w->reasons, &w->o->nreasons);
}

void
outcome_explain_tie(struct outcome_work *w)
{
	keep(w, w->ties, &w->o->nties);
}

void
outcome_explain_say(struct outcome_work *w, const char *format, ...)
{
	char text[512];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	buf_text(outcome_explain_begin(w), text);
	outcome_explain_end(w);
}

void
outcome_explain_name(struct outcome_work *w, const struct standing *s,
    int contender)
{
	buf_add(&w->say, text_head(s->contenders[contender].name, 200));
}

void
outcome_explain_ground(struct outcome_work *w, const struct ground *g)
{
	if (!w->quiet && g->unverified)
		w->o->unverified = true;
}

static void
span_words(struct buf *to, struct span s)
{
	if (s.hi == SPAN_OPEN && s.lo <= 0) {
		buf_text(to, "not known");
		return;
	}
	if (s.hi == SPAN_OPEN)
		buf_text(to, "at least ");
	outcome_number(to, s.lo);
	if (s.hi != s.lo && s.hi != SPAN_OPEN) {
		buf_text(to, " to ");
		outcome_number(to, s.hi);
	}
}

/* "more than 1/2 of", "at least 40% of", "more than". */
static void
fraction_words(struct buf *to, const struct condition *c)
{
	buf_text(to, c->strict ? "more than " : "at least ");
	if (c->num == c->den)
		return;
	if (c->den == 100)
		buf_printf(to, "%lu%% of ", (unsigned long)c->num);
	else
		buf_printf(to, "%lu/%lu of ", (unsigned long)c->num,
		    (unsigned long)c->den);
}

/* The least whole number that meets the condition. */
static int64_t
needed(const struct condition *c, int64_t right)
{
	wide product = (wide)(right < 0 ? 0 : right) * c->num;

	if (c->strict)
		return (int64_t)(product / c->den + 1);
	return (int64_t)((product + c->den - 1) / c->den);
}

static void
left_words(struct outcome_work *w, const struct figures *f, enum quantity q,
    int x, struct span left)
{
	if (q > Q_LEAD) {
		buf_printf(&w->say, "The %s are ", quantity_words(q));
		span_words(&w->say, left);
		return;
	}
	if (q == Q_NEXT) {
		buf_text(&w->say, "The next has ");
	} else {
		outcome_explain_name(w, f->standing, x);
		buf_text(&w->say, q == Q_LEAD ? " leads by " : " has ");
	}
	span_words(&w->say, left);
	if (q != Q_LEAD)
		buf_text(&w->say, left.lo == 1 && left.hi == 1 ? " vote" :
		    " votes");
}

static void
right_words(struct outcome_work *w, const struct condition *c,
    struct span right)
{
	fraction_words(&w->say, c);
	if (c->right == Q_NEXT)
		buf_text(&w->say, "the next");
	else if (c->right == Q_VOTES)
		buf_text(&w->say, "the first");
	else
		buf_printf(&w->say, "the %s", quantity_words(c->right));
	buf_text(&w->say, " (");
	span_words(&w->say, right);
	buf_byte(&w->say, ')');
}

void
outcome_explain_condition(struct outcome_work *w, const struct figures *f,
    const struct condition *c, int x)
{
	struct span left = outcome_figures_span(f, c->left, x, NEXT_BEST);
	struct span right = outcome_figures_span(f, c->right, x, NEXT_BEST);
	unsigned missing = 0;
	enum truth t = outcome_figures_truth(f, c, x, NEXT_BEST, &missing);
	struct buf *to = outcome_explain_begin(w);

	left_words(w, f, c->left, x, left);
	buf_text(to, t == TRUTH_YES ? ", " : t == TRUTH_NO ? ", not " :
	    "; whether that is ");
	right_words(w, c, right);
	if (t == TRUTH_UNKNOWN)
		buf_text(to, " cannot be told");
	if (right.lo == right.hi && c->num != c->den) {
		buf_text(to, ": ");
		outcome_number(to, needed(c, right.lo));
		buf_text(to, needed(c, right.lo) == 1 ? (t == TRUTH_YES ?
		    " was needed" : " is needed") : t == TRUTH_YES ?
		    " were needed" : " are needed");
		if (left.lo == left.hi && left.lo >= 0 && right.lo > 0) {
			buf_text(to, ", it is ");
			outcome_percent_beside(to, (uint64_t)left.lo,
			    (uint64_t)right.lo, c->num, c->den);
			buf_byte(to, '%');
		}
	}
	buf_byte(to, '.');
	outcome_explain_end(w);
}

void
outcome_explain_missing(struct outcome_work *w, unsigned missing)
{
	struct buf *to = outcome_explain_begin(w);
	bool more = false;
	unsigned q;

	buf_text(to, "Not told, and the decision depends on it: ");
	for (q = 0; q < Q_COUNT; q++) {
		if ((missing & 1u << q) == 0)
			continue;
		buf_text(to, more ? ", the " : "the ");
		buf_text(to, q == Q_VOTES ? "votes of each candidate" :
		    quantity_words((enum quantity)q));
		more = true;
	}
	buf_byte(to, '.');
	outcome_explain_end(w);
}

/* "the votes (601) are more than the valid ballots (600)". */
static bool
more_than(struct outcome_work *w, const char *what, int64_t left, bool sure,
    enum quantity q, int64_t right)
{
	if (!sure || left < 0 || right < 0 || left <= right)
		return false;
	buf_printf(&w->say, "%s the %s (", bytes_ends(buf_bytes(&w->say), ")") ?
	    ";" : ":", what);
	outcome_number(&w->say, left);
	buf_printf(&w->say, ") are more than the %s (", quantity_words(q));
	outcome_number(&w->say, right);
	buf_byte(&w->say, ')');
	return true;
}

/* Which figures cannot be so; where it takes more than two to see it, no more
   is said than that. */
static void
explain_contradiction(struct outcome_work *w, const struct figures *f)
{
	const struct standing *s = f->standing;
	int64_t votes = s->against_all > 0 ? s->against_all : 0;
	int64_t spoilt = (s->invalid > 0 ? s->invalid : 0) +
	    (s->blank > 0 ? s->blank : 0);
	int64_t part = s->participants >= 0 ? s->participants : s->found;
	struct buf *to = outcome_explain_begin(w);
	bool all = w->all_listed && (s->against_all >= 0 ||
	    !w->q->version->against_all.on_ballot);
	unsigned i;

	for (i = 0; i < s->ncontenders; i++) {
		all = all && s->contenders[i].votes >= 0;
		votes += s->contenders[i].votes > 0 ? s->contenders[i].votes :
		    0;
	}
	buf_text(to, "The figures contradict each other");
	if (!more_than(w, "votes", votes, true, Q_VALID, s->valid) &&
	    all && s->valid > votes) {
		buf_text(to, ": the votes (");
		outcome_number(to, votes);
		buf_text(to, ") are fewer than the valid ballots (");
		outcome_number(to, s->valid);
		buf_byte(to, ')');
	}
	(void)more_than(w, "valid and spoilt ballots", s->valid + spoilt,
	    s->valid >= 0, Q_FOUND, s->found);
	(void)more_than(w, "ballots found", s->found, true, Q_PARTICIPANTS,
	    s->participants);
	(void)more_than(w, "voters who took part", part, true, Q_REGISTERED,
	    f->q[Q_REGISTERED].hi);
	buf_byte(to, '.');
	outcome_explain_end(w);
}

static void
explain_all(struct outcome_work *w, const struct ruling *r,
    const struct alternative *a)
{
	unsigned i;

	for (i = 0; i < a->n; i++)
		outcome_explain_condition(w, &r->figures, &a->all[i],
		    r->verdict.leader);
}

/* Who leads, the minimum, and the alternatives: the one that elects, or all. */
void
outcome_explain_verdict(struct outcome_work *w, const struct ruling *r)
{
	const struct verdict *v = &r->verdict;
	unsigned i;

	if (w->quiet)
		return;
	switch (v->kind) {
	case VERDICT_CONTRADICTION:
		explain_contradiction(w, &r->figures);
		return;
	case VERDICT_NO_VOTES:
		outcome_explain_say(w, "The figures hold no votes.");
		return;
	default:
		break;
	}
	if (v->leader < 0) {
		outcome_explain_missing(w, v->missing);
		return;
	}
	explain_all(w, r, &w->round->minimum);
	for (i = 0; i < v->nalternatives && v->kind != VERDICT_BELOW; i++) {
		if (v->kind == VERDICT_ELECTED && i != v->alternative)
			continue;
		explain_all(w, r, &v->alternatives[i]);
	}
	if (v->kind == VERDICT_UNKNOWN)
		outcome_explain_missing(w, v->missing);
}
