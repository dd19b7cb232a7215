/*
 * Binary property lists ("bplist00").
 *
 * Objects lie anywhere between the head and a table of their offsets, which
 * the last 32 bytes describe.  Containers name their members by number, so a
 * list is a graph: the reader makes one node for each object, in table order,
 * then joins them, then walks from the root once to cut what is too deep or
 * leads back to itself.
 *
 * Objects that lie over each other could make a small file cost a large one's
 * work many times; no writer makes them, so the bytes claimed by all objects
 * together may not exceed the bytes there are.
 */
#include <endian.h>
#include <string.h>

#include "base/limits.h"
#include "base/time.h"
#include "format/bplist_text.h"
#include "format/plist_node.h"

#define HEAD_BYTES	8
#define TRAILER_BYTES	32

enum { STATE_NEW = 0, STATE_OPEN, STATE_DONE };

struct reader {
	struct plist_doc *doc;
	struct arena *arena;
	const struct gap_sink *gaps;
	struct bytes in;	/* from the head up to the offset table */
	struct bytes table;
	unsigned offset_width;
	unsigned ref_width;
	uint64_t objects;	/* as the trailer says; nodes may be fewer */
	uint64_t top;
	size_t unclaimed;	/* bytes that objects may still claim */
	bool faulty;		/* a gap was told */
};

/* A container and how far the walk has come in it. */
struct step {
	uint32_t node;
	uint32_t *next, *end;	/* of its refs */
};

static void
fault(struct reader *r, uint64_t at, const char *why)
{
	r->faulty = true;
	gap_add(r->gaps, at, why);
}

static const char beyond[] = "An object reaches beyond its property list.";
static const char unknown[] = "An object is of no known type.";
static const char overlap[] = "Objects lie over each other.";

/* An integer of b; 0 if it does not lie inside.  As cur_be(), and inline: a
   backup's manifest holds one property list for every file. */
static inline uint64_t
be(struct bytes b, size_t at, unsigned width)
{
	uint64_t v = 0;
	uint32_t four;
	uint16_t two;
	unsigned i;

	if (at > b.n || width > b.n - at)
		return 0;
	switch (width) {
	case 1:
		return b.p[at];
	case 2:
		memcpy(&two, b.p + at, sizeof(two));
		return be16toh(two);
	case 4:
		memcpy(&four, b.p + at, sizeof(four));
		return be32toh(four);
	default:
		for (i = 0; i < width; i++)
			v = v << 8 | b.p[at + i];
		return v;
	}
}

static uint64_t
object_offset(const struct reader *r, uint32_t object)
{
	return be(r->table, (size_t)object * r->offset_width, r->offset_width);
}

/* cur_be(), inline. */
static inline uint64_t
next_be(struct cur *c, unsigned width)
{
	uint64_t v;

	if (c->bad || width > c->in.n - c->at) {
		c->bad = true;
		return 0;
	}
	v = be(c->in, c->at, width);
	c->at += width;
	return v;
}

/* The length of an object: in its head, or in an integer that follows. */
static uint64_t
length(struct cur *c, unsigned low)
{
	uint64_t head;

	if (low < 15)
		return low;
	head = next_be(c, 1);
	if (head < 0x10 || head > 0x13) {
		c->bad = true;
		return 0;
	}
	return next_be(c, 1u << (head & 15));
}

static inline struct bytes
claim(struct reader *r, struct cur *c, uint64_t count, unsigned width,
    const char **why)
{
	struct bytes b = bytes_at(NULL, 0);
	size_t n;

	if (c->bad || __builtin_mul_overflow(count, width, &n) ||
	    n > c->in.n - c->at) {
		*why = beyond;
		return b;
	}
	if (n > r->unclaimed) {
		*why = overlap;
		return b;
	}
	r->unclaimed -= n;
	b = bytes_at(c->in.p + c->at, n);
	c->at += n;
	return b;
}

static double
real_bits(uint64_t bits, unsigned width)
{
	uint32_t half = (uint32_t)bits;
	float f;
	double d;

	if (width == 4) {
		memcpy(&f, &half, sizeof(f));
		return (double)f;
	}
	memcpy(&d, &bits, sizeof(d));
	return d;
}

static const char *
read_simple(struct plist_node *node, unsigned low)
{
	switch (low) {
	case 0:
	case 15:	/* fill */
		node->type = PLIST_NULL;
		return NULL;
	case 8:
	case 9:
		node->type = PLIST_BOOL;
		node->i = low == 9;
		return NULL;
	default:
		return unknown;
	}
}

/* One to four bytes are unsigned, eight and sixteen signed.  Sixteen are how
   Apple writes what lies above INT64_MAX. */
static const char *
read_int(struct plist_node *node, struct cur *c, unsigned low)
{
	uint64_t high = 0;
	uint64_t v;

	if (low > 4)
		return unknown;
	if (low == 4)
		high = next_be(c, 8);
	v = next_be(c, low == 4 ? 8 : 1u << low);
	node->big = low == 4 && high == 0 && v > INT64_MAX;
	if (low == 4 && high != 0 && (high != UINT64_MAX || v <= INT64_MAX))
		return "An integer is larger than 64 bits.";
	node->type = PLIST_INT;
	node->i = (int64_t)v;
	return NULL;
}

static const char *
read_real(struct plist_node *node, struct cur *c, unsigned low)
{
	if (low != 2 && low != 3)
		return unknown;
	node->type = PLIST_REAL;
	node->r = real_bits(next_be(c, 1u << low), 1u << low);
	return NULL;
}

static const char *
read_date(struct plist_node *node, struct cur *c, unsigned low)
{
	if (low != 3)
		return unknown;
	node->type = PLIST_DATE;
	node->i = time_plist(real_bits(next_be(c, 8), 8));
	return NULL;
}

static const char *
read_uid(struct plist_node *node, struct cur *c, unsigned low)
{
	uint64_t v;

	if (low > 7)
		return unknown;
	v = next_be(c, low + 1);
	if (v > UINT32_MAX)
		return "A UID is larger than any object table.";
	node->type = PLIST_UID;
	node->i = (int64_t)v;
	return NULL;
}

static const char *
read_data(struct reader *r, struct plist_node *node, struct cur *c,
    unsigned low)
{
	const char *why = NULL;
	struct bytes b = claim(r, c, length(c, low), 1, &why);

	if (why != NULL)
		return why;
	node->type = PLIST_DATA;
	node->p = b.p;
	node->n = (uint32_t)b.n;
	return NULL;
}

static const char *
read_text(struct reader *r, struct plist_node *node, struct cur *c,
    unsigned low, unsigned width)
{
	const char *why = NULL;
	struct bytes b = claim(r, c, length(c, low), width, &why);

	if (why == NULL)
		bplist_text(node, r->arena, b, width);
	return why;
}

/* Members are joined later; until then `first` is where their numbers lie. */
static const char *
read_members(struct reader *r, struct plist_node *node, struct cur *c,
    unsigned low, enum plist_type type)
{
	unsigned each = type == PLIST_DICT ? 2 : 1;
	uint64_t n = length(c, low);
	const char *why = NULL;
	size_t at = c->at;

	(void)claim(r, c, n, r->ref_width * each, &why);
	if (why != NULL)
		return why;
	node->type = (uint8_t)type;
	node->n = (uint32_t)n;
	node->first = at;
	r->doc->nrefs += (uint32_t)n * each;
	return NULL;
}

static const char *
read_object(struct reader *r, struct plist_node *node, struct cur *c)
{
	unsigned head = (unsigned)be(r->in, c->at, 1);
	unsigned low = head & 15;

	c->at++;
	switch (head >> 4) {
	case 0x0:
		return read_simple(node, low);
	case 0x1:
		return read_int(node, c, low);
	case 0x2:
		return read_real(node, c, low);
	case 0x3:
		return read_date(node, c, low);
	case 0x4:
		return read_data(r, node, c, low);
	case 0x5:
		return read_text(r, node, c, low, 1);
	case 0x6:
		return read_text(r, node, c, low, 2);
	case 0x8:
		return read_uid(node, c, low);
	case 0xa:	/* array */
	case 0xb:	/* ordered set */
	case 0xc:	/* set */
		return read_members(r, node, c, low, PLIST_ARRAY);
	case 0xd:
		return read_members(r, node, c, low, PLIST_DICT);
	default:
		return unknown;
	}
}

static void
read_objects(struct reader *r)
{
	struct cur c = cur_over(r->in);
	struct plist_node *node;
	const char *why;
	uint64_t at;
	uint32_t i;

	for (i = 1; i < r->doc->nnodes; i++) {
		node = &r->doc->nodes[i];
		at = object_offset(r, i - 1);
		if (at < HEAD_BYTES || at >= r->in.n) {
			fault(r, r->in.n + (i - 1) *
			    (uint64_t)r->offset_width,
			    "The offset of an object leads nowhere.");
			continue;
		}
		c.at = (size_t)at;
		c.bad = false;
		why = read_object(r, node, &c);
		if (why == NULL && c.bad)
			why = beyond;
		if (why == NULL)
			continue;
		node->type = PLIST_NONE;
		fault(r, at, why);
	}
}

/* A member's node; 0, and *bad if the number is out of range. */
static uint32_t
member_node(const struct reader *r, uint64_t ref, bool *bad)
{
	if (ref >= r->objects) {
		*bad = true;
		return 0;
	}
	return ref + 1 < r->doc->nnodes ? (uint32_t)ref + 1 : 0;
}

/* Gives a container its members' nodes, in refs from `to` on. */
static uint32_t
join(struct reader *r, uint32_t id, uint32_t to)
{
	struct plist_node *node = &r->doc->nodes[id];
	uint32_t keys = node->type == PLIST_DICT ? node->n : 0;
	uint32_t n = node->n + keys;
	uint32_t *refs = r->doc->refs + to;
	size_t at = (size_t)node->first;
	bool bad = false;
	uint32_t i;
	uint8_t type;

	for (i = 0; i < n; i++, at += r->ref_width) {
		/* It was claimed, so it lies inside. */
		refs[i] = member_node(r, r->ref_width == 1 ? r->in.p[at] :
		    be(r->in, at, r->ref_width), &bad);
		type = r->doc->nodes[refs[i]].type;
		if (i < keys && type != PLIST_TEXT) {
			bad = bad || type != PLIST_NONE;
			refs[i] = 0;
		}
	}
	node->first = to;
	if (bad)
		fault(r, object_offset(r, id - 1),
		    "A container names members that cannot be.");
	return to + n;
}

static bool
join_all(struct reader *r)
{
	struct plist_doc *doc = r->doc;
	uint32_t to = 0;
	uint32_t i;

	doc->refs = arena_alloc(r->arena, doc->nrefs, sizeof(*doc->refs));
	if (doc->refs == NULL)
		return false;
	for (i = 1; i < doc->nnodes; i++) {
		if (doc->nodes[i].type == PLIST_ARRAY ||
		    doc->nodes[i].type == PLIST_DICT)
			to = join(r, i, to);
	}
	return true;
}

/* Whether the walk may go, or has gone, from a container at `depth` into
   this member; what would be too deep or a circle is damage. */
static bool
may_hold(struct reader *r, uint32_t parent, const struct plist_node *node,
    uint32_t depth)
{
	const char *why = NULL;

	if (node->state == STATE_OPEN)
		why = "An object holds itself.";
	else if (depth + (node->height > 0 ? node->height : 1u) > LIMIT_DEPTH)
		why = "Objects are nested too deep; the inner ones were "
		    "not read.";
	if (why != NULL)
		fault(r, object_offset(r, parent - 1), why);
	return why == NULL;
}

static struct step
step_into(struct plist_doc *doc, uint32_t id)
{
	struct plist_node *node = &doc->nodes[id];
	struct step step = { id, doc->refs, doc->refs };

	if (node->type == PLIST_ARRAY || node->type == PLIST_DICT)
		step.next += node->first;
	if (node->type == PLIST_ARRAY)
		step.end = step.next + node->n;
	else if (node->type == PLIST_DICT)
		step.end = step.next + 2 * node->n;
	node->state = STATE_OPEN;
	node->height = 1;
	return step;
}

/* A container is higher than what it holds. */
static void
lift(struct plist_node *node, const struct plist_node *member)
{
	if (node->height <= member->height)
		node->height = (uint8_t)(member->height + 1);
}

/* The next member that holds others; those before it are done. */
static inline uint32_t *
next_container(struct plist_node *nodes, struct step *at)
{
	struct plist_node *node;

	while (at->next < at->end) {
		node = &nodes[*at->next++];
		if (node->type == PLIST_ARRAY || node->type == PLIST_DICT)
			return at->next - 1;
		node->state = STATE_DONE;
	}
	return NULL;
}

/* Goes through everything below the root once. */
static void
walk(struct reader *r, uint32_t root)
{
	struct step path[LIMIT_DEPTH];
	struct plist_node *nodes = r->doc->nodes;
	struct plist_node *node;
	struct step *at;
	uint32_t depth = 1;
	uint32_t *ref;

	path[0] = step_into(r->doc, root);
	while (depth > 0) {
		at = &path[depth - 1];
		ref = next_container(nodes, at);
		if (ref == NULL) {
			nodes[at->node].state = STATE_DONE;
			if (--depth > 0)
				lift(&nodes[path[depth - 1].node],
				    &nodes[at->node]);
			continue;
		}
		node = &nodes[*ref];
		if (!may_hold(r, at->node, node, depth))
			*ref = 0;
		else if (node->state == STATE_NEW)
			path[depth++] = step_into(r->doc, *ref);
		else
			lift(&nodes[at->node], node);
	}
}

/* Who writes a property list writes what it holds and no more: what nothing
   leads to was there once, or a container has lost members.  Only booleans and
   UIDs are left behind by Apple's own writer.  Other damage explains it. */
static void
strays(struct reader *r)
{
	const struct plist_node *nodes = r->doc->nodes;
	uint32_t i, n = 0, first = 0;

	for (i = 1; i < r->doc->nnodes; i++) {
		if (nodes[i].state == STATE_DONE || nodes[i].type < PLIST_INT ||
		    nodes[i].type == PLIST_UID)
			continue;
		if (n++ == 0)
			first = i;
	}
	if (n > 0 && !r->faulty)
		gap_addf(r->gaps, object_offset(r, first - 1),
		    "Nothing leads to this object of a property list and to "
		    "%u more.", n - 1);
}

/* The last 32 bytes; false (and a gap) if nothing can be found by them. */
static bool
read_trailer(struct reader *r, struct bytes in)
{
	struct cur c = cur_over(in);
	uint64_t start, bytes, end;

	cur_seek(&c, in.n < HEAD_BYTES + TRAILER_BYTES ? SIZE_MAX :
	    in.n - TRAILER_BYTES);
	(void)cur_take(&c, 6);
	r->offset_width = (unsigned)cur_be(&c, 1);
	r->ref_width = (unsigned)cur_be(&c, 1);
	r->objects = cur_be(&c, 8);
	r->top = cur_be(&c, 8);
	start = cur_be(&c, 8);
	if (!cur_ok(&c) || r->offset_width < 1 || r->offset_width > 8 ||
	    r->ref_width < 1 || r->ref_width > 8 || r->top >= r->objects ||
	    start < HEAD_BYTES ||
	    __builtin_mul_overflow(r->objects, r->offset_width, &bytes) ||
	    __builtin_add_overflow(start, bytes, &end) ||
	    end > in.n - TRAILER_BYTES) {
		fault(r, in.n < TRAILER_BYTES ? 0 :
		    in.n - TRAILER_BYTES, "The end of a binary property list "
		    "is missing or damaged; it was not read.");
		return false;
	}
	if (end != in.n - TRAILER_BYTES)
		fault(r, end, "A binary property list does not end "
		    "where it says.");
	r->in = bytes_part(in, 0, (size_t)start);
	r->table = bytes_part(in, (size_t)start, (size_t)bytes);
	return true;
}

enum err
bplist_read(struct plist_doc *doc, uint32_t *top, struct arena *arena,
    struct bytes in, const struct gap_sink *gaps)
{
	struct reader r = { .doc = doc, .arena = arena, .gaps = gaps };
	uint64_t objects;

	if (!read_trailer(&r, in))
		return ERR_NONE;
	objects = r.objects;
	if (objects > LIMIT_PLIST_NODES) {
		r.faulty = true;
		gap_addf(gaps, r.in.n,
		    "Of a property list the first %d objects were read.",
		    LIMIT_PLIST_NODES);
		objects = LIMIT_PLIST_NODES;
	}
	r.unclaimed = r.in.n;
	doc->nnodes = (uint32_t)objects + 1;
	doc->nodes = arena_alloc(arena, doc->nnodes, sizeof(*doc->nodes));
	if (doc->nodes == NULL)
		return ERR_MEMORY;
	read_objects(&r);
	if (!join_all(&r) || arena->bad)
		return ERR_MEMORY;
	if (r.top >= objects)
		return ERR_NONE;
	walk(&r, (uint32_t)r.top + 1);
	strays(&r);
	*top = (uint32_t)r.top + 1;
	return ERR_NONE;
}
