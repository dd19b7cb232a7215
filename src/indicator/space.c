#include "indicator/space.h"

#include <string.h>

/* Whether the pass goes from the right: parents stand at the end. */
static bool
is_backward(enum space space)
{
	return space == SPACE_HOST || space == SPACE_HOST_ONLY ||
	    space == SPACE_PATH_TAIL;
}

static bool
is_stepped(enum space space)
{
	return is_backward(space) || space == SPACE_PATH ||
	    space == SPACE_PLACE;
}

uint32_t
space_hash(uint64_t seed, enum space space, struct bytes value)
{
	uint64_t word, h = SPACE_START(seed);
	size_t i = 0;

	if (is_backward(space)) {
		for (i = value.n; i > 0; i--)
			h = space_step(h, value.p[i - 1]);
		return space_done(h, space);
	}
	/* Whole values only: eight bytes at a time. */
	while (!is_stepped(space) && value.n - i >= sizeof(word)) {
		memcpy(&word, value.p + i, sizeof(word));
		h = (h ^ word) * UINT64_C(0x9fb21c651e98df25);
		h ^= h >> 32;
		i += sizeof(word);
	}
	for (; i < value.n; i++)
		h = space_step(h, value.p[i]);
	return space_done(h, space);
}
