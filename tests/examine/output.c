/*
 * The output folder: nothing in the evidence is touched, nothing has its name
 * before all is whole, nothing stays behind.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/limits.h"
#include "examine/output.h"

struct scene {
	struct arena arena;
	char base[64], evidence[128], out[128], inside[192];
};

static int
setup(void **state)
{
	struct scene *s = test_calloc(1, sizeof(*s));

	s->arena = arena_with(MIB);
	(void)snprintf(s->base, sizeof(s->base),
	    "/tmp/ostrakon-output-XXXXXX");
	assert_non_null(mkdtemp(s->base));
	(void)snprintf(s->evidence, sizeof(s->evidence), "%s/phone", s->base);
	(void)snprintf(s->out, sizeof(s->out), "%s/out", s->base);
	(void)snprintf(s->inside, sizeof(s->inside), "%s/out", s->evidence);
	assert_int_equal(mkdir(s->evidence, 0700), 0);
	*state = s;
	return 0;
}

static int
teardown(void **state)
{
	struct scene *s = *state;

	(void)rmdir(s->inside);
	(void)rmdir(s->evidence);
	(void)rmdir(s->out);
	assert_int_equal(rmdir(s->base), 0);
	arena_free(&s->arena);
	test_free(s);
	return 0;
}

static bool
there(const char *folder, const char *name)
{
	char path[256];

	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	return access(path, F_OK) == 0;
}

static void
gone(const char *folder, const char *name)
{
	char path[256];

	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	assert_int_equal(remove(path), 0);
}

static void
evidence_is_not_touched(void **state)
{
	struct scene *s = *state;
	struct stat before, after;
	struct output *o;
	char slashes[256];

	(void)snprintf(slashes, sizeof(slashes), "%s///", s->inside);
	assert_int_equal(stat(s->evidence, &before), 0);
	assert_int_equal(output_new(&o, &s->arena, s->inside, s->evidence),
	    ERR_DENIED);
	assert_int_equal(output_new(&o, &s->arena, slashes, s->evidence),
	    ERR_DENIED);
	assert_int_equal(stat(s->evidence, &after), 0);
	assert_int_equal(before.st_mtim.tv_sec, after.st_mtim.tv_sec);
	assert_int_equal(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
	assert_int_equal(output_outside(s->inside, s->evidence), ERR_DENIED);
	assert_int_equal(output_outside(s->out, s->evidence), ERR_NONE);
	/* An empty folder in it that was there before. */
	assert_int_equal(mkdir(s->inside, 0700), 0);
	assert_int_equal(output_new(&o, &s->arena, s->inside, s->evidence),
	    ERR_DENIED);
	assert_true(there(s->evidence, "out"));
}

static void
named_when_all_is_whole(void **state)
{
	struct scene *s = *state;
	const struct output_sum *sums;
	struct output *o;
	unsigned n;
	int fd;

	assert_int_equal(hash_prepare(), ERR_NONE);
	assert_int_equal(output_new(&o, &s->arena, s->out, s->evidence),
	    ERR_NONE);
	fd = output_file(o, "records/a.jsonl");
	assert_int_equal(write(fd, "abc", 3), 3);
	fd = output_file(o, "b.json");
	assert_int_equal(write(fd, "x", 1), 1);
	assert_true(output_file(o, "c.json") >= 0);
	output_drop(o, "b.json");
	assert_false(there(s->out, "records/a.jsonl"));
	assert_int_equal(output_sums(o, &s->arena, &sums, &n), ERR_NONE);
	assert_int_equal(n, 2);
	assert_string_equal(sums[1].name, "records/a.jsonl");
	assert_int_equal(sums[1].size, 3);
	assert_string_equal(sums[1].sha256, "ba7816bf8f01cfea414140de5dae2223"
	    "b00361a396177a9cb410ff61f20015ad");
	assert_false(output_full(o));
	assert_int_equal(output_commit(o), ERR_NONE);
	assert_false(there(s->out, "b.json"));
	assert_false(there(s->out, "b.json.part"));
	gone(s->out, "records/a.jsonl");
	gone(s->out, "c.json");
	gone(s->out, "records");
}

static void
nothing_stays_behind(void **state)
{
	struct scene *s = *state;
	struct output *o, *other;
	char name[256];
	int fd;

	assert_int_equal(output_new(&o, &s->arena, s->out, s->evidence),
	    ERR_NONE);
	assert_true(output_file(o, "records/a.jsonl") >= 0);
	fd = output_scratch(o);
	assert_true(fd >= 0);
	(void)close(fd);
	output_abandon(o);
	assert_false(there(s->base, "out"));
	/* A folder that was there before stays, empty. */
	assert_int_equal(mkdir(s->out, 0700), 0);
	assert_int_equal(output_new(&o, &s->arena, s->out, s->evidence),
	    ERR_NONE);
	assert_true(output_file(o, "a.json") >= 0);
	assert_true(output_file(o, "case.json") >= 0);
	/* It is taken, although it may look empty still. */
	assert_int_equal(output_new(&other, &s->arena, s->out, s->evidence),
	    ERR_KIND);
	/* What somebody else put there meanwhile is not ours to take away. */
	(void)snprintf(name, sizeof(name), "%s/case.json", s->out);
	fd = open(name, O_WRONLY | O_CREAT | O_EXCL, 0600);
	assert_true(fd >= 0);
	(void)close(fd);
	assert_int_equal(output_commit(o), ERR_KIND);
	assert_false(there(s->out, "a.json"));
	gone(s->out, "case.json");
	assert_true(there(s->base, "out"));
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(evidence_is_not_touched),
		TEST(named_when_all_is_whole),
		TEST(nothing_stays_behind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
