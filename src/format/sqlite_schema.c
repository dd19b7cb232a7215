/*
 * The rows of sqlite_schema: each tree they name is checked, each table they
 * describe can be read.  Views, triggers and virtual tables hold no rows and
 * are passed over.
 */
#include "format/sqlite_inside.h"

#include "base/text.h"

enum { TYPE, NAME, OWNER, ROOT, SQL, NFIELDS };

static struct sqlite_column columns[NFIELDS] = {
	{ .name = "type", .field = TYPE },
	{ .name = "name", .field = NAME },
	{ .name = "tbl_name", .field = OWNER },
	{ .name = "rootpage", .field = ROOT },
	{ .name = "sql", .field = SQL },
};

/* ASCII text as it looks in an encoding. */
static bool
looks(struct bytes b, const char *word, unsigned encoding)
{
	struct bytes w = bytes_of(word);
	size_t i;

	if (encoding == SQLITE_UTF8)
		return bytes_eq(b, w);
	if (b.n != 2 * w.n)
		return false;
	for (i = 0; i < w.n; i++)
		if (sqlite_u16(b, 2 * i) != (encoding == SQLITE_UTF16BE ?
		    w.p[i] : (uint32_t)w.p[i] << 8))
			return false;
	return true;
}

/* What the header says of the encoding is one number; the type of each row
   is one of four words, which tell more. */
static void
see_encoding(struct sqlite *db, struct sqlite_cell *c)
{
	static const char *const words[] = { "table", "index", "trigger",
	    "view" };
	struct bytes b = sqlite_row_raw(c, TYPE);
	unsigned encoding, i;

	for (i = 0; i < 4; i++)
		if (looks(b, words[i], db->encoding))
			return;
	for (encoding = SQLITE_UTF8; encoding <= SQLITE_UTF16BE; encoding++)
		for (i = 0; i < 4; i++) {
			if (!looks(b, words[i], encoding))
				continue;
			sqlite_gap_page(db, 1, "the header gives another "
			    "text encoding than the schema has");
			db->encoding = encoding;
			return;
		}
}

static bool
is_virtual(struct bytes sql)
{
	struct sqlite_sql q;

	sqlite_sql_start(&q, sql);
	sqlite_sql_next(&q);
	return sqlite_sql_is(&q, "virtual");
}

static void
add_table(struct sqlite *db, struct sqlite_table *t)
{
	t->db = db;
	if (db->last == NULL)
		db->tables = t;
	else
		db->last->next = t;
	db->last = t;
	db->ntables++;
	if (t->nfields > db->widest)
		db->widest = t->nfields;
}

static void
read_table(struct sqlite *db, const struct sqlite_row *row, uint32_t root)
{
	struct val name = sqlite_row_value(row->cell, NAME);
	struct val sql = sqlite_row_value(row->cell, SQL);
	struct sqlite_table *t;
	bool known;

	if (sql.type == VAL_TEXT && root == 0 && is_virtual(sql.bytes))
		return;
	t = db->ntables < LIMIT_TABLES ?
	    arena_alloc(db->arena, 1, sizeof(*t)) : NULL;
	if (t == NULL) {
		sqlite_gap_page(db, (uint32_t)row->page,
		    "there are more tables than are read");
		(void)sqlite_check_root(db, SQLITE_ANY_TREE, root);
		return;
	}
	t->name = arena_string(db->arena, val_bytes(&name));
	known = name.type == VAL_TEXT && sql.type == VAL_TEXT && root != 0 &&
	    t->name != NULL && sqlite_create_parse(db, sql.bytes, t);
	if (root != 0)
		t->root = sqlite_check_root(db, !known ? SQLITE_ANY_TREE :
		    t->rowid ? SQLITE_TABLE_TREE : SQLITE_INDEX_TREE, root);
	if (known)
		add_table(db, t);
	else
		sqlite_gap_page(db, (uint32_t)row->page,
		    "a table's definition cannot be understood");
}

static void
read_entry(struct sqlite *db, const struct sqlite_row *row)
{
	struct val type = sqlite_row_value(row->cell, TYPE);
	struct val number = sqlite_row_value(row->cell, ROOT);
	int64_t root = val_number(&number, 0);
	struct bytes b = val_bytes(&type);

	if (root < 0 || root > UINT32_MAX) {
		sqlite_gap_page(db, (uint32_t)row->page,
		    "a table's first page is no page number");
		root = 0;
	}
	if (bytes_is(b, "table"))
		read_table(db, row, (uint32_t)root);
	else if (bytes_is(b, "index") && root != 0)
		(void)sqlite_check_root(db, SQLITE_INDEX_TREE, (uint32_t)root);
	else if (!bytes_is(b, "view") && !bytes_is(b, "trigger"))
		sqlite_gap_page(db, (uint32_t)row->page,
		    "an entry of the schema is of no known kind");
}

void
sqlite_schema_read(struct sqlite *db)
{
	struct sqlite_table *t = &db->schema;
	struct sqlite_scan *scan;
	struct sqlite_row row;
	uint64_t bytes = 0;
	bool first = true;

	t->db = db;
	t->name = "sqlite_schema";
	t->rowid = true;
	t->key = -1;
	t->ncolumns = t->nfields = NFIELDS;
	t->columns = columns;
	t->root = sqlite_check_root(db, SQLITE_TABLE_TREE, 1);
	if (sqlite_scan_open(&scan, db, t) != ERR_NONE)
		return;
	while (!db->arena->bad && sqlite_scan_next(scan, &row)) {
		if (first)
			see_encoding(db, &scan->cell);
		first = false;
		bytes += scan->cell.size;
		if (bytes > LIMIT_SCHEMA_BYTES) {
			sqlite_gap_file(db,
			    "the schema is larger than is read");
			break;
		}
		read_entry(db, &row);
	}
	sqlite_scan_close(scan);
}
