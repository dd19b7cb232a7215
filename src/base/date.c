#include "base/date.h"

#include <assert.h>
#include <stddef.h>

#include "base/text.h"

#define FIRST_DAY	(-719162)	/* 0001-01-01 */
#define LAST_DAY	2932896		/* 9999-12-31 */

static const char *const months[] = {
	"January", "February", "March", "April", "May", "June", "July",
	"August", "September", "October", "November", "December"
};

static const char *const weekdays[] = {
	"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday",
	"Saturday"
};

static bool
is_date(int32_t date)
{
	return date >= FIRST_DAY && date <= LAST_DAY;
}

static unsigned
days_in_month(int year, unsigned month)
{
	static const uint8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30,
	    31, 30, 31 };
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return days[month - 1] + (month == 2 && leap ? 1u : 0u);
}

/* Years are counted from 1 March, so that the leap day is the last of a year;
   400 years are 146,097 days, and 719,468 lie between 0000-03-01 and 1970. */
int32_t
date_of(int year, unsigned month, unsigned day)
{
	int32_t y, era, of_era, of_year;

	if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 ||
	    day > days_in_month(year, month))
		return DATE_UNSET;
	y = month <= 2 ? year - 1 : year;
	era = y / 400;
	of_era = y - era * 400;
	of_year = (153 * (int32_t)((month + 9) % 12) + 2) / 5 +
	    (int32_t)day - 1;
	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 +
	    of_year - 719468;
}

struct date_parts
date_parts(int32_t date)
{
	struct date_parts parts = { 0, 0, 0 };
	int32_t since, era, of_era, y, of_year, month;

	if (!is_date(date))
		return parts;
	since = date + 719468;
	era = since / 146097;
	of_era = since - era * 146097;
	y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	of_year = of_era - (365 * y + y / 4 - y / 100);
	month = (5 * of_year + 2) / 153;
	parts.day = (unsigned)(of_year - (153 * month + 2) / 5 + 1);
	parts.month = (unsigned)(month < 10 ? month + 3 : month - 9);
	parts.year = y + era * 400 + (parts.month <= 2 ? 1 : 0);
	return parts;
}

/* 0001-01-01 was a Monday.  0 if unset. */
unsigned
date_weekday(int32_t date)
{
	return is_date(date) ? (unsigned)(date - FIRST_DAY + 1) % 7 : 0;
}

int32_t
date_read(struct bytes in)
{
	uint64_t year, month, day;

	if (in.n != 10 || in.p[4] != '-' || in.p[7] != '-' ||
	    !text_uint(bytes_part(in, 0, 4), &year) ||
	    !text_uint(bytes_part(in, 5, 2), &month) ||
	    !text_uint(bytes_part(in, 8, 2), &day))
		return DATE_UNSET;
	return date_of((int)year, (unsigned)month, (unsigned)day);
}

void
date_show(struct buf *to, int32_t date)
{
	struct date_parts d = date_parts(date);

	if (d.year != 0)
		buf_printf(to, "%04d-%02u-%02u", d.year, d.month, d.day);
}

void
date_words(struct buf *to, int32_t date)
{
	struct date_parts d = date_parts(date);

	if (d.year != 0)
		buf_printf(to, "%u %s %d", d.day, months[d.month - 1], d.year);
}

const char *
date_weekday_name(int32_t date)
{
	return is_date(date) ? weekdays[date_weekday(date)] : "";
}

int32_t
date_add_days(int32_t date, int64_t n)
{
	if (!is_date(date) || n < FIRST_DAY - (int64_t)date ||
	    n > LAST_DAY - (int64_t)date)
		return DATE_UNSET;
	return (int32_t)(date + n);
}

int32_t
date_add_months(int32_t date, int64_t n)
{
	struct date_parts d = date_parts(date);
	int64_t months_since;		/* January of year 1 */
	unsigned last;

	if (d.year == 0 || n < -120000 || n > 120000)
		return DATE_UNSET;
	months_since = (int64_t)(d.year - 1) * 12 + d.month - 1 + n;
	if (months_since < 0 || months_since >= INT64_C(9999) * 12)
		return DATE_UNSET;
	d.year = (int)(months_since / 12) + 1;
	d.month = (unsigned)(months_since % 12) + 1;
	last = days_in_month(d.year, d.month);
	return date_of(d.year, d.month, d.day < last ? d.day : last);
}

int32_t
date_nth_weekday(int year, unsigned month, unsigned weekday, unsigned nth)
{
	int32_t first = date_of(year, month, 1);
	unsigned day;

	if (first == DATE_UNSET || weekday > 6 || nth > 5)
		return DATE_UNSET;
	day = 1 + (weekday + 7 - date_weekday(first)) % 7;
	if (nth == 0)
		nth = day + 28 <= days_in_month(year, month) ? 5 : 4;
	return date_of(year, month, day + 7 * (nth - 1));
}

int32_t
date_weekday_from(int32_t date, unsigned weekday)
{
	assert(weekday <= 6);
	return date_add_days(date, (weekday + 7 - date_weekday(date)) % 7);
}

int32_t
date_weekday_until(int32_t date, unsigned weekday)
{
	assert(weekday <= 6);
	return date_add_days(date,
	    -(int64_t)((date_weekday(date) + 7 - weekday) % 7));
}

int
date_years(int32_t from, int32_t to)
{
	struct date_parts a = date_parts(from), b = date_parts(to);
	bool before;			/* this year's day is still to come */

	if (a.year == 0 || b.year == 0 || to < from)
		return -1;
	before = b.month < a.month || (b.month == a.month && b.day < a.day);
	return b.year - a.year - (before ? 1 : 0);
}
