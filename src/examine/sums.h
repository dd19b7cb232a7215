/*
 * SHA-256 of files that are whole, in a thread of its own while others work.
 */
#ifndef EXAMINE_SUMS_H
#define EXAMINE_SUMS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/hash.h"

struct sum {
	int fd;			/* borrowed; read from its beginning */
	bool done;
	enum err err;
	uint64_t size;
	uint8_t sha256[HASH_SHA256];
};

struct sums;			/* opaque */

enum err sums_new(struct sums **);

/* Hashes n files in the order of the list, which lives until sums_wait().
   Without a thread, the work is done there. */
void sums_start(struct sums *, struct sum *const *list, unsigned n);
void sums_wait(struct sums *);

/* Ends the thread, even in the middle. */
void sums_free(struct sums *);

#endif
