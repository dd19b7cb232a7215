/*
 * Every question is answered from the $objects array at the time it is put;
 * nothing is followed further than one question needs, so archives whose
 * objects name each other in circles cost nothing.
 */
#include "format/keyed.h"

#include <assert.h>
#include <stdio.h>

#include "base/time.h"

/* A UID that names a UID, and so on: no archive does it even once. */
#define HOPS	4

static struct plist
nothing(void)
{
	return (struct plist){ NULL, 0 };
}

/* The object behind a node that may be a UID.  Object 0, the text "$null",
   is how an archive says nil. */
static struct keyed
follow(struct plist archive, struct plist node)
{
	struct keyed k = { archive, node };
	int64_t uid;
	int hops;

	for (hops = 0; plist_type(k.node) == PLIST_UID; hops++) {
		uid = plist_int(k.node, 0);
		k.node = hops < HOPS && uid > 0 && uid < UINT32_MAX ?
		    plist_at(archive, (uint32_t)uid) : nothing();
	}
	return k;
}

bool
keyed_is(struct plist doc)
{
	struct bytes name = plist_bytes(plist_get(doc, "$archiver"));

	return bytes_ends(name, "KeyedArchiver") &&
	    plist_type(plist_get(doc, "$objects")) == PLIST_ARRAY &&
	    plist_type(plist_get(doc, "$top")) == PLIST_DICT;
}

struct keyed
keyed_root(struct plist doc)
{
	struct plist top = plist_get(doc, "$top");
	struct plist root = plist_get(top, "root");

	if (!plist_is(root))
		root = plist_at(top, 0);
	return follow(plist_get(doc, "$objects"), root);
}

static struct keyed
member(struct keyed k, const char *key)
{
	return follow(k.archive, plist_get(k.node, key));
}

/* The array that holds a collection's members.  An ordered set has none: it
   keeps them as NS.object.0, NS.object.1 and so on. */
static struct plist
members(struct keyed k)
{
	if (plist_type(k.node) == PLIST_ARRAY)
		return k.node;
	return plist_get(k.node, "NS.objects");
}

static bool
is_numbered(struct keyed k)
{
	return plist_is(plist_get(k.node, "NS.object.0"));
}

struct keyed
keyed_get(struct keyed k, const char *key)
{
	struct plist keys = plist_get(k.node, "NS.keys");
	struct bytes wanted = bytes_of(key);
	struct keyed have;
	uint32_t i;

	for (i = 0; i < plist_count(keys); i++) {
		have = follow(k.archive, plist_at(keys, i));
		if (bytes_eq(keyed_bytes(have), wanted))
			return keyed_at(k, i);
	}
	return member(k, key);
}

/* Only the members of an NSDictionary lie elsewhere. */
void
keyed_get_all(struct keyed k, const char *const *keys, struct keyed *out,
    unsigned n)
{
	struct bytes wanted[KEYED_ALL + 1];
	struct plist found[KEYED_ALL + 1];
	unsigned i;

	assert(n <= KEYED_ALL);
	for (i = 0; i < n; i++)
		wanted[i] = bytes_of(keys[i]);
	wanted[n] = bytes_of("NS.keys");
	plist_get_all(k.node, wanted, found, n + 1);
	for (i = 0; i < n; i++)
		out[i] = plist_is(found[n]) ? keyed_get(k, keys[i]) :
		    follow(k.archive, found[i]);
}

uint32_t
keyed_count(struct keyed k)
{
	uint32_t n = 0;
	uint32_t i;

	if (!is_numbered(k))
		return plist_count(members(k));
	for (i = 0; i < plist_count(k.node); i++)
		n += bytes_starts(plist_key(k.node, i), "NS.object.");
	return n;
}

struct keyed
keyed_at(struct keyed k, uint32_t i)
{
	char key[24];

	if (!is_numbered(k))
		return follow(k.archive, plist_at(members(k), i));
	(void)snprintf(key, sizeof(key), "NS.object.%lu", (unsigned long)i);
	return member(k, key);
}

struct keyed
keyed_key(struct keyed k, uint32_t i)
{
	return follow(k.archive, plist_at(plist_get(k.node, "NS.keys"), i));
}

struct bytes
keyed_class(struct keyed k)
{
	struct keyed class = member(k, "$class");

	return plist_bytes(plist_get(class.node, "$classname"));
}

struct bytes
keyed_bytes(struct keyed k)
{
	static const char *const where[] = {
		"NS.string",	/* NSString, NSMutableString */
		"NS.bytes",	/* NSString, long ago */
		"NS.data",	/* NSData, NSMutableData */
		"NS.uuidbytes",	/* NSUUID */
		"NS.relative",	/* NSURL */
		"NSString",	/* NSAttributedString */
	};
	struct keyed inner;
	size_t i;

	if (plist_type(k.node) != PLIST_DICT)
		return plist_bytes(k.node);
	for (i = 0; i < sizeof(where) / sizeof(where[0]); i++) {
		inner = member(k, where[i]);
		if (plist_type(inner.node) == PLIST_DICT)
			inner = member(inner, "NS.string");
		if (plist_is(inner.node))
			return plist_bytes(inner.node);
	}
	return bytes_at(NULL, 0);
}

int64_t
keyed_int(struct keyed k, int64_t otherwise)
{
	static const char *const where[] = {
		"NS.intval", "NS.boolval", "NS.dblval"	/* NSNumber */
	};
	enum plist_type type = plist_type(k.node);
	struct plist inner;
	size_t i;

	for (i = 0; type == PLIST_DICT &&
	    i < sizeof(where) / sizeof(where[0]); i++) {
		inner = plist_get(k.node, where[i]);
		if (plist_is(inner))
			return plist_int(inner, otherwise);
	}
	return type == PLIST_UID ? otherwise : plist_int(k.node, otherwise);
}

int64_t
keyed_date(struct keyed k)
{
	struct plist inner;
	enum plist_type type;

	if (plist_type(k.node) != PLIST_DICT)
		return plist_date(k.node);
	inner = plist_get(k.node, "NS.time");
	type = plist_type(inner);
	if (type == PLIST_REAL || type == PLIST_INT)
		return time_plist(plist_real(inner, 0));
	return TIME_UNSET;
}

bool
keyed_present(struct keyed k)
{
	return plist_is(k.node);
}
