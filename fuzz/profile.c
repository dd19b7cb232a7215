/*
 * Profiles: any YAML, and headers asked of what could be read.
 */
/* fuzz: max_len=2048 */
#include <assert.h>

#include "base/limits.h"
#include "base/text.h"
#include "election/profile.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = arena_with(16 * MIB);
	struct yaml_fault fault = { .why = "" };
	const struct profile *p = profile_read(bytes_at(data, size), &arena,
	    &fault);
	struct bytes headers[] = { bytes_of("uik"), bytes_of(""),
	    bytes_of("1. Партия  \"СВЕТ\""), bytes_of("votes cast") };
	struct form form = { .arena = &arena };
	struct form_line line = { .key = headers[2], .candidate = true };
	struct bytes key;
	unsigned i;

	assert(p != NULL || fault.why[0] != '\0');
	for (i = 0; p != NULL && i < 4; i++)
		(void)profile_column(p, headers[i], &key);
	if (p != NULL) {
		line.against_all = profile_against_all(p, headers[2]);
		(void)form_add(&form, &line);
		(void)profile_vote(p, &form);
		(void)profile_wants(p, headers[3]);
		assert(profile_fits(p, headers, 4, &key) <= 4);
		(void)profile_lacks(p, &form);
	}
	arena_free(&arena);
	return 0;
}
