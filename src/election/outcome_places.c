/*
 * Who goes on: the places of the next round, ties for them, and those whose
 * place passes on.
 */
#include "election/outcome_inside.h"

struct places {
	struct outcome_work *w;
	const struct standing *s;
	struct ruling *r;
	int *order;		/* by votes */
	bool *gone;		/* takes no place */
	int *chosen;
	unsigned slots, nchosen;
	bool decided;		/* the ruling is made */
};

static const char *
tie_words(enum tie t)
{
	switch (t) {
	case TIE_OLDER:
		return "by law the older goes before";
	case TIE_LOT:
		return "the law settles it by lot: who, cannot be told";
	case TIE_REPEAT:
		return "by law the election is repeated";
	case TIE_ALL_ADVANCE:
		return "by law all of them advance";
	case TIE_LED_BEFORE:
		return "by law who led in the round before goes before";
	case TIE_PARLIAMENT:
		return "by law parliament decides";
	case TIE_UNSETTLED:
		break;
	}
	return "how it is settled, the law as it is written here does not say";
}

static int64_t
rank(const struct contender *c, enum tie rule)
{
	if (rule == TIE_OLDER)
		return c->born == DATE_UNSET ? INT64_MIN : -(int64_t)c->born;
	return c->votes_before < 0 ? INT64_MIN : c->votes_before;
}

/* Sorts those who are tied by the rule; true if the first `places` of them are
   then set apart from the rest. */
static bool
set_apart(const struct standing *s, enum tie rule, int *tied, unsigned n,
    unsigned places)
{
	const struct contender *c = s->contenders;
	unsigned i, at;
	int x;

	if (rule != TIE_OLDER && rule != TIE_LED_BEFORE)
		return false;
	for (i = 0; i < n; i++) {
		x = tied[i];
		if (rank(&c[x], rule) == INT64_MIN)
			return false;
		for (at = i; at > 0 && rank(&c[tied[at - 1]], rule) <
		    rank(&c[x], rule); at--)
			tied[at] = tied[at - 1];
		tied[at] = x;
	}
	return rank(&c[tied[places - 1]], rule) > rank(&c[tied[places]], rule);
}

/* "A, B and C have 12 votes each: by law the older goes before: A." */
static void
tell_tie(struct outcome_work *w, const struct standing *s, const int *tied,
    unsigned n, unsigned winners)
{
	struct buf *to = outcome_explain_begin(w);
	unsigned i;

	for (i = 0; i < n; i++) {
		buf_text(to, i == 0 ? "" : i + 1 == n ? " and " : ", ");
		outcome_explain_name(w, s, tied[i]);
	}
	buf_text(to, " have ");
	outcome_number(to, s->contenders[tied[0]].votes);
	buf_printf(to, " votes each: %s", tie_words(w->round->tie));
	if (winners == 0 && w->round->tie == TIE_OLDER)
		buf_text(to, ", but their days of birth are not known, or "
		    "are the same");
	if (winners == 0 && w->round->tie == TIE_LED_BEFORE)
		buf_text(to, ", but that is not known, or was a tie too");
	for (i = 0; i < winners; i++) {
		buf_text(to, i == 0 ? ": " : ", ");
		outcome_explain_name(w, s, tied[i]);
	}
	buf_byte(to, '.');
	outcome_explain_ground(w, &w->round->ground);
	outcome_explain_tie(w);
}

/* Nobody is set apart: what the law makes of that. */
static void
tie_without_end(struct outcome_work *w, struct ruling *r)
{
	r->kind = OUTCOME_PENDING;
	if (w->round->tie == TIE_REPEAT) {
		r->kind = OUTCOME_REPEAT;
		r->date = DATE_REPEAT;
	}
}

/* Fills the places from those who are left; a tie for the last of them is
   settled by the law's rule. */
static void
choose(struct places *p)
{
	const struct contender *c = p->s->contenders;
	int *left = p->chosen;
	unsigned i, n = 0, sure, tied;
	int64_t votes;

	for (i = 0; i < p->s->ncontenders; i++)
		if (!p->gone[p->order[i]])
			left[n++] = p->order[i];
	p->nchosen = n < p->slots ? n : p->slots;
	if (n <= p->slots || p->slots == 0 ||
	    c[left[p->slots - 1]].votes != c[left[p->slots]].votes)
		return;
	votes = c[left[p->slots]].votes;
	for (sure = 0; c[left[sure]].votes != votes; sure++)
		continue;
	for (tied = 0; sure + tied < n &&
	    c[left[sure + tied]].votes == votes; tied++)
		continue;
	if (p->w->round->tie == TIE_ALL_ADVANCE) {
		p->nchosen = sure + tied;
		tell_tie(p->w, p->s, left + sure, tied, tied);
		return;
	}
	if (set_apart(p->s, p->w->round->tie, left + sure, tied,
	    p->slots - sure)) {
		tell_tie(p->w, p->s, left + sure, tied, p->slots - sure);
		return;
	}
	tell_tie(p->w, p->s, left + sure, tied, 0);
	tie_without_end(p->w, p->r);
	p->decided = true;
}

static void
new_election(struct places *p, int32_t date)
{
	p->r->kind = OUTCOME_REPEAT;
	p->r->date = DATE_REPEAT;
	p->r->event = date;
	p->decided = true;
}

/* One of the chosen is gone. */
static void
one_gone(struct places *p, const struct event *e)
{
	enum gone rule = outcome_gone_rule(p->w, p->w->next, e);
	int x = outcome_names_find(p->s, e->name);

	switch (rule) {
	case GONE_STAYS:
		return;
	case GONE_NEXT:
		/* Whose rival was proclaimed has no place to leave. */
		if (p->r->unopposed)
			p->slots = 0;
		p->gone[x] = true;
		p->r->date = DATE_REPLACED;
		p->r->event = e->date;
		return;
	case GONE_PROCLAIMED:
	case GONE_ALONE:
		p->gone[x] = true;
		p->slots -= p->slots > 0;
		p->r->unopposed = rule == GONE_PROCLAIMED;
		p->r->event = e->date;
		p->r->ground = &p->w->next->ground;
		return;
	case GONE_NEW_ELECTION:
		p->r->ground = &p->w->next->ground;
		new_election(p, e->date);
		return;
	case GONE_UNSET:
		break;
	}
	p->decided = true;
}

void
outcome_places_one(struct outcome_work *w, const struct law_round *round,
    int one, struct ruling *r)
{
	outcome_explain_ground(w, &round->ground);
	r->ground = &round->ground;
	switch (round->one_candidate) {
	case SINGLE_WALK_OVER:
		r->kind = OUTCOME_ELECTED;
		r->winner = one;
		r->unopposed = true;
		outcome_explain_say(w, "One candidate is left, who by law is "
		    "elected without a vote.");
		return;
	case SINGLE_NO_VOTE:
		r->kind = OUTCOME_REPEAT;
		r->date = DATE_REPEAT;
		outcome_explain_say(w, "One candidate is left: by law no vote "
		    "is held, the election is repeated.");
		return;
	case SINGLE_CONDITION:
		r->kind = OUTCOME_RUNOFF_SINGLE;
		outcome_explain_say(w, "One candidate is left: by law the "
		    "vote is on that one.");
		return;
	case SINGLE_UNSET:
		break;
	}
	r->kind = OUTCOME_PENDING;
	outcome_explain_say(w, "One candidate is left; what follows, the law "
	    "as it is written here does not say.");
}

/* Fewer than there are places for. */
static void
too_few(struct places *p)
{
	struct outcome_work *w = p->w;

	if (!w->all_listed) {
		p->r->kind = OUTCOME_PENDING;
		outcome_explain_say(w, "Who comes next is not among those in "
		    "the figures.");
		return;
	}
	if (p->nchosen == 1) {
		outcome_places_one(w, w->next, p->chosen[0], p->r);
		return;
	}
	if (w->q->version->repeat.ground.there) {
		outcome_explain_say(w, "Nobody is left to vote on: the "
		    "election is repeated.");
		new_election(p, p->r->event);
		return;
	}
	p->r->kind = OUTCOME_PENDING;
	outcome_explain_say(w, "Nobody is left to vote on; what follows, the "
	    "law as it is written here does not say.");
}

/* Those who are not listed have the rest of the valid ballots; if one of them
   could have more than the last who goes on, the order of the table is taken
   at its word, and that is said. */
static void
tell_unlisted(struct places *p)
{
	struct outcome_work *w = p->w;
	struct span all = p->r->figures.q[Q_CANDIDATES];
	int64_t last = p->s->contenders[p->chosen[p->nchosen - 1]].votes;
	int64_t rest = all.hi;
	struct buf *to;
	unsigned i;

	for (i = 0; i < p->s->ncontenders && rest != SPAN_OPEN; i++)
		rest -= p->s->contenders[i].votes;
	if (w->all_listed || rest < last)
		return;
	to = outcome_explain_begin(w);
	buf_printf(to, "The figures name %u candidates; ", p->s->ncontenders);
	if (rest == SPAN_OPEN)
		buf_text(to, "how many votes others have is not told");
	else
		outcome_number(to, rest);
	buf_text(to, rest == SPAN_OPEN ? "" : " votes are for others");
	buf_text(to, ". Those named are taken to be the first.");
	outcome_explain_end(w);
}

static void
settle(struct places *p)
{
	struct ruling *r = p->r;

	if (p->nchosen < p->slots || p->nchosen == 0) {
		r->unopposed = false;
		too_few(p);
		return;
	}
	tell_unlisted(p);
	r->between = p->chosen;
	r->nbetween = p->nchosen;
	if (p->nchosen > 1) {
		r->kind = OUTCOME_RUNOFF;
		r->unopposed = false;
	} else if (r->unopposed) {
		r->kind = OUTCOME_ELECTED;
		r->winner = p->chosen[0];
		r->nbetween = 0;
	} else {
		r->kind = OUTCOME_RUNOFF_SINGLE;
	}
}

void
outcome_places_fill(struct outcome_work *w, const struct standing *s,
    struct ruling *r)
{
	struct places p = { .w = w, .s = s, .r = r };
	bool unknown;
	int e;

	r->kind = OUTCOME_PENDING;
	r->date = DATE_NEXT;
	outcome_explain_ground(w, &w->next->ground);
	p.order = outcome_verdict_order(w->arena, s, &unknown);
	p.gone = arena_alloc(w->arena, s->ncontenders + 1u, sizeof(bool));
	p.chosen = arena_alloc(w->arena, s->ncontenders + 1u, sizeof(int));
	if (p.order == NULL || p.gone == NULL || p.chosen == NULL)
		return;
	p.slots = w->next->advance == 0 ? s->ncontenders : w->next->advance;
	if (!w->all_listed && w->next->advance > s->ncontenders) {
		outcome_explain_say(w, "Who goes on is not all in the "
		    "figures.");
		return;
	}
	if (w->all_listed && p.slots > s->ncontenders && s->ncontenders > 1)
		p.slots = s->ncontenders;
	do {
		choose(&p);
		e = p.decided ? -1 : outcome_gone_next(w, r, p.chosen,
		    p.nchosen);
		if (e >= 0) {
			r->told[e] = true;
			one_gone(&p, &w->q->events[e]);
		}
	} while (e >= 0 && !p.decided);
	if (!p.decided)
		settle(&p);
	if (r->kind != OUTCOME_RUNOFF && r->kind != OUTCOME_RUNOFF_SINGLE &&
	    r->date != DATE_REPEAT)
		r->date = DATE_NONE;
	if (r->kind == OUTCOME_RUNOFF_SINGLE && r->nbetween == 0) {
		r->between = p.chosen;
		r->nbetween = 1;
	}
}

void
outcome_places_tie(struct outcome_work *w, const struct standing *s,
    struct ruling *r)
{
	bool unknown;
	int *order = outcome_verdict_order(w->arena, s, &unknown);
	unsigned n;

	r->kind = OUTCOME_PENDING;
	if (order == NULL)
		return;
	for (n = 0; n < s->ncontenders && s->contenders[order[n]].votes ==
	    s->contenders[order[0]].votes; n++)
		continue;
	if (set_apart(s, w->round->tie, order, n, 1)) {
		tell_tie(w, s, order, n, 1);
		r->kind = OUTCOME_ELECTED;
		r->winner = order[0];
		return;
	}
	tell_tie(w, s, order, n, 0);
	if (w->round->tie == TIE_ALL_ADVANCE && w->next != NULL) {
		r->kind = OUTCOME_RUNOFF;
		r->between = order;
		r->nbetween = n;
		r->date = DATE_NEXT;
		return;
	}
	tie_without_end(w, r);
}
