/*
 * Where each date of a calendar stands: passed, today, next; and in order.
 */
#include <stddef.h>

#include "base/sort.h"
#include "election/calendar_inside.h"

/* What happens at 0:00 was over the day before. */
static int32_t
last_day(struct when_day until)
{
	return until.seconds == 0 ? date_add_days(until.date, -1) : until.date;
}

/* One side is enough to say that it is over, or ahead. */
static enum calendar_state
state_of_half(const struct calendar_item *item, int32_t today)
{
	if (today == DATE_UNSET)
		return CALENDAR_UNKNOWN;
	if (item->until.date != DATE_UNSET && last_day(item->until) < today)
		return CALENDAR_PASSED;
	return item->from.date != DATE_UNSET && item->from.date > today ?
	    CALENDAR_AHEAD : CALENDAR_UNKNOWN;
}

static enum calendar_state
state_of(const struct calendar_item *item, int32_t today)
{
	bool first = item->from.date != DATE_UNSET;
	bool last = item->until.date != DATE_UNSET;
	/* A single hour is no window that ends the day before. */
	bool one = item->from.date == item->until.date;

	if ((!first && !(item->open_start && last)) ||
	    (!last && !(item->open_end && first)))
		return state_of_half(item, today);
	if (today == DATE_UNSET)
		return CALENDAR_DATED;
	if (last && (one ? item->until.date : last_day(item->until)) < today)
		return CALENDAR_PASSED;
	return (first ? item->from.date : item->until.date) > today ?
	    CALENDAR_AHEAD : CALENDAR_TODAY;
}

static void
finish(struct calendar *cal, struct calendar_item *item)
{
	const struct law *law = cal->facts.law;
	int takes = calendar_takes_place(&cal->facts, item->only_if);

	item->depends = takes < 0;
	item->unverified = item->unverified || (!item->given &&
	    item->ground.there && item->ground.unverified);
	item->from_instant = calendar_instant(law, item->from.date,
	    item->from.seconds == WHEN_NO_HOUR ? 0 : item->from.seconds);
	item->until_instant = calendar_instant(law, item->until.date,
	    item->until.seconds == WHEN_NO_HOUR ? 86400 :
	    item->until.seconds);
	item->state = takes == 0 ? CALENDAR_NOT :
	    state_of(item, cal->facts.today);
	if (item->state != CALENDAR_UNKNOWN)
		item->needs = item->state == CALENDAR_NOT ? 0 : item->needs;
	cal->needs |= item->needs;
	cal->unverified = cal->unverified || (item->unverified &&
	    item->state != CALENDAR_NOT);
}

/* Facts that the law has a window for. */
static void
happened(struct calendar *cal, struct calendar_item *items)
{
	const struct calendar_item *found;
	struct calendar_item *item;
	int32_t date;
	unsigned i;

	for (i = 0; i < ANCHOR_COUNT; i++) {
		date = cal->facts.anchors[i];
		found = calendar_window(cal, (enum anchor)i);
		if (found == NULL || date == DATE_UNSET ||
		    (cal->derived & BIT(i)) != 0)
			continue;
		item = &items[found - cal->items];
		item->happened = date;
		item->outside = (item->from.date != DATE_UNSET &&
		    date < item->from.date) ||
		    (item->until.date != DATE_UNSET &&
		    date > last_day(item->until));
	}
}

static int32_t
sort_date(const struct calendar_item *item)
{
	if (item->from.date != DATE_UNSET)
		return item->from.date;
	return item->until.date == DATE_UNSET ? INT32_MAX : item->until.date;
}

/* By date and hour; what ends first goes first; then by name. */
static int
by_date(const void *a, const void *b)
{
	const struct calendar_item *x = a, *y = b;
	int32_t dx = sort_date(x), dy = sort_date(y);
	int32_t sx = x->from.date == DATE_UNSET ? x->until.seconds :
	    x->from.seconds;
	int32_t sy = y->from.date == DATE_UNSET ? y->until.seconds :
	    y->from.seconds;

	if (dx != dy)
		return dx < dy ? -1 : 1;
	if (sx != sy)
		return sx < sy ? -1 : 1;
	if (x->until.date != y->until.date)
		return x->until.date < y->until.date ? -1 : 1;
	return bytes_cmp(x->id, y->id);
}

/* When it begins, or else ends, after today; DATE_UNSET if neither. */
static int32_t
comes(const struct calendar_item *item, int32_t today)
{
	if (item->state == CALENDAR_AHEAD)
		return item->from.date != DATE_UNSET ? item->from.date :
		    item->until.date;
	if (item->state == CALENDAR_TODAY && item->until.date != DATE_UNSET &&
	    item->until.date > today)
		return item->until.date;
	return DATE_UNSET;
}

static void
find_next(struct calendar *cal, struct calendar_item *items)
{
	int32_t date;
	unsigned i;

	cal->next = -1;
	cal->next_date = DATE_UNSET;
	for (i = 0; i < cal->n; i++) {
		date = comes(&items[i], cal->facts.today);
		if (date == DATE_UNSET ||
		    (cal->next >= 0 && date >= cal->next_date))
			continue;
		cal->next = (int)i;
		cal->next_date = date;
	}
	for (i = 0; i < cal->n; i++)
		if (items[i].state == CALENDAR_AHEAD && cal->next >= 0 &&
		    comes(&items[i], cal->facts.today) == cal->next_date)
			items[i].state = CALENDAR_NEXT;
}

void
calendar_states(struct calendar *cal, struct calendar_item *items)
{
	unsigned i;

	for (i = 0; i < cal->n; i++)
		finish(cal, &items[i]);
	happened(cal, items);
	sort_items(items, cal->n, sizeof(*items), by_date);
	find_next(cal, items);
}
