/*
 * Reading control relations.  They come from files that an operator wrote.
 */
#include "election/relation_inside.h"

#include <assert.h>

#include "base/text.h"

static_assert(FORM_LINES <= 256, "a plan names lines by a byte");

struct reader {
	struct bytes in;
	size_t at, token;	/* token: where the last one began */
	size_t fault_at;
	struct arena *arena;
	const char *why;
	struct relation_term terms[RELATION_TERMS];
	unsigned n;
};

static void
blanks(struct reader *r)
{
	while (r->at < r->in.n && (r->in.p[r->at] == ' ' ||
	    r->in.p[r->at] == '\t' || r->in.p[r->at] == '\n'))
		r->at++;
	r->token = r->at;
}

static bool
fault(struct reader *r, const char *why)
{
	if (r->why == NULL) {
		r->why = why;
		r->fault_at = r->token;
	}
	return false;
}

static uint8_t
byte_at(const struct reader *r, size_t at)
{
	return at < r->in.n ? r->in.p[at] : 0;
}

static bool
is_digit(uint8_t c)
{
	return c >= '0' && c <= '9';
}

static bool
is_word(uint8_t c)
{
	return is_digit(c) || (text_lower(c) >= 'a' && text_lower(c) <= 'z') ||
	    c == '_' || c >= 0x80;
}

/* A hyphen belongs to a key if it is between two of its letters. */
static struct bytes
word(struct reader *r)
{
	size_t from = r->at;

	while (is_word(byte_at(r, r->at)) || (r->at > from &&
	    byte_at(r, r->at) == '-' && is_word(byte_at(r, r->at + 1))))
		r->at++;
	return bytes_part(r->in, from, r->at - from);
}

static bool
quoted(struct reader *r, struct relation_term *t)
{
	size_t end = bytes_find_byte(r->in, '"', r->at + 1);

	if (end == SIZE_MAX)
		return fault(r, "a quoted name without its end");
	t->what = RELATION_LINE;
	t->quoted = true;
	t->key = bytes_part(r->in, r->at + 1, end - r->at - 1);
	r->at = end + 1;
	return t->key.n > 0 || fault(r, "an empty name");
}

static bool
number(struct reader *r, struct bytes digits, struct relation_term *t)
{
	uint64_t value;

	if (!text_uint(digits, &value))
		return fault(r, "a name that begins with a digit");
	if (value > (uint64_t)FORM_MOST)
		return fault(r, "a number that is too large");
	t->what = RELATION_NUMBER;
	t->number = (int64_t)value;
	return true;
}

static bool
term(struct reader *r, bool minus)
{
	struct relation_term *t = &r->terms[r->n];
	struct bytes key;

	blanks(r);
	if (r->n == RELATION_TERMS)
		return fault(r, "too many terms");
	*t = (struct relation_term){ .minus = minus };
	r->n++;
	if (byte_at(r, r->at) == '"')
		return quoted(r, t);
	if (byte_at(r, r->at) == '(')
		return fault(r, "there are no brackets in this language");
	key = word(r);
	if (key.n == 0)
		return fault(r, "a line or a number should stand here");
	if (is_digit(key.p[0]))
		return number(r, key, t);
	t->key = key;
	t->what = bytes_is(key, "votes") ? RELATION_VOTES :
	    bytes_is(key, "candidates") ? RELATION_CANDIDATES : RELATION_LINE;
	return true;
}

/* Whether a sign stands next; it is passed over. */
static bool
sign(struct reader *r, bool *minus)
{
	uint8_t c;

	blanks(r);
	c = byte_at(r, r->at);
	*minus = c == '-';
	if (c != '-' && c != '+')
		return false;
	r->at++;
	return true;
}

static bool
sum(struct reader *r)
{
	bool minus;

	sign(r, &minus);
	do {
		if (!term(r, minus))
			return false;
	} while (sign(r, &minus));
	return true;
}

static enum relation_compare
compare(struct reader *r)
{
	uint8_t first, second;

	blanks(r);
	first = byte_at(r, r->at);
	second = byte_at(r, r->at + 1);
	if (first != '=' && first != '<' && first != '>')
		return RELATION_NONE;
	r->at++;
	if (first == '=')
		return RELATION_EQ;
	r->at += second == '=' || (first == '<' && second == '>');
	if (first == '<' && second == '>')
		return RELATION_NE;
	if (second == '=')
		return first == '<' ? RELATION_LE : RELATION_GE;
	return first == '<' ? RELATION_LT : RELATION_GT;
}

static struct relation *
one(struct reader *r, bool formula)
{
	struct relation *made = arena_alloc(r->arena, 1, sizeof(*made));
	unsigned from = r->n;
	struct relation_term *terms;

	if (made == NULL || !sum(r))
		return NULL;
	made->left = r->n - from;
	if (!formula) {
		made->compare = compare(r);
		if (made->compare == RELATION_NONE) {
			fault(r, "a comparison should stand here");
			return NULL;
		}
		if (!sum(r))
			return NULL;
	}
	made->n = r->n - from;
	terms = arena_alloc(r->arena, made->n, sizeof(*terms));
	if (terms == NULL)
		return NULL;
	memcpy(terms, &r->terms[from], made->n * sizeof(*terms));
	made->terms = terms;
	return made;
}

const struct relation *
relation_read(struct bytes text, bool formula, struct arena *arena,
    const char **why, size_t *at)
{
	struct reader r = { .in = arena_copy(arena, text), .arena = arena };
	struct relation *first = one(&r, formula), *last = first, *next;

	for (blanks(&r); last != NULL && byte_at(&r, r.at) == '|';
	    blanks(&r)) {
		r.at++;
		next = one(&r, formula);
		last->next = next;
		last = next;
	}
	if (last != NULL && r.at < r.in.n) {
		fault(&r, "a sign, | or the end should stand here");
		last = NULL;
	}
	*why = last != NULL ? NULL : r.why != NULL ? r.why : "no memory";
	*at = r.fault_at;
	return last != NULL ? first : NULL;
}
