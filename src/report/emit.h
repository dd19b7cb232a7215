/*
 * Writing JSON: objects and arrays, a line for each member, all texts escaped.
 */
#ifndef REPORT_EMIT_H
#define REPORT_EMIT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/out.h"

struct emit {
	struct out *out;
	unsigned depth;
	bool more;		/* something stands before, at this depth */
};

/* key is NULL within arrays and at the top. */
void emit_object(struct emit *, const char *key);
void emit_object_end(struct emit *);
void emit_array(struct emit *, const char *key);
void emit_array_end(struct emit *);
void emit_text(struct emit *, const char *key, struct bytes);
/* The text, or null if there is none. */
void emit_text_or_null(struct emit *, const char *key, struct bytes);
void emit_string(struct emit *, const char *key, const char *);
void emit_uint(struct emit *, const char *key, uint64_t);
void emit_int(struct emit *, const char *key, int64_t);
void emit_bool(struct emit *, const char *key, bool);
void emit_null(struct emit *, const char *key);
/* RFC 3339, or null. */
void emit_time(struct emit *, const char *key, int64_t);

/* Only what stands before a value; the caller appends the value itself. */
struct buf *emit_raw(struct emit *, const char *key);

#endif
