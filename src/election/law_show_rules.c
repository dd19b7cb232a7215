/*
 * The rules of a version for people and as JSON: single rules, and lists of
 * them (calendar, phases, eligibility, signatures) whose items have names.
 */
#include <stdio.h>

#include "election/law_show_inside.h"

enum list { LIST_RULES, LIST_CALENDAR, LIST_PHASES, LIST_ELIGIBILITY,
    LIST_SIGNATURES, LIST_COUNT };

enum { RULE_ROUND_1, RULE_ROUND_2, RULE_ROUND_3, RULE_TERM, RULE_VOTING_DAY,
    RULE_REPEAT, RULE_ANNULLED_ROUND, RULE_ANNULLED_ALL, RULE_ANNULLED_STATION,
    RULE_INAUGURATION, RULE_AGAINST_ALL, RULE_COUNT };

static const char *const rule_names[RULE_COUNT] = { "round-1", "round-2",
    "round-3", "term", "voting-day", "repeat", "annulled-round",
    "annulled-all", "annulled-station", "inauguration", "against-all" };

static const char *const headings[RULE_COUNT] = { "first round:",
    "second round:", "third round:", "term:", "day of voting:",
    "repeat election:", "a round annulled:", "the election annulled:",
    "votes of a station annulled:", "inauguration:", "against all:" };

static const struct {
	const char *key, *heading;
} lists[LIST_COUNT] = {
	[LIST_CALENDAR] = { "calendar", "calendar:" },
	[LIST_PHASES] = { "phases", "phases:" },
	[LIST_ELIGIBILITY] = { "eligibility", "who may stand:" },
	[LIST_SIGNATURES] = { "signatures", "signatures:" },
};

static const char *const only_ifs[] = { [ONLY_ALWAYS] = NULL,
    [ONLY_SECOND_ROUND] = "second-round", [ONLY_REPEAT] = "repeat" };

static const struct {
	const char *code, *words;
} moves[] = {
	[MOVED_WORKING_SUNDAY] = { "working-sunday",
	    "it is a working Sunday" },
	[MOVED_HOLIDAY_ADJACENT] = { "holiday-adjacent",
	    "it, its eve or its morrow is a holiday" },
	[MOVED_HOLIDAY_WEEK] = { "holiday-week",
	    "there is a holiday in its week, Monday to Sunday" },
	[MOVED_HOLIDAY] = { "holiday", "it is a holiday" },
};

/* --- items ---------------------------------------------------------------- */

struct item {
	struct bytes name;
	const struct ground *ground;	/* NULL: there is none */
};

static const struct ground *
rule_ground(const struct law_version *v, unsigned i)
{
	const struct ground *all[RULE_COUNT] = { &v->rounds[0].ground,
	    &v->rounds[1].ground, &v->rounds[2].ground, &v->term.ground,
	    &v->voting_day.ground, &v->repeat.ground,
	    &v->annulled_round.ground, &v->annulled_all.ground,
	    &v->annulled_station.ground, &v->inauguration.ground,
	    &v->against_all.ground };

	return all[i];
}

static unsigned
items(const struct law_version *v, enum list list)
{
	const unsigned n[LIST_COUNT] = { RULE_COUNT, v->nentries, PHASE_COUNT,
	    v->nbars, v->nsignatures };

	return n[list];
}

static struct item
item_at(const struct law_version *v, enum list list, unsigned i)
{
	struct item item = { .ground = NULL };

	if (list == LIST_RULES) {
		item.name = bytes_of(rule_names[i]);
		item.ground = rule_ground(v, i);
	} else if (list == LIST_CALENDAR) {
		item.name = v->entries[i].id;
		item.ground = &v->entries[i].date.ground;
	} else if (list == LIST_PHASES) {
		item.name = bytes_of(phase_name((enum phase)i));
		item.ground = &v->phases[i].ground;
	} else if (list == LIST_ELIGIBILITY) {
		item.name = v->bars[i].id;
		item.ground = &v->bars[i].ground;
	} else {
		item.name = v->signatures[i].proposer;
		item.ground = &v->signatures[i].ground;
	}
	if (!item.ground->there)
		item.ground = NULL;
	return item;
}

static struct item
item_named(const struct law_version *v, enum list list, struct bytes name)
{
	struct item item = { .ground = NULL };
	unsigned i;

	for (i = 0; i < items(v, list); i++) {
		item = item_at(v, list, i);
		if (item.ground != NULL && bytes_eq(item.name, name))
			return item;
	}
	item.ground = NULL;
	return item;
}

/* A rule comes from one place of the file. */
static bool
is_new(const struct law_version *v, const struct law_version *before,
    enum list list, unsigned i)
{
	struct item item = item_at(v, list, i), old;

	if (item.ground == NULL)
		return false;
	if (before == NULL)
		return true;
	old = item_named(before, list, item.name);
	return old.ground == NULL || old.ground->line != item.ground->line;
}

static bool
any_new(const struct law_version *v, const struct law_version *before,
    enum list list)
{
	unsigned i;

	for (i = 0; i < items(v, list); i++)
		if (is_new(v, before, list, i))
			return true;
	return false;
}

/* --- the count ------------------------------------------------------------ */

static bool
is_unverified(const struct law_version *v, enum list list, unsigned i)
{
	const struct law_round *round;
	unsigned k;
	bool is = item_at(v, list, i).ground->unverified;

	if (list == LIST_RULES && i <= RULE_ROUND_3) {
		round = &v->rounds[i];
		is = is || round->date.ground.unverified ||
		    round->replaced_date.ground.unverified ||
		    round->until.ground.unverified;
	}
	for (k = 0; list == LIST_RULES && i == RULE_VOTING_DAY &&
	    k < v->voting_day.nmoved; k++)
		is = is || v->voting_day.moved[k].ground.unverified;
	if (list != LIST_RULES)
		return is;
	return is || (i == RULE_REPEAT && v->repeat.date.ground.unverified) ||
	    (i == RULE_ANNULLED_ROUND &&
	    v->annulled_round.date.ground.unverified) ||
	    (i == RULE_ANNULLED_ALL &&
	    v->annulled_all.date.ground.unverified) ||
	    (i == RULE_ANNULLED_STATION &&
	    v->annulled_station.date.ground.unverified) ||
	    (i == RULE_INAUGURATION && v->after_repeat.ground.unverified);
}

struct law_tally
law_show_tally(const struct law *law)
{
	struct law_tally tally = { 0, 0 };
	const struct law_version *v;
	unsigned n, list, i;

	for (n = 0; n < law->nversions; n++) {
		v = &law->versions[n];
		for (list = 0; list < LIST_COUNT; list++)
			for (i = 0; i < items(v, (enum list)list); i++) {
				if (!is_new(v, n == 0 ? NULL : v - 1,
				    (enum list)list, i))
					continue;
				tally.rules++;
				tally.unverified += is_unverified(v,
				    (enum list)list, i);
			}
	}
	return tally;
}

/* --- rules ---------------------------------------------------------------- */

static void
show_move(struct law_writer *w, const struct law_moved *m,
    const struct ground *of)
{
	int days = m->days < 0 ? -m->days : m->days;
	struct buf b = buf_with(256);

	buf_printf(&b, "%d days %s", days, m->days < 0 ? "before" : "after");
	if (w->json) {
		law_show_open(w, NULL, NULL, '{');
		law_show_field(w, "when", bytes_of(moves[m->when].code), NULL);
		law_show_field(w, "to", buf_bytes(&b), NULL);
		law_show_ground(w, &m->ground, of);
		law_show_close(w, '}');
	} else {
		buf_printf(&b, " if %s", moves[m->when].words);
		law_show_field(w, "moved", buf_bytes(&b), NULL);
		w->depth++;
		law_show_ground(w, &m->ground, of);
		w->depth--;
	}
	buf_free(&b);
}

static void
show_voting_day(struct law_writer *w, const struct law_voting_day *d)
{
	unsigned i;

	if (d->on != NULL)
		law_show_field(w, "on", when_text(d->on), NULL);
	if (d->term_years > 0)
		law_show_number(w, "term-years", d->term_years);
	law_show_number(w, "days", d->days);
	law_show_open(w, "moved", NULL, '[');
	for (i = 0; i < d->nmoved; i++)
		show_move(w, &d->moved[i], &d->ground);
	if (w->json)
		law_show_close(w, ']');
}

static void
show_annulled_station(struct law_writer *w, const struct law_version *v,
    const struct ground *g)
{
	char text[32];

	law_show_date(w, "date", &v->annulled_station.date, g);
	if (v->annulled_station.void_den == 0)
		return;
	(void)snprintf(text, sizeof(text), "%u/%u",
	    v->annulled_station.void_num, v->annulled_station.void_den);
	law_show_field(w, "void-at-least", bytes_of(text),
	    "of all voters: the election is void");
}

static void
show_rule(struct law_writer *w, const struct law_version *v, unsigned i)
{
	const struct ground *g = rule_ground(v, i);

	law_show_open(w, rule_names[i], headings[i], '{');
	if (i <= RULE_ROUND_3)
		law_show_round(w, &v->rounds[i], i);
	else if (i == RULE_VOTING_DAY)
		show_voting_day(w, &v->voting_day);
	else if (i == RULE_REPEAT)
		law_show_date(w, "date", &v->repeat.date, g);
	else if (i == RULE_ANNULLED_ROUND)
		law_show_date(w, "date", &v->annulled_round.date, g);
	else if (i == RULE_ANNULLED_ALL)
		law_show_date(w, "date", &v->annulled_all.date, g);
	else if (i == RULE_ANNULLED_STATION)
		show_annulled_station(w, v, g);
	else if (i == RULE_AGAINST_ALL)
		law_show_bool(w, "on-ballot", v->against_all.on_ballot);
	if (i == RULE_TERM) {
		law_show_number(w, "years", v->term.years);
		law_show_day(w, "runs-from", v->term.runs_from);
	} else if (i == RULE_INAUGURATION) {
		law_show_date(w, NULL, &v->inauguration, NULL);
		law_show_date(w, "after-repeat", &v->after_repeat, g);
	}
	law_show_ground(w, g, NULL);
	law_show_close(w, '}');
}

/* --- lists ---------------------------------------------------------------- */

static void
show_entry(struct law_writer *w, const struct law_entry *e)
{
	if (w->json)
		law_show_field(w, "id", e->id, NULL);
	law_show_field(w, "title", e->title, NULL);
	law_show_date(w, NULL, &e->date, NULL);
	if (e->only_if != ONLY_ALWAYS)
		law_show_field(w, "if", bytes_of(only_ifs[e->only_if]),
		    e->only_if == ONLY_REPEAT ? "the election is repeated" :
		    "there is a second round");
	law_show_ground(w, &e->date.ground, NULL);
}

static void
show_item(struct law_writer *w, const struct law_version *v, enum list list,
    unsigned i)
{
	struct item item = item_at(v, list, i);
	struct buf heading = buf_with(512);

	buf_add(&heading, item.name);
	buf_text(&heading, ":");
	buf_byte(&heading, '\0');
	law_show_open(w, NULL, heading.bad ? "" : (const char *)heading.p,
	    '{');
	buf_free(&heading);
	if (list == LIST_CALENDAR) {
		show_entry(w, &v->entries[i]);
	} else if (list == LIST_PHASES) {
		if (w->json)
			law_show_field(w, "phase", item.name, NULL);
		law_show_date(w, NULL, &v->phases[i], NULL);
		law_show_ground(w, item.ground, NULL);
	} else if (list == LIST_ELIGIBILITY) {
		law_show_bar(w, &v->bars[i]);
	} else {
		law_show_signatures(w, &v->signatures[i]);
	}
	law_show_close(w, '}');
}

static void
show_list(struct law_writer *w, const struct law_version *v,
    const struct law_version *before, enum list list)
{
	unsigned i;

	if (!w->json && !any_new(v, before, list))
		return;
	law_show_open(w, lists[list].key, lists[list].heading, '[');
	for (i = 0; i < items(v, list); i++)
		if (is_new(v, before, list, i))
			show_item(w, v, list, i);
	law_show_close(w, ']');
}

/* What the version before had and this one has not. */
static void
show_gone(struct law_writer *w, const struct law_version *v,
    const struct law_version *before)
{
	struct item item;
	unsigned list, i;

	for (list = 0; list < LIST_COUNT; list++)
		for (i = 0; i < items(before, (enum list)list); i++) {
			item = item_at(before, (enum list)list, i);
			if (item.ground != NULL && item_named(v,
			    (enum list)list, item.name).ground == NULL)
				law_show_field(w, "no-longer", item.name,
				    NULL);
		}
}

void
law_show_rules(struct law_writer *w, const struct law_version *v,
    const struct law_version *before)
{
	unsigned list, i;

	for (i = 0; i < RULE_COUNT; i++)
		if (is_new(v, before, LIST_RULES, i))
			show_rule(w, v, i);
	for (list = LIST_RULES + 1; list < LIST_COUNT; list++)
		show_list(w, v, before, (enum list)list);
	if (before != NULL)
		show_gone(w, v, before);
}
