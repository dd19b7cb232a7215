/*
 * A certificate, whole, cut at every length and with every bit turned.
 */
#include "artifact/certs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "base/time.h"

/* SEQUENCE { SEQUENCE { [0], serial, algorithm, issuer, dates, subject } }
   with one name and two forms of dates. */
static const uint8_t whole[] = {
	0x30, 0x5e, 0x30, 0x5c, 0xa0, 0x03, 0x02, 0x01, 0x02, 0x02, 0x01, 0x07,
	0x30, 0x00, 0x30, 0x0d, 0x31, 0x0b, 0x30, 0x09, 0x06, 0x03, 0x55, 0x04,
	0x03, 0x0c, 0x02, 'm', 'e', 0x30, 0x20, 0x17, 0x0d, '2', '4', '0', '3',
	'0', '1', '0', '8', '0', '0', '0', '0', 'Z', 0x18, 0x0f, '2', '0', '5',
	'0', '0', '1', '0', '2', '0', '0', '0', '0', '0', '0', 'Z', 0x30, 0x1f,
	0x31, 0x0b, 0x30, 0x09, 0x06, 0x03, 0x55, 0x04, 0x03, 0x13, 0x02, 'y',
	'o', 0x31, 0x10, 0x30, 0x0e, 0x06, 0x03, 0x55, 0x04, 0x0a, 0x1e, 0x07,
	0x04, 0x2f, 0x00, '!', 0xd8, 0x3d, 'x'
};

static void
reads_names_and_dates(void **state)
{
	struct arena arena = arena_with(MIB);
	struct bytes der = bytes_at(whole, sizeof(whole));
	struct cert cert;

	(void)state;
	assert_true(certs_read(&cert, &arena, der));
	assert_true(bytes_is(val_bytes(&cert.issuer), "CN=me"));
	assert_true(bytes_starts(val_bytes(&cert.subject),
	    "CN=yo, O=\xd0\xaf!"));
	assert_int_equal(cert.from.i, time_read(bytes_of(
	    "2024-03-01T08:00:00Z")));
	assert_int_equal(cert.to.i, time_read(bytes_of(
	    "2050-01-02T00:00:00Z")));
	arena_free(&arena);
}

/* Each input lies alone in memory of its own length, so that a sanitizer sees
   any step beyond it. */
static bool
reads(const uint8_t *p, size_t n)
{
	struct arena arena = arena_with(MIB);
	uint8_t *copy = test_malloc(n == 0 ? 1 : n);
	struct cert cert;
	bool good;

	memcpy(copy, p, n);
	good = certs_read(&cert, &arena, bytes_at(copy, n));
	if (!good) {
		assert_false(val_set(&cert.subject));
		assert_false(val_set(&cert.issuer));
	}
	(void)certs_name(&arena, bytes_at(copy, n));
	test_free(copy);
	arena_free(&arena);
	return good;
}

static void
a_cut_one_is_none(void **state)
{
	size_t n;

	(void)state;
	for (n = 0; n < sizeof(whole); n++)
		assert_false(reads(whole, n));
	assert_true(reads(whole, n));
}

static void
no_bit_leads_outside(void **state)
{
	uint8_t copy[sizeof(whole)];
	unsigned bit, refused = 0;

	(void)state;
	for (bit = 0; bit < sizeof(whole) * 8; bit++) {
		memcpy(copy, whole, sizeof(whole));
		copy[bit / 8] ^= (uint8_t)(1 << bit % 8);
		refused += !reads(copy, sizeof(copy));
	}
	assert_true(refused > 50);
}

static void
other_forms(void **state)
{
	static const struct {
		const char *der;
		size_t n;
	} bad[] = {
		{ "", 0 }, { "\x30\x00", 2 }, { "\x30\x80\x00\x00", 4 },
		{ "\x30\x85\x01\x01\x01\x01\x01", 7 },
		{ "\x30\x84\xff\xff\xff\xff", 6 },
		{ "\x31\x02\x30\x00", 4 }, { "\x31\x06\x30\x04\x06\x02UU", 8 },
	};
	struct arena arena = arena_with(MIB);
	struct val v;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_false(reads((const uint8_t *)bad[i].der, bad[i].n));
		v = certs_name(&arena, bytes_at(bad[i].der, bad[i].n));
		assert_false(val_set(&v));
	}
	/* A name that is not of 2.5.4, and Latin-1 in it. */
	v = certs_name(&arena, bytes_at("\x31\x0a\x30\x08\x06\x03*\x03\x04"
	    "\x14\x01\xe9", 12));
	assert_true(bytes_is(val_bytes(&v), "?=\xc3\xa9"));
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_names_and_dates),
		cmocka_unit_test(a_cut_one_is_none),
		cmocka_unit_test(no_bit_leads_outside),
		cmocka_unit_test(other_forms),
	};

	return cmocka_run_group_tests_name("certificates", tests, NULL, NULL);
}
