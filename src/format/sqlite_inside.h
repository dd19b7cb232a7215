/*
 * The inside of the SQLite reader, shared by its files and nobody else.
 *
 *   sqlite_pages    page number -> bytes: file, write-ahead log, journal
 *   sqlite_overlay  where a log or journal holds a page
 *   sqlite_wal      which frames of the log are committed
 *   sqlite_journal  which pages a hot journal restores
 *   sqlite_page     one b-tree page: header, cells, and which of them to trust
 *   sqlite_walk     a b-tree in key order
 *   sqlite_check    every page claimed once; overflow, freelist, lost pages
 *   sqlite_schema   rows of sqlite_schema -> tables
 *   sqlite_create   the text of CREATE TABLE -> columns
 *   sqlite_sql      the words of such a text
 *   sqlite_default  DEFAULT literals -> values
 *   sqlite_head     the header of a record -> types and places of its fields
 *   sqlite_row      a record -> values
 *   sqlite_gap      damage, told once for each page
 */
#ifndef FORMAT_SQLITE_INSIDE_H
#define FORMAT_SQLITE_INSIDE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/bytes.h"
#include "base/limits.h"
#include "format/sqlite.h"
#include "record/gap.h"
#include "record/val.h"

/* Page cache of one database: an interior page serves some hundred leaves,
   so this covers the interiors of several gigabytes. */
#define SQLITE_CACHE_BYTES	(1 * MIB)
/* Gaps told for one database; more are counted and told in one. */
#define SQLITE_GAPS		100
/* Columns over all tables: Core Data stores have under 20,000; one costs us
   about 100 bytes. */
#define SQLITE_COLUMNS_ALL	65536
/* A database larger than this is checked while it is read. */
#define SQLITE_CHECK_SMALL	(2 * MIB)
/* Pages past the end that the header gives are read, if a tree leads there,
   up to this number: what remains of a database whose count is damaged. */
#define SQLITE_PAGES_BEYOND	(1U << 20)
/* Orphan pages that are looked at; more are told as lost without a look. */
#define SQLITE_ORPHANS		4096
/* Room for the largest page. */
#define SQLITE_PAGE_MAX		65536U

enum {				/* the first byte of a b-tree page */
	SQLITE_INDEX_INTERIOR = 2,
	SQLITE_TABLE_INTERIOR = 5,
	SQLITE_INDEX_LEAF = 10,
	SQLITE_TABLE_LEAF = 13
};

enum {				/* what the check learned about a page */
	PAGE_TREE = 1,		/* in a b-tree */
	PAGE_OVERFLOW = 2,	/* in an overflow chain */
	PAGE_FREE = 4,		/* in the freelist */
	PAGE_SHARED = 8,	/* claimed twice: nobody's */
	PAGE_DAMAGED = 16,	/* its cells are to be judged one by one; or
				   it is no page of a tree at all */
	PAGE_TOLD = 32,		/* a gap names it */
	PAGE_TABLE = 64,	/* by its first byte */
	PAGE_INDEX = 128
};

enum { SQLITE_UTF8 = 1, SQLITE_UTF16LE = 2, SQLITE_UTF16BE = 3 };

struct sqlite_place {		/* one page of an overlay */
	uint32_t page;
	uint32_t turn;		/* the how manieth it was in the file */
	uint64_t offset;
};

struct sqlite_overlay {		/* pages that lie in another file */
	const struct input *in;
	struct sqlite_place *place;	/* [room], sorted once sealed */
	size_t room, used;
};

struct sqlite_pages {
	const struct input *db;
	struct sqlite_overlay wal, journal;
	uint32_t size;		/* of a page; 0: there are none */
	uint32_t usable;	/* less the bytes reserved on each */
	uint32_t file;		/* whole pages in the main file */
	uint32_t count;		/* pages the database says it has */
	uint32_t limit;		/* no page above this is read */
	uint32_t lock;		/* the page at 1 GiB, never used */
	uint32_t max_local, max_local_index, min_local;
	uint32_t ahead;		/* pages of a window */
	uint8_t *state;		/* [limit + 1] of PAGE_ bits */
	uint8_t *frames;	/* the cache: sets of four */
	uint32_t *number;	/* page in each frame; 0: empty */
	uint32_t *tick;		/* when it was last asked for */
	uint32_t sets, now;
};

/* Reading ahead, this many bytes at once. */
#define SQLITE_AHEAD	(64 * KIB)

struct sqlite_window {		/* some pages of the main file, one by one */
	uint8_t *buf;		/* [m->ahead] pages */
	uint32_t first, n;	/* that it holds */
	uint32_t used;		/* of them asked for */
	uint32_t ahead;		/* read next time */
};

struct sqlite_page {		/* a b-tree page, by its header */
	struct bytes bytes;	/* the usable part, borrowed */
	uint32_t number;
	bool leaf, table;
	uint32_t cells;
	uint32_t pointers;	/* where the array of cell pointers begins */
	uint32_t freeblock, content, fragments;
	uint32_t right;		/* last child of an interior page */
	uint32_t max_local, min_local;
};

struct sqlite_slot {		/* one cell */
	uint32_t start, size;	/* on the page */
	uint32_t child;
	uint64_t payload;	/* bytes, here and in overflow pages */
	int64_t rowid;
	uint32_t at, local;	/* the payload that lies on the page */
	uint32_t overflow;	/* first page of the rest, or 0 */
};

struct sqlite_range {		/* rowids above lo, if bounded, up to hi */
	int64_t lo, hi;
	bool bounded;
};

struct sqlite_level {
	uint32_t page;
	uint32_t next;		/* child to enter next */
	uint32_t cells;
	bool pending;		/* index trees: cell next - 1 is due */
	bool ordered;		/* its keys may bound its children */
	struct sqlite_range range;
};

enum sqlite_event { SQLITE_END, SQLITE_LEAF, SQLITE_CELL };
enum sqlite_tree { SQLITE_TABLE_TREE, SQLITE_INDEX_TREE, SQLITE_ANY_TREE };

struct sqlite_walk {
	struct sqlite *db;
	bool checking;		/* claim and judge each page... */
	bool claiming;		/* ...but leaves are only claimed, unread */
	bool skipping;		/* leaves that were judged are not wanted */
	bool begun;
	uint32_t root;
	enum sqlite_tree tree;
	uint64_t steps;		/* that are left */
	uint64_t cells;		/* met so far */
	unsigned depth;
	unsigned leaf_depth;	/* of the first leaf, or 0 */
	struct sqlite_level level[LIMIT_BTREE_DEPTH];
	struct sqlite_window window;	/* holds the page last entered */
	struct sqlite_page page;
	struct sqlite_range range;
	uint32_t cell;		/* SQLITE_CELL: which one of the page */
};

#define SQLITE_NO_FIELD	UINT32_MAX

enum sqlite_affinity {
	SQLITE_AS_IS, SQLITE_AS_TEXT, SQLITE_AS_NUMBER, SQLITE_AS_REAL
};

struct sqlite_column {
	const char *name;
	enum sqlite_affinity affinity;
	bool generated;		/* and not stored */
	bool unknown;		/* DEFAULT that is no literal */
	uint32_t field;		/* place in the record */
	struct val fallback;	/* for rows older than the column */
};

struct sqlite_root {		/* a tree that the schema names */
	struct sqlite_root *next;
	uint32_t page;
	enum sqlite_tree tree;
	unsigned leaf_depth;
	uint64_t cells;
	bool counted;
};

struct sqlite_table {
	struct sqlite_table *next;
	struct sqlite *db;
	const char *name;
	struct sqlite_root *root;	/* NULL: it has none */
	bool rowid;		/* false: WITHOUT ROWID */
	bool unknown;		/* a column's DEFAULT is no literal */
	int key;		/* column that is the rowid, or -1 */
	unsigned ncolumns;
	unsigned nfields;
	struct sqlite_column *columns;
};

struct sqlite_part {		/* one field of a record */
	uint32_t type;
	uint32_t at;		/* in the payload */
};

/* The current row of a scan or finder.  Everything it points to lives until
   the next row. */
struct sqlite_cell {
	struct sqlite *db;
	const struct sqlite_table *table;
	uint32_t page;
	int64_t rowid;
	uint64_t size;		/* of the payload */
	struct bytes local;	/* its part on the leaf */
	uint32_t first;		/* overflow page, or 0 */
	uint32_t nfields;	/* in the record */
	uint32_t room;
	struct sqlite_part *part;	/* [room] */
	uint32_t *plan;		/* [room + 1]: fields that are asked for, in
				   order, and UINT32_MAX */
	uint8_t *asked;		/* [room]: whether a field is in the plan */
	bool planned;		/* only these parts are known, until... */
	bool whole;		/* ...another one is asked for */
	bool odd;		/* a value of it may be a gap */
	bool begun;		/* the payload is being put together */
	bool broken;		/* its chain ended early */
	uint32_t next;		/* overflow page to append */
	struct buf payload;
	struct buf text;	/* UTF-8 made from UTF-16 */
};

struct sqlite_scan {
	struct sqlite_scan *all, *spare;
	struct sqlite_walk walk;
	struct sqlite_cell cell;
	uint32_t at, end;	/* cells of the page still to give */
	bool judged;		/* refused counts */
	uint64_t *refused;	/* a bit for each cell */
};

struct sqlite_find {
	struct sqlite_find *all, *spare;
	struct sqlite_cell cell;
	uint8_t *buf;
	struct sqlite_page page;
	struct sqlite_range range;
	bool held;		/* page holds the leaf of range */
	bool judged;
	uint64_t *refused;
};

struct sqlite {
	struct arena *arena;
	const struct gap_sink *gaps;
	unsigned told;
	uint64_t untold;
	struct sqlite_pages pages;
	unsigned encoding;
	uint32_t free_first, free_count;
	bool vacuums;		/* has pointer-map pages */
	bool cut;		/* told as cut short */
	enum sqlite_check check;
	bool later;		/* leaves are judged when they are read */
	bool quiet;		/* gaps are not told... */
	bool odd;		/* ...but that there would be one is noted */
	uint64_t *judged;	/* a bit for each page, if later */
	struct sqlite_root *roots, *last_root;
	struct sqlite_table schema;
	struct sqlite_table *tables, *last;
	unsigned ntables;
	unsigned all_columns;
	unsigned widest;	/* most fields of a table */
	struct sqlite_scan *scans, *spare_scans;
	struct sqlite_find *finds, *spare_finds;
	uint8_t *buf;		/* one page, for the check */
	uint64_t *cover, *twice;	/* a bit for each byte of a page */
	uint64_t *refused;	/* a bit for each cell of a page */
};

/* Big-endian integers; 0 outside the bytes. */
static inline uint32_t
sqlite_u16(struct bytes b, size_t at)
{
	if (b.n < 2 || at > b.n - 2)
		return 0;
	return (uint32_t)b.p[at] << 8 | b.p[at + 1];
}

static inline uint32_t
sqlite_u32(struct bytes b, size_t at)
{
	return sqlite_u16(b, at) << 16 | sqlite_u16(b, at + 2);
}

static inline bool
sqlite_bit(const uint64_t *bits, uint32_t i)
{
	return (bits[i / 64] >> (i % 64) & 1) != 0;
}

/* sqlite_gap: a gap at a page is told once, whoever finds it. */
void sqlite_gap_page(struct sqlite *, uint32_t page, const char *, ...)
    __attribute__((format(printf, 3, 4)));
void sqlite_gap_file(struct sqlite *, const char *, ...)
    __attribute__((format(printf, 2, 3)));
void sqlite_gap_rest(struct sqlite *);	/* how many were not told */

/* sqlite_overlay: room for `most` pages; `seal` keeps the last or the first
   place of each page, and only then may `find` be asked. */
bool sqlite_overlay_init(struct sqlite_overlay *, struct arena *,
    const struct input *, size_t most);
void sqlite_overlay_put(struct sqlite_overlay *, uint32_t page,
    uint64_t offset);
void sqlite_overlay_seal(struct sqlite_overlay *, bool last);
bool sqlite_overlay_find(const struct sqlite_overlay *, uint32_t page,
    uint64_t *offset);

/* sqlite_wal, sqlite_journal: fill the overlay.  False if the file holds
   nothing that counts; else they set the size of a page and how many pages
   the database has with it.  *size is what the database's own header says, or
   0. */
bool sqlite_wal_read(struct sqlite *, const struct input *, uint32_t *size,
    uint32_t *count);
bool sqlite_journal_read(struct sqlite *, const struct input *,
    uint32_t *size, uint32_t *count);

/* sqlite_pages: `through` gives a page until the next call, and reads ahead
   where those asked for lie close together. */
enum err sqlite_pages_open(struct sqlite *, const struct sqlite_files *);
bool sqlite_pages_held(const struct sqlite_pages *, uint32_t page);
bool sqlite_pages_read(const struct sqlite_pages *, uint32_t page,
    void *to, uint32_t n);
const uint8_t *sqlite_pages_through(const struct sqlite_pages *,
    struct sqlite_window *, uint32_t page);
struct bytes sqlite_pages_get(struct sqlite_pages *, uint32_t page);
void sqlite_pages_keep(struct sqlite_pages *, uint32_t page,
    const uint8_t *from);

/* sqlite_page: `parse` is false if it is no b-tree page; `cell` if the cell
   does not fit.  `judge` says what is wrong with a page, or NULL, and which
   cells not to trust; *chains tells whether any has overflow pages. */
size_t sqlite_page_varint(struct bytes, size_t at, uint64_t *);
bool sqlite_page_parse(const struct sqlite_pages *, uint32_t number,
    const uint8_t *, struct sqlite_page *);
bool sqlite_page_cell(const struct sqlite_page *, uint32_t i,
    struct sqlite_slot *);
const char *sqlite_page_judge(struct sqlite *, const struct sqlite_page *,
    struct sqlite_range, uint64_t *refused, bool *chains);

/* sqlite_walk */
void sqlite_walk_start(struct sqlite_walk *, struct sqlite *,
    enum sqlite_tree, uint32_t root, uint8_t *buf, bool checking);
enum sqlite_event sqlite_walk_next(struct sqlite_walk *);

/* sqlite_check: `page` claims and judges one page of a tree.  `root` is told
   each tree that there is, and `rest` that there are no more; `end` does what
   was left for later. */
void sqlite_check_page(struct sqlite *, const struct sqlite_page *,
    struct sqlite_range);
struct sqlite_root *sqlite_check_root(struct sqlite *, enum sqlite_tree,
    uint32_t page);
void sqlite_check_rest(struct sqlite *);
void sqlite_check_end(struct sqlite *);
void sqlite_check_count(struct sqlite *, struct sqlite_root *);

/* Whether a page is still to be judged when it is read. */
static inline bool
sqlite_unjudged(const struct sqlite *db, uint32_t page)
{
	return db->later && !sqlite_bit(db->judged, page);
}

/* sqlite_schema */
void sqlite_schema_read(struct sqlite *);

/* sqlite_create: columns of a table whose name is set; false if the text is
   not of that table or not understood. */
bool sqlite_create_parse(struct sqlite *, struct bytes sql,
    struct sqlite_table *);

/* sqlite_sql */
enum sqlite_token {
	SQL_END, SQL_WORD, SQL_NAME, SQL_STRING, SQL_NUMBER, SQL_BLOB, SQL_SIGN
};

struct sqlite_sql {		/* the words of a text, one at a time */
	struct bytes in;
	size_t at;		/* after the word */
	size_t end;		/* of the word before it */
	enum sqlite_token token;
	struct bytes text;	/* the word as written */
};

void sqlite_sql_start(struct sqlite_sql *, struct bytes);
void sqlite_sql_next(struct sqlite_sql *);
bool sqlite_sql_is(const struct sqlite_sql *, const char *word);
bool sqlite_sql_sign(const struct sqlite_sql *, char);
/* Past a group in parentheses that begins here, or past one word. */
void sqlite_sql_skip(struct sqlite_sql *);
/* The word without its quotes; NULL if it is no name or memory is out. */
char *sqlite_sql_name(const struct sqlite_sql *, struct arena *);

/* sqlite_default: false if the text is no literal. */
bool sqlite_default_value(struct arena *, struct bytes sql,
    enum sqlite_affinity, bool names, struct val *);

/* sqlite_head: the parts of a record, of all fields or of those that are asked
   for.  False unless there are some and they fill the payload. */
extern const uint8_t sqlite_head_sizes[128];

static inline uint64_t
sqlite_head_size(uint64_t type)
{
	return type < 128 ? sqlite_head_sizes[type] : (type - 12) / 2;
}

bool sqlite_head_read(struct sqlite_cell *, struct bytes head, size_t at);
bool sqlite_head_planned(struct sqlite_cell *, struct bytes head, size_t at);

/* sqlite_row: `load` is false if the record is damaged. */
bool sqlite_row_init(struct sqlite_cell *, struct sqlite *,
    const struct sqlite_table *);
void sqlite_row_plan(struct sqlite_cell *, const int *columns, unsigned n);
bool sqlite_row_load(struct sqlite_cell *, const struct sqlite_page *,
    const struct sqlite_slot *);
/* The bytes of a text or blob as stored; none for other types. */
struct bytes sqlite_row_raw(struct sqlite_cell *, uint32_t field);
struct val sqlite_row_value(struct sqlite_cell *, int column);
void sqlite_row_free(struct sqlite_cell *);

#endif
