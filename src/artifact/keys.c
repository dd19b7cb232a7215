#include "artifact/keys.h"

#include "base/hash.h"

/* Rows held at most by hash: 16 bytes each, twice for the open slots. */
#define KEYS_MAX	(1u << 18)
/* Slots at most where the key is the slot, 4 bytes each: a phone that ever
   had more messages than this has not been seen. */
#define DENSE_MAX	(1u << 22)
#define DENSE_MIN	1024u

struct key_row {
	uint64_t key;		/* 0: empty */
	int64_t rowid;
};

struct keys {
	struct key_row *rows;
	uint32_t mask;
	uint32_t *dense;	/* rowid, or value wanted, by key; 0: none.
				   NULL: by hash */
	uint32_t ndense;
};

/* A table and one of its columns, read from the start. */
struct source {
	struct sqlite *db;
	const struct sqlite_table *table;
	int column;
	int wanted;		/* -1: the rowid */
};

static uint64_t
key_number(const struct val *v)
{
	uint64_t k;

	if (v->type == VAL_INT)
		k = hash_key(bytes_at(&v->i, sizeof(v->i)));
	else
		k = hash_key(val_bytes(v)) + 1;
	return k == 0 ? 1 : k;
}

static void
keys_add(struct keys *keys, const struct val *v, int64_t rowid)
{
	uint64_t k = key_number(v);
	uint32_t at = (uint32_t)k & keys->mask;

	while (keys->rows[at].key != 0 && keys->rows[at].key != k)
		at = (at + 1) & keys->mask;
	if (keys->rows[at].key != 0)
		return;
	keys->rows[at].key = k;
	keys->rows[at].rowid = rowid;
}

/* Twice the room, or as much as it takes. */
static bool
dense_grow(struct keys *keys, struct arena *arena, int64_t key)
{
	uint32_t room = keys->ndense < DENSE_MIN ? DENSE_MIN : keys->ndense;
	uint32_t *to, i;

	while (key >= room)
		room *= 2;
	to = arena_alloc(arena, room, sizeof(*to));
	for (i = 0; to != NULL && i < keys->ndense; i++)
		to[i] = keys->dense[i];
	keys->dense = to;
	keys->ndense = to == NULL ? 0 : room;
	return to != NULL;
}

/* The key of the row in v[0], and what it leads to in v[1]. */
static bool
dense_add(struct keys *keys, struct arena *arena, const struct val v[2])
{
	if (v[0].type == VAL_UNSET)
		return true;
	if (v[0].type != VAL_INT || v[0].i < 0 || v[0].i >= DENSE_MAX ||
	    v[1].type != VAL_INT || v[1].i <= 0 || v[1].i > UINT32_MAX)
		return false;
	if (v[0].i >= keys->ndense && !dense_grow(keys, arena, v[0].i))
		return false;
	if (keys->dense[v[0].i] == 0)
		keys->dense[v[0].i] = (uint32_t)v[1].i;
	return true;
}

/* Puts in all rows; false if one of them cannot be, or the keys lie too far
   apart. */
static bool
dense_pass(struct keys *keys, struct arena *arena, const struct source *s,
    struct sqlite_scan *scan)
{
	struct val v[2] = { { VAL_UNSET }, { VAL_UNSET } };
	const struct sqlite_want want[2] = { { s->column, &v[0] },
	    { s->wanted, &v[1] } };
	const int columns[2] = { s->column, s->wanted };
	unsigned n = s->wanted < 0 ? 1 : 2;
	struct sqlite_row row;
	uint64_t rows = 0;
	int64_t max = 0;

	sqlite_scan_plan(scan, columns, n);
	for (; sqlite_scan_next(scan, &row); rows++) {
		sqlite_values(&row, want, n);
		if (s->wanted < 0)
			v[1] = val_int(row.rowid);
		if (!dense_add(keys, arena, v))
			return false;
		if (v[0].type == VAL_INT && v[0].i > max)
			max = v[0].i;
	}
	return (uint64_t)max <= 8 * rows + DENSE_MIN;
}

/* Whether the first key is a number: texts need not be tried. */
static bool
is_number(const struct source *s)
{
	struct val v = { VAL_UNSET };
	struct sqlite_scan *scan;
	struct sqlite_row row;

	if (sqlite_scan_open(&scan, s->db, s->table) != ERR_NONE)
		return false;
	while (v.type == VAL_UNSET && sqlite_scan_next(scan, &row))
		v = sqlite_value(&row, s->column);
	sqlite_scan_close(scan);
	return v.type == VAL_INT || v.type == VAL_UNSET;
}

/* Numbers that lie close together, as those of rows do, are their own places.
   False: they do not, or there is no room. */
static bool
dense_read(struct keys *keys, struct arena *arena, const struct source *s)
{
	struct sqlite_scan *scan;
	bool good;

	if (!is_number(s) || !dense_grow(keys, arena, 0) ||
	    sqlite_scan_open(&scan, s->db, s->table) != ERR_NONE)
		return false;
	good = dense_pass(keys, arena, s, scan);
	sqlite_scan_close(scan);
	return good;
}

static bool
hash_read(struct keys *keys, struct arena *arena, const struct source *s,
    const struct gap_sink *gaps)
{
	uint64_t n = sqlite_cells(s->table);
	struct sqlite_scan *scan;
	struct sqlite_row row;
	uint32_t slots = 16;
	struct val v;

	if (n > KEYS_MAX)
		n = KEYS_MAX;
	while (slots < n * 2)
		slots *= 2;
	keys->rows = arena_alloc(arena, slots, sizeof(*keys->rows));
	if (keys->rows == NULL)
		return false;
	keys->mask = slots - 1;
	if (sqlite_scan_open(&scan, s->db, s->table) != ERR_NONE)
		return false;
	while (n > 0 && sqlite_scan_next(scan, &row)) {
		v = sqlite_value(&row, s->column);
		if (v.type == VAL_INT || v.type == VAL_TEXT)
			keys_add(keys, &v, row.rowid);
		n--;
	}
	if (n == 0 && sqlite_scan_next(scan, &row))
		gap_add(gaps, GAP_NO_OFFSET, "a table that others refer to "
		    "has more rows than are held");
	sqlite_scan_close(scan);
	return true;
}

struct keys *
keys_new(struct arena *arena, struct sqlite *db,
    const struct sqlite_table *table, const char *column,
    const struct gap_sink *gaps)
{
	struct source s = { db, table, sqlite_column(table, column), -1 };
	struct keys *keys = arena_alloc(arena, 1, sizeof(*keys));

	if (s.column < 0 || keys == NULL)
		return NULL;
	if (dense_read(keys, arena, &s))
		return keys;
	keys->dense = NULL;
	return hash_read(keys, arena, &s, gaps) ? keys : NULL;
}

struct keys *
keys_new_pairs(struct arena *arena, struct sqlite *db,
    const struct sqlite_table *table, const char *column, int wanted)
{
	struct source s = { db, table, sqlite_column(table, column), wanted };
	struct keys *keys = arena_alloc(arena, 1, sizeof(*keys));

	if (s.column < 0 || wanted < 0 || keys == NULL ||
	    !dense_read(keys, arena, &s))
		return NULL;
	return keys;
}

bool
keys_find(const struct keys *keys, const struct val *v, int64_t *rowid)
{
	uint64_t k;
	uint32_t at;

	if (keys->dense != NULL) {
		if (v->type != VAL_INT || v->i < 0 || v->i >= keys->ndense ||
		    keys->dense[v->i] == 0)
			return false;
		*rowid = keys->dense[v->i];
		return true;
	}
	if (v->type != VAL_INT && v->type != VAL_TEXT)
		return false;
	k = key_number(v);
	for (at = (uint32_t)k & keys->mask; keys->rows[at].key != 0;
	    at = (at + 1) & keys->mask) {
		if (keys->rows[at].key == k) {
			*rowid = keys->rows[at].rowid;
			return true;
		}
	}
	return false;
}
