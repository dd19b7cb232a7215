/*
 * Rows: what is put in comes out, and every row of a station is found.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/hash.h"
#include "base/limits.h"
#include "election/rows.h"

#define MANY	6000
#define NODES	40

static uint32_t seed = 1;

static uint32_t
dice(uint32_t n)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % n;
}

struct made {
	struct row row;
	char name[24];
	int64_t values[FORM_LINES];
};

static struct made all[MANY];

static void
invent(struct made *m)
{
	static const int64_t most[] = { 1, 9, 1000, 65534, 65535, 65536,
	    FORM_MOST };
	unsigned i, of = dice(7);

	memset(m, 0, sizeof(*m));
	m->row.node = dice(NODES);
	m->row.district = dice(3) - 1;
	m->row.version = dice(2) == 0 ? UINT32_MAX : dice(9);
	m->row.reason = UINT32_MAX - dice(2);
	m->row.file = dice(1000);
	m->row.line = (uint64_t)dice(1u << 20) << dice(40);
	(void)snprintf(m->name, sizeof(m->name), "%.*s%u", (int)dice(8),
	    "Station ", dice(MANY / NODES / 2));
	m->row.name = bytes_of(m->name);
	m->row.nvalues = dice(20) == 0 ? FORM_LINES : dice(30);
	for (i = 0; i < m->row.nvalues; i++)
		m->values[i] = dice(4) == 0 ? FORM_EMPTY : dice(3) == 0 ?
		    most[of] : (int64_t)dice((uint32_t)most[of]);
}

static struct rows
fill(unsigned n)
{
	struct rows r = rows_with(MANY, 64 * MIB);
	unsigned i;

	for (i = 0; i < n; i++) {
		invent(&all[i]);
		assert_int_equal(rows_add(&r, &all[i].row, all[i].values), i);
	}
	return r;
}

static void
same(const struct rows *r, uint32_t i)
{
	struct row got = rows_get(r, i);
	const struct row *want = &all[i].row;
	int64_t values[FORM_LINES];
	bool empty = true;
	unsigned k, n;

	assert_int_equal(got.node, want->node);
	assert_int_equal(got.district, want->district);
	assert_int_equal(got.version, want->version);
	assert_int_equal(got.reason, want->reason);
	assert_int_equal(got.file, want->file);
	assert_true(got.line == want->line);
	assert_true(bytes_eq(got.name, want->name));
	assert_true(bytes_eq(rows_name(r, i), want->name));
	assert_int_equal(got.nvalues, want->nvalues);
	for (n = 0; n <= FORM_LINES; n += 1 + n / 3) {
		rows_values(&got, values, n);
		for (k = 0; k < n; k++)
			assert_true(values[k] == (k < want->nvalues ?
			    all[i].values[k] : FORM_EMPTY));
	}
	for (k = 0; k < want->nvalues; k++)
		empty = empty && all[i].values[k] == FORM_EMPTY;
	assert_int_equal(rows_empty(&got), empty);
}

static void
what_goes_in_comes_out(void **state)
{
	struct rows r = fill(MANY);
	unsigned i, empty = 0;
	struct row row;

	(void)state;
	for (i = 0; i < MANY; i++) {
		same(&r, i);
		row = rows_get(&r, i);
		empty += rows_empty(&row);
	}
	assert_true(empty > 0);		/* some row had no numbers */
	assert_int_equal(r.n, MANY);
	rows_free(&r);
}

/* Widths change at 65534: one more than a value must fit. */
static void
widths(void **state)
{
	static const int64_t edges[] = { FORM_EMPTY, 0, 1, 255, 256, 65533,
	    65534, 65535, 65536, FORM_MOST - 1, FORM_MOST };
	struct rows r = rows_with(100, MIB);
	struct row row = { .name = bytes_of("x"), .nvalues = 2 };
	int64_t values[2], got[2];
	uint32_t n;
	unsigned i, k;

	(void)state;
	for (i = 0; i < 11; i++)
		for (k = 0; k < 11 && r.n < 100; k++) {
			values[0] = edges[i];
			values[1] = edges[k];
			n = rows_add(&r, &row, values);
			row = rows_get(&r, n);
			rows_values(&row, got, 2);
			assert_true(got[0] == edges[i] && got[1] == edges[k]);
			assert_int_equal(row.width, edges[i] > 65534 ||
			    edges[k] > 65534 ? 4 : 2);
			row.name = bytes_of("x");
		}
	rows_free(&r);
}

static void
a_row_without_numbers(void **state)
{
	struct rows r = rows_with(10, MIB);
	struct row row = { .node = 3 };
	int64_t values[4];

	(void)state;
	assert_int_equal(rows_add(&r, &row, NULL), 0);
	row = rows_get(&r, 0);
	assert_int_equal(row.name.n, 0);
	assert_true(rows_empty(&row));
	rows_values(&row, values, 4);
	assert_true(values[3] == FORM_EMPTY);
	rows_free(&r);
}

/* --- finding -------------------------------------------------------------- */

static unsigned
found(const struct rows *r, uint32_t n, uint32_t node, struct bytes name)
{
	static bool seen[MANY];
	struct rows_probe probe;
	uint32_t i = ROWS_NONE, k;
	unsigned count = 0;

	memset(seen, 0, sizeof(seen));
	while ((i = rows_find(r, node, name, i, &probe)) != ROWS_NONE) {
		assert_true(i < n && !seen[i]);
		seen[i] = true;
		count++;
	}
	for (k = 0; k < n; k++)
		assert_int_equal(seen[k], all[k].row.node == node &&
		    bytes_eq(all[k].row.name, name));
	return count;
}

/* Nodes are indexed at any time: what came before and what comes after is
   found, and nothing of other nodes. */
static void
rows_of_a_station(void **state)
{
	struct rows r = fill(MANY / 2);
	unsigned i, most = 0, n;
	uint32_t node;

	(void)state;
	for (node = 0; node < NODES; node += 2) {
		assert_false(rows_indexed(&r, node));
		assert_true(rows_index(&r, node));
		assert_true(rows_indexed(&r, node));
	}
	assert_true(rows_index(&r, NODES + 7));		/* one without rows */
	assert_int_equal(found(&r, r.n, NODES + 7, bytes_of("1")), 0);
	for (i = MANY / 2; i < MANY; i++) {
		invent(&all[i]);
		assert_int_equal(rows_add(&r, &all[i].row, all[i].values), i);
	}
	assert_true(rows_index(&r, 1));
	assert_true(rows_index(&r, 1));			/* twice is once */
	for (i = 0; i < MANY; i += 7) {
		node = all[i].row.node;
		if (!rows_indexed(&r, node))
			continue;
		n = found(&r, MANY, node, all[i].row.name);
		most = n > most ? n : most;
		assert_int_equal(found(&r, MANY, node, bytes_of("nobody")), 0);
	}
	assert_true(most > 3);
	for (i = 0; i < MANY; i += 11)
		same(&r, i);
	rows_free(&r);
}

static void
the_last_of_a_node(void **state)
{
	struct rows r = rows_with(MANY, 64 * MIB);
	uint32_t last[NODES], i;

	(void)state;
	memset(last, 0xff, sizeof(last));
	for (i = 0; i < 1000; i++) {
		invent(&all[i]);
		assert_int_equal(rows_last(&r, all[i].row.node),
		    last[all[i].row.node]);
		last[all[i].row.node] = rows_add(&r, &all[i].row,
		    all[i].values);
		if (i == 500)
			assert_true(rows_index(&r, 5));
	}
	assert_int_equal(rows_last(&r, 12345), ROWS_NONE);
	rows_free(&r);
}

static void
marks_stay(void **state)
{
	struct rows r = fill(100);
	unsigned i;

	(void)state;
	for (i = 0; i < 100; i++)
		rows_set_mark(&r, i, (uint8_t)(i % 8));
	for (i = 0; i < 100; i++)
		rows_set_mark(&r, i, 16);
	for (i = 0; i < 100; i++)
		assert_int_equal(rows_mark(&r, i), i % 8 | 16);
	rows_free(&r);
}

static void
no_room_is_told(void **state)
{
	struct rows few = rows_with(10, MIB), small = rows_with(1000, 1000);
	struct row row = { .name = bytes_of("a station") };
	unsigned i;

	(void)state;
	for (i = 0; i < 20; i++)
		assert_int_equal(rows_add(&few, &row, NULL), i < 10 ? i :
		    ROWS_NONE);
	assert_true(few.bad);
	for (i = 0; i < 100; i++)
		(void)rows_add(&small, &row, NULL);
	assert_true(small.bad);
	assert_true(small.n < 100);
	for (i = 0; i < small.n; i++)
		assert_true(bytes_is(rows_name(&small, i), "a station"));
	rows_free(&few);
	rows_free(&small);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_goes_in_comes_out),
		cmocka_unit_test(widths),
		cmocka_unit_test(a_row_without_numbers),
		cmocka_unit_test(rows_of_a_station),
		cmocka_unit_test(the_last_of_a_node),
		cmocka_unit_test(marks_stay),
		cmocka_unit_test(no_room_is_told),
	};

	hash_prepare();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
