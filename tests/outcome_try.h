/*
 * Decisions in few words, for the tests of the outcome.
 */
#ifndef OUTCOME_TRY_H
#define OUTCOME_TRY_H

#include "election/outcome.h"

#define TRY_NAMES	8

struct outcome_try {
	struct arena arena;
	struct contender contenders[TRY_NAMES];	/* A, B, C ... */
	struct event events[TRY_NAMES];
	struct outcome_question q;
	const struct outcome *o;	/* of the last decision */
};

/* A law with one version from 2000 on, whose rules are `rules`: YAML, indented
   by four blanks.  Fails the test if it cannot be read. */
void outcome_try_law(struct outcome_try *, const char *rules);
/* The figures of round `round`, voted on 2020-03-01 (Sunday): votes for A, B,
   C ..., which make up all valid ballots; nothing spoilt, all found, and ten
   times as many voters on the lists. */
void outcome_try_votes(struct outcome_try *, unsigned round, unsigned n,
    const int64_t *votes);
void outcome_try_event(struct outcome_try *, const char *text);
/* Decides: "elected A", "elected A unopposed", "runoff A B", "runoff_single
   A", "repeat", "annulled round", "pending", "not_applicable".  Of the last
   call; static. */
const char *outcome_try(struct outcome_try *);
/* "2020-03-22", "2020-03-22..2020-03-29", "2020-03-22..", "?". */
const char *outcome_try_day(const struct outcome_window *);
/* Whether a reason or a tie holds these words. */
bool outcome_try_says(const struct outcome_try *, const char *words);
void outcome_try_free(struct outcome_try *);

/* A number that looks random, below n; the state starts at anything but 0. */
uint64_t outcome_try_random(uint64_t *state, uint64_t n);

#endif
