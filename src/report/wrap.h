/*
 * Text in columns, for terminals: lines broken by what a character takes on
 * the screen, not by bytes.
 */
#ifndef REPORT_WRAP_H
#define REPORT_WRAP_H

#include "base/bytes.h"
#include "base/out.h"

/* Columns that UTF-8 text takes: 2 for East Asian wide characters and
   pictures, 0 for marks that stand over another. */
unsigned wrap_columns(struct bytes);

/* Writes escaped text, beginning at column `at`, in lines of at most `width`
   columns; later lines are indented.  Words that fit on no line are cut.  A
   text that begins with a blank goes on with the line that is there.  A line
   end is added. */
void wrap_text(struct out *, struct bytes, unsigned at, unsigned indent,
    unsigned width);

/* Blanks. */
void wrap_blanks(struct out *, unsigned n);

#endif
