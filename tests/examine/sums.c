/*
 * Sums of files: the same as of their bytes, with and without a wait between.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "examine/sums.h"

#define FILES	5

static int
file_of(const uint8_t *p, size_t n)
{
	char name[] = "/tmp/ostrakon-sums-XXXXXX";
	int fd = mkstemp(name);

	assert_true(fd >= 0);
	assert_int_equal(unlink(name), 0);
	assert_int_equal(write(fd, p, n), (ssize_t)n);
	return fd;
}

static void
of_bytes(uint8_t digest[HASH_SHA256], const uint8_t *p, size_t n)
{
	struct hash *hash;

	assert_int_equal(hash_new(&hash), ERR_NONE);
	hash_add(hash, bytes_at(p, n));
	hash_end(hash, digest);
	hash_free(hash);
}

static void
as_of_their_bytes(void **state)
{
	static const size_t sizes[FILES] = { 0, 1, 256 * KIB, 256 * KIB + 1,
	    MIB + 7 };
	static uint8_t bytes[2 * MIB];
	struct sum files[FILES], *list[FILES];
	uint8_t want[HASH_SHA256];
	struct sums *sums;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)(i * 7 + i / 251);
	memset(files, 0, sizeof(files));
	for (i = 0; i < FILES; i++) {
		files[i].fd = file_of(bytes, sizes[i]);
		list[i] = &files[i];
	}
	assert_int_equal(sums_new(&sums), ERR_NONE);
	sums_wait(sums);	/* nothing was asked for */
	sums_start(sums, list, 2);
	sums_wait(sums);
	assert_true(files[1].done);
	assert_false(files[2].done);
	sums_start(sums, list + 2, FILES - 2);
	sums_wait(sums);
	for (i = 0; i < FILES; i++) {
		of_bytes(want, bytes, sizes[i]);
		assert_true(files[i].done);
		assert_int_equal(files[i].err, ERR_NONE);
		assert_int_equal(files[i].size, sizes[i]);
		assert_memory_equal(files[i].sha256, want, HASH_SHA256);
		(void)close(files[i].fd);
	}
	sums_free(sums);
}

static void
not_to_be_read(void **state)
{
	struct sum file = { .fd = -1 }, *list[1] = { &file };
	struct sums *sums;

	(void)state;
	assert_int_equal(sums_new(&sums), ERR_NONE);
	sums_start(sums, list, 1);
	sums_wait(sums);
	assert_int_equal(file.err, ERR_IO);
	sums_free(sums);
	sums_free(NULL);
}

/* In the middle of an endless file. */
static void
ended_early(void **state)
{
	struct sum file = { .fd = -1 }, *list[1] = { &file };
	struct sums *sums;
	FILE *zero = fopen("/dev/zero", "r");

	(void)state;
	assert_non_null(zero);
	file.fd = fileno(zero);
	assert_int_equal(sums_new(&sums), ERR_NONE);
	sums_start(sums, list, 1);
	sums_free(sums);
	assert_false(file.done);
	(void)fclose(zero);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(as_of_their_bytes),
		cmocka_unit_test(not_to_be_read),
		cmocka_unit_test(ended_early),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
