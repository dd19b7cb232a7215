/*
 * Signatures: how many count, and what is missing.  Whether each is valid is
 * for the commission to say.
 */
#include "election/eligibility_inside.h"

const char *
eligibility_signing_name(enum signing state)
{
	static const char *const names[] = { "none-needed", "enough",
	    "missing", "too-many", "cannot-tell", "no-rule" };

	return names[state];
}

static const struct law_signatures *
rule_for(const struct law_version *v, struct bytes proposer)
{
	unsigned i;

	for (i = 0; i < v->nsignatures; i++)
		if (bytes_eq(v->signatures[i].proposer, proposer))
			return &v->signatures[i];
	return NULL;
}

static void
count_regions(struct eligibility_signatures *s, const struct candidate *c,
    struct arena *arena)
{
	uint64_t most = s->rule->per_region_at_most;
	struct eligibility_over *over;
	unsigned i;

	over = arena_alloc(arena, c->nregions + 1, sizeof(*over));
	for (i = 0; over != NULL && most > 0 && i < c->nregions; i++) {
		if (c->regions[i].signatures <= most)
			continue;
		over[s->nover].region = c->regions[i].name;
		over[s->nover].excess = c->regions[i].signatures - most;
		s->excess += over[s->nover++].excess;
	}
	s->over = over;
}

static bool
has_bounds(const struct law_signatures *rule)
{
	return rule->at_least > 0 || rule->at_most > 0;
}

static void
judge_signatures(struct eligibility_signatures *s, const struct candidate *c,
    struct arena *arena)
{
	const struct law_signatures *rule = s->rule;

	if (c->signed_ == CANDIDATE_UNKNOWN) {
		s->state = SIGNING_UNKNOWN;
		s->missing = bytes_of("signatures");
		return;
	}
	s->sum = c->signatures;
	count_regions(s, c, arena);
	s->counted = s->sum - s->excess;
	if (s->counted < rule->at_least)
		s->lacking = rule->at_least - s->counted;
	if (rule->at_most > 0 && s->sum > rule->at_most)
		s->too_many = s->sum - rule->at_most;
	if (s->lacking > 0) {
		s->state = SIGNING_MISSING;
	} else if (rule->per_region_at_most > 0 && c->nregions == 0 &&
	    s->sum > rule->per_region_at_most) {
		s->state = SIGNING_UNKNOWN;
		s->missing = bytes_of("signatures of each region");
	} else if (s->too_many > 0) {
		s->state = SIGNING_TOO_MANY;
	}
}

static void
judge_supporters(struct eligibility_signatures *s, const struct candidate *c)
{
	uint64_t least = s->rule->supporters_at_least;

	if (least == 0)
		return;
	if (c->supported == CANDIDATE_UNKNOWN) {
		if (s->state != SIGNING_MISSING)
			s->state = SIGNING_UNKNOWN;
		s->missing = bytes_of(s->missing.n > 0 ?
		    "signatures; supporters" : "supporters");
	} else if (c->supporters < least) {
		s->supporters_lacking = least - c->supporters;
		s->state = SIGNING_MISSING;
	}
}

struct eligibility_signatures
eligibility_signatures(const struct law_version *v, const struct candidate *c,
    struct arena *arena)
{
	struct eligibility_signatures s = { .state = SIGNING_NO_RULE };

	if (v->nsignatures == 0)
		return s;
	if (c->proposed != CANDIDATE_KNOWN) {
		s.state = SIGNING_UNKNOWN;
		s.missing = bytes_of("proposer");
		return s;
	}
	s.rule = rule_for(v, c->proposer);
	/* A party in parliament is a party, unless the law names it apart. */
	if (s.rule == NULL && bytes_is(c->proposer, "parliamentary-party"))
		s.rule = rule_for(v, bytes_of("party"));
	if (s.rule == NULL)
		return s;
	s.state = has_bounds(s.rule) ? SIGNING_ENOUGH : SIGNING_NONE_NEEDED;
	if (has_bounds(s.rule))
		judge_signatures(&s, c, arena);
	judge_supporters(&s, c);
	return s;
}
