/*
 * The decision from within, for the files outcome*.c alone.
 *
 *	outcome_figures	figures with bounds, and whether a condition holds
 *	outcome_verdict	what the figures of a round mean under its rule
 *	outcome_places	who goes on: places, ties, withdrawals, deaths
 *	outcome_gone	those who withdrew or died
 *	outcome_names	which contender a name means
 *	outcome_open	whether what is missing could change it
 *	outcome_dates	when, by law
 *	outcome_office	when the one elected takes office
 *	outcome_explain	the reasons, in words
 */
#ifndef ELECTION_OUTCOME_INSIDE_H
#define ELECTION_OUTCOME_INSIDE_H

#include "election/outcome.h"

#define OUTCOME_REASONS	64
#define OUTCOME_WORDS	4096	/* bytes of one sentence */

/* --- figures -------------------------------------------------------------- */

#define SPAN_OPEN	INT64_MAX

struct span {			/* somewhere in lo..hi; hi may be SPAN_OPEN */
	int64_t lo, hi;
};

enum truth { TRUTH_NO, TRUTH_YES, TRUTH_UNKNOWN };

struct figures {
	const struct standing *standing;
	struct span q[Q_COUNT];	/* all but votes, next and lead */
	bool participants_are_found;
	bool contradict;	/* no figures could be so */
};

#define NEXT_BEST	-1	/* the next is whoever has most beside him */
#define NEXT_NOBODY	-2

struct figures outcome_figures_of(const struct standing *, bool all_listed,
    bool against_all_on_ballot);
/* A quantity as it is for contender x, next to contender `next`. */
struct span outcome_figures_span(const struct figures *, enum quantity, int x,
    int next);
/* *missing: bits (1u << quantity) of what is not known, added. */
enum truth outcome_figures_truth(const struct figures *,
    const struct condition *, int x, int next, unsigned *missing);
enum truth outcome_figures_all(const struct figures *,
    const struct alternative *, int x, int next, unsigned *missing);

/* --- verdict -------------------------------------------------------------- */

enum verdict_kind {
	VERDICT_ELECTED, VERDICT_TIE,	/* for the office */
	VERDICT_BELOW,			/* the minimum was not reached */
	VERDICT_NOBODY, VERDICT_UNKNOWN, VERDICT_CONTRADICTION,
	VERDICT_NO_VOTES
};

struct verdict {
	enum verdict_kind kind;
	int leader;			/* or -1 */
	const struct alternative *alternatives;	/* those that were asked */
	unsigned nalternatives;
	unsigned alternative;		/* elected: the first that holds */
	unsigned holds;			/* bits of all that hold */
	unsigned missing;		/* unknown: bits of quantities */
};

/* --- a ruling: what comes of the figures, without dates ------------------- */

enum ruling_date { DATE_NONE, DATE_NEXT, DATE_REPLACED, DATE_THIS,
    DATE_REPEAT };

struct ruling {
	enum outcome_kind kind;
	int winner;
	int *between;			/* in the arena */
	unsigned nbetween;
	bool unopposed;
	enum ruling_date date;
	int32_t event;			/* that moved the date, or brought the
					   repeat about */
	const struct ground *ground;	/* the rule that decided */
	bool *told;			/* by event: it was dealt with */
	struct verdict verdict;
	struct figures figures;
};

struct outcome_work {
	const struct outcome_question *q;
	const struct law_round *round;
	const struct law_round *next;	/* NULL: the law has no further one */
	bool all_listed;
	struct arena *arena;
	struct outcome *o;
	struct buf say;			/* the sentence being made */
	struct bytes *reasons, *ties;
	bool quiet;			/* asked what if: nothing is said */
};

/* The contenders by votes, most first; those alike as they stand.  NULL if no
   memory or a contender's votes are not known (then *unknown). */
int *outcome_verdict_order(struct arena *, const struct standing *,
    bool *unknown);
struct verdict outcome_verdict_of(const struct outcome_work *,
    const struct figures *, bool single);
enum failing outcome_verdict_failing(const struct outcome_work *,
    enum verdict_kind);

/* Everything from the figures to the ruling. */
struct ruling outcome_ruling(struct outcome_work *, const struct standing *);

/* Who goes on to the next round; fills kind, between, date. */
void outcome_places_fill(struct outcome_work *, const struct standing *,
    struct ruling *);
/* A tie for the office. */
void outcome_places_tie(struct outcome_work *, const struct standing *,
    struct ruling *);
/* One is left: by the rule of the round for one candidate. */
void outcome_places_one(struct outcome_work *, const struct law_round *,
    int one, struct ruling *);

/* --- who withdrew or died ------------------------------------------------- */

/* Events that came before this voting, in a round after the first.  True if
   they decide without the figures; *single if one is left on the ballot. */
bool outcome_gone_before(struct outcome_work *, const struct standing *,
    struct ruling *, bool *single);
/* The earliest event, not dealt with, of one of the chosen between this voting
   and the next: its index, or -1. */
int outcome_gone_next(struct outcome_work *, const struct ruling *,
    const int *chosen, unsigned n);
/* An event for which the one who is elected cannot take office: its index, or
   -1. */
int outcome_gone_elected(struct outcome_work *, const struct ruling *);
/* What the law of a round says of it, and says so; STAYS if it came late. */
enum gone outcome_gone_rule(struct outcome_work *, const struct law_round *,
    const struct event *);
/* Events that changed nothing are told too; pending if one may be of someone
   whose name is like the one given. */
void outcome_gone_remarks(struct outcome_work *, const struct standing *,
    struct ruling *);

/* The contender of that name, or -1: as it stands, or, if that is only one, but
   for case (ASCII). */
int outcome_names_find(const struct standing *, struct bytes name);
/* Whether all words of one stand in the other, in any order and case. */
bool outcome_names_alike(struct bytes, struct bytes);

/* Sees to what is missing: the ruling becomes pending if it could change. */
void outcome_open_check(struct outcome_work *, struct ruling *);

/* --- dates ---------------------------------------------------------------- */

/* What is known of the days that rules count from. */
struct outcome_bounds {
	const struct outcome_work *w;
	int32_t lo[ANCHOR_COUNT], hi[ANCHOR_COUNT];	/* or DATE_UNSET */
	bool doubt[ANCHOR_COUNT];	/* a bound of it rests on a rule that
					   is unverified */
};

void outcome_dates_next(struct outcome_work *, const struct ruling *);
void outcome_dates_annulled(struct outcome_work *, const struct event *);
/* The last day on which the next voting of the ruling may be. */
int32_t outcome_dates_last(struct outcome_work *, const struct ruling *);
/* The window of a rule of the next round, or of this one after the first. */
struct outcome_window outcome_dates_until(struct outcome_work *,
    const struct law_date *);

/* Whether there is such a rule, and whether it counts from that day. */
bool outcome_dates_there(const struct law_date *);
bool outcome_dates_needs(const struct law_date *, enum anchor);
bool outcome_dates_within(int32_t day, int32_t from, int32_t until);
/* The day of this voting. */
int32_t outcome_dates_this(const struct outcome_work *);
/* event: the day of the event in question, or DATE_UNSET. */
void outcome_dates_bounds(struct outcome_bounds *, const struct outcome_work *,
    int32_t event);
/* The day that the law's rule sets, from those anchors. */
int32_t outcome_dates_voting_day(const struct outcome_bounds *,
    const int32_t *anchors, bool *unverified);
/* The window of a rule; `least`: it is later than that day in any case. */
struct outcome_window outcome_dates_window(struct outcome_work *,
    const struct law_date *, const struct outcome_bounds *, int32_t least);
/* The window rests on that rule too, and the outcome on the window. */
void outcome_dates_taint(struct outcome_work *, struct outcome_window *,
    const struct ground *);

/* When the one elected takes office, into the outcome. */
void outcome_office(struct outcome_work *);
/* The last day of that, as far as can be told. */
int32_t outcome_office_latest(struct outcome_work *);
/* Says so if the law's rule of the day does not lead to this first voting. */
void outcome_office_remark(struct outcome_work *);

/* --- words ---------------------------------------------------------------- */

/* A sentence is begun, written to w->say, and ended as reason or tie; nothing
   is kept while w->quiet. */
struct buf *outcome_explain_begin(struct outcome_work *);
void outcome_explain_end(struct outcome_work *);
void outcome_explain_tie(struct outcome_work *);
void outcome_explain_say(struct outcome_work *, const char *, ...)
    __attribute__((format(printf, 2, 3)));
void outcome_explain_name(struct outcome_work *, const struct standing *,
    int contender);
/* What the figures of the ruling's verdict say, condition by condition. */
void outcome_explain_verdict(struct outcome_work *, const struct ruling *);
void outcome_explain_condition(struct outcome_work *, const struct figures *,
    const struct condition *, int x);
void outcome_explain_missing(struct outcome_work *, unsigned missing);
/* All that rests on a rule that is unverified is so too. */
void outcome_explain_ground(struct outcome_work *, const struct ground *);

#endif
