/*
 * Taking a backup's files out of it: decrypted if it is encrypted, copied if
 * not, into a folder where they then lie in clear.  Workers read and decrypt;
 * the parent opens what they ask for, and names what they made.
 *
 * The work can be broken off at any time and goes on with the same call: each
 * file that is whole stands in a journal, which in the end becomes files.jsonl.
 */
#ifndef EXAMINE_EXTRACT_H
#define EXAMINE_EXTRACT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "examine/examine.h"

/* Files of one backup; the largest phones known have about two million. */
#define EXTRACT_FILES_MAX	4194304u
#define EXTRACT_ONLY_MAX	256u
/* Bytes of all --only together. */
#define EXTRACT_ONLY_BYTES	32768u
#define EXTRACT_LIST		"files.jsonl"

struct extract_options {
	const char *folder;		/* where to; made if it is not there */
	bool names;			/* DOMAIN/PATH, not xx/FILEID */
	/* DOMAIN/PATH: text_glob of each part, cut at the first slash; without
	   one, all of the domain.  None: every file, Manifest.db and the
	   property lists beside it too (unless `names`). */
	const char *const *only;
	unsigned nonly;
	unsigned workers;		/* 0: as many as processors */
	const struct unlocked *keys;	/* of an encrypted backup, or NULL */
	/* Now and then, if not NULL. */
	void (*progress)(void *ctx, uint64_t files, uint64_t of,
	    uint64_t bytes);
	void *ctx;
};

struct extract_sum {
	uint64_t files;			/* that were wanted */
	uint64_t written, bytes;	/* of them, and their bytes */
	uint64_t odd;			/* of the written: something is odd */
	uint64_t failed;		/* not written */
	uint64_t before;		/* done already when this run began */
	uint64_t gaps;			/* places of Manifest.db that cannot be
					   read: files may be missing */
	bool unmatched[EXTRACT_ONLY_MAX]; /* by `only`: no file is of it */
	enum refusal refusal;		/* EXTRACT_EVIDENCE */
	enum err err;			/* EXTRACT_MACHINE */
};

enum extract_end {
	EXTRACT_DONE = 0,
	EXTRACT_EVIDENCE,	/* the backup: see refusal, examine_detail */
	EXTRACT_NOTHING,	/* no file is wanted */
	EXTRACT_MANY,		/* more than EXTRACT_FILES_MAX */
	EXTRACT_INSIDE,		/* the folder lies in the evidence */
	EXTRACT_ABOVE,		/* the folder above it is not there */
	EXTRACT_FOREIGN,	/* it holds something else */
	EXTRACT_OTHER,		/* ... another backup's files */
	EXTRACT_OPTIONS,	/* ... the same backup's, by other options */
	EXTRACT_BUSY,		/* another process works there */
	EXTRACT_DENIED,		/* it may not be written */
	EXTRACT_FULL,		/* the disk is full; it can go on later */
	EXTRACT_MACHINE		/* see err; it can go on later */
};

/* What is wrong and what to do, one sentence without its full stop. */
const char *extract_text(enum extract_end);

enum extract_end extract_run(struct examine *, const char *backup,
    const struct extract_options *, struct extract_sum *);

#endif
