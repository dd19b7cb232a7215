/*
 * Protocols as they are kept while they are counted: some 60 bytes each.
 *
 * A row is written once: its place, the name of its station, its numbers in two
 * bytes each, or in four if one of them needs that.  A table finds the rows of
 * one station, of those nodes that ask for it.  What is found out about a row
 * later is a mark.
 */
#ifndef ELECTION_ROWS_H
#define ELECTION_ROWS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "election/form.h"

#define ROWS_NONE	UINT32_MAX

struct row {
	uint32_t node, district;	/* the reader's own numbers */
	uint32_t version, reason;	/* ROWS_NONE, and of the district, too:
					   costs nothing */
	uint32_t file;
	uint64_t line;
	struct bytes name;
	struct bytes packed;		/* its values */
	unsigned nvalues, width;	/* bytes of each packed */
};

struct rows {
	struct buf bytes, offsets, table, marks;
	struct buf nodes;		/* what is known of each */
	uint32_t n;
	uint32_t slots, taken;		/* of the table; a power of two or 0 */
	bool bad;			/* no memory, or too many */
};

struct rows rows_with(uint32_t most, size_t bytes);
void rows_free(struct rows *);
/* Adds one; its number, or ROWS_NONE.  row.packed and row.width are not read:
   the values are (FORM_EMPTY to FORM_MOST). */
uint32_t rows_add(struct rows *, const struct row *, const int64_t *values);
struct row rows_get(const struct rows *, uint32_t);
struct bytes rows_name(const struct rows *, uint32_t);
/* The row of a node that was added last; ROWS_NONE. */
uint32_t rows_last(const struct rows *, uint32_t node);
/* Lets the rows of a node be found, these and those that come; until then they
   cost nothing.  False if there is no memory. */
bool rows_index(struct rows *, uint32_t node);
bool rows_indexed(const struct rows *, uint32_t node);
/* The next row of a station (its node, indexed, and name) after `after`, in no
   order; ROWS_NONE as `after`: the first, ROWS_NONE: no more.  *probe is kept
   between the calls, and no row may be added. */
struct rows_probe {
	uint32_t slot, hash;
};
uint32_t rows_find(const struct rows *, uint32_t node, struct bytes name,
    uint32_t after, struct rows_probe *);
/* The values of a row, `n` of them: what it does not have is FORM_EMPTY. */
void rows_values(const struct row *, int64_t *values, unsigned n);
/* Whether all values of a row are empty. */
bool rows_empty(const struct row *);
uint8_t rows_mark(const struct rows *, uint32_t);
void rows_set_mark(struct rows *, uint32_t, uint8_t add);

#endif
