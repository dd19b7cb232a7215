#include "report/wrap.h"

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

struct range {
	uint32_t from, to;
};

/* Marks that take no column (Unicode categories Mn and Me, the common ones). */
static const struct range marks[] = {
	{ 0x300, 0x36f }, { 0x483, 0x489 }, { 0x591, 0x5bd },
	{ 0x610, 0x61a }, { 0x64b, 0x65f }, { 0x6d6, 0x6dc },
	{ 0x900, 0x902 }, { 0x93c, 0x93c }, { 0x941, 0x948 },
	{ 0xe31, 0xe31 }, { 0xe34, 0xe3a }, { 0xe47, 0xe4e },
	{ 0x1ab0, 0x1aff }, { 0x1dc0, 0x1dff }, { 0x20d0, 0x20f0 },
	{ 0x302a, 0x302d }, { 0x3099, 0x309a }, { 0xfe00, 0xfe0f },
	{ 0xfe20, 0xfe2f }, { 0xe0100, 0xe01ef }
};

/* East Asian wide and full width, and pictures. */
static const struct range wide[] = {
	{ 0x1100, 0x115f }, { 0x231a, 0x231b }, { 0x2329, 0x232a },
	{ 0x23e9, 0x23ec }, { 0x25fd, 0x25fe }, { 0x2614, 0x2615 },
	{ 0x2648, 0x2653 }, { 0x26aa, 0x26ab }, { 0x26bd, 0x26be },
	{ 0x2705, 0x2705 }, { 0x270a, 0x270b }, { 0x274c, 0x274c },
	{ 0x2753, 0x2757 }, { 0x2795, 0x2797 }, { 0x2b1b, 0x2b1c },
	{ 0x2b50, 0x2b55 }, { 0x2e80, 0x303e }, { 0x3041, 0x33ff },
	{ 0x3400, 0x4dbf }, { 0x4e00, 0xa4cf }, { 0xa960, 0xa97f },
	{ 0xac00, 0xd7a3 }, { 0xf900, 0xfaff }, { 0xfe30, 0xfe6f },
	{ 0xff00, 0xff60 }, { 0xffe0, 0xffe6 }, { 0x1f300, 0x1f64f },
	{ 0x1f680, 0x1f6ff }, { 0x1f900, 0x1faff }, { 0x20000, 0x3fffd }
};

static bool
in(const struct range *r, size_t n, uint32_t c)
{
	size_t low = 0, mid;

	while (low < n) {
		mid = low + (n - low) / 2;
		if (c > r[mid].to)
			low = mid + 1;
		else if (c < r[mid].from)
			n = mid;
		else
			return true;
	}
	return false;
}

/* The character at `at`: its bytes and columns.  What is no UTF-8 counts as
   one each. */
static size_t
step(struct bytes b, size_t at, unsigned *columns)
{
	uint32_t c = 0;
	size_t n = text_char(b, at, &c);

	*columns = 1;
	if (n > 1 && in(marks, sizeof(marks) / sizeof(marks[0]), c))
		*columns = 0;
	else if (n > 1 && in(wide, sizeof(wide) / sizeof(wide[0]), c))
		*columns = 2;
	return n > 0 ? n : 1;
}

unsigned
wrap_columns(struct bytes b)
{
	unsigned sum = 0, columns;
	size_t at = 0;

	while (at < b.n) {
		at += step(b, at, &columns);
		sum += columns;
	}
	return sum;
}

void
wrap_blanks(struct out *out, unsigned n)
{
	while (n-- > 0)
		buf_byte(out_buf(out), ' ');
}

static void
new_line(struct out *out, unsigned indent)
{
	out_text(out, "\n");
	wrap_blanks(out, indent);
}

/* How much of a word too long for its line goes on it: as many characters as
   there is room for, or less, if that parts a path behind a slash. */
static size_t
fitting(struct bytes word, unsigned room, unsigned *columns)
{
	unsigned sum = 0, next, at_slash = 0;
	size_t at = 0, slash = 0, n;

	while (at < word.n) {
		n = step(word, at, &next);
		if (sum + next > room)
			break;
		sum += next;
		at += n;
		if (word.p[at - 1] == '/') {
			slash = at;
			at_slash = sum;
		}
	}
	if (at < word.n && at_slash > room / 2) {
		at = slash;
		sum = at_slash;
	}
	*columns = sum;
	return at;
}

/* A word, in as many lines as it takes.  Gives the column after it. */
static unsigned
put_word(struct out *out, struct bytes word, unsigned column, unsigned indent,
    unsigned width)
{
	unsigned columns;
	size_t n;

	for (;;) {
		n = fitting(word, width > column ? width - column : 0,
		    &columns);
		/* At least one character, however narrow the line. */
		if (n == 0 && column <= indent)
			n = step(word, 0, &columns);
		out_add(out, bytes_part(word, 0, n));
		column += columns;
		word = bytes_part(word, n, word.n);
		if (word.n == 0)
			return column;
		new_line(out, indent);
		column = indent;
	}
}

void
wrap_text(struct out *out, struct bytes text, unsigned at, unsigned indent,
    unsigned width)
{
	/* Nothing is on this line yet that a blank must part from. */
	bool fresh = text.n == 0 || text.p[0] != ' ';
	struct bytes word;
	unsigned columns;
	size_t from = 0, end;

	while (from < text.n) {
		end = bytes_find_byte(text, ' ', from);
		if (end == SIZE_MAX)
			end = text.n;
		word = bytes_part(text, from, end - from);
		from = end + 1;
		if (word.n == 0)
			continue;
		columns = wrap_columns(word);
		if (at + !fresh + columns > width &&
		    (!fresh || (at > indent && indent + columns <= width))) {
			new_line(out, indent);
			at = indent;
		} else if (!fresh) {
			out_text(out, " ");
			at++;
		}
		at = put_word(out, word, at, indent, width);
		fresh = false;
	}
	out_text(out, "\n");
}
