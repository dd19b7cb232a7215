#include "election/standing.h"

static void
contenders(const struct tally *t, struct contender *c, struct standing *s)
{
	const uint64_t *sums = t->nodes[0].sums;
	unsigned i, n = 0;

	s->against_all = FIGURE_UNKNOWN;
	for (i = 0; i < t->nlines; i++) {
		if (t->lines[i].against_all) {
			s->against_all = (int64_t)sums[i] +
			    (s->against_all > 0 ? s->against_all : 0);
		} else if (t->lines[i].candidate) {
			c[n].name = t->lines[i].key;
			c[n].votes = (int64_t)sums[i];
			c[n].born = DATE_UNSET;
			c[n++].votes_before = FIGURE_UNKNOWN;
		}
	}
	s->contenders = c;
	s->ncontenders = n;
	s->all_listed = true;
}

/* Protocols that contradict themselves were counted: the valid ballots are then
   known only if the votes agree with them. */
static void
doubt(struct standing *s)
{
	int64_t votes = s->against_all > 0 ? s->against_all : 0;
	unsigned i;

	for (i = 0; i < s->ncontenders; i++)
		votes += s->contenders[i].votes;
	if (s->valid == FIGURE_UNKNOWN || votes == s->valid)
		return;
	s->valid = s->invalid = FIGURE_UNKNOWN;
	if (s->found != FIGURE_UNKNOWN && votes > s->found)
		s->found = FIGURE_UNKNOWN;
	s->all_listed = false;
}

static void
annulled(const struct tally *t, struct outcome_question *q)
{
	unsigned i;

	q->annulled_stations = t->nodes[0].annulled;
	q->annulled_registered = FIGURE_UNKNOWN;
	if (t->nannulled != q->annulled_stations ||
	    t->figures[FIGURE_REGISTERED] == NULL)
		return;
	q->annulled_registered = 0;
	for (i = 0; i < t->nannulled; i++)
		q->annulled_registered += (int64_t)t->annulled[i].registered;
}

bool
standing_of(const struct tally *t, bool broken, struct arena *arena,
    struct outcome_question *q)
{
	const struct tally_node *country = &t->nodes[0];
	struct standing *s = &q->standing;
	struct contender *c = arena_alloc(arena, t->nlines + 1, sizeof(*c));

	if (c == NULL)
		return false;
	s->registered = tally_figure(t, country, FIGURE_REGISTERED);
	s->participants = tally_figure(t, country, FIGURE_ISSUED);
	s->found = tally_figure(t, country, FIGURE_FOUND);
	s->valid = tally_figure(t, country, FIGURE_VALID);
	s->invalid = tally_figure(t, country, FIGURE_INVALID);
	s->blank = tally_figure(t, country, FIGURE_BLANK);
	contenders(t, c, s);
	s->missing = country->missing + country->broken;
	s->missing_registered = country->missing_registered;
	if (broken)
		doubt(s);
	annulled(t, q);
	return true;
}

bool
standing_checked(const struct tally *t)
{
	static const enum figure asked[] = { FIGURE_VALID, FIGURE_FOUND };
	unsigned i, k;

	for (i = 0; i < sizeof(asked) / sizeof(asked[0]); i++)
		for (k = 0; t->figures[asked[i]] != NULL && k < t->nlines; k++)
			if (t->figures[asked[i]][k] != 0 &&
			    !t->lines[k].candidate &&
			    !bytes_is(t->lines[k].key, "invalid"))
				return true;
	return false;
}
