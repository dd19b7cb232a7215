/*
 * Who may stand: each rule of the law held against what is known of a
 * candidate on a day.  What is not known gives "cannot tell", and never
 * "eligible"; a bar that is known counts whatever else is not.
 *
 * docs/candidates.md tells how each rule is computed.
 */
#ifndef ELECTION_ELIGIBILITY_H
#define ELECTION_ELIGIBILITY_H

#include "election/calendar.h"
#include "election/candidate.h"
#include "election/law.h"

enum stand {
	STAND_FULFILLED,
	STAND_BARRED,
	STAND_UNKNOWN,		/* cannot tell */
	STAND_UNDECIDED,	/* a rule in words: not decided here */
	STAND_OPEN		/* who proposes, while nominations go on */
};

enum stand_end {		/* of a bar */
	STAND_END_OPEN,		/* no day can be told */
	STAND_END_ON,		/* `until`: the first day without it */
	STAND_END_NOT_BEFORE,	/* `until` at the earliest */
	STAND_END_NEVER		/* for good */
};

const char *eligibility_stand_name(enum stand);		/* "cannot-tell" */

struct eligibility_rule {
	const struct law_bar *bar;
	enum stand state;
	enum stand_end end;		/* if barred */
	int32_t until;
	bool unverified;
	struct bytes how;		/* in words: what was computed */
	struct bytes missing;		/* if it cannot be told: which fact */
};

enum eligibility_state {
	ELIGIBILITY_ELIGIBLE,	/* every rule was decided, and is fulfilled */
	ELIGIBILITY_NO_BAR,	/* fulfilled, but for rules not decided here,
				   or facts that no rule is about */
	ELIGIBILITY_OPEN,	/* likewise, and nobody has proposed so far */
	ELIGIBILITY_UNKNOWN,	/* cannot tell */
	ELIGIBILITY_BARRED,
	ELIGIBILITY_DIED,	/* the question is moot */
	ELIGIBILITY_NO_RULES	/* the law's data says nothing of it */
};

const char *eligibility_state_name(enum eligibility_state);

struct eligibility_verdict {
	enum eligibility_state state;
	enum stand_end end;		/* if barred */
	int32_t until;
	bool unverified;		/* it rests on such a rule */
	const struct eligibility_rule *rules;
	unsigned n, undecided, open, unknown, barred;
	/* What is told of courts, and no rule here is about: 1 << fact. */
	unsigned unused;
};

enum signing {
	SIGNING_NONE_NEEDED, SIGNING_ENOUGH, SIGNING_MISSING,
	SIGNING_TOO_MANY,	/* more than may be handed in */
	SIGNING_UNKNOWN,	/* cannot tell */
	SIGNING_NO_RULE		/* the law's data has none for this proposer */
};

const char *eligibility_signing_name(enum signing);

struct eligibility_over {	/* a region above its maximum */
	struct bytes region;
	uint64_t excess;
};

struct eligibility_signatures {
	enum signing state;
	const struct law_signatures *rule;	/* or NULL */
	uint64_t sum, excess, counted;	/* excess does not count */
	uint64_t lacking, too_many, supporters_lacking;
	const struct eligibility_over *over;
	unsigned nover;
	struct bytes missing;		/* which fact */
};

struct eligibility {
	struct eligibility_verdict now;
	/* At the next regular election; n 0 if its day is not known. */
	struct eligibility_verdict next;
	struct eligibility_signatures signatures;
};

/* When candidates may be proposed, as far as it can be told: not before `from`,
   still on `open`, no longer on `over`; DATE_UNSET: not known. */
struct eligibility_nominations {
	int32_t from, open, over;
	bool from_unverified, unverified;
};

/* A law, the day that is asked for, and the day of voting (DATE_UNSET: not
   known; then it is that day or later). */
struct eligibility_setting {
	const struct law *law;
	const struct law_version *version;	/* NULL: not in force */
	const struct calendar *calendar;	/* NULL without a voting day */
	int32_t on, voting;
	struct eligibility_nominations nominations;
	/* The next regular election by the rule of the law; DATE_UNSET, and
	   why in words. */
	int32_t next;
	struct bytes next_words;
	bool next_unverified;
	const struct law_version *next_version;
	const struct calendar *next_calendar;
};

/* False if there is no memory. */
bool eligibility_set(struct eligibility_setting *, const struct law *,
    int32_t on, int32_t voting, struct arena *);
/* NULL if there is no memory. */
const struct eligibility *eligibility_of(const struct eligibility_setting *,
    const struct candidate *, struct arena *);

/* "barred until 4 May 2031"; of a rule and of the whole. */
void eligibility_state_words(struct buf *, enum stand, enum stand_end,
    int32_t until);

#endif
