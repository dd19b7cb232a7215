/*
 * The flat index of all indicators: one run of bytes that a jailed reader
 * makes out of STIX bundles, the parent checks and seals, and every worker
 * maps read-only.  No pointers inside: offsets, each checked by index_open().
 */
#ifndef INDICATOR_INDEX_H
#define INDICATOR_INDEX_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/err.h"
#include "indicator/key.h"

#define INDEX_SECTIONS	11	/* layout.h */

struct index {			/* a checked view; nothing is owned */
	struct bytes all;
	struct bytes section[INDEX_SECTIONS];	/* inside: the parts of it */
};

/* Checks the bytes, which a hostile reader may have written.  ERR_KIND if
   they are no whole index of this version. */
enum err index_open(struct index *, struct bytes);

/* --- what is in it ----------------------------------------------------- */

struct index_indicator {	/* all borrowed */
	struct bytes id;	/* "indicator--…" */
	struct bytes value;	/* as published; "LIKE %x"; or the pattern */
	struct bytes kind;	/* key_name(), or "pattern" */
	struct bytes sets;	/* names of the sets, "; " between them */
	struct bytes reference;	/* URL of a set, else its file */
	int64_t valid_from, valid_until;	/* TIME_UNSET if not said */
	bool compound;		/* needs several terms */
};

/* Entries.  Equal values of several sets are one entry; a pattern that is met
   by any of several values has one for each. */
uint32_t index_count(const struct index *);

/* Indicators that were taken, by their ids. */
uint32_t index_published(const struct index *);

bool index_get(const struct index *, uint32_t id, struct index_indicator *);

/* Expired at that time (the evidence's own date). */
bool index_expired(const struct index_indicator *, int64_t when);

struct index_set {
	struct bytes name;	/* of the malware, report, ...; else the file */
	struct bytes file;	/* the bundle it came from */
	uint32_t count;		/* entries */
	uint32_t by_key[KEY_COUNT];
};

uint32_t index_sets(const struct index *);
bool index_set_at(const struct index *, uint32_t, struct index_set *);

/* How many entries test each key; one with several keys counts for each. */
void index_by_key(const struct index *, uint32_t by_key[KEY_COUNT]);

/* What was not taken: bad bundles, patterns that cannot be tested, revoked. */
enum index_note_kind {
	NOTE_ERROR,		/* the file is damaged: some of it is missing */
	NOTE_NOT_TESTABLE,	/* understood, but no phone evidence shows it */
	NOTE_OTHER_PATTERN,	/* pattern_type is not stix */
	NOTE_REVOKED
};

struct index_note {
	enum index_note_kind kind;
	struct bytes file, object, why;
	uint64_t offset;	/* in the file, or UINT64_MAX */
};

uint32_t index_notes(const struct index *);
bool index_note_at(const struct index *, uint32_t, struct index_note *);

#endif
