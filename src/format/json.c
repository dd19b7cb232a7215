/*
 * A state machine over the cursor: what may come next depends on the list or
 * object that is open and on whether a value was just read.  Texts, which are
 * most of any document, are passed over by a table of byte classes.
 */
#include "format/json.h"

#include <assert.h>

#include "base/limits.h"
#include "base/text.h"

static_assert(JSON_DEPTH == LIMIT_DEPTH, "one bound for all nesting");

enum {				/* what may come next */
	WANT_VALUE = 0,
	WANT_VALUE_OR_END,	/* after [ */
	WANT_KEY,
	WANT_KEY_OR_END,	/* after { */
	WANT_COMMA_OR_END,
	WANT_NOTHING		/* the document is whole */
};

enum { NEST_ARRAY = 0, NEST_OBJECT };

/* What a byte is inside a text. */
enum { PLAIN = 0, QUOTE, ESCAPE, CONTROL, HIGH };

#define EIGHT(x)	x, x, x, x, x, x, x, x
#define SIXTEEN(x)	EIGHT(x), EIGHT(x)

static const uint8_t classes[256] = {
	SIXTEEN(CONTROL), SIXTEEN(CONTROL),
	[0x22] = QUOTE, [0x5c] = ESCAPE,
	[0x80] = SIXTEEN(HIGH), SIXTEEN(HIGH), SIXTEEN(HIGH), SIXTEEN(HIGH),
	SIXTEEN(HIGH), SIXTEEN(HIGH), SIXTEEN(HIGH), SIXTEEN(HIGH)
};

struct json
json_over(struct bytes in, struct arena *arena)
{
	struct json j = { .arena = arena };

	j.cur = cur_over(in);
	if (bytes_starts(in, "\xef\xbb\xbf"))
		cur_seek(&j.cur, 3);
	return j;
}

static enum json_event
fault(struct json *j, const char *why)
{
	if (j->fault == NULL)
		j->fault = why;
	j->text = bytes_at(NULL, 0);
	return JSON_END;
}

static bool
refuse(struct json *j, const char *why)
{
	(void)fault(j, why);
	return false;
}

static void
pass_blanks(struct json *j)
{
	struct bytes in = j->cur.in;
	size_t at = j->cur.at;

	while (at < in.n && (in.p[at] == ' ' || in.p[at] == '\n' ||
	    in.p[at] == '\r' || in.p[at] == '\t'))
		at++;
	j->cur.at = at;
}

/* A value has ended: what may follow it depends on where it stands. */
static void
value_done(struct json *j)
{
	j->state = j->depth == 0 ? WANT_NOTHING : WANT_COMMA_OR_END;
}

static uint32_t
hex_digit(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return (uint32_t)(c - '0');
	c = text_lower(c);
	return c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a') + 10 : UINT32_MAX;
}

/* The four digits after \u; more than 0xffff if they are none. */
static uint32_t
hex4(struct cur *c)
{
	struct bytes digits = cur_take(c, 4);
	uint32_t v = 0;
	uint32_t digit;
	size_t i;

	if (digits.n < 4)
		return UINT32_MAX;
	for (i = 0; i < 4; i++) {
		digit = hex_digit(digits.p[i]);
		if (digit > 15)
			return UINT32_MAX;
		v = v << 4 | digit;
	}
	return v;
}

/* The character of a \u escape, of two if it is a pair of surrogates; more
   than 0x10ffff if there is none. */
static uint32_t
unicode(struct cur *c)
{
	uint32_t high = hex4(c);
	uint32_t low;

	if (high < 0xd800 || high > 0xdfff)
		return high;
	if (high > 0xdbff || !bytes_is(cur_take(c, 2), "\\u"))
		return UINT32_MAX;
	low = hex4(c);
	if (low < 0xdc00 || low > 0xdfff)
		return UINT32_MAX;
	return 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
}

/* What stands for the character after a backslash. */
static uint32_t
escaped(struct cur *c)
{
	uint8_t kind = (uint8_t)cur_be(c, 1);

	switch (kind) {
	case '"': case '\\': case '/':
		return kind;
	case 'b':
		return '\b';
	case 'f':
		return '\f';
	case 'n':
		return '\n';
	case 'r':
		return '\r';
	case 't':
		return '\t';
	case 'u':
		return unicode(c);
	default:
		return UINT32_MAX;
	}
}

/* Writes a character as UTF-8; an escape is longer than what it stands for. */
static size_t
put_char(uint8_t *to, uint32_t c)
{
	static const uint8_t lead[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
	size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	size_t i;

	for (i = n - 1; i > 0; i--) {
		to[i] = (uint8_t)(0x80 | (c & 0x3f));
		c >>= 6;
	}
	to[0] = (uint8_t)(lead[n] | c);
	return n;
}

/* Undoes the escapes of a text into `to`, which has room for it as it is. */
static bool
unescape(struct bytes raw, uint8_t *to, size_t *n)
{
	struct cur c = cur_over(raw);
	uint32_t v;
	size_t out = 0;

	while (cur_left(&c) > 0) {
		v = (uint32_t)cur_be(&c, 1);
		if (v != '\\') {
			to[out++] = (uint8_t)v;
			continue;
		}
		v = escaped(&c);
		if (v > 0x10ffff)
			return false;
		out += put_char(to + out, v);
	}
	*n = out;
	return true;
}

/* The same without an outcome, for what is only passed over. */
static bool
escapes_valid(struct bytes raw)
{
	struct cur c = cur_over(raw);
	size_t at;

	while ((at = bytes_find_byte(raw, '\\', c.at)) != SIZE_MAX) {
		cur_seek(&c, at + 1);
		if (escaped(&c) > 0x10ffff)
			return false;
	}
	return true;
}

static bool
text_finish(struct json *j, struct bytes raw, bool escapes, bool high)
{
	uint8_t *to;
	size_t n;

	if (high && !text_utf8(raw))
		return refuse(j, "a text is not UTF-8");
	j->text = raw;
	if (!escapes)
		return true;
	if (j->arena == NULL) {
		j->text = bytes_at(NULL, 0);
		return escapes_valid(raw) ||
		    refuse(j, "a text holds an invalid escape");
	}
	to = arena_alloc(j->arena, raw.n, 1);
	if (to == NULL)
		return refuse(j, "the texts are too large");
	if (!unescape(raw, to, &n))
		return refuse(j, "a text holds an invalid escape");
	j->text = bytes_at(to, n);
	return true;
}

/* A text whose opening quote is next; its end stays at the fault if any. */
static bool
read_text(struct json *j)
{
	struct bytes in = j->cur.in;
	size_t from = j->cur.at + 1;
	size_t at = from;
	bool escapes = false;
	bool high = false;

	for (;;) {
		while (at < in.n && classes[in.p[at]] == PLAIN)
			at++;
		if (at >= in.n)
			return refuse(j, "a text is cut short");
		if (in.p[at] == '"')
			break;
		if (classes[in.p[at]] == CONTROL) {
			j->cur.at = at;
			return refuse(j, "a text holds a control character");
		}
		escapes = escapes || in.p[at] == '\\';
		high = high || in.p[at] >= 0x80;
		at += in.p[at] == '\\' ? 2 : 1;
	}
	if (!text_finish(j, bytes_part(in, from, at - from), escapes, high))
		return false;
	j->cur.at = at + 1;
	return true;
}

static size_t
pass_digits(struct bytes in, size_t at)
{
	while (at < in.n && in.p[at] >= '0' && in.p[at] <= '9')
		at++;
	return at;
}

static bool
is_at(struct bytes in, size_t at, uint8_t c, uint8_t or)
{
	return at < in.n && (in.p[at] == c || in.p[at] == or);
}

static enum json_event
read_number(struct json *j)
{
	struct bytes in = j->cur.in;
	size_t from = j->cur.at;
	size_t at = from + is_at(in, from, '-', '-');
	size_t digits = at;
	bool good;

	at = is_at(in, at, '0', '0') ? at + 1 : pass_digits(in, at);
	good = at > digits;
	if (is_at(in, at, '.', '.')) {
		digits = at + 1;
		at = pass_digits(in, digits);
		good = good && at > digits;
	}
	if (is_at(in, at, 'e', 'E')) {
		digits = at + 1 + is_at(in, at + 1, '+', '-');
		at = pass_digits(in, digits);
		good = good && at > digits;
	}
	if (!good)
		return fault(j, "a number is malformed");
	j->text = bytes_part(in, from, at - from);
	j->cur.at = at;
	value_done(j);
	return JSON_NUMBER;
}

static enum json_event
read_word(struct json *j, const char *word, enum json_event event)
{
	struct bytes want = bytes_of(word);

	if (!bytes_eq(bytes_part(j->cur.in, j->cur.at, want.n), want))
		return fault(j, "a value is none");
	j->cur.at += want.n;
	value_done(j);
	return event;
}

static enum json_event
enter(struct json *j, bool object)
{
	if (j->depth == JSON_DEPTH)
		return fault(j, "nested too deep");
	j->nest[j->depth++] = object ? NEST_OBJECT : NEST_ARRAY;
	j->cur.at++;
	j->state = object ? WANT_KEY_OR_END : WANT_VALUE_OR_END;
	return object ? JSON_OBJECT : JSON_ARRAY;
}

static enum json_event
leave(struct json *j)
{
	uint8_t nest = j->nest[--j->depth];

	j->cur.at++;
	value_done(j);
	return nest == NEST_OBJECT ? JSON_OBJECT_END : JSON_ARRAY_END;
}

static enum json_event
read_value(struct json *j, uint8_t c)
{
	switch (c) {
	case '{':
		return enter(j, true);
	case '[':
		return enter(j, false);
	case '"':
		if (!read_text(j))
			return JSON_END;
		value_done(j);
		return JSON_TEXT;
	case 't':
		return read_word(j, "true", JSON_TRUE);
	case 'f':
		return read_word(j, "false", JSON_FALSE);
	case 'n':
		return read_word(j, "null", JSON_NULL);
	default:
		if (c != '-' && (c < '0' || c > '9'))
			return fault(j, "a value is none");
		return read_number(j);
	}
}

static enum json_event
read_key(struct json *j, uint8_t c)
{
	if (c != '"')
		return fault(j, "a key is none");
	if (!read_text(j))
		return JSON_END;
	pass_blanks(j);
	if (!is_at(j->cur.in, j->cur.at, ':', ':'))
		return fault(j, "a key is not followed by a colon");
	j->cur.at++;
	j->state = WANT_VALUE;
	return JSON_KEY;
}

/* Passes over a comma, so that what follows it is next. */
static bool
pass_comma(struct json *j)
{
	if (!is_at(j->cur.in, j->cur.at, ',', ','))
		return false;
	j->cur.at++;
	pass_blanks(j);
	j->state = j->nest[j->depth - 1] == NEST_OBJECT ? WANT_KEY :
	    WANT_VALUE;
	return true;
}

static enum json_event
dispatch(struct json *j)
{
	uint8_t c = j->cur.in.p[j->cur.at];

	switch (j->state) {
	case WANT_VALUE_OR_END:
		return c == ']' ? leave(j) : read_value(j, c);
	case WANT_VALUE:
		return read_value(j, c);
	case WANT_KEY_OR_END:
		return c == '}' ? leave(j) : read_key(j, c);
	case WANT_KEY:
		return read_key(j, c);
	case WANT_COMMA_OR_END:
		if (c == (j->nest[j->depth - 1] == NEST_OBJECT ? '}' : ']'))
			return leave(j);
		return fault(j, "a comma or the end of a list is missing");
	default:
		return fault(j, "something follows the end");
	}
}

enum json_event
json_next(struct json *j)
{
	if (j->fault != NULL)
		return JSON_END;
	pass_blanks(j);
	if (j->state == WANT_COMMA_OR_END)
		(void)pass_comma(j);
	if (j->cur.at < j->cur.in.n)
		return dispatch(j);
	if (j->state != WANT_NOTHING)
		return fault(j, "the document is cut short");
	return JSON_END;
}

void
json_skip(struct json *j)
{
	struct arena *arena = j->arena;
	uint32_t depth = j->depth;
	enum json_event event;

	j->arena = NULL;	/* texts are checked and not kept */
	do
		event = json_next(j);
	while (event == JSON_KEY || (event != JSON_END && j->depth > depth));
	j->arena = arena;
}

bool
json_valid(struct bytes in)
{
	struct json j = json_over(in, NULL);

	while (json_next(&j) != JSON_END)
		;
	return j.fault == NULL;
}
