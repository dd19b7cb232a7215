/*
 * The spool of timeline events: a worker writes sorted runs as it goes, a last
 * worker merges the runs of all artifacts into the timelines.
 *
 * A run: u32 mark, u64 length of what follows, u32 events; then the events,
 * each u32 length, i64 time, i64 row, u8 length of the description,
 * description, message.
 */
#ifndef EXAMINE_SPOOL_H
#define EXAMINE_SPOOL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/input.h"

struct spool;			/* opaque; in the arena */

/* Writes runs to fd, each of at most a few MiB of events. */
enum err spool_new(struct spool **, struct arena *, int fd);
void spool_add(struct spool *, int64_t time, int64_t row, const char *what,
    struct bytes message);
/* Writes what is left.  ERR_FULL or ERR_IO if any write failed. */
enum err spool_end(struct spool *);

/* One event, borrowed until the next. */
struct spool_event {
	int64_t time, row;
	uint32_t artifact;
	struct bytes what, message;
};

struct spool_merge;		/* opaque; in the arena */
enum err spool_merge_new(struct spool_merge **, struct arena *);
/* The runs of one artifact, up to where they are damaged or cut short. */
void spool_merge_add(struct spool_merge *, uint32_t artifact,
    const struct input *);
/* How many events the runs say they hold. */
uint64_t spool_merge_count(const struct spool_merge *);
/* By time, artifact, row, order of writing; false at the end. */
bool spool_merge_next(struct spool_merge *, struct spool_event *);
/* At the end: whether nothing was damaged, too much, or not to be read. */
bool spool_merge_whole(const struct spool_merge *);

#endif
