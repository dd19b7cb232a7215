/*
 * One pass over a report: what is there, and what it is called.
 */
#include "election/nist_inside.h"

#include <assert.h>

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))

/* --- things that have an @id ---------------------------------------------- */

static struct nist_thing *
thing(struct nist *r, uint32_t id)
{
	struct nist_thing **page;

	if (id >= NIST_PAGE * NIST_PAGES)
		return NULL;
	page = &r->things[id / NIST_PAGE];
	if (*page == NULL)
		*page = arena_alloc(&r->arena, NIST_PAGE, sizeof(**page));
	return *page == NULL ? NULL : &(*page)[id % NIST_PAGE];
}

struct nist_unit *
nist_unit(const struct nist *r, uint32_t i)
{
	assert(i < r->nunits);
	return &r->units[i / NIST_PAGE][i % NIST_PAGE];
}

void
nist_no_room(struct nist *r)
{
	nist_fault_here(r, "the report is too large, or there is no memory",
	    bytes_at(NULL, 0));
	r->stopped = true;
}

/* Between the passes. */
void
nist_changed(struct nist *r)
{
	nist_fault_here(r, "the file was changed while it was read",
	    bytes_at(NULL, 0));
	r->stopped = true;
}

struct nist_thing *
nist_define(struct nist *r, uint8_t is)
{
	struct bytes id = nist_text(r);
	uint32_t n;
	struct nist_thing *t;

	if (r->pass == 2)
		return NULL;
	n = places_number(&r->ids, PLACES_NONE, id, true);
	t = n == PLACES_NONE ? NULL : thing(r, n);
	if (t == NULL) {
		nist_no_room(r);
		return NULL;
	}
	if (t->is != NIST_THING_NONE) {
		nist_fault_here(r, "an @id that stands twice", id);
		return NULL;
	}
	t->is = is;
	return t;
}

/* The number of an @id.  Counts mostly come in the order of the units, so that
   the one after the last is tried first. */
static uint32_t
number_of(struct nist *r, struct bytes id)
{
	uint32_t n = r->next;

	if (n >= r->ids.n || !bytes_eq(places_get(&r->ids, n).name, id))
		n = places_number(&r->ids, PLACES_NONE, id, false);
	r->next = n == PLACES_NONE ? 0 : n + 1;
	return n;
}

const struct nist_thing *
nist_named(struct nist *r, uint8_t is, const char *why)
{
	struct bytes id = nist_text(r);
	uint32_t n = number_of(r, id);
	const struct nist_thing *t = n == PLACES_NONE ? NULL : thing(r, n);

	if (t != NULL && t->is == is)
		return t;
	nist_fault_here(r, why, id);
	return NULL;
}

uint32_t
nist_unit_named(struct nist *r)
{
	const struct nist_thing *t = nist_named(r, NIST_THING_UNIT,
	    "a reference to a unit that is not there");

	return t == NULL ? NIST_NONE : t->unit;
}

/* --- texts ---------------------------------------------------------------- */

struct bytes
nist_copy(struct nist *r)
{
	struct bytes made = arena_copy(&r->arena, nist_text(r));

	if (r->arena.bad)
		nist_no_room(r);
	return made;
}

/* A text in one language. */
static void
wording(struct nist *r, struct bytes *out)
{
	static const struct nist_member members[] = {
		{ "Content", NIST_TEXT, NIST_ALWAYS },
		{ "Language", NIST_TEXT, NIST_ALWAYS },
	};
	static const struct nist_kind kind = { { "LanguageString" }, members,
	    COUNT(members) };
	struct nist_object o;
	int m;

	nist_object(r, &o, &kind);
	while ((m = nist_member(r, &o)) >= 0)
		if (m == 0 && out->n == 0)
			*out = nist_copy(r);
}

struct bytes
nist_worded(struct nist *r, bool again)
{
	static const struct nist_member members[] = {
		{ "Text", NIST_LIST, NIST_ALWAYS },
	};
	static const struct nist_kind kind = { { "InternationalizedText" },
	    members, COUNT(members) };
	struct bytes out = { NULL, 0 };
	struct nist_object o;

	if (r->pass == 2 && !again) {
		nist_pass(r);
		return out;
	}
	nist_object(r, &o, &kind);
	while (nist_member(r, &o) >= 0)
		while (nist_item(r, NIST_OBJECT))
			wording(r, &out);
	return out;
}

struct external {
	struct bytes type, value, label;
};

static struct external
external(struct nist *r)
{
	static const struct nist_member members[] = {
		{ "Type", NIST_TEXT, NIST_ALWAYS },
		{ "Value", NIST_TEXT, NIST_ALWAYS },
		{ "OtherType", NIST_TEXT, 0 }, { "Label", NIST_TEXT, 0 },
	};
	static const struct nist_kind kind = { { "ExternalIdentifier" },
	    members, COUNT(members) };
	struct external e = { .type = { NULL, 0 } };
	struct nist_object o;
	int m;

	nist_object(r, &o, &kind);
	while ((m = nist_member(r, &o)) >= 0) {
		if (m == 1)
			e.value = nist_copy(r);
		else if (m == 2)
			e.type = nist_copy(r);
		else if (m == 3)
			e.label = nist_copy(r);
	}
	return e;
}

/* --- units ---------------------------------------------------------------- */

enum { UNIT_ID, UNIT_TYPE, UNIT_NAME, UNIT_NUMBER, UNIT_REGISTERED,
    UNIT_ISSUED, UNIT_PARTS, UNIT_EXTERNAL };

/* Electoral districts, and the like, lie across the others; of those a unit
   belongs to the nearest. */
static uint8_t
rank(struct bytes type)
{
	static const char *const across[] = { "congressional", "state-house",
	    "state-senate", "judicial", "school", "special", "utility",
	    "water", "city-council", "county-council", "ballot-style-area" };
	unsigned i;

	for (i = 0; i < COUNT(across); i++)
		if (bytes_is(type, across[i]))
			return 0;
	return bytes_is(type, "country") ? 1 : bytes_is(type, "state") ? 2 : 3;
}

/* What other units do not lie within. */
static bool
is_small(struct bytes type)
{
	static const char *const small[] = { "precinct", "split-precinct",
	    "combined-precinct", "polling-place", "vote-center", "ward",
	    "ballot-batch", "drop-box" };
	unsigned i = 0;

	while (i < COUNT(small) && !bytes_is(type, small[i]))
		i++;
	return i < COUNT(small);
}

static void
unit_type(struct nist *r, struct nist_unit *u)
{
	struct bytes type = nist_text(r);

	u->rank = rank(type);
	u->small = is_small(type);
	if (bytes_is(type, "country"))
		u->marks |= NIST_UNIT_COUNTRY;
	if (bytes_is(type, "precinct") || bytes_is(type, "split-precinct") ||
	    bytes_is(type, "combined-precinct"))
		u->marks |= NIST_UNIT_PRECINCT;
}

static struct nist_unit *
new_unit(struct nist *r)
{
	struct nist_unit *u, **page;

	if (r->nunits == NIST_PAGE * NIST_PAGES) {
		nist_no_room(r);
		return NULL;
	}
	page = &r->units[r->nunits / NIST_PAGE];
	if (*page == NULL)
		*page = arena_alloc(&r->arena, NIST_PAGE, sizeof(**page));
	if (*page == NULL) {
		nist_no_room(r);
		return NULL;
	}
	u = &(*page)[r->nunits++ % NIST_PAGE];
	u->parent = u->parts = NIST_NONE;
	return u;
}

static void
unit_external(struct nist *r, struct nist_unit *u)
{
	struct external e;

	while (nist_item(r, NIST_OBJECT)) {
		if (r->pass == 2) {
			nist_pass(r);
			continue;
		}
		e = external(r);
		if (bytes_is(e.type, "ostrakon-district"))
			u->district = e.value;
	}
}

static void
unit_parts(struct nist *r, uint32_t i)
{
	uint32_t part;

	while (nist_item(r, NIST_TEXT)) {
		part = r->pass == 1 ? NIST_NONE : nist_unit_named(r);
		if (part != NIST_NONE)
			nist_part(r, i, part);
	}
}

static void
unit_number(struct nist *r, uint32_t i, enum nist_native native)
{
	int64_t n;

	r->at = nist_here(r);
	if (r->pass == 2 && r->native[native] >= 0 && nist_count(r, &n))
		nist_put(r, i, (unsigned)r->native[native], NIST_TOTAL, n);
}

static void
unit_member(struct nist *r, int m, uint32_t i, struct bytes *name)
{
	struct nist_unit *u = nist_unit(r, i);
	struct nist_thing *t;

	switch (m) {
	case UNIT_ID:
		t = nist_define(r, NIST_THING_UNIT);
		if (t != NULL)
			t->unit = i;
		if (r->pass == 1 && name->n == 0)
			*name = nist_copy(r);
		break;
	case UNIT_TYPE:
		unit_type(r, u);
		break;
	case UNIT_NAME:
		u->name = r->pass == 1 ? nist_worded(r, false) : u->name;
		if (r->pass == 2)
			nist_pass(r);
		else if (u->name.p == NULL)
			u->name.p = (const uint8_t *)"";
		break;
	case UNIT_NUMBER:
		if (r->pass == 1)
			*name = nist_copy(r);
		break;
	case UNIT_REGISTERED:
		unit_number(r, i, NIST_REGISTERED);
		break;
	case UNIT_ISSUED:
		unit_number(r, i, NIST_ISSUED);
		break;
	case UNIT_PARTS:
		unit_parts(r, i);
		break;
	default:
		unit_external(r, u);
	}
}

/* A unit without a name goes by its number, or else by its @id. */
static void
unit(struct nist *r)
{
	static const struct nist_member members[] = {
		[UNIT_ID] = { "@id", NIST_TEXT, NIST_ALWAYS },
		[UNIT_TYPE] = { "Type", NIST_TEXT, 1 },
		[UNIT_NAME] = { "Name", NIST_OBJECT, 0 },
		[UNIT_NUMBER] = { "Number", NIST_TEXT, 0 },
		[UNIT_REGISTERED] = { "VotersRegistered", NIST_NUMBER, 0 },
		[UNIT_ISSUED] = { "VotersParticipated", NIST_NUMBER, 0 },
		[UNIT_PARTS] = { "ComposingGpUnitIds", NIST_LIST, 0 },
		[UNIT_EXTERNAL] = { "ExternalIdentifier", NIST_LIST, 0 },
	};
	static const struct nist_kind kind = { { "ReportingUnit",
	    "ReportingDevice" }, members, COUNT(members) };
	struct bytes name = { NULL, 0 };
	struct nist_object o;
	uint32_t i = r->pass == 1 ? r->nunits : r->unit++;
	int m;

	nist_object(r, &o, &kind);
	if (r->pass == 1 && new_unit(r) == NULL)
		return;
	if (i >= r->nunits) {
		nist_changed(r);
		return;
	}
	nist_unit(r, i)->where = o.where;
	while ((m = nist_member(r, &o)) >= 0)
		unit_member(r, m, i, &name);
	if (r->pass == 1 && nist_unit(r, i)->name.p == NULL)
		nist_unit(r, i)->name = name;
}

/* --- parties and candidates ----------------------------------------------- */

static void
name_thing(struct nist *r, const struct nist_kind *kind, uint8_t is)
{
	struct bytes name = { NULL, 0 };
	struct nist_thing *t = NULL;
	struct nist_object o;
	int m;

	nist_object(r, &o, kind);
	while ((m = nist_member(r, &o)) >= 0) {
		if (m == 0)
			t = nist_define(r, is);
		else
			name = nist_worded(r, false);
	}
	if (t != NULL)
		t->name = name;
}

static void
party(struct nist *r)
{
	static const struct nist_member members[] = {
		{ "@id", NIST_TEXT, NIST_ALWAYS },
		{ "Name", NIST_OBJECT, NIST_ALWAYS },
	};
	static const struct nist_kind kind = { { "Party", "Coalition" },
	    members, COUNT(members) };

	name_thing(r, &kind, NIST_THING_PARTY);
}

static void
candidate(struct nist *r)
{
	static const struct nist_member members[] = {
		{ "@id", NIST_TEXT, NIST_ALWAYS },
		{ "BallotName", NIST_OBJECT, NIST_ALWAYS },
	};
	static const struct nist_kind kind = { { "Candidate" }, members,
	    COUNT(members) };

	name_thing(r, &kind, NIST_THING_CANDIDATE);
}

/* --- elections and the report --------------------------------------------- */

enum { ELECTION_SCOPE, ELECTION_NAME, ELECTION_START, ELECTION_END,
    ELECTION_TYPE, ELECTION_CANDIDATES, ELECTION_BALLOTS, ELECTION_CONTESTS,
    ELECTION_EXTERNAL };

/* A line that the report says its protocols have. */
static void
list_line(struct nist *r, const struct external *e, unsigned election)
{
	struct nist_slot *s;

	if (r->listed != NIST_NONE && r->listed != election)
		return;
	if (e->value.n == 0 || r->nslots == FORM_LINES) {
		nist_fault_here(r, "too many lines, or one without a key",
		    bytes_at(NULL, 0));
		return;
	}
	r->listed = election;
	s = &r->slots[r->nslots++];
	s->line.key = e->value;
	s->line.header = e->label.n > 0 ? e->label : e->value;
	s->listed = true;
}

static void
election_external(struct nist *r, unsigned election)
{
	struct external e;

	while (nist_item(r, NIST_OBJECT)) {
		if (r->pass == 2) {
			nist_pass(r);
			continue;
		}
		e = external(r);
		if (bytes_is(e.type, "ostrakon-line"))
			list_line(r, &e, election);
		else if (bytes_is(e.type, "ostrakon-profile"))
			r->wanted_profile = e.value;
	}
}

static void
election_member(struct nist *r, int m, unsigned election)
{
	switch (m) {
	case ELECTION_NAME:
		nist_pass(r);
		break;
	case ELECTION_CANDIDATES:
		while (nist_item(r, NIST_OBJECT))
			candidate(r);
		break;
	case ELECTION_BALLOTS:
		while (nist_item(r, NIST_OBJECT))
			nist_ballots(r, election);
		break;
	case ELECTION_CONTESTS:
		while (nist_item(r, NIST_OBJECT))
			nist_contest(r, election);
		break;
	case ELECTION_EXTERNAL:
		election_external(r, election);
		break;
	default:
		break;
	}
}

static void
election(struct nist *r)
{
	static const struct nist_member members[] = {
		[ELECTION_SCOPE] = { "ElectionScopeId", NIST_TEXT,
		    NIST_ALWAYS },
		[ELECTION_NAME] = { "Name", NIST_OBJECT, NIST_ALWAYS },
		[ELECTION_START] = { "StartDate", NIST_TEXT, NIST_ALWAYS },
		[ELECTION_END] = { "EndDate", NIST_TEXT, NIST_ALWAYS },
		[ELECTION_TYPE] = { "Type", NIST_TEXT, NIST_ALWAYS },
		[ELECTION_CANDIDATES] = { "Candidate", NIST_LIST, 0 },
		[ELECTION_BALLOTS] = { "BallotCounts", NIST_LIST, 0 },
		[ELECTION_CONTESTS] = { "Contest", NIST_LIST, 0 },
		[ELECTION_EXTERNAL] = { "ExternalIdentifier", NIST_LIST, 0 },
	};
	static const struct nist_kind kind = { { "Election" }, members,
	    COUNT(members) };
	unsigned number = r->nelections++;
	struct nist_object o;
	int m;

	nist_object(r, &o, &kind);
	if (number == NIST_ELECTIONS) {
		nist_no_room(r);
		return;
	}
	while ((m = nist_member(r, &o)) >= 0)
		election_member(r, m, number);
}

enum { REPORT_UNITS = 8, REPORT_PARTIES, REPORT_ELECTIONS };

static void
report_member(struct nist *r, int m)
{
	if (m < REPORT_UNITS)
		return;
	while (nist_item(r, NIST_OBJECT)) {
		if (m == REPORT_UNITS)
			unit(r);
		else if (m == REPORT_PARTIES)
			party(r);
		else
			election(r);
	}
}

static void
whole(struct nist *r)
{
	static const struct nist_member members[] = {
		{ "Format", NIST_TEXT, NIST_ALWAYS },
		{ "GeneratedDate", NIST_TEXT, NIST_ALWAYS },
		{ "Issuer", NIST_TEXT, NIST_ALWAYS },
		{ "IssuerAbbreviation", NIST_TEXT, NIST_ALWAYS },
		{ "SequenceStart", NIST_NUMBER, NIST_ALWAYS },
		{ "SequenceEnd", NIST_NUMBER, NIST_ALWAYS },
		{ "Status", NIST_TEXT, NIST_ALWAYS },
		{ "VendorApplicationId", NIST_TEXT, NIST_ALWAYS },
		[REPORT_UNITS] = { "GpUnit", NIST_LIST, 0 },
		[REPORT_PARTIES] = { "Party", NIST_LIST, 0 },
		[REPORT_ELECTIONS] = { "Election", NIST_LIST, 0 },
	};
	static const struct nist_kind kind = { { "ElectionReport" }, members,
	    COUNT(members) };
	struct nist_object o;
	int m;

	if (nist_next(r) != JSON_OBJECT)
		return;
	nist_object(r, &o, &kind);
	while ((m = nist_member(r, &o)) >= 0)
		report_member(r, m);
	(void)nist_next(r);
}

void
nist_report(struct nist *r)
{
	const struct json *j = &r->file.json;
	const char *why;

	r->nelections = 0;
	if (!nist_open(r)) {
		nist_no_room(r);
		return;
	}
	whole(r);
	why = j->fault;
	if (why == NULL || r->stopped)
		return;
	if (!r->file.ended && bytes_ends(bytes_of(why), "cut short"))
		why = "a text, or blanks, of more than 256 KiB";
	else if (r->file.base + j->cur.in.n < r->file.input->size)
		why = r->file.ended ? "the file could not be read to its end" :
		    why;
	nist_fault_here(r, why, bytes_at(NULL, 0));
	r->stopped = true;
}
