/*
 * iCalendar (RFC 5545): the writer of lines, and a calendar of an election.
 */
#ifndef ELECTION_ICS_H
#define ELECTION_ICS_H

#include "base/bytes.h"
#include "base/out.h"
#include "election/calendar.h"

/* One content line "NAME:VALUE", escaped as a TEXT value if `text`; ended with
   CR LF, and folded so that no line has more than 75 octets and no character is
   split.  Control characters and bytes that are no UTF-8 are left out. */
void ics_line(struct out *, const char *name, struct bytes value, bool text);

/* All dates that are known, an event each.  The same facts give the same bytes:
   UIDs are made of law, day of voting and id; DTSTAMP is `today`, or the first
   second of 1970 if that is not known. */
void ics_write(struct out *, const struct calendar *);

#endif
