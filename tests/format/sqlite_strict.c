/*
 * Where the structure shows that a row cannot be trusted, it is not given,
 * though the library gives it; and what it does not touch is still given.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "sqlite_image.h"

#define LEAF	512		/* page 2, the whole of the table */

static struct sqlite_image m;

/* The rowids that a scan of the first table gives. */
static size_t
rowids(int64_t *to, size_t most)
{
	struct input in = input_memory(bytes_at(m.p, m.n));
	struct sqlite_scan *scan;
	struct sqlite_row row;
	struct sqlite *db;
	size_t n = 0;

	assert_int_equal(sqlite_image_open(&m, &db, &in, NULL), ERR_NONE);
	assert_int_equal(sqlite_scan_open(&scan, db, sqlite_table_at(db, 0)),
	    ERR_NONE);
	while (sqlite_scan_next(scan, &row)) {
		assert_true(n < most);
		to[n++] = row.rowid;
	}
	sqlite_scan_close(scan);
	sqlite_close(db);
	return n;
}

static void
expect(const char *numbers)
{
	char text[200] = "";
	int64_t got[20];
	size_t i, n = rowids(got, 20);

	for (i = 0; i < n; i++)
		snprintf(text + strlen(text), sizeof(text) - strlen(text),
		    "%s%lld", i == 0 ? "" : " ", (long long)got[i]);
	assert_string_equal(text, numbers);
	assert_true(m.gaps.n > 0);
}

static void
ten_rows(void)
{
	int64_t got[20];

	sqlite_image_make(&m, 512, "CREATE TABLE t (a);" SQLITE_NUMBERS(10)
	    "INSERT INTO t SELECT 'row ' || i FROM n");
	assert_int_equal(m.p[LEAF], 13);
	assert_int_equal(rowids(got, 20), 10);
	assert_int_equal(m.gaps.n, 0);
}

/* The pointer to a deleted cell still lies behind the others, and the cell
   too: a count that is one too high would bring it back. */
static void
deleted_row(void **state)
{
	(void)state;
	sqlite_image_make(&m, 512, "CREATE TABLE t (a);" SQLITE_NUMBERS(10)
	    "INSERT INTO t SELECT 'row ' || i FROM n;"
	    "DELETE FROM t WHERE rowid = 10");
	assert_int_equal(m.p[LEAF + 4], 9);
	m.p[LEAF + 4] = 10;
	expect("1 2 3 4 5 6 7 8 9");
}

/* In the middle the deleted cell is a free block. */
static void
deleted_inside(void **state)
{
	size_t at;

	(void)state;
	ten_rows();
	at = sqlite_image_cell(&m, LEAF, 4);
	sqlite_image_make(&m, 512, "CREATE TABLE t (a);" SQLITE_NUMBERS(10)
	    "INSERT INTO t SELECT 'row ' || i FROM n;"
	    "DELETE FROM t WHERE rowid = 5");
	/* The pointer of row 6 now leads into the hole of row 5. */
	m.p[LEAF + 8 + 2 * 4] = (uint8_t)((at - LEAF) >> 8);
	m.p[LEAF + 8 + 2 * 4 + 1] = (uint8_t)(at - LEAF);
	expect("1 2 3 4 7 8 9 10");
}

static void
one_cell_twice(void **state)
{
	(void)state;
	ten_rows();
	memcpy(m.p + LEAF + 8 + 2 * 3, m.p + LEAF + 8 + 2 * 6, 2);
	expect("1 2 3 5 6 8 9 10");
}

static void
wrong_rowids(void **state)
{
	(void)state;
	ten_rows();
	m.p[sqlite_image_cell(&m, LEAF, 4) + 1] = 100;	/* 5: too high */
	expect("1 2 3 4 6 7 8 9 10");
	ten_rows();
	m.p[sqlite_image_cell(&m, LEAF, 4) + 1] = 2;	/* 5: too low */
	expect("1 2 3 4 6 7 8 9 10");
	ten_rows();
	m.p[sqlite_image_cell(&m, LEAF, 0) + 1] = 50;
	expect("2 3 4 5 6 7 8 9 10");
	ten_rows();			/* 9 or 10: nothing tells which */
	m.p[sqlite_image_cell(&m, LEAF, 9) + 1] = 9;
	expect("1 2 3 4 5 6 7 8");
}

/* A key of the parent is damaged, its leaves are sound: all rows stay, but
   for one that alone lies outside; that might be its own fault. */
static void
wrong_key(void **state)
{
	static const struct {
		uint8_t bits;
		size_t rows;
	} turns[] = { { 0x40, 300 }, { 0x20, 300 }, { 0x10, 300 },
	    { 0x08, 300 }, { 0x04, 300 }, { 0x02, 300 }, { 0x01, 299 } };
	size_t key, i;

	(void)state;
	sqlite_image_make(&m, 512, "CREATE TABLE t (a);" SQLITE_NUMBERS(300)
	    "INSERT INTO t SELECT 'row ' || i FROM n");
	assert_int_equal(m.p[LEAF], 5);
	key = sqlite_image_cell(&m, LEAF, 2) + 4;
	for (i = 0; i < sizeof(turns) / sizeof(turns[0]); i++) {
		m.p[key] ^= turns[i].bits;
		assert_int_equal(sqlite_image_read(&m), turns[i].rows);
		assert_true(m.gaps.n > 0);
		m.p[key] ^= turns[i].bits;
	}
}

/* Two rows whose long values run through one chain: neither is given, their
   short ones are. */
static void
shared_chain(void **state)
{
	struct input in;
	struct sqlite_scan *scan;
	struct sqlite_row row;
	struct sqlite *db;
	size_t cell, other, last;
	struct val v;
	int64_t i;

	(void)state;
	sqlite_image_make(&m, 512, "CREATE TABLE t (a, b);"
	    "INSERT INTO t VALUES (1, zeroblob(2000)), (2, zeroblob(2000))");
	cell = sqlite_image_cell(&m, LEAF, 0);
	other = sqlite_image_cell(&m, LEAF, 1);
	last = cell - other - 4;	/* of the cell: its overflow page */
	memcpy(m.p + cell + last, m.p + other + last, 4);
	in = input_memory(bytes_at(m.p, m.n));
	assert_int_equal(sqlite_image_open(&m, &db, &in, NULL), ERR_NONE);
	assert_int_equal(sqlite_scan_open(&scan, db, sqlite_table(db, "t")),
	    ERR_NONE);
	for (i = 1; i <= 2; i++) {
		assert_true(sqlite_scan_next(scan, &row));
		v = sqlite_value(&row, 0);
		assert_int_equal(v.i, i);
		v = sqlite_value(&row, 1);
		assert_false(val_set(&v));
	}
	assert_false(sqlite_scan_next(scan, &row));
	sqlite_scan_close(scan);
	sqlite_close(db);
	assert_true(m.gaps.n > 0);
}

/* A child that leads to a freed leaf, whose rows were deleted. */
static void
freed_leaf(void **state)
{
	uint32_t page;
	size_t n;

	(void)state;
	sqlite_image_make(&m, 512, "CREATE TABLE t (a); CREATE TABLE u (a);"
	    SQLITE_NUMBERS(300) "INSERT INTO t SELECT 'row ' || i FROM n;"
	    SQLITE_NUMBERS(300) "INSERT INTO u SELECT 'row ' || i FROM n;"
	    "DELETE FROM u");
	assert_int_equal(sqlite_image_read(&m), 300);
	assert_int_equal(m.gaps.n, 0);
	/* The first leaf that the first trunk page lists. */
	page = sqlite_image_get32(&m, 32);
	page = sqlite_image_get32(&m, (page - 1) * 512 + 8);
	assert_int_equal(m.p[(page - 1) * 512], 13);
	sqlite_image_put32(&m, sqlite_image_cell(&m, LEAF, 3), page);
	n = sqlite_image_read(&m);
	assert_true(n < 300 && n > 240);
	assert_true(m.gaps.n > 0);
}

/* Two tables that begin on one page: it is nobody's. */
static void
shared_root(void **state)
{
	(void)state;
	sqlite_image_make(&m, 512, "CREATE TABLE t (a); CREATE TABLE u (a);"
	    "INSERT INTO t VALUES (1), (2); INSERT INTO u VALUES (3);"
	    "CREATE TABLE v (a); INSERT INTO v VALUES (4), (5);"
	    "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage "
	    "= 2 WHERE name = 'u'");
	assert_int_equal(sqlite_image_read(&m), 2);
	assert_true(m.gaps.n > 0);
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
		cmocka_unit_test(deleted_row),
		cmocka_unit_test(deleted_inside),
		cmocka_unit_test(one_cell_twice),
		cmocka_unit_test(wrong_rowids),
		cmocka_unit_test(wrong_key),
		cmocka_unit_test(shared_chain),
		cmocka_unit_test(freed_leaf),
		cmocka_unit_test(shared_root),
	};

	return cmocka_run_group_tests(tests, NULL, end);
}
