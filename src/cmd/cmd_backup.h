/*
 * What the two commands of ostrakon backup share: the way into one backup.
 */
#ifndef CMD_CMD_BACKUP_H
#define CMD_CMD_BACKUP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "cmd/password.h"
#include "examine/examine.h"
#include "examine/unlock.h"

struct backup {
	const char *verb;		/* "backup key" */
	struct password_options passwords;
	bool tty;			/* with progress */
	struct arena arena;
	const char *folder;		/* of the backup */
	struct examine *ex;
	struct unlock_look look;
	struct unlocked keys;		/* if look.encrypted */
	bool have_keys;
};

/* Finds the one backup at the path, and unlocks it if it is encrypted.  False
   after a complaint; cmd_backup_close either way. */
bool cmd_backup_open(struct backup *, const char *path);
void cmd_backup_close(struct backup *);

/* Complains: the refusal, or on REFUSAL_MACHINE the error. */
void cmd_backup_refused(const struct backup *, enum refusal, enum err);

/* Wipes the progress line. */
void cmd_backup_progress_end(const struct backup *);

int cmd_backup_decrypt(int argc, char **argv);

#endif
