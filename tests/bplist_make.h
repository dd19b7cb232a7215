/*
 * Binary property lists for tests: compiled from XML, or put together by hand
 * where they are to be wrong.
 */
#ifndef TESTS_BPLIST_MAKE_H
#define TESTS_BPLIST_MAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/bytes.h"

/* Appends the binary form of an XML property list, objects in the order of
   their appearance and equal scalars once, as Apple writes it.  A UID is
   <dict><key>CF$UID</key><integer>N</integer></dict>.  False, and one static
   phrase, if the text is no sound property list. */
bool bplist_from_xml(struct buf *out, struct bytes xml, const char **why);

#define BPLIST_MAKE_OBJECTS	4096

struct bplist_make {
	struct buf *out;
	uint64_t offsets[BPLIST_MAKE_OBJECTS];
	unsigned n;
	size_t start;		/* of the document in out */
	unsigned ref_width;
	unsigned offset_width;
};

/* Begins a document; widths of 1 unless changed afterwards. */
struct bplist_make bplist_make_over(struct buf *out);

/* Adds an object as it stands, head and all; returns its number. */
unsigned bplist_make_add(struct bplist_make *, const void *, size_t);
unsigned bplist_make_text(struct bplist_make *, const char *ascii);
/* An array, or the keys and then values of a dict. */
unsigned bplist_make_array(struct bplist_make *, const unsigned *, unsigned n);
unsigned bplist_make_dict(struct bplist_make *, const unsigned *keys_values,
    unsigned pairs);

/* Writes the table and the trailer. */
void bplist_make_end(struct bplist_make *, unsigned top);

#endif
