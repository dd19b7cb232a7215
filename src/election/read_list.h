/*
 * Lists of polling stations: those that there are (region, territory, station,
 * registered voters), and those whose results were annulled (with a reason).
 * CSV with a header; columns are recognised as in results.  In the jail.
 */
#ifndef ELECTION_READ_LIST_H
#define ELECTION_READ_LIST_H

#include "election/count.h"
#include "election/read_results.h"

struct list_sink {
	void (*station)(void *ctx, const struct count_listed *);
	void (*fault)(void *ctx, unsigned file, uint64_t line,
	    uint32_t column, const char *why);
	void *ctx;
};

/* How many lines were told. */
uint64_t read_list(const struct results_file *, const struct profile *const *,
    unsigned nprofiles, const struct list_sink *);

#endif
