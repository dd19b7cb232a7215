/*
 * Who proposes: open until nominations end, and never "eligible" before.
 */
#include "election/eligibility.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"

static struct arena arena;

static int
set_up(void **state)
{
	(void)state;
	arena = arena_with(64 * MIB);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static int32_t
day(const char *text)
{
	return text == NULL ? DATE_UNSET : date_read(bytes_of(text));
}

static const char law_head[] =
    "law: xx-2001\ntitle: T\ncountry: XX\noffice: President\n"
    "vote: president\nclock: [{from: 1990-01-01, zone: UTC0}]\n"
    "sources: {g: {title: G}}\n"
    "versions:\n"
    "  - from: 2001-01-01\n"
    "    round-1: {source: g, elected-if: [votes > 1/2 of valid], nobody: "
    "next-round}\n"
    "    round-2: {source: g, advance: 2, date: {on: 21 days after voting}, "
    "elected-if: [votes > next]}\n"
    "    voting-day: {on: second sunday of the month of previous-voting, "
    "term-years: 6, days: 1, source: g}\n"
    "    inauguration: {on: may 7 after voting, source: g}\n"
    "    eligibility:\n"
    "      - {id: by, rule: proposer, one-of: [self, party], source: g}\n";

/* By a phase that is counted from the calling; by an entry. */
#define CALL	"    calendar: [{id: call, title: C, from: 100 full days " \
	"before voting, until: 90 full days before voting, source: g}]\n"
#define PHASE	CALL "    phases: {nomination: {from: called, until: 20 days " \
	"after called, unverified: true}}\n"
#define ENTRY	"    calendar: [{id: candidates, title: C, from: 2024-01-10, " \
	"until: 2024-01-20 at 18:00, source: g}]\n"
#define WHOLE	"    calendar: [{id: candidates, title: C, until: " \
	"2024-01-20, source: g}]\n"
#define TAKEN	"events: [{event: nominated, date: 2024-01-12}]"

static const struct {
	const char *calendar, *facts, *on, *voting, *want;
	bool unverified;
	enum eligibility_state now;
} cases[] = {
	/* Called on 7 to 17 December. */
	{ PHASE, "", "2023-12-06", "2024-03-17",
	    "open until nominations end", false, ELIGIBILITY_OPEN },
	{ PHASE, "proposer: none", "2023-12-06", "2024-03-17",
	    "open until nominations end", false, ELIGIBILITY_OPEN },
	{ PHASE, "", "2023-12-07", "2024-03-17",
	    "cannot tell; proposer", false, ELIGIBILITY_UNKNOWN },
	{ PHASE, "proposer: none", "2023-12-27", "2024-03-17",
	    "open until nominations end", true, ELIGIBILITY_OPEN },
	{ PHASE, "proposer: none", "2023-12-28", "2024-03-17",
	    "cannot tell; proposer: so far there is none, and when "
	    "nominations end is not known", false, ELIGIBILITY_UNKNOWN },
	{ PHASE, "proposer: none", "2024-01-06", "2024-03-17",
	    "cannot tell; proposer: so far there is none, and when "
	    "nominations end is not known", false, ELIGIBILITY_UNKNOWN },
	{ PHASE, "proposer: none", "2024-01-07", "2024-03-17",
	    "barred, no end can be told", true, ELIGIBILITY_BARRED },
	{ PHASE, "", "2024-01-07", "2024-03-17", "cannot tell; proposer",
	    false, ELIGIBILITY_UNKNOWN },
	{ PHASE, "proposer: self", "2023-12-06", "2024-03-17", "fulfilled",
	    false, ELIGIBILITY_ELIGIBLE },
	/* Until 18:00: on the last day itself it is not told. */
	{ ENTRY, "", "2024-01-09", "2024-03-17",
	    "open until nominations end", false, ELIGIBILITY_OPEN },
	{ ENTRY, "", "2024-01-10", "2024-03-17", "cannot tell; proposer",
	    false, ELIGIBILITY_UNKNOWN },
	{ ENTRY, "proposer: none", "2024-01-19", "2024-03-17",
	    "open until nominations end", false, ELIGIBILITY_OPEN },
	{ ENTRY, "proposer: none", "2024-01-20", "2024-03-17",
	    "cannot tell; proposer: so far there is none, and when "
	    "nominations end is not known", false, ELIGIBILITY_UNKNOWN },
	{ ENTRY, "proposer: none", "2024-01-21", "2024-03-17",
	    "barred, no end can be told", false, ELIGIBILITY_BARRED },
	{ WHOLE, "proposer: none", "2024-01-20", "2024-03-17",
	    "open until nominations end", false, ELIGIBILITY_OPEN },
	{ WHOLE, "", "2023-01-20", "2024-03-17", "cannot tell; proposer",
	    false, ELIGIBILITY_UNKNOWN },
	/* Nominated, and it is not told by whom; withdrawn again. */
	{ ENTRY, TAKEN, "2024-01-12", "2024-03-17",
	    "cannot tell; proposer: of a nomination that is told", false,
	    ELIGIBILITY_UNKNOWN },
	{ ENTRY, "proposer: none, " TAKEN, "2024-01-11", "2024-03-17",
	    "open until nominations end", false, ELIGIBILITY_OPEN },
	{ ENTRY, "proposer: none, events: [{event: nominated, date: "
	    "2024-01-12}, {event: withdrawn, date: 2024-01-13}]",
	    "2024-01-14", "2024-03-17", "open until nominations end", false,
	    ELIGIBILITY_OPEN },
	/* Nothing is told of nominations: over when voting begins. */
	{ "", "proposer: none", "2024-03-16", "2024-03-17",
	    "cannot tell; proposer: so far there is none, and when "
	    "nominations end is not known", false, ELIGIBILITY_UNKNOWN },
	{ "", "proposer: none", "2024-03-17", "2024-03-17",
	    "barred, no end can be told", false, ELIGIBILITY_BARRED },
	{ PHASE, "proposer: none", "2023-03-15", NULL,
	    "cannot tell; proposer: so far there is none, and when "
	    "nominations end is not known", false, ELIGIBILITY_UNKNOWN },
};

static const struct law *
law_with(const char *calendar)
{
	struct law_faults faults = { 0 };
	struct buf text = buf_with(MIB);
	const struct law *law;

	buf_text(&text, law_head);
	buf_text(&text, calendar);
	law = law_read(arena_copy(&arena, buf_bytes(&text)), &arena, &faults);
	if (law == NULL)
		fail_msg("%s: %u:%u: %s", calendar, faults.items[0].line,
		    faults.items[0].column, faults.items[0].why);
	buf_free(&text);
	return law;
}

static const struct candidate *
person(const char *facts)
{
	struct candidate_faults faults;
	const struct candidates *all;
	char text[400];

	(void)snprintf(text, sizeof(text), "candidates:\n- {name: N%s%s}\n",
	    facts[0] == '\0' ? "" : ", ", facts);
	all = candidate_read(arena_copy(&arena, bytes_of(text)),
	    CANDIDATE_YAML, &arena, &faults);
	if (all == NULL)
		fail_msg("%s: %s", facts, faults.items[0].why);
	return &all->items[0];
}

static void
open_until_nominations_end(void **state)
{
	struct eligibility_setting set;
	const struct eligibility *e;
	const struct eligibility_rule *r;
	struct buf got = buf_with(KIB);
	unsigned i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_true(eligibility_set(&set, law_with(cases[i].calendar),
		    day(cases[i].on), day(cases[i].voting), &arena));
		e = eligibility_of(&set, person(cases[i].facts), &arena);
		assert_non_null(e);
		r = &e->now.rules[0];
		buf_reset(&got);
		eligibility_state_words(&got, r->state, r->end, r->until);
		buf_text(&got, r->missing.n > 0 ? "; " : "");
		buf_add(&got, r->missing);
		if (!bytes_is(buf_bytes(&got), cases[i].want) ||
		    e->now.state != cases[i].now ||
		    r->unverified != cases[i].unverified)
			fail_msg("%u: %s, %s: %s (%s, %d)", i, cases[i].facts,
			    cases[i].on, arena_string(&arena,
			    buf_bytes(&got)), eligibility_state_name(
			    e->now.state), r->unverified);
		if (e->next.n > 0)
			assert_int_equal(e->next.state, ELIGIBILITY_OPEN);
	}
	buf_free(&got);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(open_until_nominations_end),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
