/*
 * Candidates, told: on the terminal and as JSON.  The same bytes for the same
 * input.
 */
#ifndef REPORT_ELECTION_CANDIDATES_H
#define REPORT_ELECTION_CANDIDATES_H

#include "base/out.h"
#include "election/candidate.h"
#include "election/eligibility.h"

struct election_candidates {
	const struct eligibility_setting *set;
	const struct candidates *all;
	const struct eligibility *const *eligible;	/* of each */
};

void election_candidates_text(struct out *,
    const struct election_candidates *, unsigned width);
void election_candidates_json(struct out *,
    const struct election_candidates *);

#endif
