/*
 * Who withdrew or died: when, in which order, and by which name.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "outcome_try.h"

#define VOTES(t, round, ...) \
	do { \
		const int64_t votes_[] = { __VA_ARGS__ }; \
		outcome_try_votes(t, round, \
		    sizeof(votes_) / sizeof(votes_[0]), votes_); \
	} while (0)

#define ROUND_1(rules) \
	"    round-1:\n" \
	"      article: art. 1\n" \
	"      source: book\n      nobody: next-round\n" rules
#define ROUND_2(rules) \
	"    round-2:\n" \
	"      article: art. 2\n" \
	"      source: book\n" \
	"      advance: 2\n" \
	"      date: 21 days after voting\n" rules
#define MAJORITY "      elected-if: votes > 1/2 of valid\n"
#define PLURALITY "      elected-if: votes > next\n"
#define REPEAT \
	"    repeat:\n" \
	"      source: book\n" \
	"      date: {from: 30 days after failed-voting, until: 60 days after " \
	"failed-voting, source: book}\n"

/* The usual law: more than half, else the first two. */
static void
usual(struct outcome_try *t, const char *more_1, const char *more_2)
{
	struct buf b = buf_with(10000);

	buf_text(&b, ROUND_1(MAJORITY));
	buf_text(&b, more_1);
	buf_text(&b, ROUND_2(PLURALITY));
	buf_text(&b, more_2);
	buf_text(&b, REPEAT);
	buf_byte(&b, '\0');
	outcome_try_law(t, (const char *)b.p);
	buf_free(&b);
}

/* When it happened decides what it means. */
static void
test_event_days(void **state)
{
	struct outcome_try t;

	(void)state;
	usual(&t, "", "      withdrawn: next\n      died: new-election\n"
	    "      until: 10 days after voting\n"
	    "    inauguration: {on: 50 days after voting, source: book}\n");
	/* Too late to withdraw; the death after it counts all the same, in
	   whatever order they are given. */
	VOTES(&t, 1, 20, 40, 30, 10);
	outcome_try_event(&t, "withdrawn:C:2020-03-12");
	outcome_try_event(&t, "died:C:2020-03-14");
	assert_string_equal(outcome_try(&t), "repeat");
	assert_true(outcome_try_says(&t, "C withdrew on 12 March 2020, after "
	    "11 March 2020, the last day for it"));
	VOTES(&t, 1, 20, 40, 30, 10);
	outcome_try_event(&t, "died:C:2020-03-14");
	outcome_try_event(&t, "withdrawn:C:2020-03-12");
	assert_string_equal(outcome_try(&t), "repeat");
	assert_string_equal(outcome_try_day(&t.o->date),
	    "2020-03-31..2020-04-30");
	/* A repeat election is later than what brought it about. */
	VOTES(&t, 1, 20, 40, 30, 10);
	t.q.anchors[ANCHOR_VOTING_2] = date_of(2020, 4, 20);
	outcome_try_event(&t, "died:C:2020-04-10");
	assert_string_equal(outcome_try(&t), "repeat");
	assert_string_equal(outcome_try_day(&t.o->date),
	    "2020-04-11..2020-04-30");
	/* After the second voting it does not change who went on to it. */
	VOTES(&t, 1, 20, 40, 30, 10);
	outcome_try_event(&t, "died:C:2020-03-23");
	assert_string_equal(outcome_try(&t), "runoff B C");
	assert_true(outcome_try_says(&t, "after the next voting"));
	/* Before the first one: said. */
	VOTES(&t, 1, 20, 40, 30, 10);
	outcome_try_event(&t, "withdrawn:C:2020-02-20");
	assert_string_equal(outcome_try(&t), "runoff B A");
	assert_true(outcome_try_says(&t, "before this voting"));
	/* Who is elected dies before the inauguration, and after it. */
	VOTES(&t, 1, 20, 60);
	outcome_try_event(&t, "died:B:2020-04-20");
	assert_string_equal(outcome_try(&t), "pending");
	VOTES(&t, 1, 20, 60);
	outcome_try_event(&t, "died:B:2020-04-21");
	assert_string_equal(outcome_try(&t), "elected B");
	outcome_try_free(&t);
}

/* Who was proclaimed and goes too leaves nobody. */
static void
test_nobody_left(void **state)
{
	struct outcome_try t;

	(void)state;
	usual(&t, "", "      withdrawn: proclaimed\n      died: next\n");
	VOTES(&t, 1, 20, 40, 30, 10);
	outcome_try_event(&t, "withdrawn:B:2020-03-05");
	outcome_try_event(&t, "died:C:2020-03-06");
	assert_string_equal(outcome_try(&t), "repeat");
	assert_true(outcome_try_says(&t, "Nobody is left"));
	outcome_try_free(&t);
	/* A law without a rule for that. */
	outcome_try_law(&t, ROUND_1(MAJORITY)
	    ROUND_2(PLURALITY "      withdrawn: proclaimed\n"));
	VOTES(&t, 1, 20, 40, 30, 10);
	outcome_try_event(&t, "withdrawn:B:2020-03-05");
	outcome_try_event(&t, "withdrawn:C:2020-03-06");
	assert_string_equal(outcome_try(&t), "pending");
	outcome_try_free(&t);
	/* On one alone, and another has votes. */
	usual(&t, "", "      died: alone\n");
	VOTES(&t, 2, 60, 40);
	outcome_try_event(&t, "died:A:2020-02-25");
	assert_string_equal(outcome_try(&t), "pending");
	assert_true(outcome_try_says(&t, "A has votes"));
	outcome_try_free(&t);
}

/* A name that is not there, but looks like one that is. */
static void
test_names(void **state)
{
	struct outcome_try t;

	(void)state;
	usual(&t, "", "      withdrawn: next\n");
	VOTES(&t, 1, 20, 40, 30, 10);
	t.contenders[1].name = bytes_of("Ann Mary Roe");
	t.contenders[2].name = bytes_of("Ann Poe");
	t.contenders[3].name = bytes_of("ANN POE");
	outcome_try_event(&t, "withdrawn:ann mary roe:2020-03-05");
	assert_string_equal(outcome_try(&t), "runoff Ann Poe A");
	outcome_try_event(&t, "withdrawn:Poe:2020-03-06");
	assert_string_equal(outcome_try(&t), "pending");
	assert_true(outcome_try_says(&t, "that of Ann Poe or ANN POE"));
	/* As it stands, before as it may be meant. */
	VOTES(&t, 1, 20, 40, 30, 10);
	t.contenders[1].name = bytes_of("ANN POE");
	t.contenders[2].name = bytes_of("Ann Poe");
	outcome_try_event(&t, "withdrawn:Ann Poe:2020-03-06");
	assert_string_equal(outcome_try(&t), "runoff ANN POE A");
	VOTES(&t, 1, 20, 40, 30, 10);
	t.contenders[1].name = bytes_of("\xd0\x8f\xd0\xbd\xd0\xb0");
	outcome_try_event(&t, "withdrawn:\xd1\x9f\xd0\x9d\xd0\xb0");
	assert_string_equal(outcome_try(&t), "pending");
	outcome_try_free(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_event_days),
		cmocka_unit_test(test_nobody_left),
		cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
