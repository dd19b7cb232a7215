/*
 * Rules on the office: terms served, offices held.
 */
#include <stdio.h>

#include "election/eligibility_inside.h"

/* Between two terms that follow each other there may be a day; where others
   held the office in between, more than a year lies.  What is between the two
   is for the law to say. */
#define FOLLOWS_DAYS	1
#define APART_DAYS	366

/* --- terms ---------------------------------------------------------------- */

/* Whether a term that begins within lo and hi follows one that ends then. */
static enum candidate_answer
follows(int32_t until, int32_t lo, int32_t hi)
{
	if (until == CANDIDATE_OPEN)
		return CANDIDATE_YES;
	if (until == DATE_UNSET || lo == DATE_UNSET)
		return CANDIDATE_MAYBE;
	if ((int64_t)hi - until <= FOLLOWS_DAYS)
		return CANDIDATE_YES;
	if ((int64_t)lo - until > APART_DAYS)
		return CANDIDATE_NO;
	return CANDIDATE_MAYBE;
}

struct terms {
	unsigned least, most;
};

static void
count_term(struct judging *j, const struct candidate_item *term, bool certain,
    struct terms *n)
{
	int32_t since = j->bar->counted_since;

	if (since != DATE_UNSET && term->from != DATE_UNSET &&
	    term->from < since)
		return;
	n->most++;
	n->least += certain && (since == DATE_UNSET ||
	    term->from != DATE_UNSET);
	eligibility_clause(j, "term");
	if (term->from != DATE_UNSET) {
		buf_text(&j->how, " since ");
		eligibility_date(j, term->from);
	} else {
		buf_text(&j->how, " of a day that is not known");
	}
	if (!certain)
		buf_text(&j->how, ", perhaps in a row");
}

/* Begun after the day that is asked for, or after this election. */
static bool
is_later(const struct judging *j, const struct candidate_item *term)
{
	return term->from != DATE_UNSET && (term->from > j->on ||
	    (!j->next && j->voting != DATE_UNSET && term->from > j->voting));
}

/* From the last one back.  In a row: as long as each follows the one before,
   and the last is followed by the election. */
static struct terms
count_terms(struct judging *j)
{
	const struct candidate_list *list = &j->c->lists[CANDIDATE_TERMS];
	const struct candidate_item *term;
	int32_t lo = j->voting, hi = j->voting;
	struct terms n = { 0, 0 };
	enum candidate_answer row = CANDIDATE_YES, link;
	unsigned i = list->n;
	bool skipped;

	if (lo == DATE_UNSET) {
		lo = j->on;
		hi = ELIGIBILITY_FAR;
	}
	while (i-- > 0 && row != CANDIDATE_NO) {
		term = &list->items[i];
		if (is_later(j, term))
			continue;
		skipped = eligibility_skips(j, term);
		link = j->bar->in_a_row ? follows(term->until, lo, hi) :
		    CANDIDATE_YES;
		if (link != CANDIDATE_YES)
			row = link == CANDIDATE_NO ? link : CANDIDATE_MAYBE;
		if (row != CANDIDATE_NO && !skipped)
			count_term(j, term, row == CANDIDATE_YES, &n);
		lo = hi = term->from;
	}
	return n;
}

static void
tell_missing(struct judging *j)
{
	const struct candidate_list *list = &j->c->lists[CANDIDATE_TERMS];

	if (j->next)
		eligibility_unknown(j, "who is elected before then");
	else if (j->voting == DATE_UNSET && j->bar->in_a_row)
		eligibility_no_day(j);
	else if (!list->more)
		eligibility_unknown(j, "terms: days that are not known, or "
		    "whether they are in a row");
}

void
eligibility_terms(struct judging *j)
{
	const struct candidate_list *list = &j->c->lists[CANDIDATE_TERMS];
	struct terms n;

	if (list->state == CANDIDATE_UNKNOWN) {
		(void)eligibility_has(j, CANDIDATE_TERMS);
		return;
	}
	n = count_terms(j);
	eligibility_clause(j, n.least == n.most ? "%u%s counted%s, at most %u "
	    "allowed" : "at least %u%s counted%s, at most %u allowed", n.least,
	    n.least == 1 ? " term is" : " terms are",
	    j->bar->in_a_row ? " in a row" : "", j->bar->at_most);
	if (j->bar->counted_since != DATE_UNSET) {
		buf_text(&j->how, " of those begun since ");
		eligibility_date(j, j->bar->counted_since);
	}
	/* By the next election there may be one more; or others in between. */
	n.most += j->next;
	if (n.least >= j->bar->at_most && !(j->next && j->bar->in_a_row)) {
		eligibility_barred(j, j->bar->in_a_row ? STAND_END_OPEN :
		    STAND_END_NEVER, DATE_UNSET);
		return;
	}
	(void)eligibility_has(j, CANDIDATE_TERMS);
	if (n.most >= j->bar->at_most)
		tell_missing(j);
}

/* --- offices -------------------------------------------------------------- */

bool
eligibility_is_word(struct bytes word, const struct bytes *words, unsigned n)
{
	unsigned i;

	for (i = 0; i < n; i++)
		if (bytes_eq(words[i], word))
			return true;
	return false;
}

/* Whether any rule of the law names such an office. */
static bool
law_names(const struct law *law, struct bytes word)
{
	const struct law_version *v;
	unsigned i, k;

	for (i = 0; i < law->nversions; i++) {
		v = &law->versions[i];
		for (k = 0; k < v->nbars; k++)
			if (v->bars[k].rule == BAR_OFFICE &&
			    eligibility_is_word(word,
			    v->bars[k].words, v->bars[k].nwords))
				return true;
	}
	return false;
}

static void
one_office(struct judging *j, const struct candidate_item *item)
{
	struct span s = eligibility_span(j, item);
	enum candidate_answer is = eligibility_holds(s, j->lo, j->hi);
	bool named = eligibility_is_word(item->what, j->bar->words,
	    j->bar->nwords);
	char text[200];

	if (!named && (bytes_is(item->what, "other") ||
	    law_names(j->law, item->what)))
		return;
	eligibility_clause(j, "office: ");
	eligibility_word(j, item->what);
	if (is == CANDIDATE_NO) {
		buf_text(&j->how, ", no longer");
		eligibility_when(j);
	} else if (!named) {
		(void)snprintf(text, sizeof(text), "offices: \"%.*s\" is none "
		    "that this law names (\"other\": none of them)",
		    (int)item->what.n, (const char *)item->what.p);
		eligibility_unknown(j, text);
	} else if (is == CANDIDATE_YES) {
		buf_text(&j->how, item->until == CANDIDATE_OPEN ?
		    ", as long as it is held" : ", until ");
		eligibility_date(j, item->until);
		eligibility_barred(j, item->until == CANDIDATE_OPEN ?
		    STAND_END_OPEN : STAND_END_ON, item->until);
	} else if (item->until == DATE_UNSET) {
		eligibility_unknown(j, "offices: until when");
	} else {
		eligibility_which_day(j, s);
	}
}

void
eligibility_office(struct judging *j)
{
	const struct candidate_list *list = &j->c->lists[CANDIDATE_OFFICES];
	unsigned i;

	if (!eligibility_has(j, CANDIDATE_OFFICES))
		return;
	for (i = 0; i < list->n; i++)
		if (!eligibility_skips(j, &list->items[i]))
			one_office(j, &list->items[i]);
	if (j->how.n == 0 && !list->more)
		eligibility_clause(j, "no such office is given");
}
