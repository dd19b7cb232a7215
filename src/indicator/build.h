/*
 * From STIX 2.0 and 2.1 bundles to the flat index.  Runs in a jailed worker.
 */
#ifndef INDICATOR_BUILD_H
#define INDICATOR_BUILD_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/bytes.h"
#include "base/err.h"

struct build;			/* opaque; in the arena */

enum err build_new(struct build **, struct arena *);

/* One bundle.  A fault in it becomes a note (file, object, offset) and what
   was whole before it is kept.  `text` is borrowed until build_end. */
void build_add(struct build *, struct bytes file_name, struct bytes text);

/* A note from outside: a file that could not be opened. */
void build_fault(struct build *, struct bytes file_name, const char *why);

/* Resolves revisions, sets and relationships, and writes the index. */
enum err build_end(struct build *, struct buf *out);

#endif
