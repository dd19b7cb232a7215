/*
 * A count and its decision, told: on the terminal, as JSON, as one HTML page.
 * From the tally and the outcome alone; the same bytes for the same input.
 */
#ifndef REPORT_ELECTION_H
#define REPORT_ELECTION_H

#include <stdbool.h>

#include "base/out.h"
#include "election/law.h"
#include "election/outcome.h"
#include "election/tally.h"

struct election_view {
	const struct tally *tally;
	/* The decision, or NULL: then why there is none ("the results are of
	   another kind of vote: parliament"). */
	const struct outcome *outcome;
	const char *why_none;
	/* What it was asked with: its contenders, and the law. */
	const struct outcome_question *question;
	bool accept_broken;
	const char *title;		/* of the report, or NULL */
};

/* The summary, at most `width` columns; colour only if `colour`. */
void election_text(struct out *, const struct election_view *, unsigned width,
    bool colour);
/* count.json and --json; docs/count.schema.json describes it. */
void election_json(struct out *, const struct election_view *);
/* report.html: everything, with pictures, and nothing from elsewhere. */
void election_html(struct out *, const struct election_view *);

/* The anomaly alone (tally->anomaly). */
void election_anomaly_text(struct out *, const struct election_view *);
void election_anomaly_json(struct out *, const struct election_view *);

#endif
