/*
 * A count from the parent's side: opens what the operator named, lets a jailed
 * worker read it, and checks the tally that comes back.
 */
#ifndef ELECTION_COUNT_RUN_H
#define ELECTION_COUNT_RUN_H

#include "base/arena.h"
#include "base/err.h"
#include "election/count_job.h"
#include "election/nist.h"
#include "election/tally.h"

struct count_ask {
	uint32_t kind;			/* of the job, for nursery_job */
	uint32_t flags;			/* COUNT_* of count_job.h */
	const char *const *results;	/* paths; "-" is standard input */
	unsigned nresults;
	const char *profile, *stations, *annul;	/* paths, or NULL */
	const char *leader;		/* or NULL */
	struct nist_about about;
	/* Started by the caller, who has other things to do meanwhile and will
	   stop it; NULL: count_run does both. */
	struct nursery *nursery;
	int stations_fd, nist_fd;	/* with the flags that ask for them */
};

/* The tally lives in the arena.  Else: ERR_MISSING, ERR_DENIED, ERR_IO,
   ERR_KIND (a folder), ERR_FULL, ERR_WORKER, ERR_MEMORY; `why` is one sentence
   that names the file or says how the worker ended. */
/* Ends the run that is under way, which then gives ERR_WORKER; safe in the
   handler of a signal. */
void count_run_stop(void);
enum err count_run(const struct count_ask *, struct arena *, struct tally *,
    char why[300]);

#endif
