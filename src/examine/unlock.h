/*
 * The way into an encrypted backup: whether it needs a password, and from the
 * password to the keys of its protection classes.  A worker reads the key bag
 * and computes; the parent owns the memory that the keys lie in, and never
 * looks into it.
 */
#ifndef EXAMINE_UNLOCK_H
#define EXAMINE_UNLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "crypt/keys.h"
#include "crypt/secret.h"
#include "examine/examine.h"

/* A password's bytes; nobody types more. */
#define UNLOCK_TEXT_MAX	1024

/* What the operator gives; lies in a struct secret of this size. */
struct unlock_with {
	uint32_t is_key;		/* 64 hex digits, not a password */
	uint32_t n;
	uint8_t text[UNLOCK_TEXT_MAX];
};

struct unlock_look {
	bool encrypted;			/* it cannot be read without a key */
	uint64_t rounds;		/* of PBKDF2, both stages */
};

/* Looks at one backup folder, in a few milliseconds.  A folder that is no
   backup, or damaged, is not encrypted: examine_backup says what it is.
   REFUSAL_KEYBAG if it is encrypted and can never be read (examine_detail says
   why), REFUSAL_MISSING, REFUSAL_DENIED or REFUSAL_FILE if it cannot be opened,
   REFUSAL_MACHINE with *err. */
enum refusal unlock_look(struct examine *, const char *folder,
    struct unlock_look *, enum err *err);

/* The keys of one backup, for examine_options. */
struct unlocked {
	struct secret keys;		/* a struct keys */
	struct secret key;		/* KEY_BYTES: opens the key bag; as good
					   as the password */
	uint8_t manifest[WRAPPED_BYTES]; /* the wrapped key of Manifest.db */
	bool manifest_encrypted;
};

/* Derives them; tells the rounds done now and then, if `progress` is not NULL.
   REFUSAL_PASSWORD if it is the wrong one; REFUSAL_KEY_FILE if it is no key
   that a key file could hold; REFUSAL_KEYBAG; REFUSAL_MACHINE with *err.  On a
   refusal there is nothing to free. */
enum refusal unlock(struct examine *, const char *folder,
    const struct secret *with, void (*progress)(void *ctx, uint64_t done),
    void *ctx, struct unlocked *, enum err *err);

/* Wipes and frees; all zeros are allowed. */
void unlocked_free(struct unlocked *);

#endif
