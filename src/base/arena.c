#include "base/arena.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_MIN	(32 * 1024)
#define ALIGN		alignof(max_align_t)

struct arena_block {
	struct arena_block *next;
	size_t size;			/* bytes that follow the head */
	size_t used;
	alignas(max_align_t) unsigned char data[];
};

struct arena
arena_with(size_t limit)
{
	struct arena a = { NULL, limit, 0, false };

	return a;
}

static struct arena_block *
block_add(struct arena *a, size_t need)
{
	struct arena_block *b;
	size_t size = a->head == NULL ? BLOCK_MIN : a->head->size;

	/* Double up to 1 MiB, so that many small requests cost few blocks. */
	if (a->head != NULL && size < 1024 * 1024)
		size *= 2;
	if (size > a->limit - a->used)
		size = a->limit - a->used;
	if (size < need)
		size = need;
	if (__builtin_add_overflow(sizeof(*b), size, &need))
		return NULL;
	b = malloc(need);
	if (b == NULL)
		return NULL;
	b->next = a->head;
	b->size = size;
	b->used = 0;
	a->head = b;
	return b;
}

void *
arena_alloc(struct arena *a, size_t count, size_t size)
{
	struct arena_block *b = a->head;
	size_t n;
	void *p;

	if (a->bad || __builtin_mul_overflow(count, size, &n) ||
	    __builtin_add_overflow(n, ALIGN - 1, &n))
		goto fail;
	n -= n % ALIGN;
	if (n > a->limit - a->used)
		goto fail;
	if (b == NULL || n > b->size - b->used)
		b = block_add(a, n);
	if (b == NULL)
		goto fail;
	p = b->data + b->used;
	b->used += n;
	a->used += n;
	memset(p, 0, n);
	return p;
fail:
	a->bad = true;
	return NULL;
}

struct bytes
arena_copy(struct arena *a, struct bytes b)
{
	uint8_t *p;

	if (b.n == 0)
		return bytes_at(NULL, 0);
	p = arena_alloc(a, b.n, 1);
	if (p == NULL)
		return bytes_at(NULL, 0);
	memcpy(p, b.p, b.n);
	return bytes_at(p, b.n);
}

char *
arena_string(struct arena *a, struct bytes b)
{
	char *p;

	if (b.n == SIZE_MAX) {
		a->bad = true;
		return NULL;
	}
	p = arena_alloc(a, b.n + 1, 1);
	if (p != NULL && b.n > 0)
		memcpy(p, b.p, b.n);
	return p;
}

void
arena_reset(struct arena *a)
{
	struct arena_block *b = a->head;
	struct arena_block *next;

	if (b != NULL) {
		for (next = b->next; next != NULL; next = b->next) {
			b->next = next->next;
			free(next);
		}
		b->used = 0;
	}
	a->used = 0;
	a->bad = false;
}

void
arena_free(struct arena *a)
{
	struct arena_block *b;

	while ((b = a->head) != NULL) {
		a->head = b->next;
		free(b);
	}
	a->used = 0;
}
