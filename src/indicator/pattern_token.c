#include "indicator/pattern_token.h"

#include <string.h>

#include "base/text.h"

static bool
is_digit(uint8_t c)
{
	return c >= '0' && c <= '9';
}

static bool
is_letter(uint8_t c)
{
	c = text_lower(c);
	return (c >= 'a' && c <= 'z') || c == '_';
}

void
pattern_token_fault(struct pattern_tokens *t, const char *why)
{
	if (t->fault == NULL)
		t->fault = why;
	t->is = TOKEN_END;
}

/* Blanks, and the comments that the grammar allows. */
static void
pass_blanks(struct pattern_tokens *t)
{
	static const char blanks[] = " \t\r\n\v\f";
	size_t end;

	while (t->at < t->in.n) {
		if (memchr(blanks, t->in.p[t->at], sizeof(blanks) - 1)) {
			t->at++;
		} else if (bytes_starts(bytes_part(t->in, t->at, 2), "/*")) {
			end = bytes_find(t->in, bytes_of("*/"), t->at + 2);
			t->at = end == SIZE_MAX ? t->in.n : end + 2;
		} else {
			return;
		}
	}
}

/* 'text', whose quote stands at t->at. */
static void
read_quoted(struct pattern_tokens *t, enum pattern_token is)
{
	uint8_t quote = t->in.p[t->at];
	size_t i, from = t->at + 1, n = 0;
	bool escapes = false;
	uint8_t *to;

	for (i = from; i < t->in.n && t->in.p[i] != quote; i++) {
		escapes = escapes || t->in.p[i] == '\\';
		i += t->in.p[i] == '\\';
	}
	if (i >= t->in.n) {
		pattern_token_fault(t, "a text is cut short");
		return;
	}
	t->is = is;
	t->text = bytes_part(t->in, from, i - from);
	t->at = i + 1;
	if (!escapes)
		return;
	to = arena_alloc(t->arena, t->text.n, 1);
	if (to == NULL) {
		pattern_token_fault(t, "too large");
		return;
	}
	/* Only \' and \\ are escapes.  Before anything else the backslash is
	   kept: feeds write regular expressions as '\.' . */
	for (i = 0; i < t->text.n; i++) {
		if (t->text.p[i] == '\\' && i + 1 < t->text.n &&
		    (t->text.p[i + 1] == '\\' || t->text.p[i + 1] == quote))
			i++;
		to[n++] = t->text.p[i];
	}
	t->text = bytes_at(to, n);
}

static void
read_number(struct pattern_tokens *t)
{
	size_t i = t->at;

	i += t->in.p[i] == '+' || t->in.p[i] == '-';
	while (i < t->in.n && (is_digit(t->in.p[i]) || t->in.p[i] == '.'))
		i++;
	t->is = TOKEN_NUMBER;
	t->text = bytes_part(t->in, t->at, i - t->at);
	t->at = i;
	if (t->text.n == 1 && !is_digit(t->text.p[0]))
		pattern_token_fault(t, "a number is malformed");
}

static void
read_word(struct pattern_tokens *t)
{
	size_t i = t->at;

	while (i < t->in.n && (is_letter(t->in.p[i]) ||
	    is_digit(t->in.p[i]) || t->in.p[i] == '-'))
		i++;
	t->is = TOKEN_WORD;
	t->text = bytes_part(t->in, t->at, i - t->at);
	t->at = i;
	if (t->text.n != 1 || i >= t->in.n || t->in.p[i] != '\'')
		return;
	if (t->text.p[0] == 'h')
		read_quoted(t, TOKEN_HEX);
	else if (t->text.p[0] == 'b')
		read_quoted(t, TOKEN_BINARY);
	else if (t->text.p[0] == 't')
		read_quoted(t, TOKEN_TIME);
}

static void
read_compare(struct pattern_tokens *t)
{
	static const char *const signs[] = {
		"==", "!=", "<>", "<=", ">=", "=", "<", ">"
	};
	struct bytes rest = bytes_part(t->in, t->at, 2);
	size_t i;

	for (i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
		if (!bytes_starts(rest, signs[i]))
			continue;
		t->is = TOKEN_COMPARE;
		t->text = bytes_of(signs[i]);
		t->at += t->text.n;
		return;
	}
	pattern_token_fault(t, "a character that is no part of a pattern");
}

void
pattern_token_next(struct pattern_tokens *t)
{
	uint8_t c;

	if (t->fault != NULL)
		return;
	pass_blanks(t);
	t->from = t->at;
	t->is = TOKEN_END;
	t->text = bytes_at(NULL, 0);
	if (t->at == t->in.n)
		return;
	c = t->in.p[t->at];
	if (c == '\'' || c == '"') {
		read_quoted(t, TOKEN_TEXT);
	} else if (is_digit(c) || c == '+' || c == '-') {
		read_number(t);
	} else if (is_letter(c)) {
		read_word(t);
	} else if (strchr("[](),:.*", c) != NULL && c != '\0') {
		t->is = TOKEN_SIGN;
		t->text = bytes_part(t->in, t->at, 1);
		t->at++;
	} else {
		read_compare(t);
	}
}

struct pattern_tokens
pattern_token_over(struct bytes in, struct arena *arena)
{
	struct pattern_tokens t = { .in = in, .arena = arena };

	pattern_token_next(&t);
	return t;
}

bool
pattern_token_is(const struct pattern_tokens *t, uint8_t sign)
{
	return t->is == TOKEN_SIGN && t->text.p[0] == sign;
}

bool
pattern_token_is_word(const struct pattern_tokens *t, const char *word)
{
	return t->is == TOKEN_WORD && bytes_is(t->text, word);
}

/* An object path while it is put together. */
struct path {
	uint8_t text[256];	/* the longest known one has 40 */
	size_t n;
};

static bool
path_add(struct pattern_tokens *t, struct path *to, struct bytes part)
{
	if (part.n > sizeof(to->text) - to->n) {
		pattern_token_fault(t, "an object path is too long");
		return false;
	}
	if (part.n > 0)
		memcpy(to->text + to->n, part.p, part.n);
	to->n += part.n;
	pattern_token_next(t);
	return true;
}

/* One name of it.  "3gpp" is a number and a word that touch. */
static bool
read_part(struct pattern_tokens *t, struct path *to)
{
	size_t end = SIZE_MAX;

	while ((t->is == TOKEN_WORD || t->is == TOKEN_NUMBER ||
	    t->is == TOKEN_TEXT) && (end == SIZE_MAX || end == t->from)) {
		end = t->at;
		if (!path_add(t, to, t->text))
			return false;
	}
	if (end == SIZE_MAX)
		pattern_token_fault(t, "expected an object path");
	return end != SIZE_MAX;
}

/* "[0]" or "[*]" */
static bool
read_index(struct pattern_tokens *t, struct path *to)
{
	if (!path_add(t, to, t->text))
		return false;
	if (t->is != TOKEN_NUMBER && !pattern_token_is(t, '*')) {
		pattern_token_fault(t, "expected a list index");
		return false;
	}
	if (!path_add(t, to, t->text))
		return false;
	if (!pattern_token_is(t, ']')) {
		pattern_token_fault(t, "expected \"]\"");
		return false;
	}
	return path_add(t, to, t->text);
}

bool
pattern_token_path(struct pattern_tokens *t, struct arena *arena,
    struct bytes *path)
{
	struct path to = { .n = 0 };

	if (!read_part(t, &to))
		return false;
	if (!pattern_token_is(t, ':')) {
		pattern_token_fault(t, "expected \":\"");
		return false;
	}
	do {
		if (!path_add(t, &to, t->text) || !read_part(t, &to))
			return false;
		if (pattern_token_is(t, '[') && !read_index(t, &to))
			return false;
	} while (pattern_token_is(t, '.'));
	*path = arena_copy(arena, bytes_at(to.text, to.n));
	if (arena->bad)
		pattern_token_fault(t, "too large");
	return !arena->bad;
}
