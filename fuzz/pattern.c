/*
 * STIX patterns: read, and turned into what is looked up.
 */
/* fuzz: max_len=4096 */
#include <assert.h>

#include "base/limits.h"
#include "indicator/logic.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = arena_with(8 * MIB), terms = arena_with(8 * MIB);
	struct intern known = intern_in(&terms);
	struct logic logic = { .arena = &arena, .terms = &known };
	struct pattern_fault fault = { NULL, 0 };
	struct pattern *p;

	logic.value = buf_with(256 * KIB);
	p = pattern_read(bytes_at(data, size), &arena, &fault);
	if (p == NULL)
		assert(fault.why != NULL && fault.at <= size);
	else if (!logic_read(&logic, p))
		assert(logic.why != NULL);
	buf_free(&logic.value);
	arena_free(&terms);
	arena_free(&arena);
	return 0;
}
