/*
 * Phases: exact to the microsecond, over changes of the clock, and unknown
 * where a date is.
 */
#include "election/phase.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "base/time.h"

static struct arena arena;

static int
fresh(void **state)
{
	(void)state;
	arena = arena_with(512 * MIB);
	return 0;
}

static int
gone(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static int32_t
day(const char *text)
{
	int32_t date = date_read(bytes_of(text));

	assert_int_not_equal(date, DATE_UNSET);
	return date;
}

static int64_t
at(const char *text)
{
	int64_t instant = time_read(bytes_of(text));

	assert_int_not_equal(instant, TIME_UNSET);
	return instant;
}

static const struct law *
builtin(const char *id)
{
	struct law_faults faults = { 0 };
	int found = law_builtin_find(bytes_of(id));
	const struct law *law;

	assert_true(found >= 0);
	law = law_read(law_builtin_text((unsigned)found), &arena, &faults);
	assert_non_null(law);
	return law;
}

static struct phases
spans_of(const struct calendar_facts *f)
{
	const struct calendar *cal = calendar_make(f, &arena);

	assert_non_null(cal);
	return phase_spans(cal, &arena);
}

/* Russia 2024, elected in the first round. */
static struct calendar_facts
one_round(const struct law *law)
{
	struct calendar_facts f = calendar_facts(law, day("2024-03-17"));

	f.anchors[ANCHOR_CALLED] = day("2023-12-07");
	f.anchors[ANCHOR_CALLED_PUBLISHED] = day("2023-12-08");
	f.anchors[ANCHOR_RESULTS] = day("2024-03-21");
	f.anchors[ANCHOR_RESULTS_PUBLISHED] = day("2024-03-23");
	f.second_round = 0;
	return f;
}

/* As it would have been with a second round. */
static struct calendar_facts
two_rounds(const struct law *law)
{
	struct calendar_facts f = one_round(law);

	f.second_round = 1;
	f.second_first_day = day("2024-04-05");
	f.anchors[ANCHOR_RESULTS_2] = day("2024-04-11");
	f.anchors[ANCHOR_RESULTS_2_PUBLISHED] = day("2024-04-13");
	return f;
}

/* --- boundaries ----------------------------------------------------------- */

struct wanted {
	enum phase phase;
	const char *from, *until;	/* NULL: goes on */
};

static void
check_span(const struct phases *p, const struct phase_span *s)
{
	if (s->from == TIME_UNSET || s->never || s->depends)
		return;
	/* A phase of two spans may hold before the second begins. */
	assert_int_equal(phase_span_at(s, s->from - 1), PHASE_NO);
	if (s->open_until || s->until > s->from) {
		assert_int_equal(phase_span_at(s, s->from),
		    s->until == TIME_UNSET && !s->open_until &&
		    s->until_within.min <= s->from ? PHASE_UNKNOWN :
		    PHASE_YES);
	}
	if (s->until == TIME_UNSET || s->until <= s->from)
		return;
	assert_int_equal(phase_span_at(s, s->until - 1), PHASE_YES);
	assert_int_equal(phase_at(p, s->phase, s->until - 1), PHASE_YES);
	assert_int_equal(phase_span_at(s, s->until), PHASE_NO);
}

static void
check_wanted(const struct phases *p, const struct wanted *w, unsigned n)
{
	unsigned i;

	for (i = 0; i < n; i++) {
		assert_int_equal(phase_at(p, w[i].phase, at(w[i].from) - 1),
		    PHASE_NO);
		assert_int_equal(phase_at(p, w[i].phase, at(w[i].from)),
		    PHASE_YES);
		if (w[i].until == NULL) {
			assert_int_equal(phase_at(p, w[i].phase,
			    INT64_MAX - 1), PHASE_YES);
			continue;
		}
		assert_int_equal(phase_at(p, w[i].phase, at(w[i].until) - 1),
		    PHASE_YES);
		assert_int_equal(phase_at(p, w[i].phase, at(w[i].until)),
		    PHASE_NO);
	}
	for (i = 0; i < PHASE_SPANS; i++)
		check_span(p, &p->spans[i]);
}

/* By the clock of Moscow, three hours before UTC. */
static void
test_one_round(void **state)
{
	static const struct wanted wanted[] = {
		{ PHASE_CALLED, "2023-12-07T00:00:00+03:00",
		    "2023-12-09T00:00:00+03:00" },
		{ PHASE_NOMINATION, "2023-12-08T00:00:00+03:00",
		    "2024-01-02T00:00:00+03:00" },
		{ PHASE_CAMPAIGN, "2023-12-08T00:00:00+03:00",
		    "2024-03-15T00:00:00+03:00" },
		{ PHASE_SILENCE, "2024-03-15T00:00:00+03:00",
		    "2024-03-18T00:00:00+03:00" },
		{ PHASE_VOTING, "2024-03-15T08:00:00+03:00",
		    "2024-03-17T20:00:00+03:00" },
		{ PHASE_COUNTING, "2024-03-17T20:00:00+03:00",
		    "2024-03-22T00:00:00+03:00" },
		{ PHASE_RESULTS, "2024-03-21T00:00:00+03:00",
		    "2024-03-24T00:00:00+03:00" },
		{ PHASE_UNTIL_INAUGURATION, "2024-03-22T00:00:00+03:00",
		    "2024-05-07T00:00:00+03:00" },
		{ PHASE_OVER, "2024-05-07T00:00:00+03:00", NULL },
	};
	struct calendar_facts f = one_round(builtin("ru-2003"));
	struct phases p = spans_of(&f);

	(void)state;
	check_wanted(&p, wanted, sizeof(wanted) / sizeof(wanted[0]));
	assert_true(p.spans[PHASE_BETWEEN_ROUNDS].never);
	assert_true(p.spans[PHASE_SECOND_VOTING].never);
	assert_true(p.spans[PHASE_COUNT].never);
	assert_int_equal(phase_at(&p, PHASE_SECOND_VOTING,
	    at("2024-04-07T12:00:00Z")), PHASE_NO);
	assert_true(p.spans[PHASE_CAMPAIGN].unverified);
	assert_false(p.spans[PHASE_VOTING].unverified);
	assert_true(p.spans[PHASE_CAMPAIGN].by_law);
	assert_false(p.spans[PHASE_COUNTING].by_law);
}

static void
test_two_rounds(void **state)
{
	static const struct wanted wanted[] = {
		{ PHASE_BETWEEN_ROUNDS, "2024-03-22T00:00:00+03:00",
		    "2024-04-05T00:00:00+03:00" },
		{ PHASE_SECOND_VOTING, "2024-04-05T00:00:00+03:00",
		    "2024-04-08T00:00:00+03:00" },
		/* Each of the two times. */
		{ PHASE_COUNTING, "2024-03-17T20:00:00+03:00",
		    "2024-03-22T00:00:00+03:00" },
		{ PHASE_COUNTING, "2024-04-08T00:00:00+03:00",
		    "2024-04-12T00:00:00+03:00" },
		{ PHASE_RESULTS, "2024-03-21T00:00:00+03:00",
		    "2024-03-24T00:00:00+03:00" },
		{ PHASE_RESULTS, "2024-04-11T00:00:00+03:00",
		    "2024-04-14T00:00:00+03:00" },
		{ PHASE_UNTIL_INAUGURATION, "2024-04-12T00:00:00+03:00",
		    "2024-05-07T00:00:00+03:00" },
	};
	struct calendar_facts f = two_rounds(builtin("ru-2003"));
	struct phases p = spans_of(&f);

	(void)state;
	check_wanted(&p, wanted, sizeof(wanted) / sizeof(wanted[0]));
}

/* Where the clock is changed within a phase, or on the day of voting. */
static void
test_clock(void **state)
{
	struct calendar_facts f = calendar_facts(builtin("fr"),
	    day("2022-03-27"));
	struct phases p = spans_of(&f);
	const struct phase_span *s = &p.spans[PHASE_VOTING];

	(void)state;
	/* The last Sunday of March has 23 hours. */
	assert_int_equal(s->from, at("2022-03-26T23:00:00Z"));
	assert_int_equal(s->until, at("2022-03-27T22:00:00Z"));
	check_span(&p, s);
	s = &p.spans[PHASE_SECOND_VOTING];
	assert_int_equal(s->from, at("2022-04-09T22:00:00Z"));
	assert_int_equal(s->until, at("2022-04-10T22:00:00Z"));
	/* The last one of October 25. */
	f = calendar_facts(builtin("fr"), day("2022-10-30"));
	p = spans_of(&f);
	s = &p.spans[PHASE_VOTING];
	assert_int_equal(s->from, at("2022-10-29T22:00:00Z"));
	assert_int_equal(s->until, at("2022-10-30T23:00:00Z"));
	check_span(&p, s);
	/* Silence begins in winter and ends in summer, a voting the day after
	   the change. */
	f = calendar_facts(builtin("fr"), day("2022-03-28"));
	p = spans_of(&f);
	s = &p.spans[PHASE_SILENCE];
	assert_int_equal(s->from, at("2022-03-25T23:00:00Z"));
	assert_int_equal(s->until, at("2022-03-28T18:00:00Z"));
	check_span(&p, s);
	/* Moscow was four hours before UTC in 2012, with no summer. */
	f = calendar_facts(builtin("ru-2003"), day("2012-03-04"));
	p = spans_of(&f);
	assert_int_equal(p.spans[PHASE_VOTING].from,
	    at("2012-03-04T08:00:00+04:00"));
	assert_int_equal(p.spans[PHASE_OVER].from,
	    at("2012-05-07T00:00:00+04:00"));
}

/* --- what is not known ---------------------------------------------------- */

static void
test_unknown(void **state)
{
	struct calendar_facts f = one_round(builtin("ru-2003"));
	struct phases p;
	bool unknown;

	(void)state;
	f.anchors[ANCHOR_RESULTS] = DATE_UNSET;
	f.anchors[ANCHOR_RESULTS_PUBLISHED] = DATE_UNSET;
	p = spans_of(&f);
	assert_int_equal(p.spans[PHASE_COUNTING].until, TIME_UNSET);
	assert_true(p.spans[PHASE_COUNTING].why_unknown.n > 0);
	assert_int_equal(p.spans[PHASE_COUNTING].needs,
	    UINT32_C(1) << ANCHOR_RESULTS);
	/* At the latest, by the law, on the 27th. */
	assert_int_equal(p.spans[PHASE_COUNTING].until_within.max,
	    at("2024-03-28T00:00:00+03:00"));
	assert_int_equal(phase_at(&p, PHASE_COUNTING,
	    at("2024-03-17T20:00:00+03:00") - 1), PHASE_NO);
	assert_int_equal(phase_at(&p, PHASE_COUNTING,
	    at("2024-03-27T23:59:59+03:00")), PHASE_UNKNOWN);
	assert_int_equal(phase_at(&p, PHASE_COUNTING,
	    at("2024-03-28T00:00:00+03:00")), PHASE_NO);
	assert_int_equal(phase_at(&p, PHASE_UNTIL_INAUGURATION,
	    at("2024-03-28T00:00:00+03:00")), PHASE_YES);
	assert_int_equal(phase_at(&p, PHASE_RESULTS,
	    at("2024-03-17T20:00:00+03:00") - 1), PHASE_NO);
	assert_int_equal(phase_main(&p, at("2024-03-20T12:00:00Z"), &unknown),
	    PHASE_COUNT);
	assert_true(unknown);
	/* Nothing of this touches the days before. */
	assert_int_equal(phase_main(&p, at("2024-03-16T12:00:00Z"), &unknown),
	    PHASE_VOTING);
	assert_false(unknown);
}

/* On the night of the election it is known that there are no results yet. */
static void
test_not_yet(void **state)
{
	struct calendar_facts f = one_round(builtin("ru-2003"));
	struct phases p;
	bool unknown;

	(void)state;
	f.anchors[ANCHOR_RESULTS] = DATE_UNSET;
	f.anchors[ANCHOR_RESULTS_PUBLISHED] = DATE_UNSET;
	f.today = day("2024-03-19");
	f.not_yet[ANCHOR_RESULTS] = true;
	p = spans_of(&f);
	assert_int_equal(phase_main(&p, at("2024-03-19T23:59:59+03:00"),
	    &unknown), PHASE_COUNTING);
	assert_false(unknown);
	assert_int_equal(phase_at(&p, PHASE_COUNTING,
	    at("2024-03-20T00:00:00+03:00") - 1), PHASE_YES);
	assert_int_equal(phase_at(&p, PHASE_COUNTING,
	    at("2024-03-20T00:00:00+03:00")), PHASE_UNKNOWN);
	assert_int_equal(phase_at(&p, PHASE_RESULTS,
	    at("2024-03-19T00:00:00+03:00") - 1), PHASE_NO);
	/* A latest day that has passed without results bounds nothing. */
	f.today = day("2024-03-30");
	p = spans_of(&f);
	assert_int_equal(phase_at(&p, PHASE_COUNTING,
	    at("2024-03-29T12:00:00Z")), PHASE_YES);
	assert_int_equal(phase_at(&p, PHASE_COUNTING,
	    at("2024-04-03T12:00:00Z")), PHASE_UNKNOWN);
	/* Nor has it been called. */
	f = calendar_facts(f.law, day("2024-03-17"));
	f.today = day("2023-12-01");
	f.not_yet[ANCHOR_CALLED] = true;
	p = spans_of(&f);
	assert_int_equal(phase_at(&p, PHASE_CALLED,
	    at("2023-11-30T12:00:00Z")), PHASE_NO);
}

/* Counted in one evening: nothing begins before the voting ends. */
static void
test_same_evening(void **state)
{
	struct calendar_facts f = one_round(builtin("ru-2003"));
	struct phases p;

	(void)state;
	f.anchors[ANCHOR_RESULTS] = day("2024-03-17");
	p = spans_of(&f);
	assert_int_equal(p.spans[PHASE_RESULTS].from,
	    at("2024-03-17T20:00:00+03:00"));
	assert_int_equal(p.spans[PHASE_COUNTING].until,
	    at("2024-03-18T00:00:00+03:00"));
	check_span(&p, &p.spans[PHASE_RESULTS]);
}

/* An invented law of two rounds, its second day and its inauguration known from
   memory. */
static const struct law *
shaky_law(void)
{
	static const char text[] =
	    "law: xx-2001\n"
	    "title: Law of 1 March 2001\n"
	    "country: XX\n"
	    "office: President\n"
	    "vote: president\n"
	    "clock: [{from: 1990-01-01, zone: UTC0}]\n"
	    "sources: {gazette: {title: Gazette}}\n"
	    "versions:\n"
	    "  - from: 2001-03-20\n"
	    "    round-1:\n"
	    "      source: gazette\n"
	    "      elected-if: [votes > 1/2 of valid]\n"
	    "      nobody: next-round\n"
	    "    round-2:\n"
	    "      source: gazette\n"
	    "      advance: 2\n"
	    "      elected-if: [votes > next]\n"
	    "      date: {from: 1 day after voting, until: 7 days after "
	    "voting,\n"
	    "        unverified: true}\n"
	    "    inauguration: {until: 30 days after results-published,\n"
	    "      unverified: true}\n"
	    "    phases:\n"
	    "      voting: {from: voting at 08:00, until: voting at 20:00,\n"
	    "        unverified: true}\n";
	struct law_faults faults = { 0 };
	const struct law *law = law_read(bytes_of(text), &arena, &faults);

	assert_non_null(law);
	return law;
}

/* What begins or ends with another rests on what that one rests on. */
static void
test_unverified(void **state)
{
	struct calendar_facts f = calendar_facts(shaky_law(),
	    day("2006-06-11"));
	struct phases p;

	(void)state;
	f.anchors[ANCHOR_CALLED] = day("2006-03-01");
	f.anchors[ANCHOR_RESULTS] = day("2006-06-13");
	f.anchors[ANCHOR_RESULTS_PUBLISHED] = day("2006-06-14");
	f.second_round = 1;
	p = spans_of(&f);
	assert_true(p.spans[PHASE_CALLED].unverified);
	assert_true(p.spans[PHASE_COUNTING].unverified);
	assert_false(p.spans[PHASE_RESULTS].unverified);
	assert_true(p.spans[PHASE_BETWEEN_ROUNDS].unverified);
	assert_true(p.spans[PHASE_COUNT].unverified);
	assert_true(p.spans[PHASE_COUNT + 1].unverified);
	assert_true(p.spans[PHASE_UNTIL_INAUGURATION].unverified);
	assert_true(p.spans[PHASE_OVER].unverified);
	/* Facts rest on no rule. */
	f.anchors[ANCHOR_VOTING_2] = day("2006-06-18");
	f.anchors[ANCHOR_RESULTS_2] = day("2006-06-19");
	f.anchors[ANCHOR_RESULTS_2_PUBLISHED] = day("2006-06-20");
	f.anchors[ANCHOR_INAUGURATION] = day("2006-07-15");
	p = spans_of(&f);
	assert_false(p.spans[PHASE_BETWEEN_ROUNDS].unverified);
	assert_false(p.spans[PHASE_COUNT].unverified);
	assert_false(p.spans[PHASE_UNTIL_INAUGURATION].unverified);
	assert_false(p.spans[PHASE_OVER].unverified);
}

/* Results on the day that the second voting may be: not before it ends, and
   that is not known. */
static void
test_second_same_evening(void **state)
{
	struct calendar_facts f = calendar_facts(shaky_law(),
	    day("2006-06-11"));
	struct phases p;

	(void)state;
	f.second_round = 1;
	f.anchors[ANCHOR_RESULTS] = day("2006-06-13");
	f.anchors[ANCHOR_RESULTS_2] = day("2006-06-18");
	p = spans_of(&f);
	assert_int_equal(phase_at(&p, PHASE_RESULTS,
	    at("2006-06-18T23:00:00Z")), PHASE_UNKNOWN);
	f.anchors[ANCHOR_VOTING_2] = day("2006-06-18");
	p = spans_of(&f);
	assert_int_equal(phase_span_at(&p.spans[PHASE_COUNT + 1],
	    at("2006-06-18T23:00:00Z")), PHASE_NO);
	f.anchors[ANCHOR_VOTING_2] = day("2006-06-17");
	p = spans_of(&f);
	assert_int_equal(phase_span_at(&p.spans[PHASE_COUNT + 1],
	    at("2006-06-18T23:00:00Z")), PHASE_YES);
	/* The second voting was not after its own results. */
	f.anchors[ANCHOR_VOTING_2] = DATE_UNSET;
	f.anchors[ANCHOR_RESULTS_2] = day("2006-06-15");
	p = spans_of(&f);
	assert_int_equal(phase_at(&p, PHASE_SECOND_VOTING,
	    at("2006-06-16T12:00:00Z")), PHASE_NO);
}

/* A law that sets no phases, and a latest moment that is the end of a day. */
static void
test_plain_law(void **state)
{
	static const char text[] =
	    "law: xx-2001\n"
	    "title: Law of 1 March 2001\n"
	    "country: XX\n"
	    "office: President\n"
	    "vote: president\n"
	    "clock:\n"
	    "  - {from: 1990-01-01, zone: \"XST5\"}\n"
	    "sources:\n"
	    "  gazette: {title: Gazette}\n"
	    "versions:\n"
	    "  - from: 2001-03-20\n"
	    "    round-1:\n"
	    "      source: gazette\n"
	    "      elected-if: [votes > 1/2 of valid]\n"
	    "      nobody: repeat\n"
	    "    calendar:\n"
	    "      - {id: results-latest, title: r, source: gazette,\n"
	    "         until: 5 days after voting at 00:00}\n";
	struct law_faults faults = { 0 };
	const struct law *law = law_read(bytes_of(text), &arena, &faults);
	struct calendar_facts f;
	struct phases p;
	unsigned i;

	(void)state;
	assert_non_null(law);
	f = calendar_facts(law, day("2006-06-11"));
	p = spans_of(&f);
	assert_int_equal(p.spans[PHASE_VOTING].from,
	    at("2006-06-11T00:00:00-05:00"));
	assert_int_equal(p.spans[PHASE_COUNTING].until_within.max,
	    at("2006-06-16T00:00:00-05:00"));
	for (i = PHASE_NOMINATION; i <= PHASE_SILENCE; i++) {
		assert_true(p.spans[i].never);
		assert_int_equal(phase_at(&p, (enum phase)i,
		    at("2006-06-01T00:00:00Z")), PHASE_NO);
	}
	/* A law with one round has no second, whatever is not known. */
	assert_true(p.spans[PHASE_SECOND_VOTING].never);
	/* It has no rule for the inauguration. */
	assert_int_equal(phase_at(&p, PHASE_OVER,
	    at("2009-06-01T00:00:00Z")), PHASE_UNKNOWN);
	f.anchors[ANCHOR_INAUGURATION] = day("2006-08-01");
	p = spans_of(&f);
	assert_int_equal(p.spans[PHASE_OVER].from,
	    at("2006-08-01T00:00:00-05:00"));
}

/* Whether there is a second round decides of what lies between. */
static void
test_second_unknown(void **state)
{
	struct calendar_facts f = one_round(builtin("ru-2003"));
	struct phases p;
	bool unknown;

	(void)state;
	f.second_round = -1;
	p = spans_of(&f);
	assert_true(p.spans[PHASE_BETWEEN_ROUNDS].depends);
	assert_int_equal(phase_at(&p, PHASE_BETWEEN_ROUNDS,
	    at("2024-03-22T00:00:00+03:00") - 1), PHASE_NO);
	assert_int_equal(phase_at(&p, PHASE_BETWEEN_ROUNDS,
	    at("2024-03-22T00:00:00+03:00")), PHASE_UNKNOWN);
	assert_int_equal(phase_at(&p, PHASE_SECOND_VOTING,
	    at("2024-04-07T12:00:00Z")), PHASE_UNKNOWN);
	assert_int_equal(phase_at(&p, PHASE_SECOND_VOTING,
	    at("2024-04-08T00:00:00+03:00")), PHASE_NO);
	assert_int_equal(phase_main(&p, at("2024-03-25T12:00:00Z"), &unknown),
	    PHASE_COUNT);
	assert_true(unknown);
	/* Up to three days of voting: whether the second has them too. */
	f = two_rounds(f.law);
	f.second_first_day = DATE_UNSET;
	p = spans_of(&f);
	assert_int_equal(p.spans[PHASE_SECOND_VOTING].from, TIME_UNSET);
	assert_int_equal(p.spans[PHASE_SECOND_VOTING].until,
	    at("2024-04-08T00:00:00+03:00"));
	assert_int_equal(phase_at(&p, PHASE_SECOND_VOTING,
	    at("2024-04-05T00:00:00+03:00") - 1), PHASE_NO);
	assert_int_equal(phase_at(&p, PHASE_SECOND_VOTING,
	    at("2024-04-05T00:00:00+03:00")), PHASE_UNKNOWN);
	assert_int_equal(phase_at(&p, PHASE_SECOND_VOTING,
	    at("2024-04-07T00:00:00+03:00")), PHASE_YES);
	assert_int_equal(phase_at(&p, PHASE_BETWEEN_ROUNDS,
	    at("2024-04-05T00:00:00+03:00") - 1), PHASE_YES);
}

static void
test_calling(void **state)
{
	struct calendar_facts f = calendar_facts(builtin("ru-2003"),
	    day("2024-03-17"));
	struct phases p;
	bool unknown;

	(void)state;
	f.second_round = 0;
	p = spans_of(&f);
	assert_int_equal(p.spans[PHASE_NOMINATION].from, TIME_UNSET);
	assert_true(p.spans[PHASE_NOMINATION].why_unknown.n > 0);
	/* Not before the law lets it be called, and over with the voting. */
	assert_int_equal(phase_at(&p, PHASE_NOMINATION,
	    at("2023-12-07T00:00:00+03:00") - 1), PHASE_NO);
	assert_int_equal(phase_at(&p, PHASE_NOMINATION,
	    at("2024-01-10T00:00:00Z")), PHASE_UNKNOWN);
	assert_int_equal(phase_at(&p, PHASE_NOMINATION,
	    at("2024-03-17T20:00:00+03:00")), PHASE_NO);
	/* Before any of it there is none. */
	assert_int_equal(phase_main(&p, at("2023-06-01T00:00:00Z"), &unknown),
	    PHASE_COUNT);
	assert_false(unknown);
	/* Registration is counted from the voting, and campaign goes before. */
	assert_int_equal(phase_at(&p, PHASE_REGISTRATION,
	    at("2024-01-10T00:00:00Z")), PHASE_YES);
	assert_int_equal(phase_main(&p, at("2024-01-10T00:00:00Z"), &unknown),
	    PHASE_COUNT);
	assert_true(unknown);
}

static void
test_repeat(void **state)
{
	struct calendar_facts f = one_round(builtin("ru-2003"));
	struct phases p;

	(void)state;
	f.repeat = 1;
	p = spans_of(&f);
	assert_int_equal(phase_at(&p, PHASE_OVER, at("2024-06-01T00:00:00Z")),
	    PHASE_UNKNOWN);
	assert_int_equal(phase_at(&p, PHASE_UNTIL_INAUGURATION,
	    at("2024-04-01T00:00:00Z")), PHASE_UNKNOWN);
	assert_int_equal(phase_at(&p, PHASE_VOTING,
	    at("2024-03-16T12:00:00Z")), PHASE_YES);
}

/* --- the main phase ------------------------------------------------------- */

static void
test_order(void **state)
{
	bool seen[PHASE_COUNT] = { false };
	unsigned i;

	(void)state;
	for (i = 0; i < PHASE_COUNT; i++) {
		assert_false(seen[phase_order(i)]);
		seen[phase_order(i)] = true;
	}
	assert_int_equal(phase_order(0), PHASE_VOTING);
	assert_int_equal(phase_order(PHASE_COUNT - 1), PHASE_OVER);
}

static void
test_main(void **state)
{
	static const struct {
		const char *on;
		enum phase phase;
	} days[] = {
		{ "2023-12-07T12:00:00+03:00", PHASE_CALLED },
		{ "2023-12-08T12:00:00+03:00", PHASE_CAMPAIGN },
		{ "2024-01-10T12:00:00+03:00", PHASE_CAMPAIGN },
		{ "2024-03-15T07:59:59+03:00", PHASE_SILENCE },
		{ "2024-03-15T08:00:00+03:00", PHASE_VOTING },
		{ "2024-03-17T20:00:00+03:00", PHASE_COUNTING },
		{ "2024-03-21T12:00:00+03:00", PHASE_COUNTING },
		{ "2024-03-22T12:00:00+03:00", PHASE_BETWEEN_ROUNDS },
		{ "2024-04-05T00:00:00+03:00", PHASE_SECOND_VOTING },
		{ "2024-04-08T00:00:00+03:00", PHASE_COUNTING },
		{ "2024-04-12T12:00:00+03:00", PHASE_RESULTS },
		{ "2024-04-14T12:00:00+03:00", PHASE_UNTIL_INAUGURATION },
		{ "2024-05-07T00:00:00+03:00", PHASE_OVER },
	};
	struct calendar_facts f = two_rounds(builtin("ru-2003"));
	struct phases p = spans_of(&f);
	bool unknown;
	unsigned i;

	(void)state;
	for (i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
		assert_int_equal(phase_main(&p, at(days[i].on), &unknown),
		    days[i].phase);
		assert_false(unknown);
	}
}

/* --- knowing more never takes back ---------------------------------------- */

#define FACTS	8

/* All facts, but for those whose bit is set. */
static struct calendar_facts
less(struct calendar_facts f, unsigned without)
{
	static const enum anchor anchors[FACTS - 2] = { ANCHOR_CALLED,
	    ANCHOR_CALLED_PUBLISHED, ANCHOR_RESULTS, ANCHOR_RESULTS_PUBLISHED,
	    ANCHOR_RESULTS_2, ANCHOR_RESULTS_2_PUBLISHED };
	unsigned i;

	for (i = 0; i < FACTS - 2; i++)
		if ((without >> i & 1) != 0)
			f.anchors[anchors[i]] = DATE_UNSET;
	if ((without >> (FACTS - 2) & 1) != 0)
		f.second_round = -1;
	if ((without >> (FACTS - 1) & 1) != 0)
		f.second_first_day = f.anchors[ANCHOR_INAUGURATION] =
		    DATE_UNSET;
	return f;
}

static void
compare(const struct phases *all, const struct phases *some, int64_t instant)
{
	enum phase_state of_all, of_some;
	enum phase main_all, main_some;
	bool unknown_all, unknown_some;
	unsigned i;

	for (i = 0; i < PHASE_COUNT; i++) {
		of_all = phase_at(all, (enum phase)i, instant);
		of_some = phase_at(some, (enum phase)i, instant);
		if (of_some != PHASE_UNKNOWN && of_some != of_all)
			fail_msg("%s: %d, and with more facts %d",
			    phase_name((enum phase)i), of_some, of_all);
	}
	main_all = phase_main(all, instant, &unknown_all);
	main_some = phase_main(some, instant, &unknown_some);
	assert_true(unknown_some || (!unknown_all && main_some == main_all));
}

static void
around(const struct phases *all, const struct phases *some, int64_t instant)
{
	if (instant == INT64_MIN)
		return;			/* no bound */
	compare(all, some, instant - 1);
	compare(all, some, instant);
}

static void
check_more(struct calendar_facts f)
{
	struct phases all = spans_of(&f), some;
	struct calendar_facts few;
	int64_t start = calendar_instant(f.law, f.anchors[ANCHOR_CALLED] - 20,
	    0);
	unsigned without, i;

	for (i = 0; i < PHASE_SPANS; i++)
		check_span(&all, &all.spans[i]);
	for (without = 0; without < 1u << FACTS; without++) {
		few = less(f, without);
		some = spans_of(&few);
		for (i = 0; i < 250; i++)
			compare(&all, &some, start + (int64_t)i * TIME_DAY);
		for (i = 0; i < PHASE_SPANS; i++) {
			around(&all, &some, all.spans[i].from_within.min);
			around(&all, &some, all.spans[i].until_within.min);
		}
	}
}

static void
test_more(void **state)
{
	struct calendar_facts f = calendar_facts(builtin("fr"),
	    day("2022-04-10"));

	(void)state;
	check_more(one_round(builtin("ru-2003")));
	check_more(two_rounds(builtin("ru-2003")));
	f.anchors[ANCHOR_CALLED] = day("2022-01-26");
	f.anchors[ANCHOR_CALLED_PUBLISHED] = day("2022-01-27");
	f.anchors[ANCHOR_RESULTS] = day("2022-04-13");
	f.anchors[ANCHOR_RESULTS_PUBLISHED] = day("2022-04-14");
	f.anchors[ANCHOR_RESULTS_2] = day("2022-04-27");
	f.anchors[ANCHOR_RESULTS_2_PUBLISHED] = day("2022-04-28");
	f.anchors[ANCHOR_INAUGURATION] = day("2022-05-14");
	f.second_round = 1;
	check_more(f);
}

/* Bounds in order, and all questions answered, for every law there is. */
static void
test_all_laws(void **state)
{
	const struct law *law;
	struct calendar_facts f;
	struct phases p;
	bool unknown;
	unsigned i, v, k;

	(void)state;
	for (i = 0; i < law_builtin_count(); i++) {
		law = builtin(law_builtin_id(i));
		for (v = 0; v < law->nversions * 3; v++) {
			f = calendar_facts(law, law->versions[v / 3].from);
			f.second_round = (int)(v % 3) - 1;
			p = spans_of(&f);
			for (k = 0; k < PHASE_SPANS; k++) {
				assert_true(p.spans[k].from_within.min <=
				    p.spans[k].from_within.max);
				assert_true(p.spans[k].until_within.min <=
				    p.spans[k].until_within.max);
				check_span(&p, &p.spans[k]);
			}
			assert_int_equal(phase_at(&p, PHASE_VOTING,
			    calendar_instant(law, f.anchors[ANCHOR_VOTING],
			    43200)), PHASE_YES);
			assert_int_equal(phase_main(&p, calendar_instant(law,
			    f.anchors[ANCHOR_VOTING], 43200), &unknown),
			    PHASE_VOTING);
		}
	}
	assert_true(i >= 30);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one_round),
		cmocka_unit_test(test_two_rounds),
		cmocka_unit_test(test_clock),
		cmocka_unit_test(test_unknown),
		cmocka_unit_test(test_not_yet),
		cmocka_unit_test(test_same_evening),
		cmocka_unit_test(test_unverified),
		cmocka_unit_test(test_second_same_evening),
		cmocka_unit_test(test_plain_law),
		cmocka_unit_test(test_second_unknown),
		cmocka_unit_test(test_calling),
		cmocka_unit_test(test_repeat),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_main),
		cmocka_unit_test(test_more),
		cmocka_unit_test(test_all_laws),
	};

	return cmocka_run_group_tests(tests, fresh, gone);
}
