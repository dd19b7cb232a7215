/*
 * Values out of a file of candidates.  Whatever is not as it must be is a
 * fault with its place, and reading goes on: all of them are told at once.
 */
#include <stdarg.h>
#include <stdio.h>

#include "base/text.h"
#include "election/candidate_inside.h"

#define QUOTED_MAX	48	/* bytes of the file's text in a fault */
#define TEXT_MAX	1000	/* a name, a note */
#define WORD_MAX	64
#define COUNT_MAX	1000000000000	/* signatures of one region */

static void fault_list(struct candidate_reader *, uint32_t, uint32_t,
    const char *, va_list) __attribute__((format(printf, 4, 0)));

static void
fault_list(struct candidate_reader *r, uint32_t line, uint32_t column,
    const char *format, va_list args)
{
	struct yaml_fault *f;

	if (r->faults->n++ >= CANDIDATE_FAULTS)
		return;
	f = &r->faults->items[r->faults->n - 1];
	f->line = line;
	f->column = column;
	(void)vsnprintf(f->why, sizeof(f->why), format, args);
}

void
candidate_fault_at(struct candidate_reader *r, uint32_t line, uint32_t column,
    const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fault_list(r, line, column, format, args);
	va_end(args);
}

void
candidate_fault(struct candidate_reader *r, const struct yaml *y,
    const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fault_list(r, y->line, y->column, format, args);
	va_end(args);
}

void
candidate_fault_key(struct candidate_reader *r, const struct yaml *y,
    const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fault_list(r, y->key.n > 0 ? y->key_line : y->line,
	    y->key.n > 0 ? y->key_column : y->column, format, args);
	va_end(args);
}

const char *
candidate_quoted(struct candidate_reader *r, struct bytes text)
{
	struct buf b = buf_with(QUOTED_MAX * 8);
	const char *s;

	text_escape(&b, text_head(text, QUOTED_MAX), TEXT_LOG);
	s = arena_string(r->arena, text_head(buf_bytes(&b), QUOTED_MAX));
	buf_free(&b);
	return s == NULL ? "" : s;
}

bool
candidate_among(struct bytes word, const char *words)
{
	struct bytes all = bytes_of(words);
	size_t at = 0, end;

	while (at < all.n) {
		end = bytes_find_byte(all, ' ', at);
		if (end == SIZE_MAX)
			end = all.n;
		if (bytes_eq(bytes_part(all, at, end - at), word))
			return true;
		at = end + 1;
	}
	return false;
}

bool
candidate_keys(struct candidate_reader *r, const struct yaml *map,
    const char *words)
{
	const struct yaml *y;

	if (map->kind != YAML_MAP) {
		candidate_fault(r, map, "this must be a map (key: value)");
		return false;
	}
	for (y = map->first; y != NULL; y = y->next)
		if (!candidate_among(y->key, words))
			candidate_fault_key(r, y, "\"%s\" is no key here",
			    candidate_quoted(r, y->key));
	return true;
}

bool
candidate_plain(const struct yaml *y, const char *word)
{
	return y->kind == YAML_SCALAR && !y->quoted && bytes_is(y->text, word);
}

bool
candidate_given(const struct yaml *y, enum candidate_state *state)
{
	*state = CANDIDATE_UNKNOWN;
	if (y == NULL || candidate_plain(y, "") ||
	    candidate_plain(y, "unknown"))
		return false;
	*state = candidate_plain(y, "none") ? CANDIDATE_NONE :
	    CANDIDATE_KNOWN;
	return *state == CANDIDATE_KNOWN;
}

bool
candidate_text(struct candidate_reader *r, const struct yaml *map,
    const char *key, struct bytes *to)
{
	const struct yaml *y = yaml_get(map, key);

	if (y == NULL)
		return false;
	if (y->kind != YAML_SCALAR || text_trim(y->text).n == 0 ||
	    y->text.n > TEXT_MAX) {
		candidate_fault(r, y, "\"%s\" must be one text%s", key,
		    y->kind == YAML_SCALAR && y->text.n > TEXT_MAX ?
		    ", and not so long" : "");
		return false;
	}
	*to = y->text;
	return true;
}

bool
candidate_word(struct candidate_reader *r, const struct yaml *y,
    struct bytes *to)
{
	bool is = y->kind == YAML_SCALAR && y->text.n > 0 &&
	    y->text.n <= WORD_MAX && y->text.p[0] != '-';
	size_t i;
	uint8_t c;

	for (i = 0; is && i < y->text.n; i++) {
		c = y->text.p[i];
		is = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
		    c == '-';
	}
	if (!is)
		candidate_fault(r, y, "this must be one word of small letters, "
		    "digits and dashes");
	else
		*to = y->text;
	return is;
}

bool
candidate_count(struct candidate_reader *r, const struct yaml *y,
    uint64_t *to)
{
	uint64_t value;

	if (y->kind != YAML_SCALAR || !text_uint(y->text, &value) ||
	    value > COUNT_MAX) {
		candidate_fault(r, y, "this must be a whole number");
		return false;
	}
	*to = value;
	return true;
}

bool
candidate_date(struct candidate_reader *r, const struct yaml *map,
    const char *key, int32_t *to)
{
	const struct yaml *y = yaml_get(map, key);
	enum candidate_state state;
	int32_t day;

	if (y == NULL || !(candidate_given(y, &state) ||
	    state == CANDIDATE_NONE))
		return false;
	day = y->kind == YAML_SCALAR ? date_read(y->text) : DATE_UNSET;
	if (day == DATE_UNSET) {
		candidate_fault(r, y, "no day of the calendar (2024-03-17)");
		return false;
	}
	*to = day;
	return true;
}
