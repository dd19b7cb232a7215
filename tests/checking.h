/*
 * Runs the program over a backup, and looks at all that it wrote as a stranger
 * would: nothing of the evidence may act in a terminal, a browser or a
 * spreadsheet, and the results are what their schema says.
 *
 * For test programs with cmocka: what does not hold fails the test.
 */
#ifndef TESTS_CHECKING_H
#define TESTS_CHECKING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "schema.h"

/* Whether the binary and mkbackup are there: OSTRAKON names the one, the other
   lies beside it. */
bool checking_can(void);

/* A new name below TEST_TMP, NUL-ended, in the arena. */
const char *checking_path(struct arena *, const char *name);

/* mkbackup over a folder of samples/ or tests/; the new backup's path. */
const char *checking_backup(struct arena *, const char *spec,
    const char *name);

struct checked {
	int status;
	double seconds;
	long memory;			/* KiB, of the largest process */
	const struct schema_node *result;	/* case.json; NULL with 3 */
};

/* check -i INDICATORS -o OUT BACKUP; looks at all outputs.  The arena holds
   the result; OUT is removed again. */
struct checked checking_run(struct arena *, const char *indicators,
    const char *backup);

/* How many gaps say this (part of why); of any artifact if that is NULL. */
unsigned checking_gaps(const struct checked *, const char *artifact,
    const char *why);

/* Records that an artifact gave; its state. */
unsigned long checking_records(const struct checked *, const char *artifact);
bool checking_state(const struct checked *, const char *artifact,
    const char *state);

/* How many findings are of the rule; of any rule if that is NULL. */
unsigned checking_findings(const struct checked *, const char *rule);
bool checking_verdict(const struct checked *, const char *verdict);

#endif
