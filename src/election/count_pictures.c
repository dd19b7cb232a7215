/*
 * Pictures and the anomaly: stations by turnout, voters by turnout and by the
 * leader's share.  As the published ones are made (docs/anomaly.md): a station
 * has a part in them if ballots were found and fewer were issued than voters
 * are registered.
 */
#include "election/count_inside.h"

#include <math.h>

/* A figure as those lines alone that have a part in it. */
struct terms {
	uint8_t lines[FORM_LINES];
	int8_t by[FORM_LINES];
	unsigned n;
};

struct picture {
	uint32_t *turnout;
	uint64_t *cells;
	struct anomaly_station *stations;
	uint64_t n;
	struct terms registered, given, found;
};

/* The bin of a percentage whose centre is nearest; `per` bins for a point. */
static unsigned
bin(double percent, double per)
{
	return (unsigned)floor(percent * per + 0.5);
}

static void
draw(struct picture *p, const struct anomaly_station *s)
{
	unsigned t, v;
	double turnout, share;

	if (p->turnout == NULL || s->received == 0 || s->given >=
	    s->registered || s->leader > s->received)
		return;
	turnout = 100.0 * s->given / s->registered;
	share = 100.0 * s->leader / s->received;
	t = bin(turnout, 10);
	if (t < TALLY_TURNOUT)
		p->turnout[t]++;
	t = bin(turnout, 2);
	v = bin(share, 2);
	if (t < TALLY_CELLS && v < TALLY_CELLS)
		p->cells[t * TALLY_CELLS + v] += s->registered;
}

static struct terms
terms(const struct tally *t, enum figure f)
{
	struct terms terms = { .n = 0 };
	unsigned i;

	for (i = 0; i < t->nlines; i++) {
		if (t->figures[f][i] == 0)
			continue;
		terms.lines[terms.n] = (uint8_t)i;
		terms.by[terms.n++] = t->figures[f][i];
	}
	return terms;
}

/* A figure of one station; what does not fit is none. */
static uint32_t
figure(const struct terms *terms, const int64_t *values)
{
	int64_t sum = 0;
	unsigned i;

	for (i = 0; i < terms->n; i++)
		if (values[terms->lines[i]] != FORM_EMPTY)
			sum += terms->by[i] * values[terms->lines[i]];
	return sum > 0 && sum <= FORM_MOST ? (uint32_t)sum : 0;
}

static void
station(struct count *c, const struct tally *t, uint32_t i, struct picture *p)
{
	int64_t values[FORM_LINES];
	struct row row = rows_get(&c->rows, i);
	struct anomaly_station s;

	if ((rows_mark(&c->rows, i) & ROW_COUNTED) == 0)
		return;
	rows_values(&row, values, c->form.n);
	s.registered = figure(&p->registered, values);
	s.given = figure(&p->given, values);
	s.received = figure(&p->found, values);
	s.leader = values[t->leader] > 0 ? (uint32_t)values[t->leader] : 0;
	s.region = c->nodes[c->node_of[row.node]].parent;
	if (p->stations != NULL)
		p->stations[p->n++] = s;
	draw(p, &s);
}

/* Regions by the index of their node: names of other nodes are not used. */
static bool
compute(struct count *c, struct tally *t, const struct picture *p)
{
	struct bytes *names = arena_alloc(&c->arena, c->nnodes,
	    sizeof(*names));
	struct anomaly_report *report;
	uint32_t i;

	if (names == NULL)
		return false;
	for (i = 0; i < c->nnodes; i++)
		names[i] = c->nodes[i].name;
	report = (struct anomaly_report *)anomaly_compute(p->stations, p->n,
	    names, c->nnodes, &c->arena);
	if (report == NULL)
		return false;
	report->leader = t->lines[t->leader].key;
	t->anomaly = report;
	return true;
}

bool
count_pictures(struct count *c, struct tally *t)
{
	struct picture p = { 0 };
	uint32_t i;

	if (t->leader < 0 || t->figures[FIGURE_REGISTERED] == NULL ||
	    t->figures[FIGURE_FOUND] == NULL ||
	    (!c->setup.pictures && !c->setup.anomaly))
		return true;
	if (c->setup.pictures) {
		p.turnout = arena_alloc(&c->arena, TALLY_TURNOUT,
		    sizeof(*p.turnout));
		p.cells = arena_alloc(&c->arena, TALLY_CELLS * TALLY_CELLS,
		    sizeof(*p.cells));
	}
	if (c->setup.anomaly)
		p.stations = arena_alloc(&c->arena, c->rows.n + 1,
		    sizeof(*p.stations));
	if (c->arena.bad)
		return false;
	p.registered = terms(t, FIGURE_REGISTERED);
	p.found = terms(t, FIGURE_FOUND);
	p.given = terms(t, t->figures[FIGURE_TURNOUT] != NULL ?
	    FIGURE_TURNOUT : t->figures[FIGURE_ISSUED] != NULL ?
	    FIGURE_ISSUED : FIGURE_FOUND);
	for (i = 0; i < c->rows.n; i++)
		station(c, t, i, &p);
	t->turnout = p.turnout;
	t->cells = p.cells;
	return p.stations == NULL || compute(c, t, &p);
}
