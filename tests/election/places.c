/*
 * Names by number, and their order: what must hold for any names.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/hash.h"
#include "base/limits.h"
#include "election/places.h"

#define NAMES	120
#define MANY	20000

static uint32_t seed = 1;

static uint32_t
dice(uint32_t n)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % n;
}

/* --- the order ------------------------------------------------------------ */

static struct bytes
invent(char *room)
{
	static const char letters[] = "0012789ab. \xd0";
	unsigned n = dice(9), i;

	for (i = 0; i < n; i++)
		room[i] = letters[dice(sizeof(letters) - 1)];
	return bytes_at(room, n);
}

static int
sign(int v)
{
	return (v > 0) - (v < 0);
}

static int
order(struct bytes a, struct bytes b)
{
	int ab = sign(places_order(a, b));

	assert_int_equal(sign(places_order(b, a)), -ab);
	assert_int_equal(ab == 0, bytes_eq(a, b));
	return ab;
}

static void
a_total_order(void **state)
{
	static char room[NAMES][16];
	struct bytes names[NAMES];
	unsigned a, b, c, i;

	(void)state;
	for (i = 0; i < NAMES; i++)
		names[i] = invent(room[i]);
	for (a = 0; a < NAMES; a++)
		for (b = 0; b < NAMES; b++) {
			if (order(names[a], names[b]) >= 0)
				continue;
			for (c = 0; c < NAMES; c++)
				if (order(names[b], names[c]) < 0)
					assert_true(order(names[a], names[c])
					    < 0);
		}
}

static void
numbers_by_value(void **state)
{
	static const char *const ascending[] = {
		"", "0", "1", "9", "10", "010a", "12", "99",
		"100000000000000000000000", "A", "No 02", "No 2", "No 3b",
		"No 10", "No 10 a 2", "No 10 a 10", "a", "a1", "a1b", "a01c",
		"a2"
	};
	char a[64], b[64];
	unsigned i, k, n = sizeof(ascending) / sizeof(ascending[0]);

	(void)state;
	for (i = 0; i < n; i++)
		for (k = 0; k < n; k++) {
			if (i == k)
				continue;
			if (sign(order(bytes_of(ascending[i]),
			    bytes_of(ascending[k]))) != (i < k ? -1 : 1))
				fail_msg("%s, %s", ascending[i], ascending[k]);
		}
	for (i = 0; i < 3000; i++) {
		(void)snprintf(a, sizeof(a), "UIK %u/%u", i, i * 7);
		(void)snprintf(b, sizeof(b), "UIK %0*u/5", 1 + (int)(i % 7),
		    i + 1);
		assert_int_equal(order(bytes_of(a), bytes_of(b)), -1);
	}
}

/* --- numbers -------------------------------------------------------------- */

static struct bytes
name(char *room, size_t size, unsigned i)
{
	(void)snprintf(room, size, "place %u", i * 2654435761u);
	return bytes_of(room);
}

static void
each_name_once(void **state)
{
	struct arena arena = arena_with(16 * MIB);
	struct places p = places_with(&arena, 2 * MANY);
	char room[32];
	unsigned i, k;
	struct place place;

	(void)state;
	for (i = 0; i < MANY; i++) {
		assert_int_equal(places_number(&p, PLACES_NONE, name(room,
		    sizeof(room), i), false), PLACES_NONE);
		assert_int_equal(places_number(&p, PLACES_NONE, name(room,
		    sizeof(room), i), true), i);
	}
	assert_int_equal(p.n, MANY);
	for (i = 0; i < MANY; i++) {
		k = dice(MANY);
		assert_int_equal(places_number(&p, PLACES_NONE, name(room,
		    sizeof(room), k), i % 2 == 0), k);
		place = places_get(&p, k);
		assert_int_equal(place.above, PLACES_NONE);
		assert_true(bytes_eq(place.name, bytes_of(room)));
	}
	assert_int_equal(p.n, MANY);
	assert_false(p.bad);
	places_free(&p);
	arena_free(&arena);
}

/* Territories of one name in two regions are two. */
static void
names_under_names(void **state)
{
	struct arena arena = arena_with(MIB);
	struct places p = places_with(&arena, 1000);
	uint32_t region, in[2][50], i, k, round;
	char room[32];

	(void)state;
	for (round = 0; round < 3; round++)
		for (i = 0; i < 2; i++) {
			region = places_number(&p, PLACES_NONE, bytes_of(i ==
			    0 ? "North" : "South"), true);
			for (k = 0; k < 50; k++) {
				(void)snprintf(room, sizeof(room), "T%u", k);
				in[i][k] = places_number(&p, region,
				    bytes_of(room), true);
				assert_int_equal(places_get(&p,
				    in[i][k]).above, region);
			}
		}
	assert_int_equal(p.n, 102);
	for (k = 0; k < 50; k++)
		assert_int_not_equal(in[0][k], in[1][k]);
	/* An empty name is a name. */
	i = places_number(&p, in[0][0], bytes_of(""), true);
	assert_int_equal(places_number(&p, in[0][0], bytes_of(""), false), i);
	assert_int_not_equal(places_number(&p, in[0][1], bytes_of(""), true),
	    i);
	places_free(&p);
	arena_free(&arena);
}

static void
no_room_is_told(void **state)
{
	struct arena arena = arena_with(16 * MIB);
	struct places p = places_with(&arena, 100);
	char room[32];
	unsigned i, made = 0;

	(void)state;
	for (i = 0; i < 5000; i++)
		made += places_number(&p, PLACES_NONE, name(room,
		    sizeof(room), i), true) != PLACES_NONE;
	assert_true(p.bad);
	assert_true(made <= 100);
	places_free(&p);
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_total_order),
		cmocka_unit_test(numbers_by_value),
		cmocka_unit_test(each_name_once),
		cmocka_unit_test(names_under_names),
		cmocka_unit_test(no_room_is_told),
	};

	hash_prepare();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
