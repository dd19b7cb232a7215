/*
 * A file of an encrypted backup, read as if it lay in clear: AES-256-CBC with a
 * zero IV, PKCS#7 at the end.  Any part can be read; nothing is kept but the
 * key schedule.
 */
#ifndef CRYPT_DECRYPT_H
#define CRYPT_DECRYPT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/input.h"
#include "crypt/keys.h"

struct decrypt;			/* opaque, in locked memory where there is */

/* What libcrypto must load before the jail, and the door through which keys in
   use get into locked memory: called once in the nursery, before anything else
   of libcrypto (after it the keys lie in the heap, and all works the same). */
enum err decrypt_prepare(void);

/* What is odd about a file. */
enum decrypt_odd {
	DECRYPT_FINE = 0,
	DECRYPT_PADDING,	/* the padding is wrong: all of it is given */
	DECRYPT_CUT		/* no whole number of blocks, or the last one
				   cannot be read: what is left over is not
				   given */
};

/* `cipher` is copied; what it borrows must live on.  The key is not kept: wipe
   yours.  *odd says what is odd.  A wrong key shows as wrong padding, but for
   one file in 256.
   A database that lies without padding (its header says so) is fine.
   ERR_MEMORY only. */
enum err decrypt_open(struct decrypt **, const struct input *cipher,
    const uint8_t key[KEY_BYTES], enum decrypt_odd *odd);

/* The clear text as an input; its size is without padding.  It borrows the
   decrypt.  One thread. */
struct input decrypt_input(struct decrypt *);

/* Wipes; NULL is allowed. */
void decrypt_close(struct decrypt *);

/* Whether a file that should be encrypted lies in clear: it begins like a
   database, what lies beside one, a property list or cookies. */
bool decrypt_in_clear(const struct input *);

/* Whether a file that should lie in clear seems to be encrypted: whole blocks
   that begin neither so, nor with text, nor with zeroes. */
bool decrypt_seems_needed(const struct input *);

#endif
