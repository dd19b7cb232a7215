/*
 * The wall clock of a place: one rule as POSIX writes it in TZ, such as
 * "MSK-3" or "CET-1CEST,M3.5.0,M10.5.0/3" (months' forms only; offsets are
 * positive west of Greenwich).  No file of the system is asked.
 */
#ifndef BASE_ZONE_H
#define BASE_ZONE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/bytes.h"

struct zone_change {		/* the nth (5: last) weekday of a month, s */
	uint8_t month, nth, weekday;
	int32_t at;		/* seconds after midnight, wall time before */
};

struct zone {
	int32_t offset;		/* seconds east of UTC */
	int32_t summer_offset;	/* the same if there is no summer time */
	bool summer;
	struct zone_change begins, ends;
};

/* False if it is no such rule. */
bool zone_read(struct zone *, struct bytes);
/* The instant (microseconds since 1970 UTC) of a wall time; `seconds` may be
   86400, the end of the day.  A time that the clock passes over counts as if it
   had not; one that comes twice is the first.  TIME_UNSET if date is unset. */
int64_t zone_instant(const struct zone *, int32_t date, int32_t seconds);
/* The wall time of an instant: its date, seconds of the day, and offset. */
void zone_wall(const struct zone *, int64_t instant, int32_t *date,
    int32_t *seconds, int32_t *offset);

#endif
