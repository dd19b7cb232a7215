/*
 * The parser of date rules: words, one after the other, each rule ending in
 * what it is counted from.
 */
#include "election/when.h"

#include <assert.h>

#include "base/text.h"
#include "election/when_inside.h"

#define TEXT_MAX	400	/* bytes of a rule */
#define NESTED_MAX	8	/* "1 day after 1 day after ..." */
#define COUNT_MAX	9999	/* days, years */

struct parser {
	struct bytes text;
	struct bytes word;		/* the next one; empty at the end */
	size_t at;			/* where it stands */
	struct arena *arena;
	unsigned depth;
	const char *why;		/* the fault, or NULL */
	size_t fault_at;
};

static const char *const units[][2] = {
	[WHEN_DAYS] = { "day", "days" },
	[WHEN_WEEKS] = { "week", "weeks" },
	[WHEN_MONTHS] = { "month", "months" },
	[WHEN_YEARS] = { "year", "years" },
};

static const char *const weekdays[] = { "sunday", "monday", "tuesday",
    "wednesday", "thursday", "friday", "saturday" };

static const char *const months[] = { "january", "february", "march", "april",
    "may", "june", "july", "august", "september", "october", "november",
    "december" };

static const char *const ordinals[] = { "last", "first", "second", "third",
    "fourth", "fifth" };

static const struct {
	const char *name, *words;
} anchors[ANCHOR_COUNT] = {
	[ANCHOR_CALLED] = { "called",
	    "the day on which the election is called" },
	[ANCHOR_CALLED_PUBLISHED] = { "called-published",
	    "the day on which the call of the election is published" },
	[ANCHOR_PREVIOUS_VOTING] = { "previous-voting",
	    "the day of the previous election" },
	[ANCHOR_PREVIOUS_INAUGURATION] = { "previous-inauguration",
	    "the day of the previous inauguration" },
	[ANCHOR_VOTING_FIRST_DAY] = { "voting-first-day",
	    "the first day of voting" },
	[ANCHOR_VOTING] = { "voting", "the day of voting" },
	[ANCHOR_RESULTS] = { "results",
	    "the day on which results are determined" },
	[ANCHOR_RESULTS_PUBLISHED] = { "results-published",
	    "the day on which results are published" },
	[ANCHOR_VOTING_2] = { "voting-2", "the day of the second voting" },
	[ANCHOR_RESULTS_2] = { "results-2",
	    "the day on which results of the second voting are determined" },
	[ANCHOR_RESULTS_2_PUBLISHED] = { "results-2-published",
	    "the day on which results of the second voting are published" },
	[ANCHOR_INAUGURATION] = { "inauguration", "the day of inauguration" },
	[ANCHOR_EVENT] = { "event",
	    "the day of the withdrawal, death or annulment" },
	[ANCHOR_FAILED_VOTING] = { "failed-voting",
	    "the day of the voting that is repeated" },
};

const char *
anchor_name(enum anchor anchor)
{
	assert((unsigned)anchor < ANCHOR_COUNT);
	return anchors[anchor].name;
}

const char *
anchor_words(enum anchor anchor)
{
	assert((unsigned)anchor < ANCHOR_COUNT);
	return anchors[anchor].words;
}

/* --- words ---------------------------------------------------------------- */

static bool
is_blank(uint8_t c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void
next_word(struct parser *p)
{
	size_t at = p->at + p->word.n, n = 0;

	while (at < p->text.n && is_blank(p->text.p[at]))
		at++;
	while (at + n < p->text.n && !is_blank(p->text.p[at + n]))
		n++;
	p->word = bytes_part(p->text, at, n);
	p->at = at;
}

static const struct when *
refuse(struct parser *p, const char *why)
{
	if (p->why == NULL) {
		p->why = why;
		p->fault_at = p->at;
	}
	return NULL;
}

static bool
is_word(const struct parser *p, const char *word)
{
	return text_same_as(p->word, word);
}

/* Passes over a word if it is the next. */
static bool
took(struct parser *p, const char *word)
{
	if (!is_word(p, word))
		return false;
	next_word(p);
	return true;
}

static bool
needs(struct parser *p, const char *word, const char *why)
{
	if (took(p, word))
		return true;
	refuse(p, why);
	return false;
}

static int
one_of(const struct parser *p, const char *const *words, unsigned n)
{
	unsigned i;

	for (i = 0; i < n; i++)
		if (is_word(p, words[i]))
			return (int)i;
	return -1;
}

#define ONE_OF(p, words) \
	one_of(p, words, sizeof(words) / sizeof((words)[0]))

/* "20th", "20": the digits, and what follows them. */
static bool
number(const struct parser *p, unsigned *n, struct bytes *rest)
{
	uint64_t value;
	size_t digits = 0;

	while (digits < p->word.n && p->word.p[digits] >= '0' &&
	    p->word.p[digits] <= '9')
		digits++;
	if (!text_uint(bytes_part(p->word, 0, digits), &value) || value == 0 ||
	    value > COUNT_MAX)
		return false;
	*n = (unsigned)value;
	*rest = bytes_part(p->word, digits, p->word.n);
	return true;
}

static bool
after_or_before(struct parser *p, bool *back)
{
	*back = is_word(p, "before");
	if (!*back && !is_word(p, "after")) {
		refuse(p, "neither \"after\" nor \"before\"");
		return false;
	}
	next_word(p);
	return true;
}

static bool
weekday(struct parser *p, unsigned *day)
{
	int i = ONE_OF(p, weekdays);

	if (i < 0) {
		refuse(p, "no day of the week");
		return false;
	}
	*day = (unsigned)i;
	next_word(p);
	return true;
}

/* --- rules ---------------------------------------------------------------- */

static const struct when *rule(struct parser *);

static const struct when *
keep(struct parser *p, const struct when *made)
{
	struct when *w = arena_alloc(p->arena, 1, sizeof(*w));

	if (w == NULL)
		return refuse(p, "no memory for it");
	*w = *made;
	return w;
}

/* The rest of a rule that counts from another. */
static const struct when *
counted_from(struct parser *p, struct when *w)
{
	w->of = rule(p);
	return w->of == NULL ? NULL : keep(p, w);
}

static const struct when *
day_from(struct parser *p, unsigned n)
{
	struct when w = { .shape = WHEN_DAY_FROM, .n = n };

	if (!needs(p, "day", "\"day\" is missing") ||
	    !needs(p, "from", "\"from\" is missing"))
		return NULL;
	return counted_from(p, &w);
}

static bool
is_suffix(struct bytes b)
{
	return text_same_as(b, "st") || text_same_as(b, "nd") ||
	    text_same_as(b, "rd") || text_same_as(b, "th");
}

/* "21 days after", "100 full days before", "20th day from". */
static const struct when *
count(struct parser *p)
{
	struct when w = { .shape = WHEN_SHIFT };
	struct bytes rest;
	unsigned u;

	if (!number(p, &w.n, &rest) || (rest.n > 0 && !is_suffix(rest)))
		return refuse(p, "neither a date (2024-03-17) nor a count from "
		    "1 to 9999");
	next_word(p);
	if (rest.n > 0)
		return day_from(p, w.n);
	if (took(p, "full"))
		w.shape = WHEN_FULL_DAYS;
	for (u = 0; u < sizeof(units) / sizeof(units[0]); u++)
		if (is_word(p, units[u][0]) || is_word(p, units[u][1]))
			break;
	if (u == sizeof(units) / sizeof(units[0]))
		return refuse(p, "none of days, weeks, months, years");
	if (w.shape == WHEN_FULL_DAYS && u != WHEN_DAYS)
		return refuse(p, "\"full\" goes with days alone");
	w.unit = (enum when_unit)u;
	next_word(p);
	if (!after_or_before(p, &w.back))
		return NULL;
	return counted_from(p, &w);
}

static const struct when *
literal(struct parser *p)
{
	struct when w = { .shape = WHEN_DATE, .date = date_read(p->word) };

	if (w.date == DATE_UNSET)
		return refuse(p, "no such day");
	next_word(p);
	return keep(p, &w);
}

/* After "second sunday of". */
static const struct when *
nth_of(struct parser *p, struct when *w)
{
	int month = ONE_OF(p, months);

	if (month >= 0) {
		w->shape = WHEN_NTH_OF;
		w->month = (unsigned)month + 1;
		next_word(p);
		return keep(p, w);
	}
	w->shape = WHEN_NTH_OF_MONTH_OF;
	if (!needs(p, "the", "neither a month nor \"the month of\"") ||
	    !needs(p, "month", "\"month\" is missing") ||
	    !needs(p, "of", "\"of\" is missing"))
		return NULL;
	return counted_from(p, w);
}

/* "second sunday after", "last sunday of", "first day from". */
static const struct when *
nth(struct parser *p, unsigned n)
{
	struct when w = { .shape = WHEN_NTH, .n = n };

	next_word(p);
	if (n != WHEN_LAST && is_word(p, "day"))
		return day_from(p, n);
	if (!weekday(p, &w.weekday))
		return NULL;
	if (took(p, "of"))
		return nth_of(p, &w);
	if (n == WHEN_LAST)
		return refuse(p, "\"of\" is missing");
	if (!after_or_before(p, &w.back))
		return NULL;
	return counted_from(p, &w);
}

static const struct when *
on_or(struct parser *p)
{
	struct when w = { .shape = WHEN_ON_OR };

	if (!weekday(p, &w.weekday) ||
	    !needs(p, "on", "\"on or after\" or \"on or before\" is missing") ||
	    !needs(p, "or", "\"or\" is missing") ||
	    !after_or_before(p, &w.back))
		return NULL;
	return counted_from(p, &w);
}

static const struct when *
nearest(struct parser *p)
{
	struct when w = { .shape = WHEN_NEAREST };

	next_word(p);
	if (!weekday(p, &w.weekday) || !needs(p, "to", "\"to\" is missing"))
		return NULL;
	return counted_from(p, &w);
}

/* "january 1 after". */
static const struct when *
yearly(struct parser *p, unsigned month)
{
	struct when w = { .shape = WHEN_YEARLY, .month = month };
	struct bytes rest;

	next_word(p);
	/* A leap year: 29 February comes again, 30 February never. */
	if (!number(p, &w.n, &rest) || rest.n > 0 ||
	    date_of(2000, month, w.n) == DATE_UNSET)
		return refuse(p, "no day of that month");
	next_word(p);
	if (!after_or_before(p, &w.back))
		return NULL;
	return counted_from(p, &w);
}

static const struct when *
earlier_or_later(struct parser *p)
{
	struct when w = { .shape = is_word(p, "later") ? WHEN_LATER :
	    WHEN_EARLIER };

	next_word(p);
	if (!needs(p, "of", "\"of\" is missing"))
		return NULL;
	w.of = rule(p);
	if (w.of == NULL || !needs(p, "or", "\"or\" is missing"))
		return NULL;
	w.other = rule(p);
	return w.other == NULL ? NULL : keep(p, &w);
}

static bool
is_name(struct bytes b)
{
	size_t i;
	uint8_t c;

	for (i = 0; i < b.n; i++) {
		c = b.p[i];
		if ((c < 'a' || c > 'z') && (i == 0 || (c != '-' &&
		    (c < '0' || c > '9'))))
			return false;
	}
	return b.n > 0;
}

static const struct when *
name(struct parser *p)
{
	struct when w = { .shape = WHEN_ENTRY };
	unsigned i;

	for (i = 0; i < ANCHOR_COUNT; i++) {
		if (!bytes_is(p->word, anchors[i].name))
			continue;
		w.shape = WHEN_ANCHOR;
		w.anchor = (enum anchor)i;
	}
	if (p->word.n == 0)
		return refuse(p, "it ends where a date should stand");
	if (w.shape == WHEN_ENTRY && !is_name(p->word))
		return refuse(p, "no date, count, day or name");
	w.name = arena_copy(p->arena, p->word);
	next_word(p);
	return keep(p, &w);
}

static const struct when *
rule_of_any_shape(struct parser *p)
{
	int i;

	if (p->word.n > 0 && p->word.p[0] >= '0' && p->word.p[0] <= '9')
		return bytes_find_byte(p->word, '-', 0) == SIZE_MAX ?
		    count(p) : literal(p);
	i = ONE_OF(p, ordinals);
	if (i >= 0)
		return nth(p, (unsigned)i);
	i = ONE_OF(p, months);
	if (i >= 0)
		return yearly(p, (unsigned)i + 1);
	if (ONE_OF(p, weekdays) >= 0)
		return on_or(p);
	if (is_word(p, "nearest"))
		return nearest(p);
	if (is_word(p, "earlier") || is_word(p, "later"))
		return earlier_or_later(p);
	return name(p);
}

static const struct when *
rule(struct parser *p)
{
	const struct when *w;

	if (p->depth >= NESTED_MAX)
		return refuse(p, "too many rules inside one another");
	p->depth++;
	w = rule_of_any_shape(p);
	p->depth--;
	return w;
}

/* "18:00" at the end. */
static bool
hour(struct parser *p, int32_t *seconds)
{
	struct bytes b = p->word;
	uint64_t h, m;

	if (b.n != 5 || b.p[2] != ':' || !text_uint(bytes_part(b, 0, 2), &h) ||
	    !text_uint(bytes_part(b, 3, 2), &m) || m > 59 ||
	    h * 60 + m > 24 * 60) {
		refuse(p, "no hour from 00:00 to 24:00");
		return false;
	}
	*seconds = (int32_t)(h * 3600 + m * 60);
	next_word(p);
	return true;
}

static const struct when *
whole(struct parser *p)
{
	const struct when *read;
	struct when *w;

	if (p->text.n > TEXT_MAX)
		return refuse(p, "too long for a date rule");
	next_word(p);
	read = rule(p);
	if (read == NULL)
		return NULL;
	w = arena_alloc(p->arena, 1, sizeof(*w));
	if (w == NULL)
		return refuse(p, "no memory for it");
	*w = *read;
	w->seconds = WHEN_NO_HOUR;
	if (took(p, "at") && !hour(p, &w->seconds))
		return NULL;
	if (p->word.n > 0)
		return refuse(p, "something after the end of the rule");
	w->text = arena_copy(p->arena, p->text);
	return p->arena->bad ? refuse(p, "no memory for it") : w;
}

const struct when *
when_read(struct bytes text, struct arena *arena, const char **why, size_t *at)
{
	struct parser p = { .text = text, .arena = arena };
	const struct when *w = whole(&p);

	if (w == NULL) {
		*why = p.why;
		*at = p.fault_at;
	}
	return w;
}

struct bytes
when_text(const struct when *w)
{
	return w->text;
}

void
when_names(const struct when *w, void (*f)(void *ctx, struct bytes id),
    void *ctx)
{
	/* As deep as rules stand inside one another: NESTED_MAX. */
	if (w->shape == WHEN_ENTRY)
		f(ctx, w->name);
	if (w->of != NULL)
		when_names(w->of, f, ctx);
	if (w->other != NULL)
		when_names(w->other, f, ctx);
}

bool
when_needs(const struct when *w, enum anchor anchor)
{
	if (w->shape == WHEN_ANCHOR)
		return w->anchor == anchor;
	if (w->shape == WHEN_NTH_OF)
		return anchor == ANCHOR_VOTING;
	return (w->of != NULL && when_needs(w->of, anchor)) ||
	    (w->other != NULL && when_needs(w->other, anchor));
}
