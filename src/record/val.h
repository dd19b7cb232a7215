/*
 * One value of a record.
 */
#ifndef RECORD_VAL_H
#define RECORD_VAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"

enum val_type {
	VAL_UNSET = 0,		/* absent, NULL, or not readable */
	VAL_INT,
	VAL_REAL,
	VAL_BOOL,		/* i is 0 or 1 */
	VAL_TIME,		/* i: microseconds since 1970 UTC */
	VAL_TEXT,		/* bytes: as found, most often UTF-8 */
	VAL_BLOB,		/* bytes */
	VAL_LIST,		/* items[0..n) of the field's kind */
	VAL_JSON		/* bytes: well-formed JSON made by us */
};

struct val {
	enum val_type type;
	uint32_t n;			/* items of a list */
	union {
		int64_t i;
		double r;
		struct bytes bytes;	/* borrowed */
		const struct val *items;
	};
};

static inline bool
val_set(const struct val *v)
{
	return v->type != VAL_UNSET;
}

static inline struct val
val_unset(void)
{
	return (struct val){ .type = VAL_UNSET };
}

static inline struct val
val_int(int64_t i)
{
	return (struct val){ .type = VAL_INT, .i = i };
}

static inline struct val
val_bool(bool yes)
{
	return (struct val){ .type = VAL_BOOL, .i = yes };
}

static inline struct val
val_real(double r)
{
	return (struct val){ .type = VAL_REAL, .r = r };
}

static inline struct val
val_time(int64_t microseconds)
{
	return (struct val){ .type = VAL_TIME, .i = microseconds };
}

static inline struct val
val_text(struct bytes b)
{
	return (struct val){ .type = VAL_TEXT, .bytes = b };
}

static inline struct val
val_blob(struct bytes b)
{
	return (struct val){ .type = VAL_BLOB, .bytes = b };
}

static inline struct val
val_json(struct bytes b)
{
	return (struct val){ .type = VAL_JSON, .bytes = b };
}

static inline struct val
val_list(const struct val *items, uint32_t n)
{
	return (struct val){ .type = VAL_LIST, .n = n, .items = items };
}

/* The text or blob, else none. */
static inline struct bytes
val_bytes(const struct val *v)
{
	if (v->type == VAL_TEXT || v->type == VAL_BLOB || v->type == VAL_JSON)
		return v->bytes;
	return bytes_at(NULL, 0);
}

/* The integer, boolean or whole real, else `otherwise`. */
static inline int64_t
val_number(const struct val *v, int64_t otherwise)
{
	if (v->type == VAL_INT || v->type == VAL_BOOL)
		return v->i;
	if (v->type == VAL_REAL && v->r >= -9e15 && v->r <= 9e15)
		return (int64_t)v->r;
	return otherwise;
}

/* Both are times, and `later` follows `first` by at most `microseconds`. */
bool val_within(const struct val *first, const struct val *later,
    int64_t microseconds);

#endif
