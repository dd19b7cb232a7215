/*
 * Who may stand: eligibility and signatures.
 */
#include "election/law_inside.h"

#define YEARS_MAX	120
#define COUNT_MAX	1000000000000	/* signatures */

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))

static const char *const proposers[] = { "self", "party",
    "parliamentary-party", "voters", "members-of-parliament", "officials" };

/* What stands beside id and rule, and what must. */
static const struct {
	const char *name, *keys, *required;
} rules[] = {
	[BAR_AGE] = { "age", "id rule at-least on", "at-least" },
	[BAR_RESIDENCE] = { "residence",
	    "id rule at-least permanent just-before on", NULL },
	[BAR_CITIZENSHIP] = { "citizenship", "id rule of at-least by-birth "
	    "no-other never-other no-foreign-residence-permit", NULL },
	[BAR_TERMS] = { "terms", "id rule at-most in-a-row counted-since",
	    "at-most" },
	[BAR_INCAPACITY] = { "incapacity", "id rule", NULL },
	[BAR_IMPRISONMENT] = { "imprisonment", "id rule on", NULL },
	[BAR_CONVICTION] = { "conviction", "id rule offences while "
	    "years-after-spent years-after-sentence after", NULL },
	[BAR_OFFICE] = { "office", "id rule bars", "bars" },
	[BAR_PROPOSER] = { "proposer", "id rule one-of", "one-of" },
	[BAR_OTHER] = { "other", "id rule says", "says" },
};

static void
check_proposers(struct law_reader *r, const struct yaml *y)
{
	const struct yaml *item;
	unsigned choice;

	if (y == NULL)
		return;
	item = y->kind == YAML_LIST ? y->first : y;
	for (; item != NULL; item = y->kind == YAML_LIST ? item->next : NULL)
		(void)law_choice_of(r, item, proposers, COUNT(proposers),
		    &choice);
}

/* A conviction bars for as long as it is unspent, for years after that, or for
   years after the sentence. */
static void
conviction(struct law_reader *r, const struct yaml *y, struct law_bar *bar)
{
	static const char *const whiles[] = { "unspent" };
	unsigned years;

	bar->while_unspent = law_choice(r, y, "while", whiles, 1, &years);
	if (law_unsigned(r, y, "years-after-spent", 1, YEARS_MAX, &years))
		bar->years_after_spent = (int)years;
	if (law_unsigned(r, y, "years-after-sentence", 1, YEARS_MAX, &years))
		bar->years_after_sentence = (int)years;
	if (yaml_get(y, "years-after-sentence") != NULL &&
	    (yaml_get(y, "years-after-spent") != NULL ||
	    yaml_get(y, "while") != NULL))
		law_fault_key(r, yaml_get(y, "years-after-sentence"),
		    "years are counted from the sentence, or from when it is "
		    "spent: not both");
	if (yaml_get(y, "years-after-spent") != NULL &&
	    yaml_get(y, "while") == NULL)
		law_fault_key(r, yaml_get(y, "years-after-spent"),
		    "\"years-after-spent\" goes with \"while: unspent\"");
	if (yaml_get(y, "while") == NULL &&
	    yaml_get(y, "years-after-spent") == NULL &&
	    yaml_get(y, "years-after-sentence") == NULL)
		law_fault_key(r, y, "for how long? \"while\" or "
		    "\"years-after-sentence\" is missing");
}

static void
bar_flags(struct law_reader *r, const struct yaml *y, struct law_bar *bar)
{
	(void)law_flag(r, y, "permanent", &bar->permanent);
	(void)law_flag(r, y, "just-before", &bar->just_before);
	(void)law_flag(r, y, "by-birth", &bar->by_birth);
	(void)law_flag(r, y, "no-other", &bar->no_other);
	(void)law_flag(r, y, "never-other", &bar->never_other);
	(void)law_flag(r, y, "no-foreign-residence-permit",
	    &bar->no_foreign_permit);
	(void)law_flag(r, y, "in-a-row", &bar->in_a_row);
}

/* A rule that asks for nothing is no rule. */
static void
check_asks(struct law_reader *r, const struct yaml *y,
    const struct law_bar *bar)
{
	if (bar->rule == BAR_CITIZENSHIP && yaml_get(y, "of") == NULL &&
	    !bar->no_other && !bar->never_other && !bar->no_foreign_permit)
		law_fault_key(r, y, "it asks for nothing: \"of\" is missing");
	if (bar->rule == BAR_RESIDENCE && yaml_get(y, "at-least") == NULL &&
	    !bar->permanent)
		law_fault_key(r, y, "it asks for nothing: \"at-least\" is "
		    "missing");
	if (yaml_get(y, "of") != NULL && bar->of.n > 0 && (bar->of.n != 2 ||
	    bar->of.p[0] < 'A' || bar->of.p[0] > 'Z' ||
	    bar->of.p[1] < 'A' || bar->of.p[1] > 'Z'))
		law_fault(r, yaml_get(y, "of"), "no country in two capital "
		    "letters (ISO 3166-1)");
}

static void
bar_words(struct law_reader *r, const struct yaml *y, struct law_bar *bar)
{
	const char *key = bar->rule == BAR_CONVICTION ? "offences" :
	    bar->rule == BAR_OFFICE ? "bars" :
	    bar->rule == BAR_PROPOSER ? "one-of" : NULL;

	if (key == NULL)
		return;
	(void)law_words(r, y, key, &bar->words, &bar->nwords);
	if (bar->rule == BAR_PROPOSER)
		check_proposers(r, yaml_get(y, key));
}

static void
read_bar(struct law_reader *r, const struct yaml *y, struct law_bar *bar)
{
	const char *names[COUNT(rules)];
	unsigned i, rule;

	for (i = 0; i < COUNT(rules); i++)
		names[i] = rules[i].name;
	if (law_required(r, y, "rule") == NULL ||
	    !law_choice(r, y, "rule", names, COUNT(rules), &rule))
		return;
	bar->rule = (enum bar)rule;
	(void)law_keys(r, y, rules[rule].keys, true);
	if (rules[rule].required != NULL)
		(void)law_required(r, y, rules[rule].required);
	bar->ground = law_ground(r, y, NULL);
	(void)law_unsigned(r, y, "at-least", 1, YEARS_MAX, &bar->at_least);
	(void)law_unsigned(r, y, "at-most", 1, YEARS_MAX, &bar->at_most);
	(void)law_when(r, y, "on", &bar->on);
	(void)law_day(r, y, "counted-since", &bar->counted_since);
	(void)law_day(r, y, "after", &bar->after);
	(void)law_text(r, y, "of", &bar->of);
	(void)law_text(r, y, "says", &bar->says);
	bar_flags(r, y, bar);
	bar_words(r, y, bar);
	if (bar->rule == BAR_CONVICTION)
		conviction(r, y, bar);
	check_asks(r, y, bar);
}

static unsigned
find_bar(const struct law_bar *all, unsigned n, struct bytes id)
{
	unsigned i;

	for (i = 0; i < n && !bytes_eq(all[i].id, id); i++)
		continue;
	return i;
}

void
law_eligibility(struct law_reader *r, const struct yaml *y,
    struct law_version *v)
{
	struct law_bar *all, bar;
	const struct yaml *item;
	struct bytes id;
	unsigned i, n = v->nbars;

	if (!law_is_list(r, y))
		return;
	all = y->n > LAW_BARS || y->n + n > LAW_BARS ? NULL :
	    arena_alloc(r->arena, y->n + n, sizeof(*all));
	if (all == NULL) {
		law_fault(r, y, "more than %d rules", LAW_BARS);
		return;
	}
	for (i = 0; i < n; i++)
		all[i] = v->bars[i];
	for (item = y->first; item != NULL; item = item->next) {
		if (!law_is_map(r, item) ||
		    law_required(r, item, "id") == NULL ||
		    !law_word(r, item, "id", &id) ||
		    law_twice(r, y, item, "id", id))
			continue;
		i = find_bar(all, n, id);
		if (law_none(r, item)) {
			if (law_gone(r, item, "id none", i < n))
				for (n--; i < n; i++)
					all[i] = all[i + 1];
			continue;
		}
		bar = (struct law_bar){ .id = id, .counted_since = DATE_UNSET,
		    .after = DATE_UNSET, .years_after_spent = -1,
		    .years_after_sentence = -1 };
		read_bar(r, item, &bar);
		all[i] = bar;
		n += i == n;
	}
	v->bars = all;
	v->nbars = n;
}

/* --- signatures ----------------------------------------------------------- */

static void
read_signatures(struct law_reader *r, const struct yaml *y,
    struct law_signatures *s)
{
	if (!law_keys(r, y, "proposer at-least at-most per-region-at-most "
	    "supporters-at-least", true))
		return;
	check_proposers(r, yaml_get(y, "proposer"));
	s->ground = law_ground(r, y, NULL);
	(void)law_number(r, y, "at-least", 0, COUNT_MAX, &s->at_least);
	(void)law_number(r, y, "at-most", 1, COUNT_MAX, &s->at_most);
	(void)law_number(r, y, "per-region-at-most", 1, COUNT_MAX,
	    &s->per_region_at_most);
	(void)law_number(r, y, "supporters-at-least", 1, COUNT_MAX,
	    &s->supporters_at_least);
	if (s->at_most > 0 && s->at_least > s->at_most)
		law_fault_key(r, yaml_get(y, "at-most"), "\"at-most\" is less "
		    "than \"at-least\"");
	if (s->at_least == 0 && s->supporters_at_least == 0 &&
	    s->at_most == 0 && s->per_region_at_most == 0 &&
	    yaml_get(y, "at-least") == NULL)
		law_fault_key(r, y, "it asks for nothing: \"at-least\" is "
		    "missing");
}

void
law_signatures(struct law_reader *r, const struct yaml *y,
    struct law_version *v)
{
	struct law_signatures *all, s;
	const struct yaml *item;
	unsigned i, n = v->nsignatures;

	if (!law_is_list(r, y))
		return;
	all = y->n > LAW_SIGNATURES || y->n + n > LAW_SIGNATURES ? NULL :
	    arena_alloc(r->arena, y->n + n, sizeof(*all));
	if (all == NULL) {
		law_fault(r, y, "more than %d rules", LAW_SIGNATURES);
		return;
	}
	for (i = 0; i < n; i++)
		all[i] = v->signatures[i];
	for (item = y->first; item != NULL; item = item->next) {
		s = (struct law_signatures){ .at_least = 0 };
		if (!law_is_map(r, item) ||
		    law_required(r, item, "proposer") == NULL ||
		    !law_word(r, item, "proposer", &s.proposer) ||
		    law_twice(r, y, item, "proposer", s.proposer))
			continue;
		for (i = 0; i < n; i++)
			if (bytes_eq(all[i].proposer, s.proposer))
				break;
		if (law_none(r, item)) {
			if (law_gone(r, item, "proposer none", i < n))
				for (n--; i < n; i++)
					all[i] = all[i + 1];
			continue;
		}
		read_signatures(r, item, &s);
		all[i] = s;
		n += i == n;
	}
	v->signatures = all;
	v->nsignatures = n;
}
