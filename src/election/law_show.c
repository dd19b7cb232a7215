/*
 * A law for people and as JSON: the writer, the head, the versions.
 */
#include "election/law_show.h"

#include <assert.h>

#include "base/quote.h"
#include "election/law_show_inside.h"

/* --- the writer ----------------------------------------------------------- */

static void
indent(struct law_writer *w)
{
	unsigned i;

	for (i = 0; i < w->depth; i++)
		out_text(w->out, "  ");
}

/* The key of JSON; in text its words, with blanks for dashes. */
static void
begin(struct law_writer *w, const char *key)
{
	const char *c;

	if (!w->json) {
		indent(w);
		for (c = key; c != NULL && *c != '\0'; c++)
			buf_byte(out_buf(w->out), *c == '-' || *c == '_' ?
			    ' ' : (uint8_t)*c);
		out_text(w->out, key == NULL ? "" : ": ");
		return;
	}
	if (!w->first)
		out_text(w->out, ",");
	w->first = false;
	if (key == NULL)
		return;
	out_text(w->out, "\"");
	for (c = key; *c != '\0'; c++)
		buf_byte(out_buf(w->out), *c == '-' ? '_' : (uint8_t)*c);
	out_text(w->out, "\":");
}

static void
put(struct law_writer *w, struct bytes text)
{
	if (w->json)
		quote_json(out_buf(w->out), text);
	else
		out_escape(w->out, text, TEXT_LOG);
}

static void
end(struct law_writer *w)
{
	if (!w->json)
		out_text(w->out, "\n");
}

void
law_show_open(struct law_writer *w, const char *key, const char *heading,
    char bracket)
{
	if (w->json) {
		begin(w, key);
		buf_byte(out_buf(w->out), (uint8_t)bracket);
		w->first = true;
		return;
	}
	if (heading == NULL)
		return;
	indent(w);
	out_escape(w->out, bytes_of(heading), TEXT_LOG);
	out_text(w->out, "\n");
	w->depth++;
}

void
law_show_close(struct law_writer *w, char bracket)
{
	if (w->json) {
		buf_byte(out_buf(w->out), (uint8_t)bracket);
		w->first = false;
	} else if (w->depth > 0) {
		w->depth--;
	}
}

void
law_show_field(struct law_writer *w, const char *key, struct bytes code,
    const char *words)
{
	begin(w, key);
	put(w, w->json || words == NULL ? code : bytes_of(words));
	end(w);
}

void
law_show_number(struct law_writer *w, const char *key, uint64_t n)
{
	begin(w, key);
	buf_uint(out_buf(w->out), n);
	end(w);
}

void
law_show_flag(struct law_writer *w, const char *key, bool is,
    const char *words)
{
	if (!is)
		return;
	begin(w, w->json ? key : NULL);
	out_text(w->out, w->json ? "true" : words);
	end(w);
}

void
law_show_bool(struct law_writer *w, const char *key, bool is)
{
	begin(w, key);
	out_text(w->out, w->json ? is ? "true" : "false" : is ? "yes" : "no");
	end(w);
}

void
law_show_day(struct law_writer *w, const char *key, int32_t day)
{
	struct buf *b;

	if (day == DATE_UNSET)
		return;
	begin(w, key);
	b = out_buf(w->out);
	buf_text(b, w->json ? "\"" : "");
	if (w->json)
		date_show(b, day);
	else
		date_words(b, day);
	buf_text(b, w->json ? "\"" : "");
	end(w);
}

/* --- grounds -------------------------------------------------------------- */

static bool
same_ground(const struct ground *a, const struct ground *b)
{
	return bytes_eq(a->article, b->article) && a->sources == b->sources &&
	    a->unverified == b->unverified && a->note.n == 0;
}

static void
ground_json(struct law_writer *w, const struct ground *g)
{
	unsigned i;

	if (g->article.n > 0)
		law_show_field(w, "article", g->article, NULL);
	law_show_open(w, "sources", NULL, '[');
	for (i = 0; i < g->nsources; i++)
		law_show_field(w, NULL, g->sources[i], NULL);
	law_show_close(w, ']');
	begin(w, "unverified");
	out_text(w->out, g->unverified ? "true" : "false");
	if (g->note.n > 0)
		law_show_field(w, "note", g->note, NULL);
}

void
law_show_ground(struct law_writer *w, const struct ground *g,
    const struct ground *of)
{
	const char *between = "";
	unsigned i;

	if (w->json) {
		ground_json(w, g);
		return;
	}
	if (of != NULL && same_ground(g, of))
		return;
	indent(w);
	out_text(w->out, "by ");
	if (g->article.n > 0) {
		put(w, g->article);
		between = ", ";
	}
	for (i = 0; i < g->nsources; i++) {
		out_text(w->out, between);
		out_text(w->out, i == 0 ? "source " : "");
		put(w, g->sources[i]);
		between = ", ";
	}
	if (*between == '\0')
		out_text(w->out, "memory");
	out_text(w->out, g->unverified ? " [unverified]\n" : "\n");
	if (g->note.n > 0)
		law_show_field(w, "note", g->note, NULL);
}

/* --- dates ---------------------------------------------------------------- */

static const char *const weekdays[] = { "sunday", "monday", "tuesday",
    "wednesday", "thursday", "friday", "saturday" };

static bool
is_set(const struct law_date *d)
{
	return d->on != NULL || d->from != NULL || d->until != NULL;
}

static void
date_json(struct law_writer *w, const char *key, const struct law_date *d)
{
	if (key != NULL)
		law_show_open(w, key, NULL, '{');
	if (d->on != NULL)
		law_show_field(w, "on", when_text(d->on), NULL);
	if (d->from != NULL)
		law_show_field(w, "from", when_text(d->from), NULL);
	if (d->until != NULL)
		law_show_field(w, "until", when_text(d->until), NULL);
	if (d->weekday >= 0)
		law_show_field(w, "weekday", bytes_of(weekdays[d->weekday]),
		    NULL);
	if (key == NULL)
		return;
	ground_json(w, &d->ground);
	law_show_close(w, '}');
}

/* Without a key: the parts of a map that has other keys too, and its ground
   follows there. */
void
law_show_date(struct law_writer *w, const char *key, const struct law_date *d,
    const struct ground *of)
{
	if (!is_set(d))
		return;
	if (w->json) {
		date_json(w, key, d);
		return;
	}
	begin(w, key == NULL ? "when" : key);
	if (d->on != NULL)
		put(w, when_text(d->on));
	if (d->from != NULL) {
		out_text(w->out, "from ");
		put(w, when_text(d->from));
	}
	if (d->until != NULL) {
		out_text(w->out, d->from == NULL ? "until " : ", until ");
		put(w, when_text(d->until));
	}
	if (d->weekday >= 0) {
		out_text(w->out, ", a ");
		out_text(w->out, weekdays[d->weekday]);
	}
	out_text(w->out, "\n");
	if (key == NULL)
		return;
	w->depth++;
	law_show_ground(w, &d->ground, of);
	w->depth--;
}

/* --- the head ------------------------------------------------------------- */

static void
show_clock(struct law_writer *w)
{
	unsigned i;

	law_show_open(w, "clock", "clock:", '[');
	for (i = 0; i < w->law->nclock; i++) {
		law_show_open(w, NULL, NULL, '{');
		if (w->json) {
			law_show_day(w, "from", w->law->clock[i].from);
			law_show_field(w, "zone", w->law->clock[i].text, NULL);
			law_show_close(w, '}');
			continue;
		}
		indent(w);
		out_text(w->out, "from ");
		date_words(out_buf(w->out), w->law->clock[i].from);
		out_text(w->out, ": ");
		put(w, w->law->clock[i].text);
		out_text(w->out, "\n");
	}
	law_show_close(w, ']');
}

static void
put_days(struct law_writer *w, const char *key, const int32_t *days,
    unsigned n)
{
	unsigned i;

	law_show_open(w, key, NULL, '[');
	if (!w->json && n > 0)
		begin(w, key);
	for (i = 0; i < n; i++) {
		if (w->json)
			begin(w, NULL);
		else if (i > 0)
			out_text(w->out, ", ");
		out_text(w->out, w->json ? "\"" : "");
		date_show(out_buf(w->out), days[i]);
		out_text(w->out, w->json ? "\"" : "");
	}
	if (w->json)
		law_show_close(w, ']');
	else if (n > 0)
		end(w);
}

static void
show_holidays(struct law_writer *w)
{
	const struct law *law = w->law;
	unsigned i;

	law_show_open(w, "holidays", NULL, '[');
	if (!w->json && law->nholidays > 0)
		begin(w, "holidays");
	for (i = 0; i < law->nholidays; i++) {
		if (w->json)
			begin(w, NULL);
		else if (i > 0)
			out_text(w->out, ", ");
		buf_printf(out_buf(w->out), w->json ? "\"%02u-%02u\"" :
		    "%02u-%02u", law->holidays[i] / 100U,
		    law->holidays[i] % 100U);
	}
	if (w->json)
		law_show_close(w, ']');
	else if (law->nholidays > 0)
		end(w);
	put_days(w, "holidays-of-one-year", law->own_holidays,
	    law->nown_holidays);
	put_days(w, "working-sundays", law->working_sundays,
	    law->nworking_sundays);
}

static void
show_sources(struct law_writer *w)
{
	const struct law_source *s;
	unsigned i;

	if (w->law->nsources == 0 && !w->json)
		return;
	law_show_open(w, "sources", "sources:", '[');
	for (i = 0; i < w->law->nsources; i++) {
		s = &w->law->sources[i];
		if (w->json) {
			law_show_open(w, NULL, NULL, '{');
			law_show_field(w, "id", s->id, NULL);
			law_show_field(w, "title", s->title, NULL);
			if (s->url.n > 0)
				law_show_field(w, "url", s->url, NULL);
			law_show_close(w, '}');
			continue;
		}
		indent(w);
		put(w, s->id);
		out_text(w->out, ": ");
		put(w, s->title);
		out_text(w->out, s->url.n > 0 ? ", " : "");
		put(w, s->url);
		out_text(w->out, "\n");
	}
	law_show_close(w, ']');
}

/* --- versions ------------------------------------------------------------- */

static void
show_version(struct law_writer *w, const struct law_version *v,
    const struct law_version *before)
{
	struct buf heading = buf_with(128);

	buf_text(&heading, "voting held from ");
	date_words(&heading, v->from);
	if (v->until != DATE_UNSET) {
		buf_text(&heading, " until ");
		date_words(&heading, v->until);
	}
	buf_text(&heading, before == NULL ? ":" : ", what changed:");
	buf_byte(&heading, '\0');
	if (!w->json)
		out_text(w->out, "\n");
	law_show_open(w, NULL, heading.bad ? "" : (const char *)heading.p,
	    '{');
	if (w->json) {
		law_show_day(w, "from", v->from);
		law_show_day(w, "until", v->until);
	}
	if (v->note.n > 0)
		law_show_field(w, "note", v->note, NULL);
	law_show_rules(w, v, w->json ? NULL : before);
	law_show_close(w, '}');
	buf_free(&heading);
}

void
law_show(struct out *out, const struct law *law,
    const struct law_version *only, bool json)
{
	struct law_writer w = { .out = out, .law = law, .json = json,
	    .first = true };
	const struct law_version *v;
	unsigned i;

	law_show_open(&w, NULL, NULL, '{');
	law_show_field(&w, "law", law->id, NULL);
	law_show_field(&w, "title", law->title, NULL);
	law_show_field(&w, "country", law->country, NULL);
	law_show_field(&w, "office", law->office, NULL);
	law_show_field(&w, "vote", law->vote, NULL);
	show_clock(&w);
	show_holidays(&w);
	show_sources(&w);
	law_show_open(&w, "versions", NULL, '[');
	for (i = 0; i < law->nversions; i++) {
		v = &law->versions[i];
		if (only == NULL || only == v)
			show_version(&w, v, only != NULL || i == 0 ? NULL :
			    v - 1);
	}
	law_show_close(&w, ']');
	law_show_close(&w, '}');
	if (json)
		out_text(out, "\n");
}
