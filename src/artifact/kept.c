#include "artifact/kept.h"

#include <assert.h>

/* Rows kept at most, and the bytes of their values. */
#define SLOTS		4096u
#define KEPT_BYTES	(1024u * 1024u)
/* Places where one row may stand. */
#define TRIES		4
/* Columns wanted of one table: there are no more fields than that. */
#define COLUMNS		128

struct slot {
	int64_t rowid;
	const struct val *v;	/* NULL: there is no such row */
	bool used;
};

struct kept {
	struct arena *arena;
	struct sqlite_find *find;
	struct slot *slots;
	size_t bytes;
	bool planned;
	unsigned ncolumns;
	int columns[COLUMNS];
	struct val now[COLUMNS];	/* of a row that is not kept */
};

struct kept *
kept_new(struct arena *arena, struct sqlite_find *find)
{
	struct kept *k = arena_alloc(arena, 1, sizeof(*k));

	if (k == NULL)
		return NULL;
	k->arena = arena;
	k->find = find;
	k->slots = arena_alloc(arena, SLOTS, sizeof(*k->slots));
	return k->slots == NULL ? NULL : k;
}

unsigned
kept_column(struct kept *k, int column)
{
	unsigned i;

	for (i = 0; i < k->ncolumns; i++)
		if (k->columns[i] == column)
			return i;
	assert(k->ncolumns < COLUMNS);
	k->columns[k->ncolumns++] = column;
	return i;
}

int
kept_only(const struct kept *k)
{
	return k->ncolumns == 1 ? k->columns[0] : -1;
}

/* The slot of a row; else a free one, or NULL.  Rows that were made one after
   the other lie side by side. */
static struct slot *
slot_of(struct kept *k, int64_t rowid)
{
	uint64_t at = (uint64_t)rowid;
	struct slot *s;
	unsigned i;

	for (i = 0; i < TRIES; i++) {
		s = &k->slots[(at + i) % SLOTS];
		if (!s->used || s->rowid == rowid)
			return s;
	}
	return NULL;
}

/* A copy of what is in `now`, or NULL if there is no room for it. */
static const struct val *
copy(struct kept *k)
{
	size_t n = k->ncolumns * sizeof(struct val);
	struct val *v;
	unsigned i;

	for (i = 0; i < k->ncolumns; i++)
		n += val_bytes(&k->now[i]).n;
	if (n > KEPT_BYTES - k->bytes)
		return NULL;
	k->bytes += n;
	v = arena_alloc(k->arena, k->ncolumns, sizeof(*v));
	for (i = 0; v != NULL && i < k->ncolumns; i++) {
		v[i] = k->now[i];
		if (v[i].type == VAL_TEXT || v[i].type == VAL_BLOB)
			v[i].bytes = arena_copy(k->arena, v[i].bytes);
	}
	return k->arena->bad ? NULL : v;
}

const struct val *
kept_row(struct kept *k, int64_t rowid)
{
	struct slot *s = slot_of(k, rowid);
	const struct val *v = NULL;
	struct sqlite_row row;
	unsigned i;
	bool there;

	if (s != NULL && s->used)
		return s->v;
	if (!k->planned)
		sqlite_find_plan(k->find, k->columns, k->ncolumns);
	k->planned = true;
	there = sqlite_find_row(k->find, rowid, &row);
	if (there) {
		for (i = 0; i < k->ncolumns; i++)
			k->now[i] = sqlite_value(&row, k->columns[i]);
		v = s == NULL ? NULL : copy(k);
	}
	if (s != NULL && (v != NULL || !there))
		*s = (struct slot){ rowid, v, true };
	return there && v == NULL ? k->now : v;
}
