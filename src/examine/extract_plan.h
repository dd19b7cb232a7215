/*
 * Which files are to be taken out, under which names, and what became of them:
 * about sixty bytes for each.  Names come from evidence and are hostile.
 */
#ifndef EXAMINE_EXTRACT_PLAN_H
#define EXAMINE_EXTRACT_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/bytes.h"
#include "base/err.h"
#include "examine/extract_wire.h"

#define EXTRACT_JOURNAL		".ostrakon-decrypt"
#define EXTRACT_PART		".ostrakon-part-"

/* Why a file gets no name. */
enum extract_name {
	EXTRACT_NAME_FINE = 0,
	EXTRACT_NAME_ID,	/* no file ID: nobody knows where it lies */
	EXTRACT_NAME_PARTS,	/* absolute, an empty part, "." or ".." */
	EXTRACT_NAME_LONG,
	EXTRACT_NAME_TEXT,	/* control characters, or no UTF-8 */
	EXTRACT_NAME_OURS,	/* files of our own bear it */
	EXTRACT_NAME_TWICE,	/* an earlier file has it */
	EXTRACT_NAME_FOLDER,	/* it is a folder of an earlier file */
	EXTRACT_NAME_BELOW,	/* it lies below an earlier file */
	EXTRACT_NAMES
};
const char *extract_name_text(enum extract_name);

/* Whether a path can stand below the output folder. */
enum extract_name extract_name_check(struct bytes);

#define EXTRACT_ID_BYTES	40
bool extract_id_ok(struct bytes);

#define EXTRACT_OPEN	UINT64_MAX	/* nothing became of it yet */

struct extract_row {
	uint64_t key;		/* of its name; 0: it gets none, and */
	uint64_t inode;		/* ... this is why; else its file's, once it
				   is there */
	uint64_t at;		/* where the journal tells of it */
};

#define EXTRACT_BLOCK	4096u		/* rows in one piece of memory */

struct extract_plan {
	struct arena rows, table;
	struct extract_row *blocks[EXTRACT_FILES_MAX / EXTRACT_BLOCK];
	uint64_t n;
	uint64_t *slots;	/* names of files and folders */
	uint64_t nslots, used;
};

void extract_plan_init(struct extract_plan *);
void extract_plan_free(struct extract_plan *);

/* The next file; ERR_MEMORY if there are too many. */
enum err extract_plan_add(struct extract_plan *, enum extract_name fault,
    struct bytes name);

struct extract_row *extract_plan_row(const struct extract_plan *, uint64_t);

/* Whether this is the row's name. */
bool extract_plan_is(const struct extract_row *, struct bytes name);

/* Whether one of the files that are there is this one. */
bool extract_plan_has(const struct extract_plan *, uint64_t inode);

#endif
