/*
 * Key bags: of both kinds of phones, damaged in every way, and the right and
 * the wrong password.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "crypt/decrypt.h"
#include "crypt/keybag.h"
#include "keybag_make.h"

#define BAG_MAX	65536

static const uint8_t zero[KEY_BYTES];

static struct buf
made(struct keybag_make *m)
{
	struct buf b = buf_with(BAG_MAX);

	keybag_make(&b, m);
	assert_false(b.bad);
	return b;
}

static bool
unlocks(struct bytes in, const char *password, struct keys *keys)
{
	struct keybag bag;
	uint8_t key[KEY_BYTES];
	const char *why;

	return keybag_read(&bag, in, &why) &&
	    keybag_derive(&bag, bytes_of(password), key, NULL) &&
	    keybag_unlock(&bag, key, keys);
}

static void
refused(struct bytes in, const char *expected)
{
	struct keybag bag;
	const char *why = NULL;

	assert_false(keybag_read(&bag, in, &why));
	assert_string_equal(why, expected);
}

/* --- whole ones ----------------------------------------------------------- */

static void
both_kinds(void **state)
{
	static const uint32_t rounds2[] = { 0, 13 };
	struct keybag bag;
	struct keys keys;
	uint8_t key[KEY_BYTES];
	const char *why;
	unsigned i, c;

	(void)state;
	for (i = 0; i < 2; i++) {
		struct keybag_make m = keybag_make_with("swordfish", 17,
		    rounds2[i], i);
		struct buf b = made(&m);

		assert_true(keybag_read(&bag, buf_bytes(&b), &why));
		assert_int_equal(bag.type, 1);
		assert_int_equal(bag.version, i == 0 ? 3 : 5);
		assert_int_equal(bag.rounds, 17);
		assert_int_equal(bag.rounds2, rounds2[i]);
		assert_int_equal(bag.salt2.n, i == 0 ? 0 : 20);
		assert_int_equal(bag.nclasses, 11);
		assert_true(keybag_derive(&bag, bytes_of("swordfish"), key,
		    NULL));
		assert_memory_equal(key, m.derived, KEY_BYTES);
		assert_true(keybag_unlock(&bag, key, &keys));
		assert_int_equal(keys.n, 11);
		for (c = 0; c < keys.n; c++) {
			assert_int_equal(keys.of[c].class, c + 1);
			assert_memory_equal(keys.of[c].key, m.keys[c],
			    KEY_BYTES);
		}
		buf_free(&b);
	}
}

static void
the_wrong_password(void **state)
{
	static const char *const wrong[] = { "", "Secret", "secret ", "secre",
	    "\xd0\xbf\xd0\xb0\xd1\x80\xd0\xbe\xd0\xbb\xd1\x8c" };
	struct keybag_make m = keybag_make_with("secret", 5, 5, 1);
	struct buf b = made(&m);
	struct keys keys;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		memset(&keys, 1, sizeof(keys));
		assert_false(unlocks(buf_bytes(&b), wrong[i], &keys));
		assert_int_equal(keys.n, 0);
		assert_memory_equal(keys.of[0].key, zero, KEY_BYTES);
	}
	assert_true(unlocks(buf_bytes(&b), "secret", &keys));
	buf_free(&b);
}

/* UTF-8, and empty: what is a password is for the phone to say. */
static void
any_password(void **state)
{
	/* The last is longer than a block of the hash, and is hashed first. */
	static const char longest[] = "sixty-four bytes and more, sixty-four "
	    "bytes and more, sixty-four bytes and more";
	static const char *const each[] = { "", " ", "\xd0\xbf\xd0\xb0",
	    longest };
	struct keys keys;
	size_t i;

	(void)state;
	for (i = 0; i < 2 * sizeof(each) / sizeof(each[0]); i++) {
		struct keybag_make m = keybag_make_with(each[i / 2], 3,
		    i % 2 == 0 ? 4 : 0, 2);
		struct buf b = made(&m);

		assert_true(unlocks(buf_bytes(&b), each[i / 2], &keys));
		buf_free(&b);
	}
}

static void
classes_of_the_device(void **state)
{
	struct keybag_make m = keybag_make_with("p", 2, 2, 3);
	struct buf b;
	struct keys keys;
	const char *why;
	struct keybag bag;
	unsigned i;

	(void)state;
	m.wrap[0] = 1;
	m.wrap[4] = 3;
	m.wrap[10] = 1;
	b = made(&m);
	assert_true(unlocks(buf_bytes(&b), "p", &keys));
	assert_int_equal(keys.n, 9);
	assert_int_equal(keys.of[0].class, 2);
	assert_memory_equal(keys.of[0].key, m.keys[1], KEY_BYTES);
	assert_int_equal(keys.of[3].class, 5);
	assert_memory_equal(keys.of[3].key, m.keys[4], KEY_BYTES);
	assert_int_equal(keys.of[8].class, 10);
	buf_free(&b);
	for (i = 0; i < KEYS_MAX; i++)
		m.wrap[i] = 1;
	b = made(&m);
	assert_false(keybag_read(&bag, buf_bytes(&b), &why));
	assert_string_equal(why, "holds no key that a password opens");
	buf_free(&b);
}

/* One class that does not open is damaged; only if none does, the password is
   wrong. */
static void
one_that_is_damaged(void **state)
{
	struct keybag_make m = keybag_make_with("p", 2, 2, 3);
	struct buf b = made(&m);
	struct keys keys;
	unsigned i;

	(void)state;
	b.p[b.n - 1] ^= 1;
	assert_true(unlocks(buf_bytes(&b), "p", &keys));
	assert_int_equal(keys.n, m.nclasses - 1);
	for (i = 0; i < keys.n; i++) {
		assert_int_equal(keys.of[i].class, i + 1);
		assert_memory_equal(keys.of[i].key, m.keys[i], KEY_BYTES);
	}
	/* Nothing of what was tried is left. */
	assert_memory_equal(keys.of[i].key, zero, KEY_BYTES);
	assert_false(unlocks(buf_bytes(&b), "q", &keys));
	assert_int_equal(keys.n, 0);
	buf_free(&b);
}

static bool
count(void *ctx, uint64_t done)
{
	uint64_t *last = ctx;

	assert_true(done >= *last);
	*last = done;
	return true;
}

static bool
stop(void *ctx, uint64_t done)
{
	return done < *(uint64_t *)ctx;
}

static void
progress_of_both_stages(void **state)
{
	struct keybag_make m = keybag_make_with("p", 20000, 30000, 3);
	struct buf b = made(&m);
	uint64_t last = 0;
	struct pbkdf2_progress progress = { count, &last };
	struct keybag bag;
	uint8_t key[KEY_BYTES];
	const char *why;
	size_t i;

	(void)state;
	assert_true(keybag_read(&bag, buf_bytes(&b), &why));
	assert_true(keybag_derive(&bag, bytes_of("p"), key, &progress));
	assert_true(last > 45000 && last <= 50000);
	assert_memory_equal(key, m.derived, KEY_BYTES);
	for (i = 0; i < 2; i++) {	/* in the first, in the second */
		last = i == 0 ? 10000 : 40000;
		progress.tell = stop;
		assert_false(keybag_derive(&bag, bytes_of("p"), key,
		    &progress));
		assert_memory_equal(key, zero, KEY_BYTES);
	}
	buf_free(&b);
}

/* --- odd ones ------------------------------------------------------------- */

enum { NONE = -1 };

/* A bag whose field `tag` is replaced by n bytes (or left out, or doubled). */
static struct buf
changed(const char *tag, int64_t number, int salt, bool twice)
{
	struct keybag_make m = keybag_make_with("p", 2, 2, 4);
	struct buf in = made(&m), out = buf_with(BAG_MAX);
	struct cur c = cur_over(buf_bytes(&in));
	uint8_t bytes[100] = { 1 };
	struct bytes name, value;
	bool done = false;

	while (cur_left(&c) > 0) {
		name = cur_take(&c, 4);
		value = cur_take(&c, (size_t)cur_be(&c, 4));
		if (!bytes_is(name, tag) || done) {
			buf_add(&out, name);
			buf_le(&out, __builtin_bswap32((uint32_t)value.n), 4);
			buf_add(&out, value);
			continue;
		}
		done = true;
		if (number != NONE)
			keybag_make_number(&out, tag, (uint32_t)number);
		if (salt != NONE)
			keybag_make_field(&out, tag, bytes_at(bytes,
			    (size_t)salt));
		if (twice)
			keybag_make_field(&out, tag, value);
		if (twice)
			keybag_make_field(&out, tag, value);
	}
	assert_true(cur_ok(&c) && done && !out.bad);
	buf_free(&in);
	return out;
}

static void
change(const char *tag, int64_t number, int salt, bool twice,
    const char *expected)
{
	struct buf b = changed(tag, number, salt, twice);
	struct keybag bag;
	const char *why;

	if (expected != NULL)
		refused(buf_bytes(&b), expected);
	else
		assert_true(keybag_read(&bag, buf_bytes(&b), &why));
	buf_free(&b);
}

static void
odd_fields(void **state)
{
	static const char no_salt[] = "has no salt";
	static const char length[] = "has a salt of a length that no phone "
	    "uses";
	static const char rounds[] = "does not say how many rounds";
	static const char four[] = "has a number that is not of four bytes";
	static const char many[] = "asks for more than 100,000,000 rounds, ten "
	    "times what phones ask for";
	static const char twice[] = "says the same thing twice";
	static const char type[] = "is not that of a backup";

	(void)state;
	change("VERS", NONE, NONE, false, NULL);
	change("TYPE", NONE, NONE, false, type);
	change("TYPE", 0, NONE, false, type);
	change("TYPE", 2, NONE, false, type);
	change("SALT", NONE, NONE, false, no_salt);
	change("DPSL", NONE, NONE, false, no_salt);
	change("SALT", NONE, 0, false, length);
	change("SALT", NONE, 1, false, NULL);
	change("SALT", NONE, 64, false, NULL);
	change("SALT", NONE, 65, false, length);
	change("DPSL", NONE, 65, false, length);
	change("ITER", NONE, NONE, false, rounds);
	change("DPIC", NONE, NONE, false, rounds);
	change("ITER", 0, NONE, false, "asks for no rounds at all");
	change("DPIC", 0, NONE, false, "asks for no rounds at all");
	change("ITER", 99999998, NONE, false, NULL);
	change("ITER", 99999999, NONE, false, many);
	change("ITER", UINT32_MAX, NONE, false, many);
	change("DPIC", UINT32_MAX, NONE, false, many);
	change("ITER", NONE, 3, false, four);
	change("ITER", NONE, 5, false, four);
	change("CLAS", NONE, 0, false, four);
	change("CLAS", NONE, NONE, false, "has a class without a number");
	change("CLAS", 2, NONE, false, "has a class twice");
	change("WPKY", NONE, 39, false, "has a class whose key is not of 40 "
	    "bytes");
	change("WPKY", NONE, 41, false, "has a class whose key is not of 40 "
	    "bytes");
	change("WPKY", NONE, NONE, false, NULL);
	change("SALT", NONE, NONE, true, twice);
	change("ITER", NONE, NONE, true, twice);
	change("WPKY", NONE, NONE, true, twice);
	change("HMCK", NONE, NONE, true, NULL);	/* never looked at */
}

static void
odd_lengths(void **state)
{
	static const uint8_t huge[] = { 'S', 'A', 'L', 'T', 0xff, 0xff, 0xff,
	    0xff, 1, 2, 3 };
	struct keybag_make m = keybag_make_with("p", 2, 0, 4);
	struct buf b;
	unsigned i;

	(void)state;
	refused(bytes_at(NULL, 0), "is empty");
	refused(bytes_at(huge, sizeof(huge)), "is cut");
	refused(bytes_at(huge, 3), "is cut");
	m.nclasses = KEYS_MAX;
	b = made(&m);
	assert_true(unlocks(buf_bytes(&b), "p", &(struct keys){ 0 }));
	keybag_make_field(&b, "UUID", bytes_of("0123456789abcdef"));
	keybag_make_number(&b, "CLAS", 99);
	refused(buf_bytes(&b), "has more classes than any phone");
	/* A flood of classes costs no more than their bytes. */
	for (i = 0; i < 1000; i++)
		keybag_make_field(&b, "UUID", bytes_at(NULL, 0));
	refused(buf_bytes(&b), "has more classes than any phone");
	buf_free(&b);
}

static void
every_cut(void **state)
{
	struct keybag_make m = keybag_make_with("p", 2, 2, 5);
	struct buf b = made(&m);
	struct keybag bag;
	struct keys keys;
	const char *why;
	unsigned read = 0;
	size_t n;

	(void)state;
	for (n = 0; n < b.n; n++) {
		why = NULL;
		/* A copy of its own, so that a sanitizer sees its end. */
		uint8_t cut[BAG_MAX / 16];

		memcpy(cut + sizeof(cut) - n, b.p, n);
		if (!keybag_read(&bag, bytes_at(cut + sizeof(cut) - n, n),
		    &why)) {
			assert_non_null(why);
			continue;
		}
		read++;
		assert_false(unlocks(bytes_at(b.p, n), "q", &keys));
		assert_true(unlocks(bytes_at(b.p, n), "p", &keys));
		assert_true(keys.n < 11);
	}
	/* At the end of a field that is the last of a class. */
	assert_in_range(read, 10, 60);
	buf_free(&b);
}

static uint32_t
next_random(uint32_t *r)
{
	*r ^= *r << 13;
	*r ^= *r >> 17;
	*r ^= *r << 5;
	return *r;
}

/* Never a crash, never open to the wrong password.  Rounds that damage makes
   large are not done. */
static void
fifty_thousand_mutations(void **state)
{
	struct keybag_make m = keybag_make_with("p", 1, 1, 6);
	struct buf b = made(&m);
	uint8_t bad[BAG_MAX / 16], key[KEY_BYTES];
	struct keybag bag;
	struct keys keys;
	uint32_t r = 12345;
	const char *why;
	unsigned i, k, at, read = 0;

	(void)state;
	assert_true(b.n < sizeof(bad));
	for (i = 0; i < 50000; i++) {
		memcpy(bad, b.p, b.n);
		for (k = next_random(&r) % 4 + 1; k > 0; k--) {
			at = next_random(&r) % (unsigned)b.n;
			if (next_random(&r) % 2 == 0)
				bad[at] ^= (uint8_t)(1u << next_random(&r) % 8);
			else
				bad[at] = (uint8_t)next_random(&r);
		}
		why = NULL;
		if (!keybag_read(&bag, bytes_at(bad, b.n), &why)) {
			assert_non_null(why);
			continue;
		}
		read++;
		if (bag.rounds + bag.rounds2 > 300)
			continue;
		assert_true(keybag_derive(&bag, bytes_of("q"), key, NULL));
		assert_false(keybag_unlock(&bag, key, &keys));
		assert_int_equal(keys.n, 0);
	}
	assert_true(read > 1000 && read < 49000);
	buf_free(&b);
}

/* --- key files ------------------------------------------------------------ */

static void
key_files(void **state)
{
	static const char good[] = "00112233445566778899aAbBcCdDeEfF"
	    "000102030405060708090a0b0c0d0e0f";
	uint8_t key[KEY_BYTES], before[KEY_BYTES];
	char text[80];
	size_t n;

	(void)state;
	assert_true(keybag_key_text(bytes_of(good), key));
	assert_int_equal(key[1], 0x11);
	assert_int_equal(key[10], 0xaa);
	assert_int_equal(key[15], 0xff);
	assert_int_equal(key[31], 0x0f);
	for (n = 0; n <= 64; n++) {
		memcpy(text, good, 64);
		memcpy(text + n, " \r\n\n\t", 5);
		assert_int_equal(keybag_key_text(bytes_at(text, n + 5), key),
		    n == 64);
	}
	memcpy(before, key, sizeof(key));
	assert_false(keybag_key_text(bytes_at(NULL, 0), key));
	for (n = 0; n < 64; n++) {
		memcpy(text, good, 64);
		text[n] = "g/:@` G\0"[n % 8];
		assert_false(keybag_key_text(bytes_at(text, 64), key));
	}
	memcpy(text, good, 64);
	text[64] = '0';
	assert_false(keybag_key_text(bytes_at(text, 65), key));
	assert_false(keybag_key_text(bytes_at(text, 66), key));
	assert_memory_equal(key, before, sizeof(key));
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
		cmocka_unit_test(both_kinds),
		cmocka_unit_test(the_wrong_password),
		cmocka_unit_test(any_password),
		cmocka_unit_test(classes_of_the_device),
		cmocka_unit_test(one_that_is_damaged),
		cmocka_unit_test(progress_of_both_stages),
		cmocka_unit_test(odd_fields),
		cmocka_unit_test(odd_lengths),
		cmocka_unit_test(every_cut),
		cmocka_unit_test(fifty_thousand_mutations),
		cmocka_unit_test(key_files),
	};

	return cmocka_run_group_tests(tests, prepare, NULL);
}
