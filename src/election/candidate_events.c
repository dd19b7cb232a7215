/*
 * The events of a candidate: read, put in order, and held against each other.
 */
#include "base/sort.h"
#include "election/candidate_inside.h"

/* What cannot come only after what follows from it. */
static const struct {
	enum candidate_event_kind first, then;
} orders[] = {
	{ CANDIDATE_NOMINATED, CANDIDATE_DOCUMENTS },
	{ CANDIDATE_NOMINATED, CANDIDATE_REGISTERED },
	{ CANDIDATE_NOMINATED, CANDIDATE_REFUSED },
	{ CANDIDATE_DOCUMENTS, CANDIDATE_REGISTERED },
	{ CANDIDATE_DOCUMENTS, CANDIDATE_REFUSED },
	{ CANDIDATE_REGISTERED, CANDIDATE_STRUCK_OFF },
};

#define NORDERS	(sizeof(orders) / sizeof(orders[0]))

static void
read_event(struct candidate_reader *r, const struct yaml *map, int32_t born,
    struct candidate_event *e)
{
	const struct yaml *kind = yaml_get(map, "event");
	unsigned i = 0;

	*e = (struct candidate_event){ .date = DATE_UNSET, .line = map->line,
	    .column = map->column };
	if (!candidate_keys(r, map, "event date note"))
		return;
	(void)candidate_text(r, map, "note", &e->note);
	while (i < CANDIDATE_EVENT_KINDS && kind != NULL &&
	    (kind->kind != YAML_SCALAR || !bytes_is(kind->text,
	    candidate_event_name((enum candidate_event_kind)i))))
		i++;
	if (kind == NULL)
		candidate_fault(r, map, "\"event\" is missing");
	else if (i == CANDIDATE_EVENT_KINDS)
		candidate_fault(r, kind, "none of interest-expressed, "
		    "announced, nominated, documents-filed, refused, "
		    "registered, struck-off, withdrawn, died");
	else
		e->kind = (enum candidate_event_kind)i;
	if (yaml_get(map, "date") == NULL)
		candidate_fault(r, map, "\"date\" is missing");
	else if (!candidate_date(r, map, "date", &e->date) &&
	    !candidate_given(yaml_get(map, "date"), &(enum candidate_state)
	    { CANDIDATE_UNKNOWN }))
		candidate_fault(r, yaml_get(map, "date"), "an event needs its "
		    "day");
	if (born != DATE_UNSET && e->date != DATE_UNSET && e->date < born)
		candidate_fault(r, yaml_get(map, "date"), "this is before the "
		    "day of birth");
}

static int
by_date(const void *a, const void *b)
{
	const struct candidate_event *x = a, *y = b;

	if (x->date != y->date)
		return x->date < y->date ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	return x->column < y->column ? -1 : x->column > y->column;
}

static const struct candidate_event *
first_of(const struct candidate *c, enum candidate_event_kind kind)
{
	unsigned i;

	for (i = 0; i < c->nevents; i++)
		if (c->events[i].kind == kind)
			return &c->events[i];
	return NULL;
}

/* After a withdrawal somebody must be nominated anew. */
static void
check_withdrawn(struct candidate_reader *r, const struct candidate *c)
{
	const struct candidate_event *gone = NULL, *e;
	unsigned i;

	for (i = 0; i < c->nevents; i++) {
		e = &c->events[i];
		if (e->kind == CANDIDATE_WITHDRAWN)
			gone = e;
		else if (e->kind <= CANDIDATE_NOMINATED)
			gone = NULL;
		else if (gone != NULL && e->kind == CANDIDATE_REGISTERED)
			candidate_fault_at(r, e->line, e->column,
			    "registered after the withdrawal on line %u, with "
			    "no nomination in between", gone->line);
	}
}

static void
check_events(struct candidate_reader *r, const struct candidate *c)
{
	const struct candidate_event *died = first_of(c, CANDIDATE_DIED);
	const struct candidate_event *first, *then, *e;
	unsigned i;

	for (i = 0; i < c->nevents; i++) {
		e = &c->events[i];
		if (i > 0 && e->date == e[-1].date && e->kind == e[-1].kind)
			candidate_fault_at(r, e->line, e->column, "this "
			    "stands twice (also on line %u)", e[-1].line);
		else if (died != NULL && e != died &&
		    e->kind == CANDIDATE_DIED)
			candidate_fault_at(r, e->line, e->column,
			    "died twice");
		else if (died != NULL && e->date > died->date &&
		    e->kind != CANDIDATE_STRUCK_OFF)
			candidate_fault_at(r, e->line, e->column, "%s after "
			    "the day of death (line %u)",
			    candidate_event_words(e->kind), died->line);
	}
	for (i = 0; i < NORDERS; i++) {
		first = first_of(c, orders[i].first);
		then = first_of(c, orders[i].then);
		if (first != NULL && then != NULL && then->date < first->date)
			candidate_fault_at(r, then->line, then->column, "%s "
			    "before %s (line %u)",
			    candidate_event_words(then->kind),
			    candidate_event_words(first->kind), first->line);
	}
	check_withdrawn(r, c);
}

void
candidate_events(struct candidate_reader *r, const struct yaml *map,
    struct candidate *c)
{
	const struct yaml *y = yaml_get(map, "events"), *one;
	struct candidate_event *events;
	unsigned before = r->faults->n;

	if (!candidate_given(y, &c->happened))
		return;
	if (y->kind != YAML_LIST || y->n == 0 || y->n > CANDIDATE_ITEMS) {
		candidate_fault(r, y, "this must be a list of events (at most "
		    "%d), or none", CANDIDATE_ITEMS);
		return;
	}
	events = arena_alloc(r->arena, y->n, sizeof(*events));
	if (events == NULL)
		return;
	for (one = y->first; one != NULL; one = one->next)
		read_event(r, one, c->born, &events[c->nevents++]);
	sort_items(events, c->nevents, sizeof(*events), by_date);
	c->events = events;
	if (r->faults->n == before)
		check_events(r, c);
}
