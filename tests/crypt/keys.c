/*
 * Unwrapping keys: the vectors of RFC 3394, and what is not whole.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/vault.h"
#include "crypt/decrypt.h"
#include "crypt/keys.h"
#include "keybag_make.h"

static const uint8_t zero[KEY_BYTES];

/* RFC 3394, 4.6: 256 bits wrapped with 256 bits; the only one of its vectors
   that has the sizes of a key bag. */
static const uint8_t kek[KEY_BYTES] = {
	0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b,
	0x0c, 0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17,
	0x18, 0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f,
};
static const uint8_t plain[KEY_BYTES] = {
	0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb,
	0xcc, 0xdd, 0xee, 0xff, 0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07,
	0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f,
};
static const uint8_t wrapped[40] = {
	0x28, 0xc9, 0xf4, 0x04, 0xc4, 0xb8, 0x10, 0xf4, 0xcb, 0xcc, 0xb3, 0x5c,
	0xfb, 0x87, 0xf8, 0x26, 0x3f, 0x57, 0x86, 0xe2, 0xd8, 0x0e, 0xd3, 0x26,
	0xcb, 0xc7, 0xf0, 0xe7, 0x1a, 0x99, 0xf4, 0x3b, 0xfb, 0x98, 0x8b, 0x9b,
	0x7a, 0x02, 0xdd, 0x21,
};

static void
the_vector_of_the_rfc(void **state)
{
	uint8_t key[KEY_BYTES];

	(void)state;
	assert_true(keys_unwrap(kek, bytes_at(wrapped, 40), key));
	assert_memory_equal(key, plain, KEY_BYTES);
}

static void
every_bit_counts(void **state)
{
	uint8_t bad[40], key[KEY_BYTES], wrong[KEY_BYTES];
	unsigned i;

	(void)state;
	for (i = 0; i < 8 * sizeof(bad); i++) {
		memcpy(bad, wrapped, sizeof(bad));
		bad[i / 8] ^= (uint8_t)(1u << i % 8);
		memset(key, 1, sizeof(key));
		assert_false(keys_unwrap(kek, bytes_at(bad, 40), key));
		assert_memory_equal(key, zero, KEY_BYTES);
	}
	for (i = 0; i < 8 * sizeof(wrong); i++) {
		memcpy(wrong, kek, sizeof(wrong));
		wrong[i / 8] ^= (uint8_t)(1u << i % 8);
		assert_false(keys_unwrap(wrong, bytes_at(wrapped, 40), key));
	}
}

static void
other_lengths_are_refused(void **state)
{
	uint8_t longer[64] = { 0 }, key[KEY_BYTES];
	size_t n;

	(void)state;
	memcpy(longer, wrapped, sizeof(wrapped));
	for (n = 0; n <= sizeof(longer); n++) {
		memset(key, 1, sizeof(key));
		assert_int_equal(keys_unwrap(kek, bytes_at(longer, n), key),
		    n == 40);
		assert_memory_equal(key, n == 40 ? plain : zero, KEY_BYTES);
	}
}

static void
keys_of_files(void **state)
{
	struct keybag_make m = keybag_make_with("", 1, 0, 7);
	uint8_t blob[WRAPPED_BYTES], key[KEY_BYTES];
	struct keys keys = { .n = 2 };
	const char *why;

	(void)state;
	keys.of[0].class = 3;
	memcpy(keys.of[0].key, m.keys[2], KEY_BYTES);
	keys.of[1].class = 4;
	memcpy(keys.of[1].key, m.keys[3], KEY_BYTES);
	keybag_make_file_key(&m, 4, plain, blob);
	assert_true(keys_file(&keys, bytes_at(blob, sizeof(blob)), key, &why));
	assert_memory_equal(key, plain, KEY_BYTES);

	assert_false(keys_file(&keys, bytes_at(blob, 43), key, &why));
	assert_string_equal(why, "its key is damaged");
	assert_false(keys_file(&keys, bytes_at(NULL, 0), key, &why));
	assert_string_equal(why, "its key is damaged");
	blob[20] ^= 1;
	assert_false(keys_file(&keys, bytes_at(blob, sizeof(blob)), key, &why));
	assert_string_equal(why, "its key is damaged");
	blob[0] = 5;
	assert_false(keys_file(&keys, bytes_at(blob, sizeof(blob)), key, &why));
	assert_string_equal(why,
	    "its key is of a class that the key bag does not open");
	keys.n = UINT32_MAX;	/* only what there is room for is looked at */
	assert_false(keys_file(&keys, bytes_at(blob, sizeof(blob)), key, &why));
}

static void
nothing_stays_in_the_vault(void **state)
{
	uint8_t key[KEY_BYTES];
	unsigned i;

	(void)state;
	assert_true(vault_has_region());
	for (i = 0; i < 2 * VAULT_PIECES; i++)
		assert_true(keys_unwrap(kek, bytes_at(wrapped, 40), key));
	assert_int_equal(vault_used(), 0);
}

static int
prepare(void **state)
{
	(void)state;
	return decrypt_prepare() != ERR_NONE;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_vector_of_the_rfc),
		cmocka_unit_test(every_bit_counts),
		cmocka_unit_test(other_lengths_are_refused),
		cmocka_unit_test(keys_of_files),
		cmocka_unit_test(nothing_stays_in_the_vault),
	};

	return cmocka_run_group_tests(tests, prepare, NULL);
}
