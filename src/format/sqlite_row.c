/*
 * A record: its header when the row is reached (sqlite_head), its values when
 * they are asked for.
 *
 * What lies in overflow pages is put together
 * only as far as a value needs it, in one buffer that never moves, so that
 * values stay where they are until the next row.
 */
#include "format/sqlite_inside.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

/* Payload bytes kept for one row: one value at the limit and its record. */
#define PAYLOAD_MAX	(LIMIT_CELL_BYTES + 64 * KIB)

bool
sqlite_row_init(struct sqlite_cell *c, struct sqlite *db,
    const struct sqlite_table *t)
{
	uint32_t room = t->nfields > db->widest ? t->nfields : db->widest;

	if (c->room < room || c->part == NULL) {
		room = room < 8 ? 8 : room;
		c->part = arena_alloc(db->arena, room, sizeof(*c->part));
		c->plan = arena_alloc(db->arena, (size_t)room + 1,
		    sizeof(*c->plan));
		c->asked = arena_alloc(db->arena, room, 1);
		c->room = room;
	}
	if (c->payload.max == 0) {
		c->payload = buf_with(PAYLOAD_MAX);
		/* Three bytes of UTF-8 for two of UTF-16. */
		c->text = buf_with(PAYLOAD_MAX / 2 * 3 + 8);
	}
	c->db = db;
	c->table = t;
	c->planned = false;
	if (c->asked != NULL)
		memset(c->asked, 0, c->room);
	return c->part != NULL && c->plan != NULL && c->asked != NULL;
}

/* The place of a column in the record, or SQLITE_NO_FIELD. */
static uint32_t
field_of(const struct sqlite_table *t, int column)
{
	if (column < 0 || (unsigned)column >= t->ncolumns ||
	    (t->rowid && column == t->key))
		return SQLITE_NO_FIELD;
	return t->columns[column].field;
}

void
sqlite_row_plan(struct sqlite_cell *c, const int *columns, unsigned n)
{
	uint32_t field, i, nplan = 0;

	memset(c->asked, 0, c->room);
	for (i = 0; i < n; i++) {
		field = field_of(c->table, columns[i]);
		if (field < c->room)
			c->asked[field] = 1;
	}
	for (i = 0; i < c->room; i++)
		if (c->asked[i] != 0)
			c->plan[nplan++] = i;
	c->plan[nplan] = UINT32_MAX;
	c->planned = true;
}

void
sqlite_row_free(struct sqlite_cell *c)
{
	buf_free(&c->payload);
	buf_free(&c->text);
}

/* Puts the payload together up to `end`; what was there stays in place. */
static bool
gather(struct sqlite_cell *c, uint64_t end)
{
	struct sqlite_pages *m = &c->db->pages;
	uint64_t whole = c->size < PAYLOAD_MAX ? c->size : PAYLOAD_MAX;
	struct bytes b;
	uint8_t state;

	if (!c->begun) {
		c->begun = true;
		c->broken = false;
		c->next = c->first;
		buf_reset(&c->payload);
		if (buf_room(&c->payload, (size_t)whole) == NULL)
			return false;
		buf_add(&c->payload, c->local);
	}
	while (c->payload.n < end && !c->broken && !c->payload.bad) {
		c->broken = true;
		if (c->next == 0 || c->next > m->limit)
			break;
		state = m->state[c->next];
		if (!(state & PAGE_OVERFLOW) ||
		    (state & (PAGE_SHARED | PAGE_TREE)))
			break;
		b = sqlite_pages_get(m, c->next);
		if (b.p == NULL)
			break;
		c->next = sqlite_u32(b, 0);
		b = bytes_part(b, 4, m->usable - 4);
		buf_add(&c->payload, bytes_part(b, 0,
		    (size_t)(whole - c->payload.n)));
		c->broken = false;
	}
	return c->payload.n >= end;
}

/* Payload bytes [at, at + n); none and false if they cannot be had. */
static bool
payload(struct sqlite_cell *c, uint64_t at, uint64_t n, struct bytes *out)
{
	if (at + n <= c->local.n) {
		*out = bytes_part(c->local, (size_t)at, (size_t)n);
		return true;
	}
	if (at + n > c->size || at + n > PAYLOAD_MAX || n > LIMIT_CELL_BYTES ||
	    !gather(c, at + n))
		return false;
	*out = bytes_part(buf_bytes(&c->payload), (size_t)at, (size_t)n);
	return true;
}

bool
sqlite_row_load(struct sqlite_cell *c, const struct sqlite_page *p,
    const struct sqlite_slot *s)
{
	struct bytes head;
	uint64_t n;
	size_t used;

	c->page = p->number;
	c->rowid = s->rowid;
	c->size = s->payload;
	c->local = bytes_part(p->bytes, s->at, s->local);
	c->first = s->overflow;
	c->begun = false;
	used = sqlite_page_varint(c->local, 0, &n);
	if (used == 0 || n < used || n > c->size ||
	    !payload(c, 0, n, &head))
		return false;
	return c->planned ? sqlite_head_planned(c, head, used) :
	    sqlite_head_read(c, head, used);
}

/* The parts of a row of which only some are known. */
static void
load_whole(struct sqlite_cell *c)
{
	struct bytes head;
	uint64_t n;
	size_t used = sqlite_page_varint(c->local, 0, &n);

	/* What was read once can be read again. */
	if (used > 0 && payload(c, 0, n, &head))
		(void)sqlite_head_read(c, head, used);
	c->whole = true;
}

static inline void
have(struct sqlite_cell *c, uint32_t field)
{
	if (!c->whole && c->asked[field] == 0)
		load_whole(c);
}

static inline int64_t
integer(struct bytes b)
{
	uint64_t v = b.n > 0 && b.p[0] & 0x80 ? UINT64_MAX : 0;
	size_t i;

	for (i = 0; i < b.n; i++)
		v = v << 8 | b.p[i];
	return (int64_t)v;
}

static void
put_real(struct val *to, int64_t integer)
{
	double r;

	memcpy(&r, &integer, sizeof(r));
	*to = isnan(r) ? val_unset() : val_real(r);
}

static uint32_t
unit(struct bytes b, size_t at, bool big)
{
	uint32_t v = sqlite_u16(b, at);

	return big ? v : (v & 0xff) << 8 | v >> 8;
}

/* UTF-16 to UTF-8, at most three bytes for two; a half of a pair alone
   becomes U+FFFD. */
static size_t
convert(uint8_t *to, struct bytes b, bool big)
{
	uint32_t c, low;
	size_t at, n = 0;

	for (at = 0; at + 2 <= b.n; at += 2) {
		c = unit(b, at, big);
		if ((c & 0xf800) == 0xd800) {
			low = at + 4 <= b.n ? unit(b, at + 2, big) : 0;
			if (c < 0xdc00 && (low & 0xfc00) == 0xdc00) {
				c = 0x10000 + ((c & 0x3ff) << 10) +
				    (low & 0x3ff);
				at += 2;
			} else {
				c = 0xfffd;
			}
		}
		n += text_put(to + n, c);
	}
	return n;
}

/* Text of a UTF-16 database.  Each field has its own place in the buffer, at
   one and a half times its place in the payload, so a field that is asked
   for twice is written over itself, and none over another. */
static struct val
text(struct sqlite_cell *c, uint32_t field, struct bytes b)
{
	uint64_t whole = c->size < PAYLOAD_MAX ? c->size : PAYLOAD_MAX;
	size_t at = c->part[field].at + c->part[field].at / 2, n;

	if (c->db->encoding == SQLITE_UTF8 || b.n < 2)
		return val_text(bytes_part(b, 0,
		    c->db->encoding == SQLITE_UTF8 ? b.n : 0));
	buf_reset(&c->text);
	if (buf_room(&c->text, (size_t)(whole + whole / 2 + 2)) == NULL)
		return val_unset();
	c->text.n = (size_t)(whole + whole / 2 + 2);
	n = convert(c->text.p + at, b, c->db->encoding == SQLITE_UTF16BE);
	return val_text(bytes_part(buf_bytes(&c->text), at, n));
}

struct bytes
sqlite_row_raw(struct sqlite_cell *c, uint32_t field)
{
	struct bytes b = { NULL, 0 };

	if (field >= c->nfields)
		return b;
	have(c, field);
	if (c->part[field].type < 12 ||
	    !payload(c, c->part[field].at,
	    sqlite_head_size(c->part[field].type), &b))
		return bytes_at(NULL, 0);
	return b;
}

/* A value that is not all on the page, or of no type that we know. */
static bool
fetch(struct sqlite_cell *c, uint32_t field, struct bytes *b)
{
	uint32_t type = c->part[field].type;
	uint64_t n = sqlite_head_size(type);

	if (type == 10 || type == 11) {
		sqlite_gap_page(c->db, c->page, "a value is of no known type");
		return false;
	}
	if (payload(c, c->part[field].at, n, b))
		return true;
	sqlite_gap_page(c->db, c->page, n > LIMIT_CELL_BYTES ?
	    "a value is too large" :
	    "a value in overflow pages cannot be read");
	return false;
}

static void
decode_far(struct sqlite_cell *c, uint32_t field, struct val *to)
{
	uint32_t type = c->part[field].type;
	struct bytes b;

	*to = val_unset();
	if (!fetch(c, field, &b))
		return;
	if (type < 7)
		*to = val_int(integer(b));
	else if (type == 7)
		put_real(to, integer(b));
	else
		*to = type & 1 ? text(c, field, b) : val_blob(b);
}

/* Most values are NULL, small, or text on the page. */
static inline void
decode(struct sqlite_cell *c, uint32_t field, struct val *to)
{
	const struct sqlite_part part = c->part[field];
	uint64_t n = sqlite_head_size(part.type);
	struct bytes b;

	if (part.type == 0) {
		*to = val_unset();
		return;
	}
	if (part.type == 8 || part.type == 9) {
		*to = val_int(part.type - 8);
		return;
	}
	if (part.at + n > c->local.n || part.type == 10 || part.type == 11 ||
	    (part.type > 12 && c->db->encoding != SQLITE_UTF8)) {
		decode_far(c, field, to);
		return;
	}
	b = bytes_part(c->local, part.at, (size_t)n);
	if (part.type >= 12)
		*to = part.type & 1 ? val_text(b) : val_blob(b);
	else if (part.type < 7)
		*to = val_int(integer(b));
	else
		put_real(to, integer(b));
}

/* A column that the row is too old to have. */
static struct val
fallback(struct sqlite_cell *c, const struct sqlite_column *col)
{
	if (col->unknown)
		sqlite_gap_page(c->db, c->page,
		    "a value was left to a default that is no literal");
	return col->fallback;
}

static void
value_any(struct sqlite_cell *c, int column, struct val *to)
{
	const struct sqlite_table *t = c->table;
	const struct sqlite_column *col;

	*to = val_unset();
	if (t->rowid && (column == SQLITE_ROWID ||
	    (column >= 0 && column == t->key))) {
		*to = val_int(c->rowid);
		return;
	}
	if (column < 0 || (unsigned)column >= t->ncolumns)
		return;
	col = &t->columns[column];
	if (col->field == SQLITE_NO_FIELD)
		return;
	if (col->field >= c->nfields) {
		*to = fallback(c, col);
		return;
	}
	have(c, col->field);
	decode(c, col->field, to);
	/* Reals that are whole are stored as integers. */
	if (col->affinity == SQLITE_AS_REAL && to->type == VAL_INT)
		*to = val_real((double)to->i);
}

/* A column that was planned, of a row that has it. */
static inline void
value(struct sqlite_cell *c, int column, struct val *to)
{
	const struct sqlite_table *t = c->table;
	const struct sqlite_column *col;

	if ((unsigned)column >= t->ncolumns || column == t->key) {
		value_any(c, column, to);
		return;
	}
	col = &t->columns[column];
	if (col->field >= c->nfields || c->asked[col->field] == 0 ||
	    col->affinity == SQLITE_AS_REAL)
		value_any(c, column, to);
	else
		decode(c, col->field, to);
}

struct val
sqlite_row_value(struct sqlite_cell *c, int column)
{
	struct val v;

	value(c, column, &v);
	return v;
}

void
sqlite_values(const struct sqlite_row *row, const struct sqlite_want *want,
    unsigned n)
{
	unsigned i;

	for (i = 0; i < n; i++)
		value(row->cell, want[i].column, want[i].to);
}

bool
sqlite_row_plain(const struct sqlite_row *row)
{
	return row->cell->planned && !row->cell->odd;
}
