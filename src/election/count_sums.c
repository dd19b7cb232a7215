/*
 * Rows of sums among the rows of stations: whoever counts them has a country
 * of twice its size.  Tables from offices often have them, and not always under
 * a name that says so (names_is_total).
 *
 * A row that has, in every line, the sums of all others of its territory, its
 * region or the country is no station.  Not found: a sum over something else (a
 * district, half of a region), and one that does not add up.
 */
#include "election/count_inside.h"

#include <string.h>

#define LEAST	200	/* all numbers of the row together: two stations of
			   three voters each may well add up to a third */

/* The row with the largest number in the first line, of those that are counted:
   no other can be the sum of the rest. */
struct largest {
	uint32_t row;		/* ROWS_NONE: there is none */
	uint32_t node;		/* its territory */
	int64_t value;
	bool nameless;
};

struct sums {
	struct count *c;
	struct largest *of;	/* by node */
	uint32_t *first, *next;	/* the counted rows of a territory: by node, by
				   row; the number + 1, or 0 */
};

static void
keep_larger(struct largest *to, const struct largest *l)
{
	if (l->row != ROWS_NONE && (to->row == ROWS_NONE ||
	    l->value > to->value || (l->value == to->value && l->nameless &&
	    !to->nameless)))
		*to = *l;
}

static bool
prepare(struct sums *s)
{
	struct count *c = s->c;
	struct largest l = { .row = ROWS_NONE };
	struct row row;
	uint32_t i;

	s->of = arena_alloc(&c->arena, c->nnodes, sizeof(*s->of));
	s->first = arena_alloc(&c->arena, c->nnodes, sizeof(*s->first));
	s->next = arena_alloc(&c->arena, c->rows.n + 1, sizeof(*s->next));
	if (s->of == NULL || s->first == NULL || s->next == NULL)
		return false;
	for (i = 0; i < c->nnodes; i++)
		s->of[i] = l;
	for (i = 0; i < c->rows.n; i++) {
		if ((rows_mark(&c->rows, i) & ROW_COUNTED) == 0)
			continue;
		row = rows_get(&c->rows, i);
		l.row = i;
		l.node = c->node_of[row.node];
		l.nameless = row.name.n == 0;
		rows_values(&row, &l.value, 1);
		keep_larger(&s->of[l.node], &l);
		s->next[i] = s->first[l.node];
		s->first[l.node] = i + 1;
	}
	return true;
}

/* Whether the values are half of the node's sums, line by line. */
static bool
is_half(const struct count *c, const struct tally_node *node,
    const int64_t *values)
{
	uint64_t all = 0, v;
	unsigned k;

	for (k = 0; k < c->form.n; k++) {
		v = values[k] > 0 ? (uint64_t)values[k] : 0;
		if (2 * v != node->sums[k])
			return false;
		all += v;
	}
	return all >= LEAST;
}

static bool
is_nothing(const struct count *c, uint32_t i)
{
	int64_t values[FORM_LINES];
	struct row row = rows_get(&c->rows, i);
	unsigned k;

	rows_values(&row, values, c->form.n);
	for (k = 0; k < c->form.n && values[k] <= 0;)
		k++;
	return k == c->form.n;
}

/* Whether row i is the sum of more than one, or has no name where the one other
   has: of two stations alike, each is the half. */
static bool
is_sum(const struct sums *s, uint32_t node, uint32_t i)
{
	const struct count *c = s->c;
	uint32_t at = node, k, others = 0, other = 0;

	do {
		for (k = s->first[at]; k != 0 && others < 2;
		    k = s->next[k - 1])
			if (k - 1 != i && !is_nothing(c, k - 1)) {
				others++;
				other = k - 1;
			}
	} while (others < 2 && ++at < c->nnodes &&
	    (node == 0 || c->nodes[at].parent == node));
	return others > 1 || (others == 1 && rows_name(&c->rows, i).n == 0 &&
	    rows_name(&c->rows, other).n > 0);
}

/* What was found is taken out, so that a sum of the same above it is seen; the
   sums are of no use any more. */
static void
take_out(struct count *c, const struct largest *l, const int64_t *values)
{
	uint32_t node = l->node;
	unsigned k;

	for (;; node = c->nodes[node].parent) {
		for (k = 0; k < c->form.n; k++)
			if (values[k] > 0)
				c->sums[(size_t)node * c->form.n + k] -=
				    (uint64_t)values[k];
		if (node == 0)
			break;
	}
}

static bool
found(struct sums *s, uint32_t node)
{
	static const char *const why[] = {
		[TALLY_COUNTRY] = "this row has the sums of all others: it is "
		    "no station",
		[TALLY_REGION] = "this row has the sums of all others of its "
		    "region: it is no station",
		[TALLY_TERRITORY] = "this row has the sums of all others of "
		    "its territory: it is no station" };
	struct count *c = s->c;
	const struct largest *l = &s->of[node];
	int64_t values[FORM_LINES];
	struct row row;

	if (l->row == ROWS_NONE)
		return false;
	row = rows_get(&c->rows, l->row);
	rows_values(&row, values, c->form.n);
	if (!is_half(c, &c->nodes[node], values) || !is_sum(s, node, l->row))
		return false;
	count_fault(c, row.file, row.line, 1, why[c->nodes[node].level]);
	take_out(c, l, values);
	return true;
}

bool
count_sums(struct count *c)
{
	struct sums s = { .c = c };
	uint32_t i;

	if (!prepare(&s))
		return false;
	/* Upwards: territories come after their region. */
	for (i = c->nnodes; i-- > 0;)
		if (!found(&s, i) && i > 0)
			keep_larger(&s.of[c->nodes[i].parent], &s.of[i]);
	return true;
}
