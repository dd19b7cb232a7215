#include "base/quote.h"

#include <stdint.h>
#include <string.h>

#include "base/text.h"

#define WIDTH		16u

/* Whether none of WIDTH bytes needs an escape in JSON: no control, quote or
   backslash, nothing beyond ASCII. */
static inline bool
plain_all(const uint8_t *p)
{
	uint8_t v __attribute__((vector_size(WIDTH)));
	int8_t odd __attribute__((vector_size(WIDTH)));
	uint64_t two[2];

	memcpy(&v, p, WIDTH);
	odd = (v < 0x20) | (v > 0x7e) | (v == '"') | (v == '\\');
	memcpy(two, &odd, WIDTH);
	return (two[0] | two[1]) == 0;
}

static inline bool
plain_one(uint8_t c)
{
	return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

#define HALF		(WIDTH / 2)

/* The same of eight bytes.  A byte less than what is taken from it sets its
   highest bit; a borrow from the byte beside it can only follow one that was
   found. */
static inline bool
plain_half(const uint8_t *p)
{
	const uint64_t each = UINT64_C(0x0101010101010101);
	uint64_t w;

	memcpy(&w, p, HALF);
	return ((w | (w - each * 0x20) | ((w ^ each * '"') - each) |
	    ((w ^ each * '\\') - each) | ((w ^ each * 0x7f) - each)) &
	    each * 0x80) == 0;
}

/* Copies plain bytes up to the first that is not; how many. */
static size_t
copy_plain(uint8_t *to, struct bytes in)
{
	size_t at = 0, last;

	for (; in.n - at >= WIDTH && plain_all(in.p + at); at += WIDTH)
		memcpy(to + at, in.p + at, WIDTH);
	/* What is left, with some of what was copied already. */
	if (in.n - at < WIDTH && in.n >= WIDTH) {
		last = in.n - WIDTH;
		if (plain_all(in.p + last)) {
			memcpy(to + last, in.p + last, WIDTH);
			return in.n;
		}
	} else if (in.n < WIDTH && in.n >= HALF) {
		last = in.n - HALF;
		if (plain_half(in.p) && plain_half(in.p + last)) {
			memcpy(to, in.p, HALF);
			memcpy(to + last, in.p + last, HALF);
			return in.n;
		}
	}
	for (; at < in.n && plain_one(in.p[at]); at++)
		to[at] = in.p[at];
	return at;
}

void
quote_json(struct buf *to, struct bytes in)
{
	uint8_t *p = in.n > SIZE_MAX - 2 ? NULL : buf_room(to, in.n + 2);
	size_t n;

	if (p == NULL) {
		to->bad = true;
		return;
	}
	p[0] = '"';
	n = copy_plain(p + 1, in);
	if (n == in.n) {
		p[n + 1] = '"';
		to->n += n + 2;
		return;
	}
	to->n += n + 1;
	text_escape(to, bytes_part(in, n, in.n), TEXT_JSON);
	buf_byte(to, '"');
}

static inline bool
harmless_start(uint8_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '/' || c == '~';
}

/* To a spreadsheet; a number of a telephone too. */
static inline bool
formula_start(uint8_t c)
{
	return c == '=' || c == '+' || c == '-' || c == '@';
}

void
quote_csv(struct buf *to, struct bytes in)
{
	uint8_t *p = in.n > SIZE_MAX - 3 ? NULL : buf_room(to, in.n + 3);
	size_t guard;

	if (p == NULL) {
		to->bad = true;
		return;
	}
	guard = in.n > 0 && formula_start(in.p[0]);
	if (in.n == 0 || !(guard || harmless_start(in.p[0])) ||
	    copy_plain(p + 1 + guard, in) < in.n) {
		text_escape(to, in, TEXT_CSV);
		return;
	}
	if (!guard && bytes_find_byte(in, ',', 0) == SIZE_MAX) {
		memcpy(p, in.p, in.n);
		to->n += in.n;
		return;
	}
	p[0] = '"';
	if (guard)
		p[1] = '\'';
	p[in.n + 1 + guard] = '"';
	to->n += in.n + 2 + guard;
}
