#include "indicator/intern.h"

#include <assert.h>

#include "base/hash.h"
#include "indicator/grow.h"

struct intern_entry {
	struct bytes bytes;
	uint64_t hash;
	uint32_t tag;
};

struct intern
intern_in(struct arena *arena)
{
	struct intern t = { .arena = arena };

	return t;
}

/* Keyed, for whoever writes a bundle chooses the strings. */
static uint64_t
hash(uint32_t tag, struct bytes b)
{
	return hash_key(b) + tag * UINT64_C(0x9e3779b97f4a7c15);
}

/* The slot that holds it, or the empty one where it belongs. */
static uint32_t *
slot(const struct intern *t, uint64_t h, uint32_t tag, struct bytes b)
{
	uint32_t i = (uint32_t)(h >> 32) & (t->nslots - 1);
	const struct intern_entry *e;

	for (; t->slots[i] != 0; i = (i + 1) & (t->nslots - 1)) {
		e = &t->entries[t->slots[i] - 1];
		if (e->hash == h && e->tag == tag && bytes_eq(e->bytes, b))
			break;
	}
	return &t->slots[i];
}

/* Twice the slots, at most half of them used. */
static bool
widen(struct intern *t)
{
	uint32_t i, n = t->nslots == 0 ? 64 : t->nslots * 2;
	uint32_t *slots = arena_alloc(t->arena, n, sizeof(*slots));
	const struct intern_entry *e;

	if (slots == NULL)
		return false;
	t->slots = slots;
	t->nslots = n;
	for (i = 0; i < t->n; i++) {
		e = &t->entries[i];
		*slot(t, e->hash, e->tag, e->bytes) = i + 1;
	}
	return true;
}

static uint32_t
add(struct intern *t, uint32_t tag, struct bytes b, bool copy)
{
	uint64_t h = hash(tag, b);
	struct intern_entry *entries;
	uint32_t *s;

	if (t->n >= UINT32_MAX / 8 || (t->n * 2 >= t->nslots && !widen(t)))
		return INTERN_NONE;
	s = slot(t, h, tag, b);
	if (*s != 0)
		return *s - 1;
	entries = grow_array(t->arena, t->entries, t->n, &t->cap,
	    sizeof(*entries));
	if (entries == NULL)
		return INTERN_NONE;
	t->entries = entries;
	if (copy)
		b = arena_copy(t->arena, b);
	if (t->arena->bad)
		return INTERN_NONE;
	entries[t->n].bytes = b;
	entries[t->n].hash = h;
	entries[t->n].tag = tag;
	*s = ++t->n;
	return t->n - 1;
}

uint32_t
intern_add(struct intern *t, uint32_t tag, struct bytes b)
{
	return add(t, tag, b, false);
}

uint32_t
intern_copy(struct intern *t, uint32_t tag, struct bytes b)
{
	return add(t, tag, b, true);
}

uint32_t
intern_find(const struct intern *t, uint32_t tag, struct bytes b)
{
	uint32_t *s;

	if (t->nslots == 0)
		return INTERN_NONE;
	s = slot(t, hash(tag, b), tag, b);
	return *s == 0 ? INTERN_NONE : *s - 1;
}

struct bytes
intern_bytes(const struct intern *t, uint32_t number)
{
	assert(number < t->n);
	return t->entries[number].bytes;
}

uint32_t
intern_tag(const struct intern *t, uint32_t number)
{
	assert(number < t->n);
	return t->entries[number].tag;
}
