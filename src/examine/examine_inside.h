/*
 * The inside of examine, for its own files.
 */
#ifndef EXAMINE_EXAMINE_INSIDE_H
#define EXAMINE_EXAMINE_INSIDE_H

#include "examine/examine.h"
#include "examine/intake.h"
#include "examine/session.h"

struct examine {
	struct arena arena;
	struct session *session;
	int index_fd;			/* -1: none */
	bool have_index;
	struct bytes index_bytes;
	struct index index;
	char index_sha256[65];
	char detail[256];		/* of the last refusal */
};

struct examine_case {
	struct arena arena;
	struct intake intake;
	struct result result;
	struct broker *broker;
};

/* summary.c: from what was gathered to the result. */
enum err summary_make(struct examine *, struct examine_case *);

#endif
