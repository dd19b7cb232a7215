#include "base/quote.h"

#include <stdint.h>
#include <string.h>

#include "base/text.h"

#define ALL(byte)	(UINT64_C(0x0101010101010101) * (byte))

/* Whether none of eight bytes needs an escape in JSON: no control, quote or
   backslash, nothing beyond ASCII.  A byte less than what is taken from it
   sets its highest bit; a borrow from the byte beside it can only follow one
   that was found. */
static inline bool
plain8(uint64_t w)
{
	return ((w | (w - ALL(0x20)) | ((w ^ ALL('"')) - ALL(1)) |
	    ((w ^ ALL('\\')) - ALL(1)) | ((w ^ ALL(0x7f)) - ALL(1))) &
	    ALL(0x80)) == 0;
}

static inline bool
plain1(uint8_t c)
{
	return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

/* Copies plain bytes up to the first that is not; how many. */
static size_t
copy_plain(uint8_t *to, struct bytes in)
{
	size_t at = 0;
	uint64_t w;

	for (; in.n - at >= sizeof(w); at += sizeof(w)) {
		memcpy(&w, in.p + at, sizeof(w));
		if (!plain8(w))
			break;
		memcpy(to + at, &w, sizeof(w));
	}
	for (; at < in.n && plain1(in.p[at]); at++)
		to[at] = in.p[at];
	return at;
}

void
quote_json(struct buf *to, struct bytes in)
{
	uint8_t *p = in.n > SIZE_MAX - 2 ? NULL : buf_room(to, in.n + 2);
	size_t n;

	if (p == NULL) {
		to->bad = true;
		return;
	}
	p[0] = '"';
	n = copy_plain(p + 1, in);
	if (n == in.n) {
		p[n + 1] = '"';
		to->n += n + 2;
		return;
	}
	to->n += n + 1;
	text_escape(to, bytes_part(in, n, in.n), TEXT_JSON);
	buf_byte(to, '"');
}

/* What begins like this is a formula to a spreadsheet, and escaped. */
static inline bool
harmless_start(uint8_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '/' || c == '~';
}

void
quote_csv(struct buf *to, struct bytes in)
{
	uint8_t *p = in.n > SIZE_MAX - 2 ? NULL : buf_room(to, in.n + 2);
	bool comma;

	if (p == NULL) {
		to->bad = true;
		return;
	}
	if (in.n == 0 || !harmless_start(in.p[0]) ||
	    copy_plain(p + 1, in) < in.n) {
		text_escape(to, in, TEXT_CSV);
		return;
	}
	comma = bytes_find_byte(in, ',', 0) != SIZE_MAX;
	if (!comma) {
		memmove(p, p + 1, in.n);
		to->n += in.n;
		return;
	}
	p[0] = '"';
	p[in.n + 1] = '"';
	to->n += in.n + 2;
}
