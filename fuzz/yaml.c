/*
 * YAML: a tree whose texts are UTF-8, whose keys are found and stand once,
 * within the bounds; or a fault with its place.  And the same with too little
 * memory.
 */
/* fuzz: max_len=4096 */
#include <assert.h>

#include "base/limits.h"
#include "base/text.h"
#include "format/yaml.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

/* How many values there are. */
static size_t
walk(const struct yaml *y, unsigned depth)
{
	const struct yaml *member;
	char key[64] = "";
	size_t all = 1;
	unsigned n = 0;

	assert(text_utf8(y->text) && y->line > 0 && y->column > 0);
	assert(y->kind == YAML_SCALAR || (y->text.n == 0 &&
	    depth < LIMIT_DEPTH));
	assert(y->kind != YAML_SCALAR || y->first == NULL);
	for (member = y->first; member != NULL; member = member->next) {
		assert((member->key.n > 0) == (y->kind == YAML_MAP));
		assert(text_utf8(member->key));
		n++;
		all += walk(member, depth + 1);
		if (y->kind != YAML_MAP || member->key.n >= sizeof(key) ||
		    bytes_find_byte(member->key, 0, 0) != SIZE_MAX)
			continue;
		memcpy(key, member->key.p, member->key.n);
		key[member->key.n] = '\0';
		assert(yaml_get(y, key) == member);
	}
	assert(n == y->n);
	return all;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = arena_with(16 * MIB);
	struct arena small;
	struct yaml_fault fault = { 0 };
	const struct yaml *y = yaml_read(bytes_at(data, size), &arena, &fault);

	if (y != NULL) {
		assert(walk(y, 0) <= YAML_NODES);
		small = arena_with(arena.used - 1);
		assert(yaml_read(bytes_at(data, size), &small, &fault) == NULL);
		assert(bytes_is(bytes_of(fault.why), "not enough memory"));
		arena_free(&small);
	}
	assert(y != NULL || fault.line > 0);
	assert(fault.line == 0 || (fault.column > 0 && fault.why[0] != '\0'));
	assert(text_utf8(bytes_of(fault.why)));
	arena_free(&arena);
	return 0;
}
