/*
 * A check that is done while rows are read finds what one done before finds:
 * each small database is read in both ways, damaged in many places, and as the
 * first artifact and the second of two would read it.
 *
 * And a row of which only some columns were planned gives the same values.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/limits.h"
#include "sqlite_image.h"

#define TABLES	8
#define ROWIDS	150

static struct sqlite_image m;

struct reading {
	struct oracle_rows rows[TABLES];
	unsigned ntables;
	unsigned gaps;		/* in the end */
	unsigned early;		/* when all rows had been read */
	char last[256];
};

static void
look_up(struct sqlite *db, const struct sqlite_table *t)
{
	struct sqlite_find *find;
	struct sqlite_row row;
	int64_t id;

	assert_int_equal(sqlite_find_open(&find, db, t), ERR_NONE);
	for (id = 0; id < ROWIDS; id++)
		(void)sqlite_find_row(find, id, &row);
	sqlite_find_close(find);
}

static void
read_image(struct reading *r, enum sqlite_check check, bool look)
{
	struct input in = input_memory(bytes_at(m.p, m.n));
	struct sqlite_files files = { &in, NULL, NULL, check };
	struct arena arena = arena_with(64 * MIB);
	struct oracle_gaps gaps;
	struct gap_sink sink = oracle_sink(&gaps);
	const struct sqlite_table *t;
	struct sqlite *db;
	enum err err;

	memset(r, 0, sizeof(*r));
	err = sqlite_open(&db, &arena, &files, &sink);
	if (err == ERR_NONE) {
		for (; r->ntables < TABLES && (t = sqlite_table_at(db,
		    r->ntables)) != NULL; r->ntables++) {
			if (look)
				look_up(db, t);
			oracle_ours(&r->rows[r->ntables], db, t);
		}
		r->early = gaps.n;
		sqlite_close(db);
	}
	r->gaps = gaps.n + (err != ERR_NONE);
	memcpy(r->last, gaps.last, sizeof(r->last));
	arena_free(&arena);
}

static void
forget(struct reading *r)
{
	unsigned i;

	for (i = 0; i < r->ntables; i++)
		oracle_free(&r->rows[i]);
}

static size_t
count(const struct reading *r)
{
	size_t n = 0;
	unsigned i;

	for (i = 0; i < r->ntables; i++)
		n += r->rows[i].n;
	return n;
}

static bool
same_rows(const struct reading *a, const struct reading *b)
{
	unsigned i;
	size_t k;

	if (a->ntables != b->ntables)
		return false;
	for (i = 0; i < a->ntables; i++) {
		if (a->rows[i].n != b->rows[i].n)
			return false;
		for (k = 0; k < a->rows[i].n; k++)
			if (!oracle_row_same(&a->rows[i].row[k],
			    &b->rows[i].row[k]))
				return false;
	}
	return true;
}

/* Whether each row of `a` is one of `b` or `c`, but for values that a gap
   tells of. */
static bool
known_rows(const struct reading *a, const struct reading *b,
    const struct reading *c)
{
	const struct oracle_row *row;
	unsigned i;
	size_t k;

	for (i = 0; i < a->ntables && i < b->ntables && i < c->ntables; i++) {
		for (k = 0; k < a->rows[i].n; k++) {
			row = &a->rows[i].row[k];
			if (!oracle_has(&b->rows[i], row, true) &&
			    !oracle_has(&c->rows[i], row, true)) {
				oracle_show(row);
				return false;
			}
		}
	}
	return true;
}

struct tally {
	unsigned long tried, told, fewer;
};

static void
compare(const struct reading *sound, struct tally *tally, const char *what,
    size_t at)
{
	struct reading first, later, found, used;
	const char *bad = NULL;

	read_image(&first, SQLITE_CHECK_FIRST, false);
	read_image(&later, SQLITE_CHECK_LATER, false);
	read_image(&found, SQLITE_CHECK_LATER, true);
	read_image(&used, SQLITE_CHECK_USED, true);
	tally->tried++;
	tally->told += first.gaps > 0;
	tally->fewer += count(&later) < count(&first);
	if ((first.gaps > 0) != (later.gaps > 0) ||
	    (first.gaps > 0) != (found.gaps > 0))
		bad = "a gap was missed";
	else if (first.gaps == 0 && (!same_rows(&first, &later) ||
	    !same_rows(&first, &found) || !same_rows(&first, &used)))
		bad = "rows differ";
	else if (!known_rows(&later, &first, sound) ||
	    !known_rows(&found, &first, sound) ||
	    !known_rows(&used, &first, sound))
		bad = "a row that never was";
	else if (first.gaps > 0 && count(&used) < count(sound) &&
	    used.early == 0)
		bad = "rows lost in silence";
	forget(&first);
	forget(&later);
	forget(&found);
	forget(&used);
	if (bad != NULL)
		fail_msg("%s %zu: %s: first %u gaps (%s), later %u (%s), "
		    "with look-ups %u (%s), used %u (%s)", what, at, bad,
		    first.gaps, first.last, later.gaps, later.last,
		    found.gaps, found.last, used.gaps, used.last);
}

static void
every_bit(const struct reading *sound, struct tally *tally)
{
	size_t bit;

	for (bit = 5; bit < 8 * m.n; bit += 23) {
		m.p[bit / 8] ^= (uint8_t)(1U << bit % 8);
		compare(sound, tally, "bit", bit);
		m.p[bit / 8] ^= (uint8_t)(1U << bit % 8);
	}
}

static void
every_page(const struct reading *sound, struct tally *tally)
{
	uint8_t kept[512];
	size_t page, other;

	for (page = 512; page < m.n; page += 512) {
		memcpy(kept, m.p + page, sizeof(kept));
		memset(m.p + page, 0, sizeof(kept));
		compare(sound, tally, "page of zeroes", page / 512);
		for (other = 512; other < m.n; other += 512 * 7) {
			if (other == page)
				continue;
			memcpy(m.p + page, m.p + other, sizeof(kept));
			compare(sound, tally, "copied page", page / 512);
		}
		memcpy(m.p + page, kept, sizeof(kept));
	}
}

static void
damaged(void **state)
{
	static const char *const scripts[] = {
		/* Three levels, an index, long values in overflow pages. */
		"CREATE TABLE d (a, b, c); CREATE INDEX x ON d (b);"
		SQLITE_NUMBERS(90) "INSERT INTO d SELECT i, printf('%.*c', "
		"200 - i % 3, 'x'), -i FROM n; INSERT INTO d VALUES (1, "
		"zeroblob(1100), 2), (3, hex(zeroblob(500)), 4);",
		/* Without rowids, pointer maps, free pages. */
		"PRAGMA auto_vacuum = 2; CREATE TABLE w (k TEXT, n INT, v, "
		"PRIMARY KEY (n, k)) WITHOUT ROWID; CREATE TABLE g (a, b);"
		SQLITE_NUMBERS(60) "INSERT INTO w SELECT 'key ' || i, i / 3, "
		"i * 1.5 FROM n; INSERT INTO g SELECT k, v FROM w;"
		"CREATE TABLE h (a); INSERT INTO h SELECT hex(k) FROM w;"
		"DELETE FROM g WHERE rowid > 5;",
	};
	struct reading sound;
	struct tally tally;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(scripts) / sizeof(scripts[0]); i++) {
		memset(&tally, 0, sizeof(tally));
		sqlite_image_make(&m, 512, scripts[i]);
		read_image(&sound, SQLITE_CHECK_FIRST, false);
		assert_int_equal(sound.gaps, 0);
		compare(&sound, &tally, "nothing", 0);
		assert_int_equal(tally.told, 0);
		every_page(&sound, &tally);
		every_bit(&sound, &tally);
		print_message("%zu bytes: %lu tried, gaps in %lu, fewer rows "
		    "in %lu\n", m.n, tally.tried, tally.told, tally.fewer);
		forget(&sound);
	}
}

/* A large database is checked later without being told to, and its cells are
   counted when that is asked. */
static void
large(void **state)
{
	struct input in;
	struct sqlite *db;
	const struct sqlite_table *t;

	(void)state;
	sqlite_image_make(&m, 4096, "CREATE TABLE t (a INTEGER PRIMARY KEY, b);"
	    SQLITE_NUMBERS(40000) "INSERT INTO t SELECT i, printf('%.*c', 80, "
	    "'y') FROM n; CREATE INDEX x ON t (b, a);");
	assert_true(m.n > 4000000);
	/* The last page is a leaf of the index, which no row needs. */
	memset(m.p + m.n - 4096, 0, 4096);
	in = input_memory(bytes_at(m.p, m.n));
	assert_int_equal(sqlite_image_open(&m, &db, &in, NULL), ERR_NONE);
	t = sqlite_table(db, "t");
	assert_int_equal(sqlite_image_rows(db), 40000);
	assert_int_equal(sqlite_cells(t), 40000);
	assert_int_equal(m.gaps.n, 0);
	sqlite_close(db);
	assert_true(m.gaps.n > 0);
}

/* --- plans ----------------------------------------------------------------- */

#define COLUMNS	40

/* A table of many columns, most of them NULL or small, some of them long. */
static void
make_wide(uint64_t *seed)
{
	static const char *const values[] = { "NULL", "NULL", "NULL", "0", "1",
	    "0", "7", "-300", "70000", "-9000000", "123456789012", "2.5",
	    "-1e300", "''", "'abc'", "x'00ff'", "1 << 62",
	    "printf('%.*c', 90, 'z')", "zeroblob(300)",
	    "printf('%.*c', 9000, 'z')" };
	struct buf sql = buf_with(1 * MIB);
	unsigned row, i;

	buf_text(&sql, "CREATE TABLE t (c0");
	for (i = 1; i < COLUMNS; i++)
		buf_printf(&sql, ", c%u%s", i, i % 9 == 4 ? " REAL" : "");
	buf_text(&sql, ");");
	for (row = 0; row < 60; row++) {
		buf_text(&sql, "INSERT INTO t VALUES (1");
		for (i = 1; i < COLUMNS; i++)
			buf_printf(&sql, ", %s", values[oracle_random(seed) %
			    (sizeof(values) / sizeof(values[0]) -
			    (row % 8 == 0 ? 0 : 1))]);
		buf_text(&sql, ");");
	}
	/* The rows so far are too short for these. */
	buf_text(&sql, "ALTER TABLE t ADD COLUMN late1 DEFAULT 'x';"
	    "ALTER TABLE t ADD COLUMN late2; INSERT INTO t (c3) VALUES (3);");
	buf_byte(&sql, '\0');
	assert_false(sql.bad);
	sqlite_image_make(&m, 4096, (const char *)sql.p);
	buf_free(&sql);
}

static void
plans(void **state)
{
	struct val values[COLUMNS + 2];
	struct sqlite_want want[COLUMNS + 2];
	int columns[COLUMNS + 2];
	struct sqlite_scan *full, *some;
	struct sqlite_row a, b;
	struct input in;
	struct sqlite *db;
	const struct sqlite_table *t;
	uint64_t seed = 7;
	struct val v;
	unsigned turn, i, n;

	(void)state;
	for (turn = 0; turn < 40; turn++) {
		make_wide(&seed);
		in = input_memory(bytes_at(m.p, m.n));
		assert_int_equal(sqlite_image_open(&m, &db, &in, NULL),
		    ERR_NONE);
		t = sqlite_table(db, "t");
		assert_int_equal(sqlite_scan_open(&full, db, t), ERR_NONE);
		assert_int_equal(sqlite_scan_open(&some, db, t), ERR_NONE);
		for (i = n = 0; i < COLUMNS + 2; i++)
			if (oracle_random(&seed) % 4 == 0) {
				columns[n] = (int)i;
				want[n] = (struct sqlite_want){ (int)i,
				    &values[n] };
				n++;
			}
		sqlite_scan_plan(some, columns, n);
		while (sqlite_scan_next(full, &a)) {
			assert_true(sqlite_scan_next(some, &b));
			sqlite_values(&b, want, n);
			for (i = 0; i < n; i++) {
				v = sqlite_value(&a, columns[i]);
				assert_true(oracle_val_same(&v, &values[i]));
			}
			for (i = 0; i < COLUMNS + 2; i++) {
				v = sqlite_value(&a, (int)i);
				values[0] = sqlite_value(&b, (int)i);
				assert_true(oracle_val_same(&v, &values[0]));
			}
		}
		assert_false(sqlite_scan_next(some, &b));
		sqlite_scan_close(full);
		sqlite_scan_close(some);
		sqlite_close(db);
		assert_int_equal(m.gaps.n, 0);
	}
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
		cmocka_unit_test(damaged),
		cmocka_unit_test(large),
		cmocka_unit_test(plans),
	};

	return cmocka_run_group_tests(tests, NULL, end);
}
