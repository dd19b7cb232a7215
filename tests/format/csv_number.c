/*
 * Numbers of CSV, against reading them digit by digit: also where a field is
 * the first of the file, and whatever stands beside it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"
#include "format/csv_inside.h"

#define COLUMNS	9

static uint32_t seed = 1;

static uint32_t
dice(uint32_t n)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % n;
}

static int64_t
plain(struct bytes f)
{
	int64_t value = 0;
	size_t i;

	if (f.n == 0)
		return CSV_EMPTY;
	for (i = 0; i < f.n; i++) {
		if (f.n > 18 || f.p[i] < '0' || f.p[i] > '9')
			return CSV_NO_NUMBER;
		value = value * 10 + (f.p[i] - '0');
	}
	return value;
}

static size_t
take(void *ctx, void *to, size_t n)
{
	struct cur *c = ctx;
	struct bytes part = cur_take(c, n < cur_left(c) ? n : cur_left(c));

	if (part.n > 0)
		memcpy(to, part.p, part.n);
	return part.n;
}

/* Each row, and each column of it in its turn; how many fields there were. */
static unsigned
check(struct bytes text, size_t chunk)
{
	static const uint16_t order[COLUMNS] = { 3, 0, 8, 1, 1, 7, 2, 6, 5 };
	struct cur cur = cur_over(text);
	struct csv *c = csv_new_chunk((struct csv_source){ take, &cur }, ',',
	    chunk);
	struct csv_row row;
	int64_t values[COLUMNS], want;
	uint64_t all, together;
	unsigned i, n = 0;

	assert_non_null(c);
	while (csv_next(c, &row) == CSV_ROW) {
		assert_int_equal(row.n, COLUMNS);
		all = csv_numbers(&row, order, COLUMNS, values);
		for (i = 0, together = 0; i < COLUMNS; i++, n++) {
			want = plain(row.fields[order[i]]);
			if (values[i] != want)
				fail_msg("\"%.*s\": %lld, not %lld",
				    (int)row.fields[order[i]].n,
				    (const char *)row.fields[order[i]].p,
				    (long long)values[i], (long long)want);
			together |= (uint64_t)want;
		}
		assert_true(all == together);
	}
	assert_null(csv_fault(c).why);
	csv_free(c);
	return n;
}

static void
field(struct buf *b)
{
	static const char *const odd[] = { "/", ":", "+1", "-1", " 1", "1 ",
	    "1.0", "0x1", "\xd0\xb0", "1\xc2\xa0", "\xd9\xa1", "12a4", "a234",
	    "123/", ":999", "\x7f", "1\t2", "999999999999999999",
	    "1000000000000000000", "000000000000000001" };
	unsigned n = dice(10) == 0 ? dice(22) : dice(6);

	if (dice(20) == 0) {
		buf_text(b, odd[dice(sizeof(odd) / sizeof(odd[0]))]);
	} else if (dice(20) == 0) {
		buf_printf(b, "\"%u\"", dice(100000));
	} else {
		while (n-- > 0)
			buf_byte(b, (uint8_t)('0' + dice(10)));
	}
}

static void
any_fields(void **state)
{
	struct buf b = buf_with(MIB);
	unsigned i, k;

	(void)state;
	for (i = 0; i < 3000; i++)
		for (k = 0; k < COLUMNS; k++) {
			field(&b);
			buf_byte(&b, k + 1 < COLUMNS ? ',' : '\n');
		}
	for (k = 8192; k < 8192 + 64; k += 7)
		assert_int_equal(check(buf_bytes(&b), k), 3000 * COLUMNS);
	buf_free(&b);
}

static void
every_small_number(void **state)
{
	struct buf b = buf_with(4 * MIB);
	unsigned i;

	(void)state;
	for (i = 0; i < 9 * 12346; i++)
		buf_printf(&b, "%u%c", i, i % 9 < 8 ? ',' : '\n');
	assert_int_equal(check(buf_bytes(&b), 65536), 9 * 12346);
	buf_free(&b);
}

/* Any byte in any place of a short field. */
static void
every_byte(void **state)
{
	struct buf b = buf_with(MIB);
	unsigned n, at, i, c;

	(void)state;
	for (n = 1; n <= 6; n++)
		for (at = 0; at < n; at++)
			for (c = 1; c < 0x80; c++) {
				if (c == '\n' || c == '\r' || c == ',' ||
				    c == '"')
					continue;
				for (i = 0; i < n; i++)
					buf_byte(&b, i == at ? (uint8_t)c :
					    (uint8_t)('0' + (i + c) % 10));
				buf_text(&b, ",1,2,3,4,5,6,7,8\n");
			}
	assert_true(check(buf_bytes(&b), 65536) > 20000);
	buf_free(&b);
}

static void
the_first_field_of_all(void **state)
{
	(void)state;
	assert_int_equal(check(bytes_of("7,,,,,,,,"), 8192), COLUMNS);
	assert_int_equal(check(bytes_of("12,1,2,3,4,5,6,7,8"), 8192), COLUMNS);
	assert_int_equal(check(bytes_of(",,,,,,,,"), 8192), COLUMNS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_fields),
		cmocka_unit_test(every_small_number),
		cmocka_unit_test(every_byte),
		cmocka_unit_test(the_first_field_of_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
