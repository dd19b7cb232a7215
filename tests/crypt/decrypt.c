/*
 * Files of an encrypted backup: every part of them reads as it was, whatever
 * their size, padding and damage.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "base/text.h"
#include "base/vault.h"
#include "crypt/decrypt.h"
#include "keybag_make.h"

static uint8_t key[KEY_BYTES];

static uint32_t
next_random(void)
{
	static uint32_t r = 2463534242;

	r ^= r << 13;
	r ^= r >> 17;
	r ^= r << 5;
	return r;
}

static struct buf
text_of(size_t n)
{
	struct buf b = buf_with(8 * MIB);

	while (b.n < n)
		buf_byte(&b, (uint8_t)(next_random() >> 11));
	assert_false(b.bad);
	return b;
}

static struct buf
file_of(const struct buf *text, bool padding)
{
	struct buf b = buf_with(8 * MIB);

	keybag_make_file(&b, key, buf_bytes(text), padding);
	assert_false(b.bad);
	return b;
}

static struct decrypt *
opened(const struct input *cipher, enum decrypt_odd expected)
{
	enum decrypt_odd odd = (enum decrypt_odd)99;
	struct decrypt *d = NULL;

	assert_int_equal(decrypt_open(&d, cipher, key, &odd), ERR_NONE);
	assert_int_equal(odd, expected);
	return d;
}

/* Reads n at `offset`: what is there, and nothing beyond the end. */
static void
check_read(const struct input *in, struct bytes text, size_t offset, size_t n)
{
	struct bytes want = bytes_part(text, offset, n);
	uint8_t *got = malloc(n + 1);

	assert_non_null(got);
	got[n] = 0x5a;
	assert_int_equal(input_read(in, got, n, offset), want.n);
	if (want.n > 0)
		assert_memory_equal(got, want.p, want.n);
	assert_int_equal(got[n], 0x5a);
	free(got);
}

static void
every_part_of_small_files(void **state)
{
	size_t size, at, n;

	(void)state;
	for (size = 0; size <= 200; size++) {
		struct buf text = text_of(size), file = file_of(&text, true);
		struct input cipher = input_memory(buf_bytes(&file)), in;
		struct decrypt *d = opened(&cipher, DECRYPT_FINE);

		in = decrypt_input(d);
		assert_int_equal(in.size, size);
		for (at = 0; at <= size + 1; at += size > 40 ? 7 : 1)
			for (n = 0; n <= size + 1; n += size > 40 ? 5 : 1)
				check_read(&in, buf_bytes(&text), at, n);
		decrypt_close(d);
		buf_free(&text);
		buf_free(&file);
	}
	decrypt_close(NULL);
}

static size_t
random_size(void)
{
	switch (next_random() % 5) {
	case 0:
		return 4096;
	case 1:
		return next_random() % 64;
	case 2:
		return next_random() % 10000;
	case 3:
		return next_random() % 4096 / 16 * 16;
	default:
		return next_random() % MIB;
	}
}

/* Reads anywhere, and reads that go on where the last one ended. */
static void
any_part_of_a_large_file(void **state)
{
	struct buf text = text_of(MIB + 5), file = file_of(&text, true);
	struct input cipher = input_memory(buf_bytes(&file)), in;
	struct decrypt *d = opened(&cipher, DECRYPT_FINE);
	size_t at = 0, n;
	unsigned i;

	(void)state;
	in = decrypt_input(d);
	assert_int_equal(in.size, MIB + 5);
	for (i = 0; i < 5000; i++) {
		n = random_size();
		check_read(&in, buf_bytes(&text), at, n);
		at += n;
		if (next_random() % 3 == 0 || at > text.n)
			at = next_random() % (unsigned)(text.n + 100);
		if (next_random() % 2 == 0)
			at -= at % 16;
	}
	check_read(&in, buf_bytes(&text), 0, text.n);
	check_read(&in, buf_bytes(&text), 1, text.n);
	for (at = 0; at < text.n; at += 4096)
		check_read(&in, buf_bytes(&text), at, 4096);
	decrypt_close(d);
	buf_free(&text);
	buf_free(&file);
}

/* Two files at once do not know of each other. */
static void
many_at_once(void **state)
{
	struct buf text[64], file[64];
	struct input cipher[64], in;
	struct decrypt *d[64];
	unsigned i, k;

	(void)state;
	for (i = 0; i < 64; i++) {
		text[i] = text_of(10000 + i);
		file[i] = file_of(&text[i], true);
		cipher[i] = input_memory(buf_bytes(&file[i]));
		d[i] = opened(&cipher[i], DECRYPT_FINE);
	}
	/* All of them have room in locked memory: a struct each, and two
	   pieces of libcrypto's. */
	assert_int_equal(vault_used(), 3 * 64);
	for (k = 0; k < 10000; k += 1000)
		for (i = 0; i < 64; i++) {
			in = decrypt_input(d[i]);
			check_read(&in, buf_bytes(&text[i]), k, 1000);
		}
	for (i = 0; i < 64; i++) {
		decrypt_close(d[i]);
		buf_free(&text[i]);
		buf_free(&file[i]);
	}
	assert_int_equal(vault_used(), 0);
}

/* More than the vault holds: then the heap. */
static void
more_than_the_vault(void **state)
{
	struct buf text = text_of(100), file = file_of(&text, true);
	struct input cipher = input_memory(buf_bytes(&file)), in;
	struct decrypt *d[100];
	unsigned i;

	(void)state;
	for (i = 0; i < 100; i++)
		d[i] = opened(&cipher, DECRYPT_FINE);
	assert_int_equal(vault_used(), VAULT_PIECES);
	for (i = 0; i < 100; i++) {
		in = decrypt_input(d[i]);
		check_read(&in, buf_bytes(&text), 3, 90);
		decrypt_close(d[i]);
	}
	assert_int_equal(vault_used(), 0);
	buf_free(&text);
	buf_free(&file);
}

/* --- the end of a file ---------------------------------------------------- */

/* What is given of a text that was encrypted as it is. */
static void
check_bare(struct buf *text, enum decrypt_odd odd, size_t size)
{
	struct buf file = file_of(text, false);
	struct input cipher = input_memory(buf_bytes(&file)), in;
	struct decrypt *d = opened(&cipher, odd);

	in = decrypt_input(d);
	assert_int_equal(in.size, size);
	check_read(&in, bytes_at(text->p, size), 0, text->n);
	decrypt_close(d);
	buf_free(&file);
}

static void
paddings(void **state)
{
	struct buf text = text_of(64);
	unsigned n, i;

	(void)state;
	for (n = 0; n < 256; n++) {
		memset(text.p + 48, 0x77, 16);
		for (i = 0; i < n && i < 16; i++)
			text.p[63 - i] = (uint8_t)n;
		text.p[63] = (uint8_t)n;
		if (n >= 1 && n <= 16) {
			check_bare(&text, DECRYPT_FINE, 64 - n);
			/* One byte of it wrong. */
			text.p[64 - n] ^= 1;
			if (n > 1)
				check_bare(&text, DECRYPT_PADDING, 64);
		} else {
			check_bare(&text, DECRYPT_PADDING, 64);
		}
	}
	buf_free(&text);
}

static void
put(struct buf *b, size_t at, unsigned n, uint64_t value)
{
	while (n-- > 0)
		b->p[at++] = (uint8_t)(value >> 8 * n);
}

/* A database of 3 pages of 512 bytes. */
static struct buf
database(void)
{
	struct buf b = text_of(1536);

	memcpy(b.p, "SQLite format 3", 16);
	put(&b, 16, 2, 512);
	put(&b, 28, 4, 3);
	b.p[1535] = 0xee;
	return b;
}

static void
databases_without_padding(void **state)
{
	struct buf text = database(), file;
	struct input cipher, in;
	struct decrypt *d;

	(void)state;
	check_bare(&text, DECRYPT_FINE, 1536);
	text.p[1535] = 1;	/* looks like padding, and is not */
	check_bare(&text, DECRYPT_FINE, 1536);
	put(&text, 28, 4, 2);	/* the count may lag behind */
	check_bare(&text, DECRYPT_FINE, 1536);
	text.p[1535] = 0xee;	/* but then nothing speaks for the end */
	check_bare(&text, DECRYPT_PADDING, 1536);
	put(&text, 28, 4, 3);
	put(&text, 16, 2, 500);	/* no page size */
	check_bare(&text, DECRYPT_PADDING, 1536);
	put(&text, 16, 2, 1024);	/* no whole pages */
	check_bare(&text, DECRYPT_PADDING, 1536);
	put(&text, 16, 2, 512);
	text.p[3] = 'x';	/* no database */
	check_bare(&text, DECRYPT_PADDING, 1536);
	text.p[1535] = 1;
	check_bare(&text, DECRYPT_FINE, 1535);
	buf_free(&text);

	text = database();	/* with padding, as they ought to be */
	file = file_of(&text, true);
	cipher = input_memory(buf_bytes(&file));
	d = opened(&cipher, DECRYPT_FINE);
	in = decrypt_input(d);
	assert_int_equal(in.size, 1536);
	check_read(&in, buf_bytes(&text), 0, 1600);
	decrypt_close(d);
	buf_free(&file);
	buf_free(&text);

	text = text_of(3 * 65536);
	memcpy(text.p, "SQLite format 3", 16);
	put(&text, 16, 2, 1);	/* 64 KiB */
	put(&text, 28, 4, 3);
	text.p[text.n - 1] = 1;
	check_bare(&text, DECRYPT_FINE, 3 * 65536);
	buf_free(&text);
}

static void
every_cut(void **state)
{
	struct buf text = text_of(100), file = file_of(&text, true);
	size_t n, whole;

	(void)state;
	for (n = 1; n < file.n; n++) {
		struct input cipher = input_memory(bytes_at(file.p, n)), in;
		enum decrypt_odd odd = DECRYPT_FINE;
		struct decrypt *d = NULL;

		whole = n / 16 * 16;
		assert_int_equal(decrypt_open(&d, &cipher, key, &odd),
		    ERR_NONE);
		assert_int_equal(odd, whole == n ? DECRYPT_PADDING :
		    DECRYPT_CUT);
		in = decrypt_input(d);
		assert_int_equal(in.size, whole);
		check_read(&in, bytes_at(text.p, whole), 0, 200);
		decrypt_close(d);
	}
	buf_free(&text);
	buf_free(&file);
}

/* --- a file that shrinks while it is read --------------------------------- */

static size_t shrunk;		/* what is left of it */

static size_t
read_shrunk(const struct input *in, void *to, size_t n, uint64_t offset)
{
	struct bytes b = bytes_part(in->memory, 0, shrunk);

	b = bytes_part(b, (size_t)offset, n);
	if (b.n > 0)
		memcpy(to, b.p, b.n);
	return b.n;
}

static void
short_reads_and_no_garbage(void **state)
{
	struct buf text = text_of(20000), file = file_of(&text, true);
	struct input cipher = input_memory(buf_bytes(&file)), in;
	static uint8_t got[20000];
	struct decrypt *d;
	unsigned i;
	size_t at, n, most;

	(void)state;
	cipher.read = read_shrunk;
	shrunk = file.n;
	d = opened(&cipher, DECRYPT_FINE);
	in = decrypt_input(d);
	for (i = 0; i < 3000; i++) {
		shrunk = i % 3 == 0 ? next_random() % (unsigned)file.n :
		    i % 3 == 1 ? 0 : file.n;
		at = next_random() % (unsigned)text.n;
		if (i % 2 == 0)
			at -= at % 16;
		n = next_random() % 20000;
		if (n > text.n - at)
			n = text.n - at;
		most = shrunk / 16 * 16 > at ? shrunk / 16 * 16 - at : 0;
		if (most > n)
			most = n;
		assert_int_equal(input_read(&in, got, n, at), most);
		assert_memory_equal(got, text.p + at, most);
		/* And again when all is there: nothing wrong was kept. */
		shrunk = file.n;
		check_read(&in, buf_bytes(&text), at + most, 100);
	}
	decrypt_close(d);
	shrunk = 64;		/* its end was gone when it was opened */
	decrypt_close(opened(&cipher, DECRYPT_CUT));
	buf_free(&text);
	buf_free(&file);
}

/* --- other questions ------------------------------------------------------ */

/* A wrong key gives noise, and says so by the padding nearly always. */
static void
a_wrong_key(void **state)
{
	struct buf text = text_of(100), file = file_of(&text, true);
	struct input cipher = input_memory(buf_bytes(&file));
	enum decrypt_odd odd;
	struct decrypt *d;
	uint8_t wrong[KEY_BYTES];
	unsigned i, k, fine = 0;

	(void)state;
	for (i = 0; i < 1000; i++) {
		for (k = 0; k < KEY_BYTES; k++)
			wrong[k] = (uint8_t)(next_random() >> 11);
		assert_int_equal(decrypt_open(&d, &cipher, wrong, &odd),
		    ERR_NONE);
		fine += odd == DECRYPT_FINE;
		decrypt_close(d);
	}
	assert_in_range(fine, 0, 20);	/* about one in 256 */
	buf_free(&text);
	buf_free(&file);
}

static bool
clear(const char *text, size_t n)
{
	struct input in = input_memory(bytes_at(text, n));

	return decrypt_in_clear(&in);
}

static void
what_lies_in_clear(void **state)
{
	(void)state;
	assert_true(clear("SQLite format 3\0", 16));
	assert_true(clear("SQLite format 3\0\2\0", 18));
	assert_false(clear("SQLite format 3\0", 15));
	assert_false(clear("SQLite format 4\0", 16));
	assert_true(clear("bplist00\1\2\3", 11));
	assert_true(clear("bplist0", 7));
	assert_false(clear("bplist", 6));
	assert_false(clear("bplist10", 8));
	assert_true(clear("<?xml version", 13));
	assert_false(clear("", 0));
	assert_false(clear("\x8f\x10 anything else that is long", 30));
	/* Cookies, a write-ahead log, a journal. */
	assert_true(clear("cook\0\0\0\1", 8));
	assert_true(clear("\x37\x7f\x06\x82\0\x2d\xe2\x18", 8));
	assert_true(clear("\x37\x7f\x06\x83\0\x2d\xe2\x18", 8));
	assert_false(clear("\x37\x7f\x06\x84\0\x2d\xe2\x18", 8));
	assert_false(clear("\x37\x7f\x06\x82\0\x2d\xe2", 7));
	assert_true(clear("\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", 8));
	assert_false(clear("\xd9\xd5\x05\xf9\x20\xa1\x63", 7));
	assert_false(clear("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 16));
}

static bool
seems(const void *bytes, size_t n)
{
	struct input in = input_memory(bytes_at(bytes, n));

	return decrypt_seems_needed(&in);
}

/* What is encrypted and has no key is not taken for text, nor text for that:
   every length, some contents. */
static void
what_seems_encrypted(void **state)
{
	static const char text[] = "Wed Jan 15 10:30:00 2024 [58] <notice> \n";
	static const char russian[] = "\xd0\xb6\xd1\x83\xd1\x80\xd0\xbd"
	    "\xd0\xb0\xd0\xbb ";
	uint8_t bytes[1024];
	struct buf b;
	size_t n, i;

	(void)state;
	for (n = 0; n <= 992; n += 1 + n % 7) {
		memset(bytes, 0, sizeof(bytes));
		assert_false(seems(bytes, n));
		for (i = 0; i < n; i++)
			bytes[i] = (uint8_t)text[i % (sizeof(text) - 1)];
		assert_false(seems(bytes, n));
		for (i = 0; i < n; i++)
			bytes[i] = (uint8_t)russian[i % (sizeof(russian) - 1)];
		if (text_utf8(bytes_at(bytes, n)) || n > 256)
			assert_false(seems(bytes, n));
		b = buf_with(4096);
		keybag_make_file(&b, key, bytes_at(bytes, n), true);
		assert_true(seems(b.p, b.n));
		assert_false(seems(b.p, b.n - 1));
		buf_free(&b);
	}
}

static int
prepare(void **state)
{
	unsigned i;

	(void)state;
	for (i = 0; i < KEY_BYTES; i++)
		key[i] = (uint8_t)(7 * i + 3);
	return decrypt_prepare() != ERR_NONE || !vault_prepare();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_part_of_small_files),
		cmocka_unit_test(any_part_of_a_large_file),
		cmocka_unit_test(many_at_once),
		cmocka_unit_test(more_than_the_vault),
		cmocka_unit_test(paddings),
		cmocka_unit_test(databases_without_padding),
		cmocka_unit_test(every_cut),
		cmocka_unit_test(short_reads_and_no_garbage),
		cmocka_unit_test(a_wrong_key),
		cmocka_unit_test(what_lies_in_clear),
		cmocka_unit_test(what_seems_encrypted),
	};

	return cmocka_run_group_tests(tests, prepare, NULL);
}
