/*
 * The engine itself: one bad file costs one gap and not its neighbours, and
 * what was not read does not count as read.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "artifact/engine.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/url.h"
#include "indicator/build.h"

struct heard {
	struct bytes files[2];
	size_t memory;
	unsigned opened, gaps, gaps_of[2], findings;
};

static bool
on_open(void *ctx, const struct member *m, struct input *in, const char **why)
{
	struct heard *heard = ctx;

	heard->opened++;
	if (heard->files[m->id].p == NULL) {
		*why = "not there";
		return false;
	}
	*in = input_memory(heard->files[m->id]);
	return true;
}

static void
on_gap(void *ctx, uint32_t member, const struct gap *gap)
{
	struct heard *heard = ctx;

	(void)gap;
	heard->gaps++;
	if (member < 2)
		heard->gaps_of[member]++;
}

static void
on_finding(void *ctx, const struct finding *f)
{
	struct heard *heard = ctx;

	(void)f;
	heard->findings++;
}

static struct engine_counts
run(struct heard *heard, const char *artifact, const char *const *paths,
    unsigned n, const struct index *index)
{
	struct sink sink = { .ctx = heard, .open = on_open, .gap = on_gap,
	    .finding = on_finding };
	struct member members[2];
	struct engine engine = { .sink = &sink, .members = members,
	    .nmembers = n, .memory = heard->memory, .index = index };
	struct engine_counts counts;
	unsigned i;

	assert_int_equal(hash_prepare(), ERR_NONE);
	url_prepare();
	memset(members, 0, sizeof(members));
	for (i = 0; i < n; i++) {
		members[i].id = i;
		members[i].path = bytes_of(paths[i]);
		members[i].wal = members[i].journal = MEMBER_NONE;
	}
	engine.artifact = (unsigned)artifact_find(artifact);
	(void)engine_run(&engine, &counts);
	return counts;
}

static const char status[] = "<plist><dict><key>BackupState</key>"
    "<string>new</string></dict></plist>";

static void
a_file_too_large_costs_itself(void **state)
{
	static const char *const paths[] = { "Info.plist", "Status.plist" };
	struct heard heard = { .memory = 8 * MIB };
	struct engine_counts counts;
	struct buf large = buf_with(8 * MIB);

	(void)state;
	buf_text(&large, "<plist><dict><key>IMEI</key><string>");
	while (large.n < 5 * MIB)
		buf_text(&large, "0123456789abcdef");
	buf_text(&large, "</string></dict></plist>");
	heard.files[0] = buf_bytes(&large);
	heard.files[1] = bytes_of(status);
	counts = run(&heard, "ios_backup_info", paths, 2, NULL);
	assert_int_equal(heard.opened, 2);
	assert_true(heard.gaps_of[0] > 0);
	assert_int_equal(heard.gaps_of[1], 0);
	assert_int_equal(counts.records, 1);
	assert_int_equal(counts.members, 1);
	buf_free(&large);
}

static void
what_is_not_there_was_not_read(void **state)
{
	static const char *const paths[] = { "Info.plist", "Status.plist" };
	struct heard heard = { .memory = 8 * MIB };
	struct engine_counts counts;

	(void)state;
	heard.files[1] = bytes_of("no property list");
	counts = run(&heard, "ios_backup_info", paths, 2, NULL);
	assert_true(heard.gaps_of[0] > 0 && heard.gaps_of[1] > 0);
	assert_int_equal(counts.members, 0);
	assert_int_equal(counts.records, 0);
}

/* --- more hits than can be listed ------------------------------------------ */

#define MANY	20000u	/* more than there are slots for what was seen */

static void
index_of_many(struct arena *arena, struct buf *out, struct index *index)
{
	struct buf text = buf_with(64 * MIB);
	struct build *build;
	unsigned i;

	buf_text(&text, "{\"type\":\"bundle\",\"id\":\"bundle--1\","
	    "\"objects\":[");
	for (i = 0; i < MANY; i++)
		buf_printf(&text, "%s{\"type\":\"indicator\","
		    "\"spec_version\":\"2.1\",\"id\":\"indicator--00000000-"
		    "0000-4000-8000-%012u\",\"created\":"
		    "\"2024-01-01T00:00:00Z\",\"modified\":"
		    "\"2024-01-01T00:00:00Z\",\"valid_from\":"
		    "\"2024-01-01T00:00:00Z\",\"pattern_type\":\"stix\","
		    "\"pattern\":\"[domain-name:value='a%u.example']\"}",
		    i == 0 ? "" : ",", i, i);
	buf_text(&text, "]}");
	assert_false(text.bad);
	assert_int_equal(build_new(&build, arena), ERR_NONE);
	build_add(build, bytes_of("many.stix2"), buf_bytes(&text));
	assert_int_equal(build_end(build, out), ERR_NONE);
	assert_int_equal(index_open(index, buf_bytes(out)), ERR_NONE);
	assert_int_equal(index_count(index), MANY);
	buf_free(&text);
}

/* Every name of a feed in one phone: it ends, the list is bounded, and a gap
   says so. */
static void
every_indicator_at_once(void **state)
{
	static const char *const paths[] = {
		"full_browsing_session_resourceLog.plist" };
	struct arena arena = arena_with(512 * MIB);
	struct buf out = buf_with(64 * MIB), plist = buf_with(8 * MIB);
	struct heard heard = { .memory = 64 * MIB };
	struct engine_counts counts;
	struct index index;
	unsigned i;

	(void)state;
	assert_int_equal(hash_prepare(), ERR_NONE);
	url_prepare();
	index_of_many(&arena, &out, &index);
	buf_text(&plist, "<plist><dict><key>browsingStatistics</key><array>");
	for (i = 0; i < MANY; i++)
		buf_printf(&plist, "<dict><key>PrevalentResourceOrigin</key>"
		    "<string>https://a%u.example/</string></dict>", i);
	buf_text(&plist, "</array></dict></plist>");
	heard.files[0] = buf_bytes(&plist);
	counts = run(&heard, "ios_webkit_session_resource_log", paths, 1,
	    &index);
	assert_int_equal(counts.records, MANY);
	assert_in_range(heard.findings, 1, LIMIT_FINDINGS + 100);
	assert_true(heard.gaps > 0);
	buf_free(&plist);
	buf_free(&out);
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_too_large_costs_itself),
		cmocka_unit_test(what_is_not_there_was_not_read),
		cmocka_unit_test(every_indicator_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
