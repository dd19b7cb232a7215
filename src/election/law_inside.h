/*
 * The reader of laws, for the files law_*.c alone: faults with their places,
 * values out of YAML, and what every rule has.
 */
#ifndef ELECTION_LAW_INSIDE_H
#define ELECTION_LAW_INSIDE_H

#include "election/law.h"

/* Bounds: ten times what a law needs; they keep the checks quick. */
#define LAW_VERSIONS	64
#define LAW_ENTRIES	500	/* of the calendar of a version */
#define LAW_BARS	200
#define LAW_SIGNATURES	100
#define LAW_WORDS	100	/* of a list of words */
#define LAW_COUNTED	100	/* dates that one of the calendar counts from */

/* Where the text of a date rule stands in the file. */
struct law_use {
	const struct when *when;
	uint32_t line, column;
	bool quoted;
	struct law_use *next;
};

struct law_reader {
	struct arena *arena;
	struct law_faults *faults;
	struct law *law;
	struct law_use *uses;
	const struct yaml *const *nodes;	/* of each version */
};

/* --- law_yaml.c ----------------------------------------------------------- */

/* At a node; at its key.  A name in the phrase is escaped and cut. */
void law_fault(struct law_reader *, const struct yaml *, const char *, ...)
    __attribute__((format(printf, 3, 4)));
void law_fault_key(struct law_reader *, const struct yaml *, const char *, ...)
    __attribute__((format(printf, 3, 4)));
void law_fault_at(struct law_reader *, uint32_t line, uint32_t column,
    const char *, ...) __attribute__((format(printf, 4, 5)));
/* At byte `at` of a text that stands there. */
void law_fault_inside(struct law_reader *, uint32_t line, uint32_t column,
    bool quoted, struct bytes text, size_t at, const char *why);
/* A text from the file, for a "%s" in a phrase; holds until the arena goes. */
const char *law_quoted(struct law_reader *, struct bytes);

/* Faults for each key that is none of the words (separated by blanks; those
   of every rule too, if `rule`); false if it is no map. */
bool law_keys(struct law_reader *, const struct yaml *, const char *words,
    bool rule);
bool law_is_map(struct law_reader *, const struct yaml *);
/* A list of at least one item; false and a fault if not. */
bool law_is_list(struct law_reader *, const struct yaml *);

/* Each takes the value of a key, leaves *to alone if there is none, and says
   false if there is none or it is at fault. */
bool law_text(struct law_reader *, const struct yaml *map, const char *key,
    struct bytes *to);
bool law_word(struct law_reader *, const struct yaml *map, const char *key,
    struct bytes *to);
bool law_flag(struct law_reader *, const struct yaml *map, const char *key,
    bool *to);
bool law_number(struct law_reader *, const struct yaml *map, const char *key,
    uint64_t least, uint64_t most, uint64_t *to);
bool law_unsigned(struct law_reader *, const struct yaml *map, const char *key,
    unsigned least, unsigned most, unsigned *to);
bool law_day(struct law_reader *, const struct yaml *map, const char *key,
    int32_t *to);
/* One of the names, by index; fault with all of them if it is none. */
bool law_choice(struct law_reader *, const struct yaml *map, const char *key,
    const char *const *names, unsigned n, unsigned *to);
/* Also for a node by itself. */
bool law_choice_of(struct law_reader *, const struct yaml *,
    const char *const *names, unsigned n, unsigned *to);
/* Words in a list; one word is a list of one. */
bool law_words(struct law_reader *, const struct yaml *map, const char *key,
    const struct bytes **to, unsigned *n);
bool law_is_word(struct bytes);
int32_t law_day_of(struct law_reader *, const struct yaml *);
/* Says that a key is missing, if it is. */
const struct yaml *law_required(struct law_reader *, const struct yaml *map,
    const char *key);

/* What every rule has.  What a part of a rule does not say, it has from the
   rule it is a part of (`of`); a rule by itself (NULL) needs a source. */
struct ground law_ground(struct law_reader *, const struct yaml *,
    const struct ground *of);
/* Whether a rule says `none`: it takes one of the version before away. */
bool law_none(struct law_reader *, const struct yaml *);
/* Its keys, and whether there is one to be taken away. */
bool law_gone(struct law_reader *, const struct yaml *, const char *words,
    bool there);
/* Whether an item of the list before this one has the same text there. */
bool law_twice(struct law_reader *, const struct yaml *list,
    const struct yaml *item, const char *key, struct bytes text);

/* --- law_dates.c ---------------------------------------------------------- */

/* A date rule: a text or a map. */
bool law_date(struct law_reader *, const struct yaml *map, const char *key,
    const struct ground *of, struct law_date *);
bool law_when(struct law_reader *, const struct yaml *map, const char *key,
    const struct when **);
/* Its on, from, until and weekday alone, in a map with other keys. */
void law_date_parts(struct law_reader *, const struct yaml *map,
    struct law_date *);
void law_date_voting_day(struct law_reader *, const struct yaml *,
    struct law_version *);
void law_date_calendar(struct law_reader *, const struct yaml *,
    struct law_version *);
void law_date_phases(struct law_reader *, const struct yaml *,
    struct law_version *);

/* --- law_rules.c, law_rounds.c, law_bars.c -------------------------------- */

bool law_condition(struct law_reader *, const struct yaml *,
    struct alternative *);
void law_round(struct law_reader *, const struct yaml *, unsigned,
    struct law_version *);
void law_eligibility(struct law_reader *, const struct yaml *,
    struct law_version *);
void law_signatures(struct law_reader *, const struct yaml *,
    struct law_version *);
/* All rules of a version, over those of the version before. */
void law_rules(struct law_reader *, const struct yaml *, struct law_version *);

/* --- law_check.c ---------------------------------------------------------- */

/* What can be told only of a version that is whole. */
void law_check(struct law_reader *, const struct law_version *,
    const struct yaml *);

#endif
