/*
 * Every law that is built in, every version and round, with figures and events
 * that look random: no crash, and what is decided holds when it is worked out
 * again, here, in another way.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>

#include "base/limits.h"
#include "outcome_try.h"

__extension__ typedef __int128 wide;

#define MOST	6

struct made {
	struct contender contenders[MOST];
	struct outcome_question q;
};

static uint64_t seed;

static int64_t
any(uint64_t n)
{
	return (int64_t)outcome_try_random(&seed, n);
}

/* Figures that add up; small ones, so that ties and halves come up. */
static void
make(struct made *m, const struct law *law, const struct law_version *v,
    unsigned round)
{
	static const char *const names[MOST] = { "Anna", "Boris", "Clara",
	    "Dimitri", "Elena", "Fyodor" };
	static const uint64_t scale[] = { 4, 30, 1000, 50000000 };
	struct standing *s = &m->q.standing;
	uint64_t size = scale[any(4)];
	int64_t sum = 0;
	unsigned i;

	memset(m, 0, sizeof(*m));
	s->ncontenders = round > 1 ? 2 : (unsigned)(1 + any(MOST));
	for (i = 0; i < s->ncontenders; i++) {
		m->contenders[i].name = bytes_of(names[i]);
		m->contenders[i].votes = any(size);
		if (i == 0 && any(2) == 0)
			m->contenders[i].votes *= 3;
		m->contenders[i].born = any(3) == 0 ? DATE_UNSET :
		    date_of(1950, 1, 1) + (int32_t)any(5);
		m->contenders[i].votes_before = any(3) - 1;
		sum += m->contenders[i].votes;
	}
	s->contenders = m->contenders;
	s->against_all = v->against_all.on_ballot ? any(size / 2) :
	    FIGURE_UNKNOWN;
	s->valid = sum + (s->against_all > 0 ? s->against_all : 0);
	s->blank = any(size / 4);
	s->invalid = any(size / 4);
	s->found = s->valid + s->blank + s->invalid;
	s->participants = s->found + any(3);
	s->registered = s->participants + any(4) * any((uint64_t)s->found + 1);
	s->all_listed = true;
	m->q.law = law;
	m->q.version = v;
	m->q.round = round;
	for (i = 0; i < ANCHOR_COUNT; i++)
		m->q.anchors[i] = DATE_UNSET;
	m->q.anchors[round == 1 ? ANCHOR_VOTING : ANCHOR_VOTING_2] =
	    v->from + 7 + (int32_t)any(1000);
}

/* --- worked out again ----------------------------------------------------- */

static int64_t
value(const struct standing *s, enum quantity q, unsigned x)
{
	int64_t next = 0, all = 0;
	unsigned i;

	for (i = 0; i < s->ncontenders; i++) {
		all += s->contenders[i].votes;
		if (i != x && s->contenders[i].votes > next)
			next = s->contenders[i].votes;
	}
	switch (q) {
	case Q_VOTES:
		return s->contenders[x].votes;
	case Q_NEXT:
		return next;
	case Q_LEAD:
		return s->contenders[x].votes - next;
	case Q_AGAINST_ALL:
		return s->against_all < 0 ? 0 : s->against_all;
	case Q_CANDIDATES:
		return all;
	case Q_VALID:
		return s->valid;
	case Q_VALID_AND_BLANK:
		return s->valid + s->blank;
	case Q_FOUND:
		return s->found;
	case Q_PARTICIPANTS:
		return s->participants;
	case Q_REGISTERED:
		return s->registered;
	case Q_COUNT:
		break;
	}
	return -1;
}

static bool
holds(const struct standing *s, const struct alternative *a, unsigned x)
{
	unsigned i;

	for (i = 0; i < a->n; i++) {
		wide left = (wide)value(s, a->all[i].left, x) * a->all[i].den;
		wide right = (wide)value(s, a->all[i].right, x) *
		    a->all[i].num;

		if (a->all[i].strict ? left <= right : left < right)
			return false;
	}
	return true;
}

static bool
elects(const struct made *m, unsigned x)
{
	const struct law_round *r = &m->q.version->rounds[m->q.round - 1];
	const struct standing *s = &m->q.standing;
	unsigned i;

	if (!holds(s, &r->minimum, x))
		return false;
	if (s->ncontenders == 1 && r->one_candidate == SINGLE_CONDITION)
		return holds(s, &r->one_condition, x);
	for (i = 0; i < r->nelected_if; i++)
		if (holds(s, &r->elected_if[i], x))
			return true;
	return false;
}

static int
the_first(const struct standing *s)
{
	unsigned i, first = 0, alike = 0;

	for (i = 0; i < s->ncontenders; i++)
		if (s->contenders[i].votes > s->contenders[first].votes)
			first = i;
	for (i = 0; i < s->ncontenders; i++)
		alike += s->contenders[i].votes == s->contenders[first].votes;
	return alike == 1 ? (int)first : -1;
}

/* Nobody who goes on has fewer votes than somebody who does not. */
static void
check_places(const struct made *m, const struct outcome *o)
{
	const struct standing *s = &m->q.standing;
	bool on[MOST] = { false };
	unsigned i, k;

	for (i = 0; i < o->nbetween; i++)
		on[o->between[i]] = true;
	for (i = 0; i < s->ncontenders; i++)
		for (k = 0; k < s->ncontenders; k++)
			if (on[i] && !on[k])
				assert_true(s->contenders[i].votes >=
				    s->contenders[k].votes);
}

static void
check(const struct made *m, const struct outcome *o)
{
	const struct law_round *r = &m->q.version->rounds[m->q.round - 1];
	int first = the_first(&m->q.standing);

	assert_true(o->nreasons + o->nties > 0);
	if (o->kind == OUTCOME_ELECTED && !o->unopposed && o->nties == 0) {
		assert_int_equal(o->winner, first);
		assert_true(elects(m, (unsigned)first));
		assert_true(o->share_den > 0);
	}
	if (o->kind == OUTCOME_RUNOFF || o->kind == OUTCOME_REPEAT) {
		if (r->one_candidate != SINGLE_NO_VOTE && o->nties == 0)
			assert_true(first < 0 || !elects(m, (unsigned)first));
		check_places(m, o);
	}
	/* The figures are all there: only a law that is silent, a tie, or no
	   votes at all leave it open. */
	if (o->kind == OUTCOME_PENDING && first >= 0 &&
	    m->q.standing.valid > 0)
		assert_false(elects(m, (unsigned)first));
}

/* --- what must not change it ---------------------------------------------- */

static void
text_of(char to[300], const struct made *m, const struct outcome *o)
{
	char names[200] = "";
	unsigned i, k;

	/* By name, in the order of the alphabet. */
	for (i = 0; i < 26; i++)
		for (k = 0; k < o->nbetween; k++)
			if (m->q.standing.contenders[o->between[k]].name.p[0] ==
			    'A' + i)
				(void)snprintf(names + strlen(names), 10, " %c",
				    'A' + (char)i);
	(void)snprintf(to, 300, "%s %c %d %s%s %d %d %d %d",
	    outcome_kind_name(o->kind), o->winner < 0 ? '-' :
	    m->q.standing.contenders[o->winner].name.p[0], o->unopposed,
	    o->scope == NULL ? "" : o->scope, names, o->date.from,
	    o->date.until, o->inauguration.from, o->inauguration.until);
}

static void
check_permuted(struct made *m, const struct outcome *o, struct arena *arena)
{
	struct made other = *m;
	struct contender c;
	char is[300], was[300];
	unsigned i, k;

	other.q.standing.contenders = other.contenders;
	for (i = other.q.standing.ncontenders; i > 1; i--) {
		k = (unsigned)any(i);
		c = other.contenders[k];
		other.contenders[k] = other.contenders[i - 1];
		other.contenders[i - 1] = c;
	}
	text_of(was, m, o);
	o = outcome_decide(&other.q, arena);
	assert_non_null(o);
	text_of(is, &other, o);
	assert_string_equal(is, was);
}

/* Votes move from another to the winner, or come from those who stayed at
   home: the winner stays. */
static void
check_monotone(struct made *m, const struct outcome *o, struct arena *arena)
{
	struct made other = *m;
	struct standing *s = &other.q.standing;
	unsigned loser = (unsigned)any(s->ncontenders);
	int winner = o->winner;
	int64_t n;

	if (o->kind != OUTCOME_ELECTED || o->unopposed)
		return;
	s->contenders = other.contenders;
	if ((int)loser != winner) {
		n = any((uint64_t)other.contenders[loser].votes + 1);
		other.contenders[loser].votes -= n;
	} else {
		n = any((uint64_t)(s->registered - s->participants) + 1);
		s->valid += n;
		s->found += n;
		s->participants += n;
	}
	other.contenders[winner].votes += n;
	o = outcome_decide(&other.q, arena);
	assert_non_null(o);
	assert_int_equal(o->kind, OUTCOME_ELECTED);
	assert_int_equal(o->winner, winner);
}

/* --- all of them ---------------------------------------------------------- */

static void
with_events(struct made *m, struct arena *arena)
{
	struct event events[3];
	const struct outcome *o;
	unsigned i;

	m->q.events = events;
	m->q.nevents = (unsigned)any(4);
	for (i = 0; i < m->q.nevents; i++) {
		events[i].kind = any(8) == 0 ? EVENT_ANNULLED_ROUND :
		    any(2) == 0 ? EVENT_WITHDRAWN : EVENT_DIED;
		events[i].name = m->contenders[any(
		    m->q.standing.ncontenders)].name;
		events[i].date = any(4) == 0 ? DATE_UNSET :
		    m->q.anchors[m->q.round == 1 ? ANCHOR_VOTING :
		    ANCHOR_VOTING_2] - 10 + (int32_t)any(30);
	}
	m->q.standing.missing = (uint64_t)any(3);
	m->q.standing.missing_registered = any(20) - 1;
	m->q.standing.all_listed = any(3) > 0;
	if (any(3) == 0)
		m->q.standing.valid = FIGURE_UNKNOWN;
	if (any(3) == 0)
		m->q.standing.found = FIGURE_UNKNOWN;
	if (any(5) == 0)
		m->q.standing.registered = FIGURE_UNKNOWN;
	if (any(9) == 0)
		m->contenders[0].votes = FIGURE_UNKNOWN;
	o = outcome_decide(&m->q, arena);
	assert_non_null(o);
	assert_true(o->nreasons + o->nties > 0);
	if (o->kind == OUTCOME_ELECTED)
		assert_in_range(o->winner, 0, m->q.standing.ncontenders - 1);
	if (o->kind == OUTCOME_RUNOFF)
		assert_true(o->nbetween >= 2);
	if (o->kind == OUTCOME_RUNOFF_SINGLE)
		assert_int_equal(o->nbetween, 1);
}

static void
try_round(const struct law *law, const struct law_version *v, unsigned round,
    unsigned times, unsigned *kinds)
{
	struct arena arena = arena_with(256 * MIB);
	const struct outcome *o;
	struct made m;
	unsigned i;

	for (i = 0; i < times; i++) {
		make(&m, law, v, round);
		o = outcome_decide(&m.q, &arena);
		assert_non_null(o);
		kinds[o->kind]++;
		check(&m, o);
		check_permuted(&m, o, &arena);
		check_monotone(&m, o, &arena);
		with_events(&m, &arena);
		if (i % 16 == 15)
			arena_reset(&arena);
	}
	arena_free(&arena);
}

static void
test_laws(void **state)
{
	struct arena arena = arena_with(256 * MIB);
	unsigned kinds[OUTCOME_NOT_APPLICABLE + 1] = { 0 };
	struct law_faults faults;
	const struct law *law;
	unsigned i, v, round;

	(void)state;
	assert_in_range(law_builtin_count(), 10, 1000);
	for (i = 0; i < law_builtin_count(); i++) {
		memset(&faults, 0, sizeof(faults));
		law = law_read(law_builtin_text(i), &arena, &faults);
		if (law == NULL)
			fail_msg("%s:%u:%u: %s", law_builtin_id(i),
			    (unsigned)faults.items[0].line,
			    (unsigned)faults.items[0].column,
			    faults.items[0].why);
		seed = 1000 + i;
		for (v = 0; v < law->nversions; v++)
			for (round = 1; round <= LAW_ROUNDS; round++)
				if (law->versions[v].rounds[round - 1]
				    .ground.there)
					try_round(law, &law->versions[v],
					    round, 60, kinds);
		arena_reset(&arena);
	}
	arena_free(&arena);
	assert_true(kinds[OUTCOME_ELECTED] > 500);
	assert_true(kinds[OUTCOME_RUNOFF] > 500);
	assert_true(kinds[OUTCOME_REPEAT] > 50);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_laws),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
