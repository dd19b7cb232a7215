/*
 * Files to fill up a large sample with: what apps, messages and photos leave
 * by the thousands, with invented names and contents that no artifact reads.
 */
#ifndef TESTS_SAMPLE_FILL_H
#define TESTS_SAMPLE_FILL_H

#include <stdbool.h>
#include <stdint.h>

#include "sample.h"

/* The nth: nine files, then a folder; now and then a link.  Made in the
   sample's arena. */
bool sample_fill(struct sample *, uint64_t n, struct sample_file *);

#endif
