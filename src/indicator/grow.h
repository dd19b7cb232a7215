/*
 * Arrays that grow in an arena; what they grow out of stays there unused, so
 * that an array costs at most twice its bytes.
 */
#ifndef INDICATOR_GROW_H
#define INDICATOR_GROW_H

#include <stdint.h>

#include "base/arena.h"

/* `p`, or a larger copy of it with room for one more than n elements of `size`
   bytes; NULL, and *cap as it was, if the arena has no room. */
void *grow_array(struct arena *, void *p, uint32_t n, uint32_t *cap,
    size_t size);

/* Sorts numbers by what they stand for.  Stable, so equal ones stay in their
   order; qsort() is not, and asks the kernel for the size of memory, which a
   jailed worker may not.  `spare` has room for n. */
void grow_sort(uint32_t *a, uint32_t *spare, uint32_t n,
    int (*compare)(const void *ctx, uint32_t, uint32_t), const void *ctx);

#endif
