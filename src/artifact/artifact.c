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

/* A first look, for every place is tried on every file: whether the last byte
   could be that of the pattern. */
static bool
ends_alike(struct bytes path, const char *pattern)
{
	size_t n = strlen(pattern);

	return n > 0 && path.n > 0 && (pattern[n - 1] == '*' ||
	    pattern[n - 1] == '?' ||
	    path.p[path.n - 1] == (uint8_t)pattern[n - 1]);
}

bool
artifact_place(const struct place *place, struct bytes domain,
    struct bytes path, const char **suffix)
{
	const char *beyond = bytes_ends(path, "-wal") ? "-wal" :
	    bytes_ends(path, "-journal") ? "-journal" : "";
	struct bytes stem = bytes_part(path, 0, path.n - strlen(beyond));

	for (; place != NULL && place->path != NULL; place++) {
		if (!ends_alike(path, place->path) &&
		    !ends_alike(stem, place->path))
			continue;
		if (place->domain != NULL && !text_glob(domain, place->domain))
			continue;
		if (text_glob(path, place->path))
			*suffix = "";
		else if (stem.n < path.n && text_glob(stem, place->path))
			*suffix = beyond;
		else
			continue;
		return true;
	}
	return false;
}
