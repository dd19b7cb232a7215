/*
 * Property lists as artifacts ask for them: a part of the right shape, or a
 * gap.
 *
 * A small binary list can name one part very often.  What is read here was
 * weighed before, with every part as often as it is named: so artifacts may
 * walk it without counting.
 */
#ifndef ARTIFACT_PLISTS_H
#define ARTIFACT_PLISTS_H

#include <stdbool.h>

#include "artifact/run.h"

/* The file as a dictionary; false after a gap. */
bool plists_root(struct run *, const struct member *, struct plist *root);

/* A list that lies in a value, into the scratch memory; false after a gap.
   Whatever is wrong with it is one gap, `why`. */
bool plists_within(struct run *, struct bytes, enum plist_type,
    const char *why, struct plist *root);

/* The part itself if it is of that type.  Else the none node, and a gap unless
   there is no such part. */
struct plist plists_part(struct run *, struct plist, enum plist_type,
    const char *why);

/* Whether it is a number, a date or nothing: such settings stand beside what
   an artifact reads, and say nothing to it. */
bool plists_plain(struct plist);

/* A date, and a number of seconds since 2001, as a time; zero is unset.  What
   is neither stays as it is. */
struct val plists_time(struct plist, struct arena *);

/* Every text at any depth, in order, as a list in the scratch memory; unset if
   there is none. */
struct val plists_texts(struct run *, struct plist);

/* SHA-256 of the bytes as hex digits, in the scratch memory. */
struct val plists_sha256(struct run *, struct bytes);

#endif
