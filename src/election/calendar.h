/*
 * The calendar of one election: every date that the law sets, how it was
 * counted, and what depends on what.  docs/calendar.md tells of it.
 */
#ifndef ELECTION_CALENDAR_H
#define ELECTION_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "election/law.h"
#include "election/when.h"

/* What the operator knows. */
struct calendar_facts {
	const struct law *law;
	const struct law_version *version;
	int32_t anchors[ANCHOR_COUNT];	/* ANCHOR_VOTING at least; others may
					   be DATE_UNSET */
	bool not_yet[ANCHOR_COUNT];	/* has not come before `today` */
	int32_t second_first_day;	/* of the second voting; or DATE_UNSET,
					   as all dates here */
	int32_t today;			/* DATE_UNSET: nothing has passed */
	int second_round;		/* 1 it takes place, 0 it does not,
					   -1 not known */
	int repeat;			/* the same of a repeat of it all */
	bool early;			/* it is an early election itself, or
					   the repeat of one */
};

/* Nothing known but the law and the day of the first voting (its last day);
   version is NULL if the law was not in force. */
struct calendar_facts calendar_facts(const struct law *, int32_t voting);

enum calendar_state {
	CALENDAR_PASSED,
	CALENDAR_TODAY,		/* today, or it has begun and not ended */
	CALENDAR_NEXT,		/* ahead, and nothing comes before it */
	CALENDAR_AHEAD,
	CALENDAR_DATED,		/* today is not known */
	CALENDAR_UNKNOWN,	/* a date that matters is not known */
	CALENDAR_NOT		/* does not take place */
};

const char *calendar_state_name(enum calendar_state);	/* "passed" */

struct calendar_item {
	struct bytes id, title;
	struct when_day from, until;	/* equal: one day; see law_window */
	bool open_end, open_start;	/* no bound on that side */
	bool given;			/* a fact, not counted */
	int32_t happened;		/* a fact of this name, or DATE_UNSET */
	bool outside;			/* that lies outside of the window */
	struct bytes counted;		/* in words */
	struct ground ground;
	bool unverified;		/* it, or what it is counted from */
	enum only_if only_if;
	bool depends;			/* not known whether it takes place */
	uint32_t needs;			/* missing anchors: 1 << each */
	enum calendar_state state;
	/* us UTC, or TIME_UNSET; a day without an hour is all of it. */
	int64_t from_instant, until_instant;
};

struct calendar {
	struct calendar_facts facts;	/* with what could be derived: the first
					   day, voting-2, inauguration */
	uint32_t derived;		/* such anchors; */
	uint32_t shaky;			/* those that rest on something
					   unverified */
	const struct calendar_item *items;	/* by date, unknown last */
	unsigned n;
	int next;			/* index of what begins or ends next,
					   or -1 */
	int32_t next_date;
	uint32_t needs;			/* anchors that would tell more */
	/* What the rule of the law says of the day itself. */
	int32_t rule_voting;
	struct bytes rule_words;
	bool rule_unverified;
	bool unverified;		/* something here is */
};

/* Derives what the law fixes: ANCHOR_VOTING_FIRST_DAY, ANCHOR_VOTING_2 and
   ANCHOR_INAUGURATION where they are one day, ANCHOR_PREVIOUS_INAUGURATION from
   `term` if it is unset, and computes all dates.  Besides the law's own entries
   there are always: voting; second-voting and inauguration if the law has a
   rule for them, and the facts that are dates.  NULL if there is no memory. */
const struct calendar *calendar_make(const struct calendar_facts *,
    struct arena *);
/* An item by its id, or NULL. */
const struct calendar_item *calendar_find(const struct calendar *,
    struct bytes id);
/* The law's own window for an anchor: its entry ANCHOR or ANCHOR-latest; `call`
   and `call-published` too for the calling.  NULL if it has none. */
const struct calendar_item *calendar_window(const struct calendar *,
    enum anchor);

/* For other rules that are counted from the same facts; borrows the calendar.
   An entry that is a window stands for its last day. */
struct when_known calendar_known(const struct calendar *);
/* The anchors, missing and shaky, that a date rule rests on, through entries
   too; *unverified is set if the rule or an entry on the way is. */
uint32_t calendar_rests(const struct calendar *, const struct law_date *,
    bool *unverified);
/* The instant of a day by the law's clock; TIME_UNSET if it is unset. */
int64_t calendar_instant(const struct law *, int32_t date, int32_t seconds);
/* An instant by the law's clock: "2024-03-17T20:00:00+03:00", with a fraction
   if there is one; nothing if it is TIME_UNSET. */
void calendar_show(struct buf *, const struct law *, int64_t instant);
/* The wall time of an instant by the law's clock. */
void calendar_wall(const struct law *, int64_t instant, int32_t *date,
    int32_t *seconds, int32_t *offset);
/* "the day on which results are determined is not known", for each anchor
   of a set; nothing for the empty one. */
void calendar_missing(uint32_t anchors, struct buf *);

#endif
