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

#include "sqlite_image.h"

/* The whole program, in seconds, with sanitizers on a slow machine. */
#define ENOUGH	120

static struct sqlite_image m;

static const char rows_300[] = "CREATE TABLE t (a, b);" SQLITE_NUMBERS(300)
	"INSERT INTO t SELECT i, printf('%.*c', 60, 'x') FROM n";

static void
no_database(void **state)
{
	struct input in = input_memory(bytes_at(NULL, 0));
	static const char garbage[200] = "this is some text, and no database";
	struct sqlite *db;

	(void)state;
	assert_int_equal(sqlite_image_open(&m, &db, &in, NULL), ERR_NONE);
	assert_null(sqlite_table_at(db, 0));
	assert_int_equal(m.gaps.n, 0);
	sqlite_close(db);
	in = input_memory(bytes_at(garbage, sizeof(garbage)));
	assert_int_equal(sqlite_image_open(&m, &db, &in, NULL), ERR_KIND);
	in = input_memory(bytes_at("SQLite format 3", 16));
	assert_int_equal(sqlite_image_open(&m, &db, &in, NULL), ERR_NONE);
	assert_int_equal(m.gaps.n, 1);
	sqlite_close(db);
	in = input_memory(bytes_at("SQLit", 5));
	assert_int_equal(sqlite_image_open(&m, &db, &in, NULL), ERR_NONE);
	assert_int_equal(m.gaps.n, 1);
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
	sqlite_image_make(&m, 4096, rows_300);
	in = input_memory(bytes_at(m.p, m.n));
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
	sqlite_image_make(&m, 512, rows_300);
	assert_int_equal(m.p[512], 5);
	sqlite_image_put32(&m, 512 + 8, 2);
	assert_true(sqlite_image_read(&m) < 300);
	assert_true(m.gaps.n > 0);
}

/* Every child of the root is the same page, or the schema. */
static void
same_children(void **state)
{
	uint32_t i, at, first;

	(void)state;
	sqlite_image_make(&m, 512, rows_300);
	first = sqlite_image_get32(&m, 512 + sqlite_image_get16(&m, 512 + 12));
	for (i = 0; i < sqlite_image_get16(&m, 512 + 3); i++) {
		at = (uint32_t)sqlite_image_cell(&m, 512, i);
		sqlite_image_put32(&m, at, first);
	}
	assert_true(sqlite_image_read(&m) < 300);
	assert_true(m.gaps.n > 0);
	for (i = 0; i < sqlite_image_get16(&m, 512 + 3); i++)
		sqlite_image_put32(&m, sqlite_image_cell(&m, 512, i), 1);
	assert_true(sqlite_image_read(&m) < 300);
	assert_true(m.gaps.n > 0);
}

/* A chain of interior pages, each with one child, deeper than any tree. */
static void
deep_tree(void **state)
{
	size_t i, page;

	(void)state;
	sqlite_image_make(&m, 512, rows_300);
	for (i = 2; i * 512 < m.n; i++) {
		page = (i - 1) * 512;
		memset(m.p + page, 0, 512);
		m.p[page] = 5;
		m.p[page + 5] = 2;
		sqlite_image_put32(&m, page + 8, (uint32_t)i + 1);
	}
	assert_int_equal(sqlite_image_read(&m), 0);
	assert_true(m.gaps.n > 0);
}

static void
overflow_loop(void **state)
{
	size_t i;

	(void)state;
	sqlite_image_make(&m, 512, "CREATE TABLE t (a, b);"
	    "INSERT INTO t VALUES (1, zeroblob(20000)), (2, 3)");
	/* Every page of the chain leads back to its first. */
	for (i = 4; i * 512 < m.n; i++)
		sqlite_image_put32(&m, (i - 1) * 512, 3);
	assert_int_equal(sqlite_image_read(&m), 2);
	assert_true(m.gaps.n > 0);
}

static void
freelist_loop(void **state)
{
	uint32_t trunk;

	(void)state;
	sqlite_image_make(&m, 512, "CREATE TABLE t (a); CREATE TABLE u (a);"
	    "INSERT INTO t VALUES (zeroblob(90000)); INSERT INTO u VALUES (7);"
	    "DELETE FROM t;");
	trunk = sqlite_image_get32(&m, 32);
	assert_true(trunk > 1);
	sqlite_image_put32(&m, (trunk - 1) * 512, trunk);
	assert_int_equal(sqlite_image_read(&m), 1);
	assert_true(m.gaps.n > 0);
	sqlite_image_put32(&m, (trunk - 1) * 512 + 4, 0xffffffff);
	assert_int_equal(sqlite_image_read(&m), 1);
	assert_true(m.gaps.n > 0);
}

/* Payload lengths and rowids of nine bytes, all ones. */
static void
giant_numbers(void **state)
{
	size_t at, i, n;

	(void)state;
	sqlite_image_make(&m, 512, rows_300);
	n = sqlite_image_read(&m);
	assert_int_equal(n, 300);
	assert_int_equal(m.gaps.n, 0);
	for (i = 2 * 512; i < m.n; i += 512) {
		at = i + sqlite_image_get16(&m, i + 8);
		if (m.p[i] == 13 && at + 20 < m.n)
			memset(m.p + at, 0xff, 18);
	}
	n = sqlite_image_read(&m);
	assert_true(n < 300);
	assert_true(m.gaps.n > 0);
}

static void
giant_count(void **state)
{
	(void)state;
	sqlite_image_make(&m, 512, rows_300);
	sqlite_image_put32(&m, 28, 1000000000);
	assert_int_equal(sqlite_image_read(&m), 300);
	assert_true(m.gaps.n > 0);
	sqlite_image_put32(&m, 28, 0xffffffff);
	assert_int_equal(sqlite_image_read(&m), 300);
	assert_true(m.gaps.n > 0);
}

/* What is odd and no damage: bytes after the last page, as decryption leaves
   them; room that was set aside; a count that its writer does not vouch for. */
static void
odd_but_sound(void **state)
{
	static uint8_t longer[512 * 200];
	struct input in;
	struct sqlite *db;
	size_t more;

	(void)state;
	sqlite_image_make(&m, 512, rows_300);
	for (more = 0; more < 20000; more += 1531) {
		memcpy(longer, m.p, m.n);
		in = input_memory(bytes_at(longer, m.n + more));
		assert_int_equal(sqlite_image_open(&m, &db, &in, NULL),
		    ERR_NONE);
		assert_int_equal(sqlite_image_rows(db), 300);
		sqlite_close(db);
		assert_int_equal(m.gaps.n, 0);
	}
	sqlite_image_put32(&m, 28, 0);
	assert_int_equal(sqlite_image_read(&m), 300);
	assert_int_equal(m.gaps.n, 0);
	sqlite_image_put32(&m, 28, 7);
	sqlite_image_put32(&m, 92, sqlite_image_get32(&m, 24) - 1);
	assert_int_equal(sqlite_image_read(&m), 300);
	assert_int_equal(m.gaps.n, 0);
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
	sqlite_image_make(&m, 512, rows_300);
	in.memory = bytes_at(m.p, m.n);
	assert_int_equal(sqlite_image_open(&m, &db, &in, NULL), ERR_NONE);
	assert_int_equal(sqlite_image_rows(db), 300);
	sqlite_close(db);
	sqlite_image_put32(&m, 28, 0x7fffffff);
	assert_int_equal(sqlite_image_open(&m, &db, &in, NULL), ERR_MEMORY);
	sqlite_image_put32(&m, 28, 30000000);
	assert_int_equal(sqlite_image_open(&m, &db, &in, NULL), ERR_NONE);
	assert_int_equal(sqlite_image_rows(db), 300);
	assert_true(m.gaps.n > 0);
	sqlite_close(db);
}

/* A page of the largest size whose cells all lie on one another. */
static void
stacked_cells(void **state)
{
	size_t i, page = 65536;

	(void)state;
	sqlite_image_make(&m, 65536, "CREATE TABLE t (a);" SQLITE_NUMBERS(4000)
	    "INSERT INTO t SELECT zeroblob(900) FROM n");
	for (; page < m.n; page += 65536) {
		if (m.p[page] != 13)
			continue;
		m.p[page + 3] = 0x70;		/* 28,672 cells */
		m.p[page + 5] = 0xe0;		/* content behind them */
		for (i = 0; i < 0x7000; i++) {
			m.p[page + 8 + 2 * i] = 0xe1;
			m.p[page + 9 + 2 * i] = (uint8_t)i;
		}
		memset(m.p + page + 0xe000, 0x8f, 0x2000);
	}
	assert_true(sqlite_image_read(&m) < 4000);
	assert_true(m.gaps.n > 0);
}

/* Nothing of the schema is run. */
static void
schema_bombs(void **state)
{
	struct input in;
	struct sqlite *db;

	(void)state;
	sqlite_image_make(&m, 4096, "CREATE TABLE t (a);"
	    "INSERT INTO t VALUES (1), (2);"
	    "CREATE VIEW v0 AS SELECT 1 AS x; CREATE VIEW v1 AS SELECT * FROM "
	    "v0, v0; CREATE VIEW v2 AS SELECT * FROM v1, v1, v1, v1;"
	    "CREATE VIEW v3 AS SELECT * FROM v2, v2, v2, v2;"
	    "CREATE TRIGGER r INSERT ON t BEGIN INSERT INTO t VALUES (1); END;"
	    "CREATE VIRTUAL TABLE f USING fts5 (x);"
	    "PRAGMA writable_schema = ON; INSERT INTO sqlite_schema VALUES "
	    "('view', 'w', 'w', 0, 'CREATE VIEW w AS SELECT * FROM w');");
	in = input_memory(bytes_at(m.p, m.n));
	assert_int_equal(sqlite_image_open(&m, &db, &in, NULL), ERR_NONE);
	assert_non_null(sqlite_table(db, "T"));
	assert_null(sqlite_table(db, "v3"));
	assert_null(sqlite_table(db, "f"));
	assert_non_null(sqlite_table(db, "f_content"));
	assert_int_equal(m.gaps.n, 0);
	sqlite_close(db);
}

static void
many_tables(void **state)
{
	struct input in;
	struct sqlite *db;

	(void)state;
	sqlite_image_make(&m, 512, "CREATE TABLE t (a);"
	    "PRAGMA writable_schema = ON;" SQLITE_NUMBERS(65000)
	    "INSERT INTO sqlite_schema SELECT 'table', 't' || i, 't' || i, "
	    "2, 'CREATE TABLE t' || i || '(a)' FROM n");
	in = input_memory(bytes_at(m.p, m.n));
	assert_int_equal(sqlite_image_open(&m, &db, &in, NULL), ERR_NONE);
	assert_int_equal(sqlite_image_rows(db), 0);
	assert_null(sqlite_table_at(db, LIMIT_TABLES));
	assert_in_range(m.gaps.n, 1, 100);
	sqlite_close(db);
	assert_in_range(m.gaps.n, 1, 101);
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
		sqlite_image_make(&m, 512, text);
		if (sqlite_image_read(&m) != 1 || m.gaps.n != 1)
			fail_msg("%s: %u gaps", texts[i], m.gaps.n);
	}
	sqlite_image_make(&m, 4096, "CREATE TABLE t (a);"
	    "PRAGMA writable_schema = ON;"
	    "UPDATE sqlite_schema SET sql = 'CREATE TABLE t(a' || replace("
	    "hex(zeroblob(1000000)), '0', ',b') || ')'");
	(void)sqlite_image_read(&m);
	assert_true(m.gaps.n > 0);
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
	sqlite_image_make(&m, 4096, "CREATE TABLE t (a, b, c);"
	    "INSERT INTO t VALUES (1, replace(hex(zeroblob(4500000)), "
	    "'0', 'x'), 2), (3, zeroblob(17000000), 4), (5, 6, 7)");
	in = input_memory(bytes_at(m.p, m.n));
	assert_int_equal(sqlite_image_open(&m, &db, &in, NULL), ERR_NONE);
	assert_int_equal(sqlite_scan_open(&scan, db, sqlite_table(db, "t")),
	    ERR_NONE);
	assert_true(sqlite_scan_next(scan, &row));
	v = sqlite_value(&row, 1);
	assert_int_equal(val_bytes(&v).n, 9000000);
	assert_int_equal(val_bytes(&v).p[8999999], 'x');
	v = sqlite_value(&row, 2);
	assert_int_equal(v.i, 2);
	assert_int_equal(m.gaps.n, 0);
	assert_true(sqlite_scan_next(scan, &row));
	v = sqlite_value(&row, 0);
	assert_int_equal(v.i, 3);
	v = sqlite_value(&row, 1);
	assert_false(val_set(&v));
	assert_int_equal(m.gaps.n, 1);
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
	sqlite_image_make(&m, 512, "CREATE TABLE t (a);" SQLITE_NUMBERS(5000)
	    "INSERT INTO t SELECT zeroblob(200) FROM n");
	for (page = 4 * 512; page < m.n; page += 1024)
		memset(m.p + page, 0, 512);
	assert_true(sqlite_image_read(&m) > 1000);
	assert_int_equal(m.gaps.n, 101);
	assert_non_null(strstr(m.gaps.last, "more places"));
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
	sqlite_image_make(&m, 512,
	    "CREATE TABLE t (a INTEGER PRIMARY KEY, b, c DEFAULT 5);"
	    "CREATE TABLE w (a, b, PRIMARY KEY (b, a)) WITHOUT ROWID;"
	    SQLITE_NUMBERS(90) "INSERT INTO t SELECT i, i * 1.5, hex(zeroblob("
	    "i * i % 900)) FROM n; INSERT INTO w SELECT c, a FROM t;"
	    "DELETE FROM t WHERE a % 9 = 4; CREATE INDEX x ON t (b)");
	sound = malloc(m.n);
	assert_non_null(sound);
	memcpy(sound, m.p, m.n);
	for (i = 0; i < 1500; i++) {
		n = 1 + (unsigned)(oracle_random(&seed) % 40);
		for (k = 0; k < n; k++) {
			at = oracle_random(&seed) % m.n;
			if (k % 2 == 0)		/* where structure lies */
				at = at - at % 512 + at % 14;
			if (at >= 100)
				m.p[at] = (uint8_t)oracle_random(&seed);
		}
		(void)sqlite_image_read(&m);
		memcpy(m.p, sound, m.n);
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
	sqlite_image_make(&m, 512, rows_300);
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
	in = input_memory(bytes_at(m.p, m.n));
	assert_int_equal(sqlite_image_open(&m, &db, &in, &log), ERR_NONE);
	assert_int_equal(sqlite_image_rows(db), 300);
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
	sqlite_image_free(&m);
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
		cmocka_unit_test(odd_but_sound),
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
