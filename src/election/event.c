#include "election/event.h"

#include "base/text.h"

static const struct { const char *word; enum event_kind kind; } words[] = {
	{ "annulled-round", EVENT_ANNULLED_ROUND },
	{ "annulled-all", EVENT_ANNULLED_ALL },
	{ "withdrawn", EVENT_WITHDRAWN },
	{ "died", EVENT_DIED },
};

#define NWORDS	(sizeof(words) / sizeof(words[0]))

static size_t
last_byte(struct bytes b, uint8_t what)
{
	size_t at = SIZE_MAX;
	size_t next = bytes_find_byte(b, what, 0);

	while (next != SIZE_MAX) {
		at = next;
		next = bytes_find_byte(b, what, at + 1);
	}
	return at;
}

static bool
find_word(struct bytes word, enum event_kind *kind)
{
	size_t i;

	for (i = 0; i < NWORDS; i++)
		if (text_same_as(word, words[i].word)) {
			*kind = words[i].kind;
			return true;
		}
	return false;
}

static bool
names_someone(enum event_kind kind)
{
	return kind == EVENT_WITHDRAWN || kind == EVENT_DIED;
}

static size_t
first_word(struct bytes text)
{
	size_t blank = bytes_find_byte(text, ' ', 0);

	return blank == SIZE_MAX ? text.n : blank;
}

/* NAME or NAME:DATE.  What begins as a date and is none is no part of a name:
   an event must not be lost for a slip of the pen. */
static bool
read_name(struct bytes rest, struct event *e)
{
	size_t colon = last_byte(rest, ':');
	struct bytes last = bytes_part(rest, colon == SIZE_MAX ? rest.n :
	    colon + 1, SIZE_MAX);
	int32_t date = date_read(last);

	if (date == DATE_UNSET && last.n > 0 && last.p[0] >= '0' &&
	    last.p[0] <= '9')
		return false;
	e->date = date;
	e->name = text_trim(date == DATE_UNSET ? rest :
	    bytes_part(rest, 0, colon));
	return e->name.n > 0 && !bytes_ends(e->name, ":");
}

bool
event_read(struct bytes text, struct event *to)
{
	struct event e = { EVENT_ANNULLED_ALL, { NULL, 0 }, DATE_UNSET };
	size_t colon = bytes_find_byte(text, ':', 0);
	struct bytes rest = bytes_part(text, text.n, 0);

	if (colon != SIZE_MAX)
		rest = bytes_part(text, colon + 1, SIZE_MAX);
	else
		colon = text.n;
	if (!find_word(bytes_part(text, 0, colon), &e.kind))
		return false;
	if (names_someone(e.kind)) {
		if (!read_name(rest, &e))
			return false;
	} else if (colon < text.n) {
		e.date = date_read(rest);
		if (e.date == DATE_UNSET)
			return false;
	}
	*to = e;
	return true;
}

/* What stands in brackets at the end of a name, and its first word. */
static bool
in_brackets(struct bytes text, size_t *open, struct bytes *inside,
    enum event_kind *kind)
{
	*open = last_byte(text, '(');
	if (*open == SIZE_MAX || !bytes_ends(text, ")"))
		return false;
	*inside = text_trim(bytes_part(text, *open + 1, text.n - *open - 2));
	return find_word(bytes_part(*inside, 0, first_word(*inside)), kind) &&
	    names_someone(*kind);
}

bool
event_of_name(struct bytes text, struct bytes *name, struct event *to)
{
	struct event e = { EVENT_WITHDRAWN, { NULL, 0 }, DATE_UNSET };
	struct bytes inside;
	size_t open, word;

	if (!in_brackets(text, &open, &inside, &e.kind))
		return false;
	word = first_word(inside);
	if (word < inside.n) {
		e.date = date_read(text_trim(bytes_part(inside, word,
		    SIZE_MAX)));
		if (e.date == DATE_UNSET)
			return false;
	}
	e.name = text_trim(bytes_part(text, 0, open));
	if (e.name.n == 0)
		return false;
	*name = e.name;
	*to = e;
	return true;
}

bool
event_meant(struct bytes text)
{
	enum event_kind kind;
	struct bytes inside;
	size_t open;

	return in_brackets(text, &open, &inside, &kind);
}
