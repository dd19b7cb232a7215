/*
 * Hashes by libcrypto, which uses what the processor offers.
 */
#include "base/hash.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>

struct hash {
	EVP_MD_CTX *ctx;
};

/* One algorithm, and a context that single calls borrow: they then neither
   allocate nor fail, and a jailed worker needs nothing new. */
struct algorithm {
	const char *name;
	EVP_MD *md;
	_Atomic(EVP_MD_CTX *) spare;
};

static struct algorithm sha256 = { "SHA256", NULL, NULL };
static struct algorithm sha1 = { "SHA1", NULL, NULL };
static uint64_t key[2];
static enum err prepared;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static enum err
load(struct algorithm *a)
{
	EVP_MD_CTX *ctx;

	a->md = EVP_MD_fetch(NULL, a->name, NULL);
	ctx = EVP_MD_CTX_new();
	if (a->md == NULL || ctx == NULL ||
	    EVP_DigestInit_ex2(ctx, a->md, NULL) != 1) {
		EVP_MD_CTX_free(ctx);
		return ERR_MEMORY;
	}
	atomic_store(&a->spare, ctx);
	return ERR_NONE;
}

static void
prepare(void)
{
	/* The system's openssl.cnf could load modules into us. */
	if (OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL) != 1)
		prepared = ERR_MEMORY;
	if (prepared == ERR_NONE)
		prepared = load(&sha256);
	if (prepared == ERR_NONE)
		prepared = load(&sha1);
	if (getrandom(key, sizeof(key), 0) != (ssize_t)sizeof(key))
		prepared = ERR_DENIED;
}

enum err
hash_prepare(void)
{
	(void)pthread_once(&once, prepare);
	return prepared;
}

enum err
hash_new(struct hash **out)
{
	struct hash *h;
	enum err err = hash_prepare();

	if (err != ERR_NONE)
		return err;
	h = malloc(sizeof(*h));
	if (h == NULL)
		return ERR_MEMORY;
	h->ctx = EVP_MD_CTX_new();
	if (h->ctx == NULL ||
	    EVP_DigestInit_ex2(h->ctx, sha256.md, NULL) != 1) {
		hash_free(h);
		return ERR_MEMORY;
	}
	*out = h;
	return ERR_NONE;
}

void
hash_add(struct hash *h, struct bytes in)
{
	int ok;

	if (in.n == 0)
		return;
	ok = EVP_DigestUpdate(h->ctx, in.p, in.n);
	assert(ok == 1);
}

void
hash_end(struct hash *h, uint8_t out[HASH_SHA256])
{
	int ok;

	ok = EVP_DigestFinal_ex(h->ctx, out, NULL);
	assert(ok == 1);
	ok = EVP_DigestInit_ex2(h->ctx, sha256.md, NULL);
	assert(ok == 1);
}

void
hash_free(struct hash *h)
{
	if (h == NULL)
		return;
	EVP_MD_CTX_free(h->ctx);
	free(h);
}

static void
single(struct algorithm *a, struct bytes in, uint8_t *out)
{
	EVP_MD_CTX *ctx;
	enum err err = hash_prepare();
	int ok;

	assert(err == ERR_NONE);
	ctx = atomic_exchange(&a->spare, NULL);
	if (ctx == NULL)		/* another thread has it */
		ctx = EVP_MD_CTX_new();
	ok = EVP_DigestInit_ex2(ctx, a->md, NULL);
	assert(ok == 1);
	if (in.n > 0)
		ok = EVP_DigestUpdate(ctx, in.p, in.n);
	assert(ok == 1);
	ok = EVP_DigestFinal_ex(ctx, out, NULL);
	assert(ok == 1);
	EVP_MD_CTX_free(atomic_exchange(&a->spare, ctx));
}

void
hash_sha256(struct bytes in, uint8_t out[HASH_SHA256])
{
	single(&sha256, in, out);
}

void
hash_sha1(struct bytes in, uint8_t out[HASH_SHA1])
{
	single(&sha1, in, out);
}

static uint64_t
rotate(uint64_t v, unsigned by)
{
	return v << by | v >> (64 - by);
}

static void
sip_round(uint64_t v[4])
{
	v[0] += v[1];
	v[2] += v[3];
	v[1] = rotate(v[1], 13) ^ v[0];
	v[3] = rotate(v[3], 16) ^ v[2];
	v[0] = rotate(v[0], 32);
	v[2] += v[1];
	v[0] += v[3];
	v[1] = rotate(v[1], 17) ^ v[2];
	v[3] = rotate(v[3], 21) ^ v[0];
	v[2] = rotate(v[2], 32);
}

/* SipHash-1-3 (Aumasson and Bernstein 2012, fewer rounds): one round a word,
   three at the end; enough where the result is never seen. */
uint64_t
hash_key(struct bytes in)
{
	enum err err = hash_prepare();
	uint64_t word, v[4];
	size_t at;

	assert(err == ERR_NONE);
	v[0] = key[0] ^ UINT64_C(0x736f6d6570736575);
	v[1] = key[1] ^ UINT64_C(0x646f72616e646f6d);
	v[2] = key[0] ^ UINT64_C(0x6c7967656e657261);
	v[3] = key[1] ^ UINT64_C(0x7465646279746573);
	for (at = 0; in.n - at >= sizeof(word); at += sizeof(word)) {
		memcpy(&word, in.p + at, sizeof(word));
		v[3] ^= word;
		sip_round(v);
		v[0] ^= word;
	}
	word = 0;
	if (at < in.n)
		memcpy(&word, in.p + at, in.n - at);
	word |= (uint64_t)in.n << 56;
	v[3] ^= word;
	sip_round(v);
	v[0] ^= word;
	v[2] ^= 0xff;
	sip_round(v);
	sip_round(v);
	sip_round(v);
	return v[0] ^ v[1] ^ v[2] ^ v[3];
}
