/*
 * NIST SP 1500-100: what is written can be read again and is the same count;
 * reports of others, in another order; and every fault with its place.
 * With OSTRAKON_SHARED, exports are held against the schema itself, and the
 * stations of 2018 go there and back.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/date.h"
#include "base/limits.h"
#include "election/nist.h"
#include "election/profile_builtin.h"
#include "election/read_results.h"
#include "nist_sample.h"
#include "schema.h"

static struct arena arena;
static const struct profile *profiles[8];
static unsigned nprofiles;

struct counted {
	struct count *count;
	struct tally tally;
	struct results_read read;
};

static int
set_up(void **state)
{
	struct yaml_fault fault;
	const char *name;

	(void)state;
	arena = arena_with(512 * MIB);
	for (nprofiles = 0; nprofiles < profile_builtin_count(); nprofiles++) {
		name = profile_builtin_name(nprofiles);
		profiles[nprofiles] = profile_read(profile_builtin_text(name),
		    &arena, &fault);
		assert_non_null(profiles[nprofiles]);
	}
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

/* --- counting ------------------------------------------------------------- */

static void
count_input(struct counted *c, const struct input *in)
{
	static const struct count_setup setup = { .accept_broken = false };
	struct results_file f = { *in, bytes_of("results"), 0 };
	struct form_sink sink;

	memset(c, 0, sizeof(*c));
	c->count = count_new(&setup);
	assert_non_null(c->count);
	sink = count_sink(c->count);
	read_results(&f, profiles, nprofiles, &sink, &arena, &c->read);
	count_file(c->count, f.name, c->read.profile, c->read.format,
	    c->read.rows);
	assert_int_equal(count_end(c->count, &c->tally), ERR_NONE);
}

static void
count_bytes(struct counted *c, struct bytes in)
{
	struct input input = input_memory(in);

	count_input(c, &input);
}

static const struct nist_about about = { .title = { NULL, 0 },
    .round = 1, .voting = 19800 };

/* The report of a count, kept in the arena. */
static struct bytes
written(const struct counted *c, const struct nist_about *a)
{
	struct out out = out_memory(512 * MIB);
	struct bytes made;

	assert_int_equal(nist_write(&out, c->count, &c->tally, a), ERR_NONE);
	made = arena_copy(&arena, buf_bytes(&out.buf));
	assert_false(arena.bad);
	assert_int_equal(out_end(&out), ERR_NONE);
	return made;
}

struct telling {
	struct buf *buf;
	unsigned n;
};

/* Stations with their numbers, but not where they stood; of those that were not
   counted, no numbers. */
static bool
tell_station(void *ctx, const struct count_station *s)
{
	struct telling *t = ctx;
	unsigned i;

	buf_printf(t->buf, "%u ", s->node);
	buf_add(t->buf, s->district);
	buf_byte(t->buf, '|');
	buf_add(t->buf, s->name);
	buf_byte(t->buf, '\n');
	for (i = 0; s->state == COUNT_COUNTED && i < t->n; i++)
		buf_printf(t->buf, "%lld ", (long long)s->values[i]);
	buf_byte(t->buf, '\n');
	return true;
}

static struct bytes
told(const struct counted *c)
{
	struct buf b = buf_with(256 * MIB);
	struct telling t = { &b, c->tally.nlines };
	const struct tally_node *node;
	struct bytes made;
	unsigned i, k;

	for (i = 0; i < c->tally.nlines; i++) {
		buf_add(&b, c->tally.lines[i].key);
		buf_printf(&b, " %d %d\n", c->tally.lines[i].candidate,
		    c->tally.lines[i].against_all);
	}
	for (i = 0; i < c->tally.nnodes; i++) {
		node = &c->tally.nodes[i];
		buf_add(&b, node->name);
		buf_printf(&b, " %u %u %u %u %u", node->level, node->parent,
		    node->stations, node->counted, node->missing +
		    node->broken + node->annulled);
		for (k = 0; k < c->tally.nlines; k++)
			buf_printf(&b, " %llu",
			    (unsigned long long)node->sums[k]);
		buf_byte(&b, '\n');
	}
	for (i = 0; i <= FIGURE_BLANK; i++)
		buf_printf(&b, "%lld ", (long long)tally_figure(&c->tally,
		    &c->tally.nodes[0], (enum figure)i));
	buf_add(&b, c->tally.vote);
	assert_int_equal(count_stations(c->count, tell_station, &t), ERR_NONE);
	assert_false(b.bad);
	made = arena_copy(&arena, buf_bytes(&b));
	buf_free(&b);
	return made;
}

static void
assert_text(struct bytes got, struct bytes want)
{
	assert_string_equal(arena_string(&arena, got),
	    arena_string(&arena, want));
}

static void
assert_one_fault(struct bytes report, const char *why)
{
	struct counted c;

	count_bytes(&c, report);
	assert_int_equal(c.tally.nfaults, 1);
	assert_text(c.tally.faults[0].why, bytes_of(why));
	count_free(c.count);
}

static unsigned
faults_of(struct bytes report)
{
	struct counted c;
	unsigned n;

	count_bytes(&c, report);
	n = c.tally.nfaults;
	count_free(c.count);
	return n;
}

static void
assert_says(struct bytes report, const char *text)
{
	assert_int_not_equal(bytes_find(report, bytes_of(text), 0), SIZE_MAX);
}

/* --- there and back ------------------------------------------------------- */

/* A country in which every station is counted comes back as it was, and is
   written the same. */
static struct bytes
goes_round(const char *csv, const char *vote)
{
	struct counted first, second;
	struct bytes report, again;

	count_bytes(&first, bytes_of(csv));
	assert_int_equal(first.tally.nfaults, 0);
	assert_true(bytes_is(first.tally.vote, vote));
	report = written(&first, &about);
	count_bytes(&second, report);
	if (second.tally.nfaults > 0)
		fail_msg("%s", arena_string(&arena,
		    second.tally.faults[0].why));
	assert_true(bytes_is(second.read.format, "nist"));
	assert_ptr_equal(second.read.profile, first.read.profile);
	assert_text(told(&second), told(&first));
	again = written(&second, &about);
	assert_true(bytes_eq(again, report));
	count_free(first.count);
	count_free(second.count);
	return report;
}

static const char invented[] =
    "region,territory,district,station,registered,early,"
    "ballots issued at station,ballots issued home,boxes,invalid,valid,"
    "\"Ann \"\"A\"\" \xc3\x85s\",Bob\\Bee,Against all\n"
    "North,T1,7,1,100,0,50,10,60,2,58,30,25,3\n"
    "North,T1,8,1,200,1,89,0,90,0,90,50,39,1\n"
    "North,T2,7,10,300,2,98,20,120,5,115,60,50,5\n"
    "North,T2,7,9,0,0,0,0,0,0,0,0,0,0\n"
    "\"South, far\",T1,,1,300,0,100,20,120,5,115,60,50,5\n";

static void
a_country_comes_back(void **state)
{
	(void)state;
	(void)goes_round(invented, "");
	(void)goes_round("state,county,precinct,registered,valid,invalid,"
	    "boxes,Alfa Party,Beta Party\n"
	    "A,B,1,10,9,0,9,5,4\nA,C,1,10,9,1,10,5,4\n", "parliament");
	(void)goes_round("region,station,registered,invalid,Yes,No\n"
	    "A,1,10,0,9,1\nA,2,10,1,4,4\nB,1,20,0,0,20\n", "referendum");
	/* Names that are not there. */
	(void)goes_round("territory,registered,Ann,Bob\nT,10,4,4\nU,9,1,1\n",
	    "");
}

static void
only_what_was_counted_is_written(void **state)
{
	struct counted first, second;
	struct bytes report;

	(void)state;
	count_bytes(&first, bytes_of("region,territory,station,registered,"
	    "valid,Ann,Bob\nA,T,1,100,50,25,25\nA,T,2,,,,\n"
	    "A,T,3,100,51,25,25\nA,U,4,,,,\n"));
	assert_int_equal(first.tally.nfaults, 0);
	assert_int_equal(first.tally.nodes[0].broken, 1);
	report = written(&first, &about);
	assert_int_equal(bytes_find(report, bytes_of("\"Count\":51"), 0),
	    SIZE_MAX);
	assert_says(report, "unofficial-partial");
	assert_says(report, "\"other\",\"OtherType\":\"broken\"");
	count_bytes(&second, report);
	assert_int_equal(second.tally.nfaults, 0);
	assert_int_equal(second.tally.nodes[0].missing, 3);
	assert_int_equal(second.tally.nodes[0].broken, 0);
	assert_text(told(&second), told(&first));
	count_free(first.count);
	count_free(second.count);
}

static void
what_the_report_says_of_itself(void **state)
{
	struct nist_about a = about;
	struct counted c;
	struct bytes report;
	struct out out = out_memory(MIB);

	(void)state;
	count_bytes(&c, bytes_of(invented));
	a.title = bytes_of("An \"election\"");
	a.country = bytes_of("Lind");
	a.round = 2;
	a.complete = true;
	report = written(&c, &a);
	assert_says(report, "\"GeneratedDate\":\"2024-03-18T23:59:59Z\"");
	assert_says(report, "\"runoff\"");
	assert_says(report, "unofficial-complete");
	assert_says(report, "An \\\"election\\\"");
	a.voting = DATE_UNSET;
	assert_int_equal(nist_write(&out, c.count, &c.tally, &a), ERR_KIND);
	assert_int_equal(out.buf.n, 0);
	assert_int_equal(out_end(&out), ERR_NONE);
	count_free(c.count);
}

/* --- the schema ----------------------------------------------------------- */

static struct bytes
file(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	struct input in;
	void *p;

	if (fd < 0)
		return bytes_at(NULL, 0);
	assert_int_equal(fstat(fd, &st), 0);
	in = input_file(fd, (uint64_t)st.st_size);
	p = arena_alloc(&arena, (size_t)st.st_size + 1, 1);
	assert_non_null(p);
	assert_int_equal(input_read(&in, p, (size_t)st.st_size, 0),
	    st.st_size);
	assert_int_equal(close(fd), 0);
	return bytes_at(p, (size_t)st.st_size);
}

/* Each `from` as `to`. */
static struct bytes
replaced(struct bytes in, const char *from, const char *to)
{
	struct buf b = buf_with(64 * MIB);
	struct bytes made;
	size_t at = 0, next;

	while ((next = bytes_find(in, bytes_of(from), at)) != SIZE_MAX) {
		buf_add(&b, bytes_part(in, at, next - at));
		buf_text(&b, to);
		at = next + strlen(from);
	}
	buf_add(&b, bytes_part(in, at, in.n));
	assert_false(b.bad);
	made = arena_copy(&arena, buf_bytes(&b));
	buf_free(&b);
	return made;
}

/* The schema is of an older draft: the same things go by other names in the one
   that the validator here knows. */
static const struct schema_node *
schema(void)
{
	const char *shared = getenv("OSTRAKON_SHARED");
	char path[512];
	struct bytes text;

	(void)snprintf(path, sizeof(path),
	    "%s/elections/nist_1500-100_v2.schema.json", shared == NULL ?
	    "." : shared);
	text = file(path);
	if (text.n == 0)
		return NULL;
	text = replaced(text, "#/definitions/", "#/$defs/");
	text = replaced(text, "\"definitions\"", "\"$defs\"");
	text = replaced(text, "\"oneOf\"", "\"anyOf\"");
	return schema_read(&arena, text);
}

static void
assert_holds(const struct schema_node *s, struct bytes report)
{
	struct buf why = buf_with(64 * KIB);
	const struct schema_node *value = schema_read(&arena, report);

	assert_non_null(value);
	if (!schema_holds(s, value, &why))
		fail_msg("%s", arena_string(&arena, buf_bytes(&why)));
	buf_free(&why);
}

static void
exports_are_as_the_schema_says(void **state)
{
	const struct schema_node *s = schema(), *value;
	struct bytes report = goes_round(invented, "");
	struct buf why = buf_with(64 * KIB);

	(void)state;
	if (s == NULL)
		skip();
	assert_holds(s, report);
	assert_holds(s, goes_round("region,station,registered,invalid,Yes,No\n"
	    "A,1,10,0,9,1\nA,2,10,1,4,4\nB,1,20,0,0,20\n", "referendum"));
	assert_holds(s, goes_round("state,county,precinct,registered,valid,"
	    "boxes,Alfa Party,Against all\nA,B,1,10,9,9,5,4\n", "parliament"));
	/* And it would tell. */
	value = schema_read(&arena, replaced(report, "\"Count\":30",
	    "\"Count\":\"30\""));
	assert_false(schema_holds(s, value, &why));
	value = schema_read(&arena, replaced(report, "\"VotesAllowed\":1,",
	    ""));
	assert_false(schema_holds(s, value, &why));
	buf_free(&why);
}

static const char small[] = SMALL;

/* --- reports of others ---------------------------------------------------- */

static void
another_order(void **state)
{
	struct counted c;

	(void)state;
	count_bytes(&c, bytes_of(ORDERED(VOTES("p3", "total", "3"), "35")));
	if (c.tally.nfaults > 0)
		fail_msg("line %u: %s", (unsigned)c.tally.faults[0].line,
		    arena_string(&arena, c.tally.faults[0].why));
	assert_true(bytes_is(profile_name(c.read.profile), "neutral"));
	assert_text(told(&c), bytes_of(
	    "registered 0 0\nboxes 0 0\nblank 0 0\nAnn / Vic 1 0\nBob 1 0\n"
	    "None of these 1 1\n"
	    " 0 0 4 3 1 170 44 3 35 4 2\n"
	    "Lind 1 0 4 3 1 170 44 3 35 4 2\n"
	    "North 2 1 2 2 0 150 34 1 30 1 2\n"
	    "South 2 1 2 1 1 20 10 2 5 3 0\n"
	    "170 -1 44 41 -1 3 "
	    "2 |1\n100 14 1 10 1 2 \n2 |2\n50 20 0 20 0 0 \n"
	    "3 |3\n20 10 2 5 3 0 \n3 |4\n\n"));
	count_free(c.count);
}

static void
sums_are_not_counted_twice_and_must_be_right(void **state)
{
	(void)state;
	assert_one_fault(bytes_of(ORDERED(VOTES("p3", "total", "3"), "36")),
	    "a count is not the sum of the counts below it: \"Lind, Ann / "
	    "Vic: 36 and 35\"");
	/* Votes of a district that none of its precincts has. */
	assert_one_fault(bytes_of(ORDERED(VOTES("d", "total", "3"), "35")),
	    "a count is not the sum of the counts below it: \"D, Bob: 3 "
	    "and 1\"");
}

/* An export of our own in which one number was changed, or a line is gone. */
static void
a_changed_export(void **state)
{
	struct bytes report = goes_round(invented, "");
	const char *count = "{\"GpUnitId\":\"p0\"," T("VoteCounts")
	    ",\"Type\":\"total\",\"Count\":30}";
	const char *line = "{\"GpUnitId\":\"p0\"," T("BallotCounts")
	    ",\"Type\":\"other\",\"OtherType\":\"early\","
	    "\"BallotsCast\":0},";

	(void)state;
	assert_says(report, count);
	assert_says(report, line);
	assert_one_fault(replaced(report, line, ""),
	    "a protocol lacks a line: \"early\"");
	assert_int_equal(faults_of(replaced(report, "\"ostrakon-line\","
	    "\"Value\":\"early\"", "\"other-line\",\"Value\":\"early\"")),
	    11);
	report = replaced(report, count, "{\"GpUnitId\":\"p0\","
	    T("VoteCounts") ",\"Type\":\"total\",\"Count\":29}");
	assert_says(report, "\"Count\":29}");
	assert_int_equal(faults_of(report), 3);
}

/* --- faults --------------------------------------------------------------- */

struct wrong {
	const char *from, *to;
	unsigned line, column;		/* column 0: any */
	const char *why;
};

static const struct wrong wrongs[] = {
	{ "\"31\"", "31", 0, 0, NULL },
	{ "31}", "-31}", 14, 77, "a negative number: \"-31\"" },
	{ "31}", "31.5}", 14, 77, "not a whole number: \"31.5\"" },
	{ "31}", "3e1}", 14, 77, "not a whole number: \"3e1\"" },
	{ "31}", "3100000000}", 14, 77,
	    "an absurdly large number: \"3100000000\"" },
	{ "31}", "\"31\"}", 14, 77, "this must be a number" },
	{ "31}", "[{\"a\":[31]}]}", 14, 77, "this must be a number" },
	{ ",\"Count\":31", "", 14, 1, "a required member is missing: "
	    "\"Count\"" },
	{ "\"Count\":31", "\"Count\":31,\"Count\":31", 14, 80,
	    "a member that stands twice: \"Count\"" },
	{ "\"Count\":31", "\"Count\":31," T("VoteCounts"), 14, 80,
	    "a member that stands twice: \"@type\"" },
	{ "\"Count\":31", "\"Count\":31,\"Round\":2", 14, 88,
	    "rounds of a ranked-choice count cannot be read: \"2\"" },
	{ "\"Count\":31", "\"Count\":31,\"IsSuppressedForPrivacy\":true", 14,
	    105, "a count that is kept back for privacy" },
	{ "\"q\",\"Type\":\"total\",\"Count\":32",
	    "\"p\",\"Type\":\"total\",\"Count\":32", 15, 1,
	    "a count that stands twice: \"One\"" },
	{ "\"q\",\"Type\":\"total\",\"Count\":32",
	    "\"r\",\"Type\":\"total\",\"Count\":32", 15, 50,
	    "a reference to a unit that is not there: \"r\"" },
	{ "\"q\",\"Type\":\"total\",\"Count\":32",
	    "\"q\",\"Type\":\"sum\",\"Count\":32", 15, 61,
	    "no such type of a count: \"sum\"" },
	{ "[\"p\",\"q\"]", "[\"p\",\"r\"]", 3, 0,
	    "a reference to a unit that is not there: \"r\"" },
	{ "[\"p\",\"q\"]", "[\"p\",\"s\"]", 3, 1,
	    "a unit that is a part of itself: \"Lind\"" },
	{ "\"@id\":\"q\"", "\"@id\":\"p\"", 5, 48,
	    "an @id that stands twice: \"p\"" },
	{ "\"CandidateIds\":[\"b\"]", "\"CandidateIds\":[\"c\"]", 16, 73,
	    "a reference to a candidate that is not there: \"c\"" },
	{ "\"CandidateIds\":[\"b\"],", "", 16, 1, "a choice without a name" },
	{ "\"CandidateIds\":[\"b\"]", "\"CandidateIds\":[\"a\"]", 12, 12,
	    "two choices or lines of one name: \"Ann\"" },
	{ "\"ElectionDistrictId\":\"s\"", "\"ElectionDistrictId\":\"z\"", 12, 0,
	    "a reference to a unit that is not there: \"z\"" },
	{ "\"Status\":\"certified\",", "", 1, 1,
	    "a required member is missing: \"Status\"" },
	{ "\"Language\":\"en\"}]},\"ComposingGpUnitIds\"",
	    "\"Lang\":\"en\"}]},\"ComposingGpUnitIds\"", 3, 0,
	    "a required member is missing: \"Language\"" },
	{ T("BallotCounts") ",\"GpUnitId\":\"q\"",
	    T("VoteCounts") ",\"GpUnitId\":\"q\"", 11, 10,
	    "an object that does not belong here: \"VoteCounts\"" },
	{ "\"BallotsCast\":62", "\"BallotsCast\":62.25", 11, 0,
	    "not a whole number: \"62.25\"" },
	{ "{" T("BallotCounts") ",\"GpUnitId\":\"q\"",
	    "{\"GpUnitId\":\"q\"", 11, 1,
	    "a required member is missing: \"@type\"" },
	{ "}]}]}]}]}\n", "}]}]}]}]} x\n", 18, 89,
	    "something follows the end" },
	{ "\"Count\":32}", "\"Count\":32,}", 15, 80, "a key is none" },
	{ "\"Two\"", "\"Two\\ud800\"", 5, 0,
	    "a text holds an invalid escape" },
	{ "\"Pres\"", "\"\xff\"", 12, 0, "a text is not UTF-8" },
	{ "\"Contest\":[{", "\"Contest\":[],\"x\":[{", 0, 0,
	    "a report without a contest" },
};

static void
every_fault_has_its_place(void **state)
{
	const struct wrong *w;
	struct tally_fault f;
	struct counted c;
	unsigned i;

	(void)state;
	for (i = 0; i < sizeof(wrongs) / sizeof(wrongs[0]); i++) {
		w = &wrongs[i];
		count_bytes(&c, replaced(bytes_of(small), w->from, w->to));
		assert_int_equal(c.tally.nfaults > 0, w->why != NULL);
		f = w->why != NULL ? c.tally.faults[0] :
		    (struct tally_fault){ .line = w->line };
		if (w->why != NULL && (!bytes_is(f.why, w->why) || f.line !=
		    w->line || (w->column > 0 && f.column != w->column)))
			fail_msg("%s: %u:%u: %s", w->to, (unsigned)f.line,
			    f.column, arena_string(&arena, f.why));
		count_free(c.count);
	}
}

/* A report cut anywhere is a fault, and none is told twice. */
static void
every_cut(void **state)
{
	struct bytes all = bytes_of(small);
	struct counted c;
	size_t n;

	(void)state;
	for (n = 1; n < all.n - 1; n++) {
		count_bytes(&c, bytes_part(all, 0, n));
		assert_int_equal(c.tally.nfaults, 1);
		count_free(c.count);
	}
}

static void
loops_and_depths(void **state)
{
	struct buf b = buf_with(MIB);
	struct counted c;
	unsigned i, depth;

	(void)state;
	assert_one_fault(replaced(bytes_of(small), ",\"VotersRegistered\":100}"
	    ",\n{" T("ReportingUnit") ",\"@id\":\"q\"", ",\"ComposingGpUnitIds\""
	    ":[\"s\"]},\n{" T("ReportingUnit") ",\"@id\":\"q\""),
	    "a unit that is a part of itself: \"Lind\"");
	/* A chain, the lowest first, so that what is below is known. */
	for (depth = 12; depth < 40; depth += 27) {
		buf_reset(&b);
		for (i = 0; i < depth; i++)
			buf_printf(&b, "{" T("ReportingUnit") ",\"@id\":\"z%u\""
			    ",\"Type\":\"other\",\"ComposingGpUnitIds\":"
			    "[\"z%u\"]},", i + 1, i);
		buf_text(&b, UNIT("z0", "other", "Z", "") ",");
		buf_byte(&b, '\0');
		count_bytes(&c, replaced(bytes_of(small), "\"GpUnit\":[",
		    arena_string(&arena, replaced(bytes_of("\"GpUnit\":[@"),
		    "@", (const char *)b.p))));
		assert_int_equal(c.tally.nfaults, depth > 16);
		count_free(c.count);
	}
	buf_free(&b);
}

/* --- parts, and which contest --------------------------------------------- */

/* Where no total is told, the parts are added. */
static void
parts_are_added(void **state)
{
	struct bytes in = replaced(bytes_of(small), "\"total\"",
	    "\"election-day\"");
	struct counted c;

	(void)state;
	in = replaced(in, VOTES("p", "election-day", "31"),
	    VOTES("p", "election-day", "20") "," VOTES("p", "early", "10") ","
	    VOTES("p", "absentee", "1"));
	count_bytes(&c, in);
	assert_int_equal(c.tally.nfaults, 0);
	assert_text(told(&c), bytes_of("registered 0 0\nboxes 0 0\nAnn 1 0\n"
	    "Bob 1 0\n 0 0 2 2 0 200 123 63 60\n 1 0 2 2 0 200 123 63 60\n"
	    " 2 1 2 2 0 200 123 63 60\n200 -1 123 123 -1 -1 "
	    "2 |One\n100 61 31 30 \n2 |Two\n100 62 32 30 \n"));
	count_free(c.count);
	assert_one_fault(replaced(in, "\"early\"", "\"absentee\""),
	    "a count that stands twice: \"One\"");
	count_bytes(&c, replaced(in, "\"early\"", "\"absentee-mail\""));
	assert_text(c.tally.faults[0].why, bytes_of("counts of parts that "
	    "overlap (absentee), and no totals: \"Pres\""));
	count_free(c.count);
	/* A total elsewhere: these are parts of one that is missing. */
	assert_one_fault(replaced(replaced(in, VOTES("q", "election-day", "32"),
	    VOTES("q", "total", "32")), VOTES("q", "election-day", "30"),
	    VOTES("q", "total", "30")),
	    "a unit with counts of parts, and without a total: \"One\"");
}

/* What was counted by devices is a part of the total beside it. */
static void
devices_are_passed_over(void **state)
{
	struct counted c;

	(void)state;
	count_bytes(&c, replaced(bytes_of(small), VOTES("p", "total", "31"),
	    VOTES("p", "total", "31") ",{" T("VoteCounts") ",\"GpUnitId\":"
	    "\"p\",\"Type\":\"total\",\"Count\":7,\"DeviceClass\":{"
	    T("DeviceClass") ",\"Type\":\"dre\"}}"));
	assert_int_equal(c.tally.nfaults, 0);
	assert_int_equal(c.tally.nodes[0].sums[2], 63);
	count_free(c.count);
}

#define SECOND	",{" T("CandidateContest") ",\"@id\":\"k2\",\"Name\":\"Mayor\"," \
	"\"ElectionDistrictId\":\"s\",\"VotesAllowed\":1," \
	"\"ContestSelection\":[{" T("CandidateSelection") ",\"@id\":\"z\"," \
	"\"CandidateIds\":[\"a\"],\"VoteCounts\":[" VOTES("p", "total", "5") \
	"]}]}"

static const char picking[] =
    "profile: pick\ntitle: Picks\ncolumns:\n"
    "  - {is: contest, header: [contest]}\n"
    "  - {is: station, header: [station]}\n"
    "  - {line: registered, header: [registered]}\n"
    "  - {is: candidate, pattern: '\\p{L}'}\n"
    "contest: {header: Mayor}\n"
    "figures:\n  registered: registered\n  valid: votes\n";

static void
one_contest_is_counted(void **state)
{
	struct bytes two = replaced(bytes_of(small), "]}]}]}]}\n",
	    "]}]}" SECOND "]}]}\n"), none;
	struct yaml_fault fault;
	struct counted c;

	(void)state;
	none = replaced(two, VOTES("p", "total", "5"), "");
	count_bytes(&c, two);
	assert_int_equal(c.tally.nfaults, 2);
	assert_text(c.tally.faults[0].why, bytes_of("one of several contests "
	    "with counts; a profile can pick one: \"Pres\""));
	assert_text(c.tally.faults[1].why, bytes_of("one of several contests "
	    "with counts; a profile can pick one: \"Mayor\""));
	count_free(c.count);
	count_bytes(&c, none);
	assert_int_equal(c.tally.nfaults, 0);
	assert_int_equal(c.tally.nodes[0].sums[2], 63);
	count_free(c.count);

	profiles[0] = profile_read(bytes_of(picking), &arena, &fault);
	if (profiles[0] == NULL)
		fail_msg("%u: %s", (unsigned)fault.line, fault.why);
	nprofiles = 1;
	count_bytes(&c, two);
	assert_int_equal(c.tally.nfaults, 0);
	assert_int_equal(c.tally.nodes[0].counted, 1);
	assert_int_equal(c.tally.nodes[0].missing, 1);
	count_free(c.count);
}

/* --- sizes ---------------------------------------------------------------- */

/* More than one window, and a text or a run of blanks at its end. */
static void
windows(void **state)
{
	static const size_t sizes[] = { 900 * KIB, 1023 * KIB, 1024 * KIB - 3,
	    1024 * KIB, 1025 * KIB, 1800 * KIB, 5000 * KIB };
	struct buf b = buf_with(16 * MIB);
	struct counted c;
	struct bytes want;
	unsigned i, k;

	(void)state;
	count_bytes(&c, bytes_of(small));
	want = told(&c);
	count_free(c.count);
	for (i = 0; i < 2 * sizeof(sizes) / sizeof(sizes[0]); i++) {
		buf_reset(&b);
		buf_text(&b, "{\"x\":[");
		while (b.n + 100000 < sizes[i / 2]) {
			for (k = 0; k < 100000; k++)
				buf_byte(&b, i % 2 == 0 ? '1' : ' ');
			buf_text(&b, i % 2 == 0 ? ",\n1,\n" : "\n1,\n");
		}
		while (b.n < sizes[i / 2])
			buf_byte(&b, ' ');
		buf_text(&b, "1],");
		buf_add(&b, bytes_part(bytes_of(small), 1, sizeof(small)));
		count_bytes(&c, buf_bytes(&b));
		if (c.tally.nfaults > 0)
			fail_msg("%u: line %u: %s", i,
			    (unsigned)c.tally.faults[0].line,
			    arena_string(&arena, c.tally.faults[0].why));
		assert_text(told(&c), want);
		count_free(c.count);
	}
	buf_reset(&b);
	buf_text(&b, "{\n\"x\":\"");
	for (k = 0; k < 2000000; k++)
		buf_byte(&b, 'x');
	buf_text(&b, "\",");
	buf_add(&b, bytes_part(bytes_of(small), 1, sizeof(small)));
	count_bytes(&c, buf_bytes(&b));
	assert_int_equal(c.tally.nfaults, 1);
	assert_text(c.tally.faults[0].why, bytes_of("a text, or blanks, of "
	    "more than 256 KiB"));
	assert_int_equal(c.tally.faults[0].line, 2);
	count_free(c.count);
	buf_free(&b);
}

/* A file that is another one when it is read again. */
struct two {
	struct bytes first, second;
	unsigned times;
};

static size_t
read_two(const struct input *in, void *to, size_t n, uint64_t offset)
{
	struct two *t = in->ctx;
	struct bytes part;

	t->times += offset == 0;
	part = bytes_part(t->times == 2 ? t->first : t->second,
	    (size_t)offset, n);
	if (part.n > 0)
		memcpy(to, part.p, part.n);
	return part.n;
}

static void
a_file_that_changes(void **state)
{
	struct bytes more = replaced(bytes_of(small), "\"GpUnit\":[\n",
	    "\"GpUnit\":[" UNIT("n", "precinct", "New", "") ",\n");
	struct bytes choices = replaced(bytes_of(small), "]}]}]}]}\n",
	    "]},{" T("CandidateSelection") ",\"@id\":\"z\"}]}]}]}\n");
	struct two two = { bytes_of(small), more, 0 };
	struct input in = { .read = read_two, .size = more.n, .ctx = &two };
	struct counted c;

	(void)state;
	/* The first look at a file tells whether it is JSON. */
	count_input(&c, &in);
	assert_int_equal(c.tally.nfaults > 0, 1);
	assert_text(c.tally.faults[c.tally.nfaults - 1].why,
	    bytes_of("the file was changed while it was read"));
	count_free(c.count);
	two = (struct two){ bytes_of(small), choices, 0 };
	in.size = choices.n;
	count_input(&c, &in);
	assert_int_equal(c.tally.nfaults, 1);
	assert_text(c.tally.faults[0].why,
	    bytes_of("the file was changed while it was read"));
	count_free(c.count);
}

/* --- 2018 ----------------------------------------------------------------- */

static void
the_stations_of_2018(void **state)
{
	const char *shared = getenv("OSTRAKON_SHARED");
	struct counted first, second;
	struct bytes zip, report;
	char path[512];

	(void)state;
	(void)snprintf(path, sizeof(path), "%s/elections/2018.csv.zip",
	    shared == NULL ? "." : shared);
	zip = file(path);
	if (zip.n == 0)
		skip();
	count_bytes(&first, zip);
	assert_int_equal(first.tally.nfaults, 0);
	assert_int_equal(first.tally.nodes[0].counted, 97699);
	report = written(&first, &about);
	count_bytes(&second, report);
	assert_int_equal(second.tally.nfaults, 0);
	assert_int_equal(tally_figure(&second.tally, &second.tally.nodes[0],
	    FIGURE_REGISTERED), 109008428);
	assert_int_equal(tally_figure(&second.tally, &second.tally.nodes[0],
	    FIGURE_VALID), 72787734);
	assert_true(bytes_eq(told(&first), told(&second)));
	count_free(first.count);
	count_free(second.count);
}

#define TEST(f)	cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_country_comes_back),
		TEST(only_what_was_counted_is_written),
		TEST(what_the_report_says_of_itself),
		TEST(exports_are_as_the_schema_says),
		TEST(another_order),
		TEST(sums_are_not_counted_twice_and_must_be_right),
		TEST(a_changed_export),
		TEST(every_fault_has_its_place),
		TEST(every_cut),
		TEST(loops_and_depths),
		TEST(parts_are_added),
		TEST(devices_are_passed_over),
		TEST(one_contest_is_counted),
		TEST(windows),
		TEST(a_file_that_changes),
		TEST(the_stations_of_2018),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
