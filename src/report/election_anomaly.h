/*
 * The integer-percentage anomaly, told within a larger report.
 */
#ifndef REPORT_ELECTION_ANOMALY_H
#define REPORT_ELECTION_ANOMALY_H

#include "base/buf.h"
#include "election/anomaly.h"
#include "report/emit.h"

/* The member `anomaly`, an object; key NULL: the whole document. */
void election_anomaly_members(struct emit *, const struct anomaly_report *);
void election_anomaly_member(struct emit *, const struct anomaly_report *);

/* Of what a percentage is: "turnout". */
extern const char *const election_anomaly_names[ANOMALY_KINDS];
/* Gathers the regions with a high z (either), the highest first, into an empty
   buffer; how many.  Which region stands at a place of it. */
unsigned election_anomaly_high(const struct anomaly_report *, struct buf *);
const struct anomaly_region *election_anomaly_at(const struct anomaly_report *,
    const struct buf *, unsigned i);

#endif
