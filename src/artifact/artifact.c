#include "artifact/artifact.h"

#include <string.h>

#include "base/text.h"

static const struct artifact *const artifacts[] = {
#define ARTIFACT(name) &artifact_##name,
#include "artifact/list.h"
#undef ARTIFACT
};

const struct artifact *
artifact_at(unsigned i)
{
	return i < artifact_count() ? artifacts[i] : NULL;
}

unsigned
artifact_count(void)
{
	return sizeof(artifacts) / sizeof(artifacts[0]);
}

int
artifact_find(const char *name)
{
	unsigned i;

	for (i = 0; i < artifact_count(); i++)
		if (strcmp(artifacts[i]->name, name) == 0)
			return (int)i;
	return -1;
}

bool
artifact_place(const struct place *place, struct bytes domain,
    struct bytes path, const char **suffix)
{
	static const char *const suffixes[] = { "", "-wal", "-journal" };
	struct bytes stem;
	unsigned i;

	for (; place != NULL && place->path != NULL; place++) {
		if (place->domain != NULL && !text_glob(domain, place->domain))
			continue;
		for (i = 0; i < 3; i++) {
			if (!bytes_ends(path, suffixes[i]))
				continue;
			stem = bytes_part(path, 0,
			    path.n - strlen(suffixes[i]));
			if (!text_glob(stem, place->path))
				continue;
			*suffix = suffixes[i];
			return true;
		}
	}
	return false;
}
