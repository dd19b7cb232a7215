/*
 * A file of candidates, from YAML or CSV.
 */
#include "election/candidate_inside.h"

#define PROPOSERS "self party parliamentary-party voters " \
	"members-of-parliament officials"

/* Every key of a candidate; for CSV also the columns. */
#define KEYS "name sex note born residence residence-since citizenships " \
	"residence-permits terms convictions imprisonment " \
	"imprisonment-until incapacity offices proposer signatures " \
	"supporters events"

static void
read_person(struct candidate_reader *r, const struct yaml *map,
    struct candidate *c)
{
	const struct yaml *y = yaml_get(map, "sex");
	enum candidate_state state;

	if (yaml_get(map, "name") == NULL)
		candidate_fault(r, map, "\"name\" is missing");
	else
		(void)candidate_text(r, map, "name", &c->name);
	(void)candidate_text(r, map, "note", &c->note);
	if (candidate_given(y, &state) && (y->kind != YAML_SCALAR ||
	    !candidate_among(y->text, "female male")))
		candidate_fault(r, y, "\"sex\" is female, male or unknown");
	else if (state == CANDIDATE_KNOWN)
		c->sex = y->text;
	(void)candidate_date(r, map, "born", &c->born);
}

static void
read_proposer(struct candidate_reader *r, const struct yaml *map,
    struct candidate *c)
{
	const struct yaml *y = yaml_get(map, "proposer");

	if (!candidate_given(y, &c->proposed))
		return;
	if (y->kind != YAML_SCALAR || !candidate_among(y->text, PROPOSERS))
		candidate_fault(r, y, "\"proposer\" is none of self, party, "
		    "parliamentary-party, voters, members-of-parliament, "
		    "officials");
	else
		c->proposer = y->text;
}

/* A sum, or a number for each region. */
static void
read_signatures(struct candidate_reader *r, const struct yaml *map,
    struct candidate *c)
{
	const struct yaml *y = yaml_get(map, "signatures"), *one;
	struct candidate_region *regions;

	if (!candidate_given(y, &c->signed_))
		return;
	if (y->kind == YAML_SCALAR) {
		(void)candidate_count(r, y, &c->signatures);
		return;
	}
	if (y->kind != YAML_MAP || y->n == 0 || y->n > CANDIDATE_REGIONS) {
		candidate_fault(r, y, "this must be a number, a map of at "
		    "most %d regions to numbers, or none", CANDIDATE_REGIONS);
		return;
	}
	regions = arena_alloc(r->arena, y->n, sizeof(*regions));
	if (regions == NULL)
		return;
	for (one = y->first; one != NULL; one = one->next) {
		regions[c->nregions].name = one->key;
		if (!candidate_count(r, one,
		    &regions[c->nregions].signatures))
			continue;
		c->signatures += regions[c->nregions].signatures;
		c->nregions++;
	}
	c->regions = regions;
}

static void
read_candidate(struct candidate_reader *r, const struct yaml *map,
    struct candidate *c)
{
	const struct yaml *y = yaml_get(map, "supporters");

	*c = (struct candidate){ .born = DATE_UNSET, .line = map->line,
	    .column = map->column };
	if (!candidate_keys(r, map, KEYS))
		return;
	read_person(r, map, c);
	read_proposer(r, map, c);
	read_signatures(r, map, c);
	if (candidate_given(y, &c->supported))
		(void)candidate_count(r, y, &c->supporters);
	candidate_lists(r, map, c);
	candidate_events(r, map, c);
}

/* Two people may have one name; then they are told apart by their birth. */
static void
check_twice(struct candidate_reader *r, const struct candidate *all,
    const struct candidate *c)
{
	const struct candidate *other;

	for (other = all; other != c; other++)
		if (c->name.n > 0 && bytes_eq(c->name, other->name) &&
		    (c->born == other->born || c->born == DATE_UNSET ||
		    other->born == DATE_UNSET)) {
			candidate_fault_at(r, c->line, c->column, "\"%s\" "
			    "stands twice (also on line %u), with no other "
			    "day of birth", candidate_quoted(r, c->name),
			    other->line);
			return;
		}
}

static void
read_all(struct candidate_reader *r, const struct yaml *root,
    struct candidates *to)
{
	const struct yaml *list, *one;
	struct candidate *items;

	if (!candidate_keys(r, root, "title candidates"))
		return;
	(void)candidate_text(r, root, "title", &to->title);
	list = yaml_get(root, "candidates");
	if (list == NULL || list->kind != YAML_LIST || list->n == 0) {
		candidate_fault(r, list == NULL ? root : list,
		    "\"candidates\" must be a list of at least one");
		return;
	}
	if (list->n > CANDIDATE_MOST) {
		candidate_fault(r, list, "more than %d candidates",
		    CANDIDATE_MOST);
		return;
	}
	items = arena_alloc(r->arena, list->n, sizeof(*items));
	if (items == NULL)
		return;
	for (one = list->first; one != NULL; one = one->next) {
		read_candidate(r, one, &items[to->n]);
		check_twice(r, items, &items[to->n]);
		to->n++;
	}
	to->items = items;
}

const struct candidates *
candidate_read(struct bytes in, enum candidate_form form, struct arena *arena,
    struct candidate_faults *faults)
{
	struct candidate_reader r = { arena, faults };
	struct candidates *all = arena_alloc(arena, 1, sizeof(*all));
	struct yaml_fault fault = { 0 };
	const struct yaml *root;

	*faults = (struct candidate_faults){ 0 };
	if (form == CANDIDATE_CSV) {
		root = candidate_csv(&r, in);
	} else {
		root = yaml_read(in, arena, &fault);
		if (root == NULL)
			candidate_fault_at(&r, fault.line, fault.column, "%s",
			    fault.why);
	}
	if (root != NULL && all != NULL)
		read_all(&r, root, all);
	if (arena->bad)
		candidate_fault_at(&r, 1, 1, "not enough memory");
	return faults->n == 0 && root != NULL ? all : NULL;
}
