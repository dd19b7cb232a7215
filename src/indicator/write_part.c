#include "indicator/write_part.h"

#include "base/limits.h"
#include "indicator/grow.h"
#include "indicator/match.h"

void
write_word(struct write *w, enum section s, uint32_t v)
{
	struct write_words *words = &w->words[s];
	uint32_t *p;

	p = grow_array(w->arena, words->p, words->n, &words->cap, sizeof(*p));
	if (p == NULL) {
		w->failed = true;
		return;
	}
	words->p = p;
	p[words->n++] = v;
}

void
write_long(struct write *w, enum section s, uint64_t v)
{
	write_word(w, s, (uint32_t)v);
	write_word(w, s, (uint32_t)(v >> 32));
}

void
write_text(struct write *w, enum section s, struct bytes text)
{
	uint32_t before = w->strings.n;
	uint32_t number = intern_add(&w->strings, 0, text);
	uint32_t *places;

	places = grow_array(w->arena, w->places, before, &w->places_cap,
	    sizeof(*places));
	if (number == INTERN_NONE || places == NULL) {
		w->failed = true;
		return;
	}
	w->places = places;
	if (number == before) {
		places[number] = (uint32_t)w->text.n;
		buf_add(&w->text, text);
		w->failed = w->failed || w->text.bad;
	}
	write_word(w, s, places[number]);
	write_word(w, s, (uint32_t)text.n);
}

void
write_text_once(struct write *w, enum section s, struct bytes text)
{
	write_word(w, s, (uint32_t)w->text.n);
	write_word(w, s, (uint32_t)text.n);
	buf_add(&w->text, text);
	w->failed = w->failed || w->text.bad;
}

/* --- terms ------------------------------------------------------------- */

struct alls {			/* all of them, by their first term */
	const struct write *w;
	uint32_t *first;	/* rank of the first term that must be met */
};

static uint32_t
first_term(const struct write *w, const struct entry_all *a)
{
	uint32_t i, rank, least = UINT32_MAX;

	for (i = 0; i < a->n; i++) {
		rank = w->terms.rank[a->literals[i] >> 1];
		if ((a->literals[i] & 1) == 0 && rank < least)
			least = rank;
	}
	return least;
}

static int
compare_alls(const void *ctx, uint32_t a, uint32_t b)
{
	const struct alls *s = ctx;
	const struct entry_all *x = &s->w->from->alls[a];
	const struct entry_all *y = &s->w->from->alls[b];
	const uint32_t *rank = s->w->entries.rank;

	if (s->first[a] != s->first[b])
		return s->first[a] < s->first[b] ? -1 : 1;
	if (x->entry != y->entry)
		return rank[x->entry] < rank[y->entry] ? -1 : 1;
	if (x->part != y->part)
		return x->part < y->part ? -1 : 1;
	return 0;		/* as they stood in the pattern */
}

static void
put_literals(struct write *w, const struct entry_all *a)
{
	uint32_t i;

	write_word(w, SECTION_ALL, w->entries.rank[a->entry]);
	write_word(w, SECTION_ALL, a->part);
	write_word(w, SECTION_ALL, w->words[SECTION_LITERAL].n);
	write_word(w, SECTION_ALL, a->n);
	for (i = 0; i < a->n; i++)
		write_word(w, SECTION_LITERAL, LOGIC_LITERAL(
		    w->terms.rank[a->literals[i] >> 1], a->literals[i] & 1));
}

static bool
order_alls(struct write *w, struct alls *s, uint32_t *order)
{
	uint32_t *spare;
	uint32_t i, n = w->from->nalls;

	spare = arena_alloc(w->arena, n, sizeof(*spare));
	if (spare == NULL)
		return false;
	for (i = 0; i < n; i++) {
		order[i] = i;
		s->first[i] = first_term(w, &w->from->alls[i]);
	}
	grow_sort(order, spare, n, compare_alls, s);
	return true;
}

static void
put_spaces(struct write *w)
{
	uint32_t space, n, i = 0;

	for (space = 0; space < SPACE_COUNT; space++) {
		for (n = 0; i + n < w->terms.n && (intern_tag(&w->from->terms,
		    w->terms.order[i + n]) & 0xff) == space; n++)
			continue;
		write_word(w, SECTION_SPACE, i);
		write_word(w, SECTION_SPACE, n);
		i += n;
	}
}

bool
write_part_terms(struct write *w)
{
	const struct intern *terms = &w->from->terms;
	struct alls s = { .w = w };
	uint32_t *order;
	uint32_t i, term, n, at = 0;

	order = arena_alloc(w->arena, w->from->nalls, sizeof(*order));
	s.first = arena_alloc(w->arena, w->from->nalls, sizeof(*s.first));
	if (order == NULL || s.first == NULL || !order_alls(w, &s, order))
		return false;
	for (i = 0; i < w->terms.n; i++) {
		term = w->terms.order[i];
		for (n = 0; at + n < w->from->nalls &&
		    s.first[order[at + n]] == i; n++)
			put_literals(w, &w->from->alls[order[at + n]]);
		write_word(w, SECTION_TERM, (intern_tag(terms, term) & 0xff) |
		    (intern_tag(terms, term) >> 8) << 8);
		write_text(w, SECTION_TERM, intern_bytes(terms, term));
		write_word(w, SECTION_TERM, at);
		write_word(w, SECTION_TERM, n);
		at += n;
	}
	put_spaces(w);
	return !w->failed;
}

bool
write_part_table(struct write *w)
{
	uint32_t i, slot, run, hash, n = 4, hashed = 0;
	const struct intern *terms = &w->from->terms;
	uint32_t *p, tag;

	while (hashed < w->terms.n && (intern_tag(terms,
	    w->terms.order[hashed]) & 0xff) < SPACE_HASHED)
		hashed++;
	while (n < hashed * 3)
		n *= 2;
	p = arena_alloc(w->arena, n, TABLE_WORDS * sizeof(*p));
	if (p == NULL) {
		w->failed = true;
		return true;	/* another seed would not help */
	}
	for (i = 0; i < hashed; i++) {
		tag = intern_tag(terms, w->terms.order[i]);
		hash = space_hash(w->seed, (enum space)(tag & 0xff),
		    intern_bytes(terms, w->terms.order[i]));
		slot = hash & (n - 1);
		for (run = 0; p[slot * TABLE_WORDS + TABLE_TERM] != 0; run++)
			slot = (slot + 1) & (n - 1);
		if (run + 1 >= LAYOUT_RUN)
			return false;
		p[slot * TABLE_WORDS + TABLE_HASH] = hash;
		p[slot * TABLE_WORDS + TABLE_TERM] = i + 1;
	}
	w->words[SECTION_TABLE].p = p;
	w->words[SECTION_TABLE].n = n * TABLE_WORDS;
	return true;
}

/* --- entries and sets -------------------------------------------------- */

/* Pairs of entry and set, sorted, each once. */
struct pairs {
	const struct write *w;
	uint32_t *order;
	uint32_t n;
};

static int
compare_pairs(const void *ctx, uint32_t a, uint32_t b)
{
	const struct write *w = ctx;
	const struct entry_set *x = &w->from->in_sets[a];
	const struct entry_set *y = &w->from->in_sets[b];

	if (x->entry != y->entry)
		return w->entries.rank[x->entry] < w->entries.rank[y->entry] ?
		    -1 : 1;
	if (x->set != y->set)
		return x->set < y->set ? -1 : 1;
	return 0;
}

static bool
order_pairs(struct write *w, struct pairs *p)
{
	uint32_t *spare;
	uint32_t i, all = w->from->nin_sets;

	p->order = arena_alloc(w->arena, all, sizeof(*p->order));
	spare = arena_alloc(w->arena, all, sizeof(*spare));
	if (p->order == NULL || spare == NULL)
		return false;
	for (i = 0; i < all; i++)
		p->order[i] = i;
	grow_sort(p->order, spare, all, compare_pairs, w);
	for (i = 0; i < all; i++)
		if (i == 0 || compare_pairs(w, p->order[p->n - 1],
		    p->order[i]) != 0)
			p->order[p->n++] = p->order[i];
	return true;
}

/* The names of the sets, each once, and the first URL, else the first file. */
static uint32_t
describe_sets(struct write *w, const struct pairs *p, uint32_t at,
    struct buf *names, struct bytes *reference)
{
	const struct gather *g = w->from->from;
	uint32_t i, set, entry = w->from->in_sets[p->order[at]].entry;
	struct bytes name, last = { NULL, 0 }, file = { NULL, 0 };
	const struct gather_set *s;

	buf_reset(names);
	*reference = last;
	for (i = at; i < p->n; i++) {
		if (w->from->in_sets[p->order[i]].entry != entry)
			break;
		set = w->from->in_sets[p->order[i]].set;
		s = set < g->nsets ? &g->sets[g->ranked[set]] : NULL;
		name = s != NULL ? s->name : g->files[set - g->nsets].name;
		if (s != NULL && s->url.n > 0 && reference->n == 0)
			*reference = s->url;
		if (i == at)
			file = s != NULL ? g->files[s->file].name : name;
		if (i > at && bytes_eq(name, last))
			continue;	/* sorted by name */
		if (i > at)
			buf_text(names, "; ");
		buf_add(names, name);
		last = name;
	}
	if (reference->n == 0)
		*reference = file;
	return i;
}

static void
put_entry(struct write *w, const struct entry *e, struct bytes names,
    struct bytes reference)
{
	uint32_t i;

	write_text_once(w, SECTION_INDICATOR, e->id);
	write_text(w, SECTION_INDICATOR, e->value);
	write_text(w, SECTION_INDICATOR, names);
	write_text(w, SECTION_INDICATOR, reference);
	write_long(w, SECTION_INDICATOR, (uint64_t)e->from);
	write_long(w, SECTION_INDICATOR, (uint64_t)e->until);
	write_word(w, SECTION_INDICATOR, e->kind);
	write_word(w, SECTION_INDICATOR, e->parts);
	write_word(w, SECTION_INDICATOR, w->words[SECTION_CASE].n);
	write_word(w, SECTION_INDICATOR, e->ncases);
	for (i = 0; i < e->ncases; i++)
		write_word(w, SECTION_CASE, e->cases[i]);
}

/* Which keys each entry tests, a bit for each. */
static uint32_t *
keys_of_entries(struct write *w)
{
	const struct entries *e = w->from;
	uint32_t *keys = arena_alloc(w->arena, e->n, sizeof(*keys));
	uint32_t i, k;

	for (i = 0; keys != NULL && i < e->nalls; i++)
		for (k = 0; k < e->alls[i].n; k++)
			keys[e->alls[i].entry] |= 1u << (intern_tag(&e->terms,
			    e->alls[i].literals[k] >> 1) >> 8);
	return keys;
}

static void
count_keys(uint32_t by_key[KEY_COUNT], uint32_t keys)
{
	uint32_t k;

	for (k = 0; k < KEY_COUNT; k++)
		by_key[k] += keys >> k & 1;
}

/* Sets that have entries, in their order, with their counts. */
static bool
put_sets(struct write *w, const struct pairs *p, const uint32_t *keys)
{
	const struct gather *g = w->from->from;
	uint32_t i, k, set, nsets = g->nsets + g->nfiles;
	uint32_t (*counts)[1 + KEY_COUNT];
	const struct gather_set *s;

	counts = arena_alloc(w->arena, nsets, sizeof(*counts));
	if (counts == NULL)
		return false;
	for (i = 0; i < p->n; i++) {
		set = w->from->in_sets[p->order[i]].set;
		counts[set][0]++;
		count_keys(&counts[set][1],
		    keys[w->from->in_sets[p->order[i]].entry]);
	}
	for (set = 0; set < nsets; set++) {
		if (counts[set][0] == 0)
			continue;
		s = set < g->nsets ? &g->sets[g->ranked[set]] : NULL;
		write_text(w, SECTION_SET, s != NULL ? s->name :
		    g->files[set - g->nsets].name);
		write_text(w, SECTION_SET, g->files[s != NULL ? s->file :
		    set - g->nsets].name);
		for (k = 0; k < 1 + KEY_COUNT; k++)
			write_word(w, SECTION_SET, counts[set][k]);
	}
	return true;
}

bool
write_part_entries(struct write *w)
{
	struct pairs pairs = { .w = w };
	uint32_t *keys = keys_of_entries(w);
	struct buf names = buf_with(64 * KIB);
	struct bytes reference, kept = { NULL, 0 };
	uint32_t i, at = 0;

	if (keys == NULL || !order_pairs(w, &pairs) ||
	    !put_sets(w, &pairs, keys))
		return false;
	for (i = 0; i < w->entries.n; i++) {
		at = describe_sets(w, &pairs, at, &names, &reference);
		if (!bytes_eq(kept, buf_bytes(&names)))
			kept = arena_copy(w->arena, buf_bytes(&names));
		put_entry(w, &w->from->list[w->entries.order[i]], kept,
		    reference);
		count_keys(w->by_key, keys[w->entries.order[i]]);
	}
	buf_free(&names);
	return !w->failed;
}
