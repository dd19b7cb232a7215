/*
 * The CSV reader: against a slow and obvious one over many random texts, read
 * in chunks of every small size; every fault with its place; and the bounds.
 */
#include "format/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/text.h"
#include "format/csv_inside.h"

/* ---- a source in memory ---- */

struct text {
	struct bytes in;
	size_t at;
};

static size_t
text_read(void *ctx, void *to, size_t n)
{
	struct text *t = ctx;
	struct bytes part = bytes_part(t->in, t->at, n);

	if (part.n > 0)
		memcpy(to, part.p, part.n);
	t->at += part.n;
	return part.n;
}

/* Everything that a reader says, as text. */
static void
say_field(struct buf *out, uint64_t line, uint32_t column, struct bytes f)
{
	buf_printf(out, " %llu:%u<", (unsigned long long)line, column);
	buf_add(out, f);
	buf_byte(out, '>');
}

static void
say_fault(struct buf *out, uint64_t line, uint64_t column, const char *why)
{
	buf_printf(out, "fault %llu:%llu %s", (unsigned long long)line,
	    (unsigned long long)column, why);
}

static void
say_all(struct buf *out, struct bytes in, char separator, size_t chunk)
{
	struct text t = { in, 0 };
	struct csv_source source = { text_read, &t };
	struct csv *c = csv_new_chunk(source, separator, chunk);
	struct csv_row row;
	enum csv_end end;
	uint64_t line;
	uint32_t column;
	unsigned i;

	assert_non_null(c);
	while ((end = csv_next(c, &row)) == CSV_ROW) {
		buf_printf(out, "row %llu:", (unsigned long long)row.line);
		for (i = 0; i < row.n; i++) {
			csv_place(c, i, &line, &column);
			say_field(out, line, column, row.fields[i]);
		}
		buf_byte(out, '\n');
	}
	if (end == CSV_END)
		buf_text(out, "end");
	else
		say_fault(out, csv_fault(c).line, csv_fault(c).column,
		    csv_fault(c).why);
	assert_int_equal(csv_next(c, &row), end);
	assert_int_equal(row.n, 0);
	csv_free(c);
}

/* ---- the obvious reader: a byte at a time, over the whole text ---- */

struct slow {
	struct bytes in;
	size_t at;
	uint64_t line, column;
	uint8_t separator;
	unsigned columns;	/* of the first row, or 0 */
	const char *fault;
	uint64_t fault_line, fault_column;
};

static int
peek(const struct slow *s, size_t ahead)
{
	return s->at + ahead < s->in.n ? s->in.p[s->at + ahead] : -1;
}

static void
pass(struct slow *s)
{
	s->column++;
	if (s->in.p[s->at] == '\n') {
		s->line++;
		s->column = 1;
	}
	s->at++;
}

static bool
slow_fault(struct slow *s, uint64_t line, uint64_t column, const char *why)
{
	s->fault = why;
	s->fault_line = line;
	s->fault_column = column;
	return false;
}

static bool
here(struct slow *s, const char *why)
{
	return slow_fault(s, s->line, s->column, why);
}

/* One character into the field, or a fault. */
static bool
slow_char(struct slow *s, struct buf *field)
{
	uint32_t letter;
	size_t n = text_char(s->in, s->at, &letter);

	if (n == 0)
		return here(s, "bytes that are not UTF-8");
	if (letter == 0)
		return here(s, "a NUL");
	buf_add(field, bytes_part(s->in, s->at, n));
	while (n-- > 0)
		pass(s);
	return true;
}

static bool
slow_quoted(struct slow *s, struct buf *field)
{
	uint64_t line = s->line;
	uint64_t column = s->column;

	pass(s);
	for (;;) {
		if (peek(s, 0) < 0)
			return slow_fault(s, line, column,
			    "a quoted field without its end");
		if (peek(s, 0) == '"' && peek(s, 1) != '"')
			break;
		if (peek(s, 0) == '"')
			pass(s);
		if (!slow_char(s, field))
			return false;
	}
	pass(s);
	if (peek(s, 0) < 0 || peek(s, 0) == s->separator ||
	    peek(s, 0) == '\n' || (peek(s, 0) == '\r' && peek(s, 1) == '\n'))
		return true;
	return here(s, peek(s, 0) == '\r' ? "a bare CR" :
	    "text after a closing quote");
}

static bool
slow_plain(struct slow *s, struct buf *field)
{
	while (peek(s, 0) >= 0 && peek(s, 0) != s->separator &&
	    peek(s, 0) != '\n' && !(peek(s, 0) == '\r' && peek(s, 1) == '\n')) {
		if (peek(s, 0) == '"')
			return here(s, "a quote within an unquoted field");
		if (peek(s, 0) == '\r')
			return here(s, "a bare CR");
		if (!slow_char(s, field))
			return false;
	}
	return true;
}

static bool
slow_row(struct slow *s, struct buf *out, struct buf *field)
{
	uint64_t line, column;
	unsigned n = 0;

	buf_printf(out, "row %llu:", (unsigned long long)s->line);
	for (;;) {
		line = s->line;
		column = s->column;
		buf_reset(field);
		if (!(peek(s, 0) == '"' ? slow_quoted(s, field) :
		    slow_plain(s, field)))
			return false;
		say_field(out, line, (uint32_t)column, buf_bytes(field));
		n++;
		if (peek(s, 0) != s->separator)
			break;
		pass(s);
		if (n == CSV_FIELDS && s->columns == 0)
			return here(s, "more than 512 fields");
		if (n == s->columns)
			return here(s, "more fields than in the first row");
	}
	if (n < s->columns)
		return here(s, "fewer fields than in the first row");
	s->columns = n;
	buf_byte(out, '\n');
	return true;
}

/* A line end, and whether another row follows. */
static void
slow_end(struct slow *s)
{
	if (peek(s, 0) == '\r')
		pass(s);
	if (peek(s, 0) == '\n')
		pass(s);
}

static bool
slow_more(const struct slow *s)
{
	return s->at < s->in.n && !bytes_is(bytes_part(s->in, s->at, 9), "\n") &&
	    !bytes_is(bytes_part(s->in, s->at, 9), "\r\n");
}

static void
slow_all(struct buf *out, struct bytes in, char separator)
{
	struct slow s = { .in = in, .line = 1, .column = 1,
	    .separator = (uint8_t)separator };
	struct buf field = buf_with(MIB);
	size_t before;

	if (bytes_starts(in, "\xef\xbb\xbf"))
		s.at = 3;
	while (slow_more(&s)) {
		before = out->n;
		if (!slow_row(&s, out, &field)) {
			out->n = before;
			break;
		}
		slow_end(&s);
	}
	if (s.fault != NULL)
		say_fault(out, s.fault_line, s.fault_column, s.fault);
	else
		buf_text(out, "end");
	buf_free(&field);
}

static void
show(const char *name, const struct buf *b)
{
	struct buf shown = buf_with(16 * MIB);

	text_escape(&shown, buf_bytes(b), TEXT_TERMINAL);
	print_message("%s: %.*s\n", name, (int)shown.n, (const char *)shown.p);
	buf_free(&shown);
}

/* Both say the same. */
static void
agree(struct bytes in, char separator, size_t chunk)
{
	static struct buf fast, slow, text;

	if (fast.max == 0) {
		fast = buf_with(16 * MIB);
		slow = buf_with(16 * MIB);
		text = buf_with(16 * MIB);
	}
	buf_reset(&fast);
	buf_reset(&slow);
	say_all(&fast, in, separator, chunk);
	slow_all(&slow, in, separator);
	if (!bytes_eq(buf_bytes(&fast), buf_bytes(&slow))) {
		buf_reset(&text);
		buf_add(&text, in);
		show("text", &text);
		show("slow", &slow);
		show("fast", &fast);
		fail_msg("chunk %zu", chunk);
	}
}

/* ---- random texts ---- */

static uint64_t seed;

static unsigned
draw(unsigned n)
{
	seed = seed * 6364136223846793005U + 1442695040888963407U;
	return (unsigned)(seed >> 33) % n;
}

static const char *const letters[] = {
	"a", "7", " ", "0", "\t", ";", "\xd0\x96", "\xd1\x8f",
	"\xe2\x84\x96", "\xe0\xa4\x95", "\xed\x9f\xbf", "\xf0\x9f\x97\xb3",
	"\xf4\x8f\xbf\xbf", "\xef\xbb\xbf", "\x01", "\x7f", "\xc2\x80"
};

static const char *const odd[] = {
	"\"", "\"\"", "\r", "\n", "\r\n", ",", "\x80", "\xbf", "\xc0\x80",
	"\xc1\xbf", "\xe0\x9f\x80", "\xed\xa0\x80", "\xf0\x8f\x80\x80",
	"\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\xd0", "\xe2\x84",
	"\xf0\x9f\x97", "\xe2", "\xf0"
};

#define OF(list)	list[draw(sizeof(list) / sizeof(list[0]))]

static void
some_letters(struct buf *b, unsigned most, bool quoted)
{
	unsigned n = draw(most + 1);

	while (n-- > 0) {
		if (quoted && draw(6) == 0)
			buf_text(b, draw(2) == 0 ? "\"\"" :
			    draw(2) == 0 ? "\n" : draw(2) == 0 ? "," : "\r");
		else
			buf_text(b, OF(letters));
	}
}

/* A table that is well formed. */
static void
table(struct buf *b)
{
	unsigned columns = 1 + draw(6);
	unsigned rows = draw(6);
	unsigned most = draw(8) == 0 ? 90 : 1 + draw(12);
	const char *end = draw(2) == 0 ? "\n" : "\r\n";
	unsigned r, i;
	bool quoted;

	if (draw(5) == 0)
		buf_text(b, "\xef\xbb\xbf");
	for (r = 0; r < rows; r++) {
		for (i = 0; i < columns; i++) {
			quoted = draw(3) == 0;
			buf_text(b, i > 0 ? "," : "");
			buf_text(b, quoted ? "\"" : "");
			some_letters(b, most, quoted);
			buf_text(b, quoted ? "\"" : "");
		}
		if (r + 1 < rows || draw(3) > 0)
			buf_text(b, end);
	}
	if (draw(6) == 0)
		buf_text(b, end);
}

/* One to three things put in, or a byte changed, or cut short. */
static void
harm(struct buf *b)
{
	struct buf rest = buf_with(MIB);
	unsigned n = draw(4);
	size_t at;

	while (n-- > 0) {
		at = draw((unsigned)b->n + 1);
		buf_reset(&rest);
		buf_add(&rest, bytes_part(buf_bytes(b), at, b->n));
		b->n = at;
		if (draw(5) > 0)
			buf_text(b, OF(odd));
		else if (draw(2) == 0)
			buf_byte(b, 0);
		if (draw(5) > 0)
			buf_add(b, buf_bytes(&rest));
	}
	buf_free(&rest);
}

static void
test_random(void **state)
{
	struct buf b = buf_with(MIB);
	unsigned i;

	(void)state;
	seed = 1;
	for (i = 0; i < 40000; i++) {
		buf_reset(&b);
		table(&b);
		if (draw(2) == 0)
			harm(&b);
		agree(buf_bytes(&b), ',', 1 + i % 64);
		agree(buf_bytes(&b), ',', 256 * KIB);
	}
	buf_free(&b);
}

/* Each piece at every place of the first three blocks, in each size of chunk:
   nothing depends on where a block or a chunk ends. */
static void
test_borders(void **state)
{
	static const char *const pieces[] = {
		"\"a\"\"b\"", "\"\"\"\"", "\"a\r\nb\"\r\n", "a\r\nb", "\r\r\n",
		"\"\"x", "\"\"\r", "\"\"\r\n", "\"a\nb", "\xe2\x84\x96",
		"\xf0\x9f\x97\xb3", "\xf0\x9f\x97", "\xe0\x9f\x80",
		"\xed\xa0\x80", "\xf4\x90\x80\x80", ",,", "\n\n", "\r\n\r\n",
		"\"\n\"\"\n\",\"\n\"", "\xd0", "\"\xd0", "\"\"\xd0\x96"
	};
	struct buf b = buf_with(MIB);
	size_t p, i, chunk;

	(void)state;
	for (p = 0; p < sizeof(pieces) / sizeof(pieces[0]); p++)
	for (i = 55; i < 132; i++) {
		buf_reset(&b);
		while (b.n + 1 < i)
			buf_text(&b, b.n % 7 == 3 ? "\xd0\x96" : "z");
		buf_byte(&b, '\n');
		buf_text(&b, pieces[p]);
		for (chunk = 1; chunk <= 64; chunk += chunk < 4 ? 1 : 7)
			agree(buf_bytes(&b), ',', chunk);
		buf_text(&b, "\nzz\n");
		for (chunk = 1; chunk <= 64; chunk++)
			agree(buf_bytes(&b), ',', chunk);
	}
	buf_free(&b);
}

/* ---- by hand ---- */

static void
gives(const char *in, char separator, const char *want)
{
	struct buf out = buf_with(MIB);
	size_t chunk;

	for (chunk = 1; chunk <= 64; chunk++) {
		buf_reset(&out);
		say_all(&out, bytes_of(in), separator, chunk);
		buf_byte(&out, '\0');
		assert_string_equal((const char *)out.p, want);
	}
	buf_free(&out);
}

static void
test_rows(void **state)
{
	(void)state;
	gives("", ',', "end");
	gives("\n", ',', "end");
	gives("\r\n", ',', "end");
	gives("\xef\xbb\xbf", ',', "end");
	gives("a", ',', "row 1: 1:1<a>\nend");
	gives("a\n", ',', "row 1: 1:1<a>\nend");
	gives("a\n\n", ',', "row 1: 1:1<a>\nend");
	gives("a\r\n\r\n", ',', "row 1: 1:1<a>\nend");
	gives("a\n\n\n", ',', "row 1: 1:1<a>\nrow 2: 2:1<>\nend");
	gives("\n\na", ',', "row 1: 1:1<>\nrow 2: 2:1<>\nrow 3: 3:1<a>\nend");
	gives("\"\"\n", ',', "row 1: 1:1<>\nend");
	gives(",\n", ',', "row 1: 1:1<> 1:2<>\nend");
	gives(",", ',', "row 1: 1:1<> 1:2<>\nend");
	gives("\xef\xbb\xbf" "a,b", ',', "row 1: 1:1<a> 1:3<b>\nend");
	gives("a\xef\xbb\xbf", ',', "row 1: 1:1<a\xef\xbb\xbf>\nend");
	gives("a,\"b,\"\"c\"\"\",\"\"\r\nd,,\n", ',',
	    "row 1: 1:1<a> 1:3<b,\"c\"> 1:13<>\nrow 2: 2:1<d> 2:3<> 2:4<>\nend");
	gives("\"a\nb\r\n\",\"c\n\"\"d\",e\nf,g,h", ',',
	    "row 1: 1:1<a\nb\r\n> 3:3<c\n\"d> 4:6<e>\n"
	    "row 5: 5:1<f> 5:3<g> 5:5<h>\nend");
}

static void
test_separators(void **state)
{
	(void)state;
	gives("a;b,c", ';', "row 1: 1:1<a> 1:3<b,c>\nend");
	gives("a\tb;c", '\t', "row 1: 1:1<a> 1:3<b;c>\nend");
	gives("a;b;c,d\n", 0, "row 1: 1:1<a> 1:3<b> 1:5<c,d>\nend");
	gives("a\tb\n1;2\t3", 0, "row 1: 1:1<a> 1:3<b>\n"
	    "row 2: 2:1<1;2> 2:5<3>\nend");
	gives("\";;\n;\",a\n", 0, "row 1: 1:1<;;\n;> 2:4<a>\nend");
	gives("a,b;c\n", 0, "row 1: 1:1<a> 1:3<b;c>\nend");
	gives("a\n", 0, "row 1: 1:1<a>\nend");
	gives("", 0, "end");
}

static void
test_faults(void **state)
{
	(void)state;
	gives("a,b\"", ',', "fault 1:4 a quote within an unquoted field");
	gives("a,b\n \"c\",d", ',', "row 1: 1:1<a> 1:3<b>\n"
	    "fault 2:2 a quote within an unquoted field");
	gives("\"a\" ,b", ',', "fault 1:4 text after a closing quote");
	gives("\"a\nb\"c", ',', "fault 2:3 text after a closing quote");
	gives("\"a\n\",\"b\nc", ',', "fault 2:3 a quoted field without its end");
	gives("a\rb", ',', "fault 1:2 a bare CR");
	gives("a\r", ',', "fault 1:2 a bare CR");
	gives("\"a\"\r", ',', "fault 1:4 a bare CR");
	gives("a,b\nc\n", ',', "row 1: 1:1<a> 1:3<b>\n"
	    "fault 2:2 fewer fields than in the first row");
	gives("a,b\n\nc,d", ',', "row 1: 1:1<a> 1:3<b>\n"
	    "fault 2:1 fewer fields than in the first row");
	gives("a,b\nc,\"d\",e,f", ',', "row 1: 1:1<a> 1:3<b>\n"
	    "fault 2:7 more fields than in the first row");
	gives("a,\xd0\x96\xd0,b", ',', "fault 1:5 bytes that are not UTF-8");
	gives("a\n\"\n\x80", ',', "row 1: 1:1<a>\n"
	    "fault 3:1 bytes that are not UTF-8");
}

static void
test_nul(void **state)
{
	struct buf out = buf_with(MIB);

	(void)state;
	say_all(&out, bytes_at("a\n\"b\nc\0\"", 8), ',', 1);
	buf_byte(&out, '\0');
	assert_string_equal((const char *)out.p,
	    "row 1: 1:1<a>\nfault 3:2 a NUL");
	buf_free(&out);
}

/* ---- bounds ---- */

static void
many_fields(unsigned n, const char *want)
{
	struct buf in = buf_with(MIB);
	struct buf out = buf_with(MIB);
	unsigned i;

	for (i = 1; i < n; i++)
		buf_byte(&in, ',');
	agree(buf_bytes(&in), ',', 64);
	say_all(&out, buf_bytes(&in), ',', 256 * KIB);
	buf_byte(&out, '\0');
	assert_non_null(strstr((const char *)out.p, want));
	buf_free(&in);
	buf_free(&out);
}

static void
test_fields(void **state)
{
	(void)state;
	many_fields(CSV_FIELDS, "1:512<>\nend");
	many_fields(CSV_FIELDS + 1, "fault 1:513 more than 512 fields");
	many_fields(CSV_FIELDS + 100, "fault 1:513 more than 512 fields");
}

/* A short row, then one of n bytes with `what` at its end. */
static void
long_row(size_t n, const char *quote, const char *what, const char *want)
{
	static const size_t chunks[] = { 63, 4096, 256 * KIB, 4 * MIB };
	struct buf in = buf_with(4 * MIB);
	struct buf out = buf_with(4 * MIB);
	size_t i;

	buf_text(&in, "a\n");
	buf_text(&in, quote);
	while (in.n < n + 2)
		buf_text(&in, n + 2 - in.n < 64 ? "x" : "0123456789abcdef"
		    "0123456789abcdef0123456789abcdef0123456789abcdef");
	in.n -= strlen(what);
	buf_text(&in, what);
	for (i = 0; i < 4; i++) {
		buf_reset(&out);
		say_all(&out, buf_bytes(&in), 0, chunks[i]);
		buf_byte(&out, '\0');
		assert_non_null(strstr((const char *)out.p, want));
	}
	buf_free(&in);
	buf_free(&out);
}

static void
test_row_bytes(void **state)
{
	static const char too_long[] = "fault 2:1 a row of more than a megabyte";

	(void)state;
	long_row(CSV_ROW_BYTES, "", "x", "x>\nend");
	long_row(CSV_ROW_BYTES + 1, "", "x", too_long);
	long_row(CSV_ROW_BYTES, "\"", "\"", "x>\nend");
	long_row(CSV_ROW_BYTES + 1, "\"", "\"", too_long);
	long_row(CSV_ROW_BYTES, "\"", "x", "fault 2:1 a quoted field without");
	long_row(CSV_ROW_BYTES + 1, "\"", "x", too_long);
	long_row(CSV_ROW_BYTES, "", "\xff", "fault 2:1048576 bytes that are");
	long_row(CSV_ROW_BYTES + 3, "", "\xff", too_long);
	long_row(CSV_ROW_BYTES + 3, "\"", "\n\n\"", too_long);
	long_row(CSV_ROW_BYTES + 300000, "", "\xff", too_long);
	long_row(2 * CSV_ROW_BYTES, "", "\n", too_long);
}

/* ---- the two ways of looking at a block ---- */

static void
test_scan(void **state)
{
	struct csv_block fast[4], plain[4];
	struct buf b = buf_with(MIB);
	uint64_t open[2];
	unsigned i, seen[5] = { 0 };
	size_t n;

	(void)state;
	seed = 3;
	for (i = 0; i < 200000; i++) {
		buf_reset(&b);
		buf_byte(&b, '\n');
		while (b.n < 257)
			buf_text(&b, draw(400) == 0 ? OF(odd) : OF(letters));
		open[0] = open[1] = 0;
		n = csv_scan(b.p + 1, 4, ',', fast, &open[0]);
		assert_int_equal(n, csv_scan_plain(b.p + 1, 4, ',', plain,
		    &open[1]));
		assert_memory_equal(fast, plain, n * sizeof(fast[0]));
		assert_true(n < 4 || open[0] == open[1]);
		assert_true(n == 4 || !text_utf8(bytes_at(b.p + 1, 260)));
		seen[n]++;
	}
	/* Each length has occurred, so that this test tests. */
	for (i = 0; i <= 4; i++)
		assert_true(seen[i] > 1000);
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_separators),
		cmocka_unit_test(test_faults),
		cmocka_unit_test(test_nul),
		cmocka_unit_test(test_fields),
		cmocka_unit_test(test_row_bytes),
		cmocka_unit_test(test_scan),
		cmocka_unit_test(test_borders),
		cmocka_unit_test(test_random),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
