/*
 * Candidates: read from YAML (the first byte is even) or CSV, and judged by the
 * whole of a law.  A fault has a place; what is read gives an answer.
 */
/* fuzz: max_len=4096 */
#include <assert.h>

#include "base/limits.h"
#include "election/candidate.h"
#include "election/eligibility.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
judge(const struct candidates *all, int32_t voting, struct arena *arena)
{
	static const char id[] = "ru-2003";
	struct law_faults faults;
	struct eligibility_setting set;
	const struct eligibility *e;
	const struct law *law = law_read(law_builtin_text((unsigned)
	    law_builtin_find(bytes_of(id))), arena, &faults);
	unsigned i;

	if (law == NULL || !eligibility_set(&set, law, date_of(2023, 3, 15),
	    voting, arena))
		return;
	for (i = 0; i < all->n; i++) {
		e = eligibility_of(&set, &all->items[i], arena);
		assert(e != NULL || arena->bad);
		assert(e == NULL || (e->now.n == set.version->nbars &&
		    e->now.state != ELIGIBILITY_ELIGIBLE));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = arena_with(64 * MIB);
	struct candidate_faults faults = { 0 };
	const struct candidates *all = candidate_read(bytes_part(
	    bytes_at(data, size), 1, size), size > 0 && data[0] % 2 == 1 ?
	    CANDIDATE_CSV : CANDIDATE_YAML, &arena, &faults);

	assert((all == NULL) == (faults.n > 0));
	if (all == NULL)
		assert(faults.items[0].line > 0 && faults.items[0].column > 0);
	else
		judge(all, size % 3 == 0 ? DATE_UNSET : date_of(2024, 3, 17),
		    &arena);
	arena_free(&arena);
	return 0;
}
