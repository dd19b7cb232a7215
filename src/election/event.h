/*
 * What happened around a round that figures do not tell: a court annulled it,
 * a candidate withdrew or died.
 */
#ifndef ELECTION_EVENT_H
#define ELECTION_EVENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/date.h"

enum event_kind { EVENT_ANNULLED_ROUND, EVENT_ANNULLED_ALL, EVENT_WITHDRAWN,
    EVENT_DIED };

struct event {
	enum event_kind kind;
	struct bytes name;		/* withdrawn, died; borrowed */
	int32_t date;			/* DATE_UNSET: not told */
};

/* "annulled-round:2004-12-03", "withdrawn:NAME:2003-05-14" (a name may hold
   colons; the date may be left out, but what follows the last colon and begins
   with a digit must be one).  False if it is none. */
bool event_read(struct bytes, struct event *);

/* "NAME (withdrawn 2003-05-14)", as tables have it: the event, and in *name the
   name without it.  False if nothing of the kind follows the name. */
bool event_of_name(struct bytes text, struct bytes *name, struct event *);
/* Whether one seems to be meant there: "NAME (withdrawn 14 May)". */
bool event_meant(struct bytes);

#endif
