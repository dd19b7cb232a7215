/*
 * Values out of the YAML of a law.  Whatever is not as it must be is a fault
 * with its place, and reading goes on: the author sees all of them at once.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "election/law_inside.h"

#define QUOTED_MAX	48	/* bytes of the file's text in a fault */
#define TEXT_MAX	4000	/* a note; anything that is a text */
#define WORD_MAX	64

/* --- faults --------------------------------------------------------------- */

static void fault_list(struct law_reader *, uint32_t, uint32_t, const char *,
    va_list) __attribute__((format(printf, 4, 0)));

static void
fault_list(struct law_reader *r, uint32_t line, uint32_t column,
    const char *format, va_list args)
{
	struct yaml_fault *f;
	unsigned i;

	if (r->faults->n >= LAW_FAULTS) {
		r->faults->n++;
		return;
	}
	f = &r->faults->items[r->faults->n];
	f->line = line;
	f->column = column;
	(void)vsnprintf(f->why, sizeof(f->why), format, args);
	/* A rule that several versions have is told of once. */
	for (i = 0; i < r->faults->n; i++)
		if (r->faults->items[i].line == line &&
		    r->faults->items[i].column == column &&
		    strcmp(r->faults->items[i].why, f->why) == 0)
			return;
	r->faults->n++;
}

void
law_fault_at(struct law_reader *r, uint32_t line, uint32_t column,
    const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fault_list(r, line, column, format, args);
	va_end(args);
}

void
law_fault(struct law_reader *r, const struct yaml *y, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fault_list(r, y->line, y->column, format, args);
	va_end(args);
}

void
law_fault_key(struct law_reader *r, const struct yaml *y, const char *format,
    ...)
{
	va_list args;

	va_start(args, format);
	fault_list(r, y->key.n > 0 ? y->key_line : y->line,
	    y->key.n > 0 ? y->key_column : y->column, format, args);
	va_end(args);
}

void
law_fault_inside(struct law_reader *r, uint32_t line, uint32_t column,
    bool quoted, struct bytes text, size_t at, const char *why)
{
	uint32_t c;
	size_t i = 0, n;

	column += quoted;
	while (i < at && (n = text_char(text, i, &c)) > 0) {
		i += n;
		column++;
	}
	law_fault_at(r, line, column, "%s", why);
}

const char *
law_quoted(struct law_reader *r, struct bytes text)
{
	struct buf b = buf_with(QUOTED_MAX * 8);
	struct bytes shown;
	const char *s;

	text_escape(&b, text_head(text, QUOTED_MAX), TEXT_LOG);
	shown = text_head(buf_bytes(&b), QUOTED_MAX);
	s = arena_string(r->arena, shown);
	buf_free(&b);
	return s == NULL ? "" : s;
}

/* --- shapes --------------------------------------------------------------- */

bool
law_is_map(struct law_reader *r, const struct yaml *y)
{
	if (y->kind != YAML_MAP)
		law_fault(r, y, "this must be a map (key: value)");
	return y->kind == YAML_MAP;
}

bool
law_is_list(struct law_reader *r, const struct yaml *y)
{
	if (y->kind != YAML_LIST || y->n == 0)
		law_fault(r, y, "this must be a list of at least one");
	return y->kind == YAML_LIST && y->n > 0;
}

/* Whether the word is one of those, which blanks separate. */
static bool
is_among(struct bytes word, const char *words)
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
law_keys(struct law_reader *r, const struct yaml *map, const char *words,
    bool rule)
{
	const struct yaml *y;

	if (!law_is_map(r, map))
		return false;
	for (y = map->first; y != NULL; y = y->next)
		if (!is_among(y->key, words) && !(rule &&
		    is_among(y->key, "article source unverified note")))
			law_fault_key(r, y, "\"%s\" is no key here",
			    law_quoted(r, y->key));
	return true;
}

const struct yaml *
law_required(struct law_reader *r, const struct yaml *map, const char *key)
{
	const struct yaml *y = yaml_get(map, key);

	if (y == NULL)
		law_fault_key(r, map, "\"%s\" is missing", key);
	return y;
}

/* What would act on a terminal or hide what it is: control characters, other
   ends of lines, and what turns the direction of text. */
static bool
has_controls(struct bytes text)
{
	size_t at = 0, n;
	uint32_t c;

	for (; (n = text_char(text, at, &c)) > 0; at += n)
		if ((c < 0x20 && c != '\n' && c != '\t') ||
		    (c >= 0x7f && c < 0xa0) || (c >= 0x2028 && c <= 0x202e) ||
		    (c >= 0x2066 && c <= 0x2069))
			return true;
	return at < text.n;
}

/* The scalar of a key, with something in it; NULL and perhaps a fault. */
static const struct yaml *
scalar(struct law_reader *r, const struct yaml *map, const char *key)
{
	const struct yaml *y = yaml_get(map, key);

	if (y == NULL)
		return NULL;
	if (y->kind == YAML_SCALAR && y->text.n > 0 && y->text.n <= TEXT_MAX)
		return y;
	law_fault(r, y, y->kind == YAML_SCALAR && y->text.n > 0 ?
	    "a text that is too long" : "\"%s\" must have one value", key);
	return NULL;
}

bool
law_text(struct law_reader *r, const struct yaml *map, const char *key,
    struct bytes *to)
{
	const struct yaml *y = scalar(r, map, key);

	if (y != NULL && has_controls(y->text)) {
		law_fault(r, y, "a text with a control character");
		return false;
	}
	if (y != NULL)
		*to = y->text;
	return y != NULL;
}

bool
law_is_word(struct bytes b)
{
	size_t i;
	uint8_t c;

	for (i = 0; i < b.n; i++) {
		c = b.p[i];
		if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-')
			return false;
	}
	return b.n > 0 && b.n <= WORD_MAX && b.p[0] != '-';
}

bool
law_word(struct law_reader *r, const struct yaml *map, const char *key,
    struct bytes *to)
{
	const struct yaml *y = scalar(r, map, key);

	if (y == NULL)
		return false;
	if (!law_is_word(y->text)) {
		law_fault(r, y, "\"%s\" must be one word of small letters, "
		    "digits and dashes", key);
		return false;
	}
	*to = y->text;
	return true;
}

bool
law_flag(struct law_reader *r, const struct yaml *map, const char *key,
    bool *to)
{
	const struct yaml *y = scalar(r, map, key);

	if (y == NULL)
		return false;
	if (y->quoted || (!bytes_is(y->text, "true") &&
	    !bytes_is(y->text, "false"))) {
		law_fault(r, y, "\"%s\" is true or false", key);
		return false;
	}
	*to = bytes_is(y->text, "true");
	return true;
}

bool
law_number(struct law_reader *r, const struct yaml *map, const char *key,
    uint64_t least, uint64_t most, uint64_t *to)
{
	const struct yaml *y = scalar(r, map, key);
	uint64_t value;

	if (y == NULL)
		return false;
	if (!text_uint(y->text, &value) || value < least || value > most) {
		law_fault(r, y, "\"%s\" must be a whole number from %llu to "
		    "%llu", key, (unsigned long long)least,
		    (unsigned long long)most);
		return false;
	}
	*to = value;
	return true;
}

bool
law_unsigned(struct law_reader *r, const struct yaml *map, const char *key,
    unsigned least, unsigned most, unsigned *to)
{
	uint64_t value;

	if (!law_number(r, map, key, least, most, &value))
		return false;
	*to = (unsigned)value;
	return true;
}

int32_t
law_day_of(struct law_reader *r, const struct yaml *y)
{
	int32_t day = y->kind == YAML_SCALAR ? date_read(y->text) : DATE_UNSET;

	if (day == DATE_UNSET)
		law_fault(r, y, "no day of the calendar (2024-03-17)");
	return day;
}

bool
law_day(struct law_reader *r, const struct yaml *map, const char *key,
    int32_t *to)
{
	const struct yaml *y = yaml_get(map, key);
	int32_t day = y == NULL ? DATE_UNSET : law_day_of(r, y);

	if (day != DATE_UNSET)
		*to = day;
	return day != DATE_UNSET;
}

bool
law_choice_of(struct law_reader *r, const struct yaml *y,
    const char *const *names, unsigned n, unsigned *to)
{
	struct buf all = buf_with(256);
	unsigned i;

	for (i = 0; i < n; i++) {
		if (names[i] == NULL)
			continue;
		if (y->kind == YAML_SCALAR && bytes_is(y->text, names[i])) {
			*to = i;
			buf_free(&all);
			return true;
		}
		buf_text(&all, all.n == 0 ? "" : ", ");
		buf_text(&all, names[i]);
	}
	law_fault(r, y, "none of %.*s", (int)all.n, (const char *)all.p);
	buf_free(&all);
	return false;
}

bool
law_choice(struct law_reader *r, const struct yaml *map, const char *key,
    const char *const *names, unsigned n, unsigned *to)
{
	const struct yaml *y = yaml_get(map, key);

	return y != NULL && law_choice_of(r, y, names, n, to);
}

static bool
word_of(struct law_reader *r, const struct yaml *y, struct bytes *to)
{
	if (y->kind != YAML_SCALAR || !law_is_word(y->text)) {
		law_fault(r, y, "this must be one word of small letters, "
		    "digits and dashes");
		return false;
	}
	*to = y->text;
	return true;
}

bool
law_words(struct law_reader *r, const struct yaml *map, const char *key,
    const struct bytes **to, unsigned *n)
{
	const struct yaml *y = yaml_get(map, key), *item;
	struct bytes *words;
	unsigned got = 0, i;

	if (y == NULL || (y->kind != YAML_SCALAR && !law_is_list(r, y)))
		return false;
	if (y->n > LAW_WORDS) {
		law_fault(r, y, "more than %d words", LAW_WORDS);
		return false;
	}
	words = arena_alloc(r->arena, y->kind == YAML_LIST ? y->n : 1,
	    sizeof(*words));
	if (words == NULL)
		return false;
	item = y->kind == YAML_LIST ? y->first : y;
	for (; item != NULL; item = y->kind == YAML_LIST ? item->next : NULL) {
		if (!word_of(r, item, &words[got]))
			continue;
		for (i = 0; i < got && !bytes_eq(words[i], words[got]); i++)
			continue;
		if (i < got)
			law_fault(r, item, "this stands twice");
		got++;
	}
	*to = words;
	*n = got;
	return got > 0;
}

/* --- what every rule has -------------------------------------------------- */

static void
check_sources(struct law_reader *r, const struct yaml *rule,
    const struct ground *g)
{
	const struct yaml *y = yaml_get(rule, "source");
	unsigned i, s;

	for (i = 0; i < g->nsources; i++) {
		for (s = 0; s < r->law->nsources; s++)
			if (bytes_eq(r->law->sources[s].id, g->sources[i]))
				break;
		if (s == r->law->nsources)
			law_fault(r, y, "\"%s\" is none of the sources",
			    law_quoted(r, g->sources[i]));
	}
}

struct ground
law_ground(struct law_reader *r, const struct yaml *y, const struct ground *of)
{
	struct ground g = { .there = true, .line = y->line };
	bool sourced, told;

	if (y->kind != YAML_MAP) {
		if (of == NULL)
			law_fault(r, y, "a rule is a map, with its "
			    "\"source\"");
		g = of == NULL ? g : *of;
		g.there = true;
		g.line = y->line;
		g.note = bytes_at(NULL, 0);
		return g;
	}
	if (y->key.n > 0)
		g.line = y->key_line;
	sourced = law_words(r, y, "source", &g.sources, &g.nsources);
	check_sources(r, y, &g);
	told = law_flag(r, y, "unverified", &g.unverified) ||
	    yaml_get(y, "unverified") == NULL;
	(void)law_text(r, y, "note", &g.note);
	if (of != NULL)
		g.article = of->article;
	(void)law_text(r, y, "article", &g.article);
	if (!sourced && of != NULL) {
		g.sources = of->sources;
		g.nsources = of->nsources;
		g.unverified = g.unverified || of->unverified;
	} else if (!sourced && told && !g.unverified &&
	    yaml_get(y, "source") == NULL) {
		law_fault_key(r, y, "a rule without \"source\" must say "
		    "\"unverified: true\"");
	}
	return g;
}

bool
law_none(struct law_reader *r, const struct yaml *y)
{
	bool none = false;

	if (y->kind != YAML_MAP || yaml_get(y, "none") == NULL)
		return false;
	if (law_flag(r, y, "none", &none) && !none)
		law_fault(r, yaml_get(y, "none"), "\"none\" can only be true");
	return true;
}

bool
law_gone(struct law_reader *r, const struct yaml *y, const char *words,
    bool there)
{
	(void)law_keys(r, y, words, true);
	if (!there)
		law_fault_key(r, y, "the version before has no such rule that "
		    "could be taken away");
	return there;
}

bool
law_twice(struct law_reader *r, const struct yaml *list,
    const struct yaml *item, const char *key, struct bytes text)
{
	const struct yaml *y, *is;

	for (y = list->first; y != item; y = y->next) {
		is = yaml_get(y, key);
		if (is == NULL || is->kind != YAML_SCALAR ||
		    !bytes_eq(is->text, text))
			continue;
		law_fault(r, yaml_get(item, key), "\"%s\" stands twice",
		    law_quoted(r, text));
		return true;
	}
	return false;
}
