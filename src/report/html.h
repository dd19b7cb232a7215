/*
 * The parts of the page for people; report_html (report.h) puts them together.
 *
 * Markup is written by html_raw, from constants of ours alone.  Everything
 * else is said into `text` and leaves through html_said, which escapes it.
 */
#ifndef REPORT_HTML_H
#define REPORT_HTML_H

#include "base/buf.h"
#include "base/out.h"
#include "report/report.h"
#include "report/say.h"

struct html {
	struct out *out;
	const struct result *r;
	const struct report_options *o;
	enum lang lang;
	struct buf text;	/* being said, not escaped yet */
};

void html_raw(struct html *, const char *markup);
void html_said(struct html *);
void html_string(struct html *, const char *);
void html_bytes(struct html *, struct bytes, size_t limit);
void html_phrase(struct html *, enum phrase);
void html_number(struct html *, uint64_t);

/* A section with its heading; "</section>" ends it. */
void html_section(struct html *, const char *id, enum phrase);

/* A line of a list of facts: what it is, and what was said into `text`. */
void html_fact(struct html *, const char *name);

/* A table's head: its columns, and a caption for those who cannot see it. */
void html_table(struct html *, enum phrase caption, const enum phrase *columns,
    unsigned n);

/* "Shown here: 200 of 3,000...", if it is not all of them. */
void html_shown(struct html *, uint64_t shown, uint64_t all);

void html_findings(struct html *);
void html_timeline(struct html *);
void html_gaps(struct html *);
void html_coverage(struct html *);
void html_indicators(struct html *);
void html_next_steps(struct html *);
void html_person(struct html *);

/* The style sheet. */
extern const char html_style[];

#endif
