/*
 * The dates of a calendar: the law's own entries, what follows from its other
 * rules, and the facts.
 */
#include <stddef.h>

#include "election/calendar_inside.h"

static struct calendar_item *
add(struct calendar_making *m, const char *id, const char *title)
{
	struct calendar_item *item = &m->items[m->cal->n++];

	item->id = bytes_of(id);
	item->title = bytes_of(title);
	item->from.date = item->until.date = item->happened = DATE_UNSET;
	item->from.seconds = item->until.seconds = WHEN_NO_HOUR;
	buf_reset(&m->words);
	return item;
}

static void
counted(struct calendar_making *m, struct calendar_item *item)
{
	item->counted = arena_copy(m->arena, buf_bytes(&m->words));
	buf_reset(&m->words);
}

static void
one(struct calendar_item *item, int32_t date)
{
	item->from.date = item->until.date = date;
}

static void
tell_rule(struct buf *b, const char *before, const struct when *when)
{
	if (when == NULL)
		return;
	buf_text(b, before);
	buf_text(b, "\"");
	buf_add(b, when_text(when));
	buf_text(b, "\"");
}

/* The rule as the law file has it, and what it waits for. */
static void
tell_missing(struct calendar_making *m, const struct calendar_item *item,
    const struct law_date *date)
{
	buf_reset(&m->words);
	buf_text(&m->words, "by the rule ");
	tell_rule(&m->words, "", date->on);
	tell_rule(&m->words, "from ", date->from);
	tell_rule(&m->words, date->from == NULL ? "until " : " until ",
	    date->until);
	buf_text(&m->words, "; ");
	calendar_missing(item->needs, &m->words);
}

/* What a rule waits for.  `last`: results are those of the last round. */
static uint32_t
missing(const struct calendar *cal, uint32_t rests,
    const struct when_known *known, bool last)
{
	uint32_t found = 0;
	unsigned i, a;

	for (i = 0; i < ANCHOR_COUNT; i++) {
		if ((rests & BIT(i)) == 0 || known->anchors[i] != DATE_UNSET)
			continue;
		a = i;
		if (last && cal->facts.second_round > 0)
			a = i == ANCHOR_RESULTS ? ANCHOR_RESULTS_2 :
			    i == ANCHOR_RESULTS_PUBLISHED ?
			    ANCHOR_RESULTS_2_PUBLISHED : i;
		found |= BIT(a);
	}
	return found;
}

/* What was given goes before the rule; the rule stays in words. */
static void
given_instead(struct calendar_making *m, struct calendar_item *item,
    int32_t date)
{
	item->given = true;
	item->unverified = false;
	item->needs = 0;
	item->open_start = item->open_end = false;
	item->outside = (item->from.date != DATE_UNSET &&
	    date < item->from.date) ||
	    (item->until.date != DATE_UNSET && date > item->until.date);
	item->from.seconds = item->until.seconds = WHEN_NO_HOUR;
	one(item, date);
	buf_text(&m->words, "as given; by the law: ");
	buf_add(&m->words, item->counted);
	counted(m, item);
}

/* The dates of a rule. */
static void
window(struct calendar_making *m, struct calendar_item *item,
    const struct law_date *date, const struct when_known *known, bool last)
{
	uint32_t rests;

	item->ground = date->ground;
	item->open_start = date->on == NULL && date->from == NULL;
	item->open_end = date->on == NULL && date->until == NULL;
	law_window(date, known, &item->from, &item->until, &m->words);
	rests = calendar_rests(m->cal, date, &item->unverified);
	item->needs = missing(m->cal, rests, known, last);
	if (item->needs != 0 && item->from.date == DATE_UNSET &&
	    item->until.date == DATE_UNSET)
		tell_missing(m, item, date);
	counted(m, item);
}

static void
add_entries(struct calendar_making *m)
{
	const struct law_version *v = m->cal->facts.version;
	struct when_known known = calendar_known(m->cal);
	struct calendar_item *item;
	unsigned i;

	for (i = 0; i < v->nentries; i++) {
		item = add(m, NULL, NULL);
		item->id = v->entries[i].id;
		item->title = v->entries[i].title;
		item->only_if = v->entries[i].only_if;
		window(m, item, &v->entries[i].date, &known, false);
	}
}

static void
add_voting(struct calendar_making *m)
{
	const struct calendar *cal = m->cal;
	struct calendar_item *item = add(m, "voting", "voting");
	const int32_t *a = cal->facts.anchors;

	item->given = true;
	item->from.date = a[ANCHOR_VOTING_FIRST_DAY];
	item->until.date = a[ANCHOR_VOTING];
	item->ground = cal->facts.version->voting_day.ground;
	item->unverified = (cal->shaky & BIT(ANCHOR_VOTING_FIRST_DAY)) != 0;
	buf_text(&m->words, "as given");
	if (item->from.date != item->until.date) {
		buf_printf(&m->words, "; %d days, of which the last is counted "
		    "from", (int)(item->until.date - item->from.date) + 1);
		if ((cal->derived & BIT(ANCHOR_VOTING_FIRST_DAY)) != 0)
			buf_text(&m->words, ": as many as the law has");
	}
	counted(m, item);
}

static void
add_second_voting(struct calendar_making *m)
{
	const struct calendar_facts *f = &m->cal->facts;
	const struct law_round *round = &f->version->rounds[1];
	struct when_known known = calendar_known(m->cal);
	struct calendar_item *item;

	if (!round->ground.there)
		return;
	item = add(m, "second-voting", "second voting");
	item->only_if = ONLY_SECOND_ROUND;
	if (calendar_dated(&round->date))
		window(m, item, &round->date, &known, false);
	else
		item->ground = round->ground;
	item->unverified = item->unverified || round->ground.unverified;
	if ((m->cal->derived & BIT(ANCHOR_VOTING_2)) != 0 ||
	    f->anchors[ANCHOR_VOTING_2] == DATE_UNSET)
		return;
	given_instead(m, item, f->anchors[ANCHOR_VOTING_2]);
	if (f->second_first_day != DATE_UNSET)
		item->from.date = f->second_first_day;
}

static void
add_repeat(struct calendar_making *m)
{
	const struct law_version *v = m->cal->facts.version;
	struct when_known known = calendar_known(m->cal);
	struct calendar_item *item;
	unsigned i;

	if (!calendar_dated(&v->repeat.date))
		return;
	for (i = 0; i < v->nentries; i++)
		if (v->entries[i].only_if == ONLY_REPEAT)
			return;		/* the law's calendar has it */
	item = add(m, "repeat-voting", "voting anew, if the election failed");
	item->only_if = ONLY_REPEAT;
	window(m, item, &v->repeat.date, &known, false);
	item->unverified = item->unverified || v->repeat.ground.unverified;
}

static void
tell_term(struct calendar_making *m)
{
	const struct calendar_facts *f = &m->cal->facts;

	if ((m->cal->derived & BIT(ANCHOR_PREVIOUS_INAUGURATION)) == 0)
		return;
	buf_printf(&m->words, "; terms of %u years counted from ",
	    f->version->term.years);
	date_words(&m->words, f->version->term.runs_from);
}

static void
add_inauguration(struct calendar_making *m)
{
	const struct calendar *cal = m->cal;
	int32_t date = cal->facts.anchors[ANCHOR_INAUGURATION];
	const struct law_date *rule = calendar_inauguration(cal);
	struct when_known known = calendar_final(cal);
	struct calendar_item *item = add(m, "inauguration", "inauguration");
	bool unverified = false;

	if (rule != NULL)
		window(m, item, rule, &known, true);
	buf_add(&m->words, item->counted);
	if (rule == NULL)
		buf_text(&m->words, cal->facts.repeat > 0 ?
		    "the election is repeated: by the calendar of the repeat" :
		    "the law file has no rule for it");
	else if ((calendar_rests(cal, rule, &unverified) &
	    BIT(ANCHOR_PREVIOUS_INAUGURATION)) != 0)
		tell_term(m);
	if (item->needs != 0 && cal->facts.second_round < 0)
		buf_text(&m->words, "; results are those of the last round, "
		    "and whether there is a second is not known");
	counted(m, item);
	if ((cal->derived & BIT(ANCHOR_INAUGURATION)) == 0 &&
	    date != DATE_UNSET)
		given_instead(m, item, date);
}

/* Of a regular election, what would be if it had to be repeated. */
static void
add_after_repeat(struct calendar_making *m)
{
	const struct law_date *rule = &m->cal->facts.version->after_repeat;
	struct when_known known = calendar_known(m->cal);
	struct calendar_item *item;
	unsigned i;

	if (!calendar_dated(rule) || m->cal->facts.early)
		return;
	/* The results of another voting: none of those known here. */
	for (i = 0; i < ANCHOR_COUNT; i++)
		known.anchors[i] = DATE_UNSET;
	item = add(m, "inauguration-after-repeat",
	    "inauguration, if the election is repeated");
	item->only_if = ONLY_REPEAT;
	window(m, item, rule, &known, false);
	item->needs = 0;		/* nothing that can be told here */
}

/* Facts that are rows of their own. */
static const enum anchor fact_anchors[] = {
	ANCHOR_CALLED, ANCHOR_CALLED_PUBLISHED, ANCHOR_RESULTS,
	ANCHOR_RESULTS_PUBLISHED, ANCHOR_RESULTS_2, ANCHOR_RESULTS_2_PUBLISHED
};

#define NFACTS	(sizeof(fact_anchors) / sizeof(fact_anchors[0]))

static void
add_facts(struct calendar_making *m)
{
	static const char *const titles[] = {
		"the election is called", "the calling is published",
		"the results are determined", "the results are published",
		"the results of the second voting are determined",
		"the results of the second voting are published"
	};
	struct calendar_item *item;
	const char *name;
	int32_t date;
	unsigned i;

	for (i = 0; i < NFACTS; i++) {
		date = m->cal->facts.anchors[fact_anchors[i]];
		name = anchor_name(fact_anchors[i]);
		if (date == DATE_UNSET ||
		    calendar_entry(m->cal, bytes_of(name)) != NULL)
			continue;
		item = add(m, name, titles[i]);
		item->given = true;
		if (fact_anchors[i] >= ANCHOR_VOTING_2)
			item->only_if = ONLY_SECOND_ROUND;
		one(item, date);
		buf_text(&m->words, "as given");
		counted(m, item);
	}
}

void
calendar_items(struct calendar_making *m)
{
	add_entries(m);
	add_voting(m);
	add_second_voting(m);
	add_repeat(m);
	add_inauguration(m);
	add_after_repeat(m);
	add_facts(m);
}
