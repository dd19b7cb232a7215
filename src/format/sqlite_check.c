/*
 * The structural check: every page of every tree once, overflow chains, the
 * freelist, and pages that nothing leads to.
 *
 * A page belongs to one place.  If two claim it, one of them was led astray
 * by damage, and nothing says which: it is read for neither.
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

uint64_t
sqlite_check_tree(struct sqlite *db, enum sqlite_tree tree, uint32_t root)
{
	struct sqlite_walk w;

	sqlite_walk_start(&w, db, tree, root, db->buf, true);
	while (sqlite_walk_next(&w) != SQLITE_END)
		continue;
	return w.cells;
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

	if (!sqlite_pages_stream(m, number, db->buf))
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

/* What is left once every tree was walked. */
void
sqlite_check_rest(struct sqlite *db)
{
	const struct sqlite_pages *m = &db->pages;

	/* With a log, pages freed before they were ever written are missing
	   from the file for good reason. */
	if (m->count > m->limit || (m->count > m->file && m->wal.used == 0 &&
	    m->count != m->lock))
		sqlite_gap_file(db, "the file ends after %u of %u pages",
		    m->file, m->count);
	freelist(db);
	orphans(db);
}
