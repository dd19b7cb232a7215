/*
 * Sorting: against qsort, for sizes and orders of all kinds.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/sort.h"

struct item {
	int32_t key;
	uint8_t other[7];
};

static int
by_key(const void *va, const void *vb)
{
	const struct item *a = va, *b = vb;

	return a->key < b->key ? -1 : a->key > b->key;
}

static void
one(size_t n, unsigned kind)
{
	static struct item a[3000], b[3000];
	size_t i;

	for (i = 0; i < n; i++) {
		a[i].key = kind == 0 ? rand() : kind == 1 ? (int32_t)i :
		    kind == 2 ? -(int32_t)i : rand() % 3;
		memset(a[i].other, (int)(uint8_t)a[i].key, 7);
	}
	memcpy(b, a, sizeof(a));
	sort_items(a, n, sizeof(a[0]), by_key);
	qsort(b, n, sizeof(b[0]), by_key);
	for (i = 0; i < n; i++) {
		assert_int_equal(a[i].key, b[i].key);
		/* items moved whole */
		assert_int_equal(a[i].other[6], (uint8_t)a[i].key);
	}
}

static void
as_qsort(void **state)
{
	size_t n;
	unsigned kind;

	(void)state;
	srand(1);
	for (kind = 0; kind < 4; kind++)
		for (n = 0; n < 3000; n = n < 20 ? n + 1 : n * 2)
			one(n, kind);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(as_qsort) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
