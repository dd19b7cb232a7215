/*
 * Reading files of results into protocols: CSV wide and long, zip archives of
 * them, and NIST SP 1500-100 JSON.  In the jail.
 */
#ifndef ELECTION_READ_RESULTS_H
#define ELECTION_READ_RESULTS_H

#include "base/arena.h"
#include "base/bytes.h"
#include "base/input.h"
#include "election/form.h"
#include "election/profile.h"

struct results_file {
	struct input input;
	struct bytes name;	/* for messages, and to tell members apart */
	unsigned number;
};

struct results_read {		/* what came of it */
	uint64_t rows;		/* protocols, the empty ones too */
	const struct profile *profile;	/* the one that fitted; or NULL */
	struct bytes format;	/* "csv wide", "csv long", "nist" */
};

/* Reads one file (an archive: each of its members that is no folder).  Picks
   the profile that fits best.  Memory of its own comes from the arena. */
void read_results(const struct results_file *, const struct profile *const *,
    unsigned nprofiles, const struct form_sink *, struct arena *,
    struct results_read *);
/* NIST: src/election/nist_read.c; with the lines of the neutral profile, if it
   is among the profiles. */
void nist_read(const struct results_file *, const struct profile *const *,
    unsigned nprofiles, const struct form_sink *, struct arena *,
    struct results_read *);

#endif
