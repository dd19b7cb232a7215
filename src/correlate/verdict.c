#include "correlate/verdict.h"

enum verdict
verdict_of(const struct result *r)
{
	enum verdict verdict = r->ngaps > 0 ? VERDICT_INCOMPLETE :
	    VERDICT_NOTHING;
	const struct result_finding *f;
	unsigned i;

	for (i = 0; i < r->nfindings; i++) {
		f = &r->findings[i];
		if (f->level < LEVEL_MEDIUM)
			continue;
		if (f->nindicators > 0 && f->strength >= STRENGTH_PRESENT)
			return VERDICT_COMPROMISED;
		verdict = VERDICT_SUSPICIOUS;
	}
	return verdict;
}
