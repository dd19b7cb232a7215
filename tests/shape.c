/*
 * What a file is made of, without the values.
 */
#include "shape.h"

#include "base/arena.h"
#include "base/input.h"
#include "base/limits.h"
#include "format/plist.h"
#include "format/sqlite.h"

#define MEMORY		(64 * MIB)

static void
shape_add(struct shape *shape, uint64_t what)
{
	shape->hash = (shape->hash ^ what) * UINT64_C(0x100000001b3);
	shape->hash ^= shape->hash >> 29;
}

static void
shape_gap(void *ctx, const struct gap *gap)
{
	struct shape *shape = ctx;

	(void)gap;
	shape->ngaps++;
}

static void
shape_plist(struct shape *shape, struct plist node, unsigned depth)
{
	uint32_t i, n = plist_count(node);

	shape_add(shape, (uint64_t)plist_type(node) << 32 | n);
	for (i = 0; depth < LIMIT_DEPTH && i < n; i++)
		shape_plist(shape, plist_at(node, i), depth + 1);
}

static void
shape_sqlite(struct shape *shape, struct sqlite *db)
{
	const struct sqlite_table *table;
	struct sqlite_scan *scan;
	struct sqlite_row row;
	unsigned i;

	for (i = 0; (table = sqlite_table_at(db, i)) != NULL; i++) {
		shape_add(shape, 0x7461626c65);
		if (sqlite_scan_open(&scan, db, table) != ERR_NONE)
			continue;
		while (sqlite_scan_next(scan, &row))
			shape_add(shape, 1);
		sqlite_scan_close(scan);
	}
}

struct shape
shape_of(struct bytes bytes)
{
	struct arena arena = arena_with(MEMORY);
	struct shape shape = { 0, 0 };
	struct gap_sink gaps = { shape_gap, &shape };
	struct input in = input_memory(bytes);
	struct sqlite_files files = { &in, NULL, NULL };
	struct sqlite *db = NULL;
	struct plist root;

	if (bytes_starts(bytes, "SQLite") &&
	    sqlite_open(&db, &arena, &files, &gaps) == ERR_NONE) {
		shape_sqlite(&shape, db);
		sqlite_close(db);
	} else if (plist_read(&root, &arena, bytes, &gaps) == ERR_NONE) {
		shape_plist(&shape, root, 0);
	} else
		shape.ngaps++;
	arena_free(&arena);
	return shape;
}
