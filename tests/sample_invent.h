/*
 * What invented people write and visit, told by a number: the same number
 * gives the same text.  For the many rows of large samples.
 */
#ifndef TESTS_SAMPLE_INVENT_H
#define TESTS_SAMPLE_INVENT_H

#include <stdint.h>

#include "base/buf.h"

/* A number that looks random, from two. */
uint64_t sample_invent_number(uint64_t seed, uint64_t n);

/* One word, lower case, without a blank. */
const char *sample_invent_word(uint64_t n);

/* A sentence as in a message: 2 to 30 words, now and then with an emoji or in
   another script. */
void sample_invent_text(struct buf *, uint64_t n);

/* "word-word17.example", one of 2,000; half of them with www in front. */
void sample_invent_host(struct buf *, uint64_t n);

/* https://HOST/word/word-NUMBER, some with a query. */
void sample_invent_url(struct buf *, uint64_t n);

/* 8-4-4-4-12 hex digits, upper case. */
void sample_invent_guid(struct buf *, uint64_t n);

/* A number of those kept for fiction, or a longer one behind them. */
void sample_invent_phone(struct buf *, uint64_t n);

#endif
