/*
 * When: the next voting and the inauguration, by the date rules of the law.
 *
 * Days that are not known (when results are determined, when they are
 * published, the first voting of an election whose second is asked about) have
 * bounds; a rule is counted from both, and what lies between is the window.
 * That is right because every date rule grows with the days it is counted from.
 */
#include "election/outcome_inside.h"

#define LONGEST		366	/* days from a voting to an inauguration that
				   still belong together */
#define BETWEEN_MOST	100	/* days between two votings of an election */
#define TERM_VOTING	200	/* a term begins at most so long after the
				   voting */
#define ENTRY_DEPTH	16
#define ENTRY_STEPS	2000

struct bounds {
	const struct outcome_work *w;
	int32_t lo[ANCHOR_COUNT], hi[ANCHOR_COUNT];	/* or DATE_UNSET */
};

static bool
dated(const struct law_date *d)
{
	return d->on != NULL || d->from != NULL || d->until != NULL;
}

static int32_t
this_voting(const struct outcome_work *w)
{
	return w->q->anchors[w->q->round == 1 ? ANCHOR_VOTING :
	    ANCHOR_VOTING_2];
}

/* --- entries of the calendar that rules name ------------------------------ */

struct walk {
	const struct law_version *version;
	const int32_t *anchors;
	unsigned depth, *steps;
};

static int32_t entry_at(void *, struct bytes);

static void
know(struct when_known *known, const int32_t *anchors, struct walk *walk)
{
	unsigned i;

	for (i = 0; i < ANCHOR_COUNT; i++)
		known->anchors[i] = anchors[i];
	known->entry = entry_at;
	known->ctx = walk;
}

static const struct law_entry *
find_entry(const struct law_version *v, struct bytes id)
{
	unsigned i;

	for (i = 0; i < v->nentries; i++)
		if (bytes_eq(v->entries[i].id, id))
			return &v->entries[i];
	return NULL;
}

/* A window stands for its last day. */
static int32_t
entry_at(void *ctx, struct bytes id)
{
	const struct walk *walk = ctx;
	struct walk deeper = *walk;
	const struct law_entry *e = find_entry(walk->version, id);
	struct when_known known;
	struct when_day from, until;

	if (e == NULL || walk->depth == ENTRY_DEPTH ||
	    *walk->steps == ENTRY_STEPS)
		return DATE_UNSET;
	*walk->steps += 1;
	deeper.depth++;
	know(&known, walk->anchors, &deeper);
	law_window(&e->date, &known, &from, &until, NULL);
	return e->date.on == NULL && e->date.until == NULL ? from.date :
	    until.date;
}

static void
window_at(const struct outcome_work *w, const struct law_date *rule,
    const int32_t *anchors, struct when_day *from, struct when_day *until,
    struct buf *words)
{
	unsigned steps = 0;
	struct walk walk = { w->q->version, anchors, 0, &steps };
	struct when_known known;

	know(&known, anchors, &walk);
	law_window(rule, &known, from, until, words);
}

/* The last day of an entry, if the law has it and it can be told. */
static int32_t
latest(const struct outcome_work *w, const char *id, const int32_t *anchors)
{
	unsigned steps = 0;
	struct walk walk = { w->q->version, anchors, 0, &steps };

	return entry_at(&walk, bytes_of(id));
}

/* --- bounds --------------------------------------------------------------- */

/* The first of these entries that the law has and that can be told. */
static int32_t
first_latest(const struct outcome_work *w, const char *const ids[3],
    const int32_t *anchors)
{
	int32_t day = DATE_UNSET;
	unsigned i;

	for (i = 0; i < 3 && day == DATE_UNSET; i++)
		day = latest(w, ids[i], anchors);
	return day;
}

/* When the results of the voting on `day` are determined and published: not
   before it, and not after the last day that the law gives. */
static void
bound_results(const struct outcome_work *w, int32_t day, int32_t *lo,
    int32_t *hi)
{
	static const char *const ids[3] = { "results-2-latest",
	    "results-latest", "proclamation" };
	static const char *const published[3] = { "results-2-published-latest",
	    "results-published-latest", "publication" };
	int32_t a[ANCHOR_COUNT];
	unsigned i;

	for (i = 0; i < ANCHOR_COUNT; i++)
		a[i] = hi[i];
	a[ANCHOR_VOTING] = day;
	a[ANCHOR_VOTING_2] = w->q->round > 1 ? day : DATE_UNSET;
	if (lo[ANCHOR_RESULTS] == DATE_UNSET) {
		lo[ANCHOR_RESULTS] = day;
		hi[ANCHOR_RESULTS] = first_latest(w, ids, a);
	}
	if (lo[ANCHOR_RESULTS_PUBLISHED] == DATE_UNSET) {
		a[ANCHOR_RESULTS] = hi[ANCHOR_RESULTS];
		lo[ANCHOR_RESULTS_PUBLISHED] = lo[ANCHOR_RESULTS];
		hi[ANCHOR_RESULTS_PUBLISHED] = first_latest(w, published, a);
	}
}

static void
know_day(struct bounds *b, enum anchor a, int32_t from, int32_t until)
{
	if (b->lo[a] != DATE_UNSET)
		return;
	b->lo[a] = from;
	b->hi[a] = until;
}

static bool
within(int32_t day, int32_t from, int32_t until)
{
	return (from != DATE_UNSET || until != DATE_UNSET) &&
	    (from == DATE_UNSET || from <= day) &&
	    (until == DATE_UNSET || day <= until);
}

/* Whether a second voting on v2 fits a first one on that day. */
static bool
fits(const struct outcome_work *w, int32_t first, int32_t v2)
{
	const struct law_date *rule = &w->q->version->rounds[1].date;
	struct when_day from, until, ignored;
	int32_t a[ANCHOR_COUNT];
	unsigned i;

	for (i = 0; i < ANCHOR_COUNT; i++)
		a[i] = DATE_UNSET;
	a[ANCHOR_VOTING] = a[ANCHOR_RESULTS] = first;
	a[ANCHOR_RESULTS_PUBLISHED] = first;
	window_at(w, rule, a, &from, &ignored, NULL);
	a[ANCHOR_RESULTS] = latest(w, "results-latest", a);
	a[ANCHOR_RESULTS_PUBLISHED] = latest(w, "results-published-latest", a);
	window_at(w, rule, a, &ignored, &until, NULL);
	return within(v2, from.date, until.date);
}

/* The first voting, of which only the second is known: where the law's rule
   leads from it to the second. */
static void
bound_first_voting(struct bounds *b)
{
	const struct outcome_work *w = b->w;
	int32_t v2 = w->q->anchors[ANCHOR_VOTING_2];
	int32_t day, from = DATE_UNSET, until = DATE_UNSET;

	if (v2 == DATE_UNSET || b->lo[ANCHOR_VOTING] != DATE_UNSET)
		return;
	for (day = v2 - 1; day >= v2 - BETWEEN_MOST; day--) {
		if (!dated(&w->q->version->rounds[1].date) ||
		    !fits(w, day, v2))
			continue;
		from = day;
		until = until == DATE_UNSET ? day : until;
	}
	if (from == DATE_UNSET) {
		from = v2 - LONGEST;
		until = v2 - 1;
	}
	know_day(b, ANCHOR_VOTING, from, until);
}

/* When the term that ends began: the last beginning that the law names, and so
   many whole terms on. */
static int32_t
term_began(const struct law_version *v, int32_t voting)
{
	int32_t day = DATE_UNSET, next = v->term.runs_from;
	unsigned n;

	if (!v->term.ground.there || v->term.years == 0 ||
	    voting == DATE_UNSET)
		return DATE_UNSET;
	for (n = 1; next != DATE_UNSET && next <= voting; n++) {
		day = next;
		next = date_add_months(v->term.runs_from,
		    (int64_t)n * v->term.years * 12);
	}
	return day;
}

static void
bounds_of(struct bounds *b, const struct outcome_work *w, int32_t event)
{
	const struct law_voting_day *day = &w->q->version->voting_day;
	int64_t first = day->ground.there && day->days > 1 ?
	    1 - (int64_t)day->days : 0;
	struct when_day from, until, ignored;
	unsigned i;

	b->w = w;
	for (i = 0; i < ANCHOR_COUNT; i++)
		b->lo[i] = b->hi[i] = w->q->anchors[i];
	if (event != DATE_UNSET)
		b->lo[ANCHOR_EVENT] = b->hi[ANCHOR_EVENT] = event;
	know_day(b, ANCHOR_FAILED_VOTING, this_voting(w), this_voting(w));
	if (w->q->round > 1) {
		/* Results are those of the last round that was held. */
		know_day(b, ANCHOR_RESULTS, b->lo[ANCHOR_RESULTS_2],
		    b->hi[ANCHOR_RESULTS_2]);
		bound_first_voting(b);
	}
	know_day(b, ANCHOR_VOTING_FIRST_DAY, date_add_days(
	    b->lo[ANCHOR_VOTING], first), date_add_days(b->hi[ANCHOR_VOTING],
	    first));
	know_day(b, ANCHOR_PREVIOUS_INAUGURATION, term_began(w->q->version,
	    b->lo[ANCHOR_VOTING]), term_began(w->q->version,
	    b->hi[ANCHOR_VOTING]));
	bound_results(w, this_voting(w), b->lo, b->hi);
	if (w->q->round > 1 || w->next == NULL || !dated(&w->next->date))
		return;
	window_at(w, &w->next->date, b->lo, &from, &ignored, NULL);
	window_at(w, &w->next->date, b->hi, &ignored, &until, NULL);
	know_day(b, ANCHOR_VOTING_2, from.date, until.date);
}

/* --- windows -------------------------------------------------------------- */

static bool
needs(const struct law_date *rule, enum anchor a)
{
	return (rule->on != NULL && when_needs(rule->on, a)) ||
	    (rule->from != NULL && when_needs(rule->from, a)) ||
	    (rule->until != NULL && when_needs(rule->until, a));
}

static void
rule_text(struct buf *to, const struct law_date *rule)
{
	if (rule->on != NULL)
		buf_add(to, when_text(rule->on));
	if (rule->from != NULL) {
		buf_text(to, "from ");
		buf_add(to, when_text(rule->from));
	}
	if (rule->until != NULL) {
		buf_text(to, rule->from != NULL ? " until " : "until ");
		buf_add(to, when_text(rule->until));
	}
}

/* How it was counted: by the rule's own words if all is known, else the rule
   and the bounds of what is not. */
static void
count_words(struct outcome_work *w, const struct law_date *rule,
    const struct bounds *b, struct buf *to)
{
	struct when_day from, until;
	bool exact = true;
	unsigned i;

	for (i = 0; i < ANCHOR_COUNT; i++)
		exact = exact && (!needs(rule, (enum anchor)i) ||
		    b->lo[i] == b->hi[i]);
	if (exact) {
		window_at(w, rule, b->hi, &from, &until, to);
		return;
	}
	rule_text(to, rule);
	for (i = 0; i < ANCHOR_COUNT; i++) {
		if (!needs(rule, (enum anchor)i) || b->lo[i] == b->hi[i])
			continue;
		buf_printf(to, "; %s is not known: ", anchor_words(
		    (enum anchor)i));
		buf_text(to, b->hi[i] == DATE_UNSET ? "not before " :
		    "between ");
		date_words(to, b->lo[i]);
		if (b->hi[i] == DATE_UNSET)
			continue;
		buf_text(to, " and ");
		date_words(to, b->hi[i]);
	}
}

/* The window of a rule; `least`: it is later than that day in any case. */
static struct outcome_window
window_of(struct outcome_work *w, const struct law_date *rule,
    const struct bounds *b, int32_t least)
{
	struct outcome_window out = { DATE_UNSET, DATE_UNSET, false,
	    { NULL, 0 }, rule->ground.article, rule->ground.unverified };
	struct when_day from, until, ignored;
	struct buf *to = outcome_explain_begin(w);

	if (!dated(rule)) {
		buf_text(to, "the law as it is written here does not say "
		    "when");
		out.words = arena_copy(w->arena, buf_bytes(to));
		return out;
	}
	window_at(w, rule, b->lo, &from, &ignored, NULL);
	window_at(w, rule, b->hi, &ignored, &until, NULL);
	out.from = from.date;
	out.until = until.date;
	out.known = out.from != DATE_UNSET || out.until != DATE_UNSET;
	if (out.known && least != DATE_UNSET && out.from <= least &&
	    (out.until == DATE_UNSET || out.until > least))
		out.from = date_add_days(least, 1);
	count_words(w, rule, b, to);
	out.words = arena_copy(w->arena, buf_bytes(to));
	return out;
}

static void
taint(struct outcome_work *w, struct outcome_window *out,
    const struct ground *g)
{
	out->unverified = out->unverified || g->unverified;
	if (out->unverified)
		w->o->unverified = true;
	if (out->article.n == 0)
		out->article = g->article;
}

struct outcome_window
outcome_dates_until(struct outcome_work *w, const struct law_date *rule)
{
	struct outcome_window none = { DATE_UNSET, DATE_UNSET, false,
	    { NULL, 0 }, { NULL, 0 }, false };
	struct bounds b;

	if (!dated(rule))
		return none;
	bounds_of(&b, w, DATE_UNSET);
	return window_of(w, rule, &b, DATE_UNSET);
}

static struct outcome_window
one_day(int32_t day, const struct ground *g)
{
	struct outcome_window out = { day, day, day != DATE_UNSET,
	    { NULL, 0 }, g->article, g->unverified };

	return out;
}

void
outcome_dates_next(struct outcome_work *w, const struct ruling *r)
{
	const struct law_version *v = w->q->version;
	const struct law_date *rule = NULL;
	const struct ground *g = NULL;
	struct bounds b;

	switch (r->date) {
	case DATE_NONE:
		return;
	case DATE_THIS:
		w->o->date = one_day(this_voting(w), &w->round->ground);
		return;
	case DATE_REPEAT:
		rule = &v->repeat.date;
		g = &v->repeat.ground;
		break;
	case DATE_REPLACED:
	case DATE_NEXT:
		rule = r->date == DATE_REPLACED && dated(
		    &w->next->replaced_date) ? &w->next->replaced_date :
		    &w->next->date;
		g = &w->next->ground;
		break;
	}
	bounds_of(&b, w, r->event);
	w->o->date = window_of(w, rule, &b, this_voting(w));
	taint(w, &w->o->date, g);
}

void
outcome_dates_annulled(struct outcome_work *w, const struct event *e)
{
	const struct law_version *v = w->q->version;
	bool round = e->kind == EVENT_ANNULLED_ROUND;
	const struct law_date *rule = round ? &v->annulled_round.date :
	    &v->annulled_all.date;
	const struct ground *g = round ? &v->annulled_round.ground :
	    &v->annulled_all.ground;
	int32_t least = this_voting(w);
	struct bounds b;

	if (!round && !dated(rule)) {
		rule = &v->repeat.date;
		g = &v->repeat.ground;
	}
	bounds_of(&b, w, e->date);
	if (e->date != DATE_UNSET && (least == DATE_UNSET || e->date > least))
		least = e->date;
	w->o->date = window_of(w, rule, &b, least);
	taint(w, &w->o->date, g);
}

/* --- the inauguration ----------------------------------------------------- */

/* Whether the law's rule of the day, from some voting before that fits the
   term, leads to this first voting. */
static enum outcome_cause
by_voting_day(const struct outcome_work *w, const struct bounds *b)
{
	int32_t a[ANCHOR_COUNT];
	unsigned i, steps = 0;
	struct walk walk = { w->q->version, a, 0, &steps };
	struct when_known known;
	bool told = false;
	int32_t day;

	for (i = 0; i < ANCHOR_COUNT; i++)
		a[i] = w->q->anchors[i];
	a[ANCHOR_PREVIOUS_INAUGURATION] = b->lo[ANCHOR_PREVIOUS_INAUGURATION];
	for (i = 0; i <= TERM_VOTING; i++) {
		steps = 0;
		if (w->q->anchors[ANCHOR_PREVIOUS_VOTING] == DATE_UNSET)
			a[ANCHOR_PREVIOUS_VOTING] = date_add_days(
			    a[ANCHOR_PREVIOUS_INAUGURATION], -(int64_t)i);
		know(&known, a, &walk);
		day = law_voting_day(w->q->law, w->q->version, &known, NULL);
		if (day == DATE_UNSET)
			continue;
		told = true;
		if (within(day, b->lo[ANCHOR_VOTING], b->hi[ANCHOR_VOTING]))
			return CAUSE_REGULAR;
	}
	return told ? CAUSE_EARLY : CAUSE_NOT_TOLD;
}

/* Regular, as the inauguration counted from the term comes soon after the
   voting; or not. */
static enum outcome_cause
cause_of(const struct outcome_work *w, const struct bounds *b, int32_t regular)
{
	const struct law_version *v = w->q->version;
	int32_t voting = this_voting(w);
	enum outcome_cause cause = w->q->cause;

	if (cause != CAUSE_NOT_TOLD || voting == DATE_UNSET)
		return cause;
	if (needs(&v->inauguration, ANCHOR_PREVIOUS_INAUGURATION) &&
	    regular != DATE_UNSET && (regular <= voting ||
	    regular > voting + LONGEST))
		return CAUSE_EARLY;
	if (!v->voting_day.ground.there || !dated(&v->after_repeat))
		return cause;
	return by_voting_day(w, b);
}

/* Two rules, and which of them holds is not known. */
static void
either(struct outcome_work *w, struct outcome_window *out,
    const struct outcome_window *repeat)
{
	struct buf *to = outcome_explain_begin(w);

	buf_text(to, "a regular election: ");
	buf_add(to, out->words);
	buf_text(to, "; an early or repeat election: ");
	buf_add(to, repeat->words);
	out->words = arena_copy(w->arena, buf_bytes(to));
	if (!out->known || !repeat->known) {
		out->from = repeat->known ? repeat->from : out->from;
		out->until = DATE_UNSET;
		return;
	}
	if (repeat->from < out->from)
		out->from = repeat->from;
	if (out->until != DATE_UNSET && (repeat->until == DATE_UNSET ||
	    repeat->until > out->until))
		out->until = repeat->until;
	out->unverified = out->unverified || repeat->unverified;
}

/* The election is not a regular one, and the law as it is written here has no
   rule for others. */
static void
not_regular(struct outcome_work *w, struct outcome_window *out)
{
	struct buf *to = outcome_explain_begin(w);

	buf_text(to, "the rule holds for a regular election (");
	buf_add(to, out->words);
	buf_text(to, "), which this is not");
	out->words = arena_copy(w->arena, buf_bytes(to));
	out->known = false;
	out->from = out->until = DATE_UNSET;
}

void
outcome_dates_inauguration(struct outcome_work *w)
{
	const struct law_version *v = w->q->version;
	struct outcome_window *out = &w->o->inauguration;
	struct outcome_window repeat;
	enum outcome_cause cause;
	struct bounds b;

	bounds_of(&b, w, DATE_UNSET);
	*out = window_of(w, &v->inauguration, &b, this_voting(w));
	if (needs(&v->inauguration, ANCHOR_PREVIOUS_INAUGURATION))
		taint(w, out, &v->term.ground);
	cause = cause_of(w, &b, out->from);
	if (cause != CAUSE_REGULAR && dated(&v->after_repeat)) {
		repeat = window_of(w, &v->after_repeat, &b, this_voting(w));
		if (cause == CAUSE_EARLY || (!out->known && repeat.known) ||
		    bytes_eq(out->words, repeat.words))
			*out = repeat;
		else
			either(w, out, &repeat);
	} else if (cause == CAUSE_EARLY) {
		not_regular(w, out);
	}
	/* That much holds in any case. */
	if (!out->known && this_voting(w) != DATE_UNSET)
		out->from = this_voting(w) + 1;
	taint(w, out, &v->inauguration.ground);
}
