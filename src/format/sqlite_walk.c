/*
 * A b-tree in key order.  The check walks each tree once and claims its
 * pages; a scan walks again and enters only what the check admitted, so a
 * tree that leads in circles ends here as it ended there.
 */
#include "format/sqlite_inside.h"

#include <assert.h>

/* The fault is told of the page that leads there, or of the schema. */
static void
leads_astray(struct sqlite_walk *w, uint32_t parent, uint32_t page,
    const char *why)
{
	if (parent != 0)
		sqlite_gap_page(w->db, parent, "it leads to page %u, which %s",
		    page, why);
	else if (w->checking)
		sqlite_gap_file(w->db, "a table begins on page %u, which %s",
		    page, why);
}

/* Whether a page is of the kind of this tree, as far as it was seen. */
static bool
of_kind(const struct sqlite_walk *w, uint8_t state)
{
	if (w->tree == SQLITE_ANY_TREE || !(state & (PAGE_TABLE | PAGE_INDEX)))
		return true;
	return (w->tree == SQLITE_TABLE_TREE) == ((state & PAGE_TABLE) != 0);
}

/* In a check, whether the page is still to be had, by what is known without
   reading it again; else a page full of bad pointers would cost a read for
   each. */
static bool
to_be_had(struct sqlite_walk *w, uint32_t page, uint32_t parent)
{
	uint8_t *state = &w->db->pages.state[page];

	if (!of_kind(w, *state)) {
		leads_astray(w, parent, page, "is of another kind of tree");
		return false;
	}
	if (*state & PAGE_TREE) {
		*state |= PAGE_SHARED;
		sqlite_gap_page(w->db, page, "it is in two places at once");
		return false;
	}
	return !(*state & PAGE_DAMAGED);
}

/* In a scan, whether the check gave the page to this tree alone. */
static bool
admitted(struct sqlite_walk *w, uint32_t page, uint32_t parent)
{
	uint8_t state = w->db->pages.state[page];

	if ((state & PAGE_TREE) && !(state & PAGE_SHARED) && of_kind(w, state))
		return true;
	if (parent == 0 || !(w->db->pages.state[parent] & PAGE_TOLD))
		sqlite_gap_page(w->db, page, "it does not belong to the table "
		    "alone that leads to it");
	return false;
}

/* Judges a page, in a check or when it is first read. */
static bool
judge(struct sqlite_walk *w)
{
	struct sqlite *db = w->db;
	uint32_t number = w->page.number;

	if (!w->checking && !sqlite_unjudged(db, number))
		return true;
	if (!w->checking && !w->page.leaf) {
		db->pages.state[number] |= PAGE_DAMAGED;
		sqlite_gap_page(db, number, "it stands where a leaf must be");
		return false;
	}
	sqlite_check_page(db, &w->page, w->range);
	return true;
}

/* Reads a page and sees that it is of the tree; judges it if that is due. */
static bool
fetch(struct sqlite_walk *w, uint32_t number, uint32_t parent)
{
	struct sqlite *db = w->db;
	const uint8_t *bytes;
	uint8_t *state;

	if (w->steps == 0 || number == 0 || number > db->pages.limit ||
	    !sqlite_pages_held(&db->pages, number)) {
		leads_astray(w, parent, number, "is not there");
		return false;
	}
	w->steps--;
	state = &db->pages.state[number];
	if (w->checking ? !to_be_had(w, number, parent) :
	    !admitted(w, number, parent))
		return false;
	bytes = sqlite_pages_through(&db->pages, &w->window, number);
	if (bytes == NULL ||
	    !sqlite_page_parse(&db->pages, number, bytes, &w->page)) {
		*state |= PAGE_DAMAGED;
		sqlite_gap_page(db, number, "it is no page of a table");
		return false;
	}
	*state |= w->page.table ? PAGE_TABLE : PAGE_INDEX;
	if (!of_kind(w, *state)) {
		leads_astray(w, parent, number, "is of another kind of tree");
		return false;
	}
	if (w->tree == SQLITE_ANY_TREE)
		w->tree = w->page.table ? SQLITE_TABLE_TREE :
		    SQLITE_INDEX_TREE;
	return judge(w);
}

/* Claims a leaf without reading it. */
static void
claim(struct sqlite_walk *w, uint32_t number)
{
	struct sqlite_pages *m = &w->db->pages;

	if (w->steps == 0 || number > m->limit ||
	    !sqlite_pages_held(m, number) ||
	    (m->state[number] & ~PAGE_TOLD) != 0) {
		w->db->odd = true;
		return;
	}
	w->steps--;
	m->state[number] |= PAGE_TREE;
}

/* Whether a child of the last level need not be entered. */
static bool
passed(struct sqlite_walk *w, uint32_t number)
{
	if (w->depth + 1 != w->leaf_depth || (!w->claiming && !w->skipping))
		return false;
	if (w->claiming)
		claim(w, number);
	return w->claiming || (number <= w->db->pages.limit &&
	    !sqlite_unjudged(w->db, number));
}

/* Enters a page.  True if it is a leaf; an interior page becomes a level. */
static bool
enter(struct sqlite_walk *w, uint32_t number, uint32_t parent)
{
	struct sqlite *db = w->db;
	struct sqlite_level *l;

	if (!fetch(w, number, parent))
		return false;
	if (w->page.cells == 0 && (parent != 0 || !w->page.leaf) &&
	    (number != 1 || w->page.leaf))
		sqlite_gap_page(db, number, "it holds no cells");
	if (w->page.leaf) {
		w->cells += w->page.cells;
		if (w->leaf_depth == 0)
			w->leaf_depth = w->depth + 1;
		if (w->leaf_depth != w->depth + 1)
			sqlite_gap_page(db, number,
			    "it lies at another depth than other leaves");
		return true;
	}
	if (!w->page.table)
		w->cells += w->page.cells;
	if (w->depth == LIMIT_BTREE_DEPTH) {
		sqlite_gap_page(db, number, "its tree is too deep");
		return false;
	}
	sqlite_pages_keep(&db->pages, number, w->page.bytes.p);
	l = &w->level[w->depth++];
	*l = (struct sqlite_level){ .page = number, .cells = w->page.cells,
	    .range = w->range,
	    .ordered = !(db->pages.state[number] & PAGE_DAMAGED) };
	return false;
}

/* The next child of a level, and the range of its rowids; 0 if its cell
   cannot be read. */
static uint32_t
child(struct sqlite_walk *w, struct sqlite_level *l)
{
	struct sqlite_pages *m = &w->db->pages;
	struct bytes b = sqlite_pages_get(m, l->page);
	struct sqlite_page p;
	struct sqlite_slot s;

	w->range = l->range;
	if (b.p == NULL || !sqlite_page_parse(m, l->page, b.p, &p) || p.leaf)
		return 0;
	if (l->next >= p.cells) {
		l->next++;
		return p.right;
	}
	if (!sqlite_page_cell(&p, l->next++, &s))
		return 0;
	l->pending = !p.table && !w->checking && !w->skipping;
	if (p.table && l->ordered) {
		w->range.hi = s.rowid;
		l->range.lo = s.rowid;	/* of the child after this one */
		l->range.bounded = true;
	}
	return s.child;
}

/* The cell of an interior page of an index tree that is due. */
static bool
own_cell(struct sqlite_walk *w, struct sqlite_level *l)
{
	struct sqlite_pages *m = &w->db->pages;
	const uint8_t *bytes;

	l->pending = false;
	w->cell = l->next - 1;
	w->range = l->range;
	bytes = sqlite_pages_through(m, &w->window, l->page);
	return bytes != NULL &&
	    sqlite_page_parse(m, l->page, bytes, &w->page) &&
	    !w->page.leaf && w->cell < w->page.cells;
}

void
sqlite_walk_start(struct sqlite_walk *w, struct sqlite *db,
    enum sqlite_tree tree, uint32_t root, uint8_t *buf, bool checking)
{
	w->db = db;
	w->checking = checking;
	w->claiming = w->skipping = false;
	w->tree = tree;
	w->steps = (uint64_t)db->pages.limit + 1;
	w->cells = 0;
	w->depth = w->leaf_depth = 0;
	w->window = (struct sqlite_window){ .buf = buf };
	w->range = (struct sqlite_range){ 0, INT64_MAX, false };
	w->root = root;
	w->begun = false;
}

enum sqlite_event
sqlite_walk_next(struct sqlite_walk *w)
{
	struct sqlite_level *l;
	uint32_t page;

	if (!w->begun) {
		w->begun = true;
		if (enter(w, w->root, 0))
			return SQLITE_LEAF;
	}
	while (w->depth > 0) {
		l = &w->level[w->depth - 1];
		if (l->pending) {
			if (own_cell(w, l))
				return SQLITE_CELL;
			continue;
		}
		if (l->next > l->cells) {
			w->depth--;
			continue;
		}
		page = child(w, l);
		if (page != 0 && passed(w, page))
			continue;
		if (page == 0)
			sqlite_gap_page(w->db, l->page,
			    "a page below it cannot be found");
		else if (enter(w, page, l->page))
			return SQLITE_LEAF;
	}
	return SQLITE_END;
}
