/*
 * The second half of gather.h: what needs all objects of all files.
 */
#ifndef INDICATOR_GATHER_JOIN_H
#define INDICATOR_GATHER_JOIN_H

#include "indicator/gather.h"

/* Fills live.  False if there is no room, as below. */
bool gather_join_live(struct gather *);

/* Fills ranked, of_first and of. */
bool gather_join_sets(struct gather *);

#endif
