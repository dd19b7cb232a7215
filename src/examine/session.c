#include "examine/session.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/limits.h"

#define SLOTS		8
/* A worker that is there for so long is stuck, or keeps itself alive by words:
   it has at most LIMIT_WORKER_CPU seconds, and four share a core at worst. */
#define WALL_SECONDS	(LIMIT_WORKER_CPU * 4)
/* What one output file may grow to. */
#define OUTPUT_MAX	(64 * GIB)

const char session_no_output[] = "could not write all of its output";

volatile sig_atomic_t session_stop;

struct slot {
	struct task task;
	uint32_t id;
	int channel;		/* -1 once the worker closed it */
	time_t until;		/* of a clock that only goes forward */
	bool used, over;	/* over: the nursery told its end */
	bool done, broken;
	struct nursery_end end;
};

struct session {
	struct arena arena;
	struct nursery *nursery;
	struct slot slots[SLOTS];
	uint32_t next_id;
	uint8_t *message;
	struct buf answer;
	struct jail_state jail;
	bool jail_known;
};

enum err
session_new(struct session **out)
{
	struct arena arena = arena_with(LIMIT_MESSAGE + 64 * KIB);
	struct session *s = arena_alloc(&arena, 1, sizeof(*s));
	enum err err;

	if (s == NULL)
		return ERR_MEMORY;
	s->message = arena_alloc(&arena, LIMIT_MESSAGE, 1);
	s->arena = arena;
	s->answer = buf_with(LIMIT_MESSAGE);
	if (s->message == NULL) {
		arena_free(&arena);
		return ERR_MEMORY;
	}
	err = nursery_start(&s->nursery);
	if (err != ERR_NONE) {
		arena_free(&arena);
		return err;
	}
	*out = s;
	return ERR_NONE;
}

void
session_free(struct session *s)
{
	struct arena arena;
	unsigned i;

	if (s == NULL)
		return;
	nursery_stop(s->nursery);
	for (i = 0; i < SLOTS; i++)
		if (s->slots[i].used && s->slots[i].channel >= 0)
			(void)close(s->slots[i].channel);
	buf_free(&s->answer);
	arena = s->arena;
	arena_free(&arena);
}

const struct jail_state *
session_jail(const struct session *s)
{
	return &s->jail;
}

static int
least(int a, int b)
{
	return a < b ? a : b;
}

static void
jail_told(struct session *s, const struct jail_state *j)
{
	if (!s->jail_known) {
		s->jail = *j;
		s->jail_known = true;
		return;
	}
	s->jail.no_new_privs &= j->no_new_privs;
	s->jail.seccomp &= j->seccomp;
	s->jail.limits &= j->limits;
	s->jail.sanitizer |= j->sanitizer;
	s->jail.landlock = least(s->jail.landlock, j->landlock);
}

/* The worker broke the protocol, or is stuck. */
static void
slot_break(struct session *s, struct slot *slot)
{
	slot->broken = true;
	(void)nursery_kill(s->nursery, slot->id);
}

static time_t
seconds_now(void)
{
	struct timespec now = { 0, 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}

/* Ends those whose time is up; the others have so many milliseconds. */
static int
break_late(struct session *s)
{
	time_t now = seconds_now(), least = (time_t)WALL_SECONDS;
	struct slot *slot;
	unsigned i;

	for (i = 0; i < SLOTS; i++) {
		slot = &s->slots[i];
		if (!slot->used || slot->broken)
			continue;
		if (slot->until <= now)
			slot_break(s, slot);
		else if (slot->until - now < least)
			least = slot->until - now;
	}
	return (int)least * 1000;
}

static void
answer_open(struct session *s, struct slot *slot, uint32_t member)
{
	const char *why = "cannot be opened";
	uint64_t size = 0;
	int fd = -1;
	bool got = false;

	if (slot->task.open != NULL)
		got = slot->task.open(slot->task.ctx, member, &fd, &size,
		    &why);
	wire_opened(&s->answer, got ? size : 0, got ? "" : why);
	if (channel_send(slot->channel, buf_bytes(&s->answer), &fd,
	    got ? 1 : 0) != ERR_NONE)
		slot_break(s, slot);
	if (got)
		(void)close(fd);
}

static void
answer_ask(struct session *s, struct slot *slot, struct bytes question)
{
	const char *why = "";
	uint64_t size = 0;
	int fds[TASK_FDS];
	int n = -1;

	if (slot->task.ask != NULL)
		n = slot->task.ask(slot->task.ctx, question, fds, &size, &why);
	if (n >= 0)
		wire_opened(&s->answer, size, why);
	if (n < 0 || channel_send(slot->channel, buf_bytes(&s->answer), fds,
	    (unsigned)n) != ERR_NONE)
		slot_break(s, slot);
}

static void
slot_message(struct session *s, struct slot *slot, struct bytes in)
{
	struct wire_message m;
	struct task *task = &slot->task;

	if (slot->broken)
		return;
	if (!wire_read(&m, in, &task->bounds, task->arena)) {
		slot_break(s, slot);
		return;
	}
	switch (m.type) {
	case WIRE_JAIL:
		jail_told(s, &m.jail);
		return;
	case WIRE_OPEN:
		answer_open(s, slot, m.member);
		return;
	case WIRE_ASK:
		answer_ask(s, slot, m.text);
		return;
	case WIRE_OPENED:
		slot_break(s, slot);
		return;
	case WIRE_DONE:
		slot->done = true;
		break;
	default:
		break;
	}
	if (task->message != NULL && !task->message(task->ctx, &m))
		slot_break(s, slot);
}

static void
slot_read(struct session *s, struct slot *slot)
{
	int fds[CHANNEL_FDS];
	unsigned nfds = 0;
	size_t n = 0;
	enum err err;

	err = channel_receive(slot->channel, s->message, LIMIT_MESSAGE, &n,
	    fds, &nfds);
	/* No worker sends descriptors. */
	if (nfds > 0)
		slot_break(s, slot);
	while (nfds > 0)
		(void)close(fds[--nfds]);
	if (err != ERR_NONE || n == 0) {
		(void)close(slot->channel);
		slot->channel = -1;
		return;
	}
	slot_message(s, slot, bytes_at(s->message, n));
}

static void
slot_close(struct slot *slot)
{
	const char *why = NULL;

	if (slot->broken)
		why = "did not keep to the protocol, or was stuck";
	else if (!slot->end.exited || slot->end.status != WORKER_DONE)
		why = slot->end.exited &&
		    slot->end.status == WORKER_NO_OUTPUT ?
		    session_no_output : slot->end.why;
	else if (!slot->done)
		why = "ended before it was done";
	slot->used = false;
	if (slot->task.ended != NULL)
		slot->task.ended(slot->task.ctx, why);
}

static enum err
read_end(struct session *s)
{
	struct nursery_end end;
	enum err err = nursery_ended(s->nursery, &end);
	unsigned i;

	if (err != ERR_NONE)
		return err;
	for (i = 0; i < SLOTS; i++) {
		if (!s->slots[i].used || s->slots[i].id != end.id)
			continue;
		s->slots[i].end = end;
		s->slots[i].over = true;
	}
	return ERR_NONE;
}

/* Waits for something, and does it. */
static enum err
step(struct session *s)
{
	struct pollfd polls[SLOTS + 1];
	struct slot *of[SLOTS + 1];
	unsigned i, n = 1;
	int got;

	polls[0] = (struct pollfd){ .fd = nursery_fd(s->nursery),
	    .events = POLLIN };
	for (i = 0; i < SLOTS; i++) {
		if (!s->slots[i].used || s->slots[i].channel < 0)
			continue;
		of[n] = &s->slots[i];
		polls[n++] = (struct pollfd){ .fd = s->slots[i].channel,
		    .events = POLLIN };
	}
	got = poll(polls, n, break_late(s));
	if (session_stop)
		return ERR_WORKER;
	if (got < 0)
		return errno == EINTR ? ERR_NONE : ERR_IO;
	for (i = 1; i < n; i++)
		if (polls[i].revents != 0)
			slot_read(s, of[i]);
	if (polls[0].revents != 0 && read_end(s) != ERR_NONE)
		return ERR_WORKER;
	for (i = 0; i < SLOTS; i++)
		if (s->slots[i].used && s->slots[i].over &&
		    s->slots[i].channel < 0)
			slot_close(&s->slots[i]);
	return ERR_NONE;
}

static unsigned
under_way(const struct session *s)
{
	unsigned i, n = 0;

	for (i = 0; i < SLOTS; i++)
		n += s->slots[i].used;
	return n;
}

static struct jail_limits
limits_of(const struct task *task)
{
	struct jail_limits limits = task->limits;

	if (limits.memory == 0)
		limits.memory = LIMIT_WORKER_AS;
	if (limits.seconds == 0)
		limits.seconds = LIMIT_WORKER_CPU;
	if (limits.file == 0)
		limits.file = OUTPUT_MAX;
	return limits;
}

enum err
session_start(struct session *s, const struct task *task, unsigned most)
{
	struct job job = { .kind = task->kind, .args = task->args,
	    .fds = task->fds, .nfds = task->nfds };
	struct slot *slot = s->slots;
	enum err err = ERR_NONE;

	if (most > SLOTS)
		most = SLOTS;
	while (err == ERR_NONE && under_way(s) >= most)
		err = step(s);
	if (err != ERR_NONE)
		return err;
	while (slot->used)
		slot++;
	*slot = (struct slot){ .task = *task, .id = s->next_id++ };
	job.id = slot->id;
	job.limits = limits_of(task);
	slot->until = seconds_now() + (time_t)(task->wall > 0 ? task->wall :
	    WALL_SECONDS);
	err = nursery_job(s->nursery, &job, &slot->channel);
	slot->used = err == ERR_NONE;
	return err;
}

enum err
session_until(struct session *s, const bool *over)
{
	enum err err = ERR_NONE;

	while (err == ERR_NONE && !*over && under_way(s) > 0)
		err = step(s);
	return err;
}

enum err
session_finish(struct session *s)
{
	enum err err = ERR_NONE;

	while (err == ERR_NONE && under_way(s) > 0)
		err = step(s);
	return err;
}

void
session_drop(struct session *s)
{
	struct slot *slot;

	for (slot = s->slots; slot < s->slots + SLOTS; slot++) {
		if (!slot->used)
			continue;
		/* Its end, when it comes, is of nobody that is known. */
		(void)nursery_kill(s->nursery, slot->id);
		if (slot->channel >= 0)
			(void)close(slot->channel);
		slot->used = false;
	}
}
