/*
 * A law in words for people, or as JSON: everything of it, each rule with its
 * article and sources, and [unverified] where it is known from memory alone.
 */
#ifndef ELECTION_LAW_SHOW_H
#define ELECTION_LAW_SHOW_H

#include <stdbool.h>

#include "base/out.h"
#include "election/law.h"

/* All versions, in text each with what changed; or one, whole. */
void law_show(struct out *, const struct law *,
    const struct law_version *only, bool json);

struct law_tally {
	unsigned rules, unverified;
};

/* How many rules all versions set, and how many of them are unverified, or
   have a part that is. */
struct law_tally law_show_tally(const struct law *);

#endif
