/*
 * The structural check: every page of every tree once, overflow chains, the
 * freelist, and pages that nothing leads to.
 *
 * A page belongs to one place.  If two claim it, one of them was led astray
 * by damage, and nothing says which: it is read for neither.
 *
 * Reading a large database once for the check and once for its rows takes twice
 * as long.  So at first only the interior pages of its trees are read, one in
 * a hundred; they name all others.  If all that is in order, the leaves
 * are judged when they are read, or at the end; if anything is odd, the whole
 * check is done at once, as for small ones.  What differs is that an overflow
 * chain is known to meet another only when the second of them is reached.
 */
#include "format/sqlite_inside.h"

/* Follows the overflow chain of one cell and claims its pages.  What is
   wrong with it, or NULL. */
static const char *
chain(struct sqlite *db, const struct sqlite_slot *s)
{
	struct sqlite_pages *m = &db->pages;
	uint64_t left = s->payload - s->local;
	uint32_t page = s->overflow;
	uint8_t raw[4];

	while (left > 0) {
		if (page == 0)
			return "an overflow chain from it ends early";
		if (page > m->limit || !sqlite_pages_read(m, page, raw, 4))
			return "an overflow chain from it leads nowhere";
		if (m->state[page] & PAGE_TREE)
			return "an overflow chain from it runs into a table";
		if (m->state[page] & PAGE_FREE) {
			m->state[page] |= PAGE_SHARED;
			sqlite_gap_page(db, page,
			    "it is in use and on the freelist");
		}
		if (m->state[page] & PAGE_OVERFLOW) {
			m->state[page] |= PAGE_SHARED;
			return "an overflow chain from it meets another";
		}
		m->state[page] |= PAGE_OVERFLOW;
		page = sqlite_u32(bytes_at(raw, sizeof(raw)), 0);
		left -= left < m->usable - 4 ? left : m->usable - 4;
	}
	return page == 0 ? NULL : "an overflow chain from it is too long";
}

static void
chains(struct sqlite *db, const struct sqlite_page *p, bool damaged)
{
	struct sqlite_slot s;
	const char *why;
	uint32_t i;

	for (i = 0; i < p->cells; i++) {
		if ((damaged && sqlite_bit(db->refused, i)) ||
		    !sqlite_page_cell(p, i, &s) || s.overflow == 0)
			continue;
		why = chain(db, &s);
		if (why != NULL)
			sqlite_gap_page(db, p->number, "%s", why);
	}
}

/* Claims a page for its tree, and judges it. */
void
sqlite_check_page(struct sqlite *db, const struct sqlite_page *p,
    struct sqlite_range range)
{
	uint8_t *state = &db->pages.state[p->number];
	const char *why;
	bool any;

	if (db->later)
		db->judged[p->number / 64] |=
		    (uint64_t)1 << p->number % 64;
	if (p->number > db->pages.count)
		sqlite_gap_page(db, p->number, "it lies past the %u pages "
		    "that the header counts", db->pages.count);
	why = sqlite_page_judge(db, p, range, db->refused, &any);
	if (*state & PAGE_OVERFLOW) {
		/* A sound page is no piece of a long value. */
		if (why != NULL)
			*state |= PAGE_SHARED;
		sqlite_gap_page(db, p->number,
		    "an overflow chain runs through it");
	}
	*state |= PAGE_TREE;
	if (why != NULL) {
		*state |= PAGE_DAMAGED;
		sqlite_gap_page(db, p->number, "%s", why);
	}
	if (any && (p->leaf || !p->table))
		chains(db, p, why != NULL);
}

/* Reads a whole tree, and counts its cells. */
static void
tree(struct sqlite *db, struct sqlite_root *root, bool checking)
{
	struct sqlite_walk w;

	sqlite_walk_start(&w, db, root->tree, root->page, db->buf, checking);
	while (sqlite_walk_next(&w) != SQLITE_END)
		continue;
	root->cells = w.cells;
	root->counted = true;
}

/* Reads the interior pages of a tree and its first leaf, and claims all others.
   db->odd: something is not as it must be. */
static void
claim(struct sqlite *db, struct sqlite_root *root)
{
	struct sqlite_walk w;

	db->quiet = true;
	sqlite_walk_start(&w, db, root->tree, root->page, db->buf, true);
	w.claiming = true;
	while (!db->odd && sqlite_walk_next(&w) != SQLITE_END)
		continue;
	root->tree = w.tree;
	root->leaf_depth = w.leaf_depth;
	db->quiet = false;
}

/* Reads the leaves of a tree that nobody wanted. */
static void
judge_rest(struct sqlite *db, const struct sqlite_root *root)
{
	struct sqlite_walk w;

	sqlite_walk_start(&w, db, root->tree, root->page, db->buf, false);
	w.skipping = true;
	w.leaf_depth = root->leaf_depth;
	while (sqlite_walk_next(&w) != SQLITE_END)
		continue;
}

void
sqlite_check_count(struct sqlite *db, struct sqlite_root *root)
{
	if (!root->counted)
		tree(db, root, false);
}

static void
start(struct sqlite *db)
{
	const struct sqlite_pages *m = &db->pages;

	if (db->check == SQLITE_CHECK_FIRST || (db->check !=
	    SQLITE_CHECK_LATER && (uint64_t)m->file * m->size <=
	    SQLITE_CHECK_SMALL))
		return;
	db->judged = arena_alloc(db->arena, (size_t)m->limit / 64 + 1,
	    sizeof(*db->judged));
	db->later = db->judged != NULL;
}

struct sqlite_root *
sqlite_check_root(struct sqlite *db, enum sqlite_tree kind, uint32_t page)
{
	struct sqlite_root *root = arena_alloc(db->arena, 1, sizeof(*root));

	if (root == NULL)
		return NULL;
	root->page = page;
	root->tree = kind;
	if (db->roots == NULL) {	/* the schema, which is read at once */
		start(db);
		db->roots = root;
		tree(db, root, true);
	} else {
		db->last_root->next = root;
		if (!db->later)
			tree(db, root, true);
		else if (!db->odd)
			claim(db, root);
	}
	db->last_root = root;
	return root;
}

/* Claims a page for the freelist. */
static bool
claim_free(struct sqlite *db, uint32_t page)
{
	struct sqlite_pages *m = &db->pages;

	if (page == 0 || page > m->limit || page == m->lock)
		return false;
	if (m->state[page] & PAGE_FREE)
		return false;
	m->state[page] |= PAGE_FREE;
	if (!(m->state[page] & (PAGE_TREE | PAGE_OVERFLOW)))
		return true;
	m->state[page] |= PAGE_SHARED;
	sqlite_gap_page(db, page, "it is in use and on the freelist");
	return true;
}

/* One trunk page of the freelist; false if it is damaged. */
static bool
trunk(struct sqlite *db, uint32_t page, uint32_t *next, uint64_t *count)
{
	struct sqlite_pages *m = &db->pages;
	struct bytes b;
	uint32_t i, n;

	if (!claim_free(db, page) ||
	    !sqlite_pages_read(m, page, db->buf, m->size))
		return false;
	b = bytes_at(db->buf, m->usable);
	*next = sqlite_u32(b, 0);
	n = sqlite_u32(b, 4);
	if (n > m->usable / 4 - 2)
		return false;
	for (i = 0; i < n; i++)
		if (!claim_free(db, sqlite_u32(b, 8 + 4 * (size_t)i)))
			return false;
	*count += n + 1;
	return true;
}

static void
freelist(struct sqlite *db)
{
	uint32_t page = db->free_first, next;
	uint64_t count = 0;

	while (page != 0) {
		next = 0;
		if (!trunk(db, page, &next, &count)) {
			sqlite_gap_file(db, "the freelist is damaged at page "
			    "%u", page);
			return;
		}
		page = next;
	}
	if (count != db->free_count)
		sqlite_gap_file(db, "the freelist holds %llu pages, the "
		    "header counts %u", (unsigned long long)count,
		    db->free_count);
}

/* A page that maps others to their parents, in a database that vacuums. */
static bool
maps_pointers(const struct sqlite *db, uint32_t page)
{
	const struct sqlite_pages *m = &db->pages;
	uint32_t every = m->usable / 5 + 1;
	uint32_t at;

	if (!db->vacuums || page < 2)
		return false;
	at = page - (page - 2) % every;
	return page == at + (at == m->lock);
}

/* Whether a page that nothing leads to may hold rows. */
static bool
may_hold_rows(struct sqlite *db, uint32_t number)
{
	struct sqlite_pages *m = &db->pages;
	struct sqlite_page p;

	if (!sqlite_pages_read(m, number, db->buf, m->size))
		return true;
	return sqlite_page_parse(m, number, db->buf, &p) && p.cells > 0;
}

/* Pages that belong to no tree, no chain and no list: rows may be on them
   that no table leads to any more. */
static void
orphans(struct sqlite *db)
{
	const struct sqlite_pages *m = &db->pages;
	uint32_t page, first = 0, n = 0, looked = 0;
	uint8_t used = PAGE_TREE | PAGE_OVERFLOW | PAGE_FREE;

	for (page = 1; page <= m->count && page <= m->limit; page++) {
		if ((m->state[page] & used) || page == m->lock ||
		    maps_pointers(db, page))
			continue;
		if (looked < SQLITE_ORPHANS) {
			looked++;
			if (!may_hold_rows(db, page))
				continue;
		}
		if (n++ == 0)
			first = page;
	}
	if (n > 0)
		sqlite_gap_page(db, first,
		    "it and %u more belong to no table", n - 1);
}

static void
file_end(struct sqlite *db)
{
	const struct sqlite_pages *m = &db->pages;

	/* With a log, pages freed before they were ever written are missing
	   from the file for good reason. */
	if (m->count > m->limit || (m->count > m->file && m->wal.used == 0 &&
	    m->count != m->lock))
		sqlite_gap_file(db, "the file ends after %u of %u pages",
		    m->file, m->count);
}

/* Pages outside of the trees are most often few: long values, free ones. */
static bool
mostly_trees(const struct sqlite_pages *m)
{
	uint64_t in = 0, out = 0;
	uint32_t page;

	for (page = 1; page <= m->count && page <= m->limit; page++) {
		in += (m->state[page] & PAGE_TREE) != 0;
		out += (m->state[page] & (PAGE_TREE | PAGE_FREE)) == 0;
	}
	return in >= out;
}

/* Something is odd: all that was claimed is forgotten, and all is read. */
static void
begin_again(struct sqlite *db)
{
	struct sqlite_root *root;
	uint32_t page;

	db->later = false;
	for (page = 0; page <= db->pages.limit; page++)
		db->pages.state[page] &= PAGE_TOLD;
	for (root = db->roots; root != NULL; root = root->next)
		tree(db, root, true);
}

/* What is left once every tree was told. */
void
sqlite_check_rest(struct sqlite *db)
{
	if (db->later) {
		db->quiet = true;
		file_end(db);
		freelist(db);
		db->quiet = false;
		if (!db->odd && mostly_trees(&db->pages))
			return;
		begin_again(db);
	}
	file_end(db);
	freelist(db);
	orphans(db);
}

/* What was left for the end. */
void
sqlite_check_end(struct sqlite *db)
{
	struct sqlite_root *root;

	if (db->later && db->check != SQLITE_CHECK_USED) {
		for (root = db->roots; root != NULL; root = root->next)
			judge_rest(db, root);
		orphans(db);
	}
	db->later = false;
}
