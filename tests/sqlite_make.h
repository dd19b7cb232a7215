/*
 * Makes databases by chance, with all that a schema can hold: the library
 * writes them, our reader has to agree.
 */
#ifndef SQLITE_MAKE_H
#define SQLITE_MAKE_H

#include <sqlite3.h>
#include <stdint.h>

/* Page size, encoding, vacuum mode; before anything else. */
void sqlite_make_settings(sqlite3 *, uint64_t *seed);

/* Some tables, views and triggers. */
void sqlite_make_schema(sqlite3 *, uint64_t *seed);

/* Rows in, out and changed, columns added, tables dropped; `rows` is about
   how many rows each table gets. */
void sqlite_make_rows(sqlite3 *, uint64_t *seed, unsigned rows);

#endif
