/*
 * Laws as data: what docs/laws.md describes, read and checked.
 *
 * All texts and rules live in the arena of the law.  Integers are counts,
 * dates are base/date.h.
 */
#ifndef ELECTION_LAW_H
#define ELECTION_LAW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/bytes.h"
#include "base/date.h"
#include "base/zone.h"
#include "election/when.h"
#include "format/yaml.h"

/* What every rule has beside its own keys. */
struct ground {
	bool there;		/* the law has such a rule */
	bool unverified;
	struct bytes article, note;
	const struct bytes *sources;	/* ids */
	unsigned nsources;
	uint32_t line;		/* in the file */
};

/* --- dates ---------------------------------------------------------------- */

struct law_date {
	struct ground ground;
	const struct when *on;		/* exactly then, or */
	const struct when *from, *until; /* within; either may be NULL */
	int weekday;			/* 0 Sunday to 6, or -1 */
};

/* --- who is elected ------------------------------------------------------- */

enum quantity {
	Q_VOTES, Q_NEXT, Q_LEAD, Q_AGAINST_ALL, Q_CANDIDATES, Q_VALID,
	Q_VALID_AND_BLANK, Q_FOUND, Q_PARTICIPANTS, Q_REGISTERED, Q_COUNT
};

const char *quantity_name(enum quantity);	/* "valid-and-blank" */
const char *quantity_words(enum quantity);	/* "valid and blank ballots" */

struct condition {		/* left > num/den of right */
	enum quantity left, right;
	uint32_t num, den;	/* 1/1 for "A > B" */
	bool strict;		/* > and not >= */
};

#define LAW_CONDITIONS	4
struct alternative {		/* all of them must hold */
	struct condition all[LAW_CONDITIONS];
	unsigned n;
	struct bytes text;	/* as written */
};

enum tie { TIE_UNSETTLED, TIE_OLDER, TIE_LOT, TIE_REPEAT, TIE_ALL_ADVANCE,
    TIE_LED_BEFORE, TIE_PARLIAMENT };
enum failing { FAILING_UNSET, FAILING_NEXT_ROUND, FAILING_REPEAT,
    FAILING_PARLIAMENT, FAILING_LOT };
enum gone { GONE_UNSET, GONE_NEXT, GONE_STAYS, GONE_PROCLAIMED, GONE_ALONE,
    GONE_NEW_ELECTION };
enum single { SINGLE_UNSET, SINGLE_CONDITION, SINGLE_WALK_OVER,
    SINGLE_NO_VOTE };

struct law_round {
	struct ground ground;
	const struct alternative *elected_if;	/* one is enough */
	unsigned nelected_if;
	struct alternative minimum;		/* n 0: none */
	enum failing below_minimum, nobody;
	enum failing nobody_of_two;	/* if only two stood; or as nobody */
	enum single one_candidate;
	struct alternative one_condition;	/* SINGLE_CONDITION */
	enum tie tie;
	/* From the second round on. */
	unsigned advance;			/* 0: all */
	struct law_date date, replaced_date, until;
	enum gone withdrawn, died;
	bool consent;
};

#define LAW_ROUNDS	3

/* --- the day of voting ---------------------------------------------------- */

enum moved_when { MOVED_WORKING_SUNDAY, MOVED_HOLIDAY_ADJACENT,
    MOVED_HOLIDAY_WEEK, MOVED_HOLIDAY };

struct law_moved {
	enum moved_when when;
	int days;			/* +7, -7 */
	struct ground ground;
};

struct law_voting_day {
	struct ground ground;
	const struct when *on;
	unsigned term_years;		/* 0: not by the term */
	unsigned days;			/* at least 1 */
	const struct law_moved *moved;
	unsigned nmoved;
};

/* --- calendar and phases -------------------------------------------------- */

enum only_if { ONLY_ALWAYS, ONLY_SECOND_ROUND, ONLY_REPEAT };

struct law_entry {
	struct bytes id, title;
	struct law_date date;
	enum only_if only_if;
};

enum phase {
	PHASE_CALLED, PHASE_NOMINATION, PHASE_REGISTRATION, PHASE_CAMPAIGN,
	PHASE_SILENCE, PHASE_VOTING, PHASE_COUNTING, PHASE_BETWEEN_ROUNDS,
	PHASE_SECOND_VOTING, PHASE_RESULTS, PHASE_UNTIL_INAUGURATION,
	PHASE_OVER, PHASE_COUNT
};

const char *phase_name(enum phase);		/* "between-rounds" */

/* --- who may stand -------------------------------------------------------- */

enum bar { BAR_AGE, BAR_RESIDENCE, BAR_CITIZENSHIP, BAR_TERMS, BAR_INCAPACITY,
    BAR_IMPRISONMENT, BAR_CONVICTION, BAR_OFFICE, BAR_PROPOSER, BAR_OTHER };

struct law_bar {
	struct ground ground;
	struct bytes id;
	enum bar rule;
	unsigned at_least, at_most;	/* years, terms */
	const struct when *on;		/* NULL: the day of voting */
	bool permanent, just_before, by_birth, no_other, never_other,
	    no_foreign_permit, in_a_row, while_unspent;
	int32_t counted_since, after;	/* DATE_UNSET */
	int years_after_spent, years_after_sentence;	/* -1: none */
	struct bytes of, says;
	const struct bytes *words;	/* offences, bars, one-of */
	unsigned nwords;
};

struct law_signatures {
	struct ground ground;
	struct bytes proposer;
	uint64_t at_least, at_most, per_region_at_most, supporters_at_least;
					/* 0: no such bound */
};

/* --- a version, a law ----------------------------------------------------- */

struct law_version {
	int32_t from, until;		/* until: last day, or DATE_UNSET */
	struct bytes note;
	struct law_round rounds[LAW_ROUNDS];
	struct { struct ground ground; unsigned years; int32_t runs_from; }
	    term;
	struct law_voting_day voting_day;
	struct { struct ground ground; struct law_date date; }
	    repeat, annulled_round, annulled_all;
	struct {
		struct ground ground;
		struct law_date date;
		/* The election is void if the stations annulled hold such a
		   part of all voters, or more; 0/0: no such rule. */
		uint32_t void_num, void_den;
	} annulled_station;
	struct law_date inauguration, after_repeat;
	struct { struct ground ground; bool on_ballot; } against_all;
	const struct law_entry *entries;
	unsigned nentries;
	struct law_date phases[PHASE_COUNT];	/* ground.there: set by law */
	const struct law_bar *bars;
	unsigned nbars;
	const struct law_signatures *signatures;
	unsigned nsignatures;
};

struct law_source {
	struct bytes id, title, url;
};

struct law_clock {
	int32_t from;
	struct zone zone;
	struct bytes text;
};

struct law {
	struct bytes id, title, country, office, vote;
	const struct law_source *sources;
	unsigned nsources;
	const struct law_clock *clock;
	unsigned nclock;
	const uint16_t *holidays;	/* month * 100 + day */
	unsigned nholidays;
	const int32_t *own_holidays, *working_sundays;
	unsigned nown_holidays, nworking_sundays;
	const struct law_version *versions;
	unsigned nversions;
};

#define LAW_FAULTS	32
/* Dates of the calendar that a rule is counted from: one after the other, and
   in all, each as often as it is named.  No law that was checked has more. */
#define LAW_CHAIN	16
#define LAW_STEPS	10000

struct law_faults {
	unsigned n;		/* more than LAW_FAULTS are counted only */
	struct yaml_fault items[LAW_FAULTS];
};

/* Reads and checks.  NULL if it cannot be used; the faults tell why. */
const struct law *law_read(struct bytes yaml, struct arena *,
    struct law_faults *);
/* The laws that are built in: their ids in order, and the text of one. */
unsigned law_builtin_count(void);
const char *law_builtin_id(unsigned);
struct bytes law_builtin_text(unsigned);
/* One by its id in any case, with or without its dash ("RU2003" is ru-2003),
   as index into the built-in ones; -1 if there is none. */
int law_builtin_find(struct bytes id);
/* The version for an election whose first voting is on that day; NULL if the
   law was not in force.  DATE_UNSET: the last one. */
const struct law_version *law_on(const struct law *, int32_t voting);
/* The clock of that day. */
const struct zone *law_zone(const struct law *, int32_t date);
/* The day on which the rule of the law sets the voting, from what is known
   (ANCHOR_PREVIOUS_VOTING), DATE_UNSET if it cannot be told; how, in words. */
int32_t law_voting_day(const struct law *, const struct law_version *,
    const struct when_known *, struct buf *words);
/* The window of a date rule: *from == *until if it is one day; either may be
   DATE_UNSET: not known, or open, if the rule has neither `on` nor that end.
   Moves to the weekday that the rule asks for.  words may be NULL. */
void law_window(const struct law_date *, const struct when_known *,
    struct when_day *from, struct when_day *until, struct buf *words);
/* "art. 76(3)" and its sources' titles, " (unverified)" if so: for people. */
void law_cite(const struct law *, const struct ground *, struct buf *);

#endif
