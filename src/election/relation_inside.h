/*
 * Between the files of the control relations.  Not for others.
 */
#ifndef ELECTION_RELATION_INSIDE_H
#define ELECTION_RELATION_INSIDE_H

#include "election/relation.h"

enum relation_what { RELATION_LINE, RELATION_NUMBER, RELATION_VOTES,
    RELATION_CANDIDATES };

enum relation_compare { RELATION_NONE, RELATION_EQ, RELATION_NE, RELATION_LE,
    RELATION_GE, RELATION_LT, RELATION_GT };

struct relation_term {
	enum relation_what what;
	bool minus, quoted;
	struct bytes key;
	int64_t number;
};

struct relation {
	enum relation_compare compare;	/* RELATION_NONE: a formula */
	const struct relation_term *terms;
	unsigned n, left;	/* so many stand left of the comparison */
	const struct relation *next;	/* the next alternative, or NULL */
};

/* Lines that are added, then those that are subtracted: left minus right. */
struct relation_plan {
	const struct relation *relation;	/* the alternative meant */
	uint8_t fulfil;		/* bits: less, equal, more */
	int64_t constant;
	unsigned plus, n;
	const uint8_t *lines;
};

#endif
