/*
 * Between the files that read NIST SP 1500-100 JSON.  Not for others.
 *
 * A report is read twice.  First: what there is (units, candidates, parties,
 * contests), for it may be named before it stands there.  Then: what refers to
 * it, and the numbers of the contest that was chosen.
 */
#ifndef ELECTION_NIST_INSIDE_H
#define ELECTION_NIST_INSIDE_H

#include "election/places.h"
#include "election/read_results.h"
#include "format/json.h"

#define NIST_NONE	UINT32_MAX
#define NIST_PAGE	4096u
#define NIST_PAGES	1024u	/* of units, and of things that have an @id */
#define NIST_ELECTIONS	64u	/* of one report */
#define NIST_DEPTH	16u	/* of units within units */

struct nist_where {
	uint64_t line;
	uint32_t column;
};

/* --- nist_read_json.c ----------------------------------------------------- */

struct nist_file {		/* JSON of any size, through a window */
	const struct input *input;
	struct json json;
	struct arena scratch;	/* texts with escapes, until the next event */
	enum json_event event;	/* the last */
	uint8_t *room;
	uint64_t base;		/* where the window begins */
	bool ended;		/* nothing follows it */
	size_t before;		/* where the last event or blanks before it
				   began */
	size_t counted;		/* up to here the line is known: */
	uint64_t line, line_at;	/* its number, and where it begins */
};

enum nist_is { NIST_TEXT, NIST_NUMBER, NIST_FLAG, NIST_LIST, NIST_OBJECT };

#define NIST_ALWAYS	0xffu
struct nist_member {
	const char *name;
	enum nist_is is;
	unsigned required;	/* a bit for each type that must have it */
};

struct nist_kind {		/* what may stand at one place */
	const char *types[4];	/* of @type, behind "ElectionResults." */
	const struct nist_member *members;
	unsigned n;
};

struct nist_object {		/* one that is being read */
	const struct nist_kind *kind;
	unsigned seen;		/* members, a bit each */
	bool typed;
	unsigned type;		/* once it is typed */
	struct nist_where where;
};

struct nist;

bool nist_open(struct nist *);		/* from the beginning; false: no room */
void nist_close(struct nist *);
enum json_event nist_next(struct nist *);
/* The text of the last event, until the next. */
struct bytes nist_text(const struct nist *);
bool nist_flag(const struct nist *);
struct nist_where nist_here(struct nist *);
/* What is wrong, there or at the last event; `what` is quoted, p NULL: not. */
void nist_fault(struct nist *, struct nist_where, const char *why,
    struct bytes what);
void nist_fault_here(struct nist *, const char *why, struct bytes what);
/* An object whose brace was just read; its members, each with its value (of a
   list and an object: the bracket), until -1, when required ones are asked
   for.  What is not known is passed over. */
void nist_object(struct nist *, struct nist_object *,
    const struct nist_kind *);
int nist_member(struct nist *, struct nist_object *);
/* The next item of a list. */
bool nist_item(struct nist *, enum nist_is);
/* Passes over the list or object whose bracket was just read. */
void nist_pass(struct nist *);
/* The number as it stands, a count; else a fault and false. */
bool nist_count(struct nist *, int64_t *);

/* --- nist_read_report.c --------------------------------------------------- */

enum { NIST_THING_NONE, NIST_THING_UNIT, NIST_THING_CANDIDATE,
    NIST_THING_PARTY, NIST_THING_OTHER };

struct nist_thing {		/* what has an @id, by its number */
	uint8_t is;
	uint32_t unit;
	struct bytes name;
};

#define NIST_UNIT_PRECINCT	1u
#define NIST_UNIT_COUNTRY	2u
#define NIST_UNIT_COUNTED	4u	/* has votes */
#define NIST_UNIT_PARTLY	8u	/* has votes of parts, no total */
#define NIST_UNIT_ABOVE		16u	/* something below it has votes */
#define NIST_UNIT_OPEN		32u
#define NIST_UNIT_DONE		64u
#define NIST_UNIT_INSIDE	128u	/* of the contest's district */

struct nist_unit {
	struct bytes name, district;
	struct nist_where where;
	uint32_t parent;	/* NIST_NONE */
	uint32_t parts;		/* the last of them, in edges; or NIST_NONE */
	uint32_t stamp;
	uint8_t rank;		/* as a parent: higher is nearer */
	uint8_t height;		/* units within units, itself one */
	uint8_t marks;
	bool small;		/* a precinct, a polling place, ... */
};

struct nist_edge {
	uint32_t unit, before;
};

struct nist_contest {
	struct nist_contest *next;
	struct bytes name;
	struct nist_where where;
	unsigned number, election, type;
	unsigned selections;
	unsigned types;		/* of its counts, a bit each */
};

/* What NIST has a member for. */
enum nist_native { NIST_REGISTERED, NIST_ISSUED, NIST_BOXES, NIST_INVALID,
    NIST_BLANK, NIST_OVERVOTES, NIST_OUTSTANDING, NIST_WRITE_INS,
    NIST_NATIVES };

struct nist_slot {		/* a line of the protocols */
	struct form_line line;
	bool listed;		/* by the report: must stand everywhere */
	bool loose;		/* above stations it is another number */
	bool used;
	bool write_in;
	int form;		/* its line there, or -1 */
};

struct nist {
	const struct form_sink *sink;
	struct arena *texts;	/* of faults */
	unsigned number;	/* of the file */
	unsigned faults;
	bool stopped;
	unsigned pass;		/* 1 or 2 */
	const struct profile *profile;
	struct bytes wanted_profile;	/* that the report names */

	struct arena arena;	/* of this file */
	struct nist_file file;
	struct places ids, words;
	uint32_t next;		/* the @id that is likely to come next */
	struct nist_thing *things[NIST_PAGES];
	struct nist_unit *units[NIST_PAGES];
	uint32_t nunits;
	struct buf edges;
	uint32_t stamps;
	uint64_t steps;

	struct nist_contest *contests, *last, *chosen;
	unsigned ncontests, nelections;
	unsigned ballot_types[NIST_ELECTIONS];
	unsigned listed;	/* the election that lists lines; NIST_NONE */

	struct nist_slot slots[FORM_LINES];
	unsigned nslots, first;	/* the first candidate */
	int native[NIST_NATIVES];	/* slot, or -1 */
	int16_t *word_slots;		/* by word: slot, or -1 */
	bool against_all, write_ins;
	uint32_t district;		/* a unit, or NIST_NONE */
	/* In the second pass. */
	struct nist_where at;	/* where the count that is put stands */
	uint32_t unit;
	unsigned contest;
	struct buf values;	/* uint32_t by unit and slot: the number + 1 */
	struct buf parts;	/* uint16_t likewise: types that were added */
};

struct nist_unit *nist_unit(const struct nist *, uint32_t);
/* The unit of the @id that was just read, else a fault and NIST_NONE. */
uint32_t nist_unit_named(struct nist *);
/* One pass over the whole report. */
void nist_report(struct nist *);
/* Faults that end the reading. */
void nist_no_room(struct nist *);
void nist_changed(struct nist *);
/* The thing of an @id that was just read, and that nothing else may have;
   NULL in the second pass. */
struct nist_thing *nist_define(struct nist *, uint8_t is);
/* What the text that was just read refers to, else a fault and NULL. */
const struct nist_thing *nist_named(struct nist *, uint8_t is,
    const char *why);
/* The text that was just read. */
struct bytes nist_copy(struct nist *);
/* An InternationalizedText whose brace was just read: its first wording.  In
   the second pass it is passed over, unless it is asked for again. */
struct bytes nist_worded(struct nist *, bool again);

/* --- nist_read_contest.c -------------------------------------------------- */

void nist_contest(struct nist *, unsigned election);

/* --- nist_read_counts.c --------------------------------------------------- */

#define NIST_TOTAL	0u	/* types of counts */
#define NIST_TOTAL_BIT	1u

/* One count, whose brace was just read; *types: a bit more. */
void nist_vote(struct nist *, unsigned slot, unsigned *types);
void nist_ballots(struct nist *, unsigned election);
void nist_others(struct nist *);
/* A number of a unit: the total, or (in the second pass, too) of a part. */
void nist_put(struct nist *, uint32_t unit, unsigned slot, unsigned type,
    int64_t n);
/* Of a unit, or FORM_EMPTY. */
int64_t nist_value(const struct nist *, uint32_t unit, unsigned slot);
/* Whether there are counts of votes; whether parts could be added up. */
bool nist_has_counts(unsigned types);
bool nist_adds_up(unsigned types);

/* --- nist_read_units.c ---------------------------------------------------- */

/* That `part` is a part of `unit`. */
void nist_part(struct nist *, uint32_t unit, uint32_t part);
/* What lies below what; whether sums are the sums of their parts. */
void nist_settle(struct nist *);
/* Whether a unit is a protocol, and where it belongs. */
bool nist_protocol(const struct nist *, uint32_t unit, struct protocol *);

#endif
