/*
 * Between the files that read CSV results.  Not for others.
 */
#ifndef ELECTION_READ_INSIDE_H
#define ELECTION_READ_INSIDE_H

#include "election/read_results.h"
#include "format/csv.h"

#define READ_FAULTS	1000	/* of one file; then it is read no further */

struct read_number {
	unsigned column, line;
};

struct read {			/* one table */
	const struct form_sink *sink;
	struct arena *arena;
	const struct profile *profile;
	unsigned file;
	struct bytes member;	/* of an archive with several, else empty */
	struct csv *csv;
	struct csv_row row;
	uint64_t rows;		/* protocols that were passed on */
	unsigned faults;
	bool stopped;
	/* The columns. */
	int places[COLUMN_UNKNOWN + 1];		/* or -1 */
	struct read_number numbers[CSV_FIELDS];
	unsigned nnumbers;
	bool seen[FORM_LINES];	/* lines that this file has */
	bool candidates_before;	/* files before it had some */
	unsigned lines_before;	/* so many lines are theirs */
	/* The contest of the last row. */
	uint8_t contest[256];
	size_t contest_n;
	bool contest_known, wanted;
};

/* All of them tell a fault of column i of the row, and go on.  The last part
   is quoted, escaped and cut short. */
void read_fault(struct read *, unsigned i, const char *why, struct bytes what);
void read_fault_at(struct read *, uint64_t line, uint32_t column,
    const char *why, struct bytes what);
/* Why the field is no number. */
void read_fault_number(struct read *, unsigned i);

/* The line of a header, or of the key of a row; -1 and a fault, or -1 if it
   is ignored.  It is made if it is new, and marked as seen. */
int read_line(struct read *, unsigned i, enum column_is, struct bytes key,
    struct bytes header);
/* Whether rows of this contest are read. */
bool read_contest(struct read *);
/* The names of the row's station; false and a fault if there are none. */
bool read_place(struct read *, struct protocol *);
/* The same candidates as in the files before, and the same lines of those that
   figures are made of, or a fault. */
void read_candidates(struct read *);

/* The rows behind the header. */
void read_wide(struct read *);
void read_long(struct read *);

#define READ_NO_NUMBER	-2

/* Digits alone; FORM_EMPTY of an empty field. */
int64_t read_number(struct bytes);

#endif
