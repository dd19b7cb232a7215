/*
 * Results of invented cases, for tests of reports.
 */
#ifndef TESTS_RESULT_SAMPLE_H
#define TESTS_RESULT_SAMPLE_H

#include "base/arena.h"
#include "record/result.h"

enum result_sample {
	RESULT_NOTHING,		/* and everything was there */
	RESULT_INCOMPLETE,
	RESULT_SUSPICIOUS,
	RESULT_COMPROMISED,
	RESULT_HOSTILE,		/* every text tries to break out */
	RESULT_MANY,		/* 3,000 findings, 700 gaps */
	RESULT_BARE,		/* nothing is known, nothing was loaded */
	RESULT_SAMPLES
};

/* Borrows from the arena, which outlives it. */
struct result result_sample(enum result_sample, struct arena *);

/* Private texts that stand in all but RESULT_BARE and RESULT_HOSTILE; ended by
   NULL. */
extern const char *const result_secrets[];

#endif
