/*
 * What the parent and the workers that take files out of a backup say to each
 * other, inside of WIRE_ASK and WIRE_NOTE.
 */
#ifndef EXAMINE_EXTRACT_WIRE_H
#define EXAMINE_EXTRACT_WIRE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "base/hash.h"
#include "base/limits.h"
#include "crypt/keys.h"
#include "examine/extract.h"

enum { EXTRACT_PLAN, EXTRACT_FILES };	/* modes of the job */

/* Files that a worker opens by number. */
enum { EXTRACT_DB, EXTRACT_WAL, EXTRACT_ROLLBACK, EXTRACT_NDB };

/* What lies beside the files and is copied too, by number; the first three are
   those above. */
#define EXTRACT_ROOTS	7
extern const char *const extract_roots[EXTRACT_ROOTS];

/* Arguments of JOB_EXTRACT; its descriptor, if there are keys: struct keys. */
struct extract_job {
	uint32_t mode;
	bool names, keys;
	uint32_t workers, worker;	/* every n-th file, from this */
	uint64_t from;			/* none before this */
	struct bytes manifest;		/* wrapped key of Manifest.db */
	uint32_t nroots;
	uint8_t roots[EXTRACT_ROOTS];	/* numbers: the first files */
	uint32_t nonly;
	struct bytes only[EXTRACT_ONLY_MAX];
};
void extract_put_job(struct buf *, const struct extract_job *);
bool extract_read_job(struct extract_job *, struct bytes);

/* Texts of a row are cut to what nothing sound has. */
#define EXTRACT_ID	64
#define EXTRACT_TEXT	LIMIT_PATH_BYTES
#define EXTRACT_NAME	(2 * LIMIT_PATH_BYTES + 1)
#define EXTRACT_WHY	200

/* Notes by their first byte: */
#define EXTRACT_NOTE_ROWS	'P'	/* of the plan: extract_row, ... */
#define EXTRACT_NOTE_GAP	'G'	/* offset (u64), why */
#define EXTRACT_NOTE_UNMATCHED	'U'	/* number of an `only` (u32) */
#define EXTRACT_NOTE_LAST	'L'	/* an extract_said without request */

/* One wanted file: its ID, and with names its domain and path as a name. */
struct extract_wanted {
	struct bytes id, name;
};
void extract_put_wanted(struct buf *, const struct extract_wanted *);
bool extract_read_wanted(struct extract_wanted *, struct cur *);

enum extract_outcome {
	EXTRACT_NOT_WRITTEN,
	EXTRACT_WRITTEN,
	EXTRACT_DISK_FULL,
	EXTRACT_WRITE_ERROR,
	EXTRACT_OUTCOMES
};

/* What became of a file. */
struct extract_result {
	uint64_t row;
	struct bytes id, domain, path;
	enum extract_outcome outcome;
	struct bytes why;		/* what is odd, or none */
	bool has_manifest_size, has_source;
	uint64_t manifest_size;
	uint64_t source_size, size;
	uint8_t source_sha256[HASH_SHA256], sha256[HASH_SHA256];
};

/* WIRE_ASK: what became of the last file, and a question for the next: two
   descriptors, to read and to write, and the size to read.  Without them the
   answer says why; its size is 1 if the worker is not to look at the row at
   all, and if `why` is empty too the row is done. */
struct extract_said {
	bool has_result, has_request;
	struct extract_result result;
	uint64_t row;
	struct extract_wanted wanted;
};
void extract_put_said(struct buf *, const struct extract_said *);
bool extract_read_said(struct extract_said *, struct bytes);

#endif
