/*
 * One line of the timeline, as Timesketch reads it.
 *
 * Nothing is added for a time that is unset or cannot be shown.
 */
#ifndef RECORD_TIMELINE_H
#define RECORD_TIMELINE_H

#include <stdint.h>

#include "base/buf.h"
#include "base/bytes.h"

struct timeline_event {
	int64_t time;		/* microseconds since 1970 UTC */
	const char *desc;	/* what happened then: field.event */
	const char *artifact;	/* its name */
	int64_t row;
	struct bytes message;	/* not escaped: most often field_summary() */
};

/* {"datetime":"2024-03-17T08:00:00.000000+00:00","timestamp_desc":...,
   "artifact":...,"row":1,"message":...} and a line end. */
void timeline_json(struct buf *, const struct timeline_event *);

/* The columns' names, and one line of them. */
void timeline_csv_head(struct buf *);
void timeline_csv(struct buf *, const struct timeline_event *);

#endif
