/*
 * From the value of a column to the rowid of its row, for references that do
 * not hold a rowid.
 */
#ifndef ARTIFACT_KEYS_H
#define ARTIFACT_KEYS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "format/sqlite.h"

struct keys;			/* opaque; in the arena */

/* Reads the column of the whole table once.  NULL if there is no such column
   or no memory; more rows than can be held are a gap. */
struct keys *keys_new(struct arena *, struct sqlite *,
    const struct sqlite_table *, const char *column, const struct gap_sink *);

/* The same for a table of which only one more column is wanted: keys_find gives
   its value instead of the rowid.  NULL if any row holds something else than
   small numbers, or there is no memory. */
struct keys *keys_new_pairs(struct arena *, struct sqlite *,
    const struct sqlite_table *, const char *column, int wanted);

/* The rowid of the first row with this integer or text. */
bool keys_find(const struct keys *, const struct val *, int64_t *rowid);

#endif
