/*
 * The keys of the protection classes of one backup, and with them the keys of
 * its files.  The struct lies in memory of crypt/secret.h and is handed from
 * the worker that derived it to those that read.
 */
#ifndef CRYPT_KEYS_H
#define CRYPT_KEYS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/err.h"

#define KEY_BYTES	32
#define KEYS_MAX	32	/* classes of a key bag; phones have 11 */
/* A file's key as it stands in the manifest: class (32 bits, little-endian)
   and 40 wrapped bytes. */
#define WRAPPED_BYTES	44

struct keys {
	uint32_t n;
	struct {
		uint32_t class;
		uint8_t key[KEY_BYTES];
	} of[KEYS_MAX];
};

/* What libcrypto must load before the jail; decrypt_prepare calls it.  More
   calls than one are one. */
enum err keys_prepare(void);

/* Makes locked memory for what libcrypto keeps of keys, in this process, if
   there is none yet; without it that lies in the heap.  All that use keys call
   it themselves. */
void keys_lock(void);

/* RFC 3394 with AES-256; `wrapped` has 40 bytes.  False, and the key zero, if
   it is not whole. */
bool keys_unwrap(const uint8_t kek[KEY_BYTES], struct bytes wrapped,
    uint8_t key[KEY_BYTES]);

/* The key of a file; *why is one phrase if there is none: "its key is of a
   class that the key bag does not open", "its key is damaged".  `keys` may
   come from a worker that lies: n is not trusted. */
bool keys_file(const struct keys *, struct bytes wrapped,
    uint8_t key[KEY_BYTES], const char **why);

#endif
