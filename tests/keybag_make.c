#include "keybag_make.h"

#include <assert.h>
#include <string.h>

#include <openssl/evp.h>
#include <openssl/sha.h>

static void
follow(uint8_t *out, size_t n, const char *what, uint32_t seed, uint32_t which)
{
	uint8_t digest[SHA256_DIGEST_LENGTH];
	struct buf b = buf_with(256);

	assert(n <= sizeof(digest));
	buf_printf(&b, "%s %u %u", what, seed, which);
	assert(SHA256(b.p, b.n, digest) != NULL);
	memcpy(out, digest, n);
	buf_free(&b);
}

struct keybag_make
keybag_make_with(const char *password, uint32_t rounds, uint32_t rounds2,
    uint32_t seed)
{
	struct keybag_make m = { .password = password, .rounds = rounds,
	    .rounds2 = rounds2, .nclasses = 11 };
	unsigned i;

	for (i = 0; i < KEYS_MAX; i++) {
		m.wrap[i] = 2;
		follow(m.keys[i], KEY_BYTES, "class key", seed, i);
	}
	follow(m.salt, sizeof(m.salt), "salt", seed, 0);
	follow(m.salt2, sizeof(m.salt2), "salt", seed, 1);
	return m;
}

void
keybag_make_field(struct buf *out, const char *tag, struct bytes value)
{
	unsigned shift = 32;

	buf_add(out, bytes_of(tag));
	while (shift > 0) {
		shift -= 8;
		buf_byte(out, (uint8_t)(value.n >> shift));
	}
	buf_add(out, value);
}

void
keybag_make_number(struct buf *out, const char *tag, uint32_t value)
{
	uint8_t b[4] = { (uint8_t)(value >> 24), (uint8_t)(value >> 16),
	    (uint8_t)(value >> 8), (uint8_t)value };

	keybag_make_field(out, tag, bytes_at(b, sizeof(b)));
}

void
keybag_make_wrap(const uint8_t kek[KEY_BYTES], const uint8_t key[KEY_BYTES],
    uint8_t out[KEYBAG_MAKE_WRAPPED])
{
	EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
	int ok, n = 0;

	assert(ctx != NULL);
	EVP_CIPHER_CTX_set_flags(ctx, EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
	ok = EVP_EncryptInit_ex(ctx, EVP_aes_256_wrap(), NULL, kek, NULL) &&
	    EVP_EncryptUpdate(ctx, out, &n, key, KEY_BYTES);
	assert(ok == 1 && n == KEYBAG_MAKE_WRAPPED);
	EVP_CIPHER_CTX_free(ctx);
}

static void
derive(struct keybag_make *m)
{
	const char *password = m->password;
	int n = (int)strlen(password);
	uint8_t first[KEY_BYTES];
	int ok;

	if (m->rounds2 > 0) {
		ok = PKCS5_PBKDF2_HMAC(password, n, m->salt2,
		    sizeof(m->salt2), (int)m->rounds2, EVP_sha256(), KEY_BYTES,
		    first);
		assert(ok == 1);
		password = (const char *)first;
		n = KEY_BYTES;
	}
	ok = PKCS5_PBKDF2_HMAC(password, n, m->salt, sizeof(m->salt),
	    (int)m->rounds, EVP_sha1(), KEY_BYTES, m->derived);
	assert(ok == 1);
}

static void
add_class(struct buf *out, const struct keybag_make *m, unsigned i)
{
	uint8_t wrapped[KEYBAG_MAKE_WRAPPED], uuid[16];

	follow(uuid, sizeof(uuid), "uuid", m->salt[0], i + 1);
	keybag_make_field(out, "UUID", bytes_at(uuid, sizeof(uuid)));
	keybag_make_number(out, "CLAS", i + 1);
	keybag_make_number(out, "WRAP", m->wrap[i]);
	keybag_make_number(out, "KTYP", 0);
	keybag_make_wrap((m->wrap[i] & 2) != 0 ? m->derived : m->keys[i],
	    m->keys[i], wrapped);
	keybag_make_field(out, "WPKY", bytes_at(wrapped, sizeof(wrapped)));
}

void
keybag_make(struct buf *out, struct keybag_make *m)
{
	uint8_t uuid[16], hmck[40] = { 0 };
	unsigned i;

	derive(m);
	follow(uuid, sizeof(uuid), "uuid", m->salt[0], 0);
	keybag_make_number(out, "VERS", m->rounds2 > 0 ? 5 : 3);
	keybag_make_number(out, "TYPE", 1);
	keybag_make_field(out, "UUID", bytes_at(uuid, sizeof(uuid)));
	keybag_make_field(out, "HMCK", bytes_at(hmck, sizeof(hmck)));
	keybag_make_number(out, "WRAP", 0);
	keybag_make_field(out, "SALT", bytes_at(m->salt, sizeof(m->salt)));
	keybag_make_number(out, "ITER", m->rounds);
	if (m->rounds2 > 0) {
		keybag_make_number(out, "DPWT", 0);
		keybag_make_number(out, "DPIC", m->rounds2);
		keybag_make_field(out, "DPSL",
		    bytes_at(m->salt2, sizeof(m->salt2)));
	}
	for (i = 0; i < m->nclasses; i++)
		add_class(out, m, i);
}

void
keybag_make_file_key(const struct keybag_make *m, uint32_t class,
    const uint8_t key[KEY_BYTES], uint8_t out[WRAPPED_BYTES])
{
	unsigned i;

	assert(class >= 1 && class <= KEYS_MAX);
	for (i = 0; i < 4; i++)
		out[i] = (uint8_t)(class >> 8 * i);
	keybag_make_wrap(m->keys[class - 1], key, out + 4);
}

void
keybag_make_file(struct buf *out, const uint8_t key[KEY_BYTES],
    struct bytes text, bool padding)
{
	static const uint8_t zero[16];
	EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
	uint8_t *to = buf_room(out, text.n + 16);
	int ok, n = 0, last = 0;

	assert(ctx != NULL && to != NULL && (padding || text.n % 16 == 0));
	ok = EVP_EncryptInit_ex(ctx, EVP_aes_256_cbc(), NULL, key, zero) &&
	    EVP_CIPHER_CTX_set_padding(ctx, padding);
	if (ok && text.n > 0)
		ok = EVP_EncryptUpdate(ctx, to, &n, text.p, (int)text.n);
	ok = ok && EVP_EncryptFinal_ex(ctx, to + n, &last);
	assert(ok == 1);
	out->n += (size_t)n + (size_t)last;
	EVP_CIPHER_CTX_free(ctx);
}
