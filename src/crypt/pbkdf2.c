/*
 * PBKDF2 in plain C, and the choice of the loop that does the rounds.
 *
 * libcrypto's would do, but it sets up a hash anew for each of twenty million
 * compressions: most of its time is not hashing.  Here the two states of HMAC
 * after the key are kept, and a round is one compression from each.
 */
#include "crypt/pbkdf2.h"

#include <assert.h>
#include <string.h>

#include "crypt/pbkdf2_shani.h"

#define BLOCK	64u		/* bytes that a compression takes */
#define TOLD	100u		/* about how often progress is told */

_Alignas(16) const uint32_t pbkdf2_sha256_k[64] = {
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5,
	0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
	0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
	0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
	0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc,
	0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
	0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
	0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
	0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
	0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
	0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
	0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
	0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5,
	0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
	0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
	0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
};

/* What was hashed so far, byte by byte. */
struct stream {
	const struct algorithm *algorithm;
	uint32_t h[8];
	uint8_t block[BLOCK];
	uint64_t n;		/* bytes so far; what fills no block waits */
};

struct algorithm {
	unsigned nwords;	/* of the hash */
	uint32_t initial[8];
	void (*compress)(uint32_t h[8], const uint32_t block[16]);
	void (*fast)(struct pbkdf2_chain *, uint64_t n);
};

static uint32_t
rotate(uint32_t v, unsigned right)
{
	return v >> right | v << (32 - right);
}

/* One round of SHA-256 (FIPS 180-4, 6.2.2); the caller turns the names. */
#define SHA256_ROUND(a, b, c, d, e, f, g, h, i) do {			\
	uint32_t t = (h) + pbkdf2_sha256_k[i] + w[i] +			\
	    (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) +		\
	    ((g) ^ ((e) & ((f) ^ (g))));				\
									\
	(d) += t;							\
	(h) = t + (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) +	\
	    (((a) & (b)) | ((c) & ((a) | (b))));			\
} while (0)

static void
sha256(uint32_t hash[8], const uint32_t block[16])
{
	uint32_t a = hash[0], b = hash[1], c = hash[2], d = hash[3];
	uint32_t e = hash[4], f = hash[5], g = hash[6], h = hash[7];
	uint32_t w[64];
	unsigned i;

	memcpy(w, block, BLOCK);
	for (i = 16; i < 64; i++)
		w[i] = w[i - 16] + w[i - 7] + (rotate(w[i - 15], 7) ^
		    rotate(w[i - 15], 18) ^ w[i - 15] >> 3) +
		    (rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^
		    w[i - 2] >> 10);
	for (i = 0; i < 64; i += 8) {
		SHA256_ROUND(a, b, c, d, e, f, g, h, i);
		SHA256_ROUND(h, a, b, c, d, e, f, g, i + 1);
		SHA256_ROUND(g, h, a, b, c, d, e, f, i + 2);
		SHA256_ROUND(f, g, h, a, b, c, d, e, i + 3);
		SHA256_ROUND(e, f, g, h, a, b, c, d, i + 4);
		SHA256_ROUND(d, e, f, g, h, a, b, c, i + 5);
		SHA256_ROUND(c, d, e, f, g, h, a, b, i + 6);
		SHA256_ROUND(b, c, d, e, f, g, h, a, i + 7);
	}
	hash[0] += a;
	hash[1] += b;
	hash[2] += c;
	hash[3] += d;
	hash[4] += e;
	hash[5] += f;
	hash[6] += g;
	hash[7] += h;
}

/* The schedule of SHA-1, each word in the place of one that is used up. */
static uint32_t
sha1_word(uint32_t w[16], unsigned i)
{
	if (i >= 16)
		w[i % 16] = rotate(w[(i - 3) % 16] ^ w[(i - 8) % 16] ^
		    w[(i - 14) % 16] ^ w[i % 16], 31);
	return w[i % 16];
}

/* Twenty rounds of SHA-1 (FIPS 180-4, 6.1.3) that mix in the same way. */
#define SHA1_ROUNDS(first, mix, k)					\
	for (i = (first); i < (first) + 20; i++) {			\
		t = rotate(a, 27) + (mix) + e + (k) + sha1_word(w, i);	\
		e = d;							\
		d = c;							\
		c = rotate(b, 2);					\
		b = a;							\
		a = t;							\
	}

static void
sha1(uint32_t hash[8], const uint32_t block[16])
{
	uint32_t a = hash[0], b = hash[1], c = hash[2], d = hash[3];
	uint32_t e = hash[4], t, w[16];
	unsigned i;

	memcpy(w, block, BLOCK);
	SHA1_ROUNDS(0, d ^ (b & (c ^ d)), 0x5a827999);
	SHA1_ROUNDS(20, b ^ c ^ d, 0x6ed9eba1);
	SHA1_ROUNDS(40, (b & c) | (d & (b | c)), 0x8f1bbcdc);
	SHA1_ROUNDS(60, b ^ c ^ d, 0xca62c1d6);
	hash[0] += a;
	hash[1] += b;
	hash[2] += c;
	hash[3] += d;
	hash[4] += e;
}

static const struct algorithm algorithms[] = {
	[PBKDF2_SHA256] = { 8, { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
	    0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 },
	    sha256, pbkdf2_shani_sha256 },
	[PBKDF2_SHA1] = { 5, { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476,
	    0xc3d2e1f0, 0, 0, 0 },
	    sha1, pbkdf2_shani_sha1 },
};

static struct stream
stream_with(const struct algorithm *algorithm)
{
	struct stream s = { algorithm, { 0 }, { 0 }, 0 };

	memcpy(s.h, algorithm->initial, sizeof(s.h));
	return s;
}

static void
stream_block(struct stream *s)
{
	struct cur in = cur_over(bytes_at(s->block, BLOCK));
	uint32_t words[16];
	unsigned i;

	for (i = 0; i < 16; i++)
		words[i] = (uint32_t)cur_be(&in, 4);
	s->algorithm->compress(s->h, words);
}

static void
stream_add(struct stream *s, struct bytes in)
{
	size_t at, filled = s->n % BLOCK;
	struct bytes part;

	for (at = 0; at < in.n; at += part.n) {
		part = bytes_part(in, at, BLOCK - filled);
		memcpy(s->block + filled, part.p, part.n);
		s->n += part.n;
		filled = s->n % BLOCK;
		if (filled == 0)
			stream_block(s);
	}
}

static void
stream_be(struct stream *s, uint64_t v, unsigned width)
{
	uint8_t byte;

	while (width-- > 0) {
		byte = (uint8_t)(v >> width * 8);
		stream_add(s, bytes_at(&byte, 1));
	}
}

/* The end of the message: s->h is the hash. */
static void
stream_end(struct stream *s)
{
	uint64_t bits = s->n * 8;

	stream_be(s, 0x80, 1);
	while (s->n % BLOCK != BLOCK - 8)
		stream_be(s, 0, 1);
	stream_be(s, bits, 8);
}

/* HMAC's key as it is mixed into a block: cut down by the hash if it is longer
   than one. */
static void
key_block(const struct algorithm *algorithm, struct bytes password,
    uint8_t block[BLOCK])
{
	struct stream s = stream_with(algorithm);
	unsigned i;

	memset(block, 0, BLOCK);
	if (password.n > BLOCK) {
		stream_add(&s, password);
		stream_end(&s);
		for (i = 0; i < algorithm->nwords * 4; i++)
			block[i] = (uint8_t)(s.h[i / 4] >> (24 - i % 4 * 8));
	} else if (password.n > 0)
		memcpy(block, password.p, password.n);
}

/* A hash that has taken the key, mixed with `pad`. */
static struct stream
keyed(const struct algorithm *algorithm, const uint8_t key[BLOCK], uint8_t pad)
{
	struct stream s = stream_with(algorithm);
	uint8_t block[BLOCK];
	unsigned i;

	for (i = 0; i < BLOCK; i++)
		block[i] = key[i] ^ pad;
	stream_add(&s, bytes_at(block, BLOCK));
	return s;
}

/* The first round of block `number` of the output. */
static void
begin(struct pbkdf2_chain *chain, const struct algorithm *algorithm,
    const uint8_t key[BLOCK], struct bytes salt, uint32_t number)
{
	struct stream s = keyed(algorithm, key, 0x36);
	struct stream last = keyed(algorithm, key, 0x5c);
	unsigned i;

	memcpy(chain->inner, s.h, sizeof(chain->inner));
	memcpy(chain->outer, last.h, sizeof(chain->outer));
	stream_add(&s, salt);
	stream_be(&s, number, 4);
	stream_end(&s);
	for (i = 0; i < algorithm->nwords; i++)
		stream_be(&last, s.h[i], 4);
	stream_end(&last);
	memcpy(chain->u, last.h, sizeof(chain->u));
	memcpy(chain->sum, last.h, sizeof(chain->sum));
}

/* From the state `from`, the last block of a message: a hash after the block
   that the key took. */
static void
portable_block(const struct algorithm *algorithm, uint32_t u[8],
    const uint32_t from[8])
{
	uint32_t block[16] = { 0 };

	memcpy(block, u, algorithm->nwords * 4);
	block[algorithm->nwords] = 0x80000000;
	block[15] = (BLOCK + algorithm->nwords * 4) * 8;
	memcpy(u, from, 8 * 4);
	algorithm->compress(u, block);
}

static void
portable(const struct algorithm *algorithm, struct pbkdf2_chain *chain,
    uint64_t n)
{
	unsigned i;

	for (; n > 0; n--) {
		portable_block(algorithm, chain->u, chain->inner);
		portable_block(algorithm, chain->u, chain->outer);
		for (i = 0; i < algorithm->nwords; i++)
			chain->sum[i] ^= chain->u[i];
	}
}

/* Overwrites the stack that the functions before have used; their frames are
   small.  A sanitizer would leave room around the array. */
static __attribute__((noinline, no_sanitize("address"))) void
wipe_stack(void)
{
	uint8_t used[8192];

	explicit_bzero(used, sizeof(used));
}

/* Kept apart, so that all it leaves behind lies below its caller's frame. */
static __attribute__((noinline)) bool
derive(enum pbkdf2_way way, const struct algorithm *algorithm,
    struct bytes password, struct bytes salt, uint64_t rounds, uint8_t out[32],
    const struct pbkdf2_progress *progress)
{
	uint64_t n, done = 1, step = rounds / TOLD + (rounds % TOLD != 0);
	struct pbkdf2_chain chains[2];
	unsigned i, nchains = algorithm->nwords < 8 ? 2 : 1;
	uint8_t key[BLOCK];
	uint32_t word;

	key_block(algorithm, password, key);
	for (i = 0; i < nchains; i++)
		begin(&chains[i], algorithm, key, salt, i + 1);
	/* The password itself is not needed for the seconds that follow. */
	explicit_bzero(key, sizeof(key));
	wipe_stack();
	while (done < rounds) {
		n = step < rounds - done ? step : rounds - done;
		for (i = 0; i < nchains; i++) {
			if (way == PBKDF2_SHANI)
				algorithm->fast(&chains[i], n);
			else
				portable(algorithm, &chains[i], n);
		}
		done += n;
		if (progress != NULL && !progress->tell(progress->ctx, done))
			return false;
	}
	for (i = 0; i < 32; i++) {
		word = chains[i / 4 / algorithm->nwords].sum[i / 4 %
		    algorithm->nwords];
		out[i] = (uint8_t)(word >> (24 - i % 4 * 8));
	}
	return true;
}

bool
pbkdf2_has(enum pbkdf2_way way)
{
	return way != PBKDF2_SHANI || pbkdf2_shani_has();
}

bool
pbkdf2(enum pbkdf2_way way, enum pbkdf2_hash hash, struct bytes password,
    struct bytes salt, uint64_t rounds, uint8_t out[32],
    const struct pbkdf2_progress *progress)
{
	bool whole;

	assert(pbkdf2_has(way) && rounds > 0);
	if (way == PBKDF2_BEST)
		way = pbkdf2_shani_has() ? PBKDF2_SHANI : PBKDF2_PORTABLE;
	whole = derive(way, &algorithms[hash], password, salt, rounds, out,
	    progress);
	wipe_stack();
	return whole;
}
