/*
 * One reading of a property list, for tests: its root and its gaps.
 */
#ifndef TESTS_PLIST_TRY_H
#define TESTS_PLIST_TRY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "format/plist.h"

struct plist_try {
	struct arena arena;
	struct plist root;
	enum err err;
	unsigned gaps;
	uint64_t offset;	/* of the first gap */
	char why[160];
};

void plist_try_read(struct plist_try *, struct bytes);
void plist_try_free(struct plist_try *);

/* Whether the node is written as this JSON; else both go to stderr. */
bool plist_try_json(struct plist, const char *want);

/* Levels of containers, and one for what the deepest holds. */
unsigned plist_try_height(struct plist);

#endif
