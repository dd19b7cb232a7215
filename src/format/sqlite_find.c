/*
 * A row by its rowid.  The last leaf is kept with the range of rowids that
 * belong on it, so look-ups that stay near cost one binary search.
 */
#include "format/sqlite_inside.h"

#include <string.h>

enum err
sqlite_find_open(struct sqlite_find **out, struct sqlite *db,
    const struct sqlite_table *t)
{
	struct sqlite_find *f = db->spare_finds;

	if (f == NULL) {
		f = arena_alloc(db->arena, 1, sizeof(*f));
		if (f == NULL)
			return ERR_MEMORY;
		f->buf = arena_alloc(db->arena, db->pages.size, 1);
		f->refused = arena_alloc(db->arena, db->pages.size / 128 + 1,
		    sizeof(*f->refused));
		f->all = db->finds;
		db->finds = f;
	} else {
		db->spare_finds = f->spare;
	}
	f->held = false;
	if (!sqlite_row_init(&f->cell, db, t) || f->buf == NULL ||
	    f->refused == NULL)
		return ERR_MEMORY;
	*out = f;
	return ERR_NONE;
}

void
sqlite_find_plan(struct sqlite_find *f, const int *columns, unsigned n)
{
	sqlite_row_plan(&f->cell, columns, n);
}

/* The first cell whose key is not below the rowid; p->cells if there is
   none. */
static uint32_t
lower_bound(const struct sqlite_page *p, int64_t rowid)
{
	uint32_t low = 0, high = p->cells, middle;
	struct sqlite_slot s;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (sqlite_page_cell(p, middle, &s) && s.rowid < rowid)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool
enterable(const struct sqlite_pages *m, uint32_t page)
{
	return page != 0 && page <= m->limit &&
	    (m->state[page] & PAGE_TREE) && !(m->state[page] & PAGE_SHARED);
}

/* The child where the rowid belongs; narrows the range. */
static uint32_t
child(const struct sqlite_page *p, int64_t rowid, struct sqlite_range *range)
{
	struct sqlite_slot s;
	uint32_t i = lower_bound(p, rowid);
	uint32_t page = p->right;

	if (i > 0 && sqlite_page_cell(p, i - 1, &s)) {
		range->lo = s.rowid;
		range->bounded = true;
	}
	if (i == p->cells)
		return page;
	if (!sqlite_page_cell(p, i, &s))
		return 0;
	range->hi = s.rowid;
	return s.child;
}

/* Judges a leaf that is read for the first time.  False if it is none. */
static bool
judge(struct sqlite_find *f, uint32_t number, bool parsed,
    struct sqlite_range range)
{
	struct sqlite *db = f->cell.db;

	if (!sqlite_unjudged(db, number))
		return parsed && f->page.table;
	if (parsed && f->page.leaf && f->page.table) {
		sqlite_check_page(db, &f->page, range);
		return true;
	}
	db->pages.state[number] |= PAGE_DAMAGED;
	sqlite_gap_page(db, number, parsed ? "it stands where a leaf must be" :
	    "it is no page of a table");
	return false;
}

/* Holds the leaf where the rowid belongs. */
static bool
descend(struct sqlite_find *f, int64_t rowid)
{
	struct sqlite *db = f->cell.db;
	struct sqlite_pages *m = &db->pages;
	struct sqlite_range range = { 0, INT64_MAX, false };
	uint32_t page = f->cell.table->root == NULL ? 0 :
	    f->cell.table->root->page;
	unsigned depth;
	struct bytes b;
	bool chains;

	f->held = false;
	for (depth = 0; depth <= LIMIT_BTREE_DEPTH; depth++) {
		if (!enterable(m, page))
			return false;
		b = sqlite_pages_get(m, page);
		if (!judge(f, page, b.p != NULL && sqlite_page_parse(m, page,
		    b.p, &f->page), range))
			return false;
		if (f->page.leaf)
			break;
		page = child(&f->page, rowid, &range);
	}
	if (depth > LIMIT_BTREE_DEPTH)
		return false;
	memcpy(f->buf, b.p, b.n);
	f->held = sqlite_page_parse(m, page, f->buf, &f->page);
	f->range = range;
	f->judged = m->state[page] & PAGE_DAMAGED &&
	    sqlite_page_judge(db, &f->page, range, f->refused, &chains) != NULL;
	return f->held;
}

/* The cell of the leaf with this rowid. */
static bool
on_leaf(const struct sqlite_find *f, int64_t rowid, struct sqlite_slot *s)
{
	const struct sqlite_page *p = &f->page;
	uint32_t i;

	if (!f->judged)
		return sqlite_page_cell(p, lower_bound(p, rowid), s) &&
		    s->rowid == rowid;
	for (i = 0; i < p->cells; i++)
		if (!sqlite_bit(f->refused, i) && sqlite_page_cell(p, i, s) &&
		    s->rowid == rowid)
			return true;
	return false;
}

bool
sqlite_find_row(struct sqlite_find *f, int64_t rowid, struct sqlite_row *row)
{
	struct sqlite_slot s;

	if (!f->cell.table->rowid)
		return false;
	if (!(f->held && rowid <= f->range.hi &&
	    (!f->range.bounded || rowid > f->range.lo)) && !descend(f, rowid))
		return false;
	if (!on_leaf(f, rowid, &s))
		return false;
	if (!sqlite_row_load(&f->cell, &f->page, &s)) {
		sqlite_gap_page(f->cell.db, f->page.number,
		    "a row on it is damaged");
		return false;
	}
	row->rowid = rowid;
	row->page = f->page.number;
	row->cell = &f->cell;
	return true;
}

void
sqlite_find_close(struct sqlite_find *f)
{
	struct sqlite *db;

	if (f == NULL)
		return;
	db = f->cell.db;
	f->spare = db->spare_finds;
	db->spare_finds = f;
}
