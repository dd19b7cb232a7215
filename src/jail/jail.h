/*
 * The jail: what a worker gives up before it reads the first byte of anything
 * that it does not trust.
 *
 * no_new_privs and seccomp are the jail; without them a worker refuses.
 * Landlock is a second wall: what the kernel has is used, what it lacks is
 * said.  rlimits bound memory, time and output.
 */
#ifndef JAIL_JAIL_H
#define JAIL_JAIL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct jail_limits {
	uint64_t memory;	/* address space, bytes */
	uint64_t seconds;	/* CPU, at least 1 */
	uint64_t file;		/* bytes that one output file may grow to */
};

/* Descriptors that a worker can hold at one time. */
#define JAIL_FILES	128

/* What is enforced, as a fixed-size message. */
struct jail_state {
	bool no_new_privs, seccomp, limits;
	bool sanitizer;		/* built with sanitizers: none of these but
				   no_new_privs and the limits on files and
				   CPU, and no Landlock */
	int32_t landlock;	/* ABI in force, 0 for none */
	int32_t landlock_kernel; /* ABI that the kernel offers */
};

/* What can be done once for many workers: call it before they are forked. */
enum err jail_prepare(void);

/* Closes every descriptor but the first `keep`, then builds the jail.  After
   it: no open, socket, exec, fork, kill, ptrace, executable mapping.
   OSTRAKON_JAIL_ABI lowers Landlock (read by the nursery, given here).
   ERR_DENIED if no_new_privs, seccomp or a limit cannot be had; the caller
   must then exit. */
enum err jail_enter(const struct jail_limits *, unsigned keep, int landlock_max,
    struct jail_state *);

/* "full", "partial" or "none: sanitizer build". */
const char *jail_name(const struct jail_state *);

/* One sentence on what is missing; "" if nothing is. */
const char *jail_missing(const struct jail_state *);

#endif
