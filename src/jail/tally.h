/*
 * The evidence hash: SHA-256 over a list of files.  For each file, in the
 * order of the bytes of the names:
 *
 *	name NUL size NUL sha256 LF
 *
 * size in decimal, sha256 in lower-case hex, or "-" if the file could not be
 * read to its end.  docs/evidence-hash.md shows how to compute it by hand.
 */
#ifndef JAIL_TALLY_H
#define JAIL_TALLY_H

#include <stdint.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "base/err.h"
#include "base/hash.h"

struct tally {
	struct hash *hash;
	struct buf text;	/* not hashed and written yet */
	int fd;			/* the list goes here too; -1: nowhere */
	uint64_t files, bytes;
	enum err err;		/* the first; sticky */
};

enum err tally_begin(struct tally *, int fd);

/* The next file; sha256 NULL if it could not be read. */
void tally_add(struct tally *, struct bytes name, uint64_t size,
    const uint8_t *sha256);

/* The hash in hex, and frees everything, also on error. */
enum err tally_end(struct tally *, char sha256[65]);

#endif
