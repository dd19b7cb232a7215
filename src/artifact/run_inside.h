/*
 * The inside of a run, shared by run*.c alone.
 */
#ifndef ARTIFACT_RUN_INSIDE_H
#define ARTIFACT_RUN_INSIDE_H

#include "artifact/engine.h"
#include "indicator/match.h"
#include "record/line.h"

struct seen {			/* one finding that was told */
	uint64_t key;
	uint32_t which;
	uint64_t count;
	int64_t first, last;
};

struct table_view;

struct run {
	const struct engine *engine;
	const struct artifact *artifact;
	struct engine_counts counts;
	struct arena keep, file, scratch;
	struct gap_sink gaps;
	void *state;
	/* the file in hand */
	const struct member *member;
	uint32_t file_gaps;		/* told about this file */
	uint64_t file_records;
	struct sqlite *db;
	struct input inputs[3];		/* database, wal, journal */
	struct table_view *view;
	int64_t row;
	/* matching */
	struct match *match;
	const short *matched;		/* fields that are, ended by RUN_END */
	bool told;			/* each record is, as line or events */
	const struct val *record;	/* in hand */
	struct buf line, text;
	struct line *brief;		/* or NULL: lines hold all fields */
	const struct member *named;	/* whose name this is, for lines */
	struct bytes name;
	uint16_t events[16];		/* fields that are times of events */
	unsigned nevents;
	/* findings told so far */
	struct seen *seen;
	uint32_t nseen, nfindings;
	uint32_t per_rule[RULE_COUNT];
	bool full;			/* no more findings are listed */
	bool several;			/* more than one file */
	bool bad;			/* memory */
};

/* run.c: matches one value of a field. */
void run_match_one(struct run *, unsigned field, const struct val *);
/* Forgets the scratch memory, after a gap if it was too small. */
void run_scratch_done(struct run *);

/* run_finding.c */
void run_hits(struct run *, const struct match_hit *, unsigned);
void run_findings_end(struct run *);

/* run_view.c */
void run_view_close(struct run *);
/* What was left out of a record, if it is the one of the view: what is matched
   and judged; and the rest, for it is told. */
void run_view_ready(struct run *, const struct val *);
void run_view_late(struct run *, const struct val *);
/* Matches a record of the view, each field where it is cheapest; false if it
   is none, or is filled already. */
bool run_view_match(struct run *, const struct val *);

/* convert.c: a value as its kind wants it. */
struct val run_convert(struct arena *, enum kind, struct val);

#endif
