#include "sqlite_oracle.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char why[512];

static struct oracle_row *
add(struct oracle_rows *rows, unsigned n)
{
	struct oracle_row *row;

	if (rows->n == rows->room) {
		rows->room = rows->room == 0 ? 64 : rows->room * 2;
		rows->row = realloc(rows->row,
		    rows->room * sizeof(*rows->row));
		assert(rows->row != NULL);
	}
	if (rows->arena.limit == 0)
		rows->arena = arena_with(1024 * MIB);
	row = &rows->row[rows->n++];
	row->n = n;
	row->v = arena_alloc(&rows->arena, n, sizeof(*row->v));
	assert(row->v != NULL);
	return row;
}

void
oracle_free(struct oracle_rows *rows)
{
	arena_free(&rows->arena);
	free(rows->row);
	memset(rows, 0, sizeof(*rows));
}

static struct val
library_value(struct arena *arena, sqlite3_stmt *st, int i)
{
	const void *p;
	size_t n;

	switch (sqlite3_column_type(st, i)) {
	case SQLITE_INTEGER:
		return val_int(sqlite3_column_int64(st, i));
	case SQLITE_FLOAT:
		return val_real(sqlite3_column_double(st, i));
	case SQLITE_TEXT:
		p = sqlite3_column_text(st, i);
		n = (size_t)sqlite3_column_bytes(st, i);
		return val_text(arena_copy(arena, bytes_at(p, n)));
	case SQLITE_BLOB:
		p = sqlite3_column_blob(st, i);
		n = (size_t)sqlite3_column_bytes(st, i);
		return val_blob(arena_copy(arena, bytes_at(p, n)));
	default:
		return val_unset();
	}
}

/* The columns as SQL, those not stored as NULL. */
static char *
column_list(sqlite3 *lib, const char *table)
{
	sqlite3_stmt *st;
	char *list = sqlite3_mprintf(""), *sql;
	const char *form;

	sql = sqlite3_mprintf("PRAGMA table_xinfo(\"%w\")", table);
	if (sqlite3_prepare_v2(lib, sql, -1, &st, NULL) != SQLITE_OK) {
		sqlite3_free(sql);
		return list;
	}
	while (sqlite3_step(st) == SQLITE_ROW) {
		form = sqlite3_column_int(st, 6) == 2 ? "%z,NULL" :
		    "%z,\"%w\"";
		list = sqlite3_mprintf(form, list,
		    sqlite3_column_text(st, 1));
	}
	sqlite3_finalize(st);
	sqlite3_free(sql);
	return list;
}

void
oracle_library(struct oracle_rows *rows, sqlite3 *lib, const char *table,
    bool rowid)
{
	struct oracle_row *row;
	sqlite3_stmt *st = NULL;
	char *list = column_list(lib, table), *sql;
	int i, rc;

	memset(rows, 0, sizeof(*rows));
	sql = sqlite3_mprintf("SELECT %s%s FROM \"%w\" NOT INDEXED",
	    rowid ? "rowid" : "NULL", list, table);
	rc = sqlite3_prepare_v2(lib, sql, -1, &st, NULL);
	while (rc == SQLITE_OK || rc == SQLITE_ROW) {
		rc = sqlite3_step(st);
		if (rc != SQLITE_ROW)
			break;
		row = add(rows, (unsigned)sqlite3_column_count(st));
		for (i = 0; i < (int)row->n; i++)
			row->v[i] = library_value(&rows->arena, st, i);
	}
	rows->failed = rc != SQLITE_DONE;
	sqlite3_finalize(st);
	sqlite3_free(sql);
	sqlite3_free(list);
}

static struct val
keep(struct arena *arena, struct val v)
{
	if (v.type == VAL_TEXT || v.type == VAL_BLOB)
		v.bytes = arena_copy(arena, v.bytes);
	return v;
}

static void
copy_row(struct oracle_rows *rows, const struct sqlite_table *t,
    const struct sqlite_row *r)
{
	unsigned i, n = sqlite_columns(t);
	struct oracle_row *row = add(rows, n + 1);

	row->v[0] = sqlite_value(r, SQLITE_ROWID);
	for (i = n; i > 0; i--)		/* any order must do */
		row->v[i] = sqlite_value(r, (int)i - 1);
	for (i = 0; i < n; i++)
		row->v[i + 1] = keep(&rows->arena, row->v[i + 1]);
}

void
oracle_ours(struct oracle_rows *rows, struct sqlite *db,
    const struct sqlite_table *t)
{
	struct sqlite_scan *scan;
	struct sqlite_row r;

	memset(rows, 0, sizeof(*rows));
	rows->failed = sqlite_scan_open(&scan, db, t) != ERR_NONE;
	if (rows->failed)
		return;
	while (sqlite_scan_next(scan, &r))
		copy_row(rows, t, &r);
	sqlite_scan_close(scan);
}

bool
oracle_val_same(const struct val *a, const struct val *b)
{
	if (a->type != b->type)
		return false;
	switch (a->type) {
	case VAL_INT:
		return a->i == b->i;
	case VAL_REAL:
		return memcmp(&a->r, &b->r, sizeof(a->r)) == 0 || a->r == b->r;
	case VAL_TEXT:
	case VAL_BLOB:
		return bytes_eq(a->bytes, b->bytes);
	default:
		return true;
	}
}

bool
oracle_row_same(const struct oracle_row *a, const struct oracle_row *b)
{
	unsigned i;

	if (a->n != b->n)
		return false;
	for (i = 0; i < a->n; i++)
		if (!oracle_val_same(&a->v[i], &b->v[i]))
			return false;
	return true;
}

bool
oracle_has(const struct oracle_rows *rows, const struct oracle_row *ours,
    bool holes)
{
	size_t k;
	unsigned i;

	for (k = 0; k < rows->n; k++) {
		if (rows->row[k].n != ours->n)
			continue;
		for (i = 0; i < ours->n; i++)
			if (!(holes && ours->v[i].type == VAL_UNSET) &&
			    !oracle_val_same(&rows->row[k].v[i], &ours->v[i]))
				break;
		if (i == ours->n)
			return true;
	}
	return false;
}

static void
show(char *to, size_t n, const struct val *v)
{
	struct bytes b = val_bytes(v);

	if (v->type == VAL_INT)
		snprintf(to, n, "int %lld", (long long)v->i);
	else if (v->type == VAL_REAL)
		snprintf(to, n, "real %.17g", v->r);
	else
		snprintf(to, n, "type %d, %zu bytes: %.*s", (int)v->type, b.n,
		    b.n > 40 ? 40 : (int)b.n, b.n == 0 ? "" :
		    (const char *)b.p);
}

void
oracle_show(const struct oracle_row *row)
{
	char text[100];
	unsigned i;

	for (i = 0; i < row->n; i++) {
		show(text, sizeof(text), &row->v[i]);
		fprintf(stderr, "  %d: %s\n", (int)i - 1, text);
	}
}

static const char *
rows_differ(const char *table, const struct oracle_rows *lib,
    const struct oracle_rows *ours)
{
	char a[100], b[100];
	size_t k;
	unsigned i;

	for (k = 0; k < lib->n && k < ours->n; k++) {
		if (lib->row[k].n != ours->row[k].n) {
			snprintf(why, sizeof(why), "%s: %u columns, ours %u",
			    table, lib->row[k].n - 1, ours->row[k].n - 1);
			return why;
		}
		for (i = 0; i < lib->row[k].n; i++) {
			if (oracle_val_same(&lib->row[k].v[i],
			    &ours->row[k].v[i]))
				continue;
			show(a, sizeof(a), &lib->row[k].v[i]);
			show(b, sizeof(b), &ours->row[k].v[i]);
			snprintf(why, sizeof(why), "%s row %zu column %d: "
			    "library %s, ours %s", table, k, (int)i - 1, a, b);
			return why;
		}
	}
	if (lib->n == ours->n && lib->failed == ours->failed)
		return NULL;
	snprintf(why, sizeof(why), "%s: library %zu rows%s, ours %zu%s", table,
	    lib->n, lib->failed ? " failed" : "", ours->n,
	    ours->failed ? " failed" : "");
	return why;
}

/* Every row by its rowid, from both ends, and rowids that are not there. */
static const char *
finds_differ(struct sqlite *db, const struct sqlite_table *t,
    const struct oracle_rows *rows)
{
	struct oracle_rows one = { .n = 0 };
	struct sqlite_find *find;
	struct sqlite_row r;
	const char *bad = NULL;
	int64_t id;
	size_t k, i;

	if (sqlite_find_open(&find, db, t) != ERR_NONE)
		return "no finder";
	for (k = 0; k < rows->n && bad == NULL; k++) {
		i = k % 2 == 0 ? k / 2 : rows->n - 1 - k / 2;
		id = rows->row[i].v[0].i;
		if (!sqlite_find_row(find, id, &r) || r.rowid != id) {
			bad = "a rowid was not found";
			break;
		}
		copy_row(&one, t, &r);
		if (!oracle_row_same(&one.row[0], &rows->row[i]))
			bad = "another row was found";
		one.n = 0;
		if (id == INT64_MAX || (i + 1 < rows->n &&
		    rows->row[i + 1].v[0].i == id + 1))
			continue;
		if (sqlite_find_row(find, id + 1, &r))
			bad = "a row was found that is not there";
	}
	sqlite_find_close(find);
	oracle_free(&one);
	if (bad != NULL)
		snprintf(why, sizeof(why), "%s: %s", sqlite_table_name(t), bad);
	return bad == NULL ? NULL : why;
}

static const char *
table_differs(sqlite3 *lib, struct sqlite *db, const char *name)
{
	const struct sqlite_table *t = sqlite_table(db, name);
	struct oracle_rows theirs, ours;
	const char *bad;
	bool rowid;

	if (t == NULL) {
		snprintf(why, sizeof(why), "no table %s", name);
		return why;
	}
	rowid = sqlite_column(t, "rowid") >= 0;
	oracle_library(&theirs, lib, name, rowid);
	oracle_ours(&ours, db, t);
	bad = rows_differ(name, &theirs, &ours);
	if (bad == NULL && sqlite_cells(t) != ours.n)
		bad = "cells are not rows";
	if (bad == NULL && rowid)
		bad = finds_differ(db, t, &ours);
	oracle_free(&theirs);
	oracle_free(&ours);
	return bad;
}

const char *
oracle_differs(sqlite3 *lib, struct sqlite *db)
{
	sqlite3_stmt *st;
	const char *bad = NULL;
	unsigned n = 0;

	if (sqlite3_prepare_v2(lib, "SELECT name FROM sqlite_schema "
	    "WHERE type = 'table' AND rootpage > 0 ORDER BY rowid", -1, &st,
	    NULL) != SQLITE_OK)
		return sqlite3_errmsg(lib);
	while (bad == NULL && sqlite3_step(st) == SQLITE_ROW) {
		bad = table_differs(lib, db,
		    (const char *)sqlite3_column_text(st, 0));
		n++;
	}
	sqlite3_finalize(st);
	if (bad == NULL && sqlite_table_at(db, n) != NULL)
		bad = "a table too many";
	return bad;
}

sqlite3 *
oracle_open(struct bytes b)
{
	sqlite3 *lib;
	unsigned char *copy;
	int rc;

	rc = sqlite3_open(":memory:", &lib);
	assert(rc == SQLITE_OK);
	if (b.n == 0)
		return lib;
	copy = sqlite3_malloc64(b.n);
	assert(copy != NULL);
	memcpy(copy, b.p, b.n);
	rc = sqlite3_deserialize(lib, "main", copy, (sqlite3_int64)b.n,
	    (sqlite3_int64)b.n, SQLITE_DESERIALIZE_FREEONCLOSE |
	    SQLITE_DESERIALIZE_READONLY);
	assert(rc == SQLITE_OK);
	return lib;
}

static void
add_gap(void *ctx, const struct gap *gap)
{
	struct oracle_gaps *gaps = ctx;

	gaps->n++;
	snprintf(gaps->last, sizeof(gaps->last), "%s", gap->why);
	if (getenv("OSTRAKON_SHOW_GAPS") != NULL)
		fprintf(stderr, "gap: %s\n", gap->why);
}

struct gap_sink
oracle_sink(struct oracle_gaps *gaps)
{
	memset(gaps, 0, sizeof(*gaps));
	return (struct gap_sink){ .add = add_gap, .ctx = gaps };
}

uint64_t
oracle_random(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15U;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9U;
	z = (z ^ z >> 27) * 0x94d049bb133111ebU;
	return z ^ z >> 31;
}
