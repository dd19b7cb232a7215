/*
 * All rules of a version for one candidate, and what they come to.
 */
#include "election/eligibility.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/limits.h"
#include "election/eligibility_inside.h"

#define WORDS_MAX	(8 * MIB)	/* more than a file holds */

static void (*const judges[])(struct judging *) = {
	[BAR_AGE] = eligibility_age,
	[BAR_RESIDENCE] = eligibility_residence,
	[BAR_CITIZENSHIP] = eligibility_citizenship,
	[BAR_TERMS] = eligibility_terms,
	[BAR_INCAPACITY] = eligibility_incapacity,
	[BAR_IMPRISONMENT] = eligibility_imprisonment,
	[BAR_CONVICTION] = eligibility_conviction,
	[BAR_OFFICE] = eligibility_office,
	[BAR_PROPOSER] = eligibility_proposer,
};

const char *
eligibility_stand_name(enum stand state)
{
	static const char *const names[] = { "fulfilled", "barred",
	    "cannot-tell", "not-decided", "open" };

	return names[state];
}

const char *
eligibility_state_name(enum eligibility_state state)
{
	static const char *const names[] = { "eligible", "no-bar-found",
	    "not-nominated", "cannot-tell", "barred", "died", "no-rules" };

	return names[state];
}

void
eligibility_state_words(struct buf *b, enum stand state, enum stand_end end,
    int32_t until)
{
	static const char *const words[] = { "fulfilled", "barred",
	    "cannot tell", "not decided by the program",
	    "open until nominations end" };

	buf_text(b, words[state]);
	if (state != STAND_BARRED)
		return;
	if (end == STAND_END_NEVER) {
		buf_text(b, " for good");
	} else if (end == STAND_END_OPEN) {
		buf_text(b, ", no end can be told");
	} else {
		buf_text(b, end == STAND_END_ON ? " until " :
		    " at least until ");
		date_words(b, until);
	}
}

/* --- the day that a rule is measured on ----------------------------------- */

struct asked {			/* of one election */
	const struct eligibility_setting *set;
	const struct law_version *version;
	const struct calendar *calendar;
	int32_t voting;
	bool next;
	const struct candidate *c;
};

static int32_t
no_entry(void *ctx, struct bytes id)
{
	(void)ctx;
	(void)id;
	return DATE_UNSET;
}

/* Without a calendar only a day of its own can be told. */
static struct when_known
known_of(const struct calendar *calendar)
{
	struct when_known known = { .entry = no_entry };
	unsigned i;

	if (calendar != NULL)
		return calendar_known(calendar);
	for (i = 0; i < ANCHOR_COUNT; i++)
		known.anchors[i] = DATE_UNSET;
	return known;
}

/* The first day on which a rule can be measured, if the day is not known: a
   rule that is counted from the voting gives the earliest for the earliest. */
static int32_t
least_day(const struct asked *a, const struct when *on)
{
	struct when_known known = known_of(NULL);
	int32_t day = DATE_UNSET;

	known.anchors[ANCHOR_VOTING] = a->set->on;
	if (a->calendar == NULL)
		day = when_day(on, &known, NULL).date;
	return day == DATE_UNSET ? ELIGIBILITY_LONG_AGO : day;
}

static void
measure(struct judging *j, const struct asked *a, bool *unverified)
{
	struct law_date date = { .on = j->bar->on, .weekday = -1 };
	struct when_known known = known_of(a->calendar);
	struct buf words = buf_with(WORDS_MAX);
	int32_t day = a->voting, least = a->set->on;

	if (j->bar->on != NULL) {
		day = when_day(j->bar->on, &known, &words).date;
		if (a->calendar != NULL)
			(void)calendar_rests(a->calendar, &date, unverified);
		least = least_day(a, j->bar->on);
	}
	if (day == DATE_UNSET && a->calendar != NULL) {
		eligibility_clause(j, "it is measured on \"");
		eligibility_word(j, when_text(j->bar->on));
		buf_text(&j->how, "\": ");
		eligibility_word(j, buf_bytes(&words));
	}
	j->lo = day != DATE_UNSET ? day : least;
	j->hi = day != DATE_UNSET ? day : ELIGIBILITY_FAR;
	buf_free(&words);
}

/* --- one rule ------------------------------------------------------------- */

static struct eligibility_rule
judge(const struct asked *a, const struct law_bar *bar, struct arena *arena)
{
	struct eligibility_rule rule = { .bar = bar,
	    .unverified = bar->ground.unverified };
	struct judging j = { .law = a->set->law, .bar = bar, .c = a->c,
	    .on = a->set->on, .voting = a->set->voting, .next = a->next,
	    .nominations = &a->set->nominations, .state = STAND_FULFILLED,
	    .until = DATE_UNSET, .how = buf_with(WORDS_MAX),
	    .missing = buf_with(WORDS_MAX) };

	if (bar->rule == BAR_OTHER) {
		j.state = STAND_UNDECIDED;
		buf_add(&j.how, bar->says);
	} else {
		measure(&j, a, &rule.unverified);
		judges[bar->rule](&j);
	}
	/* A condition of today without a known end may have ended by then. */
	if (a->next && j.state == STAND_BARRED && j.end == STAND_END_OPEN) {
		j.state = STAND_UNKNOWN;
		buf_text(&j.missing, j.missing.n > 0 ? "; " : "");
		buf_text(&j.missing, "whether it is still so then");
	}
	rule.unverified = rule.unverified || j.unverified;
	rule.state = j.state;
	rule.end = j.end;
	rule.until = j.until;
	/* A bar may be longer than what is known of it. */
	if (j.state == STAND_BARRED && j.end == STAND_END_ON &&
	    j.missing.n > 0)
		rule.end = STAND_END_NOT_BEFORE;
	rule.how = arena_copy(arena, buf_bytes(&j.how));
	if (j.state != STAND_FULFILLED)
		rule.missing = arena_copy(arena, buf_bytes(&j.missing));
	if (j.how.bad || j.missing.bad)
		arena->bad = true;
	buf_free(&j.how);
	buf_free(&j.missing);
	return rule;
}

/* --- all of them ---------------------------------------------------------- */

/* The bar that ends last; the whole rests on what is unverified if that one
   does, or if no other bar is certain. */
static void
whole_bar(struct eligibility_verdict *v)
{
	const struct eligibility_rule *r, *last = NULL;
	struct judging j = { .state = STAND_FULFILLED };
	bool certain = false;
	unsigned i;

	for (i = 0; i < v->n; i++) {
		r = &v->rules[i];
		if (r->state != STAND_BARRED)
			continue;
		eligibility_barred(&j, r->end, r->until);
		certain = certain || !r->unverified;
		if (last == NULL || (j.end == r->end && j.until == r->until))
			last = r;
	}
	v->end = j.end;
	v->until = j.until;
	if (v->end == STAND_END_ON && v->unknown > 0)
		v->end = STAND_END_NOT_BEFORE;
	v->unverified = !certain || (last != NULL && last->unverified);
}

static bool
is_told(const struct asked *a, enum candidate_fact fact)
{
	const struct candidate_list *list = &a->c->lists[fact];
	unsigned i;

	for (i = 0; i < list->n; i++)
		if (list->items[i].not_counted.n == 0 &&
		    (list->items[i].from == DATE_UNSET ||
		    list->items[i].from <= a->set->on))
			return true;
	return false;
}

/* The law, or its data, may bar for them in words alone or not at all. */
static unsigned
unused_facts(const struct asked *a)
{
	static const struct {
		enum candidate_fact fact;
		enum bar rule;
	} courts[] = {
		{ CANDIDATE_CONVICTIONS, BAR_CONVICTION },
		{ CANDIDATE_IMPRISONMENT, BAR_IMPRISONMENT },
		{ CANDIDATE_INCAPACITY, BAR_INCAPACITY },
	};
	unsigned i, k, unused = 0;
	bool used;

	for (i = 0; i < sizeof(courts) / sizeof(courts[0]); i++) {
		used = false;
		for (k = 0; k < a->version->nbars; k++)
			used = used || a->version->bars[k].rule ==
			    courts[i].rule;
		if (!used && is_told(a, courts[i].fact))
			unused |= 1u << courts[i].fact;
	}
	return unused;
}

static struct eligibility_verdict
verdict(const struct asked *a, struct arena *arena)
{
	struct eligibility_verdict v = { .state = ELIGIBILITY_NO_RULES,
	    .until = DATE_UNSET };
	struct eligibility_rule *rules;
	unsigned i;

	if (a->version == NULL || a->version->nbars == 0)
		return v;
	rules = arena_alloc(arena, a->version->nbars, sizeof(*rules));
	for (i = 0; rules != NULL && i < a->version->nbars; i++) {
		rules[i] = judge(a, &a->version->bars[i], arena);
		v.barred += rules[i].state == STAND_BARRED;
		v.unknown += rules[i].state == STAND_UNKNOWN;
		v.undecided += rules[i].state == STAND_UNDECIDED;
		v.open += rules[i].state == STAND_OPEN;
		v.unverified = v.unverified || rules[i].unverified;
		v.n++;
	}
	v.rules = rules;
	v.unused = unused_facts(a);
	v.state = v.barred > 0 ? ELIGIBILITY_BARRED :
	    v.unknown > 0 ? ELIGIBILITY_UNKNOWN :
	    v.open > 0 ? ELIGIBILITY_OPEN :
	    v.undecided > 0 || v.unused != 0 ? ELIGIBILITY_NO_BAR :
	    ELIGIBILITY_ELIGIBLE;
	if (v.barred > 0)
		whole_bar(&v);
	return v;
}

const struct eligibility *
eligibility_of(const struct eligibility_setting *set,
    const struct candidate *c, struct arena *arena)
{
	struct eligibility *e = arena_alloc(arena, 1, sizeof(*e));
	struct asked a = { .set = set, .version = set->version,
	    .calendar = set->calendar, .voting = set->voting, .c = c };

	if (e == NULL)
		return NULL;
	e->now = verdict(&a, arena);
	e->next = (struct eligibility_verdict){
	    .state = ELIGIBILITY_NO_RULES, .until = DATE_UNSET };
	if (set->next != DATE_UNSET) {
		a.version = set->next_version;
		a.calendar = set->next_calendar;
		a.voting = set->next;
		a.next = true;
		e->next = verdict(&a, arena);
	}
	if (set->version != NULL)
		e->signatures = eligibility_signatures(set->version, c,
		    arena);
	else
		e->signatures.state = SIGNING_NO_RULE;
	if (candidate_status(c, set->on).died != DATE_UNSET)
		e->now.state = e->next.state = ELIGIBILITY_DIED;
	return arena->bad ? NULL : e;
}
