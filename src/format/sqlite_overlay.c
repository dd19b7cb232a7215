/*
 * Where a write-ahead log or a journal holds a page: a sorted list.  No hash
 * table: whoever wrote the log chose the page numbers, and would choose such
 * as collide.
 */
#include "format/sqlite_inside.h"

#include <assert.h>

#include "base/sort.h"

bool
sqlite_overlay_init(struct sqlite_overlay *o, struct arena *arena,
    const struct input *in, size_t most)
{
	o->in = in;
	o->used = 0;
	o->place = arena_alloc(arena, most == 0 ? 1 : most, sizeof(*o->place));
	o->room = o->place == NULL ? 0 : most;
	return o->place != NULL;
}

void
sqlite_overlay_put(struct sqlite_overlay *o, uint32_t page, uint64_t offset)
{
	assert(o->used < o->room);
	o->place[o->used].page = page;
	o->place[o->used].turn = (uint32_t)o->used;
	o->place[o->used].offset = offset;
	o->used++;
}

static int
by_page(const void *a, const void *b)
{
	const struct sqlite_place *x = a;
	const struct sqlite_place *y = b;

	if (x->page != y->page)
		return x->page < y->page ? -1 : 1;
	return x->turn < y->turn ? -1 : x->turn > y->turn;
}

void
sqlite_overlay_seal(struct sqlite_overlay *o, bool last)
{
	size_t i, kept = 0;

	if (o->used == 0)
		return;
	sort_items(o->place, o->used, sizeof(*o->place), by_page);
	for (i = 1; i < o->used; i++) {
		if (o->place[i].page != o->place[kept].page)
			o->place[++kept] = o->place[i];
		else if (last)
			o->place[kept] = o->place[i];
	}
	o->used = kept + 1;
}

bool
sqlite_overlay_find(const struct sqlite_overlay *o, uint32_t page,
    uint64_t *offset)
{
	size_t low = 0, high = o->used, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (o->place[middle].page < page)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == o->used || o->place[low].page != page)
		return false;
	*offset = o->place[low].offset;
	return true;
}
