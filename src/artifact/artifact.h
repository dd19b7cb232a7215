/*
 * An artifact: one file or family of files with meaning, and how its bytes
 * become records.  An artifact is one file of this folder and one line of
 * list.h.
 */
#ifndef ARTIFACT_ARTIFACT_H
#define ARTIFACT_ARTIFACT_H

#include "artifact/run.h"
#include "record/field.h"
#include "record/rule.h"

/* Where a file lies: the domain of a backup (NULL: any; * as in text_glob)
   and the path below it (* and ** as in text_glob). */
struct place {
	const char *domain;
	const char *path;
};

/* This column holds the key of a row of that table: its rowid, or, where
   `key` is named, the value of that column (unique, or the first is taken).
   Where one column leads to two tables, a path says which: "id@target.x". */
struct reference {
	const char *table, *column, *target, *key;
};

/* In what evidence Apple puts it. */
enum artifact_in {
	ARTIFACT_IN_ANY = 0,
	ARTIFACT_IN_ENCRYPTED,	/* since iOS 13 only in encrypted backups */
	ARTIFACT_IN_ROOT	/* beside the Manifest, always there */
};

struct artifact {
	const char *name;	/* platform first: ios_safari_history */
	const char *about;	/* one short phrase */
	enum artifact_in in;
	/* Its files; ended by { NULL, NULL }. */
	const struct place *places;
	/* Files that are only looked into for names and the like. */
	const struct place *also;
	/* The usual case, one table of one database: */
	const char *table;		/* "a|b": the first that exists */
	const struct reference *refs;	/* ended by all NULL; or NULL */
	const struct field *fields;
	unsigned nfields;
	/* Looks at one record, after it was matched. */
	void (*judge)(struct run *, const struct val *);
	/* The fields with a `from` that judge looks at before it calls
	   run_whole, ended by RUN_END.  NULL: all. */
	const short *judged;
	/* Its databases are those of another artifact too, which tells of what
	   is damaged in them where this one does not look. */
	bool shares;
	/* Else, code that reads one file whole (instead of `table`). */
	void (*read)(struct run *, const struct member *);
	/* After the last file; may be NULL. */
	void (*end)(struct run *);
};

/* The artifacts in order, and how many. */
const struct artifact *artifact_at(unsigned);
unsigned artifact_count(void);

/* Its place in the list, or -1. */
int artifact_find(const char *name);

/* Whether a file of a backup is one of the places.  `suffix` is what it has
   beyond a place: "" , "-wal" or "-journal". */
bool artifact_place(const struct place *, struct bytes domain,
    struct bytes path, const char **suffix);

#define ARTIFACT(name) extern const struct artifact artifact_##name;
#include "artifact/list.h"
#undef ARTIFACT

#endif
