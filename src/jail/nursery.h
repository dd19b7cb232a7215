/*
 * The nursery: this same binary, executed once, that has read nothing.  It
 * forks a worker for each job; a worker enters the jail before its job begins.
 */
#ifndef JAIL_NURSERY_H
#define JAIL_NURSERY_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/bytes.h"
#include "base/err.h"
#include "jail/channel.h"
#include "jail/jail.h"

struct nursery;			/* opaque, in the parent */

/* Jobs whose end has not been fetched yet. */
#define NURSERY_JOBS	64
/* Bytes of args, and descriptors, of one job. */
#define NURSERY_ARGS	65536
#define NURSERY_FDS	(CHANNEL_FDS - 1)
/* Seconds that a send to a worker waits for one that does not read. */
#define NURSERY_WAIT	30

/* What a job is, told by the parent to the worker. */
struct job {
	uint32_t kind;		/* index into the table given to nursery_main,
				   or NURSERY_SELF_TEST */
	uint32_t id;		/* the parent's own number for it */
	struct jail_limits limits;
	struct bytes args;	/* for the job; at most NURSERY_ARGS */
	const int *fds;		/* borrowed; sent along; at most NURSERY_FDS */
	unsigned nfds;
};

/* The kind of jail_test's jobs: every table has it. */
#define NURSERY_SELF_TEST	UINT32_MAX

/* What a worker has, after it entered the jail. */
struct worker {
	uint32_t id;
	struct bytes args;
	int channel;		/* to the parent */
	const int *fds;		/* that came with the job */
	unsigned nfds;
	struct jail_state jail;
};

/* Exit statuses of a worker.  A job may return others for itself. */
#define WORKER_DONE		0
#define WORKER_NO_JAIL		70	/* the jail could not be built */
#define WORKER_NO_MEMORY	71
#define WORKER_CHANNEL		72	/* the parent is gone or broke off */

/* A job's own code; its result is the exit status. */
/* (the one typedef: a table of functions needs a name) */
typedef int job_fn(const struct worker *);

/* How a worker ended. */
struct nursery_end {
	uint32_t id;		/* the job's */
	bool exited;		/* by itself, else by a signal */
	int status;		/* exit status or signal */
	char why[96];		/* one English phrase that follows "the worker":
				   "was stopped by the jail", "crashed (memory
				   fault)", "used up its time", ... */
};

/* Starts the nursery: fork and exec of /proc/self/exe with "--nursery".
   The environment is emptied but for what the jail needs.  A nursery that
   cannot run shows at the first nursery_ended: ERR_WORKER. */
enum err nursery_start(struct nursery **);

/* Starts a job; *channel is the parent's end (owned by the caller), to be
   used with channel_receive and channel_send.  At most NURSERY_JOBS at once. */
enum err nursery_job(struct nursery *, const struct job *, int *channel);

/* Kills the worker of a job; its end comes as any other.  Nothing happens if
   it has ended. */
enum err nursery_kill(struct nursery *, uint32_t id);

/* The descriptor that becomes readable when a worker ended, and what ended.
   nursery_ended blocks until one did; ERR_WORKER if the nursery is gone. */
int nursery_fd(const struct nursery *);
enum err nursery_ended(struct nursery *, struct nursery_end *);

/* Ends it and every worker; when it returns none is left.  NULL is allowed. */
void nursery_stop(struct nursery *);

/* The nursery's own side: main() calls it for "--nursery" before anything
   else is read.  `prepare` loads what workers could not load in the jail; it
   must start no thread.  Never returns in a worker; exit status. */
int nursery_main(job_fn *const *jobs, unsigned njobs, void (*prepare)(void));

#endif
