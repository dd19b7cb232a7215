/*
 * Control relations against a plain evaluation, and what cannot be read.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

#include "base/limits.h"
#include "election/relation.h"

static struct arena arena;
static struct form form;

/* a b c d, the candidates x y, and n against all. */
static int
set_up(void **state)
{
	static const char *const keys[] = { "a", "b", "c", "long-key", "x",
	    "y y", "n" };
	struct form_line line;
	unsigned i;

	(void)state;
	arena = arena_with(16 * MIB);
	form = (struct form){ .arena = &arena };
	for (i = 0; i < 7; i++) {
		line = (struct form_line){ .key = bytes_of(keys[i]),
		    .header = bytes_of(keys[i]), .candidate = i >= 4,
		    .against_all = i == 6 };
		assert_int_equal(form_add(&form, &line), i);
	}
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static const struct relation_plan *
plan(const char *text, bool formula)
{
	struct bytes missing;
	const struct relation *r;
	const char *why;
	size_t at;

	r = relation_read(bytes_of(text), formula, &arena, &why, &at);
	if (r == NULL)
		fail_msg("%s: %s at %zu", text, why, at);
	return relation_bind(r, &form, &arena, &missing);
}

static bool
holds(const char *text, const int64_t *values)
{
	int64_t excess;
	bool empty;

	return relation_holds(plan(text, false), values, &excess, &empty);
}

static void
comparisons(void **state)
{
	static const struct { const char *text; bool less, equal, more; } t[] = {
		{ "a = b", false, true, false },
		{ "a <> b", true, false, true },
		{ "a <= b", true, true, false },
		{ "a>=b", false, true, true },
		{ "a < b", true, false, false },
		{ "a>b", false, false, true },
	};
	int64_t v[7] = { 4, 5, 0, 0, 0, 0, 0 };
	unsigned i;

	(void)state;
	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		v[0] = 4;
		assert_int_equal(holds(t[i].text, v), t[i].less);
		v[0] = 5;
		assert_int_equal(holds(t[i].text, v), t[i].equal);
		v[0] = 6;
		assert_int_equal(holds(t[i].text, v), t[i].more);
	}
}

static uint32_t
roll(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

/* A random sum as text, and its value. */
static int64_t
random_sum(uint32_t *seed, const int64_t *v, struct buf *b)
{
	static const char *const names[] = { "a", "b", "c", "long-key", "x",
	    "\"y y\"", "n", "votes", "candidates" };
	unsigned n = 1 + roll(seed) % 6, i, k;
	int64_t total = 0, one;
	bool minus;

	for (i = 0; i < n; i++) {
		minus = roll(seed) % 2;
		if (minus || i > 0)
			buf_text(b, minus ? " - " : " + ");
		k = roll(seed) % 10;
		one = k < 7 ? v[k] : k == 7 ? v[4] + v[5] + v[6] :
		    k == 8 ? v[4] + v[5] : 17;
		buf_text(b, k < 9 ? names[k] : "17");
		total += minus ? -one : one;
	}
	return total;
}

static void
sums_against_a_plain_evaluation(void **state)
{
	struct buf b = buf_with(MIB);
	int64_t v[7], left, right, excess;
	const struct relation_plan *p;
	uint32_t seed = 11;
	unsigned i, k, held = 0;
	bool empty;
	char text[256];

	(void)state;
	for (i = 0; i < 5000; i++) {
		for (k = 0; k < 7; k++)
			v[k] = roll(&seed) % 40;
		buf_reset(&b);
		left = random_sum(&seed, v, &b);
		buf_text(&b, " <= ");
		right = random_sum(&seed, v, &b);
		(void)snprintf(text, sizeof(text), "%.*s", (int)b.n, b.p);
		p = plan(text, false);
		assert_int_equal(relation_holds(p, v, &excess, &empty),
		    left <= right);
		assert_int_equal(excess, left - right);
		assert_false(empty);
		held += left <= right;
	}
	assert_in_range(held, 1000, 4000);
	buf_free(&b);
}

static void
empty_values_and_missing_lines(void **state)
{
	int64_t v[7] = { 1, FORM_EMPTY, 0, 7, 2, 3, 4 }, excess;
	struct bytes missing;
	const char *why;
	size_t at;
	bool empty;

	(void)state;
	assert_false(relation_holds(plan("a <= 5 + b", false), v, &excess,
	    &empty));
	assert_true(empty);
	assert_true(relation_holds(plan("a <= 5", false), v, &excess,
	    &empty));
	assert_false(empty);
	assert_int_equal(excess, -4);
	assert_int_equal(relation_value(plan("b", true), v), FORM_EMPTY);
	assert_int_equal(relation_value(plan("long-key - a", true), v), 6);
	assert_int_equal(relation_value(plan("votes", true), v), 9);
	assert_int_equal(relation_value(plan("candidates", true), v), 5);
	assert_null(relation_bind(relation_read(bytes_of("a + e + f"), true,
	    &arena, &why, &at), &form, &arena, &missing));
	assert_true(bytes_is(missing, "e"));
	/* The first alternative whose lines are there. */
	assert_int_equal(relation_value(plan("e + a | long-key | a", true),
	    v), 7);
	assert_true(holds("e = 1 | a = 1 | a = 2", v));
	form.n = 4;
	assert_null(relation_bind(relation_read(bytes_of("votes"), true,
	    &arena, &why, &at), &form, &arena, &missing));
	assert_true(bytes_is(missing, "votes"));
	form.n = 7;
}

static void
a_hyphen_within_a_word_is_no_sign(void **state)
{
	int64_t v[7] = { 5, 2, 1, 100, 0, 0, 0 };

	(void)state;
	assert_int_equal(relation_value(plan("a - b", true), v), 3);
	assert_int_equal(relation_value(plan("a -b", true), v), 3);
	assert_int_equal(relation_value(plan("a- b", true), v), 3);
	assert_int_equal(relation_value(plan("- a\n+ long-key", true), v), 95);
	assert_null(plan("a-b", true));
}

static void
explained(const char *text, const int64_t *values, const char *want)
{
	struct buf b = buf_with(KIB);

	relation_explain(plan(text, false), &form, values, &b);
	buf_byte(&b, 0);
	assert_string_equal((char *)b.p, want);
	buf_free(&b);
}

static void
explanations(void **state)
{
	int64_t v[7] = { 2181, 2107, FORM_EMPTY, 12, 1, 2, 3 };

	(void)state;
	explained("a = b + long-key - 1", v,
	    "a (2181) = b (2107) + long-key (12) - 1: 2181 is not 2118");
	explained("e = 1 | b >= a", v,
	    "b (2107) >= a (2181): 2107 is less than 2181");
	explained("-a + 1 > votes", v,
	    "-a (2181) + 1 > votes (6): -2180 is not more than 6");
	explained("a <= candidates", v,
	    "a (2181) <= candidates (3): 2181 is more than 3");
	explained("c <= a", v, "c (empty) <= a (2181)");
	explained("a >= b", v, "a (2181) >= b (2107)");
}

static void
what_cannot_be_read(void **state)
{
	static const struct { const char *text; size_t at; bool formula; } t[] = {
		{ "", 0, false }, { "a", 1, false }, { "a =", 3, false },
		{ "a + = b", 4, false }, { "= b", 0, false },
		{ "a = b = c", 6, false }, { "a = (b)", 4, false },
		{ "a == b", 3, false }, { "a = 3b", 4, false },
		{ "a = 3000000000", 4, false }, { "a = \"b", 4, false },
		{ "a = \"\"", 4, false }, { "a = b * c", 6, false },
		{ "a = b |", 7, false }, { "a = b | c", 9, false },
		{ "a = b", 2, true }, { "a b", 2, true }, { "a +", 3, true },
		{ "a => b", 3, false }, { "a.b = c", 1, false },
	};
	const char *why;
	unsigned i;
	size_t at;

	(void)state;
	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		why = NULL;
		if (relation_read(bytes_of(t[i].text), t[i].formula, &arena,
		    &why, &at) != NULL)
			fail_msg("\"%s\" was read", t[i].text);
		assert_non_null(why);
		if (at != t[i].at)
			fail_msg("\"%s\": %s at %zu", t[i].text, why, at);
	}
}

static void
bounds(void **state)
{
	struct buf b = buf_with(MIB);
	const char *why;
	unsigned i;
	size_t at;

	(void)state;
	for (i = 0; i < RELATION_TERMS; i++)
		buf_text(&b, i == 0 ? "votes" : " + votes");
	assert_non_null(relation_read(buf_bytes(&b), true, &arena, &why,
	    &at));
	buf_text(&b, " + a");
	assert_null(relation_read(buf_bytes(&b), true, &arena, &why, &at));
	assert_string_equal(why, "too many terms");
	buf_free(&b);
}

static void
forms_hold_each_key_once(void **state)
{
	struct form_line line = { .key = bytes_of("a") };
	char name[16];
	unsigned i;

	(void)state;
	assert_int_equal(form_find(&form, bytes_of("x")), 4);
	assert_int_equal(form_find(&form, bytes_of("z")), -1);
	assert_int_equal(form_add(&form, &line), -1);
	for (i = form.n; i < FORM_LINES; i++) {
		(void)snprintf(name, sizeof(name), "line-%u", i);
		line.key = bytes_of(name);
		assert_int_equal(form_add(&form, &line), i);
	}
	line.key = bytes_of("one too many");
	assert_int_equal(form_add(&form, &line), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(comparisons, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(sums_against_a_plain_evaluation,
		    set_up, tear_down),
		cmocka_unit_test_setup_teardown(empty_values_and_missing_lines,
		    set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    a_hyphen_within_a_word_is_no_sign, set_up, tear_down),
		cmocka_unit_test_setup_teardown(explanations, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(what_cannot_be_read, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(bounds, set_up, tear_down),
		cmocka_unit_test_setup_teardown(forms_hold_each_key_once,
		    set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
