#include "artifact/keys.h"

#include "base/hash.h"

/* Rows held at most by hash: 16 bytes each, twice for the open slots. */
#define KEYS_MAX	(1u << 18)
/* Slots at most where the key is the slot, 4 bytes each: a phone that ever
   had more messages than this has not been seen. */
#define DENSE_MAX	(1u << 22)

struct key_row {
	uint64_t key;		/* 0: empty */
	int64_t rowid;
};

struct keys {
	struct key_row *rows;
	uint32_t mask;
	uint32_t *dense;	/* rowid by key; 0: none.  NULL: by hash */
	uint32_t ndense;
};

/* A table and one of its columns, read from the start. */
struct source {
	struct sqlite *db;
	const struct sqlite_table *table;
	int column;
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

static bool
dense_add(struct keys *keys, const struct val *v, int64_t rowid)
{
	if (v->type == VAL_UNSET)
		return true;
	if (v->type != VAL_INT || v->i < 0 || v->i >= keys->ndense ||
	    rowid <= 0 || rowid > UINT32_MAX)
		return false;
	if (keys->dense[v->i] == 0)
		keys->dense[v->i] = (uint32_t)rowid;
	return true;
}

/* Numbers that lie close together, as those of rows do, are their own
   places.  False: they do not, or there is no room. */
static bool
dense_read(struct keys *keys, struct arena *arena, const struct source *s)
{
	struct sqlite_scan *scan;
	struct sqlite_row row;
	struct val v;
	int64_t max = 0;
	bool good = true;

	if (sqlite_scan_open(&scan, s->db, s->table) != ERR_NONE)
		return false;
	while (sqlite_scan_next(scan, &row)) {
		v = sqlite_value(&row, s->column);
		if (v.type == VAL_INT && v.i > max)
			max = v.i;
	}
	sqlite_scan_close(scan);
	if (max >= DENSE_MAX ||
	    (uint64_t)max > 8 * sqlite_cells(s->table) + 1024)
		return false;
	keys->ndense = (uint32_t)max + 1;
	keys->dense = arena_alloc(arena, keys->ndense, sizeof(*keys->dense));
	if (keys->dense == NULL ||
	    sqlite_scan_open(&scan, s->db, s->table) != ERR_NONE)
		return false;
	while (good && sqlite_scan_next(scan, &row)) {
		v = sqlite_value(&row, s->column);
		good = dense_add(keys, &v, row.rowid);
	}
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
	struct source s = { db, table, sqlite_column(table, column) };
	struct keys *keys = arena_alloc(arena, 1, sizeof(*keys));

	if (s.column < 0 || keys == NULL)
		return NULL;
	if (dense_read(keys, arena, &s))
		return keys;
	keys->dense = NULL;
	return hash_read(keys, arena, &s, gaps) ? keys : NULL;
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
