/*
 * A growing run of bytes with a maximum, and one sticky fault.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/bytes.h"

struct buf {			/* n <= cap <= max; bad, once set, stays set */
	uint8_t *p;
	size_t n, cap, max;
	bool bad;
};

struct buf buf_with(size_t max);

/* Room for n more bytes that the caller writes and then counts in b->n;
   NULL and bad if there is none. */
uint8_t *buf_grow(struct buf *, size_t n);	/* the slow half of it */

static inline uint8_t *
buf_room(struct buf *b, size_t n)
{
	if (!b->bad && b->p != NULL && n <= b->cap - b->n)
		return b->p + b->n;
	return buf_grow(b, n);
}

/* Append; what does not fit is left out whole, and bad is set.  buf_printf
   needs room for the NUL of the C library too. */
static inline void
buf_add(struct buf *b, struct bytes in)
{
	uint8_t *p = in.n == 0 ? NULL : buf_room(b, in.n);

	if (p != NULL)
		memcpy(p, in.p, in.n);
	b->n += p != NULL ? in.n : 0;
}

static inline void
buf_byte(struct buf *b, uint8_t c)
{
	uint8_t *p = buf_room(b, 1);

	if (p != NULL)
		*p = c;
	b->n += p != NULL;
}

static inline void
buf_text(struct buf *b, const char *s)
{
	buf_add(b, bytes_of(s));
}

void buf_uint(struct buf *, uint64_t);
void buf_int(struct buf *, int64_t);
void buf_printf(struct buf *, const char *, ...)
    __attribute__((format(printf, 2, 3)));

/* Unsigned integers of 1 to 8 bytes, little-endian. */
void buf_le(struct buf *, uint64_t, unsigned width);

static inline struct bytes
buf_bytes(const struct buf *b)
{
	return bytes_at(b->p, b->n);
}

/* Empty it and clear bad; the memory is kept. */
void buf_reset(struct buf *);
void buf_free(struct buf *);

#endif
