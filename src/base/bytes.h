/*
 * Borrowed bytes, and the one cursor through which untrusted bytes are read.
 *
 * A cursor holds one sticky fault: once a read went past the end, every later
 * read gives nothing, and cur_ok() says so once at the end of a structure.
 */
#ifndef BASE_BYTES_H
#define BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct bytes {			/* borrowed, never owned, no NUL at the end */
	const uint8_t *p;
	size_t n;
};

struct cur {			/* at <= in.n; bad, once set, stays set */
	struct bytes in;
	size_t at;
	bool bad;
};

/* The bytes of a C string, without its NUL; of NULL: none. */
static inline struct bytes
bytes_of(const char *s)
{
	struct bytes b = { (const uint8_t *)s, s == NULL ? 0 : strlen(s) };

	return b;
}

/* n bytes at p. */
static inline struct bytes
bytes_at(const void *p, size_t n)
{
	struct bytes b = { (const uint8_t *)p, n };

	return b;
}

/* The part of b from `from`, at most n long; never outside b. */
static inline struct bytes
bytes_part(struct bytes b, size_t from, size_t n)
{
	if (from > b.n)
		from = b.n;
	if (n > b.n - from)
		n = b.n - from;
	return bytes_at(b.p == NULL ? NULL : b.p + from, n);
}

static inline bool
bytes_eq(struct bytes a, struct bytes b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool
bytes_is(struct bytes b, const char *s)
{
	return bytes_eq(b, bytes_of(s));
}

static inline bool
bytes_starts(struct bytes b, const char *s)
{
	struct bytes head = bytes_of(s);

	return b.n >= head.n && bytes_eq(bytes_part(b, 0, head.n), head);
}

static inline bool
bytes_ends(struct bytes b, const char *s)
{
	struct bytes tail = bytes_of(s);

	return b.n >= tail.n &&
	    bytes_eq(bytes_part(b, b.n - tail.n, tail.n), tail);
}

/* As memcmp, the shorter first when one begins the other. */
int bytes_cmp(struct bytes, struct bytes);

/* Where `what` first occurs at or after `from`, or SIZE_MAX. */
size_t bytes_find(struct bytes b, struct bytes what, size_t from);
size_t bytes_find_byte(struct bytes b, uint8_t what, size_t from);

struct cur cur_over(struct bytes);

/* n bytes, or none and bad; never past the end. */
struct bytes cur_take(struct cur *, size_t n);

/* A section that cannot read beyond itself. */
struct cur cur_sub(struct cur *, size_t n);

/* An unsigned integer of `width` bytes, 1 to 8; 0 and bad past the end. */
uint64_t cur_be(struct cur *, unsigned width);
uint64_t cur_le(struct cur *, unsigned width);

/* Go to an absolute place; bad if it lies past the end. */
void cur_seek(struct cur *, size_t at);

size_t cur_left(const struct cur *);
bool cur_ok(const struct cur *);

#endif
