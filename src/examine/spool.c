#include "examine/spool.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"

#define MARK		0x6e757255u
#define HEAD		16u		/* mark, length, and count of a run */
#define RUN_BYTES	(2 * MIB)	/* of events, sorted at once */
#define RUN_EVENTS	32768u
#define WRITE_BYTES	(256 * KIB)
#define WINDOW		(32 * KIB)	/* of each run while merging */
#define EVENT_MAX	(8 * KIB)
#define EVENT_HEAD	21u		/* of an event, before its texts */
#define MAX_RUNS	1024u
#define FEW		12u		/* events sorted by insertion */

struct spool_mark {		/* an event of the run that is gathered */
	int64_t time, row;
	uint32_t at, n;
};

struct spool {
	int fd;
	enum err err;
	uint8_t *bytes;
	size_t used;
	struct spool_mark *marks, *spare;
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
	s->spare = arena_alloc(arena, RUN_EVENTS, sizeof(*s->spare));
	if (s->spare == NULL)
		return ERR_MEMORY;
	*out = s;
	return ERR_NONE;
}

/* --- sorting -------------------------------------------------------------- */

/* Records come nearly in the order of time, so what is in order already must
   cost nothing; equal ones keep their order (a stable merge sort). */
static inline bool
mark_less(const struct spool_mark *a, const struct spool_mark *b)
{
	return a->time != b->time ? a->time < b->time : a->row < b->row;
}

static void
sort_few(struct spool_mark *m, uint32_t n)
{
	struct spool_mark t;
	uint32_t i, k;

	for (i = 1; i < n; i++) {
		t = m[i];
		for (k = i; k > 0 && mark_less(&t, &m[k - 1]); k--)
			m[k] = m[k - 1];
		m[k] = t;
	}
}

/* Two sorted halves, of `half` and n - half, to one. */
static void
join_halves(const struct spool_mark *m, uint32_t half, uint32_t n,
    struct spool_mark *to)
{
	uint32_t a = 0, b = half, i;

	if (!mark_less(&m[half], &m[half - 1])) {
		memcpy(to, m, n * sizeof(*m));
		return;
	}
	for (i = 0; i < n; i++)
		to[i] = b == n || (a < half && !mark_less(&m[b], &m[a])) ?
		    m[a++] : m[b++];
}

/* Sorted: either of the two arrays. */
static struct spool_mark *
sort_marks(struct spool_mark *m, struct spool_mark *spare, uint32_t n)
{
	struct spool_mark *swap;
	uint32_t i, width, left;

	for (i = 1; i < n && !mark_less(&m[i], &m[i - 1]); i++)
		;
	if (i >= n)
		return m;
	for (i = 0; i < n; i += FEW)
		sort_few(m + i, n - i < FEW ? n - i : FEW);
	for (width = FEW; width < n; width *= 2) {
		for (i = 0; i < n; i += 2 * width) {
			left = n - i < 2 * width ? n - i : 2 * width;
			if (left > width)
				join_halves(m + i, width, left, spare + i);
			else
				memcpy(spare + i, m + i, left * sizeof(*m));
		}
		swap = m;
		m = spare;
		spare = swap;
	}
	return m;
}

/* --- writing -------------------------------------------------------------- */

static void
write_all(struct spool *s, struct bytes b)
{
	ssize_t done;

	while (b.n > 0 && s->err == ERR_NONE) {
		done = write(s->fd, b.p, b.n);
		if (done >= 0)
			b = bytes_part(b, (size_t)done, b.n);
		else if (errno != EINTR)
			s->err = errno == ENOSPC || errno == EFBIG ||
			    errno == EDQUOT ? ERR_FULL : ERR_IO;
	}
}

static void
run_write(struct spool *s)
{
	struct buf out = buf_with(WRITE_BYTES + EVENT_MAX);
	const struct spool_mark *m;
	uint32_t i;

	if (s->nmarks == 0)
		return;
	m = sort_marks(s->marks, s->spare, s->nmarks);
	buf_le(&out, MARK, 4);
	buf_le(&out, s->used, 8);
	buf_le(&out, s->nmarks, 4);
	for (i = 0; i < s->nmarks; i++) {
		buf_add(&out, bytes_at(s->bytes + m[i].at, m[i].n));
		if (out.n < WRITE_BYTES && i + 1 < s->nmarks)
			continue;
		if (out.bad)
			s->err = ERR_MEMORY;
		write_all(s, buf_bytes(&out));
		buf_reset(&out);
	}
	buf_free(&out);
	s->used = 0;
	s->nmarks = 0;
}

static void
put_le(uint8_t *p, uint64_t v, unsigned width)
{
	unsigned i;

	for (i = 0; i < width; i++)
		p[i] = (uint8_t)(v >> 8 * i);
}

void
spool_add(struct spool *s, int64_t time, int64_t row, const char *what,
    struct bytes message)
{
	struct bytes desc = bytes_part(bytes_of(what), 0, UINT8_MAX);
	struct spool_mark *m;
	uint8_t *p;
	size_t n;

	if (s->nmarks == RUN_EVENTS || s->used + EVENT_MAX > RUN_BYTES)
		run_write(s);
	message = bytes_part(message, 0, EVENT_MAX - EVENT_HEAD - desc.n);
	n = EVENT_HEAD + desc.n + message.n;
	p = s->bytes + s->used;
	put_le(p, n - 4, 4);
	put_le(p + 4, (uint64_t)time, 8);
	put_le(p + 12, (uint64_t)row, 8);
	p[20] = (uint8_t)desc.n;
	memcpy(p + EVENT_HEAD, desc.p, desc.n);
	if (message.n > 0)
		memcpy(p + EVENT_HEAD + desc.n, message.p, message.n);
	m = &s->marks[s->nmarks++];
	m->time = time;
	m->row = row;
	m->at = (uint32_t)s->used;
	m->n = (uint32_t)n;
	s->used += n;
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
	uint32_t artifact;
	uint8_t *window;
	size_t have, used;
	struct spool_event event;
};

struct run_head {		/* the next event of a run, to be compared */
	int64_t time, row;
	uint32_t artifact, run;
};

struct spool_merge {
	struct arena *arena;
	struct run_reader *runs;	/* in the order that they were added */
	struct run_head *heap;		/* least first */
	uint32_t n, nruns;
	uint64_t count;
	bool given;		/* the event of heap[0] is in use */
	bool bad;		/* not all of it can be had */
};

enum err
spool_merge_new(struct spool_merge **out, struct arena *arena)
{
	struct spool_merge *m = arena_alloc(arena, 1, sizeof(*m));

	if (m == NULL)
		return ERR_MEMORY;
	m->arena = arena;
	m->heap = arena_alloc(arena, MAX_RUNS, sizeof(*m->heap));
	m->runs = arena_alloc(arena, MAX_RUNS, sizeof(*m->runs));
	if (m->runs == NULL)
		return ERR_MEMORY;
	*out = m;
	return ERR_NONE;
}

/* Has n bytes in the window, if there are so many. */
static bool
reader_has(struct run_reader *r, size_t n)
{
	size_t want;

	if (r->have - r->used >= n)
		return true;
	memmove(r->window, r->window + r->used, r->have - r->used);
	r->have -= r->used;
	r->used = 0;
	want = WINDOW - r->have;
	if (want > r->end - r->at)
		want = (size_t)(r->end - r->at);
	want = input_read(r->in, r->window + r->have, want, r->at);
	r->have += want;
	r->at += want;
	return r->have >= n;
}

static bool
reader_next(struct run_reader *r)
{
	struct cur c;
	size_t n;

	if (!reader_has(r, 4))
		return false;
	c = cur_over(bytes_at(r->window + r->used, 4));
	n = (size_t)cur_le(&c, 4);
	if (n > EVENT_MAX || !reader_has(r, 4 + n))
		return false;
	c = cur_over(bytes_at(r->window + r->used + 4, n));
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

static inline bool
head_less(const struct run_head *a, const struct run_head *b)
{
	if (a->time != b->time)
		return a->time < b->time;
	if (a->artifact != b->artifact)
		return a->artifact < b->artifact;
	if (a->row != b->row)
		return a->row < b->row;
	return a->run < b->run;
}

/* Most often the next event is the least again, and nothing moves. */
static void
heap_down(struct spool_merge *m, uint32_t i)
{
	struct run_head head = m->heap[i];
	uint32_t child;

	for (; (child = 2 * i + 1) < m->n; i = child) {
		if (child + 1 < m->n &&
		    head_less(&m->heap[child + 1], &m->heap[child]))
			child++;
		if (!head_less(&m->heap[child], &head))
			break;
		m->heap[i] = m->heap[child];
	}
	m->heap[i] = head;
}

static void
heap_up(struct spool_merge *m, uint32_t i)
{
	struct run_head head = m->heap[i];

	for (; i > 0 && head_less(&head, &m->heap[(i - 1) / 2]);
	    i = (i - 1) / 2)
		m->heap[i] = m->heap[(i - 1) / 2];
	m->heap[i] = head;
}

static struct run_head
head_of(const struct spool_merge *m, uint32_t run)
{
	const struct run_reader *r = &m->runs[run];

	return (struct run_head){ r->event.time, r->event.row, r->artifact,
	    run };
}

static bool
run_add(struct spool_merge *m, uint32_t artifact, const struct input *in,
    uint64_t at, uint64_t end)
{
	struct run_reader *r;

	r = &m->runs[m->nruns];
	r->window = arena_alloc(m->arena, WINDOW, 1);
	if (r->window == NULL)
		return false;
	r->in = in;
	r->at = at;
	r->end = end;
	r->artifact = artifact;
	if (!reader_next(r))
		return false;
	m->heap[m->n] = head_of(m, m->nruns++);
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
		if (m->nruns == MAX_RUNS || m->arena->bad) {
			m->bad = true;
			return;
		}
		c = cur_over(bytes_at(head, input_read(in, head, HEAD, at)));
		whole = cur_le(&c, 4) == MARK;
		n = cur_le(&c, 8);
		m->count += cur_le(&c, 4);
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

uint64_t
spool_merge_count(const struct spool_merge *m)
{
	return m->count;
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
	struct run_reader *r;

	if (m->given) {
		r = &m->runs[m->heap[0].run];
		if (reader_next(r)) {
			m->heap[0] = head_of(m, m->heap[0].run);
		} else {
			m->bad |= !reader_at_end(r);
			m->heap[0] = m->heap[--m->n];
		}
		if (m->n > 0)
			heap_down(m, 0);
	}
	m->given = m->n > 0;
	if (!m->given)
		return false;
	*event = m->runs[m->heap[0].run].event;
	return true;
}
