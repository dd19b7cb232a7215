#include "indicator/gather_join.h"

#include "indicator/grow.h"

/* Whether b replaces a.  Of equals the first stays, in the order of files. */
static bool
is_newer(int64_t a, int64_t b)
{
	return b > a;
}

bool
gather_join_live(struct gather *g)
{
	uint32_t *newest;
	const struct gather_indicator *in;
	uint32_t i;

	newest = arena_alloc(g->arena, g->ids.n, sizeof(*newest));
	g->live = arena_alloc(g->arena, g->nindicators, sizeof(*g->live));
	if (newest == NULL || g->live == NULL)
		return false;
	for (i = 0; i < g->nindicators; i++) {
		in = &g->indicators[i];
		if (newest[in->id] == 0 || is_newer(
		    g->indicators[newest[in->id] - 1].modified, in->modified))
			newest[in->id] = i + 1;
	}
	for (i = 0; i < g->nindicators; i++)
		if (newest[g->indicators[i].id] == i + 1)
			g->live[g->nlive++] = i;
	return true;
}

/* --- sets -------------------------------------------------------------- */

static int
compare_sets(const void *ctx, uint32_t a, uint32_t b)
{
	const struct gather *g = ctx;
	int c = bytes_cmp(g->sets[a].name, g->sets[b].name);

	return c != 0 ? c : bytes_cmp(intern_bytes(&g->ids, g->sets[a].id),
	    intern_bytes(&g->ids, g->sets[b].id));
}

/* Ranks the newest revision of each set.  rank[id] is one more than its rank,
   or 0; revision[id] one more than its number. */
static bool
rank_sets(struct gather *g, uint32_t *rank, uint32_t *revision)
{
	uint32_t *spare;
	uint32_t i, id, n = 0;

	g->ranked = arena_alloc(g->arena, g->nsets, sizeof(*g->ranked));
	spare = arena_alloc(g->arena, g->nsets, sizeof(*spare));
	if (g->ranked == NULL || spare == NULL)
		return false;
	for (i = 0; i < g->nsets; i++) {
		id = g->sets[i].id;
		if (revision[id] == 0 || is_newer(
		    g->sets[revision[id] - 1].modified, g->sets[i].modified))
			revision[id] = i + 1;
	}
	for (i = 0; i < g->nsets; i++)
		if (revision[g->sets[i].id] == i + 1 && !g->sets[i].revoked)
			g->ranked[n++] = i;
	grow_sort(g->ranked, spare, n, compare_sets, g);
	for (i = 0; i < n; i++)
		rank[g->sets[g->ranked[i]].id] = i + 1;
	return true;
}

/* Marks old revisions of relationships, and refs of old revisions of sets, as
   revoked: they say nothing. */
static bool
retire_links(struct gather *g, const uint32_t *revision)
{
	struct gather_link *l, *old;
	uint32_t *newest;
	uint32_t i;

	newest = arena_alloc(g->arena, g->ids.n, sizeof(*newest));
	if (newest == NULL)
		return false;
	for (i = 0; i < g->nlinks; i++) {
		l = &g->links[i];
		if (l->id == INTERN_NONE) {
			if (g->sets[revision[l->a] - 1].modified != l->modified)
				l->revoked = true;
			continue;
		}
		old = newest[l->id] == 0 ? NULL : &g->links[newest[l->id] - 1];
		if (old != NULL && !is_newer(old->modified, l->modified)) {
			l->revoked = true;
			continue;
		}
		if (old != NULL)
			old->revoked = true;
		newest[l->id] = i + 1;
	}
	return true;
}

/* The indicator and the rank of the set that a link joins. */
static bool
link_ends(const struct gather_link *l, const uint32_t *rank, uint32_t *id,
    uint32_t *set)
{
	if (l->revoked)
		return false;
	*id = rank[l->a] == 0 ? l->a : l->b;
	*set = rank[l->a] == 0 ? rank[l->b] : rank[l->a];
	if (*set == 0)
		return false;
	(*set)--;
	return true;
}

bool
gather_join_sets(struct gather *g)
{
	uint32_t *rank, *revision, *at;
	uint32_t i, id, set;

	rank = arena_alloc(g->arena, g->ids.n, sizeof(*rank));
	revision = arena_alloc(g->arena, g->ids.n, sizeof(*revision));
	g->of_first = arena_alloc(g->arena, (size_t)g->ids.n + 1, sizeof(*at));
	at = arena_alloc(g->arena, (size_t)g->ids.n + 1, sizeof(*at));
	g->of = arena_alloc(g->arena, g->nlinks, sizeof(*g->of));
	if (g->arena->bad || !rank_sets(g, rank, revision) ||
	    !retire_links(g, revision))
		return false;
	/* Counted, summed, filled in: no sorting by hostile numbers. */
	for (i = 0; i < g->nlinks; i++)
		if (link_ends(&g->links[i], rank, &id, &set))
			g->of_first[id + 1]++;
	for (i = 0; i < g->ids.n; i++)
		g->of_first[i + 1] += g->of_first[i];
	for (i = 0; i < g->nlinks; i++)
		if (link_ends(&g->links[i], rank, &id, &set))
			g->of[g->of_first[id] + at[id]++] = set;
	return true;
}
