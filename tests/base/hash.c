/*
 * Hashes against published values, in one piece and in many.
 */
#include "base/hash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"

static void
assert_hex(const uint8_t *p, size_t n, const char *want)
{
	struct buf b = buf_with(200);

	text_hex(&b, bytes_at(p, n));
	assert_true(bytes_is(buf_bytes(&b), want));
	buf_free(&b);
}

/* FIPS 180-4, the examples of NIST. */
static const struct {
	const char *in, *sha256, *sha1;
} published[] = {
	{ "",
	    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
	    "da39a3ee5e6b4b0d3255bfef95601890afd80709" },
	{ "abc",
	    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
	    "a9993e364706816aba3e25717850c26c9cd0d89d" },
	{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
	    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
	    "84983e441c3bd26ebaae4aa1f95129e5e54670f1" },
};

static void
test_single(void **state)
{
	uint8_t out[HASH_SHA256];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(published) / sizeof(published[0]); i++) {
		hash_sha256(bytes_of(published[i].in), out);
		assert_hex(out, HASH_SHA256, published[i].sha256);
		hash_sha1(bytes_of(published[i].in), out);
		assert_hex(out, HASH_SHA1, published[i].sha1);
	}
	hash_sha256(bytes_of(NULL), out);
	assert_hex(out, HASH_SHA256, published[0].sha256);
}

static void
test_running(void **state)
{
	uint8_t text[300], one[HASH_SHA256], many[HASH_SHA256];
	struct hash *h, *other;
	size_t n, at, step;

	(void)state;
	assert_int_equal(hash_prepare(), ERR_NONE);
	assert_int_equal(hash_new(&h), ERR_NONE);
	assert_int_equal(hash_new(&other), ERR_NONE);
	for (n = 0; n < sizeof(text); n++)
		text[n] = (uint8_t)(n * 31);
	for (n = 0; n <= sizeof(text); n += 13) {
		for (at = 0, step = 1; at < n; at += step, step++) {
			hash_add(h, bytes_part(bytes_at(text, n), at, step));
			hash_add(other, bytes_of("other"));
			hash_sha256(bytes_of("between"), one);
		}
		hash_add(h, bytes_of(NULL));
		hash_end(h, many);
		hash_sha256(bytes_at(text, n), one);
		assert_memory_equal(one, many, HASH_SHA256);
	}
	/* hash_end began anew. */
	hash_end(h, many);
	assert_hex(many, HASH_SHA256, published[0].sha256);
	hash_free(h);
	hash_free(other);
	hash_free(NULL);
}

static void
test_key(void **state)
{
	uint8_t text[64] = { 0 }, copy[65];
	uint64_t seen[129];
	size_t n, k;

	(void)state;
	/* The same bytes hash alike wherever they lie; others do not. */
	for (n = 0; n <= sizeof(text); n++) {
		seen[n] = hash_key(bytes_at(text, n));
		memcpy(copy + 1, text, n);
		assert_true(hash_key(bytes_at(copy + 1, n)) == seen[n]);
	}
	for (n = 0; n < sizeof(text); n++) {
		memset(copy, 0, sizeof(copy));
		copy[n] = 1;
		seen[65 + n] = hash_key(bytes_at(copy, sizeof(text)));
	}
	for (n = 0; n < 129; n++)
		for (k = 0; k < n; k++)
			assert_true(seen[n] != seen[k]);
	assert_true(hash_key(bytes_of(NULL)) == seen[0]);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_single),
		cmocka_unit_test(test_running),
		cmocka_unit_test(test_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
