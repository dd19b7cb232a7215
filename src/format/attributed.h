/*
 * The text of an iMessage attributedBody: an NSAttributedString written by
 * NSArchiver ("streamtyped").  Only the string and the link URLs in its
 * attributes are wanted.
 */
#ifndef FORMAT_ATTRIBUTED_H
#define FORMAT_ATTRIBUTED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"

/* Gives the plain text, borrowed from the input.  False if this is no such
   archive or it is damaged: *text is then what could be read of the string
   all the same, most often nothing.  The arena is used only by archives with
   very many attributes. */
bool attributed_text(struct bytes *text, struct arena *, struct bytes body);

/* The same for many bodies: what stands around the text is mostly alike, and is
   then read once.  `links` is false if there are surely none. */
struct attributed;		/* opaque; in an arena */
struct attributed *attributed_new(struct arena *);
bool attributed_read(struct attributed *, struct bytes *text, bool *links,
    struct arena *, struct bytes body);

/* The texts of up to `max` URLs in attributes (a link need not look like the
   text it lies under), borrowed from the input; returns how many.  An archive
   that is damaged gives those before the damage. */
uint32_t attributed_links(struct bytes *links, uint32_t max, struct arena *,
    struct bytes body);

#endif
