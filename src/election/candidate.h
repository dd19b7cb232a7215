/*
 * Candidates: what the operator's file tells of them, and where each of them
 * stands on a day.  docs/candidates.md has the form of the file.
 *
 * Each fact is known, known to be none, or not known: what is not given is
 * never taken for none.
 */
#ifndef ELECTION_CANDIDATE_H
#define ELECTION_CANDIDATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/date.h"
#include "format/yaml.h"

enum candidate_state { CANDIDATE_UNKNOWN, CANDIDATE_NONE, CANDIDATE_KNOWN };

/* The end of what goes on, or is for life; spent: not spent so far. */
#define CANDIDATE_OPEN	INT32_MAX

/* Facts that are lists of items. */
enum candidate_fact {
	CANDIDATE_RESIDENCE, CANDIDATE_CITIZENSHIPS, CANDIDATE_PERMITS,
	CANDIDATE_TERMS, CANDIDATE_CONVICTIONS, CANDIDATE_IMPRISONMENT,
	CANDIDATE_INCAPACITY, CANDIDATE_OFFICES, CANDIDATE_FACTS
};

/* "residence-permits", as in the file. */
const char *candidate_fact_name(enum candidate_fact);

enum candidate_answer { CANDIDATE_NO, CANDIDATE_YES, CANDIDATE_MAYBE };

struct candidate_item {
	/* Country, office; offence classes of a conviction (none: unknown). */
	struct bytes what;
	const struct bytes *offences;
	unsigned noffences;
	int32_t from;		/* DATE_UNSET: not known; sentence: its day */
	int32_t until;		/* CANDIDATE_OPEN: goes on; DATE_UNSET: not
				   known.  Of a conviction: end of sentence */
	int32_t spent;		/* DATE_UNSET: not known */
	enum candidate_answer permanent, by_birth;
	struct bytes article, note;
	struct bytes not_counted;	/* why the operator leaves it out */
	uint32_t line, column;
};

struct candidate_list {		/* in order of `from`, unknown first */
	enum candidate_state state;
	bool more;		/* there may be others that are not known */
	const struct candidate_item *items;
	unsigned n;
};

/* In the order in which they happen on one day. */
enum candidate_event_kind {
	CANDIDATE_INTEREST, CANDIDATE_ANNOUNCED, CANDIDATE_NOMINATED,
	CANDIDATE_DOCUMENTS, CANDIDATE_REFUSED, CANDIDATE_REGISTERED,
	CANDIDATE_STRUCK_OFF, CANDIDATE_WITHDRAWN, CANDIDATE_DIED,
	CANDIDATE_EVENT_KINDS
};

/* "struck-off"; "struck off the list". */
const char *candidate_event_name(enum candidate_event_kind);
const char *candidate_event_words(enum candidate_event_kind);

struct candidate_event {
	enum candidate_event_kind kind;
	int32_t date;
	struct bytes note;
	uint32_t line, column;
};

struct candidate_region {
	struct bytes name;
	uint64_t signatures;
};

struct candidate {
	struct bytes name, sex, note;	/* sex: female, male or empty */
	int32_t born;			/* DATE_UNSET: not known */
	struct candidate_list lists[CANDIDATE_FACTS];
	enum candidate_state proposed;
	struct bytes proposer;		/* if known: "self", "party", ... */
	enum candidate_state signed_;	/* signatures */
	uint64_t signatures;		/* all of them */
	const struct candidate_region *regions;
	unsigned nregions;		/* 0: only the sum is known */
	enum candidate_state supported;
	uint64_t supporters;		/* of the group of voters */
	enum candidate_state happened;
	const struct candidate_event *events;	/* in order of time */
	unsigned nevents;
	uint32_t line, column;
};

struct candidates {
	struct bytes title;
	const struct candidate *items;	/* in the order of the file */
	unsigned n;
};

#define CANDIDATE_FAULTS	32
struct candidate_faults {
	unsigned n;		/* more than CANDIDATE_FAULTS are counted */
	struct yaml_fault items[CANDIDATE_FAULTS];
};

enum candidate_form { CANDIDATE_YAML, CANDIDATE_CSV };

/* Reads and checks; borrows the bytes.  NULL if anything is at fault: an
   unknown key, no date, dates that contradict each other, what stands twice. */
const struct candidates *candidate_read(struct bytes, enum candidate_form,
    struct arena *, struct candidate_faults *);

struct candidate_status {
	/* The last event up to that day; NULL: there was none. */
	const struct candidate_event *last;
	unsigned before, later;	/* events up to that day, and after it */
	unsigned later_facts;	/* items of lists that begin after it */
	/* A term that runs on that day, or NULL. */
	const struct candidate_item *term;
	int32_t died;		/* DATE_UNSET: not up to that day */
};

struct candidate_status candidate_status(const struct candidate *, int32_t on);

#endif
