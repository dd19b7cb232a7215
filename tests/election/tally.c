/*
 * A tally that a worker may send which was taken over: it is whole, and says
 * what cannot be.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/limits.h"
#include "election/tally.h"

#define LINES	2
#define NODES	5

/* A country of two regions: one with two territories, one with none. */
struct sample {
	struct tally tally;
	struct form_line lines[LINES];
	struct tally_node nodes[NODES];
	uint64_t sums[NODES][LINES];
	struct tally_control control;
	struct tally_failure failure;
	struct tally_fault fault;
	struct tally_file file;
	int8_t figure[LINES];
};

static struct arena arena;

static void
fill_node(struct sample *s, unsigned i, enum tally_level level,
    uint32_t parent, const char *name)
{
	struct tally_node *n = &s->nodes[i];

	n->level = level;
	n->parent = parent;
	n->name = bytes_of(name);
	n->sums = s->sums[i];
	n->missing_registered = i == 2 ? -1 : 7;
}

static void
fill_sums(struct sample *s, unsigned i, uint32_t counted, uint32_t missing,
    uint64_t voters)
{
	s->nodes[i].stations = counted + missing;
	s->nodes[i].counted = counted;
	s->nodes[i].missing = missing;
	s->sums[i][0] = voters;
	s->sums[i][1] = voters / 2;
}

static void
fill(struct sample *s)
{
	memset(s, 0, sizeof(*s));
	s->lines[0].key = bytes_of("registered");
	s->lines[1].key = bytes_of("Ada Arc");
	s->lines[1].candidate = true;
	s->figure[0] = 1;
	fill_node(s, 0, TALLY_COUNTRY, 0, "");
	fill_node(s, 1, TALLY_REGION, 0, "North");
	fill_node(s, 2, TALLY_TERRITORY, 1, "T1");
	fill_node(s, 3, TALLY_TERRITORY, 1, "T2");
	fill_node(s, 4, TALLY_REGION, 0, "South");
	fill_sums(s, 2, 2, 1, 1000);
	fill_sums(s, 3, 3, 1, 400);
	fill_sums(s, 1, 5, 2, 1400);
	fill_sums(s, 0, 5, 2, 1400);
	s->control.id = bytes_of("R1");
	s->control.stations = 6;
	s->control.violations = 1;
	s->failure.station.node = 3;
	s->failure.station.name = bytes_of("17");
	s->failure.explained = bytes_of("1 is not 2");
	s->file.name = bytes_of("f.csv");
	s->fault.why = bytes_of("a fault");
	s->tally.lines = s->lines;
	s->tally.nlines = LINES;
	s->tally.figures[FIGURE_REGISTERED] = s->figure;
	s->tally.nodes = s->nodes;
	s->tally.nnodes = NODES;
	s->tally.controls = &s->control;
	s->tally.ncontrols = 1;
	s->tally.failures = &s->failure;
	s->tally.nfailures = 1;
	s->tally.failures_in_all = 1;
	s->tally.files = &s->file;
	s->tally.nfiles = 1;
	s->tally.leader = 1;
}

static bool
passes(const struct sample *s)
{
	struct buf b = buf_with(MIB), again = buf_with(MIB);
	struct tally back;
	bool good;

	arena_reset(&arena);
	tally_write(&s->tally, &b);
	assert_false(b.bad);
	good = tally_read(buf_bytes(&b), &arena, &back);
	if (good) {
		tally_write(&back, &again);
		assert_true(bytes_eq(buf_bytes(&b), buf_bytes(&again)));
	} else {
		assert_null(back.nodes);
	}
	buf_free(&b);
	buf_free(&again);
	return good;
}

static void
the_sample_passes(void **state)
{
	struct sample s;

	(void)state;
	fill(&s);
	assert_true(passes(&s));
	assert_int_equal(tally_figure(&s.tally, &s.nodes[0],
	    FIGURE_REGISTERED), 1400);
	assert_int_equal(tally_figure(&s.tally, &s.nodes[0], FIGURE_ISSUED),
	    -1);
}

static void
a_count_has_a_country(void **state)
{
	struct sample s;

	(void)state;
	fill(&s);
	s.tally.nnodes = s.tally.nfailures = s.tally.ncontrols = 0;
	s.tally.failures_in_all = 0;
	assert_false(passes(&s));
	/* With faults nothing was counted. */
	s.tally.faults = &s.fault;
	s.tally.nfaults = 1;
	assert_false(passes(&s));
	s.tally.faults_in_all = 1;
	assert_true(passes(&s));
}

static void
what_does_not_add_up(void **state)
{
	struct sample s;
	unsigned i;

	(void)state;
	for (i = 0; i < NODES; i++) {
		fill(&s);
		s.sums[i][1]++;
		assert_false(passes(&s));
		fill(&s);
		s.nodes[i].stations++;
		assert_false(passes(&s));
		fill(&s);
		s.nodes[i].stations++;
		s.nodes[i].broken++;
		assert_false(passes(&s));
		fill(&s);
		s.nodes[i].annulled++;
		assert_false(passes(&s));
		if (s.nodes[i].counted == 0)
			continue;
		fill(&s);
		s.nodes[i].counted--;
		s.nodes[i].broken++;
		assert_false(passes(&s));
	}
}

static void
nodes_out_of_order(void **state)
{
	static const struct {
		unsigned node;
		enum tally_level level;
		uint32_t parent;
	} bad[] = {
		{ 0, TALLY_REGION, 0 }, { 1, TALLY_COUNTRY, 0 },
		{ 1, TALLY_TERRITORY, 0 }, { 1, TALLY_REGION, 1 },
		{ 1, TALLY_REGION, 4 }, { 2, TALLY_TERRITORY, 4 },
		{ 2, TALLY_TERRITORY, 0 }, { 3, TALLY_REGION, 1 },
		{ 4, TALLY_REGION, NODES }, { 4, (enum tally_level)3, 0 },
	};
	struct sample s;
	unsigned i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		fill(&s);
		s.nodes[bad[i].node].level = bad[i].level;
		s.nodes[bad[i].node].parent = bad[i].parent;
		if (passes(&s))
			fail_msg("%u passes", i);
	}
}

static void
numbers_out_of_range(void **state)
{
	struct sample s;

	(void)state;
	fill(&s);
	s.tally.leader = LINES;
	assert_false(passes(&s));
	fill(&s);
	s.tally.leader = -1;
	assert_true(passes(&s));
	fill(&s);
	s.failure.station.node = NODES;
	assert_false(passes(&s));
	fill(&s);
	s.failure.control = 1;
	assert_false(passes(&s));
	fill(&s);
	s.control.violations = 7;
	assert_false(passes(&s));
	fill(&s);
	s.tally.failures_in_all = 0;
	assert_false(passes(&s));
	fill(&s);
	s.failure.station.file = 1;
	assert_false(passes(&s));
	fill(&s);
	s.nodes[2].missing_registered = -2;
	assert_false(passes(&s));
	fill(&s);
	s.sums[4][0] = s.sums[0][0] = UINT64_C(1) << 60;
	assert_false(passes(&s));
}

static void
texts_that_are_none(void **state)
{
	static char many[70000];
	struct sample s;

	(void)state;
	fill(&s);
	s.lines[1].key = bytes_of("Ada \xff");
	assert_false(passes(&s));
	fill(&s);
	s.nodes[1].name = bytes_of("\xed\xa0\x80");
	assert_false(passes(&s));
	/* What is too long is cut short by who writes. */
	memset(many, 'a', sizeof(many));
	fill(&s);
	s.failure.explained = bytes_at(many, sizeof(many));
	assert_true(passes(&s));
}

static int
set_up(void **state)
{
	(void)state;
	arena = arena_with(4 * MIB);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_sample_passes),
		cmocka_unit_test(a_count_has_a_country),
		cmocka_unit_test(what_does_not_add_up),
		cmocka_unit_test(nodes_out_of_order),
		cmocka_unit_test(numbers_out_of_range),
		cmocka_unit_test(texts_that_are_none),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
