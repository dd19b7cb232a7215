/*
 * Patterns of paths.  All places of the pattern that the text read so far can
 * have led to are carried along together, so no pattern and no path makes it
 * go back and try again.
 */
#include "base/text.h"

#include <string.h>

struct places {			/* where in the pattern the match may stand */
	uint64_t bits[TEXT_GLOB_MAX / 64 + 1];
	size_t low, high;	/* set bits lie between; both SIZE_MAX: none */
};

static bool
place_has(const struct places *s, size_t i)
{
	return (s->bits[i / 64] >> (i % 64) & 1) != 0;
}

/* The place i, and those behind stars that may stand for nothing. */
static void
place_add(struct places *s, struct bytes pattern, size_t i)
{
	while (!place_has(s, i)) {
		s->bits[i / 64] |= UINT64_C(1) << (i % 64);
		if (i < s->low)
			s->low = i;
		if (s->high == SIZE_MAX || i > s->high)
			s->high = i;
		if (i == pattern.n || pattern.p[i] != '*')
			return;
		i++;
	}
}

static void
places_clear(struct places *s)
{
	if (s->high != SIZE_MAX)
		memset(&s->bits[s->low / 64], 0,
		    (s->high / 64 - s->low / 64 + 1) * sizeof(s->bits[0]));
	s->low = SIZE_MAX;
	s->high = SIZE_MAX;
}

/* Two stars cross "/": the first of them stays, and brings the second. */
static bool
is_double(struct bytes pattern, size_t i)
{
	return i + 1 < pattern.n && pattern.p[i + 1] == '*';
}

static void
step(struct places *next, const struct places *now, struct bytes pattern,
    uint8_t c)
{
	size_t i;

	for (i = now->low; i <= now->high; i++) {
		if (!place_has(now, i) || i == pattern.n)
			continue;
		if (pattern.p[i] == '*') {
			if (c != '/' || is_double(pattern, i))
				place_add(next, pattern, i);
		} else if (pattern.p[i] == c ||
		    (pattern.p[i] == '?' && c != '/')) {
			place_add(next, pattern, i + 1);
		}
	}
}

static bool
is_wild(uint8_t c)
{
	return c == '*' || c == '?';
}

static bool
match(struct bytes path, struct bytes pattern)
{
	struct places sets[2];
	struct places *now = &sets[0], *next = &sets[1], *swap;
	size_t i;

	memset(sets, 0, sizeof(sets));
	sets[0].low = sets[0].high = sets[1].low = sets[1].high = SIZE_MAX;
	place_add(now, pattern, 0);
	for (i = 0; i < path.n; i++) {
		step(next, now, pattern, path.p[i]);
		if (next->high == SIZE_MAX)
			return false;
		places_clear(now);
		swap = now;
		now = next;
		next = swap;
	}
	return place_has(now, pattern.n);
}

bool
text_glob(struct bytes path, const char *pattern_text)
{
	struct bytes pattern = bytes_of(pattern_text);

	/* Nearly every path differs in the plain letters at either end. */
	while (path.n > 0 && pattern.n > 0 && !is_wild(pattern.p[0])) {
		if (path.p[0] != pattern.p[0])
			return false;
		path = bytes_part(path, 1, path.n - 1);
		pattern = bytes_part(pattern, 1, pattern.n - 1);
	}
	while (path.n > 0 && pattern.n > 0 &&
	    !is_wild(pattern.p[pattern.n - 1])) {
		if (path.p[path.n - 1] != pattern.p[pattern.n - 1])
			return false;
		path.n--;
		pattern.n--;
	}
	if (pattern.n > TEXT_GLOB_MAX)
		return false;
	return match(path, pattern);
}
