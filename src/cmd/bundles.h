/*
 * Which indicator files to read: those named, else OSTRAKON_INDICATORS, else
 * the default folder.
 */
#ifndef CMD_BUNDLES_H
#define CMD_BUNDLES_H

#include <stdbool.h>

#include "base/arena.h"
#include "cmd/options.h"

#define BUNDLES_MAX	2000

struct bundles {
	const char *files[BUNDLES_MAX];
	unsigned n;
	bool trouble;		/* something named is not there: said so */
};

/* Fills the list: files as they are, folders with all below them that end in
   .stix2, .stix or .json, sorted.  Faults go to stderr. */
void bundles_find(struct bundles *, struct arena *,
    const struct option_list *named);

/* $XDG_DATA_HOME/ostrakon/indicators or ~/.local/share/...; NULL if neither is
   known. */
const char *bundles_default(struct arena *);

#endif
