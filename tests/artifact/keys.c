/*
 * From keys to rows: numbers that lie close together, numbers that do not,
 * and texts.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "artifact/keys.h"
#include "base/hash.h"
#include "base/limits.h"
#include "sample.h"

struct ready {
	struct arena arena;
	struct sample sample;
	struct sample_made made;
	struct input in;
	struct sqlite *db;
	struct keys *keys;
};

/* The keys of column k of table t, as the script makes it. */
static void
ready_make(struct ready *r, const char *script)
{
	static const struct gap_sink gaps;
	struct sqlite_files files = { &r->in, NULL, NULL };
	const struct sqlite_table *table;

	r->arena = arena_with(64 * MIB);
	r->sample = sample_with(&r->arena, ".");
	assert_true(sample_sql(&r->sample, "script", bytes_of(script), false,
	    &r->made));
	r->in = input_memory(r->made.data);
	assert_int_equal(sqlite_open(&r->db, &r->arena, &files, &gaps),
	    ERR_NONE);
	table = sqlite_table(r->db, "t");
	assert_non_null(table);
	r->keys = keys_new(&r->arena, r->db, table, "k", &gaps);
}

static void
ready_free(struct ready *r)
{
	sqlite_close(r->db);
	sample_free(&r->sample);
	arena_free(&r->arena);
}

static int64_t
row_of(const struct ready *r, struct val v)
{
	int64_t rowid = -1;

	return keys_find(r->keys, &v, &rowid) ? rowid : -1;
}

static void
test_close(void **state)
{
	struct ready r;

	(void)state;
	ready_make(&r, "CREATE TABLE t (k INTEGER);"
	    "INSERT INTO t (rowid, k) VALUES (5, 1), (6, 0), (7, 3), (8, 3),"
	    "(9, NULL), (10, 1000);");
	assert_non_null(r.keys);
	assert_int_equal(row_of(&r, val_int(1)), 5);
	assert_int_equal(row_of(&r, val_int(0)), 6);
	assert_int_equal(row_of(&r, val_int(3)), 7);	/* the first */
	assert_int_equal(row_of(&r, val_int(1000)), 10);
	assert_int_equal(row_of(&r, val_int(2)), -1);
	assert_int_equal(row_of(&r, val_int(1001)), -1);
	assert_int_equal(row_of(&r, val_int(-1)), -1);
	assert_int_equal(row_of(&r, val_int(INT64_MAX)), -1);
	assert_int_equal(row_of(&r, val_text(bytes_of("1"))), -1);
	assert_int_equal(row_of(&r, val_unset()), -1);
	ready_free(&r);
}

static void
test_far(void **state)
{
	struct ready r;

	(void)state;
	ready_make(&r, "CREATE TABLE t (k INTEGER);"
	    "INSERT INTO t VALUES (1), (9000000000), (-7), (1);");
	assert_non_null(r.keys);
	assert_int_equal(row_of(&r, val_int(1)), 1);
	assert_int_equal(row_of(&r, val_int(INT64_C(9000000000))), 2);
	assert_int_equal(row_of(&r, val_int(-7)), 3);
	assert_int_equal(row_of(&r, val_int(2)), -1);
	ready_free(&r);
}

/* One that is not like the others sends all of them the long way. */
static void
test_mixed(void **state)
{
	struct ready r;

	(void)state;
	ready_make(&r, "CREATE TABLE t (k);"
	    "INSERT INTO t VALUES (1), (2), ('2'), ('two'), (-1);");
	assert_non_null(r.keys);
	assert_int_equal(row_of(&r, val_int(1)), 1);
	assert_int_equal(row_of(&r, val_int(2)), 2);
	assert_int_equal(row_of(&r, val_text(bytes_of("2"))), 3);
	assert_int_equal(row_of(&r, val_text(bytes_of("two"))), 4);
	assert_int_equal(row_of(&r, val_int(-1)), 5);
	assert_int_equal(row_of(&r, val_text(bytes_of("one"))), -1);
	ready_free(&r);
}

static void
test_rowids(void **state)
{
	struct ready r;

	(void)state;
	ready_make(&r, "CREATE TABLE t (k INTEGER);"
	    "INSERT INTO t (rowid, k) VALUES (-3, 1), (5000000000, 2);");
	assert_non_null(r.keys);
	assert_int_equal(row_of(&r, val_int(1)), -3);
	assert_int_equal(row_of(&r, val_int(2)), INT64_C(5000000000));
	ready_free(&r);
}

static void
test_nothing(void **state)
{
	struct ready r;

	(void)state;
	ready_make(&r, "CREATE TABLE t (k INTEGER);");
	assert_non_null(r.keys);
	assert_int_equal(row_of(&r, val_int(0)), -1);
	ready_free(&r);
	ready_make(&r, "CREATE TABLE t (j INTEGER); INSERT INTO t VALUES (1);");
	assert_null(r.keys);
	ready_free(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_close),
		cmocka_unit_test(test_far),
		cmocka_unit_test(test_mixed),
		cmocka_unit_test(test_rowids),
		cmocka_unit_test(test_nothing)
	};

	assert_true(hash_prepare() == ERR_NONE);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
