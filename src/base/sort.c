#include "base/sort.h"

#include <stdint.h>

struct sort {
	uint8_t *items;
	size_t size;
	int (*order)(const void *, const void *);
};

static void
swap(const struct sort *s, size_t a, size_t b)
{
	uint8_t *pa = s->items + a * s->size, *pb = s->items + b * s->size;
	size_t i;
	uint8_t t;

	for (i = 0; i < s->size; i++) {
		t = pa[i];
		pa[i] = pb[i];
		pb[i] = t;
	}
}

static int
compare(const struct sort *s, size_t a, size_t b)
{
	return s->order(s->items + a * s->size, s->items + b * s->size);
}

/* Lets item i sink to its place in a heap of n, the greatest on top. */
static void
sink(const struct sort *s, size_t i, size_t n)
{
	size_t child;

	while ((child = 2 * i + 1) < n) {
		if (child + 1 < n && compare(s, child, child + 1) < 0)
			child++;
		if (compare(s, i, child) >= 0)
			return;
		swap(s, i, child);
		i = child;
	}
}

void
sort_items(void *items, size_t n, size_t size,
    int (*order)(const void *, const void *))
{
	struct sort s = { items, size, order };
	size_t i;

	for (i = n / 2; i > 0; i--)
		sink(&s, i - 1, n);
	for (i = n; i > 1; i--) {
		swap(&s, 0, i - 1);
		sink(&s, 0, i - 1);
	}
}
