/*
 * The findings on an axis of time, as a picture of plain shapes.
 *
 * Each level has a row.  Findings closer together than a circle is wide become
 * one circle with their number, so nothing ever covers anything else.  Times
 * that no phone can have (evidence is hostile) are counted, not drawn: one of
 * them would press all others into one point.
 */
#include "report/html.h"

#include "base/time.h"

#define WIDTH		760
#define LEFT		112	/* names of the levels stand there */
#define PLOT		624	/* columns of the picture with times */
#define TOP		26	/* the day of the evidence is named there */
#define ROW		34
#define NEAR		22	/* closer circles become one */
#define SPANS_MAX	30	/* with more, the lines are noise */
#define LEVELS		(LEVEL_CRITICAL + 1)
#define TICKS_MAX	7

/* 2007-01-01: there was no such phone before.  2100-01-01. */
#define FIRST_PHONE	INT64_C(1167609600000000)
#define TOO_LATE	INT64_C(4102444800000000)

struct bin {			/* one column of the picture */
	unsigned n;
	int64_t first, last;
	unsigned finding;
};

struct axis {
	int64_t from, to;
	unsigned drawn;
	unsigned of_level[LEVELS];
};

/* Strictly before what is possible: a day after the evidence was made. */
static bool
drawable(const struct html *h, int64_t t)
{
	int64_t end = h->r->evidence_time;

	if (end < FIRST_PHONE || end > TOO_LATE)
		end = TOO_LATE;
	return t >= FIRST_PHONE && t <= end + TIME_DAY;
}

static void
widen(struct axis *a, int64_t t)
{
	if (t < a->from)
		a->from = t;
	if (t > a->to)
		a->to = t;
}

static struct axis
measure(const struct html *h)
{
	struct axis a = { .from = INT64_MAX, .to = INT64_MIN };
	const struct result_finding *f;
	int64_t edge;
	unsigned i;

	for (i = 0; i < h->r->nfindings; i++) {
		f = &h->r->findings[i];
		if (!drawable(h, f->finding.time))
			continue;
		a.drawn++;
		a.of_level[f->level]++;
		widen(&a, f->finding.time);
		if (drawable(h, f->finding.last))
			widen(&a, f->finding.last);
	}
	if (a.drawn == 0)
		return a;
	if (drawable(h, h->r->evidence_time))
		widen(&a, h->r->evidence_time);
	edge = (a.to - a.from) / 40;
	if (edge < TIME_DAY)
		edge = TIME_DAY;
	a.from -= edge;
	a.to += edge;
	return a;
}

/* Times span under a century: in microseconds, times PLOT, that is 2e18. */
static unsigned
column(const struct axis *a, int64_t t)
{
	return (unsigned)((t - a->from) * PLOT / (a->to - a->from));
}

static void
number(struct html *h, const char *before, unsigned v)
{
	html_raw(h, before);
	buf_uint(out_buf(h->out), v);
}

/* --- the axis --- */

static void
tick(struct html *h, const struct axis *a, int64_t t, unsigned height,
    size_t digits)
{
	unsigned x = LEFT + column(a, t);

	number(h, "<line class=\"axis\" x1=\"", x);
	number(h, "\" x2=\"", x);
	number(h, "\" y1=\"", TOP);
	number(h, "\" y2=\"", height);
	number(h, "\"/><text text-anchor=\"middle\" x=\"", x);
	number(h, "\" y=\"", height + 15);
	html_raw(h, "\">");
	time_show_short(&h->text, t);
	if (h->text.n > digits)
		h->text.n = digits;
	html_said(h);
	html_raw(h, "</text>\n");
}

/* The first day of a month, counted from year 0. */
static int64_t
month_begin(unsigned months)
{
	struct buf text = buf_with(64);
	int64_t t;

	buf_printf(&text, "%04u-%02u-01T00:00:00Z", months / 12 % 10000,
	    months % 12 + 1);
	t = time_read(buf_bytes(&text));
	buf_free(&text);
	return t;
}

static unsigned
month_of(int64_t t)
{
	struct buf text = buf_with(64);
	uint64_t year = 0, month = 1;

	time_show_short(&text, t);
	(void)text_uint(bytes_part(buf_bytes(&text), 0, 4), &year);
	(void)text_uint(bytes_part(buf_bytes(&text), 5, 2), &month);
	buf_free(&text);
	return (unsigned)(year * 12 + month - 1);
}

static void
month_ticks(struct html *h, const struct axis *a, unsigned height)
{
	static const unsigned steps[] = { 1, 2, 3, 6, 12, 24, 60, 120, 240 };
	unsigned first = month_of(a->from) + 1, last = month_of(a->to);
	unsigned step = 0, m;

	while ((last - first) / steps[step] >= TICKS_MAX && step < 8)
		step++;
	m = (first + steps[step] - 1) / steps[step] * steps[step];
	for (; m <= last; m += steps[step])
		tick(h, a, month_begin(m), height, steps[step] < 12 ? 7 : 4);
}

static void
ticks(struct html *h, const struct axis *a, unsigned height)
{
	static const int64_t steps[] = { 1, 2, 5, 10 };
	int64_t days = (a->to - a->from) / TIME_DAY, step, t;
	unsigned i = 0;

	if (days > 10 * TICKS_MAX) {
		month_ticks(h, a, height);
		return;
	}
	while (i < 3 && days / steps[i] >= TICKS_MAX)
		i++;
	step = steps[i] * TIME_DAY;
	for (t = (a->from / step + 1) * step; t < a->to; t += step)
		tick(h, a, t, height, 10);
}

/* The day the evidence was made: a dashed line, named above. */
static void
made(struct html *h, const struct axis *a, unsigned height)
{
	unsigned x;

	if (!drawable(h, h->r->evidence_time))
		return;
	x = LEFT + column(a, h->r->evidence_time);
	number(h, "<line class=\"made\" x1=\"", x);
	number(h, "\" x2=\"", x);
	number(h, "\" y1=\"", TOP - 6);
	number(h, "\" y2=\"", height);
	html_raw(h, x > LEFT + PLOT / 2 ? "\"/><text text-anchor=\"end\"" :
	    "\"/><text");
	number(h, " x=\"", x);
	number(h, "\" y=\"", TOP - 11);
	html_raw(h, "\">");
	buf_text(&h->text, texts_phrase(h->lang, PHRASE_EVIDENCE));
	buf_text(&h->text, ": ");
	time_show_short(&h->text, h->r->evidence_time);
	html_said(h);
	html_raw(h, " UTC</text>\n");
}

/* --- the findings --- */

static void
fill(const struct html *h, const struct axis *a, enum level level,
    struct bin bins[PLOT + 1])
{
	const struct result_finding *f;
	struct bin *bin;
	int64_t t;
	unsigned i;

	for (i = 0; i <= PLOT; i++)
		bins[i] = (struct bin){ 0, INT64_MAX, INT64_MIN, 0 };
	for (i = 0; i < h->r->nfindings; i++) {
		f = &h->r->findings[i];
		t = f->finding.time;
		if (f->level != level || !drawable(h, t))
			continue;
		bin = &bins[column(a, t)];
		if (bin->n++ == 0)
			bin->finding = i;
		if (t < bin->first)
			bin->first = t;
		if (t > bin->last)
			bin->last = t;
	}
}

/* What is said when one points at it. */
static void
hint(struct html *h, const struct bin *b)
{
	if (b->n == 1) {
		buf_text(&h->text, texts_rule(h->lang,
		    h->r->findings[b->finding].finding.rule)->title);
	} else {
		say_number(&h->text, h->lang, b->n);
	}
	buf_text(&h->text, ", ");
	time_show_short(&h->text, b->first);
	if (b->last > b->first) {
		buf_text(&h->text, " \xe2\x80\x93 ");
		time_show_short(&h->text, b->last);
	}
	buf_text(&h->text, " UTC");
	html_raw(h, "<title>");
	html_said(h);
	html_raw(h, "</title>");
}

static void
circle(struct html *h, const struct bin *b, unsigned x, unsigned y)
{
	number(h, "<g><circle cx=\"", LEFT + x);
	number(h, "\" cy=\"", y);
	number(h, "\" r=\"", b->n == 1 ? 6 : 10);
	html_raw(h, "\"/>");
	if (b->n > 1) {
		number(h, "<text class=\"count\" text-anchor=\"middle\" x=\"",
		    LEFT + x);
		number(h, "\" y=\"", y + 4);
		html_raw(h, b->n > 99 ? "\" textLength=\"17\" "
		    "lengthAdjust=\"spacingAndGlyphs\">" : "\">");
		number(h, "", b->n > 999 ? 999 : b->n);
		html_raw(h, b->n > 999 ? "+</text>" : "</text>");
	}
	hint(h, b);
	html_raw(h, "</g>\n");
}

/* Joins neighbours until each circle is NEAR away from the next. */
static void
circles(struct html *h, const struct bin bins[PLOT + 1], unsigned y)
{
	struct bin now = { 0, 0, 0, 0 };
	uint64_t sum = 0;
	unsigned x;

	for (x = 0; x <= PLOT; x++) {
		if (bins[x].n == 0)
			continue;
		if (now.n > 0 && x >= sum / now.n + NEAR) {
			circle(h, &now, (unsigned)(sum / now.n), y);
			now.n = 0;
			sum = 0;
		}
		if (now.n == 0)
			now = (struct bin){ 0, bins[x].first, 0,
			    bins[x].finding };
		now.n += bins[x].n;
		now.last = bins[x].last;
		sum += (uint64_t)x * bins[x].n;
	}
	if (now.n > 0)
		circle(h, &now, (unsigned)(sum / now.n), y);
}

static void
spans(struct html *h, const struct axis *a, enum level level, unsigned y)
{
	const struct result_finding *f;
	unsigned i;

	if (a->of_level[level] > SPANS_MAX)
		return;
	for (i = 0; i < h->r->nfindings; i++) {
		f = &h->r->findings[i];
		if (f->level != level || !drawable(h, f->finding.time) ||
		    !drawable(h, f->finding.last) ||
		    f->finding.last <= f->finding.time)
			continue;
		number(h, "<line class=\"span\" x1=\"",
		    LEFT + column(a, f->finding.time));
		number(h, "\" x2=\"", LEFT + column(a, f->finding.last));
		number(h, "\" y1=\"", y);
		number(h, "\" y2=\"", y);
		html_raw(h, "\"/>\n");
	}
}

static void
level_row(struct html *h, const struct axis *a, enum level level, unsigned y)
{
	struct bin bins[PLOT + 1];

	html_raw(h, "<g class=\"");
	html_raw(h, level_name(level));
	number(h, "\"><text x=\"0\" y=\"", y + 4);
	html_raw(h, "\">");
	html_string(h, texts_level(h->lang, level));
	html_raw(h, "</text>\n");
	spans(h, a, level, y);
	fill(h, a, level, bins);
	circles(h, bins, y);
	html_raw(h, "</g>\n");
}

static void
picture(struct html *h, const struct axis *a)
{
	unsigned rows = 0, height, y = TOP + ROW / 2;
	int level;

	for (level = 0; level < LEVELS; level++)
		rows += a->of_level[level] > 0;
	height = TOP + rows * ROW;
	number(h, "<svg viewBox=\"0 0 ", WIDTH);
	number(h, " ", height + 22);
	html_raw(h, "\" role=\"img\" aria-labelledby=\"timeline\">\n");
	number(h, "<line class=\"axis\" x1=\"", LEFT);
	number(h, "\" x2=\"", LEFT + PLOT);
	number(h, "\" y1=\"", height);
	number(h, "\" y2=\"", height);
	html_raw(h, "\"/>\n");
	ticks(h, a, height);
	made(h, a, height);
	for (level = LEVEL_CRITICAL; level >= 0; level--) {
		if (a->of_level[level] == 0)
			continue;
		level_row(h, a, (enum level)level, y);
		y += ROW;
	}
	html_raw(h, "</svg>\n");
}

void
html_timeline(struct html *h)
{
	struct axis a = measure(h);

	if (h->r->nfindings == 0)
		return;
	html_section(h, "timeline", PHRASE_TIMELINE);
	html_raw(h, "<div class=\"card\">\n");
	if (a.drawn > 0)
		picture(h, &a);
	html_raw(h, "<p class=\"more\">");
	html_phrase(h, a.drawn > 0 ? PHRASE_TIMELINE_ABOUT :
	    PHRASE_TIMELINE_NONE);
	if (a.drawn > 0 && a.drawn < h->r->nfindings) {
		html_raw(h, " ");
		say_with_number(&h->text, h->lang, PHRASE_TIMELINE_OUTSIDE,
		    h->r->nfindings - a.drawn);
		html_said(h);
	}
	html_raw(h, "</p>\n</div>\n</section>\n");
}
