/*
 * The key bag of an encrypted iOS backup (BackupKeyBag in Manifest.plist): what
 * it says, and the way from a password to the keys of its protection classes.
 */
#ifndef CRYPT_KEYBAG_H
#define CRYPT_KEYBAG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/err.h"
#include "crypt/keys.h"
#include "crypt/pbkdf2.h"

/* Rounds of both stages together; phones ask for 10,010,000. */
#define KEYBAG_ROUNDS_MAX	100000000u

struct keybag {			/* texts are borrowed */
	uint32_t version, type;	/* type 1: of a backup */
	struct bytes salt, salt2;	/* SALT; DPSL, none before iOS 10.2 */
	uint64_t rounds, rounds2;	/* ITER; DPIC, 0 before iOS 10.2 */
	unsigned nclasses;
	struct keybag_class {
		uint32_t class, wrap;
		struct bytes wrapped;	/* 40 bytes, or none */
	} classes[KEYS_MAX];
};

/* False if it is no key bag that can be used; *why then is one phrase that
   follows "the key bag": "is cut", "asks for 4294967295 rounds, more than any
   phone" (static text). */
bool keybag_read(struct keybag *, struct bytes, const char **why);

/* Both stages of PBKDF2; progress counts the rounds of both together.  False
   if it was broken off. */
bool keybag_derive(const struct keybag *, struct bytes password,
    uint8_t key[KEY_BYTES], const struct pbkdf2_progress *);

/* Unwraps the keys of all classes that need only the password (WRAP bit 2).
   False if one of them does not come out whole: the key, and so the password,
   is wrong (or there is none such).  On false *keys is wiped. */
bool keybag_unlock(const struct keybag *, const uint8_t key[KEY_BYTES],
    struct keys *);

/* A key as 64 hex digits, as a key file has it; blanks and line ends after them
   are no part of it. */
bool keybag_key_text(struct bytes, uint8_t key[KEY_BYTES]);

#endif
