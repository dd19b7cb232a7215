/*
 * When: the next voting, by the date rules of the law, and windows in general.
 *
 * Days that are not known (when results are determined, when they are
 * published, the first voting of an election whose second is asked about) have
 * bounds; a rule is counted from both, and what lies between is the window.
 * That is right because every date rule grows with the days it is counted from.
 */
#include "election/outcome_inside.h"

#define BETWEEN_MOST	100	/* days between two votings of an election */
#define FIRST_MOST	366	/* as many, if no rule tells */
#define ENTRY_DEPTH	16
#define ENTRY_STEPS	2000

bool
outcome_dates_there(const struct law_date *d)
{
	return d->on != NULL || d->from != NULL || d->until != NULL;
}

int32_t
outcome_dates_this(const struct outcome_work *w)
{
	return w->q->anchors[w->q->round == 1 ? ANCHOR_VOTING :
	    ANCHOR_VOTING_2];
}

bool
outcome_dates_needs(const struct law_date *rule, enum anchor a)
{
	return (rule->on != NULL && when_needs(rule->on, a)) ||
	    (rule->from != NULL && when_needs(rule->from, a)) ||
	    (rule->until != NULL && when_needs(rule->until, a));
}

/* --- entries of the calendar that rules name ------------------------------ */

struct walk {
	const struct law_version *version;
	const int32_t *anchors;
	const bool *doubt;		/* of anchors; NULL: of none */
	unsigned depth, *steps;
	bool *unverified;		/* set if a rule on the way is so */
};

static int32_t entry_at(void *, struct bytes);

/* What a rule rests on: itself, and the anchors that it counts from. */
static void
rests_on(const struct walk *walk, const struct law_date *rule)
{
	unsigned i;

	if (rule->ground.unverified)
		*walk->unverified = true;
	for (i = 0; walk->doubt != NULL && i < ANCHOR_COUNT; i++)
		if (walk->doubt[i] && outcome_dates_needs(rule,
		    (enum anchor)i))
			*walk->unverified = true;
}

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
	rests_on(walk, &e->date);
	deeper.depth++;
	know(&known, walk->anchors, &deeper);
	law_window(&e->date, &known, &from, &until, NULL);
	return e->date.on == NULL && e->date.until == NULL ? from.date :
	    until.date;
}

static void
window_at(const struct outcome_bounds *b, const struct law_date *rule,
    const int32_t *anchors, struct when_day *from, struct when_day *until,
    bool *unverified, struct buf *words)
{
	unsigned steps = 0;
	struct walk walk = { b->w->q->version, anchors, b->doubt, 0, &steps,
	    unverified };
	struct when_known known;

	rests_on(&walk, rule);
	know(&known, anchors, &walk);
	law_window(rule, &known, from, until, words);
}

/* The last day of an entry, if the law has it and it can be told. */
static int32_t
latest(const struct outcome_bounds *b, const char *id, const int32_t *anchors,
    bool *unverified)
{
	unsigned steps = 0;
	struct walk walk = { b->w->q->version, anchors, b->doubt, 0, &steps,
	    unverified };

	return entry_at(&walk, bytes_of(id));
}

/* --- bounds --------------------------------------------------------------- */

/* The first of these entries that the law has and that can be told. */
static int32_t
first_latest(const struct outcome_bounds *b, const char *const ids[3],
    const int32_t *anchors, bool *unverified)
{
	int32_t day = DATE_UNSET;
	bool doubt = false;
	unsigned i;

	for (i = 0; i < 3 && day == DATE_UNSET; i++) {
		doubt = false;
		day = latest(b, ids[i], anchors, &doubt);
	}
	if (day != DATE_UNSET && doubt)
		*unverified = true;
	return day;
}

/* When the results of the voting on `day` are determined and published: not
   before it, and not after the last day that the law gives. */
static void
bound_results(struct outcome_bounds *b, int32_t day)
{
	static const char *const ids[3] = { "results-2-latest",
	    "results-latest", "proclamation" };
	static const char *const published[3] = { "results-2-published-latest",
	    "results-published-latest", "publication" };
	int32_t a[ANCHOR_COUNT], *lo = b->lo, *hi = b->hi;
	unsigned i;

	for (i = 0; i < ANCHOR_COUNT; i++)
		a[i] = hi[i];
	a[ANCHOR_VOTING] = day;
	a[ANCHOR_VOTING_2] = b->w->q->round > 1 ? day : DATE_UNSET;
	if (lo[ANCHOR_RESULTS] == DATE_UNSET) {
		lo[ANCHOR_RESULTS] = day;
		hi[ANCHOR_RESULTS] = first_latest(b, ids, a,
		    &b->doubt[ANCHOR_RESULTS]);
	}
	if (lo[ANCHOR_RESULTS_PUBLISHED] == DATE_UNSET) {
		a[ANCHOR_RESULTS] = hi[ANCHOR_RESULTS];
		lo[ANCHOR_RESULTS_PUBLISHED] = lo[ANCHOR_RESULTS];
		hi[ANCHOR_RESULTS_PUBLISHED] = first_latest(b, published, a,
		    &b->doubt[ANCHOR_RESULTS_PUBLISHED]);
	}
}

static void
know_day(struct outcome_bounds *b, enum anchor a, int32_t from, int32_t until,
    bool unverified)
{
	if (b->lo[a] != DATE_UNSET)
		return;
	b->lo[a] = from;
	b->hi[a] = until;
	b->doubt[a] = unverified;
}

bool
outcome_dates_within(int32_t day, int32_t from, int32_t until)
{
	return (from != DATE_UNSET || until != DATE_UNSET) &&
	    (from == DATE_UNSET || from <= day) &&
	    (until == DATE_UNSET || day <= until);
}

/* Whether a second voting on v2 fits a first one on that day. */
static bool
fits(const struct outcome_bounds *b, int32_t first, int32_t v2,
    bool *unverified)
{
	const struct law_date *rule = &b->w->q->version->rounds[1].date;
	struct when_day from, until, ignored;
	int32_t a[ANCHOR_COUNT];
	bool results = false;
	unsigned i;

	for (i = 0; i < ANCHOR_COUNT; i++)
		a[i] = DATE_UNSET;
	a[ANCHOR_VOTING] = a[ANCHOR_RESULTS] = first;
	a[ANCHOR_RESULTS_PUBLISHED] = first;
	window_at(b, rule, a, &from, &ignored, unverified, NULL);
	a[ANCHOR_RESULTS] = latest(b, "results-latest", a, &results);
	a[ANCHOR_RESULTS_PUBLISHED] = latest(b, "results-published-latest", a,
	    &results);
	window_at(b, rule, a, &ignored, &until, unverified, NULL);
	if (results && (outcome_dates_needs(rule, ANCHOR_RESULTS) ||
	    outcome_dates_needs(rule, ANCHOR_RESULTS_PUBLISHED)))
		*unverified = true;
	return outcome_dates_within(v2, from.date, until.date);
}

/* The first voting, of which only the second is known: where the law's rule
   leads from it to the second. */
static void
bound_first_voting(struct outcome_bounds *b)
{
	const struct outcome_work *w = b->w;
	int32_t v2 = w->q->anchors[ANCHOR_VOTING_2];
	int32_t day, from = DATE_UNSET, until = DATE_UNSET;
	bool unverified = w->q->version->rounds[1].ground.unverified;

	if (v2 == DATE_UNSET || b->lo[ANCHOR_VOTING] != DATE_UNSET)
		return;
	for (day = v2 - 1; day >= v2 - BETWEEN_MOST; day--) {
		if (!outcome_dates_there(&w->q->version->rounds[1].date) ||
		    !fits(b, day, v2, &unverified))
			continue;
		from = day;
		until = until == DATE_UNSET ? day : until;
	}
	if (from == DATE_UNSET) {
		from = v2 - FIRST_MOST;
		until = v2 - 1;
	}
	know_day(b, ANCHOR_VOTING, from, until, unverified);
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

/* The day of the next voting, of which only the rule is known. */
static void
bound_next_voting(struct outcome_bounds *b)
{
	const struct law_round *next = b->w->next;
	struct when_day from, until, ignored;
	bool unverified;

	if (b->w->q->round > 1 || next == NULL ||
	    !outcome_dates_there(&next->date))
		return;
	unverified = next->ground.unverified;
	window_at(b, &next->date, b->lo, &from, &ignored, &unverified, NULL);
	window_at(b, &next->date, b->hi, &ignored, &until, &unverified, NULL);
	know_day(b, ANCHOR_VOTING_2, from.date, until.date, unverified);
}

void
outcome_dates_bounds(struct outcome_bounds *b, const struct outcome_work *w,
    int32_t event)
{
	const struct law_version *v = w->q->version;
	const struct law_voting_day *day = &v->voting_day;
	int64_t first = day->ground.there && day->days > 1 ?
	    1 - (int64_t)day->days : 0;
	unsigned i;

	b->w = w;
	for (i = 0; i < ANCHOR_COUNT; i++) {
		b->lo[i] = b->hi[i] = w->q->anchors[i];
		b->doubt[i] = false;
	}
	if (event != DATE_UNSET)
		b->lo[ANCHOR_EVENT] = b->hi[ANCHOR_EVENT] = event;
	know_day(b, ANCHOR_FAILED_VOTING, outcome_dates_this(w),
	    outcome_dates_this(w), false);
	if (w->q->round > 1) {
		/* Results are those of the last round that was held. */
		know_day(b, ANCHOR_RESULTS, b->lo[ANCHOR_RESULTS_2],
		    b->hi[ANCHOR_RESULTS_2], false);
		bound_first_voting(b);
	}
	know_day(b, ANCHOR_VOTING_FIRST_DAY, date_add_days(
	    b->lo[ANCHOR_VOTING], first), date_add_days(b->hi[ANCHOR_VOTING],
	    first), b->doubt[ANCHOR_VOTING] || (first != 0 &&
	    day->ground.unverified));
	know_day(b, ANCHOR_PREVIOUS_INAUGURATION,
	    term_began(v, b->lo[ANCHOR_VOTING]),
	    term_began(v, b->hi[ANCHOR_VOTING]), v->term.ground.unverified);
	bound_results(b, outcome_dates_this(w));
	bound_next_voting(b);
}

int32_t
outcome_dates_voting_day(const struct outcome_bounds *b,
    const int32_t *anchors, bool *unverified)
{
	const struct outcome_question *q = b->w->q;
	const struct law_voting_day *rule = &q->version->voting_day;
	unsigned steps = 0, i;
	struct walk walk = { q->version, anchors, b->doubt, 0, &steps,
	    unverified };
	struct when_known known;

	*unverified = *unverified || rule->ground.unverified ||
	    (when_needs(rule->on, ANCHOR_PREVIOUS_INAUGURATION) &&
	    b->doubt[ANCHOR_PREVIOUS_INAUGURATION]);
	for (i = 0; i < rule->nmoved; i++)
		*unverified = *unverified || rule->moved[i].ground.unverified;
	know(&known, anchors, &walk);
	return law_voting_day(q->law, q->version, &known, NULL);
}

/* --- windows -------------------------------------------------------------- */

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
count_words(const struct law_date *rule, const struct outcome_bounds *b,
    struct buf *to)
{
	struct when_day from, until;
	bool exact = true, ignored;
	unsigned i;

	for (i = 0; i < ANCHOR_COUNT; i++)
		exact = exact && (!outcome_dates_needs(rule, (enum anchor)i) ||
		    b->lo[i] == b->hi[i]);
	if (exact) {
		window_at(b, rule, b->hi, &from, &until, &ignored, to);
		return;
	}
	rule_text(to, rule);
	for (i = 0; i < ANCHOR_COUNT; i++) {
		if (!outcome_dates_needs(rule, (enum anchor)i) ||
		    b->lo[i] == b->hi[i])
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
struct outcome_window
outcome_dates_window(struct outcome_work *w, const struct law_date *rule,
    const struct outcome_bounds *b, int32_t least)
{
	struct outcome_window out = { DATE_UNSET, DATE_UNSET, false,
	    { NULL, 0 }, rule->ground.article, rule->ground.unverified };
	struct when_day from, until, ignored;
	struct buf *to = outcome_explain_begin(w);

	if (!outcome_dates_there(rule)) {
		buf_text(to, "the law as it is written here does not say "
		    "when");
		out.words = arena_copy(w->arena, buf_bytes(to));
		return out;
	}
	window_at(b, rule, b->lo, &from, &ignored, &out.unverified, NULL);
	window_at(b, rule, b->hi, &ignored, &until, &out.unverified, NULL);
	out.from = from.date;
	out.until = until.date;
	out.known = out.from != DATE_UNSET || out.until != DATE_UNSET;
	if (out.known && least != DATE_UNSET && out.from <= least &&
	    (out.until == DATE_UNSET || out.until > least))
		out.from = date_add_days(least, 1);
	count_words(rule, b, to);
	out.words = arena_copy(w->arena, buf_bytes(to));
	return out;
}

void
outcome_dates_taint(struct outcome_work *w, struct outcome_window *out,
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
	struct outcome_bounds b;

	if (!outcome_dates_there(rule))
		return none;
	outcome_dates_bounds(&b, w, DATE_UNSET);
	return outcome_dates_window(w, rule, &b, DATE_UNSET);
}

int32_t
outcome_dates_last(struct outcome_work *w, const struct ruling *r)
{
	struct outcome_window next;
	struct outcome_bounds b;

	if (w->q->round == 1 && w->q->anchors[ANCHOR_VOTING_2] != DATE_UNSET)
		return w->q->anchors[ANCHOR_VOTING_2];
	outcome_dates_bounds(&b, w, r->event);
	next = outcome_dates_window(w, r->date == DATE_REPLACED &&
	    outcome_dates_there(&w->next->replaced_date) ?
	    &w->next->replaced_date : &w->next->date, &b, DATE_UNSET);
	return next.known && next.until != DATE_UNSET ? next.until :
	    date_add_days(outcome_dates_this(w), BETWEEN_MOST);
}

static struct outcome_window
one_day(int32_t day, const struct ground *g)
{
	struct outcome_window out = { day, day, day != DATE_UNSET,
	    { NULL, 0 }, g->article, g->unverified };

	return out;
}

/* The window of the next voting; later than `least` even if no rule tells. */
static void
next_voting(struct outcome_work *w, const struct law_date *rule,
    const struct ground *g, int32_t event, int32_t least)
{
	struct outcome_window *out = &w->o->date;
	struct outcome_bounds b;

	outcome_dates_bounds(&b, w, event);
	*out = outcome_dates_window(w, rule, &b, least);
	if (!out->known)
		out->from = date_add_days(least, 1);
	outcome_dates_taint(w, out, g);
}

void
outcome_dates_next(struct outcome_work *w, const struct ruling *r)
{
	const struct law_version *v = w->q->version;
	const struct law_date *rule = NULL;
	const struct ground *g = NULL;
	int32_t least = outcome_dates_this(w);

	switch (r->date) {
	case DATE_NONE:
		return;
	case DATE_THIS:
		w->o->date = one_day(outcome_dates_this(w), &w->round->ground);
		return;
	case DATE_REPEAT:
		rule = &v->repeat.date;
		g = &v->repeat.ground;
		if (r->event != DATE_UNSET && r->event > least)
			least = r->event;
		break;
	case DATE_REPLACED:
	case DATE_NEXT:
		rule = r->date == DATE_REPLACED && outcome_dates_there(
		    &w->next->replaced_date) ? &w->next->replaced_date :
		    &w->next->date;
		g = &w->next->ground;
		break;
	}
	next_voting(w, rule, g, r->event, least);
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
	int32_t least = outcome_dates_this(w);
	bool other = !round && !outcome_dates_there(rule) &&
	    outcome_dates_there(&v->repeat.date);

	if (e->date != DATE_UNSET && (least == DATE_UNSET || e->date > least))
		least = e->date;
	next_voting(w, other ? &v->repeat.date : rule, other ?
	    &v->repeat.ground : g, e->date, least);
	if (!other)
		return;
	w->o->unverified = w->o->date.unverified = true;
	outcome_explain_say(w, "Of an election that is annulled the law as it "
	    "is written here does not say when it is held again; its rule for "
	    "a repeat election is taken.");
}
