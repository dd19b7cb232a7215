/*
 * An outcome in words and as JSON: what is printed is what was decided, a day
 * is a text only if the law fixes it, and names cannot break out.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/limits.h"
#include "format/json.h"
#include "outcome_try.h"
#include "report/election_outcome.h"

#define RULES \
	"    round-1:\n      article: art. 1\n      source: book\n" \
	"      elected-if: votes > 1/2 of valid\n      nobody: next-round\n" \
	"    round-2:\n      article: art. 2\n      source: book\n" \
	"      advance: 2\n      elected-if: votes > next\n" \
	"      withdrawn: proclaimed\n      died: alone\n"
#define FIXED "      date: 21 days after voting\n"
#define WITHIN \
	"      date: {from: 7 days after voting, until: 21 days after " \
	"voting, unverified: true}\n"

static void
votes_of(struct outcome_try *t, int64_t a, int64_t b, int64_t c)
{
	const int64_t votes[] = { a, b, c };

	outcome_try_votes(t, 1, 3, votes);
	t->q.standing.invalid = 100;
	t->q.standing.found += 100;
	t->q.standing.participants += 100;
}

static void
text_has(struct outcome_try *t, const char *const *want)
{
	struct out out = out_memory(64 * KIB);
	unsigned i;

	(void)outcome_try(t);
	election_outcome_text(&out, t->o, &t->q, 80);
	for (i = 0; want[i] != NULL; i++)
		if (bytes_find(buf_bytes(&out.buf), bytes_of(want[i]), 0) ==
		    SIZE_MAX)
			fail_msg("no <%s> in <%.*s>", want[i],
			    (int)out.buf.n, (const char *)out.buf.p);
	(void)out_end(&out);
}

static void
json_has(struct outcome_try *t, const char *const *want)
{
	struct out out = out_memory(64 * KIB);
	struct emit e = { .out = &out };
	unsigned i;

	(void)outcome_try(t);
	emit_object(&e, NULL);
	election_outcome_json(&e, t->o, &t->q);
	emit_object_end(&e);
	assert_true(json_valid(buf_bytes(&out.buf)));
	for (i = 0; want[i] != NULL; i++)
		if (bytes_find(buf_bytes(&out.buf), bytes_of(want[i]), 0) ==
		    SIZE_MAX)
			fail_msg("no <%s> in <%.*s>", want[i],
			    (int)out.buf.n, (const char *)out.buf.p);
	(void)out_end(&out);
}

static void
test_text(void **state)
{
	static const char *const runoff[] = {
		"outcome         second round between A and B on 22 March 2020"
		    "\n",
		"law             zz-2000, art. 1\n",
		"A: 400 votes, 36.36% of ballots found, 40.00% of valid ",
		"next voting     on 22 March 2020, art. 2: ", NULL };
	static const char *const within[] = {
		"between A and B between 8 March 2020 and 22 March\n"
		    "                2020 [unverified]\n",
		"\nunverified ", NULL };
	static const char *const elected[] = { "elected: A\n",
		"why             A has 600 votes, more than 1/2 of the valid",
		NULL };
	static const char *const alone[] = { "elected: B, without a vote\n",
		"A withdrew on 2 March 2020: the other is elected", NULL };
	static const char *const single[] = { "a vote on one candidate, B, on "
		"22 March 2020\n", NULL };
	struct outcome_try t;

	(void)state;
	outcome_try_law(&t, RULES FIXED);
	votes_of(&t, 400, 350, 250);
	text_has(&t, runoff);
	outcome_try_event(&t, "withdrawn:A:2020-03-02");
	text_has(&t, alone);
	votes_of(&t, 400, 350, 250);
	outcome_try_event(&t, "died:A:2020-03-02");
	text_has(&t, single);
	votes_of(&t, 600, 350, 50);
	text_has(&t, elected);
	outcome_try_free(&t);
	outcome_try_law(&t, RULES WITHIN);
	votes_of(&t, 400, 350, 250);
	text_has(&t, within);
	outcome_try_free(&t);
}

static void
test_hostile_name(void **state)
{
	struct out out = out_memory(64 * KIB);
	static const char *const want[] = { "\"winner\": \"a\\u001b[2J",
		NULL };
	struct outcome_try t;
	size_t i;

	(void)state;
	outcome_try_law(&t, RULES FIXED);
	votes_of(&t, 600, 350, 50);
	t.contenders[0].name = bytes_of("a\033[2J\r\n\"\xff");
	(void)outcome_try(&t);
	election_outcome_text(&out, t.o, &t.q, 80);
	for (i = 0; i < out.buf.n; i++)
		assert_true(out.buf.p[i] >= ' ' || out.buf.p[i] == '\n');
	(void)out_end(&out);
	json_has(&t, want);
	outcome_try_free(&t);
}

static void
test_json(void **state)
{
	static const char *const fixed[] = { "\"kind\": \"runoff\"",
		"\"date\": \"2020-03-22\"", "\"winner\": null",
		"\"article\": \"art. 1\"", "\"basis\": \"valid\"",
		"\"share\": 0.400000", "\"found\": 0.363636",
		"\"unverified\": false", "\"inauguration\": null",
		"\"inauguration_window\": null", NULL };
	static const char *const within[] = { "\"date\": null",
		"\"from\": \"2020-03-08\"", "\"until\": \"2020-03-22\"",
		"\"unverified\": true", NULL };
	static const char *const annulled[] = { "\"kind\": \"annulled\"",
		"\"scope\": \"round\"", "\"date\": null", "\"known\": false",
		"\"share\": null", NULL };
	struct outcome_try t;

	(void)state;
	outcome_try_law(&t, RULES FIXED);
	votes_of(&t, 400, 350, 250);
	json_has(&t, fixed);
	outcome_try_event(&t, "annulled-round:2020-03-05");
	json_has(&t, annulled);
	outcome_try_free(&t);
	outcome_try_law(&t, RULES WITHIN);
	votes_of(&t, 400, 350, 250);
	json_has(&t, within);
	outcome_try_free(&t);
}

static void
test_none(void **state)
{
	struct out out = out_memory(64 * KIB);
	struct emit e = { .out = &out };
	static const char want[] = "\"kind\": \"not_applicable\"";

	(void)state;
	emit_object(&e, NULL);
	election_outcome_none(&e, "another kind of vote");
	emit_object_end(&e);
	assert_true(json_valid(buf_bytes(&out.buf)));
	assert_true(bytes_find(buf_bytes(&out.buf), bytes_of(want), 0) !=
	    SIZE_MAX);
	assert_true(bytes_find(buf_bytes(&out.buf), bytes_of("\"another kind "
	    "of vote\""), 0) != SIZE_MAX);
	(void)out_end(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_hostile_name),
		cmocka_unit_test(test_json),
		cmocka_unit_test(test_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
