/*
 * Equal pieces and a list of which are taken: what holds a key is a few hundred
 * bytes, and there are at most some hundred of them.
 */
#include "base/vault.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/crypto.h>

static uint8_t *region;
static bool taken[VAULT_PIECES];
static bool is_open;

static bool
is_inside(const void *p)
{
	uintptr_t at = (uintptr_t)p, base = (uintptr_t)region;

	return region != NULL && at >= base &&
	    at - base < (uintptr_t)VAULT_PIECE * VAULT_PIECES;
}

/* NULL if it is too large or there is no room. */
static void *
take(size_t n)
{
	size_t i;

	if (region == NULL || n > VAULT_PIECE)
		return NULL;
	for (i = 0; i < VAULT_PIECES; i++) {
		if (taken[i])
			continue;
		taken[i] = true;
		return region + i * VAULT_PIECE;
	}
	return NULL;
}

/* A piece is zero again when it is free. */
static void
give(void *p)
{
	size_t at = (size_t)((uint8_t *)p - region);

	assert(at % VAULT_PIECE == 0 && taken[at / VAULT_PIECE]);
	explicit_bzero(p, VAULT_PIECE);
	taken[at / VAULT_PIECE] = false;
}

/* --- what libcrypto calls ------------------------------------------------- */

static void *
crypto_malloc(size_t n, const char *file, int line)
{
	void *p = NULL;

	(void)file;
	(void)line;
	if (n == 0)
		return NULL;
	if (is_open)
		p = take(n);
	return p != NULL ? p : malloc(n);
}

static void
crypto_free(void *p, const char *file, int line)
{
	(void)file;
	(void)line;
	if (is_inside(p))
		give(p);
	else
		free(p);
}

static void *
crypto_realloc(void *p, size_t n, const char *file, int line)
{
	void *more;

	if (n == 0) {
		crypto_free(p, file, line);
		return NULL;
	}
	if (p == NULL)
		return crypto_malloc(n, file, line);
	if (!is_inside(p))
		return realloc(p, n);
	if (n <= VAULT_PIECE)
		return p;
	more = malloc(n);
	if (more == NULL)
		return NULL;
	memcpy(more, p, VAULT_PIECE);
	give(p);
	return more;
}

/* --- what others call ----------------------------------------------------- */

bool
vault_prepare(void)
{
	static bool tried, ours;

	if (!tried)
		ours = CRYPTO_set_mem_functions(crypto_malloc, crypto_realloc,
		    crypto_free) == 1;
	tried = true;
	return ours;
}

void
vault_region(uint8_t *p)
{
	assert(region == NULL && (uintptr_t)p % VAULT_PIECE == 0);
	region = p;
}

bool
vault_has_region(void)
{
	return region != NULL;
}

void
vault_open(void)
{
	assert(!is_open);
	is_open = true;
}

void
vault_close(void)
{
	assert(is_open);
	is_open = false;
}

void *
vault_new(size_t n)
{
	void *p = take(n);

	return p != NULL ? p : calloc(1, n);
}

void
vault_free(void *p, size_t n)
{
	if (is_inside(p)) {
		give(p);
	} else if (p != NULL) {
		explicit_bzero(p, n);
		free(p);
	}
}

size_t
vault_used(void)
{
	size_t i, n = 0;

	for (i = 0; i < VAULT_PIECES; i++)
		n += taken[i];
	return n;
}
