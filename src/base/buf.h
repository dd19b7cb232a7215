/*
 * A growing run of bytes with a maximum, and one sticky fault.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"

struct buf {			/* n <= cap <= max; bad, once set, stays set */
	uint8_t *p;
	size_t n, cap, max;
	bool bad;
};

struct buf buf_with(size_t max);

/* Append; what does not fit is left out whole, and bad is set.  buf_printf
   needs room for the NUL of the C library too. */
void buf_add(struct buf *, struct bytes);
void buf_byte(struct buf *, uint8_t);
void buf_text(struct buf *, const char *);
void buf_uint(struct buf *, uint64_t);
void buf_int(struct buf *, int64_t);
void buf_printf(struct buf *, const char *, ...)
    __attribute__((format(printf, 2, 3)));

/* Unsigned integers of 1 to 8 bytes, little-endian. */
void buf_le(struct buf *, uint64_t, unsigned width);

/* Room for n more bytes that the caller writes and then counts in b->n;
   NULL and bad if there is none. */
uint8_t *buf_room(struct buf *, size_t n);

struct bytes buf_bytes(const struct buf *);

/* Empty it and clear bad; the memory is kept. */
void buf_reset(struct buf *);
void buf_free(struct buf *);

#endif
