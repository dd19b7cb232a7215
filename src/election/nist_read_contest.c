/*
 * Contests, their choices, and which of these is called what.
 */
#include "election/nist_inside.h"

#include "base/limits.h"

#define NAME_BYTES	(64 * KIB)
#define CONTESTS	100000u

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))

/* --- choices -------------------------------------------------------------- */

enum { SELECTION_ID, SELECTION_CANDIDATES, SELECTION_PARTIES,
    SELECTION_ANSWER, SELECTION_WRITE_IN, SELECTION_COUNTS };

struct selection {
	struct buf name;
	bool write_in;
	unsigned types;
};

/* Those who stand together are one choice. */
static void
joined(struct nist *r, struct selection *s, uint8_t is, const char *why)
{
	const struct nist_thing *t;

	while (nist_item(r, NIST_TEXT)) {
		t = r->pass == 1 ? NULL : nist_named(r, is, why);
		if (t == NULL)
			continue;
		if (s->name.n > 0)
			buf_text(&s->name, " / ");
		buf_add(&s->name, t->name);
	}
}

static void
selection_member(struct nist *r, int m, unsigned slot, struct selection *s)
{
	switch (m) {
	case SELECTION_ID:
		(void)nist_define(r, NIST_THING_OTHER);
		break;
	case SELECTION_CANDIDATES:
		joined(r, s, NIST_THING_CANDIDATE,
		    "a reference to a candidate that is not there");
		break;
	case SELECTION_PARTIES:
		joined(r, s, NIST_THING_PARTY,
		    "a reference to a party that is not there");
		break;
	case SELECTION_ANSWER:
		buf_add(&s->name, nist_worded(r, true));
		break;
	case SELECTION_WRITE_IN:
		s->write_in = nist_flag(r);
		break;
	default:
		while (nist_item(r, NIST_OBJECT))
			nist_vote(r, slot, &s->types);
	}
}

/* The line of a choice of the contest that is read. */
static void
choice(struct nist *r, const struct nist_object *o, unsigned slot,
    struct selection *s)
{
	struct form_line *line = &r->slots[slot].line;
	bool answer = o->type == 2 && r->chosen->type < 2;

	if (s->name.n == 0 && s->write_in)
		buf_text(&s->name, "Write-in");
	if (s->name.n == 0 || s->name.bad) {
		nist_fault(r, o->where, "a choice without a name",
		    bytes_at(NULL, 0));
		return;
	}
	if (answer && r->against_all)
		nist_fault(r, o->where, "a second choice that is no candidate",
		    buf_bytes(&s->name));
	r->against_all |= answer;
	r->write_ins |= s->write_in && r->slots[slot].used;
	r->slots[slot].write_in = s->write_in;
	line->key = line->header = arena_copy(&r->arena, buf_bytes(&s->name));
	line->candidate = true;
	line->against_all = answer || (r->profile != NULL &&
	    profile_against_all(r->profile, line->key));
}

static void
selection(struct nist *r, struct nist_contest *c, unsigned slot)
{
	static const struct nist_member members[] = {
		[SELECTION_ID] = { "@id", NIST_TEXT, NIST_ALWAYS },
		[SELECTION_CANDIDATES] = { "CandidateIds", NIST_LIST, 0 },
		[SELECTION_PARTIES] = { "PartyIds", NIST_LIST, 2 },
		[SELECTION_ANSWER] = { "Selection", NIST_OBJECT, 4 },
		[SELECTION_WRITE_IN] = { "IsWriteIn", NIST_FLAG, 0 },
		[SELECTION_COUNTS] = { "VoteCounts", NIST_LIST, 0 },
	};
	static const struct nist_kind kind = { { "CandidateSelection",
	    "PartySelection", "BallotMeasureSelection" }, members,
	    COUNT(members) };
	struct selection s = { .name = buf_with(NAME_BYTES) };
	struct nist_object o;
	int m;

	nist_object(r, &o, &kind);
	if (r->pass == 2 && slot - r->first >= c->selections) {
		nist_changed(r);
		return;
	}
	while ((m = nist_member(r, &o)) >= 0)
		selection_member(r, m, slot, &s);
	c->types |= s.types;
	if (r->pass == 2)
		choice(r, &o, slot, &s);
	buf_free(&s.name);
}

/* --- contests ------------------------------------------------------------- */

enum { CONTEST_ID, CONTEST_NAME, CONTEST_DISTRICT, CONTEST_ALLOWED,
    CONTEST_CANDIDATE, CONTEST_SELECTIONS, CONTEST_OTHERS };

static struct nist_contest *
new_contest(struct nist *r, unsigned election)
{
	struct nist_contest *c = arena_alloc(&r->arena, 1, sizeof(*c));

	if (c == NULL || r->ncontests == CONTESTS) {
		nist_no_room(r);
		return NULL;
	}
	c->number = r->ncontests++;
	c->election = election;
	if (r->last == NULL)
		r->contests = c;
	else
		r->last->next = c;
	r->last = c;
	return c;
}

static void
contest_member(struct nist *r, int m, struct nist_contest *c)
{
	unsigned i = 0;

	switch (m) {
	case CONTEST_ID:
		(void)nist_define(r, NIST_THING_OTHER);
		break;
	case CONTEST_NAME:
		c->name = r->pass == 1 ? nist_copy(r) : c->name;
		break;
	case CONTEST_DISTRICT:
		r->district = r->pass == 2 ? nist_unit_named(r) : NIST_NONE;
		break;
	case CONTEST_SELECTIONS:
		while (nist_item(r, NIST_OBJECT))
			selection(r, c, r->first + i++);
		c->selections = r->pass == 1 ? i : c->selections;
		break;
	case CONTEST_OTHERS:
		while (nist_item(r, NIST_OBJECT))
			nist_others(r);
		break;
	default:
		break;
	}
}

void
nist_contest(struct nist *r, unsigned election)
{
	static const struct nist_member members[] = {
		[CONTEST_ID] = { "@id", NIST_TEXT, NIST_ALWAYS },
		[CONTEST_NAME] = { "Name", NIST_TEXT, NIST_ALWAYS },
		[CONTEST_DISTRICT] = { "ElectionDistrictId", NIST_TEXT,
		    NIST_ALWAYS },
		[CONTEST_ALLOWED] = { "VotesAllowed", NIST_NUMBER, 1 },
		[CONTEST_CANDIDATE] = { "CandidateId", NIST_TEXT, 8 },
		[CONTEST_SELECTIONS] = { "ContestSelection", NIST_LIST, 0 },
		[CONTEST_OTHERS] = { "OtherCounts", NIST_LIST, 0 },
	};
	static const struct nist_kind kind = { { "CandidateContest",
	    "PartyContest", "BallotMeasureContest", "RetentionContest" },
	    members, COUNT(members) };
	struct nist_contest *c = r->chosen;
	struct nist_object o;
	int m;

	if (r->pass == 2 && r->contest++ != c->number) {
		nist_pass(r);
		return;
	}
	nist_object(r, &o, &kind);
	if (r->pass == 1)
		c = new_contest(r, election);
	if (c == NULL)
		return;
	while ((m = nist_member(r, &o)) >= 0)
		contest_member(r, m, c);
	c->where = o.where;
	c->type = o.type;
}
