/*
 * Laws that cannot be used: each fault with its line and column.
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

#define HEAD	"law: xx\ntitle: T\ncountry: XX\noffice: O\nvote: president\n" \
		"clock: [{from: 1990-01-01, zone: CET-1}]\n" \
		"sources: {s: {title: S}}\nversions:\n"	/* lines 1 to 8 */
#define FIRST	"  - from: 2001-01-01\n" \
		"    round-1: {source: s, elected-if: [votes > next]}\n"

/* The one fault (or the first of them) of a text. */
static void
faulty(const char *text, unsigned line, unsigned column, const char *why)
{
	struct arena arena = arena_with(16 * MIB);
	struct law_faults faults = { .n = 99 };
	const struct yaml_fault *f = &faults.items[0];

	if (law_read(bytes_of(text), &arena, &faults) != NULL)
		fail_msg("taken for a law:\n%s", text);
	assert_true(faults.n > 0);
	if (f->line != line || f->column != column ||
	    strstr(f->why, why) == NULL)
		fail_msg("%u:%u: %s\nnot %u:%u: %s\n%s", f->line, f->column,
		    f->why, line, column, why, text);
	arena_free(&arena);
}

static const struct {
	const char *text;
	unsigned line, column;
	const char *why;
} heads[] = {
	{ "law: [", 1, 7, "" },
	{ "- law", 1, 1, "this must be a map" },
	{ "law: Xx\ntitle: T\ncountry: XX\noffice: O\nvote: p\n"
	  "clock: [{from: 1990-01-01, zone: CET-1}]\nversions:\n" FIRST,
	  1, 6, "\"law\" must be one word of small letters" },
	{ HEAD FIRST "titel: T\n", 11, 1, "\"titel\" is no key here" },
	{ "law: xx\ntitle: T\ncountry: xx\noffice: O\nvote: p\n"
	  "clock: [{from: 1990-01-01, zone: CET-1}]\n"
	  "sources: {s: {title: S}}\nversions:\n" FIRST,
	  3, 10, "no country in two capital letters" },
	{ "law: xx\ncountry: XX\noffice: O\nvote: p\n"
	  "clock: [{from: 1990-01-01, zone: CET-1}]\n"
	  "sources: {s: {title: S}}\nversions:\n" FIRST,
	  1, 1, "\"title\" is missing" },
	{ "law: xx\ntitle: T\ncountry: XX\noffice: O\nvote: p\n"
	  "clock: [{from: 1990-01-01, zone: Paris}]\n"
	  "sources: {s: {title: S}}\nversions:\n" FIRST,
	  6, 34, "no clock as POSIX writes it" },
	{ "law: xx\ntitle: T\ncountry: XX\noffice: O\nvote: p\n"
	  "clock: [{from: 1990-02-30, zone: CET-1}]\n"
	  "sources: {s: {title: S}}\nversions:\n" FIRST,
	  6, 16, "no day of the calendar" },
	{ "law: xx\ntitle: T\ncountry: XX\noffice: O\nvote: p\n"
	  "clock:\n  - {from: 1990-01-01, zone: CET-1}\n"
	  "  - {from: 1990-01-01, zone: CET-2}\n"
	  "sources: {s: {title: S}}\nversions:\n" FIRST,
	  8, 5, "it does not come after the one before it" },
	{ "law: xx\ntitle: T\ncountry: XX\noffice: O\nvote: p\nclock: []\n"
	  "sources: {s: {title: S}}\nversions:\n" FIRST,
	  6, 8, "a list of at least one" },
	{ "law: xx\ntitle: T\ncountry: XX\noffice: O\nvote: p\n"
	  "clock: [{from: 1990-01-01, zone: CET-1}]\n"
	  "sources: {s: {url: \"https://example.org\"}}\nversions:\n" FIRST,
	  7, 11, "\"title\" is missing" },
	{ HEAD FIRST "holidays: [05-01, 13-01]\n", 11, 19,
	  "no such day of the year" },
	{ HEAD FIRST "holidays: [02-30]\n", 11, 12, "no such day of the year" },
	{ HEAD FIRST "holidays: [2012-02-30]\n", 11, 12,
	  "no day of the calendar" },
	{ HEAD FIRST "working-sundays: [2012-03-12]\n", 11, 19,
	  "this is no Sunday" },
	{ HEAD "  []\n", 9, 3, "a list of at least one" },
	{ HEAD "  - {}\n", 9, 5, "" },
	{ HEAD "  - from: 2001-02-30\n    round-1: {source: s, "
	  "elected-if: votes > next}\n", 9, 11, "no day of the calendar" },
	{ HEAD "  - from: 2001-01-01\n    note: Nothing.\n", 9, 5,
	  "\"round-1\" is missing" },
	{ HEAD FIRST "    until: 2000-12-31\n", 11, 12,
	  "it ends before it begins" },
	{ HEAD FIRST "  - from: 2001-01-01\n", 11, 11,
	  "it does not begin after the version before it" },
	{ HEAD FIRST "  - from: 2000-01-01\n", 11, 11,
	  "it does not begin after the version before it" },
	{ HEAD FIRST "    until: 2002-01-01\n  - from: 2002-01-01\n", 12, 11,
	  "it overlaps the version before it" },
	{ HEAD FIRST "  - from: 2002-01-01\n    round-4: {}\n", 12, 5,
	  "\"round-4\" is no key here" },
};

static void
test_heads(void **state)
{
	unsigned i;

	(void)state;
	for (i = 0; i < sizeof(heads) / sizeof(heads[0]); i++)
		faulty(heads[i].text, heads[i].line, heads[i].column,
		    heads[i].why);
}

/* Each stands from line 11, in the version of FIRST. */
static const struct {
	const char *text;
	unsigned line, column;
	const char *why;
} rules[] = {
	/* What every rule has. */
	{ "    term: {years: 6}\n", 11, 5,
	  "a rule without \"source\" must say \"unverified: true\"" },
	{ "    term: {years: 6, unverified: false}\n", 11, 5,
	  "a rule without \"source\" must say \"unverified: true\"" },
	{ "    term: {years: 6, source: t}\n", 11, 30,
	  "\"t\" is none of the sources" },
	{ "    term: {years: 6, source: [s, s]}\n", 11, 34,
	  "this stands twice" },
	{ "    term: {years: 6, unverified: yes}\n", 11, 34,
	  "\"unverified\" is true or false" },
	{ "    term: {years: 6, source: s, artcle: 7}\n", 11, 33,
	  "\"artcle\" is no key here" },
	{ "    term: 6\n", 11, 11, "this must be a map" },
	{ "    term: {years: 0, source: s}\n", 11, 19,
	  "must be a whole number from 1 to 20" },
	{ "    term: {source: s}\n", 11, 5, "\"years\" is missing" },
	{ "    term: {none: true}\n", 11, 5,
	  "no such rule that could be taken away" },
	{ "    calendar: {none: true}\n", 11, 5,
	  "\"none\" stands in the items here" },
	{ "    term: {years: 6, source: s, note: }\n", 11, 39,
	  "must have one value" },
	/* Rounds: who goes on, and when. */
	{ "    round-2: {source: s, elected-if: [votes > next]}\n", 11, 5,
	  "\"advance\" is missing" },
	{ "    round-2: {source: s, elected-if: [votes > next], advance: 1}\n",
	  11, 63, "one who advances alone" },
	{ "    round-2: {source: s, elected-if: [votes > next], advance: "
	  "some}\n", 11, 63, "\"advance\" is \"all\" or a number from 2" },
	{ "    round-3: {source: s, elected-if: [votes > next], advance: 2}\n",
	  11, 1, "round-3 without round-2" },
	{ "    round-2: {source: s, elected-if: [votes > next], advance: 2,\n"
	  "      date: 21 days after votng}\n", 12, 27,
	  "neither an anchor nor the id of a date of the calendar" },
	{ "    round-2: {source: s, elected-if: [votes > next], advance: 2,\n"
	  "      date: 2001-02-30}\n", 12, 13, "no such day" },
	{ "    round-2: {source: s, elected-if: [votes > next], advance: 2,\n"
	  "      date: \"21 day aftr voting\"}\n", 12, 21,
	  "neither \"after\" nor \"before\"" },
	{ "    round-2: {source: s, elected-if: [votes > next], advance: 2,\n"
	  "      date: 1 day after voting-2}\n", 12, 1,
	  "the day of the second round waits for itself" },
	{ "    round-2: {source: s, elected-if: [votes > next], advance: 2,\n"
	  "      consent: true}\n", 12, 7,
	  "\"consent\" without \"withdrawn: next\"" },
	{ "    round-2: {source: s, elected-if: [votes > next], advance: 2,\n"
	  "      until: 3 days before voting-2}\n", 12, 7,
	  "\"until\" without \"withdrawn\"" },
	{ "    round-2: {source: s, elected-if: [votes > next], advance: 2,\n"
	  "      withdrawn: away}\n", 12, 18,
	  "none of next, stays, proclaimed, alone, new-election" },
	{ "    round-2: {source: s, elected-if: [votes > next], advance: 2,\n"
	  "      withdrawn: alone, one-candidate: walk-over}\n", 12, 25,
	  "no vote with one candidate" },
	{ "    round-2: {source: s, elected-if: [votes > next], advance: 2,\n"
	  "      one-candidate: lead > 0}\n", 12, 29,
	  "neither a part (1/2, 45%) nor a quantity" },
	{ "    round-2: {source: s, elected-if: [votes > next], advance: 2,\n"
	  "      one-candidate: votes > next}\n", 12, 22,
	  "with one candidate there is no next one" },
	{ "    round-2: {source: s, elected-if: [votes > next], advance: 2,\n"
	  "      tie: all-advance}\n", 11, 1,
	  "all of a tie advance to a round that is not there" },
	{ "    round-2: {source: s, elected-if: [votes > 1/2 of found],\n"
	  "      advance: 2}\n", 11, 5, "\"nobody\" is missing" },
	{ "    round-2: {source: s, elected-if: [votes > 1/2 of found],\n"
	  "      advance: 2, nobody: next-round}\n", 11, 1,
	  "round-2 leads to a next round, which is not there" },
	{ "    round-2: {source: s, elected-if: [votes > 1/2 of valid],\n"
	  "      advance: 2}\n    against-all: {on-ballot: true, source: s}\n",
	  11, 1, "in round-2 votes against all can leave nobody elected" },
	/* Calendar. */
	{ "    calendar:\n      - {id: a, title: A, on: 1 day after b, "
	  "source: s}\n", 12, 43,
	  "neither an anchor nor the id of a date of the calendar" },
	{ "    calendar:\n      - {id: a, title: A, on: 1 day after a, "
	  "source: s}\n", 12, 1, "\"a\" waits for a date that waits for it" },
	{ "    calendar:\n"
	  "      - {id: a, title: A, on: 1 day after b, source: s}\n"
	  "      - {id: b, title: B, on: 1 day after c, source: s}\n"
	  "      - {id: c, title: C, until: 1 day after a, source: s}\n",
	  12, 1, "\"a\" waits for a date that waits for it" },
	{ "    calendar:\n"
	  "      - {id: a, title: A, on: 1 day after inauguration, "
	  "source: s}\n"
	  "    inauguration: {on: 1 day after a, source: s}\n",
	  12, 1, "\"a\" waits for a date that waits for it" },
	{ "    inauguration: {on: 1 day after inauguration, source: s}\n",
	  11, 1, "the day of inauguration waits for itself" },
	{ "    calendar:\n      - {id: voting, title: V, on: voting, "
	  "source: s}\n", 12, 14, "\"voting\" is a word of date rules" },
	{ "    calendar:\n      - {id: march, title: V, on: voting, "
	  "source: s}\n", 12, 14, "\"march\" is a word of date rules" },
	{ "    calendar:\n"
	  "      - {id: a, title: A, on: voting, source: s}\n"
	  "      - {id: a, title: B, on: voting, source: s}\n",
	  13, 14, "\"a\" stands twice" },
	{ "    calendar:\n      - {id: a, title: A, source: s}\n", 12, 9,
	  "no date: neither \"on\" nor \"from\" nor \"until\"" },
	{ "    calendar:\n      - {id: a, title: A, on: voting, until: "
	  "voting, source: s}\n", 12, 27, "\"on\" is one day" },
	{ "    calendar:\n      - {id: a, title: A, source: s,\n"
	  "        from: 45 full days before voting,\n"
	  "        until: 80 full days before voting}\n", 14, 9,
	  "it ends before it begins" },
	{ "    calendar:\n      - {id: a, title: A, source: s,\n"
	  "        from: voting at 18:00, until: voting at 08:00}\n", 13, 32,
	  "it ends before it begins" },
	{ "    calendar:\n      - {id: a, title: A, on: voting, if: maybe, "
	  "source: s}\n", 12, 43, "none of second-round, repeat" },
	{ "    calendar:\n      - {id: a, on: voting, source: s}\n", 12, 9,
	  "\"title\" is missing" },
	{ "    calendar:\n      - {title: A, on: voting, source: s}\n", 12, 9,
	  "\"id\" is missing" },
	{ "    calendar:\n      - {id: a, none: true}\n", 12, 9,
	  "no such rule that could be taken away" },
	{ "    calendar:\n      - {id: a, title: A, on: voting, weekday: "
	  "funday, source: s}\n", 12, 48, "none of sunday, monday" },
	{ "    calendar: []\n", 11, 15, "a list of at least one" },
	/* Phases, the day of voting, what follows. */
	{ "    phases: {siesta: {from: voting, source: s}}\n", 11, 14,
	  "none of called, nomination" },
	{ "    phases: {voting: {from: voting at 08:00, until: voting at "
	  "25:00, source: s}}\n", 11, 63, "no hour from 00:00 to 24:00" },
	{ "    voting-day: {on: second sunday of march, source: s}\n", 11, 22,
	  "counted from itself" },
	{ "    voting-day: {source: s}\n", 11, 5, "\"on\" is missing" },
	{ "    voting-day: {on: 4 years after previous-voting, days: 0, "
	  "source: s}\n", 11, 59, "a whole number from 1 to 31" },
	{ "    voting-day: {on: 4 years after previous-voting, source: s,\n"
	  "      moved: [{when: rain, to: 1 week before}]}\n", 12, 22,
	  "none of working-sunday" },
	{ "    voting-day: {on: 4 years after previous-voting, source: s,\n"
	  "      moved: [{when: holiday, to: a week before}]}\n", 12, 35,
	  "no such move" },
	{ "    voting-day: {on: 4 years after previous-voting, source: s,\n"
	  "      moved: [{when: holiday, to: 1 week behind}]}\n", 12, 35,
	  "no such move" },
	{ "    repeat: {source: s}\n", 11, 5, "\"date\" is missing" },
	{ "    repeat: {source: s, date: {until: 4 months, after: voting}}\n",
	  11, 47, "neither \"after\" nor \"before\"" },
	{ "    repeat: {source: s, date: {until: voting, after: voting}}\n",
	  11, 47, "\"after\" is no key here" },
	{ "    inauguration: {source: s}\n", 11, 5, "no date" },
	{ "    against-all: {source: s}\n", 11, 5,
	  "\"on-ballot\" is missing" },
	/* Who may stand. */
	{ "    eligibility:\n      - {id: a, rule: age, source: s}\n", 12, 9,
	  "\"at-least\" is missing" },
	{ "    eligibility:\n      - {id: a, rule: age, at-least: 0, "
	  "source: s}\n", 12, 38, "a whole number from 1 to 120" },
	{ "    eligibility:\n      - {id: a, rule: age, at-least: 35, "
	  "at-most: 70, source: s}\n", 12, 42, "\"at-most\" is no key here" },
	{ "    eligibility:\n      - {id: a, rule: wealth, source: s}\n",
	  12, 23, "none of age, residence" },
	{ "    eligibility:\n      - {id: a, source: s}\n", 12, 9,
	  "\"rule\" is missing" },
	{ "    eligibility:\n      - {id: a, rule: terms, in-a-row: true, "
	  "source: s}\n", 12, 9, "\"at-most\" is missing" },
	{ "    eligibility:\n      - {id: a, rule: conviction, source: s}\n",
	  12, 9, "for how long?" },
	{ "    eligibility:\n      - {id: a, rule: conviction, while: unspent,"
	  " years-after-sentence: 5, source: s}\n", 12, 51, "not both" },
	{ "    eligibility:\n      - {id: a, rule: conviction, "
	  "years-after-spent: 5, source: s}\n", 12, 35,
	  "goes with \"while: unspent\"" },
	{ "    eligibility:\n      - {id: a, rule: proposer, one-of: [king], "
	  "source: s}\n", 12, 42, "none of self, party" },
	{ "    eligibility:\n      - {id: a, rule: citizenship, of: Russia, "
	  "source: s}\n", 12, 40, "no country in two capital letters" },
	{ "    eligibility:\n      - {id: a, rule: citizenship, source: s}\n",
	  12, 9, "it asks for nothing" },
	{ "    eligibility:\n      - {id: a, rule: age, at-least: 35, on: "
	  "tomorrow, source: s}\n", 12, 46, "neither an anchor nor the id" },
	{ "    signatures:\n      - {proposer: self, at-least: 10, at-most: 9,"
	  " source: s}\n", 12, 40, "less than \"at-least\"" },
	{ "    signatures:\n      - {proposer: self, source: s}\n", 12, 9,
	  "it asks for nothing" },
	{ "    signatures:\n      - {proposer: friend, at-least: 10, "
	  "source: s}\n", 12, 20, "none of self, party" },
	{ "    signatures:\n      - {at-least: 10, source: s}\n", 12, 9,
	  "\"proposer\" is missing" },
};

static void
test_rules(void **state)
{
	char text[4096];
	unsigned i;
	int n;

	(void)state;
	for (i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		n = snprintf(text, sizeof(text), "%s%s", HEAD FIRST,
		    rules[i].text);
		assert_true(n > 0 && (size_t)n < sizeof(text));
		faulty(text, rules[i].line, rules[i].column, rules[i].why);
	}
}

/* Each is what elected-if of round-1 says, at line 11, column 20. */
static const struct {
	const char *text;
	unsigned column;		/* in it, from 0 */
	const char *why;
} conditions[] = {
	{ "voted > 1/2 of valid", 0, "none of the quantities" },
	{ "votes = 1/2 of valid", 6, "neither \">\" nor \">=\"" },
	{ "votes > 1/2 valid", 12, "\"of\" is missing" },
	{ "votes > 1/2 of", 14, "it ends where a quantity should stand" },
	{ "votes > 1/2 of valid or votes > next", 21,
	  "neither \"and\" nor the end" },
	{ "votes > 101% of valid", 8, "more than the whole" },
	{ "votes > 100.5% of valid", 8, "more than the whole" },
	{ "votes > 3/2 of valid", 8, "more than the whole" },
	{ "votes > 1/0 of valid", 8, "neither a part" },
	{ "votes > 0/2 of valid", 8, "a part that is nothing" },
	{ "votes > 4.56789% of valid", 8, "no percentage" },
	{ "votes > % of valid", 8, "none of the quantities" },
	{ "votes > votes", 13, "a quantity compared with itself" },
	{ "votes > valid", 13, "this cannot hold" },
	{ "lead > 100% of votes", 20, "this cannot hold" },
	{ "votes > next and", 16, "it ends where a quantity should stand" },
	{ "votes > next and votes > next and votes > next and votes > next "
	  "and votes > next", 68, "more than 4 conditions" },
};

static void
test_conditions(void **state)
{
	char text[4096];
	unsigned i;
	int n;

	(void)state;
	for (i = 0; i < sizeof(conditions) / sizeof(conditions[0]); i++) {
		n = snprintf(text, sizeof(text), "%s  - from: 2001-01-01\n"
		    "    round-1:\n      elected-if: [ \"%s\" ]\n"
		    "      source: s\n      nobody: repeat\n", HEAD,
		    conditions[i].text);
		assert_true(n > 0 && (size_t)n < sizeof(text));
		faulty(text, 11, 22 + conditions[i].column,
		    conditions[i].why);
	}
}

/* Of a round-1 by itself. */
static void
test_first_round(void **state)
{
	(void)state;
	faulty(HEAD "  - from: 2001-01-01\n    round-1: {source: s, "
	    "elected-if: [votes > next], advance: 2}\n", 10, 54,
	    "\"advance\" is no key here");
	faulty(HEAD "  - from: 2001-01-01\n    round-1: {source: s}\n", 10, 5,
	    "\"elected-if\" is missing");
	faulty(HEAD "  - from: 2001-01-01\n    round-1: {source: s, "
	    "elected-if: [votes > 1/2 of valid]}\n", 10, 5,
	    "\"nobody\" is missing");
	faulty(HEAD "  - from: 2001-01-01\n    round-1: {source: s, "
	    "elected-if: [votes > 1/2 of valid], nobody: next-round}\n",
	    10, 1, "round-1 leads to a next round, which is not there");
	faulty(HEAD "  - from: 2001-01-01\n    round-1: {source: s, "
	    "elected-if: [votes > next], minimum: participants >= 1/2 of "
	    "registered}\n", 10, 54, "a \"minimum\" without "
	    "\"below-minimum\"");
	faulty(HEAD "  - from: 2001-01-01\n    round-1: {source: s, "
	    "elected-if: [votes > next], below-minimum: repeat}\n", 10, 54,
	    "\"below-minimum\" without a \"minimum\"");
	faulty(HEAD "  - from: 2001-01-01\n    round-1: {source: s, "
	    "elected-if: [votes > next], minimum: participants >= 1/2 of "
	    "registered, below-minimum: lot}\n", 10, 113,
	    "none of next-round, repeat");
	faulty(HEAD "  - from: 2001-01-01\n    round-1: {source: s, "
	    "elected-if: [votes > next], tie: led-before}\n", 10, 1,
	    "there is no round before round-1");
	faulty(HEAD "  - from: 2001-01-01\n    round-1: {source: s, "
	    "elected-if: [votes > next], tie: dice}\n", 10, 59,
	    "none of unsettled, older");
}

/* A rule that was good is no more, once what it leans on goes. */
static void
test_later_version(void **state)
{
	(void)state;
	faulty(HEAD FIRST "    calendar:\n"
	    "      - {id: a, title: A, on: voting, source: s}\n"
	    "    repeat: {source: s, date: 1 day after a}\n"
	    "  - from: 2002-01-01\n    calendar: [{id: a, none: true}]\n",
	    13, 43, "neither an anchor nor the id of a date");
	faulty(HEAD FIRST "    round-2: {source: s, elected-if: [votes > "
	    "next], advance: 2}\n  - from: 2002-01-01\n"
	    "    round-1: {none: true}\n", 11, 1, "round-2 without round-1");
}

/* All of them are told, each once, in their order; more are counted. */
static void
test_many(void **state)
{
	struct arena arena = arena_with(16 * MIB);
	struct law_faults faults;
	struct buf text = buf_with(MIB);
	unsigned i;

	(void)state;
	buf_text(&text, HEAD FIRST);
	for (i = 0; i < 40; i++)
		buf_printf(&text, "    bad-%u: 1\n", i);
	assert_null(law_read(buf_bytes(&text), &arena, &faults));
	assert_int_equal(faults.n, 40);
	for (i = 0; i < LAW_FAULTS; i++)
		assert_int_equal(faults.items[i].line, 11 + i);
	assert_non_null(strstr(faults.items[0].why, "\"bad-0\""));
	buf_reset(&text);
	buf_text(&text, HEAD FIRST "    calendar:\n      - {id: a, title: A, "
	    "on: nonsense, source: s}\n  - from: 2002-01-01\n"
	    "  - from: 2003-01-01\n");
	assert_null(law_read(buf_bytes(&text), &arena, &faults));
	assert_int_equal(faults.n, 1);
	buf_free(&text);
	arena_free(&arena);
}

/* A name from the file cannot move the cursor of a terminal, nor fill it. */
static void
test_names_are_quoted(void **state)
{
	(void)state;
	faulty(HEAD FIRST "    \"\\e[31m\": 1\n", 11, 5, "\"\\");
	faulty(HEAD FIRST "    aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	    "aaaaaaaaaaaaaaaaaaaaaaaaa: 1\n", 11, 5, "\"aaaaaaaaaaaaaaaaaaaaaaa"
	    "aaaaaaaaaaaaaaaaaaaaaaaaa\" is no key here");
}

/* Nor can a text that is shown. */
static void
test_controls(void **state)
{
	static const char *const texts[] = { "\\e[2J", "\\x9b", "\\u202e",
	    "\\u2066", "\\u2028", "\\0", "\\r", "\\x7f" };
	char text[512];
	unsigned i;

	(void)state;
	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		(void)snprintf(text, sizeof(text), HEAD FIRST "    note: \"a"
		    "%s\"\n", texts[i]);
		faulty(text, 11, 11, "a control character");
	}
	faulty(HEAD FIRST "    calendar: [{id: a, title: \"\\e[2J\", "
	    "on: voting, source: s}]\n", 11, 31, "a control character");
}

/* Each date is counted from the one before; or from it twice. */
static void
test_chains(void **state)
{
	struct arena arena = arena_with(64 * MIB);
	struct law_faults faults;
	struct buf text = buf_with(MIB);
	unsigned i, n;

	(void)state;
	for (n = 16; n <= 17; n++) {
		buf_reset(&text);
		buf_text(&text, HEAD FIRST "    calendar:\n      - {id: a0, "
		    "title: A, on: voting, source: s}\n");
		for (i = 1; i < n; i++)
			buf_printf(&text, "      - {id: a%u, title: A, "
			    "on: 1 day after a%u, source: s}\n", i, i - 1);
		assert_int_equal(law_read(buf_bytes(&text), &arena,
		    &faults) != NULL, n == 16);
	}
	assert_int_equal(faults.items[0].line, 28);
	assert_non_null(strstr(faults.items[0].why, "\"a16\" is counted from "
	    "more than 15 dates"));
	buf_reset(&text);
	buf_text(&text, HEAD FIRST "    calendar:\n      - {id: a0, "
	    "title: A, on: voting, source: s}\n");
	for (i = 1; i < 10; i++)
		buf_printf(&text, "      - {id: a%u, title: A, on: later of "
		    "a%u or a%u, source: s}\n", i, i - 1, i - 1);
	assert_null(law_read(buf_bytes(&text), &arena, &faults));
	assert_int_equal(faults.items[0].line, 18);
	assert_non_null(strstr(faults.items[0].why, "\"a6\" is counted from "
	    "more than 100 dates in all"));
	buf_free(&text);
	arena_free(&arena);
}

/* Too much of anything is a fault, and no memory is one too. */
static void
test_bounds(void **state)
{
	struct arena arena = arena_with(64 * MIB);
	struct law_faults faults;
	struct buf text = buf_with(4 * MIB);
	size_t limit;
	unsigned i;

	(void)state;
	buf_text(&text, HEAD FIRST "    calendar:\n");
	for (i = 0; i < 501; i++)
		buf_printf(&text, "      - {id: a%u, title: A, on: voting, "
		    "source: s}\n", i);
	assert_null(law_read(buf_bytes(&text), &arena, &faults));
	assert_non_null(strstr(faults.items[0].why, "more than 500 dates"));
	arena_reset(&arena);
	buf_reset(&text);
	buf_text(&text, HEAD FIRST);
	for (i = 0; i < 64; i++)
		buf_printf(&text, "  - from: %u-01-01\n", 2002 + i);
	assert_null(law_read(buf_bytes(&text), &arena, &faults));
	assert_non_null(strstr(faults.items[0].why, "more than 64 versions"));
	buf_reset(&text);
	buf_text(&text, HEAD FIRST "    repeat: {source: [s");
	for (i = 0; i < 100; i++)
		buf_printf(&text, ", s%u", i);
	buf_text(&text, "], date: 1 day after voting}\n");
	assert_null(law_read(buf_bytes(&text), &arena, &faults));
	assert_non_null(strstr(faults.items[0].why, "more than 100 words"));
	arena_free(&arena);
	for (limit = 0; limit < 20000; limit += 512) {
		arena = arena_with(limit);
		if (law_read(bytes_of(HEAD FIRST), &arena, &faults) != NULL)
			assert_false(arena.bad);
		else
			assert_true(faults.n > 0);
		arena_free(&arena);
	}
	buf_free(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_heads),
		cmocka_unit_test(test_rules),
		cmocka_unit_test(test_conditions),
		cmocka_unit_test(test_first_round),
		cmocka_unit_test(test_later_version),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_names_are_quoted),
		cmocka_unit_test(test_controls),
		cmocka_unit_test(test_chains),
		cmocka_unit_test(test_bounds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
