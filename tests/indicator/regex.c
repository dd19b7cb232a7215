/*
 * LIKE against a plain recursion, and the limits of MATCHES.
 */
#include "indicator/bundle.h"

#include "indicator/regex.h"

static bool
plain_like(const char *p, const char *t)
{
	if (*p == '\0')
		return *t == '\0';
	if (*p == '%')
		return plain_like(p + 1, t) ||
		    (*t != '\0' && plain_like(p, t + 1));
	return *t != '\0' && (*p == '_' || *p == *t) &&
	    plain_like(p + 1, t + 1);
}

static uint32_t
roll(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

static void
like_against_a_plain_recursion(void **state)
{
	char p[10], t[12];
	uint32_t seed = 3, i, n, k, yes = 0;
	bool want;

	(void)state;
	for (i = 0; i < 200000; i++) {
		for (k = 0, n = roll(&seed) % 9; k < n; k++)
			p[k] = "ab%_%"[roll(&seed) % 5];
		p[n] = '\0';
		for (k = 0, n = roll(&seed) % 11; k < n; k++)
			t[k] = "abc%"[roll(&seed) % 4];
		t[n] = '\0';
		want = plain_like(p, t);
		yes += want;
		if ((regex_like(bytes_of(p), bytes_of(t), false) ==
		    REGEX_YES) != want)
			fail_msg("%s LIKE %s", t, p);
	}
	assert_in_range(yes, 20000, 180000);
}

static void
like_counts_characters_and_work(void **state)
{
	struct buf b = buf_with(MIB);
	unsigned i;

	(void)state;
	assert_int_equal(regex_like(bytes_of("a_c"), bytes_of("a\xc3\xbc""c"),
	    false), REGEX_YES);
	assert_int_equal(regex_like(bytes_of("a_c"), bytes_of("a\xff""c"),
	    false), REGEX_YES);
	assert_int_equal(regex_like(bytes_of("A%"), bytes_of("abc"), false),
	    REGEX_NO);
	assert_int_equal(regex_like(bytes_of("A%"), bytes_of("abc"), true),
	    REGEX_YES);
	for (i = 0; i < 60000; i++)
		buf_byte(&b, 'a');
	assert_int_equal(regex_like(bytes_of("%aaaaaaaaaaaaaaaaaaaaaaaab"),
	    buf_bytes(&b), false), REGEX_LIMIT);
	assert_int_equal(regex_like(bytes_of("%a%a%a%a%a%a"), buf_bytes(&b),
	    false), REGEX_YES);
	buf_free(&b);
}

static void
expressions_fit_anywhere(void **state)
{
	struct arena arena = arena_with(32 * MIB);
	struct regex *r = regex_new(&arena, 3);
	int a, b;

	(void)state;
	assert_non_null(r);
	a = regex_add(r, bytes_of("ev[i1]l"), true);
	b = regex_add(r, bytes_of("^\xc3\xbc.$"), false);
	assert_int_equal(a, 0);
	assert_int_equal(b, 1);
	assert_int_equal(regex_add(r, bytes_of("(unclosed"), false), -1);
	assert_int_equal(regex_fits(r, a, bytes_of("xEV1Lx")), REGEX_YES);
	assert_int_equal(regex_fits(r, a, bytes_of("elvi")), REGEX_NO);
	assert_int_equal(regex_fits(r, a, bytes_of("")), REGEX_NO);
	assert_int_equal(regex_fits(r, b, bytes_of("\xc3\xbc\xe2\x82\xac")),
	    REGEX_YES);
	/* Bytes that are no UTF-8 hinder nothing. */
	assert_int_equal(regex_fits(r, a, bytes_of("\xff\xfe""evil\x80")),
	    REGEX_YES);
	arena_free(&arena);
}

static void
costly_expressions_are_given_up(void **state)
{
	struct arena arena = arena_with(64 * MIB);
	struct regex *r = regex_new(&arena, 2);
	int bad, good, i;
	size_t used;

	(void)state;
	bad = regex_add(r, bytes_of("^(a|aa)+$"), false);
	good = regex_add(r, bytes_of("b$"), false);
	for (i = 0; i < 20; i++)
		assert_int_equal(regex_fits(r, bad, bytes_of(
		    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab")),
		    REGEX_LIMIT);
	assert_int_equal(regex_fits(r, bad, bytes_of("aa")), REGEX_LIMIT);
	assert_int_equal(regex_fits(r, good, bytes_of("aab")), REGEX_YES);
	/* Matching takes no memory that it does not give back. */
	used = arena.used;
	for (i = 0; i < 100000; i++)
		(void)regex_fits(r, good, bytes_of("aaaaaaaabbbbbb"));
	assert_int_equal(arena.used, used);
	arena_free(&arena);
}

static void
a_small_arena_is_no_crash(void **state)
{
	struct arena arena;
	struct regex *r;
	size_t limit;

	(void)state;
	for (limit = 0; limit < 4000; limit += 64) {
		arena = arena_with(limit);
		r = regex_new(&arena, 1);
		if (r != NULL && regex_add(r, bytes_of("evil"), false) == 0)
			(void)regex_fits(r, 0, bytes_of("medevil"));
		arena_free(&arena);
	}
	assert_int_equal(limit, 4032);
}

static void
faults_of_expressions(void **state)
{
	struct buf b = buf_with(MIB);
	unsigned i;

	(void)state;
	assert_null(regex_fault(bytes_of("^evil$"), false));
	assert_non_null(regex_fault(bytes_of("(evil"), false));
	assert_non_null(regex_fault(bytes_of("a\\Cb"), false));
	assert_non_null(regex_fault(bytes_of(""), false));
	assert_non_null(regex_fault(bytes_of(".*"), false));
	assert_non_null(regex_fault(bytes_of("\xff"), false));
	assert_non_null(regex_fault(bytes_of("((a{1,999}){1,999}){1,999}"),
	    false));
	for (i = 0; i < 5000; i++)
		buf_byte(&b, 'a');
	assert_non_null(regex_fault(buf_bytes(&b), false));
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(like_against_a_plain_recursion),
		cmocka_unit_test(like_counts_characters_and_work),
		cmocka_unit_test(expressions_fit_anywhere),
		cmocka_unit_test(costly_expressions_are_given_up),
		cmocka_unit_test(a_small_arena_is_no_crash),
		cmocka_unit_test(faults_of_expressions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
