#include "election/places.h"

#include <assert.h>
#include <string.h>

#include "base/hash.h"

#define FIRST_SLOTS	1024u

struct places
places_with(struct arena *arena, uint32_t most)
{
	struct places p = { .arena = arena,
	    .last = { PLACES_NONE, PLACES_NONE } };

	p.items = buf_with((size_t)most * sizeof(struct place));
	p.table = buf_with((size_t)most * 4 * sizeof(uint32_t));
	return p;
}

void
places_free(struct places *p)
{
	buf_free(&p->items);
	buf_free(&p->table);
	p->n = 0;
	p->slots = 0;
}

struct place
places_get(const struct places *p, uint32_t i)
{
	struct place place;

	assert(i < p->n);
	memcpy(&place, &p->items.p[i * sizeof(place)], sizeof(place));
	return place;
}

static uint32_t
number_at(const struct places *p, uint32_t slot)
{
	uint32_t v;

	memcpy(&v, &p->table.p[(size_t)slot * sizeof(v)], sizeof(v));
	return v;
}

static uint32_t
slot_of(const struct places *p, uint32_t above, struct bytes name)
{
	uint64_t h = hash_key(name) + above * UINT64_C(0x9e3779b97f4a7c15);

	h ^= h >> 32;
	return (uint32_t)h & (p->slots - 1);
}

static bool
same(struct place place, uint32_t above, struct bytes name)
{
	return place.above == above && bytes_eq(place.name, name);
}

/* The slot where it stands, or the free one where it would. */
static uint32_t
slot_for(const struct places *p, uint32_t above, struct bytes name)
{
	uint32_t slot = slot_of(p, above, name), i;

	while ((i = number_at(p, slot)) != PLACES_NONE &&
	    !same(places_get(p, i), above, name))
		slot = (slot + 1) & (p->slots - 1);
	return slot;
}

static bool
make_slots(struct places *p)
{
	uint32_t slots = p->slots == 0 ? FIRST_SLOTS : p->slots * 2, i, slot;
	size_t n = (size_t)slots * sizeof(uint32_t);
	struct place place;

	if (p->slots > 0 && p->n < p->slots / 2)
		return true;
	buf_reset(&p->table);
	if (slots < p->slots || buf_room(&p->table, n) == NULL)
		return false;
	memset(p->table.p, 0xff, n);
	p->table.n = n;
	p->slots = slots;
	for (i = 0; i < p->n; i++) {
		place = places_get(p, i);
		slot = slot_for(p, place.above, place.name);
		memcpy(&p->table.p[slot * sizeof(i)], &i, sizeof(i));
	}
	return true;
}

static uint32_t
make(struct places *p, uint32_t above, struct bytes name)
{
	struct place place = { above, arena_copy(p->arena, name) };
	uint32_t slot = slot_for(p, above, name), i = p->n;

	p->bad = p->bad || p->arena->bad ||
	    buf_room(&p->items, sizeof(place)) == NULL;
	if (p->bad)
		return PLACES_NONE;
	buf_add(&p->items, bytes_at(&place, sizeof(place)));
	memcpy(&p->table.p[slot * sizeof(i)], &i, sizeof(i));
	p->n++;
	return i;
}

uint32_t
places_number(struct places *p, uint32_t above, struct bytes name, bool add)
{
	uint32_t *last = &p->last[above != PLACES_NONE], i;

	if (*last != PLACES_NONE && same(places_get(p, *last), above, name))
		return *last;
	p->bad = p->bad || !make_slots(p);
	if (p->bad)
		return PLACES_NONE;
	i = number_at(p, slot_for(p, above, name));
	if (i == PLACES_NONE && add)
		i = make(p, above, name);
	if (i != PLACES_NONE)
		*last = i;
	return i;
}

static bool
is_digit(uint8_t c)
{
	return c >= '0' && c <= '9';
}

static size_t
digits_at(struct bytes b, size_t at)
{
	size_t n = 0;

	while (at + n < b.n && is_digit(b.p[at + n]))
		n++;
	return n;
}

/* Two runs of digits by value. */
static int
order_digits(struct bytes a, struct bytes b)
{
	while (a.n > 0 && a.p[0] == '0')
		a = bytes_part(a, 1, SIZE_MAX);
	while (b.n > 0 && b.p[0] == '0')
		b = bytes_part(b, 1, SIZE_MAX);
	if (a.n != b.n)
		return a.n < b.n ? -1 : 1;
	return bytes_cmp(a, b);
}

int
places_order(struct bytes a, struct bytes b)
{
	struct bytes x = a, y = b;
	size_t differ, run, nx, ny;
	int order;

	for (;;) {
		for (differ = 0; differ < x.n && differ < y.n &&
		    x.p[differ] == y.p[differ];)
			differ++;
		for (run = differ; run > 0 && is_digit(x.p[run - 1]);)
			run--;
		nx = digits_at(x, run);
		ny = digits_at(y, run);
		/* Runs of one length need no second look. */
		if (nx == ny || nx == 0 || ny == 0)
			break;
		order = order_digits(bytes_part(x, run, nx),
		    bytes_part(y, run, ny));
		if (order != 0)
			return order;
		x = bytes_part(x, run + nx, SIZE_MAX);
		y = bytes_part(y, run + ny, SIZE_MAX);
	}
	if (differ < x.n && differ < y.n)
		return x.p[differ] < y.p[differ] ? -1 : 1;
	/* "7" and "07" are not the same name. */
	return differ < x.n || differ < y.n ?
	    (differ < x.n) - (differ < y.n) : bytes_cmp(a, b);
}
