/*
 * Shared by attributed*.c alone.
 */
#ifndef FORMAT_ATTRIBUTED_INSIDE_H
#define FORMAT_ATTRIBUTED_INSIDE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/bytes.h"

/* Before a length of two bytes. */
#define ATTRIBUTED_INT2	0x81

struct attributed_seen {
	bool whole;		/* read to its end, undamaged */
	bool links;		/* it has URLs in its attributes */
	bool big;		/* its numbers are big-endian */
};

/* Reads a body, and gives its text as attributed_text does. */
struct attributed_seen attributed_stream(struct bytes *text, struct arena *,
    struct bytes body);

#endif
