/*
 * Zip archives: members come out as they went in, and what is wrong with an
 * archive is said.  The archives are made here, byte by byte.
 */
#include "format/zip.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#define ZLIB_CONST
#include <zlib.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"

#define MEMBERS		64

/* What to make of a member. */
struct spec {
	const char *name;
	struct bytes data;
	bool deflated;
	bool behind;		/* sizes follow the data */
	bool wide;		/* zip64 */
};

struct archive {
	struct buf all, directory;
	uint64_t head[MEMBERS];	/* of each member */
	uint64_t entry[MEMBERS];
	uint64_t end, end64;
	unsigned n;
};

static uint8_t packed[MIB];

static struct bytes
deflated(struct bytes in)
{
	z_stream z;

	memset(&z, 0, sizeof(z));
	assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, -15, 8,
	    Z_DEFAULT_STRATEGY), Z_OK);
	z.next_in = in.p;
	z.avail_in = (unsigned)in.n;
	z.next_out = packed;
	z.avail_out = sizeof(packed);
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	in.n = z.total_out;
	(void)deflateEnd(&z);
	return bytes_at(packed, in.n);
}

static void
wide_field(struct buf *b, const uint64_t *v, unsigned n)
{
	unsigned i;

	buf_le(b, 0xcafe, 2);	/* another field first */
	buf_le(b, 3, 2);
	buf_text(b, "xyz");
	buf_le(b, 1, 2);
	buf_le(b, n * 8, 2);
	for (i = 0; i < n; i++)
		buf_le(b, v[i], 8);
}

/* method to extra length, as in a head; sizes v[0] (plain) and v[1]. */
static void
common(struct buf *b, const struct spec *s, uint32_t crc, const uint64_t *v,
    bool told, size_t extra)
{
	buf_le(b, s->wide ? 45 : 20, 2);
	buf_le(b, s->behind ? 8 : 0, 2);
	buf_le(b, s->deflated ? 8 : 0, 2);
	buf_le(b, 0x5a21b3c4, 4);	/* time */
	buf_le(b, told ? crc : 0, 4);
	buf_le(b, !told ? 0 : s->wide ? UINT32_MAX : v[1], 4);
	buf_le(b, !told ? 0 : s->wide ? UINT32_MAX : v[0], 4);
	buf_le(b, strlen(s->name), 2);
	buf_le(b, extra, 2);
}

static void
add(struct archive *a, const struct spec *s)
{
	struct bytes data = s->deflated ? deflated(s->data) : s->data;
	uint32_t crc = (uint32_t)crc32_z(0, s->data.p, s->data.n);
	uint64_t v[3] = { s->data.n, data.n, a->all.n };

	a->head[a->n] = a->all.n;
	buf_le(&a->all, 0x04034b50, 4);
	common(&a->all, s, crc, v, !s->behind, s->wide ? 7 + 20 : 0);
	buf_text(&a->all, s->name);
	if (s->wide)
		wide_field(&a->all, v, 2);
	buf_add(&a->all, data);
	if (s->behind) {
		buf_le(&a->all, 0x08074b50, 4);
		buf_le(&a->all, crc, 4);
		buf_le(&a->all, data.n, 4);
		buf_le(&a->all, s->data.n, 4);
	}
	a->entry[a->n++] = a->directory.n;
	buf_le(&a->directory, 0x02014b50, 4);
	buf_le(&a->directory, 45, 2);
	common(&a->directory, s, crc, v, true, s->wide ? 7 + 28 : 0);
	buf_le(&a->directory, 2, 2);		/* a comment */
	buf_le(&a->directory, 0, 8);		/* part, attributes */
	buf_le(&a->directory, s->wide ? UINT32_MAX : v[2], 4);
	buf_text(&a->directory, s->name);
	if (s->wide)
		wide_field(&a->directory, v, 3);
	buf_text(&a->directory, "hm");
}

static void
finish(struct archive *a, bool wide, const char *comment)
{
	uint64_t at = a->all.n;
	uint64_t size = a->directory.n;
	unsigned i;

	for (i = 0; i < a->n; i++)
		a->entry[i] += at;
	buf_add(&a->all, buf_bytes(&a->directory));
	a->end64 = a->all.n;
	if (wide) {
		buf_le(&a->all, 0x06064b50, 4);
		buf_le(&a->all, 44, 8);
		buf_le(&a->all, 0x002d002d, 4);
		buf_le(&a->all, 0, 8);
		buf_le(&a->all, a->n, 8);
		buf_le(&a->all, a->n, 8);
		buf_le(&a->all, size, 8);
		buf_le(&a->all, at, 8);
		buf_le(&a->all, 0x07064b50, 4);
		buf_le(&a->all, 0, 4);
		buf_le(&a->all, a->end64, 8);
		buf_le(&a->all, 1, 4);
	}
	a->end = a->all.n;
	buf_le(&a->all, 0x06054b50, 4);
	buf_le(&a->all, 0, 4);
	buf_le(&a->all, wide ? 0xffff : a->n, 2);
	buf_le(&a->all, wide ? 0xffff : a->n, 2);
	buf_le(&a->all, wide ? UINT32_MAX : size, 4);
	buf_le(&a->all, wide ? UINT32_MAX : at, 4);
	buf_le(&a->all, strlen(comment), 2);
	buf_text(&a->all, comment);
	assert_false(a->all.bad || a->directory.bad);
}

static struct archive
empty(void)
{
	struct archive a;

	memset(&a, 0, sizeof(a));
	a.all = buf_with(16 * MIB);
	a.directory = buf_with(16 * MIB);
	return a;
}

static void
drop(struct archive *a)
{
	buf_free(&a->all);
	buf_free(&a->directory);
}

static void
patch(struct archive *a, uint64_t at, uint64_t v, unsigned width)
{
	struct buf b = buf_with(8);

	buf_le(&b, v, width);
	assert_true(at + width <= a->all.n);
	memcpy(a->all.p + at, b.p, width);
	buf_free(&b);
}

/* ---- reading ---- */

static const char *
read_member(const struct input *in, const struct zip_member *m, size_t step,
    struct buf *out)
{
	struct zip_stream *s;
	const char *fault;
	uint8_t *to;
	size_t n;

	buf_reset(out);
	s = zip_open(in, m, &fault);
	assert_true((s == NULL) == (fault != NULL));
	if (s == NULL)
		return fault;
	do {
		to = buf_room(out, step);
		assert_non_null(to);
		n = zip_take(s, to, step);
		assert_true(n <= step);
		out->n += n;
	} while (n > 0);
	assert_int_equal(zip_take(s, to, step), 0);
	return zip_close(s);
}

/* What is wrong with the archive, or with member i; NULL if nothing. */
static const char *
fault_of(const struct archive *a, unsigned i)
{
	struct input in = input_memory(buf_bytes(&a->all));
	struct arena arena = arena_with(MIB);
	struct buf out = buf_with(16 * MIB);
	struct zip zip;
	const char *fault;

	(void)zip_read(&in, &arena, &zip);
	fault = zip.fault;
	if (fault == NULL) {
		assert_true(i < zip.n);
		fault = read_member(&in, &zip.members[i], 4096, &out);
	}
	buf_free(&out);
	arena_free(&arena);
	return fault;
}

#define faulty(a, i, want) \
	do { \
		const char *why = fault_of(a, i); \
		assert_non_null(why); \
		assert_string_equal(why, want); \
	} while (0)

static const struct spec *
three(void)
{
	static struct spec s[4] = {
		{ .name = "a.txt" },
		{ .name = "folder/" },
		{ .name = "folder/b.csv", .deflated = true },
		{ .name = "" }
	};
	static char text[20000];
	size_t i;

	for (i = 0; text[0] == 0 || (i > 0 && i < sizeof(text)); i++)
		text[i] = "0123,456\n"[i * i % 4099 % 9];
	s[0].data = bytes_of("hello, hello, hello");
	s[2].data = bytes_at(text, sizeof(text));
	return s;
}

static struct archive
sample(bool behind, bool wide, const char *comment)
{
	struct archive a = empty();
	struct spec s;
	unsigned i;

	for (i = 0; i < 3; i++) {
		s = three()[i];
		s.behind = behind;
		s.wide = wide;
		add(&a, &s);
	}
	finish(&a, wide, comment);
	return a;
}

static void
check_sample(struct archive *a)
{
	static const size_t steps[] = { 1, 7, 300, 4096, 70000 };
	struct input in = input_memory(buf_bytes(&a->all));
	struct arena arena = arena_with(MIB);
	struct buf out = buf_with(MIB);
	struct zip zip;
	unsigned i, j;

	assert_true(zip_is(&in));
	assert_true(zip_read(&in, &arena, &zip));
	assert_null(zip.fault);
	assert_int_equal(zip.n, 3);
	for (i = 0; i < 3; i++) {
		assert_true(bytes_is(zip.members[i].name, three()[i].name));
		assert_int_equal(zip.members[i].size, three()[i].data.n);
		assert_int_equal(zip.members[i].folder, i == 1);
		for (j = 0; j < 5; j++) {
			assert_null(read_member(&in, &zip.members[i],
			    steps[j], &out));
			assert_true(bytes_eq(buf_bytes(&out),
			    three()[i].data));
		}
	}
	buf_free(&out);
	arena_free(&arena);
	drop(a);
}

static void
test_members(void **state)
{
	struct archive a;
	unsigned i;

	(void)state;
	for (i = 0; i < 8; i++) {
		a = sample((i & 1) != 0, (i & 2) != 0,
		    (i & 4) != 0 ? "PK\5\6 a comment" : "");
		check_sample(&a);
	}
}

static void
test_none(void **state)
{
	struct archive a = empty();
	struct input in;
	struct arena arena = arena_with(MIB);
	struct zip zip;

	(void)state;
	finish(&a, false, "");
	in = input_memory(buf_bytes(&a.all));
	assert_true(zip_is(&in));
	assert_true(zip_read(&in, &arena, &zip));
	assert_null(zip.fault);
	assert_int_equal(zip.n, 0);
	in = input_memory(bytes_of("PK\3"));
	assert_false(zip_is(&in));
	assert_false(zip_read(&in, &arena, &zip));
	assert_string_equal(zip.fault, "no directory of a zip archive");
	in = input_memory(bytes_of(""));
	assert_false(zip_is(&in));
	assert_false(zip_read(&in, &arena, &zip));
	arena_free(&arena);
	drop(&a);
}

/* The directory is read in parts: entries that lie across them. */
static void
test_long_names(void **state)
{
	static char name[60000];
	struct archive a = empty();
	struct spec s = { .name = name, .data = bytes_of("x") };
	struct input in;
	struct arena arena = arena_with(8 * MIB);
	struct buf out = buf_with(MIB);
	struct zip zip;
	unsigned i;

	(void)state;
	memset(name, 'n', sizeof(name) - 1);
	for (i = 0; i < MEMBERS; i++) {
		name[0] = (char)('A' + i);
		add(&a, &s);
	}
	finish(&a, false, "");
	in = input_memory(buf_bytes(&a.all));
	assert_true(zip_read(&in, &arena, &zip));
	assert_null(zip.fault);
	assert_int_equal(zip.n, MEMBERS);
	for (i = 0; i < MEMBERS; i++) {
		name[0] = (char)('A' + i);
		assert_true(bytes_is(zip.members[i].name, name));
		assert_null(read_member(&in, &zip.members[i], 9, &out));
	}
	/* Names that have no room in the arena. */
	arena_free(&arena);
	arena = arena_with(200 * KIB);
	assert_true(zip_read(&in, &arena, &zip));
	assert_string_equal(zip.fault, "not enough memory");
	assert_int_equal(zip.n, 3);
	arena_free(&arena);
	buf_free(&out);
	drop(&a);
}

/* ---- what is wrong ---- */

struct wrong {
	enum { HEAD, ENTRY, END, END64 } where;
	unsigned member, at, width;
	uint64_t value;
	const char *fault;
};

static const char encrypted[] = "it is encrypted";
static const char unread[] = "it is packed in a way that is not read";
static const char differs[] = "its head contradicts the directory";
static const char beyond[] = "it reaches beyond the members";
static const char shared[] = "it shares bytes with another member";
static const char parts[] = "an archive in several parts";
static const char misplaced[] = "the directory is not where its end says";

static const struct wrong wrongs[] = {
	{ ENTRY, 0, 8, 2, 1, encrypted },
	{ ENTRY, 0, 8, 2, 64, encrypted },
	{ ENTRY, 0, 8, 2, 0x2000, encrypted },
	{ ENTRY, 0, 8, 2, 32, unread },
	{ ENTRY, 0, 10, 2, 9, unread },
	{ ENTRY, 0, 10, 2, 8, differs },
	{ ENTRY, 0, 16, 4, 1, differs },
	{ ENTRY, 0, 20, 4, 18, "it is stored, and has two sizes" },
	{ ENTRY, 2, 20, 4, 18, differs },
	{ ENTRY, 2, 24, 4, 18, differs },
	{ ENTRY, 0, 20, 4, 1000, shared },
	{ ENTRY, 1, 42, 4, 1, shared },
	{ ENTRY, 0, 42, 4, 49, shared },
	{ ENTRY, 2, 20, 4, 0xffff0000, beyond },
	{ ENTRY, 2, 20, 4, UINT32_MAX, "its zip64 sizes are missing" },
	{ ENTRY, 2, 42, 4, 0xffff0000, beyond },
	{ ENTRY, 2, 34, 2, 1, "it lies in another part of the archive" },
	{ ENTRY, 1, 0, 4, 0x02014b51, "the directory breaks off" },
	{ ENTRY, 2, 28, 2, 65535, "the directory breaks off" },
	{ HEAD, 0, 0, 4, 0, "it has no head where the directory says" },
	{ HEAD, 0, 6, 2, 1, differs },
	{ HEAD, 0, 8, 2, 8, differs },
	{ HEAD, 0, 14, 4, 7, differs },
	{ HEAD, 0, 18, 4, 7, differs },
	{ HEAD, 0, 22, 4, 7, differs },
	{ HEAD, 0, 22, 4, UINT32_MAX, differs },
	{ HEAD, 0, 26, 2, 4, differs },
	{ HEAD, 0, 30, 1, 'A', differs },
	{ HEAD, 2, 28, 2, 65535, differs },
	{ HEAD, 0, 40, 1, 'H', "its CRC-32 is not that of the directory" },
	{ END, 0, 4, 2, 1, parts },
	{ END, 0, 6, 2, 1, parts },
	{ END, 0, 8, 2, 2, parts },
	{ END, 0, 12, 4, 10000, misplaced },
	{ END, 0, 16, 4, 100000, misplaced },
	{ END, 0, 16, 4, 1, "the directory breaks off" },
	{ END, 0, 12, 4, 60, "the directory breaks off" },
	{ END, 0, 20, 2, 1, "no directory of a zip archive" },
	{ END, 0, 0, 1, 'p', "no directory of a zip archive" },
};

static void
patch_as(struct archive *a, const struct wrong *w)
{
	uint64_t at = w->where == HEAD ? a->head[w->member] :
	    w->where == ENTRY ? a->entry[w->member] :
	    w->where == END ? a->end : a->end64;

	patch(a, at + w->at, w->value, w->width);
}

static void
test_wrong(void **state)
{
	struct archive a;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(wrongs) / sizeof(wrongs[0]); i++) {
		a = sample(false, false, "");
		assert_null(fault_of(&a, wrongs[i].member));
		patch_as(&a, &wrongs[i]);
		faulty(&a, wrongs[i].member, wrongs[i].fault);
		drop(&a);
	}
}

static const struct wrong wide_wrongs[] = {
	{ END64, 0, 0, 4, 0, "there is no zip64 record where the locator "
	    "points" },
	{ END64, 0, 16, 4, 1, parts },
	{ END64, 0, 24, 8, 2, parts },
	{ END64, 0, 40, 8, UINT64_MAX, misplaced },
	{ END64, 0, 48, 8, UINT64_MAX, misplaced },
	{ END64, 0, 60, 4, 1, parts },
	{ END64, 0, 72, 4, 2, parts },
	{ END64, 0, 64, 8, UINT64_MAX, "the zip64 record lies behind its "
	    "locator" },
	{ ENTRY, 0, 46 + 5 + 11, 8, UINT64_MAX, beyond },	/* size */
	{ ENTRY, 0, 46 + 5 + 11 + 8, 8, UINT64_MAX, beyond },	/* packed */
	{ ENTRY, 0, 46 + 5 + 11 + 16, 8, UINT64_MAX, beyond },	/* place */
	{ HEAD, 0, 30 + 5 + 11, 8, 18, differs },
	{ HEAD, 0, 30 + 5 + 11 + 8, 8, 18, differs },
};

static void
test_wrong_wide(void **state)
{
	struct archive a;
	size_t i;
	const char *why;

	(void)state;
	for (i = 0; i < sizeof(wide_wrongs) / sizeof(wide_wrongs[0]); i++) {
		a = sample(false, true, "");
		assert_null(fault_of(&a, 0));
		patch_as(&a, &wide_wrongs[i]);
		why = fault_of(&a, 0);
		assert_non_null(why);
		/* A size alone makes a stored member have two. */
		if (wide_wrongs[i].where != ENTRY || wide_wrongs[i].at > 62)
			assert_string_equal(why, wide_wrongs[i].fault);
		drop(&a);
	}
}

static void
test_counts(void **state)
{
	struct archive a = sample(false, false, "");

	(void)state;
	patch(&a, a.end + 8, 2, 2);
	patch(&a, a.end + 10, 2, 2);
	faulty(&a, 0, "the directory holds more than its end says");
	patch(&a, a.end + 8, 4, 2);
	patch(&a, a.end + 10, 4, 2);
	faulty(&a, 0, "the directory breaks off");
	drop(&a);
}

/* One that reaches over two others, of which the second begins where nobody
   else is. */
static void
test_shared(void **state)
{
	struct archive a = sample(false, false, "");

	(void)state;
	patch(&a, a.entry[0] + 20, a.head[2] + 9 - 35, 4);
	faulty(&a, 0, shared);
	faulty(&a, 1, shared);
	faulty(&a, 2, shared);
	patch(&a, a.entry[0] + 20, a.head[2] - 35, 4);
	faulty(&a, 1, shared);
	assert_null(fault_of(&a, 2));
	drop(&a);
}

/* Sizes and data that do not fit each other, said alike in both lists. */
static void
test_data(void **state)
{
	struct archive a = sample(false, false, "");
	unsigned packed_size = (unsigned)(a.entry[0] - a.head[2] - 30 - 12);

	(void)state;
	patch(&a, a.head[2] + 22, 19999, 4);
	patch(&a, a.entry[2] + 24, 19999, 4);
	faulty(&a, 2, "it is longer than the directory says");
	patch(&a, a.head[2] + 22, 20001, 4);
	patch(&a, a.entry[2] + 24, 20001, 4);
	faulty(&a, 2, "it is shorter than the directory says");
	patch(&a, a.head[2] + 22, 20000, 4);
	patch(&a, a.entry[2] + 24, 20000, 4);
	assert_null(fault_of(&a, 2));
	patch(&a, a.head[2] + 18, packed_size - 1, 4);
	patch(&a, a.entry[2] + 20, packed_size - 1, 4);
	faulty(&a, 2, "its data break off");
	patch(&a, a.head[2] + 18, packed_size, 4);
	patch(&a, a.entry[2] + 20, packed_size, 4);
	patch(&a, a.head[2] + 30 + 12, 0xff, 1);
	faulty(&a, 2, "its data are damaged");
	drop(&a);
	a = sample(true, false, "");
	patch(&a, a.entry[2] + 20, packed_size + 16, 4);
	faulty(&a, 2, "its data end before their size");
	drop(&a);
}

/* A megabyte that says it is ten bytes gives ten bytes; data that end early
   are a fault too. */
static void
test_bomb(void **state)
{
	static uint8_t zeroes[MIB];
	struct archive a = empty();
	struct spec s = { .name = "z", .data = bytes_at(zeroes, MIB),
	    .deflated = true };
	struct input in;
	struct arena arena = arena_with(MIB);
	struct buf out = buf_with(MIB);
	struct zip zip;
	struct zip_stream *stream;
	const char *fault;

	(void)state;
	add(&a, &s);
	finish(&a, false, "");
	patch(&a, a.head[0] + 22, 10, 4);
	patch(&a, a.entry[0] + 24, 10, 4);
	in = input_memory(buf_bytes(&a.all));
	assert_true(zip_read(&in, &arena, &zip));
	fault = read_member(&in, &zip.members[0], 4096, &out);
	assert_string_equal(fault, "it is longer than the directory says");
	assert_int_equal(out.n, 10);
	patch(&a, a.head[0] + 22, MIB, 4);
	zip.members[0].size = MIB;
	/* Just its size, and no more, is all of it; less is not. */
	stream = zip_open(&in, &zip.members[0], &fault);
	assert_int_equal(zip_take(stream, zeroes, MIB), MIB);
	assert_null(zip_close(stream));
	stream = zip_open(&in, &zip.members[0], &fault);
	assert_int_equal(zip_take(stream, zeroes, MIB - 1), MIB - 1);
	assert_string_equal(zip_close(stream), "it was not read to its end");
	assert_null(zip_close(NULL));
	drop(&a);
	/* Of nothing, nothing need be read. */
	a = sample(false, false, "");
	in = input_memory(buf_bytes(&a.all));
	assert_true(zip_read(&in, &arena, &zip));
	stream = zip_open(&in, &zip.members[1], &fault);
	assert_null(zip_close(stream));
	buf_free(&out);
	arena_free(&arena);
	drop(&a);
}

/* Each cut and each flipped bit: a fault, or the same members. */
static void
try(struct archive *a, size_t n)
{
	struct input in = input_memory(bytes_at(a->all.p, n));
	struct arena arena = arena_with(MIB);
	struct buf out = buf_with(MIB);
	struct zip zip;
	const char *fault;
	size_t i;

	if (zip_read(&in, &arena, &zip) && zip.fault == NULL)
		assert_int_equal(zip.n, 3);
	for (i = 0; i < zip.n; i++) {
		fault = read_member(&in, &zip.members[i], 4096, &out);
		if (fault != NULL)
			continue;
		assert_true(bytes_is(zip.members[i].name, three()[i].name));
		assert_true(bytes_eq(buf_bytes(&out), three()[i].data));
	}
	buf_free(&out);
	arena_free(&arena);
}

static void
test_damage(void **state)
{
	struct archive a;
	size_t i;
	unsigned kind;

	(void)state;
	for (kind = 0; kind < 4; kind++) {
		a = sample((kind & 1) != 0, (kind & 2) != 0, "hm");
		for (i = 0; i < a.all.n; i++)
			try(&a, i);
		for (i = 0; i < a.all.n * 8; i++) {
			/* Of the packed data a part is enough. */
			if (i / 8 > a.head[2] + 80 && i / 8 < a.entry[0] &&
			    i % 61 != 0)
				continue;
			a.all.p[i / 8] ^= (uint8_t)(1U << i % 8);
			try(&a, a.all.n);
			a.all.p[i / 8] ^= (uint8_t)(1U << i % 8);
		}
		drop(&a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_members),
		cmocka_unit_test(test_none),
		cmocka_unit_test(test_long_names),
		cmocka_unit_test(test_wrong),
		cmocka_unit_test(test_wrong_wide),
		cmocka_unit_test(test_counts),
		cmocka_unit_test(test_shared),
		cmocka_unit_test(test_data),
		cmocka_unit_test(test_bomb),
		cmocka_unit_test(test_damage),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
