/*
 * Control relations over each protocol.
 */
#include "election/count_inside.h"

#include <stdlib.h>

#include "base/buf.h"

#define EXPLAINED	1000	/* bytes of one explanation */

/* The number of a control in the tally: the same id and text is the same. */
static int
control_number(struct count *c, const struct profile_relation *r)
{
	struct tally_control *k;
	unsigned i;

	for (i = 0; i < c->ncontrols; i++) {
		k = &c->controls[i];
		if (bytes_eq(k->id, r->id) && bytes_eq(k->text, r->text) &&
		    k->hard == r->hard)
			return (int)i;
	}
	if (c->ncontrols == COUNT_CONTROLS)
		return -1;
	k = &c->controls[c->ncontrols++];
	k->id = r->id;
	k->text = r->text;
	k->law = r->law;
	k->hard = r->hard;
	return (int)i;
}

/* The relations of one profile; those that the form lacks lines for are told
   as not checked. */
static void
bind(struct count *c, struct count_plans *p)
{
	const struct profile_relation *r;
	const struct relation_plan *plan;
	struct bytes missing;
	unsigned n, i;
	int number;

	r = profile_relations(p->profile, &n);
	for (i = 0; i < n && p->n < COUNT_CONTROLS; i++) {
		number = control_number(c, &r[i]);
		if (number < 0)
			return;
		plan = relation_bind(r[i].relation, &c->form, &c->arena,
		    &missing);
		if (plan == NULL)
			continue;
		c->controls[number].checked = true;
		p->plans[p->n] = plan;
		p->control[p->n++] = (unsigned)number;
	}
}

bool
count_plans(struct count *c)
{
	unsigned i, k;

	for (i = 0; i < c->nfiles; i++) {
		if (c->files[i].profile == NULL)
			continue;
		for (k = 0; k < i; k++)
			if (c->files[k].profile == c->files[i].profile)
				break;
		if (k < i) {
			c->files[i].plans = c->files[k].plans;
			continue;
		}
		c->files[i].plans = arena_alloc(&c->arena, 1,
		    sizeof(*c->files[i].plans));
		if (c->files[i].plans == NULL)
			return false;
		c->files[i].plans->profile = c->files[i].profile;
		bind(c, c->files[i].plans);
	}
	return true;
}

static void
tell(struct count *c, uint32_t row, const struct relation_plan *plan,
    unsigned control, bool counted, const int64_t *values)
{
	struct tally_failure *f;
	struct buf words = buf_with(EXPLAINED);

	c->failures_in_all++;
	if (c->nfailures == TALLY_FAILURES)
		return;
	relation_explain(plan, &c->form, values, &words);
	f = &c->failures[c->nfailures++];
	f->station = count_station(c, row);
	f->control = control;
	f->counted = counted;
	f->explained = arena_copy(&c->arena, buf_bytes(&words));
	buf_free(&words);
}

/* A row of which some relation does not hold, or cannot be asked. */
static bool
one_by_one(struct count *c, uint32_t i, const struct count_plans *p,
    const int64_t *values)
{
	bool good = true, empty, broken[COUNT_CONTROLS];
	struct tally_control *k;
	unsigned n;
	int64_t excess;

	for (n = 0; n < p->n; n++) {
		k = &c->controls[p->control[n]];
		empty = false;
		broken[n] = !relation_holds(p->plans[n], values, &excess,
		    &empty);
		if (empty) {
			broken[n] = false;
			continue;
		}
		k->stations++;
		if (!broken[n])
			continue;
		k->violations++;
		if (llabs(excess) > k->largest)
			k->largest = llabs(excess);
		good = good && !k->hard;
	}
	good = good || c->setup.accept_broken;
	for (n = 0; n < p->n; n++)
		if (broken[n])
			tell(c, i, p->plans[n], p->control[n], good, values);
	return good;
}

bool
count_check(struct count *c, uint32_t i, const struct row *row,
    const int64_t *values)
{
	struct count_plans *p = c->files[row->file].plans;

	if (p != NULL && !relation_all_hold(p->plans, p->n, values))
		return one_by_one(c, i, p, values);
	if (p != NULL)
		p->held++;
	return true;
}

void
count_checked(struct count *c)
{
	struct count_plans *p;
	unsigned i, n;

	for (i = 0; i < c->nfiles; i++) {
		p = c->files[i].plans;
		for (n = 0; p != NULL && n < p->n; n++)
			c->controls[p->control[n]].stations += p->held;
		if (p != NULL)
			p->held = 0;	/* files may share it */
	}
}
