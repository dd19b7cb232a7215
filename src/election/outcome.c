#include "election/outcome.h"

#include <stdio.h>

#include "base/limits.h"
#include "election/outcome_inside.h"

__extension__ typedef unsigned __int128 wide;

#define DECIMALS_MAX	14	/* parts of 10^12 differ by then */

const char *
outcome_kind_name(enum outcome_kind kind)
{
	static const char *const names[] = { "elected", "runoff",
	    "runoff_single", "repeat", "annulled", "pending",
	    "not_applicable" };

	return names[kind];
}

void
outcome_number(struct buf *to, int64_t n)
{
	char digits[24];
	int i, len;

	if (n < 0)
		buf_byte(to, '-');
	len = snprintf(digits, sizeof(digits), "%llu", n < 0 ?
	    0ULL - (unsigned long long)n : (unsigned long long)n);
	for (i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			buf_byte(to, ',');
		buf_byte(to, (uint8_t)digits[i]);
	}
}

void
outcome_percent_beside(struct buf *to, uint64_t num, uint64_t den,
    uint32_t part, uint32_t whole)
{
	wide unit = 100, scaled;
	int places = 2;

	if (den == 0 || whole == 0)
		return;
	for (;; places++, unit *= 10) {
		scaled = ((wide)num * 100 * unit + den / 2) / den;
		if (places == DECIMALS_MAX || scaled !=
		    ((wide)part * 100 * unit + whole / 2) / whole ||
		    (wide)num * whole == (wide)part * den)
			break;
	}
	buf_printf(to, "%llu.%0*llu", (unsigned long long)(scaled / unit),
	    places, (unsigned long long)(scaled % unit));
}

void
outcome_percent(struct buf *to, uint64_t num, uint64_t den)
{
	outcome_percent_beside(to, num, den, 1, 2);
}

/* --- what it was measured by ---------------------------------------------- */

/* The alternative that elected, or the first that was asked. */
static const struct alternative *
asked(const struct verdict *v)
{
	if (v->nalternatives == 0)
		return NULL;
	return &v->alternatives[v->kind == VERDICT_ELECTED ?
	    v->alternative : 0];
}

static enum quantity
basis_of(const struct verdict *v)
{
	const struct alternative *a = asked(v);
	bool next = false;
	unsigned i;

	for (i = 0; a != NULL && i < a->n; i++) {
		if (a->all[i].left != Q_VOTES)
			continue;
		if (a->all[i].right > Q_AGAINST_ALL)
			return a->all[i].right;
		next = next || a->all[i].right == Q_NEXT;
	}
	return next ? Q_NEXT : Q_COUNT;
}

static struct outcome_share
share_of(const struct figures *f, int x, enum quantity q)
{
	struct outcome_share share = { 0, 0 };
	int64_t votes = f->standing->contenders[x].votes;

	if (q >= Q_COUNT || votes < 0 || f->q[q].lo != f->q[q].hi ||
	    f->q[q].lo <= 0)
		return share;
	share.num = (uint64_t)votes;
	share.den = (uint64_t)f->q[q].lo;
	return share;
}

static bool
asks(const struct alternative *a, enum quantity q)
{
	unsigned i;

	for (i = 0; i < a->n; i++)
		if (a->all[i].left == q || a->all[i].right == q)
			return true;
	return false;
}

static void
measure(struct outcome_work *w, const struct ruling *r)
{
	const struct verdict *v = &r->verdict;
	enum quantity basis = basis_of(v);
	struct outcome_share share;
	bool doubt;
	unsigned i;

	if (v->leader < 0)
		return;
	w->o->first = v->leader;
	w->o->of_found = share_of(&r->figures, v->leader, Q_FOUND);
	w->o->of_valid = share_of(&r->figures, v->leader, Q_VALID);
	if (basis < Q_COUNT)
		w->o->basis = bytes_of(quantity_name(basis));
	share = share_of(&r->figures, v->leader, basis == Q_NEXT ?
	    Q_CANDIDATES : basis);
	w->o->share_num = share.num;
	w->o->share_den = share.den;
	doubt = asks(&w->round->minimum, Q_PARTICIPANTS);
	for (i = 0; i < v->nalternatives; i++)
		doubt = doubt || asks(&v->alternatives[i], Q_PARTICIPANTS);
	if (!doubt || !r->figures.participants_are_found)
		return;
	w->o->doubtful_basis = true;
	outcome_explain_say(w, "How many voters took part is not told; the "
	    "ballots found stand for it.");
}

/* --- the whole ------------------------------------------------------------ */

/* The annulment: of the whole before that of a round, a later one before an
   earlier one. */
static const struct event *
annulment(const struct outcome_question *q)
{
	const struct event *found = NULL;
	const struct event *e;
	unsigned i;

	for (i = 0; i < q->nevents; i++) {
		e = &q->events[i];
		if (e->kind != EVENT_ANNULLED_ALL &&
		    e->kind != EVENT_ANNULLED_ROUND)
			continue;
		if (found == NULL || (e->kind == found->kind ?
		    e->date > found->date : e->kind == EVENT_ANNULLED_ALL))
			found = e;
	}
	return found;
}

/* A court cannot annul what was not yet held. */
static bool
too_soon(struct outcome_work *w, const struct event *e)
{
	int32_t held = w->q->anchors[w->q->round == 1 ||
	    e->kind == EVENT_ANNULLED_ALL ? ANCHOR_VOTING : ANCHOR_VOTING_2];
	struct buf *to = outcome_explain_begin(w);

	if (e->date == DATE_UNSET || held == DATE_UNSET || e->date >= held)
		return false;
	buf_text(to, "The annulment is of ");
	date_words(to, e->date);
	buf_text(to, ", before the voting of ");
	date_words(to, held);
	buf_text(to, ": that cannot be, and nothing is decided.");
	outcome_explain_end(w);
	return true;
}

static void
annulled(struct outcome_work *w, const struct event *e)
{
	const struct law_version *v = w->q->version;
	bool all = e->kind == EVENT_ANNULLED_ALL;
	const struct ground *g = all ? &v->annulled_all.ground :
	    &v->annulled_round.ground;
	struct buf *to = outcome_explain_begin(w);

	w->o->kind = OUTCOME_ANNULLED;
	w->o->scope = all ? "all" : "round";
	w->o->article = g->article;
	outcome_explain_ground(w, g);
	buf_text(to, all ? "The whole election was annulled" :
	    "This round was annulled");
	if (e->date != DATE_UNSET) {
		buf_text(to, " on ");
		date_words(to, e->date);
	}
	buf_text(to, all ? ": it is held again from the beginning." :
	    ": it is held again.");
	outcome_explain_end(w);
	outcome_dates_annulled(w, e);
}

/* Stations whose results were annulled.  True if so many that, by the law, the
   election is void. */
static bool
stations_annulled(struct outcome_work *w)
{
	const struct outcome_question *q = w->q;
	const struct law_version *v = q->version;
	uint32_t num = v->annulled_station.void_num;
	uint32_t den = v->annulled_station.void_den;
	int64_t lost = q->annulled_registered, all = q->standing.registered;
	struct buf *to;
	bool empty;

	if (q->annulled_stations == 0)
		return false;
	to = outcome_explain_begin(w);
	outcome_number(to, (int64_t)q->annulled_stations);
	buf_text(to, q->annulled_stations == 1 ? " station was annulled" :
	    " stations were annulled");
	if (lost >= 0) {
		buf_text(to, ", with ");
		outcome_number(to, lost);
		buf_text(to, " registered voters");
	}
	buf_text(to, "; they are in none of the figures.");
	if (v->annulled_station.ground.there) {
		outcome_explain_ground(w, &v->annulled_station.ground);
		buf_text(to, " By ");
		buf_add(to, v->annulled_station.ground.article.n > 0 ?
		    v->annulled_station.ground.article : q->law->id);
		buf_text(to, v->annulled_station.ground.unverified ?
		    " [unverified]: " : ": ");
		buf_add(to, v->annulled_station.ground.note);
	}
	outcome_explain_end(w);
	if (den == 0 || lost < 0 || all < 0)
		return false;
	all += lost + (q->standing.missing_registered > 0 ?
	    q->standing.missing_registered : 0);
	empty = (unsigned __int128)lost * den >=
	    (unsigned __int128)all * num;
	if (empty)
		outcome_explain_say(w, "They hold at least %u/%u of all "
		    "voters: the election is void.", num, den);
	return empty;
}

static bool
absurd(int64_t figure)
{
	return figure < FIGURE_UNKNOWN || figure > FIGURE_MAX;
}

static bool
figures_absurd(const struct standing *s)
{
	unsigned i;

	for (i = 0; i < s->ncontenders; i++)
		if (absurd(s->contenders[i].votes))
			return true;
	return absurd(s->registered) || absurd(s->participants) ||
	    absurd(s->found) || absurd(s->valid) || absurd(s->invalid) ||
	    absurd(s->blank) || absurd(s->against_all) ||
	    absurd(s->missing_registered) || s->ncontenders > 1000;
}

static void
say_too_many(struct outcome_work *w)
{
	unsigned n = w->q->standing.ncontenders;

	if (w->q->round > 1 && w->round->advance > 0 &&
	    n > w->round->advance)
		outcome_explain_say(w, "The figures name %u candidates; by "
		    "law %u go on to this round, unless votes are equal.", n,
		    w->round->advance);
}

/* Nothing is left of a ruling that is open. */
static void
open_end(struct ruling *r)
{
	r->winner = -1;
	r->nbetween = 0;
	r->unopposed = false;
	r->date = DATE_NONE;
}

static void
decide(struct outcome_work *w)
{
	const struct outcome_question *q = w->q;
	struct outcome *o = w->o;
	struct ruling r;

	if (q->standing.missing > 0 && !q->standing.closed)
		outcome_explain_say(w, "By what has come in:");
	r = outcome_ruling(w, &q->standing);
	outcome_gone_remarks(w, &q->standing, &r);
	if (r.verdict.leader >= 0 || r.kind == OUTCOME_PENDING)
		outcome_open_check(w, &r);
	if (r.kind == OUTCOME_PENDING)
		open_end(&r);
	say_too_many(w);
	o->kind = r.kind;
	o->winner = r.winner;
	o->unopposed = r.unopposed;
	o->article = r.ground->article;
	if (r.kind == OUTCOME_RUNOFF || r.kind == OUTCOME_RUNOFF_SINGLE) {
		o->between = r.between;
		o->nbetween = r.nbetween;
	}
	measure(w, &r);
	outcome_dates_next(w, &r);
	if (r.kind == OUTCOME_ELECTED)
		outcome_office(w);
	outcome_office_remark(w);
}

static void
not_applicable(struct outcome_work *w, const char *why)
{
	w->o->kind = OUTCOME_NOT_APPLICABLE;
	outcome_explain_say(w, "%s", why);
}

/* Days that cannot follow each other as they are given. */
static bool
days_absurd(struct outcome_work *w)
{
	static const enum anchor later[] = { ANCHOR_RESULTS, ANCHOR_RESULTS_2,
	    ANCHOR_RESULTS_PUBLISHED, ANCHOR_RESULTS_2_PUBLISHED,
	    ANCHOR_VOTING_2 };
	static const enum anchor after[] = { ANCHOR_VOTING, ANCHOR_VOTING_2,
	    ANCHOR_VOTING, ANCHOR_VOTING_2, ANCHOR_VOTING };
	const int32_t *a = w->q->anchors;
	struct buf *to = outcome_explain_begin(w);
	unsigned i;

	for (i = 0; i < sizeof(later) / sizeof(later[0]); i++)
		if (a[later[i]] != DATE_UNSET && a[after[i]] != DATE_UNSET &&
		    (a[later[i]] < a[after[i]] || (a[later[i]] ==
		    a[after[i]] && later[i] == ANCHOR_VOTING_2)))
			break;
	if (i == sizeof(later) / sizeof(later[0]))
		return false;
	buf_printf(to, "As they are given, %s (", anchor_words(later[i]));
	date_words(to, a[later[i]]);
	buf_printf(to, ") does not come after %s (", anchor_words(after[i]));
	date_words(to, a[after[i]]);
	buf_text(to, "): that cannot be, and nothing is decided.");
	outcome_explain_end(w);
	return true;
}

/* The law is then as it was last. */
static void
say_no_day(struct outcome_work *w)
{
	const int32_t *a = w->q->anchors;

	if (a[ANCHOR_VOTING] == DATE_UNSET && a[ANCHOR_VOTING_2] ==
	    DATE_UNSET && w->q->law->nversions > 1)
		outcome_explain_say(w, "The day of voting is not told: the "
		    "last version of the law is taken.");
}

static void
answer(struct outcome_work *w)
{
	const struct outcome_question *q = w->q;
	const struct event *e;

	if (q->law == NULL) {
		not_applicable(w, "No law is named.");
		return;
	}
	if (q->version == NULL) {
		not_applicable(w, "The law was not in force on that day.");
		return;
	}
	if (q->round < 1 || q->round > LAW_ROUNDS ||
	    !q->version->rounds[q->round - 1].ground.there) {
		not_applicable(w, "The law knows no such round.");
		return;
	}
	w->round = &q->version->rounds[q->round - 1];
	if (q->round < LAW_ROUNDS && q->version->rounds[q->round].ground.there)
		w->next = &q->version->rounds[q->round];
	w->all_listed = q->standing.all_listed || (q->round > 1 &&
	    w->round->advance > 0 &&
	    q->standing.ncontenders >= w->round->advance);
	e = annulment(q);
	if (e != NULL) {
		if (!too_soon(w, e))
			annulled(w, e);
		return;
	}
	if (days_absurd(w))
		return;
	if (figures_absurd(&q->standing)) {
		outcome_explain_say(w, "The figures are absurd.");
		return;
	}
	say_no_day(w);
	if (stations_annulled(w)) {
		struct event all = { .kind = EVENT_ANNULLED_ALL,
		    .date = DATE_UNSET };

		w->o->kind = OUTCOME_ANNULLED;
		w->o->scope = "all";
		w->o->article = q->version->annulled_station.ground.article;
		outcome_dates_annulled(w, &all);
		return;
	}
	decide(w);
}

const struct outcome *
outcome_decide(const struct outcome_question *q, struct arena *arena)
{
	struct outcome_work w = { .q = q, .arena = arena,
	    .say = buf_with(64 * KIB) };
	struct outcome *o = arena_alloc(arena, 1, sizeof(*o));

	w.reasons = arena_alloc(arena, OUTCOME_REASONS, sizeof(*w.reasons));
	w.ties = arena_alloc(arena, OUTCOME_REASONS, sizeof(*w.ties));
	if (o == NULL || w.reasons == NULL || w.ties == NULL)
		return NULL;
	w.o = o;
	o->kind = OUTCOME_PENDING;
	o->winner = o->first = -1;
	o->reasons = w.reasons;
	o->ties = w.ties;
	o->date.from = o->date.until = DATE_UNSET;
	o->inauguration.from = o->inauguration.until = DATE_UNSET;
	answer(&w);
	buf_free(&w.say);
	return arena->bad ? NULL : o;
}
