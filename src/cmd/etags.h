/*
 * The ETag of each address that was fetched, so that what did not change is
 * not fetched again.  A text file: address, tab, ETag.
 */
#ifndef CMD_ETAGS_H
#define CMD_ETAGS_H

#include <stdbool.h>

#define ETAGS_MAX	600

struct etags {
	unsigned n;
	struct etag {
		char url[2048];
		char tag[256];
	} list[ETAGS_MAX];
};

/* From the file in the folder; none if it is not there. */
void etags_read(struct etags *, int dir);

/* The ETag of an address, or NULL. */
const char *etags_get(const struct etags *, const char *url);

/* An empty tag takes the entry away. */
void etags_set(struct etags *, const char *url, const char *tag);

/* Replaces the file as a whole. */
bool etags_write(const struct etags *, int dir);

#endif
