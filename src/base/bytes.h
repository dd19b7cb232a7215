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
struct bytes bytes_of(const char *);

/* n bytes at p. */
struct bytes bytes_at(const void *p, size_t n);

/* The part of b from `from`, at most n long; never outside b. */
struct bytes bytes_part(struct bytes b, size_t from, size_t n);

bool bytes_eq(struct bytes, struct bytes);
bool bytes_is(struct bytes, const char *);
bool bytes_starts(struct bytes, const char *);
bool bytes_ends(struct bytes, const char *);

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
