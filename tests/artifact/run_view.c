/*
 * What the cases cannot show: a finding names the same fields whether or not
 * records are written out, and a fault in a file that is only looked into is
 * that file's.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "artifact/engine.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/url.h"
#include "sample.h"

struct heard {
	struct bytes files[2];
	struct buf finding, lines;
	unsigned findings, gaps;
	uint32_t gap_member;
	const struct field *fields;
};

static bool
on_open(void *ctx, const struct member *m, struct input *in, const char **why)
{
	struct heard *heard = ctx;

	(void)why;
	*in = input_memory(heard->files[m->id]);
	return true;
}

static void
on_finding(void *ctx, const struct finding *f)
{
	struct heard *heard = ctx;

	heard->findings++;
	field_json(&heard->finding, heard->fields, f->nfields, f->record, 0);
}

static void
on_line(void *ctx, struct bytes line)
{
	struct heard *heard = ctx;

	buf_add(&heard->lines, line);
}

static void
on_gap(void *ctx, uint32_t member, const struct gap *gap)
{
	struct heard *heard = ctx;

	(void)gap;
	heard->gaps++;
	heard->gap_member = member;
}

static void
run(struct heard *heard, const char *name, bool lines, unsigned nmembers)
{
	struct sink sink = { .ctx = heard, .open = on_open,
	    .finding = on_finding, .gap = on_gap };
	struct member members[2] = { { .wal = MEMBER_NONE,
	    .journal = MEMBER_NONE, .path = bytes_of("Library/x.db") } };
	struct engine engine = { .sink = &sink, .members = members,
	    .nmembers = nmembers, .memory = 64 * MIB };
	struct engine_counts counts;

	members[1] = members[0];
	members[1].id = 1;
	members[1].also = true;
	members[1].path = bytes_of("ContactsV2.sqlite");
	engine.artifact = (unsigned)artifact_find(name);
	heard->fields = artifact_at(engine.artifact)->fields;
	heard->findings = heard->gaps = 0;
	buf_reset(&heard->finding);
	buf_reset(&heard->lines);
	if (lines)
		sink.line = on_line;
	assert_int_equal(engine_run(&engine, &counts), ERR_NONE);
}

static void
heard_make(struct heard *heard, struct arena *arena, const char *script)
{
	struct sample sample = sample_with(arena, ".");
	struct sample_made made;

	memset(heard, 0, sizeof(*heard));
	heard->finding = buf_with(64 * KIB);
	heard->lines = buf_with(64 * KIB);
	assert_true(sample_sql(&sample, "script", bytes_of(script), false,
	    &made));
	heard->files[0] = made.data;
	sample_free(&sample);
}

static void
heard_free(struct heard *heard)
{
	buf_free(&heard->finding);
	buf_free(&heard->lines);
}

/* Fields that only a told record needs are filled when it is told. */
static void
test_late(void **state)
{
	struct arena arena = arena_with(64 * MIB);
	struct heard heard;
	struct bytes first;

	(void)state;
	heard_make(&heard, &arena, "CREATE TABLE message (ROWID INTEGER "
	    "PRIMARY KEY, text TEXT, guid TEXT, service TEXT);"
	    "INSERT INTO message VALUES (1, 'none', 'G-1', 'SMS');"
	    "INSERT INTO message VALUES (2, 'ALERT: State-sponsored attackers "
	    "may be targeting your iPhone', 'G-2', 'iMessage');"
	    "INSERT INTO message VALUES (3, 'none', 'G-3', 'SMS');");
	run(&heard, "ios_sms", false, 1);
	assert_int_equal(heard.findings, 1);
	first = arena_copy(&arena, buf_bytes(&heard.finding));
	assert_true(bytes_find(first, bytes_of("\"guid\":\"G-2\""), 0) !=
	    SIZE_MAX);
	run(&heard, "ios_sms", true, 1);
	assert_int_equal(heard.findings, 1);
	assert_true(bytes_eq(first, buf_bytes(&heard.finding)));
	assert_true(bytes_find(buf_bytes(&heard.lines),
	    bytes_of("\"guid\":\"G-3\""), 0) != SIZE_MAX);
	heard_free(&heard);
	arena_free(&arena);
}

static void
test_look(void **state)
{
	struct arena arena = arena_with(64 * MIB);
	struct heard heard;

	(void)state;
	heard_make(&heard, &arena, "CREATE TABLE ZINTERACTIONS (Z_PK INTEGER "
	    "PRIMARY KEY); INSERT INTO ZINTERACTIONS VALUES (1);");
	heard.files[1] = bytes_of("this is no database at all");
	run(&heard, "ios_interaction_c", true, 2);
	assert_int_equal(heard.gaps, 1);
	assert_int_equal(heard.gap_member, 1);
	assert_true(heard.lines.n > 0);
	/* One that is whole, and has not the table, is no gap. */
	heard.files[1] = heard.files[0];
	run(&heard, "ios_interaction_c", true, 2);
	assert_int_equal(heard.gaps, 0);
	heard_free(&heard);
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_late),
		cmocka_unit_test(test_look)
	};

	assert_true(hash_prepare() == ERR_NONE);
	url_prepare();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
