/*
 * From results to the report.  The input is CSV, which is counted; what it
 * comes to passes as bytes, and comes back the same.  What stands behind the
 * last line end damages these bytes as a worker might that was taken over: two
 * bytes say how far to go on, the third what is flipped there.  What is still
 * taken for a tally can be told.
 */
/* fuzz: max_len=4096 */
#include <assert.h>

#include "base/limits.h"
#include "base/text.h"
#include "election/count.h"
#include "election/levels.h"
#include "election/profile_builtin.h"
#include "election/read_results.h"
#include "report/election.h"

#define TALLY_BYTES	(8 * MIB)

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static struct arena kept;
static const struct profile *profiles[2];

static bool
load(void)
{
	static const char *const names[2] = { "ru", "neutral" };
	struct yaml_fault why;
	unsigned i;

	kept = arena_with(16 * MIB);
	for (i = 0; i < 2; i++)
		profiles[i] = profile_read(profile_builtin_text(names[i]),
		    &kept, &why);
	if (profiles[0] != NULL && profiles[1] != NULL)
		return true;
	arena_free(&kept);		/* an allocation failed */
	profiles[0] = NULL;
	return false;
}

static bool
count(struct bytes csv, bool pictures, struct arena *arena, struct buf *bytes)
{
	const struct count_setup setup = { .pictures = pictures,
	    .anomaly = true };
	struct results_file file = { .input = input_memory(csv),
	    .name = bytes_of("f") };
	struct count *c = count_new(&setup);
	struct results_read out;
	struct form_sink sink;
	struct tally tally;
	enum err err;

	if (c == NULL)
		return false;
	sink = count_sink(c);
	read_results(&file, profiles, 2, &sink, arena, &out);
	count_file(c, file.name, out.profile, out.format, out.rows);
	err = count_end(c, &tally);
	if (err == ERR_NONE)
		tally_write(&tally, bytes);
	count_free(c);
	return err == ERR_NONE && !bytes->bad;
}

static bool
damage(struct buf *b, struct bytes how)
{
	size_t at = 0, i;

	for (i = 0; i + 2 < how.n; i += 3) {
		at = (at + how.p[i] * 256u + how.p[i + 1]) % b->n;
		b->p[at] ^= how.p[i + 2];
	}
	return i > 0;
}

static void
tell(const struct tally *tally, bool pictures)
{
	const struct election_view view = { .tally = tally,
	    .why_none = "no law was named" };
	struct out out = out_memory(16 * MIB);

	election_text(&out, &view, 80, false);
	election_json(&out, &view);
	levels_write(&out, tally, TALLY_TERRITORY);
	if (tally->anomaly != NULL)
		election_anomaly_text(&out, &view);
	if (pictures)
		election_html(&out, &view);
	(void)out_end(&out);
}

static void
parent(const struct buf *bytes, bool damaged, bool pictures,
    struct arena *arena)
{
	struct buf again = buf_with(TALLY_BYTES);
	struct tally tally;

	if (tally_read(buf_bytes(bytes), arena, &tally)) {
		tally_write(&tally, &again);
		assert(again.bad || bytes_eq(buf_bytes(&again),
		    buf_bytes(bytes)));
		if (tally.nfaults == 0)
			tell(&tally, pictures);
	} else {
		assert(damaged || arena->bad);
	}
	buf_free(&again);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = arena_with(64 * MIB);
	struct buf bytes = buf_with(TALLY_BYTES);
	struct bytes how = bytes_at(data, size);
	size_t csv = size;
	bool damaged;

	while (csv > 0 && data[csv - 1] != '\n')
		csv--;
	how = bytes_part(how, csv, SIZE_MAX);
	if ((profiles[0] != NULL || load()) && count(bytes_at(data, csv),
	    how.n % 3 == 1, &arena, &bytes)) {
		damaged = damage(&bytes, how);
		parent(&bytes, damaged, how.n % 3 == 1, &arena);
	}
	buf_free(&bytes);
	arena_free(&arena);
	return 0;
}
