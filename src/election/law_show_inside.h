/*
 * One way through a law that writes both text and JSON; for law_show*.c alone.
 */
#ifndef ELECTION_LAW_SHOW_INSIDE_H
#define ELECTION_LAW_SHOW_INSIDE_H

#include "election/law_show.h"

struct law_writer {
	struct out *out;
	const struct law *law;
	bool json;
	bool first;		/* of a map or list of JSON */
	unsigned depth;
};

/* A map or list with its key; NULL: an item of a list.  In text a line of its
   own, "heading:", if that is not NULL. */
void law_show_open(struct law_writer *, const char *key, const char *heading,
    char bracket);
void law_show_close(struct law_writer *, char bracket);
/* A value: its code for JSON, its words for text (NULL: the code). */
void law_show_field(struct law_writer *, const char *key, struct bytes code,
    const char *words);
void law_show_number(struct law_writer *, const char *key, uint64_t);
/* Only if it is true. */
void law_show_flag(struct law_writer *, const char *key, bool,
    const char *words);
void law_show_bool(struct law_writer *, const char *key, bool);
/* Only if it is set. */
void law_show_day(struct law_writer *, const char *key, int32_t);
/* What every rule has; nothing if it is as in the rule it is a part of. */
void law_show_ground(struct law_writer *, const struct ground *,
    const struct ground *of);
void law_show_date(struct law_writer *, const char *key,
    const struct law_date *, const struct ground *of);
/* The rules of a version; those of `before` that it has unchanged are left
   out if that is not NULL. */
void law_show_rules(struct law_writer *, const struct law_version *,
    const struct law_version *before);
void law_show_round(struct law_writer *, const struct law_round *,
    unsigned);
void law_show_bar(struct law_writer *, const struct law_bar *);
void law_show_signatures(struct law_writer *, const struct law_signatures *);

#endif
