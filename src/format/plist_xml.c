/*
 * XML property lists, through expat.
 *
 * The document type names a DTD that is never fetched.  A document that
 * declares entities is stopped at the first: no property list needs them, and
 * ten lines of them can ask for gigabytes.
 *
 * What was read before the document breaks is kept; the gap names the byte.
 */
#include <assert.h>
#include <expat.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "base/time.h"
#include "format/plist_node.h"

enum tag {
	TAG_UNKNOWN = 0, TAG_PLIST, TAG_DICT, TAG_ARRAY, TAG_KEY, TAG_STRING,
	TAG_DATA, TAG_DATE, TAG_INTEGER, TAG_REAL, TAG_TRUE, TAG_FALSE
};

static const char *const names[] = {
	"", "plist", "dict", "array", "key", "string",
	"data", "date", "integer", "real", "true", "false"
};

struct container {
	uint32_t node;
	uint32_t from;		/* its first member in pending */
};

struct xml {
	XML_Parser parser;
	struct plist_doc *doc;
	struct arena *arena;
	const struct gap_sink *gaps;
	size_t skipped;		/* blanks before the document */
	uint32_t nodes_cap, refs_cap, pending_cap;
	uint32_t *pending;	/* members of the containers that are open */
	uint32_t npending;
	struct container open[LIMIT_DEPTH];
	uint32_t depth;
	enum tag scalar;	/* the one that is open, or unknown */
	struct buf text;	/* of it */
	uint32_t ignored;	/* open elements of a part passed over */
	uint32_t root;
	bool begun, stray, stopped, foreign;
};

static void
gap(struct xml *x, const char *why)
{
	XML_Index at = XML_GetCurrentByteIndex(x->parser);

	gap_add(x->gaps, at < 0 ? x->skipped : x->skipped + (uint64_t)at, why);
}

static void
stop(struct xml *x)
{
	x->stopped = true;
	(void)XML_StopParser(x->parser, XML_FALSE);
}

/* Room for n of something in the arena; what was there moves along. */
static bool
reserve(struct xml *x, void **p, uint32_t *cap, uint32_t n, size_t size)
{
	uint32_t more = *cap == 0 ? 64 : *cap * 2;
	void *to;

	if (n <= *cap)
		return true;
	if (more < n)
		more = n;
	to = arena_alloc(x->arena, more, size);
	if (to == NULL) {
		stop(x);
		return false;
	}
	if (*cap > 0)
		memcpy(to, *p, *cap * size);
	*p = to;
	*cap = more;
	return true;
}

/* A new node's number, or 0 and the reading stops. */
static uint32_t
node_add(struct xml *x, enum plist_type type)
{
	void *p = x->doc->nodes;
	uint32_t id = x->doc->nnodes;

	if (id > LIMIT_PLIST_NODES) {
		gap(x, "A property list holds more objects than are read.");
		stop(x);
		return 0;
	}
	if (!reserve(x, &p, &x->nodes_cap, id + 1, sizeof(*x->doc->nodes)))
		return 0;
	x->doc->nodes = p;
	x->doc->nnodes++;
	x->doc->nodes[id] = (struct plist_node){ .type = (uint8_t)type };
	return id;
}

static void
pend(struct xml *x, uint32_t id)
{
	void *p = x->pending;

	if (!reserve(x, &p, &x->pending_cap, x->npending + 1,
	    sizeof(*x->pending)))
		return;
	x->pending = p;
	x->pending[x->npending++] = id;
}

static bool
in_dict(const struct xml *x)
{
	return x->depth > 0 && x->doc->nodes[x->open[x->depth - 1].node].type ==
	    PLIST_DICT;
}

static bool
wants_key(const struct xml *x)
{
	return in_dict(x) &&
	    (x->npending - x->open[x->depth - 1].from) % 2 == 0;
}

/* Puts a finished or opened value where it belongs. */
static void
place(struct xml *x, uint32_t id, bool key)
{
	if (x->depth == 0) {
		if (x->root != 0)
			gap(x, "A property list has a second root.");
		else
			x->root = id;
		return;
	}
	if (in_dict(x) && key != wants_key(x)) {
		gap(x, key ? "A key in a property list has no value." :
		    "A value in a property list has no key.");
		pend(x, 0);
	}
	pend(x, id);
}

/* <dict><key>CF$UID</key><integer>1</integer></dict> stands for a UID. */
static void
turn_uid(struct xml *x, struct plist_node *node)
{
	const struct plist_node *key, *value;

	if (node->type != PLIST_DICT || node->n != 1)
		return;
	key = &x->doc->nodes[x->doc->refs[node->first]];
	value = &x->doc->nodes[x->doc->refs[node->first + 1]];
	if (key->type != PLIST_TEXT ||
	    !bytes_is(bytes_at(key->p, key->n), "CF$UID") ||
	    value->type != PLIST_INT || value->i < 0 || value->i > UINT32_MAX)
		return;
	node->type = PLIST_UID;
	node->i = value->i;
	node->n = 0;
}

static void
container_close(struct xml *x)
{
	struct container c = x->open[x->depth - 1];
	struct plist_doc *doc = x->doc;
	struct plist_node *node = &doc->nodes[c.node];
	bool dict = node->type == PLIST_DICT;
	void *p = doc->refs;
	uint32_t n, i;

	if (dict && !wants_key(x)) {
		gap(x, "A key in a property list has no value.");
		pend(x, 0);
	}
	n = x->npending - c.from;
	n -= dict ? n % 2 : 0;
	x->depth--;
	x->npending = c.from;
	if (!reserve(x, &p, &x->refs_cap, doc->nrefs + n, sizeof(*doc->refs)))
		return;
	doc->refs = p;
	node->first = doc->nrefs;
	node->n = dict ? n / 2 : n;
	for (i = 0; i < n; i++)
		doc->refs[doc->nrefs +
		    (dict ? i % 2 * node->n + i / 2 : i)] =
		    x->pending[c.from + i];
	doc->nrefs += n;
	turn_uid(x, node);
}

static void
container_open(struct xml *x, enum plist_type type)
{
	uint32_t id;

	if (x->depth == LIMIT_DEPTH) {
		gap(x, "A property list is nested too deep; the inner part "
		    "was not read.");
		place(x, 0, false);
		x->ignored = 1;
		return;
	}
	id = node_add(x, type);
	if (id == 0)
		return;
	place(x, id, false);
	x->open[x->depth].node = id;
	x->open[x->depth].from = x->npending;
	x->depth++;
}

/* The value of each digit of base64, plus one. */
static const uint8_t base64_digits[256] = {
	['A'] = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13,
	14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26,
	['a'] = 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39,
	40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52,
	['0'] = 53, 54, 55, 56, 57, 58, 59, 60, 61, 62,
	['+'] = 63, ['/'] = 64
};

static bool
is_blank(uint8_t c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Base64 with blanks anywhere, to `to`, which has room; false if it is none. */
static bool
base64_read(struct bytes in, uint8_t *to, uint32_t *n)
{
	uint32_t bits = 0;
	unsigned have = 0;
	unsigned padding = 0;
	uint32_t out = 0;
	uint32_t digit;
	size_t i;

	for (i = 0; i < in.n; i++) {
		digit = base64_digits[in.p[i]];
		if (digit == 0 && is_blank(in.p[i]))
			continue;
		if (digit == 0 && in.p[i] == '=') {
			padding++;
			continue;
		}
		if (digit == 0 || padding > 0)
			return false;
		bits = bits << 6 | (digit - 1);
		have += 6;
		if (have >= 8) {
			have -= 8;
			to[out++] = (uint8_t)(bits >> have);
		}
	}
	*n = out;
	return padding <= 2 && have != 6;
}

static const char *
end_data(struct xml *x, struct plist_node *node, struct bytes text)
{
	uint8_t *to = arena_alloc(x->arena, text.n / 4 + 1, 3);

	if (to == NULL) {
		stop(x);
		return NULL;
	}
	if (!base64_read(text, to, &node->n))
		return "Data in a property list is not base64.";
	node->type = PLIST_DATA;
	node->p = to;
	return NULL;
}

static const char *
end_text(struct xml *x, struct plist_node *node, struct bytes text)
{
	struct bytes copy = arena_copy(x->arena, text);

	if (x->arena->bad) {
		stop(x);
		return NULL;
	}
	node->type = PLIST_TEXT;
	node->p = copy.p;
	node->n = (uint32_t)copy.n;
	return NULL;
}

static bool
hex_read(struct bytes digits, uint64_t *v)
{
	size_t i;
	uint8_t c;

	if (digits.n == 0 || digits.n > 16)
		return false;
	for (*v = 0, i = 0; i < digits.n; i++) {
		c = text_lower(digits.p[i]);
		if (c >= '0' && c <= '9')
			*v = *v << 4 | (uint64_t)(c - '0');
		else if (c >= 'a' && c <= 'f')
			*v = *v << 4 | (uint64_t)(c - 'a' + 10);
		else
			return false;
	}
	return true;
}

static const char *
end_integer(struct plist_node *node, struct bytes text)
{
	static const char why[] = "An integer in a property list is none, or "
	    "is larger than 64 bits.";
	struct bytes digits = text_trim(text);
	bool minus = bytes_starts(digits, "-");
	uint64_t v;
	bool ok;

	if (minus || bytes_starts(digits, "+"))
		digits = bytes_part(digits, 1, digits.n);
	if (bytes_starts(digits, "0x") || bytes_starts(digits, "0X"))
		ok = hex_read(bytes_part(digits, 2, digits.n), &v);
	else
		ok = text_uint(digits, &v);
	if (!ok || (minus && v > (uint64_t)INT64_MAX + 1))
		return why;
	node->type = PLIST_INT;
	node->big = !minus && v > INT64_MAX;
	node->i = (int64_t)(minus ? 0 - v : v);
	return NULL;
}

static const char *
end_real(struct plist_node *node, struct bytes text)
{
	char digits[128];
	char *end;

	text = text_trim(text);
	if (text.n == 0 || text.n >= sizeof(digits))
		return "A real in a property list is none.";
	memcpy(digits, text.p, text.n);
	digits[text.n] = '\0';
	node->r = strtod(digits, &end);
	if (*end != '\0')
		return "A real in a property list is none.";
	node->type = PLIST_REAL;
	return NULL;
}

static const char *
end_date(struct plist_node *node, struct bytes text)
{
	node->i = time_read(text_trim(text));
	if (node->i == TIME_UNSET)
		return "A date in a property list is none.";
	node->type = PLIST_DATE;
	return NULL;
}

static const char *
end_bool(struct plist_node *node, bool yes)
{
	node->type = PLIST_BOOL;
	node->i = yes;
	return NULL;
}

static const char *
end_scalar(struct xml *x, struct plist_node *node, struct bytes text)
{
	switch (x->scalar) {
	case TAG_KEY:
	case TAG_STRING:
		return end_text(x, node, text);
	case TAG_DATA:
		return end_data(x, node, text);
	case TAG_DATE:
		return end_date(node, text);
	case TAG_INTEGER:
		return end_integer(node, text);
	case TAG_REAL:
		return end_real(node, text);
	case TAG_TRUE:
		return end_bool(node, true);
	default:
		assert(x->scalar == TAG_FALSE);
		return end_bool(node, false);
	}
}

static enum tag
tag_of(const char *name)
{
	size_t i;

	for (i = 1; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(name, names[i]) == 0)
			return (enum tag)i;
	}
	return TAG_UNKNOWN;
}

static void
ignore(struct xml *x, const char *why)
{
	gap(x, why);
	x->ignored = 1;
}

static void XMLCALL
on_start(void *ctx, const XML_Char *name, const XML_Char **attributes)
{
	struct xml *x = ctx;
	enum tag tag = tag_of(name);

	(void)attributes;
	if (x->stopped)
		return;
	if (x->ignored > 0) {
		x->ignored++;
		return;
	}
	if (tag == TAG_UNKNOWN && !x->begun) {
		x->foreign = true;
		stop(x);
	} else if (tag == TAG_UNKNOWN) {
		ignore(x, "A property list holds an unknown element.");
	} else if (x->scalar != TAG_UNKNOWN || (tag == TAG_PLIST && x->begun)) {
		ignore(x, "An element of a property list stands where it "
		    "cannot.");
	} else if (tag == TAG_DICT) {
		container_open(x, PLIST_DICT);
	} else if (tag == TAG_ARRAY) {
		container_open(x, PLIST_ARRAY);
	} else if (tag != TAG_PLIST) {
		x->scalar = tag;
		buf_reset(&x->text);
	}
	x->begun = true;
}

static void
scalar_close(struct xml *x)
{
	uint32_t id = node_add(x, PLIST_NONE);
	const char *why;

	if (id == 0)
		return;
	why = x->text.bad ? "A value in a property list is too long." :
	    end_scalar(x, &x->doc->nodes[id], buf_bytes(&x->text));
	if (why != NULL)
		gap(x, why);
	place(x, id, x->scalar == TAG_KEY);
	x->scalar = TAG_UNKNOWN;
}

static void XMLCALL
on_end(void *ctx, const XML_Char *name)
{
	struct xml *x = ctx;

	if (x->stopped)
		return;
	if (x->ignored > 0)
		x->ignored--;
	else if (x->scalar != TAG_UNKNOWN)
		scalar_close(x);
	else if (strcmp(name, names[TAG_PLIST]) != 0)
		container_close(x);
}

static void XMLCALL
on_text(void *ctx, const XML_Char *text, int n)
{
	struct xml *x = ctx;
	struct bytes b = bytes_at(text, (size_t)n);

	if (x->stopped || x->ignored > 0)
		return;
	if (x->scalar != TAG_UNKNOWN) {
		buf_add(&x->text, b);
	} else if (!x->stray && text_trim(b).n > 0) {
		x->stray = true;	/* once is enough */
		gap(x, "A property list holds text outside its values.");
	}
}

static void XMLCALL
on_entity(void *ctx, const XML_Char *name, int parameter, const XML_Char *value,
    int length, const XML_Char *base, const XML_Char *system,
    const XML_Char *public, const XML_Char *notation)
{
	struct xml *x = ctx;

	(void)name, (void)parameter, (void)value, (void)length, (void)base;
	(void)system, (void)public, (void)notation;
	if (x->stopped)
		return;
	gap(x, "A property list declares entities; it was not read.");
	stop(x);
}

static void XMLCALL
on_skipped(void *ctx, const XML_Char *name, int parameter)
{
	struct xml *x = ctx;

	(void)name, (void)parameter;
	if (!x->stopped)
		gap(x, "A property list uses an entity that nothing declares.");
}

/* Reads it all, then closes what a broken document left open. */
static void
run(struct xml *x, struct bytes in)
{
	XML_SetUserData(x->parser, x);
	XML_SetElementHandler(x->parser, on_start, on_end);
	XML_SetCharacterDataHandler(x->parser, on_text);
	XML_SetEntityDeclHandler(x->parser, on_entity);
	XML_SetSkippedEntityHandler(x->parser, on_skipped);
	if (XML_Parse(x->parser, (const char *)in.p, (int)in.n, 1) !=
	    XML_STATUS_OK && !x->stopped)
		gap(x, "A property list is cut short or not well formed; the "
		    "rest was not read.");
	else if (!x->stopped && x->root == 0)
		gap(x, "A property list holds nothing.");
	x->gaps = NULL;		/* what is still open was told above */
	while (x->depth > 0)
		container_close(x);
}

enum err
plist_xml_read(struct plist_doc *doc, uint32_t *top, struct arena *arena,
    struct bytes in, const struct gap_sink *gaps)
{
	struct xml x = { .doc = doc, .arena = arena, .gaps = gaps };
	struct bytes body = in;

	/* Blanks before <?xml ...?> are common and not well formed. */
	while (body.n > 0 && is_blank(body.p[0]))
		body = bytes_part(body, 1, body.n);
	x.skipped = in.n - body.n;
	x.parser = XML_ParserCreate(NULL);
	if (x.parser == NULL)
		return ERR_MEMORY;
	x.text = buf_with(LIMIT_PLIST_BYTES);
	(void)node_add(&x, PLIST_NONE);
	run(&x, body);
	buf_free(&x.text);
	XML_ParserFree(x.parser);
	if (arena->bad)
		return ERR_MEMORY;
	if (x.foreign)
		return ERR_KIND;
	*top = x.root;
	return ERR_NONE;
}
