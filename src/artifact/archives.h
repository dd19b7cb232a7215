/*
 * Keyed archives as artifacts ask for them: single values, and all that can be
 * reached from an object, each object once, however often it is named.
 */
#ifndef ARTIFACT_ARCHIVES_H
#define ARTIFACT_ARCHIVES_H

#include <stdbool.h>

#include "artifact/run.h"
#include "format/keyed.h"

/* An archive that lies in a value, into the scratch memory; false after a gap.
   Whatever is wrong with it is one gap, `why`. */
bool archives_within(struct run *, struct bytes, const char *why,
    struct keyed *root);

/* Text, number, date or data; unset for what has members. */
struct val archives_val(struct keyed, struct arena *);

/* Calls `member` for each member of each object that can be reached, with its
   key (none for the members of a list).  The keys of an NSDictionary come too,
   with the key "NS.keys".  What has many members is given once, under the key
   where it is met first.  An archive that is too deep is a gap. */
void archives_walk(struct run *, struct keyed root,
    void (*member)(void *ctx, struct bytes key, struct keyed value),
    void *ctx);

/* A list that grows; in the scratch memory. */
struct archives_list {
	struct val *v;
	uint32_t n, max;
};

/* Unset and empty values are not added, nor what is there already (a long list
   is not searched to its end).  Too many are a gap. */
void archives_add(struct run *, struct archives_list *, struct val);
struct val archives_as_val(const struct archives_list *);

/* Every text that can be reached, keys of dictionaries too. */
struct val archives_texts(struct run *, struct keyed root);

#endif
