/*
 * Everything the bundles say, put together: the newest revision of each
 * indicator, and the sets that it belongs to.
 */
#ifndef INDICATOR_GATHER_H
#define INDICATOR_GATHER_H

#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "indicator/intern.h"
#include "indicator/notes.h"

/* Objects of one bundle that say who uses an indicator, and their refs. */
#define GATHER_SETS	100000u
#define GATHER_LINKS	1000000u

struct gather_file {
	struct bytes name, text;
	const char *fault;	/* NULL, or why it could not be had */
};

struct gather_indicator {
	uint32_t id;		/* in ids */
	uint32_t file;
	uint64_t offset;
	int64_t modified, from, until;
	struct bytes pattern, type;
	bool revoked;
};

struct gather_set {
	uint32_t id;
	uint32_t file;
	int64_t modified;
	struct bytes name, url;
	bool revoked;
};

struct gather_link {		/* from an indicator to a set, or back */
	uint32_t id;		/* INTERN_NONE: by object_refs of `a` */
	uint32_t a, b;
	int64_t modified;
	bool revoked;
};

struct gather {
	struct arena *arena;
	const struct gather_file *files;	/* sorted */
	uint32_t nfiles;
	struct notes notes;
	struct intern ids;

	struct gather_indicator *indicators;
	struct gather_set *sets;
	struct gather_link *links;
	uint32_t nindicators, nsets, nlinks;
	uint32_t indicators_cap, sets_cap, links_cap;

	/* After gather_end: */
	uint32_t *live;		/* newest revisions, in order of files */
	uint32_t nlive;
	uint32_t *of_first;	/* for an id, its place in `of`; one more */
	uint32_t *of;		/* ranks of sets */
	uint32_t *ranked;	/* sets in their order */
};

bool gather_init(struct gather *, struct arena *, const struct gather_file *,
    uint32_t nfiles);

/* Reads one file. */
void gather_read(struct gather *, uint32_t file);

/* Chooses revisions and attributes.  False if the arena has no room. */
bool gather_end(struct gather *);

/* The sets of an indicator: ranks; an index into `ranked`. */
const uint32_t *gather_sets_of(const struct gather *, uint32_t id,
    uint32_t *n);

#endif
