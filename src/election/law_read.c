/*
 * A law out of its YAML file: its head, and its versions one over the other.
 */
#include <assert.h>

#include "base/sort.h"
#include "base/text.h"
#include "election/law_inside.h"

#define ITEMS_MAX	1000	/* of any list in the head */

#define HEAD	"law title country office vote clock sources holidays " \
		"working-sundays versions"
#define RULES	"from until note round-1 round-2 round-3 term voting-day " \
		"repeat annulled-round annulled-all annulled-station " \
		"inauguration against-all calendar phases eligibility " \
		"signatures"

/* --- the head ------------------------------------------------------------- */

static void
names(struct law_reader *r, const struct yaml *y)
{
	struct law *law = r->law;
	const struct yaml *country = law_required(r, y, "country");

	(void)law_required(r, y, "law");
	(void)law_required(r, y, "title");
	(void)law_required(r, y, "office");
	(void)law_required(r, y, "vote");
	(void)law_word(r, y, "law", &law->id);
	(void)law_text(r, y, "title", &law->title);
	(void)law_text(r, y, "office", &law->office);
	(void)law_word(r, y, "vote", &law->vote);
	if (!law_text(r, y, "country", &law->country))
		return;
	if (law->country.n != 2 || law->country.p[0] < 'A' ||
	    law->country.p[0] > 'Z' || law->country.p[1] < 'A' ||
	    law->country.p[1] > 'Z')
		law_fault(r, country, "no country in two capital letters "
		    "(ISO 3166-1)");
}

static void
sources(struct law_reader *r, const struct yaml *y)
{
	const struct yaml *list = yaml_get(y, "sources"), *item;
	struct law_source *all;

	if (list == NULL || !law_is_map(r, list))
		return;
	if (list->n > ITEMS_MAX) {
		law_fault(r, list, "more than %d items", ITEMS_MAX);
		return;
	}
	all = arena_alloc(r->arena, list->n, sizeof(*all));
	if (all == NULL)
		return;
	r->law->sources = all;
	for (item = list->first; item != NULL; item = item->next) {
		if (!law_is_word(item->key))
			law_fault_key(r, item, "an id is one word of small "
			    "letters, digits and dashes");
		if (!law_keys(r, item, "title url", false))
			continue;
		(void)law_required(r, item, "title");
		all[r->law->nsources].id = item->key;
		(void)law_text(r, item, "title", &all[r->law->nsources].title);
		(void)law_text(r, item, "url", &all[r->law->nsources].url);
		r->law->nsources++;
	}
}

static void
clock_item(struct law_reader *r, const struct yaml *y, struct law_clock *c)
{
	c->from = DATE_UNSET;
	if (!law_keys(r, y, "from zone", false) ||
	    law_required(r, y, "from") == NULL ||
	    law_required(r, y, "zone") == NULL ||
	    !law_day(r, y, "from", &c->from) ||
	    !law_text(r, y, "zone", &c->text))
		return;
	if (!zone_read(&c->zone, c->text))
		law_fault(r, yaml_get(y, "zone"), "no clock as POSIX writes it "
		    "(CET-1CEST,M3.5.0,M10.5.0/3)");
}

static void
read_clock(struct law_reader *r, const struct yaml *y)
{
	const struct yaml *list = law_required(r, y, "clock"), *item;
	struct law_clock *all, *c;

	if (list == NULL || !law_is_list(r, list))
		return;
	if (list->n > ITEMS_MAX) {
		law_fault(r, list, "more than %d items", ITEMS_MAX);
		return;
	}
	all = arena_alloc(r->arena, list->n, sizeof(*all));
	if (all == NULL)
		return;
	r->law->clock = all;
	for (item = list->first; item != NULL; item = item->next) {
		c = &all[r->law->nclock++];
		clock_item(r, item, c);
		if (c > all && c->from != DATE_UNSET && c->from <= c[-1].from)
			law_fault(r, item, "it does not come after the one "
			    "before it");
	}
}

/* "05-01", of every year. */
static bool
yearly(struct bytes b, uint16_t *to)
{
	uint64_t month, day;

	if (b.n != 5 || b.p[2] != '-' ||
	    !text_uint(bytes_part(b, 0, 2), &month) ||
	    !text_uint(bytes_part(b, 3, 2), &day) || month > 12 ||
	    date_of(2000, (unsigned)month, (unsigned)day) == DATE_UNSET)
		return false;
	*to = (uint16_t)(month * 100 + day);
	return true;
}

/* The items of a list that may be empty; NULL if there is none. */
static const struct yaml *
items(struct law_reader *r, const struct yaml *y, const char *key, unsigned *n)
{
	const struct yaml *list = yaml_get(y, key);

	if (list == NULL)
		return NULL;
	if (list->kind != YAML_LIST || list->n > ITEMS_MAX) {
		law_fault(r, list, "this must be a list of at most %d",
		    ITEMS_MAX);
		return NULL;
	}
	*n = list->n;
	return list->first;
}

static void
holidays(struct law_reader *r, const struct yaml *y)
{
	struct law *law = r->law;
	unsigned n = 0;
	const struct yaml *item = items(r, y, "holidays", &n);
	uint16_t *every = arena_alloc(r->arena, n, sizeof(*every));
	int32_t *own = arena_alloc(r->arena, n, sizeof(*own));

	for (; item != NULL && every != NULL && own != NULL;
	    item = item->next) {
		if (item->kind == YAML_SCALAR && item->text.n == 5 &&
		    yearly(item->text, &every[law->nholidays])) {
			law->nholidays++;
			continue;
		}
		if (item->kind == YAML_SCALAR && item->text.n == 5)
			law_fault(r, item, "no such day of the year (05-01)");
		else if ((own[law->nown_holidays] = law_day_of(r, item)) !=
		    DATE_UNSET)
			law->nown_holidays++;
	}
	law->holidays = every;
	law->own_holidays = own;
}

static void
working_sundays(struct law_reader *r, const struct yaml *y)
{
	unsigned n = 0;
	const struct yaml *item = items(r, y, "working-sundays", &n);
	int32_t *all = arena_alloc(r->arena, n, sizeof(*all)), day;

	for (; item != NULL && all != NULL; item = item->next) {
		day = law_day_of(r, item);
		if (day == DATE_UNSET)
			continue;
		if (date_weekday(day) != 0)
			law_fault(r, item, "this is no Sunday");
		all[r->law->nworking_sundays++] = day;
	}
	r->law->working_sundays = all;
}

/* --- versions ------------------------------------------------------------- */

static void
check_span(struct law_reader *r, const struct yaml *y, struct law_version *v,
    struct law_version *before)
{
	const struct yaml *from = yaml_get(y, "from");

	if (v->until != DATE_UNSET && v->from != DATE_UNSET &&
	    v->until < v->from)
		law_fault(r, yaml_get(y, "until"), "it ends before it begins");
	if (before == NULL || v->from == DATE_UNSET ||
	    before->from == DATE_UNSET)
		return;
	if (v->from <= before->from)
		law_fault(r, from, "it does not begin after the version "
		    "before it");
	else if (before->until != DATE_UNSET && v->from <= before->until)
		law_fault(r, from, "it overlaps the version before it");
	else if (before->until == DATE_UNSET)
		before->until = date_add_days(v->from, -1);
}

static void
version(struct law_reader *r, const struct yaml *y, struct law_version *v,
    struct law_version *before)
{
	unsigned p;

	if (before != NULL)
		*v = *before;
	for (p = 0; p < PHASE_COUNT && before == NULL; p++)
		v->phases[p].weekday = -1;
	v->from = v->until = DATE_UNSET;
	v->note = bytes_at(NULL, 0);
	if (!law_keys(r, y, RULES, false))
		return;
	(void)law_required(r, y, "from");
	(void)law_day(r, y, "from", &v->from);
	(void)law_day(r, y, "until", &v->until);
	(void)law_text(r, y, "note", &v->note);
	check_span(r, y, v, before);
	law_rules(r, y, v);
}

static void
versions(struct law_reader *r, const struct yaml *y)
{
	const struct yaml *list = law_required(r, y, "versions"), *item;
	struct law_version *all;
	unsigned n = 0;

	if (list == NULL || !law_is_list(r, list))
		return;
	if (list->n > LAW_VERSIONS) {
		law_fault(r, list, "more than %d versions", LAW_VERSIONS);
		return;
	}
	all = arena_alloc(r->arena, list->n, sizeof(*all));
	if (all == NULL)
		return;
	for (item = list->first; item != NULL; item = item->next, n++)
		version(r, item, &all[n], n == 0 ? NULL : &all[n - 1]);
	r->law->versions = all;
	r->law->nversions = n;
	for (item = list->first, n = 0; item != NULL; item = item->next, n++)
		law_check(r, &all[n], item);
}

/* In the order of the file, as an editor goes through them. */
static int
by_place(const void *a, const void *b)
{
	const struct yaml_fault *x = a, *y = b;

	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	return (x->column > y->column) - (x->column < y->column);
}

const struct law *
law_read(struct bytes text, struct arena *arena, struct law_faults *faults)
{
	struct law_reader r = { .arena = arena, .faults = faults };
	const struct yaml *y;

	faults->n = 0;
	y = yaml_read(text, arena, &faults->items[0]);
	if (y == NULL) {
		faults->n = 1;
		return NULL;
	}
	r.law = arena_alloc(arena, 1, sizeof(*r.law));
	if (r.law != NULL && law_keys(&r, y, HEAD, false)) {
		names(&r, y);
		sources(&r, y);
		read_clock(&r, y);
		holidays(&r, y);
		working_sundays(&r, y);
		versions(&r, y);
	}
	if (arena->bad)
		law_fault(&r, y, "too large: there is no memory for it");
	sort_items(faults->items, faults->n < LAW_FAULTS ? faults->n :
	    LAW_FAULTS, sizeof(faults->items[0]), by_place);
	assert(arena->bad || r.law != NULL);
	return faults->n == 0 ? r.law : NULL;
}
