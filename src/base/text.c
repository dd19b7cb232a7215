/*
 * The escaper.  What evidence can do to a reader: colour or clear a terminal
 * (ESC, C1 controls), turn the order of letters round (bidi controls), hide
 * letters (invisible ones), make a spreadsheet run a formula, and break out
 * of JSON or HTML.  Each form shows such a character instead of obeying it.
 */
#include "base/text.h"

#include <string.h>

#define REPLACEMENT	"\xef\xbf\xbd"		/* U+FFFD */

/* The forms in which an ASCII byte passes as it is, a bit for each. */
#define A	0x1f					/* all */
#define B	(A & ~(1 << TEXT_LOG | 1 << TEXT_JSON))	/* tab, line end */
#define H	(A & ~(1 << TEXT_HTML))			/* & ' < > */
#define J	(A & ~(1 << TEXT_JSON))			/* backslash */
#define Q	(1 << TEXT_TERMINAL | 1 << TEXT_LOG)	/* " */

static const uint8_t plain[256] = {
	0, 0, 0, 0, 0, 0, 0, 0, 0, B, B, 0, 0, 0, 0, 0,
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	A, A, Q, A, A, A, H, H, A, A, A, A, A, A, A, A,
	A, A, A, A, A, A, A, A, A, A, A, A, H, A, H, A,
	A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A,
	A, A, A, A, A, A, A, A, A, A, A, A, J, A, A, A,
	A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A,
	A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, 0
};

#undef A
#undef B
#undef H
#undef J
#undef Q

struct range {
	uint32_t from, to;
};

/*
 * Characters beyond ASCII that are shown as \u{...}: controls, bidi controls,
 * everything Unicode calls default-ignorable (variation selectors excepted,
 * which choose between forms of one letter), private use, noncharacters.
 */
static const struct range hidden[] = {
	{ 0x80, 0x9f }, { 0xad, 0xad }, { 0x34f, 0x34f }, { 0x61c, 0x61c },
	{ 0x115f, 0x1160 }, { 0x17b4, 0x17b5 }, { 0x180e, 0x180e },
	{ 0x200b, 0x200f }, { 0x2028, 0x202e }, { 0x2060, 0x206f },
	{ 0x3164, 0x3164 }, { 0xe000, 0xf8ff }, { 0xfdd0, 0xfdef },
	{ 0xfeff, 0xfeff }, { 0xffa0, 0xffa0 }, { 0xfff0, 0xfffb },
	{ 0xfffe, 0xffff }, { 0x1bca0, 0x1bca3 }, { 0x1d173, 0x1d17a },
	{ 0xe0000, 0xe00ff }, { 0xe01f0, 0xe0fff }, { 0xf0000, 0x10ffff }
};

/* Beyond ASCII, and escaped in JSON: what acts on a terminal or a script that
   shows the file; the rest stays as it was found. */
static const struct range json_hidden[] = {
	{ 0x80, 0x9f }, { 0x61c, 0x61c }, { 0x200e, 0x200f },
	{ 0x2028, 0x202e }, { 0x2066, 0x2069 }
};

static bool
in_ranges(const struct range *r, size_t n, uint32_t c)
{
	size_t low = 0, mid;

	while (n - low > 1) {
		mid = low + (n - low) / 2;
		if (r[mid].from <= c)
			low = mid;
		else
			n = mid;
	}
	return c >= r[low].from && c <= r[low].to;
}

static bool
is_hidden(uint32_t c, enum text_for form)
{
	/* Most letters beyond Latin lie where nothing is hidden. */
	if ((c > 0x34f && c < 0x61c) || (c > 0x3164 && c < 0xe000))
		return false;
	if (form == TEXT_JSON)
		return in_ranges(json_hidden,
		    sizeof(json_hidden) / sizeof(json_hidden[0]), c);
	return in_ranges(hidden, sizeof(hidden) / sizeof(hidden[0]), c);
}

size_t
text_put(uint8_t *to, uint32_t c)
{
	if (c < 0x80) {
		to[0] = (uint8_t)c;
		return 1;
	}
	if (c < 0x800) {
		to[0] = (uint8_t)(0xc0 | c >> 6);
		to[1] = (uint8_t)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		to[0] = (uint8_t)(0xe0 | c >> 12);
		to[1] = (uint8_t)(0x80 | (c >> 6 & 0x3f));
		to[2] = (uint8_t)(0x80 | (c & 0x3f));
		return 3;
	}
	to[0] = (uint8_t)(0xf0 | c >> 18);
	to[1] = (uint8_t)(0x80 | (c >> 12 & 0x3f));
	to[2] = (uint8_t)(0x80 | (c >> 6 & 0x3f));
	to[3] = (uint8_t)(0x80 | (c & 0x3f));
	return 4;
}

size_t
text_char(struct bytes in, size_t at, uint32_t *c)
{
	const uint8_t *p;
	size_t left, n, i;
	uint32_t v, least;

	if (at >= in.n)
		return 0;
	p = in.p + at;
	left = in.n - at;
	if (p[0] < 0x80) {
		*c = p[0];
		return 1;
	}
	if (p[0] >= 0xc2 && p[0] <= 0xdf) {
		n = 2;
		least = 0x80;
	} else if (p[0] >= 0xe0 && p[0] <= 0xef) {
		n = 3;
		least = 0x800;
	} else if (p[0] >= 0xf0 && p[0] <= 0xf4) {
		n = 4;
		least = 0x10000;
	} else {
		return 0;
	}
	if (n > left)
		return 0;
	v = p[0] & (0xffu >> (n + 1));
	for (i = 1; i < n; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		v = v << 6 | (p[i] & 0x3fu);
	}
	if (v < least || v > 0x10ffff || (v >= 0xd800 && v <= 0xdfff))
		return 0;
	*c = v;
	return n;
}

/* Digits of c in hex, at least `least` of them. */
static void
add_hex(struct buf *to, uint32_t c, unsigned least)
{
	static const char digits[] = "0123456789abcdef";
	uint8_t out[8];
	size_t at = sizeof(out);

	do {
		out[--at] = (uint8_t)digits[c & 15];
		c >>= 4;
	} while (at > 0 && (c > 0 || sizeof(out) - at < least));
	buf_add(to, bytes_at(out + at, sizeof(out) - at));
}

/* One byte that is no part of valid UTF-8. */
static void
add_invalid(struct buf *to, uint8_t byte, enum text_for form)
{
	if (form == TEXT_JSON || form == TEXT_CSV) {
		buf_text(to, REPLACEMENT);
		return;
	}
	buf_text(to, "\\x");
	add_hex(to, byte, 2);
}

static void
add_json(struct buf *to, uint32_t c)
{
	switch (c) {
	case '"':
		buf_text(to, "\\\"");
		return;
	case '\\':
		buf_text(to, "\\\\");
		return;
	case '\n':
		buf_text(to, "\\n");
		return;
	case '\r':
		buf_text(to, "\\r");
		return;
	case '\t':
		buf_text(to, "\\t");
		return;
	}
	buf_text(to, "\\u");
	add_hex(to, c, 4);
}

/* One valid character that must not pass as it is. */
static void
add_escaped(struct buf *to, uint32_t c, enum text_for form)
{
	if (form == TEXT_JSON) {
		add_json(to, c);
	} else if (form == TEXT_CSV && c == '"') {
		buf_text(to, "\"\"");
	} else if (form == TEXT_HTML && c == '&') {
		buf_text(to, "&amp;");
	} else if (form == TEXT_HTML && c == '<') {
		buf_text(to, "&lt;");
	} else if (form == TEXT_HTML && c == '>') {
		buf_text(to, "&gt;");
	} else if (form == TEXT_HTML && c == '"') {
		buf_text(to, "&quot;");
	} else if (form == TEXT_HTML && c == '\'') {
		buf_text(to, "&#39;");
	} else {
		buf_text(to, "\\u{");
		add_hex(to, c, 1);
		buf_byte(to, '}');
	}
}

static bool
is_blank(uint32_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xa0 ||
	    c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f ||
	    c == 0x205f || c == 0x3000;
}

/* Whether a spreadsheet may take the value for a formula: by its first
   character, or its first after blanks, wide and small forms included. */
static bool
is_formula(struct bytes in)
{
	size_t at = 0, n;
	uint32_t c = 0;

	if (in.n > 0 && (in.p[0] == '\t' || in.p[0] == '\r' ||
	    in.p[0] == '\n'))
		return true;
	while ((n = text_char(in, at, &c)) > 0 && is_blank(c))
		at += n;
	if (n == 0)
		return false;
	return c == '=' || c == '+' || c == '-' || c == '@' ||
	    c == 0xff1d || c == 0xff0b || c == 0xff0d || c == 0xff20 ||
	    c == 0xfe66 || c == 0xfe62 || c == 0xfe63 || c == 0xfe6b;
}

/* Where the run of plain bytes that begins at `at` ends. */
static size_t
run_end(struct bytes in, size_t at, unsigned bit)
{
	const uint8_t *p = in.p;

	/* Four at a time, without a branch between them. */
	while (in.n - at >= 4 && (plain[p[at]] & plain[p[at + 1]] &
	    plain[p[at + 2]] & plain[p[at + 3]] & bit) != 0)
		at += 4;
	while (at < in.n && (plain[p[at]] & bit) != 0)
		at++;
	return at;
}

static void
escape(struct buf *to, struct bytes in, enum text_for form)
{
	unsigned bit = 1u << form;
	size_t at = 0, from = 0, n;
	uint32_t c;

	for (;;) {
		/* Most text is runs of plain bytes: they are copied whole. */
		at = run_end(in, at, bit);
		n = text_char(in, at, &c);
		if (n > 1 && !is_hidden(c, form)) {
			at += n;
			continue;
		}
		buf_add(to, bytes_part(in, from, at - from));
		if (at == in.n || to->bad)
			return;
		if (n == 0)
			add_invalid(to, in.p[at++], form);
		else
			add_escaped(to, c, form);
		at += n;
		from = at;
	}
}

void
text_escape(struct buf *to, struct bytes in, enum text_for form)
{
	if (form != TEXT_CSV) {
		escape(to, in, form);
		return;
	}
	buf_byte(to, '"');
	if (is_formula(in))
		buf_byte(to, '\'');
	escape(to, in, form);
	buf_byte(to, '"');
}

bool
text_utf8(struct bytes in)
{
	size_t at = 0, n;
	uint64_t eight;
	uint32_t c;

	while (at < in.n) {
		if (in.n - at >= sizeof(eight)) {
			memcpy(&eight, in.p + at, sizeof(eight));
			if ((eight & UINT64_C(0x8080808080808080)) == 0) {
				at += sizeof(eight);
				continue;
			}
		}
		n = text_char(in, at, &c);
		if (n == 0)
			return false;
		at += n;
	}
	return true;
}

struct bytes
text_head(struct bytes in, size_t n)
{
	size_t back, length;
	uint32_t c;

	if (n >= in.n)
		return in;
	for (back = 1; back < 4 && back <= n; back++) {
		length = text_char(in, n - back, &c);
		if (length > back)
			return bytes_part(in, 0, n - back);
		if (length > 0)
			break;
	}
	return bytes_part(in, 0, n);
}

bool
text_same_long(struct bytes a, struct bytes b)
{
	size_t i;

	for (i = 0; i < a.n; i++)
		if (text_lower(a.p[i]) != text_lower(b.p[i]))
			return false;
	return true;
}

struct bytes
text_trim(struct bytes in)
{
	size_t from = 0, to = in.n;

	while (from < to && (in.p[from] == ' ' ||
	    (in.p[from] >= '\t' && in.p[from] <= '\r')))
		from++;
	while (to > from && (in.p[to - 1] == ' ' ||
	    (in.p[to - 1] >= '\t' && in.p[to - 1] <= '\r')))
		to--;
	return bytes_part(in, from, to - from);
}

bool
text_uint(struct bytes in, uint64_t *v)
{
	uint64_t sum = 0;
	size_t i;

	if (in.n == 0)
		return false;
	for (i = 0; i < in.n; i++) {
		if (in.p[i] < '0' || in.p[i] > '9' ||
		    __builtin_mul_overflow(sum, 10u, &sum) ||
		    __builtin_add_overflow(sum, in.p[i] - '0', &sum))
			return false;
	}
	*v = sum;
	return true;
}

void
text_hex(struct buf *to, struct bytes in)
{
	static const char digits[] = "0123456789abcdef";
	uint8_t *p;
	size_t i;

	p = in.n > SIZE_MAX / 2 ? NULL : buf_room(to, in.n * 2);
	if (p == NULL)
		return;
	for (i = 0; i < in.n; i++) {
		*p++ = (uint8_t)digits[in.p[i] >> 4];
		*p++ = (uint8_t)digits[in.p[i] & 15];
	}
	to->n += in.n * 2;
}

void
text_base64(struct buf *to, struct bytes in)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789+/";
	size_t i, size = in.n / 3 * 4 + (in.n % 3 > 0 ? 4 : 0);
	uint32_t v;
	uint8_t *p;

	p = in.n > SIZE_MAX / 2 ? NULL : buf_room(to, size);
	if (p == NULL)
		return;
	for (i = 0; in.n - i >= 3; i += 3) {
		v = (uint32_t)in.p[i] << 16 | (uint32_t)in.p[i + 1] << 8 |
		    in.p[i + 2];
		*p++ = (uint8_t)digits[v >> 18];
		*p++ = (uint8_t)digits[v >> 12 & 63];
		*p++ = (uint8_t)digits[v >> 6 & 63];
		*p++ = (uint8_t)digits[v & 63];
	}
	if (i < in.n) {
		v = (uint32_t)in.p[i] << 16;
		if (in.n - i == 2)
			v |= (uint32_t)in.p[i + 1] << 8;
		*p++ = (uint8_t)digits[v >> 18];
		*p++ = (uint8_t)digits[v >> 12 & 63];
		*p++ = in.n - i == 2 ? (uint8_t)digits[v >> 6 & 63] : '=';
		*p++ = '=';
	}
	to->n += size;
}
