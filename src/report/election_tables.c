/*
 * Tables of the page: figures, regions, files, controls.
 */
#include "report/election_html.h"

#include "report/election_say.h"

#define REGIONS_MAX	2000
#define FILES_MAX	1000

static void
figure(struct html *h, const char *name, int64_t v, int64_t whole,
    const char *of)
{
	if (v < 0)
		return;
	buf_text(&h->text, name);
	election_html_row(h);
	outcome_number(&h->text, v);
	election_html_cell(h, true);
	if (whole > 0)
		election_say_share(&h->text, v, whole);
	election_html_cell(h, true);
	buf_text(&h->text, whole > 0 ? of : "");
	election_html_cell(h, false);
	election_html_row_end(h);
}

static void
candidates(struct html *h, const struct tally *t,
    const struct election_figures *f)
{
	const char *columns[] = { election_say_choice(t), "#Votes",
	    "#Of ballots found", "#Of valid ballots" };
	unsigned lines[FORM_LINES], i, n = election_say_order(t, lines);
	int64_t votes;

	if (n == 0)
		return;
	election_html_table(h, "Votes, most first",
	    columns, 4);
	for (i = 0; i < n; i++) {
		votes = (int64_t)t->nodes[0].sums[lines[i]];
		buf_add(&h->text, text_head(t->lines[lines[i]].key,
		    ELECTION_HTML_NAME));
		buf_text(&h->text, t->lines[lines[i]].against_all ?
		    " (against all)" : "");
		election_html_row(h);
		outcome_number(&h->text, votes);
		election_html_cell(h, true);
		election_say_share(&h->text, votes, f->found);
		election_html_cell(h, true);
		election_say_share(&h->text, votes, f->valid);
		election_html_cell(h, true);
		election_html_row_end(h);
	}
	election_html_table_end(h);
}

void
election_tables_figures(struct html *h, const struct tally *t)
{
	static const char *const columns[] = { "Figure", "#Number", "#Share",
	    "Of" };
	struct election_figures f = election_say_figures(t, &t->nodes[0]);

	election_html_section(h, "figures", "Figures");
	html_raw(h, "<div class=\"card\">\n");
	candidates(h, t, &f);
	election_html_table(h, "Figures of the country", columns, 4);
	figure(h, "Registered voters", f.registered, 0, "");
	figure(h, "Ballots issued", f.issued, f.registered,
	    "registered (turnout)");
	figure(h, "Ballots found in the boxes", f.found, f.registered,
	    f.by_found ? "registered (turnout)" : "registered");
	figure(h, "Valid ballots", f.valid, f.found, "found");
	figure(h, "Invalid ballots", f.invalid, f.found, "found");
	figure(h, "Blank ballots", f.blank, f.found, "found");
	election_html_table_end(h);
	html_raw(h, "</div>\n</section>\n");
}

/* --- regions -------------------------------------------------------------- */

static void
region(struct html *h, const struct tally *t, const struct tally_node *n,
    bool is_short)
{
	struct election_figures f = election_say_figures(t, n);
	int64_t votes = t->leader < 0 ? -1 : (int64_t)n->sums[t->leader];

	buf_add(&h->text, text_head(n->name, ELECTION_HTML_NAME));
	if (n->name.n == 0)
		buf_text(&h->text, "(no name)");
	election_html_row(h);
	outcome_number(&h->text, n->counted);
	election_html_cell(h, true);
	if (is_short) {
		outcome_number(&h->text, (int64_t)n->missing + n->broken);
		election_html_cell(h, true);
	}
	election_say_number(&h->text, f.registered);
	election_html_cell(h, true);
	election_say_share(&h->text, f.took_part, f.registered);
	election_html_cell(h, true);
	election_say_number(&h->text, f.found);
	election_html_cell(h, true);
	election_say_number(&h->text, votes);
	election_html_cell(h, true);
	election_say_share(&h->text, votes, f.found);
	election_html_cell(h, true);
	election_html_row_end(h);
}

static void
region_rows(struct html *h, const struct tally *t, unsigned all)
{
	static const char *const whole[] = { "Region", "#Stations",
	    "#Registered", "#Turnout", "#Found", "#Leader", "#Share" };
	static const char *const with_missing[] = { "Region", "#Stations",
	    "#Missing", "#Registered", "#Turnout", "#Found", "#Leader",
	    "#Share" };
	bool is_short = t->nodes[0].missing + t->nodes[0].broken > 0;
	unsigned i, n = 0;

	election_html_table(h, "Regions, by name", is_short ? with_missing :
	    whole, is_short ? 8 : 7);
	for (i = 0; i < t->nnodes && n < REGIONS_MAX; i++) {
		if (t->nodes[i].level != TALLY_REGION)
			continue;
		region(h, t, &t->nodes[i], is_short);
		n++;
	}
	election_html_table_end(h);
	election_html_more(h, n, all, "all stand in regions.csv");
}

void
election_tables_regions(struct html *h, const struct tally *t)
{
	unsigned i, n = 0;

	for (i = 0; i < t->nnodes; i++)
		n += t->nodes[i].level == TALLY_REGION;
	if (n == 0)
		return;
	election_html_section(h, "regions", "Regions");
	html_raw(h, "<div class=\"card\">\n");
	if (t->leader >= 0) {
		buf_text(&h->text, "Leader: ");
		buf_add(&h->text, text_head(t->lines[t->leader].key,
		    ELECTION_HTML_NAME));
		buf_text(&h->text, "; the share is of ballots found.");
		election_html_paragraph(h, NULL);
	}
	region_rows(h, t, n);
	html_raw(h, "</div>\n</section>\n");
}

/* --- files ---------------------------------------------------------------- */

void
election_tables_files(struct html *h, const struct tally *t)
{
	static const char *const columns[] = { "File", "What it held",
	    "Profile" };
	unsigned i;

	election_html_section(h, "files", "What was read");
	html_raw(h, "<div class=\"card\">\n");
	election_html_table(h, "Files that were read", columns, 3);
	for (i = 0; i < t->nfiles && i < FILES_MAX; i++) {
		buf_add(&h->text, text_head(election_say_file(t, i),
		    ELECTION_HTML_NAME));
		election_html_row(h);
		election_say_read(&h->text, &t->files[i]);
		election_html_cell(h, false);
		buf_add(&h->text, text_head(t->files[i].profile,
		    ELECTION_HTML_NAME));
		election_html_cell(h, false);
		election_html_row_end(h);
	}
	election_html_table_end(h);
	election_html_more(h, i, t->nfiles, "all stand in count.json");
	html_raw(h, "</div>\n</section>\n");
}

/* --- controls ------------------------------------------------------------- */

static void
relation(struct html *h, const struct tally_control *c)
{
	html_raw(h, "<td><code>");
	buf_add(&h->text, c->text);
	html_said(h);
	html_raw(h, "</code>");
	if (c->law.n > 0) {
		html_raw(h, "<span class=\"more\">");
		buf_add(&h->text, c->law);
		html_said(h);
		html_raw(h, "</span>");
	}
	html_raw(h, "</td>");
}

static void
control(struct html *h, const struct tally_control *c)
{
	html_raw(h, c->hard && c->violations > 0 ? "<tr class=\"bad\">" :
	    "<tr>");
	html_raw(h, "<th scope=\"row\" class=\"id\">");
	buf_add(&h->text, c->id);
	html_said(h);
	html_raw(h, c->hard ? "</th><td>hard</td>" : "</th><td>mild</td>");
	relation(h, c);
	outcome_number(&h->text, (int64_t)c->stations);
	election_html_cell(h, true);
	outcome_number(&h->text, (int64_t)c->violations);
	election_html_cell(h, true);
	if (c->violations > 0)
		outcome_number(&h->text, c->largest);
	election_html_cell(h, true);
	election_html_row_end(h);
}

void
election_tables_controls(struct html *h, const struct tally *t)
{
	static const char *const columns[] = { "", "Kind", "Relation",
	    "#Checked in", "#Violations", "#Largest" };
	unsigned i;

	if (t->ncontrols == 0)
		return;
	election_html_section(h, "controls", "Controls");
	html_raw(h, "<div class=\"card\">\n");
	buf_text(&h->text, "A protocol that breaks a hard relation is not "
	    "counted, unless that was asked for. A mild one can be broken by "
	    "honest protocols too: it is told, and the protocol counts.");
	election_html_paragraph(h, NULL);
	election_html_table(h, "Control relations and their violations",
	    columns, 6);
	for (i = 0; i < t->ncontrols; i++)
		if (t->controls[i].checked)
			control(h, &t->controls[i]);
	election_html_table_end(h);
	election_say_not_checked(&h->text, t);
	if (h->text.n > 0)
		election_html_paragraph(h, "more");
	html_raw(h, "</div>\n</section>\n");
}
