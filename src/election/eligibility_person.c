/*
 * Rules on the person: age, residence, citizenship.
 */
#include "election/eligibility_inside.h"

/* "since 4 May 1990", "from 4 May 1990 to 2 June 2001". */
static void
tell_period(struct judging *j, const struct candidate_item *item)
{
	if (item->from == DATE_UNSET && item->until == CANDIDATE_OPEN) {
		buf_text(&j->how, " since a day that is not known");
		return;
	}
	buf_text(&j->how, item->until == CANDIDATE_OPEN ? " since " :
	    " from ");
	if (item->from == DATE_UNSET)
		buf_text(&j->how, "a day that is not known");
	eligibility_date(j, item->from);
	if (item->until == CANDIDATE_OPEN)
		return;
	buf_text(&j->how, " to ");
	if (item->until == DATE_UNSET)
		buf_text(&j->how, "a day that is not known");
	eligibility_date(j, item->until);
}

/* --- age ------------------------------------------------------------------ */

void
eligibility_age(struct judging *j)
{
	int32_t reached = eligibility_years(j->c->born, j->bar->at_least);

	if (j->c->born == DATE_UNSET) {
		eligibility_unknown(j, "born");
		return;
	}
	eligibility_clause(j, "born on ");
	eligibility_date(j, j->c->born);
	if (j->lo == j->hi && j->lo >= j->c->born) {
		buf_printf(&j->how, ": %d years old", date_years(j->c->born,
		    j->lo));
		eligibility_when(j);
	}
	if (j->lo >= reached)
		return;
	buf_printf(&j->how, "%s %u years old on ", j->lo == j->hi ? "," : ":",
	    j->bar->at_least);
	eligibility_date(j, reached);
	if (j->hi < reached)
		eligibility_barred(j, STAND_END_ON, reached);
	else
		eligibility_no_day(j);
}

/* --- residence ------------------------------------------------------------ */

struct stay {
	int32_t from, until;
};

/* Whether a period counts; what is not known of it is taken for the worst, or
   for the best. */
static bool
stay_of(struct judging *j, const struct candidate_item *item, bool best,
    struct stay *stay)
{
	*stay = (struct stay){ item->from, item->until };
	if (item->from != DATE_UNSET && item->from > j->on)
		return false;
	if (j->bar->permanent && (item->permanent == CANDIDATE_NO ||
	    (item->permanent == CANDIDATE_MAYBE && !best)))
		return false;
	if (!best)
		return item->from != DATE_UNSET && item->until != DATE_UNSET;
	if (item->from == DATE_UNSET)
		stay->from = j->c->born != DATE_UNSET ? j->c->born :
		    date_of(1, 1, 1);
	if (item->until == DATE_UNSET)
		stay->until = j->on;
	return true;
}

/* The day on which the years are full, or CANDIDATE_OPEN: never, as things
   stand.  Days away between two periods put it off. */
static int32_t
years_in_all(struct judging *j, bool best)
{
	const struct candidate_list *list =
	    &j->c->lists[CANDIDATE_RESIDENCE];
	int32_t full = DATE_UNSET, end = DATE_UNSET;
	struct stay stay;
	unsigned i;

	for (i = 0; i < list->n; i++) {
		if (!stay_of(j, &list->items[i], best, &stay))
			continue;
		if (full == DATE_UNSET) {
			full = eligibility_years(stay.from, j->bar->at_least);
			end = stay.until;
			continue;
		}
		if (full <= end)
			return full;
		if (stay.from > end)
			full = date_add_days(full, stay.from - end > 1 ?
			    (int64_t)stay.from - end : 0);
		if (stay.until > end)
			end = stay.until;
	}
	return full != DATE_UNSET && full <= end ? full : CANDIDATE_OPEN;
}

/* The same of the last years alone, without a day away. */
static int32_t
years_just_before(struct judging *j, bool best)
{
	const struct candidate_list *list =
	    &j->c->lists[CANDIDATE_RESIDENCE];
	struct stay run = { DATE_UNSET, DATE_UNSET }, stay;
	unsigned i;

	for (i = 0; i < list->n; i++) {
		if (!stay_of(j, &list->items[i], best, &stay))
			continue;
		if (run.from != DATE_UNSET && j->lo == j->hi &&
		    j->lo <= run.until)
			break;
		if (run.from == DATE_UNSET || stay.from - 1 > run.until)
			run = stay;
		else if (stay.until > run.until)
			run.until = stay.until;
	}
	if (run.from == DATE_UNSET || run.until < (best ? j->lo : j->hi))
		return CANDIDATE_OPEN;
	return eligibility_years(run.from, j->bar->at_least);
}

/* Whether there is a period that holds on the whole of a span of days. */
static bool
lives_there(struct judging *j, int32_t lo, int32_t hi)
{
	const struct candidate_list *list =
	    &j->c->lists[CANDIDATE_RESIDENCE];
	struct stay stay;
	unsigned i;

	for (i = 0; i < list->n; i++)
		if (stay_of(j, &list->items[i], false, &stay) &&
		    stay.from <= lo && stay.until >= hi)
			return true;
	return false;
}

/* The years are full.  Whether they count for one who does not live there any
   more, laws do not tell. */
static void
goes_on(struct judging *j, int32_t full, bool just_before)
{
	if (just_before || lives_there(j, j->lo, j->hi)) {
		if (full > j->on)
			buf_text(&j->how, ", if the residence goes on");
	} else if (j->lo != j->hi && lives_there(j, j->lo, j->lo)) {
		eligibility_no_day(j);
	} else {
		eligibility_unknown(j, "residence: whether the years count "
		    "without residence on the day itself: the law must be "
		    "asked");
	}
}

/* Whether something is not known of a period. */
static bool
is_vague(const struct judging *j)
{
	const struct candidate_list *list =
	    &j->c->lists[CANDIDATE_RESIDENCE];
	bool vague = false;
	unsigned i;

	for (i = 0; i < list->n; i++)
		vague = vague || list->items[i].from == DATE_UNSET ||
		    list->items[i].until == DATE_UNSET ||
		    (j->bar->permanent &&
		    list->items[i].permanent == CANDIDATE_MAYBE);
	return vague;
}

static void
tell_residence(struct judging *j)
{
	const struct candidate_list *list =
	    &j->c->lists[CANDIDATE_RESIDENCE];
	const struct candidate_item *item;
	unsigned i;

	if (list->state == CANDIDATE_NONE)
		eligibility_clause(j, "no residence in the country");
	for (i = 0; i < list->n; i++) {
		item = &list->items[i];
		if (item->from != DATE_UNSET && item->from > j->on)
			continue;
		eligibility_clause(j, item->permanent == CANDIDATE_YES ?
		    "permanent residence" : item->permanent == CANDIDATE_NO ?
		    "residence, not permanent," : "residence");
		tell_period(j, item);
	}
}

void
eligibility_residence(struct judging *j)
{
	const struct candidate_list *list =
	    &j->c->lists[CANDIDATE_RESIDENCE];
	bool just_before = j->bar->just_before || j->bar->at_least == 0;
	int32_t worst, best;

	tell_residence(j);
	if (list->state == CANDIDATE_UNKNOWN) {
		(void)eligibility_has(j, CANDIDATE_RESIDENCE);
		return;
	}
	worst = just_before ? years_just_before(j, false) :
	    years_in_all(j, false);
	best = just_before ? years_just_before(j, true) :
	    years_in_all(j, true);
	if (j->bar->at_least > 0 && best == worst && best < ELIGIBILITY_FAR) {
		eligibility_clause(j, "%u years are full on ",
		    j->bar->at_least);
		eligibility_date(j, best);
	}
	if (j->lo >= worst) {
		goes_on(j, worst, just_before);
		return;
	}
	if (!eligibility_has(j, CANDIDATE_RESIDENCE))
		return;
	if (list->more)
		;
	else if (j->hi < best)
		eligibility_barred(j, best == CANDIDATE_OPEN ?
		    STAND_END_OPEN : best == worst ? STAND_END_ON :
		    STAND_END_NOT_BEFORE, best);
	else if (best != worst && is_vague(j))
		eligibility_unknown(j, "residence: days that are not known, "
		    "or whether it was permanent");
	else
		eligibility_no_day(j);
}

/* --- citizenship ---------------------------------------------------------- */

static struct bytes
own_country(const struct judging *j)
{
	return j->bar->of.n > 0 ? j->bar->of : j->law->country;
}

static void
own_years(struct judging *j, const struct candidate_item *own)
{
	int32_t full = eligibility_years(own->from, j->bar->at_least);

	if (j->bar->at_least == 0 || (full != DATE_UNSET && j->lo >= full))
		return;
	if (full == DATE_UNSET)
		eligibility_unknown(j, "citizenships: since when");
	else if (j->hi < full)
		eligibility_barred(j, STAND_END_ON, full);
	else
		eligibility_no_day(j);
}

/* A citizenship by birth may be lost and come back as another. */
static void
own_birth(struct judging *j, const struct candidate_item *own)
{
	const struct candidate_list *list =
	    &j->c->lists[CANDIDATE_CITIZENSHIPS];
	bool once = false;
	unsigned i;

	for (i = 0; i < list->n; i++)
		once = once || (list->items[i].by_birth == CANDIDATE_YES &&
		    bytes_eq(list->items[i].what, own->what) &&
		    list->items[i].not_counted.n == 0);
	if (own->by_birth == CANDIDATE_YES)
		return;
	if (own->by_birth == CANDIDATE_MAYBE) {
		eligibility_unknown(j, "citizenships: whether by birth");
	} else if (once) {
		eligibility_unknown(j, "citizenships: whether one by birth "
		    "that was regained is by birth: the law must be asked");
	} else {
		buf_text(&j->how, ", not by birth");
		eligibility_barred(j, STAND_END_NEVER, DATE_UNSET);
	}
}

static void
own_citizenship(struct judging *j)
{
	const struct candidate_list *list =
	    &j->c->lists[CANDIDATE_CITIZENSHIPS];
	const struct candidate_item *own = NULL;
	enum candidate_answer is = CANDIDATE_NO, one;
	unsigned i;

	for (i = 0; i < list->n; i++) {
		if (!bytes_eq(list->items[i].what, own_country(j)) ||
		    eligibility_skips(j, &list->items[i]))
			continue;
		one = eligibility_holds(eligibility_span(j, &list->items[i]),
		    j->lo, j->hi);
		if (one == CANDIDATE_NO || is == CANDIDATE_YES)
			continue;
		is = one;
		own = &list->items[i];
	}
	if (own == NULL && list->more) {
		(void)eligibility_has(j, CANDIDATE_CITIZENSHIPS);
	} else if (own == NULL) {
		eligibility_clause(j, "no citizen of ");
		eligibility_word(j, own_country(j));
		eligibility_when(j);
		eligibility_barred(j, STAND_END_OPEN, DATE_UNSET);
	} else {
		eligibility_clause(j, "citizen of ");
		eligibility_word(j, own->what);
		if (own->by_birth == CANDIDATE_YES)
			buf_text(&j->how, " by birth");
		tell_period(j, own);
		if (is == CANDIDATE_MAYBE && own->until == DATE_UNSET)
			eligibility_unknown(j, "citizenships: until when");
		else if (is == CANDIDATE_MAYBE)
			eligibility_which_day(j, eligibility_span(j, own));
		own_years(j, own);
		if (j->bar->by_birth)
			own_birth(j, own);
	}
}

/* A citizenship of another state, or leave to reside there. */
static void
other(struct judging *j, const struct candidate_item *item, bool permit)
{
	struct span s = eligibility_span(j, item);
	enum candidate_answer is = eligibility_holds(s, j->lo, j->hi);

	if (s.begin_min > j->hi)
		return;
	eligibility_clause(j, permit ? "residence permit of " :
	    "citizenship of ");
	eligibility_word(j, item->what);
	tell_period(j, item);
	if (j->bar->never_other) {
		eligibility_barred(j, STAND_END_NEVER, DATE_UNSET);
	} else if (is == CANDIDATE_YES) {
		eligibility_barred(j, item->until == CANDIDATE_OPEN ?
		    STAND_END_OPEN : STAND_END_ON, item->until);
	} else if (is == CANDIDATE_MAYBE) {
		if (item->until == DATE_UNSET)
			eligibility_unknown(j, permit ? "residence-permits: "
			    "until when" : "citizenships: until when");
		else
			eligibility_which_day(j, s);
	}
}

static void
others(struct judging *j, enum candidate_fact fact)
{
	const struct candidate_list *list = &j->c->lists[fact];
	bool any = false;
	unsigned i;

	if (!eligibility_has(j, fact))
		return;
	for (i = 0; i < list->n; i++) {
		if (bytes_eq(list->items[i].what, own_country(j)) ||
		    eligibility_skips(j, &list->items[i]))
			continue;
		other(j, &list->items[i], fact == CANDIDATE_PERMITS);
		any = true;
	}
	if (!any && !list->more)
		eligibility_clause(j, fact == CANDIDATE_PERMITS ?
		    "no residence permit of another state is given" :
		    "no other citizenship is given");
}

void
eligibility_citizenship(struct judging *j)
{
	const struct law_bar *bar = j->bar;

	if (bar->of.n > 0 || bar->by_birth || bar->at_least > 0) {
		if (j->c->lists[CANDIDATE_CITIZENSHIPS].state ==
		    CANDIDATE_UNKNOWN)
			(void)eligibility_has(j, CANDIDATE_CITIZENSHIPS);
		else
			own_citizenship(j);
	}
	if (bar->no_other || bar->never_other)
		others(j, CANDIDATE_CITIZENSHIPS);
	if (bar->no_foreign_permit)
		others(j, CANDIDATE_PERMITS);
}
