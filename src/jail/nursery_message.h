/*
 * What passes between the parent and the nursery: two processes of one
 * binary, neither of which has parsed anything.
 */
#ifndef JAIL_NURSERY_MESSAGE_H
#define JAIL_NURSERY_MESSAGE_H

#include <stdint.h>

#include "jail/jail.h"
#include "jail/nursery.h"

/* The nursery finds the parent's socket here. */
#define NURSERY_CONTROL	3

enum nursery_order { NURSERY_RUN, NURSERY_KILL };

/* Parent to nursery; `nargs` bytes follow, and for NURSERY_RUN come the
   worker's end of the channel and the job's descriptors. */
struct nursery_request {
	uint32_t order;
	uint32_t kind;
	uint32_t id;
	uint32_t nargs;
	struct jail_limits limits;
};

enum nursery_cause {
	NURSERY_ENDED,		/* by itself, or by a signal of its own doing */
	NURSERY_KILLED,		/* as the parent ordered */
	NURSERY_TIME,		/* its CPU limit */
	NURSERY_NOT_STARTED	/* no process could be had */
};

/* Nursery to parent. */
struct nursery_report {
	uint32_t id;
	uint32_t cause;
	int32_t exited;
	int32_t status;
};

#endif
