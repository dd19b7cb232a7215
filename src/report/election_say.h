/*
 * What the terminal, the JSON and the page say of a count in common.  All of it
 * is plain text, not escaped yet.
 */
#ifndef REPORT_ELECTION_SAY_H
#define REPORT_ELECTION_SAY_H

#include "base/buf.h"
#include "election/outcome.h"
#include "election/tally.h"
#include "report/election.h"

/* Figures of a node; -1 if the form does not have one. */
struct election_figures {
	int64_t registered, issued, found, valid, invalid, blank;
	int64_t took_part;	/* ballots issued; without that line, found */
	bool by_found;		/* took_part is ballots found */
};
struct election_figures election_say_figures(const struct tally *,
    const struct tally_node *);

/* Lines of the candidates, most votes in the country first; how many. */
unsigned election_say_order(const struct tally *, unsigned lines[FORM_LINES]);

/* What is voted for: "Candidate", "List", "Answer". */
const char *election_say_choice(const struct tally *);
/* "49.52%", or "-" if it cannot be told. */
void election_say_share(struct buf *, int64_t part, int64_t whole);
/* What votes are measured by, in words; empty if it is no name of that. */
const char *election_say_basis(struct bytes basis);
/* "1,234,567", or "-" if it is not known. */
void election_say_number(struct buf *, int64_t);
/* "17,562.4"; "-" if it is no number. */
void election_say_real(struct buf *, double);
/* "1 station", "2,345 stations". */
void election_say_count(struct buf *, uint64_t n, const char *what);
/* The parts of its place that have names, "Region / Territory / 12". */
void election_say_station(struct buf *, const struct tally *,
    const struct tally_station *);
/* "2018.csv, line 12". */
void election_say_line(struct buf *, const struct tally *,
    const struct tally_station *);
/* "97,699 protocols, csv wide"; "4 annulled stations". */
void election_say_read(struct buf *, const struct tally_file *);
struct bytes election_say_file(const struct tally *, uint32_t file);

/* How often hard relations, or mild ones, are broken in all. */
uint64_t election_say_violations(const struct tally *, bool hard);
/* Which relations were not checked; nothing if all were. */
void election_say_not_checked(struct buf *, const struct tally *);
/* "version 1 gave way to version 2: recount". */
void election_say_version(struct buf *, const struct tally_version *);
/* That stations of the list of annulled ones are not in the results. */
void election_say_unmet(struct buf *, const struct tally *);
/* The sentences on protocols that are missing: what they stand for, and
   whether all stations are known. */
void election_say_missing(struct buf *, const struct tally *);

/* Chance alone passes this once in a thousand times. */
#define ELECTION_SAY_Z	3.09

/* What was looked at, and what else makes such peaks: whole sentences. */
extern const char *const election_say_notes[];	/* ends with NULL */

#endif
