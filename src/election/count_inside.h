/*
 * Between the files of a count.  Not for others.
 */
#ifndef ELECTION_COUNT_INSIDE_H
#define ELECTION_COUNT_INSIDE_H

#include "election/count.h"
#include "election/places.h"
#include "election/relation.h"
#include "election/rows.h"

#define COUNT_FAULTS	100	/* more are counted, not told */
#define COUNT_ENOUGH	1000	/* faults of rows; then no more are read */
#define COUNT_SAME	10000	/* stations that only their district tells
				   apart: each is looked at */
#define COUNT_FILES	1000
#define COUNT_VERSIONS	100	/* of one protocol */
#define COUNT_CONTROLS	64	/* over all profiles */
#define COUNT_TOLD	1000	/* versions, annulled stations told by name */

/* Marks of a row. */
#define ROW_SUPERSEDED	1u
#define ROW_ANNULLED	2u
#define ROW_LISTED	4u
#define ROW_BROKEN	8u
#define ROW_COUNTED	16u

struct count_file {		/* a file that was read */
	struct tally_file told;
	const struct profile *profile;	/* NULL: none fitted */
	struct count_plans *plans;
};

/* The relations of a profile, bound to the form. */
struct count_plans {
	const struct profile *profile;
	const struct relation_plan *plans[COUNT_CONTROLS];
	unsigned control[COUNT_CONTROLS];	/* number in the tally */
	unsigned n;
	uint64_t held;		/* rows of which all held */
};

struct count {
	struct count_setup setup;
	struct arena arena;
	struct form form;
	struct rows rows;
	struct places places;		/* regions, territories */
	struct places words;		/* districts, versions, reasons */
	struct buf registered;		/* int32 by row: from a list; or -1 */
	bool listed;
	uint64_t unlisted;

	struct count_file files[COUNT_FILES];
	unsigned nfiles;
	struct tally_fault faults[COUNT_FAULTS];
	unsigned nfaults;
	uint64_t faults_in_all;

	struct tally_annulled annulled[COUNT_TOLD];
	uint32_t annulled_rows[COUNT_TOLD];
	unsigned nannulled;
	struct tally_station unmet[COUNT_TOLD];
	unsigned nunmet;

	bool versions;			/* some protocol came twice */
	struct tally_version told[COUNT_TOLD];
	unsigned ntold;
	uint64_t told_in_all;

	struct tally_control controls[COUNT_CONTROLS];
	unsigned ncontrols;
	struct tally_failure failures[TALLY_FAILURES];
	unsigned nfailures;
	uint64_t failures_in_all;

	/* count_end */
	struct tally_node *nodes;	/* in their order */
	unsigned nnodes;
	uint32_t *node_of;		/* by place: index of the node */
	uint64_t *sums;			/* nodes * lines */
	bool ended;
};

void count_fault(struct count *, uint32_t file, uint64_t line,
    uint32_t column, const char *why);
/* The text of a word by its number; empty for PLACES_NONE. */
struct bytes count_word(const struct count *, uint32_t);
/* The station of a row as the tally tells it (node: after count_nodes). */
struct tally_station count_station(const struct count *, uint32_t row);
/* count_versions.c: which row of a station holds. */
void count_versions(struct count *);
/* count_names.c: a fault for each station that would be counted twice, for it
   is written in two ways. */
bool count_names(struct count *);
/* count_sums.c: a fault for each row that is the sum of others; after adding
   up, and on a fault the sums are of no use any more. */
bool count_sums(struct count *);
/* count_nodes.c: nodes in their order. */
bool count_nodes(struct count *);
/* count_check.c: controls over a row; whether it may be counted. */
bool count_plans(struct count *);
bool count_check(struct count *, uint32_t row, const struct row *,
    const int64_t *values);
void count_checked(struct count *);	/* once, after all rows */
/* count_pictures.c: the histogram, the cells, the anomaly. */
bool count_pictures(struct count *, struct tally *);

#endif
