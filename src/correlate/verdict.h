/*
 * The verdict of a case, by the rule of docs/design.md.
 */
#ifndef CORRELATE_VERDICT_H
#define CORRELATE_VERDICT_H

#include "record/result.h"

/* compromised: an exact indicator says that an implant ran or was present;
   suspicious: any other finding of medium or above; incomplete: neither, but
   gaps; else nothing found. */
enum verdict verdict_of(const struct result *);

#endif
