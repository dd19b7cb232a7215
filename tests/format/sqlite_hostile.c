/*
 * Databases made to hurt a reader: trees that lead in circles, numbers that
 * promise the impossible, schemas without end.  Each must be read to an end
 * soon, with gaps where something was not read.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sqlite_oracle.h"

/* The whole program, in seconds, with sanitizers on a slow machine. */
#define ENOUGH	120

static struct arena arena;
static struct oracle_gaps gaps;
static uint8_t *image;
static size_t image_n;

static void
sql(sqlite3 *lib, const char *text)
{
	if (sqlite3_exec(lib, text, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", text, sqlite3_errmsg(lib));
}

/* The bytes of a database made by this text, to be spoiled. */
static void
make(unsigned page_size, const char *text)
{
	sqlite3_int64 n;
	sqlite3 *lib;
	char form[64];

	assert_int_equal(sqlite3_open(":memory:", &lib), SQLITE_OK);
	sqlite3_db_config(lib, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
	snprintf(form, sizeof(form), "PRAGMA page_size = %u", page_size);
	sql(lib, form);
	sql(lib, text);
	sqlite3_free(image);
	image = sqlite3_serialize(lib, "main", &n, 0);
	assert_non_null(image);
	image_n = (size_t)n;
	sqlite3_close(lib);
}

static enum err
open_files(struct sqlite **db, struct input *in, const struct input *wal)
{
	static struct gap_sink sink;
	struct sqlite_files files = { in, wal, NULL };

	sink = oracle_sink(&gaps);
	arena_free(&arena);
	arena = arena_with(64 * MIB);
	return sqlite_open(db, &arena, &files, &sink);
}

static void
put32(size_t at, uint32_t v)
{
	unsigned i;

	assert_true(at + 4 <= image_n);
	for (i = 0; i < 4; i++)
		image[at + i] = (uint8_t)(v >> (24 - 8 * i));
}

static uint32_t
get32(size_t at)
{
	return (uint32_t)image[at] << 24 | (uint32_t)image[at + 1] << 16 |
	    (uint32_t)image[at + 2] << 8 | image[at + 3];
}

static uint32_t
get16(size_t at)
{
	return (uint32_t)image[at] << 8 | image[at + 1];
}

/* Reads every value of every table; returns how many rows there were. */
static size_t
read_all(struct sqlite *db)
{
	struct sqlite_scan *scan;
	struct sqlite_row row;
	const struct sqlite_table *t;
	unsigned i, c;
	size_t n = 0;
	struct val v;

	for (i = 0; (t = sqlite_table_at(db, i)) != NULL; i++) {
		assert_int_equal(sqlite_scan_open(&scan, db, t), ERR_NONE);
		while (sqlite_scan_next(scan, &row)) {
			for (c = 0; c < sqlite_columns(t); c++)
				v = sqlite_value(&row, (int)c);
			(void)v;
			n++;
		}
		sqlite_scan_close(scan);
	}
	return n;
}

/* Opens the image, reads all of it, closes it. */
static size_t
read_image(void)
{
	struct input in = input_memory(bytes_at(image, image_n));
	struct sqlite *db;
	size_t n;

	assert_int_equal(open_files(&db, &in, NULL), ERR_NONE);
	n = read_all(db);
	sqlite_close(db);
	return n;
}

#define NUMBERS(n) "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL " \
	"SELECT i + 1 FROM n WHERE i < " #n ") "

static const char rows_300[] = "CREATE TABLE t (a, b);" NUMBERS(300)
	"INSERT INTO t SELECT i, printf('%.*c', 60, 'x') FROM n";

static void
no_database(void **state)
{
	struct input in = input_memory(bytes_at(NULL, 0));
	static const char garbage[200] = "this is some text, and no database";
	struct sqlite *db;

	(void)state;
	assert_int_equal(open_files(&db, &in, NULL), ERR_NONE);
	assert_null(sqlite_table_at(db, 0));
	assert_int_equal(gaps.n, 0);
	sqlite_close(db);
	in = input_memory(bytes_at(garbage, sizeof(garbage)));
	assert_int_equal(open_files(&db, &in, NULL), ERR_KIND);
	in = input_memory(bytes_at("SQLite format 3", 16));
	assert_int_equal(open_files(&db, &in, NULL), ERR_NONE);
	assert_int_equal(gaps.n, 1);
	sqlite_close(db);
	in = input_memory(bytes_at("SQLit", 5));
	assert_int_equal(open_files(&db, &in, NULL), ERR_NONE);
	assert_int_equal(gaps.n, 1);
	sqlite_close(db);
}

static void
no_memory(void **state)
{
	struct sqlite_files files = { NULL, NULL, NULL };
	struct arena small;
	struct sqlite *db;
	struct input in;
	size_t limit;

	(void)state;
	make(4096, rows_300);
	in = input_memory(bytes_at(image, image_n));
	files.db = &in;
	for (limit = 0; limit < 300000; limit += 1000) {
		small = arena_with(limit);
		if (sqlite_open(&db, &small, &files, NULL) == ERR_NONE)
			sqlite_close(db);
		else
			assert_true(limit < 250000);
		arena_free(&small);
	}
}

/* The root's last child is the root itself. */
static void
own_child(void **state)
{
	(void)state;
	make(512, rows_300);
	assert_int_equal(image[512], 5);
	put32(512 + 8, 2);
	assert_true(read_image() < 300);
	assert_true(gaps.n > 0);
}

/* Every child of the root is the same page, or the schema. */
static void
same_children(void **state)
{
	uint32_t i, at, first;

	(void)state;
	make(512, rows_300);
	first = get32(512 + get16(512 + 12));
	for (i = 0; i < get16(512 + 3); i++) {
		at = 512 + get16(512 + 12 + 2 * i);
		put32(at, first);
	}
	assert_true(read_image() < 300);
	assert_true(gaps.n > 0);
	for (i = 0; i < get16(512 + 3); i++)
		put32(512 + get16(512 + 12 + 2 * i), 1);
	assert_true(read_image() < 300);
	assert_true(gaps.n > 0);
}

/* A chain of interior pages, each with one child, deeper than any tree. */
static void
deep_tree(void **state)
{
	size_t i, page;

	(void)state;
	make(512, rows_300);
	for (i = 2; i * 512 < image_n; i++) {
		page = (i - 1) * 512;
		memset(image + page, 0, 512);
		image[page] = 5;
		image[page + 5] = 2;
		put32(page + 8, (uint32_t)i + 1);
	}
	assert_int_equal(read_image(), 0);
	assert_true(gaps.n > 0);
}

static void
overflow_loop(void **state)
{
	size_t i;

	(void)state;
	make(512, "CREATE TABLE t (a, b); INSERT INTO t VALUES (1, "
	    "zeroblob(20000)), (2, 3)");
	/* Every page of the chain leads back to its first. */
	for (i = 4; i * 512 < image_n; i++)
		put32((i - 1) * 512, 3);
	assert_int_equal(read_image(), 2);
	assert_true(gaps.n > 0);
}

static void
freelist_loop(void **state)
{
	uint32_t trunk;

	(void)state;
	make(512, "CREATE TABLE t (a); CREATE TABLE u (a);"
	    "INSERT INTO t VALUES (zeroblob(90000)); INSERT INTO u VALUES (7);"
	    "DELETE FROM t;");
	trunk = get32(32);
	assert_true(trunk > 1);
	put32((trunk - 1) * 512, trunk);
	assert_int_equal(read_image(), 1);
	assert_true(gaps.n > 0);
	put32((trunk - 1) * 512 + 4, 0xffffffff);
	assert_int_equal(read_image(), 1);
	assert_true(gaps.n > 0);
}

/* Payload lengths and rowids of nine bytes, all ones. */
static void
giant_numbers(void **state)
{
	size_t at, i, n;

	(void)state;
	make(512, rows_300);
	n = read_image();
	assert_int_equal(n, 300);
	assert_int_equal(gaps.n, 0);
	for (i = 2 * 512; i < image_n; i += 512) {
		at = i + get16(i + 8);
		if (image[i] == 13 && at + 20 < image_n)
			memset(image + at, 0xff, 18);
	}
	n = read_image();
	assert_true(n < 300);
	assert_true(gaps.n > 0);
}

static void
giant_count(void **state)
{
	(void)state;
	make(512, rows_300);
	put32(28, 1000000000);
	assert_int_equal(read_image(), 300);
	assert_true(gaps.n > 0);
	put32(28, 0xffffffff);
	assert_int_equal(read_image(), 300);
	assert_true(gaps.n > 0);
}

static size_t
zeroes(const struct input *in, void *to, size_t n, uint64_t offset)
{
	struct bytes b = bytes_part(in->memory, offset > in->memory.n ?
	    in->memory.n : (size_t)offset, n);

	memset(to, 0, n);
	if (b.n > 0)
		memcpy(to, b.p, b.n);
	return n;
}

/* A file of a terabyte, nearly all of it a hole. */
static void
giant_file(void **state)
{
	struct input in = { .read = zeroes, .size = (uint64_t)1 << 40 };
	struct sqlite *db;

	(void)state;
	make(512, rows_300);
	in.memory = bytes_at(image, image_n);
	assert_int_equal(open_files(&db, &in, NULL), ERR_NONE);
	assert_int_equal(read_all(db), 300);
	sqlite_close(db);
	put32(28, 0x7fffffff);
	assert_int_equal(open_files(&db, &in, NULL), ERR_MEMORY);
	put32(28, 30000000);
	assert_int_equal(open_files(&db, &in, NULL), ERR_NONE);
	assert_int_equal(read_all(db), 300);
	assert_true(gaps.n > 0);
	sqlite_close(db);
}

/* A page of the largest size whose cells all lie on one another. */
static void
stacked_cells(void **state)
{
	size_t i, page = 65536;

	(void)state;
	make(65536, "CREATE TABLE t (a);" NUMBERS(4000)
	    "INSERT INTO t SELECT zeroblob(900) FROM n");
	for (; page < image_n; page += 65536) {
		if (image[page] != 13)
			continue;
		image[page + 3] = 0x70;		/* 28,672 cells */
		image[page + 5] = 0xe0;		/* content behind them */
		for (i = 0; i < 0x7000; i++) {
			image[page + 8 + 2 * i] = 0xe1;
			image[page + 9 + 2 * i] = (uint8_t)i;
		}
		memset(image + page + 0xe000, 0x8f, 0x2000);
	}
	assert_true(read_image() < 4000);
	assert_true(gaps.n > 0);
}

/* Nothing of the schema is run. */
static void
schema_bombs(void **state)
{
	struct input in;
	struct sqlite *db;

	(void)state;
	make(4096, "CREATE TABLE t (a); INSERT INTO t VALUES (1), (2);"
	    "CREATE VIEW v0 AS SELECT 1 AS x; CREATE VIEW v1 AS SELECT * FROM "
	    "v0, v0; CREATE VIEW v2 AS SELECT * FROM v1, v1, v1, v1;"
	    "CREATE VIEW v3 AS SELECT * FROM v2, v2, v2, v2;"
	    "CREATE TRIGGER r INSERT ON t BEGIN INSERT INTO t VALUES (1); END;"
	    "CREATE VIRTUAL TABLE f USING fts5 (x);"
	    "PRAGMA writable_schema = ON; INSERT INTO sqlite_schema VALUES "
	    "('view', 'w', 'w', 0, 'CREATE VIEW w AS SELECT * FROM w');");
	in = input_memory(bytes_at(image, image_n));
	assert_int_equal(open_files(&db, &in, NULL), ERR_NONE);
	assert_non_null(sqlite_table(db, "T"));
	assert_null(sqlite_table(db, "v3"));
	assert_null(sqlite_table(db, "f"));
	assert_non_null(sqlite_table(db, "f_content"));
	assert_int_equal(gaps.n, 0);
	sqlite_close(db);
}

static void
many_tables(void **state)
{
	struct input in;
	struct sqlite *db;

	(void)state;
	make(512, "CREATE TABLE t (a); PRAGMA writable_schema = ON;"
	    NUMBERS(65000) "INSERT INTO sqlite_schema SELECT 'table', "
	    "'t' || i, 't' || i, 2, 'CREATE TABLE t' || i || '(a)' FROM n");
	in = input_memory(bytes_at(image, image_n));
	assert_int_equal(open_files(&db, &in, NULL), ERR_NONE);
	assert_int_equal(read_all(db), 0);
	assert_null(sqlite_table_at(db, LIMIT_TABLES));
	assert_in_range(gaps.n, 1, 100);
	sqlite_close(db);
	assert_in_range(gaps.n, 1, 101);
}

/* Definitions with too many columns, with none, and with no end. */
static void
odd_definitions(void **state)
{
	static const char *const texts[] = {
		"CREATE TABLE x", "CREATE TABLE x(", "CREATE TABLE x()",
		"CREATE TABLE x(a", "CREATE TABLE x(a INT DEFAULT",
		"CREATE TABLE x(a INT DEFAULT (", "CREATE TABLE x(\"a",
		"CREATE TABLE x(a) WITHOUT ROWID", "CREATE TABLE x(a) WITH",
		"CREATE TABLE x(a,PRIMARY KEY(b))", "CREATE TABLE x(a,,b)",
		"CREATE TABLE x(a,PRIMARY KEY(", "CREATE TABLE y(a)",
		"CREATE TABLE x(a CHECK", "CREATE TABLE x(a /*", "-", "",
		"CREATE VIEW x AS SELECT 1", "CREATE TABLE x(a INT(b))",
		"CREATE TABLE x(a PRIMARY KEY, b PRIMARY KEY)",
		"CREATE TABLE x(a AS)", "CREATE TABLE x(a COLLATE)",
		"CREATE TABLE x(a REFERENCES)", "CREATE TABLE x(a CONSTRAINT)",
		"CREATE TABLE x(a,PRIMARY KEY((((((a)", "CREATE TABLE x(a b-c)"
	};
	char text[600];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		snprintf(text, sizeof(text), "CREATE TABLE t (a);"
		    "INSERT INTO t VALUES (5); PRAGMA writable_schema = ON;"
		    "CREATE TABLE x (a); UPDATE sqlite_schema SET sql = '%s' "
		    "WHERE name = 'x'", texts[i]);
		make(512, text);
		if (read_image() != 1 || gaps.n != 1)
			fail_msg("%s: %u gaps", texts[i], gaps.n);
	}
	make(4096, "CREATE TABLE t (a); PRAGMA writable_schema = ON;"
	    "UPDATE sqlite_schema SET sql = 'CREATE TABLE t(a' || "
	    "replace(hex(zeroblob(1000000)), '0', ',b') || ')'");
	(void)read_image();
	assert_true(gaps.n > 0);
}

/* Text of 9 MB is read; a value past the limit is a gap, its row stays. */
static void
long_values(void **state)
{
	struct input in;
	struct sqlite *db;
	struct sqlite_scan *scan;
	struct sqlite_row row;
	struct val v;

	(void)state;
	make(4096, "CREATE TABLE t (a, b, c); INSERT INTO t VALUES "
	    "(1, replace(hex(zeroblob(4500000)), '0', 'x'), 2),"
	    "(3, zeroblob(17000000), 4), (5, 6, 7)");
	in = input_memory(bytes_at(image, image_n));
	assert_int_equal(open_files(&db, &in, NULL), ERR_NONE);
	assert_int_equal(sqlite_scan_open(&scan, db, sqlite_table(db, "t")),
	    ERR_NONE);
	assert_true(sqlite_scan_next(scan, &row));
	v = sqlite_value(&row, 1);
	assert_int_equal(val_bytes(&v).n, 9000000);
	assert_int_equal(val_bytes(&v).p[8999999], 'x');
	v = sqlite_value(&row, 2);
	assert_int_equal(v.i, 2);
	assert_int_equal(gaps.n, 0);
	assert_true(sqlite_scan_next(scan, &row));
	v = sqlite_value(&row, 0);
	assert_int_equal(v.i, 3);
	v = sqlite_value(&row, 1);
	assert_false(val_set(&v));
	assert_int_equal(gaps.n, 1);
	assert_true(sqlite_scan_next(scan, &row));
	v = sqlite_value(&row, 2);
	assert_int_equal(v.i, 7);
	assert_false(sqlite_scan_next(scan, &row));
	sqlite_scan_close(scan);
	sqlite_close(db);
}

/* A thousand damaged pages are a hundred gaps and a sum. */
static void
many_gaps(void **state)
{
	size_t page;

	(void)state;
	make(512, "CREATE TABLE t (a);" NUMBERS(5000)
	    "INSERT INTO t SELECT zeroblob(200) FROM n");
	for (page = 4 * 512; page < image_n; page += 1024)
		memset(image + page, 0, 512);
	assert_true(read_image() > 1000);
	assert_int_equal(gaps.n, 101);
	assert_non_null(strstr(gaps.last, "more places"));
}

/* Bytes turned at random, many at once, in a database with a bit of all. */
static void
random_bytes(void **state)
{
	uint64_t seed = 1;
	uint8_t *sound;
	unsigned i, k, n;
	size_t at;

	(void)state;
	make(512, "CREATE TABLE t (a INTEGER PRIMARY KEY, b, c DEFAULT 5);"
	    "CREATE TABLE w (a, b, PRIMARY KEY (b, a)) WITHOUT ROWID;"
	    NUMBERS(90) "INSERT INTO t SELECT i, i * 1.5, hex(zeroblob("
	    "i * i % 900)) FROM n; INSERT INTO w SELECT c, a FROM t;"
	    "DELETE FROM t WHERE a % 9 = 4; CREATE INDEX x ON t (b)");
	sound = malloc(image_n);
	assert_non_null(sound);
	memcpy(sound, image, image_n);
	for (i = 0; i < 1500; i++) {
		n = 1 + (unsigned)(oracle_random(&seed) % 40);
		for (k = 0; k < n; k++) {
			at = oracle_random(&seed) % image_n;
			if (k % 2 == 0)		/* where structure lies */
				at = at - at % 512 + at % 14;
			if (at >= 100)
				image[at] = (uint8_t)oracle_random(&seed);
		}
		(void)read_image();
		memcpy(image, sound, image_n);
	}
	free(sound);
}

/* The log promises pages at the end of the world. */
static void
far_frames(void **state)
{
	uint8_t wal[32 + 2 * (24 + 512)] = { 0x37, 0x7f, 0x06, 0x82, 0, 0x2d,
	    0xe2, 0x18, 0, 0, 2, 0 };
	struct input in, log = input_memory(bytes_at(wal, sizeof(wal)));
	uint32_t s[2] = { 0, 0 }, x[2];
	size_t i, k, at;
	struct sqlite *db;

	(void)state;
	make(512, rows_300);
	for (at = 0; at < sizeof(wal); at += at == 0 ? 32 : 24 + 512) {
		for (i = 0; at > 0 && i < 8; i++)
			wal[at + i] = i < 4 ? 0xff : 0xfe;
		for (i = at; i < (at == 0 ? 24 : at + 24 + 512); i += 8) {
			if (at > 0 && i == at + 8)
				i += 16;
			for (k = 0; k < 2; k++)
				x[k] = wal[i + 4 * k] |
				    (uint32_t)wal[i + 4 * k + 1] << 8 |
				    (uint32_t)wal[i + 4 * k + 2] << 16 |
				    (uint32_t)wal[i + 4 * k + 3] << 24;
			s[0] += x[0] + s[1];
			s[1] += x[1] + s[0];
		}
		for (k = 0; k < 8; k++)
			wal[(at == 0 ? 24 : at + 16) + k] =
			    (uint8_t)(s[k / 4] >> (24 - 8 * (k % 4)));
	}
	in = input_memory(bytes_at(image, image_n));
	assert_int_equal(open_files(&db, &in, &log), ERR_NONE);
	assert_int_equal(read_all(db), 300);
	sqlite_close(db);
}

static int
begin(void **state)
{
	(void)state;
	alarm(ENOUGH);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	arena_free(&arena);
	sqlite3_free(image);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_database),
		cmocka_unit_test(no_memory),
		cmocka_unit_test(own_child),
		cmocka_unit_test(same_children),
		cmocka_unit_test(deep_tree),
		cmocka_unit_test(overflow_loop),
		cmocka_unit_test(freelist_loop),
		cmocka_unit_test(giant_numbers),
		cmocka_unit_test(giant_count),
		cmocka_unit_test(giant_file),
		cmocka_unit_test(stacked_cells),
		cmocka_unit_test(schema_bombs),
		cmocka_unit_test(many_tables),
		cmocka_unit_test(odd_definitions),
		cmocka_unit_test(long_values),
		cmocka_unit_test(many_gaps),
		cmocka_unit_test(random_bytes),
		cmocka_unit_test(far_frames),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
