/*
 * Makes the files of a backup hostile, after mkbackup wrote them.
 * What fails here fails the test (cmocka).
 */
#ifndef TESTS_SABOTAGE_H
#define TESTS_SABOTAGE_H

#include "base/arena.h"
#include "base/bytes.h"

/* Where a file of the backup lies: by domain and path on the phone, or beside
   the manifest if the domain is NULL. */
const char *sabotage_where(struct arena *, const char *backup,
    const char *domain, const char *path);

/* The bytes of a file; and in its place others. */
struct bytes sabotage_read(struct arena *, const char *file);
void sabotage_write(const char *file, struct bytes);

/* One byte of it. */
void sabotage_poke(const char *file, long at, int byte);

/* Statements that the SQLite library runs on the file. */
void sabotage_sql(const char *file, const char *statements);

/* Every text of every table becomes the poison with a number after it, but
   for tables whose name is `spare` (or NULL). */
void sabotage_texts(const char *file, struct bytes poison, const char *spare);

/* Every text of a binary property list, and of those inside it, becomes as
   much of the poison as it has room for; keys stay. */
void sabotage_plist_texts(struct arena *, const char *file,
    struct bytes poison);

/* A pointer of the root page of a table to its right-most child now leads to
   the root itself. */
void sabotage_cycle(const char *file, const char *table);

#endif
