/*
 * Shared by the verbs that read results: count and anomaly.
 */
#ifndef CMD_CMD_ELECTION_COUNT_H
#define CMD_CMD_ELECTION_COUNT_H

#include <stdbool.h>

#include "base/arena.h"
#include "election/count_run.h"

/* Kind of the job in the table that main() gives to the nursery. */
uint32_t cmd_election_job(void);
/* Runs the worker.  False if nothing could be counted: faults in the results
   are told on stderr, with file, line and column. */
bool cmd_election_tally(const struct count_ask *, struct arena *,
    struct tally *);

#endif
