#include "election/calendar.h"

#include <assert.h>
#include <stddef.h>

#include "base/limits.h"
#include "base/time.h"
#include "election/calendar_inside.h"

#define WORDS_BYTES	(64 * KIB)

static_assert(ANCHOR_COUNT <= 32, "a set of anchors is 32 bits");

/* --- facts ---------------------------------------------------------------- */

struct calendar_facts
calendar_facts(const struct law *law, int32_t voting)
{
	struct calendar_facts f = { .law = law, .version = law_on(law, voting),
	    .second_first_day = DATE_UNSET, .today = DATE_UNSET,
	    .second_round = -1, .repeat = -1 };
	unsigned i;

	for (i = 0; i < ANCHOR_COUNT; i++)
		f.anchors[i] = DATE_UNSET;
	f.anchors[ANCHOR_VOTING] = voting;
	return f;
}

const char *
calendar_state_name(enum calendar_state state)
{
	static const char *const names[] = { "passed", "today", "next",
	    "ahead", "dated", "unknown", "not" };

	return names[state];
}

int
calendar_takes_place(const struct calendar_facts *f, enum only_if only)
{
	switch (only) {
	case ONLY_SECOND_ROUND:
		return f->second_round;
	case ONLY_REPEAT:
		return f->repeat;
	case ONLY_ALWAYS:
		break;
	}
	return 1;
}

int64_t
calendar_instant(const struct law *law, int32_t date, int32_t seconds)
{
	const struct zone *zone;

	if (date == DATE_UNSET)
		return TIME_UNSET;
	zone = law_zone(law, date);
	return zone == NULL ? TIME_UNSET : zone_instant(zone, date, seconds);
}

/* The clock that is in force at an instant. */
static const struct zone *
zone_at(const struct law *law, int64_t instant)
{
	unsigned i = law->nclock - 1;

	while (i > 0 && instant < zone_instant(&law->clock[i].zone,
	    law->clock[i].from, 0))
		i--;
	return &law->clock[i].zone;
}

void
calendar_wall(const struct law *law, int64_t instant, int32_t *date,
    int32_t *seconds, int32_t *offset)
{
	zone_wall(zone_at(law, instant), instant, date, seconds, offset);
}

void
calendar_show(struct buf *to, const struct law *law, int64_t instant)
{
	int32_t date, seconds, offset;
	int64_t part = instant % TIME_SECOND;

	if (instant == TIME_UNSET)
		return;
	part += part < 0 ? TIME_SECOND : 0;
	calendar_wall(law, instant, &date, &seconds, &offset);
	if (date == DATE_UNSET)
		return;
	date_show(to, date);
	buf_printf(to, "T%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60,
	    seconds % 60);
	if (part != 0)
		buf_printf(to, ".%06d", (int)part);
	buf_printf(to, "%c%02d:%02d", offset < 0 ? '-' : '+',
	    (offset < 0 ? -offset : offset) / 3600,
	    (offset < 0 ? -offset : offset) / 60 % 60);
}

void
calendar_missing(uint32_t anchors, struct buf *to)
{
	bool more = false;
	unsigned i;

	for (i = 0; i < ANCHOR_COUNT; i++) {
		if ((anchors & BIT(i)) == 0)
			continue;
		buf_text(to, more ? "; " : "");
		buf_text(to, anchor_words((enum anchor)i));
		buf_text(to, " is not known");
		more = true;
	}
}

/* --- entries that name others --------------------------------------------- */

struct walk {
	const struct calendar *cal;
	unsigned depth, *steps;
};

const struct law_entry *
calendar_entry(const struct calendar *cal, struct bytes id)
{
	const struct law_version *v = cal->facts.version;
	unsigned i;

	for (i = 0; i < v->nentries; i++)
		if (bytes_eq(v->entries[i].id, id))
			return &v->entries[i];
	return NULL;
}

static struct when_known
known_by(const struct calendar *cal, int32_t (*entry)(void *, struct bytes),
    void *ctx)
{
	struct when_known known = { .entry = entry, .ctx = ctx };
	unsigned i;

	for (i = 0; i < ANCHOR_COUNT; i++)
		known.anchors[i] = cal->facts.anchors[i];
	return known;
}

/* An entry that is a window stands for its last day; one that does not take
   place for none. */
static int32_t
entry_at(void *ctx, struct bytes id)
{
	const struct walk *walk = ctx;
	struct walk deeper = { walk->cal, walk->depth + 1, walk->steps };
	const struct law_entry *e = calendar_entry(walk->cal, id);
	struct when_known known = known_by(walk->cal, entry_at, &deeper);
	struct when_day from, until;

	/* Laws that were checked come to neither bound. */
	if (e == NULL || walk->depth >= LAW_CHAIN ||
	    *walk->steps >= LAW_STEPS ||
	    calendar_takes_place(&walk->cal->facts, e->only_if) == 0)
		return DATE_UNSET;
	*walk->steps += 1;
	law_window(&e->date, &known, &from, &until, NULL);
	if (e->date.on == NULL && e->date.until == NULL)
		return from.date;
	return until.date;
}

static int32_t
entry_first(void *ctx, struct bytes id)
{
	unsigned steps = 0;
	struct walk walk = { ctx, 0, &steps };

	return entry_at(&walk, id);
}

struct when_known
calendar_known(const struct calendar *cal)
{
	return known_by(cal, entry_first, (void *)cal);
}

/* --- what a date rests on ------------------------------------------------- */

struct rests {
	const struct calendar *cal;
	uint32_t anchors;
	bool unverified;
	unsigned depth, steps;
};

static void rests_on(struct rests *, const struct law_date *);

static void
rests_name(void *ctx, struct bytes id)
{
	struct rests *r = ctx;
	const struct law_entry *e = calendar_entry(r->cal, id);

	if (e == NULL || r->depth >= LAW_CHAIN || r->steps >= LAW_STEPS)
		return;
	r->steps++;
	r->depth++;
	rests_on(r, &e->date);
	r->depth--;
}

static void
rests_when(struct rests *r, const struct when *when)
{
	unsigned i;

	if (when == NULL)
		return;
	for (i = 0; i < ANCHOR_COUNT; i++)
		if (when_needs(when, (enum anchor)i))
			r->anchors |= BIT(i);
	when_names(when, rests_name, r);
}

static void
rests_on(struct rests *r, const struct law_date *date)
{
	r->unverified = r->unverified || date->ground.unverified;
	rests_when(r, date->on);
	rests_when(r, date->from);
	rests_when(r, date->until);
}

uint32_t
calendar_rests(const struct calendar *cal, const struct law_date *date,
    bool *unverified)
{
	struct rests r = { .cal = cal };

	rests_on(&r, date);
	if (r.unverified || (r.anchors & cal->shaky) != 0)
		*unverified = true;
	return r.anchors;
}

/* --- what the law fixes --------------------------------------------------- */

static void
derive(struct calendar *cal, enum anchor anchor, int32_t date, bool unverified)
{
	if (date == DATE_UNSET || cal->facts.anchors[anchor] != DATE_UNSET)
		return;
	cal->facts.anchors[anchor] = date;
	cal->derived |= BIT(anchor);
	if (unverified)
		cal->shaky |= BIT(anchor);
}

bool
calendar_dated(const struct law_date *date)
{
	return date->on != NULL || date->from != NULL || date->until != NULL;
}

/* The one day that a rule gives, or DATE_UNSET. */
static int32_t
one_day(const struct law_date *date, const struct when_known *known)
{
	struct when_day from, until;

	law_window(date, known, &from, &until, NULL);
	return from.date == until.date ? from.date : DATE_UNSET;
}

/* When the term that ends now began: the last known beginning, and so many
   whole terms on. */
static int32_t
term_began(const struct law_version *v, int32_t voting)
{
	int32_t day = v->term.runs_from, next = day;
	unsigned n = 0;

	if (!v->term.ground.there || v->term.years == 0 || day > voting)
		return DATE_UNSET;
	while (next != DATE_UNSET && next <= voting) {
		day = next;
		n++;
		next = date_add_months(v->term.runs_from,
		    (int64_t)n * v->term.years * 12);
	}
	return day;
}

/* Results by which the office is filled: those of the last round. */
struct when_known
calendar_final(const struct calendar *cal)
{
	struct when_known known = calendar_known(cal);
	int32_t *a = known.anchors;

	if (cal->facts.second_round == 0)
		return known;
	a[ANCHOR_RESULTS] = cal->facts.second_round > 0 ?
	    a[ANCHOR_RESULTS_2] : DATE_UNSET;
	a[ANCHOR_RESULTS_PUBLISHED] = cal->facts.second_round > 0 ?
	    a[ANCHOR_RESULTS_2_PUBLISHED] : DATE_UNSET;
	return known;
}

const struct law_date *
calendar_inauguration(const struct calendar *cal)
{
	const struct law_version *v = cal->facts.version;

	if (cal->facts.repeat > 0)
		return NULL;
	if (cal->facts.early && calendar_dated(&v->after_repeat))
		return &v->after_repeat;
	return calendar_dated(&v->inauguration) && !cal->facts.early ?
	    &v->inauguration : NULL;
}

static void
derive_all(struct calendar *cal)
{
	struct calendar_facts *f = &cal->facts;
	const struct law_version *v = f->version;
	const struct law_voting_day *day = &v->voting_day;
	unsigned days = day->ground.there && day->days > 1 ? day->days : 1;
	const struct law_date *rule;
	struct when_known known;
	bool unverified;

	derive(cal, ANCHOR_VOTING_FIRST_DAY, date_add_days(
	    f->anchors[ANCHOR_VOTING], 1 - (int64_t)days),
	    days > 1 && day->ground.unverified);
	derive(cal, ANCHOR_PREVIOUS_INAUGURATION,
	    term_began(v, f->anchors[ANCHOR_VOTING]),
	    v->term.ground.unverified);
	if (!v->rounds[1].ground.there)
		f->second_round = 0;
	rule = &v->rounds[1].date;
	if (f->second_round != 0 && calendar_dated(rule)) {
		known = calendar_known(cal);
		unverified = v->rounds[1].ground.unverified;
		(void)calendar_rests(cal, rule, &unverified);
		derive(cal, ANCHOR_VOTING_2, one_day(rule, &known),
		    unverified);
	}
	if (!f->early)
		derive(cal, ANCHOR_FAILED_VOTING, f->second_round > 0 ?
		    f->anchors[ANCHOR_VOTING_2] : f->anchors[ANCHOR_VOTING],
		    f->second_round > 0 &&
		    (cal->shaky & BIT(ANCHOR_VOTING_2)) != 0);
	rule = calendar_inauguration(cal);
	if (rule == NULL)
		return;
	known = calendar_final(cal);
	unverified = false;
	(void)calendar_rests(cal, rule, &unverified);
	derive(cal, ANCHOR_INAUGURATION, one_day(rule, &known), unverified);
}

/* --- all of it ------------------------------------------------------------ */

/* Whether to move the day is asked of each move, also of those that do not. */
static bool
rule_unverified(const struct calendar *cal)
{
	const struct law_voting_day *rule = &cal->facts.version->voting_day;
	const struct law_date date = { .ground = rule->ground,
	    .on = rule->on, .weekday = -1 };
	bool unverified = false;
	unsigned i;

	(void)calendar_rests(cal, &date, &unverified);
	for (i = 0; i < rule->nmoved; i++)
		unverified = unverified || rule->moved[i].ground.unverified;
	return unverified;
}

static void
tell_rule(struct calendar_making *m)
{
	const struct calendar_facts *f = &m->cal->facts;
	struct when_known known = calendar_known(m->cal);

	buf_reset(&m->words);
	m->cal->rule_voting = law_voting_day(f->law, f->version, &known,
	    &m->words);
	/* The rule speaks of a year, which only the voting before tells. */
	if (m->cal->rule_voting == DATE_UNSET &&
	    f->version->voting_day.term_years > 0 &&
	    f->anchors[ANCHOR_PREVIOUS_VOTING] == DATE_UNSET) {
		buf_reset(&m->words);
		calendar_missing(BIT(ANCHOR_PREVIOUS_VOTING), &m->words);
	}
	m->cal->rule_words = arena_copy(m->arena, buf_bytes(&m->words));
	m->cal->rule_unverified = rule_unverified(m->cal);
}

const struct calendar *
calendar_make(const struct calendar_facts *facts, struct arena *arena)
{
	struct calendar_making m = { .arena = arena,
	    .words = buf_with(WORDS_BYTES) };
	size_t max = (size_t)facts->version->nentries + CALENDAR_OWN;

	m.cal = arena_alloc(arena, 1, sizeof(*m.cal));
	m.items = arena_alloc(arena, max, sizeof(*m.items));
	if (m.cal == NULL || m.items == NULL)
		return NULL;
	m.cal->facts = *facts;
	m.cal->items = m.items;
	derive_all(m.cal);
	tell_rule(&m);
	calendar_items(&m);
	assert(m.cal->n <= max);
	calendar_states(m.cal, m.items);
	if (m.words.bad)
		arena->bad = true;
	buf_free(&m.words);
	return arena->bad ? NULL : m.cal;
}

const struct calendar_item *
calendar_find(const struct calendar *cal, struct bytes id)
{
	unsigned i;

	for (i = 0; i < cal->n; i++)
		if (bytes_eq(cal->items[i].id, id))
			return &cal->items[i];
	return NULL;
}

const struct calendar_item *
calendar_window(const struct calendar *cal, enum anchor anchor)
{
	struct bytes name = bytes_of(anchor_name(anchor)), id;
	const char *also = anchor == ANCHOR_CALLED ? "call" :
	    anchor == ANCHOR_CALLED_PUBLISHED ? "call-published" : "";
	unsigned i;

	for (i = 0; i < cal->n; i++) {
		id = cal->items[i].id;
		if (!cal->items[i].given && (bytes_eq(id, name) ||
		    bytes_is(id, also) || (bytes_starts(id,
		    anchor_name(anchor)) && bytes_is(bytes_part(id, name.n,
		    SIZE_MAX), "-latest"))))
			return &cal->items[i];
	}
	return NULL;
}
