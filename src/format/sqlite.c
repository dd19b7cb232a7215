/*
 * A database and its tables, as the rest of the program sees them.
 */
#include "format/sqlite.h"

#include "base/text.h"
#include "format/sqlite_inside.h"

static bool
working_memory(struct sqlite *db)
{
	/* A frame of the log, or a record of the journal, at a time. */
	db->buf = arena_alloc(db->arena, SQLITE_PAGE_MAX + 64, 1);
	db->cover = arena_alloc(db->arena, SQLITE_PAGE_MAX / 64 + 1,
	    sizeof(uint64_t));
	db->twice = arena_alloc(db->arena, SQLITE_PAGE_MAX / 64 + 1,
	    sizeof(uint64_t));
	db->refused = arena_alloc(db->arena, SQLITE_PAGE_MAX / 128 + 1,
	    sizeof(uint64_t));
	return !db->arena->bad;
}

enum err
sqlite_open(struct sqlite **out, struct arena *arena,
    const struct sqlite_files *files, const struct gap_sink *gaps)
{
	struct sqlite *db = arena_alloc(arena, 1, sizeof(*db));
	enum err err;

	if (db == NULL)
		return ERR_MEMORY;
	db->arena = arena;
	db->gaps = gaps;
	if (!working_memory(db))
		return ERR_MEMORY;
	db->check = files->check;
	err = sqlite_pages_open(db, files);
	if (err == ERR_NONE && db->pages.size != 0) {
		sqlite_schema_read(db);
		sqlite_check_rest(db);
	}
	if (err == ERR_NONE && arena->bad)
		err = ERR_MEMORY;
	if (err != ERR_NONE) {
		db->later = false;
		sqlite_close(db);
		return err;
	}
	*out = db;
	return ERR_NONE;
}

void
sqlite_close(struct sqlite *db)
{
	struct sqlite_scan *s;
	struct sqlite_find *f;

	if (db == NULL)
		return;
	sqlite_check_end(db);
	for (s = db->scans; s != NULL; s = s->all)
		sqlite_row_free(&s->cell);
	for (f = db->finds; f != NULL; f = f->all)
		sqlite_row_free(&f->cell);
	sqlite_gap_rest(db);
}

const struct sqlite_table *
sqlite_table(const struct sqlite *db, const char *name)
{
	const struct sqlite_table *t;

	for (t = db->tables; t != NULL; t = t->next)
		if (text_same_as(bytes_of(t->name), name))
			break;
	return t;
}

const struct sqlite_table *
sqlite_table_at(const struct sqlite *db, unsigned n)
{
	const struct sqlite_table *t;

	for (t = db->tables; t != NULL && n > 0; t = t->next)
		n--;
	return t;
}

const char *
sqlite_table_name(const struct sqlite_table *t)
{
	return t->name;
}

unsigned
sqlite_columns(const struct sqlite_table *t)
{
	return t->ncolumns;
}

const char *
sqlite_column_name(const struct sqlite_table *t, unsigned column)
{
	return column < t->ncolumns ? t->columns[column].name : NULL;
}

int
sqlite_column(const struct sqlite_table *t, const char *name)
{
	unsigned i;

	for (i = 0; i < t->ncolumns; i++)
		if (text_same_as(bytes_of(t->columns[i].name), name))
			return (int)i;
	if (!t->rowid || !text_same_as(bytes_of(name), "rowid"))
		return -1;
	return t->key >= 0 ? t->key : SQLITE_ROWID;
}

struct val
sqlite_value(const struct sqlite_row *row, int column)
{
	return sqlite_row_value(row->cell, column);
}

uint64_t
sqlite_cells(const struct sqlite_table *t)
{
	if (t->root == NULL)
		return 0;
	sqlite_check_count(t->db, t->root);
	return t->root->cells;
}
