/*
 * Between the files of the CSV reader: 64 bytes at a time as bits, bit i for
 * byte i.  Not for others.
 */
#ifndef FORMAT_CSV_INSIDE_H
#define FORMAT_CSV_INSIDE_H

#include <stddef.h>
#include <stdint.h>

#include "format/csv.h"

#define CSV_BLOCK	64

struct csv_block {
	uint64_t separators;
	uint64_t stops;		/* quotes and control characters */
};

/* What the bytes beyond ASCII of a block are in UTF-8. */
struct csv_letters {
	uint64_t after;		/* 80 to bf: not the first byte */
	uint64_t two, three, four;	/* first of at least so many bytes */
	uint64_t wrong;		/* never in UTF-8, or not after what is
				   before: too long, a surrogate, too large */
};

/* Looks at `n` blocks from p.  Gives how many of them are UTF-8, up to the
   first that is not.  `open`: bit i is set where byte i of the next block must
   continue a character; 0 at the start, and carried on from call to call.
   The byte before p is read too. */
size_t csv_scan(const uint8_t *p, size_t n, uint8_t separator,
    struct csv_block *out, uint64_t *open);

/* The same, byte by byte: for other processors, and for the test. */
size_t csv_scan_plain(const uint8_t *p, size_t n, uint8_t separator,
    struct csv_block *out, uint64_t *open);

/* As csv_new, reading so many bytes at a time. */
struct csv *csv_new_chunk(struct csv_source, char separator, size_t chunk);

#endif
