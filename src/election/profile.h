/*
 * Profiles: how the columns of a file of results are recognised, which
 * relations must hold, and what the figures are.  docs/results.md describes
 * the file (data/profiles/NAME.yaml, or a user's own mapping).
 */
#ifndef ELECTION_PROFILE_H
#define ELECTION_PROFILE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "election/form.h"
#include "election/relation.h"
#include "format/yaml.h"

enum column_is {
	COLUMN_LINE,		/* a number of the protocol */
	COLUMN_CANDIDATE, COLUMN_REGION, COLUMN_DISTRICT, COLUMN_TERRITORY,
	COLUMN_STATION, COLUMN_VERSION, COLUMN_REASON,
	COLUMN_STATUS,		/* what became of the protocol: "annulled" is no
				   result */
	COLUMN_IGNORED,
	/* Of files with a row for each number ("long"). */
	COLUMN_KEY,		/* what the number is: a line or a candidate */
	COLUMN_VALUE,
	COLUMN_CONTEST,		/* what is voted on, if a file has several */
	COLUMN_OTHER,		/* a number of the protocol that has no key but
				   its header: summed, in no relation */
	COLUMN_UNKNOWN		/* no rule fits it: a fault */
};

enum figure { FIGURE_REGISTERED, FIGURE_ISSUED, FIGURE_FOUND, FIGURE_VALID,
    FIGURE_INVALID, FIGURE_BLANK,
    FIGURE_TURNOUT,	/* who took part, where pictures and the anomaly ask:
			   ballots issued if the profile does not say */
    FIGURE_COUNT };
const char *figure_name(enum figure);

struct profile;			/* opaque */

struct profile_relation {
	struct bytes id, law;		/* "R1"; the law's words, or empty */
	bool hard;
	const struct relation *relation;
	struct bytes text;
};

/* NULL and the fault.  Patterns are compiled here (PCRE2), outside the jail
   or inside. */
const struct profile *profile_read(struct bytes yaml, struct arena *,
    struct yaml_fault *);
struct bytes profile_name(const struct profile *);
/* What a column is; key: of a COLUMN_LINE.  Headers are compared as the
   profile's rules say, the first that fits; case is ignored, runs of blanks
   count as one. */
enum column_is profile_column(const struct profile *, struct bytes header,
    struct bytes *key);
/* The same of a text in the COLUMN_KEY of a row. */
enum column_is profile_row(const struct profile *, struct bytes text,
    struct bytes *key);
/* The header with runs of blanks made one and none at the ends; no room in the
   arena: empty, and bad. */
struct bytes profile_clean(struct bytes header, struct arena *);
/* Whether rows of this contest are wanted: what the profile says, else all. */
bool profile_wants(const struct profile *, struct bytes contest);
/* Whether the profile picks a contest: else a file may hold one alone. */
bool profile_picks(const struct profile *);
/* Whether a candidate's header is the line against all. */
bool profile_against_all(const struct profile *, struct bytes header);
/* What kind of vote the candidates' headers show: "president", "parliament",
   "referendum"; empty if the profile cannot tell. */
struct bytes profile_vote(const struct profile *, const struct form *);
const struct profile_relation *profile_relations(const struct profile *,
    unsigned *n);
/* Whether a figure is made of that line. */
bool profile_figures_need(const struct profile *, struct bytes key);
/* The formula of a figure, or NULL. */
const struct relation *profile_figure(const struct profile *, enum figure);
/* How well a header row fits: the number of columns recognised, other than
   candidates, other numbers and ignored ones.  *missing: the first that the
   profile requires and the row lacks, else empty; the lines of a long file
   stand in its rows, and are not asked for. */
unsigned profile_fits(const struct profile *, const struct bytes *headers,
    unsigned n, struct bytes *missing);
/* The first line that the profile requires and the form lacks, else empty. */
struct bytes profile_lacks(const struct profile *, const struct form *);

#endif
