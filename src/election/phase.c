#include "election/phase.h"

#include <assert.h>
#include <stddef.h>

#include "base/limits.h"
#include "base/time.h"
#include "election/calendar_inside.h"
#include "election/phase_inside.h"

#define COUNTING_2	(PHASE_COUNT)
#define RESULTS_2	(PHASE_COUNT + 1)

#define WORDS_BYTES	(16 * KIB)

struct making {
	const struct calendar *cal;
	struct arena *arena;
	struct phases *to;
	struct phase_known known;
	struct buf words;
};

/* --- bounds --------------------------------------------------------------- */

/* An instant of a day that lies within bounds. */
static struct phase_bound
edge(const struct making *m, struct phase_days days, int32_t seconds)
{
	const struct law *law = m->cal->facts.law;
	struct phase_bound b;

	b.min = calendar_instant(law, days.min, seconds);
	b.max = days.max == PHASE_DAY_NEVER ? TIME_UNSET :
	    calendar_instant(law, days.max, seconds);
	if (b.max == TIME_UNSET)
		b.max = PHASE_ALWAYS;
	return b;
}

static struct phase_bound
edge_of(const struct making *m, enum anchor a, int32_t seconds)
{
	return edge(m, m->known.anchors[a], seconds);
}

/* Not before another: the later of both. */
static struct phase_bound
not_before(struct phase_bound b, struct phase_bound least)
{
	if (b.min < least.min)
		b.min = least.min;
	if (b.max < least.max)
		b.max = least.max;
	return b;
}

static struct phase_bound
not_after(struct phase_bound b, struct phase_bound most)
{
	if (b.max > most.max)
		b.max = most.max;
	if (b.min > most.max)
		b.min = most.max;
	return b;
}

/* --- what the law sets ---------------------------------------------------- */

/* One side of the law's window. */
static struct phase_bound
law_edge(const struct making *m, const struct when_day side[2],
    int32_t otherwise)
{
	const struct law *law = m->cal->facts.law;
	struct phase_bound b;
	int32_t s = side[0].seconds == WHEN_NO_HOUR ? otherwise :
	    side[0].seconds;

	b.min = calendar_instant(law, side[0].date, s);
	s = side[1].seconds == WHEN_NO_HOUR ? otherwise : side[1].seconds;
	b.max = calendar_instant(law, side[1].date, s);
	if (b.max == TIME_UNSET || b.max < b.min)
		b.max = PHASE_ALWAYS;
	return b;
}

/* What is counted from the calling alone is over when the voting is. */
static bool
is_before_voting(uint32_t rests)
{
	return (rests & ~(BIT(ANCHOR_CALLED) | BIT(ANCHOR_CALLED_PUBLISHED) |
	    BIT(ANCHOR_PREVIOUS_VOTING) | BIT(ANCHOR_PREVIOUS_INAUGURATION) |
	    BIT(ANCHOR_VOTING_FIRST_DAY) | BIT(ANCHOR_VOTING))) == 0;
}

static void
by_law(struct making *m, struct phase_span *s)
{
	const struct law_date *rule =
	    &m->cal->facts.version->phases[s->phase];
	struct when_known known = calendar_known(m->cal);
	struct when_day from[2], until[2], a, b;
	uint32_t rests;

	if (!phase_days_rule(m->cal, rule, &m->known, from, until))
		return;
	s->by_law = true;
	s->never = false;
	s->ground = rule->ground;
	rests = calendar_rests(m->cal, rule, &s->unverified);
	s->needs |= rests;
	if (rule->on != NULL || rule->from != NULL)
		s->from_within = law_edge(m, from, 0);
	if (rule->on != NULL || rule->until != NULL)
		s->until_within = law_edge(m, until, 86400);
	if (s->phase <= PHASE_SILENCE && is_before_voting(rests) &&
	    s->until_within.min != s->until_within.max)
		s->until_within = not_after(s->until_within,
		    m->to->spans[PHASE_VOTING].until_within);
	buf_reset(&m->words);
	law_window(rule, &known, &a, &b, &m->words);
	s->counted = arena_copy(m->arena, buf_bytes(&m->words));
}

/* --- what follows from the dates ------------------------------------------ */

/* What begins or ends with another rests on what that one rests on. */
static void
until_begins(struct phase_span *s, const struct phase_span *other)
{
	s->until_within = other->from_within;
	s->unverified = s->unverified || other->unverified;
}

static struct phase_span *
start(struct making *m, unsigned at, enum phase phase, uint32_t needs,
    const char *counted)
{
	struct phase_span *s = &m->to->spans[at];

	s->phase = phase;
	s->round = at < PHASE_COUNT ? 1 : 2;
	s->needs = needs;
	s->counted = bytes_of(counted);
	s->from_within.min = s->until_within.min = INT64_MIN;
	s->from_within.max = s->until_within.max = PHASE_ALWAYS;
	return s;
}

static void
before_voting(struct making *m)
{
	static const enum phase phases[] = { PHASE_NOMINATION,
	    PHASE_REGISTRATION, PHASE_CAMPAIGN, PHASE_SILENCE };
	struct phase_span *s, *voting;
	unsigned i;

	voting = start(m, PHASE_VOTING, PHASE_VOTING,
	    BIT(ANCHOR_VOTING_FIRST_DAY) | BIT(ANCHOR_VOTING),
	    "the whole days of voting");
	voting->from_within = edge_of(m, ANCHOR_VOTING_FIRST_DAY, 0);
	voting->until_within = edge_of(m, ANCHOR_VOTING, 86400);
	by_law(m, voting);
	s = start(m, PHASE_CALLED, PHASE_CALLED, BIT(ANCHOR_CALLED),
	    "from the day of calling until voting begins");
	s->from_within = edge_of(m, ANCHOR_CALLED, 0);
	until_begins(s, voting);
	by_law(m, s);
	for (i = 0; i < sizeof(phases) / sizeof(phases[0]); i++) {
		s = start(m, phases[i], phases[i], 0,
		    "the law file sets no such phase");
		s->never = true;
		by_law(m, s);
	}
}

/* Counting and results of a round. */
static void
after_voting(struct making *m, unsigned counting, unsigned results,
    const struct phase_span *voting, enum anchor determined)
{
	enum anchor published = (enum anchor)(determined + 1);
	uint32_t needs = voting->needs | BIT(determined);
	struct phase_span *s;

	s = start(m, counting, PHASE_COUNTING, needs,
	    "from the end of voting to the end of the day on which results "
	    "are determined");
	s->from_within = voting->until_within;
	s->unverified = voting->unverified;
	s->until_within = not_before(edge_of(m, determined, 86400),
	    s->from_within);
	s = start(m, results, PHASE_RESULTS, needs | BIT(published),
	    "from the day on which results are determined to the end of the "
	    "day on which they are published");
	s->from_within = not_before(edge_of(m, determined, 0),
	    voting->until_within);
	s->unverified = voting->unverified &&
	    s->from_within.min == voting->until_within.min;
	s->until_within = not_before(edge_of(m, published, 86400),
	    s->from_within);
}

static void
second_round(struct making *m)
{
	struct phase_span *second, *s;

	second = start(m, PHASE_SECOND_VOTING, PHASE_SECOND_VOTING,
	    BIT(ANCHOR_VOTING_2), "the whole days of the second voting");
	second->from_within = not_before(edge(m, m->known.second_first, 0),
	    m->to->spans[PHASE_VOTING].until_within);
	second->until_within = edge_of(m, ANCHOR_VOTING_2, 86400);
	second->unverified = m->known.second_first.unverified;
	by_law(m, second);
	s = start(m, PHASE_BETWEEN_ROUNDS, PHASE_BETWEEN_ROUNDS,
	    BIT(ANCHOR_RESULTS) | BIT(ANCHOR_VOTING_2),
	    "from the day after results are determined until the second "
	    "voting begins");
	s->from_within = not_before(edge_of(m, ANCHOR_RESULTS, 86400),
	    m->to->spans[PHASE_VOTING].until_within);
	until_begins(s, second);
	by_law(m, s);
	after_voting(m, COUNTING_2, RESULTS_2, second, ANCHOR_RESULTS_2);
}

static void
in_the_end(struct making *m)
{
	const struct calendar *cal = m->cal;
	const struct calendar_item *day = calendar_find(cal,
	    bytes_of("inauguration"));
	uint32_t results = cal->facts.second_round == 0 ? BIT(ANCHOR_RESULTS) :
	    cal->facts.second_round > 0 ? BIT(ANCHOR_RESULTS_2) :
	    BIT(ANCHOR_RESULTS) | BIT(ANCHOR_RESULTS_2);
	uint32_t needs = BIT(ANCHOR_INAUGURATION);
	struct phase_span *over, *s;

	if (day != NULL && day->needs != 0)
		needs = day->needs;
	over = start(m, PHASE_OVER, PHASE_OVER, needs,
	    "from the day of the inauguration on");
	over->from_within = edge_of(m, ANCHOR_INAUGURATION, 0);
	if (day != NULL && day->from_instant != TIME_UNSET &&
	    day->from.seconds != WHEN_NO_HOUR &&
	    day->from.date == day->until.date)
		over->from_within.min = over->from_within.max =
		    day->from_instant;
	over->open_until = true;
	over->unverified = m->known.anchors[ANCHOR_INAUGURATION].unverified;
	by_law(m, over);
	s = start(m, PHASE_UNTIL_INAUGURATION, PHASE_UNTIL_INAUGURATION,
	    results | needs, "from the day after the results of the last "
	    "round until the inauguration");
	s->from_within = not_before(edge(m, m->known.final, 86400),
	    m->to->spans[PHASE_VOTING].until_within);
	until_begins(s, over);
	s->depends = cal->facts.repeat > 0;
	over->depends = s->depends;
	by_law(m, s);
}

/* --- what is told of each ------------------------------------------------- */

static bool
is_of_second_round(const struct phase_span *s)
{
	return s->phase == PHASE_BETWEEN_ROUNDS ||
	    s->phase == PHASE_SECOND_VOTING || s->round == 2;
}

static void
tell_unknown(struct making *m, struct phase_span *s)
{
	const struct calendar_facts *f = &m->cal->facts;
	bool first = s->phase == PHASE_SECOND_VOTING ||
	    s->phase == PHASE_BETWEEN_ROUNDS;

	buf_reset(&m->words);
	calendar_missing(s->needs, &m->words);
	if (first && f->anchors[ANCHOR_VOTING_2] != DATE_UNSET &&
	    m->known.second_first.min != m->known.second_first.max)
		buf_printf(&m->words, "%swhether the second voting too takes "
		    "several days is not known", m->words.n == 0 ? "" : "; ");
	if (is_of_second_round(s) && s->depends)
		buf_printf(&m->words, "%swhether there is a second voting is "
		    "not known", m->words.n == 0 ? "" : "; ");
	if (!is_of_second_round(s) && s->depends)
		buf_printf(&m->words, "%sthe election is repeated, and this "
		    "belongs to the repeat", m->words.n == 0 ? "" : "; ");
	s->why_unknown = arena_copy(m->arena, buf_bytes(&m->words));
}

static void
finish(struct making *m, struct phase_span *s)
{
	const struct calendar_facts *f = &m->cal->facts;
	unsigned i;

	if (is_of_second_round(s)) {
		s->never = f->second_round == 0;
		s->depends = f->second_round < 0;
	}
	for (i = 0; i < ANCHOR_COUNT; i++) {
		if ((s->needs & BIT(i)) != 0 &&
		    m->known.anchors[i].unverified)
			s->unverified = true;
		if (f->anchors[i] != DATE_UNSET)
			s->needs &= ~BIT(i);
	}
	if (is_of_second_round(s) && f->version->rounds[1].ground.unverified)
		s->unverified = true;
	s->from = s->from_within.min == s->from_within.max ?
	    s->from_within.min : TIME_UNSET;
	s->until = s->until_within.min == s->until_within.max ?
	    s->until_within.min : TIME_UNSET;
	if (s->never) {
		s->from = s->until = TIME_UNSET;
		s->unverified = false;
		s->needs = 0;
	} else if (s->depends || s->from == TIME_UNSET ||
	    (s->until == TIME_UNSET && !s->open_until)) {
		tell_unknown(m, s);
	} else {
		s->needs = 0;
	}
}

struct phases
phase_spans(const struct calendar *cal, struct arena *arena)
{
	struct phases phases = { 0 };
	struct making m = { .cal = cal, .arena = arena, .to = &phases,
	    .words = buf_with(WORDS_BYTES) };
	unsigned i;

	phase_days_all(cal, &m.known);
	before_voting(&m);
	after_voting(&m, PHASE_COUNTING, PHASE_RESULTS,
	    &phases.spans[PHASE_VOTING], ANCHOR_RESULTS);
	by_law(&m, &phases.spans[PHASE_COUNTING]);
	by_law(&m, &phases.spans[PHASE_RESULTS]);
	second_round(&m);
	in_the_end(&m);
	for (i = 0; i < PHASE_SPANS; i++)
		finish(&m, &phases.spans[i]);
	buf_free(&m.words);
	return phases;
}

/* --- at an instant -------------------------------------------------------- */

enum phase_state
phase_span_at(const struct phase_span *s, int64_t instant)
{
	bool open = s->open_until;

	if (s->never || instant < s->from_within.min ||
	    (!open && instant >= s->until_within.max))
		return PHASE_NO;
	if (instant >= s->from_within.max &&
	    (open || instant < s->until_within.min) && !s->depends)
		return PHASE_YES;
	return PHASE_UNKNOWN;
}

enum phase_state
phase_at(const struct phases *phases, enum phase phase, int64_t instant)
{
	enum phase_state state = PHASE_NO, one;
	unsigned i;

	for (i = 0; i < PHASE_SPANS; i++) {
		if (phases->spans[i].phase != phase)
			continue;
		one = phase_span_at(&phases->spans[i], instant);
		if (one == PHASE_YES)
			return PHASE_YES;
		if (one == PHASE_UNKNOWN)
			state = PHASE_UNKNOWN;
	}
	return state;
}

/* Where most is at stake comes first: while votes are cast and counted, all
   else gives way; then what the days between are for. */
enum phase
phase_order(unsigned at)
{
	static const enum phase order[PHASE_COUNT] = {
		PHASE_VOTING, PHASE_SECOND_VOTING, PHASE_COUNTING,
		PHASE_BETWEEN_ROUNDS, PHASE_RESULTS, PHASE_SILENCE,
		PHASE_UNTIL_INAUGURATION, PHASE_CAMPAIGN, PHASE_REGISTRATION,
		PHASE_NOMINATION, PHASE_CALLED, PHASE_OVER
	};

	assert(at < PHASE_COUNT);
	return order[at];
}

enum phase
phase_main(const struct phases *phases, int64_t instant, bool *unknown)
{
	enum phase_state state;
	unsigned i;

	*unknown = false;
	for (i = 0; i < PHASE_COUNT; i++) {
		state = phase_at(phases, phase_order(i), instant);
		if (state == PHASE_YES)
			return phase_order(i);
		if (state == PHASE_UNKNOWN) {
			*unknown = true;
			return PHASE_COUNT;
		}
	}
	return PHASE_COUNT;
}
