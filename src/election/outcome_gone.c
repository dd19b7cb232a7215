/*
 * Candidates who withdrew or died: whose event counts for which round, and what
 * the law says of it.
 */
#include "base/text.h"
#include "election/outcome_inside.h"

int
outcome_gone_contender(const struct standing *s, struct bytes name)
{
	unsigned i;

	for (i = 0; i < s->ncontenders; i++)
		if (text_same(text_trim(s->contenders[i].name), name))
			return (int)i;
	return -1;
}

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

const struct event *
outcome_gone_of(const struct outcome_work *w, int contender)
{
	const struct standing *s = &w->q->standing;
	const struct event *e;
	unsigned i;

	for (i = 0; i < w->q->nevents; i++) {
		e = &w->q->events[i];
		if (is_gone(e) && !is_before(w, e) &&
		    outcome_gone_contender(s, e->name) == contender)
			return e;
	}
	return NULL;
}

static void
name_event(struct outcome_work *w, const struct event *e)
{
	buf_add(&w->say, text_head(e->name, 200));
	buf_text(&w->say, e->kind == EVENT_DIED ? " died" : " withdrew");
	if (e->date != DATE_UNSET) {
		buf_text(&w->say, " on ");
		date_words(&w->say, e->date);
	}
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
	if (!last.known || last.until == DATE_UNSET || e->date <= last.until)
		return false;
	outcome_explain_ground(w, &round->until.ground);
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
    const struct event *e, const bool *gone, struct ruling *r, bool *single)
{
	enum gone rule = outcome_gone_rule(w, w->round, e);
	int other = the_other(s, gone);

	r->event = e->date;
	switch (rule) {
	case GONE_STAYS:
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

bool
outcome_gone_before(struct outcome_work *w, const struct standing *s,
    struct ruling *r, bool *single)
{
	bool *gone = arena_alloc(w->arena, s->ncontenders + 1u, sizeof(bool));
	const struct event *e;
	unsigned i;
	int x;

	for (i = 0; gone != NULL && i < w->q->nevents; i++) {
		e = &w->q->events[i];
		if (!is_gone(e) || !is_before(w, e))
			continue;
		x = outcome_gone_contender(s, e->name);
		if (x < 0 || gone[x])
			continue;
		gone[x] = true;
		if (decides(w, s, e, gone, r, single))
			return true;
	}
	return false;
}

/* Events that changed nothing are told too. */
void
outcome_gone_remarks(struct outcome_work *w, const struct standing *s,
    const struct ruling *r)
{
	const struct event *e;
	unsigned i, k;
	bool told;
	int x;

	for (i = 0; i < w->q->nevents && !w->quiet; i++) {
		e = &w->q->events[i];
		if (!is_gone(e))
			continue;
		x = outcome_gone_contender(s, e->name);
		told = x >= 0 && (is_before(w, e) || (r->told != NULL &&
		    r->told[x]));
		for (k = 0; k < i; k++)
			told = told || (x >= 0 && is_gone(&w->q->events[k]) &&
			    outcome_gone_contender(s, w->q->events[k].name) ==
			    x);
		if (told)
			continue;
		outcome_explain_begin(w);
		name_event(w, e);
		buf_text(&w->say, x < 0 ? "; none of those in the figures has "
		    "that name." : x == r->winner ?
		    "; what follows when that befalls someone elected is not "
		    "in these rules." : "; that changes nothing here.");
		outcome_explain_end(w);
	}
}
