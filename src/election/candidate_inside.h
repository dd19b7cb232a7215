/*
 * The reader of candidates, for candidate_*.c alone.  A CSV file is turned into
 * the tree that a YAML file would be, so that there is one reader.
 */
#ifndef ELECTION_CANDIDATE_INSIDE_H
#define ELECTION_CANDIDATE_INSIDE_H

#include "election/candidate.h"

#define CANDIDATE_MOST		2000	/* in one file */
#define CANDIDATE_ITEMS		200	/* in one list */
#define CANDIDATE_REGIONS	2000

struct candidate_reader {
	struct arena *arena;
	struct candidate_faults *faults;
};

/* What a list is called, the keys of its items and the one that each has, and
   for CSV the keys of words that stand by themselves. */
struct candidate_shape {
	const char *name, *keys, *required, *words;
};

/* --- candidate_values.c --------------------------------------------------- */

/* At a node; at its key. */
void candidate_fault(struct candidate_reader *, const struct yaml *,
    const char *, ...) __attribute__((format(printf, 3, 4)));
void candidate_fault_key(struct candidate_reader *, const struct yaml *,
    const char *, ...) __attribute__((format(printf, 3, 4)));
void candidate_fault_at(struct candidate_reader *, uint32_t line,
    uint32_t column, const char *, ...) __attribute__((format(printf, 4, 5)));
/* A text from the file, escaped and cut, for a "%s" in a fault. */
const char *candidate_quoted(struct candidate_reader *, struct bytes);

/* Whether it is a map that has no keys but those, which blanks separate. */
bool candidate_keys(struct candidate_reader *, const struct yaml *,
    const char *words);
/* Whether the word is one of them. */
bool candidate_among(struct bytes word, const char *words);
/* Whether a fact is not given, or said to be unknown, or none; true if there
   is something to read. */
bool candidate_given(const struct yaml *, enum candidate_state *);
/* Whether it is that word, and not in quotes. */
bool candidate_plain(const struct yaml *, const char *word);
bool candidate_text(struct candidate_reader *, const struct yaml *map,
    const char *key, struct bytes *);
/* A word of small letters, digits and dashes. */
bool candidate_word(struct candidate_reader *, const struct yaml *,
    struct bytes *);
bool candidate_count(struct candidate_reader *, const struct yaml *,
    uint64_t *);
/* The date of a key; *to is left alone if it is not there or unknown. */
bool candidate_date(struct candidate_reader *, const struct yaml *map,
    const char *key, int32_t *to);

/* --- candidate_list.c ----------------------------------------------------- */

extern const struct candidate_shape candidate_shapes[CANDIDATE_FACTS];

/* All lists of a candidate, whose day of birth is read. */
void candidate_lists(struct candidate_reader *, const struct yaml *,
    struct candidate *);

/* --- candidate_events.c --------------------------------------------------- */

void candidate_events(struct candidate_reader *, const struct yaml *,
    struct candidate *);

/* --- candidate_csv.c ------------------------------------------------------ */

/* NULL and a fault if it cannot be read. */
const struct yaml *candidate_csv(struct candidate_reader *, struct bytes);

#endif
