/*
 * The country, its regions, and their territories, in the order of names.
 */
#include "election/count_inside.h"

#include "base/sort.h"

struct entry {
	uint32_t place, region;		/* region: its number in their order */
	struct bytes name;
	bool is_region;
};

static int
by_name(const void *va, const void *vb)
{
	const struct entry *a = va, *b = vb;

	if (a->region != b->region)
		return a->region < b->region ? -1 : 1;
	if (a->is_region != b->is_region)
		return a->is_region ? -1 : 1;
	return places_order(a->name, b->name);
}

/* Regions first: what is compared for their territories is a number. */
static struct entry *
entries(struct count *c)
{
	struct entry *e = arena_alloc(&c->arena, c->places.n + 1, sizeof(*e));
	uint32_t *order = arena_alloc(&c->arena, c->places.n + 1,
	    sizeof(*order));
	uint32_t i, n = 0;
	struct place place;

	if (e == NULL || order == NULL)
		return NULL;
	for (i = 0; i < c->places.n; i++) {
		place = places_get(&c->places, i);
		if (place.above != PLACES_NONE)
			continue;
		e[n].place = i;
		e[n].is_region = true;
		e[n++].name = place.name;
	}
	sort_items(e, n, sizeof(*e), by_name);
	for (i = 0; i < n; i++)
		order[e[i].place] = i;
	for (i = 0; i < c->places.n; i++) {
		place = places_get(&c->places, i);
		e[i].place = i;
		e[i].is_region = place.above == PLACES_NONE;
		e[i].region = order[e[i].is_region ? i : place.above];
		e[i].name = place.name;
	}
	sort_items(e, c->places.n, sizeof(*e), by_name);
	return e;
}

bool
count_nodes(struct count *c)
{
	struct entry *e = entries(c);
	uint32_t i, region = 0;
	struct tally_node *node;

	c->nnodes = c->places.n + 1;
	c->nodes = arena_alloc(&c->arena, c->nnodes, sizeof(*c->nodes));
	c->node_of = arena_alloc(&c->arena, c->nnodes, sizeof(*c->node_of));
	c->sums = arena_alloc(&c->arena, (size_t)c->nnodes *
	    (c->form.n + 1), sizeof(*c->sums));
	if (e == NULL || c->nodes == NULL || c->node_of == NULL ||
	    c->sums == NULL)
		return false;
	for (i = 0; i < c->nnodes; i++) {
		node = &c->nodes[i];
		node->sums = &c->sums[(size_t)i * c->form.n];
		if (i == 0) {
			node->level = TALLY_COUNTRY;
			continue;
		}
		region = e[i - 1].is_region ? i : region;
		node->level = region == i ? TALLY_REGION : TALLY_TERRITORY;
		node->parent = region == i ? 0 : region;
		node->name = e[i - 1].name;
		c->node_of[e[i - 1].place] = i;
	}
	return true;
}
