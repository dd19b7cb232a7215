/*
 * Running one artifact over its files: for the worker, tests and fuzzers.
 * Artifacts themselves only see run.h.
 */
#ifndef ARTIFACT_ENGINE_H
#define ARTIFACT_ENGINE_H

#include <stdbool.h>
#include <stdint.h>

#include "artifact/artifact.h"
#include "base/input.h"
#include "indicator/index.h"
#include "record/finding.h"

/* Where everything goes.  Any of them may be NULL. */
struct sink {
	void *ctx;
	/* Opens a member; false if it is missing or cannot be read: `why` then
	   says so.  Where it can be read but is odd, `why` says that, and true
	   is given; else it is left alone.  The input lives until `closed`. */
	bool (*open)(void *ctx, const struct member *, struct input *,
	    const char **why);
	/* The files opened so far are no longer needed. */
	void (*closed)(void *ctx);
	/* A new finding.  Later occurrences of it come through `again`, once,
	   at the end: findings are counted from 0 in order of `finding`. */
	void (*finding)(void *ctx, const struct finding *);
	void (*again)(void *ctx, uint32_t which, uint64_t count, int64_t first,
	    int64_t last);
	/* One observation of an indicator that needs several in the case. */
	void (*part)(void *ctx, uint32_t part, const struct finding *);
	void (*gap)(void *ctx, uint32_t member, const struct gap *);
	/* A record as one line of JSON, with its newline. */
	void (*line)(void *ctx, struct bytes);
	/* One event of the timeline.  Both texts are borrowed, the message is
	   not escaped.  What happened to a record at one time is one event,
	   "file modified; file created". */
	void (*event)(void *ctx, int64_t time, int64_t row, const char *what,
	    struct bytes message);
	void (*device)(void *ctx, const char *key, struct bytes value);
	void (*found)(void *ctx, const struct member *);
	/* Now and then, with the bytes of records seen so far. */
	void (*progress)(void *ctx, uint64_t records);
};

struct engine {
	unsigned artifact;		/* place in the list */
	const struct index *index;	/* NULL: no indicators */
	const struct member *members;	/* of this artifact, `also` ones too */
	unsigned nmembers;
	const struct sink *sink;
	size_t memory;			/* limit of its arenas, bytes */
	bool brief;			/* lines without what says nothing
					   (record/line.h) */
	bool locate;			/* only name the files that artifacts
					   ask for (run_found): no records */
};

struct engine_counts {
	uint64_t records;
	uint32_t members;		/* files of its own that were read; not
					   those that gave nothing but a gap */
	uint32_t gaps;
};

/* Runs it.  ERR_MEMORY if a limit was reached: what was found before stands,
   and the caller makes it a gap. */
enum err engine_run(const struct engine *, struct engine_counts *);

#endif
