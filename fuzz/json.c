/*
 * The JSON reader: every event, the same verdict from all three ways through,
 * and texts that are UTF-8.
 */
/* fuzz: max_len=4096 */
#include <assert.h>

#include "base/limits.h"
#include "base/text.h"
#include "format/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = arena_with(4 * MIB);
	struct json j = json_over(bytes_at(data, size), &arena);
	struct json skipped = json_over(bytes_at(data, size), NULL);
	bool valid = json_valid(bytes_at(data, size));

	while (json_next(&j) != JSON_END)
		assert(text_utf8(j.text));
	assert((j.fault == NULL) == valid || arena.bad);
	json_skip(&skipped);
	assert(json_next(&skipped) == JSON_END);
	assert((skipped.fault == NULL) == valid);
	arena_free(&arena);
	return 0;
}
