/*
 * Memory by lifetime: run, source, record.  An arena is born with a limit and
 * freed whole.  malloc and free stand only in base/.
 *
 * An arena holds one sticky fault: after a request that overflowed, passed
 * the limit or found no memory, `bad` is set and every request gives NULL.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"

struct arena_block;

struct arena {
	struct arena_block *head;	/* newest block */
	size_t limit;			/* bytes, over all blocks */
	size_t used;
	bool bad;
};

/* An empty arena that will never hold more than `limit` bytes. */
struct arena arena_with(size_t limit);

/* count * size bytes, zeroed, aligned for anything; NULL and bad if not. */
void *arena_alloc(struct arena *, size_t count, size_t size);

/* A copy of the bytes; the empty one if there is no room (and bad). */
struct bytes arena_copy(struct arena *, struct bytes);

/* A copy with a NUL after it, for calls that need one; NULL if no room. */
char *arena_string(struct arena *, struct bytes);

/* Forget all of it, keep one block for the next round; clears bad. */
void arena_reset(struct arena *);

/* All of it, at once. */
void arena_free(struct arena *);

#endif
