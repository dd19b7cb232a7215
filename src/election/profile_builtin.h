/*
 * The profiles of results that are built in (data/profiles/).
 */
#ifndef ELECTION_PROFILE_BUILTIN_H
#define ELECTION_PROFILE_BUILTIN_H

#include "base/bytes.h"

unsigned profile_builtin_count(void);
/* In order of their names. */
const char *profile_builtin_name(unsigned);
/* The text of one; p NULL if there is none of that name. */
struct bytes profile_builtin_text(const char *name);

#endif
