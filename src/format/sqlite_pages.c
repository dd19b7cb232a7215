/*
 * From page numbers to bytes: the main file, over it the pages that a hot
 * journal restores, over these the committed frames of the write-ahead log.
 */
#include "format/sqlite_inside.h"

#include <assert.h>
#include <string.h>

#define HEADER		100
#define MAGIC		"SQLite format 3"	/* and its NUL */
#define MAGIC_BYTES	16
#define LOCK_BYTE	0x40000000U
#define WAYS		4

static bool
page_size_fits(uint32_t v)
{
	return v >= 512 && v <= SQLITE_PAGE_MAX && (v & (v - 1)) == 0;
}

static uint32_t
page_size_of(struct bytes header)
{
	uint32_t v = sqlite_u16(header, 16);

	return v == 1 ? SQLITE_PAGE_MAX : v;
}

bool
sqlite_pages_held(const struct sqlite_pages *m, uint32_t page)
{
	uint64_t at;

	if (page == 0 || page == m->lock)
		return false;
	return page <= m->file || sqlite_overlay_find(&m->wal, page, &at) ||
	    sqlite_overlay_find(&m->journal, page, &at);
}

/* The first n bytes of a page. */
bool
sqlite_pages_read(const struct sqlite_pages *m, uint32_t page, void *to,
    uint32_t n)
{
	const struct input *in = m->db;
	uint64_t at;

	assert(n <= m->size);
	if (page == 0 || page == m->lock)
		return false;
	if (sqlite_overlay_find(&m->wal, page, &at))
		in = m->wal.in;
	else if (sqlite_overlay_find(&m->journal, page, &at))
		in = m->journal.in;
	else if (page > m->file)
		return false;
	else
		at = (uint64_t)(page - 1) * m->size;
	return input_read(in, to, n, at) == n;
}

/* How many pages to read at once: more, if at least half of those read the last
   time were wanted and this one lies close behind them; else fewer. */
static void
look_ahead(const struct sqlite_pages *m, struct sqlite_window *w,
    uint32_t page)
{
	uint32_t past = w->first + w->n;

	if (w->ahead == 0 || w->n == 0 || page < past ||
	    page - past > w->ahead)
		w->ahead = 1;
	else if (2 * w->used < w->n)
		w->ahead = (w->ahead + 1) / 2;
	else if (w->ahead < m->ahead)
		w->ahead *= 2;
	if (w->ahead > m->ahead)
		w->ahead = m->ahead;
}

const uint8_t *
sqlite_pages_through(const struct sqlite_pages *m, struct sqlite_window *w,
    uint32_t page)
{
	uint64_t at = (uint64_t)(page - 1) * m->size;
	uint32_t n;

	if (page == 0 || page > m->file || page == m->lock ||
	    m->wal.used > 0 || m->journal.used > 0) {
		w->n = 0;
		return sqlite_pages_read(m, page, w->buf, m->size) ? w->buf :
		    NULL;
	}
	if (page - w->first >= w->n) {
		look_ahead(m, w, page);
		n = m->file - page + 1;
		n = n < w->ahead ? n : w->ahead;
		w->first = page;
		w->used = 0;
		w->n = (uint32_t)(input_read(m->db, w->buf,
		    (size_t)n * m->size, at) / m->size);
		if (w->n == 0)
			return NULL;
	}
	w->used++;
	return w->buf + (size_t)(page - w->first) * m->size;
}

/* The frame of a page, or the one of its set that was not asked for longest. */
static uint32_t
frame_of(const struct sqlite_pages *m, uint32_t page, bool *hit)
{
	uint32_t first = page % m->sets * WAYS;
	uint32_t best = first, i;

	for (i = first; i < first + WAYS; i++) {
		if (m->number[i] == page) {
			*hit = true;
			return i;
		}
		if (m->tick[i] < m->tick[best])
			best = i;
	}
	*hit = false;
	return best;
}

struct bytes
sqlite_pages_get(struct sqlite_pages *m, uint32_t page)
{
	bool hit;
	uint32_t i;
	uint8_t *p;

	if (page == 0)		/* marks an empty frame */
		return bytes_at(NULL, 0);
	i = frame_of(m, page, &hit);
	p = m->frames + (size_t)i * m->size;
	if (!hit) {
		m->number[i] = 0;
		if (!sqlite_pages_read(m, page, p, m->size))
			return bytes_at(NULL, 0);
		m->number[i] = page;
	}
	m->tick[i] = ++m->now;
	return bytes_at(p, m->size);
}

void
sqlite_pages_keep(struct sqlite_pages *m, uint32_t page, const uint8_t *from)
{
	bool hit;
	uint32_t i = frame_of(m, page, &hit);

	if (!hit)
		memcpy(m->frames + (size_t)i * m->size, from, m->size);
	m->number[i] = page;
	m->tick[i] = ++m->now;
}

/* Payload that stays on a page; the rest goes to overflow pages. */
static void
set_usable(struct sqlite_pages *m, uint32_t usable)
{
	m->usable = usable;
	m->max_local = usable - 35;
	m->max_local_index = (usable - 12) * 64 / 255 - 23;
	m->min_local = (usable - 12) * 32 / 255 - 23;
}

static enum err
memory(struct sqlite *db)
{
	struct sqlite_pages *m = &db->pages;
	size_t frames = SQLITE_CACHE_BYTES / m->size;

	m->ahead = SQLITE_AHEAD / m->size;
	if (m->ahead > m->limit)
		m->ahead = m->limit;
	if (m->ahead == 0)
		m->ahead = 1;
	if (frames > m->limit)
		frames = m->limit;
	m->sets = (uint32_t)((frames + WAYS - 1) / WAYS);
	if (m->sets == 0)
		m->sets = 1;
	frames = (size_t)m->sets * WAYS;
	m->frames = arena_alloc(db->arena, frames, m->size);
	m->number = arena_alloc(db->arena, frames, sizeof(*m->number));
	m->tick = arena_alloc(db->arena, frames, sizeof(*m->tick));
	m->state = arena_alloc(db->arena, (size_t)m->limit + 1, 1);
	return db->arena->bad ? ERR_MEMORY : ERR_NONE;
}

/* How many pages there are: what the header says if its writer vouches for
   it, else what the file and the log hold. */
static void
count(struct sqlite *db, struct bytes header, uint32_t told)
{
	struct sqlite_pages *m = &db->pages;
	uint64_t most = (uint64_t)m->file + m->wal.used + m->journal.used + 1;

	m->count = sqlite_u32(header, 28);
	if (m->count == 0 || sqlite_u32(header, 24) != sqlite_u32(header, 92))
		m->count = told > 0 ? told : m->file;
	m->limit = m->count;
	if (m->limit < SQLITE_PAGES_BEYOND)
		m->limit = SQLITE_PAGES_BEYOND;
	if (m->limit > most)
		m->limit = (uint32_t)most;
}

/* A page size for a header whose own is damaged: the file over the count. */
static uint32_t
guess_size(const struct sqlite *db, struct bytes header)
{
	uint32_t n = sqlite_u32(header, 28);
	uint64_t guess = n == 0 ? 0 : db->pages.db->size / n;

	return guess <= SQLITE_PAGE_MAX && page_size_fits((uint32_t)guess) ?
	    (uint32_t)guess : 0;
}

/* Which size pages have: the log and the journal know it too, and a journal
   holds the old one while VACUUM changes it. */
static void
find_size(struct sqlite *db, const struct sqlite_files *files,
    struct bytes header, bool whole, uint32_t *told)
{
	struct sqlite_pages *m = &db->pages;
	uint32_t size = page_size_of(header), in_wal, count_in_wal = 0;

	if (!page_size_fits(size))
		size = 0;
	if (files->journal != NULL)
		(void)sqlite_journal_read(db, files->journal, &size, told);
	in_wal = size;
	if (files->wal != NULL &&
	    sqlite_wal_read(db, files->wal, &in_wal, &count_in_wal)) {
		if (size == 0 || size == in_wal) {
			size = in_wal;
			*told = count_in_wal;
		} else {
			sqlite_gap_file(db, "the write-ahead log has pages of "
			    "another size and was not read");
			m->wal.used = 0;
		}
	}
	if (size == 0 && whole && bytes_starts(header, MAGIC)) {
		size = guess_size(db, header);
		sqlite_gap_file(db, "the header has no valid page size");
	}
	m->size = size;
}

/* Whether these bytes are a header of SQLite at all; if all but one part of
   it is as it must be, it is a damaged one. */
static bool
recognised(struct sqlite *db, struct bytes h)
{
	bool magic = bytes_eq(bytes_part(h, 0, MAGIC_BYTES),
	    bytes_at(MAGIC, MAGIC_BYTES));
	bool fractions = bytes_is(bytes_part(h, 21, 3), "\x40\x20\x20");

	if (!magic && (!fractions || !page_size_fits(page_size_of(h)) ||
	    sqlite_u32(h, 44) > 4 || sqlite_u32(h, 56) > 3))
		return false;
	if (!magic || !fractions || bytes_part(h, 19, 1).p[0] > 2)
		sqlite_gap_file(db, "the header is damaged");
	return true;
}

/* A wrong number of reserved bytes would move the boundaries of every long
   value.  Page 1 shows the right one: its cells and free space end there. */
static void
check_usable(struct sqlite *db)
{
	struct sqlite_pages *m = &db->pages;
	uint32_t said = m->usable, shown;
	struct sqlite_range all = { 0, INT64_MAX, false };
	struct sqlite_page p;
	bool chains;

	if (!sqlite_pages_read(m, 1, db->buf, m->size) ||
	    !sqlite_page_parse(m, 1, db->buf, &p) ||
	    sqlite_page_judge(db, &p, all, db->refused, &chains) == NULL)
		return;
	for (shown = m->size; shown + 255 >= m->size; shown--) {
		set_usable(m, shown);
		if (shown < 480 || !sqlite_page_parse(m, 1, db->buf, &p) ||
		    p.content > shown || sqlite_page_judge(db, &p, all,
		    db->refused, &chains) != NULL)
			continue;
		sqlite_gap_file(db, "the header reserves %u bytes of each "
		    "page, where %u are", m->size - said, m->size - shown);
		return;
	}
	set_usable(m, said);
}

static void
parse(struct sqlite *db, struct bytes h)
{
	struct sqlite_pages *m = &db->pages;
	uint32_t reserved = bytes_part(h, 20, 1).p[0];

	if (m->size - reserved < 480) {
		sqlite_gap_file(db, "the header reserves too much of a page");
		reserved = 0;
	}
	set_usable(m, m->size - reserved);
	check_usable(db);
	m->lock = LOCK_BYTE / m->size + 1;
	db->free_first = sqlite_u32(h, 32);
	db->free_count = sqlite_u32(h, 36);
	db->vacuums = sqlite_u32(h, 52) != 0;
	db->encoding = sqlite_u32(h, 56) & 3;
	if (db->encoding == 0)
		db->encoding = SQLITE_UTF8;
}

/* Opens the map.  Its page size stays 0 if there is nothing to be read. */
enum err
sqlite_pages_open(struct sqlite *db, const struct sqlite_files *files)
{
	struct sqlite_pages *m = &db->pages;
	uint8_t raw[HEADER] = { 0 };
	struct bytes h = bytes_at(raw, HEADER);
	uint32_t told = 0;
	uint64_t whole;
	size_t n;

	m->db = files->db;
	n = input_read(m->db, raw, HEADER, 0);
	find_size(db, files, h, n == HEADER, &told);
	if (n == 0 && m->size == 0)
		return ERR_NONE;
	if (m->size == 0 || (n < HEADER && m->wal.used == 0)) {
		m->size = 0;
		n = n < MAGIC_BYTES ? n : MAGIC_BYTES;
		if (!bytes_eq(bytes_part(h, 0, n), bytes_at(MAGIC, n)))
			return ERR_KIND;
		sqlite_gap_file(db, "the file ends within its header");
		return ERR_NONE;
	}
	whole = m->db->size / m->size;
	m->file = whole >= UINT32_MAX ? UINT32_MAX - 1 : (uint32_t)whole;
	/* Page 1 as the log or journal has it; from the head of a file that
	   ends within page 1, what there is. */
	(void)sqlite_pages_read(m, 1, raw, HEADER);
	if (!recognised(db, h)) {
		m->size = 0;
		return ERR_KIND;
	}
	parse(db, h);
	count(db, h, told);
	return memory(db);
}
