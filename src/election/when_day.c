/*
 * The day that a date rule gives, and how it was counted.
 */
#include <assert.h>

#include "election/when.h"
#include "election/when_inside.h"

static const char *const ordinals[] = { "last", "first", "second", "third",
    "fourth", "fifth" };

static int32_t day_of(const struct when *, const struct when_known *,
    const struct when **missing);

/* --- the day -------------------------------------------------------------- */

static int32_t
shifted(const struct when *w, int32_t from)
{
	int64_t n = w->back ? -(int64_t)w->n : (int64_t)w->n;

	if (w->shape == WHEN_FULL_DAYS)
		return date_add_days(from, w->back ? n - 1 : n + 1);
	if (w->shape == WHEN_DAY_FROM)
		return date_add_days(from, n - 1);
	switch (w->unit) {
	case WHEN_DAYS:
		return date_add_days(from, n);
	case WHEN_WEEKS:
		return date_add_days(from, n * 7);
	case WHEN_MONTHS:
		return date_add_months(from, n);
	case WHEN_YEARS:
		return date_add_months(from, n * 12);
	}
	return DATE_UNSET;
}

/* Strictly after or before. */
static int32_t
nth_weekday(const struct when *w, int32_t from)
{
	int64_t weeks = 7 * ((int64_t)w->n - 1);

	if (w->back)
		return date_add_days(date_weekday_until(
		    date_add_days(from, -1), w->weekday), -weeks);
	return date_add_days(date_weekday_from(date_add_days(from, 1),
	    w->weekday), weeks);
}

static int32_t
nearest_weekday(const struct when *w, int32_t to)
{
	int32_t before = date_weekday_until(to, w->weekday);
	int32_t after = date_weekday_from(to, w->weekday);

	if (before == DATE_UNSET)
		return after;
	if (after == DATE_UNSET)
		return before;
	return to - before <= after - to ? before : after;
}

/* 29 February comes at least every eighth year. */
static int32_t
same_day_of_a_year(const struct when *w, int32_t from)
{
	int year = date_parts(from).year, i;
	int32_t day;

	for (i = 0; i <= 8; i++) {
		day = date_of(w->back ? year - i : year + i, w->month, w->n);
		if (day != DATE_UNSET && (w->back ? day < from : day > from))
			return day;
	}
	return DATE_UNSET;
}

/* From a day that is known. */
static int32_t
counted(const struct when *w, int32_t from)
{
	struct date_parts parts = date_parts(from);

	switch (w->shape) {
	case WHEN_NTH:
		return nth_weekday(w, from);
	case WHEN_NTH_OF:
		return date_nth_weekday(parts.year, w->month, w->weekday, w->n);
	case WHEN_NTH_OF_MONTH_OF:
		return date_nth_weekday(parts.year, parts.month, w->weekday,
		    w->n);
	case WHEN_ON_OR:
		return w->back ? date_weekday_until(from, w->weekday) :
		    date_weekday_from(from, w->weekday);
	case WHEN_NEAREST:
		return nearest_weekday(w, from);
	case WHEN_YEARLY:
		return same_day_of_a_year(w, from);
	default:
		return shifted(w, from);
	}
}

static int32_t
named(const struct when *w, const struct when_known *known)
{
	if (w->shape == WHEN_ENTRY)
		return known->entry == NULL ? DATE_UNSET :
		    known->entry(known->ctx, w->name);
	return known->anchors[w->shape == WHEN_NTH_OF ? ANCHOR_VOTING :
	    w->anchor];
}

static int32_t
earlier_or_later(const struct when *w, const struct when_known *known,
    const struct when **missing)
{
	int32_t a = day_of(w->of, known, missing);
	int32_t b = a == DATE_UNSET ? a : day_of(w->other, known, missing);

	if (a == DATE_UNSET || b == DATE_UNSET)
		return DATE_UNSET;
	return (w->shape == WHEN_EARLIER) == (a < b) ? a : b;
}

/* DATE_UNSET: *missing is the part that gives no day. */
static int32_t
day_of(const struct when *w, const struct when_known *known,
    const struct when **missing)
{
	int32_t from, day;

	if (w->shape == WHEN_EARLIER || w->shape == WHEN_LATER)
		return earlier_or_later(w, known, missing);
	if (w->shape == WHEN_DATE)
		return w->date;
	if (w->of != NULL)
		from = day_of(w->of, known, missing);
	else
		from = named(w, known);
	if (from == DATE_UNSET) {
		if (w->of == NULL)
			*missing = w;
		return DATE_UNSET;
	}
	if (w->shape == WHEN_ANCHOR || w->shape == WHEN_ENTRY)
		return from;
	day = counted(w, from);
	if (day == DATE_UNSET)
		*missing = w;
	return day;
}

/* --- in words ------------------------------------------------------------- */

static void tell(const struct when *, const struct when_known *, struct buf *);

/* A day that another is counted from; how it was counted itself, if it was. */
static void
tell_part(const struct when *w, const struct when_known *known, struct buf *b)
{
	const struct when *missing;

	date_words(b, day_of(w, known, &missing));
	if (w->shape == WHEN_DATE || w->shape == WHEN_ANCHOR ||
	    w->shape == WHEN_ENTRY)
		return;
	buf_text(b, " (");
	tell(w, known, b);
	buf_text(b, ")");
}

static void
tell_full_days(const struct when *w, const struct when_known *known,
    int32_t day, struct buf *b)
{
	buf_printf(b, "%u full day%s between ", w->n, w->n == 1 ? "" : "s");
	if (w->back) {
		date_words(b, day);
		buf_text(b, " and ");
	}
	tell_part(w->of, known, b);
	if (!w->back) {
		buf_text(b, " and ");
		date_words(b, day);
	}
}

static void
tell_day_from(const struct when *w, const struct when_known *known,
    int32_t day, struct buf *b)
{
	tell_part(w->of, known, b);
	buf_text(b, " is day 1");
	if (w->n == 1)
		return;
	buf_text(b, ", ");
	date_words(b, day);
	buf_printf(b, " day %u", w->n);
}

static void
tell_month(const struct when *w, const struct when_known *known, struct buf *b)
{
	const struct when *missing;
	int32_t from = w->of == NULL ? named(w, known) :
	    day_of(w->of, known, &missing);
	struct date_parts parts = date_parts(from);
	struct buf month = buf_with(64);
	struct bytes name;

	/* "1 March": what follows the day. */
	date_words(&month, date_of(parts.year, w->shape == WHEN_NTH_OF ?
	    w->month : parts.month, 1));
	name = buf_bytes(&month);
	buf_printf(b, "%s %s of ", ordinals[w->n], date_weekday_name(
	    date_weekday_from(from, w->weekday)));
	buf_add(b, bytes_part(name, 2, name.n));
	buf_free(&month);
}

static void
tell_shift(const struct when *w, const struct when_known *known, struct buf *b)
{
	static const char *const units[] = { "day", "week", "month", "year" };

	buf_printf(b, "%u %s%s %s ", w->n, units[w->unit],
	    w->n == 1 ? "" : "s", w->back ? "before" : "after");
	tell_part(w->of, known, b);
}

static void
tell_yearly(const struct when *w, const struct when_known *known, int32_t day,
    struct buf *b)
{
	buf_text(b, w->back ? "the last such day, " : "the next such day, ");
	date_words(b, day);
	buf_text(b, w->back ? ", before " : ", after ");
	tell_part(w->of, known, b);
}

static void
tell_weekday(const struct when *w, const struct when_known *known,
    int32_t day, struct buf *b)
{
	const char *name = date_weekday_name(day);

	if (w->shape == WHEN_NTH)
		buf_printf(b, "%s %s %s ", ordinals[w->n], name,
		    w->back ? "before" : "after");
	else if (w->shape == WHEN_ON_OR)
		buf_printf(b, "%s on or %s ", name,
		    w->back ? "before" : "after");
	else
		buf_printf(b, "nearest %s to ", name);
	tell_part(w->of, known, b);
}

static void
tell_named(const struct when *w, int32_t day, struct buf *b)
{
	if (w->shape == WHEN_DATE) {
		buf_text(b, "set as ");
	} else if (w->shape == WHEN_ANCHOR) {
		buf_printf(b, "%s, ", anchor_words(w->anchor));
	} else {
		buf_text(b, "the date of ");
		buf_add(b, w->name);
		buf_text(b, ", ");
	}
	date_words(b, day);
}

static void
tell(const struct when *w, const struct when_known *known, struct buf *b)
{
	const struct when *missing = w;
	int32_t day = day_of(w, known, &missing);

	switch (w->shape) {
	case WHEN_ANCHOR:
	case WHEN_ENTRY:
	case WHEN_DATE:
		tell_named(w, day, b);
		break;
	case WHEN_SHIFT:
		tell_shift(w, known, b);
		break;
	case WHEN_FULL_DAYS:
		tell_full_days(w, known, day, b);
		break;
	case WHEN_DAY_FROM:
		tell_day_from(w, known, day, b);
		break;
	case WHEN_NTH_OF:
	case WHEN_NTH_OF_MONTH_OF:
		tell_month(w, known, b);
		break;
	case WHEN_NTH:
	case WHEN_ON_OR:
	case WHEN_NEAREST:
		tell_weekday(w, known, day, b);
		break;
	case WHEN_YEARLY:
		tell_yearly(w, known, day, b);
		break;
	case WHEN_EARLIER:
	case WHEN_LATER:
		buf_printf(b, "the %s of ", w->shape == WHEN_EARLIER ?
		    "earlier" : "later");
		tell_part(w->of, known, b);
		buf_text(b, " and ");
		tell_part(w->other, known, b);
		break;
	}
}

static void
tell_missing(const struct when *w, const struct when_known *known,
    struct buf *b)
{
	if (w->shape == WHEN_ANCHOR) {
		buf_printf(b, "%s is not known", anchor_words(w->anchor));
	} else if (w->shape == WHEN_ENTRY) {
		buf_text(b, "the date of ");
		buf_add(b, w->name);
		buf_text(b, " is not known");
	} else if (w->shape == WHEN_NTH_OF && named(w, known) == DATE_UNSET) {
		buf_printf(b, "%s is not known", anchor_words(ANCHOR_VOTING));
	} else {
		buf_text(b, "there is no such day");
	}
}

struct when_day
when_day(const struct when *w, const struct when_known *known,
    struct buf *words)
{
	const struct when *missing = w;
	struct when_day day = { .date = day_of(w, known, &missing),
	    .seconds = WHEN_NO_HOUR };

	if (day.date == DATE_UNSET) {
		if (words != NULL)
			tell_missing(missing, known, words);
		return day;
	}
	day.seconds = w->seconds;
	if (words == NULL)
		return day;
	tell(w, known, words);
	if (w->seconds == 86400)
		buf_text(words, ", until the end of the day");
	else if (w->seconds != WHEN_NO_HOUR)
		buf_printf(words, ", at %02d:%02d", w->seconds / 3600,
		    w->seconds / 60 % 60);
	return day;
}
