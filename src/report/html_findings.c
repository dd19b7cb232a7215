/*
 * The findings as cards, one for each rule: what it is, each place where it
 * was met, and what to make of it.
 */
#include "report/html.h"

#define HITS_MAX	200	/* on the page */
#define IN_GROUP	40	/* of one rule */
#define INFO_MAX	40
#define TEXT_MAX	300	/* bytes of one text from evidence */

static void
fact(struct html *h, enum phrase name, bool mono)
{
	html_raw(h, "<dt>");
	html_phrase(h, name);
	html_raw(h, mono ? "</dt><dd class=\"mono\">" : "</dt><dd>");
	html_said(h);
	html_raw(h, "</dd>\n");
}

static void
reference(struct html *h, const struct result_indicator *i)
{
	/* As text, no link: what an indicator file says is not ours. */
	say_indicator(&h->text, i, h->lang);
	if (i->reference.n > 0) {
		buf_text(&h->text, "; ");
		buf_add(&h->text, text_head(i->reference, TEXT_MAX));
	}
	fact(h, PHRASE_INDICATOR, false);
}

static void
record(struct html *h, const struct result_finding *f)
{
	unsigned i;

	for (i = 0; i < f->finding.nfields; i++) {
		if (!f->fields[i].shown || !say_field(&h->text, f, i, h->o,
		    TEXT_MAX))
			continue;
		html_raw(h, "<dt class=\"mono\">");
		html_string(h, f->fields[i].name);
		html_raw(h, "</dt><dd class=\"mono\">");
		html_said(h);
		html_raw(h, "</dd>\n");
	}
}

static void
hit(struct html *h, const struct result_finding *f)
{
	unsigned i;

	html_raw(h, "<div class=\"hit\"><dl class=\"facts\">\n");
	say_when(&h->text, f, h->lang);
	fact(h, PHRASE_WHEN, false);
	buf_text(&h->text, say_subject(h->r, f->artifact, h->lang));
	buf_text(&h->text, ": ");
	say_where(&h->text, f, h->o);
	fact(h, PHRASE_WHERE, false);
	say_matched(&h->text, f, h->o, TEXT_MAX);
	if (h->text.n > 0)
		fact(h, PHRASE_MATCHED, true);
	for (i = 0; i < f->nindicators; i++)
		reference(h, &f->indicators[i]);
	record(h, f);
	html_raw(h, "</dl></div>\n");
}

static void
told(struct html *h, enum phrase heading, const char *text)
{
	html_raw(h, "<h4>");
	html_phrase(h, heading);
	html_raw(h, "</h4><p>");
	html_string(h, text);
	html_raw(h, "</p>\n");
}

/* Gives how many of its findings are on the page. */
static unsigned
group(struct html *h, unsigned first, unsigned room)
{
	const struct result_finding *f = &h->r->findings[first];
	const struct texts_rule *texts = texts_rule(h->lang, f->finding.rule);
	unsigned i, n = 0;

	html_raw(h, "<article class=\"card finding ");
	html_raw(h, level_name(f->level));	/* as in the style sheet */
	html_raw(h, "\">\n<h3>");
	html_string(h, texts->title);
	html_raw(h, "</h3>\n<p class=\"strength\"><span class=\"badge\">");
	html_string(h, texts_level(h->lang, f->level));
	html_raw(h, "</span> ");
	html_string(h, texts_strength(h->lang, f->strength));
	html_raw(h, "</p>\n<div class=\"told\">\n");
	told(h, PHRASE_WHY, texts->why);
	told(h, PHRASE_HARMLESS, texts->harmless);
	told(h, PHRASE_NEXT, texts->next);
	html_raw(h, "</div>\n");
	for (i = first; i < h->r->nfindings && n < room && n < IN_GROUP;
	    i = say_next(h->r, i), n++)
		hit(h, &h->r->findings[i]);
	html_shown(h, n, 1 + say_rest(h->r, first));
	html_raw(h, "</article>\n");
	return n;
}

static void
also_row(struct html *h, const struct result_finding *f)
{
	html_raw(h, "<tr><th scope=\"row\">");
	html_string(h, texts_rule(h->lang, f->finding.rule)->title);
	html_raw(h, "</th><td class=\"when\">");
	say_when(&h->text, f, h->lang);
	html_said(h);
	html_raw(h, "</td><td class=\"mono\">");
	if (f->finding.matched.n > 0)
		say_matched(&h->text, f, h->o, TEXT_MAX);
	else
		say_record(&h->text, f, h->o, TEXT_MAX);
	html_said(h);
	html_raw(h, "</td></tr>\n");
}

static void
also(struct html *h)
{
	static const enum phrase columns[] = {
		PHRASE_WHAT, PHRASE_WHEN, PHRASE_RECORD
	};
	unsigned i, n = 0, all = 0;

	for (i = 0; i < h->r->nfindings; i++)
		all += h->r->findings[i].level == LEVEL_INFO;
	if (all == 0)
		return;
	html_raw(h, "<h3>");
	html_phrase(h, PHRASE_ALSO);
	html_raw(h, "</h3>\n<div class=\"card\">\n");
	html_table(h, PHRASE_ALSO, columns, 3);
	for (i = 0; i < h->r->nfindings && n < INFO_MAX; i++) {
		if (h->r->findings[i].level != LEVEL_INFO)
			continue;
		also_row(h, &h->r->findings[i]);
		n++;
	}
	html_raw(h, "</tbody></table>\n");
	html_shown(h, n, all);
	html_raw(h, "</div>\n");
}

void
html_findings(struct html *h)
{
	struct say_groups groups = { .first = 0 };
	unsigned room = HITS_MAX, n = 0;

	html_section(h, "findings", PHRASE_FINDINGS);
	while (say_group(&groups, h->r)) {
		if (h->r->findings[groups.first].level == LEVEL_INFO)
			continue;
		room -= group(h, groups.first, room);
		n++;
	}
	if (n == 0) {
		html_raw(h, "<p class=\"card\">");
		html_phrase(h, PHRASE_NO_FINDINGS);
		html_raw(h, "</p>\n");
	}
	also(h);
	html_raw(h, "</section>\n");
}
