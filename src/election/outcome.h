/*
 * The decision: who is elected, who goes to a second round, or what else the
 * law says, from the figures of one round.  It sees figures, the law, the day
 * of voting and events; nothing else.
 *
 * A figure that is not told is reasoned about: it lies between the bounds that
 * the others set (found >= valid >= votes for those who are listed).  Where the
 * decision is the same all over, it is made; else it is pending and the reasons
 * say what is missing.  Protocols that are missing are treated the same way:
 * see struct standing.
 *
 * What is pending, too: a tie that the law leaves to a lot, to parliament, to
 * ages that are not known, or to nobody; and whatever the law, as it is written
 * down here, does not answer.  Nothing is picked in silence.
 */
#ifndef ELECTION_OUTCOME_H
#define ELECTION_OUTCOME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "election/event.h"
#include "election/law.h"
#include "election/when.h"

#define FIGURE_UNKNOWN	-1
#define FIGURE_MAX	INT64_C(1000000000000)	/* more is no figure */

struct contender {
	struct bytes name;
	int64_t votes;			/* or FIGURE_UNKNOWN */
	int32_t born;			/* for ties by age; or DATE_UNSET */
	int64_t votes_before;		/* in the round before, or unknown */
};

/* Figures of one round over the whole country; each may be FIGURE_UNKNOWN. */
struct standing {
	int64_t registered, participants, found, valid, invalid, blank;
	int64_t against_all;		/* unknown: no such line */
	const struct contender *contenders;	/* in the order of the file */
	unsigned ncontenders;
	bool all_listed;		/* false: others stood who are not here
					   (their votes: the rest of valid);
					   those listed are the first */
	/* What is missing.  None of the figures above includes it. */
	uint64_t missing;		/* protocols */
	int64_t missing_registered;	/* voters they stand for, or unknown */
	bool closed;			/* the commission closed the count */
};

enum outcome_kind { OUTCOME_ELECTED, OUTCOME_RUNOFF, OUTCOME_RUNOFF_SINGLE,
    OUTCOME_REPEAT, OUTCOME_ANNULLED, OUTCOME_PENDING,
    OUTCOME_NOT_APPLICABLE };
const char *outcome_kind_name(enum outcome_kind);	/* "runoff_single" */

/* A regular election, or one that is early or a repeat: the inauguration may
   depend on it.  Not told: from the law's own rule of the day, if that can be
   worked out. */
enum outcome_cause { CAUSE_NOT_TOLD, CAUSE_REGULAR, CAUSE_EARLY };

struct outcome_question {
	const struct law *law;		/* NULL: not applicable */
	const struct law_version *version;
	unsigned round;			/* 1 to 3 */
	enum outcome_cause cause;
	struct standing standing;
	const struct event *events;
	unsigned nevents;
	/* Stations whose results were annulled, and their registered voters;
	   they are not in the figures. */
	uint64_t annulled_stations;
	int64_t annulled_registered;	/* or FIGURE_UNKNOWN */
	int32_t anchors[ANCHOR_COUNT];	/* ANCHOR_VOTING: this round's if it is
					   the first; for a later one
					   ANCHOR_VOTING_2 is this round's and
					   ANCHOR_VOTING may be unset */
};

struct outcome_window {			/* of a date */
	int32_t from, until;		/* equal: that day; DATE_UNSET: open */
	bool known;			/* false: nothing can be told, why in
					   words */
	struct bytes words;		/* how it was counted; may be empty */
	struct bytes article;
	bool unverified;
};

struct outcome_share {			/* 0/0: not known */
	uint64_t num, den;
};

struct outcome {
	enum outcome_kind kind;
	int winner;			/* index of the contender, or -1 */
	const int *between;		/* runoff; runoff_single: the one */
	unsigned nbetween;		/* more than two if the law lets all
					   who are tied advance */
	bool unopposed;			/* elected without a vote */
	const char *scope;		/* annulled: "round", "all" */
	struct outcome_window date;	/* of the next voting */
	struct outcome_window inauguration;
	struct bytes article;
	struct bytes basis;		/* "found": what the deciding condition
					   measures votes by; "next" if by the
					   votes of the next candidate */
	/* Of the one with most votes (`first`, or -1): by that basis (if
	   "next", of all votes for candidates), of ballots found, of valid. */
	int first;
	uint64_t share_num, share_den;
	struct outcome_share of_found, of_valid;
	bool unverified;		/* anything that it rests on */
	bool doubtful_basis;	/* participants taken as ballots found */
	const struct bytes *reasons;	/* whole sentences, in order */
	unsigned nreasons;
	const struct bytes *ties;	/* how ties were broken, or not */
	unsigned nties;
};

/* Decides; all in the arena.  NULL if there is no memory. */
const struct outcome *outcome_decide(const struct outcome_question *,
    struct arena *);

/* "49.52": a share in percent, rounded to two places, or to as many as it takes
   so that what is not half does not read as half.  Nothing if den is 0. */
void outcome_percent(struct buf *, uint64_t num, uint64_t den);
/* The same beside another part than half: what is not part/whole does not read
   as that. */
void outcome_percent_beside(struct buf *, uint64_t num, uint64_t den,
    uint32_t part, uint32_t whole);
/* "1,234,567". */
void outcome_number(struct buf *, int64_t);

#endif
