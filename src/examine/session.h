/*
 * The nursery and the workers under way: sends jobs, reads messages, and says
 * how each worker ended.
 */
#ifndef EXAMINE_SESSION_H
#define EXAMINE_SESSION_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "examine/wire.h"
#include "examine/worker.h"
#include "jail/nursery.h"

struct session;			/* opaque */

/* Set by a signal handler: what is under way then ends with ERR_WORKER. */
extern volatile sig_atomic_t session_stop;

#define TASK_FDS	2

/* What the parent does for one worker. */
struct task {
	enum job_kind kind;
	struct bytes args;
	const int *fds;
	unsigned nfds;
	struct wire_bounds bounds;
	void *ctx;
	/* A member by its number: a descriptor (closed after it was sent) and
	   its size; else false and why. */
	bool (*open)(void *ctx, uint32_t member, int *fd, uint64_t *size,
	    const char **why);
	/* A job's own question: as many descriptors as it gives (not closed),
	   at most TASK_FDS, and a size; 0 and why; or less than 0 if it makes
	   no sense: then the worker is killed. */
	int (*ask)(void *ctx, struct bytes question, int fds[TASK_FDS],
	    uint64_t *size, const char **why);
	/* A message, checked; false if it makes no sense here: then the worker
	   is killed.  Values live in `arena`. */
	bool (*message)(void *ctx, const struct wire_message *);
	/* The end: NULL if the job was done whole, else one phrase that follows
	   "the worker"; session_no_output if that is what failed. */
	void (*ended)(void *ctx, const char *why);
	struct arena *arena;		/* for values of messages */
	struct jail_limits limits;	/* each that is 0: the usual one */
	unsigned wall;			/* seconds it may take; 0: usual */
};

/* "could not write all of its output": the disk is full, or so it says. */
extern const char session_no_output[];

enum err session_new(struct session **);
void session_free(struct session *);

/* Starts a task when fewer than `most` are under way, working on others until
   then.  The task is copied; what it points to must live until its end. */
enum err session_start(struct session *, const struct task *, unsigned most);

/* Works until something that a task sets in its `ended` is true. */
enum err session_until(struct session *, const bool *over);

/* Works until all tasks have ended. */
enum err session_finish(struct session *);

/* Ends all tasks at once; `ended` is not called for them.  For when the work
   that they are part of has failed. */
void session_drop(struct session *);

/* What all workers so far told of their jail: the weakest. */
const struct jail_state *session_jail(const struct session *);

#endif
