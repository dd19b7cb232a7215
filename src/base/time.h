/*
 * Time is int64_t microseconds since 1970-01-01 UTC, or TIME_UNSET.
 */
#ifndef BASE_TIME_H
#define BASE_TIME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/bytes.h"

#define TIME_UNSET	INT64_MIN
#define TIME_SECOND	INT64_C(1000000)
#define TIME_DAY	(INT64_C(86400) * TIME_SECOND)

/* Each gives TIME_UNSET for what falls outside years 1 to 9999, for NaN, and
   for the zero that the format uses for "never" (not for Unix day 0 dates). */
int64_t time_mac(double seconds);	/* since 2001; above 1e11 taken as ns */
int64_t time_mac_int(int64_t);		/* since 2001, s; above 1e11 as ns */
int64_t time_unix(int64_t);		/* s, ms, us or ns, told by size */
int64_t time_unix_seconds(double);
int64_t time_webkit(int64_t);		/* us since 1601 */
int64_t time_plist(double);	/* a date in a plist: s since 2001, 0 valid */

/* RFC 3339, as in 2024-03-17T08:00:00Z or with a zone offset or a blank for
   the T; also as Apple prints a date, "2024-03-17 08:00:00 +0000".  Digits
   beyond microseconds are dropped.  TIME_UNSET if it is not one, or names no
   zone. */
int64_t time_read(struct bytes);

/* "2024-03-17T08:00:00.000000Z"; nothing if unset. */
void time_show(struct buf *, int64_t);
/* "2024-03-17 08:00:00"; nothing if unset. */
void time_show_short(struct buf *, int64_t);

/* Now, from the system's clock. */
int64_t time_now(void);

#endif
