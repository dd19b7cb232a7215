/*
 * Cookie files of Apple's URL loading system (*.binarycookies).
 */
#ifndef FORMAT_COOKIES_H
#define FORMAT_COOKIES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/err.h"
#include "record/gap.h"

enum {				/* bits of `flags` whose meaning is known */
	COOKIE_SECURE = 1,
	COOKIE_HTTP_ONLY = 4
};

struct cookie {			/* texts are borrowed from the file */
	struct bytes domain;	/* as written, ".example.com" too */
	struct bytes name, path;
	size_t value_length;	/* the value is a secret: it is not given */
	uint32_t flags;
	double created, expires; /* seconds since 2001; 0: not there */
};

/* Calls `each` for every cookie in order.  ERR_KIND if it is no such file;
   damage is a gap, and what can be read around it is given.  Work is linear in
   the size of the file. */
enum err cookies_read(struct bytes, const struct gap_sink *,
    void (*each)(void *ctx, const struct cookie *), void *ctx);

#endif
