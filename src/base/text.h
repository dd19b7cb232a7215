/*
 * Text: the one escaper through which everything from evidence leaves, and
 * small questions about UTF-8.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/bytes.h"

enum text_for {
	TEXT_TERMINAL,	/* no control, bidi or invisible characters: \u{202e} */
	TEXT_LOG,	/* as terminal, and on one line */
	TEXT_JSON,	/* the inside of a JSON string, without its quotes */
	TEXT_CSV,	/* one whole quoted field; ' in front of a formula */
	TEXT_HTML	/* element content or a quoted attribute value */
};

/* Appends `in` escaped.  Invalid UTF-8 bytes become \xNN in terminal, log and
   HTML, and U+FFFD in JSON and CSV. */
void text_escape(struct buf *, struct bytes in, enum text_for);

/* Appends standard base64 with padding; lower-case hex. */
void text_base64(struct buf *, struct bytes);
void text_hex(struct buf *, struct bytes);

bool text_utf8(struct bytes);

/* The character that begins at `at`: its length, 1 to 4, and its value; 0 at
   the end and where no valid UTF-8 begins. */
size_t text_char(struct bytes, size_t at, uint32_t *c);

/* Writes a character (a surrogate too) as UTF-8; how many bytes: 1 to 4. */
size_t text_put(uint8_t *to, uint32_t c);

/* The longest head of at most n bytes that does not split a character. */
struct bytes text_head(struct bytes, size_t n);

/* ASCII only; other bytes unchanged. */
static inline uint8_t
text_lower(uint8_t c)
{
	return (uint8_t)(c - 'A') < 26 ? (uint8_t)(c | 0x20) : c;
}

/* ASCII case ignored. */
bool text_same_long(struct bytes, struct bytes);	/* of one length */

static inline bool
text_same(struct bytes a, struct bytes b)
{
	return a.n == b.n && (a.n == 0 || text_same_long(a, b));
}

static inline bool
text_same_as(struct bytes a, const char *s)
{
	return text_same(a, bytes_of(s));
}

struct bytes text_trim(struct bytes);		/* ASCII blanks at both ends */

/* Unsigned decimal; false if it is not all digits or does not fit. */
bool text_uint(struct bytes, uint64_t *);

/* `path` against a pattern by whole text: * is any run without "/", ** any
   run at all, ? one byte but "/".  Work is bounded by |path| * |pattern|; a
   pattern longer than TEXT_GLOB_MAX bytes matches nothing. */
#define TEXT_GLOB_MAX	1024
bool text_glob(struct bytes path, const char *pattern);

#endif
