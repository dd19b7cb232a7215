/*
 * Property lists that are small and name their parts very often: the artifacts
 * that read one must say so, and not begin to walk it.
 */
#include "artifact/plists.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "artifact/artifact.h"
#include "artifact/engine.h"
#include "base/hash.h"
#include "base/limits.h"
#include "indicator/build.h"

#define WIDTH	100		/* names in each array */

/* What leads to the parts: a key of each artifact. */
static const char *const keys[] = { "PayloadContent", "ProfileEvents",
    "netUsageBaseline", "browsingStatistics", "Applications" };
#define NKEYS	5

struct told {
	struct bytes file;
	unsigned gaps;
};

static void
object_begins(struct buf *b, uint16_t *offsets, unsigned *n)
{
	offsets[(*n)++] = (uint16_t)b->n;
}

/* A dictionary whose keys all lead to the first of `depth` arrays, each of
   which names the next a hundred times; the last names a text. */
static void
list_make(struct buf *b, unsigned depth)
{
	uint16_t offsets[64];
	unsigned i, k, n = 0;
	uint64_t start;

	buf_text(b, "bplist00");
	object_begins(b, offsets, &n);
	buf_byte(b, 0xd0 | NKEYS);
	for (i = 0; i < NKEYS; i++)
		buf_byte(b, (uint8_t)(1 + i));
	for (i = 0; i < NKEYS; i++)
		buf_byte(b, 1 + NKEYS);
	for (i = 0; i < NKEYS; i++) {
		object_begins(b, offsets, &n);
		buf_text(b, "\x5f\x10");
		buf_byte(b, (uint8_t)strlen(keys[i]));
		buf_text(b, keys[i]);
	}
	for (i = 0; i < depth; i++) {
		object_begins(b, offsets, &n);
		buf_text(b, "\xaf\x10");
		buf_byte(b, WIDTH);
		for (k = 0; k < WIDTH; k++)
			buf_byte(b, (uint8_t)n);
	}
	object_begins(b, offsets, &n);
	buf_text(b, "\x51x");
	start = b->n;
	for (i = 0; i < n; i++) {
		buf_byte(b, (uint8_t)(offsets[i] >> 8));
		buf_byte(b, (uint8_t)offsets[i]);
	}
	for (i = 0; i < 6; i++)
		buf_byte(b, 0);
	buf_byte(b, 2);
	buf_byte(b, 1);
	for (i = 0; i < 3; i++) {
		const uint64_t numbers[] = { n, 0, start };

		for (k = 0; k < 8; k++)
			buf_byte(b, (uint8_t)(numbers[i] >> (56 - 8 * k)));
	}
	assert_false(b->bad);
}

static bool
told_open(void *ctx, const struct member *member, struct input *in,
    const char **why)
{
	struct told *told = ctx;

	(void)member;
	(void)why;
	*in = input_memory(told->file);
	return true;
}

static void
told_gap(void *ctx, uint32_t member, const struct gap *gap)
{
	struct told *told = ctx;

	(void)member;
	told->gaps++;
	assert_non_null(gap->why);
}

static uint64_t
records_of(const char *artifact, struct told *told)
{
	struct arena arena = arena_with(16 * MIB);
	struct buf out = buf_with(16 * MIB);
	struct sink sink = { .ctx = told, .open = told_open,
	    .gap = told_gap };
	struct member member = { .domain = bytes_of("HomeDomain"),
	    .path = bytes_of("a"), .wal = MEMBER_NONE,
	    .journal = MEMBER_NONE };
	struct engine engine = { .members = &member, .nmembers = 1,
	    .sink = &sink, .memory = 64 * MIB };
	struct engine_counts counts;
	struct build *build = NULL;
	struct index index;

	assert_true(artifact_find(artifact) >= 0);
	engine.artifact = (unsigned)artifact_find(artifact);
	assert_int_equal(build_new(&build, &arena), ERR_NONE);
	assert_int_equal(build_end(build, &out), ERR_NONE);
	assert_int_equal(index_open(&index, buf_bytes(&out)), ERR_NONE);
	engine.index = &index;
	assert_int_equal(engine_run(&engine, &counts), ERR_NONE);
	buf_free(&out);
	arena_free(&arena);
	return counts.records;
}

/* Ten thousand million texts in a file of a kilobyte. */
static void
test_heavy(void **state)
{
	static const char *const artifacts[] = {
		"ios_configuration_profiles", "ios_profile_events",
		"ios_applications", "ios_os_analytics_ad_daily",
		"ios_locationd_clients", "ios_id_status_cache",
		"ios_global_preferences", "ios_webkit_session_resource_log"
	};
	struct buf b = buf_with(64 * KIB);
	struct told told = { { NULL, 0 }, 0 };
	size_t i;

	(void)state;
	list_make(&b, 5);
	told.file = buf_bytes(&b);
	for (i = 0; i < sizeof(artifacts) / sizeof(artifacts[0]); i++) {
		told.gaps = 0;
		assert_int_equal(records_of(artifacts[i], &told), 0);
		assert_int_equal(told.gaps, 1);
	}
	buf_free(&b);
}

/* Texts that are stored once and named often are what writers do. */
static void
test_shared(void **state)
{
	struct buf b = buf_with(64 * KIB);
	struct told told = { { NULL, 0 }, 0 };

	(void)state;
	list_make(&b, 1);
	told.file = buf_bytes(&b);
	assert_int_equal(records_of("ios_global_preferences", &told), NKEYS);
	assert_int_equal(told.gaps, 0);
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_heavy),
		cmocka_unit_test(test_shared),
	};

	assert_true(hash_prepare() == ERR_NONE);
	return cmocka_run_group_tests_name("plists", tests, NULL, NULL);
}
