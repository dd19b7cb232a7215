/*
 * What a pattern asks for, as conditions without brackets over the terms of
 * the index: and what of it cannot be tested, and why.
 */
#ifndef INDICATOR_LOGIC_H
#define INDICATOR_LOGIC_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "indicator/dnf.h"
#include "indicator/intern.h"
#include "indicator/pattern.h"

#define LOGIC_REGEX	1000u	/* expressions over all indicators */
#define LOGIC_LIKE	4000u

/* A term that must be met, or must not. */
#define LOGIC_LITERAL(term, negated)	((term) << 1 | (uint32_t)(negated))

struct logic {
	struct arena *arena;	/* of this pattern */
	struct intern *terms;	/* of all: key << 8 | space, and the value */
	struct bytes *written;	/* of each term, as its indicator spells it */
	uint32_t written_cap;
	struct buf value;	/* one term at work */
	uint32_t regexes, likes;

	/* The outcome: */
	struct dnf *parts;	/* each of LOGIC_LITERAL, within one record */
	uint32_t nparts, parts_cap;
	struct dnf whole;		/* of parts, in the case */
	const char *why;	/* the first thing left out, or NULL */
	struct bytes about;	/* what it is about: an object path, or none */
};

/* Reads one pattern.  False if nothing of it can be tested; `why` is set if
   anything cannot. */
bool logic_read(struct logic *, const struct pattern *);

#endif
