/*
 * Reading SQLite evidence: table scans and rowid look-ups over hostile bytes.
 *
 * No SQL is executed; views and triggers of the evidence never run.  The
 * schema text is only read to learn table and column names, types, defaults
 * and keys.  What cannot be read is a gap with the byte offset of its page in
 * the main file; reading goes on past it.
 *
 * Source: https://www.sqlite.org/fileformat2.html
 */
#ifndef FORMAT_SQLITE_H
#define FORMAT_SQLITE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "base/input.h"
#include "record/gap.h"
#include "record/val.h"

/* Opaque types. */
struct sqlite;
struct sqlite_table;

/* When the structure is checked.  A large database is not read twice for it:
   each page is judged when a row of it is first wanted, and what nobody wanted
   at close. */
enum sqlite_check {
	SQLITE_CHECK_AUTO = 0,	/* FIRST if it is small, else LATER */
	SQLITE_CHECK_FIRST,	/* all of it, at open */
	SQLITE_CHECK_LATER,	/* all of it, by the end of close */
	SQLITE_CHECK_USED	/* if it is large, only what is read */
};

struct sqlite_files {
	const struct input *db;
	const struct input *wal;	/* NULL if there is none */
	const struct input *journal;	/* NULL if there is none */
	enum sqlite_check check;
};

/* Column types as val: VAL_UNSET for NULL, VAL_INT, VAL_REAL, VAL_TEXT (UTF-16
   is turned into UTF-8), VAL_BLOB.  Borrowed until the next row of the scan. */
struct sqlite_row {
	int64_t rowid;
	uint64_t page;			/* number of the leaf it lies on */
	struct sqlite_cell *cell;	/* inside */
};

/* Opens a database: reads its header, wal, journal and schema, and checks its
   structure (every b-tree, overflow chain and the freelist), now or later.
   The arena must outlive the result; the inputs and `gaps` are borrowed until
   close, which may tell the last gaps.  A gap names a page once, whoever finds
   the damage; there are 101 at most.
   Returns ERR_KIND if the bytes are no SQLite database at all (an empty file
   is one with no tables), ERR_MEMORY if the arena's limit was reached;
   damage is a gap and ERR_NONE. */
enum err sqlite_open(struct sqlite **, struct arena *,
    const struct sqlite_files *, const struct gap_sink *gaps);
void sqlite_close(struct sqlite *);

/* A table by its name, ASCII case ignored; NULL if there is none. */
const struct sqlite_table *sqlite_table(const struct sqlite *, const char *);

/* Tables in order of the schema, for lists and tests; NULL past the end. */
const struct sqlite_table *sqlite_table_at(const struct sqlite *, unsigned);
const char *sqlite_table_name(const struct sqlite_table *);
unsigned sqlite_columns(const struct sqlite_table *);
const char *sqlite_column_name(const struct sqlite_table *, unsigned);

/* The number of a column, ASCII case ignored, or -1.  "rowid" is always
   there in a rowid table: it gives the number of the INTEGER PRIMARY KEY or,
   if there is none, SQLITE_ROWID. */
#define SQLITE_ROWID	1000000
int sqlite_column(const struct sqlite_table *, const char *);

/* A scan of one table in key order.  Several scans and look-ups may be under
   way at once on one database; closed ones are kept for the next, so opening
   many in turn costs no memory. */
struct sqlite_scan;
enum err sqlite_scan_open(struct sqlite_scan **, struct sqlite *,
    const struct sqlite_table *);
bool sqlite_scan_next(struct sqlite_scan *, struct sqlite_row *);
void sqlite_scan_close(struct sqlite_scan *);

/* The columns that will be asked for: a row is then not taken apart further
   than for these.  Any other can still be had, for more.  Until it is
   closed. */
void sqlite_scan_plan(struct sqlite_scan *, const int *columns, unsigned n);

/* The value of one column of the row; unset for NULL, for a column number
   that is not there, and for one that is damaged (that is a gap). */
struct val sqlite_value(const struct sqlite_row *, int column);

/* Several at once. */
struct sqlite_want {
	int column;
	struct val *to;
};
void sqlite_values(const struct sqlite_row *, const struct sqlite_want *,
    unsigned n);

/* Whether no value of the row can be a gap: all of it lies on the page, and is
   of known types. */
bool sqlite_row_plain(const struct sqlite_row *);

/* A row by its rowid, through a finder that is kept for many look-ups (it
   remembers pages).  False if there is none. */
struct sqlite_find;
enum err sqlite_find_open(struct sqlite_find **, struct sqlite *,
    const struct sqlite_table *);
void sqlite_find_plan(struct sqlite_find *, const int *columns, unsigned n);
bool sqlite_find_row(struct sqlite_find *, int64_t rowid, struct sqlite_row *);
void sqlite_find_close(struct sqlite_find *);

/* Cells of the table as the structural check counts them: a scan gives as
   many rows, or a gap says why not.  Of a large table it reads all pages. */
uint64_t sqlite_cells(const struct sqlite_table *);

#endif
