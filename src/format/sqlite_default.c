/*
 * The value a DEFAULT clause gives to rows that are older than their column.
 * ALTER TABLE allows literals only, with signs and parentheses; anything else
 * is not ours to compute.
 */
#include "format/sqlite_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* As SQLite takes it: a real that is whole becomes an integer, except at the
   ends of their range. */
static struct val
number(double r, enum sqlite_affinity as)
{
	if (as != SQLITE_AS_REAL && r > -9.2e18 && r < 9.2e18 &&
	    (double)(int64_t)r == r)
		return val_int((int64_t)r);
	return val_real(r);
}

/* Decimal digits with a sign before them; false if there is anything else
   or it does not fit. */
static bool
decimal(struct bytes b, int64_t *out)
{
	bool minus = bytes_starts(b, "-");
	uint64_t v;

	if (minus || bytes_starts(b, "+"))
		b = bytes_part(b, 1, SIZE_MAX);
	if (b.n == 0 || !text_uint(b, &v) ||
	    v > (uint64_t)INT64_MAX + minus)
		return false;
	*out = minus ? (int64_t)(0 - v) : (int64_t)v;
	return true;
}

/* Whether the text is a number and nothing else. */
static bool
numeric(struct bytes b)
{
	size_t i = 0, digits = 0, dots = 0, exponent = 0;

	if (bytes_starts(b, "-") || bytes_starts(b, "+"))
		i++;
	for (; i < b.n && exponent == 0; i++) {
		if (b.p[i] >= '0' && b.p[i] <= '9')
			digits++;
		else if (b.p[i] == '.' && dots == 0)
			dots++;
		else if ((b.p[i] | 0x20) == 'e' && digits > 0)
			exponent = i;
		else
			return false;
	}
	if (exponent == 0)
		return digits > 0;
	if (i < b.n && (b.p[i] == '-' || b.p[i] == '+'))
		i++;
	if (i == b.n)
		return false;
	while (i < b.n && b.p[i] >= '0' && b.p[i] <= '9')
		i++;
	return i == b.n;
}

static struct val
from_decimal(struct arena *arena, struct bytes b, enum sqlite_affinity as)
{
	int64_t i;
	char *s;

	if (decimal(b, &i))
		return as == SQLITE_AS_REAL ? val_real((double)i) : val_int(i);
	s = arena_string(arena, b);
	return s == NULL ? val_unset() : number(strtod(s, NULL), as);
}

static struct val
from_string(struct arena *arena, char *s, enum sqlite_affinity as)
{
	struct bytes b = bytes_of(s);
	struct bytes trimmed = text_trim(b);

	if (as == SQLITE_AS_IS || as == SQLITE_AS_TEXT || !numeric(trimmed))
		return val_text(b);
	return from_decimal(arena, trimmed, as);
}

/* 0x and up to 16 digits. */
static bool
hexadecimal(struct bytes b, int64_t *out)
{
	uint64_t v = 0;
	uint8_t c;
	size_t i;

	if (b.n < 3 || b.n > 18 || b.p[0] != '0' || (b.p[1] | 0x20) != 'x')
		return false;
	for (i = 2; i < b.n; i++) {
		c = b.p[i] | 0x20;
		if (b.p[i] >= '0' && b.p[i] <= '9')
			v = v << 4 | (b.p[i] - '0');
		else if (c >= 'a' && c <= 'f')
			v = v << 4 | (c - 'a' + 10U);
		else
			return false;
	}
	*out = (int64_t)v;
	return true;
}

/* A number in a text column keeps the form it was written in, unless it is
   a small integer. */
static bool
from_number(struct arena *arena, struct bytes b, bool minus,
    enum sqlite_affinity as, struct val *out)
{
	char form[24];
	struct bytes whole;
	char *s = arena_alloc(arena, b.n + 2, 1);
	int64_t i;
	bool hex;

	if (s == NULL)
		return false;
	s[0] = '-';
	memcpy(s + minus, b.p, b.n);
	whole = bytes_of(s);
	hex = hexadecimal(b, &i);
	if (hex && minus)
		i = (int64_t)(0 - (uint64_t)i);
	if (!hex && !numeric(whole))
		return false;
	if (as == SQLITE_AS_TEXT) {
		if ((hex || decimal(whole, &i)) &&
		    i >= -INT32_MAX && i <= INT32_MAX) {
			snprintf(form, sizeof(form), "%lld", (long long)i);
			whole = arena_copy(arena, bytes_of(form));
		}
		*out = val_text(whole);
	} else if (hex) {
		*out = as == SQLITE_AS_REAL ? val_real((double)i) : val_int(i);
	} else {
		*out = from_decimal(arena, whole, as);
	}
	return true;
}

static bool
from_blob(struct arena *arena, struct bytes b, struct val *out)
{
	uint8_t *p = arena_alloc(arena, b.n, 1);
	unsigned v = 0;
	uint8_t c;
	size_t i;

	b = bytes_part(b, 2, b.n - 3);	/* without x' and ' */
	if (p == NULL || b.n % 2 != 0)
		return false;
	for (i = 0; i < b.n; i++) {
		c = b.p[i] | 0x20;
		if (b.p[i] >= '0' && b.p[i] <= '9')
			v = v << 4 | (b.p[i] - '0');
		else if (c >= 'a' && c <= 'f')
			v = v << 4 | (c - 'a' + 10U);
		else
			return false;
		p[i / 2] = (uint8_t)v;
	}
	*out = val_blob(bytes_at(p, b.n / 2));
	return true;
}

/* A word: NULL, TRUE, FALSE, or without parentheses any name, which is then
   a string. */
static bool
from_word(struct arena *arena, const struct sqlite_sql *q,
    enum sqlite_affinity as, bool names, struct val *out)
{
	char *s;

	*out = val_unset();
	if (sqlite_sql_is(q, "null"))
		return true;
	if (sqlite_sql_is(q, "true") || sqlite_sql_is(q, "false")) {
		*out = val_int(sqlite_sql_is(q, "true"));
		if (as == SQLITE_AS_REAL)
			*out = val_real((double)out->i);
		return true;
	}
	if (!names || sqlite_sql_is(q, "current_time") ||
	    sqlite_sql_is(q, "current_date") ||
	    sqlite_sql_is(q, "current_timestamp"))
		return false;
	s = sqlite_sql_name(q, arena);
	if (s != NULL)
		*out = from_string(arena, s, as);
	return s != NULL;
}

/* `names`: the text stood without parentheses, where a bare name is a
   string. */
bool
sqlite_default_value(struct arena *arena, struct bytes sql,
    enum sqlite_affinity as, bool names, struct val *out)
{
	struct sqlite_sql q;
	bool minus = false, sign = false;
	bool good;

	*out = val_unset();
	sqlite_sql_start(&q, sql);
	for (;; sqlite_sql_next(&q)) {
		if (sqlite_sql_sign(&q, '-'))
			minus = !minus;
		else if (!sqlite_sql_sign(&q, '(') && !sqlite_sql_sign(&q, '+'))
			break;
		sign |= !sqlite_sql_sign(&q, '(');
	}
	if (q.token == SQL_NUMBER)
		good = from_number(arena, q.text, minus, as, out);
	else if (minus || (sign && q.token == SQL_BLOB))
		good = false;
	else if (q.token == SQL_BLOB)
		good = q.text.n >= 3 && from_blob(arena, q.text, out);
	else if (q.token == SQL_STRING)
		good = from_word(arena, &q, as, true, out);
	else
		good = (q.token == SQL_WORD || q.token == SQL_NAME) &&
		    from_word(arena, &q, as, names || q.token == SQL_NAME,
		    out);
	do {
		sqlite_sql_next(&q);
	} while (sqlite_sql_sign(&q, ')'));
	return good && q.token == SQL_END && !arena->bad;
}
