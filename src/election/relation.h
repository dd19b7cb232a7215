/*
 * Control relations: "registered >= early + station + home".
 *
 * Sums and differences of lines, numbers, and the words `votes` (all
 * candidates, against all included) and `candidates` (without); compared with
 * = <= >= < > <>.  A key has letters, digits and hyphens within; any other key
 * stands in quotes.  Alternatives are parted by |: the first whose lines the
 * form has is meant.  Bounds: RELATION_TERMS terms, all alternatives together.
 */
#ifndef ELECTION_RELATION_H
#define ELECTION_RELATION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/bytes.h"
#include "election/form.h"

#define RELATION_TERMS	64

struct relation;		/* parsed; opaque */
struct relation_plan;		/* bound to a form; opaque */

/* A formula alone ("early + station + home") is parsed by the same call with
   `formula` true.  NULL: why and where (byte from 0). */
const struct relation *relation_read(struct bytes, bool formula,
    struct arena *, const char **why, size_t *at);
/* Binds keys to lines.  NULL if the form lacks a line it names: then it cannot
   be checked (*missing says which, of the first alternative). */
const struct relation_plan *relation_bind(const struct relation *,
    const struct form *, struct arena *, struct bytes *missing);
/* False if a value it needs is FORM_EMPTY (*empty is set then), or if it does
   not hold; *excess is by how much (left - right).  There is a value for each
   line that the form had when it was bound. */
bool relation_holds(const struct relation_plan *, const int64_t *values,
    int64_t *excess, bool *empty);
/* Whether all of them hold, and none needs a value that is FORM_EMPTY. */
bool relation_all_hold(const struct relation_plan *const *, unsigned n,
    const int64_t *values);
/* A formula's value; FORM_EMPTY if a value is empty. */
int64_t relation_value(const struct relation_plan *, const int64_t *values);
/* Puts the numbers in: "received (2181) = early (0) + station (2107) + home
   (62) + cancelled (12) + lost (0) - unaccounted (0): 2181 is not 2182".
   `votes` stands with the sum of the candidates. */
void relation_explain(const struct relation_plan *, const struct form *,
    const int64_t *values, struct buf *);

#endif
