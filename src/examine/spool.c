#include "examine/spool.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/sort.h"

#define MARK		0x6e757254u
#define HEAD		12u		/* mark and length of a run */
#define RUN_BYTES	(2 * MIB)	/* of events, sorted at once */
#define RUN_EVENTS	32768u
#define WINDOW		(16 * KIB)	/* of each run while merging */
#define EVENT_MAX	(8 * KIB)
#define MAX_RUNS	1024u

struct spool {
	int fd;
	enum err err;
	uint8_t *bytes;
	size_t used;
	struct spool_mark {
		int64_t time, row;
		uint32_t at, n;
	} *marks;
	uint32_t nmarks;
};

enum err
spool_new(struct spool **out, struct arena *arena, int fd)
{
	struct spool *s = arena_alloc(arena, 1, sizeof(*s));

	if (s == NULL)
		return ERR_MEMORY;
	s->fd = fd;
	s->bytes = arena_alloc(arena, RUN_BYTES, 1);
	s->marks = arena_alloc(arena, RUN_EVENTS, sizeof(*s->marks));
	if (s->marks == NULL)
		return ERR_MEMORY;
	*out = s;
	return ERR_NONE;
}

static void
write_all(struct spool *s, const uint8_t *p, size_t n)
{
	ssize_t done;

	while (n > 0 && s->err == ERR_NONE) {
		done = write(s->fd, p, n);
		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0) {
			s->err = errno == ENOSPC || errno == EFBIG ?
			    ERR_FULL : ERR_IO;
			return;
		}
		p += done;
		n -= (size_t)done;
	}
}

static int
mark_order(const void *va, const void *vb)
{
	const struct spool_mark *a = va, *b = vb;

	if (a->time != b->time)
		return a->time < b->time ? -1 : 1;
	if (a->row != b->row)
		return a->row < b->row ? -1 : 1;
	return a->at < b->at ? -1 : a->at > b->at;
}

static void
run_write(struct spool *s)
{
	struct buf out = buf_with(256 * KIB);
	uint32_t i;

	if (s->nmarks == 0)
		return;
	sort_items(s->marks, s->nmarks, sizeof(*s->marks), mark_order);
	buf_le(&out, MARK, 4);
	buf_le(&out, s->used, 8);
	for (i = 0; i < s->nmarks; i++) {
		buf_add(&out, bytes_at(s->bytes + s->marks[i].at,
		    s->marks[i].n));
		if (out.n < 128 * KIB && i + 1 < s->nmarks)
			continue;
		write_all(s, out.p, out.n);
		buf_reset(&out);
	}
	buf_free(&out);
	s->used = 0;
	s->nmarks = 0;
}

void
spool_add(struct spool *s, int64_t time, int64_t row, const char *what,
    struct bytes message)
{
	struct buf b = { s->bytes + s->used, 0, EVENT_MAX, EVENT_MAX, false };
	struct spool_mark *m;
	size_t nwhat = strlen(what);

	if (nwhat > 255)
		nwhat = 255;
	message = bytes_part(message, 0, EVENT_MAX - 32 - nwhat);
	if (s->nmarks == RUN_EVENTS || s->used + EVENT_MAX > RUN_BYTES) {
		run_write(s);
		b.p = s->bytes;
	}
	buf_le(&b, 8 + 8 + 1 + nwhat + message.n, 4);
	buf_le(&b, (uint64_t)time, 8);
	buf_le(&b, (uint64_t)row, 8);
	buf_byte(&b, (uint8_t)nwhat);
	buf_add(&b, bytes_at(what, nwhat));
	buf_add(&b, message);
	m = &s->marks[s->nmarks++];
	m->time = time;
	m->row = row;
	m->at = (uint32_t)s->used;
	m->n = (uint32_t)b.n;
	s->used += b.n;
}

enum err
spool_end(struct spool *s)
{
	run_write(s);
	return s->err;
}

/* --- merging -------------------------------------------------------------- */

struct run_reader {
	const struct input *in;
	uint64_t at, end;	/* in the file */
	uint32_t artifact, order;
	uint8_t *window;
	size_t have, used;
	struct spool_event event;
};

struct spool_merge {
	struct arena *arena;
	struct run_reader **heap;	/* least first */
	uint32_t n, order;
	struct run_reader *given;	/* whose event is in use */
	bool bad;			/* not all of it can be had */
};

enum err
spool_merge_new(struct spool_merge **out, struct arena *arena)
{
	struct spool_merge *m = arena_alloc(arena, 1, sizeof(*m));

	if (m == NULL)
		return ERR_MEMORY;
	m->arena = arena;
	m->heap = arena_alloc(arena, MAX_RUNS, sizeof(struct run_reader *));
	if (m->heap == NULL)
		return ERR_MEMORY;
	*out = m;
	return ERR_NONE;
}

static bool
reader_fill(struct run_reader *r)
{
	size_t want;

	memmove(r->window, r->window + r->used, r->have - r->used);
	r->have -= r->used;
	r->used = 0;
	want = WINDOW - r->have;
	if (want > r->end - r->at)
		want = (size_t)(r->end - r->at);
	if (want == 0 || input_read(r->in, r->window + r->have, want, r->at)
	    != want)
		return want == 0;
	r->have += want;
	r->at += want;
	return true;
}

static bool
reader_next(struct run_reader *r)
{
	struct cur c;
	size_t n;

	if (r->have - r->used < EVENT_MAX && !reader_fill(r))
		return false;
	c = cur_over(bytes_at(r->window + r->used, r->have - r->used));
	n = (size_t)cur_le(&c, 4);
	c = cur_sub(&c, n);
	r->event.time = (int64_t)cur_le(&c, 8);
	r->event.row = (int64_t)cur_le(&c, 8);
	r->event.artifact = r->artifact;
	r->event.what = cur_take(&c, (size_t)cur_le(&c, 1));
	r->event.message = cur_take(&c, cur_left(&c));
	if (!cur_ok(&c))
		return false;
	r->used += 4 + n;
	return true;
}

static bool
reader_less(const struct run_reader *a, const struct run_reader *b)
{
	if (a->event.time != b->event.time)
		return a->event.time < b->event.time;
	if (a->artifact != b->artifact)
		return a->artifact < b->artifact;
	if (a->event.row != b->event.row)
		return a->event.row < b->event.row;
	return a->order < b->order;
}

static void
heap_down(struct spool_merge *m, uint32_t i)
{
	struct run_reader *r = m->heap[i];
	uint32_t child;

	for (; (child = 2 * i + 1) < m->n; i = child) {
		if (child + 1 < m->n &&
		    reader_less(m->heap[child + 1], m->heap[child]))
			child++;
		if (!reader_less(m->heap[child], r))
			break;
		m->heap[i] = m->heap[child];
	}
	m->heap[i] = r;
}

static void
heap_up(struct spool_merge *m, uint32_t i)
{
	struct run_reader *r = m->heap[i];

	for (; i > 0 && reader_less(r, m->heap[(i - 1) / 2]); i = (i - 1) / 2)
		m->heap[i] = m->heap[(i - 1) / 2];
	m->heap[i] = r;
}

static bool
run_add(struct spool_merge *m, uint32_t artifact, const struct input *in,
    uint64_t at, uint64_t end)
{
	struct run_reader *r;

	if (m->n == MAX_RUNS)
		return false;
	r = arena_alloc(m->arena, 1, sizeof(*r));
	if (r == NULL)
		return false;
	r->window = arena_alloc(m->arena, WINDOW, 1);
	if (r->window == NULL)
		return false;
	r->in = in;
	r->at = at;
	r->end = end;
	r->artifact = artifact;
	r->order = m->order++;
	if (!reader_next(r))
		return false;
	m->heap[m->n] = r;
	heap_up(m, m->n++);
	return true;
}

void
spool_merge_add(struct spool_merge *m, uint32_t artifact,
    const struct input *in)
{
	uint8_t head[HEAD];
	struct cur c;
	uint64_t at = 0, n;
	bool whole;

	while (at < in->size) {
		c = cur_over(bytes_at(head, input_read(in, head, HEAD, at)));
		whole = cur_le(&c, 4) == MARK;
		n = cur_le(&c, 8);
		at += HEAD;
		if (!whole || !cur_ok(&c)) {
			m->bad = true;
			return;
		}
		if (n > in->size - at) {
			m->bad = true;
			n = in->size - at;
		}
		m->bad |= !run_add(m, artifact, in, at, at + n);
		at += n;
	}
}

static bool
reader_at_end(const struct run_reader *r)
{
	return r->at == r->end && r->used == r->have;
}

bool
spool_merge_whole(const struct spool_merge *m)
{
	return !m->bad;
}

bool
spool_merge_next(struct spool_merge *m, struct spool_event *event)
{
	if (m->given != NULL) {
		if (!reader_next(m->given)) {
			m->bad |= !reader_at_end(m->given);
			m->heap[0] = m->heap[--m->n];
		}
		if (m->n > 0)
			heap_down(m, 0);
	}
	m->given = m->n > 0 ? m->heap[0] : NULL;
	if (m->given == NULL)
		return false;
	*event = m->given->event;
	return true;
}
