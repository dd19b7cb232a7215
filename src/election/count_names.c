/*
 * Stations that would be counted twice, and are not seen by their bytes: one
 * that is written in two ways, one without a name that comes with two files, a
 * row that says it is a sum.  Each is a fault: nobody can tell a computer which
 * of the two is right.
 */
#include "election/count_inside.h"

#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/sort.h"
#include "base/text.h"
#include "election/names.h"

#define QUOTED		100	/* bytes of a name in a fault */
#define WHY_BYTES	1024
#define FOLDED		1024	/* bytes of a name that make its key */

struct suspect {		/* of equal keys, one may be the other */
	uint64_t key;
	uint32_t i;		/* a place, or a row */
};

struct suspects {
	struct buf items, room;	/* room: for a folded name */
	uint32_t n;
};

static void
add(struct suspects *s, uint64_t key, uint32_t above, uint32_t i)
{
	struct suspect one = { key + above * UINT64_C(0x9e3779b97f4a7c15), i };

	buf_add(&s->items, bytes_at(&one, sizeof(one)));
	s->n += !s->items.bad;
}

static void
add_name(struct suspects *s, struct bytes name, uint32_t above, uint32_t i)
{
	uint8_t *to;

	name = text_head(name, FOLDED);
	buf_reset(&s->room);
	to = buf_room(&s->room, NAMES_ROOM(name.n));
	if (to != NULL)
		add(s, hash_key(bytes_at(to, names_fold(name, to))), above, i);
}

static struct suspect
suspect_at(const struct suspects *s, uint32_t i)
{
	struct suspect one;

	memcpy(&one, &s->items.p[(size_t)i * sizeof(one)], sizeof(one));
	return one;
}

static int
by_key(const void *va, const void *vb)
{
	const struct suspect *a = va, *b = vb;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return (a->i > b->i) - (a->i < b->i);
}

struct pair {
	uint32_t i, before;
};

static int
by_last(const void *va, const void *vb)
{
	const struct pair *a = va, *b = vb;

	return (a->i > b->i) - (a->i < b->i);
}

/* Calls f for each with the one before of the same key; in the order of what
   was read, for keys differ from run to run. */
static bool
compare(struct count *c, struct suspects *s,
    void (*f)(struct count *, uint32_t before, uint32_t i))
{
	struct buf pairs = buf_with((size_t)s->n * sizeof(struct pair));
	bool good = !s->items.bad && !s->room.bad;
	struct suspect a = { 0 }, b;
	struct pair pair;
	uint32_t i, n = 0;

	if (good)
		sort_items(s->items.p, s->n, sizeof(a), by_key);
	for (i = 0; good && i < s->n; i++, a = b) {
		b = suspect_at(s, i);
		pair = (struct pair){ b.i, a.i };
		if (i == 0 || a.key != b.key)
			continue;
		buf_add(&pairs, bytes_at(&pair, sizeof(pair)));
		n++;
	}
	good = good && !pairs.bad;
	if (good)
		sort_items(pairs.p, n, sizeof(pair), by_last);
	for (i = 0; good && i < n && c->nfaults < COUNT_FAULTS; i++) {
		memcpy(&pair, &pairs.p[i * sizeof(pair)], sizeof(pair));
		f(c, pair.before, pair.i);
	}
	buf_free(&pairs);
	buf_free(&s->items);
	buf_free(&s->room);
	return good;
}

static void
tell(struct count *c, uint32_t row, const char *why, struct bytes name,
    const struct row *other)
{
	struct row r = rows_get(&c->rows, row);
	struct buf b = buf_with(WHY_BYTES);

	buf_text(&b, why);
	buf_text(&b, ": \"");
	text_escape(&b, text_head(name, QUOTED), TEXT_LOG);
	buf_byte(&b, '"');
	if (other != NULL)
		buf_printf(&b, " in line %llu",
		    (unsigned long long)other->line);
	if (other != NULL && other->file != r.file) {
		buf_text(&b, " of ");
		text_escape(&b, c->files[other->file].told.name, TEXT_LOG);
	}
	buf_byte(&b, '\0');
	count_fault(c, r.file, r.line, 1, b.bad ? why : (const char *)b.p);
	buf_free(&b);
}

/* --- regions and territories ---------------------------------------------- */

/* The first row of a place. */
static uint32_t
row_in(const struct count *c, uint32_t place)
{
	struct row row;
	uint32_t i;

	for (i = 0; i < c->rows.n; i++) {
		row = rows_get(&c->rows, i);
		if (row.node == place ||
		    places_get(&c->places, row.node).above == place)
			break;
	}
	return i;
}

static void
two_places(struct count *c, uint32_t before, uint32_t i)
{
	struct place a = places_get(&c->places, before);
	struct place b = places_get(&c->places, i);
	struct row other;
	uint32_t first = row_in(c, before), row = row_in(c, i);

	if (a.above != b.above || !names_alike(a.name, b.name) ||
	    first == c->rows.n || row == c->rows.n)
		return;
	other = rows_get(&c->rows, first);
	tell(c, row, b.above == PLACES_NONE ? "this region is written in "
	    "another way" : "this territory is written in another way", a.name,
	    &other);
}

static bool
check_places(struct count *c)
{
	struct suspects s = { .n = 0 };
	struct place place;
	uint32_t i, row;

	s.items = buf_with((size_t)c->places.n * sizeof(struct suspect));
	s.room = buf_with(NAMES_ROOM(FOLDED));
	for (i = 0; i < c->places.n; i++) {
		place = places_get(&c->places, i);
		add_name(&s, place.name, place.above, i);
		if (!names_is_total(place.name) || c->nfaults == COUNT_FAULTS)
			continue;
		row = row_in(c, i);
		if (row < c->rows.n)
			tell(c, row, "a row of sums, and no station",
			    place.name, NULL);
	}
	return compare(c, &s, two_places);
}

/* --- stations ------------------------------------------------------------- */

/* Where all names of a territory are one text and a number behind it, names
   that differ are not alike, and that is nearly everywhere. */
struct shape {
	struct bytes head;
	bool met, odd;
};

/* The name without its number; false if it has none, or one that begins with
   a zero. */
static bool
head_of(struct bytes name, struct bytes *head)
{
	size_t n = name.n;

	while (n > 0 && name.p[n - 1] >= '0' && name.p[n - 1] <= '9')
		n--;
	*head = bytes_part(name, 0, n);
	return n < name.n && (name.p[n] != '0' || n + 1 == name.n);
}

static void
look_at(struct count *c, struct shape *shape, const struct row *row,
    uint32_t i)
{
	struct bytes head;

	if (!head_of(row->name, &head)) {
		shape->odd = true;
		if (c->nfaults < COUNT_FAULTS && names_is_total(row->name))
			tell(c, i, "a row of sums, and no station", row->name,
			    NULL);
	} else if (!shape->met) {
		shape->head = head;
	} else {
		shape->odd = shape->odd || !bytes_eq(head, shape->head);
	}
	shape->met = true;
}

static void
two_stations(struct count *c, uint32_t before, uint32_t i)
{
	struct row a = rows_get(&c->rows, before), b = rows_get(&c->rows, i);

	/* The same bytes: versions, or told before. */
	if (a.node != b.node || a.district != b.district ||
	    bytes_eq(a.name, b.name) || !names_alike(a.name, b.name))
		return;
	tell(c, i, "this station stands twice, and is written in another way",
	    a.name, &a);
}

static void
two_nameless(struct count *c, uint32_t before, uint32_t i)
{
	int64_t va[FORM_LINES], vb[FORM_LINES];
	struct row a = rows_get(&c->rows, before), b = rows_get(&c->rows, i);
	struct place place = places_get(&c->places, b.node);

	if (place.name.n == 0)
		place = places_get(&c->places, place.above);
	rows_values(&a, va, c->form.n);
	rows_values(&b, vb, c->form.n);
	if (a.node != b.node || a.district != b.district ||
	    a.file == b.file || memcmp(va, vb, c->form.n * sizeof(va[0])) != 0)
		return;
	tell(c, i, "a row without the name of a station, and its numbers "
	    "stand there before", place.name, &a);
}

/* Of two files that name no station, one may be the other once more. */
static void
add_nameless(struct count *c, struct suspects *s, const struct row *row,
    uint32_t i)
{
	int64_t values[FORM_LINES];
	unsigned k;

	rows_values(row, values, c->form.n);
	for (k = 0; k < c->form.n && values[k] <= 0;)
		k++;
	if (k < c->form.n)
		add(s, hash_key(bytes_at(values, c->form.n *
		    sizeof(values[0]))), row->node, i);
}

static bool
check_stations(struct count *c)
{
	struct shape *shapes = arena_alloc(&c->arena, c->places.n + 1,
	    sizeof(*shapes));
	struct suspects named = { .n = 0 }, nameless = { .n = 0 };
	size_t most = (size_t)c->rows.n * sizeof(struct suspect);
	bool odd = false, good;
	struct row row;
	uint32_t i;

	if (shapes == NULL)
		return false;
	named.items = buf_with(most);
	nameless.items = buf_with(most);
	named.room = buf_with(NAMES_ROOM(FOLDED));
	for (i = 0; i < c->rows.n; i++) {
		row = rows_get(&c->rows, i);
		if (row.name.n > 0) {
			look_at(c, &shapes[row.node], &row, i);
			odd = odd || shapes[row.node].odd;
		} else if (c->nfiles > 1) {
			add_nameless(c, &nameless, &row, i);
		}
	}
	for (i = 0; odd && i < c->rows.n; i++) {
		row = rows_get(&c->rows, i);
		if (row.name.n > 0 && shapes[row.node].odd)
			add_name(&named, row.name, row.node, i);
	}
	good = compare(c, &named, two_stations);
	return compare(c, &nameless, two_nameless) && good;
}

bool
count_names(struct count *c)
{
	return check_places(c) && check_stations(c);
}
