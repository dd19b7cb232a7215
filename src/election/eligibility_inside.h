/*
 * One rule in question; for eligibility*.c alone.
 */
#ifndef ELECTION_ELIGIBILITY_INSIDE_H
#define ELECTION_ELIGIBILITY_INSIDE_H

#include "election/eligibility.h"

/* Later than every day of the calendar, and earlier than CANDIDATE_OPEN. */
#define ELIGIBILITY_FAR	(CANDIDATE_OPEN - 1)
#define ELIGIBILITY_LONG_AGO	(INT32_MIN + 1)

struct judging {
	const struct law *law;
	const struct law_bar *bar;
	const struct candidate *c;
	int32_t on;
	/* The day that the rule is measured on lies within; lo == hi: it is
	   that day. */
	int32_t lo, hi;
	int32_t voting;		/* of this election, or DATE_UNSET */
	bool next;		/* asked of the election after it */
	const struct eligibility_nominations *nominations;
	/* The answer. */
	enum stand state;
	enum stand_end end;
	int32_t until;
	bool unverified;	/* it rests on more than the rule itself */
	struct buf how, missing;
};

/* A run of days whose ends may not be known exactly; `end` is the first day
   after it, and whether that very day belongs to it is left open. */
struct span {
	int32_t begin_min, begin_max, end_min, end_max;
};

/* Whether a day within lo and hi lies in it. */
enum candidate_answer eligibility_holds(struct span, int32_t lo, int32_t hi);
struct span eligibility_span(const struct judging *,
    const struct candidate_item *);
/* Whether an item is left out: it is of later, or the operator says so. */
bool eligibility_skips(struct judging *, const struct candidate_item *);
/* So many years on; who was born on 29 February is older on 1 March. */
int32_t eligibility_years(int32_t date, unsigned years);

/* Adds a part of the answer: a bar beats what is not known, and that beats
   what is fulfilled.  Of several bars the one that ends last holds. */
void eligibility_barred(struct judging *, enum stand_end, int32_t until);
/* What is missing: a phrase. */
void eligibility_unknown(struct judging *, const char *missing);
/* Words go into how, clauses between semicolons. */
void eligibility_clause(struct judging *, const char *, ...)
    __attribute__((format(printf, 2, 3)));
void eligibility_word(struct judging *, struct bytes);
void eligibility_date(struct judging *, int32_t);
/* " on 17 March 2024", " on the day of voting". */
void eligibility_when(struct judging *);
/* The day to be measured on is missing. */
void eligibility_no_day(struct judging *);
/* Why it cannot be told whether that day lies in a run: the day is not known,
   or it is the very day on which the run ends, or the beginning is not. */
void eligibility_which_day(struct judging *, struct span);
/* Whether a fact is known (its list is there, or none); if not it cannot be
   told. */
bool eligibility_has(struct judging *, enum candidate_fact);

/* eligibility_person.c */
void eligibility_age(struct judging *);
void eligibility_residence(struct judging *);
void eligibility_citizenship(struct judging *);
/* eligibility_terms.c */
void eligibility_terms(struct judging *);
void eligibility_office(struct judging *);
/* Whether it is one of the words. */
bool eligibility_is_word(struct bytes, const struct bytes *words, unsigned n);
/* eligibility_court.c */
void eligibility_incapacity(struct judging *);
void eligibility_imprisonment(struct judging *);
void eligibility_conviction(struct judging *);
/* eligibility_proposer.c */
void eligibility_proposer(struct judging *);
struct eligibility_nominations eligibility_nominations(
    const struct calendar *, struct arena *);
/* eligibility_signatures.c */
struct eligibility_signatures eligibility_signatures(
    const struct law_version *, const struct candidate *, struct arena *);

#endif
