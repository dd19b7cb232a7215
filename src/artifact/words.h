/*
 * The words of a property list whose shape is not known: every text, and every
 * name of a member, at any depth.
 *
 * Many settings of the system are read like this: no public source says what
 * they mean, but an app, a process or a link that stands in them is known by
 * its name.
 */
#ifndef ARTIFACT_WORDS_H
#define ARTIFACT_WORDS_H

#include "artifact/run.h"
#include "format/keyed.h"

/* Of one kind in one record; more are a gap. */
#define WORDS_MAX	4096

/* As lists in the scratch memory, unset if there are none.  A list that is
   packed as data in the list is looked into, too, and so is a keyed archive:
   then the names of its classes are among the words. */
void words_in(struct run *, struct plist, struct val *texts,
    struct val *names);

/* The texts of an object of a keyed archive, and of all that it holds as
   arrays, sets and dictionaries; their names are not among them. */
void words_keyed(struct run *, struct keyed, struct val *texts);

#endif
