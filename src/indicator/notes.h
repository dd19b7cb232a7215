/*
 * What was not taken from the bundles, in bounded number.
 */
#ifndef INDICATOR_NOTES_H
#define INDICATOR_NOTES_H

#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "indicator/index.h"

#define NOTES_EACH	50u	/* of one kind in one file; more are counted */
#define NOTES_KINDS	4u

struct notes_one {
	enum index_note_kind kind;
	uint32_t file;
	uint64_t offset;
	struct bytes object, why;
};

struct notes {
	struct arena *arena;
	struct notes_one *list;
	uint32_t n, cap;
	uint32_t *seen;		/* for each file, of each kind */
	uint32_t files;
};

/* False if the arena has no room. */
bool notes_init(struct notes *, struct arena *, uint32_t files);

/* "about: why", or why alone; texts are copied. */
void notes_add(struct notes *, enum index_note_kind, uint32_t file,
    uint64_t offset, struct bytes object, struct bytes about, const char *why);

/* Adds how many were not listed, and sorts by file, place and kind. */
bool notes_end(struct notes *);

#endif
