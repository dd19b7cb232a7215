/*
 * The output folder of one case: files of mode 0600 in a new or empty folder,
 * written without a name (under other names where the file system knows no
 * such files) and given their own when all is whole.
 */
#ifndef EXAMINE_OUTPUT_H
#define EXAMINE_OUTPUT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

struct output;

/* ERR_DENIED if a folder of that name would lie inside the evidence; asked
   before it is made, for evidence is never changed.  ERR_MISSING if the folder
   above it is not there. */
enum err output_outside(const char *folder, const char *evidence);

/* Makes the folder, or takes an empty one.  ERR_KIND if it is not empty,
   ERR_DENIED if it lies inside the evidence. */
enum err output_new(struct output **, struct arena *, const char *folder,
    const char *evidence);

/* A new file below the folder ("records/ios_sms.jsonl"), for writing; owned by
   the output. -1 if it cannot be made. */
int output_file(struct output *, const char *name);

/* A file without a name, owned by the caller; or -1.  Its room on the disk is
   given back at the end of the output. */
int output_scratch(struct output *);

/* Whether the disk is as good as full. */
bool output_full(const struct output *);

/* Drops a file again (one that is not whole). */
void output_drop(struct output *, const char *name);

/* Closes all files and gives them their names; on an error nothing is kept. */
enum err output_commit(struct output *);

/* Takes away everything that was made (after an error). */
void output_abandon(struct output *);

/* Begins to hash the files there are so far, in the background: nobody may
   write to them any more. */
void output_sums_begin(struct output *);

/* What was written, sorted by name, with sizes and SHA-256. */
struct output_sum {
	const char *name;
	uint64_t size;
	char sha256[65];
};
enum err output_sums(struct output *, struct arena *,
    const struct output_sum **, unsigned *n);

#endif
