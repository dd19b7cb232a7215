#include "schema.h"

#include <assert.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>

#define DEPTH_MAX	100

enum type { OBJECT, ARRAY, STRING, NUMBER, TRUE, FALSE, NUL };

struct schema_node {
	enum type type;
	struct bytes key;		/* in an object */
	struct bytes text;		/* of strings (unescaped) and numbers */
	struct schema_node *first, *next;
};

struct reader {
	struct arena *arena;
	struct bytes in;
	size_t at;
	unsigned depth;
};

/* --- reading ------------------------------------------------------------------ */

static int
peek(struct reader *r)
{
	while (r->at < r->in.n && strchr(" \t\r\n", r->in.p[r->at]) != NULL &&
	    r->in.p[r->at] != '\0')
		r->at++;
	return r->at < r->in.n ? r->in.p[r->at] : -1;
}

static bool
eat(struct reader *r, int c)
{
	if (peek(r) != c)
		return false;
	r->at++;
	return true;
}

static uint8_t *
put_utf8(uint8_t *to, uint32_t c)
{
	if (c < 0x80) {
		*to++ = (uint8_t)c;
		return to;
	}
	if (c >= 0x10000) {
		*to++ = (uint8_t)(0xf0 | c >> 18);
		*to++ = (uint8_t)(0x80 | (c >> 12 & 0x3f));
	} else if (c >= 0x800) {
		*to++ = (uint8_t)(0xe0 | c >> 12);
	}
	*to++ = (uint8_t)(c >= 0x800 ? 0x80 | (c >> 6 & 0x3f) : 0xc0 | c >> 6);
	*to++ = (uint8_t)(0x80 | (c & 0x3f));
	return to;
}

static bool
hex4(struct reader *r, uint32_t *c)
{
	char text[5] = "";
	char *end;

	if (r->in.n - r->at < 4)
		return false;
	memcpy(text, r->in.p + r->at, 4);
	if (strspn(text, "0123456789abcdefABCDEF") != 4)
		return false;
	r->at += 4;
	*c = (uint32_t)strtoul(text, &end, 16);
	return true;
}

static bool
escaped(struct reader *r, uint32_t *c)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	uint32_t low;
	const char *at;

	if (r->at >= r->in.n)
		return false;
	*c = r->in.p[r->at++];
	if (*c == 'u') {
		if (!hex4(r, c))
			return false;
		if (*c < 0xd800 || *c > 0xdfff)
			return true;
		if (*c > 0xdbff || r->in.n - r->at < 2 ||
		    r->in.p[r->at] != '\\' || r->in.p[r->at + 1] != 'u')
			return false;
		r->at += 2;
		if (!hex4(r, &low) || low < 0xdc00 || low > 0xdfff)
			return false;
		*c = 0x10000 + ((*c - 0xd800) << 10) + (low - 0xdc00);
		return true;
	}
	at = *c == 0 ? NULL : strchr(from, (int)*c);
	if (at == NULL)
		return false;
	*c = (uint8_t)to[at - from];
	return true;
}

/* Bytes up to the quote that ends the string: no character is longer than its
   escape. */
static size_t
room(const struct reader *r)
{
	size_t at = r->at;

	while (at < r->in.n && r->in.p[at] != '"')
		at += r->in.p[at] == '\\' ? 2 : 1;
	return at - r->at;
}

static bool
read_string(struct reader *r, struct bytes *text)
{
	uint8_t *to, *begin;
	uint32_t c;

	if (!eat(r, '"'))
		return false;
	to = begin = arena_alloc(r->arena, room(r) + 1, 1);
	if (to == NULL)
		return false;
	while (r->at < r->in.n && r->in.p[r->at] != '"') {
		c = r->in.p[r->at++];
		if (c < 0x20)
			return false;
		if (c != '\\')
			*to++ = (uint8_t)c;
		else if (escaped(r, &c))
			to = put_utf8(to, c);
		else
			return false;
	}
	*text = bytes_at(begin, (size_t)(to - begin));
	return r->at++ < r->in.n;
}

static size_t
digits(struct reader *r)
{
	size_t n = 0;

	while (r->at < r->in.n && r->in.p[r->at] >= '0' &&
	    r->in.p[r->at] <= '9') {
		r->at++;
		n++;
	}
	return n;
}

static bool
read_number(struct reader *r, struct bytes *text)
{
	size_t from = r->at;
	bool zero;

	if (r->in.p[r->at] == '-')
		r->at++;
	zero = r->at < r->in.n && r->in.p[r->at] == '0';
	if ((zero && digits(r) != 1) || (!zero && digits(r) == 0))
		return false;
	if (r->at < r->in.n && r->in.p[r->at] == '.') {
		r->at++;
		if (digits(r) == 0)
			return false;
	}
	if (r->at < r->in.n && (r->in.p[r->at] | 0x20) == 'e') {
		r->at++;
		if (r->at < r->in.n && (r->in.p[r->at] == '+' ||
		    r->in.p[r->at] == '-'))
			r->at++;
		if (digits(r) == 0)
			return false;
	}
	*text = bytes_part(r->in, from, r->at - from);
	return true;
}

static bool
word(struct reader *r, const char *text)
{
	size_t n = strlen(text);

	if (r->in.n - r->at < n || memcmp(r->in.p + r->at, text, n) != 0)
		return false;
	r->at += n;
	return true;
}

static struct schema_node *read_value(struct reader *);

/* The members of an object or the items of an array. */
static bool
read_parts(struct reader *r, struct schema_node *parent, int end)
{
	struct schema_node **to = &parent->first, *node;
	struct bytes key = { NULL, 0 };

	r->at++;
	if (eat(r, end))
		return true;
	do {
		if (parent->type == OBJECT && (peek(r) != '"' ||
		    !read_string(r, &key) || !eat(r, ':')))
			return false;
		node = read_value(r);
		if (node == NULL)
			return false;
		node->key = key;
		for (; *to != NULL; to = &(*to)->next)
			;
		*to = node;
	} while (eat(r, ','));
	return eat(r, end);
}

static bool
read_into(struct reader *r, struct schema_node *node)
{
	switch (peek(r)) {
	case '{':
		node->type = OBJECT;
		return read_parts(r, node, '}');
	case '[':
		node->type = ARRAY;
		return read_parts(r, node, ']');
	case '"':
		node->type = STRING;
		return read_string(r, &node->text);
	case 't':
		node->type = TRUE;
		return word(r, "true");
	case 'f':
		node->type = FALSE;
		return word(r, "false");
	case 'n':
		node->type = NUL;
		return word(r, "null");
	case -1:
		return false;
	default:
		node->type = NUMBER;
		return read_number(r, &node->text);
	}
}

static struct schema_node *
read_value(struct reader *r)
{
	struct schema_node *node = arena_alloc(r->arena, 1, sizeof(*node));

	if (node == NULL || r->depth >= DEPTH_MAX)
		return NULL;
	r->depth++;
	if (!read_into(r, node))
		return NULL;
	r->depth--;
	return node;
}

const struct schema_node *
schema_read(struct arena *arena, struct bytes json)
{
	struct reader r = { arena, json, 0, 0 };
	struct schema_node *node = read_value(&r);

	return node != NULL && peek(&r) == -1 ? node : NULL;
}

const struct schema_node *
schema_get(const struct schema_node *object, const char *key)
{
	const struct schema_node *n;

	if (object == NULL || object->type != OBJECT)
		return NULL;
	for (n = object->first; n != NULL; n = n->next)
		if (bytes_is(n->key, key))
			return n;
	return NULL;
}

const struct schema_node *
schema_item(const struct schema_node *array, unsigned at)
{
	const struct schema_node *n;

	if (array == NULL || array->type != ARRAY)
		return NULL;
	for (n = array->first; n != NULL && at > 0; n = n->next)
		at--;
	return n;
}

struct bytes
schema_text(const struct schema_node *node)
{
	return node == NULL ? bytes_at(NULL, 0) : node->text;
}

/* --- validating ----------------------------------------------------------------- */

struct check {
	const struct schema_node *root;
	struct buf *why;
	struct buf path;
};

static bool fault(struct check *, const char *what);
static bool holds(struct check *, const struct schema_node *,
    const struct schema_node *);

static bool
fault(struct check *c, const char *what)
{
	if (c->why->n > 0)
		return false;
	buf_add(c->why, buf_bytes(&c->path));
	buf_text(c->why, ": ");
	buf_text(c->why, what);
	return false;
}

static const struct schema_node *
follow(const struct schema_node *root, struct bytes ref)
{
	char name[100];

	if (!bytes_starts(ref, "#/$defs/") || ref.n >= sizeof(name))
		return NULL;
	memcpy(name, ref.p + 8, ref.n - 8);
	name[ref.n - 8] = '\0';
	return schema_get(schema_get(root, "$defs"), name);
}

static bool
matches(struct bytes text, struct bytes pattern)
{
	char source[256];
	char *value = calloc(text.n + 1, 1);
	regex_t regex;
	bool yes;

	assert(pattern.n < sizeof(source) && value != NULL);
	memcpy(source, pattern.p, pattern.n);
	source[pattern.n] = '\0';
	if (text.n > 0)
		memcpy(value, text.p, text.n);
	if (regcomp(&regex, source, REG_EXTENDED | REG_NOSUB) != 0) {
		free(value);
		return false;
	}
	yes = strlen(value) == text.n &&
	    regexec(&regex, value, 0, NULL, 0) == 0;
	regfree(&regex);
	free(value);
	return yes;
}

static bool
is_integer(const struct schema_node *v)
{
	size_t i;

	for (i = 0; i < v->text.n; i++)
		if (strchr(".eE", v->text.p[i]) != NULL)
			return false;
	return v->type == NUMBER;
}

static bool
is_type(const struct schema_node *v, struct bytes name)
{
	switch (v->type) {
	case OBJECT:
		return bytes_is(name, "object");
	case ARRAY:
		return bytes_is(name, "array");
	case STRING:
		return bytes_is(name, "string");
	case NUMBER:
		return bytes_is(name, "number") ||
		    (bytes_is(name, "integer") && is_integer(v));
	case TRUE:
	case FALSE:
		return bytes_is(name, "boolean");
	case NUL:
		return bytes_is(name, "null");
	}
	return false;
}

static bool
same(const struct schema_node *a, const struct schema_node *b)
{
	return a->type == b->type && bytes_eq(a->text, b->text) &&
	    a->first == NULL && b->first == NULL;
}

static bool
among(const struct schema_node *list, const struct schema_node *v)
{
	const struct schema_node *n;

	for (n = list->first; n != NULL; n = n->next)
		if (same(n, v))
			return true;
	return false;
}

static bool
typed(const struct schema_node *type, const struct schema_node *v)
{
	const struct schema_node *n;

	if (type->type == STRING)
		return is_type(v, type->text);
	for (n = type->first; n != NULL; n = n->next)
		if (is_type(v, n->text))
			return true;
	return false;
}

static double
real(const struct schema_node *v)
{
	char text[64] = "";

	memcpy(text, v->text.p, v->text.n < 63 ? v->text.n : 63);
	return strtod(text, NULL);
}

static unsigned
length(const struct schema_node *v)
{
	const struct schema_node *n;
	unsigned count = 0;

	for (n = v->first; n != NULL; n = n->next)
		count++;
	return count;
}

static bool
scalars(struct check *c, const struct schema_node *s,
    const struct schema_node *v)
{
	const struct schema_node *k;

	if ((k = schema_get(s, "type")) != NULL && !typed(k, v))
		return fault(c, "of another type");
	if ((k = schema_get(s, "const")) != NULL && !same(k, v))
		return fault(c, "another constant");
	if ((k = schema_get(s, "enum")) != NULL && !among(k, v))
		return fault(c, "none of the list");
	if ((k = schema_get(s, "pattern")) != NULL && v->type == STRING &&
	    !matches(v->text, k->text))
		return fault(c, "does not match the pattern");
	if ((k = schema_get(s, "minLength")) != NULL && v->type == STRING &&
	    (double)v->text.n < real(k))
		return fault(c, "too short");
	if ((k = schema_get(s, "minimum")) != NULL && v->type == NUMBER &&
	    real(v) < real(k))
		return fault(c, "too small");
	if ((k = schema_get(s, "minItems")) != NULL && v->type == ARRAY &&
	    length(v) < real(k))
		return fault(c, "too few items");
	return true;
}

static bool
inside(struct check *c, const struct schema_node *s,
    const struct schema_node *v, struct bytes key)
{
	size_t n = c->path.n;
	bool ok;

	buf_byte(&c->path, '/');
	buf_add(&c->path, key);
	ok = holds(c, s, v);
	if (ok)
		c->path.n = n;
	return ok;
}

static bool
member(struct check *c, const struct schema_node *s,
    const struct schema_node *v)
{
	const struct schema_node *props = schema_get(s, "properties");
	const struct schema_node *names = schema_get(s, "propertyNames");
	const struct schema_node *others = schema_get(s,
	    "additionalProperties");
	const struct schema_node *n, name = { .type = STRING, .text = v->key };

	for (n = v->next; n != NULL; n = n->next)
		if (bytes_eq(n->key, v->key))
			return inside(c, s, v, v->key) &&
			    fault(c, "a key stands twice");
	if (names != NULL && !inside(c, names, &name, v->key))
		return false;
	for (n = props == NULL ? NULL : props->first; n != NULL; n = n->next)
		if (bytes_eq(n->key, v->key))
			return inside(c, n, v, v->key);
	if (others == NULL || others->type == TRUE)
		return true;
	if (others->type == OBJECT)
		return inside(c, others, v, v->key);
	buf_byte(&c->path, '/');
	buf_add(&c->path, v->key);
	return fault(c, "is not described");
}

static bool
required(struct check *c, const struct schema_node *list,
    const struct schema_node *v)
{
	const struct schema_node *k, *n;

	for (k = list->first; k != NULL; k = k->next) {
		for (n = v->first; n != NULL; n = n->next)
			if (bytes_eq(n->key, k->text))
				break;
		if (n != NULL)
			continue;
		buf_byte(&c->path, '/');
		buf_add(&c->path, k->text);
		return fault(c, "is missing");
	}
	return true;
}

static bool
any_of(struct check *c, const struct schema_node *list,
    const struct schema_node *v)
{
	const struct schema_node *n;
	size_t path = c->path.n;

	/* The complaint of the first one is kept: it tells most. */
	for (n = list->first; n != NULL; n = n->next) {
		if (holds(c, n, v)) {
			buf_reset(c->why);
			return true;
		}
		c->path.n = path;
	}
	return false;
}

static bool
holds(struct check *c, const struct schema_node *s,
    const struct schema_node *v)
{
	const struct schema_node *k, *n;

	if ((k = schema_get(s, "$ref")) != NULL &&
	    !holds(c, follow(c->root, k->text), v))
		return false;
	if ((k = schema_get(s, "anyOf")) != NULL && !any_of(c, k, v))
		return false;
	if (!scalars(c, s, v))
		return false;
	for (n = v->type == OBJECT ? v->first : NULL; n != NULL; n = n->next)
		if (!member(c, s, n))
			return false;
	if ((k = schema_get(s, "required")) != NULL && v->type == OBJECT &&
	    !required(c, k, v))
		return false;
	if ((k = schema_get(s, "items")) == NULL || v->type != ARRAY)
		return true;
	for (n = v->first; n != NULL; n = n->next)
		if (!inside(c, k, n, bytes_of("[]")))
			return false;
	return true;
}

bool
schema_holds(const struct schema_node *schema, const struct schema_node *value,
    struct buf *why)
{
	struct check c = { schema, why, buf_with(64 * 1024) };
	bool ok = holds(&c, schema, value);

	buf_free(&c.path);
	return ok;
}

/* --- is the schema itself sound? ------------------------------------------------- */

static bool sound(struct check *, const struct schema_node *);

static bool
known_keyword(struct bytes key)
{
	static const char *const known[] = {
		"$schema", "$id", "$ref", "$defs", "title", "description",
		"type", "properties", "required", "additionalProperties",
		"propertyNames", "items", "enum", "const", "pattern",
		"minimum", "minLength", "minItems", "anyOf", NULL
	};
	unsigned i;

	for (i = 0; known[i] != NULL; i++)
		if (bytes_is(key, known[i]))
			return true;
	return false;
}

static bool
known_type(const struct schema_node *type)
{
	static const char *const known[] = {
		"object", "array", "string", "number", "integer", "boolean",
		"null"
	};
	unsigned i;

	for (i = 0; i < 7; i++)
		if (bytes_is(type->text, known[i]))
			return true;
	return false;
}

static bool
sound_each(struct check *c, const struct schema_node *parent)
{
	const struct schema_node *n;

	for (n = parent->first; n != NULL; n = n->next)
		if (!sound(c, n))
			return false;
	return true;
}

static bool
sound_keyword(struct check *c, const struct schema_node *s,
    const struct schema_node *k)
{
	const struct schema_node *n;
	regex_t regex;
	char name[256] = "";

	if (k->text.n > 0)
		memcpy(name, k->text.p, k->text.n < 255 ? k->text.n : 255);
	if (bytes_is(k->key, "$ref"))
		return follow(c->root, k->text) != NULL || fault(c, name);
	if (bytes_is(k->key, "properties") || bytes_is(k->key, "$defs") ||
	    bytes_is(k->key, "anyOf"))
		return sound_each(c, k);
	if (bytes_is(k->key, "items") || bytes_is(k->key, "propertyNames") ||
	    (bytes_is(k->key, "additionalProperties") && k->type == OBJECT))
		return sound(c, k);
	if (bytes_is(k->key, "type") && k->type == STRING)
		return known_type(k) || fault(c, "no such type");
	for (n = bytes_is(k->key, "type") ? k->first : NULL; n != NULL;
	    n = n->next)
		if (!known_type(n))
			return fault(c, "no such type");
	if (bytes_is(k->key, "pattern")) {
		if (regcomp(&regex, name, REG_EXTENDED | REG_NOSUB) != 0)
			return fault(c, "a bad pattern");
		regfree(&regex);
	}
	for (n = bytes_is(k->key, "required") ? k->first : NULL; n != NULL;
	    n = n->next) {
		memset(name, 0, sizeof(name));
		memcpy(name, n->text.p, n->text.n);
		if (schema_get(schema_get(s, "properties"), name) == NULL)
			return fault(c, "requires what it does not describe");
	}
	return true;
}

static bool
sound(struct check *c, const struct schema_node *s)
{
	const struct schema_node *k;
	size_t path = c->path.n;

	if (s->type == TRUE || s->type == FALSE)
		return true;
	buf_byte(&c->path, '/');
	buf_add(&c->path, s->key);
	if (s->type != OBJECT)
		return fault(c, "is no schema");
	for (k = s->first; k != NULL; k = k->next) {
		if (!known_keyword(k->key))
			return fault(c, "has a keyword not understood here");
		if (!sound_keyword(c, s, k))
			return false;
	}
	c->path.n = path;
	return true;
}

bool
schema_sound(const struct schema_node *schema, struct buf *why)
{
	struct check c = { schema, why, buf_with(64 * 1024) };
	bool ok = sound(&c, schema);

	buf_free(&c.path);
	return ok;
}
