/*
 * Totals of one round from one row of a table:
 *
 *	id,law,round,date,registered,cast,valid,invalid,c1,v1,...,against_all
 *
 * Columns are found by their names, in any order; others (outcome, next_date,
 * inauguration, src) are passed over and go nowhere.  An empty field is a
 * figure that is not told.  `cast` is the ballots found.  The candidates are
 * the first ones, most votes first; if their votes do not make up the valid
 * ones, others stood too.  "NAME (withdrawn 2003-05-14)" is an event as well.
 */
#ifndef ELECTION_FROM_TOTALS_H
#define ELECTION_FROM_TOTALS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "election/outcome.h"

#define FROM_TOTALS_BYTES	(4UL * 1024 * 1024)	/* of a table */
#define FROM_TOTALS_CONTENDERS	64

struct from_totals {
	struct bytes id;		/* for messages; the decision never
					   sees it */
	struct bytes law;		/* as written: "RU2003"; may be empty */
	unsigned round;
	int32_t date;			/* DATE_UNSET: not told */
	struct standing standing;
	const struct event *events;	/* from the names */
	unsigned nevents;
};

struct from_totals_fault {
	uint64_t line;			/* 0: of the table as a whole */
	uint32_t column;
	struct bytes why;
};

/* Reads the row of that id, or of that number (from 1, if no id is so), or the
   only one if `which` is empty.  Without a line of names the columns are those
   of the list above, with three candidates.  All of it lives in the arena.
   False and a fault if it cannot be had. */
bool from_totals_read(struct bytes table, struct bytes which, struct arena *,
    struct from_totals *, struct from_totals_fault *);

/* The question that the row asks under that law.  Events given besides come
   after those of the row.  False if there is no memory.  question->version is
   NULL if the law was not in force. */
bool from_totals_question(const struct from_totals *, const struct law *,
    const struct event *, unsigned nevents, struct arena *,
    struct outcome_question *);

#endif
