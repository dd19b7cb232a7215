#include "outcome_try.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/limits.h"

static const char *const names[TRY_NAMES] = { "A", "B", "C", "D", "E", "F",
    "G", "H" };

static const char head[] =
    "law: zz-2000\n"
    "title: An invented law\n"
    "country: ZZ\n"
    "office: President\n"
    "vote: president\n"
    "clock: [{from: 1990-01-01, zone: UTC0}]\n"
    "sources: {book: {title: A book}}\n"
    "versions:\n"
    "  - from: 2000-01-01\n";

void
outcome_try_law(struct outcome_try *t, const char *rules)
{
	static const struct outcome_try none;
	struct law_faults faults = { 0 };
	struct buf text = buf_with(MIB);

	*t = none;
	t->arena = arena_with(256 * MIB);
	buf_text(&text, head);
	buf_text(&text, rules);
	t->q.law = law_read(arena_copy(&t->arena, buf_bytes(&text)),
	    &t->arena, &faults);
	buf_free(&text);
	if (t->q.law == NULL)
		fail_msg("line %u, column %u: %s",
		    (unsigned)faults.items[0].line,
		    (unsigned)faults.items[0].column, faults.items[0].why);
	t->q.version = law_on(t->q.law, date_of(2020, 3, 1));
	assert_non_null(t->q.version);
}

void
outcome_try_votes(struct outcome_try *t, unsigned round, unsigned n,
    const int64_t *votes)
{
	struct standing *s = &t->q.standing;
	int64_t sum = 0;
	unsigned i;

	for (i = 0; i < n; i++) {
		t->contenders[i].name = bytes_of(names[i]);
		t->contenders[i].votes = votes[i];
		t->contenders[i].born = DATE_UNSET;
		t->contenders[i].votes_before = FIGURE_UNKNOWN;
		sum += votes[i];
	}
	s->contenders = t->contenders;
	s->ncontenders = n;
	s->valid = s->found = s->participants = sum;
	s->invalid = s->blank = 0;
	s->against_all = FIGURE_UNKNOWN;
	s->registered = sum * 10;
	s->all_listed = true;
	s->missing = 0;
	s->missing_registered = 0;
	s->closed = false;
	t->q.round = round;
	for (i = 0; i < ANCHOR_COUNT; i++)
		t->q.anchors[i] = DATE_UNSET;
	t->q.anchors[round == 1 ? ANCHOR_VOTING : ANCHOR_VOTING_2] =
	    date_of(2020, 3, 1);
	t->q.events = t->events;
	t->q.nevents = 0;
}

void
outcome_try_event(struct outcome_try *t, const char *text)
{
	assert_in_range(t->q.nevents, 0, TRY_NAMES - 1);
	assert_true(event_read(bytes_of(text), &t->events[t->q.nevents]));
	t->q.nevents++;
}

const char *
outcome_try(struct outcome_try *t)
{
	static char text[200];
	const struct outcome *o;
	struct buf b = buf_with(sizeof(text) - 1);
	unsigned i;

	o = t->o = outcome_decide(&t->q, &t->arena);
	assert_non_null(o);
	buf_text(&b, outcome_kind_name(o->kind));
	if (o->kind == OUTCOME_ELECTED) {
		assert_in_range(o->winner, 0, t->q.standing.ncontenders - 1);
		buf_byte(&b, ' ');
		buf_add(&b, t->q.standing.contenders[o->winner].name);
		buf_text(&b, o->unopposed ? " unopposed" : "");
	} else {
		assert_int_equal(o->winner, -1);
		assert_false(o->unopposed);
	}
	for (i = 0; i < o->nbetween; i++) {
		buf_byte(&b, ' ');
		buf_add(&b, t->q.standing.contenders[o->between[i]].name);
	}
	if (o->scope != NULL) {
		buf_byte(&b, ' ');
		buf_text(&b, o->scope);
	}
	/* Nothing without a reason. */
	assert_in_range(o->nreasons + o->nties, 1, 200);
	memcpy(text, b.p, b.n);
	text[b.n] = '\0';
	buf_free(&b);
	return text;
}

const char *
outcome_try_day(const struct outcome_window *w)
{
	static char text[64];
	struct buf b = buf_with(sizeof(text) - 1);

	if (!w->known) {
		buf_text(&b, "?");
	} else {
		date_show(&b, w->from);
		if (w->from != w->until) {
			buf_text(&b, "..");
			date_show(&b, w->until);
		}
	}
	memcpy(text, b.p, b.n);
	text[b.n] = '\0';
	buf_free(&b);
	return text;
}

bool
outcome_try_says(const struct outcome_try *t, const char *words)
{
	unsigned i;

	for (i = 0; i < t->o->nreasons; i++)
		if (bytes_find(t->o->reasons[i], bytes_of(words), 0) !=
		    SIZE_MAX)
			return true;
	for (i = 0; i < t->o->nties; i++)
		if (bytes_find(t->o->ties[i], bytes_of(words), 0) != SIZE_MAX)
			return true;
	return false;
}

void
outcome_try_free(struct outcome_try *t)
{
	arena_free(&t->arena);
}

uint64_t
outcome_try_random(uint64_t *state, uint64_t n)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return n == 0 ? 0 : (*state >> 11) % n;
}
