/*
 * Attributed bodies: text and links lie inside the body.
 */
/* fuzz: max_len=4096 */
#include <assert.h>

#include "base/limits.h"
#include "format/attributed.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = arena_with(4 * MIB);
	struct bytes body = bytes_at(data, size);
	struct bytes text, links[4];
	uint32_t n;

	(void)attributed_text(&text, &arena, body);
	assert(text.n == 0 || (text.p > data && text.n < size));
	arena_reset(&arena);
	for (n = attributed_links(links, 4, &arena, body); n > 0; n--)
		assert(links[n - 1].p > data && links[n - 1].n < size);
	arena_free(&arena);
	return 0;
}
