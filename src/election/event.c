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

/* NAME or NAME:DATE. */
static bool
read_name(struct bytes rest, struct event *e)
{
	size_t colon = last_byte(rest, ':');
	int32_t date = DATE_UNSET;

	if (colon != SIZE_MAX)
		date = date_read(bytes_part(rest, colon + 1, SIZE_MAX));
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

bool
event_of_name(struct bytes text, struct bytes *name, struct event *to)
{
	struct event e = { EVENT_WITHDRAWN, { NULL, 0 }, DATE_UNSET };
	size_t open = last_byte(text, '(');
	struct bytes inside;
	size_t blank;

	if (open == SIZE_MAX || !bytes_ends(text, ")"))
		return false;
	inside = text_trim(bytes_part(text, open + 1, text.n - open - 2));
	blank = bytes_find_byte(inside, ' ', 0);
	if (blank == SIZE_MAX)
		blank = inside.n;
	if (!find_word(bytes_part(inside, 0, blank), &e.kind) ||
	    !names_someone(e.kind))
		return false;
	if (blank < inside.n) {
		e.date = date_read(text_trim(bytes_part(inside, blank,
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
