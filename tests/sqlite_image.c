#include "sqlite_image.h"

#include <assert.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

static void
sql(sqlite3 *lib, const char *text)
{
	if (sqlite3_exec(lib, text, NULL, NULL, NULL) == SQLITE_OK)
		return;
	fprintf(stderr, "%s: %s\n", text, sqlite3_errmsg(lib));
	abort();
}

void
sqlite_image_make(struct sqlite_image *m, unsigned page_size,
    const char *text)
{
	sqlite3_int64 n;
	sqlite3 *lib;
	char form[80];
	int rc;

	rc = sqlite3_open(":memory:", &lib);
	assert(rc == SQLITE_OK);
	sqlite3_db_config(lib, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
	/* What was deleted stays where it lay: that is the harder case. */
	snprintf(form, sizeof(form), "PRAGMA secure_delete = OFF;"
	    "PRAGMA page_size = %u", page_size);
	sql(lib, form);
	sql(lib, text);
	sqlite3_free(m->p);
	m->p = sqlite3_serialize(lib, "main", &n, 0);
	assert(m->p != NULL);
	m->n = (size_t)n;
	sqlite3_close(lib);
}

void
sqlite_image_free(struct sqlite_image *m)
{
	sqlite3_free(m->p);
	m->p = NULL;
	arena_free(&m->arena);
}

uint32_t
sqlite_image_get16(const struct sqlite_image *m, size_t at)
{
	assert(at + 2 <= m->n);
	return (uint32_t)m->p[at] << 8 | m->p[at + 1];
}

uint32_t
sqlite_image_get32(const struct sqlite_image *m, size_t at)
{
	return sqlite_image_get16(m, at) << 16 | sqlite_image_get16(m, at + 2);
}

void
sqlite_image_put32(struct sqlite_image *m, size_t at, uint32_t v)
{
	unsigned i;

	assert(at + 4 <= m->n);
	for (i = 0; i < 4; i++)
		m->p[at + i] = (uint8_t)(v >> (24 - 8 * i));
}

size_t
sqlite_image_cell(const struct sqlite_image *m, size_t page, unsigned i)
{
	size_t head = m->p[page] >= 10 ? 8 : 12;

	return page + sqlite_image_get16(m, page + head + 2 * (size_t)i);
}

enum err
sqlite_image_open(struct sqlite_image *m, struct sqlite **db,
    const struct input *in, const struct input *wal)
{
	struct sqlite_files files = { in, wal, NULL };

	m->sink = oracle_sink(&m->gaps);
	arena_free(&m->arena);
	m->arena = arena_with(64 * MIB);
	return sqlite_open(db, &m->arena, &files, &m->sink);
}

size_t
sqlite_image_rows(struct sqlite *db)
{
	struct sqlite_scan *scan;
	struct sqlite_row row;
	const struct sqlite_table *t;
	unsigned i, c;
	size_t n = 0;
	struct val v;
	enum err err;

	for (i = 0; (t = sqlite_table_at(db, i)) != NULL; i++) {
		err = sqlite_scan_open(&scan, db, t);
		assert(err == ERR_NONE);
		while (sqlite_scan_next(scan, &row)) {
			for (c = 0; c < sqlite_columns(t); c++)
				v = sqlite_value(&row, (int)c);
			(void)v;
			n++;
		}
		sqlite_scan_close(scan);
	}
	return n;
}

size_t
sqlite_image_read(struct sqlite_image *m)
{
	struct input in = input_memory(bytes_at(m->p, m->n));
	struct sqlite *db;
	enum err err;
	size_t n;

	err = sqlite_image_open(m, &db, &in, NULL);
	assert(err == ERR_NONE);
	n = sqlite_image_rows(db);
	sqlite_close(db);
	return n;
}
