/*
 * Counting: protocols come in, each is kept small, and at the end they are
 * checked, added up and told.  In the jail; knows no file and no law.
 *
 * The order in which protocols come changes nothing but the numbers of files
 * and lines that are told with a fault.
 */
#ifndef ELECTION_COUNT_H
#define ELECTION_COUNT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "election/form.h"
#include "election/profile.h"
#include "election/tally.h"

#define COUNT_STATIONS	4000000	/* four times India's polling stations */
#define COUNT_BYTES	(1024UL * 1024UL * 1024UL)

/* A station that a list names: of --stations or --annul. */
struct count_listed {
	struct bytes region, district, territory, station, reason;
	int64_t registered;	/* FORM_EMPTY: the list does not say */
	unsigned file;
	uint64_t line;
};

struct count_setup {
	bool accept_broken;
	bool pictures, anomaly;
	struct bytes leader;	/* a part of the candidate's name; empty: the
				   one with most votes */
};

struct count;			/* opaque */

struct count *count_new(const struct count_setup *);	/* NULL: no memory */
void count_free(struct count *);			/* NULL is allowed */
/* Where readers put protocols and faults. */
struct form_sink count_sink(struct count *);
/* Tells that a file was read, with its profile (borrowed) and what came. */
void count_file(struct count *, struct bytes name, const struct profile *,
    struct bytes format, uint64_t protocols);
/* Stations that there are, and stations whose results were annulled; the
   texts are copied. */
void count_expect(struct count *, const struct count_listed *);
void count_annul(struct count *, const struct count_listed *);
/* Once, after all files: adds up.  What the tally holds lives until
   count_free.  ERR_MEMORY. */
enum err count_end(struct count *, struct tally *);

/* Each station in the order of the tally, after count_end. */
enum count_state { COUNT_COUNTED, COUNT_MISSING, COUNT_BROKEN, COUNT_ANNULLED };
struct count_station {
	uint32_t node;
	struct bytes district, name;
	enum count_state state;
	const int64_t *values;	/* by line of the tally; FORM_EMPTY */
	uint32_t file;
	uint64_t line;
};
/* Calls f for each until it says false. */
enum err count_stations(const struct count *,
    bool (*f)(void *ctx, const struct count_station *), void *ctx);

#endif
