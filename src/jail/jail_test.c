/*
 * Raw system calls, so that what is tried is what is named, whichever way the
 * C library would take.  Nothing here does harm if the jail should fail.
 */
#include "jail/jail_test.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/time.h"
#include "jail/filter.h"
#include "jail/landlock.h"
#include "jail/nursery.h"

#define TEST_MEMORY	(256 * MIB)
#define TEST_FILE	(64 * KIB)
#define TEST_SECONDS	1

/* What a worker returns that came through: it was not denied. */
#define THROUGH		1

/* Any file that is sure to be there; a worker has no business with it. */
static const char some_file[] = "/etc/passwd";

/* A name that a hostile member could ask for. */
static const char evidence_file[] = "../Manifest.db";

static void
try_open(const struct worker *w)
{
	(void)w;
#ifdef SYS_open
	(void)syscall(SYS_open, some_file, O_RDONLY);
#else
	(void)syscall(SYS_openat, AT_FDCWD, some_file, O_RDONLY);
#endif
}

static void
try_openat(const struct worker *w)
{
	(void)w;
	(void)syscall(SYS_openat, AT_FDCWD, evidence_file, O_RDONLY);
}

static void
try_openat2(const struct worker *w)
{
	uint64_t how[3] = { O_RDONLY, 0, 0 };

	(void)w;
	(void)syscall(SYS_openat2, AT_FDCWD, some_file, how, sizeof(how));
}

static void
try_stat(const struct worker *w)
{
	struct stat st;

	(void)w;
	(void)syscall(SYS_newfstatat, AT_FDCWD, some_file, &st, 0);
}

static void
try_unlink(const struct worker *w)
{
	(void)w;
	(void)syscall(SYS_unlinkat, AT_FDCWD, "/nonexistent/file", 0);
}

static void
try_truncate(const struct worker *w)
{
	(void)syscall(SYS_ftruncate, w->fds[0], 0L);
}

static void
try_ioctl(const struct worker *w)
{
	(void)syscall(SYS_ioctl, w->fds[0], 0x5401UL, 0UL);
}

static void
try_socket(const struct worker *w)
{
	(void)w;
	(void)syscall(SYS_socket, AF_INET, SOCK_STREAM, 0);
}

static void
try_connect(const struct worker *w)
{
	struct sockaddr_in to = { .sin_family = AF_UNSPEC };

	(void)syscall(SYS_connect, w->channel, &to, sizeof(to));
}

static void
try_execve(const struct worker *w)
{
	char *const none[] = { NULL };

	(void)w;
	(void)syscall(SYS_execve, "/bin/true", none, none);
}

static void
try_fork(const struct worker *w)
{
	(void)w;
	/* With glibc this is the clone call. */
	if (syscall(SYS_clone, (unsigned long)SIGCHLD, 0UL, 0UL, 0UL, 0UL) == 0)
		_exit(0);
}

static void
try_clone3(const struct worker *w)
{
	uint64_t args[8] = { 0 };

	(void)w;
	args[4] = SIGCHLD;		/* exit_signal */
	if (syscall(SYS_clone3, args, sizeof(args)) == 0)
		_exit(0);
}

static void
try_kill(const struct worker *w)
{
	(void)w;
	(void)syscall(SYS_kill, 1, 0);	/* signal 0 harms nobody */
}

static void
try_ptrace(const struct worker *w)
{
	(void)w;
	(void)syscall(SYS_ptrace, (long)PTRACE_TRACEME, 0L, 0L, 0L);
}

static void
try_peek(const struct worker *w)
{
	(void)w;
	(void)syscall(SYS_process_vm_readv, 1, NULL, 0UL, NULL, 0UL, 0UL);
}

static void
try_mmap_exec(const struct worker *w)
{
	(void)w;
	(void)mmap(NULL, 4096, PROT_READ | PROT_EXEC,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static void
try_mmap_shared(const struct worker *w)
{
	(void)mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, w->fds[0],
	    0);
}

static void
try_mprotect_exec(const struct worker *w)
{
	void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	(void)w;
	(void)mprotect(p, 4096, PROT_READ | PROT_EXEC);
}

static void
try_limit(const struct worker *w)
{
	struct rlimit more = { RLIM_INFINITY, RLIM_INFINITY };

	(void)w;
	(void)syscall(SYS_prlimit64, 0, RLIMIT_AS, &more, NULL);
}

static void
try_io_uring(const struct worker *w)
{
	unsigned char params[256] = { 0 };

	(void)w;
	(void)syscall(SYS_io_uring_setup, 1U, params);
}

static void
try_namespace(const struct worker *w)
{
	(void)w;
	(void)syscall(SYS_unshare, 0UL);
}

#ifdef __x86_64__
/* The same kernel by another door, where numbers mean other calls. */
static void
try_x32(const struct worker *w)
{
	(void)w;
	(void)syscall(0x40000000L | SYS_getpid);
}

static void
try_i386(const struct worker *w)
{
	long number = 20;	/* getpid there */

	(void)w;
	__asm__ volatile("int $0x80" : "+a"(number) : : "memory", "cc");
}
#endif

static void
try_write(const struct worker *w)
{
	static const char block[4096];
	uint64_t done = 0;
	ssize_t n = 1;

	while (n > 0 && done <= 2 * TEST_FILE) {
		n = write(w->fds[0], block, sizeof(block));
		done += sizeof(block);
	}
}

/* A refusal is all that is wanted here; the worker lives on. */
static void
try_memory(const struct worker *w)
{
	size_t got = 0;

	(void)w;
	while (got <= 2 * TEST_MEMORY) {
		if (mmap(NULL, 16 * MIB, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED)
			_exit(WORKER_NO_MEMORY);
		got += 16 * MIB;
	}
}

static void
try_time(const struct worker *w)
{
	int64_t begin = time_now();

	(void)w;
	while (time_now() - begin < 20 * TEST_SECONDS * TIME_SECOND)
		;
}

/* What is tried, and how it must end: by this signal, or, if 0, by the
   worker's own word that it was refused. */
static const struct denial {
	const char *name;
	void (*try)(const struct worker *);
	int by;
} denials[] = {
	{ "open", try_open, SIGSYS },
	{ "openat beside the evidence", try_openat, SIGSYS },
	{ "openat2", try_openat2, SIGSYS },
	{ "stat", try_stat, SIGSYS },
	{ "unlink", try_unlink, SIGSYS },
	{ "ftruncate", try_truncate, SIGSYS },
	{ "ioctl", try_ioctl, SIGSYS },
	{ "socket", try_socket, SIGSYS },
	{ "connect", try_connect, SIGSYS },
	{ "execve", try_execve, SIGSYS },
	{ "fork", try_fork, SIGSYS },
	{ "clone3", try_clone3, SIGSYS },
	{ "kill", try_kill, SIGSYS },
	{ "ptrace", try_ptrace, SIGSYS },
	{ "process_vm_readv", try_peek, SIGSYS },
	{ "mmap executable", try_mmap_exec, SIGSYS },
	{ "mmap shared for writing", try_mmap_shared, SIGSYS },
	{ "mprotect executable", try_mprotect_exec, SIGSYS },
	{ "raising a limit", try_limit, SIGSYS },
	{ "io_uring", try_io_uring, SIGSYS },
	{ "unshare", try_namespace, SIGSYS },
#ifdef __x86_64__
	{ "x32 call", try_x32, SIGSYS },
	/* SIGSEGV where the kernel has no such door at all. */
	{ "32-bit call", try_i386, SIGSYS },
#endif
	{ "writing past the file limit", try_write, SIGXFSZ },
	{ "memory past its limit", try_memory, 0 },
	{ "CPU time past its limit", try_time, SIGXCPU },
};
#define NDENIALS	(sizeof(denials) / sizeof(denials[0]))

_Static_assert(NDENIALS + 1 <= NURSERY_JOBS, "all are tried at once");

/* Job number NDENIALS: tells what is enforced. */
static int
tell_state(const struct worker *w)
{
	struct bytes state = bytes_at(&w->jail, sizeof(w->jail));

	if (channel_send(w->channel, state, NULL, 0) != ERR_NONE)
		return WORKER_CHANNEL;
	return WORKER_DONE;
}

int
jail_test_job(const struct worker *w)
{
	/* No sanitizer build: it has nothing to show, and could do harm. */
	if (w->id == NDENIALS || w->jail.sanitizer)
		return tell_state(w);
	assert(w->id < NDENIALS);
	denials[w->id].try(w);
	return THROUGH;
}

struct test {
	struct nursery *nursery;
	struct jail_state state;
	struct nursery_end ends[NDENIALS + 1];
};

static enum err
begin(struct test *t, uint32_t id, int *channel)
{
	struct job job;
	enum err err;
	int file;

	memset(&job, 0, sizeof(job));
	file = memfd_create("jail-test", MFD_CLOEXEC);
	if (file == -1)
		return ERR_IO;
	job.kind = NURSERY_SELF_TEST;
	job.id = id;
	job.limits.memory = TEST_MEMORY;
	job.limits.seconds = TEST_SECONDS;
	job.limits.file = TEST_FILE;
	job.fds = &file;
	job.nfds = 1;
	err = nursery_job(t->nursery, &job, channel);
	(void)close(file);
	return err;
}

/* Starts one worker for each, all at once, and waits for their ends. */
static enum err
try_all(struct test *t)
{
	struct nursery_end end;
	enum err err = ERR_NONE;
	uint32_t id;
	size_t n = 0;
	int channel;

	for (id = 0; id <= NDENIALS && err == ERR_NONE; id++) {
		err = begin(t, id, &channel);
		if (err != ERR_NONE)
			return err;
		if (id == NDENIALS)
			err = channel_receive(channel, &t->state,
			    sizeof(t->state), &n, NULL, NULL);
		(void)close(channel);
	}
	for (id = 0; id <= NDENIALS && err == ERR_NONE; id++) {
		err = nursery_ended(t->nursery, &end);
		if (err == ERR_NONE)
			t->ends[end.id] = end;
	}
	if (err == ERR_NONE && n != sizeof(t->state))
		err = t->ends[NDENIALS].status == WORKER_NO_JAIL ?
		    ERR_DENIED : ERR_WORKER;
	return err;
}

static bool
denied(const struct denial *d, const struct nursery_end *end)
{
	if (d->by == 0)
		return end->exited && end->status == WORKER_NO_MEMORY;
	if (end->exited)
		return false;
#ifdef __x86_64__
	if (d->try == try_i386 && end->status == SIGSEGV)
		return true;
#endif
	return end->status == d->by;
}

static bool
show(FILE *out, const struct denial *d, const struct nursery_end *end)
{
	bool ok = denied(d, end);

	if (!ok && end->exited && end->status == THROUGH)
		(void)fprintf(out, "%s: NOT stopped\n", d->name);
	else if (!ok)
		(void)fprintf(out, "%s: NOT as it should be: the worker %s "
		    "(%s %d)\n", d->name, end->why,
		    end->exited ? "status" : "signal", end->status);
	else if (d->by == 0)
		(void)fprintf(out, "%s: refused\n", d->name);
	else
		(void)fprintf(out, "%s: stopped by the jail (SIG%s)\n",
		    d->name, sigabbrev_np(end->status));
	return ok;
}

static void
show_state(FILE *out, const struct jail_state *s)
{
	const char *missing = jail_missing(s);

	(void)fprintf(out, "\njail: %s\n", jail_name(s));
	if (missing[0] != '\0')
		(void)fprintf(out, "missing: %s\n", missing);
	(void)fprintf(out, "no_new_privs: %s\n",
	    s->no_new_privs ? "yes" : "no");
	if (s->seccomp)
		(void)fprintf(out, "seccomp: %u system calls, any other "
		    "kills\n", filter_calls());
	else
		(void)fprintf(out, "seccomp: no\n");
	(void)fprintf(out, "Landlock: ABI %d in force, the kernel has %d, "
	    "this program knows %d\n", s->landlock, s->landlock_kernel,
	    LANDLOCK_ABI);
	(void)fprintf(out, "limits: %s\n", s->sanitizer ?
	    "files and CPU time" : "memory, CPU time, files, processes");
}

int
jail_test(FILE *out)
{
	struct test t;
	enum err err;
	size_t i;
	bool ok = true;

	memset(&t, 0, sizeof(t));
	err = nursery_start(&t.nursery);
	if (err == ERR_NONE)
		err = try_all(&t);
	nursery_stop(t.nursery);
	if (err != ERR_NONE) {
		(void)fprintf(out, err == ERR_DENIED ? "the jail cannot be "
		    "built on this machine\n" : "the jail could not be "
		    "tested: %s\n", err_text(err));
		return err == ERR_DENIED ? 1 : 3;
	}
	for (i = 0; i < NDENIALS && !t.state.sanitizer; i++)
		ok = show(out, &denials[i], &t.ends[i]) && ok;
	show_state(out, &t.state);
	return ok && !t.state.sanitizer ? 0 : 1;
}
