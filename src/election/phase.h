/*
 * Phases of an election, as instants on the law's clock.  They may overlap;
 * one of them is the main one.  docs/calendar.md has the order and the reasons.
 */
#ifndef ELECTION_PHASE_H
#define ELECTION_PHASE_H

#include <stdbool.h>
#include <stdint.h>

#include "election/calendar.h"

enum phase_state { PHASE_NO, PHASE_YES, PHASE_UNKNOWN };

#define PHASE_ALWAYS	INT64_MAX	/* later than every instant */

/* Within which an instant lies.  min == max: it is known.  INT64_MIN and
   PHASE_ALWAYS: no bound on that side. */
struct phase_bound {
	int64_t min, max;
};

struct phase_span {
	enum phase phase;
	unsigned round;			/* 2: counting and results of the
					   second */
	/* Microseconds since 1970 UTC: from (included) until (not included).
	   TIME_UNSET: not known, unless it is `open`. */
	int64_t from, until;
	struct phase_bound from_within, until_within;
	bool open_until;		/* goes on: "over" */
	bool never;			/* does not take place: no second round,
					   or the law sets no such phase */
	bool depends;			/* on whether there is a second round */
	bool by_law;			/* set by the law; else by the dates */
	bool unverified;
	uint32_t needs;			/* anchors that are missing */
	struct bytes why_unknown;	/* what is missing; empty if known */
	struct bytes counted;
	struct ground ground;		/* of the law's rule */
};

#define PHASE_SPANS	(PHASE_COUNT + 2)

/* One of each phase, at its own place; then counting and results of the second
   voting. */
struct phases {
	struct phase_span spans[PHASE_SPANS];
};

struct phases phase_spans(const struct calendar *, struct arena *);
/* Whether one span, or a phase (any of its spans), holds at an instant: YES,
   NO, or UNKNOWN if a bound that matters is not known. */
enum phase_state phase_span_at(const struct phase_span *, int64_t instant);
enum phase_state phase_at(const struct phases *, enum phase, int64_t instant);
/* The main phase: the first in the documented order that holds.  PHASE_COUNT
   and *unknown if one that comes before it is unknown, or none holds. */
enum phase phase_main(const struct phases *, int64_t instant, bool *unknown);
/* The documented order: PHASE_COUNT of them, first the first. */
enum phase phase_order(unsigned);

#endif
