/*
 * Numbers for byte strings: equal strings, and equal tags, have one number,
 * counted from 0 in the order in which they came.
 */
#ifndef INDICATOR_INTERN_H
#define INDICATOR_INTERN_H

#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"

#define INTERN_NONE	UINT32_MAX

struct intern_entry;

struct intern {
	struct arena *arena;
	struct intern_entry *entries;
	uint32_t *slots;		/* number + 1, or 0 */
	uint32_t n, cap, nslots;
};

struct intern intern_in(struct arena *);

/* The number of it, new or old; INTERN_NONE if the arena has no room.  The
   bytes of a new one are copied with intern_copy, else borrowed. */
uint32_t intern_add(struct intern *, uint32_t tag, struct bytes);
uint32_t intern_copy(struct intern *, uint32_t tag, struct bytes);

uint32_t intern_find(const struct intern *, uint32_t tag, struct bytes);

struct bytes intern_bytes(const struct intern *, uint32_t number);
uint32_t intern_tag(const struct intern *, uint32_t number);

#endif
