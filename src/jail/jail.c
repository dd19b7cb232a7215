#include "jail/jail.h"

#include <assert.h>
#include <linux/close_range.h>
#include <limits.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "jail/filter.h"
#include "jail/landlock.h"

#ifdef OSTRAKON_SANITIZER
#define SANITIZER	true
#else
#define SANITIZER	false
#endif

enum err
jail_prepare(void)
{
	return SANITIZER ? ERR_NONE : filter_prepare();
}

/* Lowers a limit; what is lower already stays so. */
static bool
limit(int which, uint64_t soft, uint64_t hard)
{
	struct rlimit now;

	if (getrlimit((__rlimit_resource_t)which, &now) == -1)
		return false;
	if (now.rlim_max > hard)
		now.rlim_max = hard;
	now.rlim_cur = soft < now.rlim_max ? soft : now.rlim_max;
	return setrlimit((__rlimit_resource_t)which, &now) == 0;
}

static bool
set_limits(const struct jail_limits *l)
{
	/* SIGXCPU first, and a second later SIGKILL. */
	bool ok = limit(RLIMIT_CORE, 0, 0) &&
	    limit(RLIMIT_NOFILE, JAIL_FILES, JAIL_FILES) &&
	    limit(RLIMIT_FSIZE, l->file, l->file) &&
	    limit(RLIMIT_CPU, l->seconds, l->seconds + 1);

	if (!ok || SANITIZER)
		return ok;
	return limit(RLIMIT_NPROC, 0, 0) &&
	    limit(RLIMIT_AS, l->memory, l->memory);
}

/* An old personality would make all readable memory executable. */
static bool
plain_personality(void)
{
	int now = personality(0xffffffff);

	if (now == -1)
		return false;
	if ((now & READ_IMPLIES_EXEC) == 0)
		return true;
	return personality((unsigned long)(now & ~READ_IMPLIES_EXEC)) != -1;
}

enum err
jail_enter(const struct jail_limits *limits, unsigned keep, int landlock_max,
    struct jail_state *state)
{
	struct jail_state s;

	assert(limits->seconds > 0 && limits->memory > 0 && keep <= JAIL_FILES);
	memset(&s, 0, sizeof(s));	/* it is sent: no stray bytes in it */
	s.sanitizer = SANITIZER;
	if (syscall(SYS_close_range, keep, UINT_MAX, 0) == -1)
		return ERR_DENIED;
	s.no_new_privs = prctl(PR_SET_NO_NEW_PRIVS, 1UL, 0UL, 0UL, 0UL) == 0;
	s.limits = set_limits(limits);
	if (!s.no_new_privs || !s.limits)
		return ERR_DENIED;
	s.landlock_kernel = landlock_offered();
	if (SANITIZER) {
		/* A sanitizer traces its own process and opens files to name
		   the place of a fault. */
		*state = s;
		return ERR_NONE;
	}
	if (!plain_personality() ||
	    prctl(PR_SET_DUMPABLE, 0UL, 0UL, 0UL, 0UL) == -1)
		return ERR_DENIED;
	s.landlock = landlock_enter(landlock_max);
	s.seccomp = filter_enter() == ERR_NONE;
	if (!s.seccomp)
		return ERR_DENIED;
	*state = s;
	return ERR_NONE;
}

const char *
jail_name(const struct jail_state *s)
{
	if (s->sanitizer)
		return "none: sanitizer build";
	if (s->no_new_privs && s->seccomp && s->limits &&
	    s->landlock >= LANDLOCK_ABI_FULL)
		return "full";
	return "partial";
}

const char *
jail_missing(const struct jail_state *s)
{
	if (s->sanitizer)
		return "this is a build for tests with sanitizers: it has no "
		    "seccomp, no Landlock and no limit on memory";
	if (!s->no_new_privs || !s->seccomp || !s->limits)
		return "no_new_privs, seccomp and the limits are not all in "
		    "force";
	switch (s->landlock) {
	case 0:
		return "no Landlock on this kernel: only seccomp keeps workers "
		    "from files, sockets and other processes";
	case 1:
	case 2:
		return "Landlock of this kernel does not cover cutting files "
		    "short, TCP, device commands, abstract sockets and signals;"
		    " seccomp denies them all the same";
	case 3:
		return "Landlock of this kernel does not cover TCP, device "
		    "commands, abstract sockets and signals; seccomp denies "
		    "them all the same";
	case 4:
		return "Landlock of this kernel does not cover device "
		    "commands, abstract sockets and signals; seccomp denies "
		    "them all the same";
	case 5:
		return "Landlock of this kernel does not cover abstract "
		    "sockets and signals; seccomp denies them all the same";
	default:
		return "";
	}
}
