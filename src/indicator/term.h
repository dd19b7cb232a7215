/*
 * One comparison of a pattern, in the form in which it is looked up.
 */
#ifndef INDICATOR_TERM_H
#define INDICATOR_TERM_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "indicator/key.h"
#include "indicator/space.h"

struct term {
	enum key key;		/* may differ from the one asked for: a hash is
				   told by its length, an address by its form */
	enum space space;
	struct bytes value;	/* in the buffer */
};

/* `text` as an exact value of the key, put into the buffer, which is emptied
   first.  NULL, or why no evidence could be compared with it: static. */
const char *term_exact(struct term *, struct buf *, enum key, struct bytes);

/* The same for LIKE and for MATCHES, whose expression is tried. */
const char *term_like(struct term *, enum key, struct bytes);
const char *term_matches(struct term *, enum key, struct bytes);

#endif
