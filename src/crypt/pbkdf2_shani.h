/*
 * The round loops of PBKDF2 with the SHA instructions of x86 processors.
 * Elsewhere pbkdf2_shani_has() is false, and the loops must not be called.
 */
#ifndef CRYPT_PBKDF2_SHANI_H
#define CRYPT_PBKDF2_SHANI_H

#include <stdbool.h>
#include <stdint.h>

/* One block of output on its way, as words of the hash: 8 for SHA-256, the
   first 5 of them for SHA-1. */
struct pbkdf2_chain {
	uint32_t inner[8], outer[8];	/* HMAC after the key, both halves */
	uint32_t u[8];			/* of the last round */
	uint32_t sum[8];		/* u of all rounds, XORed */
};

/* The round constants of SHA-256; in pbkdf2.c, aligned for vectors. */
extern const uint32_t pbkdf2_sha256_k[64];

bool pbkdf2_shani_has(void);

/* n more rounds. */
void pbkdf2_shani_sha256(struct pbkdf2_chain *, uint64_t n);
void pbkdf2_shani_sha1(struct pbkdf2_chain *, uint64_t n);

#endif
