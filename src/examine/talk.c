#include "examine/talk.h"

#include <unistd.h>

#include "base/limits.h"
#include "examine/wire.h"

/* An answer to talk_open: a size and a sentence. */
#define ANSWER_MAX	(LIMIT_FINDING_TEXT + 64)

void
talk_send(struct talk *t)
{
	if (t->message.bad || channel_send(t->worker->channel,
	    buf_bytes(&t->message), NULL, 0) != ERR_NONE)
		_exit(WORKER_CHANNEL);
}

void
talk_start(struct talk *t, const struct worker *worker)
{
	t->worker = worker;
	t->nfds = 0;
	t->message = buf_with(LIMIT_MESSAGE);
	t->arena = arena_with(LIMIT_MESSAGE);
	wire_jail(&t->message, &worker->jail);
	talk_send(t);
}

void
talk_close(struct talk *t)
{
	while (t->nfds > 0)
		(void)close(t->fds[--t->nfds]);
}

/* The parent's sentence, kept until the next one. */
static const char *
reason(struct bytes text)
{
	static char why[160];
	size_t n;

	for (n = 0; n < text.n && n < sizeof(why) - 1; n++)
		why[n] = (char)text.p[n];
	why[n] = '\0';
	return why;
}

bool
talk_open(struct talk *t, uint32_t number, struct input *in, const char **why)
{
	static uint8_t answer[ANSWER_MAX];
	struct wire_bounds none = { 0, 0, 0 };
	struct wire_message m;
	int fds[CHANNEL_FDS];
	unsigned nfds;
	size_t n;

	wire_open(&t->message, number);
	talk_send(t);
	if (channel_receive(t->worker->channel, answer, sizeof(answer), &n,
	    fds, &nfds) != ERR_NONE || n == 0 ||
	    !wire_read(&m, bytes_at(answer, n), &none, &t->arena) ||
	    m.type != WIRE_OPENED)
		_exit(WORKER_CHANNEL);
	if (nfds == 0) {
		*why = reason(m.text);
		return false;
	}
	if (t->nfds == TALK_INPUTS) {
		(void)close(fds[0]);
		*why = "too many files at once";
		return false;
	}
	t->fds[t->nfds++] = fds[0];
	*in = input_file(fds[0], m.size);
	return true;
}

void
talk_note(struct talk *t, struct bytes text)
{
	wire_note(&t->message, text);
	talk_send(t);
}

void
talk_done(struct talk *t, const struct engine_counts *counts)
{
	static const struct engine_counts none;

	wire_done(&t->message, counts == NULL ? &none : counts);
	talk_send(t);
	buf_free(&t->message);
	arena_free(&t->arena);
}
