/*
 * The lists of a candidate: periods, citizenships, terms, convictions.
 */
#include "base/sort.h"
#include "election/candidate_inside.h"

#define PERIOD	"from until note"

const struct candidate_shape candidate_shapes[CANDIDATE_FACTS] = {
	[CANDIDATE_RESIDENCE] = { "residence", PERIOD " permanent", "from",
	    "from" },
	[CANDIDATE_CITIZENSHIPS] = { "citizenships",
	    PERIOD " of by-birth not-counted", "of", "of" },
	[CANDIDATE_PERMITS] = { "residence-permits",
	    PERIOD " of not-counted", "of", "of" },
	[CANDIDATE_TERMS] = { "terms", PERIOD " not-counted", "from",
	    "from" },
	[CANDIDATE_CONVICTIONS] = { "convictions", "offence sentenced "
	    "sentence-end spent article note not-counted", NULL,
	    "offence sentenced" },
	[CANDIDATE_IMPRISONMENT] = { "imprisonment",
	    PERIOD " article not-counted", "until", "until" },
	[CANDIDATE_INCAPACITY] = { "incapacity", PERIOD " not-counted", NULL,
	    "from" },
	[CANDIDATE_OFFICES] = { "offices", PERIOD " office not-counted",
	    "office", "office" },
};

const char *
candidate_fact_name(enum candidate_fact fact)
{
	return candidate_shapes[fact].name;
}

/* --- one item ------------------------------------------------------------- */

static void
flag(struct candidate_reader *r, const struct yaml *map, const char *key,
    enum candidate_answer *to)
{
	const struct yaml *y = yaml_get(map, key);
	enum candidate_state state;

	if (y == NULL || (!candidate_given(y, &state) &&
	    state == CANDIDATE_UNKNOWN))
		return;
	if (candidate_plain(y, "true"))
		*to = CANDIDATE_YES;
	else if (candidate_plain(y, "false"))
		*to = CANDIDATE_NO;
	else
		candidate_fault(r, y, "\"%s\" is true, false or unknown", key);
}

/* What is not given goes on; an end that is not known is said to be so. */
static void
end(struct candidate_reader *r, const struct yaml *map, const char *key,
    bool life, int32_t *to)
{
	const struct yaml *y = yaml_get(map, key);

	if (y != NULL && life && candidate_plain(y, "life")) {
		*to = CANDIDATE_OPEN;
	} else if (y != NULL) {
		*to = DATE_UNSET;
		(void)candidate_date(r, map, key, to);
	}
}

/* Whether it is from birth on. */
static bool
begin(struct candidate_reader *r, const struct yaml *map, const char *key,
    int32_t born, int32_t *to)
{
	const struct yaml *y = yaml_get(map, key);

	if (y != NULL && candidate_plain(y, "birth")) {
		*to = born;
		return true;
	}
	(void)candidate_date(r, map, key, to);
	return false;
}

static void
country(struct candidate_reader *r, const struct yaml *map,
    struct bytes *to)
{
	const struct yaml *y = yaml_get(map, "of");

	if (y == NULL)
		return;
	if (y->kind != YAML_SCALAR || y->text.n != 2 ||
	    y->text.p[0] < 'A' || y->text.p[0] > 'Z' ||
	    y->text.p[1] < 'A' || y->text.p[1] > 'Z')
		candidate_fault(r, y, "no country in two capital letters "
		    "(ISO 3166-1)");
	else
		*to = y->text;
}

static void
offences(struct candidate_reader *r, const struct yaml *map,
    struct candidate_item *item)
{
	const struct yaml *y = yaml_get(map, "offence"), *one;
	enum candidate_state state;
	struct bytes *words;
	unsigned n = 0;

	if (!candidate_given(y, &state) && state == CANDIDATE_UNKNOWN)
		return;
	if (y->kind == YAML_MAP || (y->kind == YAML_LIST && y->n == 0)) {
		candidate_fault(r, y, "\"offence\" is a word, or a list of "
		    "words");
		return;
	}
	words = arena_alloc(r->arena, y->kind == YAML_LIST ? y->n : 1,
	    sizeof(*words));
	one = y->kind == YAML_LIST ? y->first : y;
	for (; words != NULL && one != NULL;
	    one = y->kind == YAML_LIST ? one->next : NULL)
		if (candidate_word(r, one, &words[n]))
			n++;
	item->offences = words;
	item->noffences = n;
}

/* From birth on means by birth. */
static void
citizenship(struct candidate_reader *r, const struct yaml *map, int32_t born,
    struct candidate_item *item)
{
	bool birth = begin(r, map, "from", born, &item->from);

	country(r, map, &item->what);
	flag(r, map, "by-birth", &item->by_birth);
	if (birth && item->by_birth == CANDIDATE_NO)
		candidate_fault(r, yaml_get(map, "by-birth"), "it is from "
		    "birth on, so it is by birth");
	if (birth)
		item->by_birth = CANDIDATE_YES;
	else if (item->from != DATE_UNSET && born != DATE_UNSET &&
	    item->from > born && item->by_birth == CANDIDATE_MAYBE)
		item->by_birth = CANDIDATE_NO;
}

static void
conviction(struct candidate_reader *r, const struct yaml *map,
    struct candidate_item *item)
{
	const struct yaml *spent = yaml_get(map, "spent");

	offences(r, map, item);
	(void)candidate_date(r, map, "sentenced", &item->from);
	item->until = DATE_UNSET;
	end(r, map, "sentence-end", true, &item->until);
	if (spent != NULL && candidate_plain(spent, "none"))
		item->spent = CANDIDATE_OPEN;
	else
		(void)candidate_date(r, map, "spent", &item->spent);
}

/* Dates within an item, and the day of birth before them. */
static void
check_order(struct candidate_reader *r, const struct yaml *map, int32_t born,
    enum candidate_fact fact, const struct candidate_item *item)
{
	bool conviction = fact == CANDIDATE_CONVICTIONS;
	const char *from = conviction ? "sentenced" : "from";
	const char *until = conviction ? "sentence-end" : "until";
	int32_t first = item->from != DATE_UNSET ? item->from : born;

	if (born != DATE_UNSET && item->from != DATE_UNSET &&
	    item->from < born)
		candidate_fault(r, yaml_get(map, from), "this is before the "
		    "day of birth");
	if (first != DATE_UNSET && item->until != DATE_UNSET &&
	    item->until < first)
		candidate_fault(r, yaml_get(map, until), "\"%s\" is before "
		    "%s", until, item->from == DATE_UNSET ?
		    "the day of birth" : conviction ? "\"sentenced\"" :
		    "\"from\"");
	if (first != DATE_UNSET && item->spent != DATE_UNSET &&
	    item->spent < first)
		candidate_fault(r, yaml_get(map, "spent"), "\"spent\" is "
		    "before %s", item->from == DATE_UNSET ?
		    "the day of birth" : "\"sentenced\"");
}

static void
read_item(struct candidate_reader *r, const struct yaml *map, int32_t born,
    enum candidate_fact fact, struct candidate_item *item)
{
	const struct candidate_shape *shape = &candidate_shapes[fact];
	const struct yaml *office;

	*item = (struct candidate_item){ .from = DATE_UNSET,
	    .until = CANDIDATE_OPEN, .spent = DATE_UNSET,
	    .permanent = CANDIDATE_MAYBE, .by_birth = CANDIDATE_MAYBE,
	    .line = map->line, .column = map->column };
	if (!candidate_keys(r, map, shape->keys))
		return;
	if (shape->required != NULL &&
	    yaml_get(map, shape->required) == NULL)
		candidate_fault(r, map, "\"%s\" is missing", shape->required);
	(void)candidate_text(r, map, "article", &item->article);
	(void)candidate_text(r, map, "note", &item->note);
	(void)candidate_text(r, map, "not-counted", &item->not_counted);
	if (fact == CANDIDATE_CONVICTIONS) {
		conviction(r, map, item);
	} else {
		if (fact == CANDIDATE_CITIZENSHIPS)
			citizenship(r, map, born, item);
		else
			(void)begin(r, map, "from", born, &item->from);
		end(r, map, "until", fact == CANDIDATE_IMPRISONMENT,
		    &item->until);
	}
	flag(r, map, "permanent", &item->permanent);
	if (fact == CANDIDATE_PERMITS)
		country(r, map, &item->what);
	office = yaml_get(map, "office");
	if (office != NULL)
		(void)candidate_word(r, office, &item->what);
	check_order(r, map, born, fact, item);
}

/* --- a list --------------------------------------------------------------- */

static int
by_from(const void *a, const void *b)
{
	const struct candidate_item *x = a, *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	return x->column < y->column ? -1 : x->column > y->column;
}

static bool
same_offences(const struct candidate_item *a, const struct candidate_item *b)
{
	unsigned i;

	for (i = 0; a->noffences == b->noffences && i < a->noffences; i++)
		if (!bytes_eq(a->offences[i], b->offences[i]))
			return false;
	return a->noffences == b->noffences;
}

/* Of one country, or of the one office that terms are of, periods cannot
   overlap: the next one begins where this one ends, or later. */
static bool
overlaps(const struct candidate_item *a, const struct candidate_item *b)
{
	return a->from != DATE_UNSET && b->from != DATE_UNSET &&
	    a->until != DATE_UNSET && b->from < a->until;
}

static void
check_pair(struct candidate_reader *r, enum candidate_fact fact,
    const struct candidate_item *a, const struct candidate_item *b)
{
	bool apart = fact == CANDIDATE_TERMS || fact == CANDIDATE_RESIDENCE ||
	    fact == CANDIDATE_CITIZENSHIPS;

	if (bytes_eq(a->what, b->what) && a->from == b->from &&
	    a->until == b->until && a->spent == b->spent &&
	    bytes_eq(a->article, b->article) &&
	    bytes_eq(a->note, b->note) && same_offences(a, b))
		candidate_fault_at(r, b->line, b->column, "this stands twice "
		    "(also on line %u)", a->line);
	else if (apart && bytes_eq(a->what, b->what) && overlaps(a, b))
		candidate_fault_at(r, b->line, b->column, "this begins before "
		    "the one on line %u ends", a->line);
}

static void
read_list(struct candidate_reader *r, const struct yaml *y, int32_t born,
    enum candidate_fact fact, struct candidate_list *list)
{
	const struct yaml *one = y->kind == YAML_LIST ? y->first : y;
	unsigned most = y->kind == YAML_LIST ? y->n : 1, i, k;
	struct candidate_item *items;

	if (most == 0 || most > CANDIDATE_ITEMS) {
		candidate_fault(r, y, most == 0 ? "this must be a list of at "
		    "least one, or none" : "more than %d items",
		    CANDIDATE_ITEMS);
		return;
	}
	items = arena_alloc(r->arena, most, sizeof(*items));
	for (; items != NULL && one != NULL;
	    one = y->kind == YAML_LIST ? one->next : NULL) {
		if (candidate_plain(one, "unknown"))
			list->more = true;
		else
			read_item(r, one, born, fact, &items[list->n++]);
	}
	list->items = items;
	if (items == NULL)
		return;
	sort_items(items, list->n, sizeof(*items), by_from);
	for (i = 1; i < list->n; i++)
		for (k = 0; k < i; k++)
			check_pair(r, fact, &items[k], &items[i]);
}

/* --- short forms ---------------------------------------------------------- */

/* residence-since: permanent residence that goes on. */
static void
residence_since(struct candidate_reader *r, const struct yaml *map,
    struct candidate *c)
{
	struct candidate_list *list = &c->lists[CANDIDATE_RESIDENCE];
	const struct yaml *y = yaml_get(map, "residence-since");
	struct candidate_item *item;

	if (y == NULL || !candidate_given(y, &list->state))
		return;
	item = arena_alloc(r->arena, 1, sizeof(*item));
	if (item == NULL)
		return;
	*item = (struct candidate_item){ .from = DATE_UNSET,
	    .until = CANDIDATE_OPEN, .spent = DATE_UNSET,
	    .permanent = CANDIDATE_YES, .by_birth = CANDIDATE_MAYBE,
	    .line = y->line, .column = y->column };
	(void)begin(r, map, "residence-since", c->born, &item->from);
	if (c->born != DATE_UNSET && item->from != DATE_UNSET &&
	    item->from < c->born)
		candidate_fault(r, y, "this is before the day of birth");
	list->items = item;
	list->n = 1;
}

/* imprisonment-until: days, or "life", of sentences that are being served. */
static void
imprisonment_until(struct candidate_reader *r, const struct yaml *map,
    struct candidate *c)
{
	struct candidate_list *list = &c->lists[CANDIDATE_IMPRISONMENT];
	const struct yaml *y = yaml_get(map, "imprisonment-until"), *one;
	struct candidate_item *items;
	int32_t until;

	if (y == NULL || !candidate_given(y, &list->state))
		return;
	if (y->kind == YAML_MAP || y->n > CANDIDATE_ITEMS ||
	    (y->kind == YAML_LIST && y->n == 0)) {
		candidate_fault(r, y, "this must be a date, or a list of "
		    "dates");
		return;
	}
	items = arena_alloc(r->arena, y->kind == YAML_LIST ? y->n : 1,
	    sizeof(*items));
	one = y->kind == YAML_LIST ? y->first : y;
	for (; items != NULL && one != NULL;
	    one = y->kind == YAML_LIST ? one->next : NULL) {
		until = one->kind == YAML_SCALAR ? date_read(one->text) :
		    DATE_UNSET;
		if (candidate_plain(one, "life"))
			until = CANDIDATE_OPEN;
		else if (until == DATE_UNSET &&
		    !candidate_plain(one, "unknown"))
			candidate_fault(r, one, "no day of the calendar "
			    "(2024-03-17)");
		items[list->n++] = (struct candidate_item){
		    .from = DATE_UNSET, .until = until, .spent = DATE_UNSET,
		    .permanent = CANDIDATE_MAYBE, .by_birth = CANDIDATE_MAYBE,
		    .line = one->line, .column = one->column };
		if (c->born != DATE_UNSET && until != DATE_UNSET &&
		    until < c->born)
			candidate_fault(r, one, "this is before the day of "
			    "birth");
	}
	list->items = items;
}

/* Whoever serves a sentence was convicted. */
static void
check_sentences(struct candidate_reader *r, const struct yaml *map,
    const struct candidate *c)
{
	const struct candidate_list *list =
	    &c->lists[CANDIDATE_IMPRISONMENT];
	unsigned i;

	if (c->lists[CANDIDATE_CONVICTIONS].state != CANDIDATE_NONE)
		return;
	for (i = 0; i < list->n; i++)
		if (list->items[i].not_counted.n == 0) {
			candidate_fault(r, yaml_get(map, "convictions"),
			    "a sentence (line %u), and no conviction",
			    list->items[i].line);
			return;
		}
}

void
candidate_lists(struct candidate_reader *r, const struct yaml *map,
    struct candidate *c)
{
	static const struct { enum candidate_fact fact; const char *name; }
	    both[] = {
		{ CANDIDATE_RESIDENCE, "residence-since" },
		{ CANDIDATE_IMPRISONMENT, "imprisonment-until" },
	};
	const struct yaml *y;
	unsigned i;

	for (i = 0; i < CANDIDATE_FACTS; i++) {
		y = yaml_get(map, candidate_shapes[i].name);
		if (candidate_given(y, &c->lists[i].state))
			read_list(r, y, c->born, (enum candidate_fact)i,
			    &c->lists[i]);
	}
	for (i = 0; i < sizeof(both) / sizeof(both[0]); i++) {
		y = yaml_get(map, both[i].name);
		if (y == NULL)
			continue;
		if (yaml_get(map, candidate_shapes[both[i].fact].name) != NULL)
			candidate_fault_key(r, y, "\"%s\" and \"%s\" are two "
			    "forms of one fact", both[i].name,
			    candidate_shapes[both[i].fact].name);
		else if (both[i].fact == CANDIDATE_RESIDENCE)
			residence_since(r, map, c);
		else
			imprisonment_until(r, map, c);
	}
	check_sentences(r, map, c);
}
