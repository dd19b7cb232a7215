/*
 * Path patterns, by table and against the plainest reading of the contract.
 */
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"

/* A fixed row of random numbers: a failure can be repeated. */
static uint32_t
rnd(uint64_t *seed)
{
	*seed = *seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
	return (uint32_t)(*seed >> 33);
}

static void
test_glob(void **state)
{
	static const struct {
		const char *path, *pattern;
		bool want;
	} cases[] = {
		{ "", "", true }, { "a", "", false }, { "", "a", false },
		{ "", "*", true }, { "", "**", true }, { "", "?", false },
		{ "abc", "abc", true }, { "abc", "abd", false },
		{ "abc", "ABC", false }, { "abc", "ab", false },
		{ "ab", "abc", false }, { "abc", "a?c", true },
		{ "a/c", "a?c", false }, { "abc", "*", true },
		{ "a/c", "*", false }, { "a/c", "**", true },
		{ "a/c", "***", true }, { "a/c", "*/*", true },
		{ "a/b/c", "*/*", false }, { "a/b/c", "**/c", true },
		{ "c", "**/c", false }, { "/c", "**/c", true },
		{ "a/b/c", "a/**", true }, { "a/b/c", "a/*", false },
		{ "aab", "*ab", true }, { "aXbXc", "a*b*c", true },
		{ "aXbXb", "a*b*c", false }, { "abab", "*ab", true },
		{ "x/ab/ab", "**ab", true }, { "a.log/b", "*.log*", false },
		{ "a*b", "a*b", true }, { "a", "a*", true },
		{ "a", "*a*", true }, { "ba", "*a", true },
		{ "Library/Safari/Profiles/X/History.db",
		    "Library/Safari/Profiles/*/History.db", true },
		{ "Library/Safari/Profiles/X/Y/History.db",
		    "Library/Safari/Profiles/*/History.db", false },
		{ "Library/Safari/Profiles/X/Y/History.db",
		    "Library/Safari/Profiles/**/History.db", true },
		{ "a/b/c/d/e", "**/b/*/d/**", true },
		{ "a/b/c/x/d/e", "**/b/*/d/**", false },
		{ "a/b/c/x/b/z/d/e", "**/b/*/d/**", true },
		{ "ab", "a**b", true }, { "aa", "a", false },
		{ "aba", "ab**ba", false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(text_glob(bytes_of(cases[i].path),
		    cases[i].pattern), cases[i].want);
}

/* The plainest reading of the contract. */
static bool
slow_glob(struct bytes path, const char *pattern)
{
	size_t n;
	bool twice;

	if (*pattern == '\0')
		return path.n == 0;
	if (*pattern != '*')
		return path.n > 0 && (path.p[0] == (uint8_t)*pattern ||
		    (*pattern == '?' && path.p[0] != '/')) &&
		    slow_glob(bytes_part(path, 1, path.n), pattern + 1);
	for (n = 1; pattern[n] == '*'; n++)
		continue;
	twice = n > 1;
	pattern += n;
	for (n = 0; ; n++) {
		if (slow_glob(bytes_part(path, n, path.n), pattern))
			return true;
		if (n >= path.n || (path.p[n] == '/' && !twice))
			return false;
	}
}

static void
test_glob_random(void **state)
{
	char pattern[10];
	uint8_t path[14];
	uint64_t seed = 7;
	size_t i, k, n, m, hits = 0;
	bool got;

	(void)state;
	for (i = 0; i < 200000; i++) {
		n = rnd(&seed) % sizeof(path);
		for (k = 0; k < n; k++)
			path[k] = (uint8_t)"ab/"[rnd(&seed) % 3];
		m = rnd(&seed) % (sizeof(pattern) - 1);
		for (k = 0; k < m; k++)
			pattern[k] = "ab/?***"[rnd(&seed) % 7];
		pattern[m] = '\0';
		got = text_glob(bytes_at(path, n), pattern);
		assert_int_equal(got, slow_glob(bytes_at(path, n), pattern));
		hits += got;
	}
	assert_true(hits > 1000);
}

static void
test_glob_work(void **state)
{
	static uint8_t path[LIMIT_PATH_BYTES];
	static char pattern[TEXT_GLOB_MAX + 2];
	size_t i;

	(void)state;
	/* What makes matchers that go back take years. */
	memset(path, 'a', sizeof(path));
	for (i = 0; i + 2 < TEXT_GLOB_MAX; i += 3)
		memcpy(pattern + i, i % 2 == 0 ? "*a*" : "**a", 3);
	pattern[i++] = 'b';
	pattern[i++] = '*';
	pattern[i] = '\0';
	for (i = 0; i < 10; i++)
		assert_false(text_glob(bytes_at(path, sizeof(path)), pattern));
	memset(pattern, '*', TEXT_GLOB_MAX);
	pattern[TEXT_GLOB_MAX] = '\0';
	assert_true(text_glob(bytes_at(path, sizeof(path)), pattern));
	pattern[TEXT_GLOB_MAX] = '*';
	assert_false(text_glob(bytes_at(path, sizeof(path)), pattern));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_glob),
		cmocka_unit_test(test_glob_random),
		cmocka_unit_test(test_glob_work),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
