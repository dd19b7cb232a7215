/*
 * The nursery and its workers, for real: this program is also the nursery,
 * for it executes itself.
 */
#include "jail/nursery.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/limits.h"
#include "base/time.h"
#include "jail/landlock.h"

#ifdef OSTRAKON_SANITIZER
#define SANITIZER	true
#else
#define SANITIZER	false
#endif

#define ROUNDS	200		/* of the time measurement */

extern char **environ;

/* ---- What workers do ---- */

static unsigned prepared;	/* in the nursery */

static void
prepare(void)
{
	prepared++;
}

static int
say(const struct worker *w, const void *p, size_t n)
{
	return channel_send(w->channel, bytes_at(p, n), NULL, 0) == ERR_NONE ?
	    WORKER_DONE : WORKER_CHANNEL;
}

static int
job_state(const struct worker *w)
{
	return say(w, &w->jail, sizeof(w->jail));
}

static int
job_args(const struct worker *w)
{
	return say(w, w->args.p, w->args.n);
}

/* Says which of its descriptors exist; lseek it may. */
static int
job_fds(const struct worker *w)
{
	char seen[JAIL_FILES];
	int fd;

	for (fd = 0; fd < JAIL_FILES; fd++)
		seen[fd] = lseek(fd, 0, SEEK_CUR) == -1 && errno == EBADF ?
		    '.' : 'x';
	return say(w, seen, sizeof(seen));
}

/* Sends the first byte of each of its files, then of each that comes. */
static int
job_read(const struct worker *w)
{
	char text[CHANNEL_FDS], order[16];
	int fds[CHANNEL_FDS];
	unsigned i, nfds;
	size_t n;

	for (i = 0; i < w->nfds; i++)
		if (pread(w->fds[i], text + i, 1, 0) != 1)
			return 5;
	if (say(w, text, w->nfds) != WORKER_DONE)
		return WORKER_CHANNEL;
	for (;;) {
		if (channel_receive(w->channel, order, sizeof(order), &n, fds,
		    &nfds) != ERR_NONE)
			return WORKER_CHANNEL;
		if (n == 0)
			return WORKER_DONE;
		if (nfds != 1 || pread(fds[0], text, 1, 0) != 1)
			return 6;
		(void)close(fds[0]);
		if (say(w, text, 1) != WORKER_DONE)
			return WORKER_CHANNEL;
	}
}

/* The nursery's environment, and how often prepare was called. */
static int
job_environment(const struct worker *w)
{
	char text[4096];
	size_t n = 0;
	char **e;

	n += (size_t)snprintf(text, sizeof(text), "%u\n", prepared);
	for (e = environ; *e != NULL && n < sizeof(text); e++)
		n += (size_t)snprintf(text + n, sizeof(text) - n, "%s\n", *e);
	return say(w, text, n);
}

static int
job_wait(const struct worker *w)
{
	char room[16];
	size_t n;

	if (say(w, "here", 4) != WORKER_DONE)
		return WORKER_CHANNEL;
	(void)channel_receive(w->channel, room, sizeof(room), &n, NULL, NULL);
	return WORKER_DONE;
}

static int
job_flood(const struct worker *w)
{
	static uint8_t block[LIMIT_MESSAGE];

	for (;;)
		if (say(w, block, sizeof(block)) != WORKER_DONE)
			return WORKER_CHANNEL;
}

static int
job_spin(const struct worker *w)
{
	volatile uint64_t n = 0;

	while (n != UINT64_MAX)
		n += w->id % 2;
	return WORKER_DONE;
}

/* Breaks the protocol: a packet longer than any message, with a descriptor,
   by the call that channel_send would make. */
static int
job_forge(const struct worker *w)
{
	static uint8_t block[LIMIT_MESSAGE + 1];
	struct iovec part = { block, sizeof(block) };
	struct msghdr m = { .msg_iov = &part, .msg_iovlen = 1 };

	if (sendmsg(w->channel, &m, MSG_NOSIGNAL) == -1)
		return 5;
	return job_wait(w);
}

static int
job_hide(const struct worker *w)
{
	(void)close(w->channel);
	return job_spin(w);
}

/* Ends in the way that its first byte of args says. */
static int
job_end(const struct worker *w)
{
	static const char block[4096];
	volatile char *nowhere = NULL;
	char c = (char)w->args.p[0];
	int i;

	switch (c) {
	case 's':
		*nowhere = 1;
		break;
	case 'a':
		abort();
	case 'o':
		(void)open("/etc/passwd", O_RDONLY);
		break;
	case 'w':
		for (i = 0; i < 100; i++)
			if (write(w->fds[0], block, sizeof(block)) == -1)
				return 5;
		break;
	case 't':
		return job_spin(w);
	case 'e':
		if (write(STDERR_FILENO, "\033[31mseen\n", 10) != 10 ||
		    write(STDOUT_FILENO, "seen\n", 5) != 5)
			return 5;
		break;
	case 'm':
		if (mmap(NULL, 128 * MIB, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED)
			return WORKER_NO_MEMORY;
		break;
	case 'c':
		return WORKER_CHANNEL;
	case '9':
		return 9;
	}
	return WORKER_DONE;
}

enum kind { STATE, ARGS, FDS, READ, ENVIRONMENT, WAIT, FLOOD, FORGE, HIDE, END,
    KINDS };

static job_fn *const jobs[KINDS] = {
	[STATE] = job_state, [ARGS] = job_args, [FDS] = job_fds,
	[READ] = job_read, [ENVIRONMENT] = job_environment, [WAIT] = job_wait,
	[FLOOD] = job_flood, [FORGE] = job_forge, [HIDE] = job_hide,
	[END] = job_end,
};

/* ---- The parent ---- */

static uint8_t room[LIMIT_MESSAGE];

static struct job
job_of(enum kind kind, uint32_t id)
{
	struct job job;

	memset(&job, 0, sizeof(job));
	job.kind = kind;
	job.id = id;
	job.limits.memory = 128 * MIB;
	job.limits.seconds = 10;
	job.limits.file = 64 * KIB;
	return job;
}

static struct nursery *
started(void)
{
	struct nursery *n = NULL;

	assert_int_equal(nursery_start(&n), ERR_NONE);
	assert_non_null(n);
	return n;
}

static int
begin(struct nursery *n, const struct job *job)
{
	int channel = -1;

	assert_int_equal(nursery_job(n, job, &channel), ERR_NONE);
	assert_true(channel >= 0);
	return channel;
}

static size_t
hear(int channel)
{
	size_t n = 0;

	assert_int_equal(channel_receive(channel, room, sizeof(room), &n, NULL,
	    NULL), ERR_NONE);
	return n;
}

static void
hear_text(int channel, const char *text)
{
	size_t n = hear(channel);

	assert_int_equal(n, strlen(text));
	assert_memory_equal(room, text, n);
}

static struct nursery_end
ended(struct nursery *n)
{
	struct pollfd p = { nursery_fd(n), POLLIN, 0 };
	struct nursery_end end;

	assert_int_equal(poll(&p, 1, 30000), 1);
	assert_int_equal(nursery_ended(n, &end), ERR_NONE);
	return end;
}

/* True once the other side is closed everywhere: all who had it are dead. */
static bool
gone(int channel)
{
	struct pollfd p = { channel, POLLIN, 0 };

	for (;;) {
		if (poll(&p, 1, 10000) != 1)
			return false;
		if (hear(channel) == 0)
			return true;
	}
}

static unsigned
open_fds(void)
{
	DIR *dir = opendir("/proc/self/fd");
	unsigned n = 0;

	assert_non_null(dir);
	while (readdir(dir) != NULL)
		n++;
	(void)closedir(dir);
	return n;
}

static int
text_file(const char *text)
{
	int fd = memfd_create("text", MFD_CLOEXEC);

	assert_true(fd != -1);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	return fd;
}

static void
a_job_from_end_to_end(void **state)
{
	unsigned before = open_fds();
	struct nursery *n = started();
	struct job job = job_of(ARGS, 4711);
	struct nursery_end end;
	int channel;

	(void)state;
	job.args = bytes_of("what it is told");
	channel = begin(n, &job);
	hear_text(channel, "what it is told");
	end = ended(n);
	assert_int_equal(end.id, 4711);
	assert_true(end.exited);
	assert_int_equal(end.status, WORKER_DONE);
	assert_string_equal(end.why, "ended");
	assert_true(gone(channel));
	(void)close(channel);
	nursery_stop(n);
	nursery_stop(NULL);
	assert_int_equal(open_fds(), before);
	/* Nothing of it is left to wait for. */
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
}

static void
the_longest_args(void **state)
{
	static uint8_t args[NURSERY_ARGS];
	struct nursery *n = started();
	struct job job = job_of(ARGS, 1);
	int channel;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(args); i++)
		args[i] = (uint8_t)(i ^ i >> 8);
	job.args = bytes_at(args, sizeof(args));
	channel = begin(n, &job);
	assert_int_equal(hear(channel), sizeof(args));
	assert_memory_equal(room, args, sizeof(args));
	(void)close(channel);
	nursery_stop(n);
}

static void
descriptors_in_their_order(void **state)
{
	struct nursery *n = started();
	struct job job = job_of(READ, 1);
	int fds[NURSERY_FDS], late, channel;
	char text[NURSERY_FDS + 1] = { 0 };
	unsigned i, round;

	(void)state;
	for (i = 0; i < NURSERY_FDS; i++) {
		text[i] = (char)('a' + i);
		fds[i] = text_file(text + i);
	}
	job.fds = fds;
	job.nfds = NURSERY_FDS;
	channel = begin(n, &job);
	hear_text(channel, text);
	/* More than it could hold open, one after the other. */
	for (round = 0; round < 2 * JAIL_FILES; round++) {
		late = text_file("late");
		assert_int_equal(channel_send(channel, bytes_of("one"), &late,
		    1), ERR_NONE);
		(void)close(late);
		hear_text(channel, "l");
	}
	assert_int_equal(shutdown(channel, SHUT_WR), 0);
	assert_int_equal(ended(n).status, WORKER_DONE);
	(void)close(channel);
	for (i = 0; i < NURSERY_FDS; i++)
		(void)close(fds[i]);
	nursery_stop(n);
}

/* 0 to 2 lead nowhere, 3 is the channel, then its own files: no more. */
static void
a_worker_has_nothing_else(void **state)
{
	char want[JAIL_FILES];
	int stray = open("/", O_RDONLY), file = text_file("x"), channel;
	struct nursery *n = started();
	struct job job = job_of(FDS, 1);

	(void)state;
	job.fds = &file;
	job.nfds = 1;
	channel = begin(n, &job);
	memset(want, '.', sizeof(want));
	memset(want, 'x', 5);
	assert_int_equal(hear(channel), sizeof(want));
	assert_memory_equal(room, want, sizeof(want));
	(void)close(channel);
	(void)close(stray);
	(void)close(file);
	nursery_stop(n);
}

static void
the_environment_is_emptied(void **state)
{
	struct nursery *n;
	struct job job = job_of(ENVIRONMENT, 1);
	int channel;
	size_t got;

	(void)state;
	assert_int_equal(setenv("OSTRAKON_SECRET", "password", 1), 0);
	assert_int_equal(setenv("OSTRAKON_JAIL_ABI", "5", 1), 0);
	n = started();
	assert_int_equal(unsetenv("OSTRAKON_SECRET"), 0);
	assert_int_equal(unsetenv("OSTRAKON_JAIL_ABI"), 0);
	channel = begin(n, &job);
	got = hear(channel);
	assert_true(got < sizeof(room));
	room[got] = '\0';
	assert_null(strstr((char *)room, "OSTRAKON_SECRET"));
	assert_null(strstr((char *)room, "PATH="));
	if (!SANITIZER)
		assert_string_equal((char *)room, "1\nOSTRAKON_JAIL_ABI=5\n");
	(void)close(channel);
	/* Prepared once, not for each. */
	channel = begin(n, &job);
	assert_true(hear(channel) > 2);
	assert_memory_equal(room, "1\n", 2);
	(void)close(channel);
	nursery_stop(n);
}

/* All say that they are there before one of them may go on. */
static void
several_at_once(void **state)
{
	unsigned before = open_fds();
	struct nursery *n = started();
	int channels[NURSERY_JOBS];
	bool seen[NURSERY_JOBS] = { false };
	struct nursery_end end;
	struct job job;
	unsigned round, i;

	(void)state;
	for (round = 0; round < 2; round++) {
		for (i = 0; i < NURSERY_JOBS; i++) {
			job = job_of(WAIT, i);
			channels[i] = begin(n, &job);
		}
		for (i = 0; i < NURSERY_JOBS; i++)
			hear_text(channels[i], "here");
		for (i = 0; i < NURSERY_JOBS; i++)
			(void)close(channels[i]);
		for (i = 0; i < NURSERY_JOBS; i++) {
			end = ended(n);
			assert_true(end.id < NURSERY_JOBS);
			assert_int_equal(seen[end.id], round == 1);
			seen[end.id] = !seen[end.id];
			assert_int_equal(end.status, WORKER_DONE);
		}
	}
	nursery_stop(n);
	assert_int_equal(open_fds(), before);
}

static void
how_a_worker_ended(void **state)
{
	static const struct {
		const char *args;
		bool exited;
		int status;
		const char *why;
		bool plain;	/* only where the jail is real */
	} cases[] = {
		{ "-", true, WORKER_DONE, "ended", false },
		{ "9", true, 9, "gave up", false },
		{ "c", true, WORKER_CHANNEL, "lost its connection", false },
		{ "m", true, WORKER_NO_MEMORY, "ran out of memory", true },
		{ "s", false, SIGSEGV, "crashed (memory fault)", true },
		{ "o", false, SIGSYS, "was stopped by the jail", true },
		{ "w", false, SIGXFSZ, "wrote more than it may", false },
		{ "t", false, SIGXCPU, "used up its time", false },
	};
	struct nursery *n = started();
	int file = text_file(""), channel;
	struct nursery_end end;
	struct job job;
	unsigned i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		if (cases[i].plain && SANITIZER)
			continue;
		job = job_of(END, i);
		job.args = bytes_of(cases[i].args);
		job.limits.seconds = 1;
		job.fds = &file;
		job.nfds = 1;
		channel = begin(n, &job);
		end = ended(n);
		(void)close(channel);
		assert_int_equal(end.id, i);
		assert_string_equal(end.why, cases[i].why);
		assert_int_equal(end.exited, cases[i].exited);
		assert_int_equal(end.status, cases[i].status);
	}
	(void)close(file);
	nursery_stop(n);
}

/* What a worker writes to its standard output and error goes nowhere. */
static void
no_way_to_the_terminal(void **state)
{
	int seen = memfd_create("terminal", MFD_CLOEXEC), out, err, channel;
	struct job job = job_of(END, 1);
	struct nursery_end end;
	struct nursery *n;

	(void)state;
	if (SANITIZER)
		skip();
	(void)fflush(stdout);
	out = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 10);
	err = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 10);
	assert_int_equal(dup2(seen, STDOUT_FILENO), STDOUT_FILENO);
	assert_int_equal(dup2(seen, STDERR_FILENO), STDERR_FILENO);
	n = started();
	assert_int_equal(dup2(out, STDOUT_FILENO), STDOUT_FILENO);
	assert_int_equal(dup2(err, STDERR_FILENO), STDERR_FILENO);
	job.args = bytes_of("e");
	channel = begin(n, &job);
	end = ended(n);
	assert_int_equal(end.status, WORKER_DONE);
	assert_int_equal(lseek(seen, 0, SEEK_END), 0);
	(void)close(channel);
	(void)close(seen);
	(void)close(out);
	(void)close(err);
	nursery_stop(n);
}

/* abort() cannot send itself its signal in the jail; it ends all the same, as
   a crash and not as an attack. */
static void
a_failed_assertion_is_a_crash(void **state)
{
	struct nursery *n = started();
	struct job job = job_of(END, 1);
	struct nursery_end end;
	int channel;

	(void)state;
	if (SANITIZER) {
		nursery_stop(n);
		skip();
	}
	job.args = bytes_of("a");
	channel = begin(n, &job);
	end = ended(n);
	assert_false(end.exited);
	assert_memory_equal(end.why, "crashed", strlen("crashed"));
	(void)close(channel);
	nursery_stop(n);
}

static void
killed_by_order(void **state)
{
	static const enum kind kinds[] = { WAIT, FLOOD, HIDE, FORGE };
	struct nursery *n = started();
	struct nursery_end end;
	struct job job;
	int channels[4];
	unsigned i;

	(void)state;
	for (i = 0; i < 4; i++) {
		job = job_of(kinds[i], 10 + i);
		channels[i] = begin(n, &job);
	}
	assert_int_equal(nursery_kill(n, 99), ERR_NONE);	/* nobody */
	hear_text(channels[0], "here");
	for (i = 0; i < 100; i++)
		assert_int_equal(hear(channels[1]), LIMIT_MESSAGE);
	assert_int_equal(hear(channels[2]), 0);
	assert_int_equal(channel_receive(channels[3], room, sizeof(room),
	    &(size_t){ 0 }, NULL, NULL), ERR_WORKER);
	hear_text(channels[3], "here");
	for (i = 0; i < 4; i++) {
		assert_int_equal(nursery_kill(n, 10 + i), ERR_NONE);
		end = ended(n);
		assert_int_equal(end.id, 10 + i);
		assert_false(end.exited);
		assert_int_equal(end.status, SIGKILL);
		assert_string_equal(end.why,
		    "was ended because it took too long or broke the rules");
		assert_true(gone(channels[i]));
		(void)close(channels[i]);
	}
	nursery_stop(n);
}

/* Workers that would never end do not outlive nursery_stop. */
static void
stop_ends_all(void **state)
{
	static const enum kind kinds[] = { WAIT, FLOOD, HIDE, END };
	struct nursery *n = started();
	struct job job;
	int channels[4], outer[2];
	unsigned i;

	(void)state;
	assert_int_equal(channel_pair(outer), ERR_NONE);
	for (i = 0; i < 4; i++) {
		job = job_of(kinds[i], i);
		job.args = bytes_of("t");
		job.fds = &outer[1];	/* closed when the last is dead */
		job.nfds = 1;
		channels[i] = begin(n, &job);
	}
	hear_text(channels[0], "here");
	nursery_stop(n);
	(void)close(outer[1]);
	assert_int_equal(hear(outer[0]), 0);
	for (i = 0; i < 4; i++)
		(void)close(channels[i]);
	(void)close(outer[0]);
}

/* The pid of the only child of this program; -1 if the system does not say. */
static pid_t
only_child(void)
{
	char path[64], text[64];
	ssize_t n;
	int fd;

	(void)snprintf(path, sizeof(path), "/proc/self/task/%d/children",
	    (int)getpid());
	fd = open(path, O_RDONLY);
	if (fd == -1)
		return -1;
	n = read(fd, text, sizeof(text) - 1);
	(void)close(fd);
	if (n <= 0)
		return -1;
	text[n] = '\0';
	return (pid_t)strtol(text, NULL, 10);
}

static void
the_nursery_dies(void **state)
{
	struct nursery *n = started();
	struct job job = job_of(WAIT, 1);
	struct nursery_end end;
	pid_t pid = only_child();
	int channel, none = -1;

	(void)state;
	channel = begin(n, &job);
	hear_text(channel, "here");
	if (pid == -1) {
		nursery_stop(n);
		skip();
	}
	assert_int_equal(kill(pid, SIGKILL), 0);
	assert_true(gone(channel));
	assert_int_equal(nursery_ended(n, &end), ERR_WORKER);
	assert_int_equal(nursery_ended(n, &end), ERR_WORKER);
	assert_int_equal(nursery_job(n, &job, &none), ERR_WORKER);
	assert_int_equal(none, -1);
	(void)close(channel);
	nursery_stop(n);
}

/* The parent is killed: nobody is left to stop anything. */
static void
the_parent_dies(void **state)
{
	int outer[2], channel, status;
	struct nursery *n = NULL;
	struct job job = job_of(HIDE, 1);
	pid_t pid;

	(void)state;
	assert_int_equal(channel_pair(outer), ERR_NONE);
	pid = fork();
	assert_true(pid != -1);
	if (pid == 0) {
		job.fds = &outer[1];
		job.nfds = 1;
		if (nursery_start(&n) != ERR_NONE ||
		    nursery_job(n, &job, &channel) != ERR_NONE)
			_exit(1);
		/* It has closed its channel: it is at work. */
		(void)channel_receive(channel, room, sizeof(room),
		    &(size_t){ 0 }, NULL, NULL);
		(void)kill(getpid(), SIGKILL);
	}
	(void)close(outer[1]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	assert_true(gone(outer[0]));
	(void)close(outer[0]);
}

static void
landlock_is_lowered(void **state)
{
	static const struct {
		const char *text;
		int abi;
	} cases[] = {
		{ "0", 0 }, { "1", 1 }, { "2", 2 }, { "3", 3 }, { "4", 4 },
		{ "5", 5 }, { "6", 6 }, { "7", 7 }, { "8", LANDLOCK_ABI },
		{ "-1", LANDLOCK_ABI }, { "none", LANDLOCK_ABI },
		{ "", LANDLOCK_ABI },
	};
	struct jail_state s;
	struct nursery *n;
	struct job job = job_of(STATE, 1);
	int channel, abi;
	unsigned i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(setenv("OSTRAKON_JAIL_ABI", cases[i].text, 1),
		    0);
		n = started();
		channel = begin(n, &job);
		assert_int_equal(hear(channel), sizeof(s));
		memcpy(&s, room, sizeof(s));
		(void)close(channel);
		nursery_stop(n);
		assert_true(s.no_new_privs && s.limits);
		assert_int_equal(s.sanitizer, SANITIZER);
		assert_int_equal(s.seccomp, !SANITIZER);
		assert_int_equal(s.landlock_kernel, landlock_offered());
		abi = cases[i].abi < landlock_offered() ? cases[i].abi :
		    landlock_offered();
		assert_int_equal(s.landlock, SANITIZER ? 0 : abi);
		assert_string_equal(jail_name(&s),
		    SANITIZER ? "none: sanitizer build" :
		    abi >= LANDLOCK_ABI_FULL ? "full" : "partial");
		assert_int_equal(jail_missing(&s)[0] == '\0',
		    !SANITIZER && abi >= LANDLOCK_ABI_FULL);
	}
	assert_int_equal(unsetenv("OSTRAKON_JAIL_ABI"), 0);
}

static int
by_size(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* How long it takes from the order to a worker's first word. */
static void
it_is_quick(void **state)
{
	static int64_t took[ROUNDS];
	struct nursery *n = started();
	struct job job = job_of(STATE, 1);
	int64_t begun;
	unsigned i;
	int channel;

	(void)state;
	for (i = 0; i < ROUNDS; i++) {
		begun = time_now();
		channel = begin(n, &job);
		assert_int_equal(hear(channel), sizeof(struct jail_state));
		took[i] = time_now() - begun;
		(void)close(channel);
		(void)ended(n);
	}
	nursery_stop(n);
	qsort(took, ROUNDS, sizeof(took[0]), by_size);
	print_message("a worker's first word after %lld us (median of %d)\n",
	    (long long)took[ROUNDS / 2], ROUNDS);
	assert_true(took[ROUNDS / 2] < 100000);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_job_from_end_to_end),
		cmocka_unit_test(the_longest_args),
		cmocka_unit_test(descriptors_in_their_order),
		cmocka_unit_test(a_worker_has_nothing_else),
		cmocka_unit_test(the_environment_is_emptied),
		cmocka_unit_test(several_at_once),
		cmocka_unit_test(how_a_worker_ended),
		cmocka_unit_test(no_way_to_the_terminal),
		cmocka_unit_test(a_failed_assertion_is_a_crash),
		cmocka_unit_test(killed_by_order),
		cmocka_unit_test(stop_ends_all),
		cmocka_unit_test(the_nursery_dies),
		cmocka_unit_test(the_parent_dies),
		cmocka_unit_test(landlock_is_lowered),
		cmocka_unit_test(it_is_quick),
	};

	if (argc > 1 && strcmp(argv[1], "--nursery") == 0)
		return nursery_main(jobs, KINDS, prepare);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
