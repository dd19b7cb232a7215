/*
 * Pictures and the anomaly: stations by turnout, voters by turnout and by the
 * leader's share.  As the published ones are made (docs/anomaly.md): a station
 * has a part in them if ballots were found and fewer were issued than voters
 * are registered.
 */
#include "election/count_inside.h"

#include <math.h>

struct picture {
	uint32_t *turnout;
	uint64_t *cells;
	struct anomaly_station *stations;
	uint64_t n;
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

static int64_t
figure(const struct tally *t, enum figure f, const int64_t *values)
{
	const int8_t *k = t->figures[f];
	int64_t sum = 0;
	unsigned i;

	if (k == NULL)
		return -1;
	for (i = 0; i < t->nlines; i++)
		if (k[i] != 0 && values[i] > 0)
			sum += k[i] * values[i];
	return sum;
}

/* Fits a figure of one station; what does not is none. */
static uint32_t
small(int64_t v)
{
	return v > 0 && v <= FORM_MOST ? (uint32_t)v : 0;
}

static void
station(struct count *c, const struct tally *t, uint32_t i, struct picture *p)
{
	int64_t values[FORM_LINES], issued;
	struct row row = rows_get(&c->rows, i);
	struct anomaly_station s;
	uint32_t node = c->node_of[row.node];

	if ((rows_mark(&c->rows, i) & ROW_COUNTED) == 0)
		return;
	rows_values(&row, values, c->form.n);
	s.registered = small(figure(t, FIGURE_REGISTERED, values));
	s.received = small(figure(t, FIGURE_FOUND, values));
	issued = figure(t, t->figures[FIGURE_TURNOUT] != NULL ?
	    FIGURE_TURNOUT : FIGURE_ISSUED, values);
	s.given = issued < 0 ? s.received : small(issued);
	s.leader = small(values[t->leader]);
	s.region = c->nodes[node].parent;
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
	for (i = 0; i < c->rows.n; i++)
		station(c, t, i, &p);
	t->turnout = p.turnout;
	t->cells = p.cells;
	return p.stations == NULL || compute(c, t, &p);
}
