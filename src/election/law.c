/*
 * What is asked of a law: the version of a day, the day of voting, the window
 * of a date rule, and where a rule stands.
 */
#include "election/law.h"

#include <assert.h>

static const struct {
	const char *name, *words;
} quantities[Q_COUNT] = {
	[Q_VOTES] = { "votes", "votes of the candidate" },
	[Q_NEXT] = { "next", "votes of the next candidate" },
	[Q_LEAD] = { "lead", "lead over the next candidate" },
	[Q_AGAINST_ALL] = { "against-all", "votes against all" },
	[Q_CANDIDATES] = { "candidates", "votes for all candidates" },
	[Q_VALID] = { "valid", "valid ballots" },
	[Q_VALID_AND_BLANK] = { "valid-and-blank", "valid and blank ballots" },
	[Q_FOUND] = { "found", "ballots found in the boxes" },
	[Q_PARTICIPANTS] = { "participants", "voters who took part" },
	[Q_REGISTERED] = { "registered", "voters on the lists" },
};

static const char *const phases[PHASE_COUNT] = { "called", "nomination",
    "registration", "campaign", "silence", "voting", "counting",
    "between-rounds", "second-voting", "results", "until-inauguration",
    "over" };

const char *
quantity_name(enum quantity q)
{
	assert((unsigned)q < Q_COUNT);
	return quantities[q].name;
}

const char *
quantity_words(enum quantity q)
{
	assert((unsigned)q < Q_COUNT);
	return quantities[q].words;
}

const char *
phase_name(enum phase p)
{
	assert((unsigned)p < PHASE_COUNT);
	return phases[p];
}

const struct law_version *
law_on(const struct law *law, int32_t voting)
{
	const struct law_version *v;
	unsigned i = law->nversions;

	if (voting == DATE_UNSET)
		return i == 0 ? NULL : &law->versions[i - 1];
	while (i > 0) {
		v = &law->versions[--i];
		if (v->from <= voting)
			return v->until == DATE_UNSET || voting <= v->until ?
			    v : NULL;
	}
	return NULL;
}

const struct zone *
law_zone(const struct law *law, int32_t date)
{
	unsigned i = law->nclock - 1;

	assert(law->nclock > 0);
	while (i > 0 && date != DATE_UNSET && law->clock[i].from > date)
		i--;
	return &law->clock[i].zone;
}

void
law_cite(const struct law *law, const struct ground *g, struct buf *b)
{
	const char *between = "";
	unsigned i, s;

	buf_add(b, g->article);
	if (g->article.n > 0)
		between = ", ";
	for (i = 0; i < g->nsources; i++) {
		for (s = 0; s < law->nsources; s++)
			if (bytes_eq(law->sources[s].id, g->sources[i]))
				break;
		if (s == law->nsources)
			continue;
		buf_text(b, between);
		buf_add(b, law->sources[s].title);
		between = "; ";
	}
	if (g->unverified)
		buf_text(b, *between == '\0' ? "(unverified)" :
		    " (unverified)");
}

/* --- the day of voting ---------------------------------------------------- */

static bool
is_holiday(const struct law *law, int32_t day)
{
	struct date_parts parts = date_parts(day);
	unsigned i;

	for (i = 0; i < law->nholidays; i++)
		if (law->holidays[i] == parts.month * 100 + parts.day)
			return true;
	for (i = 0; i < law->nown_holidays; i++)
		if (law->own_holidays[i] == day)
			return true;
	return false;
}

/* The first holiday of so many days, or DATE_UNSET. */
static int32_t
holiday_within(const struct law *law, int32_t from, int32_t until)
{
	for (; from <= until; from++)
		if (is_holiday(law, from))
			return from;
	return DATE_UNSET;
}

/* The day for whose sake it is moved, or DATE_UNSET. */
static int32_t
moved_for(const struct law *law, enum moved_when when, int32_t day)
{
	int32_t monday = day - (int32_t)((date_weekday(day) + 6) % 7);
	unsigned i;

	switch (when) {
	case MOVED_WORKING_SUNDAY:
		for (i = 0; i < law->nworking_sundays; i++)
			if (law->working_sundays[i] == day)
				return day;
		return DATE_UNSET;
	case MOVED_HOLIDAY_ADJACENT:
		return holiday_within(law, day - 1, day + 1);
	case MOVED_HOLIDAY_WEEK:
		return holiday_within(law, monday, monday + 6);
	case MOVED_HOLIDAY:
		return holiday_within(law, day, day);
	}
	return DATE_UNSET;
}

static void
tell_move(const struct law_moved *m, int32_t why, int32_t to, struct buf *b)
{
	int n = m->days < 0 ? -m->days : m->days;
	bool weeks = n % 7 == 0;

	buf_printf(b, ", moved by %d %s%s to ", weeks ? n / 7 : n,
	    weeks ? "week" : "day", (weeks ? n / 7 : n) == 1 ? "" : "s");
	date_words(b, to);
	buf_text(b, " because ");
	date_words(b, why);
	buf_text(b, m->when == MOVED_WORKING_SUNDAY ? " is a working Sunday" :
	    m->when == MOVED_HOLIDAY_WEEK ? " is a holiday of that week" :
	    " is a holiday");
}

struct walk {			/* over entries that are counted from others */
	const struct law_version *v;
	const struct when_known *known;
	unsigned depth, *steps;
};

/* A window stands for its last day. */
static int32_t
entry_day(void *ctx, struct bytes id)
{
	const struct walk *walk = ctx;
	struct walk deeper = *walk;
	struct when_known known = *walk->known;
	const struct law_date *date = NULL;
	struct when_day from, until;
	unsigned i;

	for (i = 0; i < walk->v->nentries; i++)
		if (bytes_eq(walk->v->entries[i].id, id))
			date = &walk->v->entries[i].date;
	if (date == NULL || walk->depth >= LAW_CHAIN ||
	    *walk->steps >= LAW_STEPS)
		return DATE_UNSET;
	*walk->steps += 1;
	deeper.depth++;
	known.ctx = &deeper;
	law_window(date, &known, &from, &until, NULL);
	return date->until == NULL ? from.date : until.date;
}

int32_t
law_voting_day(const struct law *law, const struct law_version *v,
    const struct when_known *known, struct buf *words)
{
	const struct law_voting_day *rule = &v->voting_day;
	struct when_known in_year = *known;
	int64_t months = (int64_t)rule->term_years * 12;
	int32_t day, why = DATE_UNSET;
	unsigned i, steps = 0;
	struct walk walk = { v, &in_year, 0, &steps };

	if (!rule->ground.there || rule->on == NULL)
		return DATE_UNSET;
	in_year.entry = entry_day;
	in_year.ctx = &walk;
	in_year.anchors[ANCHOR_VOTING] = DATE_UNSET;
	if (rule->term_years > 0) {
		in_year.anchors[ANCHOR_PREVIOUS_VOTING] = date_add_months(
		    known->anchors[ANCHOR_PREVIOUS_VOTING], months);
		in_year.anchors[ANCHOR_VOTING] =
		    in_year.anchors[ANCHOR_PREVIOUS_VOTING];
	}
	day = when_day(rule->on, &in_year, words).date;
	if (day == DATE_UNSET)
		return day;
	if (words != NULL) {
		buf_text(words, ", ");
		date_words(words, day);
	}
	for (i = 0; i < rule->nmoved && why == DATE_UNSET; i++)
		why = moved_for(law, rule->moved[i].when, day);
	if (why == DATE_UNSET)
		return day;
	day = date_add_days(day, rule->moved[i - 1].days);
	if (words != NULL)
		tell_move(&rule->moved[i - 1], why, day, words);
	return day;
}

/* --- windows -------------------------------------------------------------- */

static const struct when_day unset = { DATE_UNSET, WHEN_NO_HOUR };

static void
tell_weekday(int32_t was, int32_t is, struct buf *words)
{
	if (was == is || is == DATE_UNSET || words == NULL)
		return;
	buf_printf(words, ", %s ", date_weekday_name(is));
	date_words(words, is);
}

/* Within a window, inwards; a single day: on or after it. */
static void
to_weekday(const struct law_date *d, struct when_day *from,
    struct when_day *until, struct buf *words)
{
	struct when_day was_from = *from, was_until = *until;
	unsigned weekday = (unsigned)d->weekday;

	from->date = date_weekday_from(from->date, weekday);
	until->date = d->on != NULL ? from->date :
	    date_weekday_until(until->date, weekday);
	tell_weekday(was_from.date, from->date, words);
	if (d->on == NULL)
		tell_weekday(was_until.date, until->date, words);
	if (d->on != NULL || from->date == DATE_UNSET ||
	    until->date == DATE_UNSET || from->date <= until->date)
		return;
	*from = *until = unset;
	if (words != NULL)
		buf_text(words, ": no such weekday lies within");
}

void
law_window(const struct law_date *d, const struct when_known *known,
    struct when_day *from, struct when_day *until, struct buf *words)
{
	*from = *until = unset;
	if (d->on != NULL) {
		*from = *until = when_day(d->on, known, words);
	} else {
		if (d->from != NULL && words != NULL)
			buf_text(words, "from ");
		if (d->from != NULL)
			*from = when_day(d->from, known, words);
		if (d->until != NULL && words != NULL)
			buf_text(words, d->from == NULL ? "until " :
			    "; until ");
		if (d->until != NULL)
			*until = when_day(d->until, known, words);
	}
	if (d->weekday >= 0)
		to_weekday(d, from, until, words);
	if (from->date == DATE_UNSET || until->date == DATE_UNSET ||
	    from->date <= until->date)
		return;
	*from = *until = unset;
	if (words != NULL)
		buf_text(words, ": it would end before it begins");
}
