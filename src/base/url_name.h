/*
 * Dotted names within free text, for url_find.
 */
#ifndef BASE_URL_NAME_H
#define BASE_URL_NAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"

enum url_name_class {		/* what an ASCII byte can be part of */
	URL_IN_NAME = 1,	/* a host name */
	URL_IN_LOCAL = 2,	/* what stands before @ */
	URL_IN_SCHEME = 4,
	URL_ENDS = 8		/* no URL has it */
};

struct url_name {
	size_t start, end;	/* places in the text */
	size_t last;		/* where the last label begins */
	size_t labels;		/* 0: no name here */
	bool dotted;		/* has a plain dot */
};

extern const uint8_t url_name_classes[256];

/* Whether the byte at `at` is of one of the classes; ASCII only. */
static inline bool
url_name_is(const struct bytes *in, size_t at, unsigned classes)
{
	return at < in->n && (url_name_classes[in->p[at]] & classes) != 0;
}

/* The length of a letter beyond ASCII at `at`, or of the one that ends before
   `at` and begins at `floor` or later; 0 if there is none.  Blanks, quotes,
   brackets and full stops of all scripts are no letters. */
size_t url_name_letter(const struct bytes *, size_t at);
size_t url_name_letter_before(const struct bytes *, size_t at, size_t floor);

/* Where the label that ends before `at` begins, `floor` or later; SIZE_MAX if
   it is too long to be one. */
size_t url_name_start(const struct bytes *, size_t floor, size_t at);

/* The name that begins at `start`, as far as it goes.  After a scheme also
   with %XX and with ideographic full stops for dots. */
struct url_name url_name_read(const struct bytes *, size_t start,
    bool after_scheme);

/* Cuts the last label where it turns from ASCII to other letters or back, and
   "-" and "_" at its end. */
void url_name_trim_last(const struct bytes *, struct url_name *);

/* "evil.com.Then": cuts back to a known top-level domain if it has one. */
void url_name_trim_unknown(const struct bytes *, struct url_name *);

/* Cuts a name without scheme back to what can be a host; false if nothing
   can: then it is half cut. */
bool url_name_trim(const struct bytes *, struct url_name *);

#endif
