/*
 * CSV as RFC 4180 has it, strictly, and fast: a stream of rows.
 *
 * Fields are separated by one byte (comma, semicolon or tab), quoted with "
 * (doubled inside), lines end with LF or CRLF.  Faults: a quote within an
 * unquoted field or text after a closing one, a quoted field without its end,
 * a bare CR, a NUL, bytes that are not UTF-8, a row of another length than the
 * first, one of too many fields or bytes.  The first in the file is told,
 * however it was read.  A byte-order mark at the start is passed over and not
 * counted.  An empty line at the very end is allowed, elsewhere it is a row of
 * one empty field.
 *
 * Memory: 300 KiB; for a longer row what it needs, CSV_ROW_BYTES at most.
 */
#ifndef FORMAT_CSV_H
#define FORMAT_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"

#define CSV_FIELDS	512	/* columns of one file */
#define CSV_ROW_BYTES	(1024 * 1024)	/* of one row, line end apart */

/* Where the bytes come from: reads up to n of them; fewer only at the end.
   A source that fails ends early, and knows why itself. */
struct csv_source {
	size_t (*read)(void *ctx, void *to, size_t n);
	void *ctx;
};

struct csv;			/* opaque */

struct csv_row {
	const struct bytes *fields;	/* until the next call */
	unsigned n;
	uint64_t line;		/* where the row begins; the first line is 1 */
};

enum csv_end { CSV_ROW, CSV_END, CSV_FAULT };

/* Fields of the last row as numbers, digits alone: 18 at most, leading zeros
   too.  All bits that they have, together: so large a number if one of them is
   none.  (Four bytes before the end of a field can always be read.) */
#define CSV_EMPTY	-1
#define CSV_NO_NUMBER	-2
uint64_t csv_numbers(const struct csv_row *, const uint16_t *columns,
    unsigned n, int64_t *values);

/* One reader and its buffer; NULL without memory.  `separator` 0: taken from
   the first row (the most frequent of , ; and tab outside of quotes). */
struct csv *csv_new(struct csv_source, char separator);
/* The next row.  After CSV_FAULT there is nothing more: csv_fault tells. */
enum csv_end csv_next(struct csv *, struct csv_row *);

/* Where it is: of a quoted field without its end, where that begins; of a row
   too short, its end; of one too long, its first field too many, or, in bytes,
   its beginning. */
struct csv_fault {
	uint64_t line;
	uint32_t column;	/* byte within the line, from 1 */
	const char *why;	/* a phrase */
};
struct csv_fault csv_fault(const struct csv *);
/* Where field i of the last row begins: line and byte, both from 1. */
void csv_place(const struct csv *, unsigned i, uint64_t *line,
    uint32_t *column);
void csv_free(struct csv *);	/* NULL is allowed */

#endif
