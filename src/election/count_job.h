/*
 * The job of a count: one worker, which reads everything that is not ours.
 *
 * Args, little-endian: flags, round, complete, day of voting (u32 each), then
 * three texts, each with its size (u32): the leader, the title, the country.
 * Descriptors: the tally to write, then one for each output that the flags ask
 * for, in order.
 * The parent then sends each file with a message: its role (u32), its size
 * (u64), its name; COUNT_DONE ends them.
 */
#ifndef ELECTION_COUNT_JOB_H
#define ELECTION_COUNT_JOB_H

#include "jail/nursery.h"

#define COUNT_ACCEPT_BROKEN	1u
#define COUNT_PICTURES		2u
#define COUNT_ANOMALY		4u
#define COUNT_WITH_STATIONS	8u	/* stations.csv */
#define COUNT_WITH_NIST		16u	/* NIST SP 1500-100 JSON */

enum count_role { COUNT_RESULTS, COUNT_PROFILE, COUNT_EXPECT, COUNT_ANNUL,
    COUNT_DONE };

#define COUNT_MESSAGE_HEAD	12	/* bytes before the name */
#define COUNT_PROFILES		8

/* Exit statuses of this job. */
#define COUNT_NO_OUTPUT		73	/* output could not be written */
#define COUNT_BAD_PROFILE	74	/* a profile cannot be used */

job_fn count_job;

#endif
