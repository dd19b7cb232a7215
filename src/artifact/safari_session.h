/*
 * What Safari keeps of a tab to restore it: the pages one could go back to.
 */
#ifndef ARTIFACT_SAFARI_SESSION_H
#define ARTIFACT_SAFARI_SESSION_H

#include <stdbool.h>

#include "artifact/run.h"

/* Lists with one value for each page: address, title, the address before
   redirects, and how much is kept of the page. */
enum { SAFARI_URLS, SAFARI_TITLES, SAFARI_ORIGINALS, SAFARI_SIZES,
    SAFARI_LISTS };

/* Reads session data, a property list after `head` bytes.  False if no list of
   pages was found: a tab that never went anywhere has none; what cannot be
   read is a gap.  The data is then to be searched as it stands. */
bool safari_session(struct run *, struct bytes data, size_t head,
    struct val lists[SAFARI_LISTS]);

#endif
