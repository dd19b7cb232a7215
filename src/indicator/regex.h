/*
 * Regular expressions of MATCHES: libpcre2 with every limit it has, and never
 * its just-in-time compiler, for no worker may make memory executable.
 */
#ifndef INDICATOR_REGEX_H
#define INDICATOR_REGEX_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/bytes.h"

enum regex_answer { REGEX_NO, REGEX_YES, REGEX_LIMIT };

struct regex;			/* compiled expressions, in an arena */

/* A set with room for n expressions.  NULL if the arena has no room. */
struct regex *regex_new(struct arena *, unsigned n);

/* Adds one; its number, or -1 if it cannot be compiled. */
int regex_add(struct regex *, struct bytes, bool ignore_case);

/* Whether it fits anywhere in the text.  REGEX_LIMIT: it took too much work;
   after the eighth time it is not tried again, and always says so. */
enum regex_answer regex_fits(struct regex *, int number, struct bytes text);

/* Why it cannot be compiled (static text), or NULL. */
const char *regex_fault(struct bytes, bool ignore_case);

/* LIKE: % is any run of characters, _ is one, all else itself.  The whole text
   must fit. */
enum regex_answer regex_like(struct bytes like, struct bytes text,
    bool ignore_case);

#endif
