/*
 * The nursery's own side.  One thread, no allocation, nothing read but the
 * parent's orders: what a worker inherits from it is worth nothing.
 */
#include "jail/nursery.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/text.h"
#include "jail/jail_test.h"
#include "jail/landlock.h"
#include "jail/nursery_message.h"

struct child {
	pid_t pid;		/* 0: a free place */
	uint32_t id;
	uint64_t seconds;	/* its CPU limit */
	bool killed;		/* by order */
};

struct home {
	job_fn *const *jobs;
	unsigned njobs;
	pid_t self;
	int ended;		/* signalfd of SIGCHLD */
	int landlock_max;
	struct child children[NURSERY_JOBS];
};

/* Where a worker finds things, from 3 on; the jail keeps no more. */
#define WORKER_END	3
#define WORKER_FDS	4

static uint8_t message[LIMIT_MESSAGE];

/* Standard input and output lead nowhere.  In a worker errors do too: it must
   not write to the operator's terminal.  A sanitizer's report may. */
static bool
close_terminal(int last)
{
	int null, i;

	null = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (null == -1)
		return false;
	for (i = 0; i <= last; i++)
		if (dup2(null, i) == -1)
			return false;
	if (null > last)
		(void)close(null);
	return true;
}

/* Moves received descriptors to 3, 4, ... in their order. */
static bool
place_fds(int *fds, unsigned nfds)
{
	unsigned i;

	for (i = 0; i < nfds; i++) {	/* first out of each other's way */
		fds[i] = fcntl(fds[i], F_DUPFD_CLOEXEC,
		    WORKER_FDS + CHANNEL_FDS);
		if (fds[i] == -1)
			return false;
	}
	for (i = 0; i < nfds; i++) {
		if (dup2(fds[i], WORKER_END + (int)i) == -1)
			return false;
		fds[i] = WORKER_END + (int)i;
	}
	return true;
}

static _Noreturn void
leave(int status)
{
#ifdef OSTRAKON_SANITIZER
	exit(status);		/* looks for leaks */
#else
	_exit(status);
#endif
}

static _Noreturn void
work(const struct home *h, const struct nursery_request *r, int *fds,
    unsigned nfds)
{
	struct worker w;
	sigset_t none;
	job_fn *job;

	memset(&w, 0, sizeof(w));
	w.id = r->id;
	w.args = bytes_at(message + sizeof(*r), r->nargs);
	w.channel = WORKER_END;
	w.fds = fds + 1;
	w.nfds = nfds - 1;
	/* Dies with the nursery, also if that died just before. */
	if (prctl(PR_SET_PDEATHSIG, (unsigned long)SIGKILL, 0UL, 0UL,
	    0UL) == -1 || getppid() != h->self)
		_exit(WORKER_NO_JAIL);
#ifndef OSTRAKON_SANITIZER
	if (!close_terminal(STDERR_FILENO))
		_exit(WORKER_NO_JAIL);
#endif
	(void)sigemptyset(&none);
	if (!place_fds(fds, nfds) ||
	    sigprocmask(SIG_SETMASK, &none, NULL) == -1 ||
	    jail_enter(&r->limits, (unsigned)WORKER_END + nfds,
	    h->landlock_max, &w.jail) != ERR_NONE)
		_exit(WORKER_NO_JAIL);
	if (r->kind == NURSERY_SELF_TEST)
		job = jail_test_job;
	else
		job = h->jobs[r->kind];
	leave(job(&w));
}

static void
report(const struct child *c, enum nursery_cause cause, int status)
{
	struct nursery_report r;

	memset(&r, 0, sizeof(r));
	r.id = c->id;
	r.cause = cause;
	r.exited = WIFEXITED(status);
	r.status = r.exited ? WEXITSTATUS(status) : WTERMSIG(status);
	/* If the parent is gone the next read says so. */
	(void)channel_send(NURSERY_CONTROL, bytes_at(&r, sizeof(r)), NULL, 0);
}

static void
run(struct home *h, const struct nursery_request *r, int *fds, unsigned nfds)
{
	struct child *c = h->children;

	assert(nfds > 0);
	assert(r->kind < h->njobs || r->kind == NURSERY_SELF_TEST);
	while (c->pid != 0) {
		c++;
		assert(c < h->children + NURSERY_JOBS);	/* the parent counts */
	}
	c->id = r->id;
	c->seconds = r->limits.seconds;
	c->killed = false;
	c->pid = fork();
	if (c->pid == 0)
		work(h, r, fds, nfds);
	if (c->pid == -1) {
		c->pid = 0;
		report(c, NURSERY_NOT_STARTED, 0);
	}
}

static void
kill_child(struct home *h, uint32_t id)
{
	struct child *c;

	for (c = h->children; c < h->children + NURSERY_JOBS; c++) {
		if (c->pid == 0 || c->id != id)
			continue;
		c->killed = true;
		(void)kill(c->pid, SIGKILL);
	}
}

/* One order of the parent; false when it hung up. */
static bool
obey(struct home *h)
{
	struct nursery_request r;
	int fds[CHANNEL_FDS];
	unsigned nfds, i;
	size_t n;

	if (channel_receive(NURSERY_CONTROL, message, sizeof(message), &n,
	    fds, &nfds) != ERR_NONE || n == 0)
		return false;
	assert(n >= sizeof(r));
	memcpy(&r, message, sizeof(r));
	assert(n - sizeof(r) == r.nargs);
	if (r.order == NURSERY_KILL)
		kill_child(h, r.id);
	else
		run(h, &r, fds, nfds);
	for (i = 0; i < nfds; i++)
		(void)close(fds[i]);
	return true;
}

static enum nursery_cause
cause_of(const struct child *c, int status, const struct rusage *use)
{
	uint64_t seconds = (uint64_t)use->ru_utime.tv_sec +
	    (uint64_t)use->ru_stime.tv_sec;

	if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGKILL)
		return NURSERY_ENDED;
	if (c->killed)
		return NURSERY_KILLED;
	return seconds >= c->seconds ? NURSERY_TIME : NURSERY_ENDED;
}

static void
reap(struct home *h)
{
	struct signalfd_siginfo seen;
	struct child *c;
	struct rusage use;
	int status;
	pid_t pid;

	/* One signal may stand for several deaths. */
	(void)!read(h->ended, &seen, sizeof(seen));
	while ((pid = wait4(-1, &status, WNOHANG, &use)) > 0) {
		for (c = h->children; c->pid != pid; c++)
			assert(c + 1 < h->children + NURSERY_JOBS);
		c->pid = 0;
		report(c, cause_of(c, status, &use), status);
	}
}

static int
landlock_wanted(void)
{
	const char *text = getenv("OSTRAKON_JAIL_ABI");
	uint64_t abi;

	if (text == NULL || !text_uint(bytes_of(text), &abi) ||
	    abi > LANDLOCK_ABI)
		return LANDLOCK_ABI;
	return (int)abi;
}

static bool
move_in(struct home *h)
{
	sigset_t set;

	h->self = getpid();
	h->landlock_max = landlock_wanted();
	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGCHLD);
	if (syscall(SYS_close_range, NURSERY_CONTROL + 1, UINT_MAX, 0) == -1 ||
	    fcntl(NURSERY_CONTROL, F_SETFD, FD_CLOEXEC) == -1 ||
	    !close_terminal(STDOUT_FILENO) ||
	    sigprocmask(SIG_BLOCK, &set, NULL) == -1)
		return false;
	h->ended = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	return h->ended != -1;
}

int
nursery_main(job_fn *const *jobs, unsigned njobs, void (*prepare)(void))
{
	struct home h;
	struct pollfd wait[2];
	struct child *c;
	bool on = true;

	memset(&h, 0, sizeof(h));
	h.jobs = jobs;
	h.njobs = njobs;
	if (!move_in(&h))
		return WORKER_NO_JAIL;
	if (prepare != NULL)
		prepare();
	/* If this fails each worker finds out, and says so. */
	(void)jail_prepare();
	wait[0] = (struct pollfd){ NURSERY_CONTROL, POLLIN, 0 };
	wait[1] = (struct pollfd){ h.ended, POLLIN, 0 };
	while (on) {
		if (poll(wait, 2, -1) == -1 && errno != EINTR)
			break;
		if (wait[1].revents != 0)
			reap(&h);
		if (wait[0].revents != 0)
			on = obey(&h);
	}
	for (c = h.children; c < h.children + NURSERY_JOBS; c++)
		if (c->pid != 0)
			(void)kill(c->pid, SIGKILL);
	while (wait4(-1, NULL, 0, NULL) > 0 || errno == EINTR)
		;
	return 0;
}
