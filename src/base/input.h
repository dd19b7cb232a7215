/*
 * How a reader gets at the bytes of a member: a read at an offset, nothing
 * else.  Files use pread; tests and fuzzers read from memory; a member that
 * lies encrypted is decrypted behind the same call.
 */
#ifndef BASE_INPUT_H
#define BASE_INPUT_H

#include <stdint.h>

#include "base/bytes.h"

struct input {
	/* Reads n bytes at `offset` into `to`.  Returns how many were read:
	   fewer only at the end or on an error, which reads as the end. */
	size_t (*read)(const struct input *, void *to, size_t n,
	    uint64_t offset);
	uint64_t size;		/* bytes, as told when it was opened */
	int fd;			/* input_file */
	struct bytes memory;	/* input_memory */
	void *ctx;		/* others */
};

/* Over a descriptor, borrowed, whose size the opener knows. */
struct input input_file(int fd, uint64_t size);

/* Over borrowed memory. */
struct input input_memory(struct bytes);

size_t input_read(const struct input *, void *to, size_t n, uint64_t offset);

#endif
