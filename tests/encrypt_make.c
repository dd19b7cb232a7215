/*
 * Keys by the number, and files by the chunk.
 */
#include "encrypt_make.h"

#include <stdio.h>
#include <string.h>

#include <openssl/evp.h>

#include "base/hash.h"
#include "base/limits.h"

#define BLOCK		16
#define CHUNK		65536
#define SECOND_STAGE	10000
#define OF_DEVICE	1	/* WRAP */

void
encrypt_make_init(struct encrypt_make *e, const char *password,
    uint32_t rounds, bool old, uint64_t seed)
{
	unsigned i;

	memset(e, 0, sizeof(*e));
	e->seed = seed;
	e->keys = keybag_make_with(password, old ? rounds : SECOND_STAGE,
	    old ? 0 : rounds, (uint32_t)seed);
	for (i = e->keys.nclasses - 3; i < e->keys.nclasses; i++)
		e->keys.wrap[i] = OF_DEVICE;
	e->keybag = buf_with(64 * KIB);
	keybag_make(&e->keybag, &e->keys);
}

void
encrypt_make_free(struct encrypt_make *e)
{
	buf_free(&e->keybag);
}

bool
encrypt_make_key(struct encrypt_make *e, uint32_t class, bool damaged,
    uint8_t key[KEY_BYTES], uint8_t wrapped[WRAPPED_BYTES])
{
	uint64_t from[2] = { e->seed, e->drawn++ };

	if (class < 1 || class > e->keys.nclasses)
		return false;
	hash_sha256(bytes_at(from, sizeof(from)), key);
	keybag_make_file_key(&e->keys, class, key, wrapped);
	if (damaged)
		wrapped[WRAPPED_BYTES - 1] ^= 1;
	return true;
}

/* From one open file to another. */
static bool
pump(EVP_CIPHER_CTX *ctx, FILE *in, FILE *out)
{
	static uint8_t from[CHUNK], to[CHUNK + BLOCK];
	size_t got;
	int n = 0;

	while ((got = fread(from, 1, sizeof(from), in)) > 0)
		if (EVP_EncryptUpdate(ctx, to, &n, from, (int)got) != 1 ||
		    fwrite(to, 1, (size_t)n, out) != (size_t)n)
			return false;
	return !ferror(in) && EVP_EncryptFinal_ex(ctx, to, &n) == 1 &&
	    fwrite(to, 1, (size_t)n, out) == (size_t)n;
}

bool
encrypt_make_file(const uint8_t key[KEY_BYTES], const char *from,
    const char *to)
{
	static const uint8_t iv[BLOCK];
	FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
	EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
	bool good;

	good = in != NULL && out != NULL && ctx != NULL &&
	    EVP_EncryptInit_ex(ctx, EVP_aes_256_cbc(), NULL, key, iv) == 1 &&
	    pump(ctx, in, out);
	EVP_CIPHER_CTX_free(ctx);
	if (in != NULL)
		(void)fclose(in);
	if (out != NULL)
		good = fclose(out) == 0 && good;
	return good;
}
