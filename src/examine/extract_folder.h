/*
 * The folder that files are taken out to.  Nothing is opened through a link,
 * nothing outside is touched; files are made without a name (under names of our
 * own where the file system knows no such files) and get theirs when they are
 * whole.
 *
 * Its journal says whose files these are, by which options, and which of them
 * are whole.
 */
#ifndef EXAMINE_EXTRACT_FOLDER_H
#define EXAMINE_EXTRACT_FOLDER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "examine/extract.h"
#include "examine/extract_plan.h"

#define EXTRACT_KEPT_FOLDERS	256u	/* open at once: all of a backup */

struct extract_folder {
	int dir;			/* -1: none */
	bool made;			/* by this run */
	int journal;			/* -1: none */
	uint64_t first;			/* where its lines begin */
	uint64_t end;			/* and end */
	bool nameless;			/* files can be, so far as is known */
	struct {
		uint64_t key;
		int fd;			/* if key is not 0 */
	} kept[EXTRACT_KEPT_FOLDERS];
};

/* Whose files are to lie there, as hex digits. */
struct extract_identity {
	char evidence[65], options[65];
};

/* Makes the folder, or takes an empty one, or one where this work was begun,
   and opens its journal.  If the work was finished there, *sum and `finished`
   say so.  On an end other than EXTRACT_DONE there is nothing to free, and a
   folder that was made is gone again. */
enum extract_end extract_folder_open(struct extract_folder *,
    const char *folder, const char *evidence, const struct extract_identity *,
    struct extract_sum *, bool *finished);

void extract_folder_close(struct extract_folder *);

/* A file on its way to a name; zeros and fd -1: none. */
struct extract_part {
	int fd;			/* for reading and writing */
	unsigned number;	/* of its worker */
	bool named;		/* it has a name of ours */
};

/* A new file, made where the name will be; -1 and errno if it cannot be. */
int extract_folder_part(struct extract_folder *, struct extract_part *,
    unsigned number, struct bytes name);

/* Closes it; without its name it is gone.  A part of -1 is allowed. */
void extract_folder_drop(struct extract_folder *, struct extract_part *);

/* Gives it its name and closes it: 0; or errno, and it stays.  EEXIST if
   something has the name (its inode then in *inode, or 0 if it is no file),
   unless `over`. */
int extract_folder_name(struct extract_folder *, struct extract_part *,
    struct bytes name, bool over, uint64_t *inode);

/* A line of the journal: row, size (UINT64_MAX: no file), name, JSON. */
struct extract_line {
	uint64_t row, size;
	struct bytes name, json;
};

/* Appends; *at is its place.  False if it could not be written whole: nothing
   of it stays then. */
bool extract_folder_tell(struct extract_folder *, const struct extract_line *,
    uint64_t *at);

/* Goes through the journal's lines; what is torn at its end is cut off, and so
   is all from a line on that `each` does not take.  False if it cannot be
   read. */
bool extract_folder_each(struct extract_folder *, bool (*each)(void *ctx,
    const struct extract_line *, uint64_t at), void *ctx);

/* The inode of a file of this name and size, or 0. */
uint64_t extract_folder_has(const struct extract_folder *, struct bytes name,
    uint64_t size);

/* The list, from the journal's lines in the plan's order, `head` before them;
   then the journal is replaced by a mark that all is done. */
enum extract_end extract_folder_finish(struct extract_folder *,
    const struct extract_plan *, struct bytes head,
    const struct extract_identity *, const struct extract_sum *);

#endif
