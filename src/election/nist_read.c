/*
 * Reading NIST SP 1500-100 version 2, election results in JSON: which contest
 * is counted, what its lines are, and the protocols that come out.
 */
#include "election/nist_inside.h"

#include <string.h>

#include "base/limits.h"

#define ARENA_BYTES	(1 * GIB)
#define VALUES_BYTES	(1 * GIB)

static const struct bytes none = { NULL, 0 };

/* --- the profile ---------------------------------------------------------- */

/* The one that the report names, or the neutral one, or the first. */
static void
choose_profile(struct nist *r, const struct profile *const *profiles,
    unsigned n)
{
	unsigned i;

	for (i = 0; i < n; i++)
		if (bytes_is(profile_name(profiles[i]), "neutral"))
			r->profile = profiles[i];
	for (i = 0; i < n; i++)
		if (bytes_eq(profile_name(profiles[i]), r->wanted_profile))
			r->profile = profiles[i];
	if (r->profile == NULL && n > 0)
		r->profile = profiles[0];
}

/* --- the contest ---------------------------------------------------------- */

enum { CANDIDATES, ANY };	/* what is looked for */

static bool
suits(const struct nist *r, const struct nist_contest *c, unsigned what,
    bool counts)
{
	if (r->profile != NULL && profile_picks(r->profile) &&
	    !profile_wants(r->profile, c->name))
		return false;
	return (what == ANY || c->type == 0) &&
	    (!counts || nist_has_counts(c->types));
}

static unsigned
suited(struct nist *r, unsigned what, bool counts)
{
	struct nist_contest *c;
	unsigned n = 0;

	for (c = r->contests; c != NULL; c = c->next)
		if (suits(r, c, what, counts)) {
			r->chosen = c;
			n++;
		}
	return n;
}

/* Candidates before all else, and what has counts before what has none. */
static bool
choose_contest(struct nist *r)
{
	const struct nist_contest *c;
	unsigned i, n = 0;

	for (i = 0; i < 4 && n == 0; i++)
		n = suited(r, i % 2 == 0 ? CANDIDATES : ANY, i < 2);
	if (n == 1)
		return true;
	if (n == 0)
		nist_fault(r, (struct nist_where){ 0, 0 }, r->ncontests == 0 ?
		    "a report without a contest" :
		    "the profile picks none of the contests", none);
	i--;
	for (c = r->contests; n > 0 && c != NULL; c = c->next)
		if (suits(r, c, i % 2 == 0 ? CANDIDATES : ANY, i < 2))
			nist_fault(r, c->where, i < 2 ? "one of several "
			    "contests with counts; a profile can pick one" :
			    "one of several contests, all without counts",
			    c->name);
	return false;
}

/* --- lines ---------------------------------------------------------------- */

static int
slot_of(const struct nist *r, struct bytes key)
{
	unsigned i;

	for (i = 0; i < r->nslots; i++)
		if (bytes_eq(r->slots[i].line.key, key))
			return (int)i;
	return -1;
}

static int
add_slot(struct nist *r, struct bytes key, struct bytes header)
{
	struct nist_slot *s;

	if (r->nslots == FORM_LINES)
		return -1;
	s = &r->slots[r->nslots];
	*s = (struct nist_slot){ .line = { .key = key, .header = header } };
	return (int)r->nslots++;
}

/* What NIST itself has members for. */
static void
add_natives(struct nist *r)
{
	static const char *const keys[][2] = {
		[NIST_REGISTERED] = { "registered", "VotersRegistered" },
		[NIST_ISSUED] = { "issued", "VotersParticipated" },
		[NIST_BOXES] = { "boxes", "BallotsCast" },
		[NIST_INVALID] = { "invalid", "BallotsRejected" },
		[NIST_BLANK] = { "blank", "Undervotes" },
		[NIST_OVERVOTES] = { "overvotes", "Overvotes" },
		[NIST_OUTSTANDING] = { "outstanding", "BallotsOutstanding" },
	};
	unsigned i;

	r->nslots = 0;
	for (i = 0; i < NIST_WRITE_INS; i++)
		r->native[i] = add_slot(r, bytes_of(keys[i][0]),
		    bytes_of(keys[i][1]));
	/* Voters of a larger unit may be more than those of its parts. */
	r->slots[r->native[NIST_REGISTERED]].loose = true;
	r->slots[r->native[NIST_ISSUED]].loose = true;
}

/* The line that a type of ballots means: by its key, if the report lists its
   lines, else as if it were a header. */
static int
line_of(struct nist *r, struct bytes word, bool listed)
{
	struct bytes key = word;
	int slot;

	if (listed)
		return slot_of(r, word);
	if (r->profile == NULL ||
	    profile_column(r->profile, word, &key) != COLUMN_LINE)
		return -1;
	slot = slot_of(r, key);
	return slot < 0 ? add_slot(r, key, word) : slot;
}

static bool
add_lines(struct nist *r)
{
	bool listed = r->listed == r->chosen->election;
	uint32_t i;

	r->word_slots = arena_alloc(&r->arena, r->words.n + 1u,
	    sizeof(*r->word_slots));
	for (i = 0; i < NIST_NATIVES; i++)
		r->native[i] = -1;
	if (r->word_slots == NULL)
		return false;
	if (!listed)
		add_natives(r);
	for (i = 0; i < r->words.n; i++)
		r->word_slots[i] = (int16_t)line_of(r,
		    places_get(&r->words, i).name, listed);
	r->first = r->nslots;
	for (i = 0; i < r->chosen->selections; i++)
		if (add_slot(r, none, none) < 0)
			break;
	if (!listed && i == r->chosen->selections)
		r->native[NIST_WRITE_INS] = add_slot(r, bytes_of("Write-ins"),
		    bytes_of("WriteIns"));
	if (r->native[NIST_WRITE_INS] >= 0)
		r->slots[r->native[NIST_WRITE_INS]].line.candidate = true;
	return i == r->chosen->selections;
}

static bool
zeroes(struct buf *b, size_t n, size_t size)
{
	uint8_t *p;

	if (__builtin_mul_overflow(n, size, &size))
		return false;
	p = buf_room(b, size + 1);
	if (p == NULL)
		return false;
	memset(p, 0, size);
	b->n = size;
	return true;
}

/* Everything that the second pass fills. */
static bool
prepare(struct nist *r)
{
	unsigned votes = r->chosen->types;
	unsigned ballots = r->ballot_types[r->chosen->election];
	size_t cells = 0;

	if (!nist_adds_up(votes) || !nist_adds_up(ballots)) {
		nist_fault(r, r->chosen->where, "counts of parts that overlap "
		    "(absentee), and no totals", r->chosen->name);
		return false;
	}
	if (!add_lines(r)) {
		nist_fault(r, r->chosen->where, "too many candidates and "
		    "lines", r->chosen->name);
		return false;
	}
	if (__builtin_mul_overflow((size_t)r->nunits, r->nslots, &cells) ||
	    !zeroes(&r->values, cells, sizeof(uint32_t)) ||
	    ((votes & ballots & NIST_TOTAL_BIT) == 0 &&
	    !zeroes(&r->parts, cells, sizeof(uint16_t)))) {
		nist_fault(r, r->chosen->where, "the report is too large, or "
		    "there is no memory", none);
		return false;
	}
	return true;
}

/* --- the form ------------------------------------------------------------- */

/* Whether every protocol has a line; if the report lists it, it must. */
static bool
stands_everywhere(struct nist *r, unsigned slot)
{
	const struct nist_slot *s = &r->slots[slot];
	struct protocol p;
	const struct nist_unit *u;
	bool everywhere = true, some = s->used;
	uint32_t i;

	for (i = 0; i < r->nunits && some; i++) {
		u = nist_unit(r, i);
		if (nist_value(r, i, slot) != FORM_EMPTY ||
		    (u->marks & NIST_UNIT_COUNTED) == 0 ||
		    !nist_protocol(r, i, &p))
			continue;
		everywhere = false;
		if (s->listed)
			nist_fault(r, u->where, "a protocol lacks a line",
			    s->line.key);
	}
	return everywhere && some;
}

static bool
wanted(struct nist *r, unsigned slot)
{
	const struct nist_slot *s = &r->slots[slot];

	if ((int)slot == r->native[NIST_WRITE_INS])
		return s->used && !r->write_ins;
	if (s->line.candidate)
		return true;
	if (slot >= r->first)		/* a choice that was faulty */
		return false;
	return stands_everywhere(r, slot) || s->listed;
}

/* The line of a slot in the form. */
static void
bind(struct nist *r, unsigned slot, bool before)
{
	struct nist_slot *s = &r->slots[slot];
	struct form *form = r->sink->form;
	struct nist_where where = r->chosen->where;
	unsigned i;

	s->form = form_find(form, s->line.key);
	for (i = 0; i < slot; i++)
		if (r->slots[i].form >= 0 && r->slots[i].form == s->form)
			nist_fault(r, where, "two choices or lines of one name",
			    s->line.key);
	if (s->form >= 0 &&
	    form->lines[s->form].candidate != s->line.candidate)
		nist_fault(r, where, "a candidate has the name of a line",
		    s->line.key);
	if (s->form < 0 && s->line.candidate && before)
		nist_fault(r, where, "a candidate that the files before do "
		    "not have", s->line.key);
	if (s->form < 0)
		s->form = form_add(form, &s->line);
	if (s->form < 0)
		nist_fault(r, where, "too many lines in one protocol",
		    s->line.key);
}

static void
make_form(struct nist *r)
{
	const struct form *form = r->sink->form;
	bool before = false, here[FORM_LINES] = { false };
	unsigned i, n = form->n;

	for (i = 0; i < n; i++)
		before = before || form->lines[i].candidate;
	for (i = 0; i < r->nslots; i++)
		r->slots[i].form = -1;
	for (i = 0; i < r->nslots; i++) {
		if (!wanted(r, i))
			continue;
		bind(r, i, before);
		if (r->slots[i].form >= 0)
			here[r->slots[i].form] = true;
	}
	for (i = 0; i < n; i++)
		if (form->lines[i].candidate && !here[i])
			nist_fault(r, r->chosen->where, "a candidate of the "
			    "files before is missing", form->lines[i].key);
}

/* --- choices of which a unit says nothing --------------------------------- */

static int64_t
native(const struct nist *r, uint32_t unit, enum nist_native which)
{
	return r->native[which] < 0 ? FORM_EMPTY :
	    nist_value(r, unit, (unsigned)r->native[which]);
}

/* Whether all ballots of a unit are accounted for. */
static bool
adds_up(const struct nist *r, uint32_t unit)
{
	int64_t found = native(r, unit, NIST_BOXES), sum = 0, v;
	int64_t invalid = native(r, unit, NIST_INVALID);
	unsigned i;

	for (i = 0; i < r->nslots; i++) {
		v = nist_value(r, unit, i);
		if (v != FORM_EMPTY && (r->slots[i].line.candidate ?
		    (int)i != r->native[NIST_WRITE_INS] || !r->write_ins :
		    (int)i == r->native[NIST_BLANK] ||
		    (int)i == r->native[NIST_OVERVOTES]))
			sum += v;
	}
	return found != FORM_EMPTY && (sum == found ||
	    (invalid != FORM_EMPTY && sum + invalid == found));
}

/* Whether something tells that a choice has no votes in a unit: a count of a
   unit above, which is the sum of those below, or the ballots. */
static bool
told_none(const struct nist *r, uint32_t unit, unsigned slot)
{
	uint32_t above = nist_unit(r, unit)->parent;
	unsigned n = 0;

	while (above != NIST_NONE && n++ < NIST_DEPTH) {
		if (nist_value(r, above, slot) != FORM_EMPTY)
			return true;
		above = nist_unit(r, above)->parent;
	}
	return r->slots[slot].write_in || adds_up(r, unit);
}

static void
fault_choice(struct nist *r, const struct nist_unit *u, unsigned slot)
{
	struct buf b = buf_with(1024);

	buf_add(&b, bytes_part(u->name, 0, 60));
	buf_text(&b, ", ");
	buf_add(&b, bytes_part(r->slots[slot].line.key, 0, 60));
	nist_fault(r, u->where, "a count is missing, and nothing tells that "
	    "it is 0", buf_bytes(&b));
	buf_free(&b);
}

static void
check_choices(struct nist *r)
{
	const struct nist_slot *s;
	struct protocol p;
	uint32_t i;
	unsigned k;

	for (i = 0; i < r->nunits && !r->stopped; i++) {
		if ((nist_unit(r, i)->marks & NIST_UNIT_COUNTED) == 0 ||
		    !nist_protocol(r, i, &p))
			continue;
		for (k = r->first; k < r->nslots; k++) {
			s = &r->slots[k];
			if (s->line.candidate &&
			    (int)k != r->native[NIST_WRITE_INS] &&
			    nist_value(r, i, k) == FORM_EMPTY &&
			    !told_none(r, i, k))
				fault_choice(r, nist_unit(r, i), k);
		}
	}
}

/* --- protocols ------------------------------------------------------------ */

/* A choice of which a counted unit says nothing got no votes. */
static bool
pass_on(struct nist *r, uint32_t i, struct protocol *p)
{
	int64_t values[FORM_LINES], v;
	unsigned k, n = r->sink->form->n;

	for (k = 0; k < n; k++)
		values[k] = FORM_EMPTY;
	for (k = 0; k < r->nslots; k++) {
		if (r->slots[k].form < 0)
			continue;
		v = nist_value(r, i, k);
		values[r->slots[k].form] = v == FORM_EMPTY &&
		    r->slots[k].line.candidate ? 0 : v;
	}
	p->values = values;
	p->nvalues = (nist_unit(r, i)->marks & NIST_UNIT_COUNTED) != 0 ? n : 0;
	return r->sink->protocol(r->sink->ctx, p);
}

static uint64_t
protocols(struct nist *r)
{
	struct protocol p = { .nvalues = 0 };
	uint64_t n = 0;
	uint32_t i;

	for (i = 0; i < r->nunits && !r->stopped; i++) {
		if (!nist_protocol(r, i, &p))
			continue;
		n++;
		r->stopped = !pass_on(r, i, &p);
	}
	if (n == 0)
		nist_fault(r, r->chosen->where, "a contest without protocols",
		    r->chosen->name);
	return n;
}

/* --- the whole ------------------------------------------------------------ */

static uint64_t
run(struct nist *r, const struct profile *const *profiles, unsigned n)
{
	r->pass = 1;
	nist_report(r);
	if (r->stopped)
		return 0;
	choose_profile(r, profiles, n);
	if (!choose_contest(r) || !prepare(r))
		return 0;
	r->pass = 2;
	nist_report(r);
	if (!r->stopped)
		nist_settle(r);
	if (!r->stopped && r->faults == 0)
		check_choices(r);
	if (r->stopped || r->faults > 0)
		return 0;
	make_form(r);
	return r->faults > 0 ? 0 : protocols(r);
}

void
nist_read(const struct results_file *file,
    const struct profile *const *profiles, unsigned nprofiles,
    const struct form_sink *sink, struct arena *arena,
    struct results_read *out)
{
	struct arena own = arena_with(ARENA_BYTES);
	struct nist *r = arena_alloc(&own, 1, sizeof(*r));

	out->format = bytes_of("nist");
	if (r == NULL) {
		sink->fault(sink->ctx, file->number, 0, 0, "no memory");
		return;
	}
	r->sink = sink;
	r->texts = arena;
	r->number = file->number;
	r->arena = own;
	r->file.input = &file->input;
	r->ids = places_with(&r->arena, NIST_PAGE * NIST_PAGES);
	r->words = places_with(&r->arena, NIST_PAGE);
	r->edges = buf_with(VALUES_BYTES);
	r->values = buf_with(VALUES_BYTES);
	r->parts = buf_with(VALUES_BYTES);
	r->listed = NIST_NONE;
	r->district = NIST_NONE;
	out->rows = run(r, profiles, nprofiles);
	out->profile = r->profile;
	nist_close(r);
	places_free(&r->ids);
	places_free(&r->words);
	buf_free(&r->edges);
	buf_free(&r->values);
	buf_free(&r->parts);
	own = r->arena;
	arena_free(&own);
}
