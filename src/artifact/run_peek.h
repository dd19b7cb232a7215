/*
 * For artifacts that need another of their files while one is in hand.
 */
#ifndef ARTIFACT_RUN_PEEK_H
#define ARTIFACT_RUN_PEEK_H

#include "artifact/run.h"

/* The property list of another file, in silence: it has its own turn, and its
   gaps are told then.  None, too, if it cannot be read; lives until the file
   in hand is done. */
struct plist run_peek_plist(struct run *, const struct member *);

#endif
