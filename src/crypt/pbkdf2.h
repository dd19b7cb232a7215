/*
 * PBKDF2 (RFC 8018) with HMAC-SHA-256 and HMAC-SHA-1, for the two stages of an
 * iOS key bag: ten million rounds are the floor of every check of an encrypted
 * backup, so the loop is ours where the processor has SHA instructions.
 */
#ifndef CRYPT_PBKDF2_H
#define CRYPT_PBKDF2_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"

enum pbkdf2_hash { PBKDF2_SHA256, PBKDF2_SHA1 };

/* The ways to compute it; the best of this processor is taken. */
enum pbkdf2_way { PBKDF2_BEST, PBKDF2_PORTABLE, PBKDF2_SHANI };

/* Whether this processor has that way. */
bool pbkdf2_has(enum pbkdf2_way);

/* Called now and then (about a hundred times in all) with the rounds done;
   false breaks off. */
struct pbkdf2_progress {
	bool (*tell)(void *ctx, uint64_t done);
	void *ctx;
};

/* 32 bytes from the password; rounds at least 1.  progress may be NULL.  False
   if it was broken off.  What it used is wiped from the stack. */
bool pbkdf2(enum pbkdf2_way, enum pbkdf2_hash, struct bytes password,
    struct bytes salt, uint64_t rounds, uint8_t out[32],
    const struct pbkdf2_progress *);

#endif
