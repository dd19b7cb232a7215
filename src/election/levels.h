/*
 * The results as tables, one for each level, which re-add: stations to
 * territories to regions to the country.  CSV, UTF-8, deterministic.
 */
#ifndef ELECTION_LEVELS_H
#define ELECTION_LEVELS_H

#include "base/err.h"
#include "base/out.h"
#include "election/count.h"
#include "election/tally.h"

/* Columns: the names of the levels above and its own, counts of stations
   (known, counted, missing, broken, annulled), then every line. */
void levels_write(struct out *, const struct tally *, enum tally_level);
/* Each station: its place, its state, every line; what is not counted too.
   What it came from stands at the end: the number of the file, the line. */
enum err levels_stations(struct out *, const struct count *,
    const struct tally *);

#endif
