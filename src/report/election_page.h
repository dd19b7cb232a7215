/*
 * Lines and columns for the terminal: what is gathered in `line` is escaped on
 * its way out, names from files and words of ours alike.
 */
#ifndef REPORT_ELECTION_PAGE_H
#define REPORT_ELECTION_PAGE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/out.h"

struct election_page {
	struct out *out;
	unsigned width;
	bool colour, begun;
	struct buf line, safe;
};

struct election_page election_page_new(struct out *, unsigned width,
    bool colour);
void election_page_free(struct election_page *);

/* Writes what was gathered as a paragraph that begins at `first` columns and
   goes on at `indent`. */
void election_page_flow(struct election_page *, unsigned first,
    unsigned indent);
/* What was gathered, on a line that already has `at` columns. */
void election_page_rest(struct election_page *, unsigned at);
/* The same behind a label of the page's own, in `column`. */
void election_page_labelled(struct election_page *, const char *label,
    unsigned first, unsigned column);
/* A blank line stands before it, if anything does. */
void election_page_heading(struct election_page *, const char *);
/* In bold, or loud, if there is colour. */
void election_page_loud(struct election_page *, bool on);

/* The first cell of a row, `width` columns with what parts it from the next: a
   longer one has a line of its own.  Cells of numbers stand to the right. */
void election_page_name(struct election_page *, unsigned first,
    unsigned width);
void election_page_cell(struct election_page *, unsigned width);
void election_page_end(struct election_page *);

#endif
