/*
 * Conditions without brackets, and the arrays and numbers beneath them.
 */
#include "indicator/bundle.h"

#include "indicator/dnf.h"
#include "indicator/grow.h"
#include "indicator/intern.h"

static void
show(const struct dnf *d, const char *want)
{
	struct buf b = buf_with(MIB);
	const struct dnf_all *a;
	uint32_t i, n = 0;

	for (a = d->first; a != NULL; a = a->next, n++) {
		buf_text(&b, n == 0 ? "" : " | ");
		for (i = 0; i < a->n; i++)
			buf_printf(&b, i == 0 ? "%u" : "&%u", a->items[i]);
	}
	assert_int_equal(n, d->n);
	bundle_text(buf_bytes(&b), want);
	buf_free(&b);
}

static void
or_and_and(void **state)
{
	struct arena arena = arena_with(MIB);
	struct dnf a = dnf_one(&arena, 5), b = dnf_one(&arena, 3);
	struct dnf c = dnf_one(&arena, 5), none = { NULL, NULL, 0 };

	(void)state;
	show(&a, "5");
	assert_true(dnf_or(&a, &b));
	show(&a, "5 | 3");
	assert_true(dnf_and(&arena, &a, &c));
	show(&a, "5 | 3&5");
	b = dnf_one(&arena, 4);
	assert_true(dnf_or(&b, &none));
	show(&b, "4");
	assert_true(dnf_and(&arena, &a, &b));
	show(&a, "4&5 | 3&4&5");
	assert_true(dnf_and(&arena, &a, &none));
	show(&a, "");
	arena_free(&arena);
}

static void
dnf_bounds(void **state)
{
	struct arena arena = arena_with(16 * MIB), small = arena_with(8);
	struct dnf a = { NULL, NULL, 0 }, b = { NULL, NULL, 0 }, one;
	uint32_t i;

	(void)state;
	for (i = 0; i < DNF_ANY; i++) {
		one = dnf_one(&arena, i);
		assert_true(dnf_or(&a, &one));
	}
	one = dnf_one(&arena, i);
	assert_false(dnf_or(&a, &one));
	b = dnf_one(&arena, 1);
	one = dnf_one(&arena, 2);
	assert_true(dnf_or(&b, &one));
	assert_false(dnf_and(&arena, &a, &b));
	a = dnf_one(&arena, 0);
	for (i = 1; i < DNF_ALL; i++) {
		one = dnf_one(&arena, i);
		assert_true(dnf_and(&arena, &a, &one));
	}
	one = dnf_one(&arena, i);
	assert_false(dnf_and(&arena, &a, &one));
	assert_int_equal(dnf_one(&small, 1).n, 0);
	arena_free(&arena);
	arena_free(&small);
}

static uint32_t keys[5000];

static int
compare(const void *ctx, uint32_t a, uint32_t b)
{
	assert_ptr_equal(ctx, keys);
	return keys[a] < keys[b] ? -1 : keys[a] > keys[b];
}

static void
sorting_is_stable(void **state)
{
	static uint32_t order[5000], spare[5000];
	uint32_t i, n, seed = 1;

	(void)state;
	for (n = 0; n < 5000; n = n * 3 / 2 + 1) {
		for (i = 0; i < n; i++) {
			seed = seed * 1664525u + 1013904223u;
			keys[i] = seed >> 16 & 255;
			order[i] = i;
		}
		grow_sort(order, spare, n, compare, keys);
		for (i = 1; i < n; i++)
			assert_true(keys[order[i - 1]] < keys[order[i]] ||
			    (keys[order[i - 1]] == keys[order[i]] &&
			    order[i - 1] < order[i]));
	}
}

static void
equal_strings_have_one_number(void **state)
{
	struct arena arena = arena_with(4 * MIB);
	struct intern t = intern_in(&arena);
	char text[16];
	uint32_t i;

	(void)state;
	assert_int_equal(hash_prepare(), ERR_NONE);
	assert_int_equal(intern_find(&t, 0, bytes_of("x")), INTERN_NONE);
	for (i = 0; i < 6000; i++) {
		(void)snprintf(text, sizeof(text), "%u", i % 3000);
		assert_int_equal(intern_copy(&t, 0, bytes_of(text)), i % 3000);
	}
	assert_int_equal(intern_add(&t, 1, bytes_of("7")), 3000);
	assert_int_equal(intern_find(&t, 0, bytes_of("7")), 7);
	assert_int_equal(intern_tag(&t, 3000), 1);
	bundle_text(intern_bytes(&t, 2999), "2999");
	arena_free(&arena);
	arena = arena_with(2000);
	t = intern_in(&arena);
	for (i = 0; i < 100 && intern_add(&t, i, bytes_of("")) == i; i++)
		continue;
	assert_in_range(i, 1, 99);
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(or_and_and),
		cmocka_unit_test(dnf_bounds),
		cmocka_unit_test(sorting_is_stable),
		cmocka_unit_test(equal_strings_have_one_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
