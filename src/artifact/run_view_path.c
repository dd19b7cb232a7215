/*
 * From the words of an artifact's table ("handle_id.id|account") to tables and
 * columns of the database at hand.
 */
#include <string.h>

#include "artifact/run_view_inside.h"
#include "base/text.h"

const struct sqlite_table *
run_view_table(struct sqlite *db, const char *names)
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
	n->first = RUN_END;
	n->column = column_of(tv->nodes[from].table, bytes_of(ref->column));
	n->table = run_view_table(run->db, ref->target);
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
	/* The keys themselves are read when a row first asks for one. */
	n->dead = ref->key != NULL && sqlite_column(n->table, ref->key) < 0;
	return n->dead ? -1 : (int)tv->nnodes - 1;
}

/* "a.b.c": through the references a and b to the column c. */
static struct column
path_of(struct run *run, struct table_view *tv, struct bytes path)
{
	struct column none = { .column = -1 };
	struct column c = { .column = -1 };
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

struct column
run_view_path(struct run *run, struct table_view *tv, const char *from)
{
	struct column c = { .column = -1 };
	const char *end;

	while (from != NULL && *from != '\0' && c.column < 0) {
		end = strchrnul(from, '|');
		c = path_of(run, tv, bytes_at(from, (size_t)(end - from)));
		from = *end == '|' ? end + 1 : end;
	}
	return c;
}
