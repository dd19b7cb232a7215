/*
 * Rows of totals: what is read, what is refused and where, and that what a row
 * says of its own outcome goes nowhere.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>

#include "base/limits.h"
#include "outcome_try.h"
#include "election/from_totals.h"

static const char head[] = "id,law,round,date,registered,cast,valid,invalid,"
    "c1,v1,c2,v2,c3,v3,against_all,outcome,next_date,inauguration,src\n";

struct reading {
	struct arena arena;
	struct from_totals row;
	struct from_totals_fault fault;
	bool good;
};

static void
read_text(struct reading *r, const char *text, const char *which)
{
	static const struct reading none;

	*r = none;
	r->arena = arena_with(16 * MIB);
	r->good = from_totals_read(bytes_of(text), bytes_of(which), &r->arena,
	    &r->row, &r->fault);
}

static void
refuses(const char *text, const char *which, uint64_t line, uint32_t column,
    const char *why)
{
	struct reading r;

	read_text(&r, text, which);
	if (r.good || bytes_find(r.fault.why, bytes_of(why), 0) == SIZE_MAX)
		fail_msg("%s: %.*s", text, (int)r.fault.why.n,
		    (const char *)r.fault.why.p);
	if (r.fault.line != line || r.fault.column != column)
		fail_msg("%s: line %u, column %u: %.*s", text,
		    (unsigned)r.fault.line, (unsigned)r.fault.column,
		    (int)r.fault.why.n, (const char *)r.fault.why.p);
	arena_free(&r.arena);
}

static void
test_row(void **state)
{
	struct reading r;
	const struct standing *s = &r.row.standing;

	(void)state;
	read_text(&r, "ZZ-1,ZZ2000,1,2020-03-01,1000,600,590,10,Anna,300,"
	    "\"Berg, Bo\",200,Clara,,40,elected,2020-03-22,2020-05-07,S\n",
	    "");
	assert_true(r.good);
	assert_true(bytes_is(r.row.id, "ZZ-1"));
	assert_true(bytes_is(r.row.law, "ZZ2000"));
	assert_int_equal(r.row.round, 1);
	assert_int_equal(r.row.date, date_of(2020, 3, 1));
	assert_int_equal(s->registered, 1000);
	assert_int_equal(s->found, 600);
	assert_int_equal(s->participants, FIGURE_UNKNOWN);
	assert_int_equal(s->valid, 590);
	assert_int_equal(s->invalid, 10);
	assert_int_equal(s->blank, FIGURE_UNKNOWN);
	assert_int_equal(s->against_all, 40);
	assert_int_equal(s->ncontenders, 3);
	assert_true(bytes_is(s->contenders[1].name, "Berg, Bo"));
	assert_int_equal(s->contenders[1].votes, 200);
	assert_int_equal(s->contenders[2].votes, FIGURE_UNKNOWN);
	assert_false(s->all_listed);
	assert_int_equal(r.row.nevents, 0);
	arena_free(&r.arena);
}

/* Other columns, another order, CRLF, an event in a name. */
static void
test_columns(void **state)
{
	struct reading r;
	const struct standing *s = &r.row.standing;

	(void)state;
	read_text(&r, "v2,round,c2,note,v1,c1,valid,v4,c4\r\n"
	    "3,2,Bo (died 2020-02-28),x,4,Anna,9,2,Dora\r\n\r\n", "");
	assert_true(r.good);
	assert_int_equal(r.row.date, DATE_UNSET);
	assert_int_equal(r.row.law.n, 0);
	assert_int_equal(s->ncontenders, 3);
	assert_true(bytes_is(s->contenders[0].name, "Anna"));
	assert_true(bytes_is(s->contenders[1].name, "Bo"));
	assert_true(bytes_is(s->contenders[2].name, "Dora"));
	assert_true(s->all_listed);
	assert_int_equal(s->found, FIGURE_UNKNOWN);
	assert_int_equal(r.row.nevents, 1);
	assert_int_equal(r.row.events[0].kind, EVENT_DIED);
	assert_int_equal(r.row.events[0].date, date_of(2020, 2, 28));
	arena_free(&r.arena);
}

static void
test_which(void **state)
{
	static const char table[] = "id,round,c1,v1\nx,1,A,5\n2,1,B,6\n"
	    "y,1,C,7\n";
	struct reading r;

	(void)state;
	read_text(&r, table, "Y");
	assert_true(r.good);
	assert_int_equal(r.row.standing.contenders[0].votes, 7);
	arena_free(&r.arena);
	/* An id goes before a number. */
	read_text(&r, table, "2");
	assert_true(r.good);
	assert_int_equal(r.row.standing.contenders[0].votes, 6);
	arena_free(&r.arena);
	read_text(&r, table, "3");
	assert_true(r.good);
	assert_int_equal(r.row.standing.contenders[0].votes, 7);
	arena_free(&r.arena);
	refuses(table, "z", 0, 0, "no such row");
	refuses(table, "4", 0, 0, "no such row");
	refuses(table, "0", 0, 0, "no such row");
	refuses(table, "", 3, 1, "several rows");
	refuses("id,round,c1,v1\n", "", 0, 0, "no row");
	refuses("", "", 0, 0, "no row");
}

static void
test_refused(void **state)
{
	(void)state;
	refuses("round,c1,v1\n4,A,1\n", "", 2, 1, "a round is");
	refuses("round,c1,v1\n,A,1\n", "", 2, 1, "a round is");
	refuses("round,date,c1,v1\n1,2020-02-30,A,1\n", "", 2, 3, "a date");
	refuses("round,c1,v1\n1,A,-1\n", "", 2, 5, "no count");
	refuses("round,c1,v1\n1,A,1.5\n", "", 2, 5, "no count");
	refuses("round,c1,v1\n1,A,1000000000001\n", "", 2, 5, "no count");
	refuses("round,c1,v1\n1,A,99999999999999999999\n", "", 2, 5,
	    "no count");
	refuses("round,c1,v1\n1,,5\n", "", 2, 4, "no name");
	refuses("round,c1,v1\n1,A (died 2020-02-30),5\n", "", 2, 3, "an event");
	refuses("round,c1,v1\n1,,\n", "", 2, 1, "no candidate");
	refuses("round,c1,v1,c2,v2\n1,A,5,a,6\n", "", 2, 7, "twice");
	refuses("round,c1,v1,v2\n1,A,5,6\n", "", 1, 1, "are two");
	refuses("round,c1,v1,round\n1,A,5,6\n", "", 1, 13, "this name");
	refuses("round,x\n1,A\n", "", 1, 1, "lacks");
	refuses("round,c1,v1\n1,A\n", "", 2, 4, "fields");
	refuses("round,c1,v1\n1,\"A,5\n", "", 2, 3, "");
	refuses("round,cast,valid,invalid,c1,v1\n1,10,8,1,A,5\n", "", 2, 3,
	    "not valid and invalid together");
	refuses("round,cast,valid,c1,v1\n1,7,8,A,5\n", "", 2, 5,
	    "more valid");
	refuses("round,valid,against_all,c1,v1\n1,8,4,A,5\n", "", 2, 3,
	    "more than the valid");
	refuses("round,cast,c1,v1\n1,8,A,9\n", "", 2, 3, "more than the "
	    "ballots");
	refuses("round,registered,cast,c1,v1\n1,8,9,A,9\n", "", 2, 3,
	    "fewer voters");
	/* Without the line of names, the place is that in the row given. */
	refuses("a,b,1,2020-01-01,,,x,,A,1,,,,,,,,,\n", "", 1, 20, "no count");
	refuses("a,b\n", "", 1, 4, "fewer fields");
}

/* --- the question --------------------------------------------------------- */

/* The same row with other answers in it asks the same. */
static void
test_answers_unseen(void **state)
{
	static const char *const rows[] = {
		"%sA,ZZ,1,2020-03-01,1000,600,600,0,Anna,250,Bo,200,Clara,150,"
		    ",runoff,2020-03-22,,S\n",
		"%sB,ZZ,1,2020-03-01,1000,600,600,0,Anna,250,Bo,200,Clara,150,"
		    ",elected,2021-01-01,2022-02-02,M\n",
	};
	struct outcome_try t;
	struct outcome_question q;
	struct reading r;
	const struct outcome *o;
	struct event e;
	char text[1000];
	unsigned i;

	(void)state;
	outcome_try_law(&t, "    round-1:\n      source: book\n"
	    "      nobody: next-round\n"
	    "      elected-if: votes > 1/2 of valid\n"
	    "    round-2:\n      source: book\n      advance: 2\n"
	    "      date: 14 days after voting\n      withdrawn: next\n"
	    "      elected-if: votes > next\n");
	assert_true(event_read(bytes_of("withdrawn:Bo:2020-03-02"), &e));
	for (i = 0; i < 2; i++) {
		(void)snprintf(text, sizeof(text), rows[i], head);
		read_text(&r, text, "");
		assert_true(r.good);
		assert_true(from_totals_question(&r.row, t.q.law, &e, 1,
		    &r.arena, &q));
		assert_int_equal(q.anchors[ANCHOR_VOTING],
		    date_of(2020, 3, 1));
		o = outcome_decide(&q, &r.arena);
		assert_non_null(o);
		assert_int_equal(o->kind, OUTCOME_RUNOFF);
		assert_int_equal(o->between[0], 0);
		assert_int_equal(o->between[1], 2);
		assert_int_equal(o->date.from, date_of(2020, 3, 15));
		assert_int_equal(o->date.until, date_of(2020, 3, 15));
		arena_free(&r.arena);
	}
	/* A later round has its day as such. */
	read_text(&r, "round,date,c1,v1,c2,v2\n2,2020-03-15,A,4,B,5\n", "");
	assert_true(from_totals_question(&r.row, t.q.law, NULL, 0, &r.arena,
	    &q));
	assert_int_equal(q.anchors[ANCHOR_VOTING], DATE_UNSET);
	assert_int_equal(q.anchors[ANCHOR_VOTING_2], date_of(2020, 3, 15));
	o = outcome_decide(&q, &r.arena);
	assert_non_null(o);
	assert_int_equal(o->kind, OUTCOME_ELECTED);
	assert_int_equal(o->winner, 1);
	arena_free(&r.arena);
	outcome_try_free(&t);
}

/* A version holds by the day of the first voting, a week before at least. */
static void
test_version(void **state)
{
	struct outcome_try t;
	struct outcome_question q;
	struct reading r;

	(void)state;
	outcome_try_law(&t, "    round-1: {source: book, nobody: repeat, "
	    "elected-if: votes > next}\n"
	    "    repeat: {source: book, date: {until: 9 days after voting, "
	    "source: book}}\n"
	    "  - from: 2020-03-10\n");
	read_text(&r, "round,date,c1,v1\n2,2020-03-15,A,4\n", "");
	assert_true(from_totals_question(&r.row, t.q.law, NULL, 0, &r.arena,
	    &q));
	assert_ptr_equal(q.version, &t.q.law->versions[0]);
	arena_free(&r.arena);
	read_text(&r, "round,date,c1,v1\n1,2020-03-15,A,4\n", "");
	assert_true(from_totals_question(&r.row, t.q.law, NULL, 0, &r.arena,
	    &q));
	assert_ptr_equal(q.version, &t.q.law->versions[1]);
	arena_free(&r.arena);
	read_text(&r, "round,date,c1,v1\n1,1999-03-15,A,4\n", "");
	assert_true(from_totals_question(&r.row, t.q.law, NULL, 0, &r.arena,
	    &q));
	assert_null(q.version);
	assert_int_equal(outcome_decide(&q, &r.arena)->kind,
	    OUTCOME_NOT_APPLICABLE);
	arena_free(&r.arena);
	outcome_try_free(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_row),
		cmocka_unit_test(test_columns),
		cmocka_unit_test(test_which),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_answers_unseen),
		cmocka_unit_test(test_version),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
