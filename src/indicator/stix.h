/*
 * The objects of a STIX 2.0 or 2.1 bundle, one after the other: what this
 * program needs of each, whatever its type.  docs/format/stix.md.
 */
#ifndef INDICATOR_STIX_H
#define INDICATOR_STIX_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "format/json.h"

struct stix_object {		/* borrowed from the text, or in the arena */
	struct bytes type, id, name;
	struct bytes pattern, pattern_type;
	struct bytes relation, source, target;
	struct bytes url;	/* the first of external_references */
	int64_t modified;	/* or created; TIME_UNSET if neither is told */
	int64_t valid_from, valid_until;
	bool revoked;
	struct bytes *refs;	/* object_refs */
	uint32_t nrefs;
	uint64_t offset;	/* of its "{" in the file */
	uint32_t number;	/* in the bundle, from 0 */
	const char *fault;	/* NULL, or why it is not to be used */
};

struct stix {
	struct json json;
	uint32_t number;
	uint32_t state;
	const char *fault;	/* of the bundle; json.cur.at is where */
	bool whole;		/* the end was reached without a fault */
};

struct stix stix_over(struct bytes, struct arena *);

/* The next object, good or with a fault of its own; false at the end, and
   then the bundle may have a fault. */
bool stix_next(struct stix *, struct stix_object *);

#endif
