#include "indicator/notes.h"

#include "base/buf.h"
#include "indicator/grow.h"

bool
notes_init(struct notes *n, struct arena *arena, uint32_t files)
{
	struct notes empty = { .arena = arena, .files = files };

	*n = empty;
	n->seen = arena_alloc(arena, files, NOTES_KINDS * sizeof(*n->seen));
	return n->seen != NULL;
}

static void
append(struct notes *n, const struct notes_one *one)
{
	struct notes_one *list;

	list = grow_array(n->arena, n->list, n->n, &n->cap, sizeof(*list));
	if (list == NULL)
		return;		/* the arena is bad, and build_end says so */
	n->list = list;
	list[n->n++] = *one;
}

void
notes_add(struct notes *n, enum index_note_kind kind, uint32_t file,
    uint64_t offset, struct bytes object, struct bytes about, const char *why)
{
	struct notes_one one = { kind, file, offset, object, bytes_of(why) };
	uint32_t *seen = &n->seen[file * NOTES_KINDS + kind];
	uint8_t text[512];
	struct buf b = { text, 0, sizeof(text), sizeof(text), false };

	if ((*seen)++ >= NOTES_EACH)
		return;
	if (about.n > 0) {
		buf_add(&b, bytes_part(about, 0, 256));
		buf_text(&b, ": ");
		buf_add(&b, bytes_part(bytes_of(why), 0, 250));
		one.why = buf_bytes(&b);
	}
	one.object = arena_copy(n->arena, bytes_part(object, 0, 256));
	one.why = arena_copy(n->arena, one.why);
	append(n, &one);
}

static int
compare(const void *ctx, uint32_t a, uint32_t b)
{
	const struct notes *n = ctx;
	const struct notes_one *x = &n->list[a], *y = &n->list[b];
	int c;

	if (x->file != y->file)
		return x->file < y->file ? -1 : 1;
	if (x->offset != y->offset)
		return x->offset < y->offset ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	c = bytes_cmp(x->object, y->object);
	return c != 0 ? c : bytes_cmp(x->why, y->why);
}

static void
count_rest(struct notes *n, uint32_t file)
{
	struct notes_one one = { .file = file, .offset = UINT64_MAX };
	uint8_t text[64];
	struct buf b = { text, 0, sizeof(text), sizeof(text), false };
	uint32_t k, seen;

	for (k = 0; k < NOTES_KINDS; k++) {
		seen = n->seen[file * NOTES_KINDS + k];
		if (seen <= NOTES_EACH)
			continue;
		buf_reset(&b);
		buf_text(&b, "and ");
		buf_uint(&b, seen - NOTES_EACH);
		buf_text(&b, " more of this kind");
		one.kind = (enum index_note_kind)k;
		one.why = arena_copy(n->arena, buf_bytes(&b));
		append(n, &one);
	}
}

bool
notes_end(struct notes *n)
{
	struct notes_one *sorted;
	uint32_t *order, *spare;
	uint32_t i;

	for (i = 0; i < n->files; i++)
		count_rest(n, i);
	order = arena_alloc(n->arena, n->n, sizeof(*order));
	spare = arena_alloc(n->arena, n->n, sizeof(*spare));
	sorted = arena_alloc(n->arena, n->n, sizeof(*sorted));
	if (order == NULL || spare == NULL || sorted == NULL)
		return false;
	for (i = 0; i < n->n; i++)
		order[i] = i;
	grow_sort(order, spare, n->n, compare, n);
	for (i = 0; i < n->n; i++)
		sorted[i] = n->list[order[i]];
	n->list = sorted;
	n->cap = n->n;
	return true;
}
