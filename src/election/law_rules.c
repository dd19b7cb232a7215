/*
 * The rules of a version, over those of the version before.
 */
#include <stddef.h>
#include <string.h>

#include "base/text.h"
#include "election/law_inside.h"

#define TERM_MAX	20	/* years */
#define PART_MAX	1000000	/* of a fraction */

struct rule {
	const char *key;
	void (*read)(struct law_reader *, const struct yaml *,
	    struct law_version *);
	size_t at, size;	/* what `none` takes away, its ground first */
};

static void
round_1(struct law_reader *r, const struct yaml *y, struct law_version *v)
{
	law_round(r, y, 0, v);
}

static void
round_2(struct law_reader *r, const struct yaml *y, struct law_version *v)
{
	law_round(r, y, 1, v);
}

static void
round_3(struct law_reader *r, const struct yaml *y, struct law_version *v)
{
	law_round(r, y, 2, v);
}

static void
term(struct law_reader *r, const struct yaml *y, struct law_version *v)
{
	if (!law_keys(r, y, "years runs-from", true))
		return;
	(void)law_required(r, y, "years");
	v->term.ground = law_ground(r, y, NULL);
	v->term.years = 0;
	v->term.runs_from = DATE_UNSET;
	(void)law_unsigned(r, y, "years", 1, TERM_MAX, &v->term.years);
	(void)law_day(r, y, "runs-from", &v->term.runs_from);
}

static bool
dated(struct law_reader *r, const struct yaml *y, const char *keys,
    struct ground *ground, struct law_date *date)
{
	if (!law_keys(r, y, keys, true))
		return false;
	*ground = law_ground(r, y, NULL);
	*date = (struct law_date){ .weekday = -1 };
	(void)law_date(r, y, "date", ground, date);
	return true;
}

static void
repeat(struct law_reader *r, const struct yaml *y, struct law_version *v)
{
	(void)law_required(r, y, "date");
	(void)dated(r, y, "date", &v->repeat.ground, &v->repeat.date);
}

static void
annulled_round(struct law_reader *r, const struct yaml *y,
    struct law_version *v)
{
	(void)law_required(r, y, "date");
	(void)dated(r, y, "date", &v->annulled_round.ground,
	    &v->annulled_round.date);
}

static void
annulled_all(struct law_reader *r, const struct yaml *y, struct law_version *v)
{
	(void)law_required(r, y, "date");
	(void)dated(r, y, "date", &v->annulled_all.ground,
	    &v->annulled_all.date);
}

/* "1/4": a part of a whole, more than nothing and not more than all. */
static bool
part(struct bytes text, uint32_t *num, uint32_t *den)
{
	size_t bar = bytes_find_byte(text, '/', 0);
	uint64_t n, d;

	if (bar == SIZE_MAX || !text_uint(bytes_part(text, 0, bar), &n) ||
	    !text_uint(bytes_part(text, bar + 1, SIZE_MAX), &d) || n == 0 ||
	    n > d || d > PART_MAX)
		return false;
	*num = (uint32_t)n;
	*den = (uint32_t)d;
	return true;
}

/* Says in a note how the votes of a station count that was annulled. */
static void
annulled_station(struct law_reader *r, const struct yaml *y,
    struct law_version *v)
{
	const struct yaml *most = yaml_get(y, "void-at-least");

	if (!dated(r, y, "date void-at-least", &v->annulled_station.ground,
	    &v->annulled_station.date))
		return;
	v->annulled_station.void_num = v->annulled_station.void_den = 0;
	if (most != NULL && (most->kind != YAML_SCALAR || !part(most->text,
	    &v->annulled_station.void_num, &v->annulled_station.void_den)))
		law_fault(r, most, "a part of all voters is written as 1/4");
}

static void
inauguration(struct law_reader *r, const struct yaml *y,
    struct law_version *v)
{
	struct law_date date = { .weekday = -1 };

	if (!law_keys(r, y, "on from until weekday after-repeat", true))
		return;
	date.ground = law_ground(r, y, NULL);
	law_date_parts(r, y, &date);
	v->inauguration = date;
	v->after_repeat = (struct law_date){ .weekday = -1 };
	(void)law_date(r, y, "after-repeat", &date.ground, &v->after_repeat);
}

static void
against_all(struct law_reader *r, const struct yaml *y, struct law_version *v)
{
	if (!law_keys(r, y, "on-ballot", true))
		return;
	(void)law_required(r, y, "on-ballot");
	v->against_all.ground = law_ground(r, y, NULL);
	v->against_all.on_ballot = false;
	(void)law_flag(r, y, "on-ballot", &v->against_all.on_ballot);
}

/* The parts of the last four are taken away one by one. */
#define FIELD(f)	offsetof(struct law_version, f), \
			sizeof(((struct law_version *)NULL)->f)

static const struct rule rules[] = {
	{ "round-1", round_1, FIELD(rounds[0]) },
	{ "round-2", round_2, FIELD(rounds[1]) },
	{ "round-3", round_3, FIELD(rounds[2]) },
	{ "term", term, FIELD(term) },
	{ "voting-day", law_date_voting_day, FIELD(voting_day) },
	{ "repeat", repeat, FIELD(repeat) },
	{ "annulled-round", annulled_round, FIELD(annulled_round) },
	{ "annulled-all", annulled_all, FIELD(annulled_all) },
	{ "annulled-station", annulled_station, FIELD(annulled_station) },
	{ "inauguration", inauguration, FIELD(inauguration) },
	{ "against-all", against_all, FIELD(against_all) },
	{ "calendar", law_date_calendar, 0, 0 },
	{ "phases", law_date_phases, 0, 0 },
	{ "eligibility", law_eligibility, 0, 0 },
	{ "signatures", law_signatures, 0, 0 },
};

static void
take_away(struct law_reader *r, const struct yaml *y, const struct rule *rule,
    struct law_version *v)
{
	uint8_t *at = (uint8_t *)v + rule->at;
	struct ground ground;

	if (rule->size == 0) {
		law_fault_key(r, y, "\"none\" stands in the items here");
		return;
	}
	memcpy(&ground, at, sizeof(ground));
	(void)law_gone(r, y, "none", ground.there);
	memset(at, 0, rule->size);
	if (rule->read == inauguration)
		memset(&v->after_repeat, 0, sizeof(v->after_repeat));
}

void
law_rules(struct law_reader *r, const struct yaml *y, struct law_version *v)
{
	const struct yaml *rule;
	unsigned i;

	for (i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		rule = yaml_get(y, rules[i].key);
		if (rule == NULL)
			continue;
		if (law_none(r, rule))
			take_away(r, rule, &rules[i], v);
		else
			rules[i].read(r, rule, v);
	}
}
