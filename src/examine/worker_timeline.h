/*
 * The timelines: the sorted runs of all artifacts, merged.
 *
 * Many phones have some hundred thousand events, a few have millions.  Two
 * forms of millions would be half of all output, and no tool wants both: more
 * than WORKER_TIMELINE_JSON are written as CSV alone, which Timesketch reads
 * as well, and the one line of the other file says so.
 */
#ifndef EXAMINE_WORKER_TIMELINE_H
#define EXAMINE_WORKER_TIMELINE_H

#include "base/out.h"
#include "examine/spool.h"

#define WORKER_TIMELINE_JSON	1000000u

void worker_timeline_lines(struct spool_merge *, struct out *json,
    struct out *csv);

#endif
