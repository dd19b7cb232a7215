#include "artifact/archives.h"

#include <string.h>

#include "artifact/plists.h"
#include "base/limits.h"
#include "base/time.h"

/* Longer lists are told as a gap: no archive of a phone has them. */
#define LIST_MAX	4096
/* A text, number or date of an archive has no more members than this; what is
   larger is given once, so that naming it often costs nothing. */
#define SMALL		16
/* What is equal to one of the first so many is not added. */
#define TOLD_APART	64

struct walk {
	struct run *run;
	struct plist objects;
	uint8_t *seen;		/* a byte for each object */
	uint32_t n;
	bool deep;
	void (*member)(void *ctx, struct bytes key, struct keyed value);
	void *ctx;
};

bool
archives_within(struct run *run, struct bytes b, const char *why,
    struct keyed *root)
{
	struct plist doc;

	if (!plists_within(run, b, PLIST_DICT, why, &doc))
		return false;
	*root = keyed_root(doc);
	if (keyed_is(doc) && keyed_present(*root))
		return true;
	run_gap(run, GAP_NO_OFFSET, why);
	return false;
}

struct val
archives_val(struct keyed k, struct arena *arena)
{
	static const char *const numbers[] = { "NS.intval", "NS.boolval",
	    "NS.dblval" };
	struct bytes b = keyed_bytes(k);
	int64_t date = keyed_date(k);
	struct plist p;
	unsigned i;

	if (date != TIME_UNSET)
		return val_time(date);
	if (plist_is(plist_get(k.node, "NS.data")))
		return val_blob(b);
	if (b.n > 0 && plist_type(k.node) == PLIST_DICT)
		return plist_is(plist_get(k.node, "NS.uuidbytes")) ?
		    val_blob(b) : val_text(b);
	for (i = 0; i < 3; i++) {
		p = plist_get(k.node, numbers[i]);
		if (plist_is(p))
			return plist_val(p, arena);
	}
	if (plist_type(k.node) >= PLIST_UID)
		return val_unset();
	return plist_val(k.node, arena);
}

static void visit(struct walk *, struct bytes key, struct plist, int depth);

/* The members of an NSDictionary lie in two lists; keys are plain texts. */
static void
pairs(struct walk *w, struct plist keys, struct plist values, int depth)
{
	struct keyed key = { w->objects, { NULL, 0 } };
	uint32_t i, n = plist_count(keys);

	for (i = 0; i < plist_count(values); i++) {
		key.node = plist_at(keys, i);
		if (plist_type(key.node) == PLIST_UID)
			key.node = plist_at(w->objects,
			    (uint32_t)plist_int(key.node, 0));
		w->member(w->ctx, bytes_of("NS.keys"), key);
		visit(w, i < n ? plist_bytes(key.node) : bytes_of(""),
		    plist_at(values, i), depth);
	}
}

static void
members(struct walk *w, struct plist p, int depth)
{
	struct plist keys = plist_get(p, "NS.keys");
	struct bytes key;
	uint32_t i;

	if (plist_is(keys)) {
		pairs(w, keys, plist_get(p, "NS.objects"), depth);
		return;
	}
	for (i = 0; i < plist_count(p); i++) {
		key = plist_type(p) == PLIST_DICT ? plist_key(p, i) :
		    bytes_of("");
		if (bytes_is(key, "$class"))
			continue;
		if (bytes_is(key, "NS.objects"))
			key = bytes_of("");
		visit(w, key, plist_at(p, i), depth);
	}
}

/* Recursion is bounded by LIMIT_DEPTH, work by the number of objects: each is
   opened once. */
static void
visit(struct walk *w, struct bytes key, struct plist p, int depth)
{
	struct keyed value = { w->objects, p };
	int64_t uid;

	if (plist_type(p) == PLIST_UID) {
		uid = plist_int(p, 0);
		if (uid <= 0 || uid >= w->n)
			return;		/* 0 is nil */
		value.node = plist_at(w->objects, (uint32_t)uid);
		if (w->seen[uid] == 0 || plist_count(value.node) <= SMALL)
			w->member(w->ctx, key, value);
		if (w->seen[uid] != 0)
			return;
		w->seen[uid] = 1;
	} else {
		w->member(w->ctx, key, value);
	}
	if (depth == LIMIT_DEPTH)
		w->deep = w->deep || plist_count(value.node) > 0;
	else
		members(w, value.node, depth + 1);
}

void
archives_walk(struct run *run, struct keyed root,
    void (*member)(void *ctx, struct bytes key, struct keyed value),
    void *ctx)
{
	struct walk w = { run, root.archive, NULL, plist_count(root.archive),
	    false, member, ctx };

	w.seen = arena_alloc(run_scratch(run), w.n + 1, 1);
	if (w.seen == NULL)
		return;			/* the run tells of it */
	visit(&w, bytes_of(""), root.node, 0);
	if (w.deep)
		run_gap(run, GAP_NO_OFFSET,
		    "an archive is nested deeper than is read");
}

static bool
same(const struct val *a, const struct val *b)
{
	if (a->type != b->type)
		return false;
	if (a->type == VAL_TEXT || a->type == VAL_BLOB)
		return bytes_eq(a->bytes, b->bytes);
	return a->type != VAL_LIST && a->i == b->i;
}

/* Room for one more. */
static bool
grow(struct run *run, struct archives_list *list)
{
	uint32_t max = list->max == 0 ? 16 : list->max * 2;
	struct val *v;

	if (list->n < list->max)
		return true;
	if (list->n == LIST_MAX) {
		run_gap(run, GAP_NO_OFFSET,
		    "a record has more values than are read");
		return false;
	}
	v = arena_alloc(run_scratch(run), max, sizeof(*v));
	if (v == NULL)
		return false;		/* the run tells of it */
	if (list->n > 0)
		memcpy(v, list->v, list->n * sizeof(*v));
	list->v = v;
	list->max = max;
	return true;
}

void
archives_add(struct run *run, struct archives_list *list, struct val v)
{
	uint32_t i;

	if (!val_set(&v) || ((v.type == VAL_TEXT || v.type == VAL_BLOB) &&
	    v.bytes.n == 0))
		return;
	for (i = 0; i < list->n && i < TOLD_APART; i++)
		if (same(&list->v[i], &v))
			return;
	if (grow(run, list))
		list->v[list->n++] = v;
}

struct val
archives_as_val(const struct archives_list *list)
{
	return list->n == 0 ? val_unset() : val_list(list->v, list->n);
}

struct texts {
	struct run *run;
	struct archives_list list;
};

static void
text_member(void *ctx, struct bytes key, struct keyed value)
{
	struct texts *t = ctx;

	(void)key;
	if (plist_type(value.node) == PLIST_TEXT)
		archives_add(t->run, &t->list,
		    val_text(plist_bytes(value.node)));
}

struct val
archives_texts(struct run *run, struct keyed root)
{
	struct texts t = { run, { NULL, 0, 0 } };

	archives_walk(run, root, text_member, &t);
	return archives_as_val(&t.list);
}
