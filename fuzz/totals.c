/*
 * A row of totals and the decision on it, under the law that is built in and
 * that the first byte chooses.
 */
/* fuzz: max_len=1024 */
#include <assert.h>

#include "base/limits.h"
#include "election/from_totals.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

/* A law is read once: it takes longer than all the rest. */
static const struct law *
law_at(unsigned i)
{
	static const struct law *laws[256];
	static struct arena arenas[256];
	struct law_faults faults = { 0 };

	i %= law_builtin_count() < 256 ? law_builtin_count() : 256;
	if (laws[i] != NULL)
		return laws[i];
	arena_free(&arenas[i]);
	arenas[i] = arena_with(8 * MIB);
	laws[i] = law_read(law_builtin_text(i), &arenas[i], &faults);
	return laws[i];
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = arena_with(8 * MIB);
	const struct law *law = law_at(size == 0 ? 0 : data[0]);
	struct bytes text = bytes_part(bytes_at(data, size), 1, size);
	struct from_totals_fault fault = { 0 };
	struct outcome_question q;
	const struct outcome *o;
	struct from_totals row;

	if (law != NULL && from_totals_read(text, bytes_of(""), &arena, &row,
	    &fault) && from_totals_question(&row, law, NULL, 0, &arena, &q)) {
		o = outcome_decide(&q, &arena);
		assert(o != NULL || arena.bad);
		assert(o == NULL || o->nreasons + o->nties > 0);
		assert(o == NULL || o->kind != OUTCOME_ELECTED ||
		    (unsigned)o->winner < row.standing.ncontenders);
	}
	arena_free(&arena);
	return 0;
}
