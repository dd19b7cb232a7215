/*
 * Times of all formats as microseconds since 1970, by civil-calendar
 * arithmetic of our own: no locale, no time zone, no leap-second table.
 */
#include "base/time.h"

#include <string.h>
#include <time.h>

#define DAY_SECONDS	INT64_C(86400)
#define MAC_EPOCH	INT64_C(978307200)	/* 2001-01-01 */
#define WEBKIT_EPOCH	INT64_C(-11644473600)	/* 1601-01-01 */
#define FIRST_SECOND	INT64_C(-62135596800)	/* year 1 begins */
#define LAST_SECOND	INT64_C(253402300799)	/* year 9999 ends */
#define FIRST		(FIRST_SECOND * TIME_SECOND)
#define LAST		(LAST_SECOND * TIME_SECOND + TIME_SECOND - 1)

/* Cocoa writes seconds in old and nanoseconds in new databases.  As seconds
   this is the year 5170, as nanoseconds 100 s after the epoch. */
#define MAC_SECONDS_MAX	INT64_C(100000000000)

struct civil {
	int64_t year, month, day;	/* month and day from 1 */
};

/* Days since 1970-01-01 in the Gregorian calendar, which is run backwards
   beyond its adoption.  Years are counted from 1 March, so that the leap day
   is the last of a year; 400 years are 146,097 days. */
static int64_t
days_from_civil(struct civil d)
{
	int64_t y = d.month <= 2 ? d.year - 1 : d.year;
	int64_t era = y / 400;
	int64_t of_era = y - era * 400;
	int64_t month = (d.month + 9) % 12;
	int64_t of_year = (153 * month + 2) / 5 + d.day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 +
	    of_year - 719468;
}

static struct civil
civil_from_days(int64_t days)
{
	struct civil d;
	int64_t since = days + 719468;	/* year 1 or later: positive */
	int64_t era = since / 146097;
	int64_t of_era = since - era * 146097;
	int64_t y = (of_era - of_era / 1460 + of_era / 36524 -
	    of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * y + y / 4 - y / 100);
	int64_t month = (5 * of_year + 2) / 153;

	d.day = of_year - (153 * month + 2) / 5 + 1;
	d.month = month < 10 ? month + 3 : month - 9;
	d.year = y + era * 400 + (d.month <= 2 ? 1 : 0);
	return d;
}

static int64_t
days_in_month(int64_t year, int64_t month)
{
	static const uint8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30,
	    31, 30, 31 };
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return days[month - 1] + (month == 2 && leap ? 1 : 0);
}

static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0 ? 1 : 0);
}

static int64_t
in_range(int64_t microseconds)
{
	return microseconds < FIRST || microseconds > LAST ? TIME_UNSET :
	    microseconds;
}

/* `seconds` since an epoch that lies `epoch` seconds after 1970. */
static int64_t
from_real(double seconds, int64_t epoch)
{
	double us = seconds * 1e6;

	/* NaN fails both; the bounds keep the sum far within int64_t. */
	if (!(us >= -4e17 && us <= 4e17))
		return TIME_UNSET;
	us += us < 0 ? -0.5 : 0.5;	/* to the nearest */
	return in_range((int64_t)us + epoch * TIME_SECOND);
}

static int64_t
from_seconds(int64_t seconds, int64_t epoch)
{
	if (seconds < -4 * MAC_SECONDS_MAX || seconds > 4 * MAC_SECONDS_MAX)
		return TIME_UNSET;
	return in_range((seconds + epoch) * TIME_SECOND);
}

int64_t
time_mac(double seconds)
{
	if (seconds == 0)
		return TIME_UNSET;
	if (seconds > (double)MAC_SECONDS_MAX ||
	    seconds < (double)-MAC_SECONDS_MAX)
		seconds /= 1e9;
	return from_real(seconds, MAC_EPOCH);
}

int64_t
time_mac_int(int64_t v)
{
	if (v == 0)
		return TIME_UNSET;
	if (v > MAC_SECONDS_MAX || v < -MAC_SECONDS_MAX)
		return in_range(floor_div(v, 1000) + MAC_EPOCH * TIME_SECOND);
	return from_seconds(v, MAC_EPOCH);
}

int64_t
time_unix(int64_t v)
{
	uint64_t size = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;

	if (v == 0)
		return TIME_UNSET;
	if (size < UINT64_C(100000000000))
		return in_range(v * TIME_SECOND);
	if (size < UINT64_C(100000000000000))
		return in_range(v * 1000);
	if (size < UINT64_C(100000000000000000))
		return in_range(v);
	return in_range(floor_div(v, 1000));
}

int64_t
time_unix_seconds(double seconds)
{
	return seconds == 0 ? TIME_UNSET : from_real(seconds, 0);
}

int64_t
time_webkit(int64_t v)
{
	int64_t sum;

	if (v == 0 || __builtin_add_overflow(v, WEBKIT_EPOCH * TIME_SECOND,
	    &sum))
		return TIME_UNSET;
	return in_range(sum);
}

int64_t
time_plist(double seconds)
{
	return from_real(seconds, MAC_EPOCH);
}

/* A number of exactly `width` digits. */
static int64_t
digits(struct cur *in, size_t width)
{
	struct bytes b = cur_take(in, width);
	int64_t v = 0;
	size_t i;

	for (i = 0; i < b.n; i++) {
		if (b.p[i] < '0' || b.p[i] > '9')
			in->bad = true;
		v = v * 10 + (b.p[i] - '0');
	}
	return v;
}

static uint8_t
peek(const struct cur *in)
{
	return cur_left(in) > 0 ? in->in.p[in->at] : 0;
}

static void
expect(struct cur *in, uint8_t c)
{
	if (cur_be(in, 1) != c)
		in->bad = true;
}

static bool
at_digit(const struct cur *in)
{
	return peek(in) >= '0' && peek(in) <= '9';
}

/* The fraction behind the seconds; digits beyond microseconds are dropped. */
static int64_t
fraction(struct cur *in)
{
	int64_t v = 0, unit = TIME_SECOND / 10;

	if (peek(in) != '.')
		return 0;
	(void)cur_take(in, 1);
	if (!at_digit(in))
		in->bad = true;
	while (at_digit(in)) {
		v += (peek(in) - '0') * unit;
		unit /= 10;
		(void)cur_take(in, 1);
	}
	return v;
}

/* Seconds that the zone is ahead of UTC. */
static int64_t
zone(struct cur *in)
{
	int64_t hours, minutes;
	uint8_t sign;

	if (peek(in) == ' ')
		(void)cur_take(in, 1);
	sign = (uint8_t)cur_be(in, 1);
	if (sign == 'Z' || sign == 'z')
		return 0;
	if (sign != '+' && sign != '-')
		in->bad = true;
	hours = digits(in, 2);
	if (peek(in) == ':')
		(void)cur_take(in, 1);
	minutes = digits(in, 2);
	if (hours > 23 || minutes > 59)
		in->bad = true;
	return (hours * 60 + minutes) * (sign == '-' ? -60 : 60);
}

int64_t
time_read(struct bytes text)
{
	struct cur in = cur_over(text);
	struct civil d;
	int64_t hour, minute, second, part, ahead;
	uint8_t c;

	d.year = digits(&in, 4);
	expect(&in, '-');
	d.month = digits(&in, 2);
	expect(&in, '-');
	d.day = digits(&in, 2);
	c = (uint8_t)cur_be(&in, 1);
	if (c != 'T' && c != 't' && c != ' ')
		return TIME_UNSET;
	hour = digits(&in, 2);
	expect(&in, ':');
	minute = digits(&in, 2);
	expect(&in, ':');
	second = digits(&in, 2);
	part = fraction(&in);
	ahead = zone(&in);
	if (!cur_ok(&in) || cur_left(&in) > 0)
		return TIME_UNSET;
	if (d.year < 1 || d.month < 1 || d.month > 12 || d.day < 1 ||
	    d.day > days_in_month(d.year, d.month) || hour > 23 ||
	    minute > 59 || second > 60)
		return TIME_UNSET;
	return in_range((days_from_civil(d) * DAY_SECONDS + hour * 3600 +
	    minute * 60 + second - ahead) * TIME_SECOND + part);
}

/* v in decimal at p, `width` digits with leading zeros. */
static uint8_t *
put(uint8_t *p, uint32_t v, size_t width)
{
	size_t i;

	for (i = width; i > 0; i--) {
		p[i - 1] = (uint8_t)('0' + v % 10);
		v /= 10;
	}
	return p + width;
}

#define DATE_BYTES	10	/* "2024-03-17" */

/* The last date that was made: records come in the order of time, and many of
   them on one day. */
static _Thread_local struct {
	int64_t days;
	uint8_t text[DATE_BYTES];
} date = { .days = INT64_MIN };

static uint8_t *
put_date(uint8_t *p, int64_t days)
{
	struct civil d;
	uint8_t *q;

	if (date.days != days) {
		d = civil_from_days(days);
		q = put(date.text, (uint32_t)d.year, 4);
		*q++ = '-';
		q = put(q, (uint32_t)d.month, 2);
		*q++ = '-';
		(void)put(q, (uint32_t)d.day, 2);
		date.days = days;
	}
	memcpy(p, date.text, DATE_BYTES);
	return p + DATE_BYTES;
}

static void
show(struct buf *to, int64_t t, bool whole)
{
	uint8_t *p, *start;
	int64_t days, of_day;
	uint32_t second, part;

	if (in_range(t) == TIME_UNSET)
		return;
	start = p = buf_room(to, whole ?
	    sizeof("2024-03-17T08:00:00.000000Z") - 1 :
	    sizeof("2024-03-17 08:00:00") - 1);
	if (p == NULL)
		return;
	days = floor_div(t, TIME_DAY);
	of_day = t - days * TIME_DAY;
	second = (uint32_t)(of_day / TIME_SECOND);
	part = (uint32_t)(of_day % TIME_SECOND);
	p = put_date(p, days);
	*p++ = whole ? 'T' : ' ';
	p = put(p, second / 3600, 2);
	*p++ = ':';
	p = put(p, second / 60 % 60, 2);
	*p++ = ':';
	p = put(p, second % 60, 2);
	if (whole) {
		*p++ = '.';
		p = put(p, part, 6);
		*p++ = 'Z';
	}
	to->n += (size_t)(p - start);
}

void
time_show(struct buf *to, int64_t t)
{
	show(to, t, true);
}

void
time_show_short(struct buf *to, int64_t t)
{
	show(to, t, false);
}

int64_t
time_now(void)
{
	struct timespec now;

	if (clock_gettime(CLOCK_REALTIME, &now) != 0)
		return TIME_UNSET;
	return in_range(now.tv_sec * TIME_SECOND + now.tv_nsec / 1000);
}
