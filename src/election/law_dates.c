/*
 * The dates of a law: date rules, the day of voting, calendar and phases.
 */
#include "base/text.h"
#include "election/law_inside.h"

#define DAYS_MAX	31	/* of voting */
#define TERM_MAX	20	/* years */
#define MOVED_MAX	20
#define WEEKS_MAX	9

static const char *const weekdays[] = { "sunday", "monday", "tuesday",
    "wednesday", "thursday", "friday", "saturday" };

static const char *const moved_whens[] = {
	[MOVED_WORKING_SUNDAY] = "working-sunday",
	[MOVED_HOLIDAY_ADJACENT] = "holiday-adjacent",
	[MOVED_HOLIDAY_WEEK] = "holiday-week", [MOVED_HOLIDAY] = "holiday",
};

static const char *const only_ifs[] = { [ONLY_ALWAYS] = NULL,
    [ONLY_SECOND_ROUND] = "second-round", [ONLY_REPEAT] = "repeat" };

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))

/* --- a date rule ---------------------------------------------------------- */

static const struct when *
when_of(struct law_reader *r, const struct yaml *y)
{
	const struct when *w;
	struct law_use *use;
	const char *why = "";
	size_t at = 0;

	if (y->kind != YAML_SCALAR) {
		law_fault(r, y, "a date rule is a text: 21 days after voting");
		return NULL;
	}
	w = when_read(y->text, r->arena, &why, &at);
	if (w == NULL) {
		law_fault_inside(r, y->line, y->column, y->quoted, y->text,
		    at, why);
		return NULL;
	}
	use = arena_alloc(r->arena, 1, sizeof(*use));
	if (use == NULL)
		return NULL;
	use->when = w;
	use->line = y->line;
	use->column = y->column;
	use->quoted = y->quoted;
	use->next = r->uses;
	r->uses = use;
	return w;
}

bool
law_when(struct law_reader *r, const struct yaml *map, const char *key,
    const struct when **to)
{
	const struct yaml *y = yaml_get(map, key);

	if (y != NULL)
		*to = when_of(r, y);
	return y != NULL && *to != NULL;
}

/* Whether a window ends before it begins with this anchor on that day: 1 yes,
   0 no, -1 cannot be told. */
static int
backwards(const struct law_date *date, unsigned anchor, int32_t day)
{
	struct when_known known = { .entry = NULL };
	struct when_day from, until;
	unsigned i;

	for (i = 0; i < ANCHOR_COUNT; i++)
		known.anchors[i] = i == anchor ? day : DATE_UNSET;
	from = when_day(date->from, &known, NULL);
	until = when_day(date->until, &known, NULL);
	if (from.date == DATE_UNSET || until.date == DATE_UNSET)
		return -1;
	return from.date > until.date || (from.date == until.date &&
	    until.seconds != WHEN_NO_HOUR && from.seconds > until.seconds);
}

/* A window that ends before it begins, whatever the day it is counted from. */
static bool
is_backwards(const struct law_date *date)
{
	const int32_t first = date_of(2023, 1, 1);
	unsigned anchor;
	int i, is;

	for (anchor = 0; anchor < ANCHOR_COUNT; anchor++) {
		is = -1;
		for (i = 0; i < 2 * 366; i += 13) {
			is = backwards(date, anchor, first + i);
			if (is != 1)
				break;
		}
		if (is == 1)
			return true;
	}
	return false;
}

void
law_date_parts(struct law_reader *r, const struct yaml *map,
    struct law_date *to)
{
	const struct yaml *until = yaml_get(map, "until");
	bool window = yaml_get(map, "from") != NULL || until != NULL;
	unsigned day;

	to->weekday = -1;
	if (law_choice(r, map, "weekday", weekdays, COUNT(weekdays), &day))
		to->weekday = (int)day;
	if (yaml_get(map, "on") == NULL && !window) {
		law_fault_key(r, map, "no date: neither \"on\" nor \"from\" "
		    "nor \"until\"");
		return;
	}
	if (yaml_get(map, "on") != NULL && window)
		law_fault_key(r, yaml_get(map, "on"), "\"on\" is one day, and "
		    "there are \"from\" or \"until\" too");
	(void)law_when(r, map, "on", &to->on);
	(void)law_when(r, map, "from", &to->from);
	(void)law_when(r, map, "until", &to->until);
	if (to->from != NULL && to->until != NULL && is_backwards(to))
		law_fault_key(r, until, "it ends before it begins");
}

bool
law_date(struct law_reader *r, const struct yaml *map, const char *key,
    const struct ground *of, struct law_date *to)
{
	const struct yaml *y = yaml_get(map, key);
	struct law_date date = { .weekday = -1 };

	if (y == NULL)
		return false;
	if (y->kind == YAML_SCALAR) {
		date.on = when_of(r, y);
	} else {
		if (!law_keys(r, y, "on from until weekday", true))
			return false;
		law_date_parts(r, y, &date);
	}
	date.ground = law_ground(r, y, of);
	*to = date;
	return true;
}

/* --- the day of voting ---------------------------------------------------- */

/* "1 week before": days, or 0 and a fault. */
static int
shift(struct law_reader *r, const struct yaml *y)
{
	struct bytes b = y->kind == YAML_SCALAR ? y->text : bytes_of("");
	size_t first = bytes_find_byte(b, ' ', 0), second;
	struct bytes unit, way;
	uint64_t n = 0;
	int days = 0;

	second = first == SIZE_MAX ? first : bytes_find_byte(b, ' ', first + 1);
	if (second != SIZE_MAX && text_uint(bytes_part(b, 0, first), &n) &&
	    n > 0 && n <= WEEKS_MAX) {
		unit = bytes_part(b, first + 1, second - first - 1);
		way = bytes_part(b, second + 1, b.n);
		if (bytes_is(unit, "week") || bytes_is(unit, "weeks"))
			days = (int)n * 7;
		else if (bytes_is(unit, "day") || bytes_is(unit, "days"))
			days = (int)n;
		if (bytes_is(way, "before"))
			days = -days;
		else if (!bytes_is(way, "after"))
			days = 0;
	}
	if (days == 0)
		law_fault(r, y, "no such move: 1 week before, 2 days after");
	return days;
}

static void
moved(struct law_reader *r, const struct yaml *y, struct law_voting_day *day)
{
	struct law_moved *all;
	const struct yaml *item, *to;
	unsigned choice;

	if (!law_is_list(r, y))
		return;
	if (y->n > MOVED_MAX) {
		law_fault(r, y, "more than %d moves", MOVED_MAX);
		return;
	}
	all = arena_alloc(r->arena, y->n, sizeof(*all));
	if (all == NULL)
		return;
	day->moved = all;
	for (item = y->first; item != NULL; item = item->next) {
		if (!law_keys(r, item, "when to", true) ||
		    law_required(r, item, "when") == NULL ||
		    (to = law_required(r, item, "to")) == NULL ||
		    !law_choice(r, item, "when", moved_whens,
		    COUNT(moved_whens), &choice))
			continue;
		all[day->nmoved].when = (enum moved_when)choice;
		all[day->nmoved].days = shift(r, to);
		all[day->nmoved].ground = law_ground(r, item, &day->ground);
		day->nmoved++;
	}
}

void
law_date_voting_day(struct law_reader *r, const struct yaml *y,
    struct law_version *v)
{
	struct law_voting_day day = { .days = 1 };
	const struct yaml *on;

	if (!law_keys(r, y, "on term-years days moved", true))
		return;
	day.ground = law_ground(r, y, NULL);
	on = law_required(r, y, "on");
	(void)law_unsigned(r, y, "term-years", 1, TERM_MAX, &day.term_years);
	(void)law_unsigned(r, y, "days", 1, DAYS_MAX, &day.days);
	if (law_when(r, y, "on", &day.on) && day.term_years == 0 &&
	    when_needs(day.on, ANCHOR_VOTING))
		law_fault(r, on, "the day of voting counted from itself: "
		    "\"term-years\" would tell its year");
	if (yaml_get(y, "moved") != NULL)
		moved(r, yaml_get(y, "moved"), &day);
	v->voting_day = day;
}

/* --- calendar ------------------------------------------------------------- */

struct is_id {
	struct bytes id;
	bool is;
};

static void
named(void *ctx, struct bytes id)
{
	struct is_id *is = ctx;

	is->is = bytes_eq(id, is->id);
}

/* An id must be what a date rule takes for one. */
static bool
is_free(struct law_reader *r, struct bytes id)
{
	struct is_id is = { id, false };
	const struct when *w;
	const char *why;
	size_t at;

	w = when_read(id, r->arena, &why, &at);
	if (w != NULL)
		when_names(w, named, &is);
	return is.is;
}

static void
entry(struct law_reader *r, const struct yaml *y, struct law_entry *e)
{
	unsigned choice;

	if (!law_keys(r, y, "id title on from until weekday if", true))
		return;
	(void)law_required(r, y, "title");
	(void)law_text(r, y, "title", &e->title);
	law_date_parts(r, y, &e->date);
	e->date.ground = law_ground(r, y, NULL);
	if (law_choice(r, y, "if", only_ifs, COUNT(only_ifs), &choice))
		e->only_if = (enum only_if)choice;
}

static unsigned
find_entry(const struct law_entry *all, unsigned n, struct bytes id)
{
	unsigned i;

	for (i = 0; i < n && !bytes_eq(all[i].id, id); i++)
		continue;
	return i;
}

void
law_date_calendar(struct law_reader *r, const struct yaml *y,
    struct law_version *v)
{
	struct law_entry *all, e;
	const struct yaml *item;
	struct bytes id;
	unsigned i, n = v->nentries;

	if (!law_is_list(r, y))
		return;
	all = y->n > LAW_ENTRIES || y->n + n > LAW_ENTRIES ? NULL :
	    arena_alloc(r->arena, y->n + n, sizeof(*all));
	if (all == NULL) {
		law_fault(r, y, "more than %d dates", LAW_ENTRIES);
		return;
	}
	for (i = 0; i < n; i++)
		all[i] = v->entries[i];
	for (item = y->first; item != NULL; item = item->next) {
		if (!law_is_map(r, item) ||
		    law_required(r, item, "id") == NULL ||
		    !law_word(r, item, "id", &id))
			continue;
		if (!is_free(r, id))
			law_fault(r, yaml_get(item, "id"), "\"%s\" is a word "
			    "of date rules (an anchor, a count, a month)",
			    law_quoted(r, id));
		if (law_twice(r, y, item, "id", id))
			continue;
		i = find_entry(all, n, id);
		if (law_none(r, item)) {
			if (law_gone(r, item, "id none", i < n))
				for (n--; i < n; i++)
					all[i] = all[i + 1];
			continue;
		}
		e = (struct law_entry){ .id = id };
		entry(r, item, &e);
		all[i] = e;
		n += i == n;
	}
	v->entries = all;
	v->nentries = n;
}

/* --- phases --------------------------------------------------------------- */

void
law_date_phases(struct law_reader *r, const struct yaml *y,
    struct law_version *v)
{
	const char *names[PHASE_COUNT];
	const struct yaml *item;
	struct yaml name = { .kind = YAML_SCALAR };
	unsigned p;

	for (p = 0; p < PHASE_COUNT; p++)
		names[p] = phase_name((enum phase)p);
	if (!law_is_map(r, y))
		return;
	for (item = y->first; item != NULL; item = item->next) {
		name.text = item->key;
		name.line = item->key_line;
		name.column = item->key_column;
		if (!law_choice_of(r, &name, names, PHASE_COUNT, &p))
			continue;
		if (law_none(r, item)) {
			(void)law_gone(r, item, "none",
			    v->phases[p].ground.there);
			v->phases[p] = (struct law_date){ .weekday = -1 };
		} else if (law_keys(r, item, "on from until weekday", true)) {
			v->phases[p] = (struct law_date){ .weekday = -1 };
			law_date_parts(r, item, &v->phases[p]);
			v->phases[p].ground = law_ground(r, item, NULL);
		}
	}
}
