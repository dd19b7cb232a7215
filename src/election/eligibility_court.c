/*
 * Rules on what courts decided: incapacity, imprisonment, convictions.
 */
#include <stdio.h>

#include "election/eligibility_inside.h"

/* --- incapacity ----------------------------------------------------------- */

void
eligibility_incapacity(struct judging *j)
{
	const struct candidate_list *list =
	    &j->c->lists[CANDIDATE_INCAPACITY];
	const struct candidate_item *item;
	enum candidate_answer is;
	struct span s;
	unsigned i;

	if (!eligibility_has(j, CANDIDATE_INCAPACITY))
		return;
	if (list->state == CANDIDATE_NONE)
		eligibility_clause(j, "no such decision");
	for (i = 0; i < list->n; i++) {
		item = &list->items[i];
		if (eligibility_skips(j, item))
			continue;
		s = eligibility_span(j, item);
		is = eligibility_holds(s, j->lo, j->hi);
		eligibility_clause(j, is == CANDIDATE_NO ?
		    "a decision that no longer holds" : "decision of a court");
		if (item->from != DATE_UNSET) {
			buf_text(&j->how, " of ");
			eligibility_date(j, item->from);
		}
		if (is == CANDIDATE_YES)
			eligibility_barred(j, item->until == CANDIDATE_OPEN ?
			    STAND_END_OPEN : STAND_END_ON, item->until);
		else if (is == CANDIDATE_MAYBE && item->until == DATE_UNSET)
			eligibility_unknown(j, "incapacity: until when");
		else if (is == CANDIDATE_MAYBE)
			eligibility_which_day(j, s);
	}
}

/* --- imprisonment --------------------------------------------------------- */

/* An end that is not known may lie ahead. */
static struct span
sentence_span(struct judging *j, const struct candidate_item *item)
{
	struct span s = eligibility_span(j, item);

	if (item->until == DATE_UNSET)
		s.end_max = CANDIDATE_OPEN;
	return s;
}

/* Where sentences that overlap or follow each other end. */
static struct span
chain_end(struct judging *j, struct span end)
{
	const struct candidate_list *list =
	    &j->c->lists[CANDIDATE_IMPRISONMENT];
	struct span s;
	bool longer = true;
	unsigned i;

	while (longer) {
		longer = false;
		for (i = 0; i < list->n; i++) {
			if (list->items[i].not_counted.n > 0 ||
			    (list->items[i].from != DATE_UNSET &&
			    list->items[i].from > j->on))
				continue;
			s = sentence_span(j, &list->items[i]);
			if (s.begin_max > end.end_min ||
			    s.end_min < end.end_min ||
			    (s.end_min == end.end_min &&
			    s.end_max <= end.end_max))
				continue;
			end = s;
			longer = true;
		}
	}
	return end;
}

static void
tell_sentence(struct judging *j, const struct candidate_item *item)
{
	eligibility_clause(j, "sentence");
	if (item->article.n > 0) {
		buf_text(&j->how, " under ");
		eligibility_word(j, item->article);
	}
	if (item->from != DATE_UNSET) {
		buf_text(&j->how, " from ");
		eligibility_date(j, item->from);
	}
	buf_text(&j->how, item->until == CANDIDATE_OPEN ? " for life" :
	    item->until == DATE_UNSET ? " until a day that is not known" :
	    " until ");
	eligibility_date(j, item->until);
}

void
eligibility_imprisonment(struct judging *j)
{
	const struct candidate_list *list =
	    &j->c->lists[CANDIDATE_IMPRISONMENT];
	const struct candidate_item *item;
	enum candidate_answer is;
	struct span s;
	unsigned i;

	if (!eligibility_has(j, CANDIDATE_IMPRISONMENT))
		return;
	if (list->state == CANDIDATE_NONE)
		eligibility_clause(j, "serves no sentence");
	for (i = 0; i < list->n; i++) {
		item = &list->items[i];
		if (eligibility_skips(j, item))
			continue;
		tell_sentence(j, item);
		s = sentence_span(j, item);
		is = eligibility_holds(s, j->lo, j->hi);
		if (is == CANDIDATE_MAYBE && item->until == DATE_UNSET)
			eligibility_unknown(j, "imprisonment: until when");
		else if (is == CANDIDATE_MAYBE)
			eligibility_which_day(j, s);
		if (is != CANDIDATE_YES)
			continue;
		s = chain_end(j, s);
		eligibility_barred(j, s.end_min == CANDIDATE_OPEN ?
		    STAND_END_NEVER : s.end_min == s.end_max ? STAND_END_ON :
		    STAND_END_NOT_BEFORE, s.end_min);
	}
}

/* --- convictions ---------------------------------------------------------- */

/* Whether any rule of the law names such a class. */
static bool
law_names(const struct law *law, struct bytes word)
{
	const struct law_bar *b;
	unsigned i, k, w;

	for (i = 0; i < law->nversions; i++)
		for (k = 0; k < law->versions[i].nbars; k++) {
			b = &law->versions[i].bars[k];
			for (w = 0; b->rule == BAR_CONVICTION &&
			    w < b->nwords; w++)
				if (bytes_eq(b->words[w], word))
					return true;
		}
	return bytes_is(word, "other");
}

/* Whether the rule is about such an offence.  A class that the law does not
   name may be misspelt, or of another law. */
static enum candidate_answer
is_about(struct judging *j, const struct candidate_item *item, bool matters)
{
	enum candidate_answer is = item->noffences == 0 ? CANDIDATE_MAYBE :
	    CANDIDATE_NO;
	char text[200];
	unsigned i, w;

	if (j->bar->nwords == 0)
		return CANDIDATE_YES;
	if (item->noffences == 0 && matters)
		eligibility_unknown(j, "convictions: the class of the "
		    "offence");
	for (i = 0; i < item->noffences; i++)
		for (w = 0; w < j->bar->nwords; w++)
			if (bytes_eq(item->offences[i], j->bar->words[w]))
				return CANDIDATE_YES;
	for (i = 0; i < item->noffences; i++) {
		if (law_names(j->law, item->offences[i]))
			continue;
		is = CANDIDATE_MAYBE;
		if (!matters)
			continue;
		(void)snprintf(text, sizeof(text), "convictions: \"%.*s\" is "
		    "no class that this law names (\"other\": none of them)",
		    (int)item->offences[i].n,
		    (const char *)item->offences[i].p);
		eligibility_unknown(j, text);
	}
	return is;
}

static enum candidate_answer
is_since(struct judging *j, const struct candidate_item *item)
{
	if (j->bar->after == DATE_UNSET)
		return CANDIDATE_YES;
	if (item->from == DATE_UNSET)
		return CANDIDATE_MAYBE;
	return item->from > j->bar->after ? CANDIDATE_YES : CANDIDATE_NO;
}

static int32_t
later(int32_t a, int32_t b)
{
	return a == DATE_UNSET || (b != DATE_UNSET && b > a) ? b : a;
}

/* From the sentence on; the end is counted from it, or from when the
   conviction is spent, which is not before the sentence is served. */
static struct span
bar_span(struct judging *j, const struct candidate_item *item)
{
	struct span s = { item->from, item->from, CANDIDATE_OPEN,
	    CANDIDATE_OPEN };
	unsigned years = j->bar->years_after_spent > 0 ?
	    (unsigned)j->bar->years_after_spent : 0;
	int32_t least = later(item->from, item->until);

	if (item->from == DATE_UNSET) {
		s.begin_min = ELIGIBILITY_LONG_AGO;
		s.begin_max = j->on;
	}
	if (j->bar->years_after_sentence >= 0) {
		years = (unsigned)j->bar->years_after_sentence;
		s.end_min = s.end_max = eligibility_years(item->from, years);
		if (item->from == DATE_UNSET) {
			s.end_min = ELIGIBILITY_LONG_AGO;
			s.end_max = eligibility_years(j->on, years);
		}
	} else if (item->spent != DATE_UNSET &&
	    item->spent != CANDIDATE_OPEN) {
		s.end_min = s.end_max = eligibility_years(item->spent, years);
	} else {
		if (item->spent == CANDIDATE_OPEN)
			least = later(least, j->on);
		s.end_min = least == DATE_UNSET ? ELIGIBILITY_LONG_AGO :
		    eligibility_years(least, years);
	}
	return s;
}

static void
tell_conviction(struct judging *j, const struct candidate_item *item)
{
	unsigned i;

	eligibility_clause(j, "conviction");
	if (item->from != DATE_UNSET) {
		buf_text(&j->how, " of ");
		eligibility_date(j, item->from);
	}
	buf_text(&j->how, item->noffences > 0 || item->article.n > 0 ?
	    " (" : "");
	for (i = 0; i < item->noffences; i++) {
		buf_text(&j->how, i == 0 ? "" : ", ");
		eligibility_word(j, item->offences[i]);
	}
	if (item->article.n > 0) {
		buf_text(&j->how, item->noffences > 0 ? ", " : "");
		eligibility_word(j, item->article);
	}
	buf_text(&j->how, item->noffences > 0 || item->article.n > 0 ?
	    ")" : "");
}

/* "10 years after the conviction was spent on 4 May 2021". */
static void
tell_end(struct judging *j, const struct candidate_item *item, struct span s)
{
	int years = j->bar->years_after_spent;

	buf_text(&j->how, ": ");
	if (j->bar->years_after_sentence >= 0) {
		buf_printf(&j->how, "%d years after the sentence",
		    j->bar->years_after_sentence);
	} else if (item->spent == DATE_UNSET || item->spent ==
	    CANDIDATE_OPEN) {
		if (item->until == CANDIDATE_OPEN)
			buf_text(&j->how, "for life");
		else if (item->until != DATE_UNSET &&
		    item->until >= j->on)
			buf_text(&j->how, "not spent before the sentence ends "
			    "on ");
		else
			buf_text(&j->how, item->spent == DATE_UNSET ?
			    "when it was or will be spent is not known" :
			    "not spent so far");
		if (item->until != DATE_UNSET && item->until >= j->on)
			eligibility_date(j, item->until);
		if (years > 0 && item->until != CANDIDATE_OPEN)
			buf_printf(&j->how, ", and %d years after that it "
			    "still bars", years);
		return;
	} else {
		if (years > 0)
			buf_printf(&j->how, "%d years after the conviction "
			    "was spent on ", years);
		else
			buf_text(&j->how, "spent on ");
		eligibility_date(j, item->spent);
	}
	if ((years > 0 || j->bar->years_after_sentence >= 0) &&
	    s.end_min == s.end_max) {
		buf_text(&j->how, ": until ");
		eligibility_date(j, s.end_min);
	}
}

static void
one_conviction(struct judging *j, const struct candidate_item *item)
{
	struct span s = bar_span(j, item);
	enum candidate_answer is = eligibility_holds(s, j->lo, j->hi);
	enum candidate_answer since = is_since(j, item);
	bool over = is == CANDIDATE_NO || since == CANDIDATE_NO;
	enum candidate_answer about = is_about(j, item, !over);

	if (about == CANDIDATE_NO || since == CANDIDATE_NO)
		return;
	tell_conviction(j, item);
	tell_end(j, item, s);
	if (over)
		return;
	if (since == CANDIDATE_MAYBE)
		eligibility_unknown(j, "convictions: the day of the sentence");
	else if (about == CANDIDATE_YES && is == CANDIDATE_YES)
		eligibility_barred(j, s.end_min == CANDIDATE_OPEN ?
		    STAND_END_NEVER : s.end_min == s.end_max ? STAND_END_ON :
		    STAND_END_NOT_BEFORE, s.end_min);
	else if (is == CANDIDATE_YES)
		;
	else if (s.end_min == s.end_max)
		eligibility_which_day(j, s);
	else
		eligibility_unknown(j, j->bar->years_after_sentence >= 0 ?
		    "convictions: the day of the sentence" :
		    "convictions: when it was or will be spent");
}

void
eligibility_conviction(struct judging *j)
{
	const struct candidate_list *list =
	    &j->c->lists[CANDIDATE_CONVICTIONS];
	unsigned i;

	if (!eligibility_has(j, CANDIDATE_CONVICTIONS))
		return;
	if (list->state == CANDIDATE_NONE)
		eligibility_clause(j, "no conviction");
	for (i = 0; i < list->n; i++)
		if (!eligibility_skips(j, &list->items[i]))
			one_conviction(j, &list->items[i]);
	if (j->how.n == 0 && !list->more)
		eligibility_clause(j, "no conviction that this rule is "
		    "about");
}
