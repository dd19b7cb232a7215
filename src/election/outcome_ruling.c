/*
 * From the figures of a round to what comes of them.
 */
#include "election/outcome_inside.h"

static void
no_majority(struct outcome_work *w, const struct standing *s,
    struct ruling *r)
{
	enum failing f = outcome_verdict_failing(w, r->verdict.kind);

	r->ground = &w->round->ground;
	switch (f) {
	case FAILING_NEXT_ROUND:
		if (w->next != NULL) {
			outcome_places_fill(w, s, r);
			return;
		}
		outcome_explain_say(w, "The law knows no further round.");
		return;
	case FAILING_REPEAT:
		r->kind = OUTCOME_REPEAT;
		r->date = DATE_REPEAT;
		outcome_explain_say(w, r->verdict.kind == VERDICT_BELOW ?
		    "The election is not valid and is repeated." :
		    "Nobody is elected: the election is repeated.");
		return;
	case FAILING_PARLIAMENT:
		outcome_explain_say(w, "Nobody is elected by the voters: by "
		    "law parliament elects.");
		return;
	case FAILING_LOT:
		outcome_explain_say(w, "Nobody has the majority: by law a lot "
		    "decides. Who, cannot be told.");
		return;
	case FAILING_UNSET:
		break;
	}
	outcome_explain_say(w, "Nobody is elected; what follows, the law as "
	    "it is written here does not say.");
}

/* Somebody has what it takes; unless he is no longer there. */
static void
elected(struct outcome_work *w, struct ruling *r)
{
	const struct event *e;
	int i;

	r->kind = OUTCOME_ELECTED;
	r->winner = r->verdict.leader;
	i = outcome_gone_elected(w, r);
	if (i < 0)
		return;
	e = &w->q->events[i];
	r->told[i] = true;
	outcome_explain_begin(w);
	outcome_explain_name(w, r->figures.standing, r->winner);
	buf_text(&w->say, e->kind == EVENT_DIED ? " has the majority but died"
	    : " has the majority but withdrew");
	if (e->date != DATE_UNSET) {
		buf_text(&w->say, " on ");
		date_words(&w->say, e->date);
	}
	buf_text(&w->say, "; what follows, the law as it is written here "
	    "does not say.");
	outcome_explain_end(w);
	r->kind = OUTCOME_PENDING;
	r->winner = -1;
}

static void
by_verdict(struct outcome_work *w, const struct standing *s, struct ruling *r)
{
	switch (r->verdict.kind) {
	case VERDICT_ELECTED:
		elected(w, r);
		return;
	case VERDICT_TIE:
		/* None has more than the other: so nobody is elected, unless
		   the law has a rule for ties. */
		if (w->round->tie != TIE_UNSETTLED || r->verdict.holds != 0 ||
		    w->round->nobody == FAILING_UNSET)
			outcome_places_tie(w, s, r);
		else
			no_majority(w, s, r);
		return;
	case VERDICT_BELOW:
	case VERDICT_NOBODY:
		no_majority(w, s, r);
		return;
	case VERDICT_UNKNOWN:
	case VERDICT_CONTRADICTION:
	case VERDICT_NO_VOTES:
		return;
	}
}

struct ruling
outcome_ruling(struct outcome_work *w, const struct standing *s)
{
	struct ruling r = { .kind = OUTCOME_PENDING, .winner = -1,
	    .ground = &w->round->ground, .event = DATE_UNSET };
	bool single = w->all_listed && s->ncontenders == 1;

	r.verdict.leader = -1;
	outcome_explain_ground(w, r.ground);
	r.told = arena_alloc(w->arena, w->q->nevents + 1u, sizeof(bool));
	r.figures = outcome_figures_of(s, w->all_listed,
	    w->q->version->against_all.on_ballot);
	if (r.told == NULL || (w->q->round > 1 &&
	    outcome_gone_before(w, s, &r, &single)))
		return r;
	if (single && w->round->one_candidate != SINGLE_CONDITION &&
	    w->round->one_candidate != SINGLE_UNSET) {
		outcome_places_one(w, w->round, 0, &r);
		return r;
	}
	r.verdict = outcome_verdict_of(w, &r.figures, single);
	outcome_explain_verdict(w, &r);
	by_verdict(w, s, &r);
	return r;
}
