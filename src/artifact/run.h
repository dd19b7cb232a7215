/*
 * One artifact being examined, inside a worker: what artifacts call to get at
 * their files, and where their records and findings go.
 */
#ifndef ARTIFACT_RUN_H
#define ARTIFACT_RUN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "format/plist.h"
#include "format/sqlite.h"
#include "record/gap.h"
#include "record/rule.h"
#include "record/val.h"
#include "source/member.h"

struct artifact;
struct run;
struct view;

/* --- files --------------------------------------------------------------- */

/* The whole file, at most `max` bytes; none after a gap (missing, too large,
   not readable).  Lives until the next file of the artifact. */
struct bytes run_load(struct run *, const struct member *, size_t max);

/* Its first bytes, at most n; none after a gap. */
struct bytes run_head(struct run *, const struct member *, size_t n);

/* The file as a property list; false after a gap. */
bool run_plist(struct run *, const struct member *, struct plist *root);

/* The file as a database, with its wal and journal; NULL after a gap.  Closed
   by the caller of the artifact, after the file. */
struct sqlite *run_sqlite(struct run *, const struct member *);

/* The first of the artifact's `also` files whose path ends with `tail`, or
   NULL. */
const struct member *run_also(struct run *, const char *tail);

/* The files of the artifact one by one, `also` ones too; NULL past the end. */
const struct member *run_member(struct run *, unsigned);

/* Looks into another file of the artifact while one is in hand: every row of
   a table, with the columns named (unset where there is none).  No such table
   is no gap; what is damaged is one, unless the file has its own turn. */
#define RUN_LOOK_COLUMNS	16
void run_look(struct run *, const struct member *, const char *table,
    const char *const *columns, unsigned ncolumns,
    void (*row)(void *ctx, const struct val *), void *ctx);

/* A property list that lies in a value, into the scratch memory; false after a
   gap.  Any damage in it is one gap, `why`. */
bool run_plist_within(struct run *, struct bytes, const char *why,
    struct plist *root);

/* --- tables -------------------------------------------------------------- */

#define RUN_END	(-1)		/* of a list of fields */

/* One way to fill the fields from a table; artifacts of one table need none
   of this.  `from` replaces the `from` of all fields (NULL: not filled). */
struct view {
	const char *table;		/* "a|b" */
	const struct reference *refs;
	const char *const *from;	/* nfields; NULL: the fields' own */
	/* Called for each row, with the fields filled; it may fill more, and
	   then calls run_record.  NULL: run_record is called at once. */
	void (*row)(struct run *, struct val *);
	bool optional;			/* no gap if there is no such table */
	/* Fields with a `from` that `row` reads or writes, ended by RUN_END:
	   the others are filled after it, and only for records that are matched
	   by them, judged by them or told.  NULL: all are filled before it. */
	const short *reads;
	/* Fields without a `from` that `row` sets, ended by RUN_END.  NULL: any
	   of them. */
	const short *sets;
	/* Completes a record that is told, as a line or in a finding: all of
	   its fields are filled.  Of what is matched or judged it changes
	   nothing, but may unset what another field says too.  It may be
	   called again. */
	void (*late)(struct val *);
};

/* Scans the table; false (and a gap, unless optional) if there is none. */
bool run_view(struct run *, struct sqlite *, const struct view *);

/* A value of the row that run_view is at, that is no field: a column of the
   view's table (no references); unset if there is none. */
struct val run_column(struct run *, const char *column);

/* --- records ------------------------------------------------------------- */

/* Where the record lies: a rowid, or its number in the file from 1; run_view
   sets it. */
void run_row(struct run *, int64_t);

/* One record: matched against the indicators, judged, counted, written and put
   on the timeline.  v has one value per field; all borrowed. */
void run_record(struct run *, const struct val *v);

/* A finding about the record in hand (in judge), or about values given here.
   The same rule on more than a few records of an artifact is one finding with
   a count. */
void run_finding(struct run *, enum rule);
void run_finding_about(struct run *, enum rule, const struct val *v);

/* Fills what was left out so far of the record in hand (in judge). */
void run_whole(struct run *);

/* A gap in the file in hand. */
void run_gap(struct run *, uint64_t offset, const char *why);
const struct gap_sink *run_gaps(struct run *);

/* --- memory -------------------------------------------------------------- */

struct arena *run_scratch(struct run *);	/* emptied after each record */
struct arena *run_keep(struct run *);		/* for the whole artifact */
void **run_state(struct run *);			/* the artifact's own pointer */
const struct field *run_fields(const struct run *);
unsigned run_nfields(const struct run *);
const struct artifact *run_artifact(const struct run *);

/* --- only for artifacts that describe the evidence ------------------------ */

/* A fact about the device: key as in the case's `device` object. */
void run_device(struct run *, const char *key, struct bytes value);

/* Whether only files are to be named: no records, and what is damaged is told
   by another run. */
bool run_locating(const struct run *);

/* A file that the manifest names: kept for the artifacts that ask for it. */
void run_found(struct run *, const struct member *);

#endif
