/*
 * The integer-percentage anomaly on the page.
 */
#include "report/election_html.h"

#include "base/limits.h"
#include "report/election_anomaly.h"
#include "report/election_say.h"

static void
real(struct html *h, double v)
{
	election_say_real(&h->text, v);
	election_html_cell(h, true);
}

static void
row(struct html *h, struct bytes name, const struct anomaly *a)
{
	buf_add(&h->text, text_head(name, ELECTION_HTML_NAME));
	election_html_row(h);
	outcome_number(&h->text, (int64_t)a->stations);
	election_html_cell(h, true);
	outcome_number(&h->text, (int64_t)a->observed);
	election_html_cell(h, true);
	real(h, a->expected);
	real(h, a->deviation);
	real(h, a->anomaly);
	real(h, a->z);
	election_html_row_end(h);
}

static void
table(struct html *h, const char *first, const char *caption)
{
	const char *columns[] = { first, "#Stations", "#Observed",
	    "#Expected", "#Spread", "#Anomaly", "#z" };

	election_html_table(h, caption, columns, 7);
}

static void
regions(struct html *h, const struct anomaly_report *a)
{
	struct buf order = buf_with(64 * MIB);
	unsigned i, n = election_anomaly_high(a, &order);

	outcome_number(&h->text, n);
	buf_text(&h->text, " of ");
	election_say_count(&h->text, a->nregions, "region");
	buf_text(&h->text, n == 1 ? " has" : " have");
	buf_text(&h->text, " z over 3.09 for either of the two, which chance "
	    "alone gives one region in a thousand");
	buf_text(&h->text, n > 0 ? ":" : ".");
	election_html_paragraph(h, NULL);
	if (n > 0) {
		table(h, "Region", "Regions with z over 3.09");
		for (i = 0; i < n; i++)
			row(h, election_anomaly_at(a, &order, i)->name,
			    &election_anomaly_at(a, &order, i)->
			    of[ANOMALY_EITHER]);
		election_html_table_end(h);
	}
	buf_free(&order);
}

static void
included(struct html *h, const struct anomaly_report *a)
{
	outcome_number(&h->text, (int64_t)a->included);
	buf_text(&h->text, " of ");
	election_say_count(&h->text, a->stations, "station");
	buf_text(&h->text, " included; left out: ");
	outcome_number(&h->text, (int64_t)a->no_ballots);
	buf_text(&h->text, " without ballots, ");
	outcome_number(&h->text, (int64_t)a->under_100);
	buf_text(&h->text, " with fewer than 100 voters, ");
	outcome_number(&h->text, (int64_t)a->turnout_over_99);
	buf_text(&h->text, " with a turnout over 99%, ");
	outcome_number(&h->text, (int64_t)a->leader_over_99);
	buf_text(&h->text, " with a leader's share over 99%. Leader: ");
	buf_add(&h->text, text_head(a->leader, ELECTION_HTML_NAME));
	buf_byte(&h->text, '.');
	election_html_paragraph(h, NULL);
}

void
election_anomaly_page(struct html *h, const struct anomaly_report *a)
{
	unsigned i;

	election_html_section(h, "anomaly", "Whole percentages");
	html_raw(h, "<div class=\"card\">\n");
	included(h, a);
	table(h, "Whole percentage of", "Stations with a whole percentage");
	for (i = 0; i < ANOMALY_KINDS; i++)
		row(h, bytes_of(election_anomaly_names[i]), &a->of[i]);
	election_html_table_end(h);
	if (a->nregions > 0)
		regions(h, a);
	html_raw(h, "<h3>What this is, and what else makes peaks</h3>\n<ul>\n");
	for (i = 0; election_say_notes[i] != NULL; i++) {
		html_raw(h, "<li>");
		html_string(h, election_say_notes[i]);
		html_raw(h, "</li>\n");
	}
	html_raw(h, "</ul>\n</div>\n</section>\n");
}
