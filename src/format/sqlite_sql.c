/*
 * The words of a CREATE statement.  The text is hostile like all else: it is
 * cut into words and never run.
 */
#include "format/sqlite_inside.h"

#include "base/text.h"

static uint8_t
peek(const struct sqlite_sql *q, size_t ahead)
{
	struct bytes b = bytes_part(q->in, q->at, ahead + 1);

	return b.n == ahead + 1 ? b.p[ahead] : 0;
}

static bool
digit(uint8_t c)
{
	return c >= '0' && c <= '9';
}

static bool
in_word(uint8_t c)
{
	return digit(c) || (c >= 'a' && c <= 'z') ||
	    (c >= 'A' && c <= 'Z') || c == '_' || c == '$' ||
	    c >= 0x80;
}

static void
skip_to(struct sqlite_sql *q, const char *what)
{
	size_t at = bytes_find(q->in, bytes_of(what), q->at);

	q->at = at == SIZE_MAX ? q->in.n : at + bytes_of(what).n;
}

static void
skip_blanks(struct sqlite_sql *q)
{
	uint8_t c;

	while (q->at < q->in.n) {
		c = peek(q, 0);
		if (c == '-' && peek(q, 1) == '-') {
			skip_to(q, "\n");
		} else if (c == '/' && peek(q, 1) == '*') {
			q->at += 2;
			skip_to(q, "*/");
		} else if (c == ' ' || (c >= '\t' && c <= '\r')) {
			q->at++;
		} else {
			return;
		}
	}
}

/* Past the closing quote; a doubled one stands for itself. */
static void
quoted(struct sqlite_sql *q, uint8_t close)
{
	q->at++;
	while (q->at < q->in.n) {
		if (peek(q, 0) != close) {
			q->at++;
		} else if (close != ']' && peek(q, 1) == close) {
			q->at += 2;
		} else {
			q->at++;
			return;
		}
	}
	q->token = SQL_END;	/* never closed */
}

static void
number(struct sqlite_sql *q)
{
	uint8_t c, last = 0;

	for (c = peek(q, 0); in_word(c) || c == '.' ||
	    ((c == '+' || c == '-') && (last | 0x20) == 'e');
	    c = peek(q, 0)) {
		/* In 0x1e the e is a digit. */
		last = (peek(q, 1) == '+' || peek(q, 1) == '-') &&
		    bytes_starts(bytes_part(q->in, q->at - 1, 2), "0x") ?
		    0 : c;
		q->at++;
	}
}

static void
start_of_word(struct sqlite_sql *q, uint8_t c)
{
	if (c == '\'') {
		q->token = SQL_STRING;
		quoted(q, c);
	} else if (c == '"' || c == '`') {
		q->token = SQL_NAME;
		quoted(q, c);
	} else if (c == '[') {
		q->token = SQL_NAME;
		quoted(q, ']');
	} else if ((c | 0x20) == 'x' && peek(q, 1) == '\'') {
		q->token = SQL_BLOB;
		q->at++;
		quoted(q, '\'');
	} else if (digit(c) || (c == '.' && digit(peek(q, 1)))) {
		q->token = SQL_NUMBER;
		number(q);
	} else if (in_word(c) && c != '$') {
		q->token = SQL_WORD;
		while (in_word(peek(q, 0)))
			q->at++;
	} else {
		q->token = SQL_SIGN;
		q->at++;
	}
}

void
sqlite_sql_start(struct sqlite_sql *q, struct bytes in)
{
	q->in = in;
	q->at = 0;
	sqlite_sql_next(q);
}

void
sqlite_sql_next(struct sqlite_sql *q)
{
	size_t from;

	q->end = q->at;
	skip_blanks(q);
	from = q->at;
	q->token = SQL_END;
	/* A NUL ends the text for SQLite too. */
	if (q->at < q->in.n && peek(q, 0) != 0)
		start_of_word(q, peek(q, 0));
	q->text = bytes_part(q->in, from, q->at - from);
}

bool
sqlite_sql_is(const struct sqlite_sql *q, const char *word)
{
	return q->token == SQL_WORD && text_same_as(q->text, word);
}

bool
sqlite_sql_sign(const struct sqlite_sql *q, char sign)
{
	return q->token == SQL_SIGN && q->text.n == 1 &&
	    q->text.p[0] == (uint8_t)sign;
}

void
sqlite_sql_skip(struct sqlite_sql *q)
{
	size_t depth = 0;

	do {
		if (sqlite_sql_sign(q, '('))
			depth++;
		else if (sqlite_sql_sign(q, ')') && depth > 0)
			depth--;
		sqlite_sql_next(q);
	} while (depth > 0 && q->token != SQL_END);
}

char *
sqlite_sql_name(const struct sqlite_sql *q, struct arena *arena)
{
	struct bytes b = q->text;
	char *name;
	uint8_t close;
	size_t i, n = 0;

	if (q->token == SQL_WORD)
		return arena_string(arena, b);
	if ((q->token != SQL_NAME && q->token != SQL_STRING) || b.n < 2)
		return NULL;
	close = b.p[b.n - 1];
	b = bytes_part(b, 1, b.n - 2);
	name = arena_string(arena, b);
	if (name == NULL || b.n == 0)
		return name;
	for (i = 0; i < b.n; i++) {
		name[n++] = (char)b.p[i];
		if (close != ']' && b.p[i] == close)
			i++;
	}
	name[n] = '\0';
	return name;
}
