/*
 * What say.h tells about one finding, and about one gap.
 */
#include "base/text.h"
#include "base/time.h"
#include "record/gap.h"
#include "report/redact.h"
#include "report/say.h"

/* Names of files in evidence can be as long as their maker liked. */
#define MEMBER_SHOWN	400
#define CUT		"\xe2\x80\xa6"

static void
add_cut(struct buf *to, struct bytes b, size_t limit)
{
	buf_add(to, text_head(b, limit));
	if (b.n > limit)
		buf_text(to, CUT);
}

static void
add_member(struct buf *to, struct bytes member, bool redact)
{
	struct buf name = buf_with(2 * MEMBER_SHOWN + member.n);

	if (redact)
		redact_member(&name, member);
	else
		buf_add(&name, member);
	add_cut(to, buf_bytes(&name), MEMBER_SHOWN);
	buf_free(&name);
}

void
say_when(struct buf *to, const struct result_finding *f, enum lang lang)
{
	struct buf first = buf_with(64), last = buf_with(64);
	struct bytes place;

	say_time(to, lang, f->finding.time);
	time_show_short(&first, f->finding.time);
	time_show_short(&last, f->finding.last);
	if (f->finding.count > 1) {
		buf_text(to, ", ");
		say_with_number(to, lang, PHRASE_TIMES, f->finding.count);
	}
	/* Unset, or no time that can be shown. */
	if (first.n > 0 && last.n > 0 && f->finding.last > f->finding.time) {
		buf_text(&last, " UTC");
		place = buf_bytes(&last);
		buf_text(to, ", ");
		say_phrase(to, lang, PHRASE_UNTIL, &place, 1);
	}
	buf_free(&first);
	buf_free(&last);
}

void
say_where(struct buf *to, const struct result_finding *f,
    const struct report_options *o)
{
	struct buf row = buf_with(32);
	struct bytes place;

	if (f->member.n > 0) {
		add_member(to, f->member, o->redact);
		buf_text(to, ", ");
	}
	buf_int(&row, f->finding.row);
	place = buf_bytes(&row);
	say_phrase(to, o->lang, PHRASE_ROW, &place, 1);
	buf_free(&row);
}

static enum kind
matched_kind(const struct result_finding *f)
{
	return f->finding.field < f->finding.nfields ?
	    f->fields[f->finding.field].kind : KIND_TEXT;
}

void
say_matched(struct buf *to, const struct result_finding *f,
    const struct report_options *o, size_t limit)
{
	struct val v = val_text(f->finding.matched);
	struct bytes published;

	if (v.bytes.n == 0)
		return;
	if (!o->redact || redact_keeps(f, matched_kind(f), &v)) {
		add_cut(to, v.bytes, limit);
		return;
	}
	published = redact_published(f, v.bytes);
	add_cut(to, published, limit);
	if (published.n > 0)
		buf_byte(to, ' ');
	buf_text(to, texts_phrase(o->lang, PHRASE_REMOVED));
}

void
say_indicator(struct buf *to, const struct result_indicator *i,
    enum lang lang)
{
	struct buf value = buf_with(1024), sets = buf_with(1024);
	struct bytes places[3];

	add_cut(&value, i->value, 300);
	add_cut(&sets, i->sets, 300);
	places[0] = buf_bytes(&value);
	places[1] = texts_kind(lang, text_head(i->kind, 40));
	places[2] = buf_bytes(&sets);
	say_phrase(to, lang, PHRASE_INDICATOR_IS, places, 3);
	if (i->expired) {
		buf_text(to, ", ");
		buf_text(to, texts_phrase(lang, PHRASE_EXPIRED));
	}
	buf_free(&value);
	buf_free(&sets);
}

bool
say_field(struct buf *to, const struct result_finding *f, unsigned field,
    const struct report_options *o, size_t limit)
{
	const struct val *v = &f->finding.record[field];
	enum kind kind = f->fields[field].kind;
	struct bytes published = { NULL, 0 };

	if (!val_set(v))
		return false;
	if (!o->redact || redact_keeps(f, kind, v)) {
		field_value_text(to, kind, v, limit);
		return true;
	}
	if (v->type == VAL_TEXT)
		published = redact_published(f, v->bytes);
	add_cut(to, published, limit);
	if (published.n > 0)
		buf_byte(to, ' ');
	buf_text(to, texts_phrase(o->lang, PHRASE_REMOVED));
	return true;
}

void
say_record(struct buf *to, const struct result_finding *f,
    const struct report_options *o, size_t limit)
{
	struct buf text = buf_with(8 * limit + 1024);
	size_t start = to->n;
	unsigned i;

	for (i = 0; i < f->finding.nfields && to->n - start < limit; i++) {
		buf_reset(&text);
		if (!f->fields[i].shown || !say_field(&text, f, i, o, limit))
			continue;
		if (to->n > start)
			buf_text(to, ", ");
		buf_text(to, f->fields[i].name);
		buf_text(to, ": ");
		add_cut(to, buf_bytes(&text), limit);
	}
	buf_free(&text);
}

static bool *
seen(struct say_groups *g, const struct result_finding *f)
{
	return &g->seen[f->finding.rule][f->level];
}

bool
say_group(struct say_groups *g, const struct result *r)
{
	g->first += g->begun;
	g->begun = true;
	while (g->first < r->nfindings && *seen(g, &r->findings[g->first]))
		g->first++;
	if (g->first >= r->nfindings)
		return false;
	*seen(g, &r->findings[g->first]) = true;
	return true;
}

unsigned
say_next(const struct result *r, unsigned after)
{
	const struct result_finding *f = &r->findings[after], *next;
	unsigned i;

	for (i = after + 1; i < r->nfindings; i++) {
		next = &r->findings[i];
		if (next->finding.rule == f->finding.rule &&
		    next->level == f->level)
			break;
	}
	return i;
}

unsigned
say_rest(const struct result *r, unsigned after)
{
	unsigned n = 0;

	while ((after = say_next(r, after)) < r->nfindings)
		n++;
	return n;
}

void
say_gap_where(struct buf *to, const struct result_gap *g,
    const struct report_options *o)
{
	struct buf offset = buf_with(32);
	size_t start = to->n;
	struct bytes place;

	if (g->member.n > 0)
		add_member(to, g->member, o->redact);
	if (g->offset != GAP_NO_OFFSET) {
		buf_uint(&offset, g->offset);
		place = buf_bytes(&offset);
		if (to->n > start)
			buf_text(to, ", ");
		say_phrase(to, o->lang, PHRASE_OFFSET, &place, 1);
	}
	if (g->count > 1) {
		if (to->n > start)
			buf_text(to, ", ");
		say_with_number(to, o->lang, PHRASE_TIMES, g->count);
	}
	buf_free(&offset);
}
