/*
 * Within which days an anchor lies, for the files phase*.c alone.
 */
#ifndef ELECTION_PHASE_INSIDE_H
#define ELECTION_PHASE_INSIDE_H

#include "election/calendar.h"
#include "election/phase.h"

#define PHASE_DAY_NEVER	INT32_MAX	/* no bound above; DATE_UNSET: none
					   below */

struct phase_days {
	int32_t min, max;		/* equal: known */
	bool unverified;		/* a bound rests on such a rule */
};

struct phase_known {
	struct phase_days anchors[ANCHOR_COUNT];
	struct phase_days second_first;	/* first day of the second voting */
	struct phase_days final;	/* results of the last round held */
};

/* What the facts, the order of things and the law's own latest days tell. */
void phase_days_all(const struct calendar *, struct phase_known *);
/* What a rule gives, if each anchor may be any day within its bounds: all
   rules grow with the days they are counted from.  Of a window its first
   (from) and last day.  False if there is no such rule. */
bool phase_days_rule(const struct calendar *, const struct law_date *,
    const struct phase_known *, struct when_day from[2],
    struct when_day until[2]);

#endif
