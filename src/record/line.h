/*
 * The line of a record in records/ARTIFACT.jsonl.
 *
 * As field_json() without what says nothing: a field that is unset, false, 0
 * or empty is left out, and so is one that only puts others of the record
 * together (field.h: derived).
 */
#ifndef RECORD_LINE_H
#define RECORD_LINE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "record/field.h"

struct line;			/* opaque; in the arena */

/* Prepared for the fields of one artifact, which live as long. */
enum err line_new(struct line **, struct arena *, const struct field *,
    unsigned nfields);

/* {"name":value,...}, without a line end. */
void line_add(const struct line *, struct buf *, const struct val *);

#endif
