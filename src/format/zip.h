/*
 * Zip archives: the list of members out of the central directory, and each as
 * a stream, stored or deflated (zlib).  Encrypted members, other methods, an
 * archive in several parts, members that share bytes, and a local header that
 * contradicts the directory are faults of the member; CRC-32 and size are
 * checked at its end.  Zip64 is read.  Two members may have one name.
 */
#ifndef FORMAT_ZIP_H
#define FORMAT_ZIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/input.h"

#define ZIP_MEMBERS	1000000

struct zip_member {
	struct bytes name;	/* as it stands; not checked for ".." */
	uint64_t size, packed, at;	/* at: of the local header */
	uint32_t crc;
	uint16_t method, flags;
	bool folder;
	const char *fault;	/* NULL, or why it is not opened: it shares
				   bytes with another member */
};

struct zip {
	struct zip_member *members;	/* in the order of the directory */
	size_t n;
	const char *fault;	/* NULL, or why the list is not whole */
};

/* Whether it begins like a zip. */
bool zip_is(const struct input *);
/* False (and zip.fault) if there is no directory at all; a directory that
   breaks off gives what was read and a fault. */
bool zip_read(const struct input *, struct arena *, struct zip *);

struct zip_stream;		/* opaque */
/* NULL and why, or a stream, which borrows the input until it is closed. */
struct zip_stream *zip_open(const struct input *, const struct zip_member *,
    const char **fault);
/* Up to n bytes; 0 at the end, or at a fault. */
size_t zip_take(struct zip_stream *, void *to, size_t n);
/* NULL if all was read and the sums agree; else why.  Frees it; of NULL:
   NULL. */
const char *zip_close(struct zip_stream *);

#endif
