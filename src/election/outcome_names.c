/*
 * Names that operators write, and those that stand in the figures.  Only a
 * whole name is taken; one that looks like a part of one, or is spelt a little
 * otherwise, is told, for the decision could hang on it.
 */
#include "base/text.h"
#include "election/outcome_inside.h"

int
outcome_names_find(const struct standing *s, struct bytes name)
{
	struct bytes is;
	int found = -1;
	unsigned i, alike = 0;

	for (i = 0; i < s->ncontenders; i++) {
		is = text_trim(s->contenders[i].name);
		if (bytes_eq(is, name))
			return (int)i;
		if (!text_same(is, name))
			continue;
		found = (int)i;
		alike++;
	}
	return alike == 1 ? found : -1;
}

/* Small letters of Latin and Cyrillic; the Russian ё is read as е. */
static uint32_t
fold(uint32_t c)
{
	if ((c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0xde) ||
	    (c >= 0x410 && c <= 0x42f))
		c += 0x20;
	else if (c >= 0x400 && c <= 0x40f)
		c += 0x50;
	return c == 0x451 ? 0x435 : c;
}

static bool
parts_words(uint8_t c)
{
	return c <= ' ' || c == '-' || c == '.' || c == ',' || c == '(' ||
	    c == ')' || c == '"';
}

static bool
next_word(struct bytes *rest, struct bytes *word)
{
	size_t from = 0, n = 0;

	while (from < rest->n && parts_words(rest->p[from]))
		from++;
	while (from + n < rest->n && !parts_words(rest->p[from + n]))
		n++;
	*word = bytes_part(*rest, from, n);
	*rest = bytes_part(*rest, from + n, SIZE_MAX);
	return n > 0;
}

static bool
same_word(struct bytes a, struct bytes b)
{
	uint32_t ca = 0, cb = 0;
	size_t na, nb, i = 0, k = 0;

	while (i < a.n && k < b.n) {
		na = text_char(a, i, &ca);
		nb = text_char(b, k, &cb);
		if (na == 0 || nb == 0 || fold(ca) != fold(cb))
			return false;
		i += na;
		k += nb;
	}
	return i == a.n && k == b.n;
}

static bool
has_word(struct bytes name, struct bytes word)
{
	struct bytes one;

	while (next_word(&name, &one))
		if (same_word(one, word))
			return true;
	return false;
}

/* Whether all words of a stand in b. */
static bool
all_words(struct bytes a, struct bytes b)
{
	struct bytes word;
	bool any = false;

	while (next_word(&a, &word)) {
		any = true;
		if (!has_word(b, word))
			return false;
	}
	return any;
}

bool
outcome_names_alike(struct bytes a, struct bytes b)
{
	a = text_head(a, 200);
	b = text_head(b, 200);
	return all_words(a, b) || all_words(b, a);
}
