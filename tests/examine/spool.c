/*
 * The spool: whatever order events were added in, they come out by time,
 * artifact, row and order of adding.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "examine/spool.h"

#define EVENTS	70000		/* more than two runs hold */

static int
scratch(void)
{
	char name[] = "/tmp/ostrakon-spool-XXXXXX";
	int fd = mkstemp(name);

	assert_true(fd >= 0);
	assert_int_equal(unlink(name), 0);
	return fd;
}

static struct input
all_of(int fd)
{
	off_t n = lseek(fd, 0, SEEK_END);

	assert_true(n >= 0);
	return input_file(fd, (uint64_t)n);
}

static void
fill(int fd, unsigned n, unsigned seed)
{
	struct arena arena = arena_with(16 * MIB);
	struct spool *spool;
	char text[64];
	unsigned i;

	assert_int_equal(spool_new(&spool, &arena, fd), ERR_NONE);
	srand(seed);
	for (i = 0; i < n; i++) {
		(void)snprintf(text, sizeof(text), "event %u", i);
		spool_add(spool, rand() % 5000 - 100, (int64_t)i, "seen",
		    bytes_of(text));
	}
	assert_int_equal(spool_end(spool), ERR_NONE);
	arena_free(&arena);
}

static void
sorted_and_whole(void **state)
{
	struct arena arena = arena_with(32 * MIB);
	struct input in[2];
	struct spool_merge *merge;
	struct spool_event e;
	int64_t time = INT64_MIN, row = 0;
	uint32_t artifact = 0, n = 0;
	int fds[2];

	(void)state;
	fds[0] = scratch();
	fds[1] = scratch();
	fill(fds[0], EVENTS, 1);
	fill(fds[1], 1000, 2);
	in[0] = all_of(fds[0]);
	in[1] = all_of(fds[1]);
	assert_int_equal(spool_merge_new(&merge, &arena), ERR_NONE);
	spool_merge_add(merge, 7, &in[1]);
	spool_merge_add(merge, 3, &in[0]);
	while (spool_merge_next(merge, &e)) {
		assert_true(e.time >= time);
		if (e.time == time)
			assert_true(e.artifact >= artifact);
		if (e.time == time && e.artifact == artifact)
			assert_true(e.row > row);
		assert_true(bytes_is(e.what, "seen"));
		assert_true(bytes_starts(e.message, "event "));
		time = e.time;
		artifact = e.artifact;
		row = e.row;
		n++;
	}
	assert_int_equal(n, EVENTS + 1000);
	assert_true(spool_merge_whole(merge));
	(void)close(fds[0]);
	(void)close(fds[1]);
	arena_free(&arena);
}

static void
long_texts_are_cut(void **state)
{
	struct arena arena = arena_with(32 * MIB);
	struct buf text = buf_with(64 * KIB);
	struct spool_merge *merge;
	struct spool_event e;
	struct spool *spool;
	struct input in;
	int fd = scratch();
	unsigned i;

	(void)state;
	for (i = 0; i < 60000; i++)
		buf_byte(&text, 'x');
	assert_int_equal(spool_new(&spool, &arena, fd), ERR_NONE);
	for (i = 0; i < 600; i++)
		spool_add(spool, i, 1, "long", buf_bytes(&text));
	assert_int_equal(spool_end(spool), ERR_NONE);
	in = all_of(fd);
	assert_int_equal(spool_merge_new(&merge, &arena), ERR_NONE);
	spool_merge_add(merge, 0, &in);
	for (i = 0; spool_merge_next(merge, &e); i++)
		assert_in_range(e.message.n, 4 * KIB, 8 * KIB);
	assert_int_equal(i, 600);
	buf_free(&text);
	(void)close(fd);
	arena_free(&arena);
}

/* A worker that was taken over wrote the runs: no cut and no flipped bit may
   do more than lose events. */
static void
damaged_runs(void **state)
{
	struct arena arena = arena_with(32 * MIB);
	struct spool_merge *merge;
	struct spool_event e;
	uint8_t bytes[4096];
	struct input in;
	int fd = scratch();
	size_t n, at;

	(void)state;
	fill(fd, 40, 3);
	in = all_of(fd);
	n = input_read(&in, bytes, sizeof(bytes), 0);
	for (at = 0; at < n * 9; at++) {
		struct buf copy = buf_with(sizeof(bytes));
		struct input damaged;

		buf_add(&copy, bytes_at(bytes, at < n ? at : n));
		if (at >= n)
			copy.p[(at - n) / 8] ^=
			    (uint8_t)(1u << (at - n) % 8);
		damaged = input_memory(buf_bytes(&copy));
		arena_reset(&arena);
		assert_int_equal(spool_merge_new(&merge, &arena), ERR_NONE);
		spool_merge_add(merge, 0, &damaged);
		while (spool_merge_next(merge, &e))
			assert_true(e.message.n <= sizeof(bytes));
		/* Only a run of no bytes at all may be cut unseen. */
		assert_true(at >= n || at == 0 || !spool_merge_whole(merge));
		buf_free(&copy);
	}
	(void)close(fd);
	arena_free(&arena);
}

/* A worker that died while it wrote: the events before are there, and those of
   the other workers. */
static void
cut_runs_give_what_is_there(void **state)
{
	struct arena arena = arena_with(32 * MIB);
	struct spool_merge *merge;
	struct spool_event e;
	struct input in[2];
	unsigned n[2] = { 0, 0 };
	int fds[2];

	(void)state;
	fds[0] = scratch();
	fds[1] = scratch();
	fill(fds[0], EVENTS, 1);
	fill(fds[1], 100, 2);
	in[0] = all_of(fds[0]);
	in[0].size -= 10;
	in[1] = all_of(fds[1]);
	assert_int_equal(spool_merge_new(&merge, &arena), ERR_NONE);
	spool_merge_add(merge, 0, &in[0]);
	spool_merge_add(merge, 1, &in[1]);
	while (spool_merge_next(merge, &e))
		n[e.artifact]++;
	assert_int_equal(n[0], EVENTS - 1);
	assert_int_equal(n[1], 100);
	assert_false(spool_merge_whole(merge));
	(void)close(fds[0]);
	(void)close(fds[1]);
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sorted_and_whole),
		cmocka_unit_test(long_texts_are_cut),
		cmocka_unit_test(damaged_runs),
		cmocka_unit_test(cut_runs_give_what_is_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
