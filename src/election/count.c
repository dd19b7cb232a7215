#include "election/count_inside.h"

#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "base/text.h"

struct count *
count_new(const struct count_setup *setup)
{
	struct arena arena = arena_with(COUNT_BYTES);
	struct count *c = arena_alloc(&arena, 1, sizeof(*c));

	if (c == NULL) {
		arena_free(&arena);
		return NULL;
	}
	c->setup = *setup;
	c->arena = arena;
	c->form.arena = &c->arena;
	c->rows = rows_with(COUNT_STATIONS, COUNT_BYTES);
	c->places = places_with(&c->arena, COUNT_STATIONS);
	c->words = places_with(&c->arena, COUNT_STATIONS);
	c->registered = buf_with(COUNT_STATIONS * sizeof(int32_t));
	return c;
}

void
count_free(struct count *c)
{
	struct arena arena;

	if (c == NULL)
		return;
	rows_free(&c->rows);
	places_free(&c->places);
	places_free(&c->words);
	buf_free(&c->registered);
	arena = c->arena;
	arena_free(&arena);
}

void
count_fault(struct count *c, uint32_t file, uint64_t line, uint32_t column,
    const char *why)
{
	struct tally_fault *f;

	c->faults_in_all++;
	if (c->nfaults == COUNT_FAULTS)
		return;
	f = &c->faults[c->nfaults++];
	f->file = file;
	f->line = line;
	f->column = column;
	f->why = arena_copy(&c->arena, bytes_of(why));
}

struct bytes
count_word(const struct count *c, uint32_t i)
{
	return i == PLACES_NONE ? bytes_of("") :
	    places_get(&c->words, i).name;
}

/* --- protocols ------------------------------------------------------------ */

static uint32_t
word(struct count *c, struct bytes text)
{
	return text.n == 0 ? PLACES_NONE :
	    places_number(&c->words, PLACES_NONE, text, true);
}

static bool
place(struct count *c, struct bytes region, struct bytes territory, bool add,
    uint32_t *node)
{
	uint32_t above = places_number(&c->places, PLACES_NONE, region, add);

	*node = above == PLACES_NONE ? PLACES_NONE :
	    places_number(&c->places, above, territory, add);
	return *node != PLACES_NONE;
}

/* Whether two rows of one node and name are of one station: the districts may
   tell them apart, and so do the files of rows that name no station. */
static bool
same_station(const struct row *a, const struct row *b)
{
	if (a->name.n == 0 && a->file != b->file)
		return false;
	return a->district == b->district;
}

/* Whether it comes after all rows of its territory, which came in order: then
   it is new, and nothing has to be looked up.  Published results are in order,
   nearly all. */
static bool
in_order(const struct count *c, const struct row *row)
{
	uint32_t last = rows_last(&c->rows, row->node);

	return !rows_indexed(&c->rows, row->node) && (last == ROWS_NONE ||
	    places_order(rows_name(&c->rows, last), row->name) < 0);
}

/* Looks for the same protocol; false if this row may not be added. */
static bool
is_new(struct count *c, const struct row *row, uint32_t column)
{
	char why[160];
	uint32_t i = ROWS_NONE;
	struct rows_probe probe;
	unsigned versions = 0, same = 0;
	struct row other;

	if (in_order(c, row))
		return true;
	if (!rows_index(&c->rows, row->node))
		return false;
	while ((i = rows_find(&c->rows, row->node, row->name, i, &probe)) !=
	    ROWS_NONE) {
		other = rows_get(&c->rows, i);
		if (++same == COUNT_SAME) {
			count_fault(c, row->file, row->line, column,
			    "too many stations of one name in one territory");
			return false;
		}
		if (!same_station(row, &other))
			continue;
		if (other.version == row->version) {
			(void)snprintf(why, sizeof(why), "this station stands "
			    "twice: also in line %llu of file %u",
			    (unsigned long long)other.line, other.file + 1);
			count_fault(c, row->file, row->line, column, why);
			return false;
		}
		c->versions = true;
		if (++versions == COUNT_VERSIONS) {
			count_fault(c, row->file, row->line, column,
			    "too many versions of one protocol");
			return false;
		}
	}
	return true;
}

static bool
on_protocol(void *ctx, const struct protocol *p)
{
	struct count *c = ctx;
	struct row row = { .file = p->file, .line = p->line,
	    .name = p->station, .nvalues = p->nvalues };

	if (!place(c, p->region, p->territory, true, &row.node))
		return false;
	row.district = word(c, p->district);
	row.version = word(c, p->version);
	row.reason = word(c, p->reason);
	/* A file that comes twice has a fault in every row. */
	if (!is_new(c, &row, 1))
		return !c->rows.bad && c->faults_in_all < COUNT_ENOUGH;
	return rows_add(&c->rows, &row, p->values) != ROWS_NONE &&
	    !c->words.bad;
}

static void
on_fault(void *ctx, unsigned file, uint64_t line, uint32_t column,
    const char *why)
{
	count_fault(ctx, file, line, column, why);
}

struct form_sink
count_sink(struct count *c)
{
	struct form_sink sink = { &c->form, on_protocol, on_fault, c };

	return sink;
}

void
count_file(struct count *c, struct bytes name, const struct profile *profile,
    struct bytes format, uint64_t protocols)
{
	struct count_file *f;

	if (c->nfiles == COUNT_FILES) {
		count_fault(c, COUNT_FILES - 1, 0, 0, "too many files");
		return;
	}
	f = &c->files[c->nfiles++];
	f->profile = profile;
	f->told.name = arena_copy(&c->arena, name);
	f->told.format = arena_copy(&c->arena, format);
	f->told.profile = profile == NULL ? bytes_of("") :
	    arena_copy(&c->arena, profile_name(profile));
	f->told.protocols = protocols;
}

/* --- lists ---------------------------------------------------------------- */

/* The rows that a list's line names; none: ROWS_NONE.  Calls f for each. */
static unsigned
named(struct count *c, const struct count_listed *l,
    void (*f)(struct count *, const struct count_listed *, uint32_t row))
{
	uint32_t node, i = ROWS_NONE, district;
	struct rows_probe probe;
	unsigned n = 0;
	struct row row;

	if (!place(c, l->region, l->territory, false, &node) ||
	    !rows_index(&c->rows, node))
		return 0;
	district = l->district.n == 0 ? PLACES_NONE :
	    places_number(&c->words, PLACES_NONE, l->district, false);
	while ((i = rows_find(&c->rows, node, l->station, i, &probe)) !=
	    ROWS_NONE) {
		row = rows_get(&c->rows, i);
		if (l->district.n > 0 && row.district != district)
			continue;
		f(c, l, i);
		n++;
	}
	return n;
}

static void
set_registered(struct count *c, uint32_t row, int64_t registered)
{
	int32_t none = -1, v = (int32_t)registered;
	size_t at = (size_t)row * sizeof(v);

	while (c->registered.n <= at && !c->registered.bad)
		buf_add(&c->registered, bytes_at(&none, sizeof(none)));
	if (!c->registered.bad)
		memcpy(&c->registered.p[at], &v, sizeof(v));
}

static void
expect(struct count *c, const struct count_listed *l, uint32_t row)
{
	if ((rows_mark(&c->rows, row) & ROW_LISTED) != 0)
		count_fault(c, l->file, l->line, 1,
		    "this station is listed twice");
	rows_set_mark(&c->rows, row, ROW_LISTED);
	set_registered(c, row, l->registered);
}

void
count_expect(struct count *c, const struct count_listed *l)
{
	struct row row = { .file = l->file, .line = l->line,
	    .name = l->station, .version = PLACES_NONE,
	    .reason = PLACES_NONE };
	uint32_t i;

	c->listed = true;
	if (named(c, l, expect) > 0)
		return;
	/* A station from which nothing came: a row without numbers. */
	if (!place(c, l->region, l->territory, true, &row.node))
		return;
	row.district = word(c, l->district);
	i = rows_add(&c->rows, &row, NULL);
	if (i != ROWS_NONE)
		expect(c, l, i);
}

static void
annul(struct count *c, const struct count_listed *l, uint32_t row)
{
	if ((rows_mark(&c->rows, row) & ROW_ANNULLED) != 0)
		return;
	rows_set_mark(&c->rows, row, ROW_ANNULLED);
	if (c->nannulled == COUNT_TOLD)
		return;
	c->annulled_rows[c->nannulled] = row;
	c->annulled[c->nannulled++].reason = arena_copy(&c->arena, l->reason);
}

void
count_annul(struct count *c, const struct count_listed *l)
{
	struct tally_station *s;
	struct buf name = buf_with(4096);

	if (named(c, l, annul) > 0)
		return;
	if (c->nunmet == COUNT_TOLD) {
		count_fault(c, l->file, l->line, 1,
		    "too many annulled stations that are not in the results");
		return;
	}
	buf_add(&name, text_head(l->region, 1000));
	buf_text(&name, " / ");
	buf_add(&name, text_head(l->territory, 1000));
	buf_text(&name, " / ");
	buf_add(&name, text_head(l->station, 1000));
	s = &c->unmet[c->nunmet++];
	s->file = l->file;
	s->line = l->line;
	s->name = arena_copy(&c->arena, buf_bytes(&name));
	s->district = arena_copy(&c->arena, l->district);
	buf_free(&name);
}
