/*
 * A tally as bytes, little-endian, from the worker to the parent; and the
 * checks of what came, for the worker had read what nobody vouches for.
 */
#include "election/tally.h"

#include <endian.h>
#include <string.h>

#include "base/text.h"

#define MAGIC		UINT32_C(0x594c5431)	/* 1TLY */
#define TEXT_MAX	65536			/* one name or sentence */

int64_t
tally_figure(const struct tally *t, const struct tally_node *n, enum figure f)
{
	const int8_t *k = t->figures[f];
	int64_t sum = 0;
	unsigned i;

	if (k == NULL)
		return -1;
	for (i = 0; i < t->nlines; i++)
		sum += k[i] * (int64_t)n->sums[i];
	return sum < 0 ? -1 : sum;
}

/* --- writing -------------------------------------------------------------- */

static void
put(struct buf *b, uint64_t v)
{
	v = htole64(v);
	buf_add(b, bytes_at(&v, sizeof(v)));
}

static void
put_text(struct buf *b, struct bytes t)
{
	t = text_head(t, TEXT_MAX);
	buf_le(b, t.n, 4);
	buf_add(b, t);
}

static void
put_double(struct buf *b, double d)
{
	uint64_t v;

	memcpy(&v, &d, sizeof(v));
	put(b, v);
}

static void
put_station(struct buf *b, const struct tally_station *s)
{
	put(b, s->node);
	put_text(b, s->district);
	put_text(b, s->name);
	put(b, s->file);
	put(b, s->line);
}

static void
put_form(struct buf *b, const struct tally *t)
{
	unsigned i, k;

	put(b, t->nlines);
	for (i = 0; i < t->nlines; i++) {
		put_text(b, t->lines[i].key);
		put_text(b, t->lines[i].header);
		put(b, t->lines[i].candidate);
		put(b, t->lines[i].against_all);
	}
	put_text(b, t->vote);
	for (i = 0; i < FIGURE_COUNT; i++) {
		put(b, t->figures[i] != NULL);
		for (k = 0; t->figures[i] != NULL && k < t->nlines; k++)
			buf_byte(b, (uint8_t)t->figures[i][k]);
	}
}

static void
put_nodes(struct buf *b, const struct tally *t)
{
	const struct tally_node *n;
	unsigned i, k;

	put(b, t->nnodes);
	for (i = 0; i < t->nnodes; i++) {
		n = &t->nodes[i];
		put(b, n->level);
		put(b, n->parent);
		put_text(b, n->name);
		put(b, n->stations);
		put(b, n->counted);
		put(b, n->missing);
		put(b, n->broken);
		put(b, n->annulled);
		put(b, (uint64_t)n->missing_registered);
		for (k = 0; k < t->nlines; k++)
			put(b, n->sums[k]);
	}
}

static void
put_controls(struct buf *b, const struct tally *t)
{
	const struct tally_control *c;
	const struct tally_failure *f;
	unsigned i;

	put(b, t->ncontrols);
	for (i = 0; i < t->ncontrols; i++) {
		c = &t->controls[i];
		put_text(b, c->id);
		put_text(b, c->text);
		put_text(b, c->law);
		put(b, c->hard);
		put(b, c->checked);
		put(b, c->stations);
		put(b, c->violations);
		put(b, (uint64_t)c->largest);
	}
	put(b, t->nfailures);
	for (i = 0; i < t->nfailures; i++) {
		f = &t->failures[i];
		put_station(b, &f->station);
		put(b, f->control);
		put(b, f->counted);
		put_text(b, f->explained);
	}
	put(b, t->failures_in_all);
}

static void
put_told(struct buf *b, const struct tally *t)
{
	unsigned i;

	put(b, t->nversions);
	for (i = 0; i < t->nversions; i++) {
		put_station(b, &t->versions[i].station);
		put_station(b, &t->versions[i].by);
		put_text(b, t->versions[i].version);
		put_text(b, t->versions[i].by_version);
		put_text(b, t->versions[i].reason);
	}
	put(b, t->versions_in_all);
	put(b, t->nannulled);
	for (i = 0; i < t->nannulled; i++) {
		put_station(b, &t->annulled[i].station);
		put_text(b, t->annulled[i].reason);
		put(b, t->annulled[i].registered);
		put(b, t->annulled[i].found);
	}
	put(b, t->nannul_unmet);
	for (i = 0; i < t->nannul_unmet; i++)
		put_station(b, &t->annul_unmet[i]);
}

static void
put_files(struct buf *b, const struct tally *t)
{
	unsigned i;

	put(b, t->nfiles);
	for (i = 0; i < t->nfiles; i++) {
		put_text(b, t->files[i].name);
		put_text(b, t->files[i].profile);
		put_text(b, t->files[i].format);
		put(b, t->files[i].protocols);
	}
	put(b, t->nfaults);
	for (i = 0; i < t->nfaults; i++) {
		put(b, t->faults[i].file);
		put(b, t->faults[i].line);
		put(b, t->faults[i].column);
		put_text(b, t->faults[i].why);
	}
	put(b, t->faults_in_all);
}

static void
put_kinds(struct buf *b, const struct anomaly *a)
{
	unsigned i;

	for (i = 0; i < ANOMALY_KINDS; i++) {
		put(b, a[i].stations);
		put(b, a[i].observed);
		put_double(b, a[i].expected);
		put_double(b, a[i].deviation);
		put_double(b, a[i].anomaly);
		put_double(b, a[i].z);
	}
}

static void
put_anomaly(struct buf *b, const struct anomaly_report *a)
{
	unsigned i;

	put(b, a != NULL);
	if (a == NULL)
		return;
	put_text(b, a->leader);
	put(b, a->included);
	put(b, a->stations);
	put(b, a->no_ballots);
	put(b, a->under_100);
	put(b, a->turnout_over_99);
	put(b, a->leader_over_99);
	put_kinds(b, a->of);
	put(b, a->nregions);
	for (i = 0; i < a->nregions; i++) {
		put_text(b, a->regions[i].name);
		put_kinds(b, a->regions[i].of);
	}
}

static void
put_pictures(struct buf *b, const struct tally *t)
{
	unsigned i;

	put(b, t->turnout != NULL && t->cells != NULL);
	if (t->turnout == NULL || t->cells == NULL)
		return;
	for (i = 0; i < TALLY_TURNOUT; i++)
		put(b, t->turnout[i]);
	for (i = 0; i < TALLY_CELLS * TALLY_CELLS; i++)
		put(b, t->cells[i]);
}

void
tally_write(const struct tally *t, struct buf *b)
{
	put(b, MAGIC);
	put_files(b, t);
	put_form(b, t);
	put_nodes(b, t);
	put_controls(b, t);
	put_told(b, t);
	put(b, t->stations_listed);
	put(b, t->unlisted);
	put(b, (uint64_t)(int64_t)t->leader);
	put_pictures(b, t);
	put_anomaly(b, t->anomaly);
}
