#include "election/rows.h"

#include <assert.h>
#include <string.h>

#include "base/hash.h"

#define FIRST_SLOTS	1024u
#define VARINT_BYTES	10

struct rows
rows_with(uint32_t most, size_t bytes)
{
	struct rows r = { 0 };

	r.bytes = buf_with(bytes);
	r.offsets = buf_with((size_t)most * sizeof(uint32_t));
	r.table = buf_with((size_t)most * 4 * sizeof(uint32_t) * 2);
	r.marks = buf_with(most);
	return r;
}

void
rows_free(struct rows *r)
{
	buf_free(&r->bytes);
	buf_free(&r->offsets);
	buf_free(&r->table);
	buf_free(&r->marks);
	r->n = 0;
	r->slots = 0;
}

/* --- one row as bytes ----------------------------------------------------- */

static size_t
put(uint8_t *to, size_t at, uint64_t v)
{
	while (v >= 0x80) {
		to[at++] = (uint8_t)(v | 0x80);
		v >>= 7;
	}
	to[at++] = (uint8_t)v;
	return at;
}

static uint64_t
take(struct bytes in, size_t *at)
{
	uint64_t v = 0;
	unsigned shift = 0;
	uint8_t c;

	if (*at < in.n && in.p[*at] < 0x80)
		return in.p[(*at)++];
	do {
		assert(*at < in.n && shift < 64);
		c = in.p[(*at)++];
		v |= (uint64_t)(c & 0x7f) << shift;
		shift += 7;
	} while (c >= 0x80);
	return v;
}

static bool
write_row(struct rows *r, const struct row *row, const int64_t *values)
{
	size_t most = VARINT_BYTES * (9 + (size_t)row->nvalues) + row->name.n;
	uint8_t *to = buf_room(&r->bytes, most);
	size_t at = 0;
	unsigned i;

	if (to == NULL)
		return false;
	at = put(to, at, row->node);
	at = put(to, at, row->name.n);
	if (row->name.n > 0)
		memcpy(&to[at], row->name.p, row->name.n);
	at += row->name.n;
	at = put(to, at, row->district);
	at = put(to, at, row->version);
	at = put(to, at, row->reason);
	at = put(to, at, row->file);
	at = put(to, at, row->line);
	at = put(to, at, row->nvalues);
	for (i = 0; i < row->nvalues; i++)
		at = put(to, at, (uint64_t)(values[i] + 1));
	r->bytes.n += at;
	return true;
}

static uint32_t
number_at(const struct buf *b, uint32_t i)
{
	uint32_t v;

	memcpy(&v, &b->p[(size_t)i * sizeof(v)], sizeof(v));
	return v;
}

static struct bytes
bytes_from(const struct rows *r, uint32_t i)
{
	assert(i < r->n);
	return bytes_part(buf_bytes(&r->bytes), number_at(&r->offsets, i),
	    SIZE_MAX);
}

struct row
rows_get(const struct rows *r, uint32_t i)
{
	struct bytes in = bytes_from(r, i);
	struct row row = { 0 };
	size_t at = 0, n;

	row.node = (uint32_t)take(in, &at);
	n = (size_t)take(in, &at);
	row.name = bytes_part(in, at, n);
	at += n;
	row.district = (uint32_t)take(in, &at);
	row.version = (uint32_t)take(in, &at);
	row.reason = (uint32_t)take(in, &at);
	row.file = (uint32_t)take(in, &at);
	row.line = take(in, &at);
	row.nvalues = (unsigned)take(in, &at);
	row.packed = bytes_part(in, at, SIZE_MAX);
	return row;
}

void
rows_values(const struct row *row, int64_t *values, unsigned n)
{
	size_t at = 0;
	unsigned i;

	for (i = 0; i < n && i < row->nvalues; i++)
		values[i] = (int64_t)take(row->packed, &at) - 1;
	for (; i < n; i++)
		values[i] = FORM_EMPTY;
}

bool
rows_empty(const struct row *row)
{
	size_t at = 0;
	unsigned i;

	for (i = 0; i < row->nvalues; i++)
		if (take(row->packed, &at) != 0)
			return false;
	return true;
}

/* --- finding -------------------------------------------------------------- */

/* A slot: the row, and what of its hash the place in the table does not tell,
   so that few rows are looked at in vain. */
struct slot {
	uint32_t row, hash;
};

static uint32_t
hash_of(uint32_t node, struct bytes name)
{
	uint64_t h = hash_key(name) ^ node * UINT64_C(0x9e3779b97f4a7c15);

	return (uint32_t)((h ^ h >> 32) * UINT64_C(0xd6e8feb86659fd93) >> 32);
}

static struct slot
slot_at(const struct rows *r, uint32_t i)
{
	struct slot s;

	memcpy(&s, &r->table.p[(size_t)i * sizeof(s)], sizeof(s));
	return s;
}

/* Puts a row into the first free slot of its place. */
static void
file_away(struct rows *r, struct slot s)
{
	uint32_t i = s.hash & (r->slots - 1);

	while (slot_at(r, i).row != ROWS_NONE)
		i = (i + 1) & (r->slots - 1);
	memcpy(&r->table.p[(size_t)i * sizeof(s)], &s, sizeof(s));
}

/* A table of twice the size; the old one's slots move over. */
static bool
grow(struct rows *r)
{
	struct buf old = r->table;
	uint32_t slots = r->slots, i;
	size_t n = (size_t)(slots == 0 ? FIRST_SLOTS : slots * 2) *
	    sizeof(struct slot);
	struct slot s;

	r->table = buf_with(old.max);
	if (buf_room(&r->table, n) == NULL) {
		buf_free(&old);
		return false;
	}
	memset(r->table.p, 0xff, n);
	r->table.n = n;
	r->slots = (uint32_t)(n / sizeof(s));
	for (i = 0; i < slots; i++) {
		memcpy(&s, &old.p[(size_t)i * sizeof(s)], sizeof(s));
		if (s.row != ROWS_NONE)
			file_away(r, s);
	}
	buf_free(&old);
	return true;
}

uint32_t
rows_add(struct rows *r, const struct row *row, const int64_t *values)
{
	uint32_t offset = (uint32_t)r->bytes.n;
	struct slot s = { r->n, 0 };

	if (r->indexed)
		s.hash = hash_of(row->node, row->name);
	/* At most half of the slots are taken. */
	r->bad = r->bad || r->bytes.n > UINT32_MAX / 2 ||
	    (r->indexed && r->n >= r->slots / 2 && !grow(r)) ||
	    buf_room(&r->offsets, sizeof(offset)) == NULL ||
	    buf_room(&r->marks, 1) == NULL || !write_row(r, row, values);
	if (r->bad)
		return ROWS_NONE;
	buf_add(&r->offsets, bytes_at(&offset, sizeof(offset)));
	buf_byte(&r->marks, 0);
	r->n++;
	if (r->indexed)
		file_away(r, s);
	return s.row;
}

bool
rows_index(struct rows *r)
{
	struct slot s;
	struct row row;

	if (r->indexed)
		return true;
	while (!r->bad && (r->slots == 0 || r->n >= r->slots / 2))
		r->bad = !grow(r);
	for (s.row = 0; !r->bad && s.row < r->n; s.row++) {
		row = rows_get(r, s.row);
		s.hash = hash_of(row.node, row.name);
		file_away(r, s);
	}
	r->indexed = !r->bad;
	return r->indexed;
}

struct bytes
rows_name(const struct rows *r, uint32_t i)
{
	struct bytes in = bytes_from(r, i);
	size_t at = 0, n;

	(void)take(in, &at);
	n = (size_t)take(in, &at);
	return bytes_part(in, at, n);
}

static bool
is_at(const struct rows *r, uint32_t i, uint32_t node, struct bytes name)
{
	struct bytes in = bytes_from(r, i);
	size_t at = 0;

	if (take(in, &at) != node || take(in, &at) != name.n)
		return false;
	return bytes_eq(bytes_part(in, at, name.n), name);
}

uint32_t
rows_find(const struct rows *r, uint32_t node, struct bytes name,
    uint32_t after, struct rows_probe *probe)
{
	struct slot s;

	assert(r->indexed);
	if (after == ROWS_NONE) {
		probe->hash = hash_of(node, name);
		probe->slot = probe->hash & (r->slots - 1);
	} else {
		probe->slot = (probe->slot + 1) & (r->slots - 1);
	}
	while ((s = slot_at(r, probe->slot)).row != ROWS_NONE) {
		if (s.hash == probe->hash && is_at(r, s.row, node, name))
			return s.row;
		probe->slot = (probe->slot + 1) & (r->slots - 1);
	}
	return ROWS_NONE;
}

uint8_t
rows_mark(const struct rows *r, uint32_t i)
{
	assert(i < r->n);
	return r->marks.p[i];
}

void
rows_set_mark(struct rows *r, uint32_t i, uint8_t add)
{
	assert(i < r->n);
	r->marks.p[i] |= add;
}
