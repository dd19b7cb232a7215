#include "indicator/dnf.h"

#include <string.h>

static struct dnf_all *
all_new(struct arena *arena, uint32_t n)
{
	struct dnf_all *a;

	a = arena_alloc(arena, 1, sizeof(*a) + n * sizeof(a->items[0]));
	return a;
}

static void
append(struct dnf *d, struct dnf_all *a)
{
	if (d->last == NULL)
		d->first = a;
	else
		d->last->next = a;
	d->last = a;
	d->n++;
}

struct dnf
dnf_one(struct arena *arena, uint32_t item)
{
	struct dnf d = { NULL, NULL, 0 };
	struct dnf_all *a = all_new(arena, 1);

	if (a == NULL)
		return d;
	a->items[0] = item;
	a->n = 1;
	append(&d, a);
	return d;
}

bool
dnf_or(struct dnf *a, const struct dnf *b)
{
	if (b->n > DNF_ANY - a->n)
		return false;
	if (b->n == 0)
		return true;
	if (a->n == 0) {
		*a = *b;
		return true;
	}
	a->last->next = b->first;
	a->last = b->last;
	a->n += b->n;
	return true;
}

/* The union of two sorted lists; more than DNF_ALL numbers: n says so. */
static uint32_t
unite(uint32_t to[2 * DNF_ALL], const struct dnf_all *a,
    const struct dnf_all *b)
{
	uint32_t i = 0, k = 0, n = 0;

	while (i < a->n || k < b->n) {
		if (k == b->n || (i < a->n && a->items[i] < b->items[k])) {
			to[n++] = a->items[i++];
			continue;
		}
		if (i < a->n && a->items[i] == b->items[k])
			i++;
		to[n++] = b->items[k++];
	}
	return n;
}

bool
dnf_and(struct arena *arena, struct dnf *a, const struct dnf *b)
{
	struct dnf product = { NULL, NULL, 0 };
	uint32_t items[2 * DNF_ALL];
	const struct dnf_all *x, *y;
	struct dnf_all *both;
	uint32_t n;

	if ((uint64_t)a->n * b->n > DNF_ANY)
		return false;
	for (x = a->first; x != NULL; x = x->next) {
		for (y = b->first; y != NULL; y = y->next) {
			n = unite(items, x, y);
			if (n > DNF_ALL)
				return false;
			both = all_new(arena, n);
			if (both == NULL)
				return false;
			memcpy(both->items, items, n * sizeof(items[0]));
			both->n = n;
			append(&product, both);
		}
	}
	*a = product;
	return true;
}
