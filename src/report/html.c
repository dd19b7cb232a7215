/*
 * The page for people: one file that needs no server, no script and no other
 * file, and may fetch nothing.
 */
#include "report/html.h"

#include "base/limits.h"
#include "base/time.h"
#include "report/redact.h"

#define DEVICE_MAX	40	/* facts about the device; known are 18 */
#define FACT_MAX	300	/* bytes of one text */

void
html_raw(struct html *h, const char *markup)
{
	out_text(h->out, markup);
}

void
html_said(struct html *h)
{
	out_escape(h->out, buf_bytes(&h->text), TEXT_HTML);
	buf_reset(&h->text);
}

void
html_string(struct html *h, const char *text)
{
	out_escape(h->out, bytes_of(text), TEXT_HTML);
}

void
html_bytes(struct html *h, struct bytes b, size_t limit)
{
	out_escape(h->out, text_head(b, limit), TEXT_HTML);
	if (b.n > limit)
		html_raw(h, "\xe2\x80\xa6");
}

void
html_phrase(struct html *h, enum phrase phrase)
{
	html_string(h, texts_phrase(h->lang, phrase));
}

void
html_number(struct html *h, uint64_t v)
{
	say_number(&h->text, h->lang, v);
	html_said(h);
}

void
html_section(struct html *h, const char *id, enum phrase heading)
{
	html_raw(h, "<section aria-labelledby=\"");
	html_raw(h, id);
	html_raw(h, "\">\n<h2 id=\"");
	html_raw(h, id);
	html_raw(h, "\">");
	html_phrase(h, heading);
	html_raw(h, "</h2>\n");
}

void
html_fact(struct html *h, const char *name)
{
	html_raw(h, "<dt>");
	html_string(h, name);
	html_raw(h, "</dt><dd>");
	html_said(h);
	html_raw(h, "</dd>\n");
}

static bool
of_numbers(enum phrase column)
{
	return column == PHRASE_RECORDS || column == PHRASE_FILES ||
	    column == PHRASE_LOADED || column == PHRASE_TESTABLE;
}

void
html_table(struct html *h, enum phrase caption, const enum phrase *columns,
    unsigned n)
{
	unsigned i;

	html_raw(h, "<table><caption>");
	html_phrase(h, caption);
	html_raw(h, "</caption>\n<thead><tr>");
	for (i = 0; i < n; i++) {
		html_raw(h, of_numbers(columns[i]) ?
		    "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">");
		html_phrase(h, columns[i]);
		html_raw(h, "</th>");
	}
	html_raw(h, "</tr></thead>\n<tbody>\n");
}

void
html_shown(struct html *h, uint64_t shown, uint64_t all)
{
	struct buf text[2] = { buf_with(64), buf_with(64) };
	struct bytes places[2];

	if (shown < all) {
		say_number(&text[0], h->lang, shown);
		say_number(&text[1], h->lang, all);
		places[0] = buf_bytes(&text[0]);
		places[1] = buf_bytes(&text[1]);
		html_raw(h, "<p class=\"more\">");
		say_phrase(&h->text, h->lang, PHRASE_SHOWN, places, 2);
		html_said(h);
		html_raw(h, "</p>\n");
	}
	buf_free(&text[0]);
	buf_free(&text[1]);
}

static void
head(struct html *h)
{
	html_raw(h, "<!DOCTYPE html>\n<html lang=\"");
	html_raw(h, texts_lang(h->lang));
	html_raw(h, "\">\n<head>\n<meta charset=\"utf-8\">\n"
	    "<meta http-equiv=\"Content-Security-Policy\" content=\""
	    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
	    "base-uri 'none'; form-action 'none'\">\n"
	    "<meta name=\"referrer\" content=\"no-referrer\">\n"
	    "<meta name=\"viewport\" "
	    "content=\"width=device-width, initial-scale=1\">\n"
	    "<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
	html_phrase(h, PHRASE_TITLE);
	html_raw(h, ": ");
	html_string(h, texts_verdict(h->lang, h->r->verdict));
	html_raw(h, "</title>\n<style>\n");
	html_raw(h, html_style);
	html_raw(h, "</style>\n</head>\n");
}

static void
top(struct html *h)
{
	static const char *const classes[] = {
		[VERDICT_NOTHING] = "v0", [VERDICT_INCOMPLETE] = "v1",
		[VERDICT_SUSPICIOUS] = "v2", [VERDICT_COMPROMISED] = "v3"
	};

	html_raw(h, "<body class=\"");
	html_raw(h, classes[h->r->verdict]);
	html_raw(h, "\">\n<main>\n<header>\n<p>");
	html_phrase(h, PHRASE_TITLE);
	html_raw(h, "</p>\n<h1>");
	say_device(&h->text, h->r, h->o);
	html_said(h);
	html_raw(h, "</h1>\n</header>\n");
	if (h->o->redact) {
		html_raw(h, "<p class=\"redacted\">");
		html_phrase(h, PHRASE_REDACTED);
		html_raw(h, "</p>\n");
	}
	html_raw(h, "<section class=\"card verdict\">\n<p class=\"kicker\">");
	html_phrase(h, PHRASE_VERDICT);
	html_raw(h, "</p>\n<p class=\"word\">");
	html_string(h, texts_verdict_loud(h->lang, h->r->verdict));
	html_raw(h, "</p>\n<p>");
	say_why(&h->text, h->r, h->lang);
	html_said(h);
	html_raw(h, "</p>\n</section>\n");
}

static void
fact(struct html *h, enum phrase name)
{
	html_fact(h, texts_phrase(h->lang, name));
}

static void
device_fact(struct html *h, const struct result_pair *d)
{
	int64_t t = time_read(d->value);

	if (t != TIME_UNSET) {
		say_time(&h->text, h->lang, t);
	} else {
		buf_add(&h->text, text_head(d->value, FACT_MAX));
		buf_text(&h->text, d->value.n > FACT_MAX ? "\xe2\x80\xa6" : "");
	}
	html_fact(h, texts_device(h->lang, d->key));
}

static void
facts(struct html *h)
{
	const struct result_pair *d;
	unsigned i;

	html_section(h, "device", PHRASE_DEVICE);
	html_raw(h, "<dl class=\"card facts\">\n");
	for (i = 0; i < h->r->ndevice && i < DEVICE_MAX; i++) {
		d = &h->r->device[i];
		if (!h->o->redact || redact_keeps_device(d->key))
			device_fact(h, d);
	}
	say_evidence(&h->text, h->r, h->lang);
	fact(h, PHRASE_EVIDENCE);
	if (!h->o->redact) {
		buf_add(&h->text, text_head(say_last(h->r->path), FACT_MAX));
		fact(h, PHRASE_FOLDER);
	}
	say_read(&h->text, h->r, h->lang);
	fact(h, PHRASE_FILES);
	if (h->o->examiner != NULL && !h->o->redact) {
		buf_text(&h->text, h->o->examiner);
		fact(h, PHRASE_EXAMINER);
	}
	if (h->o->note != NULL && !h->o->redact) {
		buf_text(&h->text, h->o->note);
		fact(h, PHRASE_NOTE);
	}
	html_raw(h, "</dl>\n</section>\n");
}

static void
custody(struct html *h)
{
	const struct result *r = h->r;

	html_section(h, "custody", PHRASE_CUSTODY);
	html_raw(h, "<div class=\"card\">\n<p>");
	html_phrase(h, PHRASE_CUSTODY_ABOUT);
	html_raw(h, "</p>\n<dl class=\"facts\">\n");
	buf_text(&h->text, "ostrakon " OSTRAKON_VERSION);
	fact(h, PHRASE_TOOL);
	say_sandbox(&h->text, r, h->lang);
	fact(h, PHRASE_SANDBOX);
	if (r->sha256[0] != '\0') {
		buf_text(&h->text, r->sha256);
		fact(h, PHRASE_HASH);
	}
	if (r->index_sha256[0] != '\0') {
		buf_text(&h->text, r->index_sha256);
		fact(h, PHRASE_INDEX_HASH);
	}
	if (r->encrypted) {
		buf_text(&h->text, texts_phrase(h->lang, r->records_written ?
		    PHRASE_RECORDS_CLEAR : PHRASE_NO_RECORDS));
		fact(h, PHRASE_OUTPUT);
	}
	buf_text(&h->text, texts_phrase(h->lang, r->records_written ?
	    PHRASE_FULL_DATA_ABOUT : PHRASE_FULL_CASE));
	fact(h, PHRASE_FULL_DATA);
	html_raw(h, "</dl>\n</div>\n</section>\n");
}

void
report_html(struct out *out, const struct result *r,
    const struct report_options *o)
{
	struct html h = { out, r, o, o->lang, buf_with(4 * MIB) };

	head(&h);
	top(&h);
	html_next_steps(&h);
	html_findings(&h);
	html_timeline(&h);
	facts(&h);
	html_gaps(&h);
	html_coverage(&h);
	html_indicators(&h);
	html_person(&h);
	custody(&h);
	html_raw(&h, "</main>\n</body>\n</html>\n");
	if (h.text.bad)
		out->buf.bad = true;
	buf_free(&h.text);
}
