/*
 * The bytes of the index.  A head (magic, version, size of each section), then
 * the sections: one of text, the others of 32-bit words, little-endian.
 *
 * Every access below stays inside its section whatever the words say; what
 * index_open() has checked is that they also make sense.
 */
#ifndef INDICATOR_LAYOUT_H
#define INDICATOR_LAYOUT_H

#include <endian.h>
#include <stdint.h>
#include <string.h>

#include "indicator/index.h"
#include "indicator/key.h"
#include "indicator/space.h"

#define LAYOUT_MAGIC	"OstrIndx"
#define LAYOUT_VERSION	1u
#define LAYOUT_HEAD	(8u + 4u + 4u * SECTION_COUNT)

enum section {
	SECTION_TEXT,
	SECTION_INDICATOR,
	SECTION_TERM,		/* sorted by space, key and value */
	SECTION_ALL,		/* what must be met together, by first term */
	SECTION_LITERAL,	/* term << 1 | negated */
	SECTION_CASE,		/* n, then n parts that complete an indicator */
	SECTION_TABLE,		/* hash, term + 1 */
	SECTION_SPACE,		/* for each: first term, how many */
	SECTION_SET,
	SECTION_TOTAL,
	SECTION_NOTE,
	SECTION_COUNT
};

/* Words of one entry.  *_TEXT is two: offset and length in SECTION_TEXT; a
   64-bit number is two, the low one first. */
enum {
	INDICATOR_ID_TEXT = 0, INDICATOR_VALUE_TEXT = 2,
	INDICATOR_SETS_TEXT = 4, INDICATOR_REFERENCE_TEXT = 6,
	INDICATOR_FROM = 8, INDICATOR_UNTIL = 10, INDICATOR_KIND = 12,
	INDICATOR_PARTS, INDICATOR_CASE, INDICATOR_CASE_WORDS, INDICATOR_WORDS,

	TERM_KIND = 0,		/* space | key << 8 */
	TERM_TEXT = 1, TERM_FIRST = 3, TERM_ALLS, TERM_WORDS,

	ALL_INDICATOR = 0, ALL_PART, ALL_LITERAL, ALL_LITERALS, ALL_WORDS,

	TABLE_HASH = 0, TABLE_TERM, TABLE_WORDS,
	SPACE_FIRST = 0, SPACE_TERMS, SPACE_WORDS,

	SET_NAME_TEXT = 0, SET_FILE_TEXT = 2, SET_INDICATORS = 4, SET_KEYS,
	SET_WORDS = SET_KEYS + KEY_COUNT,

	TOTAL_SEED = 0, TOTAL_PUBLISHED = 2, TOTAL_KEYS,
	TOTAL_WORDS = TOTAL_KEYS + KEY_COUNT,

	NOTE_KIND = 0, NOTE_FILE_TEXT = 1, NOTE_OBJECT_TEXT = 3,
	NOTE_WHY_TEXT = 5, NOTE_OFFSET = 7, NOTE_WORDS = 9
};

/* A used run of the table is never longer. */
#define LAYOUT_RUN	128u
/* Observations of one indicator that must be met one by one. */
#define LAYOUT_PARTS	64u

static inline uint32_t
layout_word(const struct index *x, enum section s, size_t at)
{
	uint32_t v = 0;

	if (at < x->section[s].n / 4)
		memcpy(&v, &x->section[s].p[at * 4], sizeof(v));
	return le32toh(v);
}

static inline uint64_t
layout_long(const struct index *x, enum section s, size_t at)
{
	return layout_word(x, s, at) |
	    (uint64_t)layout_word(x, s, at + 1) << 32;
}

/* The text that two words name. */
static inline struct bytes
layout_text(const struct index *x, enum section s, size_t at)
{
	return bytes_part(x->section[SECTION_TEXT], layout_word(x, s, at),
	    layout_word(x, s, at + 1));
}

#endif
