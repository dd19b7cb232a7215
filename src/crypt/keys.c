/*
 * Sources: RFC 3394 (key wrap); how a file's key is laid out: the iPhone data
 * protection tools of Bédrune and Sigwald (2011).
 */
#include "crypt/keys.h"

#include <assert.h>
#include <string.h>

#include <openssl/err.h>
#include <openssl/evp.h>

#include "base/vault.h"
#include "crypt/secret.h"

#define CLASS_KEY_BYTES	(KEY_BYTES + 8)

static EVP_CIPHER *unwrapper;

enum err
keys_prepare(void)
{
	if (unwrapper == NULL)
		unwrapper = EVP_CIPHER_fetch(NULL, "AES-256-WRAP", NULL);
	/* What libcrypto remembers of errors is made now and not in the
	   vault. */
	ERR_clear_error();
	return unwrapper != NULL ? ERR_NONE : ERR_MEMORY;
}

void
keys_lock(void)
{
	struct secret s;

	if (!vault_has_region() && secret_private(&s,
	    (size_t)VAULT_PIECE * VAULT_PIECES) == ERR_NONE)
		vault_region(s.p);
}

bool
keys_unwrap(const uint8_t kek[KEY_BYTES], struct bytes wrapped,
    uint8_t key[KEY_BYTES])
{
	/* libcrypto writes into it before it knows better. */
	uint8_t out[CLASS_KEY_BYTES] = { 0 };
	EVP_CIPHER_CTX *ctx;
	bool ok = false;
	int n = 0;

	if (wrapped.n != CLASS_KEY_BYTES || keys_prepare() != ERR_NONE) {
		secret_wipe(key, KEY_BYTES);
		return false;
	}
	keys_lock();
	vault_open();
	ctx = EVP_CIPHER_CTX_new();
	if (ctx != NULL) {
		EVP_CIPHER_CTX_set_flags(ctx, EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
		ok = EVP_DecryptInit_ex2(ctx, unwrapper, kek, NULL,
		    NULL) == 1 && EVP_DecryptUpdate(ctx, out, &n, wrapped.p,
		    CLASS_KEY_BYTES) == 1 && n == KEY_BYTES;
	}
	EVP_CIPHER_CTX_free(ctx);
	vault_close();
	ERR_clear_error();
	if (ok)
		memcpy(key, out, KEY_BYTES);
	else
		secret_wipe(key, KEY_BYTES);
	secret_wipe(out, sizeof(out));
	return ok;
}

bool
keys_file(const struct keys *keys, struct bytes wrapped,
    uint8_t key[KEY_BYTES], const char **why)
{
	uint32_t i, n = keys->n < KEYS_MAX ? keys->n : KEYS_MAX;
	struct cur c = cur_over(wrapped);
	uint32_t class = (uint32_t)cur_le(&c, 4);
	struct bytes rest = cur_take(&c, cur_left(&c));

	*why = "its key is damaged";
	if (wrapped.n != WRAPPED_BYTES)
		return false;
	for (i = 0; i < n && keys->of[i].class != class; i++)
		;
	if (i == n) {
		*why = "its key is of a class that the key bag does not open";
		return false;
	}
	return keys_unwrap(keys->of[i].key, rest, key);
}
