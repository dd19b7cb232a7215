/*
 * A record: its header when the row is reached, its values when they are
 * asked for.
 *
 * The header must account for the payload to the last byte; that alone finds
 * most damage within a cell.  What lies in overflow pages is put together
 * only as far as a value needs it, in one buffer that never moves, so that
 * values stay where they are until the next row.
 */
#include "format/sqlite_inside.h"

#include <endian.h>
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

/* Bytes of a field by its type: https://www.sqlite.org/fileformat2.html, 2.1;
   in a table, for rows are mostly made of the first hundred. */
static const uint8_t sizes[128] = {
	0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0, 0, 0, 1, 1,
	2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9,
	10, 10, 11, 11, 12, 12, 13, 13, 14, 14, 15, 15, 16, 16, 17, 17,
	18, 18, 19, 19, 20, 20, 21, 21, 22, 22, 23, 23, 24, 24, 25, 25,
	26, 26, 27, 27, 28, 28, 29, 29, 30, 30, 31, 31, 32, 32, 33, 33,
	34, 34, 35, 35, 36, 36, 37, 37, 38, 38, 39, 39, 40, 40, 41, 41,
	42, 42, 43, 43, 44, 44, 45, 45, 46, 46, 47, 47, 48, 48, 49, 49,
	50, 50, 51, 51, 52, 52, 53, 53, 54, 54, 55, 55, 56, 56, 57, 57
};

static uint64_t
size_of(uint64_t type)
{
	return type < 128 ? sizes[type] : (type - 12) / 2;
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

/* The type at `at`, and past it; false if there is none. */
static inline bool
take_type(struct bytes head, size_t *at, uint32_t *type)
{
	uint64_t wide;
	size_t used;

	*type = head.p[*at];
	if (*type < 0x80) {
		++*at;
		return true;
	}
	used = sqlite_page_varint(head, *at, &wide);
	if (used == 0 || wide > UINT32_MAX)
		return false;
	*type = (uint32_t)wide;
	*at += used;
	return true;
}

/* The types of the fields; false unless there are some and they fill the
   payload. */
static bool
fields(struct sqlite_cell *c, struct bytes head, size_t at)
{
	struct sqlite_part *part = c->part;
	uint64_t body = head.n, whole = c->size;
	uint32_t n = 0, room = c->room, type;

	while (at < head.n) {
		if (!take_type(head, &at, &type))
			return false;
		if (n < room) {
			part[n].type = type;
			part[n].at = (uint32_t)body;
		}
		n++;
		body += size_of(type);
		if (body > whole)
			return false;
	}
	c->nfields = n < room ? n : room;
	c->whole = true;
	return body == whole && n > 0;
}

#define EACH(byte)	(UINT64_C(0x0101010101010101) * (byte))

/* How many of the next eight types, and not more than `most`, are NULL, 0, 1
   or an integer of one byte: most of a row is.  Their bytes of body are added:
   one for each type 1. */
static inline uint32_t
small_run(const uint8_t *p, uint32_t most, uint64_t *body)
{
	uint64_t eight, other;
	uint32_t n = 8;

	memcpy(&eight, p, sizeof(eight));
	eight = le64toh(eight);
	other = eight & EACH(0xf6);	/* neither 0, 1, 8 nor 9 */
	if (other != 0)
		n = (uint32_t)__builtin_ctzll(other) / 8;
	if (n > most)
		n = most;
	eight &= ~(eight >> 3) & EACH(1);
	if (n < 8)
		eight &= (UINT64_C(1) << 8 * n) - 1;
	*body += eight * EACH(1) >> 56;
	return n;
}

/* The same as fields(), but the parts are noted for what is asked for only. */
static bool
fields_planned(struct sqlite_cell *c, struct bytes head, size_t at)
{
	const uint32_t *plan = c->plan;
	uint32_t n = 0, run, type;
	uint64_t body = head.n;

	c->odd = c->first != 0;
	while (at < head.n) {
		if (n < *plan && head.n - at >= 8 && (run = small_run(
		    head.p + at, *plan - n, &body)) > 0) {
			n += run;
			at += run;
			continue;
		}
		if (!take_type(head, &at, &type))
			return false;
		if (type == 10 || type == 11)
			c->odd = true;
		if (n == *plan) {
			c->part[n].type = type;
			c->part[n].at = (uint32_t)body;
			plan++;
		}
		n++;
		body += size_of(type);
	}
	c->nfields = n < c->room ? n : c->room;
	if (c->nfields < c->table->nfields && c->table->unknown)
		c->odd = true;
	c->whole = false;
	return body == c->size && n > 0;
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
	return c->planned ? fields_planned(c, head, used) :
	    fields(c, head, used);
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
		(void)fields(c, head, used);
	c->whole = true;
}

static inline void
have(struct sqlite_cell *c, uint32_t field)
{
	if (!c->whole && c->asked[field] == 0)
		load_whole(c);
}

static int64_t
integer(struct bytes b)
{
	uint64_t v = b.n > 0 && b.p[0] & 0x80 ? UINT64_MAX : 0;
	size_t i;

	for (i = 0; i < b.n; i++)
		v = v << 8 | b.p[i];
	return (int64_t)v;
}

static struct val
real(struct bytes b)
{
	uint64_t bits = (uint64_t)integer(b);
	double r;

	memcpy(&r, &bits, sizeof(r));
	return isnan(r) ? val_unset() : val_real(r);
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
	    !payload(c, c->part[field].at, size_of(c->part[field].type), &b))
		return bytes_at(NULL, 0);
	return b;
}

static inline struct val
decode(struct sqlite_cell *c, uint32_t field)
{
	uint32_t type = c->part[field].type;
	struct bytes b;

	if (type == 0)
		return val_unset();
	if (type == 8 || type == 9)
		return val_int(type - 8);
	if (type == 10 || type == 11) {
		sqlite_gap_page(c->db, c->page, "a value is of no known type");
		return val_unset();
	}
	if (!payload(c, c->part[field].at, size_of(type), &b)) {
		sqlite_gap_page(c->db, c->page, size_of(type) >
		    LIMIT_CELL_BYTES ? "a value is too large" :
		    "a value in overflow pages cannot be read");
		return val_unset();
	}
	if (type < 7)
		return val_int(integer(b));
	if (type == 7)
		return real(b);
	return type & 1 ? text(c, field, b) : val_blob(b);
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

/* Reals that are whole are stored as integers. */
static struct val
decode_real(struct sqlite_cell *c, uint32_t field)
{
	struct val v = decode(c, field);

	return v.type == VAL_INT ? val_real((double)v.i) : v;
}

static inline struct val
value(struct sqlite_cell *c, int column)
{
	const struct sqlite_table *t = c->table;
	const struct sqlite_column *col;

	if (t->rowid && (column == SQLITE_ROWID ||
	    (column >= 0 && column == t->key)))
		return val_int(c->rowid);
	if (column < 0 || (unsigned)column >= t->ncolumns)
		return val_unset();
	col = &t->columns[column];
	if (col->field == SQLITE_NO_FIELD)
		return val_unset();
	if (col->field >= c->nfields)
		return fallback(c, col);
	have(c, col->field);
	if (col->affinity == SQLITE_AS_REAL)
		return decode_real(c, col->field);
	return decode(c, col->field);
}

struct val
sqlite_row_value(struct sqlite_cell *c, int column)
{
	return value(c, column);
}

void
sqlite_values(const struct sqlite_row *row, const struct sqlite_want *want,
    unsigned n)
{
	unsigned i;

	for (i = 0; i < n; i++)
		*want[i].to = value(row->cell, want[i].column);
}

bool
sqlite_row_plain(const struct sqlite_row *row)
{
	return row->cell->planned && !row->cell->odd;
}
