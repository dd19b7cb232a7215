/*
 * ostrakon election count --from-totals: the decision for one row of totals.
 */
#ifndef CMD_CMD_ELECTION_TOTALS_H
#define CMD_CMD_ELECTION_TOTALS_H

#include <stdbool.h>

#include "cmd/options.h"

/* `row`: a row of CSV, a line of names and a row, "-" (stdin), a file of one
   row, FILE:ID; or, with a file, the id or the number of a row in it.  `law`:
   NULL for the row's own.  Prints; the exit status: 0 decided, 2 pending, 3 it
   could not be. */
int cmd_election_totals(const char *row, const char *file, const char *law,
    const struct option_list *events, bool json);

#endif
