/*
 * Names that are one name to a reader, and not to a computer: "Ash", "ASH ",
 * "Ash" with a no-break blank.  Whoever compares bytes counts such a station
 * twice.
 */
#ifndef ELECTION_NAMES_H
#define ELECTION_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"

/* The room that names_fold needs for a name of n bytes. */
#define NAMES_ROOM(n)	(3 * (n) + 1)

/* What is left of a name without what readers pass over: case, blanks, quotes,
   the sign of a number, leading zeros; letters that look alike in Latin and
   Cyrillic are one, composed and decomposed accents too.  Between two digits
   something is kept: "1 1" is not 11.  How many bytes. */
size_t names_fold(struct bytes name, uint8_t *to);

/* Whether two names are one to a reader; they may be the same. */
bool names_alike(struct bytes, struct bytes);

/* Whether it says that a row is the sum of others: "Total", "Итого по региону".
   In some languages; that a name says nothing proves nothing. */
bool names_is_total(struct bytes name);

#endif
