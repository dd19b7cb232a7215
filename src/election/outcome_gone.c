/*
 * Candidates who withdrew or died: whose event counts for which round, and what
 * the law says of it.
 */
#include "base/text.h"
#include "election/outcome_inside.h"

static bool
is_gone(const struct event *e)
{
	return e->kind == EVENT_WITHDRAWN || e->kind == EVENT_DIED;
}

/* Before this voting is over: in a round after the first the law of this round
   has the answer, not that of the next. */
static bool
is_before(const struct outcome_work *w, const struct event *e)
{
	int32_t voting = w->q->anchors[ANCHOR_VOTING_2];

	if (w->q->round == 1)
		return false;
	return e->date == DATE_UNSET || voting == DATE_UNSET ||
	    e->date <= voting;
}

static int32_t
this_voting(const struct outcome_work *w)
{
	return w->q->anchors[w->q->round == 1 ? ANCHOR_VOTING :
	    ANCHOR_VOTING_2];
}

/* The earliest of those, those without a date first. */
static bool
is_earlier(const struct outcome_work *w, unsigned e, int than)
{
	return than < 0 || w->q->events[e].date < w->q->events[than].date;
}

static bool
has(const int *chosen, unsigned n, int x)
{
	unsigned i;

	for (i = 0; i < n && chosen[i] != x; i++)
		continue;
	return x >= 0 && i < n;
}

/* After the next voting: then it says nothing of who goes on to it. */
static bool
is_after(struct outcome_work *w, const struct ruling *r, const struct event *e)
{
	int32_t last;

	if (e->date == DATE_UNSET || w->next == NULL)
		return false;
	last = outcome_dates_last(w, r);
	return last != DATE_UNSET && e->date > last;
}

int
outcome_gone_next(struct outcome_work *w, const struct ruling *r,
    const int *chosen, unsigned n)
{
	const struct standing *s = &w->q->standing;
	const struct event *e;
	int found = -1;
	unsigned i;

	for (i = 0; i < w->q->nevents; i++) {
		e = &w->q->events[i];
		if (is_gone(e) && !r->told[i] && !is_before(w, e) &&
		    is_earlier(w, i, found) &&
		    has(chosen, n, outcome_names_find(s, e->name)) &&
		    !is_after(w, r, e))
			found = (int)i;
	}
	return found;
}

int
outcome_gone_elected(struct outcome_work *w, const struct ruling *r)
{
	const struct standing *s = &w->q->standing;
	int32_t voting = this_voting(w), office;
	const struct event *e;
	unsigned i;

	for (i = 0; i < w->q->nevents; i++) {
		e = &w->q->events[i];
		if (!is_gone(e) || r->told[i] || is_before(w, e) ||
		    outcome_names_find(s, e->name) != r->winner)
			continue;
		if (e->kind == EVENT_WITHDRAWN && e->date != DATE_UNSET &&
		    voting != DATE_UNSET && e->date > voting)
			continue;
		office = outcome_office_latest(w);
		if (e->date == DATE_UNSET || office == DATE_UNSET ||
		    e->date <= office)
			return (int)i;
	}
	return -1;
}

static void
name_event(struct outcome_work *w, const struct event *e)
{
	int32_t voting = this_voting(w);

	buf_add(&w->say, text_head(e->name, 200));
	buf_text(&w->say, e->kind == EVENT_DIED ? " died" : " withdrew");
	if (e->date == DATE_UNSET)
		return;
	buf_text(&w->say, " on ");
	date_words(&w->say, e->date);
	if (w->q->round == 1 && voting != DATE_UNSET && e->date < voting)
		buf_text(&w->say, ", before this voting");
}

static const char *
gone_words(enum gone g)
{
	switch (g) {
	case GONE_NEXT:
		return "the place passes to the next";
	case GONE_STAYS:
		return "the name stays on the ballot and votes for it are "
		    "valid";
	case GONE_PROCLAIMED:
		return "the other is elected without a vote";
	case GONE_ALONE:
		return "the vote is on the one who is left";
	case GONE_NEW_ELECTION:
		return "the whole election is held again";
	case GONE_UNSET:
		break;
	}
	return "what follows, the law as it is written here does not say";
}

/* Whether a withdrawal came after the last day on which one counts. */
static bool
too_late(struct outcome_work *w, const struct law_round *round,
    const struct event *e)
{
	struct outcome_window last;

	if (e->kind != EVENT_WITHDRAWN || e->date == DATE_UNSET)
		return false;
	last = outcome_dates_until(w, &round->until);
	if (!last.known || last.until == DATE_UNSET)
		return false;
	/* In time or not: that was asked of this rule. */
	outcome_explain_ground(w, &round->until.ground);
	if (last.unverified && !w->quiet)
		w->o->unverified = true;
	if (e->date <= last.until)
		return false;
	outcome_explain_begin(w);
	name_event(w, e);
	buf_text(&w->say, ", after ");
	date_words(&w->say, last.until);
	buf_text(&w->say, ", the last day for it: the name stays.");
	outcome_explain_end(w);
	return true;
}

enum gone
outcome_gone_rule(struct outcome_work *w, const struct law_round *round,
    const struct event *e)
{
	enum gone rule = e->kind == EVENT_DIED ? round->died :
	    round->withdrawn;

	outcome_explain_begin(w);
	if (too_late(w, round, e))
		return GONE_STAYS;
	outcome_explain_ground(w, &round->ground);
	outcome_explain_begin(w);
	name_event(w, e);
	buf_printf(&w->say, ": %s", gone_words(rule));
	if (rule == GONE_NEXT && round->consent)
		buf_text(&w->say, ", who must agree");
	if (round->ground.article.n > 0) {
		buf_text(&w->say, " (");
		buf_add(&w->say, round->ground.article);
		buf_byte(&w->say, ')');
	}
	buf_byte(&w->say, '.');
	outcome_explain_end(w);
	return rule;
}

/* All who are left but the one; only one: that one, else -1. */
static int
the_other(const struct standing *s, const bool *gone)
{
	int other = -1;
	unsigned i, left = 0;

	for (i = 0; i < s->ncontenders; i++) {
		if (gone[i])
			continue;
		left++;
		other = (int)i;
	}
	return left == 1 ? other : -1;
}

/* One is left on the ballot of this round. */
static bool
left_alone(struct outcome_work *w, const struct standing *s, int other,
    struct ruling *r, bool *single)
{
	unsigned i;

	for (i = 0; i < s->ncontenders; i++) {
		if ((int)i == other || s->contenders[i].votes <= 0)
			continue;
		outcome_explain_begin(w);
		outcome_explain_name(w, s, (int)i);
		buf_text(&w->say, " has votes, but the vote was on ");
		outcome_explain_name(w, s, other);
		buf_text(&w->say, " alone: that cannot be, and nothing is "
		    "decided.");
		outcome_explain_end(w);
		return true;
	}
	if (s->contenders[other].votes > 0) {
		*single = true;		/* the vote was held: it decides */
		return false;
	}
	r->kind = OUTCOME_RUNOFF_SINGLE;
	r->between = arena_alloc(w->arena, 1, sizeof(int));
	if (r->between != NULL) {
		r->between[0] = other;
		r->nbetween = 1;
	}
	r->date = DATE_THIS;
	return true;
}

/* What one event in a round after the first decides by itself. */
static bool
decides(struct outcome_work *w, const struct standing *s,
    const struct event *e, bool *gone, struct ruling *r, bool *single)
{
	enum gone rule = outcome_gone_rule(w, w->round, e);
	int other = the_other(s, gone);

	r->event = e->date;
	switch (rule) {
	case GONE_STAYS:
		gone[outcome_names_find(s, e->name)] = false;
		return false;
	case GONE_NEW_ELECTION:
		r->kind = OUTCOME_REPEAT;
		r->date = DATE_REPEAT;
		return true;
	case GONE_PROCLAIMED:
		if (other < 0)
			return false;
		r->kind = OUTCOME_ELECTED;
		r->winner = other;
		r->unopposed = true;
		return true;
	case GONE_ALONE:
		if (other < 0)
			return false;
		return left_alone(w, s, other, r, single);
	case GONE_NEXT:
		outcome_explain_say(w, "Who comes next is not in the figures "
		    "of this round; those of the round before, with this "
		    "event, tell.");
		return true;
	case GONE_UNSET:
		break;
	}
	return true;
}

/* The earliest that has not been dealt with. */
static int
earliest_before(const struct outcome_work *w, const struct ruling *r)
{
	int found = -1;
	unsigned i;

	for (i = 0; i < w->q->nevents; i++)
		if (is_gone(&w->q->events[i]) && !r->told[i] &&
		    is_before(w, &w->q->events[i]) && is_earlier(w, i, found))
			found = (int)i;
	return found;
}

bool
outcome_gone_before(struct outcome_work *w, const struct standing *s,
    struct ruling *r, bool *single)
{
	bool *gone = arena_alloc(w->arena, s->ncontenders + 1u, sizeof(bool));
	const struct event *e;
	int i, x;

	while (gone != NULL && (i = earliest_before(w, r)) >= 0) {
		e = &w->q->events[i];
		x = outcome_names_find(s, e->name);
		r->told[i] = true;
		if (x < 0 || gone[x])
			continue;
		gone[x] = true;
		if (decides(w, s, e, gone, r, single))
			return true;
	}
	return false;
}

/* --- events that changed nothing ------------------------------------------ */

static bool
told_before(const struct outcome_work *w, unsigned of)
{
	const struct event *e = &w->q->events[of];
	unsigned i;

	for (i = 0; i < of; i++)
		if (w->q->events[i].kind == e->kind &&
		    w->q->events[i].date == e->date &&
		    bytes_eq(w->q->events[i].name, e->name))
			return true;
	return false;
}

/* No such name.  If there is one like it, that one may be meant: nothing is
   decided then. */
static void
unknown_name(struct outcome_work *w, const struct standing *s,
    const struct event *e, struct ruling *r)
{
	bool alike = false;
	unsigned i;

	buf_text(&w->say, "; none of those in the figures has that name");
	for (i = 0; i < s->ncontenders && w->say.n < OUTCOME_WORDS; i++) {
		if (!outcome_names_alike(s->contenders[i].name, e->name))
			continue;
		buf_text(&w->say, alike ? " or " : ". If it is that of ");
		outcome_explain_name(w, s, (int)i);
		alike = true;
	}
	buf_text(&w->say, alike ? ", the decision may be another: the name is "
	    "asked for as it stands there." : ".");
	if (alike)
		r->kind = OUTCOME_PENDING;
}

void
outcome_gone_remarks(struct outcome_work *w, const struct standing *s,
    struct ruling *r)
{
	const struct event *e;
	bool after;
	unsigned i;
	int x;

	for (i = 0; i < w->q->nevents && !w->quiet; i++) {
		e = &w->q->events[i];
		x = outcome_names_find(s, e->name);
		if (!is_gone(e) || (r->told[i] && x >= 0) || told_before(w, i))
			continue;
		after = r->kind == OUTCOME_RUNOFF && is_after(w, r, e);
		outcome_explain_begin(w);
		name_event(w, e);
		if (x < 0)
			unknown_name(w, s, e, r);
		else if (x == r->winner)
			buf_text(&w->say, "; what follows when that befalls "
			    "someone elected is not in these rules.");
		else
			buf_text(&w->say, after ? ", after the next voting; "
			    "that changes nothing here." : "; that changes "
			    "nothing here.");
		outcome_explain_end(w);
	}
}
