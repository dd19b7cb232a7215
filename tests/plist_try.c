/*
 * Reads property lists for tests.
 */
#include "plist_try.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/limits.h"

static void
note(void *ctx, const struct gap *gap)
{
	struct plist_try *t = ctx;

	if (t->gaps++ > 0)
		return;
	t->offset = gap->offset;
	strncpy(t->why, gap->why, sizeof(t->why) - 1);
}

void
plist_try_read(struct plist_try *t, struct bytes in)
{
	struct gap_sink sink = { note, t };

	memset(t, 0, sizeof(*t));
	t->arena = arena_with(64 * MIB);
	t->err = plist_read(&t->root, &t->arena, in, &sink);
}

void
plist_try_free(struct plist_try *t)
{
	arena_free(&t->arena);
}

bool
plist_try_json(struct plist p, const char *want)
{
	struct buf out = buf_with(MIB);
	bool same;

	plist_json(p, &out);
	same = !out.bad && bytes_is(buf_bytes(&out), want);
	if (!same)
		fprintf(stderr, "JSON:   %.*s\nwanted: %s\n", (int)out.n,
		    (const char *)out.p, want);
	buf_free(&out);
	return same;
}

unsigned
plist_try_height(struct plist p)
{
	unsigned most = 0;
	unsigned h;
	uint32_t i;

	for (i = 0; i < plist_count(p); i++) {
		h = plist_try_height(plist_at(p, i));
		most = h > most ? h : most;
	}
	return most + 1;
}
