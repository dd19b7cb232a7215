/*
 * The lines of records: as the whole record, without what says nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/limits.h"
#include "record/line.h"

enum { NAME, SIZE, WHEN, YES, PART, LIST, DATA, MADE, NFIELDS };

static const struct field fields[NFIELDS] = {
	[NAME] = { "name", KIND_TEXT, .shown = true },
	[SIZE] = { "size", KIND_SIZE },
	[WHEN] = { "when", KIND_TIME, .event = "made" },
	[YES]  = { "yes", KIND_BOOL },
	[PART] = { "part", KIND_REAL },
	[LIST] = { "list", KIND_LABEL },
	[DATA] = { "data", KIND_BLOB },
	[MADE] = { "made", KIND_PATH, .derived = true },
};

static void
assert_line(const struct val *v, const char *want)
{
	struct arena arena = arena_with(64 * KIB);
	struct buf b = buf_with(4 * KIB);
	struct line *line;

	assert_int_equal(line_new(&line, &arena, fields, NFIELDS), ERR_NONE);
	buf_text(&b, "before");
	line_add(line, &b, v);
	assert_false(b.bad);
	if (!bytes_is(bytes_part(buf_bytes(&b), 6, b.n), want))
		fail_msg("<%.*s> is not <%s>", (int)b.n, (const char *)b.p,
		    want);
	buf_free(&b);
	arena_free(&arena);
}

static void
all_fields(void **state)
{
	const struct val items[] = { val_text(bytes_of("a")),
	    val_text(bytes_of("")) };
	struct val v[NFIELDS] = {
		[NAME] = val_text(bytes_of("a\"b")), [SIZE] = val_int(3),
		[WHEN] = val_time(0), [YES] = val_bool(true),
		[PART] = val_real(0.5), [LIST] = val_list(items, 2),
		[DATA] = val_blob(bytes_of("\1")),
		[MADE] = val_text(bytes_of("/a"))
	};

	(void)state;
	assert_line(v, "{\"name\":\"a\\\"b\",\"size\":3,"
	    "\"when\":\"1970-01-01T00:00:00.000000Z\",\"yes\":true,"
	    "\"part\":0.5,\"list\":[\"a\",\"\"],\"data\":\"AQ==\"}");
	v[NAME] = val_unset();
	v[YES] = val_int(1);
	v[SIZE] = val_int(-1);
	assert_line(v, "{\"size\":-1,"
	    "\"when\":\"1970-01-01T00:00:00.000000Z\",\"yes\":true,"
	    "\"part\":0.5,\"list\":[\"a\",\"\"],\"data\":\"AQ==\"}");
}

/* Of each type that has one, what says nothing. */
static void
nothing_said(void **state)
{
	struct val v[NFIELDS] = { { VAL_UNSET } };

	(void)state;
	assert_line(v, "{}");
	v[NAME] = val_text(bytes_of(""));
	v[SIZE] = val_int(0);
	v[YES] = val_bool(false);
	v[PART] = val_real(0);
	v[LIST] = val_list(NULL, 0);
	v[DATA] = val_blob(bytes_of(""));
	v[MADE] = val_text(bytes_of("/a"));
	assert_line(v, "{}");
	v[YES] = val_int(0);
	v[PART] = val_int(0);
	v[DATA] = val_text(bytes_of("x"));
	assert_line(v, "{\"data\":\"x\"}");
}

/* A full buffer is a sticky fault. */
static void
no_room(void **state)
{
	const struct val v[NFIELDS] = { [NAME] = val_text(bytes_of("abc")),
	    [SIZE] = val_int(3), [WHEN] = val_time(0) };
	struct arena arena = arena_with(64 * KIB);
	struct line *line;
	struct buf b;
	size_t max;

	(void)state;
	assert_int_equal(line_new(&line, &arena, fields, NFIELDS), ERR_NONE);
	for (max = 0; max < 60; max++) {
		b = buf_with(max);
		line_add(line, &b, v);
		assert_true(b.bad);
		assert_true(b.n <= max);
		buf_free(&b);
	}
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_fields),
		cmocka_unit_test(nothing_said),
		cmocka_unit_test(no_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
