/*
 * The STIX pattern language (STIX 2.1, section 9), read whole: also what this
 * program cannot test, so that it can say so.
 */
#ifndef INDICATOR_PATTERN_H
#define INDICATOR_PATTERN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"

/* The longest published patterns are lists of some hundred hosts. */
#define PATTERN_BYTES	(64u * 1024u)
#define PATTERN_TERMS	4096u	/* constants count, so a long IN counts much */
#define PATTERN_DEPTH	32u

enum pattern_is {
	PATTERN_OR,		/* two or more children */
	PATTERN_AND,
	PATTERN_FOLLOWED,	/* FOLLOWEDBY */
	PATTERN_OBSERVED,	/* [ ... ]: one child, a comparison */
	PATTERN_TERM
};

enum pattern_op {
	PATTERN_EQUAL,		/* also != with `negated` */
	PATTERN_IN,
	PATTERN_LIKE,
	PATTERN_MATCHES,
	PATTERN_SUBSET,
	PATTERN_SUPERSET,
	PATTERN_ORDER,		/* < <= > >= */
	PATTERN_EXISTS
};

enum pattern_literal {
	PATTERN_TEXT, PATTERN_NUMBER, PATTERN_BOOL, PATTERN_HEX, PATTERN_BINARY,
	PATTERN_TIME
};

struct pattern_value {
	enum pattern_literal is;
	struct bytes text;	/* without quotes and escapes */
};

struct pattern {		/* a node; all of it in the arena */
	enum pattern_is is;
	struct pattern *child, *last, *next;
	const char *qualifier;	/* "WITHIN", "REPEATS", "START", or NULL */
	/* PATTERN_TERM: */
	enum pattern_op op;
	bool negated;
	struct bytes path;	/* "file:hashes.SHA-256": no quotes */
	struct pattern_value *values;
	uint32_t nvalues;
};

struct pattern_fault {
	const char *why;	/* static */
	size_t at;		/* byte of the text */
};

/* NULL, and the fault, if it is no pattern or too large. */
struct pattern *pattern_read(struct bytes text, struct arena *,
    struct pattern_fault *);

#endif
