/*
 * A finding: what speaks for a compromise, as a worker tells it.
 */
#ifndef RECORD_FINDING_H
#define RECORD_FINDING_H

#include <stdint.h>

#include "record/rule.h"
#include "record/val.h"

#define FINDING_NO_FIELD	UINT32_MAX
#define FINDING_INDICATORS	8	/* of one finding; more are cut */

struct finding {
	enum rule rule;
	uint32_t artifact;	/* place in the artifact list */
	uint32_t member;	/* id of the member it was read from */
	int64_t row;		/* rowid, or the place in the file from 1 */
	int64_t time;		/* of the first occurrence, or TIME_UNSET */
	int64_t last;		/* of the last */
	uint64_t count;		/* occurrences that this stands for, from 1 */
	uint32_t field;		/* that matched, or FINDING_NO_FIELD */
	struct bytes matched;	/* the text that matched, or none */
	uint32_t nindicators;
	uint32_t indicators[FINDING_INDICATORS];	/* ids in the index */
	uint32_t nfields;	/* of the artifact; values of the first one */
	const struct val *record;
};

#endif
