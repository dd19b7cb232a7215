/*
 * The bytes of a small database, made by the library and then spoiled, and
 * our reader over them.
 */
#ifndef SQLITE_IMAGE_H
#define SQLITE_IMAGE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/input.h"
#include "format/sqlite.h"
#include "sqlite_oracle.h"

/* A table of the numbers from 1 to a limit, to select from. */
#define SQLITE_NUMBERS(limit) "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL " \
	"SELECT i + 1 FROM n WHERE i < " #limit ") "

struct sqlite_image {
	uint8_t *p;
	size_t n;
	struct arena arena;	/* of the reading under way */
	struct oracle_gaps gaps;	/* of the last one */
	struct gap_sink sink;
};

/* A new image of the database that this SQL makes. */
void sqlite_image_make(struct sqlite_image *, unsigned page_size,
    const char *text);
void sqlite_image_free(struct sqlite_image *);

/* Big-endian numbers in the image, and the place of a cell of a page whose
   header begins at `page` (not page 1). */
uint32_t sqlite_image_get16(const struct sqlite_image *, size_t at);
uint32_t sqlite_image_get32(const struct sqlite_image *, size_t at);
void sqlite_image_put32(struct sqlite_image *, size_t at, uint32_t);
size_t sqlite_image_cell(const struct sqlite_image *, size_t page, unsigned i);

enum err sqlite_image_open(struct sqlite_image *, struct sqlite **,
    const struct input *db, const struct input *wal);

/* Every value of every table; how many rows there were. */
size_t sqlite_image_rows(struct sqlite *);

/* Opens the image, reads all of it, closes it. */
size_t sqlite_image_read(struct sqlite_image *);

#endif
