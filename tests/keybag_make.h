/*
 * Makes what an encrypted iOS backup has: a key bag, the wrapped keys of its
 * files, and the files.  By libcrypto, where the project has its own.
 */
#ifndef KEYBAG_MAKE_H
#define KEYBAG_MAKE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "crypt/keys.h"

#define KEYBAG_MAKE_WRAPPED	40

struct keybag_make {
	const char *password;
	uint32_t rounds;		/* ITER */
	uint32_t rounds2;		/* DPIC; 0: as before iOS 10.2 */
	unsigned nclasses;		/* numbered from 1 */
	uint32_t wrap[KEYS_MAX];	/* 1: of the device alone, no password
					   opens it; 2: password; 3: both */
	uint8_t keys[KEYS_MAX][KEY_BYTES];
	uint8_t salt[20], salt2[20];
	uint8_t derived[KEY_BYTES];	/* keybag_make fills it */
};

/* Eleven classes that the password opens, as phones have, with keys and salts
   that follow from the seed. */
struct keybag_make keybag_make_with(const char *password, uint32_t rounds,
    uint32_t rounds2, uint32_t seed);

/* Appends the key bag. */
void keybag_make(struct buf *, struct keybag_make *);

/* One field of it; a number. */
void keybag_make_field(struct buf *, const char *tag, struct bytes);
void keybag_make_number(struct buf *, const char *tag, uint32_t);

/* RFC 3394. */
void keybag_make_wrap(const uint8_t kek[KEY_BYTES],
    const uint8_t key[KEY_BYTES], uint8_t out[KEYBAG_MAKE_WRAPPED]);

/* A file's key as the manifest has it (ManifestKey too). */
void keybag_make_file_key(const struct keybag_make *, uint32_t class,
    const uint8_t key[KEY_BYTES], uint8_t out[WRAPPED_BYTES]);

/* Appends the text encrypted, as files are; without padding it must be whole
   blocks. */
void keybag_make_file(struct buf *, const uint8_t key[KEY_BYTES], struct bytes,
    bool padding);

#endif
