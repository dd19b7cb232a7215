/*
 * Where a backup's password (or saved key) comes from: a prompt, a file, a
 * descriptor; never an argument or the environment, which others can read.
 */
#ifndef CMD_PASSWORD_H
#define CMD_PASSWORD_H

#include <stdbool.h>

#include "crypt/secret.h"
#include "examine/unlock.h"

struct password_options {
	const char *file;		/* --password-file */
	const char *fd;			/* --password-fd */
	const char *key_file;		/* --key-file */
};

/* The lines of an option table that fill it. */
#define PASSWORD_OPTIONS(o)						\
	{ .name = "password-file", .arg = "FILE", .text = &(o).file,	\
	    .about = "password of an encrypted backup" },		\
	{ .name = "password-fd", .arg = "N", .text = &(o).fd,		\
	    .about = "the same, from a descriptor" },			\
	{ .name = "key-file", .arg = "FILE", .text = &(o).key_file,	\
	    .about = "a key saved by `ostrakon backup key`" }

struct password {
	struct secret with;		/* a struct unlock_with */
	bool have;
};

/* Reads what the options name, if they name one; false after a complaint.  One
   line end after a password is no part of it. */
bool password_options_read(const char *verb, const struct password_options *,
    struct password *);

/* Asks at the terminal of the process; false if there is none, or nothing was
   given. */
bool password_ask(const char *folder, struct password *);

/* Another holder of the same: both are freed. */
bool password_copy(const struct password *, struct password *);

void password_free(struct password *);

#endif
