/*
 * Who proposes a candidate.
 *
 * That nobody has done so yet is no lack before nominations are over: until
 * then the rule is open, and the candidate is neither barred nor eligible.
 */
#include "base/time.h"
#include "election/eligibility_inside.h"
#include "election/phase.h"

/* --- when ----------------------------------------------------------------- */

static int32_t
day_of(const struct law *law, int64_t instant, bool next)
{
	int32_t date, seconds, offset;

	if (instant == TIME_UNSET || instant == PHASE_ALWAYS)
		return DATE_UNSET;	/* no bound, or not known */
	calendar_wall(law, instant, &date, &seconds, &offset);
	return date == DATE_UNSET || !next || seconds == 0 ? date :
	    date_add_days(date, 1);
}

/* By the phase that the law sets. */
static bool
by_phase(const struct calendar *cal, struct arena *arena,
    struct eligibility_nominations *n)
{
	struct phases phases = phase_spans(cal, arena);
	const struct phase_span *span = &phases.spans[PHASE_NOMINATION];
	const struct law *law = cal->facts.law;

	if (!span->by_law || span->never)
		return false;
	n->from = day_of(law, span->from_within.min, false);
	n->open = day_of(law, span->until_within.min, false);
	if (n->open != DATE_UNSET)
		n->open = date_add_days(n->open, -1);
	n->over = day_of(law, span->until_within.max, true);
	n->unverified = n->from_unverified = span->unverified;
	return true;
}

/* By an entry of the law's calendar. */
static void
by_entry(const struct calendar *cal, struct eligibility_nominations *n)
{
	static const char *const ids[] = { "candidates", "conventions",
	    "registration" };
	const struct calendar_item *item = NULL;
	unsigned i;

	for (i = 0; item == NULL && i < sizeof(ids) / sizeof(ids[0]); i++)
		item = calendar_find(cal, bytes_of(ids[i]));
	if (item == NULL || item->open_end || item->until.date == DATE_UNSET)
		return;
	n->from = item->open_start ? DATE_UNSET : item->from.date;
	n->over = item->until.seconds == 0 ? item->until.date :
	    date_add_days(item->until.date, 1);
	n->open = item->until.seconds == WHEN_NO_HOUR ? item->until.date :
	    date_add_days(item->until.date, -1);
	n->unverified = n->from_unverified = item->unverified;
}

struct eligibility_nominations
eligibility_nominations(const struct calendar *cal, struct arena *arena)
{
	struct eligibility_nominations n = { DATE_UNSET, DATE_UNSET,
	    DATE_UNSET, false, false };
	const struct calendar_item *call;
	int32_t voting;

	if (cal == NULL)
		return n;
	if (!by_phase(cal, arena, &n))
		by_entry(cal, &n);
	/* Nobody is proposed before the election is called. */
	call = calendar_window(cal, ANCHOR_CALLED);
	if (call != NULL && call->from.date != DATE_UNSET &&
	    (n.from == DATE_UNSET || call->from.date >= n.from)) {
		n.from = call->from.date;
		n.from_unverified = call->unverified;
	}
	voting = cal->facts.anchors[ANCHOR_VOTING_FIRST_DAY];
	if (voting == DATE_UNSET)
		voting = cal->facts.anchors[ANCHOR_VOTING];
	if (n.over == DATE_UNSET || n.over > voting)
		n.over = voting;
	return n;
}

/* --- the rule ------------------------------------------------------------- */

/* Whether somebody has proposed, by what happened up to that day. */
static bool
was_proposed(const struct judging *j)
{
	const struct candidate_event *e;
	bool proposed = false;
	unsigned i;

	for (i = 0; i < j->c->nevents; i++) {
		e = &j->c->events[i];
		if (e->date > j->on || e->kind < CANDIDATE_NOMINATED)
			continue;
		proposed = e->kind == CANDIDATE_NOMINATED ||
		    e->kind == CANDIDATE_DOCUMENTS ||
		    e->kind == CANDIDATE_REGISTERED;
	}
	return proposed;
}

static void
open_until(struct judging *j, const char *text, int32_t day, bool unverified)
{
	eligibility_clause(j, "%s", text);
	eligibility_date(j, day);
	j->state = STAND_OPEN;
	j->unverified = unverified;
}

/* Nobody who is known has. */
static void
not_proposed(struct judging *j)
{
	const struct eligibility_nominations *n = j->nominations;
	bool none = j->c->proposed == CANDIDATE_NONE;

	if (was_proposed(j)) {
		eligibility_unknown(j, "proposer: of a nomination that is "
		    "told");
	} else if (n->from != DATE_UNSET && j->on < n->from) {
		open_until(j, "nominations do not begin before ", n->from,
		    n->from_unverified);
	} else if (!none) {
		eligibility_unknown(j, "proposer");
	} else if (n->over != DATE_UNSET && j->on >= n->over) {
		eligibility_clause(j, "nobody has proposed, and nominations "
		    "are over since ");
		eligibility_date(j, n->over);
		eligibility_barred(j, STAND_END_OPEN, DATE_UNSET);
		j->unverified = n->unverified;
	} else if (n->open != DATE_UNSET && j->on <= n->open) {
		open_until(j, "so far nobody has; nominations go on at least "
		    "until ", n->open, n->unverified);
	} else {
		eligibility_unknown(j, "proposer: so far there is none, and "
		    "when nominations end is not known");
	}
}

void
eligibility_proposer(struct judging *j)
{
	const struct law_bar *bar = j->bar;
	unsigned i;

	if (j->next) {
		eligibility_clause(j, "who proposes the candidate then is "
		    "open");
		j->state = STAND_OPEN;
		return;
	}
	if (j->c->proposed != CANDIDATE_KNOWN) {
		not_proposed(j);
		return;
	}
	eligibility_clause(j, "proposed by: ");
	eligibility_word(j, j->c->proposer);
	/* A party in parliament is a party. */
	if (eligibility_is_word(j->c->proposer, bar->words, bar->nwords) ||
	    (bytes_is(j->c->proposer, "parliamentary-party") &&
	    eligibility_is_word(bytes_of("party"), bar->words, bar->nwords)))
		return;
	buf_text(&j->how, "; the law allows:");
	for (i = 0; i < bar->nwords; i++) {
		buf_text(&j->how, i == 0 ? " " : ", ");
		eligibility_word(j, bar->words[i]);
	}
	eligibility_barred(j, STAND_END_OPEN, DATE_UNSET);
}
