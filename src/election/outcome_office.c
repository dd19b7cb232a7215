/*
 * When the one who is elected takes office.  A law may have one rule for a
 * regular election and one for an early or repeat one; which of them it was,
 * its rule of the day of voting may tell.
 */
#include "election/outcome_inside.h"

#define LONGEST		366	/* days from a voting to an inauguration that
				   still belong together */
#define TERM_VOTING	200	/* a term begins at most so long after the
				   voting */

/* Whether the law's rule of the day leads to this first voting from some voting
   before it by which a term came about that began on that day. */
static enum outcome_cause
from_term(const struct outcome_bounds *b, int32_t began, bool *unverified)
{
	const struct outcome_question *q = b->w->q;
	int32_t a[ANCHOR_COUNT], day;
	bool told = false;
	unsigned i;

	for (i = 0; i < ANCHOR_COUNT; i++)
		a[i] = q->anchors[i];
	a[ANCHOR_PREVIOUS_INAUGURATION] = began;
	for (i = 0; i <= TERM_VOTING; i++) {
		if (q->anchors[ANCHOR_PREVIOUS_VOTING] == DATE_UNSET)
			a[ANCHOR_PREVIOUS_VOTING] = date_add_days(began,
			    -(int64_t)i);
		day = outcome_dates_voting_day(b, a, unverified);
		if (day == DATE_UNSET)
			continue;
		told = true;
		if (outcome_dates_within(day, b->lo[ANCHOR_VOTING],
		    b->hi[ANCHOR_VOTING]))
			return CAUSE_REGULAR;
	}
	return told ? CAUSE_EARLY : CAUSE_NOT_TOLD;
}

/* The term that ends, or the one before it: a term that a former law made
   longer ends within what looks like the next. */
static enum outcome_cause
by_voting_day(const struct outcome_bounds *b, bool *unverified)
{
	const struct outcome_question *q = b->w->q;
	int32_t began = b->lo[ANCHOR_PREVIOUS_INAUGURATION];
	enum outcome_cause cause = from_term(b, began, unverified);

	if (cause != CAUSE_EARLY ||
	    q->anchors[ANCHOR_PREVIOUS_INAUGURATION] != DATE_UNSET)
		return cause;
	return from_term(b, date_add_months(began,
	    -(int64_t)q->version->term.years * 12), unverified) ==
	    CAUSE_REGULAR ? CAUSE_REGULAR : cause;
}

/* Regular, as the inauguration counted from the term comes soon after the
   voting; or not. */
static enum outcome_cause
cause_of(struct outcome_work *w, const struct outcome_bounds *b,
    int32_t regular)
{
	const struct law_version *v = w->q->version;
	int32_t voting = outcome_dates_this(w);
	enum outcome_cause cause = w->q->cause;
	bool unverified = false;

	if (cause != CAUSE_NOT_TOLD || voting == DATE_UNSET)
		return cause;
	if (outcome_dates_needs(&v->inauguration,
	    ANCHOR_PREVIOUS_INAUGURATION) && regular != DATE_UNSET &&
	    (regular <= voting || regular > voting + LONGEST))
		return CAUSE_EARLY;
	if (!v->voting_day.ground.there ||
	    !outcome_dates_there(&v->after_repeat))
		return cause;
	cause = by_voting_day(b, &unverified);
	if (cause != CAUSE_NOT_TOLD && unverified)
		w->o->unverified = true;
	return cause;
}

/* Two rules, and which of them holds is not known. */
static void
either(struct outcome_work *w, struct outcome_window *out,
    const struct outcome_window *repeat)
{
	struct buf *to = outcome_explain_begin(w);

	buf_text(to, "a regular election: ");
	buf_add(to, out->words);
	buf_text(to, "; an early or repeat election: ");
	buf_add(to, repeat->words);
	out->words = arena_copy(w->arena, buf_bytes(to));
	out->unverified = out->unverified || repeat->unverified;
	if (!out->known || !repeat->known) {
		out->known = false;
		out->from = out->until = DATE_UNSET;
		return;
	}
	if (repeat->from == DATE_UNSET || (out->from != DATE_UNSET &&
	    repeat->from < out->from))
		out->from = repeat->from;
	if (out->until != DATE_UNSET && (repeat->until == DATE_UNSET ||
	    repeat->until > out->until))
		out->until = repeat->until;
}

/* The election is not a regular one, and the law as it is written here has no
   rule for others. */
static void
not_regular(struct outcome_work *w, struct outcome_window *out)
{
	struct buf *to = outcome_explain_begin(w);

	buf_text(to, "the rule holds for a regular election (");
	buf_add(to, out->words);
	buf_text(to, "), which this is not");
	out->words = arena_copy(w->arena, buf_bytes(to));
	out->known = false;
	out->from = out->until = DATE_UNSET;
}

void
outcome_office(struct outcome_work *w)
{
	const struct law_version *v = w->q->version;
	struct outcome_window *out = &w->o->inauguration;
	int32_t voting = outcome_dates_this(w);
	struct outcome_window repeat;
	enum outcome_cause cause;
	struct outcome_bounds b;

	outcome_dates_bounds(&b, w, DATE_UNSET);
	*out = outcome_dates_window(w, &v->inauguration, &b, voting);
	if (outcome_dates_needs(&v->inauguration,
	    ANCHOR_PREVIOUS_INAUGURATION))
		outcome_dates_taint(w, out, &v->term.ground);
	cause = cause_of(w, &b, out->from);
	if (cause != CAUSE_REGULAR && outcome_dates_there(&v->after_repeat)) {
		repeat = outcome_dates_window(w, &v->after_repeat, &b, voting);
		if (cause == CAUSE_EARLY || bytes_eq(out->words, repeat.words))
			*out = repeat;
		else
			either(w, out, &repeat);
	} else if (cause == CAUSE_EARLY) {
		not_regular(w, out);
	}
	/* That much holds in any case. */
	if (!out->known && voting != DATE_UNSET)
		out->from = date_add_days(voting, 1);
	outcome_dates_taint(w, out, &v->inauguration.ground);
}

int32_t
outcome_office_latest(struct outcome_work *w)
{
	const struct law_version *v = w->q->version;
	int32_t voting = outcome_dates_this(w);
	struct outcome_window regular, repeat;
	struct outcome_bounds b;

	outcome_dates_bounds(&b, w, DATE_UNSET);
	regular = outcome_dates_window(w, &v->inauguration, &b, voting);
	repeat = outcome_dates_window(w, outcome_dates_there(&v->after_repeat) ?
	    &v->after_repeat : &v->inauguration, &b, voting);
	if (!regular.known || !repeat.known || regular.until == DATE_UNSET ||
	    repeat.until == DATE_UNSET)
		return date_add_days(voting, LONGEST);
	return regular.until > repeat.until ? regular.until : repeat.until;
}

void
outcome_office_remark(struct outcome_work *w)
{
	const struct law_version *v = w->q->version;
	int32_t voting = w->q->anchors[ANCHOR_VOTING];
	struct outcome_bounds b;
	bool unverified = false;
	struct buf *to;

	if (w->q->cause != CAUSE_NOT_TOLD || voting == DATE_UNSET ||
	    !v->voting_day.ground.there)
		return;
	outcome_dates_bounds(&b, w, DATE_UNSET);
	if (by_voting_day(&b, &unverified) != CAUSE_EARLY)
		return;
	to = outcome_explain_begin(w);
	buf_text(to, "The law's rule of the day of voting");
	if (v->voting_day.ground.article.n > 0) {
		buf_text(to, " (");
		buf_add(to, v->voting_day.ground.article);
		buf_byte(to, ')');
	}
	buf_text(to, " does not lead to ");
	buf_text(to, date_weekday_name(voting));
	buf_text(to, ", ");
	date_words(to, voting);
	buf_text(to, ": so this is taken for an early or a repeat election.");
	outcome_explain_end(w);
}
