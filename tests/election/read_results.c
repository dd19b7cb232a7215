/*
 * Files of results: what comes out of them, and every fault with its place.
 * The real files of OSTRAKON_SHARED are read too, if they are there.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>
#include <zlib.h>

#include "base/limits.h"
#include "election/read_results.h"

static struct arena arena;
static struct form form;
static struct buf told;		/* protocols and faults as text, a line each */
static const struct profile *profiles[3];
static unsigned nprofiles, nfaults;
static struct results_read came;

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
	p = profile_read(bytes_at(text, n), &arena, &fault);
	assert_non_null(p);
	return p;
}

static int
set_up(void **state)
{
	(void)state;
	arena = arena_with(64 * MIB);
	form = (struct form){ .arena = &arena };
	told = buf_with(MIB);
	profiles[0] = load("data/profiles/neutral.yaml");
	profiles[1] = load("data/profiles/ru.yaml");
	nprofiles = 2;
	nfaults = 0;
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	buf_free(&told);
	arena_free(&arena);
	return 0;
}

/* "REGION,DISTRICT,TERRITORY,STATION[,VERSION,REASON]: 1 2 - 4 @LINE" */
static bool
protocol(void *ctx, const struct protocol *p)
{
	unsigned i;

	(void)ctx;
	buf_add(&told, p->region);
	buf_byte(&told, ',');
	buf_add(&told, p->district);
	buf_byte(&told, ',');
	buf_add(&told, p->territory);
	buf_byte(&told, ',');
	buf_add(&told, p->station);
	if (p->version.n + p->reason.n > 0) {
		buf_byte(&told, ',');
		buf_add(&told, p->version);
		buf_byte(&told, ',');
		buf_add(&told, p->reason);
	}
	buf_byte(&told, ':');
	assert_int_equal(p->nvalues, form.n);
	for (i = 0; i < p->nvalues; i++)
		if (p->values[i] == FORM_EMPTY)
			buf_text(&told, " -");
		else
			buf_printf(&told, " %d", (int)p->values[i]);
	buf_printf(&told, " @%d\n", (int)p->line);
	return true;
}

static void
fault(void *ctx, unsigned file, uint64_t line, uint32_t column,
    const char *why)
{
	(void)ctx;
	nfaults++;
	buf_printf(&told, "%u:%u:%u: %s\n", file, (unsigned)line, column, why);
}

static const struct form_sink sink = { &form, protocol, fault, NULL };

static void
read_bytes(struct bytes in, unsigned number)
{
	struct results_file file = { .input = input_memory(in),
	    .name = bytes_of("f"), .number = number };

	read_results(&file, profiles, nprofiles, &sink, &arena, &came);
}

/* What came of one file, the first of a new form. */
static void
gives(const char *csv, const char *want)
{
	form.n = 0;
	buf_reset(&told);
	read_bytes(bytes_of(csv), 1);
	buf_byte(&told, 0);
	assert_string_equal((char *)told.p, want);
}

/* The keys of the form's lines, candidates in brackets. */
static void
lines_are(const char *want)
{
	struct buf b = buf_with(KIB);
	unsigned i;

	for (i = 0; i < form.n; i++) {
		buf_text(&b, i == 0 ? "" : " ");
		buf_byte(&b, form.lines[i].candidate ? '[' : ' ');
		buf_add(&b, form.lines[i].key);
		buf_byte(&b, form.lines[i].against_all ? '!' :
		    form.lines[i].candidate ? ']' : ' ');
	}
	buf_byte(&b, 0);
	assert_string_equal((char *)b.p, want);
	buf_free(&b);
}

static void
wide(void **state)
{
	(void)state;
	gives("region,station,Registered voters,Ann  Roe,Bob Poe,"
	    "None of the above\n"
	    "North,1,10,3,4,0\n"
	    "\"So\"\"uth\",\"2,b\",12,0,0,5\r\n"
	    "North,3,,,,\n",
	    "North,,,1: 10 3 4 0 @2\n"
	    "So\"uth,,,2,b: 12 0 0 5 @3\n"
	    "North,,,3: - - - - @4\n");
	lines_are(" registered  [Ann Roe] [Bob Poe] [None of the above!");
	assert_true(bytes_is(form.lines[1].header, "Ann Roe"));
	assert_int_equal(came.rows, 3);
	assert_true(bytes_is(came.format, "csv wide"));
	assert_ptr_equal(came.profile, profiles[0]);
}

static void
russian(void **state)
{
	(void)state;
	gives("region;tik;uik;\"Число избирателей, внесенных в список\";"
	    "Число бюллетеней, выданных в день голосования;Число жалоб;"
	    "Число действительных бюллетеней;Число  недействительных "
	    "бюллетеней;Выдано бюллетеней вне помещения;Ёлкин Иван Ильич;url\n"
	    "Край;1 Первая;УИК №7;100;70;5;60;8;3;60;http://x/\n",
	    "Край,,1 Первая,УИК №7: 100 70 5 60 8 3 60 @2\n");
	lines_are(" registered   inside   Число жалоб   valid   invalid   home  "
	    "[Ёлкин Иван Ильич]");
	assert_ptr_equal(came.profile, profiles[1]);
	gives("region,oik,tik,uik,version,reason,registered,issued,boxes,"
	    "invalid,Да,Нет\nA,B,C,D,2,recount,2000000000,4,4,0000000001,1,2"
	    "\n", "A,B,C,D,2,recount: 2000000000 4 4 1 1 2 @2\n");
	/* Without stations; without territories; districts as territories. */
	gives("region,\"Число избирателей, включенных в список\",issued,boxes,"
	    "invalid,Да,Нет,Доля\nA,9,3,3,0,1,2,x\n",
	    "1:1:115: a column that the profile does not know: \"Доля\"\n"
	    "A,,,: 9 3 3 0 1 2 @2\n");
	gives("oik,region,registered,issued,boxes,invalid,Да,Нет\n"
	    "O,R,9,3,3,0,1,2\n", "R,,O,: 9 3 3 0 1 2 @2\n");
}

static void
numbers_that_are_none(void **state)
{
	static const struct { const char *cell, *why; } t[] = {
		{ "-3", "a negative number: \"-3\"" },
		{ "-99999999999", "a negative number: \"-99999999999\"" },
		{ "+3", "a number with a sign: \"+3\"" },
		{ "3.0", "a number with a fraction or with separators: "
		    "\"3.0\"" },
		{ "1.234", "a number with a fraction or with separators: "
		    "\"1.234\"" },
		{ "\"1,234\"", "a number with a fraction or with separators: "
		    "\"1,234\"" },
		{ "1 234", "a number with blanks in it: \"1 234\"" },
		{ "1\xc2\xa0""234", "a number with blanks in it: "
		    "\"1\xc2\xa0""234\"" },
		{ " 3", "blanks around a number: \" 3\"" },
		{ "3 ", "blanks around a number: \"3 \"" },
		{ " ", "blanks around a number: \" \"" },
		{ "2000000001", "an absurdly large number: \"2000000001\"" },
		{ "99999999999", "an absurdly large number: "
		    "\"99999999999\"" },
		{ "18446744073709551617", "an absurdly large number: "
		    "\"18446744073709551617\"" },
		{ "3%", "a percentage, and no number: \"3%\"" },
		{ "3e2", "not a number: \"3e2\"" },
		{ "0x10", "not a number: \"0x10\"" },
		{ "NULL", "not a number: \"NULL\"" },
		{ "-", "not a number: \"-\"" },
		{ "\xd9\xa3", "not a number: \"\xd9\xa3\"" },
		{ "1\x1b[m", "not a number: \"1\\u{1b}[m\"" },
		{ "", "an empty cell in a row that has numbers: "
		    "\"registered\"" },
	};
	char csv[256], want[256];
	unsigned i;

	(void)state;
	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		(void)snprintf(csv, sizeof(csv), "station,registered,Ann\n"
		    "a,1,2\nb,%s,3\nc,3,4\n", t[i].cell);
		(void)snprintf(want, sizeof(want), ",,,a: 1 2 @2\n"
		    "1:3:3: %s\n,,,c: 3 4 @4\n", t[i].why);
		gives(csv, want);
	}
	/* Several of a row; of empty cells, the first. */
	gives("station,registered,Ann,Bob,Cid\na,x,,,-1\n",
	    "1:2:3: not a number: \"x\"\n"
	    "1:2:5: an empty cell in a row that has numbers: \"Ann\"\n"
	    "1:2:7: a negative number: \"-1\"\n");
}

static void
columns_that_are_none(void **state)
{
	(void)state;
	gives("station,Ann,Ann %,Ann\na,1,2,3\n",
	    "1:1:13: a column that the profile does not know: \"Ann %\"\n"
	    "1:1:19: a second column for the same: \"Ann\"\n"
	    ",,,a: 1 @2\n");
	gives("station,registered,eligible voters,polling station,Ann\n"
	    "a,1,2,b,3\n",
	    "1:1:36: a second column for the same: \"polling station\"\n"
	    "1:1:20: a second column for the same: \"eligible voters\"\n"
	    ",,,a: 1 3 @2\n");
	gives("registered,Ann\n1,2\n",
	    "1:1:0: a column is missing: "
	    "\"region|territory|district|station\"\n");
	gives("region,tik,uik,registered,invalid,valid,А Б\nA,B,1,2,2,3,4\n",
	    "1:1:0: a column is missing: \"issued|home\"\n");
	gives("station,registered\na,1\n",
	    "1:1:0: no column is a candidate\n,,,a: 1 @2\n");
	gives("station,candidate,registered\na,b,1\n",
	    "1:1:0: of the columns key and value one is missing\n"
	    "1:1:0: no column is a candidate\n,,,a: 1 @2\n");
	gives("region,station,Ann\n,a,1\nB,,2\n",
	    "1:2:1: a row without its region\nB,,,: 2 @3\n");
	/* A text in place of a candidate is told row by row. */
	gives("station,Ann,remark made\na,1,late\nb,2,\n",
	    "1:2:5: not a number: \"late\"\n1:3:5: an empty cell in a row that "
	    "has numbers: \"remark made\"\n");
}

static void
tables_that_are_none(void **state)
{
	(void)state;
	gives("", "1:1:0: no header row\n");
	gives("\n", "1:1:0: no header row\n");
	gives("station,Ann\na,1\nb\nc,3\n", ",,,a: 1 @2\n"
	    "1:3:2: fewer fields than in the first row\n");
	gives("station,Ann\na,\"1\n", "1:2:3: a quoted field without its end\n");
	gives("station,Ann\na,\xff\n", "1:2:3: bytes that are not UTF-8\n");
	gives("a\n1\n", "1:1:0: a column is missing: "
	    "\"region|territory|district|station\"\n");
}

static void
after_a_thousand_faults_the_file_is_left(void **state)
{
	struct buf b = buf_with(MIB);
	unsigned i;

	(void)state;
	buf_text(&b, "station,Ann\n");
	for (i = 0; i < 1500; i++)
		buf_text(&b, "a,x\n");
	read_bytes(buf_bytes(&b), 1);
	assert_int_equal(nfaults, 1001);
	assert_int_not_equal(bytes_find(buf_bytes(&told), bytes_of("1:1001:0: "
	    "too many faults: the file was read no further\n"), 0), SIZE_MAX);
	buf_free(&b);
}

static void
several_files_of_one_election(void **state)
{
	(void)state;
	gives("station,registered,Ann,Bob\na,1,2,3\n", ",,,a: 1 2 3 @2\n");
	buf_reset(&told);
	read_bytes(bytes_of("Bob,station,Ann,registered,ballots received\n"
	    "5,b,6,7,9\n"), 2);
	read_bytes(bytes_of("station,Ann,Cid,registered\nc,8,9,1\n"), 3);
	buf_byte(&told, 0);
	assert_string_equal((char *)told.p, ",,,b: 7 6 5 9 @2\n"
	    "3:1:13: a candidate that the files before do not have: \"Cid\"\n"
	    "3:1:0: a candidate of the files before is missing: \"Bob\"\n"
	    ",,,c: 1 8 - - 9 @2\n");
}

/* A line that one of the files lacks would be nothing in the sum of all. */
static void
figures_of_several_files(void **state)
{
	(void)state;
	gives("station,registered,invalid,Ann\na,5,1,3\n",
	    ",,,a: 5 1 3 @2\n");
	buf_reset(&told);
	read_bytes(bytes_of("station,registered,Ann\nb,5,3\n"), 2);
	read_bytes(bytes_of("station,registered,invalid,blank,Ann\n"
	    "c,5,1,1,3\n"), 3);
	read_bytes(bytes_of("station,key,value\nd,registered,5\nd,Ann,3\n"),
	    4);
	buf_byte(&told, 0);
	assert_string_equal((char *)told.p,
	    "2:1:0: the figures need a line that only the files before have: "
	    "\"invalid\"\n,,,b: 5 - 3 @2\n"
	    "3:1:0: the figures need a line that the files before do not have: "
	    "\"blank\"\n,,,c: 5 1 3 1 @2\n"
	    "4:1:0: the figures need a line that only the files before have: "
	    "\"invalid\"\n"
	    "4:1:0: the figures need a line that only the files before have: "
	    "\"blank\"\n,,,d: 5 - 3 - @2\n");
}

/* One candidate in two columns has votes in both. */
static void
a_candidate_in_two_ways(void **state)
{
	(void)state;
	gives("station,Ann Roe,ANN\xc2\xa0ROE\na,1,2\n",
	    "1:1:17: a candidate who stands there already, written in another "
	    "way: \"ANN ROE\"\n,,,a: 1 2 @2\n");
	gives("station,key,value\na,Ёлкин,1\na,елкин,2\n",
	    "1:3:3: a candidate who stands there already, written in another "
	    "way: \"елкин\"\n,,,a: 1 2 @2\n");
	gives("station,Ann Roe,Anna Roe\na,1,2\n", ",,,a: 1 2 @2\n");
}

static const char in_order[] =
    "region,station,key,value\n"
    "N,1,registered,10\nN,1,Ann,3\nN,1,Bob,4\n"
    "N,2,registered,\nN,2,Ann,\nN,2,Bob,\n"
    "S,1,registered,30\nS,1,Ann,7\nS,1,Bob,8\n";

static void
long_tables(void **state)
{
	(void)state;
	gives(in_order, "N,,,1: 10 3 4 @2\nN,,,2: - - - @5\n"
	    "S,,,1: 30 7 8 @8\n");
	lines_are(" registered  [Ann] [Bob]");
	assert_int_equal(came.rows, 3);
	assert_true(bytes_is(came.format, "csv long"));
	/* Line by line, and out of order. */
	gives("region,station,key,value\n"
	    "N,1,Ann,3\nN,2,Ann,\nS,1,Ann,7\n"
	    "N,1,registered,10\nN,2,registered,\nS,1,registered,30\n"
	    "S,1,Bob,8\nN,2,Bob,\nN,1,Bob,4\n",
	    "N,,,1: 3 10 4 @2\nN,,,2: - - - @3\nS,,,1: 7 30 8 @4\n");
	/* The station's numbers repeated; the candidate as the key. */
	gives("county,precinct,Registered Voters,candidate,party,votes\n"
	    "Ash,1,10,Ann,X,3\nAsh,1,10,Bob,Y,4\nOak,1,20,Ann,X,5\n"
	    "Oak,1,20,Bob,Y,6\n",
	    ",,Ash,1: 10 3 4 @2\n,,Oak,1: 20 5 6 @4\n");
}

static void
contests(void **state)
{
	static const char csv[] =
	    "county,precinct,office,district,candidate,votes\n"
	    "Ash,1,Registered Voters,,,10\n"
	    "Ash,1,President,,Ann,3\nAsh,1,President,,Bob,4\n"
	    "Ash,1,Governor,,Cid,7\n";

	(void)state;
	gives(csv, "1:5:7: a second contest in one file, and the profile picks "
	    "none: \"Governor\"\n");
	profiles[2] = profile_read(bytes_of("profile: mine\ncolumns:\n"
	    "  - {is: territory, header: county}\n"
	    "  - {is: station, header: precinct}\n"
	    "  - {is: contest, header: office}\n"
	    "  - {is: ignored, header: district}\n"
	    "  - {is: key, header: candidate}\n"
	    "  - {is: value, header: votes}\n"
	    "  - {line: registered, header: registered voters}\n"
	    "  - {is: candidate, pattern: .}\n"
	    "contest: {header: president}\n"), &arena, &(struct yaml_fault){
	    0 });
	assert_non_null(profiles[2]);
	profiles[0] = profiles[2];	/* a user's own stands alone */
	nprofiles = 1;
	gives(csv, ",,Ash,1: 10 3 4 @2\n");
	assert_ptr_equal(came.profile, profiles[2]);
	gives("county,precinct,office,Ann\nAsh,1,President,5\n"
	    "Ash,1,Senate,6\nAsh,2,President,7\n",
	    ",,Ash,1: 5 @2\n,,Ash,2: 7 @4\n");
}

static void
faults_of_long_tables(void **state)
{
	(void)state;
	gives("station,key,value\n1,Ann,3\n1,Bob,4\n2,Ann,5\n",
	    ",,,1: 3 4 @2\n1:4:0: the station that begins here lacks a number: "
	    "\"Bob\"\n");
	gives("station,key,value\n1,Ann,3\n1,Ann,3\n1,Bob,-4\n1,turnout,5\n"
	    "1,Bob,9\n",
	    "1:3:7: a second number of a station: \"Ann\"\n"
	    "1:4:7: a negative number: \"-4\"\n"
	    "1:5:3: a line that the profile does not know: \"turnout\"\n"
	    ",,,1: 3 9 @2\n");
	gives("station,registered,key,value\n1,5,Ann,3\n1,6,Bob,4\n",
	    "1:3:3: not the number that the station has in other rows: "
	    "\"registered\"\n,,,1: 5 3 4 @2\n");
	gives("station,observer,key,value\n1,5,Ann,3\n",
	    "1:1:9: a column that the profile does not know: \"observer\"\n"
	    ",,,1: 3 @2\n");
	gives("station,key,value\n1,registered,3\n",
	    "1:1:0: no column is a candidate\n,,,1: 3 @2\n");
	gives("region,tik,uik,key,value\nA,B,1,Иванов И. И.,3\n",
	    "1:1:0: a line is missing: \"registered\"\nA,,B,1: 3 @2\n");
}

/* A thousand stations long give what they give wide. */
static void
long_is_wide(void **state)
{
	struct buf w = buf_with(MIB), melted = buf_with(MIB),
	    wide_told = buf_with(MIB);
	static const char *const keys[] = { "registered", "invalid", "Ann",
	    "Bob", "Cid", "Dan", "Eve", "Fay", "Gus", "Hal" };
	unsigned i, k;

	(void)state;
	buf_text(&w, "region,territory,station");
	buf_text(&melted, "region,territory,station,key,value\n");
	for (k = 0; k < 10; k++) {
		buf_printf(&w, ",%s", keys[k]);
		for (i = 0; i < 1500; i++)
			buf_printf(&melted, "R%u,T%u,%u,%s,%u\n", i / 500,
			    i / 50, i % 50, keys[k], i * 7 + k);
	}
	for (i = 0; i < 1500; i++) {
		buf_printf(&w, "\nR%u,T%u,%u", i / 500, i / 50, i % 50);
		for (k = 0; k < 10; k++)
			buf_printf(&w, ",%u", i * 7 + k);
	}
	read_bytes(buf_bytes(&w), 1);
	buf_add(&wide_told, buf_bytes(&told));
	buf_reset(&told);
	read_bytes(buf_bytes(&melted), 1);
	assert_int_equal(nfaults, 0);
	assert_int_equal(came.rows, 1500);
	assert_int_equal(told.n, wide_told.n);
	assert_memory_equal(told.p, wide_told.p, told.n);
	buf_free(&w);
	buf_free(&melted);
	buf_free(&wide_told);
}

static void
zip_member(struct buf *zip, struct buf *directory, const char *name,
    const char *text, bool damaged)
{
	uint32_t size = (uint32_t)strlen(text);
	uint32_t crc = (uint32_t)crc32(0, (const Bytef *)text, size) + damaged;
	uint32_t at = (uint32_t)zip->n;
	struct buf head = buf_with(KIB);

	buf_le(&head, 20, 2);		/* version, flags, method, time */
	buf_le(&head, 0, 8);
	buf_le(&head, crc, 4);
	buf_le(&head, size, 4);
	buf_le(&head, size, 4);
	buf_le(&head, strlen(name), 2);
	buf_le(&head, 0, 2);
	buf_text(zip, "PK\3\4");
	buf_add(zip, buf_bytes(&head));
	buf_text(zip, name);
	buf_text(zip, text);
	buf_text(directory, "PK\1\2");
	buf_le(directory, 20, 2);
	buf_add(directory, buf_bytes(&head));
	buf_le(directory, 0, 8);
	buf_le(directory, 0, 2);
	buf_le(directory, at, 4);
	buf_text(directory, name);
	buf_free(&head);
}

static void
zip_end(struct buf *zip, struct buf *directory, unsigned members)
{
	size_t at = zip->n;

	buf_add(zip, buf_bytes(directory));
	buf_text(zip, "PK\5\6");
	buf_le(zip, 0, 4);
	buf_le(zip, members, 2);
	buf_le(zip, members, 2);
	buf_le(zip, directory->n, 4);
	buf_le(zip, at, 4);
	buf_le(zip, 0, 2);
}

static void
archives(void **state)
{
	struct buf zip = buf_with(MIB), directory = buf_with(MIB);

	(void)state;
	zip_member(&zip, &directory, "d/", "", false);
	zip_member(&zip, &directory, "d/1.csv", "station,Ann\na,1\n", false);
	zip_member(&zip, &directory, "__MACOSX/d/1.csv", "\1\2", false);
	zip_member(&zip, &directory, "d/.DS_Store", "\1\2", false);
	zip_member(&zip, &directory, "d/2.csv", "station,Ann\nb,x\n", false);
	zip_member(&zip, &directory, "3.csv", "station,Ann\nc,3\n", true);
	zip_end(&zip, &directory, 6);
	read_bytes(buf_bytes(&zip), 7);
	buf_byte(&told, 0);
	if (strncmp((char *)told.p, ",,,a: 1 @2\n"
	    "7:2:3: d/2.csv: not a number: \"x\"\n,,,c: 3 @2\n"
	    "7:0:0: 3.csv: ", 62) != 0)
		fail_msg("%s", (char *)told.p);
	assert_int_equal(came.rows, 2);
	buf_free(&zip);
	buf_free(&directory);
}

/*
 * The real files.
 */

struct real {
	const char *name;
	int64_t registered, issued, valid, invalid;
	const char *leader;
	int64_t votes;
	const char *vote;
	/* R1 to R4, R5, R6, R7, R8, R8b, R9, V1, V2, V3; -1: not checked */
	int broken[13];
	uint64_t rows, empty;
};

static const struct real reals[] = {
	{ "2004.csv.zip", 108064342, 69581430, 68925431, 578847, "Путин",
	    49563020, "president",
	    { 0, 0, 0, 0, 2, 6, 1, 7, -1, 0, -1, -1, -1 }, 95779, 0 },
	{ "2011.csv.zip", 109229337, 65766594, 64615252, 1033438,
	    "\"ЕДИНАЯ РОССИЯ\"", 32371737, "parliament",
	    { 0, 0, 0, 0, 18, 10, 19, 37, 0, 2, -1, -1, -1 }, 95225, 0 },
	{ "2016.csv.zip", 110061200, 52700992, 51649253, 982596,
	    "\"ЕДИНАЯ РОССИЯ\"", 28527828, "parliament",
	    { 0, 0, 0, 0, 4, 5, 12, 3, 0, 0, -1, -1, -1 }, 96871, 0 },
	{ "2018.csv.zip", 109008428, 73629581, 72787734, 791258, "Путин",
	    56430712, "president",
	    { 0, 0, 0, 0, 6, 26, 6, -1, -1, -1, -1, -1, -1 }, 97699, 0 },
	{ "2020.csv.zip", 107999611, 73107907, 72419056, 604950, "ДА",
	    57071119, "referendum",
	    { -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0 }, 96765, 0 },
	{ "2024.csv.zip", 99764974, 75219882, 73980307, 1177131, "Путин",
	    65246672, "president",
	    { 0, 0, 0, 0, 1, 2, 2, -1, -1, -1, -1, -1, -1 }, 94214, 2268 },
	{ "2024-electronic-voting.csv", 8434406, 8165524, 8056803, 5, "Путин",
	    7103846, "president",
	    { 0, 0, 0, 0, 0, 0, 0, -1, -1, -1, -1, -1, -1 }, 29, 0 },
};

struct adding {
	int64_t sums[FORM_LINES];
	uint64_t rows, empty, mutants;
	const struct relation_plan *plans[64];
	int broken[64];
	unsigned n;
};

/* One cell changed by one breaks a hard relation, except in the number of
   voters, which is in no equation; and so does a lost one that nothing else
   names: the certificates. */
static void
mutate(struct adding *a, const struct protocol *p)
{
	int64_t values[FORM_LINES], excess;
	unsigned i, k, broken;
	bool empty;

	memcpy(values, p->values, p->nvalues * sizeof(values[0]));
	for (i = 1; i < p->nvalues; i++) {
		if (bytes_starts(form.lines[i].key, "certificates") ||
		    bytes_is(form.lines[i].key, "issued"))
			continue;
		values[i]++;
		for (k = 0, broken = 0; k < a->n; k++)
			broken += a->plans[k] != NULL && (k < 4 || k > 9) &&
			    !relation_holds(a->plans[k], values, &excess,
			    &empty);
		if (broken == 0)
			fail_msg("nothing breaks with %.*s",
			    (int)form.lines[i].key.n, form.lines[i].key.p);
		values[i]--;
		a->mutants++;
	}
}

static bool
add(void *ctx, const struct protocol *p)
{
	const struct profile_relation *r;
	struct adding *a = ctx;
	struct bytes missing;
	int64_t excess;
	unsigned i;
	bool empty;

	r = profile_relations(profiles[1], &i);
	for (; a->n < i; a->n++)
		a->plans[a->n] = relation_bind(r[a->n].relation, &form, &arena,
		    &missing);
	a->rows++;
	if (p->values[0] == FORM_EMPTY) {
		a->empty++;
		return true;
	}
	for (i = 0; i < p->nvalues; i++)
		a->sums[i] += p->values[i];
	for (i = 0; i < a->n; i++)
		a->broken[i] += a->plans[i] != NULL && !relation_holds(
		    a->plans[i], p->values, &excess, &empty);
	if (a->rows % 997 == 0)
		mutate(a, p);
	return true;
}

static int64_t
figure(const struct adding *a, enum figure f)
{
	struct bytes missing;

	return relation_value(relation_bind(profile_figure(profiles[1], f),
	    &form, &arena, &missing), a->sums);
}

static int64_t
votes_of(const struct adding *a, const char *name)
{
	unsigned i;

	for (i = 0; i < form.n; i++)
		if (form.lines[i].candidate && bytes_find(form.lines[i].key,
		    bytes_of(name), 0) != SIZE_MAX)
			return a->sums[i];
	return -1;
}

static void
check_real(const struct real *want, const char *path)
{
	static struct adding a;
	struct form_sink adding = { &form, add, fault, &a };
	struct results_file file = { .name = bytes_of("f") };
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	unsigned i;

	assert_true(fd >= 0 && fstat(fd, &st) == 0);
	file.input = input_file(fd, (uint64_t)st.st_size);
	form.n = 0;
	a = (struct adding){ .n = 0 };
	read_results(&file, profiles, 2, &adding, &arena, &came);
	close(fd);
	if (nfaults > 0)
		fail_msg("%s: %.*s", path, (int)told.n, (char *)told.p);
	assert_ptr_equal(came.profile, profiles[1]);
	assert_int_equal(came.rows, want->rows);
	assert_int_equal(a.empty, want->empty);
	assert_int_equal(figure(&a, FIGURE_REGISTERED), want->registered);
	assert_int_equal(figure(&a, FIGURE_ISSUED), want->issued);
	assert_int_equal(figure(&a, FIGURE_VALID), want->valid);
	assert_int_equal(figure(&a, FIGURE_INVALID), want->invalid);
	assert_int_equal(figure(&a, FIGURE_FOUND), want->valid +
	    want->invalid);
	assert_int_equal(votes_of(&a, want->leader), want->votes);
	assert_true(bytes_is(profile_vote(profiles[1], &form), want->vote));
	assert_int_equal(a.n, 13);
	for (i = 0; i < a.n; i++)
		assert_int_equal(a.plans[i] == NULL ? -1 : a.broken[i],
		    want->broken[i]);
	assert_true(want->rows < 997 || a.mutants > 300);
}

static void
real_files(void **state)
{
	const char *shared = getenv("OSTRAKON_SHARED");
	char path[512];
	unsigned i;

	(void)state;
	(void)snprintf(path, sizeof(path), "%s/elections", shared == NULL ?
	    "." : shared);
	if (shared == NULL || access(path, R_OK) != 0)
		skip();
	for (i = 0; i < sizeof(reals) / sizeof(reals[0]); i++) {
		(void)snprintf(path, sizeof(path), "%s/elections/%s", shared,
		    reals[i].name);
		check_real(&reals[i], path);
	}
}

#define TEST(f)	cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(wide),
		TEST(russian),
		TEST(numbers_that_are_none),
		TEST(columns_that_are_none),
		TEST(tables_that_are_none),
		TEST(after_a_thousand_faults_the_file_is_left),
		TEST(several_files_of_one_election),
		TEST(figures_of_several_files),
		TEST(a_candidate_in_two_ways),
		TEST(long_tables),
		TEST(contests),
		TEST(faults_of_long_tables),
		TEST(long_is_wide),
		TEST(archives),
		TEST(real_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
