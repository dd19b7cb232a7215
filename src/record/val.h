/*
 * One value of a record.
 */
#ifndef RECORD_VAL_H
#define RECORD_VAL_H

#include <stdbool.h>
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

bool val_set(const struct val *);
struct val val_unset(void);
struct val val_int(int64_t);
struct val val_bool(bool);
struct val val_real(double);
struct val val_time(int64_t microseconds);
struct val val_text(struct bytes);
struct val val_blob(struct bytes);
struct val val_json(struct bytes);
struct val val_list(const struct val *items, uint32_t n);

/* The text or blob, else none. */
struct bytes val_bytes(const struct val *);

/* The integer, boolean or whole real, else `otherwise`. */
int64_t val_number(const struct val *, int64_t otherwise);

/* Both are times, and `later` follows `first` by at most `microseconds`. */
bool val_within(const struct val *first, const struct val *later,
    int64_t microseconds);

#endif
