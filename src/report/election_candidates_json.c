/*
 * Candidates as JSON.
 */
#include "report/election_candidates.h"
#include "report/emit.h"

static void
date_or_null(struct emit *j, const char *key, int32_t date)
{
	struct buf b = buf_with(32);

	date_show(&b, date);
	emit_text_or_null(j, key, buf_bytes(&b));
	buf_free(&b);
}

static void
ground(struct emit *j, const struct ground *g)
{
	unsigned i;

	emit_text_or_null(j, "article", g->article);
	emit_array(j, "sources");
	for (i = 0; i < g->nsources; i++)
		emit_text(j, NULL, g->sources[i]);
	emit_array_end(j);
	if (g->note.n > 0)
		emit_text(j, "note", g->note);
}

static void
ending(struct emit *j, enum stand_end end, int32_t until)
{
	static const char *const names[] = { "open", "on", "not-before",
	    "never" };

	emit_string(j, "bar_ends", names[end]);
	date_or_null(j, "barred_until", until);
}

static void
event(struct emit *j, const struct candidate_event *e)
{
	emit_object(j, NULL);
	date_or_null(j, "date", e->date);
	emit_string(j, "event", candidate_event_name(e->kind));
	if (e->note.n > 0)
		emit_text(j, "note", e->note);
	emit_object_end(j);
}

static void
status(struct emit *j, const struct candidate *c, int32_t on)
{
	struct candidate_status s = candidate_status(c, on);
	unsigned i;

	emit_object(j, "status");
	emit_string(j, "state", s.last != NULL ?
	    candidate_event_name(s.last->kind) :
	    c->happened == CANDIDATE_UNKNOWN ? "unknown" : "none");
	date_or_null(j, "since", s.last == NULL ? DATE_UNSET : s.last->date);
	date_or_null(j, "in_office_since", s.term == NULL ? DATE_UNSET :
	    s.term->from);
	emit_array(j, "history");
	for (i = 0; i < s.before; i++)
		event(j, &c->events[i]);
	emit_array_end(j);
	emit_uint(j, "later_events", s.later);
	emit_uint(j, "later_facts", s.later_facts);
	emit_object_end(j);
}

static void
rule(struct emit *j, const struct eligibility_rule *r)
{
	emit_object(j, NULL);
	emit_text(j, "id", r->bar->id);
	emit_string(j, "state", eligibility_stand_name(r->state));
	if (r->state == STAND_BARRED)
		ending(j, r->end, r->until);
	emit_text_or_null(j, "missing", r->missing);
	emit_text_or_null(j, "how", r->how);
	ground(j, &r->bar->ground);
	emit_bool(j, "unverified", r->unverified);
	emit_object_end(j);
}

static void
verdict(struct emit *j, const char *key, const struct eligibility_verdict *v)
{
	unsigned i;

	emit_object(j, key);
	emit_string(j, "state", eligibility_state_name(v->state));
	if (v->state == ELIGIBILITY_BARRED)
		ending(j, v->end, v->until);
	emit_bool(j, "unverified", v->unverified);
	emit_array(j, "barred_by");
	for (i = 0; i < v->n; i++)
		if (v->rules[i].state == STAND_BARRED)
			emit_text(j, NULL, v->rules[i].bar->id);
	emit_array_end(j);
	emit_array(j, "unused_facts");
	for (i = 0; i < CANDIDATE_FACTS; i++)
		if ((v->unused >> i & 1u) != 0)
			emit_string(j, NULL, candidate_fact_name(
			    (enum candidate_fact)i));
	emit_array_end(j);
	emit_array(j, "rules");
	for (i = 0; i < v->n; i++)
		rule(j, &v->rules[i]);
	emit_array_end(j);
	emit_object_end(j);
}

static void
signatures(struct emit *j, const struct eligibility_signatures *s)
{
	unsigned i;

	emit_object(j, "signatures");
	emit_string(j, "state", eligibility_signing_name(s->state));
	emit_text_or_null(j, "missing", s->missing);
	if (s->rule != NULL) {
		emit_uint(j, "given", s->sum);
		emit_uint(j, "counted", s->counted);
		emit_uint(j, "excess", s->excess);
		emit_uint(j, "lacking", s->lacking);
		emit_uint(j, "too_many", s->too_many);
		emit_uint(j, "supporters_lacking", s->supporters_lacking);
		emit_uint(j, "at_least", s->rule->at_least);
		emit_uint(j, "at_most", s->rule->at_most);
		emit_uint(j, "per_region_at_most",
		    s->rule->per_region_at_most);
		emit_uint(j, "supporters_at_least",
		    s->rule->supporters_at_least);
		emit_array(j, "regions_over");
		for (i = 0; i < s->nover; i++) {
			emit_object(j, NULL);
			emit_text(j, "region", s->over[i].region);
			emit_uint(j, "excess", s->over[i].excess);
			emit_object_end(j);
		}
		emit_array_end(j);
		ground(j, &s->rule->ground);
		emit_bool(j, "unverified", s->rule->ground.unverified);
	}
	emit_object_end(j);
}

static void
person(struct emit *j, const struct candidate *c, const struct eligibility *e,
    const struct eligibility_setting *set)
{
	emit_object(j, NULL);
	emit_text(j, "name", c->name);
	emit_text_or_null(j, "sex", c->sex);
	date_or_null(j, "born", c->born);
	if (c->note.n > 0)
		emit_text(j, "note", c->note);
	status(j, c, set->on);
	verdict(j, "eligibility", &e->now);
	if (e->next.n > 0)
		verdict(j, "next_election", &e->next);
	else
		emit_null(j, "next_election");
	signatures(j, &e->signatures);
	emit_object_end(j);
}

void
election_candidates_json(struct out *out,
    const struct election_candidates *view)
{
	struct emit j = { .out = out };
	const struct eligibility_setting *set = view->set;
	unsigned i;

	emit_object(&j, NULL);
	emit_text_or_null(&j, "title", view->all->title);
	emit_text(&j, "law", set->law->id);
	date_or_null(&j, "version_from", set->version->from);
	date_or_null(&j, "on", set->on);
	date_or_null(&j, "voting_day", set->voting);
	date_or_null(&j, "next_voting_day", set->next);
	emit_text_or_null(&j, "next_voting_day_how", set->next_words);
	emit_bool(&j, "next_voting_day_unverified", set->next != DATE_UNSET &&
	    set->next_unverified);
	emit_array(&j, "candidates");
	for (i = 0; i < view->all->n; i++)
		person(&j, &view->all->items[i], view->eligible[i], set);
	emit_array_end(&j);
	emit_object_end(&j);
	out_text(out, "\n");
}
