/*
 * The files of one case in its output folder, but for records and timeline:
 * case.json, report.html, and custody.json with the SHA-256 of all of them.
 */
#ifndef CMD_CASE_FILES_H
#define CMD_CASE_FILES_H

#include "base/err.h"
#include "examine/output.h"
#include "report/report.h"

/* argv is the command as it was given, for custody.json. */
enum err case_files_write(struct output *, const struct result *,
    const struct report_options *, int argc, const char *const *argv);

#endif
