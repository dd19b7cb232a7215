/*
 * Many bodies, one after the other.
 *
 * The text is a length and raw bytes: what they are changes nothing in how the
 * rest is read.  So a body that begins and ends with the very bytes of one that
 * was read whole, and had no URL in it, is read by its length alone.  The end
 * holds the length of the text once more, so there are as many ends as lengths.
 */
#include <string.h>

#include "format/attributed.h"
#include "format/attributed_inside.h"

#define HEADS		4
#define HEAD_BYTES	188
#define ENDS		512		/* a power of two */
#define END_BYTES	188

struct head {
	uint32_t n;
	uint8_t p[HEAD_BYTES];
};

struct end {
	uint16_t head, n;		/* n: 0 if there is none here */
	uint8_t p[END_BYTES];
};

struct attributed {
	struct head heads[HEADS];
	uint32_t nheads;
	struct end ends[ENDS];
};

struct attributed *
attributed_new(struct arena *arena)
{
	return arena_alloc(arena, 1, sizeof(struct attributed));
}

/* The length stands in its first sixteen bytes. */
static struct end *
end_at(struct attributed *a, uint32_t head, struct bytes tail)
{
	uint64_t h = head ^ tail.n << 8, word;
	size_t i;

	for (i = 0; i < 16 && tail.n - i >= sizeof(word); i += sizeof(word)) {
		memcpy(&word, tail.p + i, sizeof(word));
		h = (h ^ word) * UINT64_C(0x9fb21c651e98df25);
		h ^= h >> 32;
	}
	return &a->ends[(h >> 20) % ENDS];
}

/* The text that begins, with its length, at `at`; false if it is not written
   in one of the two usual ways. */
static bool
counted(struct bytes body, size_t at, struct bytes *text)
{
	size_t left = body.n - at, n;

	if (left < 3)
		return false;
	n = body.p[at];
	if (n >= 1 && n < 0x80) {
		*text = bytes_part(body, at + 1, n);
		return text->n == n;
	}
	if (n != ATTRIBUTED_INT2)
		return false;
	n = (size_t)body.p[at + 1] | (size_t)body.p[at + 2] << 8;
	*text = bytes_part(body, at + 3, n);
	return n > 0 && text->n == n;
}

static bool
is_usual(struct attributed *a, struct bytes body, struct bytes *text)
{
	const struct head *h;
	const struct end *e;
	struct bytes tail;
	uint32_t i;

	for (i = 0; i < a->nheads; i++) {
		h = &a->heads[i];
		if (body.n < h->n || memcmp(body.p, h->p, h->n) != 0)
			continue;
		if (!counted(body, h->n, text))
			return false;
		tail = bytes_part(body, (size_t)(text->p - body.p) + text->n,
		    body.n);
		if (tail.n == 0 || tail.n > END_BYTES)
			return false;
		e = end_at(a, i, tail);
		return e->n == tail.n && e->head == i &&
		    memcmp(e->p, tail.p, tail.n) == 0;
	}
	return false;
}

/* The number of a head, old or new; HEADS if there is no room. */
static uint32_t
head_of(struct attributed *a, struct bytes bytes)
{
	struct head *h;
	uint32_t i;

	for (i = 0; i < a->nheads; i++)
		if (bytes_eq(bytes, bytes_at(a->heads[i].p, a->heads[i].n)))
			return i;
	if (i == HEADS || bytes.n > HEAD_BYTES)
		return HEADS;
	h = &a->heads[a->nheads++];
	memcpy(h->p, bytes.p, bytes.n);
	h->n = (uint32_t)bytes.n;
	return i;
}

/* Keeps what stands around the text of a body that was read whole. */
static void
keep_usual(struct attributed *a, struct bytes body, struct bytes text)
{
	size_t at = (size_t)(text.p - body.p), before = text.n < 0x80 ? 1 : 3;
	struct bytes again, tail = bytes_part(body, at + text.n, body.n);
	struct end *e;
	uint32_t head;

	if (text.n == 0 || at < before || tail.n == 0 || tail.n > END_BYTES ||
	    !counted(body, at - before, &again) || again.p != text.p ||
	    again.n != text.n)
		return;
	head = head_of(a, bytes_part(body, 0, at - before));
	if (head == HEADS)
		return;
	e = end_at(a, head, tail);
	e->head = (uint16_t)head;
	e->n = (uint16_t)tail.n;
	memcpy(e->p, tail.p, tail.n);
}

bool
attributed_read(struct attributed *a, struct bytes *text, bool *links,
    struct arena *arena, struct bytes body)
{
	struct attributed_seen seen;

	*links = false;
	if (is_usual(a, body, text))
		return true;
	seen = attributed_stream(text, arena, body);
	if (seen.whole && !seen.links && !seen.big)
		keep_usual(a, body, *text);
	*links = seen.links || !seen.whole;
	return seen.whole;
}
