/*
 * What a count comes to: sums from the stations to the country, controls, what
 * is missing.  It passes from the jailed worker to the parent as bytes, and is
 * checked there.
 */
#ifndef ELECTION_TALLY_H
#define ELECTION_TALLY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/bytes.h"
#include "election/anomaly.h"
#include "election/form.h"
#include "election/profile.h"

enum tally_level { TALLY_COUNTRY, TALLY_REGION, TALLY_TERRITORY };

struct tally_node {
	enum tally_level level;
	uint32_t parent;	/* its index; the country's own for itself */
	struct bytes name;
	uint32_t stations;	/* known: with a row, or listed in --stations */
	uint32_t counted, missing, broken, annulled;
	int64_t missing_registered;	/* voters of the missing (and of broken
					   ones left out), or -1 */
	const uint64_t *sums;	/* by line of the form, over the counted */
};

struct tally_control {
	struct bytes id, text, law;
	bool hard;
	bool checked;		/* false: the form lacks a line */
	uint64_t stations;	/* checked over so many */
	uint64_t violations;
	int64_t largest;	/* the largest difference, as a magnitude */
};

struct tally_station {		/* one that is told by name */
	uint32_t node;		/* its territory (or region) */
	struct bytes district, name;
	uint32_t file;
	uint64_t line;
};

#define TALLY_FAILURES	1000	/* more are counted, not listed */
struct tally_failure {
	struct tally_station station;
	uint32_t control;
	bool counted;		/* mild, or accepted */
	struct bytes explained;
};

struct tally_version {		/* a protocol that another superseded */
	struct tally_station station, by;
	struct bytes version, by_version, reason;
};

struct tally_annulled {
	struct tally_station station;
	struct bytes reason;
	uint64_t registered, found;	/* that went with it */
};

struct tally_fault {		/* why the results could not be read */
	uint32_t file;
	uint64_t line;
	uint32_t column;
	struct bytes why;
};

struct tally_file {
	struct bytes name, profile, format;
	uint64_t protocols;
};

#define TALLY_TURNOUT	1000	/* bins of 0.1 %: centres 0.0 to 99.9 */
#define TALLY_CELLS	200	/* bins of 0.5 %: centres 0.0 to 99.5 */

struct tally {
	const struct form_line *lines;
	unsigned nlines;
	struct bytes vote;		/* "president", ...; may be empty */
	/* By line: the figure as a formula over lines, as coefficients; NULL if
	   the form does not have it. */
	const int8_t *figures[FIGURE_COUNT];
	/* The country, then each region followed by its territories, in the
	   order of the names. */
	const struct tally_node *nodes;
	unsigned nnodes;
	const struct tally_control *controls;
	unsigned ncontrols;
	const struct tally_failure *failures;
	unsigned nfailures;
	uint64_t failures_in_all;
	const struct tally_version *versions;
	unsigned nversions;
	uint64_t versions_in_all;
	const struct tally_annulled *annulled;
	unsigned nannulled;
	const struct tally_station *annul_unmet;	/* named, not there */
	unsigned nannul_unmet;
	const struct tally_fault *faults;	/* any: nothing was counted */
	unsigned nfaults;
	uint64_t faults_in_all;
	const struct tally_file *files;
	unsigned nfiles;
	bool stations_listed;		/* --stations was given */
	uint64_t unlisted;		/* protocols of stations not in it */
	int leader;		/* line of the candidate who leads, or -1 */
	/* Pictures: stations by turnout; voters by turnout and the leader's
	   share (TALLY_CELLS rows of TALLY_CELLS).  NULL if not asked for. */
	const uint32_t *turnout;
	const uint64_t *cells;
	const struct anomaly_report *anomaly;	/* or NULL */
};

/* A figure of a node; -1 if the form does not have it. */
int64_t tally_figure(const struct tally *, const struct tally_node *,
    enum figure);
/* Writes it as bytes; reads and checks such bytes (they come from a worker):
   every index in range, texts UTF-8 and bounded, sums that re-add from
   territories to regions to the country.  False if not. */
void tally_write(const struct tally *, struct buf *);
bool tally_read(struct bytes, struct arena *, struct tally *);

#endif
