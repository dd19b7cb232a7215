/*
 * A certificate out of evidence: any bytes, and a name alone.
 */
#include "artifact/certs.h"
#include "base/limits.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = arena_with(MIB);
	struct cert cert;

	(void)certs_read(&cert, &arena, bytes_at(data, size));
	(void)certs_name(&arena, bytes_at(data, size));
	arena_free(&arena);
	return 0;
}
