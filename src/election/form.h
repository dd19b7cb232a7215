/*
 * The lines of a protocol: what stands in the columns of results, by key.
 *
 * A protocol is the record of one polling station: a number for each line.
 * Numbers are counts of people or ballots.
 */
#ifndef ELECTION_FORM_H
#define ELECTION_FORM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"

#define FORM_LINES	256	/* of one election, candidates included */
#define FORM_EMPTY	-1	/* a cell without a number */
/* Absurd above: no station, and no country, has more voters. */
#define FORM_MOST	INT64_C(2000000000)

struct form_line {
	struct bytes key;	/* "registered"; a candidate: the name */
	struct bytes header;	/* as it stood in the first file */
	bool candidate, against_all;	/* against all is both */
};

struct form {
	struct arena *arena;	/* texts are copied here */
	struct form_line lines[FORM_LINES];
	unsigned n;
};

/* The line with that key, or -1. */
int form_find(const struct form *, struct bytes key);
/* A new line, its texts copied; its number, or -1: the key is there already,
   or there is no room. */
int form_add(struct form *, const struct form_line *);

/* The place of a station: names as they stand, empty if there is none. */
struct protocol {
	struct bytes region, district, territory, station;
	struct bytes version;	/* "2", "corrected": later rows supersede
				   earlier ones if they differ; empty: first */
	struct bytes reason;	/* why it was corrected */
	const int64_t *values;	/* by line of the form; all of them, or all
				   that the file has, are FORM_EMPTY, or none */
	unsigned nvalues;	/* lines beyond are FORM_EMPTY */
	unsigned file;		/* number of the file, from 0 */
	uint64_t line;		/* in it, from 1 */
};

/* Where readers put what they read.  A reader goes on after a fault where it
   can; it stops when `protocol` says false (no memory).  Texts of a protocol
   are borrowed until the call returns. */
struct form_sink {
	struct form *form;
	bool (*protocol)(void *ctx, const struct protocol *);
	/* Strictly: any fault means that the results cannot be counted.  `why`
	   may hold UTF-8 out of the file, escaped; it lives as long as the
	   arena that the reader was given. */
	void (*fault)(void *ctx, unsigned file, uint64_t line, uint32_t column,
	    const char *why);
	void *ctx;
};

#endif
