/*
 * Rows of a table that another table refers to.  Copies are kept of those
 * that are asked for first: a phone holds a million messages, and some hundred
 * people whom they are from.
 */
#ifndef ARTIFACT_KEPT_H
#define ARTIFACT_KEPT_H

#include <stdint.h>

#include "base/arena.h"
#include "format/sqlite.h"

struct kept;			/* opaque; in the arena */

/* Rows come from `find`, which stays the caller's.  NULL: no memory. */
struct kept *kept_new(struct arena *, struct sqlite_find *);

/* A column whose values are wanted: its place in what kept_row gives.  All are
   named before the first row. */
unsigned kept_column(struct kept *, int column);

/* The column, if only one is wanted; else -1. */
int kept_only(const struct kept *);

/* The wanted values of a row, until the next call; NULL if there is none. */
const struct val *kept_row(struct kept *, int64_t rowid);

#endif
