/*
 * A recursive-descent parser, one function for each level of the grammar:
 *
 *	pattern	:= any { "FOLLOWEDBY" any }
 *	any	:= all { "OR" all }
 *	all	:= one { "AND" one }
 *	one	:= ( "[" either "]" | "(" pattern ")" ) { qualifier }
 *	either	:= both { "OR" both }
 *	both	:= test { "AND" test }
 *	test	:= "(" either ")" | "EXISTS" path
 *		 | path [ "NOT" ] operator constant
 */
#include "indicator/pattern.h"

#include <string.h>

#include "base/text.h"
#include "indicator/pattern_token.h"

struct reader {
	struct pattern_tokens in;
	struct arena *arena;
	uint32_t depth;
	uint32_t terms;
};

typedef struct pattern *parse(struct reader *);

static struct pattern *read_sequence(struct reader *);
static struct pattern *read_either(struct reader *);

static struct pattern *
refuse(struct reader *r, const char *why)
{
	pattern_token_fault(&r->in, why);
	return NULL;
}

static struct pattern *
node(struct reader *r, enum pattern_is is)
{
	struct pattern *p = arena_alloc(r->arena, 1, sizeof(*p));

	if (p == NULL)
		return refuse(r, "too large");
	p->is = is;
	return p;
}

static void
adopt(struct pattern *parent, struct pattern *child)
{
	if (parent->last == NULL)
		parent->child = child;
	else
		parent->last->next = child;
	parent->last = child;
}

/* A list of what `each` reads, with a word between; one alone stays alone. */
static struct pattern *
read_list(struct reader *r, enum pattern_is is, const char *word, parse *each)
{
	struct pattern *first = each(r);
	struct pattern *list, *more;

	if (first == NULL || !pattern_token_is_word(&r->in, word))
		return first;
	list = node(r, is);
	if (list == NULL)
		return NULL;
	adopt(list, first);
	while (pattern_token_is_word(&r->in, word)) {
		pattern_token_next(&r->in);
		more = each(r);
		if (more == NULL)
			return NULL;
		adopt(list, more);
	}
	return list;
}

static bool
enter(struct reader *r)
{
	if (r->depth == PATTERN_DEPTH) {
		pattern_token_fault(&r->in, "nested too deep");
		return false;
	}
	r->depth++;
	return true;
}

/* "(" and "[" enclose what `each` reads. */
static struct pattern *
read_enclosed(struct reader *r, uint8_t end, parse *each)
{
	struct pattern *p;

	if (!enter(r))
		return NULL;
	pattern_token_next(&r->in);
	p = each(r);
	r->depth--;
	if (p == NULL)
		return NULL;
	if (!pattern_token_is(&r->in, end))
		return refuse(r, end == ']' ? "expected \"]\"" :
		    "expected \")\"");
	pattern_token_next(&r->in);
	return p;
}

/* --- one comparison ---------------------------------------------------- */

static bool
read_value(struct reader *r, struct pattern_value *v)
{
	if (r->in.is == TOKEN_TEXT) {
		v->is = PATTERN_TEXT;
	} else if (r->in.is == TOKEN_NUMBER) {
		v->is = PATTERN_NUMBER;
	} else if (r->in.is == TOKEN_HEX) {
		v->is = PATTERN_HEX;
	} else if (r->in.is == TOKEN_BINARY) {
		v->is = PATTERN_BINARY;
	} else if (r->in.is == TOKEN_TIME) {
		v->is = PATTERN_TIME;
	} else if (pattern_token_is_word(&r->in, "true") ||
	    pattern_token_is_word(&r->in, "false")) {
		v->is = PATTERN_BOOL;
	} else {
		pattern_token_fault(&r->in, "expected a constant");
		return false;
	}
	if (++r->terms > PATTERN_TERMS) {
		pattern_token_fault(&r->in, "too many constants");
		return false;
	}
	v->text = r->in.text;
	pattern_token_next(&r->in);
	return true;
}

/* ('a', 'b', ...): counted first, so that one array holds them. */
static struct pattern *
read_set(struct reader *r, struct pattern *p)
{
	struct pattern_tokens ahead = r->in;
	uint32_t n = 0;

	if (!pattern_token_is(&r->in, '('))
		return refuse(r, "expected \"(\"");
	while (ahead.is != TOKEN_END && !pattern_token_is(&ahead, ')') &&
	    n <= PATTERN_TERMS) {
		n += ahead.is != TOKEN_SIGN;
		pattern_token_next(&ahead);
	}
	p->values = arena_alloc(r->arena, n, sizeof(*p->values));
	if (p->values == NULL)
		return refuse(r, "too large");
	do {
		pattern_token_next(&r->in);	/* the bracket, or a comma */
		if (p->nvalues == n)
			return refuse(r, "expected a constant");
		if (!read_value(r, &p->values[p->nvalues]))
			return NULL;
		p->nvalues++;
	} while (pattern_token_is(&r->in, ','));
	if (!pattern_token_is(&r->in, ')'))
		return refuse(r, "expected \")\"");
	pattern_token_next(&r->in);
	return p;
}

static struct pattern *
read_constant(struct reader *r, struct pattern *p)
{
	p->values = arena_alloc(r->arena, 1, sizeof(*p->values));
	if (p->values == NULL)
		return refuse(r, "too large");
	p->nvalues = 1;
	return read_value(r, p->values) ? p : NULL;
}

/* The signs: = == != <> < <= > >= */
static bool
read_sign(struct reader *r, struct pattern *p)
{
	struct bytes sign = r->in.text;

	if (r->in.is != TOKEN_COMPARE)
		return false;
	if (bytes_is(sign, "=") || bytes_is(sign, "==")) {
		p->op = PATTERN_EQUAL;
	} else if (bytes_is(sign, "!=") || bytes_is(sign, "<>")) {
		p->op = PATTERN_EQUAL;
		p->negated = !p->negated;
	} else {
		p->op = PATTERN_ORDER;
	}
	return true;
}

static bool
read_operator(struct reader *r, struct pattern *p)
{
	static const struct {
		const char *word;
		enum pattern_op op;
	} words[] = {
		{ "IN", PATTERN_IN }, { "LIKE", PATTERN_LIKE },
		{ "MATCHES", PATTERN_MATCHES },
		{ "ISSUBSET", PATTERN_SUBSET },
		{ "ISSUPERSET", PATTERN_SUPERSET },
	};
	size_t i;

	if (pattern_token_is_word(&r->in, "NOT")) {
		p->negated = true;
		pattern_token_next(&r->in);
	}
	if (read_sign(r, p))
		return true;
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (pattern_token_is_word(&r->in, words[i].word)) {
			p->op = words[i].op;
			return true;
		}
	}
	pattern_token_fault(&r->in, "expected an operator");
	return false;
}

static struct pattern *
read_test(struct reader *r)
{
	struct pattern *p;
	bool exists;

	if (pattern_token_is(&r->in, '('))
		return read_enclosed(r, ')', read_either);
	p = node(r, PATTERN_TERM);
	if (p == NULL)
		return NULL;
	exists = pattern_token_is_word(&r->in, "EXISTS");
	if (exists)
		pattern_token_next(&r->in);
	if (!pattern_token_path(&r->in, r->arena, &p->path))
		return NULL;
	if (exists) {
		p->op = PATTERN_EXISTS;
		r->terms++;
		return p;
	}
	if (!read_operator(r, p))
		return NULL;
	pattern_token_next(&r->in);
	return p->op == PATTERN_IN ? read_set(r, p) : read_constant(r, p);
}

static struct pattern *
read_both(struct reader *r)
{
	return read_list(r, PATTERN_AND, "AND", read_test);
}

static struct pattern *
read_either(struct reader *r)
{
	return read_list(r, PATTERN_OR, "OR", read_both);
}

/* --- observations ------------------------------------------------------ */

/* START t'..' STOP t'..', WITHIN n SECONDS, REPEATS n TIMES */
static bool
read_qualifier(struct reader *r, struct pattern *p)
{
	static const struct {
		const char *word, *then;
	} words[] = {
		{ "START", "STOP" }, { "WITHIN", "SECONDS" },
		{ "REPEATS", "TIMES" }, { NULL, NULL }
	};
	struct pattern_value v;
	size_t i = 0;

	while (words[i].word != NULL &&
	    !pattern_token_is_word(&r->in, words[i].word))
		i++;
	if (words[i].word == NULL)
		return false;
	p->qualifier = words[i].word;
	pattern_token_next(&r->in);
	if (!read_value(r, &v))
		return false;
	if (!pattern_token_is_word(&r->in, words[i].then)) {
		pattern_token_fault(&r->in, "a qualifier is not whole");
		return false;
	}
	pattern_token_next(&r->in);
	return i > 0 || read_value(r, &v);
}

static struct pattern *
read_one(struct reader *r)
{
	struct pattern *p, *inside;

	if (pattern_token_is(&r->in, '(')) {
		p = read_enclosed(r, ')', read_sequence);
	} else if (pattern_token_is(&r->in, '[')) {
		inside = read_enclosed(r, ']', read_either);
		p = inside == NULL ? NULL : node(r, PATTERN_OBSERVED);
		if (p != NULL)
			adopt(p, inside);
	} else {
		return refuse(r, "expected \"[\"");
	}
	while (p != NULL && read_qualifier(r, p))
		continue;
	return r->in.fault != NULL ? NULL : p;
}

static struct pattern *
read_all(struct reader *r)
{
	return read_list(r, PATTERN_AND, "AND", read_one);
}

static struct pattern *
read_any(struct reader *r)
{
	return read_list(r, PATTERN_OR, "OR", read_all);
}

static struct pattern *
read_sequence(struct reader *r)
{
	return read_list(r, PATTERN_FOLLOWED, "FOLLOWEDBY", read_any);
}

struct pattern *
pattern_read(struct bytes text, struct arena *arena,
    struct pattern_fault *fault)
{
	struct reader r = { .arena = arena };
	struct pattern *p = NULL;

	r.in = pattern_token_over(text, arena);
	if (text.n > PATTERN_BYTES)
		pattern_token_fault(&r.in, "longer than 64 KiB");
	else
		p = read_sequence(&r);
	if (p != NULL && r.in.is != TOKEN_END)
		pattern_token_fault(&r.in, "something follows the end");
	if (r.in.fault == NULL)
		return p;
	fault->why = r.in.fault;
	fault->at = r.in.from;
	return NULL;
}
