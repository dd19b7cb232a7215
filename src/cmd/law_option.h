/*
 * --law: one that is built in, by its id, or a file of the operator's.
 */
#ifndef CMD_LAW_OPTION_H
#define CMD_LAW_OPTION_H

#include "base/arena.h"
#include "election/law.h"

/* NULL and a message on stderr if it cannot be had. */
const struct law *law_option(const char *id_or_file, struct arena *);
/* The version for that day; NULL and a message if the law was not in force. */
const struct law_version *law_option_version(const struct law *, int32_t day);
/* A date given as an option (NULL: DATE_UNSET); false and a message if it is
   none. */
bool law_option_date(const char *name, const char *text, int32_t *);

#endif
