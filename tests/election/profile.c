/*
 * Profiles: what headers of several years are, and faults of the file.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

#include "base/limits.h"
#include "election/profile.h"

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

static const struct profile *
load(const char *path)
{
	static char text[64 * 1024];
	struct yaml_fault fault;
	const struct profile *p;
	FILE *f = fopen(path, "r");
	size_t n;

	assert_non_null(f);
	n = fread(text, 1, sizeof(text), f);
	fclose(f);
	assert_in_range(n, 1, sizeof(text) - 1);
	p = profile_read(bytes_at(text, n), &arena, &fault);
	if (p == NULL)
		fail_msg("%s:%u:%u: %s", path, fault.line, fault.column,
		    fault.why);
	return p;
}

static const struct profile *
made(const char *yaml)
{
	struct yaml_fault fault = { .line = 0 };
	const struct profile *p = profile_read(bytes_of(yaml), &arena, &fault);

	if (p == NULL)
		fail_msg("%u:%u: %s", fault.line, fault.column, fault.why);
	return p;
}

struct header {
	const char *text, *key;		/* of a line, else NULL */
	enum column_is is;
};

#define LINE(text, key)	{ text, key, COLUMN_LINE }
#define IS(text, is)	{ text, NULL, is }

static void
check(const struct profile *p, const struct header *h, size_t n)
{
	enum column_is is;
	struct bytes key;
	size_t i;

	for (i = 0; i < n; i++) {
		is = profile_column(p, bytes_of(h[i].text), &key);
		if (is != h[i].is || !bytes_is(key, h[i].key == NULL ? "" :
		    h[i].key))
			fail_msg("\"%s\" is %d %.*s", h[i].text, (int)is,
			    (int)key.n, (const char *)key.p);
	}
}

/* The wording of the forms: presidents 2000, 2004, 2008, 2012, 2018, 2024,
   Dumas 2003, 2007, 2011, 2016, 2021, the vote of 2020, and other elections. */
static const struct header russian[] = {
	LINE("Число избирателей, внесенных в список", "registered"),
	LINE("Число избирателей, внесенных в списки", "registered"),
	LINE("Число избирателей, внесенных в списки избирателей",
	    "registered"),
	LINE("Число избирателей, внесённых в список избирателей на момент "
	    "окончания голосования", "registered"),
	LINE("Число избирателей, включенных в список избирателей",
	    "registered"),
	LINE("ЧИСЛО ИЗБИРАТЕЛЕЙ, ВКЛЮЧЁННЫХ В СПИСКИ ИЗБИРАТЕЛЕЙ",
	    "registered"),
	LINE("1. Число избирателей, включенных в список избирателей на момент "
	    "окончания голосования", "registered"),
	LINE("Число участников голосования, включенных в список участников "
	    "голосования на момент окончания голосования", "registered"),
	LINE("Число участников референдума, внесенных в список на момент "
	    "окончания голосования", "registered"),
	LINE("Число полученных избирательных бюллетеней", "received"),
	LINE("Число бюллетеней, полученных участковыми комиссиями",
	    "received"),
	LINE("Число избирательных бюллетеней, полученных участковыми "
	    "избирательными комиссиями", "received"),
	LINE("Число избирательных бюллетеней, полученных участковой "
	    "избирательной комиссией", "received"),
	LINE("Число избирательных бюллетеней, выданных  досрочно", "early"),
	LINE("Число бюллетеней, выданных избирателям, проголосовавшим "
	    "досрочно", "early"),
	LINE("Число избирательных бюллетеней, выданных избирателям, "
	    "проголосовавшим досрочно, в помещении территориальной "
	    "избирательной комиссии", "early-at-commission"),
	LINE("Число бюллетеней, выданных избирателям на избирательном "
	    "участке", "inside"),
	LINE("Число избирательных бюллетеней, выданных в день голосования",
	    "inside"),
	LINE("Число избирательных бюллетеней, выданных избирателям в "
	    "помещениях для голосования", "inside"),
	LINE("Число избирательных бюллетеней, выданных в помещениях для "
	    "голосования в день голосования", "inside"),
	LINE("Число избирательных бюллетеней, выданных избирателям на "
	    "избирательных участках в день голосования", "inside"),
	LINE("Число избирательных бюллетеней, выданных участковой "
	    "избирательной комиссией избирателям в помещении для голосования "
	    "в день голосования", "inside"),
	LINE("Число бюллетеней, выданных избирателям, проголосовавшим вне "
	    "помещения для голосования", "home"),
	LINE("Число избирательных бюллетеней, выданных вне помещения",
	    "home"),
	LINE("Число избирательных бюллетеней, выданных вне помещений для "
	    "голосования в день голосования", "home"),
	LINE("Число избирательных бюллетеней, выданных вне помещения для "
	    "голосования в день голосования", "home"),
	LINE("Число бюллетеней, выданных вне УИК", "home"),
	LINE("Число погашенных бюллетеней", "cancelled"),
	LINE("Число погашенных избирательных бюллетеней", "cancelled"),
	LINE("Число избирательных бюллетеней в переносных ящиках",
	    "portable"),
	LINE("Число избирательных бюллетеней, содержащихся в переносных "
	    "ящиках для голосования", "portable"),
	LINE("Число бюллетеней в стационарных ящиках для голосования",
	    "stationary"),
	LINE("Число бюллетеней, содерж. в стационарных ящиках",
	    "stationary"),
	LINE("Число недействительных бюллетеней", "invalid"),
	LINE("Общее число недействительных бюллетеней", "invalid"),
	LINE("Число недействительных избирательных бюллетеней", "invalid"),
	LINE("Число недействительных бюллетеней, не содержащих отметок",
	    "invalid-unmarked"),
	LINE("Число действительных избирательных бюллетеней", "valid"),
	LINE("Число действительных бюллетеней", "valid"),
	LINE("Число полученных открепительных  удостоверений",
	    "certificates-received"),
	LINE("Число открепительных удостоверений, полученных участковой "
	    "избирательной комиссией", "certificates-received"),
	LINE("Число выданных открепительных удостоверений",
	    "certificates-issued"),
	LINE("Число открепительных удостоверений, выданных участковой "
	    "избирательной комиссией избирателям на избирательном участке до "
	    "дня голосования", "certificates-issued"),
	LINE("Число избирателей, проголосовавших по открепительным "
	    "удостоверениям", "certificates-voted"),
	LINE("Число неиспользованных открепительных удостоверений",
	    "certificates-unused"),
	LINE("Число погашенных неиспользованных открепительных удостоверений",
	    "certificates-unused"),
	LINE("Число открепительных удостоверений, выданных в ТИК",
	    "certificates-by-commission"),
	LINE("Число открепительных удостоверений, выданных избирателям ТИК",
	    "certificates-by-commission"),
	LINE("Число открепительных удостоверений, выданных избирателям "
	    "территориальной избирательной комиссией",
	    "certificates-by-commission"),
	LINE("Число утраченных открепительных удостоверений",
	    "certificates-lost"),
	LINE("Число утраченных избирательных бюллетеней", "lost"),
	LINE("Число бюллетеней по актам об утрате", "lost"),
	LINE("Число не учтенных при получении избирательных бюллетеней",
	    "unaccounted"),
	LINE("Число избирательных бюллетеней, не учтённых при получении ",
	    "unaccounted"),
	LINE("Число бюллетеней, выданных участникам голосования", "issued"),
	LINE("Число бюллетеней, содержащихся в ящиках для голосования",
	    "boxes"),
	LINE("registered", "registered"),
	LINE("certificates-lost", "certificates-lost"),
	IS("region", COLUMN_REGION), IS("Субъект РФ", COLUMN_REGION),
	IS("oik", COLUMN_DISTRICT), IS("tik", COLUMN_TERRITORY),
	IS("ТИК", COLUMN_TERRITORY), IS("uik", COLUMN_STATION),
	IS(" № УИК", COLUMN_STATION), IS("url", COLUMN_IGNORED),
	IS("name", COLUMN_IGNORED), IS("level", COLUMN_IGNORED),
	IS("КОИБ (1) / КЭГ (2)", COLUMN_IGNORED),
	IS("Число голосов", COLUMN_OTHER), IS("в том числе в ТИК",
	    COLUMN_OTHER), IS("Число голосов, %", COLUMN_UNKNOWN), IS("Явка, %", COLUMN_UNKNOWN),
	IS("Иванов Иван Иванович (%)", COLUMN_UNKNOWN),
	IS("Процент за Иванова", COLUMN_UNKNOWN), IS("", COLUMN_UNKNOWN),
	IS("17", COLUMN_UNKNOWN),
	IS("Числов Доли Явкович", COLUMN_CANDIDATE),
	IS("Против всех", COLUMN_CANDIDATE), IS("ДА", COLUMN_CANDIDATE),
	IS("1. Политическая партия \"СВЕТ\"", COLUMN_CANDIDATE),
};

static void
russian_headers(void **state)
{
	(void)state;
	check(load("data/profiles/ru.yaml"), russian,
	    sizeof(russian) / sizeof(russian[0]));
}

static const struct header english[] = {
	IS("Region", COLUMN_REGION), IS("STATE", COLUMN_REGION),
	IS("province", COLUMN_REGION), IS("county", COLUMN_TERRITORY),
	IS("Municipality", COLUMN_TERRITORY), IS("district", COLUMN_DISTRICT),
	IS("precinct", COLUMN_STATION), IS("Polling  station", COLUMN_STATION),
	IS("office", COLUMN_CONTEST), IS("candidate", COLUMN_KEY),
	IS("votes", COLUMN_VALUE), IS("party", COLUMN_IGNORED),
	LINE("Registered Voters", "registered"),
	LINE("eligible voters", "registered"),
	LINE("Number of registered voters", "registered"),
	LINE("Ballots issued", "issued"), LINE("Ballots Cast", "boxes"),
	LINE("votes cast", "boxes"), LINE("valid votes", "valid"),
	LINE("Valid", "valid"), LINE("invalid", "invalid"),
	LINE("Rejected ballots", "invalid"), LINE("spoiled", "invalid"),
	LINE("blank votes", "blank"), LINE("Under Votes", "blank"),
	LINE("Over votes", "overvotes"), LINE("unaccounted", "unaccounted"),
	LINE("Ballots in portable boxes", "portable"),
	LINE("Ballots in stationary boxes", "stationary"),
	LINE("Ballots issued early", "early"),
	IS("Turnout", COLUMN_UNKNOWN), IS("Jane Doe %", COLUMN_UNKNOWN),
	IS("Number of observers", COLUMN_OTHER),
	IS("Percentage for Jane Doe", COLUMN_UNKNOWN),
	IS("Jane Doe", COLUMN_CANDIDATE), IS("Validus Sharer",
	    COLUMN_CANDIDATE), IS("None of the above", COLUMN_CANDIDATE),
};

static void
english_headers(void **state)
{
	(void)state;
	check(load("data/profiles/neutral.yaml"), english,
	    sizeof(english) / sizeof(english[0]));
}

static void
blanks_and_letters(void **state)
{
	static const struct header h[] = {
		LINE("cast votes", "a"), LINE("\tCAST \xc2\xa0 Votes\n", "a"),
		LINE("votes  that were\xe2\x80\xaf""cast", "b"),
		IS("castvotes", COLUMN_UNKNOWN), IS("cast", COLUMN_UNKNOWN),
		LINE("ёлки", "c"), LINE("Елки", "c"), LINE("1.5*", "d"),
		IS("1x5**", COLUMN_UNKNOWN), LINE("B", "b"),
		IS("votes recast", COLUMN_UNKNOWN),
		IS("votes cast, in part", COLUMN_UNKNOWN),
	};
	const struct profile *p = made("profile: p\ncolumns:\n"
	    "  - {line: a, header: ['cast votes']}\n"
	    "  - {line: b, words: [vote, cast|given], without: part}\n"
	    "  - {line: c, header: елки}\n"
	    "  - {line: d, header: '1.5*'}\n");
	struct buf b = buf_with(4 * KIB);
	struct bytes key;

	(void)state;
	check(p, h, sizeof(h) / sizeof(h[0]));
	while (b.n < 1025)
		buf_text(&b, "vote cast ");
	assert_int_equal(profile_column(p, buf_bytes(&b), &key),
	    COLUMN_UNKNOWN);
	buf_free(&b);
}

static void
a_pattern_that_takes_too_long_recognises_nothing(void **state)
{
	const struct profile *p = made("profile: p\ncolumns:\n"
	    "  - {line: a, pattern: '^(x+x+)+y$'}\n"
	    "  - {is: candidate, pattern: .}\n");
	struct bytes key;

	(void)state;
	assert_int_equal(profile_column(p, bytes_of("xxy"), &key),
	    COLUMN_LINE);
	assert_int_equal(profile_column(p, bytes_of("xx"), &key),
	    COLUMN_CANDIDATE);
	assert_int_equal(profile_column(p, bytes_of("xxxxxxxxxxxxxxxxxxxxxxxx"
	    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxzy"), &key), COLUMN_UNKNOWN);
}

static void
what_is_required(void **state)
{
	const struct profile *p = made("profile: p\ncolumns:\n"
	    "  - {line: a, header: a}\n  - {line: b, header: b}\n"
	    "  - {is: region, header: r}\n  - {is: station, header: s}\n"
	    "  - {is: ignored, header: i}\n"
	    "  - {is: key, header: k}\n  - {is: value, header: v}\n"
	    "  - {is: candidate, pattern: .}\n"
	    "required: [region | station, a]\n");
	struct bytes row[] = { bytes_of("s"), bytes_of("a"), bytes_of("i"),
	    bytes_of("Doe"), bytes_of("b") };
	struct bytes rows[] = { bytes_of("s"), bytes_of("k"), bytes_of("v") };
	struct form form = { .arena = &arena };
	struct form_line line = { .key = bytes_of("a") };
	struct bytes missing;

	(void)state;
	assert_int_equal(profile_fits(p, row, 5, &missing), 3);
	assert_int_equal(missing.n, 0);
	assert_int_equal(profile_fits(p, row + 1, 4, &missing), 2);
	assert_true(bytes_is(missing, "region | station"));
	assert_int_equal(profile_fits(p, row, 1, &missing), 1);
	assert_true(bytes_is(missing, "a"));
	assert_int_equal(profile_fits(p, rows, 3, &missing), 3);
	assert_int_equal(missing.n, 0);
	assert_true(bytes_is(profile_lacks(p, &form), "a"));
	form_add(&form, &line);
	assert_int_equal(profile_lacks(p, &form).n, 0);
}

static struct bytes
vote(const struct profile *p, const char *const *names)
{
	struct form form = { .arena = &arena };
	struct form_line line = { .candidate = true };
	unsigned i;

	for (i = 0; names[i] != NULL; i++) {
		line.key = bytes_of(names[i]);
		line.against_all = profile_against_all(p, line.key);
		assert_int_equal(form_add(&form, &line), i);
	}
	return profile_vote(p, &form);
}

static void
kinds_of_vote(void **state)
{
	static const char *const people[] = { "Ёлкин Пётр Ильич",
	    "Дон-Дон Алия Ибрагим кызы", "Мухин И.О.", "Против всех", NULL };
	static const char *const parties[] = { "1. Партия \"СВЕТ\"",
	    "2. Блок «Тень»", NULL };
	static const char *const unnumbered[] = { "Единый Мир", "ЛДПР", NULL };
	static const char *const answers[] = { "ДА", "Нет", NULL };
	static const char *const neither[] = { "ДА", "Ёлкин Пётр Ильич",
	    "сам", NULL };
	static const char *const none[] = { NULL };
	const struct profile *p = load("data/profiles/ru.yaml");

	(void)state;
	assert_true(bytes_is(vote(p, people), "president"));
	assert_true(bytes_is(vote(p, parties), "parliament"));
	assert_true(bytes_is(vote(p, unnumbered), "parliament"));
	assert_true(bytes_is(vote(p, answers), "referendum"));
	assert_true(bytes_is(vote(p, neither), ""));
	assert_true(bytes_is(vote(p, none), ""));
	assert_true(profile_against_all(p, bytes_of("Против всех")));
	assert_true(profile_against_all(p, bytes_of("12. ПРОТИВ ВСЕХ "
	    "кандидатов")));
	assert_false(profile_against_all(p, bytes_of("Противник")));
}

static void
contests(void **state)
{
	const struct profile *p = made("profile: p\ncolumns: []\n"
	    "contest: {words: president, without: vice}\n");

	(void)state;
	assert_true(profile_picks(p));
	assert_true(profile_wants(p, bytes_of("U.S. President ")));
	assert_false(profile_wants(p, bytes_of("Vice President")));
	assert_false(profile_wants(p, bytes_of("Governor")));
	p = load("data/profiles/neutral.yaml");
	assert_false(profile_picks(p));
	assert_true(profile_wants(p, bytes_of("Governor")));
}

/* Nobody is elected whose name is that of a column of addresses. */
static const struct header no_candidates[] = {
	IS("precinct_id", COLUMN_UNKNOWN), IS("Ward code", COLUMN_UNKNOWN),
	IS("Population", COLUMN_UNKNOWN), IS("geoid", COLUMN_UNKNOWN),
	IS("Turnout", COLUMN_UNKNOWN), IS("pct_ann", COLUMN_UNKNOWN),
	IS("Total", COLUMN_OTHER), IS("Candidates total", COLUMN_OTHER),
	IS("Sum of votes", COLUMN_OTHER), IS("Subtotal", COLUMN_OTHER),
	IS("protocol status", COLUMN_STATUS),
	IS("stations", COLUMN_IGNORED), IS("counted", COLUMN_IGNORED),
	LINE("registered_voters", "registered"),
	LINE("ballots_cast", "boxes"), LINE("total_votes", "boxes"),
	IS("polling_station", COLUMN_STATION),
	IS("Ann_Roe", COLUMN_CANDIDATE), IS("Ida Area-Code", COLUMN_UNKNOWN),
	IS("Ida Total-Roe", COLUMN_CANDIDATE), IS("Summers", COLUMN_CANDIDATE),
};

static void
what_is_no_candidate(void **state)
{
	const struct profile *p = load("data/profiles/neutral.yaml"), *own;
	struct bytes key;

	(void)state;
	check(p, no_candidates, sizeof(no_candidates) /
	    sizeof(no_candidates[0]));
	/* A profile's own underscores go before. */
	own = made("profile: p\ncolumns:\n  - {line: a, header: cand_1}\n"
	    "  - {line: b, header: cand 1}\n");
	assert_int_equal(profile_column(own, bytes_of("cand_1"), &key),
	    COLUMN_LINE);
	assert_true(bytes_is(key, "a"));
}

static void
figures_need_lines(void **state)
{
	const struct profile *p = load("data/profiles/ru.yaml");

	(void)state;
	assert_true(profile_figures_need(p, bytes_of("registered")));
	assert_true(profile_figures_need(p, bytes_of("boxes")));
	assert_false(profile_figures_need(p, bytes_of("received")));
	assert_false(profile_figures_need(p, bytes_of("votes")));
}

static void
relations_and_figures(void **state)
{
	const struct profile_relation *r;
	const struct profile *p = load("data/profiles/ru.yaml");
	unsigned n;

	(void)state;
	assert_true(bytes_is(profile_name(p), "ru"));
	r = profile_relations(p, &n);
	assert_int_equal(n, 13);
	assert_true(bytes_is(r[0].id, "R1"));
	assert_true(r[0].hard);
	assert_true(bytes_is(r[0].text,
	    "registered >= early + inside + home"));
	assert_in_range(r[0].law.n, 20, 200);
	assert_non_null(r[0].relation);
	assert_false(r[4].hard);
	assert_non_null(profile_figure(p, FIGURE_FOUND));
	assert_null(profile_figure(p, FIGURE_BLANK));
	assert_string_equal(figure_name(FIGURE_INVALID), "invalid");
}

static const struct {
	const char *yaml;
	unsigned line, column;
	const char *why;
} faults[] = {
	{ "profile: [", 1, 0, NULL },
	{ "[]", 1, 1, "a map" },
	{ "profile: p\n", 1, 1, "profile and columns are needed" },
	{ "profile: ''\ncolumns: []\n", 1, 10, "an empty text" },
	{ "profile: p\ncolumns: []\nextra: 1\n", 3, 1,
	    "\"extra\" is not known" },
	{ "profile: p\ncolumns: {}\n", 2, 10, "a list" },
	{ "profile: p\ncolumns:\n  - x\n", 3, 5, "a map" },
	{ "profile: p\ncolumns:\n  - {header: a}\n", 3, 5,
	    "one of line and is" },
	{ "profile: p\ncolumns:\n  - {line: a}\n", 3, 5,
	    "one of header" },
	{ "profile: p\ncolumns:\n  - {line: a, is: region, header: a}"
	    "\n", 3, 5, "one of line and is" },
	{ "profile: p\ncolumns:\n  - {is: line, header: a}\n", 3, 10,
	    "not a kind of column" },
	{ "profile: p\ncolumns:\n  - {line: A b, header: a}\n", 3, 12,
	    "small letters" },
	{ "profile: p\ncolumns:\n  - {line: votes, header: a}\n", 3, 12,
	    "small letters" },
	{ "profile: p\ncolumns:\n  - {line: a, pattern: '(x'}\n", 3,
	    24, "pattern: missing" },
	{ "profile: p\ncolumns:\n  - {line: a, pattern: '\\C'}\n", 3,
	    24, "pattern: " },
	{ "profile: p\ncolumns:\n  - {line: a, words: [x, '|y']}\n",
	    3, 26, "an empty word" },
	{ "profile: p\ncolumns:\n  - {line: a, words: {x: y}}\n", 3,
	    22, "a list of words" },
	{ "profile: p\ncolumns: []\nrequired: [a]\n", 3, 12,
	    "no column is \"a\"" },
	{ "profile: p\ncolumns: []\nrelations:\n  - {id: R, kind: "
	    "soft, text: a}\n", 4, 19, "hard or mild" },
	{ "profile: p\ncolumns: []\nrelations:\n  - {id: R, kind: "
	    "hard, text: 'a = '}\n", 4, 31, "(at byte 5)" },
	{ "profile: p\ncolumns: []\nrelations:\n  - {id: R, kind: "
	    "hard, text: 'a = 1'}\n", 4, 31, "the line \"a\"" },
	{ "profile: p\ncolumns: []\nrelations:\n"
	    "  - {id: R, kind: hard, text: '1 = 1'}\n"
	    "  - {id: R, kind: hard, text: '1 = 1'}\n", 5, 10,
	    "twice" },
	{ "profile: p\ncolumns: []\nfigures: {share: '1'}\n", 3, 11,
	    "\"share\" is not known" },
	{ "profile: p\ncolumns: []\nvote: [{kind: x}]\n", 3, 8,
	    "one of every and any" },
	/* What is no pattern must not become one that fits everything. */
	{ "profile: p\ncolumns: []\nagainst-all: [a]\n", 3, 14,
	    "a regular expression" },
	{ "profile: p\ncolumns: []\nagainst-all: ''\n", 3, 14,
	    "a regular expression" },
	{ "profile: p\ncolumns: []\nvote: [{kind: x, every: {a: b}}]\n", 3,
	    25, "a regular expression" },
	{ "profile: p\ncolumns: []\nvote: [{kind: x, any: ''}]\n", 3, 23,
	    "a regular expression" },
	{ "profile: p\ncolumns:\n  - {line: a, header: {b: c}}\n", 3, 23,
	    "a text or a list" },
	{ "profile: p\ncolumns:\n  - {line: a, header: []}\n", 3, 23,
	    "a text or a list" },
	{ "profile: p\ncolumns:\n  - {line: a, header: b, without: []}\n", 3,
	    35, "a list of words" },
	{ "profile: p\ncolumns:\n  - {line: a, header: b}\n"
	    "figures: {valid: a - 5}\n", 4, 18, "of no number" },
	{ "profile: p\ncolumns: []\ncontest: {is: x}\n", 3, 11,
	    "\"is\" is not known" },
};

static void
faults_of_the_file(void **state)
{
	struct yaml_fault fault;
	unsigned i;

	(void)state;
	for (i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		fault = (struct yaml_fault){ .line = 0 };
		if (profile_read(bytes_of(faults[i].yaml), &arena, &fault) !=
		    NULL)
			fail_msg("was read: %s", faults[i].yaml);
		if (faults[i].why != NULL && (fault.line != faults[i].line ||
		    fault.column != faults[i].column ||
		    strstr(fault.why, faults[i].why) == NULL))
			fail_msg("%s: %u:%u: %s", faults[i].yaml, fault.line,
			    fault.column, fault.why);
		assert_true(fault.why[0] != '\0');
	}
}

/* The example of the documentation is one. */
static void
the_example(void **state)
{
	static char text[64 * 1024];
	FILE *f = fopen("docs/results.md", "r");
	struct yaml_fault fault;
	const struct profile *p;
	struct bytes doc;
	size_t from, to;

	(void)state;
	assert_non_null(f);
	doc = bytes_at(text, fread(text, 1, sizeof(text), f));
	fclose(f);
	from = bytes_find(doc, bytes_of("```yaml\n"), 0);
	assert_int_not_equal(from, SIZE_MAX);
	from += strlen("```yaml\n");
	to = bytes_find(doc, bytes_of("```\n"), from);
	p = profile_read(bytes_part(doc, from, to - from), &arena, &fault);
	if (p == NULL)
		fail_msg("docs/results.md: %u:%u: %s", fault.line,
		    fault.column, fault.why);
	assert_true(bytes_is(profile_name(p), "mine"));
}

#define TEST(f)	cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(russian_headers),
		TEST(english_headers),
		TEST(blanks_and_letters),
		TEST(a_pattern_that_takes_too_long_recognises_nothing),
		TEST(what_is_required),
		TEST(kinds_of_vote),
		TEST(contests),
		TEST(what_is_no_candidate),
		TEST(figures_need_lines),
		TEST(relations_and_figures),
		TEST(faults_of_the_file),
		TEST(the_example),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
