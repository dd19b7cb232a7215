/*
 * report.html of a count: the decision first, then how it was made, and all
 * that a reader needs to check it.  One file, no script, nothing fetched.
 */
#include "report/election_html.h"

#include "base/limits.h"
#include "report/election_outcome.h"
#include "report/election_say.h"

/* --- parts of all parts --------------------------------------------------- */

void
election_html_section(struct html *h, const char *id, const char *heading)
{
	html_raw(h, "<section aria-labelledby=\"");
	html_raw(h, id);
	html_raw(h, "\">\n<h2 id=\"");
	html_raw(h, id);
	html_raw(h, "\">");
	html_string(h, heading);
	html_raw(h, "</h2>\n");
}

void
election_html_paragraph(struct html *h, const char *class)
{
	html_raw(h, "<p");
	if (class != NULL) {
		html_raw(h, " class=\"");
		html_raw(h, class);
		html_raw(h, "\"");
	}
	html_raw(h, ">");
	html_said(h);
	html_raw(h, "</p>\n");
}

void
election_html_table(struct html *h, const char *caption,
    const char *const *columns, unsigned n)
{
	bool number;
	unsigned i;

	html_raw(h, n > 4 ? "<div class=\"wide many\">\n<table><caption>" :
	    "<div class=\"wide\">\n<table><caption>");
	html_string(h, caption);
	html_raw(h, "</caption>\n<thead><tr>");
	for (i = 0; i < n; i++) {
		number = columns[i][0] == '#';
		html_raw(h, number ? "<th scope=\"col\" class=\"n\">" :
		    "<th scope=\"col\">");
		html_string(h, columns[i] + number);
		html_raw(h, "</th>");
	}
	html_raw(h, "</tr></thead>\n<tbody>\n");
}

void
election_html_table_end(struct html *h)
{
	html_raw(h, "</tbody></table>\n</div>\n");
}

void
election_html_row(struct html *h)
{
	html_raw(h, "<tr><th scope=\"row\">");
	html_said(h);
	html_raw(h, "</th>");
}

void
election_html_cell(struct html *h, bool number)
{
	html_raw(h, number ? "<td class=\"n\">" : "<td>");
	html_said(h);
	html_raw(h, "</td>");
}

void
election_html_row_end(struct html *h)
{
	html_raw(h, "</tr>\n");
}

void
election_html_more(struct html *h, uint64_t shown, uint64_t all,
    const char *where)
{
	if (all <= shown)
		return;
	buf_text(&h->text, "Shown are ");
	outcome_number(&h->text, (int64_t)shown);
	buf_text(&h->text, " of ");
	outcome_number(&h->text, (int64_t)all);
	buf_text(&h->text, "; ");
	buf_text(&h->text, where);
	election_html_paragraph(h, "more");
}

/* --- the decision --------------------------------------------------------- */

static bool
decided(const struct election_view *v)
{
	return v->outcome != NULL && v->question != NULL;
}

static void
headline(struct buf *to, const struct election_view *v)
{
	size_t from = to->n;

	if (decided(v))
		election_outcome_headline(to, v->outcome,
		    &v->question->standing);
	else
		buf_text(to, "no decision");
	if (to->n > from && to->p[from] >= 'a' && to->p[from] <= 'z')
		to->p[from] = (uint8_t)(to->p[from] - 'a' + 'A');
}

static void
share(struct buf *to, struct outcome_share s, const char *of, const char *sep)
{
	if (s.den == 0)
		return;
	buf_text(to, sep);
	outcome_percent(to, s.num, s.den);
	buf_text(to, "% of the ");
	buf_text(to, of);
}

/* "NAME: 56,430,712 votes, 76.69% of the ballots found, ...". */
static void
say_first(struct buf *to, const struct outcome *o, const struct standing *s)
{
	if (o->first < 0 || (unsigned)o->first >= s->ncontenders)
		return;
	buf_add(to, s->contenders[o->first].name);
	buf_text(to, ": ");
	if (s->contenders[o->first].votes >= 0)
		election_say_count(to, (uint64_t)
		    s->contenders[o->first].votes, "vote");
	share(to, o->of_found, "ballots found", ", ");
	share(to, o->of_valid, "valid ballots", ", ");
}

static void
decision(struct html *h, const struct election_view *v)
{
	html_raw(h, "<section class=\"card verdict\">\n<p class=\"kicker\">");
	html_raw(h, "Decision</p>\n<p class=\"word\">");
	headline(&h->text, v);
	html_said(h);
	html_raw(h, "</p>\n");
	if (!decided(v)) {
		buf_text(&h->text, v->why_none != NULL ? v->why_none :
		    "Nothing was asked.");
		election_html_paragraph(h, NULL);
	} else {
		say_first(&h->text, v->outcome, &v->question->standing);
		if (h->text.n > 0)
			election_html_paragraph(h, NULL);
		if (v->outcome->kind == OUTCOME_PENDING &&
		    v->outcome->nreasons > 0) {
			buf_add(&h->text, v->outcome->reasons[
			    v->outcome->nreasons - 1]);
			election_html_paragraph(h, NULL);
		}
		if (v->outcome->unverified) {
			buf_text(&h->text, "Unverified: a rule or a date that "
			    "this rests on is known from memory alone.");
			election_html_paragraph(h, "unverified");
		}
	}
	html_raw(h, "</section>\n");
}

/* --- how it was made ------------------------------------------------------ */

static void
list(struct html *h, const char *name, const struct bytes *items, unsigned n)
{
	unsigned i;

	if (n == 0)
		return;
	html_raw(h, "<dt>");
	html_string(h, name);
	html_raw(h, "</dt><dd>");
	for (i = 0; i < n; i++) {
		html_raw(h, i == 0 ? "" : "<br>");
		buf_add(&h->text, items[i]);
		html_said(h);
	}
	html_raw(h, "</dd>\n");
}

static void
window(struct html *h, const char *name, const struct outcome_window *w)
{
	if (!w->known && w->words.n == 0 && w->from == DATE_UNSET)
		return;
	election_outcome_when(&h->text, w);
	if (w->article.n > 0) {
		buf_text(&h->text, ", ");
		buf_add(&h->text, w->article);
	}
	if (w->words.n > 0) {
		buf_text(&h->text, ": ");
		buf_add(&h->text, w->words);
	}
	buf_text(&h->text, w->unverified ? " [unverified]" : "");
	html_fact(h, name);
}

static void
law(struct html *h, const struct outcome_question *q, const struct outcome *o)
{
	if (q->law == NULL)
		return;
	buf_add(&h->text, q->law->title.n > 0 ? q->law->title : q->law->id);
	if (q->law->title.n > 0) {
		buf_text(&h->text, " (");
		buf_add(&h->text, q->law->id);
		buf_byte(&h->text, ')');
	}
	if (o->article.n > 0) {
		buf_text(&h->text, ", ");
		buf_add(&h->text, o->article);
	}
	html_fact(h, "Law");
}

static void
voting_day(struct html *h, const struct outcome_question *q)
{
	int32_t day = q->anchors[q->round == 1 ? ANCHOR_VOTING :
	    ANCHOR_VOTING_2];

	buf_printf(&h->text, "%u", q->round);
	if (day != DATE_UNSET) {
		buf_text(&h->text, ", voting on ");
		buf_text(&h->text, date_weekday_name(day));
		buf_text(&h->text, ", ");
		date_words(&h->text, day);
	}
	html_fact(h, "Round");
}

static void
reasoning(struct html *h, const struct election_view *v)
{
	const struct outcome *o = v->outcome;

	if (!decided(v))
		return;
	election_html_section(h, "why", "How it was decided");
	html_raw(h, "<dl class=\"card facts\">\n");
	law(h, v->question, o);
	voting_day(h, v->question);
	if (v->question->standing.closed) {
		buf_text(&h->text, "closed by the commission (--final)");
		html_fact(h, "Count");
	}
	if (o->basis.n > 0) {
		buf_text(&h->text, election_say_basis(o->basis));
		html_fact(h, "Votes measured by");
	}
	list(h, "Reasons", o->reasons, o->nreasons);
	list(h, "Ties", o->ties, o->nties);
	window(h, "Next voting", &o->date);
	window(h, "Inauguration", &o->inauguration);
	html_raw(h, "</dl>\n</section>\n");
}

/* --- what a reader must not miss ------------------------------------------ */

static void
notice(struct html *h, unsigned *n)
{
	if ((*n)++ == 0)
		html_raw(h, "<ul class=\"notices\">\n");
	html_raw(h, "<li>");
	html_said(h);
	html_raw(h, "</li>\n");
}

static void
notices(struct html *h, const struct election_view *v)
{
	uint64_t hard = election_say_violations(v->tally, true);
	unsigned n = 0;

	if (hard > 0) {
		election_say_count(&h->text, hard, "violation");
		buf_text(&h->text, " of hard relations: the protocols ");
		buf_text(&h->text, v->accept_broken ? "are counted all the "
		    "same, as was asked." : "are not counted.");
		notice(h, &n);
	}
	if (v->tally->nodes[0].missing > 0) {
		election_say_count(&h->text, v->tally->nodes[0].missing,
		    "station");
		buf_text(&h->text, " without a protocol.");
		notice(h, &n);
	}
	if (v->tally->nannul_unmet > 0) {
		election_say_count(&h->text, v->tally->nannul_unmet,
		    "station");
		buf_text(&h->text, " on the list of annulled ones met nothing "
		    "in the results.");
		notice(h, &n);
	}
	if (v->tally->unlisted > 0) {
		election_say_count(&h->text, v->tally->unlisted, "protocol");
		buf_text(&h->text, " of stations that the list of stations "
		    "lacks.");
		notice(h, &n);
	}
	html_raw(h, n > 0 ? "</ul>\n" : "");
}

/* --- the page ------------------------------------------------------------- */

static const char *
tone(const struct election_view *v)
{
	if (!decided(v) || v->outcome->kind == OUTCOME_PENDING ||
	    v->outcome->kind == OUTCOME_NOT_APPLICABLE)
		return "v1";
	if (v->outcome->kind == OUTCOME_ANNULLED ||
	    v->outcome->kind == OUTCOME_REPEAT)
		return "v2";
	return "v0";
}

static void
head(struct html *h, const struct election_view *v)
{
	html_raw(h, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
	    "<meta charset=\"utf-8\">\n"
	    "<meta http-equiv=\"Content-Security-Policy\" content=\""
	    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
	    "base-uri 'none'; form-action 'none'\">\n"
	    "<meta name=\"referrer\" content=\"no-referrer\">\n"
	    "<meta name=\"viewport\" "
	    "content=\"width=device-width, initial-scale=1\">\n"
	    "<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
	headline(&h->text, v);
	html_said(h);
	html_raw(h, "</title>\n<style>\n");
	html_raw(h, html_style);
	html_raw(h, election_style);
	html_raw(h, "</style>\n</head>\n<body class=\"");
	html_raw(h, tone(v));
	html_raw(h, "\">\n<main>\n<header>\n"
	    "<p>Count of station protocols</p>\n<h1>");
	html_string(h, v->title != NULL ? v->title : "Election results");
	html_raw(h, "</h1>\n</header>\n");
}

static void
foot(struct html *h)
{
	html_raw(h, "<footer>\n<p>Made by ostrakon " OSTRAKON_VERSION
	    " from the files named above. No clock stands in this page: the "
	    "same files, law and options give the same bytes. All figures, "
	    "down to each station, stand in the tables beside it (country.csv, "
	    "regions.csv, territories.csv, stations.csv): each level adds up "
	    "to the one above.</p>\n</footer>\n"
	    "</main>\n</body>\n</html>\n");
}

void
election_html(struct out *out, const struct election_view *v)
{
	struct html h = { .out = out, .lang = LANG_EN,
	    .text = buf_with(4 * MIB) };

	head(&h, v);
	decision(&h, v);
	notices(&h, v);
	reasoning(&h, v);
	election_tables_figures(&h, v->tally);
	election_pictures(&h, v->tally);
	election_stations_missing(&h, v->tally);
	election_tables_controls(&h, v->tally);
	election_stations_broken(&h, v);
	election_stations_versions(&h, v->tally);
	election_stations_annulled(&h, v->tally);
	if (v->tally->anomaly != NULL)
		election_anomaly_page(&h, v->tally->anomaly);
	election_tables_regions(&h, v->tally);
	election_tables_files(&h, v->tally);
	foot(&h);
	if (h.text.bad)
		out->buf.bad = true;
	buf_free(&h.text);
}
