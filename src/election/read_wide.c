/*
 * Results with a row for each station.  This is the path of every large
 * election: nothing is allocated for a row.
 */
#include "election/read_inside.h"

#include <assert.h>

// NOLINTNEXTLINE(misc-redundant-expression): that is what is asserted
static_assert(CSV_EMPTY == FORM_EMPTY, "a number that is not there");

#define DIGITS	18		/* that fit; leading zeros too */

struct wide {
	struct read *r;
	uint16_t columns[CSV_FIELDS];	/* of its numbers */
	int64_t found[CSV_FIELDS];
	int64_t values[FORM_LINES];
};

static int64_t
digits(struct bytes f)
{
	uint64_t value = 0, bad = 0;
	uint8_t d;
	size_t i;

	for (i = 0; i < f.n; i++) {
		d = (uint8_t)(f.p[i] - '0');
		bad |= d > 9;
		value = value * 10 + d;
	}
	return bad || value > (uint64_t)FORM_MOST ? READ_NO_NUMBER :
	    (int64_t)value;
}

int64_t
read_number(struct bytes f)
{
	if (f.n == 0)
		return FORM_EMPTY;
	return f.n > DIGITS ? READ_NO_NUMBER : digits(f);
}

/* Whether the numbers of a row can be used: all of them, or none is there. */
static bool
usable(struct wide *w)
{
	struct read *r = w->r;
	unsigned i, empty = 0;
	uint64_t bad = 0;

	for (i = 0; i < r->nnumbers; i++) {
		empty += w->found[i] == CSV_EMPTY;
		bad |= w->found[i] == CSV_NO_NUMBER || w->found[i] > FORM_MOST;
	}
	if (!bad && (empty == 0 || empty == r->nnumbers))
		return true;
	for (i = 0; i < r->nnumbers; i++) {
		if (w->found[i] == CSV_NO_NUMBER || w->found[i] > FORM_MOST) {
			read_fault_number(r, w->columns[i]);
		} else if (w->found[i] == CSV_EMPTY && empty > 0 &&
		    empty < r->nnumbers) {
			read_fault(r, w->columns[i], "an empty cell in a row "
			    "that has numbers", r->sink->form->lines[
			    r->numbers[i].line].key);
			empty = 0;	/* the first of the row is enough */
		}
	}
	return false;
}

static void
one_row(struct wide *w, struct protocol *p)
{
	struct read *r = w->r;
	unsigned i;

	if (r->places[COLUMN_CONTEST] >= 0 && !read_contest(r))
		return;
	if (csv_numbers(&r->row, w->columns, r->nnumbers, w->found) >
	    (uint64_t)FORM_MOST && !usable(w))
		return;
	for (i = 0; i < r->nnumbers; i++)
		w->values[r->numbers[i].line] = w->found[i];
	if (!read_place(r, p))
		return;
	p->line = r->row.line;
	r->stopped = !r->sink->protocol(r->sink->ctx, p);
	r->rows++;
}

void
read_wide(struct read *r)
{
	struct wide w = { .r = r };
	struct protocol p = { .values = w.values, .file = r->file,
	    .nvalues = r->sink->form->n };
	unsigned i;

	for (i = 0; i < FORM_LINES; i++)
		w.values[i] = FORM_EMPTY;
	for (i = 0; i < r->nnumbers; i++)
		w.columns[i] = (uint16_t)r->numbers[i].column;
	while (!r->stopped && csv_next(r->csv, &r->row) == CSV_ROW)
		one_row(&w, &p);
}
