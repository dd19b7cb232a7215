/*
 * Damage: small databases cut short at every place and with every eighth bit
 * turned (all of them with OSTRAKON_ALL_BITS=1; OSTRAKON_BIT=n shifts which).
 *
 * A row that we give must be one of the undamaged database, or one that the
 * library gives from the same damaged bytes.  Rows may be missing only where
 * there is a gap.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sqlite_oracle.h"

#define TABLES	8
#define FILES	3		/* database, log, journal */

/* In memory if there is room: what is tested is not the disk. */
static char in_memory[] = "/dev/shm/ostrakon-damage-XXXXXX";
static char on_disk[] = "/tmp/ostrakon-damage-XXXXXX";
static char *folder;
static const char *const suffixes[FILES] = { "", "-wal", "-journal" };

struct base {
	const char *name;
	uint8_t *p[FILES];
	size_t n[FILES];
	struct oracle_rows rows[TABLES];
	char names[TABLES][32];
	unsigned ntables;
	unsigned long tried, told, changed, lost;
};

static void
path_of(char *to, size_t n, const char *name, const char *suffix)
{
	snprintf(to, n, "%s/%s%s", folder, name, suffix);
}

static void
slurp(struct base *b)
{
	char path[128];
	struct stat st;
	unsigned i;
	int fd;

	for (i = 0; i < FILES; i++) {
		path_of(path, sizeof(path), "db", suffixes[i]);
		fd = open(path, O_RDONLY);
		if (fd < 0)
			continue;
		assert_int_equal(fstat(fd, &st), 0);
		b->n[i] = (size_t)st.st_size;
		b->p[i] = malloc(b->n[i] + 1);
		assert_non_null(b->p[i]);
		assert_int_equal(read(fd, b->p[i], b->n[i]), st.st_size);
		close(fd);
	}
}

static void
clean(const char *name)
{
	char path[128];
	unsigned i;

	for (i = 0; i < FILES; i++) {
		path_of(path, sizeof(path), name, suffixes[i]);
		unlink(path);
	}
	path_of(path, sizeof(path), name, "-shm");
	unlink(path);
}

/* The library over the damaged bytes: in memory, or where there is a log or
   a journal, from files. */
static sqlite3 *
library(const struct base *b)
{
	char path[128];
	sqlite3 *lib;
	unsigned i;
	FILE *f;

	if (b->p[1] == NULL && b->p[2] == NULL)
		return oracle_open(bytes_at(b->p[0], b->n[0]));
	clean("copy");
	for (i = 0; i < FILES; i++) {
		if (b->p[i] == NULL)
			continue;
		path_of(path, sizeof(path), "copy", suffixes[i]);
		f = fopen(path, "wb");
		assert_non_null(f);
		assert_int_equal(fwrite(b->p[i], 1, b->n[i], f), b->n[i]);
		fclose(f);
	}
	path_of(path, sizeof(path), "copy", "");
	assert_int_equal(sqlite3_open(path, &lib), SQLITE_OK);
	sqlite3_db_config(lib, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	sqlite3_exec(lib, "PRAGMA synchronous = OFF", NULL, NULL, NULL);
	return lib;
}

static unsigned
copies(const struct oracle_rows *rows, const struct oracle_row *row)
{
	unsigned n = 0;
	size_t k;

	for (k = 0; k < rows->n; k++)
		n += oracle_row_same(&rows->row[k], row);
	return n;
}

/* Whether the row may be given, for it was there, or the library gives it. */
static bool
allowed(struct base *b, unsigned table, const struct oracle_rows *ours,
    const struct oracle_row *row, const struct oracle_rows *theirs, bool gaps)
{
	unsigned n = copies(ours, row);

	if (copies(&b->rows[table], row) >= n || copies(theirs, row) >= n)
		return true;
	/* A value that a gap tells of is unset. */
	return gaps && (oracle_has(&b->rows[table], row, true) ||
	    oracle_has(theirs, row, true));
}

/* What the library makes of the same bytes, asked only when it matters. */
static void
ask_library(struct base *b, const char *name, const struct oracle_rows *ours,
    struct oracle_rows *theirs)
{
	sqlite3 *lib = library(b);

	oracle_library(theirs, lib, name, ours->n > 0 &&
	    ours->row[0].v[0].type != VAL_UNSET);
	sqlite3_close(lib);
}

/* Which of the undamaged tables this one is: by its name, or if that is
   damaged by its place. */
static unsigned
place_of(const struct base *b, const struct sqlite_table *t, unsigned place)
{
	unsigned i;

	for (i = 0; i < b->ntables; i++)
		if (strcmp(b->names[i], sqlite_table_name(t)) == 0)
			return i;
	return place;
}

/* Whether the library's own full check finds nothing: a page in the place of
   another of its kind can be such that no reader could know. */
static bool
looks_sound(const struct base *b)
{
	sqlite3_stmt *st = NULL;
	sqlite3 *lib = library(b);
	bool sound;

	sound = sqlite3_prepare_v2(lib, "PRAGMA integrity_check", -1, &st,
	    NULL) == SQLITE_OK && sqlite3_step(st) == SQLITE_ROW &&
	    strcmp((const char *)sqlite3_column_text(st, 0), "ok") == 0;
	sqlite3_finalize(st);
	sqlite3_close(lib);
	return sound;
}

static const char *
try_table(struct base *b, struct sqlite *db, unsigned place, bool *gaps,
    const struct oracle_gaps *count)
{
	const struct sqlite_table *t = sqlite_table_at(db, place);
	unsigned table = place_of(b, t, place);
	struct oracle_rows ours, theirs = { .n = 0 };
	const char *bad = NULL;
	bool asked = false;
	size_t k;

	oracle_ours(&ours, db, t);
	*gaps = count->n > 0;
	for (k = 0; k < ours.n && bad == NULL; k++) {
		if (allowed(b, table, &ours, &ours.row[k], &theirs, *gaps))
			continue;
		if (!asked)
			ask_library(b, sqlite_table_name(t), &ours, &theirs);
		asked = true;
		b->changed++;
		if (allowed(b, table, &ours, &ours.row[k], &theirs, *gaps))
			continue;
		bad = "a row that never was";
		oracle_show(&ours.row[k]);
	}
	if (ours.n != b->rows[table].n) {
		b->lost++;
		if (!*gaps)
			bad = "rows lost in silence";
	}
	oracle_free(&ours);
	oracle_free(&theirs);
	return bad;
}

/* Reads the bytes as they stand in `b` now. */
static void
try(struct base *b, const char *what, size_t file, size_t at)
{
	struct input in[FILES];
	struct sqlite_files files = { NULL, NULL, NULL };
	struct arena arena = arena_with(64 * MIB);
	struct oracle_gaps count;
	struct gap_sink sink = oracle_sink(&count);
	const char *bad = NULL;
	struct sqlite *db;
	unsigned i, n = 0;
	enum err err;
	bool gaps;

	for (i = 0; i < FILES; i++)
		in[i] = input_memory(bytes_at(b->p[i], b->n[i]));
	files.db = &in[0];
	files.wal = b->p[1] == NULL ? NULL : &in[1];
	files.journal = b->p[2] == NULL ? NULL : &in[2];
	b->tried++;
	err = sqlite_open(&db, &arena, &files, &sink);
	gaps = err != ERR_NONE || count.n > 0;
	if (err == ERR_NONE) {
		while (sqlite_table_at(db, n) != NULL)
			n++;
		for (i = 0; i < n && i < b->ntables && bad == NULL; i++)
			bad = try_table(b, db, i, &gaps, &count);
		sqlite_close(db);
	}
	if (bad != NULL && strcmp(what, "page") == 0 && looks_sound(b))
		bad = NULL;
	if (bad == NULL && n != b->ntables && !gaps)
		bad = "a table lost in silence";
	if (count.n > 101)
		bad = "too many gaps";
	b->told += gaps;
	arena_free(&arena);
	if (bad != NULL)
		fail_msg("%s: %s of file %zu at %zu: %s (%u gaps: %s)",
		    b->name, what, file, at, bad, count.n, count.last);
}

static void
every_cut(struct base *b, size_t file, size_t stride)
{
	size_t whole = b->n[file], n;
	uint8_t *p = b->p[file];

	/* A file of no bytes is a database without tables. */
	for (n = 1; n < whole; n += stride) {
		/* So that a sanitizer sees a read past the end. */
		b->p[file] = malloc(n);
		assert_non_null(b->p[file]);
		memcpy(b->p[file], p, n);
		b->n[file] = n;
		try(b, "cut", file, n);
		free(b->p[file]);
	}
	b->p[file] = p;
	b->n[file] = whole;
}

static void
every_bit(struct base *b, size_t file, size_t stride)
{
	const char *from = getenv("OSTRAKON_BIT");
	size_t bit = from == NULL ? 3 : strtoul(from, NULL, 10) % stride;

	if (getenv("OSTRAKON_ALL_BITS") != NULL) {
		stride = 1;
		bit = 0;
	}
	for (; bit < 8 * b->n[file]; bit += stride) {
		b->p[file][bit / 8] ^= (uint8_t)(1U << bit % 8);
		try(b, "bit", file, bit);
		b->p[file][bit / 8] ^= (uint8_t)(1U << bit % 8);
	}
}

/* Pages lost as flash memory loses them: zeroes, ones, another page. */
static void
every_page(struct base *b, size_t size)
{
	uint8_t *kept = malloc(size), *p = b->p[0];
	size_t page, way;

	assert_non_null(kept);
	for (page = 0; page + size <= b->n[0]; page += size) {
		memcpy(kept, p + page, size);
		for (way = 0; way < 4; way++) {
			memset(p + page, way == 1 ? 0xff : 0, size);
			if (way == 2)
				memcpy(p + page, p + b->n[0] - size, size);
			if (way == 3)
				memcpy(p + page, kept, size / 2);
			try(b, "page", 0, page / size);
			memcpy(p + page, kept, size);
		}
	}
	free(kept);
}

/* Takes the files as they lie, and what the library reads in them. */
static void
take(struct base *b, sqlite3 *lib)
{
	struct oracle_rows rows;
	struct sqlite *db;
	struct arena arena = arena_with(64 * MIB);
	struct oracle_gaps count;
	struct gap_sink sink = oracle_sink(&count);
	struct input in[FILES];
	struct sqlite_files files = { NULL, NULL, NULL };
	const struct sqlite_table *t;
	unsigned i;

	slurp(b);
	for (i = 0; i < FILES; i++)
		in[i] = input_memory(bytes_at(b->p[i], b->n[i]));
	files.db = &in[0];
	files.wal = b->p[1] == NULL ? NULL : &in[1];
	files.journal = b->p[2] == NULL ? NULL : &in[2];
	assert_int_equal(sqlite_open(&db, &arena, &files, &sink), ERR_NONE);
	if (lib != NULL)
		assert_null(oracle_differs(lib, db));
	for (i = 0; (t = sqlite_table_at(db, i)) != NULL; i++) {
		assert_true(i < TABLES);
		oracle_ours(&rows, db, t);
		b->rows[i] = rows;
		snprintf(b->names[i], sizeof(b->names[i]), "%s",
		    sqlite_table_name(t));
	}
	b->ntables = i;
	sqlite_close(db);
	arena_free(&arena);
	assert_string_equal(count.last, "");
}

static void
done(struct base *b)
{
	unsigned i;

	print_message("%s: %zu + %zu + %zu bytes, %lu tried, gaps in %lu, "
	    "tables short in %lu, changed rows %lu\n", b->name, b->n[0],
	    b->n[1], b->n[2], b->tried, b->told, b->lost, b->changed);
	for (i = 0; i < FILES; i++)
		free(b->p[i]);
	for (i = 0; i < b->ntables; i++)
		oracle_free(&b->rows[i]);
	clean("db");
	clean("copy");
}

static sqlite3 *
make(const char *settings, const char *text)
{
	char path[128];
	sqlite3 *lib;

	clean("db");
	path_of(path, sizeof(path), "db", "");
	assert_int_equal(sqlite3_open(path, &lib), SQLITE_OK);
	sqlite3_db_config(lib, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	/* What was deleted stays where it lay: that is the harder case. */
	assert_int_equal(sqlite3_exec(lib, "PRAGMA secure_delete = OFF;"
	    "PRAGMA page_size = 512", NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_exec(lib, settings, NULL, NULL, NULL),
	    SQLITE_OK);
	assert_int_equal(sqlite3_exec(lib, text, NULL, NULL, NULL),
	    SQLITE_OK);
	return lib;
}

#define NUMBERS(n) "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL " \
	"SELECT i + 1 FROM n WHERE i < " #n ") "

/* Two tables, a row in overflow pages, an index; a column added later. */
static const char plain[] =
	"CREATE TABLE visits (id INTEGER PRIMARY KEY, item INT, at REAL);"
	"CREATE TABLE items (url TEXT NOT NULL, title TEXT);"
	"CREATE INDEX visits_item ON visits (item);"
	NUMBERS(70) "INSERT INTO visits SELECT i, i % 5, 7e8 + i FROM n;"
	"INSERT INTO items VALUES ('https://a.example/', 'A'),"
	"('https://b.example/', NULL), ('https://c.example/',"
	"replace(hex(zeroblob(600)), '00', 'ab')), ('x', '');"
	"ALTER TABLE items ADD COLUMN seen INT DEFAULT 4;"
	"INSERT INTO items VALUES ('https://d.example/', 'D', 9);";

/* Tables without rowids, one of several levels; pointer maps; free pages
   that still hold rows. */
static const char other[] =
	"CREATE TABLE w (k TEXT, n INT, v, PRIMARY KEY (n, k)) WITHOUT ROWID;"
	"CREATE TABLE gone (a, b);"
	"CREATE TABLE kept (a, b);"
	NUMBERS(60) "INSERT INTO gone SELECT i, 'deleted ' || i FROM n;"
	NUMBERS(40) "INSERT INTO w SELECT 'key ' || i, i / 3, i * 1.5 FROM n;"
	NUMBERS(40) "INSERT INTO kept SELECT 'keep ' || i, i FROM n;"
	"DELETE FROM gone WHERE a > 3; DELETE FROM kept WHERE b % 7 = 2;";

/* Three levels, so that interior pages lie below the root. */
static const char deep[] =
	"CREATE TABLE d (a, b, c);"
	NUMBERS(130) "INSERT INTO d SELECT i, printf('%.*c', 220 - i % 3, "
	"'x'), -i FROM n; DELETE FROM d WHERE a IN (20, 21, 22, 90);";

static void
without_log(void **state)
{
	static const struct {
		const char *name, *settings, *text;
		size_t cuts, bits;
	} cases[] = {
		{ "plain", "PRAGMA auto_vacuum = 0", plain, 1, 8 },
		{ "other", "PRAGMA auto_vacuum = 2", other, 1, 8 },
		{ "utf-16", "PRAGMA encoding = 'UTF-16le'", plain, 7, 16 },
		{ "deep", "PRAGMA auto_vacuum = 0", deep, 97, 40 },
	};
	struct base b;
	sqlite3 *lib;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		b = (struct base){ .name = cases[i].name };
		lib = make(cases[i].settings, cases[i].text);
		take(&b, lib);
		sqlite3_close(lib);
		every_page(&b, 512);
		every_cut(&b, 0, cases[i].cuts);
		every_bit(&b, 0, cases[i].bits);
		done(&b);
	}
}

static const char later[] =
	"INSERT INTO visits VALUES (100, 1, 1.5);"
	"UPDATE items SET title = 'changed' WHERE rowid = 1;"
	"BEGIN; DELETE FROM visits WHERE id < 20;"
	"INSERT INTO items VALUES ('e', 'E', 0); COMMIT;";

static void
with_log(void **state)
{
	struct base b = { .name = "log" };
	sqlite3 *lib;

	(void)state;
	lib = make("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF",
	    plain);
	sqlite3_exec(lib, "PRAGMA wal_checkpoint(RESTART)", NULL, NULL, NULL);
	sqlite3_exec(lib, later, NULL, NULL, NULL);
	take(&b, lib);
	sqlite3_close(lib);
	every_bit(&b, 0, 64);
	every_bit(&b, 1, 64);
	done(&b);
}

static void
with_journal(void **state)
{
	struct base b = { .name = "journal" };
	sqlite3 *lib;

	(void)state;
	lib = make("PRAGMA cache_size = 3", plain);
	sqlite3_exec(lib, "BEGIN; UPDATE visits SET item = 77, at = 1;"
	    "DELETE FROM items; INSERT INTO items (url) VALUES ('no')", NULL,
	    NULL, NULL);
	take(&b, NULL);
	sqlite3_close(lib);
	assert_int_equal(b.rows[0].n, 70);
	assert_int_equal(b.rows[1].n, 5);
	every_bit(&b, 0, 64);
	every_bit(&b, 2, 64);
	every_cut(&b, 2, 13);
	done(&b);
}

static int
make_folder(void **state)
{
	(void)state;
	folder = mkdtemp(in_memory);
	if (folder == NULL)
		folder = mkdtemp(on_disk);
	return folder == NULL;
}

static int
remove_folder(void **state)
{
	(void)state;
	clean("db");
	clean("copy");
	return rmdir(folder);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_log),
		cmocka_unit_test(with_log),
		cmocka_unit_test(with_journal),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
