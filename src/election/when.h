/*
 * Date rules of a law: "21 days after voting", "100 full days before voting",
 * "second sunday of march".  docs/laws.md has the whole of it.
 */
#ifndef ELECTION_WHEN_H
#define ELECTION_WHEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/bytes.h"
#include "base/date.h"

/* The days that others are counted from. */
enum anchor {
	ANCHOR_CALLED, ANCHOR_CALLED_PUBLISHED, ANCHOR_PREVIOUS_VOTING,
	ANCHOR_PREVIOUS_INAUGURATION, ANCHOR_VOTING_FIRST_DAY, ANCHOR_VOTING,
	ANCHOR_RESULTS, ANCHOR_RESULTS_PUBLISHED, ANCHOR_VOTING_2,
	ANCHOR_RESULTS_2, ANCHOR_RESULTS_2_PUBLISHED, ANCHOR_INAUGURATION,
	ANCHOR_EVENT, ANCHOR_FAILED_VOTING,
	ANCHOR_COUNT
};

/* "voting-first-day"; "the first day of voting". */
const char *anchor_name(enum anchor);
const char *anchor_words(enum anchor);

struct when;			/* one parsed rule text; opaque */

/* Parses; NULL and a phrase and the place (byte, from 0) in the text if it is
   no rule.  A name that is no anchor is the id of a calendar entry. */
const struct when *when_read(struct bytes, struct arena *, const char **why,
    size_t *at);
/* The text as it was written. */
struct bytes when_text(const struct when *);
/* Ids of calendar entries that it names: calls f for each. */
void when_names(const struct when *, void (*f)(void *ctx, struct bytes id),
    void *ctx);
/* Whether the anchor has a part in it. */
bool when_needs(const struct when *, enum anchor);

/* What is known. */
struct when_known {
	int32_t anchors[ANCHOR_COUNT];		/* DATE_UNSET: not known */
	/* Another entry of the calendar by its id; DATE_UNSET if not known. */
	int32_t (*entry)(void *ctx, struct bytes id);
	void *ctx;
};

#define WHEN_NO_HOUR	-1

struct when_day {
	int32_t date;		/* DATE_UNSET: not known */
	int32_t seconds;	/* of that day, up to 86400; WHEN_NO_HOUR */
};

/* Evaluates.  If `words` is not NULL, how it was counted is appended in one
   phrase: "100 full days between 7 December 2023 and 17 March 2024"; or what is
   missing: "the day on which results are published is not known". */
struct when_day when_day(const struct when *, const struct when_known *,
    struct buf *words);

#endif
