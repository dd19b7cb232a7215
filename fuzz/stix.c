/*
 * One bundle, all the way: whatever it says, the index made of it is good.
 */
/* fuzz: max_len=16384 */
#include <assert.h>

#include "base/hash.h"
#include "base/limits.h"
#include "indicator/build.h"
#include "indicator/index.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = arena_with(32 * MIB);
	struct buf out = buf_with(16 * MIB);
	struct build *build;
	struct index x;

	if (hash_prepare() == ERR_NONE &&
	    build_new(&build, &arena) == ERR_NONE) {
		build_add(build, bytes_of("a"), bytes_at(data, size));
		build_add(build, bytes_of("b"), bytes_at(data, size / 2));
		if (build_end(build, &out) == ERR_NONE)
			assert(index_open(&x, buf_bytes(&out)) == ERR_NONE);
	}
	buf_free(&out);
	arena_free(&arena);
	return 0;
}
