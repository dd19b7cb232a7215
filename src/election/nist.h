/*
 * NIST SP 1500-100 version 2, election results in JSON: writing.  Reading is
 * nist_read (election/read_results.h).  docs/format/nist.md tells which line of
 * a protocol goes where.
 */
#ifndef ELECTION_NIST_H
#define ELECTION_NIST_H

#include "base/err.h"
#include "base/out.h"
#include "election/count.h"
#include "election/tally.h"

struct nist_about {
	struct bytes title;	/* of the election; empty: "Election" */
	struct bytes country;	/* of the law; or empty */
	int32_t voting;		/* day of voting; DATE_UNSET: 0001-01-01 cannot
				   be told, so writing is refused */
	unsigned round;
	bool complete;		/* nothing is missing, or the count is closed */
};

enum err nist_write(struct out *, const struct count *, const struct tally *,
    const struct nist_about *);

#endif
