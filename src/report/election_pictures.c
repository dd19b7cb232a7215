/*
 * Pictures of the page, of plain shapes: stations by turnout, in steps of one
 * percent and of a tenth; voters by turnout and by the leader's share.
 *
 * They show where stations lie, not why.
 */
#include "report/election_html.h"

#include <string.h>

#include "base/limits.h"
#include "base/sort.h"
#include "report/election_png.h"
#include "report/election_say.h"

#define WIDTH		760
#define LEFT		64	/* the numbers of stations stand there */
#define TOP		20
#define PLOT		680	/* columns of 0 to 100 % */
#define HIGH		210
#define TICKS		5

#define SQUARE		556	/* the side of the second kind of picture */
#define LEVELS		64	/* of colour; 0 is nothing */
#define SCALE_LEFT	(LEFT + SQUARE + 22)

static void
number(struct html *h, const char *before, double v)
{
	struct buf *to = out_buf(h->out);

	html_raw(h, before);
	/* To a tenth, and without it where it is none. */
	if ((int)(v * 10 + 0.5) % 10 == 0)
		buf_printf(to, "%d", (int)(v + 0.05));
	else
		buf_printf(to, "%d.%d", (int)(v * 10 + 0.5) / 10,
		    (int)(v * 10 + 0.5) % 10);
}

static void
line(struct html *h, double x1, double y1, double x2, double y2)
{
	number(h, "<line class=\"axis\" x1=\"", x1);
	number(h, "\" y1=\"", y1);
	number(h, "\" x2=\"", x2);
	number(h, "\" y2=\"", y2);
	html_raw(h, "\"/>\n");
}

/* What was said, beside a point. */
static void
label(struct html *h, double x, double y, const char *anchor)
{
	html_raw(h, "<text text-anchor=\"");
	html_raw(h, anchor);
	number(h, "\" x=\"", x);
	number(h, "\" y=\"", y);
	html_raw(h, "\">");
	html_said(h);
	html_raw(h, "</text>\n");
}

/* What was said is the caption, and what stands for the picture where it
   cannot be seen. */
static void
picture(struct html *h, const char *title, unsigned height)
{
	html_raw(h, "<figure>\n<figcaption>");
	html_string(h, title);
	html_raw(h, "<span class=\"more\">");
	out_escape(h->out, buf_bytes(&h->text), TEXT_HTML);
	html_raw(h, "</span></figcaption>\n<svg role=\"img\" viewBox=\"0 0 ");
	number(h, "", WIDTH);
	number(h, " ", height);
	html_raw(h, "\" aria-label=\"");
	html_string(h, title);
	html_raw(h, ". ");
	html_said(h);
	html_raw(h, "\">\n");
}

static void
picture_end(struct html *h)
{
	html_raw(h, "</svg>\n</figure>\n");
}

/* --- stations by turnout -------------------------------------------------- */

/* A round step that needs at most TICKS of it. */
static uint64_t
tick_step(uint64_t most)
{
	static const unsigned steps[] = { 1, 2, 5 };
	uint64_t unit = 1;
	unsigned i = 0;

	while (most / (unit * steps[i]) > TICKS) {
		i = (i + 1) % 3;
		unit *= i == 0 ? 10 : 1;
	}
	return unit * steps[i];
}

static void
axes(struct html *h, uint64_t most)
{
	uint64_t step = tick_step(most), v;
	unsigned x;
	double y;

	for (v = 0; v <= most; v += step) {
		y = TOP + HIGH - (double)v * HIGH / (double)most;
		line(h, LEFT, y, LEFT + PLOT, y);
		outcome_number(&h->text, (int64_t)v);
		label(h, LEFT - 6, y + 4, "end");
	}
	for (x = 0; x <= 100; x += 10) {
		line(h, LEFT + x * PLOT / 100.0, TOP + HIGH,
		    LEFT + x * PLOT / 100.0, TOP + HIGH + 5);
		buf_printf(&h->text, "%u%%", x);
		label(h, LEFT + x * PLOT / 100.0, TOP + HIGH + 19, "middle");
	}
	buf_text(&h->text, "turnout");
	label(h, LEFT + PLOT / 2.0, TOP + HIGH + 36, "middle");
	buf_text(&h->text, "stations");
	label(h, LEFT + 2, TOP - 5, "start");
}

/* One path of steps: n bins from 0 to 100 %, no line between equal ones. */
static void
steps(struct html *h, const uint64_t *bins, unsigned n, uint64_t most)
{
	unsigned i;

	number(h, "<path class=\"bar\" d=\"M", LEFT);
	number(h, " ", TOP + HIGH);
	for (i = 0; i < n; i++) {
		if (i == 0 || bins[i] != bins[i - 1])
			number(h, "V", TOP + HIGH - (double)bins[i] * HIGH /
			    (double)most);
		if (i + 1 == n || bins[i] != bins[i + 1])
			number(h, "H", LEFT + (i + 1.0) * PLOT / n);
	}
	number(h, "V", TOP + HIGH);
	html_raw(h, "Z\"/>\n");
}

static void
say_fullest(struct buf *to, const uint64_t *bins, unsigned n)
{
	uint64_t all = 0;
	unsigned i, at = 0;

	for (i = 0; i < n; i++) {
		all += bins[i];
		at = bins[i] > bins[at] ? i : at;
	}
	election_say_count(to, all, "station");
	buf_text(to, " with a turnout below 99.95%; most at ");
	if (n == 100)
		buf_printf(to, "%u to %u%%: ", at, at + 1);
	else
		buf_printf(to, "%u.%u%%: ", at / 10, at % 10);
	outcome_number(to, (int64_t)bins[at]);
	buf_byte(to, '.');
}

static void
histogram(struct html *h, const uint64_t *bins, unsigned n,
    const char *title)
{
	uint64_t most = 1;
	unsigned i;

	for (i = 0; i < n; i++)
		most = bins[i] > most ? bins[i] : most;
	say_fullest(&h->text, bins, n);
	picture(h, title, TOP + HIGH + 44);
	axes(h, most);
	steps(h, bins, n, most);
	picture_end(h);
}

static void
histograms(struct html *h, const struct tally *t)
{
	uint64_t percents[100] = { 0 }, tenths[TALLY_TURNOUT];
	unsigned i;

	for (i = 0; i < TALLY_TURNOUT; i++) {
		tenths[i] = t->turnout[i];
		percents[i / 10] += t->turnout[i];
	}
	histogram(h, percents, 100, "Stations by turnout, in steps of 1%");
	histogram(h, tenths, TALLY_TURNOUT,
	    "Stations by turnout, in steps of 0.1%");
}

/* --- voters by turnout and share ------------------------------------------ */

/* From pale to dark, as maps of density have it. */
static void
colours(uint8_t to[LEVELS][3])
{
	static const uint8_t stops[][3] = { { 0xae, 0xda, 0xb8 },
	    { 0x69, 0xbf, 0xb6 }, { 0x2c, 0x9f, 0xc0 }, { 0x22, 0x5e, 0xa8 },
	    { 0x08, 0x1d, 0x58 } };
	unsigned i, k, s, part, last = LEVELS - 2;

	for (k = 0; k < 3; k++)
		to[0][k] = 0xff;
	for (i = 0; i <= last; i++) {
		s = i * 4 / last;
		s = s > 3 ? 3 : s;
		part = i * 4 - s * last;
		for (k = 0; k < 3; k++)
			to[i + 1][k] = (uint8_t)((stops[s][k] * (last - part) +
			    stops[s + 1][k] * part) / last);
	}
}

static int
by_weight(const void *va, const void *vb)
{
	const uint64_t *a = va, *b = vb;

	return (*a > *b) - (*a < *b);
}

/* What the last colour stands for: the weight that one square in 500 passes,
   lest a few heavy ones make all others pale.  0: all are empty. */
static uint64_t
last_colour(const struct tally *t)
{
	struct buf filled = buf_with(MIB);
	uint64_t weight = 0;
	size_t n, i;

	for (i = 0; i < TALLY_CELLS * TALLY_CELLS; i++)
		if (t->cells[i] > 0)
			buf_add(&filled, bytes_at(&t->cells[i],
			    sizeof(weight)));
	n = filled.n / sizeof(weight);
	if (n > 0) {
		sort_items(filled.p, n, sizeof(weight), by_weight);
		memcpy(&weight, &filled.p[(n - 1 - n / 500) * sizeof(weight)],
		    sizeof(weight));
	}
	buf_free(&filled);
	return weight;
}

/* By the root of the weight: 1 to LEVELS - 1; the least l whose square is no
   less. */
static uint8_t
level(uint64_t weight, uint64_t last)
{
	const uint64_t top = LEVELS - 1;
	double want = (double)weight * (double)(top * top) / (double)last;
	unsigned l = 0;

	while (l < top && (double)l * l < want)
		l++;
	return (uint8_t)l;
}

static void
image(struct html *h, const struct tally *t, uint64_t last)
{
	static const unsigned n = TALLY_CELLS;
	struct buf pixels = buf_with(MIB), png = buf_with(MIB);
	uint8_t palette[LEVELS][3];
	struct election_png picture_of = { n, n, NULL, palette, LEVELS };
	unsigned x, y;

	colours(palette);
	for (y = n; y-- > 0;)
		for (x = 0; x < n; x++)
			buf_byte(&pixels, level(t->cells[x * n + y], last));
	picture_of.pixels = pixels.p;
	if (!pixels.bad)
		election_png_write(&png, &picture_of);
	number(h, "<image class=\"cells heat\" x=\"", LEFT);
	number(h, "\" y=\"", TOP);
	number(h, "\" width=\"", SQUARE);
	number(h, "\" height=\"", SQUARE);
	html_raw(h, "\" preserveAspectRatio=\"none\" "
	    "href=\"data:image/png;base64,");
	text_base64(out_buf(h->out), buf_bytes(&png));
	html_raw(h, "\"/>\n");
	h->out->buf.bad = h->out->buf.bad || png.bad || pixels.bad;
	buf_free(&png);
	buf_free(&pixels);
}

/* Where a percentage lies: cells are centred on theirs. */
static double
along(unsigned percent)
{
	return (percent + 0.25) * SQUARE / 100.0;
}

static void
square_axes(struct html *h)
{
	unsigned p;

	for (p = 0; p <= 100; p += 10) {
		if (p > 0 && p < 100) {
			line(h, LEFT + along(p), TOP, LEFT + along(p),
			    TOP + SQUARE);
			line(h, LEFT, TOP + SQUARE - along(p), LEFT + SQUARE,
			    TOP + SQUARE - along(p));
		}
		buf_printf(&h->text, "%u%%", p);
		label(h, LEFT + along(p), TOP + SQUARE + 17, "middle");
		buf_printf(&h->text, "%u%%", p);
		label(h, LEFT - 6, TOP + SQUARE - along(p) + 4, "end");
	}
	buf_text(&h->text, "turnout");
	label(h, LEFT + SQUARE / 2.0, TOP + SQUARE + 34, "middle");
	number(h, "<text text-anchor=\"middle\" transform=\"translate(14 ",
	    TOP + SQUARE / 2.0);
	html_raw(h, ") rotate(-90)\">leader's share of ballots found"
	    "</text>\n");
}

/* What a colour stands for: voters in one cell. */
static void
scale(struct html *h, uint64_t last, bool more)
{
	const double step = SQUARE / 2.0 / (LEVELS - 1);
	uint8_t palette[LEVELS][3];
	unsigned i, k;
	double y;

	colours(palette);
	html_raw(h, "<g class=\"heat\">\n");
	for (i = 1; i < LEVELS; i++) {
		number(h, "<rect x=\"", SCALE_LEFT);
		number(h, "\" y=\"", TOP + 20 + (LEVELS - 1 - i) * step);
		number(h, "\" width=\"14\" height=\"", step + 0.5);
		html_raw(h, "\" fill=\"#");
		for (k = 0; k < 3; k++)
			buf_printf(out_buf(h->out), "%02x", palette[i][k]);
		html_raw(h, "\"/>\n");
	}
	html_raw(h, "</g>\n");
	for (i = 0; i <= 4; i++) {
		y = TOP + 20 + SQUARE / 2.0 * (4 - i) / 4;
		outcome_number(&h->text, (int64_t)((double)last * i * i / 16));
		buf_text(&h->text, i == 4 && more ? "+" : "");
		label(h, SCALE_LEFT + 20, y + 4, "start");
	}
	buf_text(&h->text, "voters");
	label(h, SCALE_LEFT, TOP + 8, "start");
}

static void
say_heaviest(struct buf *to, const struct tally *t, unsigned at)
{
	unsigned x = at / TALLY_CELLS, y = at % TALLY_CELLS;

	buf_text(to, "Each square is half a point of turnout wide, and half a "
	    "point high of the share of ");
	buf_add(to, text_head(t->lines[t->leader].key, ELECTION_HTML_NAME));
	buf_printf(to, "; its colour tells how many voters "
	    "its stations have. Most voters at %u.%u%% and %u.%u%%: ", x / 2,
	    x % 2 * 5, y / 2, y % 2 * 5);
	outcome_number(to, (int64_t)t->cells[at]);
	buf_byte(to, '.');
}

static void
cells(struct html *h, const struct tally *t)
{
	uint64_t last = last_colour(t);
	unsigned i, at = 0;

	for (i = 0; i < TALLY_CELLS * TALLY_CELLS; i++)
		at = t->cells[i] > t->cells[at] ? i : at;
	if (last == 0 || t->leader < 0)
		return;
	say_heaviest(&h->text, t, at);
	picture(h, "Voters by turnout and by the leader's share",
	    TOP + SQUARE + 42);
	square_axes(h);
	image(h, t, last);
	number(h, "<rect class=\"frame\" x=\"", LEFT);
	number(h, "\" y=\"", TOP);
	number(h, "\" width=\"", SQUARE);
	number(h, "\" height=\"", SQUARE);
	html_raw(h, "\"/>\n");
	scale(h, last, t->cells[at] > last);
	picture_end(h);
}

void
election_pictures(struct html *h, const struct tally *t)
{
	if (t->turnout == NULL || t->cells == NULL)
		return;
	election_html_section(h, "pictures", "Pictures");
	html_raw(h, "<div class=\"card\">\n");
	buf_text(&h->text, "Counted stations in which ballots were found and "
	    "fewer were issued than voters are registered.");
	election_html_paragraph(h, NULL);
	histograms(h, t);
	cells(h, t);
	html_raw(h, "</div>\n</section>\n");
}
