/*
 * Candidates: what a file may say and what is refused, where each stands on a
 * day, and the same people in YAML and CSV.
 */
#include "election/candidate.h"

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
	return date_read(bytes_of(text));
}

static const struct candidates *
read_all(const char *text, enum candidate_form form)
{
	struct candidate_faults faults;
	const struct candidates *all = candidate_read(bytes_of(text), form,
	    &arena, &faults);

	if (all == NULL)
		fail_msg("%u:%u: %s", faults.items[0].line,
		    faults.items[0].column, faults.items[0].why);
	assert_int_equal(faults.n, 0);
	return all;
}

/* One candidate; the keys after the name. */
static const struct candidate *
read_one(const char *keys)
{
	struct buf text = buf_with(MIB);
	const struct candidates *all;

	buf_text(&text, "candidates:\n- name: N\n");
	buf_text(&text, keys);
	buf_byte(&text, '\0');
	all = read_all((const char *)arena_copy(&arena, buf_bytes(&text)).p,
	    CANDIDATE_YAML);
	buf_free(&text);
	assert_int_equal(all->n, 1);
	return &all->items[0];
}

/* --- faults --------------------------------------------------------------- */

struct fault {
	const char *text, *want;	/* "line:column: phrase"; of it a head */
};

static void
check_faults(const struct fault *f, size_t n, enum candidate_form form,
    const char *head)
{
	struct candidate_faults faults;
	struct buf text = buf_with(MIB);
	unsigned wrong = 0;
	char got[256];
	size_t i;

	for (i = 0; i < n; i++) {
		buf_reset(&text);
		buf_text(&text, head);
		buf_text(&text, f[i].text);
		if (candidate_read(buf_bytes(&text), form, &arena, &faults) !=
		    NULL)
			fail_msg("%s: no fault", f[i].text);
		assert_true(faults.n > 0);
		(void)snprintf(got, sizeof(got), "%u:%u: %s",
		    faults.items[0].line, faults.items[0].column,
		    faults.items[0].why);
		if (strncmp(got, f[i].want, strlen(f[i].want)) == 0)
			continue;
		print_error("%s\"%s\", not \"%s\"\n", f[i].text, got,
		    f[i].want);
		wrong++;
	}
	buf_free(&text);
	assert_int_equal(wrong, 0);
}

/* Each is the third line and those after it: "  KEY: VALUE". */
static const struct fault yaml_faults[] = {
	{ "  nmae: M\n", "3:3: \"nmae\" is no key here" },
	{ "- name: \"  \"\n", "3:9: \"name\" must be one text" },
	{ "  convictions: none\n  imprisonment-until: 2032-01-30\n",
	    "3:16: a sentence (line 4), and no conviction" },
	{ "  born: 1971-02-29\n", "3:9: no day of the calendar" },
	{ "  born: none\n", "3:9: no day of the calendar" },
	{ "  born: 1971\n", "3:9: no day of the calendar" },
	{ "  sex: woman\n", "3:8: \"sex\" is" },
	{ "  proposer: parliament\n", "3:13: \"proposer\" is none of" },
	{ "  signatures: many\n", "3:15: this must be a whole number" },
	{ "  signatures: -3\n", "3:15: this must be a whole number" },
	{ "  signatures: {A: 5, B: x}\n", "3:25: this must be a whole" },
	{ "  signatures: []\n", "3:15: this must be a number" },
	{ "  supporters: 1.5\n", "3:15: this must be a whole number" },
	{ "  citizenships: RU\n", "3:17: this must be a map" },
	{ "  citizenships: [{of: Russia}]\n", "3:23: no country" },
	{ "  citizenships: [{from: birth}]\n", "3:18: \"of\" is missing" },
	{ "  citizenships: [{of: RU, since: 2001-01-01}]\n",
	    "3:27: \"since\" is no key" },
	{ "  citizenships: []\n", "3:17: this must be a list of at least" },
	{ "  citizenships: [{of: RU, from: birth, by-birth: false}]\n",
	    "3:50: it is from birth on" },
	{ "  citizenships: [{of: RU, by-birth: yes}]\n",
	    "3:37: \"by-birth\" is true, false or unknown" },
	{ "  terms: [{until: 2004-05-07}]\n", "3:11: \"from\" is missing" },
	{ "  terms: [{from: 2008-05-07, until: 2004-05-07}]\n",
	    "3:37: \"until\" is before \"from\"" },
	{ "  terms:\n  - {from: 2000-05-07, until: 2004-05-08}\n"
	    "  - {from: 2004-05-07}\n", "5:5: this begins before the one on "
	    "line 4 ends" },
	{ "  terms:\n  - {from: 2000-05-07, until: 2004-05-07}\n"
	    "  - {from: 2000-05-07, until: 2004-05-07}\n",
	    "5:5: this stands twice (also on line 4)" },
	{ "  born: 1971-05-04\n  terms: [{from: 1970-05-07}]\n",
	    "4:18: this is before the day of birth" },
	{ "  born: 1971-05-04\n  residence-since: 1971-05-03\n",
	    "4:20: this is before the day of birth" },
	{ "  residence: none\n  residence-since: 2001-01-01\n",
	    "4:3: \"residence-since\" and \"residence\" are two forms" },
	{ "  convictions: [{offence: Grave}]\n", "3:27: this must be one word" },
	{ "  convictions: [{sentenced: 2010-01-01, sentence-end: 2009-01-01}]"
	    "\n", "3:55: \"sentence-end\" is before \"sentenced\"" },
	{ "  convictions: [{sentenced: 2010-01-01, spent: 2009-01-01}]\n",
	    "3:48: \"spent\" is before \"sentenced\"" },
	{ "  convictions: [{offence: grave, until: 2009-01-01}]\n",
	    "3:34: \"until\" is no key" },
	{ "  imprisonment: [{from: 2010-01-01}]\n",
	    "3:18: \"until\" is missing" },
	{ "  imprisonment-until: [2012-01-01, soon]\n",
	    "3:36: no day of the calendar" },
	{ "  offices: [{from: 2010-01-01}]\n", "3:13: \"office\" is missing" },
	{ "  events: [{date: 2023-01-01}]\n", "3:12: \"event\" is missing" },
	{ "  events: [{event: announced}]\n", "3:12: \"date\" is missing" },
	{ "  events: [{event: announced, date: unknown}]\n",
	    "3:37: an event needs its day" },
	{ "  events: [{event: elected, date: 2023-01-01}]\n",
	    "3:20: none of interest-expressed" },
	{ "  events: announced\n", "3:11: this must be a list of events" },
	{ "  born: 1971-05-04\n"
	    "  events: [{event: died, date: 1971-05-03}]\n",
	    "4:32: this is before the day of birth" },
	{ "  events:\n  - {event: registered, date: 2023-02-02}\n"
	    "  - {event: died, date: 2023-02-01}\n",
	    "4:5: registered after the day of death (line 5)" },
	{ "  events:\n  - {event: registered, date: 2023-02-02}\n"
	    "  - {event: nominated, date: 2023-02-03}\n",
	    "4:5: registered before nominated (line 5)" },
	{ "  events:\n  - {event: registered, date: 2023-02-02}\n"
	    "  - {event: documents-filed, date: 2023-02-03}\n",
	    "4:5: registered before documents filed (line 5)" },
	{ "  events:\n  - {event: withdrawn, date: 2023-02-02}\n"
	    "  - {event: registered, date: 2023-02-03}\n",
	    "5:5: registered after the withdrawal on line 4" },
	{ "  events:\n  - {event: announced, date: 2023-02-02}\n"
	    "  - {event: announced, date: 2023-02-02, note: again}\n",
	    "5:5: this stands twice (also on line 4)" },
	{ "- name: N\n", "3:3: \"N\" stands twice (also on line 2)" },
	{ "- name: N\n  born: 1971-05-04\n", "3:3: \"N\" stands twice" },
	{ "- born: 1971-05-04\n", "3:3: \"name\" is missing" },
	{ "other: 1\n", "3:1: \"other\" is no key" },
};

static void
faults_in_yaml(void **state)
{
	static const struct fault whole[] = {
		{ "", "1:1: \"candidates\" must be a list" },
		{ "candidates: []\n", "1:13: \"candidates\" must be a list" },
		{ "candidates: [N]\n", "1:14: this must be a map" },
		{ "- name: N\n", "1:1: this must be a map" },
		{ "candidates: [", "1:14: " },
	};

	(void)state;
	check_faults(yaml_faults, sizeof(yaml_faults) /
	    sizeof(yaml_faults[0]), CANDIDATE_YAML,
	    "candidates:\n- name: N\n");
	check_faults(whole, sizeof(whole) / sizeof(whole[0]), CANDIDATE_YAML,
	    "");
}

static void
faults_in_csv(void **state)
{
	static const struct fault csv[] = {
		{ "name,nmae\n", "1:6: \"nmae\" is no column" },
		{ "name,born,name\n", "1:11: \"name\" stands twice" },
		{ "name,born\nN,1971-02-29\n", "2:3: no day of the calendar" },
		{ "name,born\nN\n", "2:" },
		{ "name,terms\nN,2000-05-07..2004-05-07; 2003-01-01..\n",
		    "2:27: this begins before the one on line 2 ends" },
		{ "name,citizenships\nN,RU FI\n", "2:6: what is \"FI\"?" },
		{ "name,citizenships\nN,RU;;FI\n", "2:6: an item with" },
		{ "name,citizenships\nN,RU from=birth from=2001-01-01\n",
		    "2:17: \"from\" stands twice" },
		{ "name,convictions\nN,grave 2010-01-01 spend=2011-01-01\n",
		    "2:20: \"spend\" is no key" },
		{ "name,signatures\nN,Tver=120; Oryol=8O\n",
		    "2:19: this must be a whole number" },
		{ "name,signatures\nN,Tver=1;Tver=2\n",
		    "2:10: \"Tver\" stands twice" },
		{ "name,events,died\nN,none,2023-01-01\n",
		    "2:8: \"events\" says that there are none" },
		{ "name,registered,died\nN,2023-02-02,2023-02-01\n",
		    "2:3: registered after the day of death" },
		{ "name\nN\nN\n", "3:1: \"N\" stands twice" },
		{ "name,events\nN,announced 2023-01-01 note='so; withdrawn "
		    "2023-02-01\n", "2:3: a quote (') that does not end" },
		{ "name,\"no\nN,1\n", "" },
		{ "", "1:1: \"candidates\" must be a list" },
	};

	(void)state;
	check_faults(csv, sizeof(csv) / sizeof(csv[0]), CANDIDATE_CSV, "");
}

/* All faults are told, each once; those that are too many are counted. */
static void
many_faults(void **state)
{
	struct candidate_faults faults;
	struct buf text = buf_with(MIB);
	unsigned i;

	(void)state;
	buf_text(&text, "candidates:\n");
	for (i = 0; i < 50; i++)
		buf_printf(&text, "- {name: N%u, born: 2001-13-01}\n", i);
	assert_null(candidate_read(buf_bytes(&text), CANDIDATE_YAML, &arena,
	    &faults));
	assert_int_equal(faults.n, 50);
	assert_int_equal(faults.items[31].line, 33);
	buf_free(&text);
}

static void
no_memory(void **state)
{
	static const char text[] = "candidates:\n- {name: N, terms: [{from: "
	    "2001-01-01}], signatures: {A: 1}, events: [{event: died, date: "
	    "2023-01-01}], citizenships: [{of: RU}]}\n";
	struct candidate_faults faults;
	struct arena small;
	size_t limit;

	(void)state;
	for (limit = 64; limit < 32 * KIB; limit += 64) {
		small = arena_with(limit);
		if (candidate_read(bytes_of(text), CANDIDATE_YAML, &small,
		    &faults) == NULL)
			assert_string_equal(faults.items[faults.n - 1].why,
			    "not enough memory");
		else
			assert_false(small.bad);
		arena_free(&small);
	}
}

/* --- what is read --------------------------------------------------------- */

static void
states_of_facts(void **state)
{
	const struct candidate *c = read_one(
	    "  offices: none\n  terms: unknown\n  born:\n"
	    "  incapacity: [unknown]\n  signatures: none\n"
	    "  imprisonment-until: [2032-01-30, life, unknown]\n"
	    "  citizenships: [{of: RU, from: birth}, unknown]\n");

	(void)state;
	assert_int_equal(c->born, DATE_UNSET);
	assert_int_equal(c->lists[CANDIDATE_OFFICES].state, CANDIDATE_NONE);
	assert_int_equal(c->lists[CANDIDATE_TERMS].state, CANDIDATE_UNKNOWN);
	assert_int_equal(c->lists[CANDIDATE_CONVICTIONS].state,
	    CANDIDATE_UNKNOWN);
	assert_int_equal(c->lists[CANDIDATE_INCAPACITY].state,
	    CANDIDATE_KNOWN);
	assert_true(c->lists[CANDIDATE_INCAPACITY].more);
	assert_int_equal(c->lists[CANDIDATE_INCAPACITY].n, 0);
	assert_true(c->lists[CANDIDATE_CITIZENSHIPS].more);
	assert_int_equal(c->lists[CANDIDATE_CITIZENSHIPS].n, 1);
	assert_int_equal(c->lists[CANDIDATE_CITIZENSHIPS].items[0].by_birth,
	    CANDIDATE_YES);
	assert_int_equal(c->lists[CANDIDATE_IMPRISONMENT].n, 3);
	assert_int_equal(c->lists[CANDIDATE_IMPRISONMENT].items[1].until,
	    CANDIDATE_OPEN);
	assert_int_equal(c->lists[CANDIDATE_IMPRISONMENT].items[2].until,
	    DATE_UNSET);
	assert_int_equal(c->signed_, CANDIDATE_NONE);
	assert_int_equal(c->supported, CANDIDATE_UNKNOWN);
	assert_int_equal(c->happened, CANDIDATE_UNKNOWN);
}

/* Two people of one name are told apart by the day of birth. */
static void
namesakes(void **state)
{
	const struct candidates *all = read_all("candidates:\n"
	    "- {name: N, born: 1971-05-04}\n- {name: N, born: 1971-05-05}\n",
	    CANDIDATE_YAML);

	(void)state;
	assert_int_equal(all->n, 2);
}

static void
same_list(const struct candidate_list *a, const struct candidate_list *b)
{
	const struct candidate_item *x, *y;
	unsigned i, k;

	assert_int_equal(a->state, b->state);
	assert_int_equal(a->more, b->more);
	assert_int_equal(a->n, b->n);
	for (i = 0; i < a->n; i++) {
		x = &a->items[i];
		y = &b->items[i];
		assert_true(bytes_eq(x->what, y->what));
		assert_int_equal(x->from, y->from);
		assert_int_equal(x->until, y->until);
		assert_int_equal(x->spent, y->spent);
		assert_int_equal(x->permanent, y->permanent);
		assert_int_equal(x->by_birth, y->by_birth);
		assert_true(bytes_eq(x->article, y->article));
		assert_true(bytes_eq(x->note, y->note));
		assert_true(bytes_eq(x->not_counted, y->not_counted));
		assert_int_equal(x->noffences, y->noffences);
		for (k = 0; k < x->noffences; k++)
			assert_true(bytes_eq(x->offences[k],
			    y->offences[k]));
	}
}

static const char in_yaml[] =
    "candidates:\n"
    "- name: Ada Novak\n"
    "  sex: female\n"
    "  born: 1971-05-04\n"
    "  residence: [{from: birth, until: 1990-01-01}, {from: 1995-01-01, "
    "permanent: true}]\n"
    "  citizenships: [{of: RU, from: birth}, {of: FI, from: 1995-04-01, "
    "until: 2004-06-30}]\n"
    "  residence-permits: none\n"
    "  terms: [{from: 2012-05-07, until: 2018-05-07}]\n"
    "  convictions: [{offence: [grave, extremist], sentenced: 2010-01-02, "
    "sentence-end: 2012-01-02, spent: none, article: 'art. 5; of a law'}]\n"
    "  imprisonment-until: [2032-01-30, unknown]\n"
    "  offices: [{office: minister, from: 2020-01-01}]\n"
    "  proposer: self\n"
    "  signatures: {Tver: 120, A = B: 80}\n"
    "  supporters: 500\n"
    "  events: [{event: announced, date: 2023-01-05}, {event: "
    "interest-expressed, date: 2023-01-01}, {event: interest-expressed, "
    "date: 2022-01-01}]\n"
    "- name: Bo\n"
    "  terms: [unknown]\n"
    "  events: none\n";

static const char in_csv[] =
    "name,sex,born,residence,citizenships,residence-permits,terms,"
    "convictions,imprisonment-until,offices,proposer,signatures,supporters,"
    "events,interest-expressed\r\n"
    "Ada Novak,female,1971-05-04,birth..1990-01-01; 1995-01-01.. permanent,"
    "RU birth..; FI 1995-04-01..2004-06-30,none,2012-05-07..2018-05-07,"
    "grave+extremist 2010-01-02 sentence-end=2012-01-02 spent=none "
    "article='art. 5; of a law',2032-01-30; unknown,minister 2020-01-01..,"
    "self,Tver=120; A = B=80,500,announced 2023-01-05,"
    "\"2023-01-01; 2022-01-01\"\r\n"
    "Bo,,,,,,unknown;unknown,,,,,,,none,\r\n";

static void
csv_is_yaml(void **state)
{
	const struct candidates *a = read_all(in_yaml, CANDIDATE_YAML);
	const struct candidates *b = read_all(in_csv, CANDIDATE_CSV);
	const struct candidate *x, *y;
	unsigned i, k;

	(void)state;
	assert_int_equal(a->n, 2);
	assert_int_equal(b->n, 2);
	for (i = 0; i < 2; i++) {
		x = &a->items[i];
		y = &b->items[i];
		assert_true(bytes_eq(x->name, y->name));
		assert_true(bytes_eq(x->sex, y->sex));
		assert_int_equal(x->born, y->born);
		/* A single "unknown" in a cell is a fact not given. */
		for (k = 0; k < CANDIDATE_FACTS; k++)
			same_list(&x->lists[k], &y->lists[k]);
		assert_int_equal(x->proposed, y->proposed);
		assert_true(bytes_eq(x->proposer, y->proposer));
		assert_int_equal(x->signatures, y->signatures);
		assert_int_equal(x->nregions, y->nregions);
		for (k = 0; k < x->nregions; k++)
			assert_true(bytes_eq(x->regions[k].name,
			    y->regions[k].name));
		assert_int_equal(x->supporters, y->supporters);
		assert_int_equal(x->happened, y->happened);
		assert_int_equal(x->nevents, y->nevents);
		for (k = 0; k < x->nevents; k++) {
			assert_int_equal(x->events[k].kind, y->events[k].kind);
			assert_int_equal(x->events[k].date, y->events[k].date);
		}
	}
	assert_int_equal(a->items[0].signatures, 200);
	assert_int_equal(a->items[0].nevents, 3);
	assert_int_equal(a->items[0].events[0].date, day("2022-01-01"));
}

/* A quote within a word is a letter. */
static void
apostrophes(void **state)
{
	const struct candidates *all = read_all("name,signatures,events\n"
	    "N,Val-d'Oise=120; C\xc3\xb4te d'Or=80,announced 2023-01-01 "
	    "note='in l'Equipe; again'; withdrawn 2023-02-01 note=d'accord\n",
	    CANDIDATE_CSV);
	const struct candidate *c = &all->items[0];

	(void)state;
	assert_int_equal(c->nregions, 2);
	assert_int_equal(c->signatures, 200);
	assert_true(bytes_is(c->regions[0].name, "Val-d'Oise"));
	assert_int_equal(c->nevents, 2);
	assert_true(bytes_is(c->events[0].note, "in l'Equipe; again"));
	assert_true(bytes_is(c->events[1].note, "d'accord"));
}

/* --- status --------------------------------------------------------------- */

static void
status_by_day(void **state)
{
	static const struct {
		const char *on;
		int kind;	/* -1: none */
		unsigned before, later;
	} days[] = {
		{ "2022-12-31", -1, 0, 8 },
		{ "2023-01-10", CANDIDATE_INTEREST, 1, 7 },
		{ "2023-03-01", CANDIDATE_ANNOUNCED, 2, 6 },
		{ "2023-12-20", CANDIDATE_NOMINATED, 3, 5 },
		{ "2024-01-10", CANDIDATE_DOCUMENTS, 4, 4 },
		{ "2024-01-14", CANDIDATE_REFUSED, 5, 3 },
		/* Of one day: registered, and then withdrawn. */
		{ "2024-02-01", CANDIDATE_WITHDRAWN, 7, 1 },
		{ "2024-03-31", CANDIDATE_WITHDRAWN, 7, 1 },
		{ "2024-04-01", CANDIDATE_DIED, 8, 0 },
	};
	const struct candidate *c = read_one("  events:\n"
	    "  - {event: withdrawn, date: 2024-02-01}\n"
	    "  - {event: registered, date: 2024-02-01}\n"
	    "  - {event: refused, date: 2024-01-12}\n"
	    "  - {event: documents-filed, date: 2024-01-10}\n"
	    "  - {event: nominated, date: 2023-12-20}\n"
	    "  - {event: announced, date: 2023-03-01}\n"
	    "  - {event: interest-expressed, date: 2023-01-10}\n"
	    "  - {event: died, date: 2024-04-01}\n"
	    "  terms: [{from: 2018-05-07}]\n");
	struct candidate_status s;
	unsigned i;

	(void)state;
	for (i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
		s = candidate_status(c, day(days[i].on));
		assert_int_equal(s.before, days[i].before);
		assert_int_equal(s.later, days[i].later);
		assert_true(days[i].kind < 0 ? s.last == NULL :
		    s.last != NULL && (int)s.last->kind == days[i].kind);
		assert_int_equal(s.died, day(days[i].on) < day("2024-04-01") ?
		    DATE_UNSET : day("2024-04-01"));
		assert_int_equal(s.term != NULL, s.died == DATE_UNSET);
	}
	assert_null(candidate_status(c, day("2018-05-06")).term);
	assert_int_equal(candidate_status(c, day("2018-05-06")).later_facts,
	    1);
}

/* Struck off after death, refused and then registered by a court, withdrawn
   and nominated anew: all of it happens. */
static void
odd_but_possible(void **state)
{
	(void)state;
	(void)read_one("  events:\n"
	    "  - {event: nominated, date: 2024-01-01}\n"
	    "  - {event: withdrawn, date: 2024-01-02}\n"
	    "  - {event: nominated, date: 2024-01-03}\n"
	    "  - {event: refused, date: 2024-01-04}\n"
	    "  - {event: registered, date: 2024-01-05}\n"
	    "  - {event: died, date: 2024-01-06}\n"
	    "  - {event: struck-off, date: 2024-01-07}\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(faults_in_yaml),
		cmocka_unit_test(faults_in_csv),
		cmocka_unit_test(many_faults),
		cmocka_unit_test(no_memory),
		cmocka_unit_test(states_of_facts),
		cmocka_unit_test(namesakes),
		cmocka_unit_test(csv_is_yaml),
		cmocka_unit_test(apostrophes),
		cmocka_unit_test(status_by_day),
		cmocka_unit_test(odd_but_possible),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
