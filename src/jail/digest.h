/*
 * The SHA-256 of one file beneath a folder, and whether it stayed the same.
 */
#ifndef JAIL_DIGEST_H
#define JAIL_DIGEST_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>
#include <time.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "base/hash.h"

struct digest {
	struct bytes name;	/* borrowed */
	bool known;		/* the next four are set */
	uint64_t size;
	struct timespec mtime;
	dev_t device;
	ino_t inode;
	bool read;		/* to its end: the next two are set */
	uint64_t length;	/* bytes hashed; size, unless it changed */
	uint8_t sha256[HASH_SHA256];
	bool changed;		/* another size, time or file, or gone */
};

/* What one thread needs for the work. */
struct digest_tool {
	struct hash *hash;
	uint8_t *window;	/* in the arena */
	atomic_bool stop;	/* leaves off in the middle of a file */
};

enum err digest_begin(struct digest_tool *, struct arena *);
void digest_stop(struct digest_tool *);
void digest_end(struct digest_tool *);

/* How the file looked when it was opened first. */
void digest_expect(struct digest *, const struct stat *);
bool digest_same(const struct digest *, const struct stat *);

/* Opens it by its name, and reads and hashes it. */
void digest_file(struct digest_tool *, int root, struct digest *);

/* Looks once more whether it is the same. */
void digest_check(int root, struct digest *);

#endif
