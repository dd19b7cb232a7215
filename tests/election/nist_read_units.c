/*
 * NIST SP 1500-100: reports that do not tell what lies in what, or in which a
 * count is missing.  No vote is counted twice, and none is lost in silence.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "base/limits.h"
#include "election/nist.h"
#include "election/profile_builtin.h"
#include "election/read_results.h"
#include "nist_sample.h"

static const char small[] = SMALL;

static struct arena arena;
static const struct profile *neutral;

struct counted {
	struct count *count;
	struct tally tally;
};

static int
set_up(void **state)
{
	struct yaml_fault fault;

	(void)state;
	arena = arena_with(64 * MIB);
	neutral = profile_read(profile_builtin_text("neutral"), &arena,
	    &fault);
	assert_non_null(neutral);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static void
count_bytes(struct counted *c, struct bytes in)
{
	static const struct count_setup setup = { .accept_broken = false };
	struct results_file f = { .input = input_memory(in), .number = 0 };
	struct results_read read = { .rows = 0 };
	struct form_sink sink;

	c->count = count_new(&setup);
	assert_non_null(c->count);
	sink = count_sink(c->count);
	nist_read(&f, &neutral, 1, &sink, &arena, &read);
	count_file(c->count, bytes_of("x"), read.profile, read.format,
	    read.rows);
	assert_int_equal(count_end(c->count, &c->tally), ERR_NONE);
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
assert_first_fault(struct bytes report, const char *why)
{
	struct counted c;

	count_bytes(&c, report);
	assert_true(c.tally.nfaults > 0);
	assert_string_equal(arena_string(&arena, c.tally.faults[0].why), why);
	count_free(c.count);
}

/* Each `from` as `to`. */
static struct bytes
replaced(struct bytes in, const char *from, const char *to)
{
	struct buf b = buf_with(MIB);
	struct bytes made;
	size_t at = 0, next;

	while ((next = bytes_find(in, bytes_of(from), at)) != SIZE_MAX) {
		buf_add(&b, bytes_part(in, at, next - at));
		buf_text(&b, to);
		at = next + strlen(from);
	}
	assert_true(at > 0);
	buf_add(&b, bytes_part(in, at, in.n));
	made = arena_copy(&arena, buf_bytes(&b));
	buf_free(&b);
	return made;
}

#define PARTS	",\"ComposingGpUnitIds\":[\"p\",\"q\"]"
#define BESIDE	"a unit with votes beside others, and it is not told " \
	"whether these are parts of it: "

/* Where it is not told what lies in what, no vote is counted twice. */
static void
votes_are_not_counted_twice(void **state)
{
	struct bytes in = replaced(bytes_of(small), VOTES("q", "total", "32"),
	    VOTES("q", "total", "32") "," VOTES("s", "total", "63"));
	struct bytes flat, county;
	struct counted c;

	(void)state;
	count_bytes(&c, in);
	assert_int_equal(c.tally.nfaults, 0);
	count_free(c.count);
	/* The country, which is the district; and a county. */
	flat = replaced(in, PARTS, "");
	assert_first_fault(flat, BESIDE "\"Lind\"");
	county = replaced(bytes_of(small), PARTS "}", "}," UNIT("c", "county",
	    "C", ""));
	assert_int_equal(faults_of(county), 0);
	county = replaced(replaced(county, VOTES("q", "total", "32"),
	    VOTES("q", "total", "32") "," VOTES("c", "total", "63")),
	    VOTES("q", "total", "30"), VOTES("q", "total", "30") ","
	    VOTES("c", "total", "60"));
	assert_first_fault(county, BESIDE "\"C\"");
	/* A part that is not named. */
	assert_first_fault(replaced(bytes_of(small), PARTS,
	    ",\"ComposingGpUnitIds\":[\"p\"]"), "a unit with votes that is "
	    "not told to be a part of the contest's district: \"Two\"");
}

/* A county that was counted as a whole: its precincts are not missing. */
static void
a_county_stands_for_its_precincts(void **state)
{
	struct bytes in = replaced(bytes_of(small), PARTS "}",
	    ",\"ComposingGpUnitIds\":[\"c\",\"q\"]}," UNIT("c", "county",
	    "C", ",\"ComposingGpUnitIds\":[\"p\"]"));
	struct counted c;

	(void)state;
	in = replaced(in, VOTES("p", "total", "31"), VOTES("c", "total", "31"));
	in = replaced(in, VOTES("p", "total", "30"), VOTES("c", "total", "30"));
	count_bytes(&c, in);
	assert_int_equal(c.tally.nfaults, 0);
	assert_int_equal(c.tally.nodes[0].stations, 2);
	assert_int_equal(c.tally.nodes[0].counted, 2);
	assert_int_equal(c.tally.nodes[0].missing, 0);
	count_free(c.count);
}

/* A count that is not there is 0 if something tells so, and else a fault. */
static void
missing_counts(void **state)
{
	const char *p = VOTES("p", "total", "30") ",\n";
	struct bytes in = replaced(bytes_of(small), p, "");

	(void)state;
	assert_first_fault(in, "a count is missing, and nothing tells that it "
	    "is 0: \"One, Bob\"");
	/* All ballots are accounted for; there is a total; a write-in. */
	assert_int_equal(faults_of(replaced(in, "\"BallotsCast\":61",
	    "\"BallotsCast\":31")), 0);
	assert_int_equal(faults_of(replaced(in, "\"BallotsCast\":61",
	    "\"BallotsCast\":61,\"BallotsRejected\":30")), 0);
	assert_int_equal(faults_of(replaced(bytes_of(small), p,
	    VOTES("s", "total", "30") ",")), 0);
	assert_first_fault(replaced(bytes_of(small), p,
	    VOTES("s", "total", "60") ","), "a count is not the sum of the "
	    "counts below it: \"Lind, Bob: 60 and 30\"");
	assert_int_equal(faults_of(replaced(in, "\"CandidateIds\":[\"b\"]",
	    "\"CandidateIds\":[\"b\"],\"IsWriteIn\":true")), 0);
	/* A choice without any. */
	in = replaced(in, VOTES("q", "total", "30"), "");
	assert_int_equal(faults_of(in), 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(votes_are_not_counted_twice),
		cmocka_unit_test(a_county_stands_for_its_precincts),
		cmocka_unit_test(missing_counts),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
