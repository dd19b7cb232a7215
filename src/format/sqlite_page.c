/*
 * One b-tree page: its header, its cells, and which of them to trust.
 *
 * On a sound page the cells, the free blocks and the fragments cover the
 * content area exactly, and rowids rise.  Where that fails, cells that lie
 * over each other, outside the area or out of order are refused; the others
 * are read.
 */
#include "format/sqlite_inside.h"

#include <string.h>

/* Bytes that a varint at `at` takes, or 0 if it runs past the end. */
size_t
sqlite_page_varint(struct bytes b, size_t at, uint64_t *out)
{
	uint64_t v = 0;
	size_t i;

	for (i = 0; i < 8; i++) {
		if (at + i >= b.n)
			return 0;
		v = v << 7 | (b.p[at + i] & 0x7f);
		if (b.p[at + i] < 0x80) {
			*out = v;
			return i + 1;
		}
	}
	if (at + 8 >= b.n)
		return 0;
	*out = v << 8 | b.p[at + 8];
	return 9;
}

bool
sqlite_page_parse(const struct sqlite_pages *m, uint32_t number,
    const uint8_t *from, struct sqlite_page *p)
{
	struct bytes b = bytes_at(from, m->usable);
	size_t head = number == 1 ? 100 : 0;
	uint32_t type = sqlite_u16(b, head) >> 8;

	p->bytes = b;
	p->number = number;
	p->leaf = type == SQLITE_TABLE_LEAF || type == SQLITE_INDEX_LEAF;
	p->table = type == SQLITE_TABLE_LEAF || type == SQLITE_TABLE_INTERIOR;
	if (!p->leaf && !p->table && type != SQLITE_INDEX_INTERIOR)
		return false;
	p->freeblock = sqlite_u16(b, head + 1);
	p->cells = sqlite_u16(b, head + 3);
	p->content = sqlite_u16(b, head + 5);
	if (p->content == 0)
		p->content = 65536;
	p->fragments = sqlite_u16(b, head + 6) & 0xff;
	p->right = p->leaf ? 0 : sqlite_u32(b, head + 8);
	p->pointers = (uint32_t)head + (p->leaf ? 8 : 12);
	p->max_local = p->table ? m->max_local : m->max_local_index;
	p->min_local = m->min_local;
	return p->pointers + 2 * p->cells <= m->usable;
}

/* Past a varint at `at`; past the end of everything if there is none.  Most
   take one byte, rowids two or three. */
static inline size_t
varint(struct bytes b, size_t at, uint64_t *v)
{
	uint32_t first, second, third;
	size_t n;

	if (at + 3 <= b.n) {
		first = b.p[at];
		*v = first;
		if (first < 0x80)
			return at + 1;
		second = b.p[at + 1];
		*v = (first & 0x7f) << 7 | second;
		if (second < 0x80)
			return at + 2;
		third = b.p[at + 2];
		*v = (first & 0x7f) << 14 | (second & 0x7f) << 7 | third;
		if (third < 0x80)
			return at + 3;
	}
	n = sqlite_page_varint(b, at, v);
	return n == 0 ? SIZE_MAX / 2 : at + n;
}

/* How much of a payload that is too long for the page lies on it. */
static uint32_t
local_part(const struct sqlite_page *p, uint64_t payload)
{
	uint32_t n = p->min_local;

	n += (uint32_t)((payload - n) % (p->bytes.n - 4));
	return n <= p->max_local ? n : p->min_local;
}

/* The number at `at`, which lies on the page: parse has seen to it. */
static inline uint32_t
pointer(const struct sqlite_page *p, uint32_t i)
{
	const uint8_t *at = &p->bytes.p[p->pointers + 2 * i];

	return (uint32_t)at[0] << 8 | at[1];
}

/* A cell of any kind. */
static bool
any_cell(const struct sqlite_page *p, uint32_t i, struct sqlite_slot *s)
{
	size_t at = pointer(p, i), end;
	uint64_t rowid = 0, payload = 0;
	uint32_t size;

	s->start = (uint32_t)at;
	s->child = s->overflow = 0;
	if (at < p->pointers + 2 * p->cells)
		return false;
	if (!p->leaf) {
		s->child = sqlite_u32(p->bytes, at);
		at += 4;
	}
	if (p->leaf || !p->table)
		at = varint(p->bytes, at, &payload);
	if (p->table)
		at = varint(p->bytes, at, &rowid);
	s->rowid = (int64_t)rowid;
	s->payload = payload;
	s->at = (uint32_t)at;
	s->local = (uint32_t)payload;
	if (at > p->bytes.n || payload > INT32_MAX)
		return false;
	end = at + payload;
	if (payload > p->max_local) {
		s->local = local_part(p, payload);
		end = at + s->local;
		s->overflow = sqlite_u32(p->bytes, end);
		end += 4;
	}
	/* A cell is never shorter than the free block it would leave. */
	size = (uint32_t)end - s->start;
	s->size = size < 4 ? 4 : size;
	return s->start + s->size <= p->bytes.n;
}

/* The size of a cell of a leaf as most are: its numbers are short, and all of
   it lies on the page.  0 for others.  *at: where its payload begins. */
static inline uint32_t
short_cell(const struct sqlite_page *p, uint32_t start, uint32_t *at,
    uint32_t *payload, uint32_t *rowid)
{
	const uint8_t *b = p->bytes.p;
	uint32_t i = start, n, id = 0, size;

	if (start + 5 > p->bytes.n)
		return 0;
	n = b[i++];
	if (n >= 0x80) {
		n = (n & 0x7f) << 7 | b[i];
		if (b[i++] >= 0x80)
			return 0;
	}
	if (p->table) {
		id = b[i++];
		if (id >= 0x80) {
			id = (id & 0x7f) << 7 | (b[i] & 0x7fU);
			if (b[i++] >= 0x80) {
				id = id << 7 | b[i];
				if (b[i++] >= 0x80)
					return 0;
			}
		}
	}
	*at = i;
	*payload = n;
	*rowid = id;
	size = i - start + n;
	if (n > p->max_local || start + size > p->bytes.n)
		return 0;
	/* A cell is never shorter than the free block it would leave. */
	return size < 4 ? 4 : size;
}

static inline bool
cell(const struct sqlite_page *p, uint32_t i, struct sqlite_slot *s)
{
	uint32_t start = pointer(p, i), size, at, n, rowid;

	if (!p->leaf || start < p->pointers + 2 * p->cells)
		return any_cell(p, i, s);
	size = short_cell(p, start, &at, &n, &rowid);
	if (size == 0)
		return any_cell(p, i, s);
	s->start = start;
	s->size = size;
	s->child = s->overflow = 0;
	s->rowid = rowid;
	s->at = at;
	s->payload = s->local = n;
	return start + size <= p->bytes.n;
}

bool
sqlite_page_cell(const struct sqlite_page *p, uint32_t i,
    struct sqlite_slot *s)
{
	return i < p->cells && cell(p, i, s);
}

/* Sets n bits from `at`, 64 at most; true if one was set before.  There is a
   word behind the last. */
static inline bool
cover_few(uint64_t *bits, uint32_t at, uint32_t n)
{
	uint64_t mask = UINT64_MAX >> (64 - n), low = mask << at % 64;
	uint64_t high, hit;

	/* Shifted in two steps, for 64 at once is not defined. */
	high = mask >> 1 >> (63 - at % 64);
	bits += at / 64;
	hit = (bits[0] & low) | (bits[1] & high);
	bits[0] |= low;
	bits[1] |= high;
	return hit != 0;
}

/* Sets n bits from `at`; true if one was set before. */
static inline bool
cover(uint64_t *bits, uint32_t at, uint32_t n)
{
	uint64_t mask, hit = 0;
	uint32_t some;

	for (; n > 0; n -= some) {
		some = 64 - at % 64;
		mask = UINT64_MAX << at % 64;
		if (n < some) {
			some = n;
			mask &= ~(UINT64_MAX << (at + n) % 64);
		}
		hit |= bits[at / 64] & mask;
		bits[at / 64] |= mask;
		at += some;
	}
	return hit != 0;
}

static void
clear(const struct sqlite_page *p, uint64_t *bits)
{
	memset(bits, 0, (p->bytes.n / 64 + 1) * sizeof(*bits));
}

/* Free blocks, marked in `bits`.  False if their chain is broken. */
static bool
free_blocks(const struct sqlite_page *p, uint64_t *bits, uint32_t *sum,
    bool *clash)
{
	uint32_t at = p->freeblock, next, n;

	while (at != 0) {
		next = sqlite_u16(p->bytes, at);
		n = sqlite_u16(p->bytes, at + 2);
		if (at < p->content || n < 4 || at + n > p->bytes.n ||
		    (next != 0 && next <= at + n))
			return false;
		if (cover(bits, at, n))
			*clash = true;
		*sum += n;
		at = next;
	}
	return true;
}

static const char disorder[] = "rowids are out of order";

/* What the cells of a leaf come to. */
struct leaf {
	uint32_t low;		/* where the lowest begins */
	uint32_t sum;		/* of their sizes */
	int64_t last;
	bool ordered;
};

/* The cells of a leaf that was only ever added to: each lies below the one
   before, so none can lie over another.  False if it is not like that. */
static bool
falling(const struct sqlite_page *p, struct leaf *leaf)
{
	uint32_t low = (uint32_t)p->bytes.n, i, start, size, at, n, rowid;
	uint32_t sum = 0;
	int64_t last = leaf->last;
	bool ordered = true;

	for (i = 0; i < p->cells; i++) {
		start = pointer(p, i);
		size = short_cell(p, start, &at, &n, &rowid);
		if (size == 0 || start + size > low)
			return false;
		low = start;
		sum += size;
		ordered &= rowid > last;
		last = rowid;
	}
	*leaf = (struct leaf){ low, sum, last, ordered };
	return true;
}

/* The same where cells lie in any order. */
static bool
scattered(const struct sqlite_page *p, uint64_t *bits, struct leaf *leaf)
{
	uint32_t low = (uint32_t)p->bytes.n, i, start, size, at, n, rowid;
	uint32_t sum = 0;
	int64_t last = leaf->last;
	bool ordered = true, clash = false;

	clear(p, bits);
	for (i = 0; i < p->cells && !clash; i++) {
		start = pointer(p, i);
		size = short_cell(p, start, &at, &n, &rowid);
		if (size == 0 || start + size > p->bytes.n)
			return false;
		clash = size <= 64 ? cover_few(bits, start, size) :
		    cover(bits, start, size);
		if (start < low)
			low = start;
		sum += size;
		ordered &= rowid > last;
		last = rowid;
	}
	*leaf = (struct leaf){ low, sum, last, ordered };
	return !clash;
}

/* Whether a leaf is sound, and as most are: short cells without overflow.  If
   not, fault() looks closer. */
static bool
is_plain(struct sqlite *db, const struct sqlite_page *p,
    struct sqlite_range range)
{
	struct leaf leaf = { .last = range.bounded ? range.lo : INT64_MIN };
	uint32_t sum = 0;
	bool clash = false;

	if (!p->leaf || p->content > p->bytes.n ||
	    p->pointers + 2 * p->cells > p->content)
		return false;
	if ((p->freeblock != 0 || !falling(p, &leaf)) &&
	    !scattered(p, db->cover, &leaf))
		return false;
	if (p->freeblock != 0 &&
	    (!free_blocks(p, db->cover, &sum, &clash) || clash))
		return false;
	if (p->table && (!leaf.ordered ||
	    (p->cells > 0 && leaf.last > range.hi)))
		return false;
	return leaf.low >= p->content &&
	    leaf.sum + sum + p->fragments == p->bytes.n - p->content;
}

/* What is wrong with the page, by its first fault; NULL if nothing is. */
static const char *
fault(struct sqlite *db, const struct sqlite_page *p,
    struct sqlite_range range, bool *chains)
{
	bool clash = false, ordered = true, above = range.bounded;
	int64_t last = range.lo;
	struct sqlite_slot s;
	uint32_t i, sum = 0;

	if (is_plain(db, p, range))
		return NULL;
	if (p->content > p->bytes.n && p->cells > 0)
		return "its content lies outside";
	if (p->pointers + 2 * p->cells > p->content)
		return "it counts more cells than fit";
	clear(p, db->cover);
	for (i = 0; i < p->cells; i++) {
		if (!cell(p, i, &s) || s.start < p->content)
			return "a cell lies outside";
		clash |= cover(db->cover, s.start, s.size);
		sum += s.size;
		*chains |= s.overflow != 0;
		ordered &= !above || s.rowid > last;
		above = p->table;
		last = s.rowid;
		if (clash)	/* so that this costs no more than the page */
			return "cells lie over each other";
	}
	if (!free_blocks(p, db->cover, &sum, &clash))
		return "its list of free blocks is broken";
	if (clash)
		return "cells lie over each other";
	if (p->content <= p->bytes.n &&
	    sum + p->fragments != p->bytes.n - p->content)
		return "cells and free space do not fill it";
	if (p->table && (!ordered || (p->cells > 0 && last > range.hi)))
		return disorder;
	return NULL;
}

static void
refuse(uint64_t *refused, uint32_t i)
{
	refused[i / 64] |= (uint64_t)1 << i % 64;
}

/* Refuses cells that lie outside, or over another or a free block.  All of
   them, if together they claim more than one wrong length can explain: that
   page was made to keep us busy. */
static void
refuse_misplaced(struct sqlite *db, const struct sqlite_page *p,
    uint64_t *refused)
{
	struct sqlite_slot s;
	uint32_t i, k, sum = 0;
	bool clash = false;

	clear(p, db->cover);
	clear(p, db->twice);
	(void)free_blocks(p, db->cover, &sum, &clash);
	for (i = 0; i < p->cells; i++) {
		if (sum > 2 * p->bytes.n ||
		    p->pointers + 2 * i + 2 > p->content ||
		    !cell(p, i, &s) || s.start < p->content) {
			refuse(refused, i);
			continue;
		}
		sum += s.size;
		if (cover(db->cover, s.start, s.size))
			(void)cover(db->twice, s.start, s.size);
	}
	for (i = 0; i < p->cells; i++) {
		if (sqlite_bit(refused, i) || !cell(p, i, &s))
			continue;
		for (k = 0; k < s.size; k++)
			if (sqlite_bit(db->twice, s.start + k))
				break;
		if (k < s.size || sum > 2 * p->bytes.n)
			refuse(refused, i);
	}
}

/* The next cell from i on that is not refused; p->cells if there is none. */
static uint32_t
next_cell(const struct sqlite_page *p, const uint64_t *refused, uint32_t i,
    int64_t *rowid)
{
	struct sqlite_slot s;

	for (; i < p->cells; i++) {
		if (sqlite_bit(refused, i) || !cell(p, i, &s))
			continue;
		*rowid = s.rowid;
		return i;
	}
	return i;
}

/* Refuses rowids outside the range; unless there are several and nothing else
   is wrong with the page, for then the range, which the parent gave, is what
   is damaged. */
static void
refuse_strangers(const struct sqlite_page *p, struct sqlite_range range,
    bool sound, uint64_t *refused)
{
	uint32_t i, out = 0;
	int64_t rowid;
	bool again;

	for (again = false; !again || out == 1 || !sound; again = true) {
		for (i = next_cell(p, refused, 0, &rowid); i < p->cells;
		    i = next_cell(p, refused, i + 1, &rowid)) {
			if ((!range.bounded || rowid > range.lo) &&
			    rowid <= range.hi)
				continue;
			if (again)
				refuse(refused, i);
			else
				out++;
		}
		if (again)
			return;
	}
}

/* Refuses rowids that break the order.  Of two neighbours the wrong one is
   found by what comes before and after; if that leaves it open, both go. */
static void
refuse_disorder(const struct sqlite_page *p, uint64_t *refused)
{
	int64_t last = 0, a = 0, b = 0, c = 0;
	uint32_t i, next, after;
	bool any = false;

	i = next_cell(p, refused, 0, &a);
	for (; i < p->cells; i = next_cell(p, refused, i + 1, &a)) {
		next = next_cell(p, refused, i + 1, &b);
		if (any && a <= last) {
			refuse(refused, i);
			continue;
		}
		if (next < p->cells && b <= a && (!any || b > last)) {
			refuse(refused, i);
			after = next_cell(p, refused, next + 1, &c);
			if (after == p->cells || c > a)
				refuse(refused, next);
			continue;
		}
		last = a;
		any = true;
	}
}

const char *
sqlite_page_judge(struct sqlite *db, const struct sqlite_page *p,
    struct sqlite_range range, uint64_t *refused, bool *chains)
{
	const char *why;

	*chains = false;
	why = fault(db, p, range, chains);
	if (why == NULL)
		return NULL;
	*chains = true;
	memset(refused, 0, (p->cells + 63) / 64 * sizeof(*refused));
	refuse_misplaced(db, p, refused);
	if (p->table && p->leaf) {
		refuse_strangers(p, range, why == disorder, refused);
		refuse_disorder(p, refused);
	}
	return why;
}
