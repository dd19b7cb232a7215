#include "indicator/grow.h"

#include <string.h>

void *
grow_array(struct arena *arena, void *p, uint32_t n, uint32_t *cap, size_t size)
{
	uint32_t more;
	void *larger;

	if (n < *cap)
		return p;
	if (*cap > UINT32_MAX / 2)
		return NULL;
	more = *cap == 0 ? 16 : *cap * 2;
	larger = arena_alloc(arena, more, size);
	if (larger == NULL)
		return NULL;
	if (n > 0)
		memcpy(larger, p, n * size);
	*cap = more;
	return larger;
}

/* Two sorted runs of `from`, [a,b) and [b,c), become one in `to`. */
static void
merge(uint32_t *to, const uint32_t *from, const uint32_t at[3],
    int (*compare)(const void *, uint32_t, uint32_t), const void *ctx)
{
	uint32_t i = at[0], k = at[1], n = at[0];

	if (k < at[2] && compare(ctx, from[k - 1], from[k]) <= 0) {
		memcpy(&to[i], &from[i], (at[2] - i) * sizeof(*to));
		return;		/* in order already, as bundles often are */
	}
	while (i < at[1] && k < at[2])
		to[n++] = compare(ctx, from[i], from[k]) <= 0 ? from[i++] :
		    from[k++];
	while (i < at[1])
		to[n++] = from[i++];
	while (k < at[2])
		to[n++] = from[k++];
}

static uint32_t
least(uint64_t a, uint32_t n)
{
	return a < n ? (uint32_t)a : n;
}

void
grow_sort(uint32_t *a, uint32_t *spare, uint32_t n,
    int (*compare)(const void *, uint32_t, uint32_t), const void *ctx)
{
	uint32_t *from = a, *to = spare, *swap;
	uint32_t at[3];
	uint64_t run, i;

	for (run = 1; run < n; run *= 2) {
		for (i = 0; i < n; i += 2 * run) {
			at[0] = (uint32_t)i;
			at[1] = least(i + run, n);
			at[2] = least(i + 2 * run, n);
			merge(to, from, at, compare, ctx);
		}
		swap = from;
		from = to;
		to = swap;
	}
	if (from != a && n > 0)
		memcpy(a, from, n * sizeof(*a));
}
