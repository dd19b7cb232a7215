/*
 * How a calendar is made, for the files calendar_*.c alone.
 */
#ifndef ELECTION_CALENDAR_INSIDE_H
#define ELECTION_CALENDAR_INSIDE_H

#include "base/buf.h"
#include "election/calendar.h"

#define BIT(a)		(UINT32_C(1) << (a))

/* Voting, second voting, repeat, inauguration twice, and six facts. */
#define CALENDAR_OWN	11

struct calendar_making {
	struct calendar *cal;
	struct arena *arena;
	struct calendar_item *items;	/* room for CALENDAR_OWN beside the
					   law's */
	struct buf words;
};

/* --- calendar.c ----------------------------------------------------------- */

bool calendar_dated(const struct law_date *);	/* there is such a rule */
int calendar_takes_place(const struct calendar_facts *, enum only_if);
const struct law_entry *calendar_entry(const struct calendar *,
    struct bytes id);
/* The rule for the inauguration, or NULL; and what it is counted from. */
const struct law_date *calendar_inauguration(const struct calendar *);
struct when_known calendar_final(const struct calendar *);

/* --- calendar_items.c, calendar_state.c ----------------------------------- */

/* Makes all items. */
void calendar_items(struct calendar_making *);
/* Says of each where it stands, and sorts them. */
void calendar_states(struct calendar *, struct calendar_item *);

#endif
