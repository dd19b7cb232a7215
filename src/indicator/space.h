/*
 * How an indicator's value is looked up.  Two keys may share a way (a domain
 * that is an address), and one key may have several (a URL, a host, a place).
 */
#ifndef INDICATOR_SPACE_H
#define INDICATOR_SPACE_H

#include <stdint.h>

#include "base/bytes.h"
#include "indicator/key.h"

/* In each, what the value is. */
enum space {
	SPACE_HOST,		/* a host; those below it are meant too */
	SPACE_HOST_ONLY,	/* a host on a public suffix of its own */
	SPACE_IPV4,		/* four bytes, masked, and the prefix length */
	SPACE_IPV6,		/* sixteen bytes, masked, and the length */
	SPACE_URL,		/* "http:" and normal_url() */
	SPACE_URL_BARE,		/* normal_url(): any scheme */
	SPACE_PLACE,		/* normal_place(), and what lies below it */
	SPACE_EMAIL,
	SPACE_PHONE,
	SPACE_PROCESS,
	SPACE_FILE_NAME,
	SPACE_PATH,		/* an absolute path, and what lies below it */
	SPACE_PATH_TAIL,	/* the last names of a path */
	SPACE_FILE_HASH,	/* hex; the length says which hash */
	SPACE_CERT_HASH,
	SPACE_APP_ID,
	SPACE_PROFILE,
	SPACE_PROPERTY,
	SPACE_LIKE,		/* from here on: tried one after the other */
	SPACE_MATCHES,
	SPACE_COUNT
};

#define SPACE_HASHED	SPACE_LIKE	/* those before it are in the table */

/* The longest names and texts that are compared by LIKE or MATCHES. */
#define SPACE_SCAN_BYTES	(64u * 1024u)

/*
 * The hash of the table.  It is not keyed by a secret, for the index must be
 * the same bytes for the same indicators: `seed` is drawn from all values, so
 * no bundle can aim at it, and the writer takes another if a run of used slots
 * grows long.  Step by step, so that all parents of a host (from the right)
 * and of a path (from the left) come out of one pass.
 */
#define SPACE_START(seed)	((seed) ^ UINT64_C(0xcbf29ce484222325))

static inline uint64_t
space_step(uint64_t h, uint8_t byte)
{
	return (h ^ byte) * UINT64_C(0x100000001b3);
}

static inline uint32_t
space_done(uint64_t h, enum space space)
{
	h = (h ^ (uint64_t)space << 56) * UINT64_C(0x9e3779b97f4a7c15);
	return (uint32_t)((h ^ h >> 32) * UINT64_C(0xff51afd7ed558ccd) >> 32);
}

/* Of a whole value, in the direction of its space. */
uint32_t space_hash(uint64_t seed, enum space, struct bytes);

#endif
