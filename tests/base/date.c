/*
 * Dates, every day of them, against the C library's calendar.
 */
#include "base/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#define FIRST	(-719162)	/* 0001-01-01 */
#define LAST	2932896		/* 9999-12-31 */

static void
assert_text(struct buf *b, const char *want)
{
	buf_byte(b, 0);
	assert_false(b->bad);
	assert_string_equal(b->p, want);
	buf_reset(b);
}

/* Every day of the range: parts, weekday, text, and back again. */
static void
test_every_day(void **state)
{
	struct buf b = buf_with(100);
	struct date_parts d;
	struct tm tm, back;
	char want[40];
	time_t second;
	int32_t date;

	(void)state;
	for (date = FIRST; date <= LAST; date++) {
		second = (time_t)date * 86400;
		if (gmtime_r(&second, &tm) == NULL)
			fail();
		d = date_parts(date);
		if (d.year != tm.tm_year + 1900 ||
		    (int)d.month != tm.tm_mon + 1 ||
		    (int)d.day != tm.tm_mday ||
		    (int)date_weekday(date) != tm.tm_wday)
			fail_msg("day %d", date);
		memset(&back, 0, sizeof(back));
		back.tm_year = d.year - 1900;
		back.tm_mon = (int)d.month - 1;
		back.tm_mday = (int)d.day;
		if (timegm(&back) != second ||
		    date_of(d.year, d.month, d.day) != date)
			fail_msg("day %d", date);
		/* The C library's own text takes too long for each. */
		if (date % 7 != 0)
			continue;
		(void)snprintf(want, sizeof(want), "%04d-%02d-%02d",
		    tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
		buf_reset(&b);
		date_show(&b, date);
		if (!bytes_is(buf_bytes(&b), want) ||
		    date_read(buf_bytes(&b)) != date)
			fail_msg("%s", want);
	}
	buf_free(&b);
}

/* Parts that name no day; what is a day, timegm leaves as it is. */
static void
test_every_part(void **state)
{
	int year, months;
	unsigned month, day;
	struct tm tm;
	bool is_day;

	(void)state;
	for (months = 0; months < 14 * 10001; months++) {
		year = months / 14;
		month = (unsigned)(months % 14);
		for (day = 0; day <= 33; day++) {
			memset(&tm, 0, sizeof(tm));
			tm.tm_year = year - 1900;
			tm.tm_mon = (int)month - 1;
			tm.tm_mday = (int)day;
			(void)timegm(&tm);
			is_day = year >= 1 && year <= 9999 &&
			    tm.tm_mon == (int)month - 1 &&
			    tm.tm_mday == (int)day;
			if ((date_of(year, month, day) != DATE_UNSET) != is_day)
				fail_msg("%d-%u-%u", year, month, day);
		}
	}
	assert_int_equal(date_of(-1, 1, 1), DATE_UNSET);
	assert_int_equal(date_of(10000, 1, 1), DATE_UNSET);
	assert_int_equal(date_of(2024, UINT32_MAX, 1), DATE_UNSET);
	assert_int_equal(date_of(2024, 1, UINT32_MAX), DATE_UNSET);
}

static const struct {
	const char *text;
	int32_t want;
} reads[] = {
	{ "1970-01-01", 0 },
	{ "1969-12-31", -1 },
	{ "2024-02-29", 19782 },
	{ "2024-03-17", 19799 },
	{ "0001-01-01", FIRST },
	{ "9999-12-31", LAST },
	{ "0000-12-31", DATE_UNSET },
	{ "2023-02-29", DATE_UNSET },
	{ "1900-02-29", DATE_UNSET },
	{ "2024-00-01", DATE_UNSET },
	{ "2024-13-01", DATE_UNSET },
	{ "2024-01-00", DATE_UNSET },
	{ "2024-04-31", DATE_UNSET },
	{ "2024-3-17", DATE_UNSET },
	{ "2024-3-017", DATE_UNSET },
	{ "2024/03/17", DATE_UNSET },
	{ "2024-03/17", DATE_UNSET },
	{ "20240-3-17", DATE_UNSET },
	{ "17.03.2024", DATE_UNSET },
	{ "2024-03-1x", DATE_UNSET },
	{ "2024-+3-17", DATE_UNSET },
	{ "2024- 3-17", DATE_UNSET },
	{ "-024-03-17", DATE_UNSET },
	{ " 2024-03-17", DATE_UNSET },
	{ "2024-03-17 ", DATE_UNSET },
	{ "2024-03-17T", DATE_UNSET },
	{ "2024-03", DATE_UNSET },
	{ "2024", DATE_UNSET },
	{ "", DATE_UNSET },
};

static void
test_read(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(reads) / sizeof(reads[0]); i++)
		if (date_read(bytes_of(reads[i].text)) != reads[i].want)
			fail_msg("%s", reads[i].text);
	assert_int_equal(date_read(bytes_at(NULL, 0)), DATE_UNSET);
}

static void
test_show(void **state)
{
	struct buf b = buf_with(100);

	(void)state;
	date_show(&b, date_of(2024, 3, 7));
	assert_text(&b, "2024-03-07");
	date_show(&b, date_of(7, 12, 31));
	assert_text(&b, "0007-12-31");
	date_show(&b, DATE_UNSET);
	assert_text(&b, "");
	date_show(&b, LAST + 1);
	assert_text(&b, "");
	date_words(&b, date_of(2024, 3, 7));
	assert_text(&b, "7 March 2024");
	date_words(&b, date_of(1999, 12, 31));
	assert_text(&b, "31 December 1999");
	date_words(&b, DATE_UNSET);
	assert_text(&b, "");
	date_words(&b, FIRST - 1);
	assert_text(&b, "");
	assert_string_equal(date_weekday_name(date_of(2024, 3, 17)), "Sunday");
	assert_string_equal(date_weekday_name(date_of(2024, 3, 18)), "Monday");
	assert_string_equal(date_weekday_name(date_of(2024, 3, 23)),
	    "Saturday");
	assert_string_equal(date_weekday_name(DATE_UNSET), "");
	assert_int_equal(date_parts(DATE_UNSET).year, 0);
	assert_int_equal(date_parts(INT32_MAX).year, 0);
	buf_free(&b);
}

static const struct {
	const char *from;
	int64_t n;
	const char *want;		/* NULL: outside */
} months[] = {
	{ "2024-01-31", 1, "2024-02-29" },
	{ "2023-01-31", 1, "2023-02-28" },
	{ "2023-01-31", 13, "2024-02-29" },
	{ "2024-03-31", -1, "2024-02-29" },
	{ "2024-03-31", 1, "2024-04-30" },
	{ "2024-12-15", 1, "2025-01-15" },
	{ "2024-01-15", -1, "2023-12-15" },
	{ "2024-02-29", 12, "2025-02-28" },
	{ "2024-02-29", 48, "2028-02-29" },
	{ "2024-02-29", -48, "2020-02-29" },
	{ "2024-02-29", 0, "2024-02-29" },
	{ "2024-01-01", -288, "2000-01-01" },
	{ "0001-01-31", -1, NULL },
	{ "0001-12-31", -11, "0001-01-31" },
	{ "9999-12-01", 1, NULL },
	{ "9999-01-31", 11, "9999-12-31" },
	{ "0001-01-01", 119987, "9999-12-01" },
	{ "0001-01-01", 119988, NULL },
	{ "2024-01-01", INT64_MAX, NULL },
	{ "2024-01-01", INT64_MIN, NULL },
};

static void
test_add(void **state)
{
	int32_t want;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(months) / sizeof(months[0]); i++) {
		want = months[i].want == NULL ? DATE_UNSET :
		    date_read(bytes_of(months[i].want));
		if (date_add_months(date_read(bytes_of(months[i].from)),
		    months[i].n) != want)
			fail_msg("%s", months[i].from);
	}
	assert_int_equal(date_add_months(DATE_UNSET, 1), DATE_UNSET);
	assert_int_equal(date_add_days(DATE_UNSET, 1), DATE_UNSET);
	assert_int_equal(date_add_days(DATE_UNSET, INT64_MAX), DATE_UNSET);
	assert_int_equal(date_add_days(0, -45), -45);
	assert_int_equal(date_add_days(FIRST, LAST - FIRST), LAST);
	assert_int_equal(date_add_days(FIRST, LAST - FIRST + 1), DATE_UNSET);
	assert_int_equal(date_add_days(LAST, FIRST - LAST), FIRST);
	assert_int_equal(date_add_days(FIRST, -1), DATE_UNSET);
	assert_int_equal(date_add_days(0, INT64_MAX), DATE_UNSET);
	assert_int_equal(date_add_days(0, INT64_MIN), DATE_UNSET);
}

/* By counting through the days of each month. */
static void
test_nth_weekday(void **state)
{
	unsigned month, weekday, nth, found;
	int32_t date, last;
	int year;

	(void)state;
	for (year = 1890; year < 2120; year++)
	for (month = 1; month <= 12; month++)
	for (weekday = 0; weekday < 7; weekday++) {
		found = 0;
		last = DATE_UNSET;
		for (date = date_of(year, month, 1);
		    date_parts(date).month == month; date++) {
			if (date_weekday(date) != weekday)
				continue;
			last = date;
			assert_int_equal(date_nth_weekday(year, month,
			    weekday, ++found), date);
		}
		assert_int_equal(date_nth_weekday(year, month, weekday, 0),
		    last);
		for (nth = found + 1; nth < 9; nth++)
			assert_int_equal(date_nth_weekday(year, month,
			    weekday, nth), DATE_UNSET);
	}
	assert_int_equal(date_nth_weekday(2024, 3, 7, 1), DATE_UNSET);
	assert_int_equal(date_nth_weekday(2024, 13, 0, 1), DATE_UNSET);
	assert_int_equal(date_nth_weekday(2024, 0, 0, 0), DATE_UNSET);
	assert_int_equal(date_nth_weekday(0, 1, 0, 0), DATE_UNSET);
	assert_int_equal(date_nth_weekday(2024, 1, 0, UINT32_MAX), DATE_UNSET);
	/* Seven times this, in 32 bits, is little. */
	assert_int_equal(date_nth_weekday(2024, 1, 0, 613566758), DATE_UNSET);
	assert_int_equal(date_nth_weekday(9999, 12, 5, 0), LAST);
}

static void
test_weekday_near(void **state)
{
	int32_t date, from, until;
	unsigned weekday;

	(void)state;
	for (date = -800; date < 800; date++) {
		for (weekday = 0; weekday < 7; weekday++) {
			from = date_weekday_from(date, weekday);
			until = date_weekday_until(date, weekday);
			assert_int_equal(date_weekday(from), weekday);
			assert_int_equal(date_weekday(until), weekday);
			assert_true(from >= date && from < date + 7);
			assert_true(until <= date && until > date - 7);
		}
	}
	assert_int_equal(date_weekday_from(DATE_UNSET, 0), DATE_UNSET);
	assert_int_equal(date_weekday_until(DATE_UNSET, 3), DATE_UNSET);
	/* The range begins on a Monday and ends on a Friday. */
	assert_int_equal(date_weekday_until(FIRST, 1), FIRST);
	assert_int_equal(date_weekday_until(FIRST, 0), DATE_UNSET);
	assert_int_equal(date_weekday_from(LAST, 5), LAST);
	assert_int_equal(date_weekday_from(LAST, 6), DATE_UNSET);
}

static const struct {
	const char *from, *to;
	int want;
} ages[] = {
	{ "2006-03-17", "2024-03-16", 17 },
	{ "2006-03-17", "2024-03-17", 18 },
	{ "2006-03-17", "2024-03-18", 18 },
	{ "2006-03-17", "2006-03-17", 0 },
	{ "2006-03-17", "2006-03-16", -1 },
	{ "2006-03-17", "1990-12-31", -1 },
	{ "2006-12-31", "2024-01-01", 17 },
	{ "2006-01-01", "2024-12-31", 18 },
	{ "2008-02-29", "2026-02-28", 17 },
	{ "2008-02-29", "2026-03-01", 18 },
	{ "2008-02-29", "2028-02-28", 19 },
	{ "2008-02-29", "2028-02-29", 20 },
	{ "0001-01-01", "9999-12-31", 9998 },
};

static void
test_years(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(ages) / sizeof(ages[0]); i++)
		if (date_years(date_read(bytes_of(ages[i].from)),
		    date_read(bytes_of(ages[i].to))) != ages[i].want)
			fail_msg("%s to %s", ages[i].from, ages[i].to);
	assert_int_equal(date_years(DATE_UNSET, 0), -1);
	assert_int_equal(date_years(0, DATE_UNSET), -1);
	assert_int_equal(date_years(DATE_UNSET, DATE_UNSET), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_day),
		cmocka_unit_test(test_every_part),
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_show),
		cmocka_unit_test(test_add),
		cmocka_unit_test(test_nth_weekday),
		cmocka_unit_test(test_weekday_near),
		cmocka_unit_test(test_years),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
