/*
 * Reading a tally: every number in its range, every text UTF-8, every sum
 * added anew.
 */
#include "election/tally.h"

#include <endian.h>
#include <math.h>
#include <string.h>

#include "base/text.h"

#define MAGIC		UINT32_C(0x594c5431)
#define TEXT_MAX	65536
#define NUMBER_MAX	(UINT64_C(1) << 46)	/* of people and ballots:
						   fits 63 bits when it is
						   multiplied by coefficients */

struct reading {
	struct cur cur;
	struct arena *arena;
	bool bad;
	unsigned nnodes, nfiles, ncontrols;	/* for indexes */
};

static uint64_t
eight(struct reading *r)
{
	struct bytes in = cur_take(&r->cur, sizeof(uint64_t));
	uint64_t v = 0;

	if (in.n == sizeof(v))
		memcpy(&v, in.p, sizeof(v));
	return le64toh(v);
}

static uint64_t
number(struct reading *r, uint64_t most)
{
	uint64_t v = eight(r);

	if (v > most) {
		r->bad = true;
		return 0;
	}
	return v;
}

static int64_t
with_minus_one(struct reading *r)
{
	uint64_t v = eight(r);

	if (v == UINT64_MAX)
		return -1;
	r->bad = r->bad || v > NUMBER_MAX;
	return r->bad ? -1 : (int64_t)v;
}

/* How many of something that takes at least `size` bytes each. */
static unsigned
several(struct reading *r, size_t size)
{
	return (unsigned)number(r, cur_left(&r->cur) / size);
}

static struct bytes
text(struct reading *r)
{
	struct bytes t = cur_take(&r->cur, (size_t)cur_le(&r->cur, 4));

	if (t.n > TEXT_MAX || !text_utf8(t)) {
		r->bad = true;
		return bytes_of("");
	}
	return t;
}

static bool
yes(struct reading *r)
{
	return number(r, 1) == 1;
}

/* Room for n things; the reading is bad if there is none. */
static void *
room(struct reading *r, size_t n, size_t size)
{
	void *p = r->bad ? NULL : arena_alloc(r->arena, n + 1, size);

	r->bad = r->bad || p == NULL;
	return p;
}

static double
real(struct reading *r)
{
	uint64_t v = eight(r);
	double d;

	memcpy(&d, &v, sizeof(d));
	if (!isfinite(d)) {
		r->bad = true;
		return 0;
	}
	return d;
}

static struct tally_station
station(struct reading *r)
{
	struct tally_station s;

	s.node = (uint32_t)number(r, r->nnodes > 0 ? r->nnodes - 1 : 0);
	s.district = text(r);
	s.name = text(r);
	s.file = (uint32_t)number(r, r->nfiles > 0 ? r->nfiles - 1 : 0);
	s.line = number(r, UINT64_MAX);
	return s;
}

/* --- parts ---------------------------------------------------------------- */

static void
files(struct reading *r, struct tally *t)
{
	struct tally_file *f;
	struct tally_fault *fault;
	unsigned i;

	r->nfiles = t->nfiles = several(r, 20);
	t->files = f = room(r, t->nfiles, sizeof(*f));
	for (i = 0; !r->bad && i < t->nfiles; i++) {
		f[i].name = text(r);
		f[i].profile = text(r);
		f[i].format = text(r);
		f[i].protocols = number(r, UINT64_MAX);
	}
	t->nfaults = several(r, 28);
	t->faults = fault = room(r, t->nfaults, sizeof(*fault));
	for (i = 0; !r->bad && i < t->nfaults; i++) {
		fault[i].file = (uint32_t)number(r, UINT32_MAX);
		fault[i].line = number(r, UINT64_MAX);
		fault[i].column = (uint32_t)number(r, UINT32_MAX);
		fault[i].why = text(r);
	}
	t->faults_in_all = number(r, UINT64_MAX);
	r->bad = r->bad || t->faults_in_all < t->nfaults;
}

static void
form(struct reading *r, struct tally *t)
{
	struct form_line *lines;
	int8_t *k;
	unsigned i, n;

	t->nlines = (unsigned)number(r, FORM_LINES);
	t->lines = lines = room(r, t->nlines, sizeof(*lines));
	for (i = 0; !r->bad && i < t->nlines; i++) {
		lines[i].key = text(r);
		lines[i].header = text(r);
		lines[i].candidate = yes(r);
		lines[i].against_all = yes(r);
	}
	t->vote = text(r);
	for (i = 0; !r->bad && i < FIGURE_COUNT; i++) {
		if (!yes(r))
			continue;
		t->figures[i] = k = room(r, t->nlines, sizeof(*k));
		for (n = 0; k != NULL && n < t->nlines; n++)
			k[n] = (int8_t)cur_le(&r->cur, 1);
	}
}

static void
node(struct reading *r, const struct tally *t, struct tally_node *n)
{
	uint64_t *sums;
	unsigned k;

	n->level = (enum tally_level)number(r, TALLY_TERRITORY);
	n->parent = (uint32_t)number(r, t->nnodes - 1);
	n->name = text(r);
	n->stations = (uint32_t)number(r, UINT32_MAX);
	n->counted = (uint32_t)number(r, n->stations);
	n->missing = (uint32_t)number(r, n->stations);
	n->broken = (uint32_t)number(r, n->stations);
	n->annulled = (uint32_t)number(r, n->stations);
	n->missing_registered = with_minus_one(r);
	n->sums = sums = room(r, t->nlines, sizeof(*sums));
	for (k = 0; sums != NULL && k < t->nlines; k++)
		sums[k] = number(r, NUMBER_MAX);
	r->bad = r->bad || (uint64_t)n->counted + n->missing + n->broken +
	    n->annulled != n->stations;
}

/* The country first; a region under it; a territory under the last region. */
static bool
in_order(const struct tally_node *nodes, unsigned n)
{
	unsigned i, region = 0;

	for (i = 0; i < n; i++) {
		if ((i == 0) != (nodes[i].level == TALLY_COUNTRY))
			return false;
		if (nodes[i].level == TALLY_REGION)
			region = i;
		if (nodes[i].level == TALLY_TERRITORY && region == 0)
			return false;
		if (nodes[i].parent != (nodes[i].level == TALLY_TERRITORY ?
		    region : 0))
			return false;
	}
	return true;
}

#define STATES	4

/* Its stations by what became of them; their sum is that of all. */
static void
add_stations(uint64_t to[STATES], const struct tally_node *n)
{
	to[0] += n->counted;
	to[1] += n->missing;
	to[2] += n->broken;
	to[3] += n->annulled;
}

/* Whether what stands under each node adds up to it. */
static bool
adds_up(struct reading *r, const struct tally *t)
{
	uint64_t *sums = room(r, (size_t)t->nnodes * (t->nlines + STATES),
	    sizeof(*sums)), *stations, own[STATES];
	unsigned i, k;
	const struct tally_node *n;

	if (sums == NULL)
		return false;
	stations = &sums[(size_t)t->nnodes * t->nlines];
	for (i = t->nnodes; i-- > 1;) {
		n = &t->nodes[i];
		for (k = 0; k < t->nlines; k++)
			sums[(size_t)n->parent * t->nlines + k] += n->sums[k];
		add_stations(&stations[(size_t)n->parent * STATES], n);
	}
	for (i = 0; i < t->nnodes; i++) {
		n = &t->nodes[i];
		if (n->level == TALLY_TERRITORY)
			continue;
		memset(own, 0, sizeof(own));
		add_stations(own, n);
		if (memcmp(own, &stations[(size_t)i * STATES],
		    sizeof(own)) != 0 || memcmp(n->sums,
		    &sums[(size_t)i * t->nlines],
		    t->nlines * sizeof(*sums)) != 0)
			return false;
	}
	return true;
}

static void
nodes(struct reading *r, struct tally *t)
{
	struct tally_node *n;
	unsigned i;

	r->nnodes = t->nnodes = several(r, 68);
	t->nodes = n = room(r, t->nnodes, sizeof(*n));
	for (i = 0; !r->bad && i < t->nnodes; i++)
		node(r, t, &n[i]);
	/* There is a country, unless faults stand in its place. */
	r->bad = r->bad || (t->nnodes == 0 && t->nfaults == 0) ||
	    !in_order(n, t->nnodes) || !adds_up(r, t);
}

static void
controls(struct reading *r, struct tally *t)
{
	struct tally_control *c;
	struct tally_failure *f;
	unsigned i;

	r->ncontrols = t->ncontrols = several(r, 52);
	t->controls = c = room(r, t->ncontrols, sizeof(*c));
	for (i = 0; !r->bad && i < t->ncontrols; i++) {
		c[i].id = text(r);
		c[i].text = text(r);
		c[i].law = text(r);
		c[i].hard = yes(r);
		c[i].checked = yes(r);
		c[i].stations = number(r, UINT64_MAX);
		c[i].violations = number(r, c[i].stations);
		c[i].largest = (int64_t)number(r, NUMBER_MAX);
	}
	t->nfailures = several(r, 52);
	t->failures = f = room(r, t->nfailures, sizeof(*f));
	for (i = 0; !r->bad && i < t->nfailures; i++) {
		f[i].station = station(r);
		f[i].control = (uint32_t)number(r, r->ncontrols > 0 ?
		    r->ncontrols - 1 : 0);
		f[i].counted = yes(r);
		f[i].explained = text(r);
	}
	t->failures_in_all = number(r, UINT64_MAX);
	r->bad = r->bad || t->failures_in_all < t->nfailures ||
	    (t->nfailures > 0 && t->ncontrols == 0);
}

static void
told(struct reading *r, struct tally *t)
{
	struct tally_version *v;
	struct tally_annulled *a;
	struct tally_station *s;
	unsigned i;

	t->nversions = several(r, 92);
	t->versions = v = room(r, t->nversions, sizeof(*v));
	for (i = 0; !r->bad && i < t->nversions; i++) {
		v[i].station = station(r);
		v[i].by = station(r);
		v[i].version = text(r);
		v[i].by_version = text(r);
		v[i].reason = text(r);
	}
	t->versions_in_all = number(r, UINT64_MAX);
	t->nannulled = several(r, 52);
	t->annulled = a = room(r, t->nannulled, sizeof(*a));
	for (i = 0; !r->bad && i < t->nannulled; i++) {
		a[i].station = station(r);
		a[i].reason = text(r);
		a[i].registered = number(r, NUMBER_MAX);
		a[i].found = number(r, NUMBER_MAX);
	}
	t->nannul_unmet = several(r, 32);
	t->annul_unmet = s = room(r, t->nannul_unmet, sizeof(*s));
	for (i = 0; !r->bad && i < t->nannul_unmet; i++)
		s[i] = station(r);
}

/* --- pictures and the anomaly --------------------------------------------- */

static void
pictures(struct reading *r, struct tally *t)
{
	uint32_t *turnout;
	uint64_t *cells;
	unsigned i;

	if (!yes(r))
		return;
	t->turnout = turnout = room(r, TALLY_TURNOUT, sizeof(*turnout));
	t->cells = cells = room(r, TALLY_CELLS * TALLY_CELLS, sizeof(*cells));
	for (i = 0; !r->bad && i < TALLY_TURNOUT; i++)
		turnout[i] = (uint32_t)number(r, UINT32_MAX);
	for (i = 0; !r->bad && i < TALLY_CELLS * TALLY_CELLS; i++)
		cells[i] = number(r, NUMBER_MAX);
}

static void
kinds(struct reading *r, struct anomaly *a)
{
	unsigned i;

	for (i = 0; i < ANOMALY_KINDS; i++) {
		a[i].stations = number(r, NUMBER_MAX);
		a[i].observed = number(r, a[i].stations);
		a[i].expected = real(r);
		a[i].deviation = real(r);
		a[i].anomaly = real(r);
		a[i].z = real(r);
	}
}

static void
anomaly(struct reading *r, struct tally *t)
{
	struct anomaly_report *a;
	struct anomaly_region *region;
	unsigned i;

	if (!yes(r))
		return;
	t->anomaly = a = room(r, 1, sizeof(*a));
	if (a == NULL)
		return;
	a->leader = text(r);
	a->included = number(r, NUMBER_MAX);
	a->stations = number(r, NUMBER_MAX);
	a->no_ballots = number(r, NUMBER_MAX);
	a->under_100 = number(r, NUMBER_MAX);
	a->turnout_over_99 = number(r, NUMBER_MAX);
	a->leader_over_99 = number(r, NUMBER_MAX);
	kinds(r, a->of);
	a->nregions = several(r, 4 + 48 * ANOMALY_KINDS);
	a->regions = region = room(r, a->nregions, sizeof(*region));
	for (i = 0; !r->bad && i < a->nregions; i++) {
		region[i].name = text(r);
		kinds(r, region[i].of);
	}
}

bool
tally_read(struct bytes in, struct arena *arena, struct tally *t)
{
	struct reading r = { .cur = cur_over(in), .arena = arena };
	int64_t leader;

	memset(t, 0, sizeof(*t));
	if (number(&r, UINT64_MAX) != MAGIC)
		return false;
	files(&r, t);
	form(&r, t);
	nodes(&r, t);
	controls(&r, t);
	told(&r, t);
	t->stations_listed = yes(&r);
	t->unlisted = number(&r, UINT64_MAX);
	leader = with_minus_one(&r);
	r.bad = r.bad || leader >= (int64_t)t->nlines;
	t->leader = r.bad ? -1 : (int)leader;
	pictures(&r, t);
	anomaly(&r, t);
	if (r.bad || !cur_ok(&r.cur) || cur_left(&r.cur) > 0)
		memset(t, 0, sizeof(*t));
	return !r.bad && cur_ok(&r.cur) && cur_left(&r.cur) == 0;
}
