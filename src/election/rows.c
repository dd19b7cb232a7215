#include "election/rows.h"

#include <assert.h>
#include <string.h>

#include "base/hash.h"

#define FIRST_SLOTS	1024u

struct node {
	uint32_t last;		/* the last of its rows; each knows the one
				   before it */
	uint32_t indexed;
};

struct rows
rows_with(uint32_t most, size_t bytes)
{
	struct rows r = { 0 };

	r.bytes = buf_with(bytes);
	r.offsets = buf_with((size_t)most * sizeof(uint32_t));
	r.table = buf_with((size_t)most * 4 * sizeof(uint32_t) * 2);
	r.marks = buf_with(most);
	r.nodes = buf_with((size_t)most * 2 * sizeof(struct node));
	return r;
}

void
rows_free(struct rows *r)
{
	buf_free(&r->bytes);
	buf_free(&r->offsets);
	buf_free(&r->table);
	buf_free(&r->marks);
	buf_free(&r->nodes);
	r->n = 0;
	r->slots = r->taken = 0;
}

/* --- one row as bytes ----------------------------------------------------- */

/* What a row begins with.  Then come `more` of it if there is any, its name and
   its values, each as one more than it is: 0 is an empty one. */
struct head {
	uint32_t node, line;
	uint32_t before;	/* the row of its node before it */
	uint16_t file, name, nvalues;
	uint8_t width, more;
};

/* What few rows have; then these numbers count, not those of the head. */
struct more {
	uint64_t line;
	uint32_t file, name, district, version, reason;
};

static bool
has_more(const struct row *r)
{
	return (r->district & r->version & r->reason) != ROWS_NONE ||
	    r->line > UINT32_MAX || r->file > UINT16_MAX ||
	    r->name.n > UINT16_MAX;
}

/* In two bytes each; what all of them have in common are the bits given. */
static uint64_t
pack(uint8_t *to, const int64_t *values, unsigned n)
{
	uint64_t all = 0;
	uint16_t v;
	unsigned i;

	for (i = 0; i < n; i++) {
		all |= (uint64_t)(values[i] + 1);
		v = (uint16_t)(values[i] + 1);
		memcpy(&to[i * sizeof(v)], &v, sizeof(v));
	}
	return all;
}

static void
pack_wide(uint8_t *to, const int64_t *values, unsigned n)
{
	uint32_t v;
	unsigned i;

	for (i = 0; i < n; i++) {
		v = (uint32_t)(values[i] + 1);
		memcpy(&to[i * sizeof(v)], &v, sizeof(v));
	}
}

static bool
write_row(struct rows *r, const struct row *row, const int64_t *values)
{
	struct head h = { row->node, (uint32_t)row->line,
	    rows_last(r, row->node), (uint16_t)row->file,
	    (uint16_t)row->name.n, (uint16_t)row->nvalues, sizeof(uint16_t),
	    has_more(row) };
	struct more more = { row->line, row->file, (uint32_t)row->name.n,
	    row->district, row->version, row->reason };
	uint8_t *to = buf_room(&r->bytes, sizeof(h) + sizeof(more) +
	    row->name.n + row->nvalues * sizeof(uint32_t));
	size_t at = sizeof(h);
	uint64_t all;

	assert(row->nvalues <= FORM_LINES && row->name.n <= UINT32_MAX);
	if (to == NULL)
		return false;
	if (h.more) {
		memcpy(&to[at], &more, sizeof(more));
		at += sizeof(more);
	}
	if (row->name.n > 0)
		memcpy(&to[at], row->name.p, row->name.n);
	at += row->name.n;
	all = pack(&to[at], values, row->nvalues);
	if (all > UINT16_MAX) {
		assert(all <= UINT32_MAX);
		pack_wide(&to[at], values, row->nvalues);
		h.width = sizeof(uint32_t);
	}
	memcpy(to, &h, sizeof(h));
	r->bytes.n += at + (size_t)row->nvalues * h.width;
	return true;
}

static uint32_t
number_at(const struct buf *b, uint32_t i)
{
	uint32_t v;

	memcpy(&v, &b->p[(size_t)i * sizeof(v)], sizeof(v));
	return v;
}

static inline struct row
row_at(const struct rows *r, uint32_t i, uint32_t *before)
{
	const uint8_t *at;
	struct head h;
	struct more m;

	assert(i < r->n);
	at = r->bytes.p + number_at(&r->offsets, i);
	memcpy(&h, at, sizeof(h));
	at += sizeof(h);
	if (h.more) {
		memcpy(&m, at, sizeof(m));
		at += sizeof(m);
	} else {
		m = (struct more){ h.line, h.file, h.name, ROWS_NONE,
		    ROWS_NONE, ROWS_NONE };
	}
	*before = h.before;
	return (struct row){ .node = h.node, .district = m.district,
	    .version = m.version, .reason = m.reason, .file = m.file,
	    .line = m.line, .name = bytes_at(at, m.name),
	    .packed = bytes_at(at + m.name, (size_t)h.nvalues * h.width),
	    .nvalues = h.nvalues, .width = h.width };
}

struct row
rows_get(const struct rows *r, uint32_t i)
{
	uint32_t before;

	return row_at(r, i, &before);
}

void
rows_values(const struct row *row, int64_t *values, unsigned n)
{
	unsigned i, most = n < row->nvalues ? n : row->nvalues;
	const uint8_t *p = row->packed.p;
	uint16_t small;
	uint32_t v;

	if (row->width == sizeof(v))
		for (i = 0; i < most; i++) {
			memcpy(&v, &p[i * sizeof(v)], sizeof(v));
			values[i] = (int64_t)v - 1;
		}
	else
		for (i = 0; i < most; i++) {
			memcpy(&small, &p[i * sizeof(small)], sizeof(small));
			values[i] = (int64_t)small - 1;
		}
	for (; i < n; i++)
		values[i] = FORM_EMPTY;
}

bool
rows_empty(const struct row *row)
{
	size_t i;

	for (i = 0; i < row->packed.n; i++)
		if (row->packed.p[i] != 0)
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

/* Room for one more: at most half of the slots are taken. */
static bool
file_row(struct rows *r, uint32_t row, uint32_t node, struct bytes name)
{
	struct slot s = { row, hash_of(node, name) };

	if (r->taken >= r->slots / 2 && !grow(r))
		return false;
	file_away(r, s);
	r->taken++;
	return true;
}

/* --- nodes ---------------------------------------------------------------- */

static struct node
node_at(const struct rows *r, uint32_t i)
{
	struct node node = { ROWS_NONE, false };

	if (i < r->nodes.n / sizeof(node))
		memcpy(&node, &r->nodes.p[i * sizeof(node)], sizeof(node));
	return node;
}

static bool
set_node(struct rows *r, uint32_t i, struct node node)
{
	const struct node none = { ROWS_NONE, false };

	while (r->nodes.n / sizeof(node) <= i && !r->nodes.bad)
		buf_add(&r->nodes, bytes_at(&none, sizeof(none)));
	if (r->nodes.bad)
		return false;
	memcpy(&r->nodes.p[i * sizeof(node)], &node, sizeof(node));
	return true;
}

uint32_t
rows_last(const struct rows *r, uint32_t node)
{
	return node_at(r, node).last;
}

bool
rows_indexed(const struct rows *r, uint32_t node)
{
	return node_at(r, node).indexed;
}

bool
rows_index(struct rows *r, uint32_t node)
{
	struct node it = node_at(r, node);
	struct row row;
	uint32_t i, before;

	if (it.indexed)
		return true;
	it.indexed = true;
	r->bad = r->bad || (r->slots == 0 && !grow(r)) ||
	    !set_node(r, node, it);
	for (i = it.last; !r->bad && i != ROWS_NONE; i = before) {
		row = row_at(r, i, &before);
		r->bad = !file_row(r, i, node, row.name);
	}
	return !r->bad;
}

uint32_t
rows_add(struct rows *r, const struct row *row, const int64_t *values)
{
	uint32_t offset = (uint32_t)r->bytes.n;
	struct node node = node_at(r, row->node);

	node.last = r->n;
	r->bad = r->bad || r->bytes.n > UINT32_MAX / 2 ||
	    buf_room(&r->offsets, sizeof(offset)) == NULL ||
	    buf_room(&r->marks, 1) == NULL || !write_row(r, row, values) ||
	    (node.indexed && !file_row(r, r->n, row->node, row->name)) ||
	    !set_node(r, row->node, node);
	if (r->bad)
		return ROWS_NONE;
	buf_add(&r->offsets, bytes_at(&offset, sizeof(offset)));
	buf_byte(&r->marks, 0);
	return r->n++;
}

struct bytes
rows_name(const struct rows *r, uint32_t i)
{
	uint32_t before;

	return row_at(r, i, &before).name;
}

static bool
is_at(const struct rows *r, uint32_t i, uint32_t node, struct bytes name)
{
	uint32_t before;
	struct row row = row_at(r, i, &before);

	return row.node == node && bytes_eq(row.name, name);
}

uint32_t
rows_find(const struct rows *r, uint32_t node, struct bytes name,
    uint32_t after, struct rows_probe *probe)
{
	struct slot s;

	assert(rows_indexed(r, node));
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
