/*
 * From a tally to what the decision sees: the figures of the whole country.
 */
#ifndef ELECTION_STANDING_H
#define ELECTION_STANDING_H

#include <stdbool.h>

#include "base/arena.h"
#include "election/outcome.h"
#include "election/tally.h"

/* Fills question.standing (but for `closed`) and what was annulled.  With
   `broken` (protocols that break a relation were counted) figures that the
   votes contradict count as not known.  False if there is no memory. */
bool standing_of(const struct tally *, bool broken, struct arena *,
    struct outcome_question *);
/* Whether the form has a line of its own for valid ballots or ballots found:
   else a column that is no candidate could pass for one unseen. */
bool standing_checked(const struct tally *);

#endif
