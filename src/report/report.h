/*
 * What a check says, in each form, from its result alone.
 *
 * Faults of writing stick in the struct out, and are asked for once by its
 * owner, with out_end().
 */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/out.h"
#include "record/result.h"
#include "report/texts.h"

struct report_options {
	enum lang lang;
	bool redact;		/* text and HTML; case.json is never redacted */
	bool colour;		/* text only */
	const char *examiner, *note;	/* or NULL */
	/* Where the files were written, as the operator named it; or NULL. */
	const char *output_dir;
};

/* For the terminal: 80 columns, UTF-8. */
void report_text(struct out *, const struct result *,
    const struct report_options *);

/* The page for people: one self-contained HTML file. */
void report_html(struct out *, const struct result *,
    const struct report_options *);

/* One case as one JSON object (docs/case.schema.json) and a line end.  Holds
   nothing of this machine or this hour. */
void report_json(struct out *, const struct result *,
    const struct report_options *);

/* Several cases: begin, report_json for each with report_json_between them,
   end: {"cases":[...]}. */
void report_json_begin(struct out *);
void report_json_between(struct out *);
void report_json_end(struct out *);

struct report_output {
	const char *file;	/* below the output folder */
	uint64_t size;
	char sha256[65];	/* hex */
};

/* When, where, by whom and how: what case.json leaves out. */
struct report_custody_info {
	unsigned argc;
	const char *const *argv;	/* the command as given */
	const char *kernel;	/* of this machine: "Linux 6.1.0" */
	const char *sandbox;		/* what the jail enforced, in words */
	int64_t started, ended;
	unsigned noutputs;
	const struct report_output *outputs;
};

/* custody.json: evidence as the operator named it, examiner, note, command,
   kernel, jail, times, and the SHA-256 of every other file written. */
void report_custody(struct out *, const struct result *,
    const struct report_options *, const struct report_custody_info *);

#endif
