/*
 * From a tally to the figures of the decision.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/limits.h"
#include "election/standing.h"

enum { REGISTERED, VALID, INVALID, A, B, NOBODY, LINES };

static struct form_line lines[LINES];
static int8_t one[FIGURE_COUNT][LINES];
static uint64_t sums[LINES];
static struct tally_node country;
static struct tally_annulled gone[2];
static struct tally t;

static void
reset(void)
{
	static const char *const keys[LINES] = { "registered", "valid",
	    "invalid", "Ada Arc", "Bo Birch", "Against all" };
	static const uint64_t figures[LINES] = { 1000, 500, 20, 300, 150, 50 };
	unsigned i;

	t = (struct tally){ .lines = lines, .nlines = LINES,
	    .nodes = &country, .nnodes = 1, .leader = A };
	country = (struct tally_node){ .stations = 9, .counted = 8,
	    .annulled = 1, .sums = sums };
	for (i = 0; i < LINES; i++) {
		lines[i] = (struct form_line){ .key = bytes_of(keys[i]),
		    .candidate = i >= A, .against_all = i == NOBODY };
		sums[i] = figures[i];
		one[FIGURE_REGISTERED][i] = i == REGISTERED;
		one[FIGURE_VALID][i] = i == VALID;
		one[FIGURE_INVALID][i] = i == INVALID;
		one[FIGURE_FOUND][i] = i == VALID || i == INVALID;
	}
	t.figures[FIGURE_REGISTERED] = one[FIGURE_REGISTERED];
	t.figures[FIGURE_VALID] = one[FIGURE_VALID];
	t.figures[FIGURE_INVALID] = one[FIGURE_INVALID];
	t.figures[FIGURE_FOUND] = one[FIGURE_FOUND];
	gone[0].registered = 70;
	t.annulled = gone;
	t.nannulled = 1;
}

static void
figures(void **state)
{
	struct arena arena = arena_with(MIB);
	struct outcome_question q = { 0 };

	(void)state;
	reset();
	assert_true(standing_of(&t, false, &arena, &q));
	assert_int_equal(q.standing.registered, 1000);
	assert_int_equal(q.standing.found, 520);
	assert_int_equal(q.standing.participants, FIGURE_UNKNOWN);
	assert_int_equal(q.standing.against_all, 50);
	assert_int_equal(q.standing.ncontenders, 2);
	assert_int_equal(q.standing.contenders[1].votes, 150);
	assert_true(q.standing.all_listed);
	assert_int_equal(q.annulled_stations, 1);
	assert_int_equal(q.annulled_registered, 70);
	/* Not all of them are told by name. */
	country.annulled = 2;
	assert_true(standing_of(&t, false, &arena, &q));
	assert_int_equal(q.annulled_registered, FIGURE_UNKNOWN);
	arena_free(&arena);
}

/* Broken protocols were counted: what the votes contradict is not known. */
static void
broken(void **state)
{
	struct arena arena = arena_with(MIB);
	struct outcome_question q = { 0 };

	(void)state;
	reset();
	assert_true(standing_of(&t, true, &arena, &q));
	assert_int_equal(q.standing.valid, 500);
	sums[A]--;
	assert_true(standing_of(&t, true, &arena, &q));
	assert_int_equal(q.standing.valid, FIGURE_UNKNOWN);
	assert_int_equal(q.standing.found, 520);
	assert_true(standing_of(&t, false, &arena, &q));
	assert_int_equal(q.standing.valid, 500);
	sums[A] = 900;
	assert_true(standing_of(&t, true, &arena, &q));
	assert_int_equal(q.standing.found, FIGURE_UNKNOWN);
	arena_free(&arena);
}

static void
checked(void **state)
{
	(void)state;
	reset();
	assert_true(standing_checked(&t));
	/* Valid is what the candidates have: it cannot contradict them. */
	one[FIGURE_VALID][VALID] = one[FIGURE_FOUND][VALID] = 0;
	one[FIGURE_VALID][A] = one[FIGURE_VALID][B] = 1;
	one[FIGURE_FOUND][A] = one[FIGURE_FOUND][B] = 1;
	assert_false(standing_checked(&t));
	t.figures[FIGURE_VALID] = t.figures[FIGURE_FOUND] = NULL;
	assert_false(standing_checked(&t));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(figures),
		cmocka_unit_test(broken),
		cmocka_unit_test(checked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
