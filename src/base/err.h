/*
 * What can go wrong on this machine.  Damage in the evidence is never an
 * enum err: it is a gap (record/gap.h), and the work goes on.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

enum err {
	ERR_NONE = 0,
	ERR_MEMORY,	/* no memory, or a limit of ours was reached */
	ERR_IO,		/* read, write, socket */
	ERR_MISSING,	/* no such file or folder */
	ERR_DENIED,	/* permission, or the jail could not be built */
	ERR_FULL,	/* the disk is full */
	ERR_KIND,	/* not the kind of thing that was asked for */
	ERR_WORKER,	/* a worker died or broke the protocol */
	ERR_NETWORK	/* only for commands that use the network */
};

/* One short English phrase, static. */
const char *err_text(enum err);

#endif
