/*
 * The result of one case: everything that reports are made from.
 */
#ifndef RECORD_RESULT_H
#define RECORD_RESULT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "record/field.h"
#include "record/finding.h"

enum verdict {
	VERDICT_NOTHING,	/* nothing found, everything there was read */
	VERDICT_INCOMPLETE,
	VERDICT_SUSPICIOUS,
	VERDICT_COMPROMISED
};

/* "nothing found", "incomplete", "suspicious", "compromised". */
const char *verdict_name(enum verdict);

struct result_indicator {
	struct bytes id, value, kind, sets, reference;
	bool expired;
};

struct result_finding {
	struct finding finding;
	enum level level;
	enum strength strength;
	const char *artifact;		/* its name */
	const struct field *fields;	/* finding.nfields of them */
	struct bytes member;		/* "HomeDomain/Library/SMS/sms.db" */
	unsigned nindicators;
	const struct result_indicator *indicators;
};

struct result_gap {
	const char *artifact;		/* NULL: the evidence as a whole */
	struct bytes member;		/* or none */
	uint64_t offset;		/* or GAP_NO_OFFSET */
	struct bytes why;		/* one English sentence */
	uint64_t count;			/* how many it stands for, from 1 */
};

enum coverage {
	COVERAGE_EXAMINED,
	COVERAGE_PARTLY,		/* with gaps */
	COVERAGE_UNREADABLE,		/* there, and nothing of it was read */
	COVERAGE_ABSENT,		/* not in this evidence */
	COVERAGE_NOT_IN_KIND		/* never in this kind of evidence */
};

/* "examined", "partly read", "unreadable", "absent",
   "not in an unencrypted backup". */
const char *coverage_name(enum coverage);

struct result_coverage {
	const char *artifact, *about;
	enum coverage state;
	uint64_t records;
	uint32_t members;		/* files read for it */
	uint32_t gaps;
};

struct result_pair {
	const char *key;
	struct bytes value;
};

struct result_count {
	const char *name;		/* of the kind: "domain" */
	uint32_t loaded;
	uint32_t testable;		/* by what this evidence held */
};

struct result_set {
	struct bytes name, file;
	uint32_t count;
};

struct result_note {
	const char *kind;	/* "error", "not testable", "revoked",
				   "other pattern type" */
	struct bytes file, object, why;
	uint64_t offset;	/* or UINT64_MAX */
};

struct result {
	/* evidence */
	struct bytes path;		/* as the operator named it */
	const char *kind;		/* "ios_backup" */
	bool encrypted;
	char sha256[65];		/* evidence hash, hex; "" if none */
	uint64_t members_listed, members_read, bytes_read;
	int64_t evidence_time;		/* when the backup was made, or unset */
	/* device: keys as in docs/case.schema.json */
	unsigned ndevice;
	const struct result_pair *device;
	/* what was found */
	enum verdict verdict;
	unsigned nfindings, ngaps, ncoverage;
	const struct result_finding *findings;	/* worst first */
	const struct result_gap *gaps;
	const struct result_coverage *coverage;
	/* indicators */
	uint32_t loaded, testable;
	char index_sha256[65];
	unsigned ncounts, nsets, nnotes;
	const struct result_count *counts;
	const struct result_set *sets;
	const struct result_note *notes;
	/* the jail, as all workers told it */
	const char *sandbox;		/* "full", "partial" or "none" */
	struct bytes sandbox_detail;	/* what is missing, or none */
	const char *enforced;		/* in force, in words (custody) */
	/* what was asked for, and how it went (custody, not case.json) */
	int64_t started, ended;
	bool records_written;
};

#endif
