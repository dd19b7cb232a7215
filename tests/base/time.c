/*
 * Times of all formats, and their text.
 */
#include "base/time.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static void
assert_shown(int64_t t, const char *want)
{
	struct buf b = buf_with(100);

	time_show(&b, t);
	buf_byte(&b, 0);
	assert_string_equal(b.p, want);
	buf_free(&b);
}

static const struct {
	const char *text;
	int64_t want;		/* TIME_UNSET: refused */
} reads[] = {
	{ "1970-01-01T00:00:00Z", 0 },
	{ "2024-03-17T08:00:00Z", INT64_C(1710662400000000) },
	{ "2024-03-17t08:00:00z", INT64_C(1710662400000000) },
	{ "2024-03-17 08:00:00Z", INT64_C(1710662400000000) },
	{ "2024-03-17T11:00:00+03:00", INT64_C(1710662400000000) },
	{ "2024-03-17T02:30:00-05:30", INT64_C(1710662400000000) },
	{ "2024-03-17 08:00:00 +0000", INT64_C(1710662400000000) },
	{ "2024-03-17T08:00:00-00:00", INT64_C(1710662400000000) },
	{ "2024-03-17T08:00:00.5Z", INT64_C(1710662400500000) },
	{ "2024-03-17T08:00:00.000001Z", INT64_C(1710662400000001) },
	{ "2024-03-17T08:00:00.123456789Z", INT64_C(1710662400123456) },
	{ "2024-02-29T00:00:00Z", INT64_C(1709164800000000) },
	{ "2000-02-29T00:00:00Z", INT64_C(951782400000000) },
	{ "2016-12-31T23:59:60Z", INT64_C(1483228800000000) },
	{ "1969-12-31T23:59:59.999999Z", -1 },
	{ "0001-01-01T00:00:00Z", INT64_C(-62135596800000000) },
	{ "9999-12-31T23:59:59.999999Z", INT64_C(253402300799999999) },
	{ "0000-12-31T23:59:59Z", TIME_UNSET },
	{ "0001-01-01T00:00:00+00:01", TIME_UNSET },
	{ "9999-12-31T23:59:59-00:01", TIME_UNSET },
	{ "9999-12-31T23:59:60Z", TIME_UNSET },
	{ "2023-02-29T00:00:00Z", TIME_UNSET },
	{ "1900-02-29T00:00:00Z", TIME_UNSET },
	{ "2024-13-01T00:00:00Z", TIME_UNSET },
	{ "2024-00-01T00:00:00Z", TIME_UNSET },
	{ "2024-01-00T00:00:00Z", TIME_UNSET },
	{ "2024-04-31T00:00:00Z", TIME_UNSET },
	{ "2024-01-01T24:00:00Z", TIME_UNSET },
	{ "2024-01-01T00:60:00Z", TIME_UNSET },
	{ "2024-01-01T00:00:61Z", TIME_UNSET },
	{ "2024-01-01T00:00:00", TIME_UNSET },
	{ "2024-01-01T00:00:00.Z", TIME_UNSET },
	{ "2024-01-01T00:00Z", TIME_UNSET },
	{ "2024-01-01", TIME_UNSET },
	{ "2024-01-01X00:00:00Z", TIME_UNSET },
	{ "2024-01-01T00:00:00Zx", TIME_UNSET },
	{ "2024-01-01T00:00:00+24:00", TIME_UNSET },
	{ "2024-01-01T00:00:00+00:60", TIME_UNSET },
	{ "2024-01-01T00:00:00+0:00", TIME_UNSET },
	{ "2024-01-01T00:00:00 ", TIME_UNSET },
	{ " 2024-01-01T00:00:00Z", TIME_UNSET },
	{ "24-01-01T00:00:00Z", TIME_UNSET },
	{ "+024-01-01T00:00:00Z", TIME_UNSET },
	{ "2024-1-01T00:00:00Z", TIME_UNSET },
	{ "", TIME_UNSET },
};

static void
test_read(void **state)
{
	const char *text;
	size_t i, n;

	(void)state;
	for (i = 0; i < sizeof(reads) / sizeof(reads[0]); i++) {
		text = reads[i].text;
		assert_true(time_read(bytes_of(text)) == reads[i].want);
	}
	/* No head of a time is one. */
	text = "2024-03-17T08:00:00.123456+03:00";
	for (n = 0; n < strlen(text); n++)
		assert_true(time_read(bytes_at(text, n)) == TIME_UNSET);
}

static void
test_show(void **state)
{
	struct buf b = buf_with(100);

	(void)state;
	assert_shown(INT64_C(1710662400000000), "2024-03-17T08:00:00.000000Z");
	assert_shown(0, "1970-01-01T00:00:00.000000Z");
	assert_shown(-1, "1969-12-31T23:59:59.999999Z");
	assert_shown(INT64_C(-62135596800000000),
	    "0001-01-01T00:00:00.000000Z");
	assert_shown(INT64_C(253402300799999999),
	    "9999-12-31T23:59:59.999999Z");
	assert_shown(INT64_C(951782400000000), "2000-02-29T00:00:00.000000Z");
	assert_shown(INT64_C(951868800000000), "2000-03-01T00:00:00.000000Z");
	assert_shown(INT64_C(-2203891200000000),
	    "1900-03-01T00:00:00.000000Z");
	assert_shown(TIME_UNSET, "");
	assert_shown(INT64_MAX, "");
	assert_shown(INT64_C(-62135596800000001), "");
	assert_shown(INT64_C(253402300800000000), "");
	time_show_short(&b, INT64_C(1710662400999999));
	assert_true(bytes_is(buf_bytes(&b), "2024-03-17 08:00:00"));
	buf_reset(&b);
	time_show_short(&b, TIME_UNSET);
	assert_int_equal(b.n, 0);
	buf_free(&b);
}

/* There and back, against the C library's calendar. */
static void
test_round(void **state)
{
	uint64_t seed = 3;
	struct buf b = buf_with(100);
	char want[40];
	struct tm tm;
	time_t second;
	int64_t t;
	int i;

	(void)state;
	for (i = 0; i < 200000; i++) {
		seed = seed * UINT64_C(6364136223846793005) + 1;
		t = (int64_t)(seed % UINT64_C(315537897600000000)) +
		    INT64_C(-62135596800000000);
		buf_reset(&b);
		time_show(&b, t);
		assert_int_equal(b.n, 27);
		assert_true(time_read(buf_bytes(&b)) == t);
		second = (time_t)((t - ((t % 1000000) + 1000000) % 1000000) /
		    1000000);
		assert_non_null(gmtime_r(&second, &tm));
		assert_true(strftime(want, sizeof(want), "-%m-%dT%H:%M:%S",
		    &tm) > 0);
		assert_memory_equal(b.p + 4, want, 15);
		assert_int_equal((b.p[0] - '0') * 1000 + (b.p[1] - '0') * 100 +
		    (b.p[2] - '0') * 10 + (b.p[3] - '0'), tm.tm_year + 1900);
	}
	buf_free(&b);
}

static void
test_mac(void **state)
{
	(void)state;
	assert_shown(time_mac(1), "2001-01-01T00:00:01.000000Z");
	assert_shown(time_mac(732355200.25), "2024-03-17T08:00:00.250000Z");
	assert_shown(time_mac(732355200250000000.0),
	    "2024-03-17T08:00:00.250000Z");
	assert_shown(time_mac(-1.5), "2000-12-31T23:59:58.500000Z");
	assert_shown(time_mac(1e11), "5169-11-16T09:46:40.000000Z");
	assert_shown(time_mac(0), "");
	assert_shown(time_mac(-0.0), "");
	assert_shown(time_mac((double)NAN), "");
	assert_shown(time_mac((double)INFINITY), "");
	assert_shown(time_mac((double)-INFINITY), "");
	assert_shown(time_mac(1e300), "");
	assert_shown(time_mac(-7e10), "");

	assert_shown(time_mac_int(732355200), "2024-03-17T08:00:00.000000Z");
	assert_shown(time_mac_int(INT64_C(732355200250000000)),
	    "2024-03-17T08:00:00.250000Z");
	assert_shown(time_mac_int(INT64_C(1732355200250000999)),
	    "2055-11-24T09:46:40.250000Z");
	assert_shown(time_mac_int(-1), "2000-12-31T23:59:59.000000Z");
	assert_shown(time_mac_int(INT64_C(-100000000001)),
	    "2000-12-31T23:58:19.999999Z");
	assert_shown(time_mac_int(INT64_C(100000000000)),
	    "5169-11-16T09:46:40.000000Z");
	assert_shown(time_mac_int(INT64_C(100000000001)),
	    "2001-01-01T00:01:40.000000Z");
	assert_shown(time_mac_int(0), "");
	assert_shown(time_mac_int(INT64_MAX), "2293-04-11T23:47:16.854775Z");
	assert_shown(time_mac_int(INT64_MIN), "1708-09-22T00:12:43.145224Z");

	assert_shown(time_plist(0), "2001-01-01T00:00:00.000000Z");
	assert_shown(time_plist(732355200.25), "2024-03-17T08:00:00.250000Z");
	assert_shown(time_plist(-63113904000.0),
	    "0001-01-01T00:00:00.000000Z");
	assert_shown(time_plist(-63113904001.0), "");
	assert_shown(time_plist(1e18), "");
	assert_shown(time_plist((double)NAN), "");
}

static void
test_unix(void **state)
{
	(void)state;
	assert_shown(time_unix(1710662400), "2024-03-17T08:00:00.000000Z");
	assert_shown(time_unix(INT64_C(1710662400123)),
	    "2024-03-17T08:00:00.123000Z");
	assert_shown(time_unix(INT64_C(1710662400123456)),
	    "2024-03-17T08:00:00.123456Z");
	assert_shown(time_unix(INT64_C(1710662400123456789)),
	    "2024-03-17T08:00:00.123456Z");
	assert_shown(time_unix(1), "1970-01-01T00:00:01.000000Z");
	assert_shown(time_unix(-1), "1969-12-31T23:59:59.000000Z");
	assert_shown(time_unix(INT64_C(-1710662400123)),
	    "1915-10-17T15:59:59.877000Z");
	assert_shown(time_unix(INT64_C(99999999999)),
	    "5138-11-16T09:46:39.000000Z");
	assert_shown(time_unix(INT64_C(100000000000)),
	    "1973-03-03T09:46:40.000000Z");
	assert_shown(time_unix(INT64_C(99999999999999)),
	    "5138-11-16T09:46:39.999000Z");
	assert_shown(time_unix(INT64_C(100000000000000)),
	    "1973-03-03T09:46:40.000000Z");
	assert_shown(time_unix(INT64_C(100000000000000000)),
	    "1973-03-03T09:46:40.000000Z");
	assert_shown(time_unix(0), "");
	assert_shown(time_unix(INT64_MAX), "2262-04-11T23:47:16.854775Z");
	assert_shown(time_unix(INT64_MIN), "1677-09-21T00:12:43.145224Z");
	assert_shown(time_unix(INT64_C(-99999999999)), "");

	assert_shown(time_unix_seconds(1710662400.5),
	    "2024-03-17T08:00:00.500000Z");
	assert_shown(time_unix_seconds(-0.5), "1969-12-31T23:59:59.500000Z");
	assert_shown(time_unix_seconds(0), "");
	assert_shown(time_unix_seconds(1e13), "");
	assert_shown(time_unix_seconds((double)NAN), "");
}

static void
test_webkit(void **state)
{
	(void)state;
	assert_shown(time_webkit(INT64_C(13355136000000001)),
	    "2024-03-17T08:00:00.000001Z");
	assert_shown(time_webkit(1), "1601-01-01T00:00:00.000001Z");
	assert_shown(time_webkit(-1), "1600-12-31T23:59:59.999999Z");
	assert_shown(time_webkit(0), "");
	assert_shown(time_webkit(INT64_MAX), "");
	assert_shown(time_webkit(INT64_MIN), "");
}

static void
test_now(void **state)
{
	int64_t now = time_now();

	(void)state;
	assert_true(now / TIME_SECOND - time(NULL) <= 1);
	assert_true(time(NULL) - now / TIME_SECOND <= 1);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_show),
		cmocka_unit_test(test_round),
		cmocka_unit_test(test_mac),
		cmocka_unit_test(test_unix),
		cmocka_unit_test(test_webkit),
		cmocka_unit_test(test_now),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
