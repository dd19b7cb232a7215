#include "artifact/words.h"

#include "base/limits.h"
#include "base/text.h"

/* Parts of a list that are visited for one record: one part can be named very
   often, and archives name theirs in circles. */
#define VISITS		20000u
/* Lists packed in lists; two have been seen. */
#define PACKED		4

struct words {
	struct run *run;
	struct val *texts, *names;	/* WORDS_MAX each; NULL: not wanted */
	uint32_t ntexts, nnames;
	uint32_t visits;
	unsigned packed;
	bool full;
};

static void
add(struct words *w, struct val *list, uint32_t *n, struct bytes word)
{
	if (list == NULL || word.n == 0)
		return;
	if (*n == WORDS_MAX)
		w->full = true;
	else
		list[(*n)++] = val_text(word);
}

static void walk(struct words *, struct plist);

static void
packed(struct words *w, struct bytes data)
{
	struct plist root;

	if (!bytes_starts(data, "bplist0"))
		return;
	if (w->packed == PACKED) {
		run_gap(w->run, GAP_NO_OFFSET, "a property list within too "
		    "many others is not read");
		return;
	}
	w->packed++;
	if (run_plist_within(w->run, data, "a property list within an entry "
	    "is damaged", &root))
		walk(w, root);
	w->packed--;
}

/* Recursion is bounded: the readers leave no path beyond LIMIT_DEPTH, and
   lists are unpacked PACKED deep. */
static void
walk(struct words *w, struct plist p)
{
	uint32_t i, n = plist_count(p);

	if (++w->visits > VISITS)
		w->full = true;
	if (w->full)
		return;
	if (plist_type(p) == PLIST_TEXT)
		add(w, w->texts, &w->ntexts, plist_bytes(p));
	else if (plist_type(p) == PLIST_DATA)
		packed(w, plist_bytes(p));
	for (i = 0; i < n && !w->full; i++) {
		add(w, w->names, &w->nnames, plist_key(p, i));
		walk(w, plist_at(p, i));
	}
}

static void
walk_keyed(struct words *w, struct keyed k, unsigned depth)
{
	uint32_t i, n = keyed_count(k);

	if (++w->visits > VISITS || depth > LIMIT_DEPTH)
		w->full = true;
	if (w->full)
		return;
	if (n == 0 && plist_type(k.node) == PLIST_DATA)
		packed(w, plist_bytes(k.node));
	else if (n == 0 && bytes_starts(keyed_bytes(k), "bplist0"))
		packed(w, keyed_bytes(k));
	else if (n == 0 && text_utf8(keyed_bytes(k)))
		add(w, w->texts, &w->ntexts, keyed_bytes(k));
	for (i = 0; i < n && !w->full; i++)
		walk_keyed(w, keyed_at(k, i), depth + 1);
}

static struct val
list_of(const struct val *items, uint32_t n)
{
	return n == 0 ? val_unset() : val_list(items, n);
}

static void
tell(struct words *w)
{
	if (w->full)
		run_gap(w->run, GAP_NO_OFFSET, "an entry holds more texts "
		    "than are compared");
}

void
words_in(struct run *run, struct plist p, struct val *texts,
    struct val *names)
{
	struct arena *scratch = run_scratch(run);
	struct words w = { .run = run };

	*texts = *names = val_unset();
	w.texts = arena_alloc(scratch, WORDS_MAX, sizeof(*w.texts));
	w.names = arena_alloc(scratch, WORDS_MAX, sizeof(*w.names));
	if (w.texts == NULL || w.names == NULL)
		return;		/* the run tells of it */
	walk(&w, p);
	tell(&w);
	*texts = list_of(w.texts, w.ntexts);
	*names = list_of(w.names, w.nnames);
}

void
words_keyed(struct run *run, struct keyed k, struct val *texts)
{
	struct words w = { .run = run };

	*texts = val_unset();
	w.texts = arena_alloc(run_scratch(run), WORDS_MAX, sizeof(*w.texts));
	if (w.texts == NULL)
		return;
	walk_keyed(&w, k, 0);
	tell(&w);
	*texts = list_of(w.texts, w.ntexts);
}
