/*
 * The broker: opens files of the evidence beneath one folder, read-only, and
 * hashes what it handed out.  It never looks inside.
 */
#ifndef JAIL_BROKER_H
#define JAIL_BROKER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "base/limits.h"
#include "jail/beneath.h"

struct broker;			/* opaque */

/* Files that can be asked for, each counted once. */
#define BROKER_FILES	(3 * LIMIT_MEMBERS)
/* Folders within folders that broker_hash_all goes down. */
#define BROKER_DEPTH	64

/* The folder of the evidence, which may be reached through links.
   ERR_MISSING, ERR_DENIED (also on a kernel before 5.6, which has no
   openat2), ERR_KIND (a file). */
enum err broker_open(struct broker **, const char *folder);

struct broker_file {
	int fd;			/* owned by the caller */
	uint64_t size;
	int64_t mtime;		/* microseconds, or TIME_UNSET */
};

/* Opens a regular file beneath the folder (openat2: beneath, no symlinks, no
   magic links, no FIFO or device).  Its name is "a/b/c", without empty parts,
   "." and "..".  A name may be opened again; it is hashed once.  The SHA-256
   is computed by a thread of the broker while others work.
   ERR_MISSING; ERR_KIND (a folder, a link or one on the way, a device);
   ERR_DENIED (no permission, or no such name can be asked for); ERR_IO;
   ERR_MEMORY (too many files). */
enum err broker_file(struct broker *, struct bytes name, struct broker_file *);

/* Whether a name is there, and what it is: 'f' file, 'd' folder, 'l' link,
   'o' other, 0 absent.  No name: the folder of the evidence. */
char broker_look(struct broker *, struct bytes name);

/* What is in a folder of the evidence (no name: its own); see beneath.h.  For
   the choice of members before anything is read. */
enum err broker_names(struct broker *, struct bytes folder, struct arena *,
    struct beneath_name **, size_t *n);

/* broker_end then also hashes every other regular file beneath the folder. */
void broker_hash_all(struct broker *);

/* broker_end then also writes the list there: its SHA-256 is the evidence
   hash.  Borrowed. */
void broker_list_to(struct broker *, int fd);

/* Waits for the hashes; compares size and time of each file with those when it
   was opened.  May be called once; nothing can be opened after it. */
struct broker_sum {
	char sha256[65];	/* over the sorted list (name, size, SHA-256);
				   see tally.h and docs/evidence-hash.md */
	uint64_t files, bytes;
	unsigned nchanged;
	const struct bytes *changed;	/* names, sorted, in the arena */
	unsigned nunread;
	const struct bytes *unread;	/* could not be read to the end; a
					   folder that could not be listed
					   ends in "/" */
};
enum err broker_end(struct broker *, struct arena *, struct broker_sum *);

/* Also stops the thread.  NULL is allowed. */
void broker_close(struct broker *);

#endif
