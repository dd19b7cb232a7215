/*
 * The parts of report.html of a count; election_html (election.h) puts them
 * together.  As report/html.h: markup from constants of ours alone, everything
 * else is said into `text` and escaped.
 */
#ifndef REPORT_ELECTION_HTML_H
#define REPORT_ELECTION_HTML_H

#include <stdbool.h>

#include "election/anomaly.h"
#include "report/election.h"
#include "report/html.h"

#define ELECTION_HTML_NAME	400	/* bytes of one name */

/* A section with its heading; "</section>" ends it. */
void election_html_section(struct html *, const char *id,
    const char *heading);
/* What was said, as a paragraph; of a class, or NULL. */
void election_html_paragraph(struct html *, const char *class);
/* A table's head, up to its first row.  Columns that begin with # are of
   numbers.  election_html_table_end ends it. */
void election_html_table(struct html *, const char *caption,
    const char *const *columns, unsigned n);
void election_html_table_end(struct html *);
/* What was said: the first cell of a row; a cell; what ends a row. */
void election_html_row(struct html *);
void election_html_cell(struct html *, bool number);
void election_html_row_end(struct html *);
/* "and 12 more: ...", if that is not all. */
void election_html_more(struct html *, uint64_t shown, uint64_t all,
    const char *where);

void election_tables_figures(struct html *, const struct tally *);
void election_tables_regions(struct html *, const struct tally *);
void election_tables_files(struct html *, const struct tally *);
void election_tables_controls(struct html *, const struct tally *);
void election_stations_broken(struct html *, const struct election_view *);
void election_stations_versions(struct html *, const struct tally *);
void election_stations_annulled(struct html *, const struct tally *);
void election_stations_missing(struct html *, const struct tally *);
void election_pictures(struct html *, const struct tally *);
void election_anomaly_page(struct html *, const struct anomaly_report *);

/* Beside html_style. */
extern const char election_style[];

#endif
