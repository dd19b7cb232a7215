/*
 * YAML, the part of it that people write by hand: one document of maps, lists
 * and scalars, over libyaml.  Anchors, aliases, tags, a second document, a key
 * that is no scalar and a key that stands twice are faults.  Bounded in depth
 * (LIMIT_DEPTH), nodes and bytes.
 */
#ifndef FORMAT_YAML_H
#define FORMAT_YAML_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"

enum yaml_kind { YAML_SCALAR, YAML_LIST, YAML_MAP };

struct yaml {
	enum yaml_kind kind;
	bool quoted;		/* a scalar in quotes, or a block */
	uint32_t line, column;	/* from 1; columns in characters */
	struct bytes text;	/* of a scalar; "" and not quoted: null */
	struct bytes key;	/* if this is the value of a key in a map */
	uint32_t key_line, key_column;
	unsigned n;		/* members of a list or map */
	const struct yaml *first, *next;	/* in the order of the file */
};

struct yaml_fault {
	uint32_t line, column;
	char why[160];		/* one phrase, printable ASCII or UTF-8 */
};

#define YAML_BYTES	(4 * 1024 * 1024)
#define YAML_NODES	100000

/* Everything lives in the arena.  NULL and the first fault if it cannot be
   read; an empty document is an empty map. */
const struct yaml *yaml_read(struct bytes, struct arena *,
    struct yaml_fault *);
/* The value of a key, or NULL; also of anything that is no map. */
const struct yaml *yaml_get(const struct yaml *map, const char *key);

#endif
