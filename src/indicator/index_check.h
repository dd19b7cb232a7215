/*
 * Whether the sections of an index make sense together: inside of index.c.
 */
#ifndef INDICATOR_INDEX_CHECK_H
#define INDICATOR_INDEX_CHECK_H

#include <stdbool.h>

#include "indicator/index.h"

/* Every number stays within what it points into, everything sorted is, and
   every term is found where it will be looked for. */
bool index_check(const struct index *);

#endif
