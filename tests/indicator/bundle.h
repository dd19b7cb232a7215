/*
 * Bundles written as text, for the tests of this folder: built, opened and
 * asked, in one struct.
 */
#ifndef TESTS_INDICATOR_BUNDLE_H
#define TESTS_INDICATOR_BUNDLE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/time.h"
#include "base/url.h"
#include "indicator/build.h"
#include "indicator/index.h"
#include "indicator/match.h"

struct bundle {
	struct arena arena;
	struct build *build;
	struct buf bytes;
	struct index index;
	struct match *match;
	uint32_t patterns;
};

static inline void
bundle_start(struct bundle *b)
{
	struct bundle empty = { .arena = arena_with(256 * MIB),
	    .bytes = buf_with(256 * MIB) };

	assert_int_equal(hash_prepare(), ERR_NONE);
	*b = empty;
	assert_int_equal(build_new(&b->build, &b->arena), ERR_NONE);
}

static inline void
bundle_add(struct bundle *b, const char *name, const char *text)
{
	build_add(b->build, bytes_of(name),
	    arena_copy(&b->arena, bytes_of(text)));
}

/* A bundle that is nothing but these objects. */
static inline void
bundle_objects(struct bundle *b, const char *name, const char *objects)
{
	struct buf text = buf_with(64 * MIB);

	buf_text(&text, "{\"type\":\"bundle\",\"id\":\"bundle--1\","
	    "\"objects\":[");
	buf_text(&text, objects);
	buf_text(&text, "]}");
	build_add(b->build, bytes_of(name),
	    arena_copy(&b->arena, buf_bytes(&text)));
	buf_free(&text);
}

static inline void
bundle_json(struct buf *to, const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\')
			buf_byte(to, '\\');
		buf_byte(to, (uint8_t)*text);
	}
}

/* A bundle of one indicator with this pattern. */
static inline void
bundle_pattern(struct bundle *b, const char *pattern)
{
	struct buf text = buf_with(MIB);

	buf_printf(&text, "{\"type\":\"indicator\",\"id\":\"indicator--%04u\","
	    "\"pattern_type\":\"stix\",\"pattern\":\"", b->patterns++);
	bundle_json(&text, pattern);
	buf_text(&text, "\"}");
	buf_byte(&text, '\0');
	bundle_objects(b, "patterns.json", (const char *)text.p);
	buf_free(&text);
}

static inline void
bundle_end(struct bundle *b)
{
	assert_int_equal(build_end(b->build, &b->bytes), ERR_NONE);
	assert_int_equal(index_open(&b->index, buf_bytes(&b->bytes)), ERR_NONE);
	assert_int_equal(match_new(&b->match, &b->arena, &b->index), ERR_NONE);
}

static inline void
bundle_free(struct bundle *b)
{
	buf_free(&b->bytes);
	arena_free(&b->arena);
}

/* How many hits a record with this one value has. */
static inline unsigned
bundle_hits(struct bundle *b, enum kind kind, const char *value)
{
	const struct match_hit *hits;

	match_begin(b->match);
	match_value(b->match, 0, kind, bytes_of(value));
	return match_end(b->match, &hits);
}

/* Whether the pattern alone meets the value. */
static inline bool
bundle_meets(const char *pattern, enum kind kind, const char *value)
{
	struct bundle b;
	unsigned n;

	bundle_start(&b);
	bundle_pattern(&b, pattern);
	bundle_end(&b);
	n = bundle_hits(&b, kind, value);
	bundle_free(&b);
	return n > 0;
}

#define assert_meets(pattern, kind, value)				\
	bundle_check(pattern, kind, value, true, __FILE__, __LINE__)
#define assert_misses(pattern, kind, value)				\
	bundle_check(pattern, kind, value, false, __FILE__, __LINE__)

static inline void
bundle_check(const char *pattern, enum kind kind, const char *value, bool want,
    const char *file, int line)
{
	if (bundle_meets(pattern, kind, value) == want)
		return;
	print_error("%s %s %s \"%s\"\n", pattern, want ? "misses" : "meets",
	    kind_name(kind), value);
	_fail(file, line);
}

static inline void
bundle_text(struct bytes b, const char *want)
{
	if (bytes_is(b, want))
		return;
	print_error("\"%.*s\" is not \"%s\"\n", (int)b.n, (const char *)b.p,
	    want);
	fail();
}

/* Whether there is a note of the kind whose reason holds the words. */
static inline bool
bundle_noted(const struct bundle *b, enum index_note_kind kind,
    const char *words)
{
	struct index_note note;
	uint32_t i;

	for (i = 0; index_note_at(&b->index, i, &note); i++)
		if (note.kind == kind && bytes_find(note.why,
		    bytes_of(words), 0) != SIZE_MAX)
			return true;
	return false;
}

#endif
