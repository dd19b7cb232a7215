/*
 * Asking a profile: what a column is, what is missing, which vote it was.
 */
#include "election/profile_inside.h"

#include "base/text.h"
#include "election/relation_inside.h"

#define HEADER_MAX	1024	/* bytes; the longest of real forms has 300 */

const char *
figure_name(enum figure f)
{
	static const char *const names[FIGURE_COUNT] = {
		[FIGURE_REGISTERED] = "registered", [FIGURE_ISSUED] = "issued",
		[FIGURE_FOUND] = "found", [FIGURE_VALID] = "valid",
		[FIGURE_INVALID] = "invalid", [FIGURE_BLANK] = "blank",
		[FIGURE_TURNOUT] = "turnout"
	};

	return f < FIGURE_COUNT ? names[f] : NULL;
}

const char *
profile_place(enum column_is is)
{
	static const char *const names[] = {
		[COLUMN_CANDIDATE] = "candidate", [COLUMN_REGION] = "region",
		[COLUMN_DISTRICT] = "district",
		[COLUMN_TERRITORY] = "territory", [COLUMN_STATION] = "station",
		[COLUMN_STATUS] = "status",
		[COLUMN_VERSION] = "version", [COLUMN_REASON] = "reason",
		[COLUMN_IGNORED] = "ignored", [COLUMN_KEY] = "key",
		[COLUMN_VALUE] = "value", [COLUMN_CONTEST] = "contest",
		[COLUMN_OTHER] = "other", [COLUMN_UNKNOWN] = "unknown"
	};

	return names[is];
}

/* Blanks of Unicode too: no-break, thin, ideographic ones. */
static bool
is_blank(uint32_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 ||
	    c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200b) ||
	    c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f ||
	    c == 0x3000 || c == 0xfeff;
}

/* At most in.n bytes; how many. */
static size_t
clean(struct bytes in, uint8_t *to)
{
	size_t at = 0, put = 0, n;
	bool pending = false;
	uint32_t c;

	while (at < in.n) {
		n = text_char(in, at, &c);
		if (n == 0) {
			n = 1;
			c = in.p[at];
		}
		if (is_blank(c)) {
			pending = put > 0;
		} else {
			if (pending)
				to[put++] = ' ';
			pending = false;
			memcpy(to + put, in.p + at, n);
			put += n;
		}
		at += n;
	}
	return put;
}

struct bytes
profile_clean(struct bytes header, struct arena *arena)
{
	uint8_t *to = arena_alloc(arena, header.n + 1, 1);

	return to == NULL ? bytes_of("") : bytes_at(to, clean(header, to));
}

static enum profile_fit
rule_fits(const struct profile *p, const struct profile_rule *r,
    struct bytes text)
{
	enum profile_fit fit;
	unsigned i;

	for (i = 0; i < r->n; i++) {
		fit = profile_patterns_fit(p->patterns, r->tests[i].pattern,
		    text);
		if (fit == PROFILE_LIMIT)
			return fit;
		if ((fit == PROFILE_YES) != r->tests[i].wanted)
			return PROFILE_NO;
	}
	return PROFILE_YES;
}

/* A line is known by its key, too. */
static const struct profile_rule *
by_key(const struct profile *p, struct bytes text)
{
	unsigned i;

	for (i = 0; i < p->nrules; i++)
		if (p->rules[i].is == COLUMN_LINE &&
		    text_same(p->rules[i].key, text))
			return &p->rules[i];
	return NULL;
}

/* The first rule that fits; NULL also if that cannot be told. */
static const struct profile_rule *
by_rule(const struct profile *p, struct bytes text)
{
	enum profile_fit fit;
	unsigned i;

	for (i = 0; i < p->nrules; i++) {
		fit = rule_fits(p, &p->rules[i], text);
		if (fit == PROFILE_LIMIT)
			return NULL;
		if (fit == PROFILE_YES)
			return &p->rules[i];
	}
	return NULL;
}

/* Whether a rule says what a column is, and not only that it is a number. */
static bool
is_vague(const struct profile_rule *r)
{
	return r == NULL || r->is == COLUMN_CANDIDATE ||
	    r->is == COLUMN_OTHER || r->is == COLUMN_UNKNOWN;
}

/* Two meanings can have one name: "station" is a place in a header, and a line
   in a row. */
static const struct profile_rule *
rule_of(const struct profile *p, struct bytes text, bool row)
{
	const struct profile_rule *r = NULL, *line = by_key(p, text);

	if (line == NULL || !row)
		r = by_rule(p, text);
	return line != NULL && is_vague(r) ? line : r;
}

/* Blanks for underscores; whether there was one. */
static bool
part_words(struct bytes text, uint8_t *room)
{
	bool parted = false;
	size_t i;

	for (i = 0; i < text.n; i++)
		if (room[i] == '_') {
			room[i] = ' ';
			parted = true;
		}
	return parted;
}

/* "registered_voters" is the line, and no candidate of that name. */
static enum column_is
recognise(const struct profile *p, struct bytes header, bool row,
    struct bytes *key)
{
	uint8_t room[HEADER_MAX];
	struct bytes text = bytes_at(room, 0);
	const struct profile_rule *r, *parted;

	*key = bytes_of("");
	if (header.n > HEADER_MAX)
		return COLUMN_UNKNOWN;
	text.n = clean(header, room);
	r = rule_of(p, text, row);
	if (is_vague(r) && part_words(text, room)) {
		parted = rule_of(p, text, row);
		if (parted != NULL && parted->is != COLUMN_CANDIDATE)
			r = parted;
	}
	if (r == NULL)
		return COLUMN_UNKNOWN;
	*key = r->key;
	return r->is;
}

enum column_is
profile_column(const struct profile *p, struct bytes header,
    struct bytes *key)
{
	return recognise(p, header, false, key);
}

enum column_is
profile_row(const struct profile *p, struct bytes text, struct bytes *key)
{
	return recognise(p, text, true, key);
}

bool
profile_wants(const struct profile *p, struct bytes contest)
{
	return rule_fits(p, &p->contest, text_trim(contest)) == PROFILE_YES;
}

bool
profile_picks(const struct profile *p)
{
	return p->contest.n > 0;
}

bool
profile_against_all(const struct profile *p, struct bytes header)
{
	return p->against_all >= 0 && profile_patterns_fit(p->patterns,
	    p->against_all, header) == PROFILE_YES;
}

/* Of the candidates that are people or answers: how many, and how many fit. */
static unsigned
candidates_fit(const struct profile *p, int pattern, const struct form *form,
    unsigned *n)
{
	const struct form_line *line;
	unsigned i, fit = 0;

	for (i = 0, *n = 0; i < form->n; i++) {
		line = &form->lines[i];
		if (!line->candidate || line->against_all)
			continue;
		++*n;
		fit += pattern >= 0 && profile_patterns_fit(p->patterns,
		    pattern, line->key) == PROFILE_YES;
	}
	return fit;
}

struct bytes
profile_vote(const struct profile *p, const struct form *form)
{
	const struct profile_vote *v;
	unsigned i, n, fit;

	for (i = 0; i < p->nvotes; i++) {
		v = &p->votes[i];
		fit = candidates_fit(p, v->every >= 0 ? v->every : v->any,
		    form, &n);
		if (fit > 0 && (v->every < 0 || fit == n))
			return v->kind;
	}
	return bytes_of("");
}

struct bytes
profile_name(const struct profile *p)
{
	return p->name;
}

const struct profile_relation *
profile_relations(const struct profile *p, unsigned *n)
{
	*n = p->nrelations;
	return p->relations;
}

const struct relation *
profile_figure(const struct profile *p, enum figure f)
{
	return p->figures[f];
}

static bool
names(const struct relation *r, struct bytes key)
{
	unsigned i;

	for (; r != NULL; r = r->next)
		for (i = 0; i < r->n; i++)
			if (r->terms[i].what == RELATION_LINE &&
			    bytes_eq(r->terms[i].key, key))
				return true;
	return false;
}

bool
profile_figures_need(const struct profile *p, struct bytes key)
{
	unsigned i;

	for (i = 0; i < FIGURE_COUNT; i++)
		if (names(p->figures[i], key))
			return true;
	return false;
}

bool
profile_next_name(struct bytes list, size_t *at, struct bytes *name)
{
	size_t end = bytes_find_byte(list, '|', *at);

	if (*at > list.n)
		return false;
	if (end == SIZE_MAX)
		end = list.n;
	*name = text_trim(bytes_part(list, *at, end - *at));
	*at = end + 1;
	return true;
}

struct found {
	bool places[COLUMN_UNKNOWN + 1];
	struct form lines;	/* those of the header row */
};

static bool
is_there(const struct found *f, struct bytes name, bool *line)
{
	unsigned i;

	*line = false;
	for (i = 0; i <= COLUMN_UNKNOWN; i++)
		if (profile_place(i) != NULL && bytes_is(name,
		    profile_place(i)))
			return f->places[i];
	*line = true;
	return form_find(&f->lines, name) >= 0;
}

/* lines: ask for them too. */
static struct bytes
lacking(const struct profile *p, const struct found *f, bool lines,
    bool places)
{
	struct bytes name;
	bool met, line;
	unsigned i;
	size_t at;

	for (i = 0; i < p->nrequired; i++) {
		for (at = 0, met = false; !met &&
		    profile_next_name(p->required[i], &at, &name);)
			met = is_there(f, name, &line) ||
			    (line ? !lines : !places);
		if (!met)
			return p->required[i];
	}
	return bytes_of("");
}

unsigned
profile_fits(const struct profile *p, const struct bytes *headers, unsigned n,
    struct bytes *missing)
{
	struct found f = { .places = { false } };
	struct form_line *line;
	enum column_is is;
	struct bytes key;
	unsigned i, count = 0;

	for (i = 0; i < n; i++) {
		is = profile_column(p, headers[i], &key);
		f.places[is] = true;
		count += is != COLUMN_CANDIDATE && is != COLUMN_OTHER &&
		    is != COLUMN_IGNORED && is != COLUMN_UNKNOWN;
		if (is == COLUMN_LINE && f.lines.n < FORM_LINES) {
			line = &f.lines.lines[f.lines.n++];
			line->key = key;
		}
	}
	*missing = lacking(p, &f, !f.places[COLUMN_KEY], true);
	return count;
}

struct bytes
profile_lacks(const struct profile *p, const struct form *form)
{
	struct found f = { .lines = *form };

	return lacking(p, &f, true, false);
}
