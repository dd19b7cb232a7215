/*
 * Zip archives: the directory, and a part of every member.
 */
/* fuzz: max_len=4096 */
#include <assert.h>

#include "base/limits.h"
#include "format/zip.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
member(const struct input *in, const struct zip_member *m)
{
	const char *fault;
	struct zip_stream *s = zip_open(in, m, &fault);
	uint8_t to[5000];
	uint64_t done = 0;
	size_t n;

	assert((s == NULL) == (fault != NULL));
	if (s == NULL)
		return;
	while (done < 256 * KIB && (n = zip_take(s, to, sizeof(to))) > 0)
		done += n;
	assert(done <= m->size);
	fault = zip_close(s);
	assert(fault != NULL || done == m->size);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = input_memory(bytes_at(data, size));
	struct arena arena = arena_with(MIB);
	struct zip zip;
	size_t i;

	(void)zip_is(&in);
	if (!zip_read(&in, &arena, &zip))
		assert(zip.fault != NULL && zip.n == 0);
	for (i = 0; i < zip.n; i++)
		member(&in, &zip.members[i]);
	arena_free(&arena);
	return 0;
}
