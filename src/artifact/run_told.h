/*
 * For artifacts that conclude something from a row not being there.
 */
#ifndef ARTIFACT_RUN_TOLD_H
#define ARTIFACT_RUN_TOLD_H

#include <stdbool.h>

struct run;

/* Whether a gap was told about the file in hand so far: then what is missing
   from it may only not have been read. */
bool run_told(const struct run *);

#endif
