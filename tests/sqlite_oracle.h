/*
 * The sqlite3 library as the oracle for our own reader of its files.
 */
#ifndef SQLITE_ORACLE_H
#define SQLITE_ORACLE_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/limits.h"
#include "format/sqlite.h"

struct oracle_row {
	struct val *v;		/* the rowid, or unset, then all columns */
	unsigned n;
};

struct oracle_rows {
	struct arena arena;
	struct oracle_row *row;
	size_t n, room;
	bool failed;		/* the library gave up before the end */
};

/* All rows of a table, in the order of its tree.  Generated columns that are
   not stored are unset. */
void oracle_library(struct oracle_rows *, sqlite3 *, const char *table,
    bool rowid);
void oracle_ours(struct oracle_rows *, struct sqlite *,
    const struct sqlite_table *);
void oracle_free(struct oracle_rows *);

bool oracle_val_same(const struct val *, const struct val *);
bool oracle_row_same(const struct oracle_row *, const struct oracle_row *);

/* Whether `ours` is in `rows`; `holes`: values unset in ours match any. */
bool oracle_has(const struct oracle_rows *, const struct oracle_row *ours,
    bool holes);

/* Onto stderr, for a failure. */
void oracle_show(const struct oracle_row *);

/* Compares every table of two readings of one database, in order, and every
   look-up by rowid; NULL if all is the same, else what is not. */
const char *oracle_differs(sqlite3 *, struct sqlite *);

/* The library over bytes in memory (copied). */
sqlite3 *oracle_open(struct bytes);

/* Gaps, counted, and the last of them. */
struct oracle_gaps {
	unsigned n;
	char last[256];
};
struct gap_sink oracle_sink(struct oracle_gaps *);

/* A reproducible stream of numbers. */
uint64_t oracle_random(uint64_t *state);

#endif
