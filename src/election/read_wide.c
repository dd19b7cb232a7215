/*
 * Results with a row for each station.  This is the path of every large
 * election: nothing is allocated for a row.
 */
#include "election/read_inside.h"

#include <assert.h>

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

/* Tells what is wrong with the numbers of a row. */
static void
tell(struct read *r, unsigned empty)
{
	const struct read_number *n;
	unsigned i;
	int64_t v;

	for (i = 0; i < r->nnumbers; i++) {
		n = &r->numbers[i];
		v = read_number(r->row.fields[n->column]);
		if (v == READ_NO_NUMBER)
			read_fault_number(r, n->column);
		else if (v == FORM_EMPTY && empty > 0 && empty < r->nnumbers) {
			read_fault(r, n->column, "an empty cell in a row that "
			    "has numbers", r->sink->form->lines[n->line].key);
			empty = 0;	/* the first of the row is enough */
		}
	}
}

static void
one_row(struct wide *w, struct protocol *p)
{
	struct read *r = w->r;
	unsigned i, n = r->nnumbers, empty = 0;
	uint64_t bad = 0;
	int64_t v;

	if (r->places[COLUMN_CONTEST] >= 0 && !read_contest(r))
		return;
	csv_numbers(&r->row, w->columns, n, w->found);
	for (i = 0; i < n; i++) {
		v = w->found[i];
		empty += v == CSV_EMPTY;
		bad |= v == CSV_NO_NUMBER || v > FORM_MOST;
		w->values[r->numbers[i].line] = v;
	}
	if (bad || (empty > 0 && empty < n)) {
		tell(r, empty);
		return;
	}
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
