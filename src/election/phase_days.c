/*
 * Within which days an anchor lies that is not known: nobody is elected before
 * the voting ends, and results come at the latest when the law says.
 */
#include <assert.h>
#include <stddef.h>

#include "election/calendar_inside.h"
#include "election/phase_inside.h"

static int32_t
later(int32_t a, int32_t b)
{
	return a > b ? a : b;		/* DATE_UNSET is the least */
}

static int32_t
earlier(int32_t a, int32_t b)
{
	return a < b ? a : b;		/* PHASE_DAY_NEVER is the greatest */
}

static int32_t
upper(int32_t date)
{
	return date == DATE_UNSET ? PHASE_DAY_NEVER : date;
}

/* What happens at 0:00 was over the day before. */
static int32_t
last_day(struct when_day until)
{
	if (until.date == DATE_UNSET)
		return PHASE_DAY_NEVER;
	return until.date - (until.seconds == 0 ? 1 : 0);
}

/* The bounds of one anchor: `least` to `most` by the order of things; then
   what is known not to have come yet, and the law's own window.  A bound of
   the law that did not hold bounds nothing. */
static void
bound(const struct calendar *cal, struct phase_known *known, enum anchor a,
    int32_t least, int32_t most)
{
	const struct calendar_facts *f = &cal->facts;
	const struct calendar_item *window = calendar_window(cal, a);
	struct phase_days *days = &known->anchors[a];

	if (f->anchors[a] != DATE_UNSET) {
		days->min = days->max = f->anchors[a];
		days->unverified = (cal->shaky & BIT(a)) != 0;
		return;
	}
	days->min = least;
	days->max = most;
	if (f->not_yet[a] && f->today != DATE_UNSET)
		days->min = later(days->min, f->today);
	if (window != NULL) {
		days->min = later(days->min, window->from.date);
		days->max = earlier(days->max, last_day(window->until));
		days->unverified = window->unverified;
	}
	if (days->max < days->min)
		days->max = PHASE_DAY_NEVER;
}

bool
phase_days_rule(const struct calendar *cal, const struct law_date *rule,
    const struct phase_known *bounds, struct when_day from[2],
    struct when_day until[2])
{
	struct when_known known = calendar_known(cal);
	unsigned side, i;
	int32_t day;

	if (!calendar_dated(rule))
		return false;
	for (side = 0; side < 2; side++) {
		for (i = 0; i < ANCHOR_COUNT; i++) {
			day = side == 0 ? bounds->anchors[i].min :
			    bounds->anchors[i].max;
			known.anchors[i] = day == PHASE_DAY_NEVER ?
			    DATE_UNSET : day;
		}
		law_window(rule, &known, &from[side], &until[side], NULL);
	}
	return true;
}

/* An anchor that a rule of the law gives: the second voting, the
   inauguration. */
static void
bound_rule(const struct calendar *cal, struct phase_known *known,
    enum anchor a, const struct law_date *rule, const struct phase_known *by)
{
	struct phase_days *days = &known->anchors[a];
	struct when_day from[2], until[2];

	if (cal->facts.anchors[a] != DATE_UNSET || rule == NULL ||
	    !phase_days_rule(cal, rule, by, from, until))
		return;
	days->min = later(days->min, from[0].date);
	days->max = earlier(days->max, upper(until[1].date));
	(void)calendar_rests(cal, rule, &days->unverified);
	if (days->max < days->min)
		days->max = PHASE_DAY_NEVER;
}

/* The same for what comes not before another, whose day is its least. */
static void
bound_after(const struct calendar *cal, struct phase_known *known,
    enum anchor a, enum anchor after, int32_t most)
{
	struct phase_days *days = &known->anchors[a];

	bound(cal, known, a, known->anchors[after].min, most);
	if (cal->facts.anchors[a] == DATE_UNSET)
		days->unverified = days->unverified ||
		    known->anchors[after].unverified;
}

static void
bound_second(const struct calendar *cal, struct phase_known *known)
{
	const struct calendar_facts *f = &cal->facts;
	const struct law_voting_day *day = &f->version->voting_day;
	int32_t days = day->ground.there && day->days > 1 ?
	    (int32_t)day->days : 1;
	struct phase_days *first = &known->second_first;

	bound(cal, known, ANCHOR_VOTING_2, f->anchors[ANCHOR_VOTING],
	    earlier(upper(f->anchors[ANCHOR_RESULTS_2]),
	    upper(f->anchors[ANCHOR_RESULTS_2_PUBLISHED])));
	bound_rule(cal, known, ANCHOR_VOTING_2, &f->version->rounds[1].date,
	    known);
	*first = known->anchors[ANCHOR_VOTING_2];
	if (f->second_first_day != DATE_UNSET) {
		first->min = first->max = f->second_first_day;
		first->unverified = false;
	} else if (first->min != DATE_UNSET) {
		first->min = later(first->min - (days - 1),
		    f->anchors[ANCHOR_VOTING]);
		first->unverified = first->unverified ||
		    (days > 1 && day->ground.unverified);
	}
	bound_after(cal, known, ANCHOR_RESULTS_2, ANCHOR_VOTING_2,
	    upper(f->anchors[ANCHOR_RESULTS_2_PUBLISHED]));
	bound_after(cal, known, ANCHOR_RESULTS_2_PUBLISHED, ANCHOR_RESULTS_2,
	    PHASE_DAY_NEVER);
}

/* The results that fill the office: those of the second round if it is held,
   and of either if that is not known. */
static void
bound_final(const struct calendar *cal, struct phase_known *known)
{
	const struct phase_days *a = known->anchors;
	struct phase_known final;

	known->final = a[cal->facts.second_round > 0 ? ANCHOR_RESULTS_2 :
	    ANCHOR_RESULTS];
	if (cal->facts.second_round < 0) {
		known->final.max = a[ANCHOR_RESULTS_2].max;
		known->final.unverified = known->final.unverified ||
		    a[ANCHOR_RESULTS_2].unverified;
	}
	final = *known;
	final.anchors[ANCHOR_RESULTS] = known->final;
	if (cal->facts.second_round != 0)
		final.anchors[ANCHOR_RESULTS_PUBLISHED].max =
		    a[ANCHOR_RESULTS_2_PUBLISHED].max;
	if (cal->facts.second_round > 0)
		final.anchors[ANCHOR_RESULTS_PUBLISHED].min =
		    a[ANCHOR_RESULTS_2_PUBLISHED].min;
	bound(cal, known, ANCHOR_INAUGURATION, known->final.min,
	    PHASE_DAY_NEVER);
	if (cal->facts.repeat <= 0)
		bound_rule(cal, known, ANCHOR_INAUGURATION,
		    calendar_inauguration(cal), &final);
	if (cal->facts.anchors[ANCHOR_INAUGURATION] == DATE_UNSET)
		known->anchors[ANCHOR_INAUGURATION].unverified =
		    known->anchors[ANCHOR_INAUGURATION].unverified ||
		    known->final.unverified;
}

void
phase_days_all(const struct calendar *cal, struct phase_known *known)
{
	const struct phase_days none = { DATE_UNSET, PHASE_DAY_NEVER, false };
	const int32_t *a = cal->facts.anchors;
	int32_t before = PHASE_DAY_NEVER;
	unsigned i;

	assert(a[ANCHOR_VOTING] != DATE_UNSET);
	known->second_first = known->final = none;
	for (i = 0; i < ANCHOR_COUNT; i++) {
		known->anchors[i] = none;
		bound(cal, known, (enum anchor)i, DATE_UNSET, PHASE_DAY_NEVER);
	}
	bound(cal, known, ANCHOR_CALLED, DATE_UNSET, earlier(
	    upper(a[ANCHOR_CALLED_PUBLISHED]), a[ANCHOR_VOTING_FIRST_DAY]));
	bound(cal, known, ANCHOR_CALLED_PUBLISHED,
	    known->anchors[ANCHOR_CALLED].min, a[ANCHOR_VOTING_FIRST_DAY]);
	before = upper(a[ANCHOR_RESULTS_PUBLISHED]);
	if (cal->facts.second_round > 0)
		before = earlier(before, upper(a[ANCHOR_VOTING_2]));
	bound(cal, known, ANCHOR_RESULTS, a[ANCHOR_VOTING], before);
	if (cal->facts.second_round > 0 && a[ANCHOR_RESULTS] == DATE_UNSET &&
	    (cal->shaky & BIT(ANCHOR_VOTING_2)) != 0)
		known->anchors[ANCHOR_RESULTS].unverified = true;
	bound_after(cal, known, ANCHOR_RESULTS_PUBLISHED, ANCHOR_RESULTS,
	    PHASE_DAY_NEVER);
	bound_second(cal, known);
	bound_final(cal, known);
}
