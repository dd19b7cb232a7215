/*
 * Cookie files: texts lie inside the file, and there are no more cookies than
 * fit into it.
 */
/* fuzz: max_len=8192 */
#include <assert.h>

#include "format/cookies.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

struct seen {
	const uint8_t *from;
	size_t n, cookies;
};

static void
inside(const struct seen *s, struct bytes b)
{
	assert(b.n == 0 || (b.p > s->from && b.p + b.n < s->from + s->n));
}

static void
each(void *ctx, const struct cookie *k)
{
	struct seen *s = ctx;

	s->cookies++;
	inside(s, k->domain);
	inside(s, k->name);
	inside(s, k->path);
	assert(k->value_length < s->n);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct gap_sink gaps = { NULL, NULL };
	struct seen s = { data, size, 0 };

	(void)cookies_read(bytes_at(data, size), &gaps, each, &s);
	assert(s.cookies <= size / 56);
	return 0;
}
