/*
 * Property lists as artifacts ask for them: a part of the right shape, or a
 * gap.
 */
#ifndef ARTIFACT_PLISTS_H
#define ARTIFACT_PLISTS_H

#include <stdbool.h>
#include <stddef.h>

#include "artifact/run.h"

/* The file as a dictionary; false after a gap. */
bool plists_root(struct run *, const struct member *, struct plist *root);

/* The part itself if it is of that type.  Else the none node, and a gap unless
   there is no such part. */
struct plist plists_part(struct run *, struct plist, enum plist_type,
    const char *why);

/* A date, and a number of seconds since 2001, as a time; zero is unset.  What
   is neither stays as it is. */
struct val plists_time(struct plist, struct arena *);

/* Every text at any depth, in order, as a list in the scratch memory; unset if
   there is none.  At most `visits` nodes are looked at, more are a gap: parts
   may be named many times, and no honest list has more places than bytes. */
struct val plists_texts(struct run *, struct plist, size_t visits);

/* SHA-256 of the bytes as hex digits, in the scratch memory. */
struct val plists_sha256(struct run *, struct bytes);

#endif
