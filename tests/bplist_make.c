/*
 * A writer of binary property lists.
 */
#include "bplist_make.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/limits.h"
#include "base/text.h"
#include "base/time.h"
#include "format/plist.h"

#define MAC_EPOCH	INT64_C(978307200)	/* 2001-01-01 */

static void
put_be(struct buf *b, uint64_t v, unsigned width)
{
	while (width-- > 0)
		buf_byte(b, (uint8_t)(v >> width * 8));
}

static unsigned
width_of(uint64_t v)
{
	return v <= 0xff ? 1 : v <= 0xffff ? 2 : v <= 0xffffffff ? 4 : 8;
}

/* Bit patterns of integers that are not negative; those take 8 bytes. */
static void
put_int(struct buf *b, uint64_t v)
{
	unsigned width = width_of(v);
	unsigned power = width == 1 ? 0 : width == 2 ? 1 : width == 4 ? 2 : 3;

	buf_byte(b, (uint8_t)(0x10 | power));
	put_be(b, v, width);
}

static void
put_head(struct buf *b, unsigned type, uint64_t n)
{
	buf_byte(b, (uint8_t)(type << 4 | (n < 15 ? n : 15)));
	if (n >= 15)
		put_int(b, n);
}

static void
put_trailer(struct buf *out, unsigned offset_width, unsigned ref_width,
    uint64_t n, uint64_t top, uint64_t table)
{
	put_be(out, 0, 6);
	put_be(out, offset_width, 1);
	put_be(out, ref_width, 1);
	put_be(out, n, 8);
	put_be(out, top, 8);
	put_be(out, table, 8);
}

/* --- by hand -------------------------------------------------------------- */

struct bplist_make
bplist_make_over(struct buf *out)
{
	struct bplist_make m = { .out = out, .start = out->n,
	    .ref_width = 1, .offset_width = 1 };

	buf_text(out, "bplist00");
	return m;
}

static unsigned
begin(struct bplist_make *m)
{
	assert(m->n < BPLIST_MAKE_OBJECTS);
	m->offsets[m->n] = m->out->n - m->start;
	return m->n++;
}

unsigned
bplist_make_add(struct bplist_make *m, const void *object, size_t n)
{
	unsigned id = begin(m);

	buf_add(m->out, bytes_at(object, n));
	return id;
}

unsigned
bplist_make_text(struct bplist_make *m, const char *ascii)
{
	unsigned id = begin(m);

	put_head(m->out, 0x5, strlen(ascii));
	buf_text(m->out, ascii);
	return id;
}

static unsigned
container(struct bplist_make *m, unsigned type, const unsigned *members,
    unsigned n, unsigned each)
{
	unsigned id = begin(m);
	unsigned i;

	put_head(m->out, type, n);
	for (i = 0; i < n * each; i++)
		put_be(m->out, members[i], m->ref_width);
	return id;
}

unsigned
bplist_make_array(struct bplist_make *m, const unsigned *members, unsigned n)
{
	return container(m, 0xa, members, n, 1);
}

unsigned
bplist_make_dict(struct bplist_make *m, const unsigned *keys_values,
    unsigned pairs)
{
	return container(m, 0xd, keys_values, pairs, 2);
}

void
bplist_make_end(struct bplist_make *m, unsigned top)
{
	size_t table = m->out->n - m->start;
	unsigned i;

	for (i = 0; i < m->n; i++)
		put_be(m->out, m->offsets[i], m->offset_width);
	put_trailer(m->out, m->offset_width, m->ref_width, m->n, top, table);
}

/* --- from XML ------------------------------------------------------------- */

struct object {
	unsigned type;		/* 0xa, 0xd, or 0: a scalar */
	struct bytes scalar;	/* as it will stand, head and all */
	uint32_t *members;	/* keys, then values */
	uint32_t n;		/* members, or pairs of a dict */
};

struct writer {
	struct arena *arena;
	struct object *objects;
	uint32_t n, max;
};

static void
put_text(struct buf *b, struct bytes text)
{
	struct buf units = buf_with(LIMIT_PLIST_BYTES);
	uint32_t c = 0;
	size_t at, n;

	for (at = 0; at < text.n && text.p[at] < 0x80; at++)
		continue;
	if (at == text.n) {
		put_head(b, 0x5, text.n);
		buf_add(b, text);
		return;
	}
	for (at = 0; (n = text_char(text, at, &c)) > 0; at += n) {
		if (c > 0xffff) {
			put_be(&units, 0xd800 + ((c - 0x10000) >> 10), 2);
			c = 0xdc00 + ((c - 0x10000) & 0x3ff);
		}
		put_be(&units, c, 2);
	}
	put_head(b, 0x6, units.n / 2);
	buf_add(b, buf_bytes(&units));
	buf_free(&units);
}

static void
put_real(struct buf *b, unsigned head, double r)
{
	uint64_t bits;

	memcpy(&bits, &r, sizeof(bits));
	buf_byte(b, (uint8_t)head);
	put_be(b, bits, 8);
}

/* What lies above INT64_MAX is known by its JSON alone. */
static void
put_integer(struct buf *b, struct plist p)
{
	struct buf json = buf_with(64);
	uint64_t v;

	plist_json(p, &json);
	if (text_uint(buf_bytes(&json), &v) && v > INT64_MAX) {
		buf_byte(b, 0x14);
		put_be(b, 0, 8);
		put_be(b, v, 8);
	} else
		put_int(b, (uint64_t)plist_int(p, 0));
	buf_free(&json);
}

static void
put_scalar(struct buf *b, struct plist p)
{
	uint64_t uid;

	switch (plist_type(p)) {
	case PLIST_BOOL:
		buf_byte(b, plist_int(p, 0) ? 0x09 : 0x08);
		break;
	case PLIST_INT:
		put_integer(b, p);
		break;
	case PLIST_REAL:
		put_real(b, 0x23, plist_real(p, 0));
		break;
	case PLIST_DATE:
		put_real(b, 0x33, (double)(plist_date(p) / TIME_SECOND -
		    MAC_EPOCH) + (double)(plist_date(p) % TIME_SECOND) / 1e6);
		break;
	case PLIST_DATA:
		put_head(b, 0x4, plist_bytes(p).n);
		buf_add(b, plist_bytes(p));
		break;
	case PLIST_TEXT:
		put_text(b, plist_bytes(p));
		break;
	case PLIST_UID:
		uid = (uint64_t)plist_int(p, 0);
		buf_byte(b, (uint8_t)(0x80 | (width_of(uid) - 1)));
		put_be(b, uid, width_of(uid));
		break;
	default:
		buf_byte(b, 0x00);
		break;
	}
}

static uint32_t
object_add(struct writer *w, struct object object)
{
	assert(w->n < w->max);
	w->objects[w->n] = object;
	return w->n++;
}

static uint32_t
scalar_add(struct writer *w, struct bytes made)
{
	uint32_t i;

	for (i = 0; i < w->n; i++) {
		if (w->objects[i].type == 0 &&
		    bytes_eq(w->objects[i].scalar, made))
			return i;
	}
	return object_add(w, (struct object){
	    .scalar = arena_copy(w->arena, made) });
}

static uint32_t
key_add(struct writer *w, struct bytes key)
{
	struct buf made = buf_with(LIMIT_PLIST_BYTES);
	uint32_t id;

	put_text(&made, key);
	id = scalar_add(w, buf_bytes(&made));
	buf_free(&made);
	return id;
}

static uint32_t
collect(struct writer *w, struct plist p)
{
	bool dict = plist_type(p) == PLIST_DICT;
	struct buf made = buf_with(LIMIT_PLIST_BYTES);
	uint32_t n = plist_count(p);
	uint32_t id, i;
	uint32_t *members;

	if (!dict && plist_type(p) != PLIST_ARRAY) {
		put_scalar(&made, p);
		id = scalar_add(w, buf_bytes(&made));
		buf_free(&made);
		return id;
	}
	members = arena_alloc(w->arena, n, 2 * sizeof(*members));
	assert(members != NULL);
	id = object_add(w, (struct object){ .type = dict ? 0xd : 0xa,
	    .members = members, .n = n });
	for (i = 0; dict && i < n; i++)
		members[i] = key_add(w, plist_key(p, i));
	for (i = 0; i < n; i++)
		members[i + (dict ? n : 0)] = collect(w, plist_at(p, i));
	return id;
}

static void
write_all(struct writer *w, struct buf *out)
{
	size_t start = out->n;
	unsigned ref_width = width_of(w->n - 1);
	uint64_t *offsets = arena_alloc(w->arena, w->n, sizeof(*offsets));
	const struct object *o;
	size_t table;
	uint32_t i, k;

	assert(offsets != NULL);
	buf_text(out, "bplist00");
	for (i = 0; i < w->n; i++) {
		o = &w->objects[i];
		offsets[i] = out->n - start;
		buf_add(out, o->scalar);
		if (o->type != 0)
			put_head(out, o->type, o->n);
		for (k = 0; k < o->n * (o->type == 0xd ? 2 : 1); k++)
			put_be(out, o->members[k], ref_width);
	}
	table = out->n - start;
	for (i = 0; i < w->n; i++)
		put_be(out, offsets[i], width_of(table));
	put_trailer(out, width_of(table), ref_width, w->n, 0, table);
}

/* Every value and key of the tree, for the table of objects. */
static uint32_t
count_all(struct plist p)
{
	bool dict = plist_type(p) == PLIST_DICT;
	uint32_t n = 1;
	uint32_t i;

	for (i = 0; i < plist_count(p); i++)
		n += count_all(plist_at(p, i)) + dict;
	return n;
}

static void
count_gap(void *ctx, const struct gap *gap)
{
	(void)gap;
	++*(unsigned *)ctx;
}

bool
bplist_from_xml(struct buf *out, struct bytes xml, const char **why)
{
	struct arena arena = arena_with(GIB);
	struct writer w = { .arena = &arena };
	unsigned gaps = 0;
	struct gap_sink sink = { count_gap, &gaps };
	struct plist root = { NULL, 0 };
	enum err err = plist_read(&root, &arena, xml, &sink);
	bool good = err == ERR_NONE && gaps == 0 && plist_is(root);

	if (good) {
		w.max = count_all(root);
		w.objects = arena_alloc(&arena, w.max, sizeof(*w.objects));
		assert(w.objects != NULL);
		(void)collect(&w, root);
		write_all(&w, out);
	}
	if (why != NULL)
		*why = good ? NULL : err == ERR_KIND ?
		    "no XML property list" : "not a sound property list";
	arena_free(&arena);
	return good && !out->bad;
}
