/*
 * A small picture of at most 256 colours, as PNG.  It is stored, not deflated:
 * the bytes are then the same whatever library is there.
 */
#ifndef REPORT_ELECTION_PNG_H
#define REPORT_ELECTION_PNG_H

#include "base/buf.h"

struct election_png {
	unsigned width, height;
	const uint8_t *pixels;	/* numbers of colours, row by row from above */
	const uint8_t (*colours)[3];
	unsigned ncolours;	/* the first is transparent */
};

void election_png_write(struct buf *, const struct election_png *);

#endif
