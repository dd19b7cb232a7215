/*
 * The integer-percentage anomaly, for the terminal and for machines.
 */
#include "report/election_anomaly.h"

#include <math.h>
#include <string.h>

#include "base/limits.h"
#include "base/sort.h"
#include "report/election.h"
#include "report/election_page.h"
#include "report/election_say.h"

#define WIDTH	80
#define COLUMN	14	/* where facts begin */
#define NAME	38	/* columns of a region's name */

const char *const election_anomaly_names[ANOMALY_KINDS] = {
	[ANOMALY_EITHER] = "either of the two",
	[ANOMALY_LEADER] = "leader's share",
	[ANOMALY_TURNOUT] = "turnout"
};

struct high {
	double z;
	unsigned region;
};

static int
by_z(const void *va, const void *vb)
{
	const struct high *a = va, *b = vb;

	if (a->z > b->z || a->z < b->z)
		return a->z > b->z ? -1 : 1;
	return (a->region > b->region) - (a->region < b->region);
}

unsigned
election_anomaly_high(const struct anomaly_report *a, struct buf *order)
{
	struct high high;
	unsigned i, n;

	for (i = 0; i < a->nregions; i++) {
		high.z = a->regions[i].of[ANOMALY_EITHER].z;
		high.region = i;
		if (high.z > ELECTION_SAY_Z)
			buf_add(order, bytes_at(&high, sizeof(high)));
	}
	n = (unsigned)(order->n / sizeof(high));
	sort_items(order->p, n, sizeof(high), by_z);
	return n;
}

const struct anomaly_region *
election_anomaly_at(const struct anomaly_report *a, const struct buf *order,
    unsigned i)
{
	struct high high;

	memcpy(&high, &order->p[i * sizeof(high)], sizeof(high));
	return &a->regions[high.region];
}

/* --- JSON ----------------------------------------------------------------- */

/* Three places: exact sums, and golden figures, are told to so many.  Never
   "-0.000", nor what is no number in JSON. */
static void
real(struct emit *e, const char *key, double v)
{
	if (!isfinite(v))
		emit_null(e, key);
	else
		buf_printf(emit_raw(e, key), "%.3f",
		    fabs(v) < 0.0005 ? 0.0 : v);
}

static void
kind(struct emit *e, const char *key, const struct anomaly *a)
{
	emit_object(e, key);
	emit_uint(e, "stations", a->stations);
	emit_uint(e, "observed", a->observed);
	real(e, "expected", a->expected);
	real(e, "deviation", a->deviation);
	real(e, "anomaly", a->anomaly);
	real(e, "z", a->z);
	emit_object_end(e);
}

static void
kinds(struct emit *e, const struct anomaly of[ANOMALY_KINDS])
{
	emit_object(e, "integer");
	kind(e, "either", &of[ANOMALY_EITHER]);
	kind(e, "leader", &of[ANOMALY_LEADER]);
	kind(e, "turnout", &of[ANOMALY_TURNOUT]);
	emit_object_end(e);
}

void
election_anomaly_members(struct emit *e, const struct anomaly_report *a)
{
	unsigned i;

	emit_text(e, "leader", a->leader);
	emit_uint(e, "stations", a->stations);
	emit_uint(e, "included", a->included);
	emit_object(e, "excluded");
	emit_uint(e, "no_ballots", a->no_ballots);
	emit_uint(e, "under_100", a->under_100);
	emit_uint(e, "turnout_over_99", a->turnout_over_99);
	emit_uint(e, "leader_over_99", a->leader_over_99);
	emit_object_end(e);
	emit_string(e, "window", "float");
	kinds(e, a->of);
	emit_array(e, "regions");
	for (i = 0; i < a->nregions; i++) {
		emit_object(e, NULL);
		emit_text(e, "name", a->regions[i].name);
		kinds(e, a->regions[i].of);
		emit_object_end(e);
	}
	emit_array_end(e);
	emit_array(e, "notes");
	for (i = 0; election_say_notes[i] != NULL; i++)
		emit_string(e, NULL, election_say_notes[i]);
	emit_array_end(e);
}

void
election_anomaly_member(struct emit *e, const struct anomaly_report *a)
{
	emit_object(e, "anomaly");
	election_anomaly_members(e, a);
	emit_object_end(e);
}

void
election_anomaly_json(struct out *out, const struct election_view *v)
{
	struct emit e = { .out = out };

	emit_object(&e, NULL);
	election_anomaly_members(&e, v->tally->anomaly);
	emit_object_end(&e);
	out_text(out, "\n");
}

/* --- for the terminal ----------------------------------------------------- */

/* A number to one place. */
static void
column(struct election_page *p, double v, unsigned width)
{
	election_say_real(&p->line, v);
	election_page_cell(p, width);
}

static void
row(struct election_page *p, struct bytes name, const struct anomaly *a)
{
	buf_add(&p->line, name);
	election_page_name(p, 2, NAME);
	outcome_number(&p->line, (int64_t)a->observed);
	election_page_cell(p, 8);
	column(p, a->expected, 11);
	column(p, a->deviation, 8);
	column(p, a->anomaly, 9);
	column(p, a->z, 6);
	election_page_end(p);
}

static void
table_head(struct election_page *p, const char *title)
{
	static const struct { const char *name; unsigned width; } columns[] = {
		{ "Observed", 8 }, { "Expected", 11 }, { "Spread", 8 },
		{ "Anomaly", 9 }, { "z", 6 }
	};
	unsigned i;

	election_page_heading(p, title);
	election_page_name(p, 2, NAME);
	for (i = 0; i < 5; i++) {
		buf_text(&p->line, columns[i].name);
		election_page_cell(p, columns[i].width);
	}
	election_page_end(p);
}

static void
left_out(struct election_page *p, uint64_t n, const char *why)
{
	if (n == 0)
		return;
	outcome_number(&p->line, (int64_t)n);
	buf_text(&p->line, " left out: ");
	buf_text(&p->line, why);
	election_page_flow(p, 2, 4);
}

static void
regions(struct election_page *p, const struct anomaly_report *a)
{
	struct buf order = buf_with(64 * MIB);
	const struct anomaly_region *r;
	unsigned i, n = election_anomaly_high(a, &order);

	table_head(p, "Regions with z over 3.09 (either of the two)");
	for (i = 0; i < n; i++) {
		r = election_anomaly_at(a, &order, i);
		row(p, r->name, &r->of[ANOMALY_EITHER]);
	}
	outcome_number(&p->line, n);
	buf_text(&p->line, " of ");
	election_say_count(&p->line, a->nregions, "region");
	election_page_flow(p, 2, 4);
	buf_free(&order);
}

static void
tell_included(struct election_page *p, const struct anomaly_report *a)
{
	election_page_heading(p, "Whole percentages");
	buf_add(&p->line, a->leader);
	election_page_labelled(p, "leader", 2, COLUMN);
	outcome_number(&p->line, (int64_t)a->included);
	buf_text(&p->line, " included of ");
	outcome_number(&p->line, (int64_t)a->stations);
	election_page_labelled(p, "stations", 2, COLUMN);
	left_out(p, a->no_ballots, "no ballots were found");
	left_out(p, a->under_100, "fewer than 100 voters");
	left_out(p, a->turnout_over_99, "turnout over 99%");
	left_out(p, a->leader_over_99, "leader's share over 99%");
}

void
election_anomaly_text(struct out *out, const struct election_view *v)
{
	const struct anomaly_report *a = v->tally->anomaly;
	struct election_page p = election_page_new(out, WIDTH, false);
	unsigned i;

	tell_included(&p, a);
	table_head(&p, "Stations with a whole percentage");
	for (i = 0; i < ANOMALY_KINDS; i++)
		row(&p, bytes_of(election_anomaly_names[i]), &a->of[i]);
	if (a->nregions > 0)
		regions(&p, a);
	election_page_heading(&p, "What this is, and what else makes peaks");
	for (i = 0; election_say_notes[i] != NULL; i++) {
		buf_text(&p.line, "- ");
		buf_text(&p.line, election_say_notes[i]);
		election_page_flow(&p, 2, 4);
	}
	election_page_free(&p);
}
