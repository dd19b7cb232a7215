/*
 * Between the files of the profiles.  Not for others.
 */
#ifndef ELECTION_PROFILE_INSIDE_H
#define ELECTION_PROFILE_INSIDE_H

#include "election/profile.h"

#define PROFILE_RULES		256
#define PROFILE_TESTS		2048	/* over all rules */
#define PROFILE_RELATIONS	64
#define PROFILE_VOTES		16
#define PROFILE_REQUIRED	32

struct profile_patterns;	/* compiled, in an arena */

/* NULL: no memory. */
struct profile_patterns *profile_patterns_new(struct arena *);
/* Its number, or -1 and why. */
int profile_patterns_add(struct profile_patterns *, struct bytes pattern,
    char *why, size_t size);
enum profile_fit { PROFILE_NO, PROFILE_YES, PROFILE_LIMIT };
/* Whether it fits anywhere in the text. */
enum profile_fit profile_patterns_fit(const struct profile_patterns *,
    int number, struct bytes);

struct profile_test {
	int pattern;
	bool wanted;		/* else it must not fit */
};

struct profile_rule {		/* holds if all of its tests do */
	enum column_is is;
	struct bytes key;
	const struct profile_test *tests;
	unsigned n;
};

struct profile_vote {		/* a pattern, or -1 */
	struct bytes kind;
	int every, any;
};

struct profile {
	struct bytes name;
	struct profile_patterns *patterns;
	struct profile_rule rules[PROFILE_RULES];
	unsigned nrules;
	struct profile_rule contest;	/* no tests: all are wanted */
	struct bytes required[PROFILE_REQUIRED];	/* "region|station" */
	unsigned nrequired;
	int against_all;
	struct profile_vote votes[PROFILE_VOTES];
	unsigned nvotes;
	struct profile_relation relations[PROFILE_RELATIONS];
	unsigned nrelations;
	const struct relation *figures[FIGURE_COUNT];
};

/* "region", "station", ...; NULL of a line. */
const char *profile_place(enum column_is);

/* The next of the names parted by |, from *at on; false after the last. */
bool profile_next_name(struct bytes list, size_t *at, struct bytes *name);

#endif
