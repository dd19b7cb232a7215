/*
 * Units within units: which of them are protocols, and where those belong.
 *
 * A unit that has votes, and nothing below it that has, is a protocol.  What
 * lies above has the sum of its protocols, or the report cannot be counted:
 * there would be votes that belong to no protocol.  And where a report does not
 * tell what a unit consists of, its votes may be those of others once more.
 */
#include "election/nist_inside.h"

#include <string.h>

#define STEPS_MOST	UINT64_C(200000000)

static struct nist_edge
edge(const struct nist *r, uint32_t i)
{
	struct nist_edge e;

	memcpy(&e, &r->edges.p[(size_t)i * sizeof(e)], sizeof(e));
	return e;
}

void
nist_part(struct nist *r, uint32_t i, uint32_t part)
{
	struct nist_unit *u = nist_unit(r, i), *p = nist_unit(r, part);
	struct nist_edge e = { part, u->parts };

	if (p->parent == NIST_NONE ||
	    nist_unit(r, p->parent)->rank < u->rank)
		p->parent = i;
	u->parts = (uint32_t)(r->edges.n / sizeof(e));
	buf_add(&r->edges, bytes_at(&e, sizeof(e)));
	if (!r->edges.bad)
		return;
	nist_fault_here(r, "the report is too large, or there is no memory",
	    bytes_at(NULL, 0));
	r->stopped = true;
}

static void
fault(struct nist *r, const struct nist_unit *u, const char *why)
{
	nist_fault(r, u->where, why, u->name);
}

/* --- what lies below ------------------------------------------------------ */

static void
below(struct nist_unit *u, const struct nist_unit *part)
{
	if ((part->marks & (NIST_UNIT_COUNTED | NIST_UNIT_ABOVE)) != 0)
		u->marks |= NIST_UNIT_ABOVE;
	if (u->height <= part->height)
		u->height = (uint8_t)(part->height + 1);
}

/* Marks what has votes below it.  It goes no deeper than is allowed, and what
   it knows already may be as deep. */
static void
look_below(struct nist *r, uint32_t i, unsigned depth)
{
	struct nist_unit *u = nist_unit(r, i);
	struct nist_edge e = { 0, u->parts };

	if ((u->marks & NIST_UNIT_DONE) != 0)
		return;
	if ((u->marks & NIST_UNIT_OPEN) != 0) {
		fault(r, u, "a unit that is a part of itself");
		return;
	}
	u->marks |= NIST_UNIT_OPEN;
	u->height = 1;
	while (e.before != NIST_NONE && depth < NIST_DEPTH && !r->stopped) {
		e = edge(r, e.before);
		look_below(r, e.unit, depth + 1);
		below(u, nist_unit(r, e.unit));
	}
	if (u->height > NIST_DEPTH || depth == NIST_DEPTH) {
		fault(r, u, "units are nested too deep");
		r->stopped = true;
	}
	u->marks |= NIST_UNIT_DONE;
}

/* Marks what lies within the contest's district. */
static void
mark_inside(struct nist *r, uint32_t i, unsigned depth)
{
	struct nist_unit *u = nist_unit(r, i);
	struct nist_edge e = { 0, u->parts };

	if ((u->marks & NIST_UNIT_INSIDE) != 0 || depth == NIST_DEPTH)
		return;
	u->marks |= NIST_UNIT_INSIDE;
	while (e.before != NIST_NONE) {
		e = edge(r, e.before);
		mark_inside(r, e.unit, depth + 1);
	}
}

/* --- sums ----------------------------------------------------------------- */

static bool
is_protocol(const struct nist_unit *u)
{
	return (u->marks & NIST_UNIT_COUNTED) != 0 &&
	    (u->marks & NIST_UNIT_ABOVE) == 0;
}

/* Adds up the protocols below a unit, each once. */
static void
add_below(struct nist *r, uint32_t i, int64_t *sums)
{
	struct nist_unit *u = nist_unit(r, i);
	struct nist_edge e = { 0, u->parts };
	unsigned k;
	int64_t v;

	if (++r->steps > STEPS_MOST || u->stamp == r->stamps)
		return;
	u->stamp = r->stamps;
	for (k = 0; is_protocol(u) && k < r->nslots; k++) {
		v = nist_value(r, i, k);
		if (v != FORM_EMPTY)
			sums[k] = v + (sums[k] > 0 ? sums[k] : 0);
	}
	while (e.before != NIST_NONE) {
		e = edge(r, e.before);
		add_below(r, e.unit, sums);
	}
}

static void
compare(struct nist *r, uint32_t i, unsigned slot, int64_t sum)
{
	const struct nist_slot *s = &r->slots[slot];
	int64_t v = nist_value(r, i, slot);
	struct buf b = buf_with(1024);

	if (v == FORM_EMPTY || v == sum || s->loose ||
	    (sum == FORM_EMPTY && !s->line.candidate))
		return;
	buf_add(&b, bytes_part(nist_unit(r, i)->name, 0, 60));
	buf_text(&b, ", ");
	buf_add(&b, bytes_part(s->line.key, 0, 60));
	buf_text(&b, ": ");
	buf_int(&b, v);
	buf_text(&b, " and ");
	buf_int(&b, sum == FORM_EMPTY ? 0 : sum);
	nist_fault(r, nist_unit(r, i)->where,
	    "a count is not the sum of the counts below it", buf_bytes(&b));
	buf_free(&b);
}

static void
check_sums(struct nist *r, uint32_t i)
{
	int64_t sums[FORM_LINES];
	unsigned k;

	for (k = 0; k < FORM_LINES; k++)
		sums[k] = FORM_EMPTY;
	r->stamps++;
	add_below(r, i, sums);
	for (k = 0; k < r->nslots; k++)
		compare(r, i, k, sums[k]);
}

/* A district that does not tell its parts has all units; one with votes of its
   own is a protocol. */
static void
mark_district(struct nist *r)
{
	const struct nist_unit *u;
	uint32_t i;

	if (r->district == NIST_NONE)
		return;
	mark_inside(r, r->district, 0);
	u = nist_unit(r, r->district);
	for (i = 0; u->parts == NIST_NONE && !is_protocol(u) &&
	    i < r->nunits; i++)
		nist_unit(r, i)->marks |= NIST_UNIT_INSIDE;
}

/* --- what is not told ----------------------------------------------------- */

/* Whether a unit with votes may hold others with votes, of which the report
   does not say so. */
static bool
may_hold(const struct nist *r, uint32_t i, bool loose)
{
	const struct nist_unit *u = nist_unit(r, i);

	return i == r->district || (u->marks & NIST_UNIT_COUNTRY) != 0 ||
	    (loose && !u->small && u->parts == NIST_NONE);
}

/* No vote may be counted twice because it is not told what lies in what. */
static void
check_places(struct nist *r)
{
	const struct nist_unit *u;
	bool parts = r->district != NIST_NONE &&
	    nist_unit(r, r->district)->parts != NIST_NONE;
	bool loose = false;	/* small ones that belong to nothing */
	uint32_t i, n = 0;

	for (i = 0; i < r->nunits; i++) {
		u = nist_unit(r, i);
		n += is_protocol(u);
		loose = loose || (is_protocol(u) && u->small &&
		    u->parent == NIST_NONE);
	}
	for (i = 0; i < r->nunits && n > 1 && !r->stopped; i++) {
		u = nist_unit(r, i);
		if (!is_protocol(u))
			continue;
		if (may_hold(r, i, loose))
			fault(r, u, "a unit with votes beside others, and it "
			    "is not told whether these are parts of it");
		else if (parts && (u->marks & NIST_UNIT_INSIDE) == 0)
			fault(r, u, "a unit with votes that is not told to "
			    "be a part of the contest's district");
	}
}

static void
settle(struct nist *r, uint32_t i)
{
	const struct nist_unit *u = nist_unit(r, i);

	if ((u->marks & NIST_UNIT_COUNTED) == 0) {
		if ((u->marks & NIST_UNIT_PARTLY) != 0)
			fault(r, u, "a unit with counts of parts, and without "
			    "a total");
	} else if (!is_protocol(u)) {
		check_sums(r, i);
	}
}

void
nist_settle(struct nist *r)
{
	unsigned before = r->faults;
	uint32_t i;

	for (i = 0; i < r->nunits && !r->stopped; i++)
		look_below(r, i, 0);
	if (r->stopped || r->faults > before)
		return;
	mark_district(r);
	check_places(r);
	for (i = 0; i < r->nunits && !r->stopped; i++)
		settle(r, i);
	if (r->steps > STEPS_MOST)
		fault(r, nist_unit(r, 0), "units are too entangled");
}

/* --- protocols ------------------------------------------------------------ */

/* A precinct without votes of its own: of a unit that has them, it is told by
   that; else its protocol is missing. */
static bool
is_missing(const struct nist *r, const struct nist_unit *u)
{
	bool missing = (u->marks & NIST_UNIT_PRECINCT) != 0 &&
	    (u->marks & NIST_UNIT_INSIDE) != 0 && u->parts == NIST_NONE;
	unsigned n = 0;

	while (missing && u->parent != NIST_NONE && n++ < NIST_DEPTH) {
		u = nist_unit(r, u->parent);
		missing = !is_protocol(u);
	}
	return missing;
}

/* The highest unit below the country is the region, the next the territory;
   of more, the lowest is told as the district. */
bool
nist_protocol(const struct nist *r, uint32_t i, struct protocol *p)
{
	const struct nist_unit *u = nist_unit(r, i), *above = u;
	const struct bytes none = { NULL, 0 };
	struct bytes chain[NIST_DEPTH];
	unsigned n = 0;

	if (!is_protocol(u) && !is_missing(r, u))
		return false;
	while (above->parent != NIST_NONE && n < NIST_DEPTH) {
		above = nist_unit(r, above->parent);
		if ((above->marks & NIST_UNIT_COUNTRY) == 0)
			chain[n++] = above->name;
	}
	p->region = n > 0 ? chain[n - 1] : none;
	p->territory = n > 1 ? chain[n - 2] : none;
	p->district = u->district.n > 0 ? u->district : n > 2 ? chain[0] :
	    none;
	p->station = u->name;
	p->version = p->reason = none;
	p->file = r->number;
	p->line = u->where.line;
	return true;
}
