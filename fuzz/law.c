/*
 * Laws: read, and if good then asked everything and shown both ways.
 */
/* fuzz: max_len=8192 */
#include <assert.h>

#include "base/limits.h"
#include "base/text.h"
#include "election/law.h"
#include "election/law_show.h"
#include "format/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
ask(const struct law *law, const struct law_version *v)
{
	struct when_known known = { .entry = NULL };
	struct when_day from, until;
	struct buf words = buf_with(MIB);
	unsigned i;

	for (i = 0; i < ANCHOR_COUNT; i++)
		known.anchors[i] = 19799 - (int32_t)i;
	(void)law_voting_day(law, v, &known, &words);
	for (i = 0; i < v->nentries; i++)
		law_window(&v->entries[i].date, &known, &from, &until, &words);
	assert(text_utf8(buf_bytes(&words)));
	(void)law_zone(law, v->from);
	buf_free(&words);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = arena_with(8 * MIB);
	struct law_faults faults;
	const struct law *law = law_read(bytes_at(data, size), &arena,
	    &faults);
	struct out out = out_memory(16 * MIB);
	unsigned i;

	assert((law == NULL) == (faults.n > 0));
	for (i = 0; law != NULL && i < law->nversions; i++)
		ask(law, &law->versions[i]);
	if (law != NULL) {
		law_show(&out, law, NULL, false);
		(void)out_end(&out);
		out = out_memory(16 * MIB);
		law_show(&out, law, NULL, true);
		assert(out.err != ERR_NONE || out.buf.bad ||
		    json_valid(buf_bytes(&out.buf)));
	}
	(void)out_end(&out);
	arena_free(&arena);
	return 0;
}
