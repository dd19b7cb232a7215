/*
 * How an artifact gets at the bytes of its files.
 */
#include <assert.h>

#include "artifact/run_inside.h"
#include "base/limits.h"

static const struct member *
member_by_id(const struct run *run, uint32_t id)
{
	unsigned i;

	for (i = 0; id != MEMBER_NONE && i < run->engine->nmembers; i++)
		if (run->engine->members[i].id == id)
			return &run->engine->members[i];
	return NULL;
}

/* Opens a member; a gap if it is missing or cannot be read. */
static bool
member_input(struct run *run, const struct member *member, struct input *in)
{
	const struct sink *sink = run->engine->sink;
	const char *why = NULL;
	bool open = sink->open != NULL &&
	    sink->open(sink->ctx, member, in, &why);

	/* Locating comes before examining, which tells it. */
	if ((why != NULL || !open) && !run->engine->locate)
		run_gap(run, GAP_NO_OFFSET, why != NULL ? why :
		    "the file cannot be opened");
	return open;
}

struct bytes
run_load(struct run *run, const struct member *member, size_t max)
{
	struct bytes none = { NULL, 0 };
	struct input in;
	uint8_t *p;
	size_t got;

	if (!member_input(run, member, &in))
		return none;
	if (in.size > max) {
		run_gap(run, max, "the file is larger than any of its kind");
		return none;
	}
	p = arena_alloc(&run->file, (size_t)in.size + 1, 1);
	if (p == NULL)
		return none;
	got = input_read(&in, p, (size_t)in.size, 0);
	if (got < in.size)
		run_gap(run, got, "the file could not be read to its end");
	return bytes_at(p, got);
}

struct bytes
run_head(struct run *run, const struct member *member, size_t n)
{
	struct input in;
	uint8_t *p;

	if (!member_input(run, member, &in))
		return bytes_at(NULL, 0);
	p = arena_alloc(&run->file, n, 1);
	return p == NULL ? bytes_at(NULL, 0) :
	    bytes_at(p, input_read(&in, p, n, 0));
}

bool
run_plist(struct run *run, const struct member *member, struct plist *root)
{
	struct bytes b = run_load(run, member, LIMIT_PLIST_BYTES);

	if (b.p == NULL)
		return false;
	if (plist_read(root, &run->file, b, &run->gaps) != ERR_NONE) {
		run_gap(run, 0, "the file is no property list");
		return false;
	}
	return plist_is(*root);
}

/* A wal or journal beside the database; NULL if there is none. */
static const struct input *
beside(struct run *run, uint32_t id, struct input *in)
{
	const struct member *member = member_by_id(run, id);
	const struct member *in_hand = run->member;
	bool open;

	if (member == NULL)
		return NULL;
	run->member = member;
	open = member_input(run, member, in);
	run->member = in_hand;
	return open ? in : NULL;
}

struct sqlite *
run_sqlite(struct run *run, const struct member *member)
{
	static const struct gap_sink silent;
	struct sqlite_files files = { NULL };
	enum err err;

	if (run->db != NULL)
		return run->db;
	if (!member_input(run, member, &run->inputs[0]))
		return NULL;
	files.db = &run->inputs[0];
	files.wal = beside(run, member->wal, &run->inputs[1]);
	files.journal = beside(run, member->journal, &run->inputs[2]);
	if (run->artifact->shares || run->engine->locate)
		files.check = SQLITE_CHECK_USED;
	err = sqlite_open(&run->db, &run->file, &files,
	    run->engine->locate ? &silent : &run->gaps);
	if (err == ERR_NONE)
		return run->db;
	run->db = NULL;
	run_gap(run, 0, err == ERR_KIND ? "the file is no SQLite database" :
	    "the database needs more memory than it may have");
	return NULL;
}

const struct member *
run_also(struct run *run, const char *tail)
{
	const struct member *m;
	unsigned i;

	for (i = 0; i < run->engine->nmembers; i++) {
		m = &run->engine->members[i];
		if (m->also && bytes_ends(m->path, tail))
			return m;
	}
	return NULL;
}

const struct member *
run_member(struct run *run, unsigned i)
{
	return i < run->engine->nmembers ? &run->engine->members[i] : NULL;
}

static void
look_rows(struct sqlite *db, const char *name, const char *const *columns,
    unsigned n, void (*row)(void *, const struct val *), void *ctx)
{
	const struct sqlite_table *table = sqlite_table(db, name);
	struct val v[RUN_LOOK_COLUMNS];
	int at[RUN_LOOK_COLUMNS];
	struct sqlite_scan *scan;
	struct sqlite_row r;
	unsigned i;

	if (table == NULL || sqlite_scan_open(&scan, db, table) != ERR_NONE)
		return;
	for (i = 0; i < n; i++)
		at[i] = sqlite_column(table, columns[i]);
	while (sqlite_scan_next(scan, &r)) {
		for (i = 0; i < n; i++)
			v[i] = sqlite_value(&r, at[i]);
		row(ctx, v);
	}
	sqlite_scan_close(scan);
}

void
run_look(struct run *run, const struct member *member, const char *table,
    const char *const *columns, unsigned ncolumns,
    void (*row)(void *ctx, const struct val *), void *ctx)
{
	const struct member *in_hand = run->member;
	const struct gap_sink gaps = run->gaps;
	uint32_t file_gaps = run->file_gaps;
	struct sqlite_files files = { NULL };
	struct input inputs[3];
	struct sqlite *db = NULL;
	enum err err;

	assert(ncolumns <= RUN_LOOK_COLUMNS);
	run->member = member;
	if (!member->also)
		run->gaps = (struct gap_sink){ NULL, NULL };
	if (member_input(run, member, &inputs[0])) {
		files.db = &inputs[0];
		files.wal = beside(run, member->wal, &inputs[1]);
		files.journal = beside(run, member->journal, &inputs[2]);
		err = sqlite_open(&db, &run->file, &files, &run->gaps);
		if (err == ERR_NONE)
			look_rows(db, table, columns, ncolumns, row, ctx);
		else
			run_gap(run, 0, "a file looked into for names is no "
			    "SQLite database that can be read");
		sqlite_close(db);
	}
	run->member = in_hand;
	run->gaps = gaps;
	run->file_gaps = file_gaps;
}

static void
gap_counted(void *ctx, const struct gap *gap)
{
	(void)gap;
	(*(uint32_t *)ctx)++;
}

bool
run_plist_within(struct run *run, struct bytes b, const char *why,
    struct plist *root)
{
	uint32_t n = 0;
	struct gap_sink sink = { gap_counted, &n };

	if (plist_read(root, &run->scratch, b, &sink) != ERR_NONE) {
		run_gap(run, GAP_NO_OFFSET, why);
		return false;
	}
	if (n > 0)
		run_gap(run, GAP_NO_OFFSET, why);
	return plist_is(*root);
}
