/*
 * The end of a count: every protocol that holds is checked and added up, from
 * its territory to its region to the country.
 */
#include "election/count_inside.h"

#include <string.h>

#include "base/sort.h"

struct tally_station
count_station(const struct count *c, uint32_t i)
{
	struct row row = rows_get(&c->rows, i);
	struct tally_station s = { c->node_of[row.node],
	    count_word(c, row.district), row.name, row.file, row.line };

	return s;
}

/* --- adding up ------------------------------------------------------------ */

/* The voters that a protocol stands for which is not counted. */
static int64_t
registered_of(const struct count *c, uint32_t i)
{
	size_t at = (size_t)i * sizeof(int32_t);
	int32_t v;

	if (at >= c->registered.n)
		return -1;
	memcpy(&v, &c->registered.p[at], sizeof(v));
	return v;
}

static void
without(const struct count *c, uint32_t i, struct tally_node *node)
{
	int64_t registered = registered_of(c, i);

	if (registered < 0 || node->missing_registered < 0)
		node->missing_registered = -1;
	else
		node->missing_registered += registered;
}

static void
add(struct count *c, struct tally_node *node, const int64_t *values)
{
	uint64_t *sums = &c->sums[(size_t)(node - c->nodes) * c->form.n];
	unsigned k;

	node->counted++;
	for (k = 0; k < c->form.n; k++)
		sums[k] += values[k] == FORM_EMPTY ? 0 : (uint64_t)values[k];
}

static void
row_end(struct count *c, uint32_t i)
{
	int64_t values[FORM_LINES];
	struct row row = rows_get(&c->rows, i);
	struct tally_node *node = &c->nodes[c->node_of[row.node]];
	uint8_t mark = rows_mark(&c->rows, i);

	if ((mark & ROW_SUPERSEDED) != 0)
		return;
	node->stations++;
	if (c->listed && (mark & ROW_LISTED) == 0)
		c->unlisted++;
	if ((mark & ROW_ANNULLED) != 0) {
		node->annulled++;
	} else if (rows_empty(&row)) {
		node->missing++;
		without(c, i, node);
	} else {
		rows_values(&row, values, c->form.n);
		if (count_check(c, i, &row, values)) {
			rows_set_mark(&c->rows, i, ROW_COUNTED);
			add(c, node, values);
		} else {
			rows_set_mark(&c->rows, i, ROW_BROKEN);
			node->broken++;
			without(c, i, node);
		}
	}
}

static void
roll_up(struct count *c)
{
	struct tally_node *node, *above;
	uint64_t *to;
	uint32_t i;
	unsigned k;

	/* Territories come after their region: upwards from the end. */
	for (i = c->nnodes - 1; i > 0; i--) {
		node = &c->nodes[i];
		above = &c->nodes[node->parent];
		above->stations += node->stations;
		above->counted += node->counted;
		above->missing += node->missing;
		above->broken += node->broken;
		above->annulled += node->annulled;
		if (node->missing_registered < 0 ||
		    above->missing_registered < 0)
			above->missing_registered = -1;
		else
			above->missing_registered += node->missing_registered;
		to = &c->sums[(size_t)node->parent * c->form.n];
		for (k = 0; k < c->form.n; k++)
			to[k] += node->sums[k];
	}
}

/* --- figures and the leader ----------------------------------------------- */

/* A figure as coefficients: its formula, asked for each line by itself. */
static const int8_t *
coefficients(struct count *c, const struct relation *formula)
{
	int64_t values[FORM_LINES] = { 0 }, base;
	const struct relation_plan *plan;
	struct bytes missing;
	int8_t *out = arena_alloc(&c->arena, FORM_LINES, sizeof(*out));
	unsigned k;

	plan = formula == NULL ? NULL : relation_bind(formula, &c->form,
	    &c->arena, &missing);
	if (plan == NULL || out == NULL)
		return NULL;
	base = relation_value(plan, values);
	for (k = 0; k < c->form.n; k++) {
		values[k] = 1;
		out[k] = (int8_t)(relation_value(plan, values) - base);
		values[k] = 0;
	}
	return out;
}

static void
figures(struct count *c, struct tally *t)
{
	const struct profile *profile = NULL;
	unsigned i;

	for (i = 0; i < c->nfiles && profile == NULL; i++)
		profile = c->files[i].profile;
	if (profile == NULL)
		return;
	t->vote = profile_vote(profile, &c->form);
	for (i = 0; i < FIGURE_COUNT; i++)
		t->figures[i] = coefficients(c, profile_figure(profile,
		    (enum figure)i));
}

static bool
is_leader(const struct count *c, struct bytes key)
{
	return c->setup.leader.n == 0 ||
	    bytes_find(key, c->setup.leader, 0) != SIZE_MAX;
}

static int
leader(const struct count *c)
{
	const uint64_t *sums = c->nodes[0].sums;
	int best = -1;
	unsigned k;

	for (k = 0; k < c->form.n; k++) {
		if (!c->form.lines[k].candidate ||
		    (c->form.lines[k].against_all && c->setup.leader.n == 0) ||
		    !is_leader(c, c->form.lines[k].key))
			continue;
		if (best < 0 || sums[k] > sums[best])
			best = (int)k;
	}
	return best;
}

/* --- the tally ------------------------------------------------------------ */

static int
station_order(const struct tally_station *a, const struct tally_station *b)
{
	int order;

	if (a->node != b->node)
		return a->node < b->node ? -1 : 1;
	order = places_order(a->name, b->name);
	return order != 0 ? order : places_order(a->district, b->district);
}

static int
by_failure(const void *va, const void *vb)
{
	const struct tally_failure *a = va, *b = vb;
	int order = station_order(&a->station, &b->station);

	return order != 0 ? order :
	    (a->control > b->control) - (a->control < b->control);
}

static int
by_version(const void *va, const void *vb)
{
	const struct tally_version *a = va, *b = vb;
	int order = station_order(&a->station, &b->station);

	return order != 0 ? order : bytes_cmp(a->version, b->version);
}

static int
by_annulled(const void *va, const void *vb)
{
	const struct tally_annulled *a = va, *b = vb;

	return station_order(&a->station, &b->station);
}

static void
annulled(struct count *c, struct tally *t)
{
	struct tally_node one = { 0 };
	int64_t values[FORM_LINES], figure;
	uint64_t sums[FORM_LINES];
	struct row row;
	unsigned i, k;

	one.sums = sums;
	for (i = 0; i < c->nannulled; i++) {
		row = rows_get(&c->rows, c->annulled_rows[i]);
		rows_values(&row, values, c->form.n);
		for (k = 0; k < c->form.n; k++)
			sums[k] = values[k] > 0 ? (uint64_t)values[k] : 0;
		c->annulled[i].station = count_station(c, c->annulled_rows[i]);
		figure = tally_figure(t, &one, FIGURE_REGISTERED);
		c->annulled[i].registered = figure > 0 ? (uint64_t)figure : 0;
		figure = tally_figure(t, &one, FIGURE_FOUND);
		c->annulled[i].found = figure > 0 ? (uint64_t)figure : 0;
	}
	sort_items(c->annulled, c->nannulled, sizeof(c->annulled[0]),
	    by_annulled);
	t->annulled = c->annulled;
	t->nannulled = c->nannulled;
}

static bool
files(struct count *c, struct tally *t)
{
	struct tally_file *f = arena_alloc(&c->arena, c->nfiles + 1,
	    sizeof(*f));
	unsigned i;

	if (f == NULL)
		return false;
	for (i = 0; i < c->nfiles; i++)
		f[i] = c->files[i].told;
	t->files = f;
	t->nfiles = c->nfiles;
	t->lines = c->form.lines;
	t->nlines = c->form.n;
	t->leader = -1;
	t->faults = c->faults;
	t->nfaults = c->nfaults;
	t->faults_in_all = c->faults_in_all;
	return true;
}

static void
tell(struct count *c, struct tally *t)
{
	sort_items(c->failures, c->nfailures, sizeof(c->failures[0]),
	    by_failure);
	sort_items(c->told, c->ntold, sizeof(c->told[0]), by_version);
	t->nodes = c->nodes;
	t->nnodes = c->nnodes;
	t->controls = c->controls;
	t->ncontrols = c->ncontrols;
	t->failures = c->failures;
	t->nfailures = c->nfailures;
	t->failures_in_all = c->failures_in_all;
	t->versions = c->told;
	t->nversions = c->ntold;
	t->versions_in_all = c->told_in_all;
	t->annul_unmet = c->unmet;
	t->nannul_unmet = c->nunmet;
	t->stations_listed = c->listed;
	t->unlisted = c->unlisted;
	t->leader = leader(c);
}

enum err
count_end(struct count *c, struct tally *t)
{
	uint32_t i;

	memset(t, 0, sizeof(*t));
	if (c->rows.bad || c->places.bad || c->words.bad ||
	    c->registered.bad || !count_nodes(c) || !count_plans(c))
		return ERR_MEMORY;
	count_versions(c);
	if (!count_names(c) || !files(c, t))
		return ERR_MEMORY;
	if (c->nfaults > 0)
		return ERR_NONE;
	for (i = 0; i < c->rows.n; i++)
		row_end(c, i);
	count_checked(c);
	roll_up(c);
	if (!count_sums(c))
		return ERR_MEMORY;
	if (c->nfaults > 0)
		return files(c, t) ? ERR_NONE : ERR_MEMORY;
	figures(c, t);
	tell(c, t);
	annulled(c, t);
	c->ended = true;
	if (!count_pictures(c, t) || c->arena.bad)
		return ERR_MEMORY;
	return ERR_NONE;
}

/* --- each station --------------------------------------------------------- */

struct sorting {
	uint32_t row, node;
	struct bytes name, district;
};

static int
by_place(const void *va, const void *vb)
{
	const struct sorting *a = va, *b = vb;
	int order;

	if (a->node != b->node)
		return a->node < b->node ? -1 : 1;
	order = places_order(a->name, b->name);
	if (order == 0)
		order = places_order(a->district, b->district);
	return order != 0 ? order : (a->row > b->row) - (a->row < b->row);
}

static enum count_state
state(uint8_t mark)
{
	if ((mark & ROW_ANNULLED) != 0)
		return COUNT_ANNULLED;
	if ((mark & ROW_BROKEN) != 0)
		return COUNT_BROKEN;
	return (mark & ROW_COUNTED) != 0 ? COUNT_COUNTED : COUNT_MISSING;
}

static bool
tell_station(const struct count *c, const struct sorting *s,
    bool (*f)(void *ctx, const struct count_station *), void *ctx)
{
	int64_t values[FORM_LINES];
	struct row row = rows_get(&c->rows, s->row);
	struct count_station told = { s->node, s->district, s->name,
	    state(rows_mark(&c->rows, s->row)), values, row.file, row.line };

	rows_values(&row, values, c->form.n);
	return f(ctx, &told);
}

enum err
count_stations(const struct count *c,
    bool (*f)(void *ctx, const struct count_station *), void *ctx)
{
	struct buf sorted = buf_with(COUNT_STATIONS * sizeof(struct sorting));
	struct sorting s;
	uint32_t i, n = 0;
	struct row row;

	for (i = 0; i < c->rows.n; i++) {
		if ((rows_mark(&c->rows, i) & ROW_SUPERSEDED) != 0)
			continue;
		row = rows_get(&c->rows, i);
		s.row = i;
		s.node = c->node_of[row.node];
		s.name = row.name;
		s.district = count_word(c, row.district);
		buf_add(&sorted, bytes_at(&s, sizeof(s)));
		n++;
	}
	if (sorted.bad) {
		buf_free(&sorted);
		return ERR_MEMORY;
	}
	sort_items(sorted.p, n, sizeof(s), by_place);
	for (i = 0; i < n; i++) {
		memcpy(&s, &sorted.p[i * sizeof(s)], sizeof(s));
		if (!tell_station(c, &s, f, ctx))
			break;
	}
	buf_free(&sorted);
	return ERR_NONE;
}
