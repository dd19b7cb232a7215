/*
 * All places at once against each place by itself.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "artifact/artifact.h"
#include "artifact/places.h"
#include "base/limits.h"

#define TRIES	200		/* of each place */

static uint64_t seed = 11;

static unsigned
below(unsigned n)
{
	seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (unsigned)(seed >> 33) % n;
}

static bool
one_by_one(struct bytes domain, struct bytes path)
{
	const struct artifact *a;
	const char *suffix;
	unsigned i;

	for (i = 0; (a = artifact_at(i)) != NULL; i++)
		if (artifact_place(a->places, domain, path, &suffix) ||
		    artifact_place(a->also, domain, path, &suffix))
			return true;
	return false;
}

/* A text that a pattern matches, or nearly does. */
static void
from_pattern(struct buf *to, const char *pattern)
{
	static const char *const runs[] = { "", "x", "a.b", "x/y", "-wal",
	    "/", "abc.plist", "group.net" };

	for (; *pattern != '\0'; pattern++) {
		if (*pattern == '*')
			buf_text(to, runs[below(8)]);
		else if (*pattern == '?')
			buf_byte(to, (uint8_t)("a/-"[below(3)]));
		else
			buf_byte(to, (uint8_t)*pattern);
	}
}

static void
damage(struct buf *b)
{
	switch (below(8)) {
	case 0:
		buf_text(b, "-wal");
		break;
	case 1:
		buf_text(b, "-journal");
		break;
	case 2:
		if (b->n > 0)
			b->p[below((unsigned)b->n)] ^= 1;
		break;
	case 3:
		if (b->n > 0)
			b->n -= 1 + below((unsigned)b->n);
		break;
	case 4:
		buf_byte(b, 'x');
		break;
	default:
		break;
	}
}

static unsigned
try_place(const struct places *p, const struct place *place)
{
	struct buf domain = buf_with(4 * KIB), path = buf_with(4 * KIB);
	unsigned i, yes = 0;
	bool want;

	for (i = 0; i < TRIES; i++) {
		buf_reset(&domain);
		buf_reset(&path);
		from_pattern(&domain, place->domain != NULL ? place->domain :
		    "HomeDomain");
		from_pattern(&path, place->path);
		if (below(2) == 0)
			damage(&path);
		if (below(8) == 0)
			damage(&domain);
		want = one_by_one(buf_bytes(&domain), buf_bytes(&path));
		assert_int_equal(places_ask(p, buf_bytes(&domain),
		    buf_bytes(&path)), want);
		yes += want;
	}
	buf_free(&domain);
	buf_free(&path);
	return yes;
}

static void
as_one_by_one(void **state)
{
	struct arena arena = arena_with(MIB);
	const struct artifact *a;
	const struct place *place;
	struct places *p;
	unsigned i;

	(void)state;
	assert_int_equal(places_new(&p, &arena), ERR_NONE);
	for (i = 0; (a = artifact_at(i)) != NULL; i++) {
		for (place = a->places; place->path != NULL; place++)
			assert_true(try_place(p, place) > TRIES / 4);
		for (place = a->also; place != NULL && place->path != NULL;
		    place++)
			assert_true(try_place(p, place) > TRIES / 4);
	}
	arena_free(&arena);
}

static void
short_paths(void **state)
{
	static const char *const texts[] = { "", "-", "-wal", "-journal",
	    "x-wal", "a", "ab", "abc", ".db", "t" };
	struct arena arena = arena_with(MIB);
	struct places *p;
	unsigned i;

	(void)state;
	assert_int_equal(places_new(&p, &arena), ERR_NONE);
	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_int_equal(places_ask(p, bytes_of("HomeDomain"),
		    bytes_of(texts[i])), one_by_one(bytes_of("HomeDomain"),
		    bytes_of(texts[i])));
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(as_one_by_one),
		cmocka_unit_test(short_paths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
