/*
 * Sentences and parts of sentences that all reports for people share.
 *
 * Everything is appended as plain text, texts from evidence among it: the
 * report escapes the whole on its way out.
 */
#ifndef REPORT_SAY_H
#define REPORT_SAY_H

#include "base/buf.h"
#include "base/bytes.h"
#include "record/result.h"
#include "report/report.h"
#include "report/texts.h"

/* The phrase with its {} replaced, in order. */
void say_phrase(struct buf *, enum lang, enum phrase,
    const struct bytes *places, unsigned n);
void say_with_number(struct buf *, enum lang, enum phrase, uint64_t);

/* 5,261 or 5 261; 12.4 MB. */
void say_number(struct buf *, enum lang, uint64_t);
void say_size(struct buf *, enum lang, uint64_t);
/* "2024-03-17 08:00:00 UTC", or that no time is known. */
void say_time(struct buf *, enum lang, int64_t);

/* The last part of a path. */
struct bytes say_last(struct bytes path);

/* The sentences that stand below the verdict. */
void say_why(struct buf *, const struct result *, enum lang);

/* "Anna's phone, iPhone14,5, iOS 17.4 (21E219)". */
void say_device(struct buf *, const struct result *,
    const struct report_options *);
/* "iPhone or iPad backup, not encrypted, made ...". */
void say_evidence(struct buf *, const struct result *, enum lang);
/* "files listed: 3,211; read for this check: 34 (12.4 MB)". */
void say_read(struct buf *, const struct result *, enum lang);
void say_sandbox(struct buf *, const struct result *, enum lang);
const char *say_kind(const struct result *, enum lang);

/* --- one finding --- */

/* "2024-03-17 08:00:00 UTC, 3 times, until ...". */
void say_when(struct buf *, const struct result_finding *, enum lang);
/* "HomeDomain/Library/SMS/sms.db, row 12". */
void say_where(struct buf *, const struct result_finding *,
    const struct report_options *);
/* What matched, cut to `limit` bytes; nothing if nothing did. */
void say_matched(struct buf *, const struct result_finding *,
    const struct report_options *, size_t limit);
/* "rolexd (process) in Pegasus, expired ...". */
void say_indicator(struct buf *, const struct result_indicator *, enum lang);
/* One field of the record; false if it is not for this report. */
bool say_field(struct buf *, const struct result_finding *, unsigned field,
    const struct report_options *, size_t limit);
/* "url: ..., time: ...": the shown fields. */
void say_record(struct buf *, const struct result_finding *,
    const struct report_options *, size_t limit);

/* Findings of one rule and level are told together.  Walks over the groups, in
   the order of their first findings; false after the last. */
struct say_groups {
	unsigned first;		/* of the group; begins at 0, as all of it */
	bool begun;
	bool seen[RULE_COUNT][LEVEL_CRITICAL + 1];
};
bool say_group(struct say_groups *, const struct result *);
/* The next of the same group after `after`, or nfindings. */
unsigned say_next(const struct result *, unsigned after);
/* How many follow it. */
unsigned say_rest(const struct result *, unsigned after);

/* --- the ends of the report --- */

/* "HomeDomain/..., at byte 4096, 3 times". */
void say_gap_where(struct buf *, const struct result_gap *,
    const struct report_options *);
/* How many gaps, all that they stand for. */
uint64_t say_gaps(const struct result *);
/* The subjects of all artifacts in that state, "; " between them. */
unsigned say_subjects(struct buf *, const struct result *, enum coverage,
    enum lang);
/* What that artifact is about; NULL is the evidence as a whole. */
const char *say_subject(const struct result *, const char *artifact,
    enum lang);
void say_compared(struct buf *, const struct result *, enum lang);

#define SAY_STEPS	8
/* What to do next, for this verdict. */
unsigned say_steps(const struct result *, enum phrase steps[SAY_STEPS]);

#endif
