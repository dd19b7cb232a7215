/*
 * Stations by name on the page: protocols that break a relation, that a later
 * version replaced, that were annulled; and what is missing.
 */
#include "report/election_html.h"

#include "report/election_say.h"

#define SHOWN	200
#define MILD	50	/* fewer of those that honest protocols break too */

static void
place(struct html *h, const struct tally *t, const struct tally_station *s)
{
	election_say_station(&h->text, t, s);
	html_raw(h, "<tr><th scope=\"row\">");
	html_said(h);
	html_raw(h, "<br><span class=\"more\">");
	election_say_line(&h->text, t, s);
	html_said(h);
	html_raw(h, "</span></th>");
}

static void
failure(struct html *h, const struct tally *t, const struct tally_failure *f)
{
	const struct tally_control *c = &t->controls[f->control];

	place(h, t, &f->station);
	buf_add(&h->text, c->id);
	buf_text(&h->text, c->hard ? ", hard" : ", mild");
	election_html_cell(h, false);
	html_raw(h, "<td><code>");
	buf_add(&h->text, f->explained);
	html_said(h);
	html_raw(h, "</code></td>");
	buf_text(&h->text, f->counted ? "yes" : "no");
	election_html_cell(h, false);
	election_html_row_end(h);
}

/* Hard ones first. */
void
election_stations_broken(struct html *h, const struct election_view *v)
{
	static const char *const columns[] = { "Station", "Relation",
	    "With its numbers", "Counted" };
	const struct tally *t = v->tally;
	unsigned pass, i, n = 0, most[2] = { SHOWN, MILD };

	if (t->failures_in_all == 0)
		return;
	election_html_section(h, "broken", "Protocols that break a relation");
	html_raw(h, "<div class=\"card\">\n");
	election_html_table(h, "Protocols that break a relation", columns, 4);
	for (pass = 0; pass < 2; pass++)
		for (i = 0; i < t->nfailures && n < most[pass]; i++) {
			if (t->controls[t->failures[i].control].hard !=
			    (pass == 0))
				continue;
			failure(h, t, &t->failures[i]);
			n++;
		}
	election_html_table_end(h);
	election_html_more(h, n, t->failures_in_all,
	    "count.json names up to 1,000, stations.csv tells each state");
	html_raw(h, "</div>\n</section>\n");
}

void
election_stations_versions(struct html *h, const struct tally *t)
{
	static const char *const columns[] = { "Station", "What happened",
	    "Counted is" };
	unsigned i;

	if (t->nversions == 0)
		return;
	election_html_section(h, "versions",
	    "Protocols that a later version replaced");
	html_raw(h, "<div class=\"card\">\n");
	election_html_table(h, "Replaced protocols", columns, 3);
	for (i = 0; i < t->nversions && i < SHOWN; i++) {
		place(h, t, &t->versions[i].station);
		election_say_version(&h->text, &t->versions[i]);
		election_html_cell(h, false);
		election_say_line(&h->text, t, &t->versions[i].by);
		election_html_cell(h, false);
		election_html_row_end(h);
	}
	election_html_table_end(h);
	election_html_more(h, i, t->versions_in_all,
	    "count.json names up to 1,000");
	html_raw(h, "</div>\n</section>\n");
}

static void
unmet(struct html *h, const struct tally *t)
{
	unsigned i;

	if (t->nannul_unmet == 0)
		return;
	election_say_unmet(&h->text, t);
	election_html_paragraph(h, "loud");
	html_raw(h, "<ul>\n");
	for (i = 0; i < t->nannul_unmet; i++) {
		html_raw(h, "<li>");
		buf_text(&h->text, "line ");
		buf_uint(&h->text, t->annul_unmet[i].line);
		buf_text(&h->text, ": ");
		buf_add(&h->text, t->annul_unmet[i].name);
		html_said(h);
		html_raw(h, "</li>\n");
	}
	html_raw(h, "</ul>\n");
}

static void
annulled(struct html *h, const struct tally *t)
{
	static const char *const columns[] = { "Station", "Reason",
	    "#Registered", "#Ballots found" };
	uint64_t registered = 0, found = 0;
	unsigned i;

	election_html_table(h, "Annulled stations", columns, 4);
	for (i = 0; i < t->nannulled; i++) {
		registered += t->annulled[i].registered;
		found += t->annulled[i].found;
		if (i >= SHOWN)
			continue;
		place(h, t, &t->annulled[i].station);
		buf_add(&h->text, t->annulled[i].reason);
		election_html_cell(h, false);
		outcome_number(&h->text, (int64_t)t->annulled[i].registered);
		election_html_cell(h, true);
		outcome_number(&h->text, (int64_t)t->annulled[i].found);
		election_html_cell(h, true);
		election_html_row_end(h);
	}
	buf_text(&h->text, "All of them");
	election_html_row(h);
	election_html_cell(h, false);
	outcome_number(&h->text, (int64_t)registered);
	election_html_cell(h, true);
	outcome_number(&h->text, (int64_t)found);
	election_html_cell(h, true);
	election_html_row_end(h);
	election_html_table_end(h);
	election_html_more(h, SHOWN, t->nannulled, "all stand in count.json");
}

void
election_stations_annulled(struct html *h, const struct tally *t)
{
	if (t->nannulled == 0 && t->nannul_unmet == 0)
		return;
	election_html_section(h, "annulled", "Annulled stations");
	html_raw(h, "<div class=\"card\">\n");
	unmet(h, t);
	if (t->nannulled > 0)
		annulled(h, t);
	html_raw(h, "</div>\n</section>\n");
}

static void
number(struct html *h, const char *name, uint64_t n)
{
	outcome_number(&h->text, (int64_t)n);
	html_fact(h, name);
}

void
election_stations_missing(struct html *h, const struct tally *t)
{
	const struct tally_node *c = &t->nodes[0];

	election_html_section(h, "stations", "Stations");
	html_raw(h, "<div class=\"card\">\n<dl class=\"facts numbers\">\n");
	number(h, "Known", c->stations);
	number(h, "Counted", c->counted);
	number(h, "Missing", c->missing);
	number(h, "Broken, left out", c->broken);
	number(h, "Annulled", c->annulled);
	if (t->stations_listed)
		number(h, "Not on the list", t->unlisted);
	html_raw(h, "</dl>\n");
	election_say_missing(&h->text, t);
	election_html_paragraph(h, NULL);
	html_raw(h, "</div>\n</section>\n");
}
