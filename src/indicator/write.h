/*
 * From the entries to the bytes of the index.
 */
#ifndef INDICATOR_WRITE_H
#define INDICATOR_WRITE_H

#include "base/buf.h"
#include "base/err.h"
#include "indicator/entries.h"

enum err write_index(const struct entries *, struct buf *out);

#endif
