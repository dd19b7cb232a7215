#include "artifact/plists.h"

#include "base/hash.h"
#include "base/limits.h"
#include "base/text.h"
#include "base/time.h"

/* What a node weighs beside its bytes: about what it costs in JSON. */
#define NODE_WEIGHT	16

/* A list may weigh that many times its bytes.  Writers store equal texts once;
   host names in a log, named with two bytes each, are the heaviest case. */
#define WEIGHT_FACTOR	32
/* Of a file, whatever its size; a second's work. */
#define FILE_WEIGHT	(256 * MIB)

/* Takes the weight of the tree from what is left; false if it is too heavy.
   Recursion is bounded: the readers leave no path beyond LIMIT_DEPTH. */
static bool
weigh(struct plist p, size_t *left)
{
	size_t weight = NODE_WEIGHT + plist_bytes(p).n;
	uint32_t i, n = plist_count(p);

	if (weight > *left)
		return false;
	*left -= weight;
	for (i = 0; i < n; i++) {
		weight = plist_key(p, i).n;
		if (weight > *left)
			return false;
		*left -= weight;
		if (!weigh(plist_at(p, i), left))
			return false;
	}
	return true;
}

bool
plists_root(struct run *run, const struct member *member, struct plist *root)
{
	size_t left = FILE_WEIGHT;

	if (!run_plist(run, member, root))
		return false;
	if (plist_type(*root) != PLIST_DICT) {
		run_gap(run, 0, "the property list is no dictionary: an "
		    "unknown schema");
		return false;
	}
	if (!weigh(*root, &left)) {
		run_gap(run, 0, "the property list names its parts too "
		    "often to be read");
		return false;
	}
	return true;
}

bool
plists_within(struct run *run, struct bytes b, enum plist_type type,
    const char *why, struct plist *root)
{
	size_t left = 64 * KIB + WEIGHT_FACTOR * b.n;

	if (!run_plist_within(run, b, why, root))
		return false;
	if (plist_type(*root) == type && weigh(*root, &left))
		return true;
	run_gap(run, GAP_NO_OFFSET, why);
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

bool
plists_plain(struct plist p)
{
	return plist_type(p) <= PLIST_DATE;
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

/* Counts the texts, and keeps them if there is room given. */
static void
gather(struct plist p, struct val *items, uint32_t *n)
{
	uint32_t i;

	if (plist_type(p) == PLIST_TEXT) {
		if (items != NULL)
			items[*n] = val_text(plist_bytes(p));
		++*n;
	}
	for (i = 0; i < plist_count(p); i++)
		gather(plist_at(p, i), items, n);
}

struct val
plists_texts(struct run *run, struct plist p)
{
	struct val *items;
	uint32_t n = 0;

	gather(p, NULL, &n);
	if (n == 0)
		return val_unset();
	items = arena_alloc(run_scratch(run), n, sizeof(*items));
	if (items == NULL)
		return val_unset();	/* the run tells of it */
	n = 0;
	gather(p, items, &n);
	return val_list(items, n);
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
