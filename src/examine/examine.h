/*
 * One check, from evidence to result.
 */
#ifndef EXAMINE_EXAMINE_H
#define EXAMINE_EXAMINE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "record/result.h"

struct examine;			/* opaque: a session and the indicators */
struct output;			/* examine/output.h */
struct unlocked;		/* examine/unlock.h */

enum err examine_new(struct examine **);
void examine_free(struct examine *);

/* Reads bundles (files) into the index.  A file that cannot be opened is a
   note of the index, not an error. */
enum err examine_indicators(struct examine *, const char *const *files,
    unsigned n);

/* The index of the session; NULL if none was read. */
const struct index *examine_index(const struct examine *);

struct examine_options {
	unsigned workers;		/* at once; 0: as many as processors */
	bool hash_all;			/* every file, not only those read */
	struct output *output;		/* NULL: nothing is written */
	bool no_records;		/* nor records and timeline to it */
	const struct unlocked *keys;	/* of an encrypted backup, or NULL */
	/* Called now and then, if not NULL: what is read, and the bytes of all
	   files handed out so far.  The file's name is not escaped. */
	void (*progress)(void *ctx, const char *artifact, struct bytes file,
	    uint64_t bytes, uint64_t records);
	void *ctx;
};

/* Why a folder was not examined. */
enum refusal {
	REFUSAL_NONE = 0,
	REFUSAL_MISSING,	/* no such folder */
	REFUSAL_DENIED,		/* it may not be read */
	REFUSAL_FILE,		/* a file, not a folder */
	REFUSAL_NO_BACKUP,
	REFUSAL_MANY,		/* more backups than one run takes */
	REFUSAL_NO_INFO,	/* Manifest.db without Info.plist */
	REFUSAL_NO_MANIFEST,	/* Info.plist without Manifest.db */
	REFUSAL_MBDB,
	REFUSAL_BY_DOMAIN,
	REFUSAL_ENCRYPTED,	/* and there is no password */
	REFUSAL_PASSWORD,	/* it is the wrong one */
	REFUSAL_KEY_FILE,
	REFUSAL_KEYBAG,		/* encrypted, and never to be opened */
	REFUSAL_BAD_MANIFEST,
	REFUSAL_MACHINE		/* this machine failed: see err */
};

/* What is wrong and what to do, two or three sentences. */
const char *refusal_text(enum refusal);

/* Examines one backup folder.  The case is owned by the caller and holds its
   result; on a refusal there is none.  *err is set with REFUSAL_MACHINE. */
struct examine_case;
enum refusal examine_backup(struct examine *, const char *folder,
    const struct examine_options *, struct examine_case **, enum err *);
/* After REFUSAL_BAD_MANIFEST and REFUSAL_KEYBAG: what was the matter, one
   phrase; else "". */
const char *examine_detail(const struct examine *);
/* For signal handlers: the check under way ends with REFUSAL_MACHINE and
   ERR_WORKER, and so does every later one. */
void examine_stop(void);
bool examine_stopped(void);
const struct result *examine_result(const struct examine_case *);
void examine_case_free(struct examine_case *);

/* The backups at a path: the folder itself, or its children that are backups,
   sorted by name.  Paths live in the arena. */
enum refusal examine_find(const char *path, struct arena *,
    const char *const **folders, unsigned *n);

#endif
