#include "sabotage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "base/limits.h"
#include "sample.h"

const char *
sabotage_where(struct arena *arena, const char *backup, const char *domain,
    const char *path)
{
	struct buf b = buf_with(LIMIT_PATH_BYTES);
	char id[SAMPLE_ID + 1];
	const char *where;

	buf_text(&b, backup);
	buf_byte(&b, '/');
	if (domain == NULL) {
		buf_text(&b, path);
	} else {
		sample_id(bytes_of(domain), bytes_of(path), id);
		buf_printf(&b, "%.2s/%s", id, id);
	}
	where = arena_string(arena, buf_bytes(&b));
	buf_free(&b);
	assert_non_null(where);
	return where;
}

struct bytes
sabotage_read(struct arena *arena, const char *file)
{
	FILE *f = fopen(file, "rb");
	struct stat st;
	uint8_t *p;
	size_t n;

	assert_non_null(f);
	assert_int_equal(fstat(fileno(f), &st), 0);
	n = (size_t)st.st_size;
	p = arena_alloc(arena, n + 1, 1);
	assert_non_null(p);
	assert_int_equal(fread(p, 1, n, f), n);
	assert_int_equal(fclose(f), 0);
	return bytes_at(p, n);
}

void
sabotage_write(const char *file, struct bytes data)
{
	FILE *f = fopen(file, "wb");

	assert_non_null(f);
	if (data.n > 0)
		assert_int_equal(fwrite(data.p, 1, data.n, f), data.n);
	assert_int_equal(fclose(f), 0);
}

void
sabotage_poke(const char *file, long at, int byte)
{
	FILE *f = fopen(file, "r+b");

	assert_non_null(f);
	assert_int_equal(fseek(f, at, SEEK_SET), 0);
	assert_int_equal(fputc(byte, f), byte);
	assert_int_equal(fclose(f), 0);
}

static sqlite3 *
database(const char *file)
{
	sqlite3 *db = NULL;

	if (sqlite3_open_v2(file, &db, SQLITE_OPEN_READWRITE, NULL) !=
	    SQLITE_OK)
		fail_msg("%s: %s", file, sqlite3_errmsg(db));
	return db;
}

static void
run(sqlite3 *db, const char *sql)
{
	char *why = NULL;

	if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
		fail_msg("%s: %.200s", why, sql);
}

void
sabotage_sql(const char *file, const char *statements)
{
	sqlite3 *db = database(file);

	run(db, statements);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void
column_poison(sqlite3 *db, const char *table, const char *column,
    struct bytes poison)
{
	sqlite3_stmt *s = NULL;
	char *sql = sqlite3_mprintf("UPDATE OR IGNORE \"%w\" SET \"%w\" = "
	    "?1 || rowid WHERE typeof(\"%w\") = 'text'", table, column,
	    column);

	/* A table without rowids is left as it is. */
	if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) == SQLITE_OK) {
		sqlite3_bind_text(s, 1, (const char *)poison.p, (int)poison.n,
		    SQLITE_STATIC);
		if (sqlite3_step(s) != SQLITE_DONE)
			fail_msg("%s: %s", sqlite3_errmsg(db), sql);
	}
	sqlite3_finalize(s);
	sqlite3_free(sql);
}

void
sabotage_texts(const char *file, struct bytes poison, const char *spare)
{
	static const char columns[] = "SELECT m.name, i.name FROM "
	    "sqlite_schema m, pragma_table_info(m.name) i "
	    "WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' "
	    "AND m.name IS NOT ?1";
	sqlite3 *db = database(file);
	sqlite3_stmt *s = NULL;
	unsigned n = 0;

	assert_int_equal(sqlite3_prepare_v2(db, columns, -1, &s, NULL),
	    SQLITE_OK);
	sqlite3_bind_text(s, 1, spare, -1, SQLITE_STATIC);
	for (; sqlite3_step(s) == SQLITE_ROW; n++)
		column_poison(db, (const char *)sqlite3_column_text(s, 0),
		    (const char *)sqlite3_column_text(s, 1), poison);
	sqlite3_finalize(s);
	assert_true(n > 0);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

/* --- binary property lists -------------------------------------------------- */

struct doc {
	uint8_t *p;
	size_t n, offset_width, ref_width, count, table;
	bool *key;		/* by object: it is a key */
};

static size_t
number(const struct doc *d, size_t at, size_t width)
{
	size_t value = 0;

	assert_true(at + width <= d->n);
	for (; width > 0; width--)
		value = value << 8 | d->p[at++];
	return value;
}

/* Where an object's content begins, and how many members it has. */
static size_t
content(const struct doc *d, size_t object, uint8_t *kind, size_t *count)
{
	size_t at = number(d, d->table + object * d->offset_width,
	    d->offset_width);
	size_t width;

	*kind = d->p[at] >> 4;
	*count = d->p[at++] & 15;
	if (*count == 15 && *kind >= 4) {
		width = (size_t)1 << (d->p[at++] & 3);
		*count = number(d, at, width);
		at += width;
	}
	return at;
}

static void plist_poison(struct arena *, uint8_t *, size_t, struct bytes);

static void
object_poison(struct arena *arena, const struct doc *d, size_t object,
    struct bytes poison)
{
	uint8_t kind;
	size_t i, n, at = content(d, object, &kind, &n);

	if (kind == 4)
		plist_poison(arena, d->p + at, n, poison);
	if (d->key[object])
		return;
	for (i = 0; kind == 5 && i < n; i++)
		d->p[at + i] = poison.p[i % poison.n] & 0x7f;
	for (i = 0; kind == 6 && i < n; i++) {
		d->p[at + 2 * i] = i % 2 == 0 ? 0x20 : 0;
		d->p[at + 2 * i + 1] = i % 2 == 0 ? 0x2e :
		    poison.p[i % poison.n] & 0x7f;
	}
}

static void
plist_poison(struct arena *arena, uint8_t *p, size_t n, struct bytes poison)
{
	struct doc d = { .p = p, .n = n };
	size_t i, k, count, at;
	uint8_t kind;

	if (n < 40 || memcmp(p, "bplist00", 8) != 0)
		return;
	d.offset_width = p[n - 26];
	d.ref_width = p[n - 25];
	d.count = number(&d, n - 24, 8);
	d.table = number(&d, n - 8, 8);
	d.key = arena_alloc(arena, d.count, sizeof(*d.key));
	assert_non_null(d.key);
	for (i = 0; i < d.count; i++) {
		at = content(&d, i, &kind, &count);
		for (k = 0; kind == 13 && k < count; k++)
			d.key[number(&d, at + k * d.ref_width,
			    d.ref_width)] = true;
	}
	for (i = 0; i < d.count; i++)
		object_poison(arena, &d, i, poison);
}

void
sabotage_plist_texts(struct arena *arena, const char *file,
    struct bytes poison)
{
	struct bytes data = sabotage_read(arena, file);
	uint8_t *copy = arena_alloc(arena, data.n, 1);

	assert_non_null(copy);
	assert_true(bytes_starts(data, "bplist00"));
	memcpy(copy, data.p, data.n);
	plist_poison(arena, copy, data.n, poison);
	sabotage_write(file, bytes_at(copy, data.n));
}

void
sabotage_cycle(const char *file, const char *table)
{
	struct arena arena = arena_with(64 * MIB);
	struct bytes data = sabotage_read(&arena, file);
	uint8_t *copy = arena_alloc(&arena, data.n, 1);
	size_t size = (size_t)data.p[16] << 8 | data.p[17], root;
	sqlite3 *db = database(file);
	sqlite3_stmt *s = NULL;

	assert_int_equal(sqlite3_prepare_v2(db, "SELECT rootpage FROM "
	    "sqlite_schema WHERE name = ?1", -1, &s, NULL), SQLITE_OK);
	sqlite3_bind_text(s, 1, table, -1, SQLITE_STATIC);
	assert_int_equal(sqlite3_step(s), SQLITE_ROW);
	root = (size_t)sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	memcpy(copy, data.p, data.n);
	/* An inner page of a table; bytes 8 to 11 are its last child. */
	assert_int_equal(copy[(root - 1) * size], 5);
	copy[(root - 1) * size + 8] = (uint8_t)(root >> 24);
	copy[(root - 1) * size + 9] = (uint8_t)(root >> 16);
	copy[(root - 1) * size + 10] = (uint8_t)(root >> 8);
	copy[(root - 1) * size + 11] = (uint8_t)root;
	sabotage_write(file, bytes_at(copy, data.n));
	arena_free(&arena);
}
