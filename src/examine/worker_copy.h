/*
 * One file of a backup from one descriptor to another, decrypted on the way if
 * it is encrypted, with the SHA-256 of both sides.  Inside the jail.
 */
#ifndef EXAMINE_WORKER_COPY_H
#define EXAMINE_WORKER_COPY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/input.h"
#include "crypt/keys.h"
#include "examine/extract_wire.h"

struct copier {
	struct hash *source_hash, *hash;
	uint8_t *window;
	const struct keys *keys;	/* borrowed; or NULL */
	struct extract_result *result;	/* of the file under way */
};

/* What Manifest.db says of how a file lies. */
struct copy_source {
	struct bytes key;		/* wrapped, or none */
	bool damaged;			/* nobody knows whether there is one */
};

enum err worker_copy_new(struct copier *, struct arena *);
void worker_copy_free(struct copier *);

/* Tells the outcome, both sizes and hashes, and what is odd (static text). */
void worker_copy(struct copier *, const struct input *,
    const struct copy_source *, int to, struct extract_result *);

#endif
