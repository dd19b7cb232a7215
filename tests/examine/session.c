/*
 * Tasks: how each ended, and what becomes of those under way when the work
 * that they are part of is given up.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/limits.h"
#include "examine/session.h"
#include "examine/talk.h"

enum { JOB_TELLS, JOB_WAITS, JOB_NO_OUTPUT, JOB_SAYS_NOTHING, JOBS };

struct heard {
	struct arena arena;
	unsigned notes, done, ended;
	const char *why;
};

/* --- the workers ------------------------------------------------------------- */

static int
tells(const struct worker *worker)
{
	struct talk talk = { 0 };

	talk_start(&talk, worker);
	talk_note(&talk, bytes_of("hello"));
	talk_done(&talk, NULL);
	return WORKER_DONE;
}

/* Tells, and then waits for an answer that does not come. */
static int
waits(const struct worker *worker)
{
	struct talk talk = { 0 };
	uint8_t answer[64];
	size_t n;

	talk_start(&talk, worker);
	talk_note(&talk, bytes_of("hello"));
	(void)channel_receive(worker->channel, answer, sizeof(answer), &n,
	    NULL, NULL);
	talk_done(&talk, NULL);
	return WORKER_DONE;
}

static int
no_output(const struct worker *worker)
{
	struct talk talk = { 0 };

	talk_start(&talk, worker);
	talk_done(&talk, NULL);
	return WORKER_NO_OUTPUT;
}

static int
says_nothing(const struct worker *worker)
{
	(void)worker;
	return WORKER_DONE;
}

static job_fn *const jobs[JOBS] = {
	[JOB_TELLS] = tells,
	[JOB_WAITS] = waits,
	[JOB_NO_OUTPUT] = no_output,
	[JOB_SAYS_NOTHING] = says_nothing,
};

/* --- the parent ---------------------------------------------------------------- */

static bool
on_message(void *ctx, const struct wire_message *m)
{
	struct heard *heard = ctx;

	heard->notes += m->type == WIRE_NOTE;
	heard->done += m->type == WIRE_DONE;
	return true;
}

static void
on_end(void *ctx, const char *why)
{
	struct heard *heard = ctx;

	heard->ended++;
	heard->why = why;
}

static void
start(struct session *s, unsigned kind, struct heard *heard)
{
	struct task task = { .kind = (enum job_kind)kind, .ctx = heard,
	    .message = on_message, .ended = on_end, .arena = &heard->arena };

	memset(heard, 0, sizeof(*heard));
	heard->arena = arena_with(MIB);
	assert_int_equal(session_start(s, &task, 4), ERR_NONE);
}

static void
how_they_end(void **state)
{
	struct heard tell, output, nothing;
	struct session *s;

	(void)state;
	assert_int_equal(session_new(&s), ERR_NONE);
	start(s, JOB_TELLS, &tell);
	start(s, JOB_NO_OUTPUT, &output);
	start(s, JOB_SAYS_NOTHING, &nothing);
	assert_int_equal(session_finish(s), ERR_NONE);
	assert_int_equal(tell.ended, 1);
	assert_null(tell.why);
	assert_int_equal(tell.notes, 1);
	assert_ptr_equal(output.why, session_no_output);
	assert_non_null(nothing.why);
	session_free(s);
	arena_free(&tell.arena);
	arena_free(&output.arena);
	arena_free(&nothing.arena);
}

/* What the dropped tasks still had to say reaches nobody: their owner is gone
   by then. */
static void
dropped_ones_are_silent(void **state)
{
	struct heard first[3], next;
	struct session *s;
	unsigned i;

	(void)state;
	assert_int_equal(session_new(&s), ERR_NONE);
	for (i = 0; i < 3; i++)
		start(s, i == 0 ? JOB_WAITS : JOB_TELLS, &first[i]);
	session_drop(s);
	memset(first, 0, sizeof(first));
	for (i = 0; i < 12; i++) {
		start(s, JOB_TELLS, &next);
		assert_int_equal(session_finish(s), ERR_NONE);
		assert_int_equal(next.ended, 1);
		assert_null(next.why);
		assert_int_equal(next.notes, 1);
	}
	for (i = 0; i < 3; i++)
		assert_int_equal(first[i].ended + first[i].notes +
		    first[i].done, 0);
	session_free(s);
}

static void
a_signal_stops_them(void **state)
{
	struct heard heard;
	struct session *s;

	(void)state;
	assert_int_equal(session_new(&s), ERR_NONE);
	start(s, JOB_WAITS, &heard);
	session_stop = 1;
	assert_int_equal(session_finish(s), ERR_WORKER);
	session_stop = 0;
	session_drop(s);
	start(s, JOB_TELLS, &heard);
	assert_int_equal(session_finish(s), ERR_NONE);
	assert_null(heard.why);
	session_free(s);
}

static void
prepare(void)
{
	(void)hash_prepare();
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(how_they_end),
		cmocka_unit_test(dropped_ones_are_silent),
		cmocka_unit_test(a_signal_stops_them),
	};

	if (argc == 2 && strcmp(argv[1], "--nursery") == 0)
		return nursery_main(jobs, JOBS, prepare);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
