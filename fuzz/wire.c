/* fuzz: max_len=65536 */
#include <stddef.h>
#include <stdint.h>

#include "base/limits.h"
#include "examine/wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

/* The parent reads what a worker sent, which may have been taken over. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct wire_bounds bounds = { 2, 10, 5 };
	struct arena arena = arena_with(4 * MIB);
	struct wire_message m;
	struct member *members;
	uint32_t n;

	(void)wire_read(&m, bytes_at(data, size), &bounds, &arena);
	(void)wire_read_members(bytes_at(data, size), &arena, &members, &n);
	arena_free(&arena);
	return 0;
}
