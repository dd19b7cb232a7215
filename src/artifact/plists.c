#include "artifact/plists.h"

#include "base/hash.h"
#include "base/text.h"
#include "base/time.h"

bool
plists_root(struct run *run, const struct member *member, struct plist *root)
{
	if (!run_plist(run, member, root))
		return false;
	if (plist_type(*root) == PLIST_DICT)
		return true;
	run_gap(run, 0, "the property list is no dictionary: an unknown "
	    "schema");
	return false;
}

struct plist
plists_part(struct run *run, struct plist part, enum plist_type type,
    const char *why)
{
	static const struct plist none;

	if (plist_type(part) == type)
		return part;
	if (plist_is(part))
		run_gap(run, GAP_NO_OFFSET, why);
	return none;
}

struct val
plists_time(struct plist p, struct arena *arena)
{
	struct val v = plist_val(p, arena);
	int64_t t = TIME_UNSET;

	if (v.type == VAL_INT)
		t = time_mac_int(v.i);
	else if (v.type == VAL_REAL)
		t = time_mac(v.r);
	else
		return v;
	if (plist_real(p, 1) == 0)
		return val_unset();
	return t == TIME_UNSET ? v : val_time(t);
}

struct gather {
	struct val *items;	/* NULL: only count */
	uint32_t n;
	size_t visits;		/* left */
	bool cut;
};

/* Recursion is bounded: the readers leave no path beyond LIMIT_DEPTH. */
static void
gather(struct gather *g, struct plist p)
{
	uint32_t i, n = plist_count(p);

	if (g->visits == 0) {
		g->cut = true;
		return;
	}
	g->visits--;
	if (plist_type(p) == PLIST_TEXT) {
		if (g->items != NULL)
			g->items[g->n] = val_text(plist_bytes(p));
		g->n++;
	}
	for (i = 0; i < n && !g->cut; i++)
		gather(g, plist_at(p, i));
}

struct val
plists_texts(struct run *run, struct plist p, size_t visits)
{
	struct gather g = { NULL, 0, visits, false };

	if (!plist_is(p))
		return val_unset();
	gather(&g, p);
	if (g.cut)
		run_gap(run, GAP_NO_OFFSET, "a property list names its parts "
		    "more often than they are read");
	if (g.n == 0)
		return val_unset();
	g.items = arena_alloc(run_scratch(run), g.n, sizeof(*g.items));
	if (g.items == NULL)
		return val_unset();	/* the run tells of it */
	g.n = 0;
	g.visits = visits;
	g.cut = false;
	gather(&g, p);
	return val_list(g.items, g.n);
}

struct val
plists_sha256(struct run *run, struct bytes b)
{
	uint8_t sum[HASH_SHA256];
	struct buf hex = buf_with(128);
	struct val v;

	hash_sha256(b, sum);
	text_hex(&hex, bytes_at(sum, sizeof(sum)));
	v = val_text(arena_copy(run_scratch(run), buf_bytes(&hex)));
	buf_free(&hex);
	return v;
}
