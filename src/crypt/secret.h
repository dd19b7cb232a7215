/*
 * Memory for passwords and keys: locked so that it is never swapped to a disk,
 * left out of core dumps, wiped when it is given up.  It has a descriptor, so
 * that one process can hand it to another without a copy on the way.
 */
#ifndef CRYPT_SECRET_H
#define CRYPT_SECRET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct secret {
	uint8_t *p;		/* n bytes, zero at first */
	size_t n;
	int fd;			/* close-on-exec; -1: mapped, or private */
	bool locked;		/* else the kernel would not (RLIMIT_MEMLOCK) */
	bool mapped;		/* another's: read-only, not ours to wipe */
};

/* n bytes of 1 to SECRET_MAX, in a memory file of their own whose size nobody
   can change any more.  ERR_MEMORY, or ERR_IO if the kernel has no such
   files. */
#define SECRET_MAX	65536
enum err secret_new(struct secret *, size_t n);

/* What another process has handed over, read-only.  Works in the jail, where
   nobody tells sizes: n is told; the descriptor stays the caller's.  ERR_KIND
   if there are fewer bytes than n, ERR_MEMORY. */
enum err secret_map(struct secret *, int fd, size_t n);

/* Writes into what another process has made, from its beginning; for a jail in
   which memory cannot be shared for writing.  The jail's limit on the size of
   files holds here too.  ERR_IO. */
enum err secret_write(int fd, const void *, size_t n);

/* From now on nobody can write into it but through the memory that its maker
   has: for descriptors that are handed on to be read.  Where the kernel cannot
   (before Linux 5.1), all is as it was. */
void secret_seal(const struct secret *);

/* Private locked memory of a worker, for keys in use; no descriptor.  A child
   has it too, but there it is not locked: lock after forking.  ERR_MEMORY. */
enum err secret_private(struct secret *, size_t n);

/* Wipes what is its own (for all who have it mapped), unmaps, closes; a secret
   of zeros is allowed, and is what is left. */
void secret_free(struct secret *);

/* Overwrites memory in a way that the compiler keeps. */
void secret_wipe(void *, size_t n);

#endif
