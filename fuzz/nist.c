/*
 * A report, counted and written again: what was read is well-formed JSON, and
 * what was written reads the same.  Behind a NUL stands what the file is when
 * it is read for the second time.
 */
/* fuzz: max_len=16384 */
#include <assert.h>

#include "base/limits.h"
#include "election/nist.h"
#include "election/profile_builtin.h"
#include "election/read_results.h"
#include "format/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

struct twice {
	struct bytes first, second;
	unsigned times;
};

static size_t
take(const struct input *in, void *to, size_t n, uint64_t offset)
{
	struct twice *t = in->ctx;
	struct bytes part;

	t->times += offset == 0;
	part = bytes_part(t->times == 1 ? t->first : t->second,
	    (size_t)offset, n);
	if (part.n > 0)
		memcpy(to, part.p, part.n);
	return part.n;
}

static const struct profile *
neutral(void)
{
	static const struct profile *made;
	static struct arena kept;
	struct yaml_fault fault;

	if (made != NULL)
		return made;
	kept = arena_with(8 * MIB);
	made = profile_read(profile_builtin_text("neutral"), &kept, &fault);
	if (made == NULL)
		arena_free(&kept);
	return made;
}

/* Counts it; whether there was nothing wrong. */
static bool
count_it(struct twice *t, struct arena *arena, struct count **c,
    struct tally *tally)
{
	static const struct count_setup setup = { .accept_broken = true };
	const struct profile *profile = neutral();
	struct results_file f = { .number = 0 };
	struct results_read read = { .rows = 0 };
	struct form_sink sink;

	f.input = (struct input){ .read = take, .ctx = t,
	    .size = t->second.n };
	*c = profile == NULL ? NULL : count_new(&setup);
	if (*c == NULL)
		return false;
	sink = count_sink(*c);
	nist_read(&f, &profile, 1, &sink, arena, &read);
	count_file(*c, bytes_of("x"), read.profile, read.format, read.rows);
	return count_end(*c, tally) == ERR_NONE && tally->nfaults == 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes all = bytes_at(data, size);
	size_t nul = bytes_find_byte(all, '\0', 0);
	struct arena arena = arena_with(32 * MIB);
	struct nist_about about = { .voting = 19800, .round = 1 };
	struct out out = out_memory(16 * MIB);
	struct count *c = NULL, *again = NULL;
	struct tally tally, second;
	struct twice t = { all, all, 0 };

	if (nul != SIZE_MAX) {
		t.first = bytes_part(all, 0, nul);
		t.second = bytes_part(all, nul + 1, size);
	}
	if (count_it(&t, &arena, &c, &tally) &&
	    nist_write(&out, c, &tally, &about) == ERR_NONE && !out.buf.bad) {
		assert(nul != SIZE_MAX || json_valid(all));
		t = (struct twice){ buf_bytes(&out.buf), buf_bytes(&out.buf),
		    0 };
		if (count_it(&t, &arena, &again, &second)) {
			assert(second.nnodes == tally.nnodes);
			assert(second.nodes[0].counted ==
			    tally.nodes[0].counted);
		}
	}
	(void)out_end(&out);
	count_free(c);
	count_free(again);
	arena_free(&arena);
	return 0;
}
