/*
 * The keys of an encrypted backup that is to be made, and what is encrypted
 * with them: the key bag of keybag_make.h, and files too large for memory.
 * Everything follows from the seed: for tests, never for secrets.
 */
#ifndef TESTS_ENCRYPT_MAKE_H
#define TESTS_ENCRYPT_MAKE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "keybag_make.h"

struct encrypt_make {
	struct keybag_make keys;
	struct buf keybag;	/* as BackupKeyBag has it */
	uint64_t seed, drawn;
};

/* Classes 1 to 11, the last three of the device: no password opens them.  Old:
   as before iOS 10.2, with one stage of `rounds`; else `rounds` in the first
   stage and 10,000 in the second. */
void encrypt_make_init(struct encrypt_make *, const char *password,
    uint32_t rounds, bool old, uint64_t seed);
void encrypt_make_free(struct encrypt_make *);

/* A new key; `damaged`: wrapped so that it cannot be unwrapped.  False if there
   is no such class. */
bool encrypt_make_key(struct encrypt_make *, uint32_t class, bool damaged,
    uint8_t key[KEY_BYTES], uint8_t wrapped[WRAPPED_BYTES]);

/* AES-256-CBC, zero IV, PKCS#7, from one file to another. */
bool encrypt_make_file(const uint8_t key[KEY_BYTES], const char *from,
    const char *to);

#endif
