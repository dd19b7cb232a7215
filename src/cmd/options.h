/*
 * Options of a verb: one table that is parsed and printed by -h.
 */
#ifndef CMD_OPTIONS_H
#define CMD_OPTIONS_H

#include <stdbool.h>
#include <stdio.h>

#define OPTION_LIST_MAX	256

struct option_list {
	const char *items[OPTION_LIST_MAX];
	unsigned n;
};

struct option {
	char letter;			/* 0: only the long name */
	const char *name;		/* without "--" */
	const char *arg;		/* name of its argument; NULL: none */
	const char *about;
	/* One of these takes it. */
	bool *flag;
	const char **text;
	struct option_list *list;	/* may be given again and again */
	unsigned *number;
};

struct verb {
	const char *name;		/* "check", "indicators list" */
	const char *operands;		/* "BACKUP ..." or "" */
	const char *about;		/* one line */
	const char *more;		/* sentences at the end, or NULL */
};

enum options_end { OPTIONS_OK, OPTIONS_HELP, OPTIONS_BAD };

/* Takes argv[1..]; options may stand before and after operands, up to "--".
   The operands are moved to the end of argv, from the place *first.  Prints
   help to stdout, and faults to stderr. */
enum options_end options_read(const struct verb *, const struct option *,
    int argc, char **argv, int *first);

void options_help(FILE *, const struct verb *, const struct option *);

#endif
