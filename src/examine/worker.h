/*
 * The jobs that workers do, inside the jail.
 */
#ifndef EXAMINE_WORKER_H
#define EXAMINE_WORKER_H

#include "jail/nursery.h"

enum job_kind {
	JOB_ARTIFACT,	/* one artifact over its members */
	JOB_INDICATORS,	/* bundles to an index */
	JOB_TIMELINE,	/* sorted runs to the two timelines */
	JOB_SETS,	/* the YAML index of indicator sets */
	JOB_KEYS,	/* the keys of an encrypted backup */
	JOB_EXTRACT,	/* files out of a backup, in clear */
	JOB_COUNT
};

/* The table for nursery_main, in the order of job_kind. */
extern job_fn *const worker_jobs[JOB_COUNT];

/* Exit status of a worker whose output could not be written (a full disk). */
#define WORKER_NO_OUTPUT	73
#define WORKER_BAD_INPUT	74	/* what it read is no such thing */

/* What libraries must load before the jail. */
void worker_prepare(void);

/* Descriptors of JOB_ARTIFACT, by place; args: artifact (u32), flags (u32). */
enum { ARTIFACT_FD_MEMBERS, ARTIFACT_FD_INDEX, ARTIFACT_FD_KEYS,
    ARTIFACT_FD_LINES, ARTIFACT_FD_EVENTS };
#define ARTIFACT_WITH_INDEX	1u	/* the descriptors are in order; */
#define ARTIFACT_WITH_KEYS	2u	/* one that is not there is left out */
#define ARTIFACT_WITH_LINES	4u
#define ARTIFACT_WITH_EVENTS	8u
#define ARTIFACT_LOCATE		16u	/* engine.h: locate */

/* JOB_INDICATORS: fd 0 the index to write; args: count (u32), then names, each
   a u32 length and the bytes; bundles are opened by number (WIRE_OPEN). */

/* JOB_TIMELINE: fds timeline.jsonl, timeline.csv; args: count (u32) of runs
   files, then for each the artifact (u32); opened by number.  A WIRE_NOTE if
   they are not whole. */

/* JOB_SETS: the file is number 0; a WIRE_NOTE for each set. */

/* JOB_KEYS; args: mode (u32).  Files are opened by number: these, then files
   that most phones have, until the answer is "no more".  WIRE_NOTEs: a word and
   what belongs to it: "plain", "encrypted ROUNDS" (looking); "manifest BYTES"
   and "open", "wrong", "nokey" (unlocking); "fault PHRASE".  Unlocking, the
   descriptors are what the operator gave (struct unlock_with), and where the
   class keys (struct keys) and the key go.  WIRE_PROGRESS: rounds done. */
enum { KEYS_LOOK, KEYS_UNLOCK };
enum { KEYS_FILE_PLIST, KEYS_FILE_DB, KEYS_FILE_KNOWN };

/* JOB_EXTRACT: extract_wire.h tells it. */

job_fn worker_artifact, worker_indicators, worker_timeline, worker_sets,
    worker_keys, worker_extract;

#endif
