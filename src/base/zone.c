#include "base/zone.h"

#include <assert.h>
#include <stddef.h>

#include "base/date.h"
#include "base/time.h"

#define HOUR		3600
#define DAY		INT64_C(86400)
#define FIRST_DAY	INT64_C(-719162)	/* 0001-01-01 */
#define LAST_DAY	INT64_C(2932896)	/* 9999-12-31 */

/* A change of the clock in one year. */
struct moment {
	int64_t at;			/* seconds since 1970 UTC */
	int32_t before, after;		/* offsets */
};

static bool
pass(struct cur *c, uint8_t byte)
{
	if (cur_left(c) == 0 || c->in.p[c->at] != byte)
		return false;
	(void)cur_take(c, 1);
	return true;
}

static bool
is_letter(uint8_t c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool
is_digit(uint8_t c)
{
	return c >= '0' && c <= '9';
}

/* "MSK", or "<+03>": three characters or more. */
static bool
pass_name(struct cur *c)
{
	bool quoted = pass(c, '<');
	size_t from = c->at;
	uint8_t byte;

	while (cur_left(c) > 0) {
		byte = c->in.p[c->at];
		if (!is_letter(byte) && (!quoted || (!is_digit(byte) &&
		    byte != '+' && byte != '-')))
			break;
		(void)cur_take(c, 1);
	}
	return c->at - from >= 3 && (!quoted || pass(c, '>'));
}

/* One to three digits, no more than max. */
static bool
take_number(struct cur *c, int32_t max, int32_t *v)
{
	size_t from = c->at;

	*v = 0;
	while (cur_left(c) > 0 && is_digit(c->in.p[c->at]) &&
	    c->at - from < 3)
		*v = *v * 10 + (int32_t)cur_be(c, 1) - '0';
	return c->at > from && *v <= max;
}

/* "3", "-3", "5:30", "5:30:00", in seconds. */
static bool
take_time(struct cur *c, int32_t max_hours, int32_t *seconds)
{
	bool minus = pass(c, '-');
	int32_t h, m = 0, s = 0;

	if (!minus)
		(void)pass(c, '+');
	if (!take_number(c, max_hours, &h))
		return false;
	if (pass(c, ':')) {
		if (!take_number(c, 59, &m))
			return false;
		if (pass(c, ':') && !take_number(c, 59, &s))
			return false;
	}
	*seconds = (h * HOUR + m * 60 + s) * (minus ? -1 : 1);
	return true;
}

/* ",M3.5.0" or ",M3.5.0/3"; two o'clock if it does not say. */
static bool
take_change(struct cur *c, struct zone_change *change)
{
	int32_t month, nth, weekday;

	if (!pass(c, ',') || !pass(c, 'M') || !take_number(c, 12, &month) ||
	    !pass(c, '.') || !take_number(c, 5, &nth) ||
	    !pass(c, '.') || !take_number(c, 6, &weekday) ||
	    month == 0 || nth == 0)
		return false;
	change->month = (uint8_t)month;
	change->nth = (uint8_t)nth;
	change->weekday = (uint8_t)weekday;
	change->at = 2 * HOUR;
	return !pass(c, '/') || take_time(c, 167, &change->at);
}

bool
zone_read(struct zone *z, struct bytes rule)
{
	struct zone none = { 0 };
	struct cur c = cur_over(rule);
	int32_t west;

	*z = none;
	if (!pass_name(&c) || !take_time(&c, 24, &west))
		return false;
	z->offset = -west;
	z->summer_offset = -west;
	if (cur_left(&c) == 0)
		return true;
	z->summer = true;
	z->summer_offset += HOUR;
	if (!pass_name(&c))
		return false;
	if (cur_left(&c) > 0 && c.in.p[c.at] != ',') {
		if (!take_time(&c, 24, &west))
			return false;
		z->summer_offset = -west;
	}
	return take_change(&c, &z->begins) && take_change(&c, &z->ends) &&
	    cur_left(&c) == 0;
}

/* False if that year is none of the calendar's. */
static bool
moment_of(const struct zone *z, int year, bool begins, struct moment *m)
{
	const struct zone_change *change = begins ? &z->begins : &z->ends;
	int32_t date = date_nth_weekday(year, change->month, change->weekday,
	    change->nth == 5 ? 0 : change->nth);

	if (date == DATE_UNSET)
		return false;
	m->before = begins ? z->offset : z->summer_offset;
	m->after = begins ? z->summer_offset : z->offset;
	m->at = date * DAY + change->at - m->before;
	return true;
}

/* What the last change before an instant has made of the clock.  A change may
   be days off its weekday, in another year even: three years are asked. */
static int32_t
offset_at(const struct zone *z, int64_t second)
{
	struct moment m, last = { INT64_MIN, 0, 0 }, next = { INT64_MAX, 0, 0 };
	int64_t day = (second - (second % DAY + DAY) % DAY) / DAY;
	int year, i;

	if (!z->summer)
		return z->offset;
	day = day < FIRST_DAY ? FIRST_DAY : day > LAST_DAY ? LAST_DAY : day;
	year = date_parts((int32_t)day).year;
	for (i = 0; i < 6; i++) {
		if (!moment_of(z, year - 1 + i / 2, i % 2 == 0, &m))
			continue;
		if (m.at <= second && m.at >= last.at)
			last = m;
		if (m.at > second && m.at < next.at)
			next = m;
	}
	/* Before the first change of all it was what that change ended. */
	return last.at != INT64_MIN ? last.after : next.before;
}

int64_t
zone_instant(const struct zone *z, int32_t date, int32_t seconds)
{
	int64_t wall, winter, summer, second;
	bool is_winter, is_summer;

	assert(seconds >= 0 && seconds <= DAY);
	if (date_parts(date).year == 0)
		return TIME_UNSET;
	wall = date * DAY + seconds;
	winter = wall - z->offset;
	summer = wall - z->summer_offset;
	is_winter = offset_at(z, winter) == z->offset;
	is_summer = offset_at(z, summer) == z->summer_offset;
	/* Both: the time comes twice, and the first is meant.  None: the clock
	   passes over it; as if it had not is by the smaller offset. */
	if (is_winter && is_summer)
		second = winter < summer ? winter : summer;
	else if (!is_winter && !is_summer)
		second = winter > summer ? winter : summer;
	else
		second = is_winter ? winter : summer;
	if (second < FIRST_DAY * DAY || second >= (LAST_DAY + 1) * DAY)
		return TIME_UNSET;
	return second * TIME_SECOND;
}

void
zone_wall(const struct zone *z, int64_t instant, int32_t *date,
    int32_t *seconds, int32_t *offset)
{
	int64_t second, wall, of_day;

	*date = DATE_UNSET;
	*seconds = 0;
	*offset = z->offset;
	if (instant < FIRST_DAY * TIME_DAY ||
	    instant >= (LAST_DAY + 1) * TIME_DAY)
		return;
	second = instant / TIME_SECOND - (instant % TIME_SECOND < 0 ? 1 : 0);
	*offset = offset_at(z, second);
	wall = second + *offset;
	if (wall < FIRST_DAY * DAY || wall >= (LAST_DAY + 1) * DAY)
		return;
	of_day = (wall % DAY + DAY) % DAY;
	*date = (int32_t)((wall - of_day) / DAY);
	*seconds = (int32_t)of_day;
}
