/*
 * Inputs: reads at any place, from memory and from files.
 */
#include "base/input.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define TEXT	"0123456789"

static void
check(const struct input *in)
{
	uint8_t to[20];

	assert_int_equal(input_read(in, to, 10, 0), 10);
	assert_memory_equal(to, TEXT, 10);
	assert_int_equal(input_read(in, to, 3, 4), 3);
	assert_memory_equal(to, "456", 3);
	/* Never past the end, wherever it begins. */
	memset(to, 'x', sizeof(to));
	assert_int_equal(input_read(in, to, 20, 8), 2);
	assert_memory_equal(to, "89xx", 4);
	assert_int_equal(input_read(in, to, 20, 10), 0);
	assert_int_equal(input_read(in, to, 1, UINT64_MAX), 0);
	assert_int_equal(input_read(in, to, 20, INT64_MAX), 0);
	assert_int_equal(input_read(in, to, 0, 2), 0);
}

static void
test_memory(void **state)
{
	struct input in = input_memory(bytes_of(TEXT));

	(void)state;
	assert_int_equal(in.size, 10);
	check(&in);
	in = input_memory(bytes_of(NULL));
	assert_int_equal(input_read(&in, &in, 1, 0), 0);
}

static void
test_file(void **state)
{
	FILE *file = tmpfile();
	struct input in;
	uint8_t to[20];

	(void)state;
	assert_non_null(file);
	assert_int_equal(write(fileno(file), TEXT, 10), 10);
	in = input_file(fileno(file), 10);
	check(&in);

	/* Told more than there is: the rest reads as the end. */
	in = input_file(fileno(file), 15);
	assert_int_equal(input_read(&in, to, 20, 8), 2);
	assert_int_equal(input_read(&in, to, 20, 12), 0);
	/* Told less: what lies behind is not read. */
	in = input_file(fileno(file), 5);
	assert_int_equal(input_read(&in, to, 20, 3), 2);
	fclose(file);

	in = input_file(-1, 10);
	assert_int_equal(input_read(&in, to, 10, 0), 0);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_memory),
		cmocka_unit_test(test_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
