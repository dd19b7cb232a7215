/*
 * Records as JSON and as text.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "record/field.h"

static void
assert_buf(struct buf *b, const char *want)
{
	if (!bytes_is(buf_bytes(b), want))
		fail_msg("<%.*s> is not <%s>", (int)b->n, (const char *)b->p,
		    want);
	buf_reset(b);
}

static void
assert_json(enum kind kind, struct val v, size_t limit, const char *want)
{
	struct buf b = buf_with(KIB);

	field_value_json(&b, kind, &v, limit);
	assert_buf(&b, want);
	buf_free(&b);
}

static void
assert_text(enum kind kind, struct val v, size_t limit, const char *want)
{
	struct buf b = buf_with(KIB);

	field_value_text(&b, kind, &v, limit);
	assert_buf(&b, want);
	buf_free(&b);
}

static struct val
text(const char *s)
{
	return val_text(bytes_of(s));
}

static void
json_of_numbers(void **state)
{
	(void)state;
	assert_json(KIND_INT, val_unset(), 0, "null");
	assert_json(KIND_INT, val_int(INT64_MIN), 0, "-9223372036854775808");
	assert_json(KIND_MODE, val_int(0100644), 0, "\"0100644\"");
	assert_json(KIND_MODE, val_int(0), 0, "\"00\"");
	assert_json(KIND_MODE, val_int(-1), 0,
	    "\"01777777777777777777777\"");
	assert_json(KIND_BOOL, val_int(1), 0, "true");
	assert_json(KIND_BOOL, val_int(2), 0, "2");
	assert_json(KIND_BOOL, val_bool(false), 0, "false");
	assert_json(KIND_REAL, val_real(0.1), 0, "0.1");
	assert_json(KIND_REAL, val_real(3), 0, "3.0");
	assert_json(KIND_REAL, val_real(1.0 / 3), 0, "0.33333333333333331");
	assert_json(KIND_REAL, val_real(1e300), 0, "1e+300");
	assert_json(KIND_REAL, val_real((double)NAN), 0, "null");
	assert_json(KIND_REAL, val_real(-(double)INFINITY), 0, "null");
	assert_json(KIND_TIME, val_time(1), 0,
	    "\"1970-01-01T00:00:00.000001Z\"");
}

static void
reals_read_back(void **state)
{
	struct buf b = buf_with(KIB);
	struct val v;
	uint64_t seed = 1, bits;
	double r;
	unsigned i;

	(void)state;
	for (i = 0; i < 20000; i++) {
		seed = seed * UINT64_C(6364136223846793005) + 1;
		bits = seed ^ seed >> 29;
		memcpy(&r, &bits, sizeof(r));
		if (!isfinite(r))
			continue;
		v = val_real(r);
		field_value_json(&b, KIND_REAL, &v, 0);
		buf_byte(&b, 0);
		assert_true(strtod((const char *)b.p, NULL) == r);
		buf_reset(&b);
	}
	buf_free(&b);
}

static void
json_of_texts(void **state)
{
	(void)state;
	assert_json(KIND_TEXT, text("a\"\n\\"), 0, "\"a\\\"\\n\\\\\"");
	assert_json(KIND_TEXT, text(""), 0, "\"\"");
	assert_json(KIND_TEXT, text("abcdef"), 6, "\"abcdef\"");
	assert_json(KIND_TEXT, text("abcdefg"), 6, "\"abcdef\xe2\x80\xa6\"");
	/* A character is never cut in two. */
	assert_json(KIND_TEXT, text("a\xd0\xb0\xd0\xb1"), 2,
	    "\"a\xe2\x80\xa6\"");
	assert_json(KIND_BLOB, val_blob(bytes_at("\0\1\2", 3)), 0,
	    "\"AAEC\"");
	assert_json(KIND_BLOB, val_blob(bytes_at("\0\1\2\3", 4)), 3,
	    "\"AAEC\xe2\x80\xa6\"");
	assert_json(KIND_JSON, val_json(bytes_of("{\"a\":[1]}")), 0,
	    "{\"a\":[1]}");
	assert_json(KIND_JSON, val_json(bytes_of("{\"a\":[1]}")), 4,
	    "\"{\\\"a\\\"\xe2\x80\xa6\"");
}

static void
lists(void **state)
{
	struct val items[3] = { text("a"), val_unset(), val_int(7) };
	struct val list = val_list(items, 3), deep[8];
	unsigned i;

	(void)state;
	assert_json(KIND_TEXT, list, 0, "[\"a\",null,7]");
	assert_json(KIND_TEXT, val_list(items, 0), 0, "[]");
	assert_text(KIND_TEXT, list, 0, "a, , 7");
	deep[0] = val_list(items, 1);
	for (i = 1; i < 8; i++)
		deep[i] = val_list(&deep[i - 1], 1);
	/* As deep as we look; it ends. */
	assert_json(KIND_TEXT, deep[7], 0, "[[[[[]]]]]");
	assert_text(KIND_TEXT, deep[7], 0, "");
}

static void
texts(void **state)
{
	(void)state;
	assert_text(KIND_INT, val_unset(), 0, "");
	assert_text(KIND_MODE, val_int(0755), 0, "0755");
	assert_text(KIND_SECONDS, val_int(12), 0, "12 s");
	assert_text(KIND_SECONDS, val_real(1.5), 0, "1.5 s");
	assert_text(KIND_SIZE, val_int(12), 0, "12 bytes");
	assert_text(KIND_BOOL, val_int(0), 0, "no");
	assert_text(KIND_BOOL, val_bool(true), 0, "yes");
	assert_text(KIND_TIME, val_time(0), 0, "1970-01-01 00:00:00 UTC");
	/* Not escaped: that is for who shows it. */
	assert_text(KIND_TEXT, text("a\n\"\033"), 0, "a\n\"\033");
	assert_text(KIND_TEXT, text("abcdef"), 3, "abc\xe2\x80\xa6");
}

enum { NAME, SIZE, WHEN, NFIELDS };

static const struct field fields[NFIELDS] = {
	[NAME] = { "name", KIND_TEXT, NULL, SENSE_BY_KIND, NULL, true },
	[SIZE] = { "size", KIND_SIZE, NULL, SENSE_BY_KIND, NULL, false },
	[WHEN] = { "when", KIND_TIME, NULL, SENSE_BY_KIND, "made", true },
};

static void
records(void **state)
{
	struct val v[NFIELDS] = { text("a"), val_int(3), val_time(0) };
	struct buf b = buf_with(KIB);

	(void)state;
	field_json(&b, fields, NFIELDS, v, 0);
	assert_buf(&b, "{\"name\":\"a\",\"size\":3,"
	    "\"when\":\"1970-01-01T00:00:00.000000Z\"}");
	v[NAME] = val_unset();
	field_json(&b, fields, NFIELDS, v, 0);
	assert_buf(&b, "{\"size\":3,"
	    "\"when\":\"1970-01-01T00:00:00.000000Z\"}");
	v[SIZE] = v[WHEN] = val_unset();
	field_json(&b, fields, NFIELDS, v, 0);
	assert_buf(&b, "{}");
	field_json(&b, fields, 0, v, 0);
	assert_buf(&b, "{}");
	buf_free(&b);
}

static void
summaries(void **state)
{
	struct val v[NFIELDS] = { text("abc"), val_int(3), val_time(0) };
	struct buf b = buf_with(KIB);

	(void)state;
	buf_text(&b, "before");
	field_summary(&b, fields, NFIELDS, v, 0);
	assert_buf(&b, "beforeabc, when: 1970-01-01 00:00:00 UTC");
	field_summary(&b, fields, NFIELDS, v, 6);
	assert_buf(&b, "abc\xe2\x80\xa6");
	field_summary(&b, fields, NFIELDS, v, 33);
	assert_buf(&b, "abc, when: 1970-01-01 00:00:00\xe2\x80\xa6");
	v[NAME] = text("\xd0\xb0\xd0\xb1\xd0\xb2\xd0\xb3");
	field_summary(&b, fields, 1, v, 6);
	assert_buf(&b, "\xd0\xb0\xe2\x80\xa6");
	field_summary(&b, fields, 1, v, 8);
	assert_buf(&b, "\xd0\xb0\xd0\xb1\xd0\xb2\xd0\xb3");
	field_summary(&b, fields, 1, v, 1);
	assert_buf(&b, "");
	v[NAME] = val_unset();
	field_summary(&b, fields, 1, v, 0);
	assert_buf(&b, "");
	buf_free(&b);
}

/* A full buffer is a sticky fault, whatever was being made. */
static void
no_room(void **state)
{
	struct val v[NFIELDS] = { text("abcdefgh"), val_int(3), val_time(0) };
	struct buf b;
	size_t max;

	(void)state;
	for (max = 0; max < 70; max++) {
		b = buf_with(max);
		field_json(&b, fields, NFIELDS, v, 0);
		field_summary(&b, fields, NFIELDS, v, 20);
		assert_true(b.bad);
		assert_true(b.n <= max);
		buf_free(&b);
	}
}

static void
senses(void **state)
{
	static const struct { enum kind kind; enum sense sense; } want[] = {
		{ KIND_PROCESS, SENSE_RAN }, { KIND_PATH, SENSE_PRESENT },
		{ KIND_SHA256, SENSE_PRESENT },
		{ KIND_CERT_SHA1, SENSE_PRESENT },
		{ KIND_APP_ID, SENSE_PRESENT },
		{ KIND_PROPERTY, SENSE_PRESENT },
		{ KIND_TEXT, SENSE_RECEIVED }, { KIND_PHONE, SENSE_RECEIVED },
		{ KIND_URL, SENSE_VISITED }, { KIND_IP, SENSE_VISITED },
		{ KIND_LABEL, SENSE_NOT_MATCHED },
		{ KIND_TIME_MAC, SENSE_NOT_MATCHED },
		{ KIND_JSON, SENSE_NOT_MATCHED },
		{ KIND_BLOB, SENSE_NOT_MATCHED }
	};
	struct field f = { .name = "x" };
	unsigned i;

	(void)state;
	for (i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		f.kind = want[i].kind;
		assert_int_equal(sense_of(&f), want[i].sense);
	}
	f.kind = KIND_PROCESS;
	f.sense = SENSE_PRESENT;
	assert_int_equal(sense_of(&f), SENSE_PRESENT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_of_numbers),
		cmocka_unit_test(reals_read_back),
		cmocka_unit_test(json_of_texts),
		cmocka_unit_test(lists),
		cmocka_unit_test(texts),
		cmocka_unit_test(records),
		cmocka_unit_test(summaries),
		cmocka_unit_test(no_room),
		cmocka_unit_test(senses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
