/*
 * Results with a row for each number: a line or a candidate and its value, the
 * station's other numbers perhaps repeated in each row.
 *
 * The rows of a station need not stand together (a table that was "melted" has
 * all of the first line's first), so stations are held until the end, each with
 * at most 400 bytes; LONG_BYTES is enough for 150,000 of them.  Larger
 * elections come as wide tables.
 */
#include "election/read_inside.h"

#include "base/hash.h"
#include "base/limits.h"

#define LONG_BYTES	(64 * MIB)
#define CHUNK		1024	/* stations that are allocated at a time */
#define CHUNKS		1024
#define KEYS		(2 * FORM_LINES)	/* spellings of keys */
#define ROOM		8	/* lines, or a multiple; then twice as many */

struct station {
	struct bytes region, district, territory, name, version, reason;
	uint64_t line;
	int32_t *values;
	uint16_t room;		/* for so many lines */
};

struct key {
	struct bytes text;
	int line;		/* or -1: not counted */
};

struct table {
	struct read *r;
	struct arena arena;
	struct station *chunks[CHUNKS];
	uint32_t n;
	uint32_t last;		/* the station of the row before */
	uint32_t *slots;	/* number + 1; 0: free */
	uint32_t nslots;	/* a power of two */
	struct key keys[KEYS];
	unsigned nkeys, key;	/* key: of the row before */
};

static struct station *
station(const struct table *t, uint32_t i)
{
	return &t->chunks[i / CHUNK][i % CHUNK];
}

static bool
same(const struct station *s, const struct protocol *p)
{
	return bytes_eq(s->name, p->station) &&
	    bytes_eq(s->territory, p->territory) &&
	    bytes_eq(s->region, p->region) &&
	    bytes_eq(s->district, p->district) &&
	    bytes_eq(s->version, p->version);
}

static uint32_t
slot_of(const struct table *t, struct bytes name, struct bytes territory,
    struct bytes region)
{
	return (uint32_t)(hash_key(name) + 3 * hash_key(territory) +
	    5 * hash_key(region)) & (t->nslots - 1);
}

static void
put_slot(struct table *t, uint32_t i)
{
	const struct station *s = station(t, i);
	uint32_t at = slot_of(t, s->name, s->territory, s->region);

	while (t->slots[at] != 0)
		at = (at + 1) & (t->nslots - 1);
	t->slots[at] = i + 1;
}

static bool
grow(struct table *t)
{
	uint32_t n = t->nslots == 0 ? 4 * CHUNK : 2 * t->nslots, i;
	uint32_t *slots = arena_alloc(&t->arena, n, sizeof(*slots));

	if (slots == NULL)
		return false;
	t->slots = slots;
	t->nslots = n;
	for (i = 0; i < t->n; i++)
		put_slot(t, i);
	return true;
}

/* A copy; names of the station before are used again. */
static struct bytes
keep(struct table *t, struct bytes text, struct bytes before)
{
	return bytes_eq(text, before) ? before : arena_copy(&t->arena, text);
}

static struct station *
add(struct table *t, const struct protocol *p)
{
	struct station empty = { .line = 0 };
	const struct station *b = t->n == 0 ? &empty : station(t, t->n - 1);
	struct station *s;

	if (t->n == CHUNK * CHUNKS ||
	    (2 * (uint64_t)t->n >= t->nslots && !grow(t)))
		return NULL;
	if (t->n % CHUNK == 0)
		t->chunks[t->n / CHUNK] = arena_alloc(&t->arena, CHUNK,
		    sizeof(*s));
	if (t->arena.bad)
		return NULL;
	s = station(t, t->n);
	s->region = keep(t, p->region, b->region);
	s->district = keep(t, p->district, b->district);
	s->territory = keep(t, p->territory, b->territory);
	s->name = arena_copy(&t->arena, p->station);
	s->version = keep(t, p->version, b->version);
	s->reason = keep(t, p->reason, b->reason);
	s->line = t->r->row.line;
	put_slot(t, t->n);
	t->last = t->n++;
	return t->arena.bad ? NULL : s;
}

/* The station of the row: most often that of the row before, or the next. */
static struct station *
find(struct table *t, const struct protocol *p)
{
	uint32_t at, i;

	if (t->n > 0 && same(station(t, t->last), p))
		return station(t, t->last);
	if (t->last + 1 < t->n && same(station(t, t->last + 1), p))
		return station(t, ++t->last);
	if (t->n > 0) {
		at = slot_of(t, p->station, p->territory, p->region);
		for (; (i = t->slots[at]) != 0; at = (at + 1) &
		    (t->nslots - 1)) {
			if (!same(station(t, i - 1), p))
				continue;
			t->last = i - 1;
			return station(t, i - 1);
		}
	}
	return add(t, p);
}

static bool
make_room(struct table *t, struct station *s, unsigned lines)
{
	unsigned room = s->room, i;
	int32_t *values;

	if (room == 0)		/* most have what those before them had */
		room = (t->nkeys + ROOM - 1) / ROOM * ROOM;
	while (room < lines)
		room *= 2;
	values = arena_alloc(&t->arena, room, sizeof(*values));
	if (values == NULL)
		return false;
	for (i = 0; i < room; i++)
		values[i] = i < s->room ? s->values[i] : FORM_EMPTY;
	s->values = values;
	s->room = (uint16_t)room;
	return true;
}

/* repeated: every row of the station may have it. */
static void
set(struct table *t, struct station *s, unsigned column, int line,
    bool repeated)
{
	struct read *r = t->r;
	int64_t v = read_number(r->row.fields[column]);
	struct bytes key = r->sink->form->lines[line].key;

	if (v == READ_NO_NUMBER) {
		read_fault_number(r, column);
		return;
	}
	if ((unsigned)line >= s->room &&
	    !make_room(t, s, (unsigned)line + 1))
		return;
	if (s->values[line] == FORM_EMPTY)
		s->values[line] = (int32_t)v;
	else if (!repeated)
		read_fault(r, column, "a second number of a station", key);
	else if (s->values[line] != v)
		read_fault(r, column, "not the number that the station has in "
		    "other rows", key);
}

/* What a key is that was not met before. */
static int
new_key(struct table *t, unsigned column, struct bytes text)
{
	struct read *r = t->r;
	struct key *k = &t->keys[t->nkeys];
	enum column_is is;
	struct bytes key;

	if (t->nkeys == KEYS) {
		read_fault(r, column, "too many lines in one protocol", text);
		r->stopped = true;
		return -1;
	}
	k->text = arena_copy(&t->arena, text);
	k->line = -1;
	t->key = t->nkeys++;
	is = profile_row(r->profile, text, &key);
	if (is == COLUMN_LINE || is == COLUMN_CANDIDATE ||
	    is == COLUMN_OTHER)
		k->line = read_line(r, column, is, key, text);
	else if (is != COLUMN_IGNORED)
		read_fault(r, column, "a line that the profile does not know",
		    text);
	if (k->line >= 0)
		r->seen[k->line] = true;
	return k->line;
}

static int
key_line(struct table *t, unsigned column)
{
	struct bytes text = t->r->row.fields[column];
	unsigned i, at;

	for (i = 0, at = t->key; i < t->nkeys; i++, at++) {
		at = at < t->nkeys ? at : 0;
		if (!bytes_eq(t->keys[at].text, text))
			continue;
		t->key = at;
		return t->keys[at].line;
	}
	return new_key(t, column, text);
}

/* The number itself: named by the key, or, if that is empty, by the contest
   ("Registered voters", as some write it); of others only those wanted. */
static bool
number_of(struct table *t, unsigned *column)
{
	struct read *r = t->r;
	int contest = r->places[COLUMN_CONTEST];
	struct bytes key;

	*column = (unsigned)r->places[COLUMN_KEY];
	if (contest < 0)
		return true;
	if (r->row.fields[*column].n == 0 && profile_column(r->profile,
	    r->row.fields[contest], &key) == COLUMN_LINE) {
		*column = (unsigned)contest;
		return true;
	}
	return read_contest(r);
}

static void
one_row(struct table *t)
{
	struct read *r = t->r;
	struct protocol p = { .file = r->file };
	struct station *s;
	unsigned i, column;
	int line;

	if (!number_of(t, &column) || !read_place(r, &p))
		return;
	line = key_line(t, column);
	s = line < 0 ? NULL : find(t, &p);
	if (s == NULL)
		return;
	set(t, s, (unsigned)r->places[COLUMN_VALUE], line, false);
	for (i = 0; i < r->nnumbers; i++)
		set(t, s, r->numbers[i].column, (int)r->numbers[i].line, true);
}

/* Its values; false and a fault if some of the file's lines are not there. */
static bool
values_of(struct table *t, const struct station *s, int64_t *values)
{
	struct read *r = t->r;
	const struct form *form = r->sink->form;
	unsigned i, have = 0, lack = 0, first = 0;

	for (i = 0; i < form->n; i++) {
		values[i] = i < s->room ? s->values[i] : FORM_EMPTY;
		if (values[i] != FORM_EMPTY)
			have++;
		else if (r->seen[i] && lack++ == 0)
			first = i;
	}
	if (have == 0 || lack == 0)
		return true;
	read_fault_at(r, s->line, 0, "the station that begins here lacks a "
	    "number", form->lines[first].key);
	return false;
}

static void
pass_on(struct table *t)
{
	struct read *r = t->r;
	int64_t values[FORM_LINES];
	struct protocol p = { .values = values, .file = r->file,
	    .nvalues = r->sink->form->n };
	const struct station *s;
	uint32_t i;

	for (i = 0; i < t->n && !r->stopped; i++) {
		s = station(t, i);
		p.region = s->region;
		p.district = s->district;
		p.territory = s->territory;
		p.station = s->name;
		p.version = s->version;
		p.reason = s->reason;
		p.line = s->line;
		if (!values_of(t, s, values))
			continue;
		r->stopped = !r->sink->protocol(r->sink->ctx, &p);
		r->rows++;
	}
}

void
read_long(struct read *r)
{
	struct table *t = arena_alloc(r->arena, 1, sizeof(*t));
	struct bytes lacks;

	if (t == NULL) {
		read_fault_at(r, 1, 0, "no memory", bytes_at(NULL, 0));
		return;
	}
	t->r = r;
	t->arena = arena_with(LONG_BYTES);
	while (!r->stopped && !t->arena.bad &&
	    csv_next(r->csv, &r->row) == CSV_ROW)
		one_row(t);
	if (t->arena.bad) {
		read_fault(r, 0, "too many stations for a file with a row for "
		    "each number; a wide one may have more",
		    bytes_at(NULL, 0));
		r->stopped = true;
	}
	if (!r->stopped && csv_fault(r->csv).why == NULL) {
		read_candidates(r);
		lacks = profile_lacks(r->profile, r->sink->form);
		if (lacks.n > 0)
			read_fault_at(r, 1, 0, "a line is missing", lacks);
		pass_on(t);
	}
	arena_free(&t->arena);
}
