#include "election/count_run.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/input.h"
#include "base/limits.h"
#include "jail/channel.h"
#include "jail/nursery.h"

/* The worker of a country of a million stations takes some 200 MiB. */
#define WORKER_MEMORY	(3 * GIB)
/* Every station as NIST JSON: half a gigabyte for 100,000 of them. */
#define WORKER_FILE	(16 * GIB)
/* What a pipe may bring. */
#define PIPE_BYTES	(4 * GIB)
#define WHY_BYTES	300
#define JOB_ID		1

/* --- opening -------------------------------------------------------------- */

static enum err
err_of(int number)
{
	switch (number) {
	case ENOENT:
	case ENOTDIR:
		return ERR_MISSING;
	case EACCES:
	case EPERM:
		return ERR_DENIED;
	case ENOSPC:
		return ERR_FULL;
	default:
		return ERR_IO;
	}
}

/* What comes from a pipe is kept in memory: it is read more than once. */
static enum err
gather(int from, int *to)
{
	static uint8_t room[64 * KIB];
	uint64_t all = 0;
	ssize_t n;

	*to = memfd_create("results", MFD_CLOEXEC);
	if (*to < 0)
		return ERR_MEMORY;
	while ((n = read(from, room, sizeof(room))) > 0) {
		all += (uint64_t)n;
		if (all > PIPE_BYTES || write(*to, room, (size_t)n) != n)
			return ERR_MEMORY;
	}
	return n == 0 ? ERR_NONE : ERR_IO;
}

static enum err
open_file(const char *path, int *fd, uint64_t *size)
{
	struct stat st;
	enum err err = ERR_NONE;
	int from;

	from = strcmp(path, "-") == 0 ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC,
	    3) : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	*fd = from;
	if (from < 0 || fstat(from, &st) != 0)
		return err_of(errno);
	if (S_ISDIR(st.st_mode))
		return ERR_KIND;
	if (!S_ISREG(st.st_mode)) {
		err = gather(from, fd);
		(void)close(from);
		if (err == ERR_NONE && fstat(*fd, &st) != 0)
			err = ERR_IO;
	}
	*size = err == ERR_NONE ? (uint64_t)st.st_size : 0;
	return err;
}

/* --- the conversation ----------------------------------------------------- */

static enum err
send_file(int channel, enum count_role role, const char *path, char *why)
{
	struct buf b = buf_with(LIMIT_MESSAGE);
	uint64_t size = 0;
	int fd = -1;
	enum err err = open_file(path, &fd, &size);

	if (err != ERR_NONE)
		(void)snprintf(why, WHY_BYTES, "%s: %s", path, err ==
		    ERR_KIND ? "this is a folder" : err_text(err));
	buf_le(&b, role, 4);
	buf_le(&b, size, 8);
	buf_text(&b, path);
	if (err == ERR_NONE)
		err = channel_send(channel, buf_bytes(&b), &fd, 1);
	buf_free(&b);
	if (fd >= 0)
		(void)close(fd);
	return err;
}

static enum err
send_all(const struct count_ask *ask, int channel, char *why)
{
	struct buf b = buf_with(64);
	enum err err = ERR_NONE;
	unsigned i;

	if (ask->profile != NULL)
		err = send_file(channel, COUNT_PROFILE, ask->profile, why);
	for (i = 0; i < ask->nresults && err == ERR_NONE; i++)
		err = send_file(channel, COUNT_RESULTS, ask->results[i], why);
	if (ask->stations != NULL && err == ERR_NONE)
		err = send_file(channel, COUNT_EXPECT, ask->stations, why);
	if (ask->annul != NULL && err == ERR_NONE)
		err = send_file(channel, COUNT_ANNUL, ask->annul, why);
	buf_le(&b, COUNT_DONE, 4);
	buf_le(&b, 0, 8);
	if (err == ERR_NONE)
		err = channel_send(channel, buf_bytes(&b), NULL, 0);
	buf_free(&b);
	return err;
}

static void
text(struct buf *b, struct bytes t)
{
	buf_le(b, t.n, 4);
	buf_add(b, t);
}

static void
arguments(const struct count_ask *ask, struct buf *b)
{
	buf_le(b, ask->flags, 4);
	buf_le(b, ask->about.round, 4);
	buf_le(b, ask->about.complete, 4);
	buf_le(b, (uint32_t)ask->about.voting, 4);
	text(b, bytes_of(ask->leader == NULL ? "" : ask->leader));
	text(b, ask->about.title);
	text(b, ask->about.country);
}

static volatile sig_atomic_t stopped;

void
count_run_stop(void)
{
	stopped = 1;
}

/* Waits for the worker's end; if somebody wants to stop, this is it. */
static void
wait_for(struct nursery *nursery)
{
	struct pollfd fd = { nursery_fd(nursery), POLLIN, 0 };
	sigset_t all, before;

	/* A signal comes while we wait, or not at all. */
	(void)sigfillset(&all);
	(void)sigprocmask(SIG_BLOCK, &all, &before);
	while (stopped == 0 && ppoll(&fd, 1, NULL, &before) < 0 &&
	    errno == EINTR)
		;
	(void)sigprocmask(SIG_SETMASK, &before, NULL);
	if (stopped != 0)
		(void)nursery_kill(nursery, JOB_ID);
}

/* How it ended, as a sentence, if it did not end well. */
static enum err
ended(struct nursery *nursery, enum err sent, char *why)
{
	struct nursery_end end;
	enum err err;

	wait_for(nursery);
	err = nursery_ended(nursery, &end);
	if (stopped != 0) {
		(void)snprintf(why, WHY_BYTES, "interrupted");
		return ERR_WORKER;
	}
	if (err != ERR_NONE)
		(void)snprintf(why, WHY_BYTES, "the jail could not be "
		    "started");
	if (err != ERR_NONE || (end.exited && end.status == WORKER_DONE))
		return err == ERR_NONE ? sent : err;
	if (why[0] != '\0')		/* a file could not be opened */
		return sent == ERR_NONE ? ERR_WORKER : sent;
	if (end.exited && end.status == WORKER_NO_MEMORY)
		(void)snprintf(why, WHY_BYTES, "there is not enough memory to "
		    "count this");
	else if (end.exited && end.status == COUNT_BAD_PROFILE)
		(void)snprintf(why, WHY_BYTES, "the profile cannot be used");
	else if (end.exited && end.status == COUNT_NO_OUTPUT)
		(void)snprintf(why, WHY_BYTES, "the output could not be "
		    "written (is the disk full?)");
	else
		(void)snprintf(why, WHY_BYTES, "the results could not be "
		    "counted: the worker %s", end.why);
	return ERR_WORKER;
}

static enum err
work(const struct count_ask *ask, struct nursery *nursery, int tally,
    char *why)
{
	struct jail_limits limits = { WORKER_MEMORY, LIMIT_WORKER_CPU,
	    WORKER_FILE };
	struct buf args = buf_with(NURSERY_ARGS);
	struct job job = { .kind = ask->kind, .id = JOB_ID, .limits = limits };
	int fds[3] = { tally, -1, -1 }, channel = -1;
	enum err err;

	job.nfds = 1;
	if ((ask->flags & COUNT_WITH_STATIONS) != 0)
		fds[job.nfds++] = ask->stations_fd;
	if ((ask->flags & COUNT_WITH_NIST) != 0)
		fds[job.nfds++] = ask->nist_fd;
	job.fds = fds;
	arguments(ask, &args);
	job.args = buf_bytes(&args);
	err = args.bad ? ERR_MEMORY : nursery_job(nursery, &job, &channel);
	if (err == ERR_NONE) {
		err = send_all(ask, channel, why);
		(void)close(channel);	/* it breaks off if it waits for more */
		err = ended(nursery, err, why);
	}
	buf_free(&args);
	return err;
}

/* --- the tally ------------------------------------------------------------ */

static enum err
fetch(int fd, struct arena *arena, struct tally *tally)
{
	struct stat st;
	void *p;
	size_t n;
	struct input in;

	if (fstat(fd, &st) != 0 || st.st_size < 0 ||
	    (uint64_t)st.st_size > COUNT_BYTES)
		return ERR_WORKER;
	n = (size_t)st.st_size;
	p = arena_alloc(arena, n + 1, 1);
	if (p == NULL)
		return ERR_MEMORY;
	in = input_file(fd, n);
	if (input_read(&in, p, n, 0) != n ||
	    !tally_read(bytes_at(p, n), arena, tally))
		return arena->bad ? ERR_MEMORY : ERR_WORKER;
	return ERR_NONE;
}

enum err
count_run(const struct count_ask *ask, struct arena *arena,
    struct tally *tally, char why[300])
{
	struct nursery *nursery = ask->nursery;
	int fd = memfd_create("tally", MFD_CLOEXEC);
	enum err err = fd < 0 ? ERR_MEMORY : ERR_NONE;

	why[0] = '\0';
	if (err == ERR_NONE && nursery == NULL)
		err = nursery_start(&nursery);
	if (err == ERR_NONE)
		err = work(ask, nursery, fd, why);
	if (nursery != ask->nursery)
		nursery_stop(nursery);
	if (err == ERR_NONE)
		err = fetch(fd, arena, tally);
	if (fd >= 0)
		(void)close(fd);
	if (err != ERR_NONE && why[0] == '\0')
		(void)snprintf(why, WHY_BYTES, "the results could not be "
		    "counted: %s", err_text(err));
	return err;
}
