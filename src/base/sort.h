/*
 * Sorting without the C library's qsort, which asks the kernel for the size of
 * memory when it is first used: in the jail that is the end of the worker.
 */
#ifndef BASE_SORT_H
#define BASE_SORT_H

#include <stddef.h>

/* Sorts n items of `size` bytes in place; not stable.  At most n log n steps,
   whatever the order of the items (a heap sort). */
void sort_items(void *items, size_t n, size_t size,
    int (*order)(const void *, const void *));

#endif
