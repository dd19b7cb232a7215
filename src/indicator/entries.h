/*
 * The entries of the index: one for each value that is looked up alone, and
 * one for each pattern that needs several terms.
 */
#ifndef INDICATOR_ENTRIES_H
#define INDICATOR_ENTRIES_H

#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "indicator/gather.h"
#include "indicator/intern.h"
#include "indicator/key.h"
#include "indicator/logic.h"

struct entry_all {		/* terms that must be met in one record */
	uint32_t entry;
	uint32_t part;		/* or MATCH_WHOLE */
	uint32_t n;
	const uint32_t *literals;
};

struct entry {
	struct bytes id, value;
	uint32_t kind;		/* a key, or KEY_COUNT */
	int64_t from, until;
	uint32_t parts;		/* 0, if each of its alls is whole */
	uint32_t *cases;	/* n and n parts, again and again */
	uint32_t ncases, cases_cap;
};

struct entry_set {		/* an entry belongs to a set */
	uint32_t entry;
	uint32_t set;		/* a rank; from `nranked` on, a file */
};

struct entries {
	struct arena *arena;	/* lives as long as the entries */
	struct arena scratch;	/* of one pattern; entries_free */
	struct gather *from;
	struct intern terms;
	struct logic logic;

	struct entry *list;
	struct entry_all *alls;
	struct entry_set *in_sets;
	uint32_t n, nalls, nin_sets;
	uint32_t cap, alls_cap, in_sets_cap;
	uint32_t *of_term;	/* entry + 1, of a term looked up alone */
	uint32_t of_term_cap;
	uint32_t published;
};

void entries_init(struct entries *, struct gather *);

/* Makes the entries of all live indicators, and notes of what is left out. */
bool entries_make(struct entries *);

void entries_free(struct entries *);

#endif
