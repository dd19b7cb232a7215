/*
 * SHA-256 (and SHA-1, only to recompute the file names of a backup).
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "base/err.h"

#define HASH_SHA256	32
#define HASH_SHA1	20

struct hash;			/* opaque: one running SHA-256 */

/* Loads libcrypto's algorithms; call once before the jail. */
enum err hash_prepare(void);

enum err hash_new(struct hash **);	/* owned by the caller */
void hash_add(struct hash *, struct bytes);
void hash_end(struct hash *, uint8_t out[HASH_SHA256]);	/* and begins anew */
void hash_free(struct hash *);

void hash_sha256(struct bytes, uint8_t out[HASH_SHA256]);
void hash_sha1(struct bytes, uint8_t out[HASH_SHA1]);

/* For hash tables over hostile keys: keyed (SipHash-like, 64 bit); the key is
   fixed per process, so results never leave it. */
uint64_t hash_key(struct bytes);

#endif
