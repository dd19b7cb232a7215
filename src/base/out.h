/*
 * Output that streams: what is made is gathered in a buffer and written when
 * there is enough of it.  One sticky fault, asked for once at the end.
 */
#ifndef BASE_OUT_H
#define BASE_OUT_H

#include "base/buf.h"
#include "base/bytes.h"
#include "base/err.h"
#include "base/text.h"

struct hash;

struct out {
	struct buf buf;		/* made, and not yet written */
	int fd;			/* borrowed; -1: kept in buf */
	struct hash *hash;	/* borrowed, or NULL: sees what is written */
	enum err err;		/* the first fault, which stays */
};

/* To a descriptor, which the caller closes. */
struct out out_file(int fd);

/* Into memory: the whole of it is then buf_bytes(&out.buf), until out_end. */
struct out out_memory(size_t max);

/* The buffer to append to.  What waits in it is written first if it is much:
   so ask anew for each piece, and never take bytes away from it. */
struct buf *out_buf(struct out *);

void out_text(struct out *, const char *);
void out_add(struct out *, struct bytes);
void out_escape(struct out *, struct bytes, enum text_for);

/* Writes what waits, frees the buffer; says how all of it went: ERR_FULL,
   ERR_IO, ERR_MEMORY. */
enum err out_end(struct out *);

#endif
