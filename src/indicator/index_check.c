/*
 * The index comes from a process that has read hostile bundles.  Matching is
 * memory-safe whatever stands in it; here it is refused if it is not one that
 * the writer could have made.
 */
#include "indicator/index_check.h"

#include "base/text.h"
#include "indicator/layout.h"
#include "indicator/match.h"

static const uint32_t entry_words[SECTION_COUNT] = {
	[SECTION_TEXT] = 1, [SECTION_INDICATOR] = INDICATOR_WORDS,
	[SECTION_TERM] = TERM_WORDS, [SECTION_ALL] = ALL_WORDS,
	[SECTION_LITERAL] = 1, [SECTION_CASE] = 1,
	[SECTION_TABLE] = TABLE_WORDS, [SECTION_SPACE] = SPACE_WORDS,
	[SECTION_SET] = SET_WORDS, [SECTION_TOTAL] = TOTAL_WORDS,
	[SECTION_NOTE] = NOTE_WORDS
};

static uint32_t
count(const struct index *x, enum section s)
{
	return (uint32_t)(x->section[s].n / 4 / entry_words[s]);
}

static bool
sizes_good(const struct index *x)
{
	unsigned i;

	for (i = 0; i < SECTION_COUNT; i++)
		if (x->section[i].n % (4 * entry_words[i]) != 0)
			return false;
	return count(x, SECTION_SPACE) == SPACE_COUNT &&
	    count(x, SECTION_TOTAL) == 1;
}

/* From `first` on, n of them lie within `all`. */
static bool
within(uint32_t first, uint32_t n, size_t all)
{
	return first <= all && n <= all - first;
}

static bool
text_good(const struct index *x, enum section s, size_t at)
{
	return within(layout_word(x, s, at), layout_word(x, s, at + 1),
	    x->section[SECTION_TEXT].n);
}

/* "n, then n parts", again and again, to the end. */
static bool
cases_good(const struct index *x, uint32_t first, uint32_t words,
    uint32_t parts)
{
	uint32_t i = 0, k, n;

	while (i < words) {
		n = layout_word(x, SECTION_CASE, first + i++);
		if (n == 0 || n > words - i)
			return false;
		for (k = 0; k < n; k++, i++)
			if (layout_word(x, SECTION_CASE, first + i) >= parts)
				return false;
	}
	return true;
}

static bool
indicators_good(const struct index *x)
{
	const enum section s = SECTION_INDICATOR;
	uint32_t i, parts, words, cases = 0;
	size_t at;

	for (i = 0; i < count(x, s); i++) {
		at = (size_t)i * INDICATOR_WORDS;
		parts = layout_word(x, s, at + INDICATOR_PARTS);
		words = layout_word(x, s, at + INDICATOR_CASE_WORDS);
		if (!text_good(x, s, at + INDICATOR_ID_TEXT) ||
		    !text_good(x, s, at + INDICATOR_VALUE_TEXT) ||
		    !text_good(x, s, at + INDICATOR_SETS_TEXT) ||
		    !text_good(x, s, at + INDICATOR_REFERENCE_TEXT) ||
		    layout_word(x, s, at + INDICATOR_KIND) > KEY_COUNT ||
		    parts > LAYOUT_PARTS ||
		    layout_word(x, s, at + INDICATOR_CASE) != cases ||
		    !within(cases, words, count(x, SECTION_CASE)) ||
		    !cases_good(x, cases, words, parts))
			return false;
		cases += words;
	}
	return cases == count(x, SECTION_CASE);
}

/* What must be met together.  Everything that points does so in order, each
   thing once: checking stays linear in the size, whatever the bytes say. */
static bool
alls_good(const struct index *x)
{
	const enum section s = SECTION_ALL;
	uint32_t i, n, part, indicator, parts, literals = 0;
	size_t at;

	for (i = 0; i < count(x, s); i++) {
		at = (size_t)i * ALL_WORDS;
		indicator = layout_word(x, s, at + ALL_INDICATOR);
		part = layout_word(x, s, at + ALL_PART);
		if (indicator >= count(x, SECTION_INDICATOR))
			return false;
		parts = layout_word(x, SECTION_INDICATOR,
		    (size_t)indicator * INDICATOR_WORDS + INDICATOR_PARTS);
		n = layout_word(x, s, at + ALL_LITERALS);
		if ((part != MATCH_WHOLE && part >= parts) || n == 0 ||
		    layout_word(x, s, at + ALL_LITERAL) != literals ||
		    !within(literals, n, count(x, SECTION_LITERAL)))
			return false;
		literals += n;
	}
	if (literals != count(x, SECTION_LITERAL))
		return false;
	for (i = 0; i < count(x, SECTION_LITERAL); i++)
		if (layout_word(x, SECTION_LITERAL, i) >> 1 >=
		    count(x, SECTION_TERM))
			return false;
	return true;
}

/* Sorted, so that those with one beginning are found by halving. */
static bool
follows(const struct index *x, size_t at)
{
	uint32_t a, b;

	if (at == 0)
		return true;
	a = layout_word(x, SECTION_TERM, at - TERM_WORDS + TERM_KIND);
	b = layout_word(x, SECTION_TERM, at + TERM_KIND);
	if ((a & 0xff) != (b & 0xff))
		return (a & 0xff) < (b & 0xff);
	if (a != b)
		return a < b;
	return bytes_cmp(
	    layout_text(x, SECTION_TERM, at - TERM_WORDS + TERM_TEXT),
	    layout_text(x, SECTION_TERM, at + TERM_TEXT)) < 0;
}

static bool
in_table(const struct index *x, uint32_t term, enum space space,
    struct bytes value)
{
	uint32_t n = count(x, SECTION_TABLE), run, slot, hash;

	hash = space_hash(layout_long(x, SECTION_TOTAL, TOTAL_SEED), space,
	    value);
	slot = hash & (n - 1);
	for (run = 0; run < LAYOUT_RUN; run++) {
		if (layout_word(x, SECTION_TABLE, (size_t)slot * TABLE_WORDS +
		    TABLE_TERM) == term + 1)
			return layout_word(x, SECTION_TABLE,
			    (size_t)slot * TABLE_WORDS + TABLE_HASH) == hash;
		if (layout_word(x, SECTION_TABLE, (size_t)slot * TABLE_WORDS +
		    TABLE_TERM) == 0)
			return false;
		slot = (slot + 1) & (n - 1);
	}
	return false;
}

static bool
terms_good(const struct index *x)
{
	const enum section s = SECTION_TERM;
	uint32_t i, kind, all = 0;
	size_t at, bytes = 0;

	for (i = 0; i < count(x, s); i++) {
		at = (size_t)i * TERM_WORDS;
		kind = layout_word(x, s, at + TERM_KIND);
		/* One text serves a few terms at most, of other keys. */
		bytes += layout_word(x, s, at + TERM_TEXT + 1);
		if (bytes / 32 > x->section[SECTION_TEXT].n ||
		    (kind & 0xff) >= SPACE_COUNT || kind >> 8 >= KEY_COUNT ||
		    !text_good(x, s, at + TERM_TEXT) || !follows(x, at) ||
		    layout_word(x, s, at + TERM_FIRST) != all ||
		    !within(all, layout_word(x, s, at + TERM_ALLS),
		    count(x, SECTION_ALL)))
			return false;
		all += layout_word(x, s, at + TERM_ALLS);
		if ((kind & 0xff) < SPACE_HASHED && !in_table(x, i,
		    (enum space)(kind & 0xff), layout_text(x, s,
		    at + TERM_TEXT)))
			return false;
	}
	return all == count(x, SECTION_ALL);
}

/* A power of two, and no more terms in it than there are. */
static bool
table_good(const struct index *x)
{
	uint32_t i, term, n = count(x, SECTION_TABLE), used = 0;

	if (n == 0 || (n & (n - 1)) != 0)
		return false;
	for (i = 0; i < n; i++) {
		term = layout_word(x, SECTION_TABLE, (size_t)i * TABLE_WORDS +
		    TABLE_TERM);
		used += term != 0;
		if (term > count(x, SECTION_TERM))
			return false;
	}
	return used <= n / 2;
}

static bool
spaces_good(const struct index *x)
{
	uint32_t i, k, n, at = 0;

	for (i = 0; i < SPACE_COUNT; i++) {
		n = layout_word(x, SECTION_SPACE, i * SPACE_WORDS +
		    SPACE_TERMS);
		if (layout_word(x, SECTION_SPACE, i * SPACE_WORDS +
		    SPACE_FIRST) != at || !within(at, n,
		    count(x, SECTION_TERM)))
			return false;
		for (k = 0; k < n; k++, at++)
			if ((layout_word(x, SECTION_TERM, (size_t)at *
			    TERM_WORDS + TERM_KIND) & 0xff) != i)
				return false;
	}
	return at == count(x, SECTION_TERM);
}

static bool
lists_good(const struct index *x)
{
	uint32_t i;
	size_t at;

	for (i = 0; i < count(x, SECTION_SET); i++) {
		at = (size_t)i * SET_WORDS;
		if (!text_good(x, SECTION_SET, at + SET_NAME_TEXT) ||
		    !text_good(x, SECTION_SET, at + SET_FILE_TEXT))
			return false;
	}
	for (i = 0; i < count(x, SECTION_NOTE); i++) {
		at = (size_t)i * NOTE_WORDS;
		if (layout_word(x, SECTION_NOTE, at + NOTE_KIND) >
		    NOTE_REVOKED ||
		    !text_good(x, SECTION_NOTE, at + NOTE_FILE_TEXT) ||
		    !text_good(x, SECTION_NOTE, at + NOTE_OBJECT_TEXT) ||
		    !text_good(x, SECTION_NOTE, at + NOTE_WHY_TEXT))
			return false;
	}
	return true;
}

bool
index_check(const struct index *x)
{
	return sizes_good(x) && table_good(x) && spaces_good(x) &&
	    indicators_good(x) && alls_good(x) && terms_good(x) &&
	    lists_good(x);
}
