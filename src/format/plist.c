/*
 * The questions to a property list, the same for both forms.
 */
#include "format/plist.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "base/time.h"
#include "format/plist_node.h"

static const struct plist_node none;

static const struct plist_node *
node_of(struct plist p)
{
	return p.doc == NULL ? &none : &p.doc->nodes[p.node];
}

static bool
is_container(const struct plist_node *node)
{
	return node->type == PLIST_ARRAY || node->type == PLIST_DICT;
}

/* XML begins with "<" in some encoding, after a mark and blanks. */
static bool
looks_xml(struct bytes in)
{
	if (bytes_starts(in, "\xef\xbb\xbf"))
		in = bytes_part(in, 3, in.n);
	else if (bytes_starts(in, "\xff\xfe") || bytes_starts(in, "\xfe\xff"))
		in = bytes_part(in, 2, in.n);
	if (in.n >= 2 && in.p[0] == 0)
		in = bytes_part(in, 1, in.n);
	return bytes_starts(text_trim(in), "<");
}

enum err
plist_read(struct plist *root, struct arena *arena, struct bytes in,
    const struct gap_sink *gaps)
{
	struct plist_doc *doc;
	enum err err = ERR_KIND;
	uint32_t top = 0;
	bool binary = bytes_starts(in, "bplist0");

	if (!binary && !looks_xml(in))
		return ERR_KIND;
	doc = arena_alloc(arena, 1, sizeof(*doc));
	if (doc == NULL)
		return ERR_MEMORY;
	if (in.n > LIMIT_PLIST_BYTES) {
		gap_addf(gaps, LIMIT_PLIST_BYTES, "A property list of more "
		    "than %lu bytes was not read.", LIMIT_PLIST_BYTES);
		err = ERR_NONE;
	} else if (binary) {
		err = bplist_read(doc, &top, arena, in, gaps);
	} else {
		err = plist_xml_read(doc, &top, arena, in, gaps);
	}
	if (err != ERR_NONE)
		return err;
	root->doc = top == 0 ? NULL : doc;
	root->node = top;
	return ERR_NONE;
}

enum plist_type
plist_type(struct plist p)
{
	return (enum plist_type)node_of(p)->type;
}

bool
plist_is(struct plist p)
{
	return node_of(p)->type != PLIST_NONE;
}

/* The node behind a place of refs; the none node has no document. */
static struct plist
member(const struct plist_doc *doc, uint64_t at)
{
	struct plist p = { doc, doc->refs[at] };

	if (p.node == 0)
		p.doc = NULL;
	return p;
}

static struct plist
get(struct plist dict, struct bytes key)
{
	const struct plist_node *node = node_of(dict);
	const struct plist_node *have;
	uint32_t i;

	if (node->type != PLIST_DICT)
		return (struct plist){ NULL, 0 };
	for (i = 0; i < node->n; i++) {
		have = &dict.doc->nodes[dict.doc->refs[node->first + i]];
		if (have->n == key.n && have->type == PLIST_TEXT &&
		    (key.n == 0 || memcmp(have->p, key.p, key.n) == 0))
			return member(dict.doc, node->first + node->n + i);
	}
	return (struct plist){ NULL, 0 };
}

struct plist
plist_get(struct plist dict, const char *key)
{
	return get(dict, bytes_of(key));
}

/* One look at each key of the dict; most wanted ones differ in length. */
void
plist_get_all(struct plist dict, const struct bytes *keys, struct plist *out,
    unsigned n)
{
	const struct plist_node *node = node_of(dict);
	const struct plist_node *have;
	uint32_t i, pairs = node->type == PLIST_DICT ? node->n : 0;
	uint32_t with[32] = { 0 };	/* keys by length, a bit for each */
	uint32_t left;
	unsigned k;

	assert(n <= 32);
	for (k = 0; k < n; k++) {
		out[k] = (struct plist){ NULL, 0 };
		with[keys[k].n % 32] |= UINT32_C(1) << k;
	}
	/* From the last, so that of two with one name the first stays. */
	for (i = pairs; i > 0; i--) {
		have = &dict.doc->nodes[dict.doc->refs[node->first + i - 1]];
		left = have->type == PLIST_TEXT ? with[have->n % 32] : 0;
		for (; left != 0; left &= left - 1) {
			k = (unsigned)__builtin_ctz(left);
			if (bytes_eq(keys[k], bytes_at(have->p, have->n)))
				out[k] = member(dict.doc, node->first +
				    node->n + i - 1);
		}
	}
}

struct plist
plist_path(struct plist p, const char *dotted)
{
	struct bytes rest = bytes_of(dotted);
	struct bytes part;
	uint64_t index;
	size_t dot;

	while (rest.n > 0 && plist_is(p)) {
		dot = bytes_find_byte(rest, '.', 0);
		part = bytes_part(rest, 0, dot);
		rest = bytes_part(rest, part.n + 1, rest.n);
		if (node_of(p)->type == PLIST_DICT)
			p = get(p, part);
		else if (text_uint(part, &index) && index < UINT32_MAX)
			p = plist_at(p, (uint32_t)index);
		else
			p = (struct plist){ NULL, 0 };
	}
	return p;
}

uint32_t
plist_count(struct plist p)
{
	const struct plist_node *node = node_of(p);

	return is_container(node) ? node->n : 0;
}

struct plist
plist_at(struct plist p, uint32_t i)
{
	const struct plist_node *node = node_of(p);

	if (!is_container(node) || i >= node->n)
		return (struct plist){ NULL, 0 };
	if (node->type == PLIST_DICT)
		return member(p.doc, node->first + node->n + i);
	return member(p.doc, node->first + i);
}

struct bytes
plist_key(struct plist p, uint32_t i)
{
	const struct plist_node *node = node_of(p);

	if (node->type != PLIST_DICT || i >= node->n)
		return bytes_at(NULL, 0);
	return plist_bytes(member(p.doc, node->first + i));
}

struct bytes
plist_bytes(struct plist p)
{
	const struct plist_node *node = node_of(p);

	if (node->type != PLIST_TEXT && node->type != PLIST_DATA)
		return bytes_at(NULL, 0);
	return bytes_at(node->p, node->n);
}

int64_t
plist_int(struct plist p, int64_t otherwise)
{
	const struct plist_node *node = node_of(p);

	switch (node->type) {
	case PLIST_INT:
		return node->big ? otherwise : node->i;
	case PLIST_BOOL:
	case PLIST_UID:
		return node->i;
	case PLIST_REAL:
		/* Beyond 2^53 a real no longer says which integer it was. */
		if (node->r < -0x1p53 || node->r > 0x1p53 ||
		    node->r != floor(node->r))
			return otherwise;
		return (int64_t)node->r;
	default:
		return otherwise;
	}
}

double
plist_real(struct plist p, double otherwise)
{
	const struct plist_node *node = node_of(p);

	if (node->type == PLIST_REAL)
		return node->r;
	if (node->type == PLIST_INT && node->big)
		return (double)(uint64_t)node->i;
	if (node->type == PLIST_INT || node->type == PLIST_BOOL)
		return (double)node->i;
	return otherwise;
}

int64_t
plist_date(struct plist p)
{
	const struct plist_node *node = node_of(p);

	return node->type == PLIST_DATE ? node->i : TIME_UNSET;
}

/* As JSON.  Objects that many places share are written out at each of them,
   so the number of visits is bounded apart from the bytes. */
static void put(struct plist, struct buf *, uint32_t *visits);

static void
put_text(struct buf *out, struct bytes text)
{
	buf_byte(out, '"');
	text_escape(out, text, TEXT_JSON);
	buf_byte(out, '"');
}

/* JSON has no name for infinity and "not a number". */
static void
put_real(struct buf *out, double r)
{
	if (isfinite(r))
		buf_printf(out, "%.17g", r);
	else
		buf_text(out, "null");
}

static void
put_array(struct plist p, struct buf *out, uint32_t *visits)
{
	uint32_t i;

	buf_byte(out, '[');
	for (i = 0; i < plist_count(p) && !out->bad; i++) {
		if (i > 0)
			buf_byte(out, ',');
		put(plist_at(p, i), out, visits);
	}
	buf_byte(out, ']');
}

static void
put_dict(struct plist p, struct buf *out, uint32_t *visits)
{
	uint32_t i;

	buf_byte(out, '{');
	for (i = 0; i < plist_count(p) && !out->bad; i++) {
		if (i > 0)
			buf_byte(out, ',');
		put_text(out, plist_key(p, i));
		buf_byte(out, ':');
		put(plist_at(p, i), out, visits);
	}
	buf_byte(out, '}');
}

static void
put_date(struct buf *out, int64_t when)
{
	if (when == TIME_UNSET) {
		buf_text(out, "null");
		return;
	}
	buf_byte(out, '"');
	time_show(out, when);
	buf_byte(out, '"');
}

/* Recursion is bounded: the readers leave no path beyond LIMIT_DEPTH. */
static void
put(struct plist p, struct buf *out, uint32_t *visits)
{
	if (out->bad || ++*visits > LIMIT_PLIST_NODES) {
		out->bad = true;
		return;
	}
	switch (plist_type(p)) {
	case PLIST_NONE:
	case PLIST_NULL:
		buf_text(out, "null");
		break;
	case PLIST_BOOL:
		buf_text(out, plist_int(p, 0) != 0 ? "true" : "false");
		break;
	case PLIST_INT:
		if (p.doc->nodes[p.node].big)
			buf_uint(out, (uint64_t)p.doc->nodes[p.node].i);
		else
			buf_int(out, plist_int(p, 0));
		break;
	case PLIST_UID:
		buf_int(out, plist_int(p, 0));
		break;
	case PLIST_REAL:
		put_real(out, plist_real(p, 0));
		break;
	case PLIST_DATE:
		put_date(out, plist_date(p));
		break;
	case PLIST_DATA:
		buf_byte(out, '"');
		text_base64(out, plist_bytes(p));
		buf_byte(out, '"');
		break;
	case PLIST_TEXT:
		put_text(out, plist_bytes(p));
		break;
	case PLIST_ARRAY:
		put_array(p, out, visits);
		break;
	case PLIST_DICT:
		put_dict(p, out, visits);
		break;
	}
}

void
plist_json(struct plist p, struct buf *out)
{
	uint32_t visits = 0;

	put(p, out, &visits);
}

static struct val
val_of_json(struct plist p, struct arena *arena)
{
	struct buf out = buf_with(LIMIT_CELL_BYTES);
	struct bytes text;

	plist_json(p, &out);
	if (out.bad) {
		buf_reset(&out);
		buf_text(&out, "\"too large to show\"");
	}
	text = arena_copy(arena, buf_bytes(&out));
	buf_free(&out);
	return text.n == 0 ? val_unset() : val_json(text);
}

struct val
plist_val(struct plist p, struct arena *arena)
{
	const struct plist_node *node = node_of(p);

	switch ((enum plist_type)node->type) {
	case PLIST_NONE:
	case PLIST_NULL:
		break;
	case PLIST_BOOL:
		return val_bool(node->i != 0);
	case PLIST_INT:
		if (node->big)
			return val_real((double)(uint64_t)node->i);
		return val_int(node->i);
	case PLIST_UID:
		return val_int(node->i);
	case PLIST_REAL:
		return val_real(node->r);
	case PLIST_DATE:
		if (node->i == TIME_UNSET)
			break;
		return val_time(node->i);
	case PLIST_DATA:
		return val_blob(bytes_at(node->p, node->n));
	case PLIST_TEXT:
		return val_text(bytes_at(node->p, node->n));
	case PLIST_ARRAY:
	case PLIST_DICT:
		return val_of_json(p, arena);
	}
	return val_unset();
}
