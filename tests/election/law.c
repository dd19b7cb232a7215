/*
 * Laws that can be used: the built-in ones, versions over versions, the day of
 * voting, windows, and what is shown of them.
 */
#include "election/law.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "election/law_show.h"
#include "election/profile_builtin.h"
#include "format/json.h"

#define HEAD	"law: xx-2003\ntitle: Law of 2003\ncountry: XX\n" \
		"office: President\nvote: president\n" \
		"clock:\n  - {from: 1990-01-01, zone: CET-1}\n" \
		"  - {from: 2010-01-01, zone: \"CET-1CEST,M3.5.0,M10.5.0/3\"}\n" \
		"sources:\n  gazette: {title: Official Gazette 12, url: " \
		"\"https://example.org/12\"}\n  news: {title: News}\n" \
		"holidays: [03-08, 05-01]\nworking-sundays: [2012-03-11]\n" \
		"versions:\n"

/* The Sunday of March, and how it is moved: first to a week earlier, later to
   a week later. */
static const char moving[] = HEAD
    "  - from: 2003-01-16\n"
    "    note: As first passed.\n"
    "    round-1:\n"
    "      article: art. 76(3)\n"
    "      source: gazette\n"
    "      elected-if:\n"
    "        - votes > 45% of candidates\n"
    "        - votes >= 2/5 of candidates and lead > 12.5% of candidates\n"
    "      minimum: participants >= 1/2 of registered\n"
    "      below-minimum: repeat\n"
    "      nobody: next-round\n"
    "      one-candidate: votes >= 1/2 of found\n"
    "      tie: older\n"
    "    round-2:\n"
    "      article: art. 77\n"
    "      source: gazette\n"
    "      advance: 2\n"
    "      elected-if: votes > next and votes > against-all\n"
    "      nobody: repeat\n"
    "      date: {on: 21 days after voting, article: art. 77(2),\n"
    "        unverified: true}\n"
    "      withdrawn: next\n"
    "      died: new-election\n"
    "      consent: true\n"
    "      until: 5 full days before voting-2\n"
    "    term: {years: 4, source: gazette, runs-from: 2000-05-07}\n"
    "    voting-day:\n"
    "      on: second sunday of the month of previous-voting\n"
    "      term-years: 4\n"
    "      source: gazette\n"
    "      moved:\n"
    "        - {when: working-sunday, to: 1 week before}\n"
    "        - {when: holiday-adjacent, to: 1 week before,\n"
    "            unverified: true}\n"
    "    inauguration:\n"
    "      on: 4 years after previous-inauguration\n"
    "      after-repeat: 30th day from results-published\n"
    "      source: [gazette, news]\n"
    "    against-all: {on-ballot: true, source: gazette}\n"
    "    calendar:\n"
    "      - id: documents\n"
    "        title: documents are handed in\n"
    "        from: 80 full days before voting\n"
    "        until: 45 full days before voting at 18:00\n"
    "        source: gazette\n"
    "      - {id: decided, title: decided, unverified: true,\n"
    "          until: 10 days after documents}\n"
    "      - {id: again, title: once more, on: 2 weeks after voting,\n"
    "          if: second-round, source: news}\n"
    "    phases:\n"
    "      silence: {from: 1 day before voting, source: gazette}\n"
    "    eligibility:\n"
    "      - {id: age, rule: age, at-least: 35, source: gazette}\n"
    "      - {id: crimes, rule: conviction, offences: [grave, other],\n"
    "          while: unspent, years-after-spent: 10, source: news}\n"
    "    signatures:\n"
    "      - {proposer: self, at-least: 300000, at-most: 315000,\n"
    "          per-region-at-most: 7500, source: gazette}\n"
    "  - from: 2006-12-07\n"
    "    against-all: {none: true}\n"
    "    calendar:\n"
    "      - {id: again, none: true}\n"
    "      - {id: decided, title: decided, on: 1 day after documents,\n"
    "          source: news}\n"
    "    phases: {silence: {none: true}}\n"
    "    eligibility: [{id: crimes, none: true}]\n"
    "    signatures: [{proposer: self, none: true},\n"
    "      {proposer: party, at-least: 100000, source: news}]\n"
    "  - from: 2012-05-07\n"
    "    until: 2040-01-01\n"
    "    voting-day:\n"
    "      on: second sunday of the month of previous-voting\n"
    "      term-years: 6\n"
    "      days: 3\n"
    "      article: art. 5\n"
    "      unverified: true\n"
    "      moved: [{when: holiday-week, to: 1 week after}]\n";

static const struct law *
read_law(const char *text, struct arena *arena)
{
	struct law_faults faults;
	const struct law *law = law_read(bytes_of(text), arena, &faults);

	if (law == NULL)
		fail_msg("%u:%u: %s", faults.items[0].line,
		    faults.items[0].column, faults.items[0].why);
	assert_int_equal(faults.n, 0);
	return law;
}

static int32_t
day(const char *text)
{
	return date_read(bytes_of(text));
}

static void
nothing_known(struct when_known *k)
{
	unsigned i;

	k->entry = NULL;
	for (i = 0; i < ANCHOR_COUNT; i++)
		k->anchors[i] = DATE_UNSET;
}

/* --- reading -------------------------------------------------------------- */

static void
check_condition(const struct condition *c, enum quantity left, bool strict,
    uint32_t num, uint32_t den, enum quantity right)
{
	assert_int_equal(c->left, left);
	assert_int_equal(c->strict, strict);
	assert_int_equal(c->num, num);
	assert_int_equal(c->den, den);
	assert_int_equal(c->right, right);
}

static void
test_rounds(void **state)
{
	struct arena arena = arena_with(MIB);
	const struct law *law = read_law(moving, &arena);
	const struct law_round *r = &law->versions[0].rounds[0];

	(void)state;
	assert_int_equal(r->nelected_if, 2);
	assert_int_equal(r->elected_if[0].n, 1);
	assert_true(bytes_is(r->elected_if[0].text,
	    "votes > 45% of candidates"));
	check_condition(&r->elected_if[0].all[0], Q_VOTES, true, 45, 100,
	    Q_CANDIDATES);
	assert_int_equal(r->elected_if[1].n, 2);
	check_condition(&r->elected_if[1].all[0], Q_VOTES, false, 2, 5,
	    Q_CANDIDATES);
	check_condition(&r->elected_if[1].all[1], Q_LEAD, true, 125, 1000,
	    Q_CANDIDATES);
	check_condition(&r->minimum.all[0], Q_PARTICIPANTS, false, 1, 2,
	    Q_REGISTERED);
	assert_int_equal(r->below_minimum, FAILING_REPEAT);
	assert_int_equal(r->nobody, FAILING_NEXT_ROUND);
	assert_int_equal(r->one_candidate, SINGLE_CONDITION);
	check_condition(&r->one_condition.all[0], Q_VOTES, false, 1, 2,
	    Q_FOUND);
	assert_int_equal(r->tie, TIE_OLDER);
	r++;
	check_condition(&r->elected_if[0].all[0], Q_VOTES, true, 1, 1, Q_NEXT);
	check_condition(&r->elected_if[0].all[1], Q_VOTES, true, 1, 1,
	    Q_AGAINST_ALL);
	assert_int_equal(r->advance, 2);
	assert_int_equal(r->tie, TIE_UNSETTLED);
	assert_int_equal(r->withdrawn, GONE_NEXT);
	assert_int_equal(r->died, GONE_NEW_ELECTION);
	assert_true(r->consent);
	assert_true(bytes_is(when_text(r->date.on), "21 days after voting"));
	assert_null(r->replaced_date.on);
	assert_false(r[1].ground.there);
	arena_free(&arena);
}

/* What a part does not say, it has from its rule. */
static void
test_grounds(void **state)
{
	struct arena arena = arena_with(MIB);
	const struct law *law = read_law(moving, &arena);
	const struct law_version *v = &law->versions[0];
	const struct law_round *r = &v->rounds[1];

	(void)state;
	assert_false(r->ground.unverified);
	assert_true(bytes_is(r->ground.article, "art. 77"));
	assert_int_equal(r->ground.line, 28);
	assert_true(bytes_is(r->date.ground.article, "art. 77(2)"));
	assert_true(r->date.ground.unverified);
	assert_true(bytes_is(r->date.ground.sources[0], "gazette"));
	assert_true(bytes_is(r->until.ground.article, "art. 77"));
	assert_true(r->until.ground.there);
	assert_false(r->until.ground.unverified);
	assert_false(v->voting_day.moved[0].ground.unverified);
	assert_true(v->voting_day.moved[1].ground.unverified);
	assert_int_equal(v->inauguration.ground.nsources, 2);
	assert_int_equal(v->after_repeat.ground.nsources, 2);
	arena_free(&arena);
}

/* A later version has what it does not say from the one before. */
static void
test_versions(void **state)
{
	struct arena arena = arena_with(MIB);
	const struct law *law = read_law(moving, &arena);
	const struct law_version *v = law->versions;

	(void)state;
	assert_int_equal(law->nversions, 3);
	assert_int_equal(v[0].until, day("2006-12-06"));
	assert_int_equal(v[1].until, day("2012-05-06"));
	assert_int_equal(v[2].until, day("2040-01-01"));
	assert_true(bytes_is(v[0].note, "As first passed."));
	assert_int_equal(v[1].note.n, 0);
	assert_int_equal(v[1].rounds[0].ground.line, v[0].rounds[0].ground.line);
	assert_true(v[0].against_all.ground.there);
	assert_true(v[0].against_all.on_ballot);
	assert_false(v[2].against_all.ground.there);
	assert_int_equal(v[0].nentries, 3);
	assert_int_equal(v[0].entries[2].only_if, ONLY_SECOND_ROUND);
	assert_int_equal(v[2].nentries, 2);
	assert_true(bytes_is(v[2].entries[1].id, "decided"));
	assert_non_null(v[2].entries[1].date.on);
	assert_true(v[0].phases[PHASE_SILENCE].ground.there);
	assert_false(v[1].phases[PHASE_SILENCE].ground.there);
	assert_int_equal(v[0].nbars, 2);
	assert_int_equal(v[0].bars[1].nwords, 2);
	assert_int_equal(v[0].bars[1].years_after_spent, 10);
	assert_int_equal(v[0].bars[1].years_after_sentence, -1);
	assert_true(v[0].bars[1].while_unspent);
	assert_int_equal(v[1].nbars, 1);
	assert_int_equal(v[0].signatures[0].at_most, 315000);
	assert_int_equal(v[1].nsignatures, 1);
	assert_true(bytes_is(v[1].signatures[0].proposer, "party"));
	assert_int_equal(v[2].voting_day.days, 3);
	assert_int_equal(v[2].term.years, 4);
	arena_free(&arena);
}

static void
test_version_of_a_day(void **state)
{
	struct arena arena = arena_with(MIB);
	const struct law *law = read_law(moving, &arena);
	const struct law_version *v = law->versions;

	(void)state;
	assert_null(law_on(law, day("2003-01-15")));
	assert_ptr_equal(law_on(law, day("2003-01-16")), &v[0]);
	assert_ptr_equal(law_on(law, day("2006-12-06")), &v[0]);
	assert_ptr_equal(law_on(law, day("2006-12-07")), &v[1]);
	assert_ptr_equal(law_on(law, day("2040-01-01")), &v[2]);
	assert_null(law_on(law, day("2040-01-02")));
	assert_ptr_equal(law_on(law, DATE_UNSET), &v[2]);
	assert_ptr_equal(law_zone(law, day("1980-01-01")),
	    &law->clock[0].zone);
	assert_ptr_equal(law_zone(law, day("2009-12-31")),
	    &law->clock[0].zone);
	assert_ptr_equal(law_zone(law, day("2010-01-01")),
	    &law->clock[1].zone);
	assert_ptr_equal(law_zone(law, DATE_UNSET), &law->clock[1].zone);
	arena_free(&arena);
}

/* A rule may be written in more than one way. */
static void
test_other_forms(void **state)
{
	struct arena arena = arena_with(MIB);
	const struct law *law = read_law(HEAD
	    "  - from: 2001-01-01\n"
	    "    round-1: {unverified: true, elected-if: votes > 1/2 of valid,\n"
	    "      nobody: parliament, one-candidate: walk-over}\n"
	    "    round-2: {unverified: true, elected-if: votes > 1/2 of valid,\n"
	    "      advance: 2, date: {until: 21 days after voting,\n"
	    "        weekday: sunday}, one-candidate: no-vote}\n"
	    "    round-3: {unverified: true, elected-if: votes >= next,\n"
	    "      advance: all, tie: led-before}\n"
	    "    annulled-station: {unverified: true, note: Not counted.}\n"
	    "    eligibility:\n"
	    "      - {id: home, rule: residence, permanent: true, on: called,\n"
	    "          unverified: true}\n"
	    "      - {id: who, rule: proposer, one-of: party,\n"
	    "          unverified: true}\n", &arena);
	const struct law_version *v = &law->versions[0];

	(void)state;
	assert_int_equal(v->rounds[0].nobody, FAILING_PARLIAMENT);
	assert_int_equal(v->rounds[0].one_candidate, SINGLE_WALK_OVER);
	assert_int_equal(v->rounds[1].one_candidate, SINGLE_NO_VOTE);
	assert_int_equal(v->rounds[1].nobody, FAILING_UNSET);
	assert_int_equal(v->rounds[1].date.weekday, 0);
	assert_int_equal(v->rounds[2].advance, 0);
	assert_int_equal(v->rounds[2].tie, TIE_LED_BEFORE);
	assert_true(v->annulled_station.ground.there);
	assert_non_null(v->bars[0].on);
	assert_true(bytes_is(v->bars[1].words[0], "party"));
	arena_free(&arena);
}

/* --- the day of voting ---------------------------------------------------- */

static void
voted(const struct law *law, const char *previous, const char *want,
    const char *how)
{
	struct buf words = buf_with(MIB);
	struct when_known k;
	int32_t is;

	nothing_known(&k);
	k.anchors[ANCHOR_PREVIOUS_VOTING] = day(previous);
	/* The day itself is not asked. */
	k.anchors[ANCHOR_VOTING] = day("1999-01-01");
	is = law_voting_day(law, law_on(law, day(want)), &k, &words);
	buf_byte(&words, '\0');
	if (is != day(want))
		fail_msg("not %s but %s", want, (const char *)words.p);
	if (how != NULL)
		assert_string_equal((const char *)words.p, how);
	assert_int_equal(law_voting_day(law, law_on(law, day(want)), &k,
	    NULL), is);
	buf_free(&words);
}

static void
test_voting_day(void **state)
{
	struct arena arena = arena_with(MIB);
	const struct law *law = read_law(moving, &arena);

	(void)state;
	/* A holiday on Monday of the week before does not move it. */
	voted(law, "2000-03-26", "2004-03-14", "second Sunday of March 2004, "
	    "14 March 2004");
	voted(law, "2004-03-14", "2008-03-02", "second Sunday of March 2008, "
	    "9 March 2008, moved by 1 week to 2 March 2008 because 8 March "
	    "2008 is a holiday");
	voted(law, "2008-03-02", "2012-03-04", "second Sunday of March 2012, "
	    "11 March 2012, moved by 1 week to 4 March 2012 because 11 March "
	    "2012 is a working Sunday");
	voted(law, "2012-03-04", "2018-03-18", "second Sunday of March 2018, "
	    "11 March 2018, moved by 1 week to 18 March 2018 because 8 March "
	    "2018 is a holiday of that week");
	voted(law, "2018-03-18", "2024-03-17", NULL);
	voted(law, "2024-03-17", "2030-03-17", NULL);
	arena_free(&arena);
}

/* The law that is built in gives the same days. */
static void
test_voting_day_of_russia(void **state)
{
	struct arena arena = arena_with(16 * MIB);
	int at = law_builtin_find(bytes_of("RU2003"));
	struct law_faults faults;
	const struct law *law;

	(void)state;
	assert_true(at >= 0);
	law = law_read(law_builtin_text((unsigned)at), &arena, &faults);
	assert_non_null(law);
	voted(law, "2000-03-26", "2004-03-14", NULL);
	voted(law, "2004-03-14", "2008-03-02", NULL);
	voted(law, "2008-03-02", "2012-03-04", NULL);
	voted(law, "2012-03-04", "2018-03-18", NULL);
	voted(law, "2018-03-18", "2024-03-17", NULL);
	voted(law, "2024-03-17", "2030-03-17", NULL);
	arena_free(&arena);
}

static void
test_voting_day_unknown(void **state)
{
	struct arena arena = arena_with(MIB);
	const struct law *law = read_law(moving, &arena);
	struct buf words = buf_with(MIB);
	struct when_known k;

	(void)state;
	nothing_known(&k);
	assert_int_equal(law_voting_day(law, &law->versions[0], &k, &words),
	    DATE_UNSET);
	assert_true(bytes_is(buf_bytes(&words),
	    "the day of the previous election is not known"));
	buf_free(&words);
	arena_free(&arena);
}

/* A fixed month of the year that the term gives; a date of the calendar; a
   holiday itself. */
static void
test_voting_day_forms(void **state)
{
	struct arena arena = arena_with(MIB);
	const struct law *law = read_law(HEAD
	    "  - from: 2001-01-01\n"
	    "    round-1: {source: news, elected-if: votes > next}\n"
	    "    calendar: [{id: term-end, title: T, source: news,\n"
	    "      on: 5 years after previous-inauguration}]\n"
	    "    voting-day: {on: first sunday of may, term-years: 5,\n"
	    "      source: news, moved: [{when: holiday, to: 2 days after}]}\n"
	    "  - from: 2010-01-01\n"
	    "    voting-day: {source: news,\n"
	    "      on: nearest sunday to 30 days before term-end}\n", &arena);
	struct when_known k;

	(void)state;
	nothing_known(&k);
	k.anchors[ANCHOR_PREVIOUS_VOTING] = day("1998-11-29");
	k.anchors[ANCHOR_PREVIOUS_INAUGURATION] = day("2005-06-01");
	assert_int_equal(law_voting_day(law, &law->versions[0], &k, NULL),
	    day("2003-05-04"));
	k.anchors[ANCHOR_PREVIOUS_VOTING] = day("2000-02-29");
	assert_int_equal(law_voting_day(law, &law->versions[0], &k, NULL),
	    day("2005-05-03"));
	assert_int_equal(law_voting_day(law, &law->versions[1], &k, NULL),
	    day("2010-05-02"));
	arena_free(&arena);
}

/* --- windows and citations ------------------------------------------------ */

static void
window(const char *date, const char *from, const char *until,
    const char *how)
{
	struct arena arena = arena_with(MIB);
	struct buf text = buf_with(MIB), words = buf_with(MIB);
	struct when_day a, b;
	struct when_known k;
	const struct law *law;

	nothing_known(&k);
	k.anchors[ANCHOR_VOTING] = day("2024-03-17");
	buf_printf(&text, HEAD "  - from: 2001-01-01\n    round-1: {source: "
	    "news, elected-if: votes > next}\n    calendar: [{id: a, title: "
	    "A, source: news, %s}]\n", date);
	buf_byte(&text, '\0');
	text.n--;
	law = read_law((const char *)text.p, &arena);
	law_window(&law->versions[0].entries[0].date, &k, &a, &b, &words);
	buf_byte(&words, '\0');
	assert_string_equal((const char *)words.p, how);
	assert_int_equal(a.date, day(from));
	assert_int_equal(b.date, day(until));
	law_window(&law->versions[0].entries[0].date, &k, &a, &b, NULL);
	assert_int_equal(a.date, day(from));
	buf_free(&words);
	buf_free(&text);
	arena_free(&arena);
}

static void
test_windows(void **state)
{
	(void)state;
	window("on: 21 days after voting", "2024-04-07", "2024-04-07",
	    "21 days after 17 March 2024");
	window("from: 1 day after voting, until: 21 days after voting",
	    "2024-03-18", "2024-04-07", "from 1 day after 17 March 2024; "
	    "until 21 days after 17 March 2024");
	window("until: 10 days after voting, weekday: sunday", "",
	    "2024-03-24", "until 10 days after 17 March 2024, Sunday 24 March "
	    "2024");
	window("from: 1 day after voting, until: 10 days after voting, "
	    "weekday: friday", "2024-03-22", "2024-03-22",
	    "from 1 day after 17 March 2024; until 10 days after 17 March "
	    "2024, Friday 22 March 2024, Friday 22 March 2024");
	window("from: 1 day after voting, until: 3 days after voting, "
	    "weekday: friday", "", "", "from 1 day after 17 March 2024; until "
	    "3 days after 17 March 2024, Friday 22 March 2024, Friday 15 March "
	    "2024: no such weekday lies within");
	window("on: 20 days after voting, weekday: sunday", "2024-04-07",
	    "2024-04-07", "20 days after 17 March 2024, Sunday 7 April 2024");
	window("from: voting, until: results", "2024-03-17", "",
	    "from the day of voting, 17 March 2024; until the day on which "
	    "results are determined is not known");
	window("until: results, weekday: sunday", "", "",
	    "until the day on which results are determined is not known");
}

static void
test_cite(void **state)
{
	struct arena arena = arena_with(MIB);
	const struct law *law = read_law(moving, &arena);
	const struct law_version *v = law->versions;
	struct buf b = buf_with(MIB);

	(void)state;
	law_cite(law, &v[0].rounds[0].ground, &b);
	assert_true(bytes_is(buf_bytes(&b),
	    "art. 76(3), Official Gazette 12"));
	buf_reset(&b);
	law_cite(law, &v[0].rounds[1].date.ground, &b);
	assert_true(bytes_is(buf_bytes(&b),
	    "art. 77(2), Official Gazette 12 (unverified)"));
	buf_reset(&b);
	law_cite(law, &v[0].inauguration.ground, &b);
	assert_true(bytes_is(buf_bytes(&b), "Official Gazette 12; News"));
	buf_reset(&b);
	law_cite(law, &v[0].entries[1].date.ground, &b);
	assert_true(bytes_is(buf_bytes(&b), "(unverified)"));
	buf_free(&b);
	arena_free(&arena);
}

static void
test_names(void **state)
{
	unsigned i, k;

	(void)state;
	for (i = 0; i < Q_COUNT; i++)
		for (k = 0; k < i; k++)
			assert_string_not_equal(quantity_name((enum quantity)i),
			    quantity_name((enum quantity)k));
	assert_string_equal(quantity_name(Q_VALID_AND_BLANK),
	    "valid-and-blank");
	assert_string_equal(quantity_words(Q_VALID_AND_BLANK),
	    "valid and blank ballots");
	assert_string_equal(phase_name(PHASE_BETWEEN_ROUNDS),
	    "between-rounds");
	assert_string_equal(phase_name(PHASE_OVER), "over");
}

/* --- what is built in ----------------------------------------------------- */

static unsigned
times(struct bytes text, const char *what)
{
	size_t at = 0;
	unsigned n = 0;

	while ((at = bytes_find(text, bytes_of(what), at)) != SIZE_MAX) {
		at++;
		n++;
	}
	return n;
}

/* Every law reads without fault, bears its file's name, and is shown. */
static void
test_builtin(void **state)
{
	struct arena arena = arena_with(16 * MIB);
	struct law_faults faults;
	struct law_tally tally;
	const struct law *law;
	struct out out;
	unsigned i, shown;

	(void)state;
	assert_true(law_builtin_count() >= 30);
	for (i = 0; i < law_builtin_count(); i++) {
		arena_reset(&arena);
		law = law_read(law_builtin_text(i), &arena, &faults);
		if (law == NULL)
			fail_msg("%s:%u:%u: %s", law_builtin_id(i),
			    faults.items[0].line, faults.items[0].column,
			    faults.items[0].why);
		assert_true(bytes_is(law->id, law_builtin_id(i)));
		assert_int_equal(law_builtin_find(law->id), i);
		assert_true(i == 0 || strcmp(law_builtin_id(i - 1),
		    law_builtin_id(i)) < 0);
		tally = law_show_tally(law);
		assert_true(tally.rules > 0);
		out = out_memory(16 * MIB);
		law_show(&out, law, NULL, false);
		shown = times(buf_bytes(&out.buf), "[unverified]\n");
		assert_true(shown >= tally.unverified);
		assert_int_equal(out_end(&out), ERR_NONE);
		out = out_memory(16 * MIB);
		law_show(&out, law, NULL, true);
		assert_true(json_valid(buf_bytes(&out.buf)));
		assert_int_equal(out_end(&out), ERR_NONE);
	}
	arena_free(&arena);
}

static void
test_builtin_find(void **state)
{
	int at = law_builtin_find(bytes_of("ru-2003"));

	(void)state;
	assert_true(at >= 0);
	assert_string_equal(law_builtin_id((unsigned)at), "ru-2003");
	assert_int_equal(law_builtin_find(bytes_of("RU2003")), at);
	assert_int_equal(law_builtin_find(bytes_of("Ru-2003-")), at);
	assert_int_equal(law_builtin_find(bytes_of("ru-200")), -1);
	assert_int_equal(law_builtin_find(bytes_of("ru-20033")), -1);
	assert_int_equal(law_builtin_find(bytes_of("")), -1);
	assert_int_equal(law_builtin_find(bytes_of("-")), -1);
	assert_true(law_builtin_find(bytes_of("RS2002a")) >= 0);
}

static void
test_profiles(void **state)
{
	unsigned i;

	(void)state;
	for (i = 0; i < profile_builtin_count(); i++)
		assert_true(profile_builtin_text(
		    profile_builtin_name(i)).n > 0);
	assert_null(profile_builtin_text("no-such").p);
}

/* --- shown ---------------------------------------------------------------- */

static const char shown[] =
    "law: xx-2003\n"
    "title: Law of 2003\n"
    "country: XX\n"
    "office: President\n"
    "vote: president\n"
    "clock:\n"
    "  from 1 January 1990: CET-1\n"
    "  from 1 January 2010: CET-1CEST,M3.5.0,M10.5.0/3\n"
    "holidays: 03-08, 05-01\n"
    "working sundays: 2012-03-11\n"
    "sources:\n"
    "  gazette: Official Gazette 12, https://example.org/12\n"
    "  news: News\n"
    "\n"
    "voting held from 16 January 2003 until 6 December 2006:\n"
    "  note: As first passed.\n"
    "  first round:\n"
    "    elected if: votes of the candidate more than 45% of the votes for "
    "all candidates\n"
    "    or if: votes of the candidate at least 2/5 of the votes for all "
    "candidates, and lead over the next candidate more than 125/1000 of the "
    "votes for all candidates\n"
    "    minimum: voters who took part at least 1/2 of the voters on the "
    "lists\n"
    "    below minimum: the election is repeated\n"
    "    nobody: there is a next round\n"
    "    one candidate: votes of the candidate at least 1/2 of the ballots "
    "found in the boxes\n"
    "    tie: the older one\n"
    "    by art. 76(3), source gazette\n"
    "  second round:\n"
    "    elected if: votes of the candidate more than the votes of the next "
    "candidate, and votes of the candidate more than the votes against all\n"
    "    nobody: the election is repeated\n"
    "    tie: the law is silent, or it is not known\n"
    "    advance: 2\n"
    "    date: 21 days after voting\n"
    "      by art. 77(2), source gazette [unverified]\n"
    "    withdrawn: the next best takes the place\n"
    "    died: there is a new election\n"
    "    who takes the place must agree\n"
    "    withdrawals count: 5 full days before voting-2\n"
    "    by art. 77, source gazette\n"
    "  term:\n"
    "    years: 4\n"
    "    runs from: 7 May 2000\n"
    "    by source gazette\n"
    "  day of voting:\n"
    "    on: second sunday of the month of previous-voting\n"
    "    term years: 4\n"
    "    days: 1\n"
    "    moved: 7 days before if it is a working Sunday\n"
    "    moved: 7 days before if it, its eve or its morrow is a holiday\n"
    "      by source gazette [unverified]\n"
    "    by source gazette\n"
    "  inauguration:\n"
    "    when: 4 years after previous-inauguration\n"
    "    after repeat: 30th day from results-published\n"
    "    by source gazette, news\n"
    "  against all:\n"
    "    on ballot: yes\n"
    "    by source gazette\n"
    "  calendar:\n"
    "    documents:\n"
    "      title: documents are handed in\n"
    "      when: from 80 full days before voting, until 45 full days before "
    "voting at 18:00\n"
    "      by source gazette\n"
    "    decided:\n"
    "      title: decided\n"
    "      when: until 10 days after documents\n"
    "      by memory [unverified]\n"
    "    again:\n"
    "      title: once more\n"
    "      when: 2 weeks after voting\n"
    "      if: there is a second round\n"
    "      by source news\n"
    "  phases:\n"
    "    silence:\n"
    "      when: from 1 day before voting\n"
    "      by source gazette\n"
    "  who may stand:\n"
    "    age:\n"
    "      rule: age\n"
    "      at least: 35\n"
    "      by source gazette\n"
    "    crimes:\n"
    "      rule: conviction\n"
    "      while: unspent\n"
    "      offences: grave, other\n"
    "      years after spent: 10\n"
    "      by source news\n"
    "  signatures:\n"
    "    self:\n"
    "      at least: 300000\n"
    "      at most: 315000\n"
    "      per region at most: 7500\n"
    "      by source gazette\n"
    "\n"
    "voting held from 7 December 2006 until 6 May 2012, what changed:\n"
    "  calendar:\n"
    "    decided:\n"
    "      title: decided\n"
    "      when: 1 day after documents\n"
    "      by source news\n"
    "  signatures:\n"
    "    party:\n"
    "      at least: 100000\n"
    "      by source news\n"
    "  no longer: against-all\n"
    "  no longer: again\n"
    "  no longer: silence\n"
    "  no longer: crimes\n"
    "  no longer: self\n"
    "\n"
    "voting held from 7 May 2012 until 1 January 2040, what changed:\n"
    "  day of voting:\n"
    "    on: second sunday of the month of previous-voting\n"
    "    term years: 6\n"
    "    days: 3\n"
    "    moved: 7 days after if there is a holiday in its week, Monday to "
    "Sunday\n"
    "    by art. 5 [unverified]\n";

static void
test_shown(void **state)
{
	struct arena arena = arena_with(MIB);
	const struct law *law = read_law(moving, &arena);
	struct out out = out_memory(MIB);
	struct law_tally tally = law_show_tally(law);

	(void)state;
	law_show(&out, law, NULL, false);
	buf_byte(out_buf(&out), '\0');
	assert_string_equal((const char *)out.buf.p, shown);
	assert_int_equal(out_end(&out), ERR_NONE);
	/* Thirteen at first, then two, then one. */
	assert_int_equal(tally.rules, 16);
	/* The second round's date, a move, "decided", the later voting day. */
	assert_int_equal(tally.unverified, 4);
	out = out_memory(MIB);
	law_show(&out, law, &law->versions[2], false);
	assert_int_equal(times(buf_bytes(&out.buf), "voting held from"), 1);
	assert_int_equal(times(buf_bytes(&out.buf), "first round:"), 1);
	assert_int_equal(times(buf_bytes(&out.buf), "what changed"), 0);
	assert_int_equal(out_end(&out), ERR_NONE);
	arena_free(&arena);
}

static void
test_json(void **state)
{
	struct arena arena = arena_with(MIB);
	const struct law *law = read_law(moving, &arena);
	struct out out = out_memory(MIB);
	struct bytes b;

	(void)state;
	law_show(&out, law, NULL, true);
	b = buf_bytes(&out.buf);
	assert_true(json_valid(b));
	assert_int_equal(times(b, "\"elected_if\":[\"votes > 45% of candidates\""
	    ",\"votes >= 2/5 of candidates and lead > 12.5% of candidates\"]"),
	    3);
	assert_int_equal(times(b, "\"date\":{\"on\":\"21 days after voting\","
	    "\"article\":\"art. 77(2)\",\"sources\":[\"gazette\"],"
	    "\"unverified\":true}"), 3);
	assert_int_equal(times(b, "\"on_ballot\":true"), 1);
	assert_int_equal(times(b, "\"holidays\":[\"03-08\",\"05-01\"]"), 1);
	assert_int_equal(out_end(&out), ERR_NONE);
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rounds),
		cmocka_unit_test(test_grounds),
		cmocka_unit_test(test_versions),
		cmocka_unit_test(test_version_of_a_day),
		cmocka_unit_test(test_other_forms),
		cmocka_unit_test(test_voting_day),
		cmocka_unit_test(test_voting_day_of_russia),
		cmocka_unit_test(test_voting_day_unknown),
		cmocka_unit_test(test_voting_day_forms),
		cmocka_unit_test(test_windows),
		cmocka_unit_test(test_cite),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_builtin),
		cmocka_unit_test(test_builtin_find),
		cmocka_unit_test(test_profiles),
		cmocka_unit_test(test_shown),
		cmocka_unit_test(test_json),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
