#include "record/line.h"

#include <assert.h>
#include <string.h>

#include "base/quote.h"
#include "base/time.h"

/* Room for ,"name": of every artifact, copied whole: a copy of a length that
   the compiler knows is a few moves. */
#define KEY_ROOM	48

struct key {
	uint8_t text[KEY_ROOM];
	uint8_t n;		/* 0: not written */
	enum kind kind;
};

struct line {
	unsigned n;
	struct key keys[];
};

static void
key_make(struct key *key, const struct field *field)
{
	size_t n = strlen(field->name);

	assert(n + 4 <= KEY_ROOM);
	key->text[0] = ',';
	key->text[1] = '"';
	memcpy(key->text + 2, field->name, n);
	key->text[n + 2] = '"';
	key->text[n + 3] = ':';
	key->n = field->derived ? 0 : (uint8_t)(n + 4);
	key->kind = field->kind;
}

enum err
line_new(struct line **out, struct arena *arena, const struct field *fields,
    unsigned nfields)
{
	struct line *line;
	unsigned i;

	line = arena_alloc(arena, 1, sizeof(*line) +
	    nfields * sizeof(struct key));
	if (line == NULL)
		return ERR_MEMORY;
	line->n = nfields;
	for (i = 0; i < nfields; i++)
		key_make(&line->keys[i], &fields[i]);
	*out = line;
	return ERR_NONE;
}

/* Most fields of most records do. */
static inline bool
says_nothing(const struct val *v)
{
	if (v->type == VAL_UNSET)
		return true;
	if (v->type == VAL_INT || v->type == VAL_BOOL)
		return v->i == 0;
	switch (v->type) {
	case VAL_REAL:
		return v->r == 0.0;
	case VAL_TEXT:
	case VAL_BLOB:
	case VAL_JSON:
		return v->bytes.n == 0;
	case VAL_LIST:
		return v->n == 0;
	default:
		return false;
	}
}

/* A small number, as most are. */
static void
number_add(struct buf *to, uint64_t v)
{
	uint8_t digits[20];
	size_t at = sizeof(digits);
	uint8_t *p = buf_room(to, sizeof(digits));

	if (p == NULL)
		return;
	do {
		digits[--at] = (uint8_t)('0' + v % 10);
		v /= 10;
	} while (v > 0);
	while (at < sizeof(digits)) {
		*p++ = digits[at++];
		to->n++;
	}
}

static void
value_add(struct buf *to, enum kind kind, const struct val *v)
{
	if (v->type == VAL_TEXT) {
		quote_json(to, v->bytes);
	} else if (v->type == VAL_TIME) {
		buf_byte(to, '"');
		time_show(to, v->i);
		buf_byte(to, '"');
	} else if (v->type == VAL_BOOL) {
		buf_add(to, bytes_at("true", 4));
	} else if (v->type == VAL_INT && v->i > 0 && kind != KIND_MODE &&
	    kind != KIND_BOOL) {
		number_add(to, (uint64_t)v->i);
	} else {
		field_value_json(to, kind, v, 0);
	}
}

void
line_add(const struct line *line, struct buf *to, const struct val *v)
{
	size_t start = to->n;
	const struct key *key;
	uint8_t *p;
	unsigned i;

	for (i = 0; i < line->n; i++) {
		key = &line->keys[i];
		if (says_nothing(&v[i]) || key->n == 0)
			continue;
		p = buf_room(to, KEY_ROOM);
		if (p == NULL)
			return;
		memcpy(p, key->text, KEY_ROOM);
		to->n += key->n;
		value_add(to, key->kind, &v[i]);
	}
	if (to->n == start)
		buf_byte(to, '{');
	else
		to->p[start] = '{';
	buf_byte(to, '}');
}
