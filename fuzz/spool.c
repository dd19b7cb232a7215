/* fuzz: max_len=65536 */
#include <stddef.h>
#include <stdint.h>

#include "base/limits.h"
#include "examine/spool.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = arena_with(8 * MIB);
	struct input in = input_memory(bytes_at(data, size));
	struct spool_merge *merge;
	struct spool_event e;

	if (spool_merge_new(&merge, &arena) == ERR_NONE) {
		(void)spool_merge_add(merge, 0, &in);
		while (spool_merge_next(merge, &e))
			;
	}
	arena_free(&arena);
	return 0;
}
