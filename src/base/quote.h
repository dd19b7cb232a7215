/*
 * The common case of text_escape(), fast: most text needs no escape at all.
 */
#ifndef BASE_QUOTE_H
#define BASE_QUOTE_H

#include "base/buf.h"
#include "base/bytes.h"

/* Appends a JSON string with its quotes: between them stand the same bytes as
   text_escape(..., TEXT_JSON) would append. */
void quote_json(struct buf *, struct bytes);

/* Appends a field of a CSV line as text_escape(..., TEXT_CSV), but without the
   quotes where they are not needed. */
void quote_csv(struct buf *, struct bytes);

#endif
