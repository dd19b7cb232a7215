/*
 * Relations bound to a form: two flat sums over the values of a protocol.
 */
#include "election/relation_inside.h"

#include <inttypes.h>

#define PLAN_LINES	1024	/* 64 terms may name all candidates each */

struct lists {
	uint8_t plus[PLAN_LINES], minus[PLAN_LINES];
	unsigned nplus, nminus;
	int64_t constant;
	bool full;
};

static void
put(struct lists *l, unsigned line, bool minus)
{
	unsigned *n = minus ? &l->nminus : &l->nplus;

	if (*n == PLAN_LINES) {
		l->full = true;
		return;
	}
	(minus ? l->minus : l->plus)[(*n)++] = (uint8_t)line;
}

/* Whether a candidate's line belongs to the term. */
static bool
wanted(const struct relation_term *t, const struct form_line *line)
{
	return line->candidate && (t->what == RELATION_VOTES ||
	    (t->what == RELATION_CANDIDATES && !line->against_all));
}

static bool
put_term(struct lists *l, const struct relation_term *t, bool minus,
    const struct form *form, struct bytes *missing)
{
	int line;
	unsigned i, before = l->nplus + l->nminus;

	if (t->what == RELATION_NUMBER) {
		l->constant += minus ? -t->number : t->number;
		return true;
	}
	if (t->what == RELATION_LINE) {
		line = form_find(form, t->key);
		if (line >= 0)
			put(l, (unsigned)line, minus);
	} else {
		for (i = 0; i < form->n; i++)
			if (wanted(t, &form->lines[i]))
				put(l, i, minus);
	}
	if (l->nplus + l->nminus == before)
		*missing = t->key;
	return l->nplus + l->nminus > before && !l->full;
}

/* Which of "less", "equal" and "more" fulfil a comparison: bits 0, 1, 2. */
static uint8_t
fulfil(enum relation_compare compare)
{
	static const uint8_t bits[] = {
		[RELATION_NONE] = 7, [RELATION_EQ] = 2, [RELATION_NE] = 5,
		[RELATION_LE] = 3, [RELATION_GE] = 6, [RELATION_LT] = 1,
		[RELATION_GT] = 4
	};

	return bits[compare];
}

static const struct relation_plan *
bind_one(const struct relation *r, const struct form *form,
    struct arena *arena, struct bytes *missing)
{
	struct lists l = { .nplus = 0 };
	struct relation_plan *plan;
	uint8_t *lines;
	unsigned i;

	for (i = 0; i < r->n; i++)
		if (!put_term(&l, &r->terms[i],
		    r->terms[i].minus != (i >= r->left), form, missing))
			return NULL;
	plan = arena_alloc(arena, 1, sizeof(*plan));
	lines = arena_alloc(arena, l.nplus + l.nminus + 1, 1);
	if (plan == NULL || lines == NULL)
		return NULL;
	memcpy(lines, l.plus, l.nplus);
	memcpy(lines + l.nplus, l.minus, l.nminus);
	*plan = (struct relation_plan){ .relation = r,
	    .fulfil = fulfil(r->compare), .constant = l.constant,
	    .plus = l.nplus, .n = l.nplus + l.nminus, .lines = lines };
	return plan;
}

const struct relation_plan *
relation_bind(const struct relation *r, const struct form *form,
    struct arena *arena, struct bytes *missing)
{
	const struct relation_plan *plan = bind_one(r, form, arena, missing);
	struct bytes ignored;

	for (r = r->next; r != NULL && plan == NULL; r = r->next)
		plan = bind_one(r, form, arena, &ignored);
	if (plan != NULL)
		*missing = bytes_of("");
	return plan;
}

/* The sum; *empty if one of the values is FORM_EMPTY: of all values, only
   that is negative. */
static inline int64_t
sum(const struct relation_plan *p, const int64_t *values, bool *empty)
{
	int64_t total = p->constant, any = 0, v;
	const uint8_t *lines = p->lines;
	unsigned i;

	for (i = 0; i < p->plus; i++) {
		v = values[lines[i]];
		any |= v;
		total += v;
	}
	for (; i < p->n; i++) {
		v = values[lines[i]];
		any |= v;
		total -= v;
	}
	*empty = any < 0;
	return total;
}

/* Whether such an excess is what the comparison asks for. */
static inline bool
fulfilled(const struct relation_plan *p, int64_t excess)
{
	return p->fulfil >> (1 + (excess > 0) - (excess < 0)) & 1;
}

bool
relation_holds(const struct relation_plan *p, const int64_t *values,
    int64_t *excess, bool *empty)
{
	*excess = sum(p, values, empty);
	return !*empty && fulfilled(p, *excess);
}

bool
relation_all_hold(const struct relation_plan *const *p, unsigned n,
    const int64_t *values)
{
	bool good = true, empty;
	unsigned i;

	for (i = 0; i < n && good; i++)
		good = fulfilled(p[i], sum(p[i], values, &empty)) && !empty;
	return good;
}

int64_t
relation_value(const struct relation_plan *p, const int64_t *values)
{
	bool empty;
	int64_t total = sum(p, values, &empty);

	return empty ? FORM_EMPTY : total;
}

/* A term's own value, without its sign. */
static int64_t
term_value(const struct relation_term *t, const struct form *form,
    const int64_t *values, bool *empty)
{
	int64_t total = 0;
	int line;
	unsigned i;

	if (t->what == RELATION_NUMBER)
		return t->number;
	if (t->what == RELATION_LINE) {
		line = form_find(form, t->key);
		*empty = line < 0 || values[line] < 0;
		return *empty ? 0 : values[line];
	}
	for (i = 0; i < form->n; i++)
		if (wanted(t, &form->lines[i])) {
			*empty |= values[i] < 0;
			total += values[i];
		}
	return total;
}

/* Terms [from, to) with their numbers; gives their sum. */
static int64_t
explain_side(const struct relation *r, unsigned from, unsigned to,
    const struct form *form, const int64_t *values, struct buf *b)
{
	const struct relation_term *t;
	int64_t total = 0, value;
	unsigned i;
	bool empty;

	for (i = from; i < to; i++) {
		t = &r->terms[i];
		empty = false;
		value = term_value(t, form, values, &empty);
		total += t->minus ? -value : value;
		if (i > from)
			buf_text(b, t->minus ? " - " : " + ");
		else if (t->minus)
			buf_byte(b, '-');
		buf_add(b, t->key);
		if (t->what == RELATION_NUMBER)
			buf_int(b, value);
		else if (empty)
			buf_text(b, " (empty)");
		else
			buf_printf(b, " (%" PRId64 ")", value);
	}
	return total;
}

void
relation_explain(const struct relation_plan *p, const struct form *form,
    const int64_t *values, struct buf *b)
{
	static const char *const signs[] = { "", " = ", " <> ", " <= ", " >= ",
	    " < ", " > " };
	static const char *const against[] = { "", "is not", "is",
	    "is more than", "is less than", "is not less than",
	    "is not more than" };
	const struct relation *r = p->relation;
	int64_t left, right, excess;
	bool empty, holds;

	left = explain_side(r, 0, r->left, form, values, b);
	if (r->compare == RELATION_NONE)
		return;
	buf_text(b, signs[r->compare]);
	right = explain_side(r, r->left, r->n, form, values, b);
	holds = relation_holds(p, values, &excess, &empty);
	if (!holds && !empty)
		buf_printf(b, ": %" PRId64 " %s %" PRId64, left,
		    against[r->compare], right);
}
