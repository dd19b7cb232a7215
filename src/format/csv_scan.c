/*
 * Where the separators, quotes and line ends of 64 bytes are, and whether the
 * bytes are UTF-8: with the vectors that every x86-64 has (SSE2), elsewhere
 * byte by byte.
 *
 * UTF-8 is checked for a whole block: the places where a first byte says that
 * others follow must be the places where such bytes are.  What this does not
 * see are a few pairs of first and second byte; they are looked for only where
 * one of these first bytes occurs.
 */
#include "format/csv_inside.h"

#include <stdbool.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* Whether what follows is what was announced; moves `open` on. */
static bool
follows(const struct csv_letters *l, uint64_t *open)
{
	uint64_t want = *open | l->two << 1 | l->three << 2 | l->four << 3;

	*open = l->two >> 63 | l->three >> 62 | l->four >> 61;
	return want == l->after && l->wrong == 0;
}

/* Whether this byte cannot be, or not after the one before. */
static bool
is_wrong(uint8_t before, uint8_t c)
{
	if (c == 0xc0 || c == 0xc1 || c > 0xf4)
		return true;
	return (before == 0xe0 && c < 0xa0) || (before == 0xed && c > 0x9f) ||
	    (before == 0xf0 && c < 0x90) || (before == 0xf4 && c > 0x8f);
}

static void
letter_plain(struct csv_letters *l, uint64_t bit, uint8_t before, uint8_t c)
{
	if (c >= 0x80 && c < 0xc0)
		l->after |= bit;
	if (c >= 0xc0)
		l->two |= bit;
	if (c >= 0xe0)
		l->three |= bit;
	if (c >= 0xf0)
		l->four |= bit;
	if (is_wrong(before, c))
		l->wrong |= bit;
}

size_t
csv_scan_plain(const uint8_t *p, size_t n, uint8_t separator,
    struct csv_block *out, uint64_t *open)
{
	struct csv_letters l;
	struct bytes in = bytes_at(p, n * CSV_BLOCK);
	uint8_t before = p[-1];
	uint64_t bit = 1;
	size_t i, j;

	for (i = 0; i < n; i++) {
		out[i] = (struct csv_block){ 0, 0 };
		l = (struct csv_letters){ 0, 0, 0, 0, 0 };
		for (j = 0; j < CSV_BLOCK; j++, bit = bit << 1 | bit >> 63) {
			uint8_t c = in.p[i * CSV_BLOCK + j];

			if (c == separator)
				out[i].separators |= bit;
			else if (c < 0x20 || c == '"')
				out[i].stops |= bit;
			else if (c >= 0x80 || before >= 0x80)
				letter_plain(&l, bit, before, c);
			before = c;
		}
		if (!follows(&l, open))
			return i;
	}
	return n;
}

#if defined(__SSE2__)

struct four {			/* a block */
	__m128i a, b, c, d;
};

static inline __m128i
load(const uint8_t *p)
{
	return _mm_loadu_si128((const __m128i *)(const void *)p);
}

static inline struct four
load_four(const uint8_t *p)
{
	return (struct four){ load(p), load(p + 16), load(p + 32),
	    load(p + 48) };
}

static inline __m128i
all(int c)
{
	return _mm_set1_epi8((char)c);
}

/* The top bits as one word. */
static inline uint64_t
top(struct four v)
{
	uint64_t a = (uint32_t)_mm_movemask_epi8(v.a);
	uint64_t b = (uint32_t)_mm_movemask_epi8(v.b);
	uint64_t c = (uint32_t)_mm_movemask_epi8(v.c);
	uint64_t d = (uint32_t)_mm_movemask_epi8(v.d);

	return (a | b << 16) | (c | d << 16) << 32;
}

/* A vector function of each part, and of what `with` gives it. */
#define EACH(f, v, with) \
	((struct four){ f((v).a, with), f((v).b, with), \
	    f((v).c, with), f((v).d, with) })

static inline __m128i
either(struct four v)
{
	return _mm_or_si128(_mm_or_si128(v.a, v.b), _mm_or_si128(v.c, v.d));
}

static inline __m128i
is_stop(__m128i v, __m128i quote)
{
	return _mm_or_si128(_mm_cmpeq_epi8(v, quote),
	    _mm_cmpeq_epi8(_mm_min_epu8(v, all(0x1f)), v));
}

static inline __m128i
is_from(__m128i v, __m128i least)
{
	return _mm_cmpeq_epi8(_mm_max_epu8(v, least), v);
}

/* c0 and c1, which would begin what fits in one byte. */
static inline __m128i
is_short(__m128i v, __m128i c0)
{
	return _mm_cmpeq_epi8(_mm_and_si128(v, all(0xfe)), c0);
}

static inline __m128i
pair(__m128i before, int first, __m128i wrong)
{
	return _mm_and_si128(_mm_cmpeq_epi8(before, all(first)), wrong);
}

/* As is_wrong; bytes of 80 and more are negative here, and 80 is the least. */
static inline __m128i
wrong(__m128i v, const uint8_t *before)
{
	__m128i b = load(before);
	__m128i three = _mm_or_si128(
	    pair(b, 0xe0, _mm_cmplt_epi8(v, all(0xa0))),
	    pair(b, 0xed, _mm_cmpgt_epi8(v, all(0x9f))));
	__m128i four = _mm_or_si128(
	    pair(b, 0xf0, _mm_cmplt_epi8(v, all(0x90))),
	    pair(b, 0xf4, _mm_cmpgt_epi8(v, all(0x8f))));

	return _mm_or_si128(is_from(v, all(0xf5)), _mm_or_si128(three, four));
}

/* A block that is not all ASCII, or that an open character reaches into. */
static bool
letters(const uint8_t *p, struct four v, uint64_t *open)
{
	struct csv_letters l = { 0, 0, 0, 0, 0 };

	l.after = top(EACH(_mm_cmplt_epi8, v, all(0xc0)));
	l.two = top(v) & ~l.after;
	l.three = top(EACH(is_from, v, all(0xe0)));
	l.wrong = (uint64_t)_mm_movemask_epi8(
	    either(EACH(is_short, v, all(0xc0))));
	if ((l.three | *open) == 0)
		return follows(&l, open);
	l.four = top(EACH(is_from, v, all(0xf0)));
	l.wrong |= (uint64_t)_mm_movemask_epi8(either((struct four){
	    wrong(v.a, p - 1), wrong(v.b, p + 15),
	    wrong(v.c, p + 31), wrong(v.d, p + 47) }));
	return follows(&l, open);
}

size_t
csv_scan(const uint8_t *p, size_t n, uint8_t separator,
    struct csv_block *out, uint64_t *open)
{
	__m128i comma = all(separator);
	__m128i quote = all('"');
	struct four v;
	uint64_t found;
	size_t i;

	for (i = 0; i < n; i++, p += CSV_BLOCK) {
		v = load_four(p);
		found = top(EACH(_mm_cmpeq_epi8, v, comma));
		out[i].separators = found;
		out[i].stops = top(EACH(is_stop, v, quote)) & ~found;
		if ((_mm_movemask_epi8(either(v)) != 0 || *open != 0) &&
		    !letters(p, v, open))
			return i;
	}
	return n;
}

#else

size_t
csv_scan(const uint8_t *p, size_t n, uint8_t separator,
    struct csv_block *out, uint64_t *open)
{
	return csv_scan_plain(p, n, separator, out, open);
}

#endif
