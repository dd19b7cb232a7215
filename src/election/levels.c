#include "election/levels.h"

#include "base/quote.h"

static void
field(struct buf *b, struct bytes text)
{
	quote_csv(b, text);
	buf_byte(b, ',');
}

static void
count(struct buf *b, uint64_t n)
{
	buf_uint(b, n);
	buf_byte(b, ',');
}

/* The lines' names, or a row's sums: what ends a row. */
static void
lines(struct out *out, const struct tally *t, const uint64_t *sums)
{
	unsigned i;
	struct buf *b;

	for (i = 0; i < t->nlines; i++) {
		b = out_buf(out);
		if (i > 0)
			buf_byte(b, ',');
		if (sums == NULL)
			quote_csv(b, t->lines[i].key);
		else
			buf_uint(b, sums[i]);
	}
	out_text(out, "\r\n");
}

static void
node(struct out *out, const struct tally *t, const struct tally_node *n)
{
	struct buf *b = out_buf(out);

	if (n->level == TALLY_TERRITORY)
		field(b, t->nodes[n->parent].name);
	if (n->level != TALLY_COUNTRY)
		field(b, n->name);
	count(b, n->stations);
	count(b, n->counted);
	count(b, n->missing);
	count(b, n->broken);
	count(b, n->annulled);
	lines(out, t, n->sums);
}

void
levels_write(struct out *out, const struct tally *t, enum tally_level level)
{
	unsigned i;

	if (level != TALLY_COUNTRY)
		out_text(out, "region,");
	if (level == TALLY_TERRITORY)
		out_text(out, "territory,");
	out_text(out, "stations,counted,missing,broken,annulled,");
	lines(out, t, NULL);
	for (i = 0; i < t->nnodes; i++)
		if (t->nodes[i].level == level)
			node(out, t, &t->nodes[i]);
}

struct writing {
	struct out *out;
	const struct tally *tally;
};

static bool
station(void *ctx, const struct count_station *s)
{
	static const char *const states[] = { "counted", "missing", "broken",
	    "annulled" };
	const struct writing *w = ctx;
	const struct tally_node *n = &w->tally->nodes[s->node];
	struct buf *b = out_buf(w->out);
	unsigned i;

	field(b, w->tally->nodes[n->parent].name);
	field(b, n->name);
	field(b, s->district);
	field(b, s->name);
	buf_text(b, states[s->state]);
	for (i = 0; i < w->tally->nlines; i++) {
		buf_byte(b, ',');
		if (s->values[i] != FORM_EMPTY)
			buf_int(b, s->values[i]);
	}
	buf_byte(b, ',');
	count(b, s->file + 1);
	buf_uint(b, s->line);
	buf_text(b, "\r\n");
	return w->out->err == ERR_NONE;
}

enum err
levels_stations(struct out *out, const struct count *c, const struct tally *t)
{
	struct writing w = { out, t };
	struct buf *b;
	unsigned i;

	out_text(out, "region,territory,district,station,"
	    "protocol status");
	for (i = 0; i < t->nlines; i++) {
		b = out_buf(out);
		buf_byte(b, ',');
		quote_csv(b, t->lines[i].key);
	}
	out_text(out, ",source file,source line\r\n");
	return count_stations(c, station, &w);
}
