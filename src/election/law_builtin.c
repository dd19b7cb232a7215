/*
 * The laws that are built in.
 */
#include <assert.h>

#include "base/text.h"
#include "election/embedded.h"
#include "election/law.h"

unsigned
law_builtin_count(void)
{
	unsigned n = 0;

	while (embedded_laws[n].name != NULL)
		n++;
	return n;
}

const char *
law_builtin_id(unsigned i)
{
	assert(i < law_builtin_count());
	return embedded_laws[i].name;
}

struct bytes
law_builtin_text(unsigned i)
{
	assert(i < law_builtin_count());
	return bytes_at(embedded_laws[i].text, embedded_laws[i].n);
}

static size_t
past_dashes(struct bytes b, size_t at)
{
	while (at < b.n && b.p[at] == '-')
		at++;
	return at;
}

/* Equal but for case and dashes. */
static bool
same(struct bytes a, struct bytes b)
{
	size_t i = past_dashes(a, 0), k = past_dashes(b, 0);

	while (i < a.n && k < b.n && text_lower(a.p[i]) == text_lower(b.p[k])) {
		i = past_dashes(a, i + 1);
		k = past_dashes(b, k + 1);
	}
	return i == a.n && k == b.n;
}

int
law_builtin_find(struct bytes id)
{
	unsigned i;

	for (i = 0; embedded_laws[i].name != NULL; i++)
		if (same(id, bytes_of(embedded_laws[i].name)))
			return (int)i;
	return -1;
}
