/*
 * All rows of one table, in key order.
 */
#include "format/sqlite_inside.h"

#include <string.h>

enum err
sqlite_scan_open(struct sqlite_scan **out, struct sqlite *db,
    const struct sqlite_table *t)
{
	struct sqlite_scan *s = db->spare_scans;
	uint8_t *buf;

	if (s == NULL) {
		s = arena_alloc(db->arena, 1, sizeof(*s));
		buf = arena_alloc(db->arena, db->pages.ahead, db->pages.size);
		if (s == NULL || buf == NULL)
			return ERR_MEMORY;
		s->walk.window.buf = buf;
		s->refused = arena_alloc(db->arena, db->pages.size / 128 + 1,
		    sizeof(*s->refused));
		s->all = db->scans;
		db->scans = s;
	} else {
		db->spare_scans = s->spare;
	}
	if (!sqlite_row_init(&s->cell, db, t) || s->refused == NULL)
		return ERR_MEMORY;
	sqlite_walk_start(&s->walk, db, t->rowid ? SQLITE_TABLE_TREE :
	    SQLITE_INDEX_TREE, t->root == NULL ? 0 : t->root->page,
	    s->walk.window.buf, false);
	s->at = s->end = 0;
	*out = s;
	return ERR_NONE;
}

void
sqlite_scan_plan(struct sqlite_scan *s, const int *columns, unsigned n)
{
	sqlite_row_plan(&s->cell, columns, n);
}

/* Goes to the next page, or to the next row that stands on an interior page
   of an index tree. */
static bool
turn(struct sqlite_scan *s)
{
	struct sqlite_walk *w = &s->walk;
	struct sqlite *db = w->db;
	enum sqlite_event event = sqlite_walk_next(w);
	bool chains;

	if (event == SQLITE_END)
		return false;
	s->at = event == SQLITE_LEAF ? 0 : w->cell;
	s->end = event == SQLITE_LEAF ? w->page.cells : w->cell + 1;
	s->judged = db->pages.state[w->page.number] & PAGE_DAMAGED &&
	    sqlite_page_judge(db, &w->page, w->range, s->refused,
	    &chains) != NULL;
	return true;
}

bool
sqlite_scan_next(struct sqlite_scan *s, struct sqlite_row *row)
{
	struct sqlite_page *p = &s->walk.page;
	struct sqlite_slot slot;
	uint32_t i;

	for (;;) {
		if (s->at == s->end) {
			if (!turn(s))
				return false;
			continue;
		}
		i = s->at++;
		if (s->judged && sqlite_bit(s->refused, i))
			continue;
		if (sqlite_page_cell(p, i, &slot) &&
		    sqlite_row_load(&s->cell, p, &slot))
			break;
		sqlite_gap_page(s->walk.db, p->number,
		    "a row on it is damaged");
	}
	row->rowid = s->cell.rowid;
	row->page = p->number;
	row->cell = &s->cell;
	return true;
}

void
sqlite_scan_close(struct sqlite_scan *s)
{
	struct sqlite *db;

	if (s == NULL)
		return;
	db = s->walk.db;
	s->spare = db->spare_scans;
	db->spare_scans = s;
}
