/*
 * Days that are not known exactly, the words of an answer, and the days of the
 * elections that are asked about.
 */
#include <stdarg.h>
#include <stdio.h>

#include "base/limits.h"
#include "election/eligibility_inside.h"

/* --- runs of days --------------------------------------------------------- */

enum candidate_answer
eligibility_holds(struct span s, int32_t lo, int32_t hi)
{
	if (lo >= s.begin_max && hi < s.end_min)
		return CANDIDATE_YES;
	if (hi < s.begin_min || lo > s.end_max)
		return CANDIDATE_NO;
	return CANDIDATE_MAYBE;
}

/* What is in the file without its beginning has begun. */
struct span
eligibility_span(const struct judging *j, const struct candidate_item *item)
{
	struct span s = { item->from, item->from, item->until, item->until };

	if (item->from == DATE_UNSET) {
		s.begin_min = ELIGIBILITY_LONG_AGO;
		s.begin_max = j->on;
	}
	if (item->until == DATE_UNSET) {
		s.end_min = s.begin_min;
		s.end_max = j->on;
	}
	return s;
}

bool
eligibility_skips(struct judging *j, const struct candidate_item *item)
{
	if (item->from != DATE_UNSET && item->from > j->on)
		return true;
	if (item->not_counted.n == 0)
		return false;
	eligibility_clause(j, "not counted, as the file says");
	if (item->what.n > 0) {
		buf_text(&j->how, ": ");
		eligibility_word(j, item->what);
	}
	if (item->from != DATE_UNSET) {
		buf_text(&j->how, " of ");
		eligibility_date(j, item->from);
	}
	buf_text(&j->how, " (");
	eligibility_word(j, item->not_counted);
	buf_text(&j->how, ")");
	return true;
}

int32_t
eligibility_years(int32_t date, unsigned years)
{
	int32_t to;

	if (date == DATE_UNSET || date >= ELIGIBILITY_FAR)
		return date;
	to = date_add_months(date, (int64_t)years * 12);
	if (to == DATE_UNSET)
		return ELIGIBILITY_FAR;
	return date_parts(to).day == date_parts(date).day ? to :
	    date_add_days(to, 1);
}

/* --- the answer ----------------------------------------------------------- */

static int
rank(enum stand_end end)
{
	return end == STAND_END_NEVER ? 2 : end == STAND_END_OPEN ? 1 : 0;
}

void
eligibility_barred(struct judging *j, enum stand_end end, int32_t until)
{
	bool first = j->state != STAND_BARRED;

	j->state = STAND_BARRED;
	if (!first && (rank(end) < rank(j->end) ||
	    (rank(end) == rank(j->end) && until < j->until)))
		return;
	if (!first && rank(end) == 0 && until == j->until &&
	    end == STAND_END_ON)
		end = j->end;
	j->end = end;
	j->until = rank(end) == 0 ? until : DATE_UNSET;
}

void
eligibility_unknown(struct judging *j, const char *missing)
{
	if (j->state != STAND_BARRED)
		j->state = STAND_UNKNOWN;
	if (j->missing.n > 0 && bytes_find(buf_bytes(&j->missing),
	    bytes_of(missing), 0) != SIZE_MAX)
		return;
	buf_text(&j->missing, j->missing.n > 0 ? "; " : "");
	buf_text(&j->missing, missing);
}

void
eligibility_clause(struct judging *j, const char *format, ...)
{
	char text[400];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	buf_text(&j->how, j->how.n > 0 ? "; " : "");
	buf_text(&j->how, text);
}

void
eligibility_word(struct judging *j, struct bytes word)
{
	buf_add(&j->how, word);
}

void
eligibility_date(struct judging *j, int32_t date)
{
	date_words(&j->how, date);
}

void
eligibility_when(struct judging *j)
{
	buf_text(&j->how, " on ");
	if (j->lo == j->hi)
		date_words(&j->how, j->lo);
	else
		buf_text(&j->how, "the day of voting");
}

void
eligibility_no_day(struct judging *j)
{
	eligibility_unknown(j, j->voting == DATE_UNSET ? "the day of voting" :
	    "the day that the rule is measured on");
}

void
eligibility_which_day(struct judging *j, struct span s)
{
	if (j->lo != j->hi)
		eligibility_no_day(j);
	else if (s.end_min == s.end_max && j->lo == s.end_max)
		eligibility_unknown(j, "whether the very day on which it ends "
		    "still counts: the law must be asked");
	else
		eligibility_unknown(j, "since when");
}

bool
eligibility_has(struct judging *j, enum candidate_fact fact)
{
	const struct candidate_list *list = &j->c->lists[fact];
	char text[64];

	if (list->state != CANDIDATE_UNKNOWN && !list->more)
		return true;
	(void)snprintf(text, sizeof(text), list->more ? "%s: whether there "
	    "are others" : "%s", candidate_fact_name(fact));
	eligibility_unknown(j, text);
	return list->state != CANDIDATE_UNKNOWN;
}

/* --- the elections -------------------------------------------------------- */

static bool
calendar_of(const struct law *law, const struct law_version *version,
    int32_t voting, const struct calendar **to, struct arena *arena)
{
	struct calendar_facts facts = calendar_facts(law, voting);

	*to = NULL;
	if (version == NULL || voting == DATE_UNSET)
		return true;
	*to = calendar_make(&facts, arena);
	return *to != NULL;
}

/* The day by the rule of a version, counted from this election. */
static int32_t
next_by(const struct eligibility_setting *set,
    const struct law_version *version, struct buf *words)
{
	struct when_known known = calendar_known(set->calendar);
	unsigned i;

	for (i = 0; i < ANCHOR_COUNT; i++)
		known.anchors[i] = DATE_UNSET;
	known.anchors[ANCHOR_PREVIOUS_VOTING] = set->voting;
	known.anchors[ANCHOR_PREVIOUS_INAUGURATION] =
	    set->calendar->facts.anchors[ANCHOR_INAUGURATION];
	buf_reset(words);
	return law_voting_day(set->law, version, &known, words);
}

static void
find_next(struct eligibility_setting *set, struct buf *words)
{
	const struct law_version *then;
	int32_t day, again;

	if (set->calendar == NULL) {
		buf_text(words, "the day of voting is not known");
		return;
	}
	day = next_by(set, set->version, words);
	then = day == DATE_UNSET ? NULL : law_on(set->law, day);
	if (then != NULL && then != set->version) {
		again = next_by(set, then, words);
		if (again != DATE_UNSET && law_on(set->law, again) == then)
			day = again;
		else
			day = next_by(set, set->version, words);
	}
	if (!set->version->voting_day.ground.there)
		buf_text(words, "the data of this law has no rule for it");
	if (day == DATE_UNSET || day <= set->voting)
		return;
	set->next = day;
	set->next_version = law_on(set->law, day);
	set->next_unverified = set->next_version == NULL ||
	    set->next_version->voting_day.ground.unverified;
}

bool
eligibility_set(struct eligibility_setting *set, const struct law *law,
    int32_t on, int32_t voting, struct arena *arena)
{
	struct buf words = buf_with(16 * KIB);
	bool done;

	*set = (struct eligibility_setting){ .law = law, .on = on,
	    .voting = voting, .next = DATE_UNSET,
	    .version = law_on(law, voting != DATE_UNSET ? voting : on) };
	done = calendar_of(law, set->version, voting, &set->calendar, arena);
	if (done) {
		set->nominations = eligibility_nominations(set->calendar,
		    arena);
		find_next(set, &words);
		set->next_words = arena_copy(arena, buf_bytes(&words));
		done = calendar_of(law, set->next_version, set->next,
		    &set->next_calendar, arena) && !words.bad;
	}
	buf_free(&words);
	return done && !arena->bad;
}
