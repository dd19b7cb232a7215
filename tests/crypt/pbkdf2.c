/*
 * PBKDF2 against published values and against libcrypto, in every way that
 * this processor has.
 */
#include "crypt/pbkdf2.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include <openssl/evp.h>
#include <pthread.h>

#include "base/hash.h"
#include "base/text.h"

#define LONGEST	200u		/* password and salt, in comparisons */

static const enum pbkdf2_way ways[] = {
	PBKDF2_BEST, PBKDF2_PORTABLE, PBKDF2_SHANI
};

static const enum pbkdf2_hash hashes[] = { PBKDF2_SHA256, PBKDF2_SHA1 };

#define NWAYS	(sizeof(ways) / sizeof(ways[0]))
#define NHASHES	(sizeof(hashes) / sizeof(hashes[0]))

/* The first bytes, as many as `want` has. */
static void
assert_hex(const uint8_t out[32], const char *want)
{
	struct buf b = buf_with(100);

	text_hex(&b, bytes_at(out, strlen(want) / 2));
	assert_true(b.n > 0 && bytes_is(buf_bytes(&b), want));
	buf_free(&b);
}

/* RFC 6070, less the one of sixteen million rounds; RFC 7914, section 11; the
   values of RFC 6070 as they are widely given for SHA-256. */
static const struct {
	enum pbkdf2_hash hash;
	struct bytes password, salt;
	uint64_t rounds;
	const char *out;
} published[] = {
#define TEXT(s)	{ (const uint8_t *)(s), sizeof(s) - 1 }
	{ PBKDF2_SHA1, TEXT("password"), TEXT("salt"), 1,
	    "0c60c80f961f0e71f3a9b524af6012062fe037a6" },
	{ PBKDF2_SHA1, TEXT("password"), TEXT("salt"), 2,
	    "ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957" },
	{ PBKDF2_SHA1, TEXT("password"), TEXT("salt"), 4096,
	    "4b007901b765489abead49d926f721d065a429c1" },
	{ PBKDF2_SHA1, TEXT("passwordPASSWORDpassword"),
	    TEXT("saltSALTsaltSALTsaltSALTsaltSALTsalt"), 4096,
	    "3d2eec4fe41c849b80c8d83662c0e44a8b291a964cf2f07038" },
	{ PBKDF2_SHA1, TEXT("pass\0word"), TEXT("sa\0lt"), 4096,
	    "56fa6aa75548099dcc37d7f03425e0c3" },
	{ PBKDF2_SHA256, TEXT("passwd"), TEXT("salt"), 1,
	    "55ac046e56e3089fec1691c22544b605"
	    "f94185216dde0465e68b9d57c20dacbc" },
	{ PBKDF2_SHA256, TEXT("Password"), TEXT("NaCl"), 80000,
	    "4ddcd8f60b98be21830cee5ef22701f9"
	    "641a4418d04c0414aeff08876b34ab56" },
	{ PBKDF2_SHA256, TEXT("password"), TEXT("salt"), 1,
	    "120fb6cffcf8b32c43e7225256c4f837"
	    "a86548c92ccc35480805987cb70be17b" },
	{ PBKDF2_SHA256, TEXT("password"), TEXT("salt"), 2,
	    "ae4d0c95af6b46d32d0adff928f06dd0"
	    "2a303f8ef3c251dfd6e2d85a95474c43" },
	{ PBKDF2_SHA256, TEXT("password"), TEXT("salt"), 4096,
	    "c5e478d59288c841aa530db6845c4c8d"
	    "962893a001ce4e11a4963873aa98134a" },
#undef TEXT
};

static void
test_published(void **state)
{
	uint8_t out[32];
	size_t i, way;

	(void)state;
	for (way = 0; way < NWAYS; way++) {
		if (!pbkdf2_has(ways[way]))
			continue;
		for (i = 0; i < sizeof(published) / sizeof(published[0]); i++) {
			assert_true(pbkdf2(ways[way], published[i].hash,
			    published[i].password, published[i].salt,
			    published[i].rounds, out, NULL));
			assert_hex(out, published[i].out);
		}
	}
}

/* A password longer than a block stands for its hash: so does the hash itself
   (FIPS 180-4, the long example of NIST). */
static void
test_long_password(void **state)
{
	static const char password[] =
	    "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
	    "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu";
	static const uint8_t sha256[HASH_SHA256] = {
		0xcf, 0x5b, 0x16, 0xa7, 0x78, 0xaf, 0x83, 0x80,
		0x03, 0x6c, 0xe5, 0x9e, 0x7b, 0x04, 0x92, 0x37,
		0x0b, 0x24, 0x9b, 0x11, 0xe8, 0xf0, 0x7a, 0x51,
		0xaf, 0xac, 0x45, 0x03, 0x7a, 0xfe, 0xe9, 0xd1
	};
	static const uint8_t sha1[HASH_SHA1] = {
		0xa4, 0x9b, 0x24, 0x46, 0xa0, 0x2c, 0x64, 0x5b, 0xf4, 0x19,
		0xf9, 0x95, 0xb6, 0x70, 0x91, 0x25, 0x3a, 0x04, 0xa2, 0x59
	};
	struct bytes salt = bytes_of("salt");
	uint8_t whole[32], hashed[32];

	(void)state;
	assert_true(pbkdf2(PBKDF2_BEST, PBKDF2_SHA256, bytes_of(password), salt,
	    3, whole, NULL));
	assert_true(pbkdf2(PBKDF2_BEST, PBKDF2_SHA256,
	    bytes_at(sha256, sizeof(sha256)), salt, 3, hashed, NULL));
	assert_memory_equal(whole, hashed, 32);
	assert_true(pbkdf2(PBKDF2_BEST, PBKDF2_SHA1, bytes_of(password), salt,
	    3, whole, NULL));
	assert_true(pbkdf2(PBKDF2_BEST, PBKDF2_SHA1,
	    bytes_at(sha1, sizeof(sha1)), salt, 3, hashed, NULL));
	assert_memory_equal(whole, hashed, 32);
}

/* Each way gives what libcrypto gives. */
static void
compare(struct bytes password, struct bytes salt, int rounds)
{
	uint8_t want[32], out[32];
	const EVP_MD *md;
	size_t way, hash;

	for (hash = 0; hash < NHASHES; hash++) {
		md = hashes[hash] == PBKDF2_SHA1 ? EVP_sha1() : EVP_sha256();
		assert_int_equal(PKCS5_PBKDF2_HMAC((const char *)password.p,
		    (int)password.n, salt.p, (int)salt.n, rounds, md, 32, want),
		    1);
		for (way = 0; way < NWAYS; way++) {
			if (!pbkdf2_has(ways[way]))
				continue;
			memset(out, 0, sizeof(out));
			assert_true(pbkdf2(ways[way], hashes[hash], password,
			    salt, (uint64_t)rounds, out, NULL));
			assert_memory_equal(out, want, 32);
		}
	}
}

/* The same numbers in every run. */
static uint32_t
number(uint64_t *seed)
{
	*seed = *seed * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (uint32_t)(*seed >> 33);
}

static void
fill(uint8_t *p, size_t n, uint64_t *seed)
{
	while (n-- > 0)
		*p++ = (uint8_t)number(seed);
}

static void
test_libcrypto_lengths(void **state)
{
	uint8_t password[LONGEST], salt[LONGEST];
	uint64_t seed = 1;
	size_t n;

	(void)state;
	fill(password, sizeof(password), &seed);
	fill(salt, sizeof(salt), &seed);
	for (n = 0; n <= LONGEST; n++) {
		compare(bytes_at(password, n), bytes_at(salt, 20), 2);
		compare(bytes_at(password, 20), bytes_at(salt, n), 2);
	}
	compare(bytes_at(password, 0), bytes_at(salt, 0), 3);
}

static void
test_libcrypto_random(void **state)
{
	uint8_t password[LONGEST], salt[LONGEST];
	uint64_t seed = 2;
	size_t n, m;
	int i;

	(void)state;
	for (i = 0; i < 400; i++) {
		n = number(&seed) % (LONGEST + 1);
		m = number(&seed) % (LONGEST + 1);
		fill(password, n, &seed);
		fill(salt, m, &seed);
		compare(bytes_at(password, n), bytes_at(salt, m), 1 + i % 50);
	}
}

/* No bytes at all are the empty password and salt. */
static void
test_none(void **state)
{
	uint8_t none[32], empty[32];

	(void)state;
	assert_true(pbkdf2(PBKDF2_BEST, PBKDF2_SHA256, bytes_of(NULL),
	    bytes_of(NULL), 2, none, NULL));
	assert_true(pbkdf2(PBKDF2_BEST, PBKDF2_SHA256, bytes_of(""),
	    bytes_of(""), 2, empty, NULL));
	assert_memory_equal(none, empty, 32);
}

struct told {
	unsigned n, most;	/* at the call number `most` it breaks off */
	uint64_t done;
};

static bool
tell(void *ctx, uint64_t done)
{
	struct told *told = ctx;

	assert_true(done > told->done);
	told->done = done;
	return ++told->n != told->most;
}

static void
test_progress(void **state)
{
	static const uint64_t rounds[] = { 2, 99, 100, 101, 150, 20000 };
	struct told told;
	struct pbkdf2_progress progress = { tell, &told };
	uint8_t quiet[32], out[32];
	size_t i, way;

	(void)state;
	for (way = 0; way < NWAYS; way++) {
		for (i = 0; i < sizeof(rounds) / sizeof(rounds[0]); i++) {
			if (!pbkdf2_has(ways[way]))
				continue;
			told = (struct told){ 0 };
			assert_true(pbkdf2(ways[way], hashes[i % NHASHES],
			    bytes_of("p"), bytes_of("s"), rounds[i], quiet,
			    NULL));
			assert_true(pbkdf2(ways[way], hashes[i % NHASHES],
			    bytes_of("p"), bytes_of("s"), rounds[i], out,
			    &progress));
			assert_memory_equal(out, quiet, 32);
			assert_true(told.done == rounds[i]);
			assert_in_range(told.n, rounds[i] < 100 ? 1 : 50, 110);
		}
	}
}

static void
test_break_off(void **state)
{
	struct told told = { 0 };
	struct pbkdf2_progress progress = { tell, &told };
	uint8_t out[32], before[32];
	size_t way;

	(void)state;
	memset(before, 0x5a, sizeof(before));
	memcpy(out, before, sizeof(out));
	for (way = 0; way < NWAYS; way++) {
		if (!pbkdf2_has(ways[way]))
			continue;
		told = (struct told){ .most = 5 };
		assert_false(pbkdf2(ways[way], PBKDF2_SHA256, bytes_of("p"),
		    bytes_of("s"), 10000, out, &progress));
		assert_int_equal(told.n, 5);
		assert_true(told.done >= 400 && told.done <= 600);
		assert_memory_equal(out, before, 32);
	}
}

/* A stack of its own, which can be searched when its thread is gone. */
static _Alignas(4096) uint8_t stack[1024 * 1024];

static const char secret[] = "a password that no stack may keep";

struct call {
	enum pbkdf2_way way;
	enum pbkdf2_hash hash;
	uint8_t out[32];
};

static void *
call(void *arg)
{
	struct call *c = arg;

	(void)pbkdf2(c->way, c->hash, bytes_of(secret), bytes_of("salt"), 100,
	    c->out, NULL);
	return NULL;
}

static void
assert_not_left(const void *p, size_t n)
{
	struct bytes left = bytes_at(stack, sizeof(stack));

	assert_true(bytes_find(left, bytes_at(p, n), 0) == SIZE_MAX);
}

/* Neither the password nor what was made of it, in the forms in which the code
   has it: bytes, words of this machine, words in the order of SHA-NI. */
static void
assert_wiped(const uint8_t out[32])
{
	struct cur in = cur_over(bytes_at(out, 32));
	uint8_t pads[2][sizeof(secret) - 1];
	uint32_t w[8];
	unsigned i;

	for (i = 0; i < sizeof(secret) - 1; i++) {
		pads[0][i] = (uint8_t)secret[i] ^ 0x36;
		pads[1][i] = (uint8_t)secret[i] ^ 0x5c;
	}
	for (i = 0; i < 8; i++)
		w[i] = (uint32_t)cur_be(&in, 4);
	assert_not_left(secret, 16);
	assert_not_left(pads[0], 16);
	assert_not_left(pads[1], 16);
	assert_not_left(out, 16);
	assert_not_left(w, 16);
	assert_not_left((uint32_t[]){ w[5], w[4], w[1], w[0] }, 16);
	assert_not_left((uint32_t[]){ w[3], w[2], w[1], w[0] }, 16);
}

static void
test_wiped(void **state)
{
	static struct call c;
	pthread_attr_t attr;
	pthread_t thread;
	size_t way, hash;

	(void)state;
	assert_int_equal(pthread_attr_init(&attr), 0);
	assert_int_equal(pthread_attr_setstack(&attr, stack, sizeof(stack)), 0);
	for (way = 0; way < NWAYS; way++) {
		for (hash = 0; hash < NHASHES; hash++) {
			c = (struct call){ ways[way], hashes[hash], { 0 } };
			if (!pbkdf2_has(c.way))
				continue;
			assert_int_equal(pthread_create(&thread, &attr, call,
			    &c), 0);
			assert_int_equal(pthread_join(thread, NULL), 0);
			assert_wiped(c.out);
		}
	}
	assert_int_equal(pthread_attr_destroy(&attr), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_published),
		cmocka_unit_test(test_long_password),
		cmocka_unit_test(test_libcrypto_lengths),
		cmocka_unit_test(test_libcrypto_random),
		cmocka_unit_test(test_none),
		cmocka_unit_test(test_progress),
		cmocka_unit_test(test_break_off),
		cmocka_unit_test(test_wiped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
