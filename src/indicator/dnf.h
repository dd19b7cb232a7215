/*
 * "Either all of these, or all of those": a condition without brackets, made
 * of numbers whose meaning is the caller's.
 */
#ifndef INDICATOR_DNF_H
#define INDICATOR_DNF_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

#define DNF_ALL		32u	/* numbers that must hold together */
#define DNF_ANY		4096u	/* alternatives of one condition */

struct dnf_all {		/* sorted, each once */
	struct dnf_all *next;
	uint32_t n;
	uint32_t items[];
};

struct dnf {			/* none: nothing can be tested */
	struct dnf_all *first, *last;
	uint32_t n;
};

/* One alternative with one number; none if the arena has no room. */
struct dnf dnf_one(struct arena *, uint32_t item);

/* Both lists of alternatives; a is used up.  False if there are too many. */
bool dnf_or(struct dnf *a, const struct dnf *b);

/* Each of a together with each of b. */
bool dnf_and(struct arena *, struct dnf *a, const struct dnf *b);

#endif
