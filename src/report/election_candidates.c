/*
 * Candidates for people: where each stands, each rule with its article and how
 * it was computed, and what it comes to.
 */
#include "report/election_candidates.h"

#include <inttypes.h>

#include "base/limits.h"
#include "report/wrap.h"

#define LINE_BYTES	(16 * MIB)	/* more than a file holds */

struct page {
	struct out *out;
	const struct election_candidates *view;
	unsigned width;
	struct buf line, safe;
};

/* One paragraph of what is in p->line; names in it are from the file. */
static void
paragraph(struct page *p, unsigned indent)
{
	text_escape(&p->safe, buf_bytes(&p->line), TEXT_LOG);
	wrap_blanks(p->out, indent);
	wrap_text(p->out, buf_bytes(&p->safe), indent, indent + 2, p->width);
	if (p->line.bad || p->safe.bad)
		p->out->err = ERR_MEMORY;
	buf_reset(&p->line);
	buf_reset(&p->safe);
}

static void
put(struct page *p, const char *text)
{
	buf_text(&p->line, text);
}

static void
put_unverified(struct page *p, bool unverified)
{
	put(p, unverified ? " [unverified]" : "");
}

/* --- head ----------------------------------------------------------------- */

static void
head(struct page *p)
{
	const struct eligibility_setting *set = p->view->set;

	put(p, "Candidates on ");
	date_words(&p->line, set->on);
	if (p->view->all->title.n > 0) {
		put(p, ": ");
		buf_add(&p->line, p->view->all->title);
	}
	paragraph(p, 0);
	buf_add(&p->line, set->law->title);
	put(p, " (");
	buf_add(&p->line, set->law->id);
	put(p, "), as of ");
	date_words(&p->line, set->version->from);
	paragraph(p, 0);
	put(p, "day of voting: ");
	date_words(&p->line, set->voting);
	put(p, set->voting == DATE_UNSET ? "not given; taken to be no earlier "
	    "than this day" : "");
	paragraph(p, 0);
	put(p, "next regular voting after it: ");
	date_words(&p->line, set->next);
	put(p, set->next == DATE_UNSET ? "cannot be told" : "");
	if (set->next_words.n > 0) {
		put(p, set->next == DATE_UNSET ? ": " : " (");
		buf_add(&p->line, set->next_words);
		put(p, set->next == DATE_UNSET ? "" : ")");
	}
	put_unverified(p, set->next != DATE_UNSET && set->next_unverified);
	paragraph(p, 0);
}

/* --- status --------------------------------------------------------------- */

/* Whether interest is all that was ever expressed. */
static bool
is_interest(const struct candidate *c, const struct candidate_status *s)
{
	unsigned i;

	for (i = 0; i < s->before; i++)
		if (c->events[i].kind != CANDIDATE_INTEREST)
			return false;
	return true;
}

static void
put_status(struct page *p, const struct candidate *c)
{
	struct candidate_status s = candidate_status(c, p->view->set->on);

	if (s.last != NULL) {
		put(p, candidate_event_words(s.last->kind));
		put(p, " (");
		date_words(&p->line, s.last->date);
		put(p, is_interest(c, &s) ? "), not announced" : ")");
	} else {
		put(p, c->happened == CANDIDATE_UNKNOWN ?
		    "not known: no events are given" :
		    "not announced: no event up to this day");
	}
	if (s.term != NULL) {
		put(p, "; holds the office since ");
		date_words(&p->line, s.term->from);
	}
}

static void
status(struct page *p, const struct candidate *c)
{
	struct candidate_status s = candidate_status(c, p->view->set->on);
	unsigned i;

	put(p, "status: ");
	put_status(p, c);
	paragraph(p, 2);
	for (i = 0; i < s.before; i++) {
		date_words(&p->line, c->events[i].date);
		put(p, ": ");
		put(p, candidate_event_words(c->events[i].kind));
		if (c->events[i].note.n > 0) {
			put(p, ", ");
			buf_add(&p->line, c->events[i].note);
		}
		paragraph(p, 4);
	}
	if (s.later == 0 && s.later_facts == 0)
		return;
	buf_printf(&p->line, "later, and not considered: %u event%s, %u other "
	    "fact%s of the file", s.later, s.later == 1 ? "" : "s",
	    s.later_facts, s.later_facts == 1 ? "" : "s");
	paragraph(p, 4);
}

/* --- eligibility ---------------------------------------------------------- */

static void
names_of(struct page *p, const struct eligibility_verdict *v, enum stand state)
{
	const char *between = "";
	unsigned i;

	for (i = 0; i < v->n; i++) {
		if (v->rules[i].state != state)
			continue;
		put(p, between);
		buf_add(&p->line, v->rules[i].bar->id);
		between = ", ";
	}
}

static void
undecided(struct page *p, const struct eligibility_verdict *v)
{
	if (v->undecided == 0)
		return;
	buf_printf(&p->line, "; %u rule%s not decided by the program (",
	    v->undecided, v->undecided == 1 ? " is" : "s are");
	names_of(p, v, STAND_UNDECIDED);
	put(p, ")");
}

static void
unused(struct page *p, const struct eligibility_verdict *v)
{
	const char *between = "; no rule in this law's data is about what is "
	    "told of: ";
	unsigned i;

	for (i = 0; i < CANDIDATE_FACTS; i++) {
		if ((v->unused >> i & 1u) == 0)
			continue;
		put(p, between);
		put(p, candidate_fact_name((enum candidate_fact)i));
		between = ", ";
	}
}

static void
whole(struct page *p, const struct eligibility_verdict *v)
{
	switch (v->state) {
	case ELIGIBILITY_ELIGIBLE:
		put(p, "eligible by every rule in the data of this law, on "
		    "the facts given");
		break;
	case ELIGIBILITY_NO_BAR:
		put(p, "no bar found in what was given");
		undecided(p, v);
		unused(p, v);
		break;
	case ELIGIBILITY_OPEN:
		put(p, "no bar found in what was given; not yet nominated (");
		names_of(p, v, STAND_OPEN);
		put(p, ")");
		undecided(p, v);
		unused(p, v);
		break;
	case ELIGIBILITY_UNKNOWN:
		put(p, "cannot tell (");
		names_of(p, v, STAND_UNKNOWN);
		put(p, ")");
		break;
	case ELIGIBILITY_BARRED:
		eligibility_state_words(&p->line, STAND_BARRED, v->end,
		    v->until);
		put(p, " (");
		names_of(p, v, STAND_BARRED);
		put(p, ")");
		break;
	case ELIGIBILITY_DIED:
		put(p, "the question does not arise: died");
		return;
	case ELIGIBILITY_NO_RULES:
		put(p, "cannot tell: the data of this law has no rule on who "
		    "may stand");
		break;
	}
	put_unverified(p, v->unverified);
}

static void
rule(struct page *p, const struct eligibility_rule *r)
{
	buf_add(&p->line, r->bar->id);
	put(p, ": ");
	eligibility_state_words(&p->line, r->state, r->end, r->until);
	if (r->bar->ground.article.n > 0) {
		put(p, ", ");
		buf_add(&p->line, r->bar->ground.article);
	}
	put_unverified(p, r->unverified);
	paragraph(p, 4);
	if (r->missing.n > 0) {
		put(p, "not known: ");
		buf_add(&p->line, r->missing);
		paragraph(p, 8);
	}
	if (r->how.n > 0) {
		buf_add(&p->line, r->how);
		paragraph(p, 8);
	}
	if (r->bar->ground.note.n > 0 && r->state != STAND_FULFILLED) {
		put(p, "note of the law's data: ");
		buf_add(&p->line, r->bar->ground.note);
		paragraph(p, 8);
	}
}

static void
eligible(struct page *p, const struct eligibility *e)
{
	unsigned i;

	put(p, "eligibility: ");
	whole(p, &e->now);
	paragraph(p, 2);
	for (i = 0; i < e->now.n && e->now.state != ELIGIBILITY_DIED; i++)
		rule(p, &e->now.rules[i]);
	if (e->next.n == 0)
		return;
	put(p, "at the next regular election, ");
	date_words(&p->line, p->view->set->next);
	put(p, ", by what is known now: ");
	whole(p, &e->next);
	paragraph(p, 2);
}

/* --- signatures ----------------------------------------------------------- */

static void
bounds(struct page *p, const struct law_signatures *rule)
{
	const char *between = "";

	if (rule->at_least > 0) {
		buf_printf(&p->line, "at least %" PRIu64, rule->at_least);
		between = ", ";
	}
	if (rule->at_most > 0) {
		buf_printf(&p->line, "%sat most %" PRIu64, between,
		    rule->at_most);
		between = ", ";
	}
	if (rule->per_region_at_most > 0) {
		buf_printf(&p->line, "%sof one region at most %" PRIu64,
		    between, rule->per_region_at_most);
		between = ", ";
	}
	if (rule->supporters_at_least > 0)
		buf_printf(&p->line, "%sa group of at least %" PRIu64
		    " voters", between, rule->supporters_at_least);
}

static void
figures(struct page *p, const struct eligibility_signatures *s)
{
	unsigned i;

	if (s->sum > 0 || s->counted > 0) {
		buf_printf(&p->line, "%" PRIu64 " given, %" PRIu64 " count",
		    s->sum, s->counted);
		paragraph(p, 4);
	}
	for (i = 0; i < s->nover; i++) {
		buf_add(&p->line, s->over[i].region);
		buf_printf(&p->line, ": %" PRIu64 " above the maximum of one "
		    "region do not count", s->over[i].excess);
		paragraph(p, 4);
	}
	if (s->lacking > 0) {
		buf_printf(&p->line, "%" PRIu64 " are missing", s->lacking);
		paragraph(p, 4);
	}
	if (s->too_many > 0) {
		buf_printf(&p->line, "%" PRIu64 " more than may be handed in",
		    s->too_many);
		paragraph(p, 4);
	}
	if (s->supporters_lacking > 0) {
		buf_printf(&p->line, "the group of voters lacks %" PRIu64,
		    s->supporters_lacking);
		paragraph(p, 4);
	}
}

static void
signatures(struct page *p, const struct eligibility_signatures *s)
{
	static const char *const words[] = {
		[SIGNING_NONE_NEEDED] = "none are needed",
		[SIGNING_ENOUGH] = "enough by number",
		[SIGNING_MISSING] = "not enough",
		[SIGNING_TOO_MANY] = "too many",
		[SIGNING_UNKNOWN] = "cannot tell",
		[SIGNING_NO_RULE] = "the law's data has none for this proposer",
	};

	if (s->state == SIGNING_NO_RULE && s->rule == NULL &&
	    p->view->set->version->nsignatures == 0)
		return;
	put(p, "signatures: ");
	put(p, words[s->state]);
	if (s->missing.n > 0) {
		put(p, ", not known: ");
		buf_add(&p->line, s->missing);
	}
	if (s->rule != NULL && s->state != SIGNING_NONE_NEEDED) {
		put(p, " (");
		bounds(p, s->rule);
		put(p, s->rule->ground.article.n > 0 ? "; " : "");
		buf_add(&p->line, s->rule->ground.article);
		put(p, ")");
	} else if (s->rule != NULL && s->rule->ground.article.n > 0) {
		put(p, " (");
		buf_add(&p->line, s->rule->ground.article);
		put(p, ")");
	}
	put_unverified(p, s->rule != NULL && s->rule->ground.unverified);
	paragraph(p, 2);
	figures(p, s);
}

/* --- all ------------------------------------------------------------------ */

static void
summary(struct page *p, const struct candidate *c,
    const struct eligibility *e)
{
	buf_add(&p->line, c->name);
	put(p, ": ");
	put_status(p, c);
	put(p, "; ");
	whole(p, &e->now);
	paragraph(p, 0);
}

static void
person(struct page *p, const struct candidate *c, const struct eligibility *e)
{
	const char *between = " (";

	out_text(p->out, "\n");
	buf_add(&p->line, c->name);
	if (c->sex.n > 0) {
		put(p, between);
		buf_add(&p->line, c->sex);
		between = ", ";
	}
	if (c->born != DATE_UNSET) {
		put(p, between);
		put(p, "born on ");
		date_words(&p->line, c->born);
		between = ", ";
	}
	put(p, between[0] == ',' ? ")" : "");
	paragraph(p, 0);
	if (c->note.n > 0) {
		buf_add(&p->line, c->note);
		paragraph(p, 2);
	}
	status(p, c);
	eligible(p, e);
	if (e->now.state != ELIGIBILITY_DIED)
		signatures(p, &e->signatures);
}

void
election_candidates_text(struct out *out,
    const struct election_candidates *view, unsigned width)
{
	struct page p = { out, view, width, buf_with(LINE_BYTES),
	    buf_with(8 * LINE_BYTES) };
	unsigned i;

	head(&p);
	out_text(out, "\n");
	for (i = 0; i < view->all->n; i++)
		summary(&p, &view->all->items[i], view->eligible[i]);
	for (i = 0; i < view->all->n; i++)
		person(&p, &view->all->items[i], view->eligible[i]);
	out_text(out, "\n");
	put(&p, "\"barred until\" names the first day without the bar.  All "
	    "of this is computed from the facts in the file and from the data "
	    "of the law; it is no decision of a commission or a court.");
	paragraph(&p, 0);
	buf_free(&p.line);
	buf_free(&p.safe);
}
