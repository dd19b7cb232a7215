/*
 * Samples: evidence made from text.  tests/artifact/README.md tells what the
 * text may hold.  Used by the artifact tests and by tests/mkbackup.
 */
#ifndef TESTS_SAMPLE_H
#define TESTS_SAMPLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/bytes.h"

struct sample {
	struct arena *arena;	/* for all that is made */
	const char *folder;	/* where the text lies */
	unsigned page_size;	/* of databases that do not say: 512 */
	unsigned scale;		/* what scale() gives in SQL; 0 */
	unsigned redirects;	/* what redirects() gives: of 1,000 visits */
	uint64_t seed;		/* of what is invented */
	const char *stage;	/* a folder: databases are made as files in it
				   and stay there; else in memory */
	unsigned staged;	/* how many were */
	struct buf why;		/* the first fault: "file:line: reason" */
	unsigned depth;		/* of blob_file() within blob_file() */
};

/* What a source was compiled to: in memory, or files of the stage. */
struct sample_made {
	struct bytes data;
	struct bytes wal;	/* or none */
	const char *file, *wal_file;
};

/* One line of a list. */
struct sample_file {
	struct bytes domain;	/* none: beside the Manifest */
	struct bytes path;
	char type;		/* 'f' file, 'd' folder, 'l' link */
	const char *source;	/* its name in the folder */
	struct bytes data;	/* of a file */
	const char *staged;	/* or it lies there */
	struct bytes target;	/* of a link */
	bool missing;		/* in the manifest, but not stored */
	bool plain;		/* without a key in an encrypted backup */
	bool bad_key;		/* its key does not open it */
	uint32_t class;		/* of its key */
	struct bytes key;	/* class and wrapped key; none in clear */
	uint32_t mode, uid;
	uint64_t size;		/* as the manifest is to tell it */
	int64_t birth, mtime, changed;	/* microseconds since 1970 */
};

struct sample sample_with(struct arena *, const char *folder);
void sample_free(struct sample *);

/* A whole file of the folder.  False (and a reason in `why`) if it cannot be
   read, as all functions below. */
bool sample_read(struct sample *, const char *name, struct bytes *text);

/* Compiles NAME.sql, NAME.plist.xml, NAME.txt or NAME.hex by its ending. */
bool sample_source(struct sample *, const char *name, bool xml, bool wal,
    struct sample_made *);

/* Reads a list and compiles what it names.  A wal is a file of its own after
   its database. */
bool sample_list(struct sample *, const char *name,
    const struct sample_file **files, unsigned *n);

/* A property list from XML text, or from the inside of <plist>: binary unless
   `xml`.  <data-plist>, <data-text> and <data-hex> are turned into <data>. */
bool sample_plist(struct sample *, struct bytes text, bool xml,
    struct bytes *out);

/* The archived MBFile of a manifest row. */
bool sample_mbfile(struct sample *, const struct sample_file *,
    struct bytes *out);

/* A database (and its wal, when something is to stay in it). */
bool sample_sql(struct sample *, const char *name, struct bytes script,
    bool wal, struct sample_made *);

/* A message's attributedBody: the text as NSArchiver writes it. */
bool sample_attributed(struct sample *, struct bytes text, struct bytes *out);

/* The name of a file in a backup: SHA-1 of "domain-path", hex. */
#define SAMPLE_ID	40
void sample_id(struct bytes domain, struct bytes path, char id[SAMPLE_ID + 1]);

/* Keeps the first fault; always false. */
bool sample_fault(struct sample *, const char *, ...)
    __attribute__((format(printf, 2, 3)));

#endif
