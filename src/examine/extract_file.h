/*
 * What the parent does for one file that a worker takes out: it opens where it
 * lies, makes where it goes, and names and lists what came of it.  The inside
 * of extract.h.
 */
#ifndef EXAMINE_EXTRACT_FILE_H
#define EXAMINE_EXTRACT_FILE_H

#include <sys/stat.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/limits.h"
#include "examine/examine_inside.h"
#include "examine/extract_folder.h"
#include "examine/extract_plan.h"
#include "examine/extract_wire.h"
#include "examine/session.h"

#define EXTRACT_WORKERS		8u
/* "xx/" and a file ID. */
#define EXTRACT_OWN_NAME	(3 + EXTRACT_ID_BYTES)

struct extract_worker {
	struct extract *extract;
	uint32_t number;
	uint64_t from;			/* where it began */
	uint64_t next;			/* its first file without an end */
	uint64_t skip;			/* it crashed on this one, and */
	char crash[160];		/* ... so it ended */
	bool finished;
	/* The file under way: */
	bool busy;
	struct bytes name;		/* where it goes */
	char room[LIMIT_PATH_BYTES];	/* of the name */
	int source;			/* or -1 */
	struct extract_part part;
	struct stat st;			/* of the source */
	const char *why;		/* it was not given; or NULL */
};

struct extract {
	struct examine *ex;
	const struct extract_options *options;
	struct extract_sum *sum;
	enum extract_end end;		/* the first trouble */
	struct arena scratch;
	int root;			/* the evidence */
	uint32_t nroots;
	uint8_t roots[EXTRACT_ROOTS];
	struct extract_plan *plan;
	struct buf gaps, json;
	struct extract_identity id;
	struct extract_folder folder;
	unsigned nworkers;
	struct extract_worker workers[EXTRACT_WORKERS];
};

/* Whether the folder is a backup whose files can be taken out. */
enum refusal extract_file_look(const char *backup);

/* Where a wanted file goes: its name, or made of its ID in `own`. */
struct bytes extract_file_name(const struct extract *,
    const struct extract_wanted *, char own[EXTRACT_OWN_NAME]);

/* The callbacks of a task; ctx is the worker. */
int extract_file_ask(void *worker, struct bytes question, int fds[TASK_FDS],
    uint64_t *size, const char **why);
bool extract_file_message(void *worker, const struct wire_message *);
void extract_file_ended(void *worker, const char *why);

/* A line of a journal that was there before; ctx is the extract. */
bool extract_file_before(void *extract, const struct extract_line *,
    uint64_t at);

/* Closes what is open, and drops what is not whole. */
void extract_file_leave(struct extract_worker *);

/* A line of the list for a place of Manifest.db that cannot be read. */
void extract_file_gap(struct buf *, uint64_t offset, struct bytes why);

/* Keeps the fault of this machine. */
enum extract_end extract_file_fail(struct extract *, enum err);

#endif
