#include "indicator/build.h"

#include "base/limits.h"
#include "indicator/entries.h"
#include "indicator/gather.h"
#include "indicator/grow.h"
#include "indicator/write.h"

struct build {
	struct arena *arena;
	struct gather_file *files;
	uint32_t n, cap;
	bool failed;
};

enum err
build_new(struct build **out, struct arena *arena)
{
	struct build *b = arena_alloc(arena, 1, sizeof(*b));

	if (b == NULL)
		return ERR_MEMORY;
	b->arena = arena;
	*out = b;
	return ERR_NONE;
}

static void
add(struct build *b, const struct gather_file *file)
{
	struct gather_file *files;

	files = grow_array(b->arena, b->files, b->n, &b->cap, sizeof(*files));
	if (files == NULL) {
		b->failed = true;
		return;
	}
	b->files = files;
	files[b->n++] = *file;
}

void
build_add(struct build *b, struct bytes name, struct bytes text)
{
	struct gather_file file = { .text = text };

	file.name = arena_copy(b->arena, bytes_part(name, 0,
	    LIMIT_PATH_BYTES));
	add(b, &file);
}

void
build_fault(struct build *b, struct bytes name, const char *why)
{
	struct gather_file file = { .fault = why };

	file.name = arena_copy(b->arena, bytes_part(name, 0,
	    LIMIT_PATH_BYTES));
	add(b, &file);
}

static int
compare(const void *ctx, uint32_t a, uint32_t b)
{
	const struct gather_file *x = &((const struct build *)ctx)->files[a];
	const struct gather_file *y = &((const struct build *)ctx)->files[b];
	int c = bytes_cmp(x->name, y->name);

	if (c == 0)
		c = bytes_cmp(x->text, y->text);
	if (c != 0 || x->fault == y->fault)
		return c;
	return bytes_cmp(bytes_of(x->fault), bytes_of(y->fault));
}

/* The files in the order of their names, so that the order in which they were
   given is no part of the result. */
static const struct gather_file *
sorted(struct build *b)
{
	struct gather_file *files;
	uint32_t *order, *spare;
	uint32_t i;

	files = arena_alloc(b->arena, b->n, sizeof(*files));
	order = arena_alloc(b->arena, b->n, sizeof(*order));
	spare = arena_alloc(b->arena, b->n, sizeof(*spare));
	if (files == NULL || order == NULL || spare == NULL)
		return NULL;
	for (i = 0; i < b->n; i++)
		order[i] = i;
	grow_sort(order, spare, b->n, compare, b);
	for (i = 0; i < b->n; i++)
		files[i] = b->files[order[i]];
	return files;
}

enum err
build_end(struct build *b, struct buf *out)
{
	const struct gather_file *files = sorted(b);
	enum err err = ERR_MEMORY;
	struct entries entries;
	struct gather g;
	uint32_t i;

	if (b->failed || files == NULL ||
	    !gather_init(&g, b->arena, files, b->n))
		return ERR_MEMORY;
	for (i = 0; i < b->n; i++)
		gather_read(&g, i);
	if (!gather_end(&g))
		return ERR_MEMORY;
	entries_init(&entries, &g);
	if (entries_make(&entries) && notes_end(&g.notes))
		err = write_index(&entries, out);
	entries_free(&entries);
	return err;
}
