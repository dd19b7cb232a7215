/*
 * Nearly every file differs from every place in how its name ends, so the
 * places are kept by the last bytes of what follows their last star.
 */
#include "artifact/places.h"

#include <string.h>

#include "artifact/artifact.h"

#define ENDING		4u	/* bytes of it that are looked up */
#define BUCKETS		512u
#define NONE		UINT16_MAX

struct one {
	struct place place[2];	/* it, and the end of a list */
	struct bytes tail;	/* behind its last star */
	uint16_t next;		/* in its bucket */
};

struct places {
	uint16_t first[BUCKETS];
	uint16_t any;		/* those whose tail is too short to look up */
	uint16_t n;
	struct one list[];
};

static unsigned
bucket_of(struct bytes text)
{
	uint32_t v;

	memcpy(&v, text.p + text.n - ENDING, ENDING);
	return v * UINT32_C(0x9e3779b1) >> 23;
}

static struct bytes
tail_of(const char *pattern)
{
	struct bytes b = bytes_of(pattern);
	size_t at = b.n;

	while (at > 0 && b.p[at - 1] != '*' && b.p[at - 1] != '?')
		at--;
	return bytes_part(b, at, b.n);
}

static unsigned
count(const struct place *place)
{
	unsigned n = 0;

	while (place != NULL && place[n].path != NULL)
		n++;
	return n;
}

static void
add_list(struct places *p, const struct place *place)
{
	struct one *one;
	uint16_t *first;

	for (; place != NULL && place->path != NULL; place++) {
		one = &p->list[p->n];
		one->place[0] = *place;
		one->place[1] = (struct place){ NULL, NULL };
		one->tail = tail_of(place->path);
		first = one->tail.n < ENDING ? &p->any :
		    &p->first[bucket_of(one->tail)];
		one->next = *first;
		*first = p->n++;
	}
}

enum err
places_new(struct places **out, struct arena *arena)
{
	const struct artifact *a;
	struct places *p;
	unsigned i, n = 0;

	for (i = 0; (a = artifact_at(i)) != NULL; i++)
		n += count(a->places) + count(a->also);
	p = n >= NONE ? NULL : arena_alloc(arena, 1, sizeof(*p) +
	    n * sizeof(struct one));
	if (p == NULL)
		return ERR_MEMORY;
	for (i = 0; i < BUCKETS; i++)
		p->first[i] = NONE;
	p->any = NONE;
	for (i = 0; (a = artifact_at(i)) != NULL; i++) {
		add_list(p, a->places);
		add_list(p, a->also);
	}
	*out = p;
	return ERR_NONE;
}

static bool
ends(struct bytes text, struct bytes tail)
{
	return tail.n <= text.n && (tail.n == 0 ||
	    memcmp(text.p + text.n - tail.n, tail.p, tail.n) == 0);
}

/* One of the places from `at` on; `text` is the path, or what is left of it
   without its ending of a wal or journal. */
static bool
any_is(const struct places *p, uint16_t at, struct bytes domain,
    struct bytes path, struct bytes text)
{
	const struct one *one;
	const char *suffix;

	for (; at != NONE; at = one->next) {
		one = &p->list[at];
		if (ends(text, one->tail) &&
		    artifact_place(one->place, domain, path, &suffix))
			return true;
	}
	return false;
}

static bool
text_is(const struct places *p, struct bytes domain, struct bytes path,
    struct bytes text)
{
	return (text.n >= ENDING && any_is(p, p->first[bucket_of(text)],
	    domain, path, text)) || any_is(p, p->any, domain, path, text);
}

bool
places_ask(const struct places *p, struct bytes domain, struct bytes path)
{
	size_t beyond = bytes_ends(path, "-wal") ? 4 :
	    bytes_ends(path, "-journal") ? 8 : 0;

	return text_is(p, domain, path, path) || (beyond > 0 &&
	    text_is(p, domain, path, bytes_part(path, 0, path.n - beyond)));
}
