/*
 * All descriptors are open before the jail or come through the channel, so
 * the list needs no call that takes a path, and stays the same from one C
 * library to the next.
 *
 * Not on it, on purpose: fstat (the C library makes it newfstatat, which takes
 * a path; the broker tells sizes) and rt_sigreturn (a worker has no signal
 * handler, and an attacker likes it).
 */
#include "jail/filter.h"

#include <errno.h>
#include <linux/futex.h>
#include <seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))

/* Whatever the arguments. */
static const int allowed[] = {
	SCMP_SYS(read), SCMP_SYS(pread64), SCMP_SYS(write), SCMP_SYS(lseek),
	SCMP_SYS(close), SCMP_SYS(sendmsg), SCMP_SYS(recvmsg),
	SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(brk), SCMP_SYS(mlock),
	SCMP_SYS(exit), SCMP_SYS(exit_group), SCMP_SYS(restart_syscall),
	SCMP_SYS(clock_gettime), SCMP_SYS(getrandom),
};

/* Those whose argument `arg`, under the mask, has this value; for mmap the
   argument after it too. */
static const struct partly {
	int call;
	struct scmp_arg_cmp first, second;
	unsigned n;
} partly[] = {
#define MASKED(arg, mask, value)	\
	{ (arg), SCMP_CMP_MASKED_EQ, (uint64_t)(mask), (uint64_t)(value) }
#define NONE	{ 0, SCMP_CMP_EQ, 0, 0 }
	/* Memory is never executable, and never shared for writing. */
	{ SCMP_SYS(mmap), MASKED(2, ~(uint64_t)(PROT_READ | PROT_WRITE), 0),
	    MASKED(3, MAP_TYPE, MAP_PRIVATE), 2 },
	{ SCMP_SYS(mmap), MASKED(2, ~(uint64_t)PROT_READ, 0),
	    MASKED(3, MAP_TYPE, MAP_SHARED), 2 },
	{ SCMP_SYS(mprotect), MASKED(2, ~(uint64_t)(PROT_READ | PROT_WRITE), 0),
	    NONE, 1 },
	/* What malloc and advice on reading need. */
	{ SCMP_SYS(madvise), { 2, SCMP_CMP_LE, MADV_FREE, 0 }, NONE, 1 },
	{ SCMP_SYS(madvise), { 2, SCMP_CMP_EQ, MADV_DONTDUMP, 0 }, NONE, 1 },
	/* Locks of the C library; nothing of priority inheritance. */
#define FUTEX(op)	{ SCMP_SYS(futex),	\
	MASKED(1, FUTEX_CMD_MASK, op), NONE, 1 }
	FUTEX(FUTEX_WAIT), FUTEX(FUTEX_WAKE),
	FUTEX(FUTEX_WAIT_BITSET), FUTEX(FUTEX_WAKE_BITSET),
};

/* What abort() does before it falls back on a trap.  These fail, and the
   worker dies of the trap: a failed assertion then reads as a crash and not
   as an attack. */
static const int refused[] = {
	SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigaction), SCMP_SYS(getpid),
	SCMP_SYS(gettid), SCMP_SYS(writev),
};

static scmp_filter_ctx ready;

static int
add_rules(scmp_filter_ctx filter)
{
	const struct scmp_arg_cmp sigabrt = MASKED(2, UINT32_MAX, SIGABRT);
	const struct partly *p;
	size_t i;
	int bad = 0;

	for (i = 0; i < COUNT(allowed); i++)
		bad |= seccomp_rule_add_exact(filter, SCMP_ACT_ALLOW,
		    allowed[i], 0);
	for (p = partly; p < partly + COUNT(partly); p++) {
		struct scmp_arg_cmp args[2] = { p->first, p->second };

		bad |= seccomp_rule_add_exact_array(filter, SCMP_ACT_ALLOW,
		    p->call, p->n, args);
	}
	for (i = 0; i < COUNT(refused); i++)
		bad |= seccomp_rule_add_exact(filter, SCMP_ACT_ERRNO(EPERM),
		    refused[i], 0);
	bad |= seccomp_rule_add_exact_array(filter, SCMP_ACT_ERRNO(EPERM),
	    SCMP_SYS(tgkill), 1, &sigabrt);
	return bad;
}

enum err
filter_prepare(void)
{
	scmp_filter_ctx filter;

	if (ready != NULL)
		return ERR_NONE;
	filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
	if (filter == NULL)
		return ERR_DENIED;
	if (seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH,
	    SCMP_ACT_KILL_PROCESS) != 0 || add_rules(filter) != 0) {
		seccomp_release(filter);
		return ERR_DENIED;
	}
	ready = filter;
	return ERR_NONE;
}

enum err
filter_enter(void)
{
	enum err err = filter_prepare();

	if (err != ERR_NONE)
		return err;
	return seccomp_load(ready) == 0 ? ERR_NONE : ERR_DENIED;
}

unsigned
filter_calls(void)
{
	unsigned n = COUNT(allowed);
	size_t i;

	for (i = 0; i < COUNT(partly); i++)
		if (i == 0 || partly[i].call != partly[i - 1].call)
			n++;
	return n;
}
