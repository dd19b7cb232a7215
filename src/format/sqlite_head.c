/*
 * The header of a record: the type of each field.
 *
 * It must account for the payload to the last byte; that alone finds most
 * damage within a cell.  So all of it is read, for every row: where the
 * processor can, sixteen types at a time.
 *
 * Source: https://www.sqlite.org/fileformat2.html, 2.1
 */
#include "format/sqlite_inside.h"

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Bytes of a field by its type; in a table, for most are of the first
   hundred. */
const uint8_t sqlite_head_sizes[128] = {
	0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0, 0, 0, 1, 1,
	2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9,
	10, 10, 11, 11, 12, 12, 13, 13, 14, 14, 15, 15, 16, 16, 17, 17,
	18, 18, 19, 19, 20, 20, 21, 21, 22, 22, 23, 23, 24, 24, 25, 25,
	26, 26, 27, 27, 28, 28, 29, 29, 30, 30, 31, 31, 32, 32, 33, 33,
	34, 34, 35, 35, 36, 36, 37, 37, 38, 38, 39, 39, 40, 40, 41, 41,
	42, 42, 43, 43, 44, 44, 45, 45, 46, 46, 47, 47, 48, 48, 49, 49,
	50, 50, 51, 51, 52, 52, 53, 53, 54, 54, 55, 55, 56, 56, 57, 57
};

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

bool
sqlite_head_read(struct sqlite_cell *c, struct bytes head, size_t at)
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
		body += sqlite_head_size(type);
		if (body > whole)
			return false;
	}
	c->nfields = n < room ? n : room;
	c->whole = true;
	return body == whole && n > 0;
}

struct reading {
	struct bytes head;
	size_t readable;	/* bytes from its start, of the same record */
	size_t at;
	uint64_t body;		/* where the next field lies */
	uint32_t n;		/* fields so far */
	const uint32_t *plan;	/* the next one that is asked for */
};

#ifdef __SSE2__

/* From `16 - n` on: n bytes of ones, then none. */
static const uint8_t window[32] = {
	0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
	0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff
};

static inline __m128i
load(const uint8_t *p)
{
	__m128i v;

	memcpy(&v, p, sizeof(v));
	return v;
}

/* The first n of sixteen. */
static inline __m128i
first(__m128i v, uint32_t n)
{
	return _mm_and_si128(v, load(window + 16 - n));
}

/* The sizes of types below 128. */
static inline __m128i
sizes_of(__m128i v)
{
	__m128i half, six, eight, below;

	half = _mm_srli_epi16(_mm_sub_epi8(v, _mm_set1_epi8(12)), 1);
	half = _mm_and_si128(half, _mm_set1_epi8(0x7f));
	half = _mm_and_si128(half, _mm_cmpgt_epi8(v, _mm_set1_epi8(11)));
	below = _mm_and_si128(v, _mm_cmplt_epi8(v, _mm_set1_epi8(5)));
	six = _mm_and_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8(5)),
	    _mm_set1_epi8(6));
	eight = _mm_and_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8(5)),
	    _mm_cmplt_epi8(v, _mm_set1_epi8(8)));
	eight = _mm_and_si128(eight, _mm_set1_epi8(8));
	return _mm_or_si128(_mm_or_si128(half, below),
	    _mm_or_si128(six, eight));
}

static inline uint32_t
sum(__m128i v)
{
	v = _mm_sad_epu8(v, _mm_setzero_si128());
	return (uint32_t)_mm_cvtsi128_si32(v) +
	    (uint32_t)_mm_cvtsi128_si32(_mm_srli_si128(v, 8));
}

/* Takes up to sixteen types of one byte; how many. */
static inline uint32_t
take_some(struct sqlite_cell *c, struct reading *r)
{
	uint8_t last[16] = { 0 };
	size_t left = r->head.n - r->at;
	const uint8_t *p = r->head.p + r->at;
	uint32_t n, k;
	__m128i v, size;

	if (r->readable - r->at < 16)
		p = memcpy(last, p, left);
	v = load(p);
	n = (uint32_t)__builtin_ctz((unsigned)_mm_movemask_epi8(v) | 0x10000);
	if (n > left)
		n = (uint32_t)left;
	v = first(v, n);
	size = sizes_of(v);
	if (_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_and_si128(v,
	    _mm_set1_epi8(0x7e)), _mm_set1_epi8(10))) != 0)
		c->odd = true;
	for (; *r->plan - r->n < n; r->plan++) {
		k = *r->plan - r->n;
		c->part[*r->plan].type = p[k];
		/* NULL, which most are, lies nowhere. */
		if (p[k] != 0)
			c->part[*r->plan].at = (uint32_t)r->body +
			    sum(first(size, k));
	}
	r->body += sum(size);
	r->n += n;
	r->at += n;
	return n;
}

#else

static inline uint32_t
take_some(struct sqlite_cell *c, struct reading *r)
{
	(void)c;
	(void)r;
	return 0;
}

#endif

bool
sqlite_head_planned(struct sqlite_cell *c, struct bytes head, size_t at)
{
	struct reading r = { head, head.p == c->local.p ? c->local.n : head.n,
	    at, head.n, 0, c->plan };
	uint32_t type;

	c->odd = c->first != 0;
	while (r.at < head.n) {
		if (take_some(c, &r) > 0)
			continue;
		if (!take_type(head, &r.at, &type))
			return false;
		if (type == 10 || type == 11)
			c->odd = true;
		if (r.n == *r.plan) {
			c->part[r.n].type = type;
			c->part[r.n].at = (uint32_t)r.body;
			r.plan++;
		}
		r.n++;
		r.body += sqlite_head_size(type);
	}
	c->nfields = r.n < c->room ? r.n : c->room;
	if (c->nfields < c->table->nfields && c->table->unknown)
		c->odd = true;
	c->whole = false;
	return r.body == c->size && r.n > 0;
}
