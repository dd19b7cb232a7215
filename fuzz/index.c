/*
 * The index as a reader that was taken over may write it: refused or safe to
 * ask.  The last 64 bytes are the value that is looked up, as every kind.
 */
/* fuzz: max_len=16384 */
#include <assert.h>

#include "base/limits.h"
#include "indicator/index.h"
#include "indicator/match.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
ask(struct arena *arena, const struct index *x, struct bytes value)
{
	const struct match_hit *hits;
	struct index_indicator in;
	struct match *m;
	bool met[4] = { true, false, true, false };
	unsigned kind, n;
	uint32_t i;

	for (i = 0; index_get(x, i, &in); i++)
		(void)match_complete(x, i, met, 4);
	if (match_new(&m, arena, x) != ERR_NONE)
		return;
	match_begin(m);
	for (kind = 0; kind < KIND_COUNT; kind++)
		match_value(m, kind, (enum kind)kind, value);
	for (n = match_end(m, &hits); n > 0; n--)
		assert(index_get(x, hits[n - 1].indicator, &in));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = arena_with(32 * MIB);
	struct bytes all = bytes_at(data, size);
	size_t n = size < 64 ? size : 64;
	struct index x;

	if (index_open(&x, all) == ERR_NONE ||
	    index_open(&x, bytes_part(all, 0, size - n)) == ERR_NONE)
		ask(&arena, &x, bytes_part(all, size - n, n));
	arena_free(&arena);
	return 0;
}
