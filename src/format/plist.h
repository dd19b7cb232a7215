/*
 * Property lists, binary and XML, behind one set of questions.
 *
 * A document is read once into nodes; an object that is reached twice is read
 * once.  Text and data of binary lists are borrowed from the input where they
 * need no conversion.  All of it lives in the caller's arena.
 */
#ifndef FORMAT_PLIST_H
#define FORMAT_PLIST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/bytes.h"
#include "base/err.h"
#include "record/gap.h"
#include "record/val.h"

enum plist_type {
	PLIST_NONE = 0,		/* what a question without an answer gives */
	PLIST_NULL,
	PLIST_BOOL,
	PLIST_INT,
	PLIST_REAL,
	PLIST_DATE,
	PLIST_DATA,
	PLIST_TEXT,		/* UTF-8 */
	PLIST_UID,
	PLIST_ARRAY,
	PLIST_DICT
};

struct plist_doc;		/* opaque; in the arena */

struct plist {			/* one node; pass by value */
	const struct plist_doc *doc;
	uint32_t node;
};

/* Reads a document of either form (told apart by its head) into the arena; the
   input must live as long.  ERR_KIND if it is neither; damage inside is a gap
   and the readable part is given: what could not be read is a none node.
   *root is untouched on an error, and none if nothing could be read. */
enum err plist_read(struct plist *root, struct arena *, struct bytes,
    const struct gap_sink *);

/* Any question may be put to any node, and to the none node. */
enum plist_type plist_type(struct plist);
bool plist_is(struct plist);			/* not none */
struct plist plist_get(struct plist dict, const char *key);
/* The same for n keys at once, at most 32, into out[0..n). */
void plist_get_all(struct plist dict, const struct bytes *keys,
    struct plist *out, unsigned n);
struct plist plist_path(struct plist, const char *dotted); /* a.b.0.c */
uint32_t plist_count(struct plist);		/* of an array or dict */
struct plist plist_at(struct plist, uint32_t);	/* member of array or dict */
struct bytes plist_key(struct plist, uint32_t);	/* of a dict */
struct bytes plist_bytes(struct plist);		/* of text or data */
/* An int, bool, UID or whole real; `otherwise` also for what does not fit. */
int64_t plist_int(struct plist, int64_t otherwise);
double plist_real(struct plist, double otherwise);
int64_t plist_date(struct plist);	/* us since 1970, or TIME_UNSET */

/* As a val: text, int, real, bool, time, blob; arrays and dicts as VAL_JSON
   (made in the arena), none and null unset.  Integers above INT64_MAX are
   reals; JSON above LIMIT_CELL_BYTES is a text that says so. */
struct val plist_val(struct plist, struct arena *);

/* As JSON: data as a base64 string; dates as RFC 3339;
   UIDs as integers; text escaped by base/text; null for what JSON has no word
   for.  Bounded by the buffer, and by LIMIT_PLIST_NODES visits (a small
   document can name one part very often): then the buffer is bad. */
void plist_json(struct plist, struct buf *);

#endif
