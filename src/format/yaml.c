/*
 * A tree from libyaml's events.  Before libyaml sees a byte, the characters
 * are checked here: it would take some that no editor shows as a line end for
 * one, so that what reads as a comment could be a key, and its line numbers
 * would not be those of the editor.  It would also compare each of many
 * directives with all others.
 */
#include "format/yaml.h"

#include <assert.h>
#include <stdio.h>
#include <yaml.h>

#include "base/hash.h"
#include "base/limits.h"
#include "base/text.h"

#define KEY_SHOWN	60		/* bytes of a key in a fault */

struct node {
	struct yaml yaml;
	const struct node *in;		/* its list or map */
	uint64_t number;		/* nodes made before it */
	uint64_t hash;			/* of its key */
	struct node *chain;		/* in a bucket of keys */
};

struct open {			/* a list or map whose end is still to come */
	struct node *node;
	const struct yaml **tail;	/* where the next member goes */
	struct bytes key;		/* waits for its value, if `keyed` */
	yaml_mark_t key_at;
	bool keyed;
};

struct reader {
	yaml_parser_t parser;
	struct arena *arena;
	struct yaml_fault *fault;
	struct node *root;
	struct open open[LIMIT_DEPTH];
	unsigned depth, nodes, documents;
	size_t end_line, end_column;	/* after the last character */
	struct node **buckets;		/* keys of all maps, by hash */
	size_t n_buckets, n_keys;
};

enum place {			/* which of libyaml's two places is told */
	HERE = 0,		/* where it stopped */
	HERE_OR_TAB,		/* the same; a tab is called by its name */
	BEGIN,			/* where that began in which it stopped */
	HERE_SINCE		/* where it stopped; the line of the other */
};

/* What libyaml says, in the words of who wrote the file. */
struct complaint {
	const char *context, *problem;	/* as libyaml has them; NULL: any */
	const char *why;
	enum place place;
};

#define TAB	"a tab in the indentation (use spaces)"
#define QUOTE	"a quotation that does not end"
#define ESCAPE	"an escape (\\) that is not known"
#define BLOCK	"something after | or > that is no indicator"
#define ANCHOR	"an anchor (&); put the text in quotes if it is none"
#define ALIAS	"an alias (*); put the text in quotes if it is none"
#define TAG	"a tag (!); put the text in quotes if it is none"

static const struct complaint complaints[] = {
	{ "while scanning an anchor", NULL, ANCHOR, BEGIN },
	{ "while scanning an alias", NULL, ALIAS, BEGIN },
	{ "while scanning a tag", NULL, TAG, BEGIN },
	{ "while parsing a tag", NULL, TAG, BEGIN },
	{ "while parsing a node", NULL, TAG, BEGIN },
	{ NULL, "found unexpected end of stream", QUOTE, BEGIN },
	{ NULL, "found unexpected document indicator", QUOTE, BEGIN },
	{ NULL, "could not find expected ':'",
	    "text that is neither a key (no \": \" follows) nor a value",
	    BEGIN },
	{ NULL, "mapping values are not allowed in this context",
	    "a \":\" where no key can end (wrong indentation, or text that "
	    "needs quotes)" },
	{ NULL, "did not find expected key",
	    "no key of this map (wrong indentation, or text after a "
	    "quotation)" },
	{ NULL, "did not find expected '-' indicator",
	    "no item of this list (wrong indentation, or \"- \" missing)" },
	{ NULL, "did not find expected <document start>",
	    "text that belongs to nothing above it (wrong indentation)" },
	{ NULL, "did not find expected ',' or ']'",
	    "no \",\" or \"]\" after an item of the list", HERE_SINCE },
	{ NULL, "did not find expected ',' or '}'",
	    "no \",\" or \"}\" after a value of the map", HERE_SINCE },
	{ NULL, "did not find expected node content",
	    "nothing that can be a value" },
	{ NULL, "block sequence entries are not allowed in this context",
	    "a list item (\"- \") where none can stand" },
	{ NULL, "mapping keys are not allowed in this context",
	    "a key (\"? \") where none can stand" },
	{ NULL, "found character that cannot start any token",
	    "a character that cannot begin a value (put the text in quotes)",
	    HERE_OR_TAB },
	{ NULL, "found unexpected ':'",
	    "a \":\" inside plain text (put the text in quotes)" },
	{ NULL, "found a tab character where an indentation space is expected",
	    TAB },
	{ NULL, "found a tab character that violates indentation", TAB },
	{ NULL, "found unknown escape character", ESCAPE },
	{ NULL, "did not find expected hexdecimal number", ESCAPE },
	{ NULL, "found invalid Unicode character escape code", ESCAPE },
	{ NULL, "found an indentation indicator equal to 0", BLOCK },
	{ NULL, "did not find expected comment or line break", BLOCK },
};

static bool
refuse_at(struct yaml_fault *fault, size_t line, size_t column,
    const char *why)
{
	fault->line = (uint32_t)line;
	fault->column = (uint32_t)column;
	(void)snprintf(fault->why, sizeof(fault->why), "%s", why);
	return false;
}

/* libyaml counts from 0, and ends the last line if the file does not. */
static bool
refuse(struct reader *r, yaml_mark_t at, const char *why)
{
	if (at.line + 1 > r->end_line)
		return refuse_at(r->fault, r->end_line, r->end_column, why);
	return refuse_at(r->fault, at.line + 1, at.column + 1, why);
}

/* NULL if the character may stand in a file. */
static const char *
character_fault(uint32_t c, bool line_feed_next)
{
	if (c == '\r' && !line_feed_next)
		return "a carriage return without a line feed";
	if (c == '\t' || c == '\n' || c == '\r')
		return NULL;
	if (c < 0x20 || (c >= 0x7f && c < 0xa0))
		return "a control character";
	if (c == 0x2028 || c == 0x2029)
		return "a line end that editors do not show (U+2028, U+2029)";
	if (c == 0xfeff)
		return "a byte-order mark inside the file";
	if (c == 0xfffe || c == 0xffff)
		return "a code that is no character";
	return NULL;
}

static bool
check_characters(struct reader *r, struct bytes in)
{
	size_t at = 0, line = 1, column = 1, n;
	const char *why = NULL;
	uint32_t c = 0;

	while (at < in.n) {
		n = text_char(in, at, &c);
		if (n == 0)
			why = "a byte that is no UTF-8";
		else if (c == '%' && column == 1)
			why = "a line that begins with % (no directives)";
		else if (c < ' ' || c > '~')
			why = character_fault(c, c == '\r' &&
			    at + 1 < in.n && in.p[at + 1] == '\n');
		if (why != NULL)
			return refuse_at(r->fault, line, column, why);
		at += n;
		line += c == '\n';
		column = c == '\n' ? 1 : column + 1;
	}
	r->end_line = line;
	r->end_column = column;
	return true;
}

static bool
same(const char *want, const char *is)
{
	return want == NULL || bytes_is(bytes_of(is), want);
}

/* libyaml has stopped. */
static bool
refuse_parsed(struct reader *r)
{
	const yaml_parser_t *p = &r->parser;
	const struct complaint *c = complaints;
	size_t i, n = sizeof(complaints) / sizeof(complaints[0]);
	char why[sizeof(r->fault->why)];

	if (p->error == YAML_MEMORY_ERROR)
		return refuse(r, p->mark, "not enough memory");
	for (i = 0; i < n; i++, c++)
		if (same(c->context, p->context) && same(c->problem,
		    p->problem))
			break;
	if (i == n)
		return refuse(r, p->problem_mark, p->problem);
	/* Of a tab, libyaml says that nothing can begin with it: it is what the
	   parser would have read next. */
	if (c->place == HERE_OR_TAB && p->buffer.pointer < p->buffer.last &&
	    *p->buffer.pointer == '\t')
		return refuse(r, p->problem_mark, TAB);
	if (c->place == BEGIN && p->context != NULL)
		return refuse(r, p->context_mark, c->why);
	if (c->place == HERE_SINCE && p->context != NULL) {
		(void)snprintf(why, sizeof(why), "%s that began in line %zu",
		    c->why, p->context_mark.line + 1);
		return refuse(r, p->problem_mark, why);
	}
	return refuse(r, p->problem_mark, c->why);
}

static bool
refuse_twice(struct reader *r, yaml_mark_t at, const struct node *first)
{
	struct buf shown = buf_with(1024);
	char why[sizeof(r->fault->why)];
	struct bytes key;

	text_escape(&shown, text_head(first->yaml.key, KEY_SHOWN), TEXT_LOG);
	key = text_head(buf_bytes(&shown), KEY_SHOWN);
	(void)snprintf(why, sizeof(why), "the key \"%.*s\" stands twice; "
	    "first in line %u", (int)key.n, key.n == 0 ? "" :
	    (const char *)key.p, first->yaml.key_line);
	buf_free(&shown);
	return refuse(r, at, why);
}

/* One table serves all maps: a key that many of them have must not fill one
   bucket. */
static uint64_t
hash_in(const struct node *map, struct bytes key)
{
	return hash_key(key) + map->number * UINT64_C(0x9e3779b97f4a7c15);
}

/* The member of the map that has this key. */
static struct node *
find_key(const struct reader *r, const struct node *map, struct bytes key)
{
	uint64_t hash = hash_in(map, key);
	struct node *n = r->n_buckets == 0 ? NULL :
	    r->buckets[hash % r->n_buckets];

	while (n != NULL && (n->hash != hash || n->in != map ||
	    !bytes_eq(n->yaml.key, key)))
		n = n->chain;
	return n;
}

/* Twice as many buckets. */
static bool
more_buckets(struct reader *r)
{
	size_t i, n = r->n_buckets == 0 ? 64 : r->n_buckets * 2;
	struct node **to = arena_alloc(r->arena, n, sizeof(*to));
	struct node *node, *next;

	if (to == NULL)
		return false;
	for (i = 0; i < r->n_buckets; i++) {
		for (node = r->buckets[i]; node != NULL; node = next) {
			next = node->chain;
			node->chain = to[node->hash % n];
			to[node->hash % n] = node;
		}
	}
	r->buckets = to;
	r->n_buckets = n;
	return true;
}

static bool
keep_key(struct reader *r, struct node *node)
{
	if (r->n_keys >= r->n_buckets && !more_buckets(r))
		return false;
	node->hash = hash_in(node->in, node->yaml.key);
	node->chain = r->buckets[node->hash % r->n_buckets];
	r->buckets[node->hash % r->n_buckets] = node;
	r->n_keys++;
	return true;
}

/* A new value, put where it belongs; NULL and the fault if it may not be. */
static struct node *
add_node(struct reader *r, const yaml_event_t *event, enum yaml_kind kind)
{
	struct open *o = r->depth == 0 ? NULL : &r->open[r->depth - 1];
	struct node *node;

	if (r->nodes++ == YAML_NODES) {
		(void)refuse(r, event->start_mark, "too many values");
		return NULL;
	}
	node = arena_alloc(r->arena, 1, sizeof(*node));
	if (node == NULL)
		return NULL;
	node->number = r->nodes;
	node->yaml.kind = kind;
	node->yaml.line = (uint32_t)event->start_mark.line + 1;
	node->yaml.column = (uint32_t)event->start_mark.column + 1;
	if (o == NULL) {
		r->root = node;
		return node;
	}
	node->in = o->node;
	if (o->keyed) {
		node->yaml.key = o->key;
		node->yaml.key_line = (uint32_t)o->key_at.line + 1;
		node->yaml.key_column = (uint32_t)o->key_at.column + 1;
		if (!keep_key(r, node))
			return NULL;
	}
	o->keyed = false;
	o->node->yaml.n++;
	*o->tail = &node->yaml;
	o->tail = &node->yaml.next;
	return node;
}

/* Whether the next value is to be the key of a map. */
static bool
key_is_next(const struct reader *r)
{
	const struct open *o = r->depth == 0 ? NULL : &r->open[r->depth - 1];

	return o != NULL && o->node->yaml.kind == YAML_MAP && !o->keyed;
}

static bool
on_key(struct reader *r, const yaml_event_t *event)
{
	struct open *o = &r->open[r->depth - 1];
	struct bytes key = bytes_at(event->data.scalar.value,
	    event->data.scalar.length);
	const struct node *first;

	if (key.n == 0)
		return refuse(r, event->start_mark, "a key without a name");
	first = find_key(r, o->node, key);
	if (first != NULL)
		return refuse_twice(r, event->start_mark, first);
	o->key = arena_copy(r->arena, key);
	o->key_at = event->start_mark;
	o->keyed = true;
	return !r->arena->bad;
}

static bool
on_scalar(struct reader *r, const yaml_event_t *event)
{
	struct bytes text = bytes_at(event->data.scalar.value,
	    event->data.scalar.length);
	struct node *node;

	if (event->data.scalar.anchor != NULL)
		return refuse(r, event->start_mark, ANCHOR);
	if (event->data.scalar.tag != NULL)
		return refuse(r, event->start_mark, TAG);
	if (key_is_next(r))
		return on_key(r, event);
	node = add_node(r, event, YAML_SCALAR);
	if (node == NULL)
		return false;
	node->yaml.text = arena_copy(r->arena, text);
	node->yaml.quoted = event->data.scalar.style !=
	    YAML_PLAIN_SCALAR_STYLE;
	return !r->arena->bad;
}

static bool
on_start(struct reader *r, const yaml_event_t *event)
{
	bool map = event->type == YAML_MAPPING_START_EVENT;
	struct open *o;

	if ((map ? event->data.mapping_start.anchor :
	    event->data.sequence_start.anchor) != NULL)
		return refuse(r, event->start_mark, ANCHOR);
	if ((map ? event->data.mapping_start.tag :
	    event->data.sequence_start.tag) != NULL)
		return refuse(r, event->start_mark, TAG);
	if (key_is_next(r))
		return refuse(r, event->start_mark,
		    "a list or map where a key must stand");
	if (r->depth == LIMIT_DEPTH)
		return refuse(r, event->start_mark, "nested too deeply");
	o = &r->open[r->depth];
	o->node = add_node(r, event, map ? YAML_MAP : YAML_LIST);
	if (o->node == NULL)
		return false;
	o->tail = &o->node->yaml.first;
	o->keyed = false;
	r->depth++;
	return true;
}

static bool
on_event(struct reader *r, const yaml_event_t *event)
{
	switch (event->type) {
	case YAML_DOCUMENT_START_EVENT:
		if (r->documents++ > 0)
			return refuse(r, event->start_mark,
			    "a second document");
		return true;
	case YAML_ALIAS_EVENT:
		return refuse(r, event->start_mark, ALIAS);
	case YAML_SCALAR_EVENT:
		return on_scalar(r, event);
	case YAML_SEQUENCE_START_EVENT:
	case YAML_MAPPING_START_EVENT:
		return on_start(r, event);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		assert(r->depth > 0);
		r->depth--;
		return true;
	default:
		return true;
	}
}

static bool
read_events(struct reader *r, struct bytes in)
{
	yaml_event_t event;
	bool end = false, ok = true;

	yaml_parser_set_encoding(&r->parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&r->parser, in.p, in.n);
	while (ok && !end) {
		if (!yaml_parser_parse(&r->parser, &event))
			return refuse_parsed(r);
		end = event.type == YAML_STREAM_END_EVENT;
		ok = on_event(r, &event);
		if (!ok && r->arena->bad)
			(void)refuse(r, event.start_mark, "not enough memory");
		yaml_event_delete(&event);
	}
	return ok;
}

/* No document, or one that says nothing. */
static const struct yaml *
read_nothing(struct reader *r)
{
	struct node *node = arena_alloc(r->arena, 1, sizeof(*node));

	if (node == NULL) {
		(void)refuse_at(r->fault, 1, 1, "not enough memory");
		return NULL;
	}
	node->yaml.kind = YAML_MAP;
	node->yaml.line = 1;
	node->yaml.column = 1;
	return &node->yaml;
}

const struct yaml *
yaml_read(struct bytes in, struct arena *arena, struct yaml_fault *fault)
{
	struct reader r = { .arena = arena, .fault = fault };
	bool ok;

	if (in.n > YAML_BYTES) {
		(void)refuse_at(fault, 1, 1, "more than 4 MiB");
		return NULL;
	}
	if (bytes_starts(in, "\xef\xbb\xbf"))
		in = bytes_part(in, 3, SIZE_MAX);
	if (!check_characters(&r, in))
		return NULL;
	if (in.n == 0)
		return read_nothing(&r);
	if (!yaml_parser_initialize(&r.parser)) {
		(void)refuse_at(fault, 1, 1, "not enough memory");
		return NULL;
	}
	ok = read_events(&r, in);
	yaml_parser_delete(&r.parser);
	if (!ok)
		return NULL;
	if (r.root == NULL || (r.root->yaml.kind == YAML_SCALAR &&
	    r.root->yaml.text.n == 0 && !r.root->yaml.quoted))
		return read_nothing(&r);
	return &r.root->yaml;
}

const struct yaml *
yaml_get(const struct yaml *map, const char *key)
{
	const struct yaml *y = map == NULL || map->kind != YAML_MAP ? NULL :
	    map->first;

	while (y != NULL && !bytes_is(y->key, key))
		y = y->next;
	return y;
}
