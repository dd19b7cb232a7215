/*
 * A worker's side of the channel to the parent.  A worker whose parent is gone
 * or breaks off ends at once.
 */
#ifndef EXAMINE_TALK_H
#define EXAMINE_TALK_H

#include <stdbool.h>
#include <stdint.h>

#include "artifact/engine.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/input.h"
#include "jail/nursery.h"

#define TALK_INPUTS	100	/* descriptors open at once */

struct talk {
	const struct worker *worker;
	struct buf message;		/* the one being made */
	struct arena arena;		/* for reading answers */
	int fds[TALK_INPUTS];
	unsigned nfds;
};

/* Tells what the jail enforces: the first message of every worker. */
void talk_start(struct talk *, const struct worker *);

/* Sends t->message. */
void talk_send(struct talk *);

/* Asks for a member by its number; false if it cannot be had, and why.  The
   descriptor stays open until talk_close. */
bool talk_open(struct talk *, uint32_t number, struct input *,
    const char **why);
void talk_close(struct talk *);

/* A text for the job's own use. */
void talk_note(struct talk *, struct bytes);

/* The last message, and frees what belongs to it; counts may be NULL. */
void talk_done(struct talk *, const struct engine_counts *);

#endif
