/*
 * Counts of votes and of ballots.
 *
 * A count is a total, or one of a part of the ballots (by mail, early, ...).
 * Where there are totals they alone are taken; where there are none, the parts
 * are added up.  What was counted by which device is passed over.
 */
#include "election/nist_inside.h"

#include <string.h>

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))

/* In this order, totals first. */
static const char *const types[] = { "total", "other", "absentee",
    "absentee-fwab", "absentee-in-person", "absentee-mail", "early",
    "election-day", "provisional", "seats", "uocava", "write-in" };

#define ABSENTEE	(1u << 2)
#define ABSENTEE_WAYS	(7u << 3)
#define SEATS		(1u << 9)	/* of a parliament: no votes */

bool
nist_has_counts(unsigned seen)
{
	return (seen & ~SEATS) != 0;
}

bool
nist_adds_up(unsigned seen)
{
	return (seen & NIST_TOTAL_BIT) != 0 || (seen & ABSENTEE) == 0 ||
	    (seen & ABSENTEE_WAYS) == 0;
}

/* --- numbers of units ----------------------------------------------------- */

static size_t
cell(const struct nist *r, uint32_t unit, unsigned slot)
{
	return (size_t)unit * r->nslots + slot;
}

int64_t
nist_value(const struct nist *r, uint32_t unit, unsigned slot)
{
	uint32_t v;

	memcpy(&v, &r->values.p[cell(r, unit, slot) * sizeof(v)], sizeof(v));
	return (int64_t)v - 1;
}

/* Whether this type was not added before. */
static bool
is_new(struct nist *r, size_t at, unsigned type)
{
	uint16_t seen;
	bool new;

	if (type == NIST_TOTAL || r->parts.n == 0)
		return true;
	memcpy(&seen, &r->parts.p[at * sizeof(seen)], sizeof(seen));
	new = ((unsigned)seen >> type & 1u) == 0;
	seen = (uint16_t)(seen | 1u << type);
	memcpy(&r->parts.p[at * sizeof(seen)], &seen, sizeof(seen));
	return new;
}

void
nist_put(struct nist *r, uint32_t unit, unsigned slot, unsigned type,
    int64_t n)
{
	int64_t before = nist_value(r, unit, slot);
	size_t at = cell(r, unit, slot);
	uint32_t v;

	r->slots[slot].used = true;
	if ((type == NIST_TOTAL && before != FORM_EMPTY) ||
	    !is_new(r, at, type)) {
		nist_fault(r, r->at, "a count that stands twice",
		    nist_unit(r, unit)->name);
		return;
	}
	if (before > 0)
		n += before;
	if (n > FORM_MOST) {
		nist_fault(r, r->at, "counts that are absurdly large together",
		    nist_unit(r, unit)->name);
		return;
	}
	v = (uint32_t)n + 1;
	memcpy(&r->values.p[at * sizeof(v)], &v, sizeof(v));
}

/* --- what counts have in common ------------------------------------------- */

/* The type that was just read. */
static unsigned
type_of(struct nist *r)
{
	unsigned i;

	for (i = 0; i < COUNT(types); i++)
		if (bytes_is(nist_text(r), types[i]))
			return i;
	if (r->pass == 1)
		nist_fault_here(r, "no such type of a count", nist_text(r));
	return 1;
}

struct counted {
	uint32_t unit;
	unsigned type;
	bool device;		/* of one device, or kind of device, alone */
	int64_t n, outstanding, rejected;	/* or FORM_EMPTY */
	uint32_t word;		/* of another type; or PLACES_NONE */
};

enum { COUNT_UNIT, COUNT_TYPE, COUNT_DEVICE, COUNT_ROUND, COUNT_PRIVATE,
    COUNT_N, COUNT_OUTSTANDING, COUNT_REJECTED, COUNT_WORD };

static void
take(struct nist *r, int64_t *n)
{
	if (r->pass == 2)
		(void)nist_count(r, n);
}

static void
refuse_round(struct nist *r)
{
	if (r->pass == 1 && !bytes_is(nist_text(r), "1"))
		nist_fault_here(r, "rounds of a ranked-choice count cannot be "
		    "read", nist_text(r));
}

static void
refuse_private(struct nist *r)
{
	if (r->pass == 1 && nist_flag(r))
		nist_fault_here(r, "a count that is kept back for privacy",
		    bytes_at(NULL, 0));
}

static void
member(struct nist *r, int m, struct counted *c)
{
	switch (m) {
	case COUNT_UNIT:
		c->unit = r->pass == 1 ? NIST_NONE : nist_unit_named(r);
		break;
	case COUNT_TYPE:
		c->type = type_of(r);
		break;
	case COUNT_DEVICE:
		c->device = true;
		nist_pass(r);
		break;
	case COUNT_ROUND:
		refuse_round(r);
		break;
	case COUNT_PRIVATE:
		refuse_private(r);
		break;
	case COUNT_N:
		take(r, &c->n);
		break;
	case COUNT_OUTSTANDING:
		take(r, &c->outstanding);
		break;
	case COUNT_REJECTED:
		take(r, &c->rejected);
		break;
	default:
		c->word = places_number(&r->words, PLACES_NONE, nist_text(r),
		    r->pass == 1);
		if (r->words.bad && !r->stopped) {
			nist_fault_here(r, "too many types of counts",
			    nist_text(r));
			r->stopped = true;
		}
	}
}

static struct counted
count(struct nist *r, const struct nist_kind *kind)
{
	struct counted c = { .unit = NIST_NONE, .n = FORM_EMPTY,
	    .outstanding = FORM_EMPTY, .rejected = FORM_EMPTY,
	    .word = PLACES_NONE };
	struct nist_object o;
	int m;

	nist_object(r, &o, kind);
	while ((m = nist_member(r, &o)) >= 0)
		member(r, m, &c);
	r->at = o.where;
	return c;
}

/* --- votes ---------------------------------------------------------------- */

void
nist_vote(struct nist *r, unsigned slot, unsigned *seen)
{
	static const struct nist_member members[] = {
		[COUNT_UNIT] = { "GpUnitId", NIST_TEXT, NIST_ALWAYS },
		[COUNT_TYPE] = { "Type", NIST_TEXT, NIST_ALWAYS },
		[COUNT_DEVICE] = { "DeviceClass", NIST_OBJECT, 0 },
		[COUNT_ROUND] = { "Round", NIST_NUMBER, 0 },
		[COUNT_PRIVATE] = { "IsSuppressedForPrivacy", NIST_FLAG, 0 },
		[COUNT_N] = { "Count", NIST_NUMBER, NIST_ALWAYS },
	};
	static const struct nist_kind kind = { { "VoteCounts" }, members,
	    COUNT(members) };
	struct counted c = count(r, &kind);
	struct nist_unit *u;

	if (!c.device)
		*seen |= 1u << c.type;
	if (r->pass == 1 || c.device || c.unit == NIST_NONE ||
	    c.n == FORM_EMPTY || (1u << c.type & SEATS) != 0)
		return;
	u = nist_unit(r, c.unit);
	if (c.type != NIST_TOTAL && (r->chosen->types & NIST_TOTAL_BIT) != 0) {
		u->marks |= NIST_UNIT_PARTLY;
		return;
	}
	u->marks |= NIST_UNIT_COUNTED;
	nist_put(r, c.unit, slot, c.type, c.n);
}

/* --- ballots -------------------------------------------------------------- */

static void
put_native(struct nist *r, const struct counted *c, enum nist_native native,
    int64_t n)
{
	if (n != FORM_EMPTY && r->native[native] >= 0)
		nist_put(r, c->unit, (unsigned)r->native[native], c->type, n);
}

void
nist_ballots(struct nist *r, unsigned election)
{
	static const struct nist_member members[] = {
		[COUNT_UNIT] = { "GpUnitId", NIST_TEXT, NIST_ALWAYS },
		[COUNT_TYPE] = { "Type", NIST_TEXT, NIST_ALWAYS },
		[COUNT_DEVICE] = { "DeviceClass", NIST_OBJECT, 0 },
		[COUNT_ROUND] = { "Round", NIST_NUMBER, 0 },
		[COUNT_PRIVATE] = { "IsSuppressedForPrivacy", NIST_FLAG, 0 },
		[COUNT_N] = { "BallotsCast", NIST_NUMBER, 0 },
		[COUNT_OUTSTANDING] = { "BallotsOutstanding", NIST_NUMBER, 0 },
		[COUNT_REJECTED] = { "BallotsRejected", NIST_NUMBER, 0 },
		[COUNT_WORD] = { "OtherType", NIST_TEXT, 0 },
	};
	static const struct nist_kind kind = { { "BallotCounts" }, members,
	    COUNT(members) };
	struct counted c;
	int slot;

	if (r->pass == 2 && election != r->chosen->election) {
		nist_pass(r);
		return;
	}
	c = count(r, &kind);
	if (!c.device)
		r->ballot_types[election] |= 1u << c.type;
	if (r->pass == 1 || c.device || c.unit == NIST_NONE)
		return;
	slot = c.word == PLACES_NONE ? -1 : r->word_slots[c.word];
	if (slot >= 0) {
		if (c.n != FORM_EMPTY)
			nist_put(r, c.unit, (unsigned)slot, NIST_TOTAL, c.n);
	} else if (c.word != PLACES_NONE && r->listed == election) {
		nist_fault(r, r->at, "a line that the report does not list",
		    places_get(&r->words, c.word).name);
	} else if (c.type == NIST_TOTAL ||
	    (r->ballot_types[election] & NIST_TOTAL_BIT) == 0) {
		put_native(r, &c, NIST_BOXES, c.n);
		put_native(r, &c, NIST_OUTSTANDING, c.outstanding);
		put_native(r, &c, NIST_INVALID, c.rejected);
	}
}

/* Here the members that stand for parts mean over-, under- and written-in
   votes. */
void
nist_others(struct nist *r)
{
	static const struct nist_member members[] = {
		[COUNT_UNIT] = { "GpUnitId", NIST_TEXT, NIST_ALWAYS },
		[COUNT_TYPE] = { "", NIST_TEXT, 0 },
		[COUNT_DEVICE] = { "DeviceClass", NIST_OBJECT, 0 },
		[COUNT_ROUND] = { "", NIST_NUMBER, 0 },
		[COUNT_PRIVATE] = { "", NIST_FLAG, 0 },
		[COUNT_N] = { "Overvotes", NIST_NUMBER, 0 },
		[COUNT_OUTSTANDING] = { "Undervotes", NIST_NUMBER, 0 },
		[COUNT_REJECTED] = { "WriteIns", NIST_NUMBER, 0 },
	};
	static const struct nist_kind kind = { { "OtherCounts" }, members,
	    COUNT(members) };
	struct counted c = count(r, &kind);

	if (r->pass == 1 || c.device || c.unit == NIST_NONE)
		return;
	put_native(r, &c, NIST_OVERVOTES, c.n);
	put_native(r, &c, NIST_BLANK, c.outstanding);
	put_native(r, &c, NIST_WRITE_INS, c.rejected);
}
