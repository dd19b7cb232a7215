#include "election/profile_builtin.h"

#include <assert.h>

#include "election/embedded.h"

unsigned
profile_builtin_count(void)
{
	unsigned n = 0;

	while (embedded_profiles[n].name != NULL)
		n++;
	return n;
}

const char *
profile_builtin_name(unsigned i)
{
	assert(i < profile_builtin_count());
	return embedded_profiles[i].name;
}

struct bytes
profile_builtin_text(const char *name)
{
	unsigned i;

	for (i = 0; embedded_profiles[i].name != NULL; i++)
		if (bytes_is(bytes_of(name), embedded_profiles[i].name))
			return bytes_at(embedded_profiles[i].text,
			    embedded_profiles[i].n);
	return bytes_at(NULL, 0);
}
