/*
 * An outcome, told: the decision in words with its reasons, and as JSON.
 */
#ifndef REPORT_ELECTION_OUTCOME_H
#define REPORT_ELECTION_OUTCOME_H

#include "base/buf.h"
#include "base/out.h"
#include "election/outcome.h"
#include "report/emit.h"

/* "second round between A and B on 7 April 2024", plain text without the
   brackets of what is unverified. */
void election_outcome_headline(struct buf *, const struct outcome *,
    const struct standing *);
/* "on 7 April 2024"; "between 1 and 29 July 2024"; what is not known. */
void election_outcome_when(struct buf *, const struct outcome_window *);

/* For the terminal: the headline and a line for each thing below it. */
void election_outcome_text(struct out *, const struct outcome *,
    const struct outcome_question *, unsigned width);

/* The member `outcome`, an object:

	kind unopposed scope winner between[]
	date date_window{from until known words article unverified}
	inauguration inauguration_window{...}
	article basis share shares{found valid} law
	unverified doubtful_basis reasons[] ties[]

   `date` and `inauguration` are texts only if the law fixes one day; a window
   is null if there is no such thing, and its ends are null if they are open.
   Shares are parts of one, to six places. */
void election_outcome_json(struct emit *, const struct outcome *,
    const struct outcome_question *);
/* The same member where nothing was decided: not_applicable, and why. */
void election_outcome_none(struct emit *, const char *why);

#endif
