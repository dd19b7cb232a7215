#include "base/buf.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct buf
buf_with(size_t max)
{
	struct buf b = { NULL, 0, 0, max, false };

	return b;
}

uint8_t *
buf_grow(struct buf *b, size_t n)
{
	size_t cap;
	uint8_t *p;

	if (b->bad || n > b->max - b->n) {
		b->bad = true;
		return NULL;
	}
	if (b->p == NULL && n == 0)
		return NULL;
	if (n <= b->cap - b->n)
		return b->p + b->n;
	cap = b->cap < 256 ? 256 : b->cap;
	while (cap - b->n < n)
		cap = cap > b->max / 2 ? b->max : cap * 2;
	if (cap > b->max)
		cap = b->max;
	p = realloc(b->p, cap);
	if (p == NULL) {
		b->bad = true;
		return NULL;
	}
	b->p = p;
	b->cap = cap;
	return b->p + b->n;
}

void
buf_uint(struct buf *b, uint64_t v)
{
	char digits[20];
	size_t at = sizeof(digits);

	do {
		digits[--at] = (char)('0' + v % 10);
		v /= 10;
	} while (v > 0);
	buf_add(b, bytes_at(digits + at, sizeof(digits) - at));
}

void
buf_int(struct buf *b, int64_t v)
{
	size_t before = b->n;

	if (v < 0)
		buf_byte(b, '-');
	buf_uint(b, v < 0 ? 0 - (uint64_t)v : (uint64_t)v);
	if (b->bad)
		b->n = before;
}

void
buf_printf(struct buf *b, const char *format, ...)
{
	va_list args;
	uint8_t *p;
	int n;

	va_start(args, format);
	n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	assert(n >= 0);
	p = buf_room(b, (size_t)n + 1);
	if (p == NULL)
		return;
	va_start(args, format);
	(void)vsnprintf((char *)p, (size_t)n + 1, format, args);
	va_end(args);
	b->n += (size_t)n;
}

void
buf_le(struct buf *b, uint64_t v, unsigned width)
{
	uint8_t *p;
	unsigned i;

	assert(width >= 1 && width <= 8);
	p = buf_room(b, width);
	if (p == NULL)
		return;
	for (i = 0; i < width; i++) {
		p[i] = (uint8_t)v;
		v >>= 8;
	}
	b->n += width;
}

void
buf_reset(struct buf *b)
{
	b->n = 0;
	b->bad = false;
}

void
buf_free(struct buf *b)
{
	free(b->p);
	b->p = NULL;
	b->n = b->cap = 0;
}
