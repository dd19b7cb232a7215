/*
 * The journal of a folder that files are taken out to; a part of
 * extract_folder.h.
 *
 * It begins with "ostrakon backup decrypt 1", the identity of the work, and an
 * empty line; or, when all is done, "done" and the figures.  Then a line for
 * each file: row, size ("-": none), name and JSON with tabs between them.
 */
#ifndef EXAMINE_EXTRACT_JOURNAL_H
#define EXAMINE_EXTRACT_JOURNAL_H

#include "examine/extract_folder.h"

/* Files under way at once, and one for the journal and the list. */
#define EXTRACT_PARTS	9
#define EXTRACT_OWN_PART	8

/* A new journal, or with figures the mark that all is done. */
enum extract_end extract_journal_mark(struct extract_folder *,
    const struct extract_identity *, const struct extract_sum *);

enum extract_end extract_journal_open(struct extract_folder *,
    const struct extract_identity *, struct extract_sum *, bool *finished);

#endif
