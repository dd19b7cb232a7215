/*
 * Filling the fields of an artifact from the rows of a table, through
 * references to other tables.
 *
 * A reference that leads nowhere leaves its fields unset; the row stays.
 */
#include <assert.h>
#include <string.h>

#include "artifact/kept.h"
#include "artifact/keys.h"
#include "artifact/run_inside.h"
#include "base/text.h"

#define MAX_NODES	16	/* tables joined in one view */

struct node {			/* a table on the way of references */
	const struct reference *ref;	/* NULL for the view's own table */
	unsigned from;			/* the node that points here */
	int column;			/* of `from`, that holds the key */
	const struct sqlite_table *table;
	struct sqlite_find *find;
	struct keys *keys;		/* where the key is no rowid */
	struct kept *kept;		/* its rows */
	uint64_t at;			/* the row of the view it is for */
	const struct val *v;		/* its row then; NULL: none */
	bool dead;			/* its keys could not be read */
};

struct column {			/* where a field comes from */
	unsigned node;
	int column;		/* of the view's own table; of another, its
				   place in node.v; -1: nowhere */
};

struct table_view {
	const struct view *view;
	struct sqlite_scan *scan;
	struct node nodes[MAX_NODES];
	unsigned nnodes;
	struct sqlite_row row;	/* of the view's own table */
	struct column *columns;	/* one per field */
	struct val *v;		/* the record that is being filled */
	unsigned filled;	/* of its fields */
	uint64_t at;
};

/* The first of "a|b|c" that is a table. */
static const struct sqlite_table *
table_of(struct sqlite *db, const char *names)
{
	const struct sqlite_table *table = NULL;
	struct buf name = buf_with(256);
	const char *end;

	while (table == NULL && *names != '\0') {
		end = strchrnul(names, '|');
		buf_reset(&name);
		buf_add(&name, bytes_at(names, (size_t)(end - names)));
		buf_byte(&name, '\0');
		table = sqlite_table(db, (const char *)name.p);
		names = *end == '|' ? end + 1 : end;
	}
	buf_free(&name);
	return table;
}

static int
column_of(const struct sqlite_table *table, struct bytes name)
{
	char text[128];

	if (name.n >= sizeof(text))
		return -1;
	memcpy(text, name.p, name.n);
	text[name.n] = '\0';
	return sqlite_column(table, text);
}

/* Whether a step of a path, "column" or "column@target", is this reference. */
static bool
step_is(struct bytes step, const struct reference *ref)
{
	size_t at = bytes_find_byte(step, '@', 0);

	if (at == SIZE_MAX)
		return bytes_is(step, ref->column);
	return bytes_is(bytes_part(step, 0, at), ref->column) &&
	    bytes_is(bytes_part(step, at + 1, step.n), ref->target);
}

/* Where the value of a column of the node will be found. */
static int
column_wanted(const struct node *n, int column)
{
	if (n->ref == NULL || column < 0)
		return column;
	return (int)kept_column(n->kept, column);
}

/* The node that a step from `from` leads to; made when first asked for. */
static int
node_to(struct run *run, struct table_view *tv, unsigned from,
    struct bytes step)
{
	const struct reference *ref = tv->view->refs;
	struct node *n = &tv->nodes[tv->nnodes];
	unsigned i;

	for (i = 1; i < tv->nnodes; i++)
		if (tv->nodes[i].from == from &&
		    step_is(step, tv->nodes[i].ref))
			return tv->nodes[i].dead ? -1 : (int)i;
	for (; ref != NULL && ref->column != NULL; ref++)
		if (step_is(step, ref) && text_same_as(bytes_of(
		    sqlite_table_name(tv->nodes[from].table)), ref->table))
			break;
	if (ref == NULL || ref->column == NULL || tv->nnodes == MAX_NODES)
		return -1;
	n->ref = ref;
	n->from = from;
	n->column = column_of(tv->nodes[from].table, bytes_of(ref->column));
	n->table = table_of(run->db, ref->target);
	if (n->column < 0 || n->table == NULL)
		return -1;
	n->column = column_wanted(&tv->nodes[from], n->column);
	if (sqlite_find_open(&n->find, run->db, n->table) != ERR_NONE)
		return -1;
	tv->nnodes++;
	n->kept = kept_new(&run->file, n->find);
	n->dead = n->kept == NULL;
	if (n->dead)
		return -1;
	if (ref->key == NULL)
		return (int)tv->nnodes - 1;
	n->keys = keys_new(&run->file, run->db, n->table, ref->key,
	    &run->gaps);
	n->dead = n->keys == NULL;
	return n->dead ? -1 : (int)tv->nnodes - 1;
}

/* "a.b.c": through the references a and b to the column c. */
static struct column
path_of(struct run *run, struct table_view *tv, struct bytes path)
{
	struct column none = { 0, -1 };
	struct column c = { 0, -1 };
	size_t dot;
	int node;

	while ((dot = bytes_find_byte(path, '.', 0)) != SIZE_MAX) {
		node = node_to(run, tv, c.node, bytes_part(path, 0, dot));
		if (node < 0)
			return none;
		c.node = (unsigned)node;
		path = bytes_part(path, dot + 1, path.n);
	}
	c.column = column_wanted(&tv->nodes[c.node],
	    column_of(tv->nodes[c.node].table, path));
	return c;
}

static struct column
paths_of(struct run *run, struct table_view *tv, const char *from)
{
	struct column c = { 0, -1 };
	const char *end;

	while (from != NULL && *from != '\0' && c.column < 0) {
		end = strchrnul(from, '|');
		c = path_of(run, tv, bytes_at(from, (size_t)(end - from)));
		from = *end == '|' ? end + 1 : end;
	}
	return c;
}

/* The row that a key leads to. */
static bool
node_rowid(const struct node *n, const struct val *key, int64_t *rowid)
{
	if (n->keys != NULL)
		return keys_find(n->keys, key, rowid);
	if (key->type != VAL_INT)
		return false;
	*rowid = key->i;
	return true;
}

static struct val value_at(struct table_view *, struct column);

/* The row of a node that belongs to the row of the view. */
static const struct val *
node_reach(struct table_view *tv, struct node *n)
{
	struct val key;
	int64_t rowid;

	if (n->at == tv->at)
		return n->v;
	n->at = tv->at;
	/* The path to it is no longer than the nodes, each made after the one
	   it comes from. */
	key = value_at(tv, (struct column){ n->from, n->column });
	n->v = node_rowid(n, &key, &rowid) ? kept_row(n->kept, rowid) : NULL;
	return n->v;
}

static struct val
value_at(struct table_view *tv, struct column c)
{
	const struct val *v;

	if (c.column < 0)
		return val_unset();
	if (c.node == 0)
		return sqlite_value(&tv->row, c.column);
	v = node_reach(tv, &tv->nodes[c.node]);
	return v == NULL ? val_unset() : v[c.column];
}

/* Fills the fields up to `end` that are not filled yet. */
static void
fill(struct run *run, struct table_view *tv, unsigned end)
{
	const struct field *fields = run->artifact->fields;
	struct val *v = tv->v;
	unsigned i;

	for (i = tv->filled; i < end; i++) {
		v[i] = value_at(tv, tv->columns[i]);
		if (v[i].type != VAL_UNSET)
			v[i] = run_convert(&run->scratch, fields[i].kind, v[i]);
	}
	tv->filled = end;
}

void
run_view_late(struct run *run, const struct val *v)
{
	struct table_view *tv = run->view;

	if (tv != NULL && v != NULL && v == tv->v)
		fill(run, tv, run->artifact->nfields);
}

/* How many fields each record needs at least. */
static unsigned
needed(const struct run *run, const struct view *view)
{
	const struct field *f;
	unsigned i;

	if (view->late == 0)
		return run->artifact->nfields;
	for (i = view->late; i < run->artifact->nfields; i++) {
		f = &run->artifact->fields[i];
		assert(!kind_is_time(f->kind) && !f->shown &&
		    sense_of(f) == SENSE_NOT_MATCHED);
	}
	return run->engine->sink->line != NULL ? run->artifact->nfields :
	    view->late;
}

static bool
view_open(struct run *run, struct sqlite *db, const struct view *view)
{
	struct table_view *tv;
	unsigned i;

	tv = arena_alloc(&run->file, 1, sizeof(*tv));
	if (tv == NULL)
		return false;
	tv->columns = arena_alloc(&run->file, run->artifact->nfields,
	    sizeof(*tv->columns));
	if (tv->columns == NULL)
		return false;
	tv->view = view;
	tv->nodes[0].table = table_of(db, view->table);
	tv->nnodes = 1;
	if (tv->nodes[0].table == NULL) {
		if (!view->optional)
			gap_addf(&run->gaps, GAP_NO_OFFSET, "the database has "
			    "no table %s: an unknown schema", view->table);
		return false;
	}
	for (i = 0; i < run->artifact->nfields; i++)
		tv->columns[i] = paths_of(run, tv, view->from != NULL ?
		    view->from[i] : run->artifact->fields[i].from);
	run->view = tv;
	return sqlite_scan_open(&tv->scan, db, tv->nodes[0].table) ==
	    ERR_NONE;
}

bool
run_view(struct run *run, struct sqlite *db, const struct view *view)
{
	unsigned i, n = needed(run, view);
	struct table_view *tv;
	struct val *v;

	run_view_close(run);
	v = arena_alloc(&run->file, run->artifact->nfields, sizeof(*v));
	if (v == NULL || !view_open(run, db, view))
		return false;
	tv = run->view;
	tv->v = v;
	while (sqlite_scan_next(tv->scan, &tv->row)) {
		tv->at++;
		run->row = tv->row.rowid;
		tv->filled = 0;
		fill(run, tv, n);
		for (i = n; i < run->artifact->nfields; i++)
			v[i] = val_unset();
		if (view->row != NULL)
			view->row(run, v);
		else
			run_record(run, v);
		run_scratch_done(run);
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
