/*
 * What happened to a candidate, and where that leaves the candidate on a day.
 */
#include <assert.h>

#include "election/candidate.h"

static const struct {
	const char *name, *words;
} kinds[CANDIDATE_EVENT_KINDS] = {
	[CANDIDATE_INTEREST] = { "interest-expressed", "interest expressed" },
	[CANDIDATE_ANNOUNCED] = { "announced", "announced" },
	[CANDIDATE_NOMINATED] = { "nominated", "nominated" },
	[CANDIDATE_DOCUMENTS] = { "documents-filed", "documents filed" },
	[CANDIDATE_REFUSED] = { "refused", "registration refused" },
	[CANDIDATE_REGISTERED] = { "registered", "registered" },
	[CANDIDATE_STRUCK_OFF] = { "struck-off", "struck off the list" },
	[CANDIDATE_WITHDRAWN] = { "withdrawn", "withdrawn" },
	[CANDIDATE_DIED] = { "died", "died" },
};

const char *
candidate_event_name(enum candidate_event_kind kind)
{
	assert((unsigned)kind < CANDIDATE_EVENT_KINDS);
	return kinds[kind].name;
}

const char *
candidate_event_words(enum candidate_event_kind kind)
{
	assert((unsigned)kind < CANDIDATE_EVENT_KINDS);
	return kinds[kind].words;
}

struct candidate_status
candidate_status(const struct candidate *c, int32_t on)
{
	const struct candidate_list *terms = &c->lists[CANDIDATE_TERMS];
	struct candidate_status s = { .died = DATE_UNSET };
	unsigned i, k;

	for (i = 0; i < CANDIDATE_FACTS; i++)
		for (k = 0; k < c->lists[i].n; k++)
			s.later_facts += c->lists[i].items[k].from > on;
	for (i = 0; i < c->nevents; i++) {
		if (c->events[i].date > on) {
			s.later++;
			continue;
		}
		s.before++;
		s.last = &c->events[i];
		if (s.last->kind == CANDIDATE_DIED)
			s.died = s.last->date;
	}
	for (i = 0; i < terms->n; i++)
		if (terms->items[i].from != DATE_UNSET &&
		    terms->items[i].from <= on &&
		    terms->items[i].until != DATE_UNSET &&
		    terms->items[i].until > on)
			s.term = &terms->items[i];
	if (s.died != DATE_UNSET)
		s.term = NULL;
	return s;
}
