/*
 * The parent's side of the nursery.
 */
#include "jail/nursery.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/limits.h"
#include "jail/nursery_message.h"

/* Milliseconds that a nursery has to end its workers and itself. */
#define STOP_WAIT	5000

struct nursery {
	struct arena arena;	/* holds this struct too */
	pid_t pid;
	int control;
	unsigned jobs;		/* begun, their end not fetched */
	bool gone;
	uint8_t message[sizeof(struct nursery_request) + NURSERY_ARGS];
};

_Static_assert(sizeof(struct nursery_request) + NURSERY_ARGS <= LIMIT_MESSAGE,
    "a job fits in one message");

/* All that is kept of the environment. */
static const char *const kept[] = {
	"OSTRAKON_JAIL_ABI",
#ifdef OSTRAKON_SANITIZER
	"ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS",
#endif
};
#define NKEPT	(sizeof(kept) / sizeof(kept[0]))

static bool
environment(struct arena *a, char *env[NKEPT + 1])
{
	const char *value;
	unsigned n = 0;
	size_t i, size;

	for (i = 0; i < NKEPT; i++) {
		value = getenv(kept[i]);
		if (value == NULL)
			continue;
		size = strlen(kept[i]) + strlen(value) + 2;
		env[n] = arena_alloc(a, size, 1);
		if (env[n] == NULL)
			return false;
		(void)snprintf(env[n], size, "%s=%s", kept[i], value);
		n++;
	}
	env[n] = NULL;
	return true;
}

/* In the child, between fork and exec: other threads may hold any lock, so
   only calls to the kernel are made. */
static void
become_nursery(int control, char *const env[])
{
	char name[] = "ostrakon", verb[] = "--nursery";
	char *const argv[] = { name, verb, NULL };
	sigset_t none;
	int moved;

	/* Out of the way of 0 to 3, for dup2 onto itself keeps CLOEXEC. */
	moved = fcntl(control, F_DUPFD_CLOEXEC, NURSERY_CONTROL + 1);
	if (moved == -1 || dup2(moved, NURSERY_CONTROL) == -1)
		_exit(WORKER_CHANNEL);
	(void)signal(SIGPIPE, SIG_DFL);
	(void)signal(SIGXFSZ, SIG_DFL);
	(void)signal(SIGCHLD, SIG_DFL);
	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	(void)execve("/proc/self/exe", argv, env);
	_exit(WORKER_NO_JAIL);
}

enum err
nursery_start(struct nursery **out)
{
	struct arena arena = arena_with(512 * KIB);
	struct nursery *n = arena_alloc(&arena, 1, sizeof(*n));
	char *env[NKEPT + 1];
	enum err err;
	int ends[2];

	if (n == NULL || !environment(&arena, env)) {
		arena_free(&arena);
		return ERR_MEMORY;
	}
	err = channel_pair(ends);
	if (err != ERR_NONE) {
		arena_free(&arena);
		return err;
	}
	n->control = ends[0];
	n->pid = fork();
	if (n->pid == 0)
		become_nursery(ends[1], env);
	(void)close(ends[1]);
	if (n->pid == -1) {
		(void)close(ends[0]);
		arena_free(&arena);
		return ERR_MEMORY;
	}
	n->arena = arena;
	*out = n;
	return ERR_NONE;
}

static enum err
order(struct nursery *n, const struct nursery_request *r, struct bytes args,
    const int *fds, unsigned nfds)
{
	memcpy(n->message, r, sizeof(*r));
	if (args.n > 0)
		memcpy(n->message + sizeof(*r), args.p, args.n);
	return channel_send(n->control,
	    bytes_at(n->message, sizeof(*r) + args.n), fds, nfds);
}

enum err
nursery_job(struct nursery *n, const struct job *job, int *channel)
{
	struct nursery_request r;
	int fds[CHANNEL_FDS], ends[2];
	enum err err;

	assert(job->args.n <= NURSERY_ARGS && job->nfds <= NURSERY_FDS);
	assert(n->jobs < NURSERY_JOBS);
	memset(&r, 0, sizeof(r));
	r.order = NURSERY_RUN;
	r.kind = job->kind;
	r.id = job->id;
	r.nargs = (uint32_t)job->args.n;
	r.limits = job->limits;
	err = channel_pair(ends);
	if (err != ERR_NONE)
		return err;
	fds[0] = ends[1];
	if (job->nfds > 0)
		memcpy(fds + 1, job->fds, job->nfds * sizeof(int));
	err = channel_bound(ends[0], NURSERY_WAIT);
	if (err == ERR_NONE)
		err = order(n, &r, job->args, fds, job->nfds + 1);
	(void)close(ends[1]);
	if (err != ERR_NONE) {
		(void)close(ends[0]);
		return err;
	}
	n->jobs++;
	*channel = ends[0];
	return ERR_NONE;
}

enum err
nursery_kill(struct nursery *n, uint32_t id)
{
	struct nursery_request r;

	memset(&r, 0, sizeof(r));
	r.order = NURSERY_KILL;
	r.id = id;
	return order(n, &r, bytes_at(NULL, 0), NULL, 0);
}

int
nursery_fd(const struct nursery *n)
{
	return n->control;
}

static const char *
why_signal(int sig)
{
	switch (sig) {
	case SIGSYS:
		return "was stopped by the jail";
	case SIGSEGV:
	case SIGBUS:
		return "crashed (memory fault)";
	case SIGABRT:
	case SIGTRAP:
	case SIGILL:
	case SIGFPE:
		return "crashed";
	case SIGXCPU:
		return "used up its time";
	case SIGXFSZ:
		return "wrote more than it may";
	case SIGKILL:
		return "was killed by the system, which may have run out of "
		    "memory";
	default:
		return "was ended by a signal";
	}
}

static const char *
why(const struct nursery_report *r)
{
	if (r->cause == NURSERY_KILLED)
		return "was ended because it took too long or broke the rules";
	if (r->cause == NURSERY_TIME)
		return "used up its time";
	if (r->cause == NURSERY_NOT_STARTED)
		return "could not be started";
	if (!r->exited)
		return why_signal(r->status);
	switch (r->status) {
	case WORKER_DONE:
		return "ended";
	case WORKER_NO_JAIL:
		return "could not enter the jail";
	case WORKER_NO_MEMORY:
		return "ran out of memory";
	case WORKER_CHANNEL:
		return "lost its connection";
	default:
		return "gave up";
	}
}

enum err
nursery_ended(struct nursery *n, struct nursery_end *end)
{
	struct nursery_report r;
	size_t got;
	enum err err;

	if (n->gone)
		return ERR_WORKER;
	memset(&r, 0, sizeof(r));
	err = channel_receive(n->control, &r, sizeof(r), &got, NULL, NULL);
	if (err != ERR_NONE || got != sizeof(r)) {
		n->gone = true;
		return ERR_WORKER;
	}
	if (n->jobs > 0)
		n->jobs--;
	memset(end, 0, sizeof(*end));
	end->id = r.id;
	end->exited = r.exited != 0;
	end->status = r.status;
	(void)snprintf(end->why, sizeof(end->why), "%s", why(&r));
	return ERR_NONE;
}

/* Reads on until the nursery hung up, or for a while. */
static void
drain(int control)
{
	struct pollfd p = { control, POLLIN, 0 };
	struct nursery_report r;
	size_t got = 1;

	memset(&r, 0, sizeof(r));
	while (got > 0) {
		if (poll(&p, 1, STOP_WAIT) != 1)
			return;
		if (channel_receive(control, &r, sizeof(r), &got, NULL,
		    NULL) != ERR_NONE)
			return;
	}
}

void
nursery_stop(struct nursery *n)
{
	struct arena arena;

	if (n == NULL)
		return;
	/* It reads the end, kills and waits for its workers, and goes.  If it
	   does not, its own death kills them. */
	(void)shutdown(n->control, SHUT_WR);
	drain(n->control);
	(void)kill(n->pid, SIGKILL);
	while (waitpid(n->pid, NULL, 0) == -1 && errno == EINTR)
		;
	(void)close(n->control);
	arena = n->arena;
	arena_free(&arena);
}
