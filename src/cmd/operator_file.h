/*
 * Files that the operator wrote: laws, profiles.  Read outside the jail, whole,
 * and bounded.
 */
#ifndef CMD_OPERATOR_FILE_H
#define CMD_OPERATOR_FILE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/bytes.h"

/* All of a regular file of at most YAML_BYTES; false and a message on stderr
   if it cannot be had. */
bool operator_file_read(const char *path, struct arena *, struct bytes *);

#endif
