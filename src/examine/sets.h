/*
 * The public index of indicator sets: a YAML file from elsewhere, so it is
 * read in the jail; it gives addresses.
 */
#ifndef EXAMINE_SETS_H
#define EXAMINE_SETS_H

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "base/limits.h"

#define SETS_MAX	500
/* Bytes of the index; the public one has 7 kB. */
#define SETS_INDEX_MAX	(4 * MIB)

struct sets {
	unsigned n;
	struct set {
		const char *url;	/* https, checked */
		const char *name;	/* as the index says; escape it */
	} list[SETS_MAX];
	unsigned refused;		/* entries that give no https address */
};

/* Reads the index from an open file.  ERR_KIND if it is no such index. */
enum err sets_read(struct sets *, struct arena *, int fd);

/* Whether the text is an address that update may fetch: https, a host, no
   blanks or controls, at most 2,000 bytes. */
bool sets_url_ok(struct bytes);

#endif
