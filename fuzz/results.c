/*
 * Files of results under the built-in profiles: what is passed on keeps its
 * bounds, and relations can be asked and explained.
 */
/* fuzz: max_len=4096 */
#include <assert.h>

#include "base/limits.h"
#include "base/text.h"
#include "election/profile_builtin.h"
#include "election/read_results.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static struct arena kept;
static const struct profile *profiles[2];

struct seen {
	struct form form;
	struct arena arena;
	struct buf words;
};

static bool
protocol(void *ctx, const struct protocol *p)
{
	const struct profile_relation *r;
	const struct relation_plan *plan;
	struct seen *s = ctx;
	struct bytes missing;
	int64_t excess;
	unsigned i, n;
	bool empty;

	assert(p->nvalues <= s->form.n && p->line > 0);
	assert(text_utf8(p->region) && text_utf8(p->station));
	for (i = 0; i < p->nvalues; i++)
		assert(p->values[i] >= FORM_EMPTY && p->values[i] <= FORM_MOST);
	r = profile_relations(profiles[0], &n);
	for (i = 0; i < n && p->nvalues == s->form.n; i++) {
		plan = relation_bind(r[i].relation, &s->form, &s->arena,
		    &missing);
		if (plan == NULL)
			continue;
		(void)relation_holds(plan, p->values, &excess, &empty);
		buf_reset(&s->words);
		relation_explain(plan, &s->form, p->values, &s->words);
		assert(text_utf8(buf_bytes(&s->words)));
	}
	return true;
}

static void
fault(void *ctx, unsigned file, uint64_t line, uint32_t column,
    const char *why)
{
	(void)ctx;
	(void)file;
	(void)line;
	(void)column;
	assert(why != NULL && text_utf8(bytes_of(why)));
}

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

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct results_file file = { .input = input_memory(bytes_at(data,
	    size)), .name = bytes_of("f") };
	struct form_sink sink = { .protocol = protocol, .fault = fault };
	struct results_read out;
	struct seen *s;
	struct arena own = arena_with(MIB);

	s = arena_alloc(&own, 1, sizeof(*s));
	if (s != NULL && (profiles[0] != NULL || load())) {
		s->arena = arena_with(8 * MIB);
		s->words = buf_with(64 * KIB);
		s->form.arena = &s->arena;
		sink.form = &s->form;
		sink.ctx = s;
		read_results(&file, profiles, 2, &sink, &s->arena, &out);
		buf_free(&s->words);
		arena_free(&s->arena);
	}
	arena_free(&own);
	return 0;
}
