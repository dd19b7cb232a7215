/*
 * Damage, told once for each page, and a bounded number of times for each
 * database: a hostile file must not be able to bury one gap under a million.
 */
#include "format/sqlite_inside.h"

#include <stdarg.h>
#include <stdio.h>

static bool
room(struct sqlite *db)
{
	if (db->told >= SQLITE_GAPS) {
		db->untold++;
		return false;
	}
	db->told++;
	return true;
}

void
sqlite_gap_page(struct sqlite *db, uint32_t page, const char *format, ...)
{
	struct sqlite_pages *m = &db->pages;
	char why[200];
	va_list args;

	db->odd = true;
	if (db->quiet)
		return;
	if (page > 0 && page <= m->limit && m->state != NULL) {
		if (m->state[page] & PAGE_TOLD)
			return;
		m->state[page] |= PAGE_TOLD;
	}
	if (!room(db))
		return;
	va_start(args, format);
	(void)vsnprintf(why, sizeof(why), format, args);
	va_end(args);
	gap_addf(db->gaps, page == 0 ? GAP_NO_OFFSET :
	    (uint64_t)(page - 1) * m->size, "page %u: %s", page, why);
}

void
sqlite_gap_file(struct sqlite *db, const char *format, ...)
{
	char why[240];
	va_list args;

	db->odd = true;
	if (db->quiet || !room(db))
		return;
	va_start(args, format);
	(void)vsnprintf(why, sizeof(why), format, args);
	va_end(args);
	gap_add(db->gaps, GAP_NO_OFFSET, why);
}

void
sqlite_gap_rest(struct sqlite *db)
{
	if (db->untold > 0)
		gap_addf(db->gaps, GAP_NO_OFFSET,
		    "%llu more places of this database could not be read",
		    (unsigned long long)db->untold);
	db->untold = 0;
}
