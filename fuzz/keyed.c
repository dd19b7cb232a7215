/*
 * Keyed archives: every question to the root and to what it holds.
 */
/* fuzz: max_len=8192 */
#include "base/limits.h"
#include "format/keyed.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
ask(struct keyed k, unsigned depth)
{
	uint32_t i;

	(void)keyed_class(k);
	(void)keyed_bytes(k);
	(void)keyed_int(k, 0);
	(void)keyed_date(k);
	(void)keyed_get(k, "RelativePath");
	for (i = 0; depth > 0 && i < keyed_count(k) && i < 8; i++) {
		ask(keyed_key(k, i), 0);
		ask(keyed_at(k, i), depth - 1);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = arena_with(8 * MIB);
	struct plist doc = { NULL, 0 };

	if (plist_read(&doc, &arena, bytes_at(data, size), NULL) == ERR_NONE) {
		(void)keyed_is(doc);
		ask(keyed_root(doc), 3);
		ask(keyed_get(keyed_root(doc), "EncryptionKey"), 1);
	}
	arena_free(&arena);
	return 0;
}
