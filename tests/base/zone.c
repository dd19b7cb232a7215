/*
 * Rules of the wall clock against the C library's reading of them (TZ), every
 * hour of several years and every minute round each change.
 */
#include "base/zone.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/date.h"
#include "base/time.h"

static struct zone
zone_of(const char *rule)
{
	struct zone z;

	if (!zone_read(&z, bytes_of(rule)))
		fail_msg("%s", rule);
	return z;
}

static const struct {
	const char *rule;
	bool valid;
} rules[] = {
	{ "MSK-3", true },
	{ "UTC0", true },
	{ "<-03>3", true },
	{ "<+0545>-5:45", true },
	{ "NPT-5:45:30", true },
	{ "EST+5", true },
	{ "CET-1CEST,M3.5.0,M10.5.0/3", true },
	{ "CET-1CEST-2,M3.5.0/2:00:00,M10.5.0/3", true },
	{ "<-02>2<-01>,M3.5.0/-1,M10.5.0/0", true },
	{ "<-04>4<-03>,M9.1.6/24,M4.1.6/24", true },
	{ "IST-1GMT0,M10.5.0,M3.5.0/1", true },
	{ "EET-2EEST,M3.4.4/50,M10.4.4/50", true },
	{ "ABC24", true },
	{ "ABC-24:59:59", true },
	{ "ABC-1DEF,M1.1.0/167,M12.5.6/-167", true },
	{ "", false },
	{ "MSK", false },
	{ "3", false },
	{ "MS-3", false },
	{ "<3>3", false },
	{ "<-03", false },
	{ "<-03>", false },
	{ "<- 3>3", false },
	{ "MSK-", false },
	{ "MSK--3", false },
	{ "MSK-25", false },
	{ "MSK-3:60", false },
	{ "MSK-3:", false },
	{ "MSK-3:00:60", false },
	{ "MSK-3:00:", false },
	{ "MSK-3 ", false },
	{ " MSK-3", false },
	{ "M5K-3", false },
	{ ":Europe/Moscow", false },
	{ "Europe/Moscow", false },
	{ "MSK-0003", false },
	{ "CET-1CEST", false },
	{ "CET-1,M3.5.0,M10.5.0", false },
	{ "CET-1CEST,M3.5.0", false },
	{ "CET-1CEST,M3.5.0,", false },
	{ "CET-1CEST,M3.5.0,M10.5.0/", false },
	{ "CET-1CEST,M3.5.0,M10.5.0/168", false },
	{ "CET-1CEST,M3.5.0,M10.5.0/3,", false },
	{ "CET-1CEST,M0.5.0,M10.5.0", false },
	{ "CET-1CEST,M13.5.0,M10.5.0", false },
	{ "CET-1CEST,M3.0.0,M10.5.0", false },
	{ "CET-1CEST,M3.6.0,M10.5.0", false },
	{ "CET-1CEST,M3.5.7,M10.5.0", false },
	{ "CET-1CEST,M3.5,M10.5.0", false },
	{ "CET-1CEST,J60,J300", false },
	{ "CET-1CEST,59,299", false },
	{ "CET-1CE,M3.5.0,M10.5.0", false },
	{ "CET-1CEST-25,M3.5.0,M10.5.0", false },
};

static void
test_read(void **state)
{
	struct zone z;
	size_t i, n;

	(void)state;
	for (i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (zone_read(&z, bytes_of(rules[i].rule)) != rules[i].valid)
			fail_msg("%s", rules[i].rule);
	assert_false(zone_read(&z, bytes_at(NULL, 0)));
	assert_false(zone_read(&z, bytes_at("MSK-3\0", 6)));
	/* Heads of a rule: only those that are rules of their own. */
	for (n = 0; n < 26; n++)
		assert_int_equal(zone_read(&z,
		    bytes_at("CET-1CEST,M3.5.0,M10.5.0/3", n)), n == 5 ||
		    n == 24);
	z = zone_of("<+0545>-5:45");
	assert_int_equal(z.offset, 20700);
	assert_int_equal(z.summer_offset, 20700);
	assert_false(z.summer);
	z = zone_of("EET-2EEST,M3.5.0/3,M10.4.6/-4:30");
	assert_int_equal(z.offset, 7200);
	assert_int_equal(z.summer_offset, 10800);
	assert_true(z.summer);
	assert_int_equal(z.begins.month, 3);
	assert_int_equal(z.begins.nth, 5);
	assert_int_equal(z.begins.weekday, 0);
	assert_int_equal(z.begins.at, 10800);
	assert_int_equal(z.ends.month, 10);
	assert_int_equal(z.ends.nth, 4);
	assert_int_equal(z.ends.weekday, 6);
	assert_int_equal(z.ends.at, -16200);
}

/* One instant there and back.  Whether its time comes twice, the C library says
   if it is asked for the same time with the other offset (tm_isdst). */
static void
assert_wall(const struct zone *z, const char *rule, time_t second)
{
	int32_t date, seconds, offset;
	int64_t instant = (int64_t)second * TIME_SECOND;
	struct tm tm, other;
	time_t first, twin;

	if (localtime_r(&second, &tm) == NULL)
		fail();
	zone_wall(z, instant, &date, &seconds, &offset);
	if (date != date_of(tm.tm_year + 1900, (unsigned)tm.tm_mon + 1,
	    (unsigned)tm.tm_mday) || offset != tm.tm_gmtoff ||
	    seconds != tm.tm_hour * 3600 + tm.tm_min * 60 + tm.tm_sec)
		fail_msg("%s at %lld", rule, (long long)second);
	/* Back: the first of the instants that show this time. */
	first = second;
	other = tm;
	other.tm_isdst = tm.tm_isdst == 0;
	twin = z->summer ? mktime(&other) : second;
	if (twin < second && twin != -1 && other.tm_hour == tm.tm_hour &&
	    other.tm_min == tm.tm_min && other.tm_mday == tm.tm_mday)
		first = twin;
	if (zone_instant(z, date, seconds) != (int64_t)first * TIME_SECOND)
		fail_msg("%s, back from %lld", rule, (long long)second);
	/* Midnight is also the end of the day before. */
	if (seconds == 0 && zone_instant(z, date - 1, 86400) !=
	    (int64_t)first * TIME_SECOND)
		fail_msg("%s, midnight at %lld", rule, (long long)second);
}

/* Every hour of these years; every minute of the days round a change. */
static void
assert_rule(const char *rule)
{
	struct zone z = zone_of(rule);
	time_t from, to, t, next, near;
	struct tm a, b;

	assert_int_equal(setenv("TZ", rule, 1), 0);
	tzset();
	from = (time_t)date_of(2019, 1, 1) * 86400;
	to = (time_t)date_of(2025, 1, 1) * 86400;
	for (t = from; t < to; t += 3600) {
		assert_wall(&z, rule, t);
		assert_wall(&z, rule, t - 1);
	}
	for (t = from; t < to; t += 86400) {
		next = t + 86400;
		if (localtime_r(&t, &a) == NULL ||
		    localtime_r(&next, &b) == NULL)
			fail();
		for (near = t - 86400; a.tm_gmtoff != b.tm_gmtoff &&
		    near < next + 86400; near += 60)
			assert_wall(&z, rule, near);
	}
}

static void
test_against_library(void **state)
{
	static const char *const all[] = {
		"MSK-3", "<-03>3", "UTC0", "<+0545>-5:45",
		"CET-1CEST,M3.5.0,M10.5.0/3",
		"EET-2EEST,M3.5.0/3,M10.5.0/4",
		"<-04>4<-03>,M9.1.6/24,M4.1.6/24",
		"NZST-12NZDT,M9.5.0,M4.1.0/3",
		"EST5EDT,M3.2.0,M11.1.0",
		"<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
		"<-02>2<-01>,M3.5.0/-1,M10.5.0/0",
		"EET-2EEST,M3.4.4/50,M10.4.4/50",
		"IST-1GMT0,M10.5.0,M3.5.0/1",
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		assert_rule(all[i]);
}

static const struct {
	const char *rule, *date;
	int32_t seconds;
	const char *want;		/* NULL: unset */
} instants[] = {
	{ "MSK-3", "2024-03-17", 8 * 3600, "2024-03-17T05:00:00Z" },
	{ "MSK-3", "2024-03-17", 86400, "2024-03-17T21:00:00Z" },
	{ "MSK-3", "2024-03-17", 0, "2024-03-16T21:00:00Z" },
	/* The clock goes from 2 to 3: half past two counts as if it had not. */
	{ "CET-1CEST,M3.5.0,M10.5.0/3", "2024-03-31", 7199,
	    "2024-03-31T00:59:59Z" },
	{ "CET-1CEST,M3.5.0,M10.5.0/3", "2024-03-31", 7200,
	    "2024-03-31T01:00:00Z" },
	{ "CET-1CEST,M3.5.0,M10.5.0/3", "2024-03-31", 9000,
	    "2024-03-31T01:30:00Z" },
	{ "CET-1CEST,M3.5.0,M10.5.0/3", "2024-03-31", 10799,
	    "2024-03-31T01:59:59Z" },
	{ "CET-1CEST,M3.5.0,M10.5.0/3", "2024-03-31", 10800,
	    "2024-03-31T01:00:00Z" },
	/* It goes from 3 to 2: half past two comes twice. */
	{ "CET-1CEST,M3.5.0,M10.5.0/3", "2024-10-27", 7200,
	    "2024-10-27T00:00:00Z" },
	{ "CET-1CEST,M3.5.0,M10.5.0/3", "2024-10-27", 9000,
	    "2024-10-27T00:30:00Z" },
	{ "CET-1CEST,M3.5.0,M10.5.0/3", "2024-10-27", 10800,
	    "2024-10-27T02:00:00Z" },
	/* Midnight is passed over, and comes twice. */
	{ "<-04>4<-03>,M9.1.6/24,M4.1.6/24", "2024-09-07", 86400,
	    "2024-09-08T04:00:00Z" },
	{ "<-04>4<-03>,M9.1.6/24,M4.1.6/24", "2024-09-08", 0,
	    "2024-09-08T04:00:00Z" },
	{ "<-04>4<-03>,M9.1.6/24,M4.1.6/24", "2024-04-06", 84600,
	    "2024-04-07T02:30:00Z" },
	{ "<-04>4<-03>,M9.1.6/24,M4.1.6/24", "2024-04-06", 86400,
	    "2024-04-07T04:00:00Z" },
	/* Winter time that is summer time: the hour between passes too. */
	{ "IST-1GMT0,M10.5.0,M3.5.0/1", "2024-03-31", 5400,
	    "2024-03-31T01:30:00Z" },
	{ "IST-1GMT0,M10.5.0,M3.5.0/1", "2024-10-27", 5400,
	    "2024-10-27T00:30:00Z" },
	/* A change that falls into the next year. */
	{ "AAA0BBB,M12.5.0/167,M6.1.0", "2024-01-05", 0,
	    "2024-01-05T00:00:00Z" },
	{ "AAA0BBB,M12.5.0/167,M6.1.0", "2024-01-07", 0,
	    "2024-01-06T23:00:00Z" },
	/* And one that falls into the year before. */
	{ "AAA0BBB,M1.1.1/-167,M6.1.0", "2024-12-30", 0,
	    "2024-12-30T00:00:00Z" },
	{ "AAA0BBB,M1.1.1/-167,M6.1.0", "2024-12-31", 0,
	    "2024-12-30T23:00:00Z" },
	{ "MSK-3", "0001-01-01", 0, NULL },
	{ "MSK-3", "0001-01-01", 10800, "0001-01-01T00:00:00Z" },
	{ "MSK-3", "9999-12-31", 86400, "9999-12-31T21:00:00Z" },
	{ "UTC0", "9999-12-31", 86399, "9999-12-31T23:59:59Z" },
	{ "UTC0", "9999-12-31", 86400, NULL },
	{ "EST5EDT,M3.2.0,M11.1.0", "9999-12-31", 86400, NULL },
	{ "NZST-12NZDT,M9.5.0,M4.1.0/3", "0001-01-02", 0,
	    "0001-01-01T11:00:00Z" },
	{ "MSK-3", "", 0, NULL },
};

static void
test_instants(void **state)
{
	struct zone z;
	int64_t want;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(instants) / sizeof(instants[0]); i++) {
		z = zone_of(instants[i].rule);
		want = instants[i].want == NULL ? TIME_UNSET :
		    time_read(bytes_of(instants[i].want));
		if (zone_instant(&z, date_read(bytes_of(instants[i].date)),
		    instants[i].seconds) != want)
			fail_msg("%s: %s %d", instants[i].rule,
			    instants[i].date, instants[i].seconds);
	}
}

static void
test_edges(void **state)
{
	struct zone z = zone_of("MSK-3");
	int32_t date, seconds, offset;

	(void)state;
	zone_wall(&z, TIME_UNSET, &date, &seconds, &offset);
	assert_int_equal(date, DATE_UNSET);
	zone_wall(&z, INT64_MAX, &date, &seconds, &offset);
	assert_int_equal(date, DATE_UNSET);
	/* Ten o'clock at night on the last day: tomorrow has no date. */
	zone_wall(&z, INT64_C(253402293600) * TIME_SECOND, &date, &seconds,
	    &offset);
	assert_int_equal(date, DATE_UNSET);
	/* Microseconds are of their second, before 1970 too. */
	zone_wall(&z, -1, &date, &seconds, &offset);
	assert_int_equal(date, 0);
	assert_int_equal(seconds, 10799);
	assert_int_equal(offset, 10800);
	z = zone_of("EST5EDT,M3.2.0,M11.1.0");
	zone_wall(&z, INT64_C(-62135596800) * TIME_SECOND, &date, &seconds,
	    &offset);
	assert_int_equal(date, DATE_UNSET);
	assert_int_equal(offset, -18000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_against_library),
		cmocka_unit_test(test_instants),
		cmocka_unit_test(test_edges),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
