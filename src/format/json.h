/*
 * JSON (RFC 8259), as a pull reader over the cursor: strict, bounded in depth,
 * and without a tree.  A fault is sticky and tells where it was met.
 */
#ifndef FORMAT_JSON_H
#define FORMAT_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"

enum json_event {
	JSON_END = 0,		/* of the document; also after a fault */
	JSON_OBJECT, JSON_OBJECT_END,
	JSON_ARRAY, JSON_ARRAY_END,
	JSON_KEY, JSON_TEXT,
	JSON_NUMBER,		/* text as it stands */
	JSON_TRUE, JSON_FALSE, JSON_NULL
};

#define JSON_DEPTH	64	/* = LIMIT_DEPTH */

struct json {
	struct cur cur;
	struct bytes text;	/* of JSON_KEY, JSON_TEXT, JSON_NUMBER */
	struct arena *arena;	/* for texts with escapes */
	const char *fault;	/* NULL, or a static phrase; cur.at is where */
	uint32_t depth;
	uint32_t state;		/* inside */
	uint8_t nest[JSON_DEPTH];
};

/* Reads `in`; texts without escapes are borrowed from it, others are unescaped
   into the arena.  Invalid UTF-8 and lone surrogates are faults; a byte-order
   mark at the start is passed over.  Without an arena (NULL) everything is
   checked alike, and texts with escapes come out empty. */
struct json json_over(struct bytes in, struct arena *);

enum json_event json_next(struct json *);

/* After JSON_KEY, or instead of the next value: passes over one whole value
   (in place of a key: over the key and its value; in place of an end: over
   the end).  Nothing is put into the arena. */
void json_skip(struct json *);

/* Whether `in` is one well-formed value and nothing else. */
bool json_valid(struct bytes in);

#endif
