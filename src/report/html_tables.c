/*
 * What was not read, what was examined, what it was compared with; and what
 * concerns the person.
 */
#include "report/html.h"

#include "record/gap.h"

#define GAPS_MAX	100
#define SETS_MAX	100
#define TEXT_MAX	300

/* A cell of what was said; numbers stand to the right. */
static void
cell(struct html *h, bool number)
{
	html_raw(h, number ? "<td class=\"n\">" : "<td>");
	html_said(h);
	html_raw(h, "</td>");
}

static void
row_head(struct html *h)
{
	html_raw(h, "<tr><th scope=\"row\">");
	html_said(h);
	html_raw(h, "</th>");
}

static void
paragraph(struct html *h, enum phrase phrase)
{
	html_raw(h, "<p>");
	html_phrase(h, phrase);
	html_raw(h, "</p>\n");
}

static void
gap(struct html *h, const struct result_gap *g)
{
	buf_text(&h->text, say_subject(h->r, g->artifact, h->lang));
	row_head(h);
	say_gap_where(&h->text, g, h->o);
	cell(h, false);
	/* Reasons are told in English only. */
	html_raw(h, h->lang == LANG_EN ? "<td>" : "<td lang=\"en\">");
	html_bytes(h, g->why, TEXT_MAX);
	html_raw(h, "</td></tr>\n");
}

void
html_gaps(struct html *h)
{
	static const enum phrase columns[] = {
		PHRASE_WHAT, PHRASE_FILE, PHRASE_REASON
	};
	unsigned i;

	html_section(h, "gaps", PHRASE_GAPS);
	html_raw(h, "<div class=\"card\">\n");
	paragraph(h, h->r->ngaps == 0 ? PHRASE_NO_GAPS : PHRASE_GAPS_MEAN);
	if (h->r->ngaps > 0) {
		html_table(h, PHRASE_GAPS, columns, 3);
		for (i = 0; i < h->r->ngaps && i < GAPS_MAX; i++)
			gap(h, &h->r->gaps[i]);
		html_raw(h, "</tbody></table>\n");
		html_shown(h, i, h->r->ngaps);
	}
	html_raw(h, "</div>\n</section>\n");
}

static bool
covered(struct html *h, const struct result_coverage *c)
{
	bool read = c->state <= COVERAGE_PARTLY;

	buf_text(&h->text, texts_artifact(h->lang, c->artifact, c->about));
	row_head(h);
	buf_text(&h->text, texts_coverage(h->lang, c->state));
	cell(h, false);
	if (read)
		say_number(&h->text, h->lang, c->records);
	cell(h, true);
	if (read)
		say_number(&h->text, h->lang, c->members);
	cell(h, true);
	html_raw(h, "</tr>\n");
	return c->state == COVERAGE_NOT_IN_KIND;
}

void
html_coverage(struct html *h)
{
	static const enum phrase columns[] = {
		PHRASE_WHAT, PHRASE_STATE, PHRASE_RECORDS, PHRASE_FILES
	};
	bool advise = false;
	unsigned i;

	html_section(h, "coverage", PHRASE_COVERAGE);
	html_raw(h, "<div class=\"card\">\n");
	html_table(h, PHRASE_COVERAGE, columns, 4);
	for (i = 0; i < h->r->ncoverage; i++)
		advise |= covered(h, &h->r->coverage[i]);
	html_raw(h, "</tbody></table>\n");
	if (advise)
		paragraph(h, PHRASE_ENCRYPT_ADVICE);
	html_raw(h, "</div>\n</section>\n");
}

static void
counts(struct html *h)
{
	static const enum phrase columns[] = {
		PHRASE_KIND_OF, PHRASE_LOADED, PHRASE_TESTABLE
	};
	unsigned i;

	if (h->r->ncounts == 0)
		return;
	html_table(h, PHRASE_INDICATORS, columns, 3);
	for (i = 0; i < h->r->ncounts; i++) {
		buf_add(&h->text, texts_kind(h->lang,
		    bytes_of(h->r->counts[i].name)));
		row_head(h);
		say_number(&h->text, h->lang, h->r->counts[i].loaded);
		cell(h, true);
		say_number(&h->text, h->lang, h->r->counts[i].testable);
		cell(h, true);
		html_raw(h, "</tr>\n");
	}
	html_raw(h, "</tbody></table>\n");
}

static void
sets(struct html *h)
{
	static const enum phrase columns[] = { PHRASE_SETS, PHRASE_LOADED };
	unsigned i;

	if (h->r->nsets == 0)
		return;
	html_table(h, PHRASE_SETS, columns, 2);
	for (i = 0; i < h->r->nsets && i < SETS_MAX; i++) {
		buf_add(&h->text, text_head(h->r->sets[i].name, TEXT_MAX));
		row_head(h);
		say_number(&h->text, h->lang, h->r->sets[i].count);
		cell(h, true);
		html_raw(h, "</tr>\n");
	}
	html_raw(h, "</tbody></table>\n");
	html_shown(h, i, h->r->nsets);
}

static void
notes(struct html *h, bool errors, enum phrase phrase)
{
	unsigned i, n = 0;

	for (i = 0; i < h->r->nnotes; i++)
		n += bytes_is(bytes_of(h->r->notes[i].kind), "error") == errors;
	if (n == 0)
		return;
	html_raw(h, "<p>");
	say_with_number(&h->text, h->lang, phrase, n);
	html_said(h);
	html_raw(h, "</p>\n");
}

void
html_indicators(struct html *h)
{
	html_section(h, "indicators", PHRASE_INDICATORS);
	html_raw(h, "<div class=\"card\">\n<p>");
	say_compared(&h->text, h->r, h->lang);
	html_said(h);
	html_raw(h, "</p>\n");
	counts(h);
	sets(h);
	notes(h, true, PHRASE_SET_ERRORS);
	notes(h, false, PHRASE_NOT_TESTED);
	html_raw(h, "</div>\n</section>\n");
}

static void
item(struct html *h, enum phrase phrase)
{
	html_raw(h, "<li>");
	html_phrase(h, phrase);
	html_raw(h, "</li>\n");
}

void
html_next_steps(struct html *h)
{
	enum phrase steps[SAY_STEPS];
	unsigned i, n = say_steps(h->r, steps);

	html_section(h, "next", PHRASE_DO_NEXT);
	html_raw(h, "<ol class=\"card\" style=\"padding-left:2.6rem\">\n");
	for (i = 0; i < n; i++)
		item(h, steps[i]);
	html_raw(h, "</ol>\n</section>\n");
}

static void
helplines(struct html *h)
{
	const struct texts_helpline *help;
	unsigned i;

	html_raw(h, "<h3>");
	html_phrase(h, PHRASE_HELP);
	html_raw(h, "</h3>\n<ul class=\"help\">\n");
	for (i = 0; (help = texts_helpline(h->lang, i)) != NULL; i++) {
		html_raw(h, "<li><strong>");
		html_string(h, help->name);
		html_raw(h, "</strong> ");
		html_string(h, help->who);
		html_raw(h, "<br><a href=\"");
		html_string(h, help->url);
		html_raw(h, "\">");
		html_string(h, help->url);
		html_raw(h, "</a>");
		if (help->address != NULL) {
			html_raw(h, ", ");
			html_string(h, help->address);
		}
		html_raw(h, "</li>\n");
	}
	html_raw(h, "</ul>\n<p class=\"more\">");
	html_phrase(h, PHRASE_HELP_DATE);
	html_raw(h, "</p>\n");
}

void
html_person(struct html *h)
{
	unsigned i;

	html_section(h, "person", PHRASE_PERSON);
	html_raw(h, "<div class=\"card\">\n<ul>\n");
	item(h, PHRASE_PERSON_1);
	item(h, PHRASE_PERSON_2);
	item(h, PHRASE_PERSON_3);
	html_raw(h, "</ul>\n");
	helplines(h);
	html_raw(h, "<h3>");
	html_phrase(h, PHRASE_CANNOT);
	html_raw(h, "</h3>\n<ul>\n");
	for (i = PHRASE_CANNOT_1; i <= PHRASE_CANNOT_5; i++)
		item(h, (enum phrase)i);
	html_raw(h, "</ul>\n</div>\n</section>\n");
}
