/*
 * Growing buffers: what fits is there, what does not is left out whole.
 */
#include "base/buf.h"

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void
assert_buf(const struct buf *b, const char *want)
{
	assert_int_equal(b->n, strlen(want));
	assert_true(bytes_is(buf_bytes(b), want));
}

static void
test_append(void **state)
{
	struct buf b = buf_with(1000);

	(void)state;
	assert_buf(&b, "");
	buf_add(&b, bytes_of(NULL));
	buf_text(&b, "a");
	buf_byte(&b, 'b');
	buf_uint(&b, 0);
	buf_uint(&b, UINT64_MAX);
	buf_int(&b, -1);
	buf_int(&b, INT64_MIN);
	buf_int(&b, INT64_MAX);
	buf_printf(&b, "[%s %d]", "x", 7);
	assert_buf(&b, "ab018446744073709551615-1-9223372036854775808"
	    "9223372036854775807[x 7]");
	assert_false(b.bad);
	buf_reset(&b);
	assert_buf(&b, "");
	buf_le(&b, UINT64_C(0x0807060504030201), 8);
	buf_le(&b, 0x0201, 3);
	assert_int_equal(b.n, 11);
	assert_memory_equal(b.p, "\1\2\3\4\5\6\7\10\1\2\0", 11);
	buf_free(&b);
	buf_free(&b);
}

static void
test_grow(void **state)
{
	struct buf b = buf_with(100000);
	size_t i;

	(void)state;
	for (i = 0; i < 100000; i++)
		buf_byte(&b, (uint8_t)(i * 7));
	assert_false(b.bad);
	assert_int_equal(b.n, 100000);
	for (i = 0; i < b.n; i++)
		assert_int_equal(b.p[i], (uint8_t)(i * 7));
	buf_byte(&b, 1);
	assert_true(b.bad);
	assert_int_equal(b.n, 100000);
	assert_true(b.cap <= b.max);
	buf_free(&b);
}

/* Each call on a buffer with room for `room` bytes: all or nothing. */
static void
test_whole(void **state)
{
	size_t room, call;
	struct buf b;

	(void)state;
	for (room = 0; room < 12; room++) {
		for (call = 0; call < 6; call++) {
			b = buf_with(room);
			switch (call) {
			case 0:
				buf_text(&b, "123456");
				break;
			case 1:
				buf_uint(&b, 123456);
				break;
			case 2:
				buf_int(&b, -12345);
				break;
			case 3:
				buf_le(&b, 0x313233343536, 6);
				break;
			case 4:
				buf_printf(&b, "%d", 12345);
				break;
			default:
				buf_add(&b, bytes_of("123456"));
				break;
			}
			assert_int_equal(b.bad, room < 6);
			assert_int_equal(b.n, room < 6 ? 0 : call == 4 ? 5 : 6);
			/* Sticky. */
			if (b.bad) {
				buf_byte(&b, 'x');
				assert_int_equal(b.n, 0);
				buf_reset(&b);
				assert_false(b.bad);
			}
			buf_free(&b);
		}
	}
}

static void
test_room(void **state)
{
	struct buf b = buf_with(10);
	uint8_t *p;

	(void)state;
	assert_null(buf_room(&b, 0));
	assert_false(b.bad);
	p = buf_room(&b, 10);
	assert_non_null(p);
	memcpy(p, "0123456789", 10);
	b.n += 10;
	assert_buf(&b, "0123456789");
	assert_null(buf_room(&b, 1));
	assert_true(b.bad);
	assert_null(buf_room(&b, SIZE_MAX));
	buf_free(&b);

#ifndef OSTRAKON_SANITIZER	/* which ends the program on such a request */
	b = buf_with(SIZE_MAX);
	buf_byte(&b, 'x');
	assert_null(buf_room(&b, SIZE_MAX - 1));
	assert_true(b.bad);
	assert_buf(&b, "x");
	buf_free(&b);
#endif
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_append),
		cmocka_unit_test(test_grow),
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
