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

/* Rounds of both stages together; phones ask for 10,010,000.  More would be
   an evidence that keeps its examiner waiting. */
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
   follows "the key bag": "is cut", "asks for more than 100,000,000 rounds, ten
   times what phones ask for" (static text).  One that is true has one salt
   and its rounds, or two and theirs, and a key that a password opens. */
bool keybag_read(struct keybag *, struct bytes, const char **why);

/* Both stages of PBKDF2; progress (NULL is allowed) counts the rounds of both
   together.  False, and the key zero, if it was broken off. */
bool keybag_derive(const struct keybag *, struct bytes password,
    uint8_t key[KEY_BYTES], const struct pbkdf2_progress *);

/* Unwraps the keys of all classes that the password opens (bit 2 of WRAP; of
   those that the phone's own key alone opens, nothing can be had).  False if
   none of them comes out whole: the key, and so the password, is wrong.  If
   only some do, it is right: of the others there is no key.  On false *keys is
   wiped. */
bool keybag_unlock(const struct keybag *, const uint8_t key[KEY_BYTES],
    struct keys *);

/* A key as 64 hex digits, as a key file has it; blanks and line ends after them
   are no part of it.  On false the key is as it was. */
bool keybag_key_text(struct bytes, uint8_t key[KEY_BYTES]);

#endif
