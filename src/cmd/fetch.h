/*
 * Fetching a file over HTTPS.  libcurl is loaded when this is first called, and
 * by nothing else.
 */
#ifndef CMD_FETCH_H
#define CMD_FETCH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct fetch {
	const char *url;
	const char *ca;			/* trusted certificates, or NULL */
	const char *etag;		/* of the copy at hand, or NULL */
	uint64_t max;			/* bytes; more is an error */
	int fd;				/* where it is written */
	/* outputs */
	bool unchanged;			/* the copy at hand is still right */
	char new_etag[256];		/* "" if the server gave none */
	char why[160];			/* after an error: one phrase */
};

/* ERR_NETWORK with `why`, ERR_FULL, ERR_MISSING (no libcurl here). */
enum err fetch_file(struct fetch *);

#endif
