/*
 * Arenas: zeroed, aligned, apart from each other, within their limit.
 */
#include "base/arena.h"

#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void
test_alloc(void **state)
{
	static const size_t sizes[] = { 1, 7, 16, 17, 100, 5000, 40000, 3 };
	struct arena a = arena_with(1024 * 1024);
	uint8_t *p[200];
	size_t i, k, n;

	(void)state;
	for (i = 0; i < 200; i++) {
		n = sizes[i % 8] % 9000 + 1;
		p[i] = arena_alloc(&a, n, 1);
		assert_non_null(p[i]);
		assert_int_equal((uintptr_t)p[i] % alignof(max_align_t), 0);
		for (k = 0; k < n; k++)
			assert_int_equal(p[i][k], 0);
		memset(p[i], (int)i, n);
	}
	for (i = 0; i < 200; i++) {
		n = sizes[i % 8] % 9000 + 1;
		assert_int_equal(p[i][0], (uint8_t)i);
		assert_int_equal(p[i][n - 1], (uint8_t)i);
	}
	assert_false(a.bad);
	assert_true(a.used <= a.limit);
	arena_free(&a);
	assert_null(a.head);
}

static void
test_limit(void **state)
{
	struct arena a = arena_with(1000);

	(void)state;
	assert_non_null(arena_alloc(&a, 1, 500));
	assert_null(arena_alloc(&a, 1, 600));
	assert_true(a.bad);
	/* Sticky: even what would fit. */
	assert_null(arena_alloc(&a, 1, 1));
	assert_int_equal(arena_copy(&a, bytes_of("x")).n, 0);
	assert_null(arena_string(&a, bytes_of("x")));
	arena_reset(&a);
	assert_false(a.bad);
	assert_non_null(arena_alloc(&a, 1, 992));
	assert_null(arena_alloc(&a, 1, 16));
	arena_free(&a);

	a = arena_with(0);
	assert_null(arena_alloc(&a, 1, 1));
	assert_true(a.bad);
	arena_free(&a);
}

static void
test_overflow(void **state)
{
	struct arena a = arena_with(SIZE_MAX);

	(void)state;
	assert_null(arena_alloc(&a, SIZE_MAX / 2, 3));
	assert_true(a.bad);
	arena_reset(&a);
	assert_null(arena_alloc(&a, 1, SIZE_MAX));
	assert_true(a.bad);
	arena_reset(&a);
	assert_null(arena_alloc(&a, 1, SIZE_MAX - 32));
	assert_true(a.bad);
	arena_reset(&a);
	assert_null(arena_string(&a, bytes_at("", SIZE_MAX)));
	assert_true(a.bad);
	arena_reset(&a);
	assert_non_null(arena_alloc(&a, 1, 1));
	arena_free(&a);
}

static void
test_copy(void **state)
{
	struct arena a = arena_with(1000);
	char text[] = "text";
	struct bytes b;
	char *s;

	(void)state;
	b = arena_copy(&a, bytes_of(text));
	s = arena_string(&a, bytes_of(text));
	text[0] = 'n';
	assert_true(bytes_is(b, "text"));
	assert_string_equal(s, "text");
	assert_int_equal(arena_copy(&a, bytes_of("")).n, 0);
	assert_string_equal(arena_string(&a, bytes_of(NULL)), "");
	assert_false(a.bad);
	arena_free(&a);
}

static void
test_reset(void **state)
{
	struct arena a = arena_with(1024 * 1024);
	uint8_t *p;
	size_t i, k;

	(void)state;
	for (i = 0; i < 50; i++) {
		for (k = 0; k < 20; k++) {
			p = arena_alloc(&a, 1, 4000);
			assert_non_null(p);
			/* What an earlier round left behind is gone. */
			assert_int_equal(p[0], 0);
			assert_int_equal(p[3999], 0);
			memset(p, 0xff, 4000);
		}
		arena_reset(&a);
		assert_int_equal(a.used, 0);
	}
	arena_free(&a);
	arena_free(&a);
	arena_reset(&a);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_alloc),
		cmocka_unit_test(test_limit),
		cmocka_unit_test(test_overflow),
		cmocka_unit_test(test_copy),
		cmocka_unit_test(test_reset),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
