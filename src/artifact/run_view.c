/*
 * Filling the fields of an artifact from the rows of a table, through
 * references to other tables.
 *
 * A reference that leads nowhere leaves its fields unset; the row stays.
 *
 * Of a million rows few are told.  So the fields are filled in three rounds:
 * what the artifact's own code reads; what is matched and judged; the rest,
 * only where the record is told.  A row of which any value might be a gap is
 * filled whole at once, so that no gap depends on what else was asked for.
 */
#include <assert.h>
#include <string.h>

#include "artifact/run_view_inside.h"
#include "base/limits.h"
#include "base/text.h"

/* Reads the keys of a table; where only one more column of it is wanted, the
   rows need not be gone to. */
static void
node_keys(struct table_view *tv, struct node *n)
{
	struct run *run = tv->run;
	const char *key = n->ref->key;

	n->keys = keys_new_pairs(&run->file, run->db, n->table, key,
	    kept_only(n->kept));
	n->pairs = n->keys != NULL;
	if (!n->pairs)
		n->keys = keys_new(&run->file, run->db, n->table, key,
		    &run->gaps);
	n->dead = n->keys == NULL;
}

/* The row that a key leads to; where the keys give the one value that is
   wanted, that. */
static bool
node_rowid(struct table_view *tv, struct node *n, const struct val *key)
{
	if (n->ref->key == NULL) {
		n->rowid = key->i;
		return key->type == VAL_INT;
	}
	if (n->keys == NULL && !n->dead)
		node_keys(tv, n);
	return !n->dead && keys_find(n->keys, key, &n->rowid);
}

static struct val value_at(struct table_view *, struct column);

/* Whether the row of the view leads to a row of the node. */
static bool
node_seek(struct table_view *tv, struct node *n)
{
	struct val key;

	if (n->sought == tv->at)
		return n->leads;
	n->sought = tv->at;
	/* The path to it is no longer than the nodes, each made after the one
	   it comes from. */
	key = value_at(tv, (struct column){ .node = n->from,
	    .column = n->column });
	n->leads = node_rowid(tv, n, &key);
	return n->leads;
}

/* The row of a node that belongs to the row of the view; NULL if there is
   none. */
static const struct val *
node_reach(struct table_view *tv, struct node *n)
{
	if (n->at == tv->at)
		return n->v;
	n->at = tv->at;
	n->v = NULL;
	if (!node_seek(tv, n))
		return NULL;
	if (n->pairs) {
		n->value = val_int(n->rowid);
		n->v = &n->value;
	} else {
		n->v = kept_row(n->kept, n->rowid);
	}
	return n->v;
}

static struct val
value_at(struct table_view *tv, struct column c)
{
	const struct val *v;

	if (c.node == 0)
		return sqlite_value(&tv->row, c.column);
	v = node_reach(tv, &tv->nodes[c.node]);
	return v == NULL ? val_unset() : v[c.column];
}

/* As its kind wants it; text is, but for times. */
static inline void
convert(struct table_view *tv, unsigned i)
{
	struct val *v = &tv->v[i];

	if (v->type != VAL_UNSET && (v->type != VAL_TEXT ||
	    tv->columns[i].time))
		*v = run_convert(&tv->run->scratch,
		    tv->run->artifact->fields[i].kind, *v);
}

/* Fills what is not filled yet, up to this round. */
static void
fill(struct table_view *tv, enum round last)
{
	const struct round_of *r;
	const short *i;

	for (; tv->next <= last; tv->next++) {
		r = &tv->round[tv->next];
		sqlite_values(&tv->row, r->own, r->nown);
		for (i = r->fields; *i != RUN_END; i++) {
			if (tv->columns[*i].node != 0)
				tv->v[*i] = value_at(tv, tv->columns[*i]);
			convert(tv, (unsigned)*i);
		}
	}
}

/* People stand in a table of their own, messages lead to them: a row that met
   nothing once need not be looked at again. */
static bool
is_quiet(const struct node *n)
{
	return n->quiet != NULL && n->rowid >= 0 && n->rowid < QUIET_ROWS &&
	    (n->quiet[n->rowid / 64] >> n->rowid % 64 & 1) != 0;
}

static void
note_quiet(struct table_view *tv, struct node *n)
{
	if (n->rowid < 0 || n->rowid >= QUIET_ROWS)
		return;
	if (n->quiet == NULL)
		n->quiet = arena_alloc(&tv->run->file, QUIET_ROWS / 64,
		    sizeof(*n->quiet));
	if (n->quiet != NULL)
		n->quiet[n->rowid / 64] |= UINT64_C(1) << n->rowid % 64;
}

/* Matches the fields that come from a row of another table. */
static void
match_node(struct table_view *tv, struct node *n)
{
	const struct val *from;
	short i;

	if (!node_seek(tv, n) || is_quiet(n))
		return;
	from = node_reach(tv, n);
	for (i = n->first; from != NULL && i != RUN_END;
	    i = tv->columns[i].next) {
		tv->v[i] = from[tv->columns[i].column];
		tv->dirty = true;
		convert(tv, (unsigned)i);
		if (tv->v[i].type >= VAL_TEXT)
			run_match_one(tv->run, (unsigned)i, &tv->v[i]);
	}
	if (!match_met(tv->run->match))
		note_quiet(tv, n);
}

bool
run_view_match(struct run *run, const struct val *v)
{
	struct table_view *tv = run->view;
	struct node *n;
	const short *i;

	if (tv == NULL || v != tv->v || run->told || tv->next > ROUND_LATE)
		return false;
	for (i = tv->matched; *i != RUN_END; i++)
		if (v[*i].type >= VAL_TEXT)
			run_match_one(run, (unsigned)*i, &v[*i]);
	for (n = &tv->nodes[1]; n < &tv->nodes[tv->nnodes]; n++)
		if (n->first != RUN_END)
			match_node(tv, n);
	return true;
}

void
run_view_ready(struct run *run, const struct val *v)
{
	struct table_view *tv = run->view;

	if (tv == NULL || v != tv->v)
		return;
	fill(tv, ROUND_READY);
	if (run->told && tv->view->late != NULL)
		tv->view->late(tv->v);
}

void
run_view_late(struct run *run, const struct val *v)
{
	struct table_view *tv = run->view;

	if (tv == NULL || v == NULL || v != tv->v)
		return;
	fill(tv, ROUND_LATE);
	if (tv->view->late != NULL)
		tv->view->late(tv->v);
}

/* --- which field is filled when ------------------------------------------ */

static bool
in_list(const short *list, unsigned field)
{
	while (list != NULL && *list != RUN_END)
		if (*list++ == (short)field)
			return true;
	return false;
}

static enum round
round_of(const struct run *run, const struct view *view, unsigned field,
    struct column *c)
{
	const struct artifact *a = run->artifact;

	if (run->told || (view->row != NULL && (view->reads == NULL ||
	    in_list(view->reads, field))))
		return ROUND_READ;
	if (a->judge != NULL && (a->judged == NULL ||
	    in_list(a->judged, field)))
		return ROUND_READY;
	if (!in_list(run->matched, field) || run->match == NULL)
		return ROUND_LATE;
	/* What others refer to need not even be looked at each time. */
	c->alone = c->node != 0;
	return c->alone ? ROUND_LATE : ROUND_READY;
}

/* Each reference is followed for each row, whatever is wanted: where that leads
   to damage, it is told. */
static void
reach_all(const struct run *run, struct table_view *tv)
{
	bool reached[MAX_NODES] = { true };
	struct column *c;
	unsigned i, k;

	for (i = 0; i < run->artifact->nfields; i++) {
		c = &tv->columns[i];
		if (c->column >= 0 && (c->alone || c->round != ROUND_LATE))
			reached[c->node] = true;
	}
	for (k = tv->nnodes - 1; k > 0; k--) {
		for (i = 0; i < run->artifact->nfields && !reached[k]; i++) {
			c = &tv->columns[i];
			if (c->column < 0 || c->node != k)
				continue;
			c->round = ROUND_READY;
			reached[k] = true;
		}
		if (reached[k])
			reached[tv->nodes[k].from] = true;
	}
}

/* Notes the columns that the first two rounds ask for: the table's own, and
   those that lead to other tables. */
static void
plan(struct table_view *tv)
{
	int columns[LIMIT_COLUMNS];
	unsigned i, n = 0, r;

	for (r = ROUND_READ; r < ROUND_LATE; r++)
		for (i = 0; i < tv->round[r].nown; i++)
			columns[n++] = tv->round[r].own[i].column;
	for (i = 1; i < tv->nnodes; i++)
		if (tv->nodes[i].from == 0 && n < LIMIT_COLUMNS)
			columns[n++] = tv->nodes[i].column;
	sqlite_scan_plan(tv->scan, columns, n);
}

/* Whether row may set a field that no column fills: it may be one that it
   reads, of which this database has no column. */
static bool
may_set(const struct view *view, unsigned field)
{
	return view->row != NULL && (view->sets == NULL ||
	    view->reads == NULL || in_list(view->sets, field) ||
	    in_list(view->reads, field));
}

/* Which fields are matched, and how: run_view_match. */
static bool
matches(struct run *run, struct table_view *tv)
{
	const short *i;
	short *last;
	unsigned n = 0;

	tv->matched = arena_alloc(&run->file,
	    (size_t)run->artifact->nfields + 1, sizeof(*tv->matched));
	if (tv->matched == NULL)
		return false;
	for (i = run->matched; *i != RUN_END; i++) {
		if (tv->columns[*i].column < 0 && !in_list(tv->sets,
		    (unsigned)*i))
			continue;	/* nobody sets it before it is told */
		if (!tv->columns[*i].alone) {
			tv->matched[n++] = *i;
			continue;
		}
		last = &tv->nodes[tv->columns[*i].node].first;
		while (*last != RUN_END)
			last = &tv->columns[*last].next;
		*last = *i;
		tv->columns[*i].next = RUN_END;
	}
	tv->matched[n] = RUN_END;
	return true;
}

static bool
rounds(struct run *run, struct table_view *tv)
{
	unsigned nfields = run->artifact->nfields, i, nfree = 0, nsets = 0;
	unsigned n[ROUNDS] = { 0 };
	struct round_of *r;
	enum round k;

	for (k = 0; k < ROUNDS; k++) {
		r = &tv->round[k];
		r->own = arena_alloc(&run->file, nfields, sizeof(*r->own));
		r->fields = arena_alloc(&run->file, (size_t)nfields + 1,
		    sizeof(*r->fields));
	}
	tv->free = arena_alloc(&run->file, (size_t)nfields + 1,
	    sizeof(*tv->free));
	tv->sets = arena_alloc(&run->file, (size_t)nfields + 1,
	    sizeof(*tv->sets));
	if (run->file.bad)
		return false;
	for (i = 0; i < nfields; i++) {
		tv->columns[i].time = kind_is_time(
		    run->artifact->fields[i].kind);
		tv->columns[i].round = round_of(run, tv->view, i,
		    &tv->columns[i]);
	}
	reach_all(run, tv);
	for (i = 0; i < nfields; i++) {
		if (tv->columns[i].column < 0) {
			tv->free[nfree++] = (short)i;
			if (may_set(tv->view, i))
				tv->sets[nsets++] = (short)i;
			continue;
		}
		k = tv->columns[i].round;
		r = &tv->round[k];
		r->fields[n[k]++] = (short)i;
		if (tv->columns[i].node == 0)
			r->own[r->nown++] = (struct sqlite_want){
			    tv->columns[i].column, &tv->v[i] };
	}
	for (k = 0; k < ROUNDS; k++)
		tv->round[k].fields[n[k]] = RUN_END;
	tv->free[nfree] = RUN_END;
	tv->sets[nsets] = RUN_END;
	return matches(run, tv);
}

static bool
view_open(struct run *run, struct sqlite *db, const struct view *view)
{
	unsigned nfields = run->artifact->nfields, i;
	struct table_view *tv;

	tv = arena_alloc(&run->file, 1, sizeof(*tv));
	if (tv == NULL)
		return false;
	tv->columns = arena_alloc(&run->file, nfields, sizeof(*tv->columns));
	tv->v = arena_alloc(&run->file, nfields, sizeof(*tv->v));
	if (tv->columns == NULL || tv->v == NULL)
		return false;
	tv->run = run;
	tv->view = view;
	tv->nodes[0].table = run_view_table(db, view->table);
	tv->nnodes = 1;
	if (tv->nodes[0].table == NULL) {
		if (!view->optional)
			gap_addf(&run->gaps, GAP_NO_OFFSET, "the database has "
			    "no table %s: an unknown schema", view->table);
		return false;
	}
	for (i = 0; i < nfields; i++)
		tv->columns[i] = run_view_path(run, tv, view->from != NULL ?
		    view->from[i] : run->artifact->fields[i].from);
	run->view = tv;
	if (!rounds(run, tv) || sqlite_scan_open(&tv->scan, db,
	    tv->nodes[0].table) != ERR_NONE)
		return false;
	plan(tv);
	return true;
}

static void
unset(struct val *v, const short *fields)
{
	for (; *fields != RUN_END; fields++)
		v[*fields].type = VAL_UNSET;
}

/* Nothing of one row may be seen in the next. */
static void
forget(struct table_view *tv)
{
	unset(tv->v, tv->run->told || tv->next > ROUND_LATE ? tv->free :
	    tv->sets);
	if (tv->next > ROUND_READY)
		unset(tv->v, tv->round[ROUND_READY].fields);
	if (tv->next > ROUND_LATE || tv->dirty)
		unset(tv->v, tv->round[ROUND_LATE].fields);
	tv->dirty = false;
}

bool
run_view(struct run *run, struct sqlite *db, const struct view *view)
{
	struct table_view *tv;

	run_view_close(run);
	if (!view_open(run, db, view))
		return false;
	tv = run->view;
	while (sqlite_scan_next(tv->scan, &tv->row)) {
		tv->at++;
		run->row = tv->row.rowid;
		tv->next = ROUND_READ;
		fill(tv, sqlite_row_plain(&tv->row) ? ROUND_READ : ROUND_LATE);
		if (view->row != NULL)
			view->row(run, tv->v);
		else
			run_record(run, tv->v);
		run_scratch_done(run);
		forget(tv);
	}
	run_view_close(run);
	return true;
}

void
run_view_close(struct run *run)
{
	struct table_view *tv = run->view;
	unsigned i;

	if (tv == NULL)
		return;
	sqlite_scan_close(tv->scan);
	for (i = 1; i < tv->nnodes; i++)
		sqlite_find_close(tv->nodes[i].find);
	run->view = NULL;
}

struct val
run_column(struct run *run, const char *column)
{
	struct table_view *tv = run->view;

	if (tv == NULL)
		return val_unset();
	return sqlite_value(&tv->row,
	    sqlite_column(tv->nodes[0].table, column));
}
