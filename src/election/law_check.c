/*
 * What can be told only of a version that is whole, with what it has from the
 * version before: rounds that are not there, dates that are not there, and
 * dates that wait for each other.
 */
#include "election/law_inside.h"

/* What a date waits for: entries of the calendar, and two anchors that follow
   from rules. */
enum { NODE_VOTING_2 = LAW_ENTRIES, NODE_INAUGURATION, NODES };

struct check {
	struct law_reader *r;
	const struct law_version *v;
	const struct when *when;	/* looked at */
	bool done[NODES];		/* waits for nothing that is not */
	unsigned chain[NODES];		/* dates one after the other that it is
					   counted from */
	unsigned steps[NODES];		/* and all, as often as named */
	bool waits;
	unsigned longest, all;		/* of the node that is settled */
};

/* --- each date rule of a version ------------------------------------------ */

static void
each_of(const struct law_date *d, void (*f)(struct check *,
    const struct when *), struct check *c)
{
	if (d->on != NULL)
		f(c, d->on);
	if (d->from != NULL)
		f(c, d->from);
	if (d->until != NULL)
		f(c, d->until);
}

static void
each_when(struct check *c, void (*f)(struct check *, const struct when *))
{
	const struct law_version *v = c->v;
	unsigned i;

	for (i = 0; i < LAW_ROUNDS; i++) {
		each_of(&v->rounds[i].date, f, c);
		each_of(&v->rounds[i].replaced_date, f, c);
		each_of(&v->rounds[i].until, f, c);
	}
	if (v->voting_day.on != NULL)
		f(c, v->voting_day.on);
	each_of(&v->repeat.date, f, c);
	each_of(&v->annulled_round.date, f, c);
	each_of(&v->annulled_all.date, f, c);
	each_of(&v->annulled_station.date, f, c);
	each_of(&v->inauguration, f, c);
	each_of(&v->after_repeat, f, c);
	for (i = 0; i < v->nentries; i++)
		each_of(&v->entries[i].date, f, c);
	for (i = 0; i < PHASE_COUNT; i++)
		each_of(&v->phases[i], f, c);
	for (i = 0; i < v->nbars; i++)
		if (v->bars[i].on != NULL)
			f(c, v->bars[i].on);
}

/* --- names ---------------------------------------------------------------- */

static unsigned
entry_of(const struct law_version *v, struct bytes id)
{
	unsigned i;

	for (i = 0; i < v->nentries && !bytes_eq(v->entries[i].id, id); i++)
		continue;
	return i;
}

/* Where it stands as a word of its own. */
static size_t
place_of(struct bytes text, struct bytes id)
{
	size_t at = bytes_find(text, id, 0), end;

	while (at != SIZE_MAX) {
		end = at + id.n;
		if ((at == 0 || text.p[at - 1] == ' ') &&
		    (end == text.n || text.p[end] == ' '))
			return at;
		at = bytes_find(text, id, at + 1);
	}
	return 0;
}

static void
check_name(void *ctx, struct bytes id)
{
	struct check *c = ctx;
	const struct law_use *use = c->r->uses;

	if (entry_of(c->v, id) < c->v->nentries)
		return;
	while (use != NULL && use->when != c->when)
		use = use->next;
	if (use != NULL)
		law_fault_inside(c->r, use->line, use->column, use->quoted,
		    when_text(c->when), place_of(when_text(c->when), id),
		    "neither an anchor nor the id of a date of the calendar");
}

static void
check_names(struct check *c, const struct when *w)
{
	c->when = w;
	when_names(w, check_name, c);
}

/* --- dates that wait for each other --------------------------------------- */

static void
wait_for_entry(void *ctx, struct bytes id)
{
	struct check *c = ctx;
	unsigned i = entry_of(c->v, id);

	if (i == c->v->nentries)
		return;
	c->waits = c->waits || !c->done[i];
	if (c->longest <= c->chain[i])
		c->longest = c->chain[i] + 1;
	c->all += c->steps[i] + 1;
}

static void
wait_for(struct check *c, const struct when *w)
{
	when_names(w, wait_for_entry, c);
	c->waits = c->waits ||
	    (when_needs(w, ANCHOR_VOTING_2) && !c->done[NODE_VOTING_2]) ||
	    (when_needs(w, ANCHOR_INAUGURATION) && !c->done[NODE_INAUGURATION]);
}

static bool
settle(struct check *c, unsigned node)
{
	c->waits = false;
	c->longest = c->all = 0;
	if (node == NODE_VOTING_2) {
		each_of(&c->v->rounds[1].date, wait_for, c);
	} else if (node == NODE_INAUGURATION) {
		each_of(&c->v->inauguration, wait_for, c);
		each_of(&c->v->after_repeat, wait_for, c);
	} else {
		each_of(&c->v->entries[node].date, wait_for, c);
	}
	c->done[node] = !c->waits;
	c->chain[node] = c->longest;
	/* More is as bad. */
	c->steps[node] = c->all < LAW_STEPS ? c->all : LAW_STEPS;
	return c->done[node];
}

/* Rules that name this date come to one more, and have room for many such. */
static void
check_length(struct check *c, unsigned entry)
{
	const struct law_entry *e = &c->v->entries[entry];

	if (c->chain[entry] >= LAW_CHAIN)
		law_fault_at(c->r, e->date.ground.line, 1, "\"%s\" is counted "
		    "from more than %d dates, one after the other",
		    law_quoted(c->r, e->id), LAW_CHAIN - 1);
	else if (c->steps[entry] > LAW_COUNTED)
		law_fault_at(c->r, e->date.ground.line, 1, "\"%s\" is counted "
		    "from more than %d dates in all",
		    law_quoted(c->r, e->id), LAW_COUNTED);
}

static void
check_circles(struct check *c)
{
	unsigned i;
	bool more = true;

	/* Each turn settles at least one, or it is the last. */
	while (more) {
		more = false;
		for (i = 0; i < NODES; i++)
			if ((i < c->v->nentries || i >= LAW_ENTRIES) &&
			    !c->done[i] && settle(c, i))
				more = true;
	}
	for (i = 0; i < c->v->nentries; i++)
		if (!c->done[i])
			law_fault_at(c->r, c->v->entries[i].date.ground.line,
			    1, "\"%s\" waits for a date that waits for it",
			    law_quoted(c->r, c->v->entries[i].id));
		else
			check_length(c, i);
	if (!c->done[NODE_VOTING_2])
		law_fault_at(c->r, c->v->rounds[1].date.ground.line, 1,
		    "the day of the second round waits for itself");
	if (!c->done[NODE_INAUGURATION])
		law_fault_at(c->r, c->v->inauguration.ground.line, 1,
		    "the day of inauguration waits for itself");
}

/* --- rounds --------------------------------------------------------------- */

/* Whether votes against all can keep all candidates from a majority. */
static bool
against_all_counts(const struct law_round *round)
{
	const struct condition *c;
	unsigned i;

	for (i = 0; i < round->nelected_if; i++) {
		c = &round->elected_if[i].all[0];
		if (round->elected_if[i].n == 1 && c->left == Q_VOTES &&
		    (c->right == Q_NEXT || c->right == Q_CANDIDATES))
			return false;
	}
	return true;
}

static void
check_round(struct check *c, unsigned i)
{
	const struct law_round *round = &c->v->rounds[i];
	bool next = i + 1 < LAW_ROUNDS && c->v->rounds[i + 1].ground.there;

	if (!round->ground.there)
		return;
	if (!next && (round->nobody == FAILING_NEXT_ROUND ||
	    round->nobody_of_two == FAILING_NEXT_ROUND ||
	    round->below_minimum == FAILING_NEXT_ROUND))
		law_fault_at(c->r, round->ground.line, 1, "round-%u leads to "
		    "a next round, which is not there", i + 1);
	if (!next && round->tie == TIE_ALL_ADVANCE)
		law_fault_at(c->r, round->ground.line, 1, "in round-%u all of "
		    "a tie advance to a round that is not there", i + 1);
	if (round->nobody == FAILING_UNSET && c->v->against_all.on_ballot &&
	    against_all_counts(round))
		law_fault_at(c->r, round->ground.line, 1, "in round-%u votes "
		    "against all can leave nobody elected: \"nobody\" is "
		    "missing", i + 1);
	if (i == 0 && round->tie == TIE_LED_BEFORE)
		law_fault_at(c->r, round->ground.line, 1, "there is no round "
		    "before round-1 in which one could have led");
	if (i > 0 && !c->v->rounds[i - 1].ground.there)
		law_fault_at(c->r, round->ground.line, 1, "round-%u without "
		    "round-%u", i + 1, i);
}

void
law_check(struct law_reader *r, const struct law_version *v,
    const struct yaml *y)
{
	struct check c = { .r = r, .v = v };
	unsigned i;

	if (!v->rounds[0].ground.there && yaml_get(y, "round-1") == NULL)
		law_fault(r, y, "\"round-1\" is missing: who is elected?");
	for (i = 0; i < LAW_ROUNDS; i++)
		check_round(&c, i);
	each_when(&c, check_names);
	check_circles(&c);
}
