/*
 * Property lists of both forms: read, written out as JSON, and every text in
 * them UTF-8.
 */
/* fuzz: max_len=8192 */
#include <assert.h>

#include "base/limits.h"
#include "base/text.h"
#include "format/json.h"
#include "format/plist.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
ask(struct plist p, unsigned *visits)
{
	uint32_t i;

	assert(plist_type(p) != PLIST_TEXT || text_utf8(plist_bytes(p)));
	for (i = 0; i < plist_count(p) && ++*visits < 10000; i++) {
		assert(text_utf8(plist_key(p, i)));
		ask(plist_at(p, i), visits);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = arena_with(8 * MIB);
	struct buf out = buf_with(64 * KIB);
	struct plist root = { NULL, 0 };
	unsigned visits = 0;

	if (plist_read(&root, &arena, bytes_at(data, size), NULL) == ERR_NONE) {
		ask(root, &visits);
		plist_json(root, &out);
		assert(out.bad || json_valid(buf_bytes(&out)));
	}
	buf_free(&out);
	arena_free(&arena);
	return 0;
}
