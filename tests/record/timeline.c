/*
 * Lines of the timeline.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/limits.h"
#include "base/time.h"
#include "record/timeline.h"

static void
assert_lines(const struct timeline_event *event, const char *json,
    const char *csv)
{
	struct buf b = buf_with(4 * KIB);

	timeline_json(&b, event);
	assert_int_equal(b.n, bytes_of(json).n);
	assert_true(bytes_is(buf_bytes(&b), json));
	buf_reset(&b);
	timeline_csv(&b, event);
	assert_int_equal(b.n, bytes_of(csv).n);
	assert_true(bytes_is(buf_bytes(&b), csv));
	buf_free(&b);
}

static void
lines(void **state)
{
	struct timeline_event e = { INT64_C(1710662400123456), "sent",
	    "ios_sms", 12, { NULL, 0 } };

	(void)state;
	e.message = bytes_of("a \"b\"\n,c");
	assert_lines(&e,
	    "{\"datetime\":\"2024-03-17T08:00:00.123456+00:00\","
	    "\"timestamp_desc\":\"sent\",\"artifact\":\"ios_sms\","
	    "\"row\":12,\"message\":\"a \\\"b\\\"\\n,c\"}\n",
	    "2024-03-17T08:00:00.123456+00:00,sent,ios_sms,12,"
	    "\"a \"\"b\"\"\n,c\"\n");
	e.message = bytes_of("=1+1");
	e.row = -1;
	assert_lines(&e,
	    "{\"datetime\":\"2024-03-17T08:00:00.123456+00:00\","
	    "\"timestamp_desc\":\"sent\",\"artifact\":\"ios_sms\","
	    "\"row\":-1,\"message\":\"=1+1\"}\n",
	    "2024-03-17T08:00:00.123456+00:00,sent,ios_sms,-1,"
	    "\"'=1+1\"\n");
}

static void
no_time_no_line(void **state)
{
	struct timeline_event e = { TIME_UNSET, "sent", "ios_sms", 12,
	    { NULL, 0 } };

	(void)state;
	assert_lines(&e, "", "");
	e.time = INT64_MAX;
	assert_lines(&e, "", "");
}

static void
head(void **state)
{
	struct buf b = buf_with(KIB);

	(void)state;
	timeline_csv_head(&b);
	assert_true(bytes_is(buf_bytes(&b),
	    "datetime,timestamp_desc,artifact,row,message\n"));
	buf_free(&b);
}

static void
no_room(void **state)
{
	struct timeline_event e = { 0, "sent", "ios_sms", 12, { NULL, 0 } };
	struct buf b;
	size_t max;

	(void)state;
	for (max = 0; max < 60; max++) {
		b = buf_with(max);
		timeline_json(&b, &e);
		assert_true(b.bad);
		buf_reset(&b);
		timeline_csv(&b, &e);
		assert_true(b.n <= max);
		buf_free(&b);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines),
		cmocka_unit_test(no_time_no_line),
		cmocka_unit_test(head),
		cmocka_unit_test(no_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
