/*
 * The writer: all bytes in their order, and a fault that stays.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/limits.h"
#include "base/out.h"

static void
memory(void **state)
{
	struct out out = out_memory(8);

	(void)state;
	out_text(&out, "<");
	out_escape(&out, bytes_of("<"), TEXT_HTML);
	assert_true(bytes_is(buf_bytes(&out.buf), "<&lt;"));
	out_add(&out, bytes_of("1234"));
	assert_int_equal(out_end(&out), ERR_MEMORY);
}

static void
file(void **state)
{
	uint8_t want[HASH_SHA256], got[HASH_SHA256], read_back[64];
	struct hash *whole, *seen;
	struct out out;
	char line[64];
	unsigned i, n;
	FILE *f = tmpfile();

	(void)state;
	assert_non_null(f);
	assert_int_equal(hash_new(&whole), ERR_NONE);
	assert_int_equal(hash_new(&seen), ERR_NONE);
	out = out_file(fileno(f));
	out.hash = seen;
	for (i = 0; i < 200000; i++) {
		n = (unsigned)snprintf(line, sizeof(line), "line %u\n", i);
		hash_add(whole, bytes_at(line, n));
		out_text(&out, line);
	}
	/* It streams: what waits is never much. */
	assert_true(out.buf.cap < MIB);
	assert_int_equal(out_end(&out), ERR_NONE);
	hash_end(whole, want);
	hash_end(seen, got);
	assert_memory_equal(want, got, HASH_SHA256);
	assert_int_equal(lseek(fileno(f), 0, SEEK_END), 200000 * 6 +
	    10 + 90 * 2 + 900 * 3 + 9000 * 4 + 90000 * 5 + 100000 * 6);
	assert_int_equal(pread(fileno(f), read_back, 7, 0), 7);
	assert_memory_equal(read_back, "line 0\n", 7);
	hash_free(whole);
	hash_free(seen);
	fclose(f);
}

static void
faults_stay(void **state)
{
	struct out out;
	int full = open("/dev/full", O_WRONLY | O_CLOEXEC);

	(void)state;
	assert_true(full >= 0);
	out = out_file(full);
	out_text(&out, "x");
	assert_int_equal(out_end(&out), ERR_FULL);
	out = out_file(full);
	out.err = ERR_IO;
	out_text(&out, "x");
	assert_int_equal(out_end(&out), ERR_IO);
	close(full);
	out = out_file(full);
	out_text(&out, "x");
	assert_int_equal(out_end(&out), ERR_IO);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory),
		cmocka_unit_test(file),
		cmocka_unit_test(faults_stay),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
