/*
 * Versions of a protocol: a first copy, and corrected ones with a reason.  One
 * of them holds, the latest; which that is does not depend on the order in
 * which they came.
 */
#include "election/count_inside.h"

#include "base/text.h"

/* Words of a first copy; everything else that is no number came later. */
static const char *const first_words[] = {
	"first", "original", "initial", "1st", "первый", "первичный",
	"первоначальный", NULL
};

/* The place of a version in their order: numbers as they are; -1 for a word
   of which it cannot be said. */
static int64_t
rank(struct bytes version)
{
	uint64_t n;
	unsigned i;

	if (version.n == 0)
		return 1;
	if (text_uint(version, &n))
		return n < UINT32_MAX ? (int64_t)n : UINT32_MAX;
	for (i = 0; first_words[i] != NULL; i++)
		if (text_same_as(version, first_words[i]))
			return 1;
	return -1;
}

/* 1: a later than b, -1: earlier, 0: nobody can tell. */
static int
later(struct bytes a, struct bytes b)
{
	int64_t ra = rank(a), rb = rank(b);

	if (ra >= 0 && rb >= 0)
		return (ra > rb) - (ra < rb);
	if (ra == 1 && rb < 0)		/* a correction of a first copy */
		return -1;
	if (rb == 1 && ra < 0)
		return 1;
	return 0;
}

static bool
same_station(const struct row *a, const struct row *b)
{
	if (a->name.n == 0 && a->file != b->file)
		return false;
	return a->district == b->district;
}

static void
tell(struct count *c, uint32_t old, uint32_t by)
{
	struct row a = rows_get(&c->rows, old), b = rows_get(&c->rows, by);
	struct tally_version *v;

	c->told_in_all++;
	if (c->ntold == COUNT_TOLD)
		return;
	v = &c->told[c->ntold++];
	v->station = count_station(c, old);
	v->by = count_station(c, by);
	v->version = count_word(c, a.version);
	v->by_version = count_word(c, b.version);
	v->reason = count_word(c, b.reason);
}

/* The latest of the versions of row i's station; i itself if it is alone. */
static uint32_t
latest(struct count *c, uint32_t i)
{
	struct row row = rows_get(&c->rows, i), other;
	struct bytes version = count_word(c, row.version);
	uint32_t k = ROWS_NONE, best = i;
	struct rows_probe probe;
	int order;

	if (!rows_indexed(&c->rows, row.node))
		return i;		/* all of its stations differ */
	while ((k = rows_find(&c->rows, row.node, row.name, k, &probe)) !=
	    ROWS_NONE) {
		other = rows_get(&c->rows, k);
		if (k == i || !same_station(&row, &other))
			continue;
		order = later(count_word(c, other.version), version);
		if (order == 0)
			count_fault(c, other.file, other.line, 1, "two "
			    "versions of one protocol, and nothing says which "
			    "is the later");
		else if (order > 0) {
			best = k;
			version = count_word(c, other.version);
		}
	}
	return best;
}

void
count_versions(struct count *c)
{
	uint32_t i, best;

	for (i = 0; c->versions && i < c->rows.n; i++) {
		best = latest(c, i);
		if (best == i)
			continue;
		rows_set_mark(&c->rows, i, ROW_SUPERSEDED);
		tell(c, i, best);
	}
}
