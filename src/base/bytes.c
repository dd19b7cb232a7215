#include "base/bytes.h"

#include <assert.h>
#include <string.h>

int
bytes_cmp(struct bytes a, struct bytes b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n == 0 ? 0 : memcmp(a.p, b.p, n);

	if (c != 0)
		return c;
	return a.n < b.n ? -1 : a.n > b.n;
}

size_t
bytes_find(struct bytes b, struct bytes what, size_t from)
{
	const uint8_t *hit;

	if (from > b.n || what.n > b.n - from)
		return SIZE_MAX;
	if (what.n == 0)
		return from;
	hit = memmem(b.p + from, b.n - from, what.p, what.n);
	return hit == NULL ? SIZE_MAX : (size_t)(hit - b.p);
}

size_t
bytes_find_byte(struct bytes b, uint8_t what, size_t from)
{
	const uint8_t *hit;

	if (from >= b.n)
		return SIZE_MAX;
	hit = memchr(b.p + from, what, b.n - from);
	return hit == NULL ? SIZE_MAX : (size_t)(hit - b.p);
}

struct cur
cur_over(struct bytes b)
{
	struct cur c = { b, 0, false };

	return c;
}

struct bytes
cur_take(struct cur *c, size_t n)
{
	struct bytes none = { NULL, 0 };
	struct bytes b;

	if (c->bad || n > c->in.n - c->at) {
		c->bad = true;
		return none;
	}
	b = bytes_part(c->in, c->at, n);
	c->at += n;
	return b;
}

struct cur
cur_sub(struct cur *c, size_t n)
{
	struct cur sub = cur_over(cur_take(c, n));

	sub.bad = c->bad;
	return sub;
}

uint64_t
cur_be(struct cur *c, unsigned width)
{
	struct bytes b;
	uint64_t v = 0;
	size_t i;

	assert(width >= 1 && width <= 8);
	b = cur_take(c, width);
	for (i = 0; i < b.n; i++)
		v = v << 8 | b.p[i];
	return v;
}

uint64_t
cur_le(struct cur *c, unsigned width)
{
	struct bytes b;
	uint64_t v = 0;
	size_t i;

	assert(width >= 1 && width <= 8);
	b = cur_take(c, width);
	for (i = b.n; i > 0; i--)
		v = v << 8 | b.p[i - 1];
	return v;
}

void
cur_seek(struct cur *c, size_t at)
{
	if (at > c->in.n)
		c->bad = true;
	else if (!c->bad)
		c->at = at;
}

size_t
cur_left(const struct cur *c)
{
	return c->bad ? 0 : c->in.n - c->at;
}

bool
cur_ok(const struct cur *c)
{
	return !c->bad;
}
