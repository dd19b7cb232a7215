/*
 * The same indicators, in files of any order, give the same bytes: everything
 * is sorted by what it says, never by when it came or by a keyed hash.
 */
#include "indicator/write.h"

#include "base/hash.h"
#include "indicator/grow.h"
#include "indicator/intern.h"
#include "indicator/layout.h"
#include "indicator/match.h"
#include "indicator/write_part.h"

static int
compare_entries(const void *ctx, uint32_t a, uint32_t b)
{
	const struct entry *x = &((const struct entries *)ctx)->list[a];
	const struct entry *y = &((const struct entries *)ctx)->list[b];
	int c;

	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	c = bytes_cmp(x->value, y->value);
	return c != 0 ? c : bytes_cmp(x->id, y->id);
}

static int
compare_terms(const void *ctx, uint32_t a, uint32_t b)
{
	const struct intern *terms = &((const struct entries *)ctx)->terms;
	uint32_t x = intern_tag(terms, a), y = intern_tag(terms, b);

	if ((x & 0xff) != (y & 0xff))
		return (x & 0xff) < (y & 0xff) ? -1 : 1;
	if (x != y)
		return x < y ? -1 : 1;
	return bytes_cmp(intern_bytes(terms, a), intern_bytes(terms, b));
}

/* Sorts numbers, and says for each what it became. */
static bool
rank(struct write *w, struct write_order *o, uint32_t all,
    int (*compare)(const void *, uint32_t, uint32_t))
{
	uint32_t *spare;
	uint32_t i;

	spare = arena_alloc(w->arena, o->n, sizeof(*spare));
	o->rank = arena_alloc(w->arena, all, sizeof(*o->rank));
	if (spare == NULL || o->rank == NULL)
		return false;
	grow_sort(o->order, spare, o->n, compare, w->from);
	for (i = 0; i < o->n; i++)
		o->rank[o->order[i]] = i;
	return true;
}

static bool
order_entries(struct write *w)
{
	uint32_t i, n = w->from->n;

	w->entries.order = arena_alloc(w->arena, n, sizeof(uint32_t));
	if (w->entries.order == NULL)
		return false;
	for (i = 0; i < n; i++)
		w->entries.order[i] = i;
	w->entries.n = n;
	return rank(w, &w->entries, n, compare_entries);
}

/* Only terms that some entry needs: others were left over by a pattern that
   as a whole could not be tested. */
static bool
order_terms(struct write *w)
{
	const struct entries *e = w->from;
	uint32_t i, k;
	bool *used;

	used = arena_alloc(w->arena, e->terms.n, sizeof(*used));
	w->terms.order = arena_alloc(w->arena, e->terms.n, sizeof(uint32_t));
	if (used == NULL || w->terms.order == NULL)
		return false;
	for (i = 0; i < e->nalls; i++)
		for (k = 0; k < e->alls[i].n; k++)
			used[e->alls[i].literals[k] >> 1] = true;
	for (i = 0; i < e->terms.n; i++)
		if (used[i])
			w->terms.order[w->terms.n++] = i;
	return rank(w, &w->terms, e->terms.n, compare_terms);
}

/* --- the parts --------------------------------------------------------- */

static void
put_notes(struct write *w)
{
	const struct notes *notes = &w->from->from->notes;
	const struct notes_one *one;
	uint32_t i;

	for (i = 0; i < notes->n; i++) {
		one = &notes->list[i];
		write_word(w, SECTION_NOTE, (uint32_t)one->kind);
		write_text(w, SECTION_NOTE,
		    w->from->from->files[one->file].name);
		write_text(w, SECTION_NOTE, one->object);
		write_text(w, SECTION_NOTE, one->why);
		write_long(w, SECTION_NOTE, one->offset);
	}
}

static void
put_totals(struct write *w)
{
	uint32_t i;

	write_long(w, SECTION_TOTAL, w->seed);
	write_word(w, SECTION_TOTAL, w->from->published);
	for (i = 0; i < KEY_COUNT; i++)
		write_word(w, SECTION_TOTAL, w->by_key[i]);
}

/* Drawn from all that is looked up, so that who writes one value cannot know
   where another will lie. */
static uint64_t
first_seed(struct write *w)
{
	uint8_t digest[HASH_SHA256];
	struct cur c = cur_over(bytes_at(digest, sizeof(digest)));

	hash_sha256(buf_bytes(&w->text), digest);
	return cur_le(&c, 8);
}

static bool
put_all(struct write *w)
{
	uint32_t tries;

	if (!order_entries(w) || !order_terms(w) || !write_part_terms(w) ||
	    !write_part_entries(w))
		return false;
	w->seed = first_seed(w);
	for (tries = 0; tries < 16; tries++) {
		if (write_part_table(w))
			break;
		w->seed++;
	}
	put_notes(w);
	put_totals(w);
	return tries < 16 && !w->failed;
}

static void
put_out(const struct write *w, struct buf *out)
{
	uint32_t i, k, word;
	uint8_t *p;

	buf_text(out, LAYOUT_MAGIC);
	buf_le(out, LAYOUT_VERSION, 4);
	buf_le(out, w->text.n, 4);
	for (i = 1; i < SECTION_COUNT; i++)
		buf_le(out, (uint64_t)w->words[i].n * 4, 4);
	buf_add(out, buf_bytes(&w->text));
	for (i = 1; i < SECTION_COUNT; i++) {
		p = buf_room(out, (size_t)w->words[i].n * 4);
		if (p == NULL)
			return;
		for (k = 0; k < w->words[i].n; k++) {
			word = htole32(w->words[i].p[k]);
			memcpy(&p[(size_t)k * 4], &word, 4);
		}
		out->n += (size_t)w->words[i].n * 4;
	}
}

enum err
write_index(const struct entries *e, struct buf *out)
{
	struct write w = { .arena = e->arena, .from = e };
	enum err err = ERR_MEMORY;

	w.text = buf_with(INT32_MAX);
	w.strings = intern_in(e->arena);
	/* The empty text comes first, at 0. */
	if (put_all(&w)) {
		while (w.text.n % 4 != 0)
			buf_byte(&w.text, 0);
		put_out(&w, out);
		if (!w.text.bad && !out->bad)
			err = ERR_NONE;
	}
	buf_free(&w.text);
	return err;
}
