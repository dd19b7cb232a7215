/*
 * The two timelines of a merge, and the one of too many events.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <unistd.h>

#include "base/limits.h"
#include "examine/worker_timeline.h"

#define AT	INT64_C(1710662400000000)

static void
event(struct buf *to, int64_t time, int64_t row, const char *message)
{
	struct bytes text = bytes_of(message);

	buf_le(to, 8 + 8 + 1 + 4 + text.n, 4);
	buf_le(to, (uint64_t)time, 8);
	buf_le(to, (uint64_t)row, 8);
	buf_byte(to, 4);
	buf_text(to, "seen");
	buf_add(to, text);
}

/* Two events in a run that says it holds `count`. */
static void
assert_lines(uint32_t count, const char *json, const char *csv)
{
	struct arena arena = arena_with(MIB);
	struct out j = out_memory(64 * KIB), c = out_memory(64 * KIB);
	struct buf events = buf_with(KIB), run = buf_with(KIB);
	struct spool_merge *merge;
	struct input in;

	event(&events, AT, 1, "a, b");
	event(&events, AT + 1000000, 2, "c");
	buf_le(&run, 0x6e757255, 4);
	buf_le(&run, events.n, 8);
	buf_le(&run, count, 4);
	buf_add(&run, buf_bytes(&events));
	in = input_memory(buf_bytes(&run));
	assert_int_equal(spool_merge_new(&merge, &arena), ERR_NONE);
	spool_merge_add(merge, 0, &in);
	assert_int_equal(spool_merge_count(merge), count);
	worker_timeline_lines(merge, &j, &c);
	assert_true(spool_merge_whole(merge));
	buf_byte(out_buf(&j), '\0');
	buf_byte(out_buf(&c), '\0');
	assert_string_equal(j.buf.p, json);
	assert_string_equal(c.buf.p, csv);
	assert_int_equal(out_end(&j), ERR_NONE);
	assert_int_equal(out_end(&c), ERR_NONE);
	buf_free(&events);
	buf_free(&run);
	arena_free(&arena);
}

#define CSV								\
	"datetime,timestamp_desc,artifact,row,message\n"		\
	"2024-03-17T08:00:00.000000+00:00,seen,ios_backup_info,1,"	\
	"\"a, b\"\n"							\
	"2024-03-17T08:00:01.000000+00:00,seen,ios_backup_info,2,c\n"

static void
both_forms(void **state)
{
	(void)state;
	assert_lines(WORKER_TIMELINE_JSON,
	    "{\"datetime\":\"2024-03-17T08:00:00.000000+00:00\","
	    "\"timestamp_desc\":\"seen\",\"artifact\":\"ios_backup_info\","
	    "\"row\":1,\"message\":\"a, b\"}\n"
	    "{\"datetime\":\"2024-03-17T08:00:01.000000+00:00\","
	    "\"timestamp_desc\":\"seen\",\"artifact\":\"ios_backup_info\","
	    "\"row\":2,\"message\":\"c\"}\n", CSV);
}

static void
too_many_for_two(void **state)
{
	(void)state;
	assert_lines(WORKER_TIMELINE_JSON + 1,
	    "{\"datetime\":\"2024-03-17T08:00:00.000000+00:00\","
	    "\"timestamp_desc\":\"timeline too long for this file\","
	    "\"artifact\":\"\",\"row\":0,\"message\":\"1000001 events: all "
	    "of them stand in timeline.csv alone\"}\n", CSV);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_forms),
		cmocka_unit_test(too_many_for_two),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
