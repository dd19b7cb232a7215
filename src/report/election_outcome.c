#include "report/election_outcome.h"

#include "base/limits.h"
#include "base/text.h"
#include "report/wrap.h"

__extension__ typedef unsigned __int128 wide;

#define LABEL	16		/* columns of what stands left */

static struct bytes
name_of(const struct standing *s, int x)
{
	return x < 0 || (unsigned)x >= s->ncontenders ? bytes_of("nobody") :
	    s->contenders[x].name;
}

/* --- in words ------------------------------------------------------------- */

void
election_outcome_when(struct buf *to, const struct outcome_window *d)
{
	if (d->from != DATE_UNSET && d->from == d->until) {
		buf_text(to, "on ");
		date_words(to, d->from);
	} else if (d->from != DATE_UNSET && d->until != DATE_UNSET) {
		buf_text(to, "between ");
		date_words(to, d->from);
		buf_text(to, " and ");
		date_words(to, d->until);
	} else if (d->from != DATE_UNSET) {
		buf_text(to, "not before ");
		date_words(to, d->from);
	} else if (d->until != DATE_UNSET) {
		buf_text(to, "not after ");
		date_words(to, d->until);
	} else {
		buf_text(to, "on a day that cannot be told");
	}
}

static void
say_between(struct buf *to, const struct outcome *o, const struct standing *s)
{
	unsigned i;

	for (i = 0; i < o->nbetween; i++) {
		buf_text(to, i == 0 ? "" : i + 1 == o->nbetween ? " and " :
		    ", ");
		buf_add(to, name_of(s, o->between[i]));
	}
}

void
election_outcome_headline(struct buf *to, const struct outcome *o,
    const struct standing *s)
{
	switch (o->kind) {
	case OUTCOME_ELECTED:
		buf_text(to, "elected: ");
		buf_add(to, name_of(s, o->winner));
		buf_text(to, o->unopposed ? ", without a vote" : "");
		return;
	case OUTCOME_RUNOFF:
		buf_text(to, "second round between ");
		say_between(to, o, s);
		break;
	case OUTCOME_RUNOFF_SINGLE:
		buf_text(to, "a vote on one candidate, ");
		say_between(to, o, s);
		buf_text(to, ",");
		break;
	case OUTCOME_REPEAT:
		buf_text(to, "repeat election");
		break;
	case OUTCOME_ANNULLED:
		buf_text(to, o->scope != NULL && o->scope[0] == 'a' ?
		    "annulled as a whole, to be held again" :
		    "the round is annulled, to be held again");
		break;
	case OUTCOME_PENDING:
		buf_text(to, "pending");
		return;
	case OUTCOME_NOT_APPLICABLE:
		buf_text(to, "not applicable");
		return;
	}
	buf_byte(to, ' ');
	election_outcome_when(to, &o->date);
}

/* --- for the terminal ----------------------------------------------------- */

struct telling {
	struct out *out;
	unsigned width;
	struct buf line, escaped;
};

/* What was gathered, behind its label. */
static void
line(struct telling *t, const char *label)
{
	unsigned n = (unsigned)strlen(label);

	if (t->line.n == 0)
		return;
	text_escape(&t->escaped, buf_bytes(&t->line), TEXT_LOG);
	out_text(t->out, label);
	wrap_blanks(t->out, LABEL - n);
	wrap_text(t->out, buf_bytes(&t->escaped), LABEL, LABEL, t->width);
	buf_reset(&t->escaped);
	buf_reset(&t->line);
}

static void
say_share(struct buf *to, struct outcome_share share, const char *of,
    bool *more)
{
	if (share.den == 0)
		return;
	buf_text(to, *more ? ", " : "");
	outcome_percent(to, share.num, share.den);
	buf_printf(to, "%% of %s", of);
	*more = true;
}

static const char *
basis_words(struct bytes basis)
{
	unsigned q;

	for (q = 0; q < Q_COUNT; q++)
		if (bytes_is(basis, quantity_name((enum quantity)q)))
			return q == Q_NEXT ? "the votes of the next" :
			    quantity_words((enum quantity)q);
	return "";
}

static void
tell_shares(struct telling *t, const struct outcome *o,
    const struct standing *s)
{
	struct outcome_share by = { o->share_num, o->share_den };
	bool more = false;

	if (o->first < 0)
		return;
	buf_add(&t->line, name_of(s, o->first));
	if (s->contenders[o->first].votes >= 0) {
		buf_text(&t->line, ": ");
		outcome_number(&t->line, s->contenders[o->first].votes);
		buf_text(&t->line, s->contenders[o->first].votes == 1 ?
		    " vote" : " votes");
		more = true;
	} else {
		buf_text(&t->line, ": ");
	}
	say_share(&t->line, o->of_found, "ballots found", &more);
	say_share(&t->line, o->of_valid, "valid ballots", &more);
	if (!bytes_is(o->basis, "found") && !bytes_is(o->basis, "valid") &&
	    !bytes_is(o->basis, "next"))
		say_share(&t->line, by, basis_words(o->basis), &more);
	line(t, "first");
}

static void
tell_window(struct telling *t, const struct outcome_window *d,
    const char *label)
{
	if (!d->known && d->words.n == 0 && d->from == DATE_UNSET)
		return;
	election_outcome_when(&t->line, d);
	if (d->article.n > 0) {
		buf_text(&t->line, ", ");
		buf_add(&t->line, d->article);
	}
	if (d->words.n > 0) {
		buf_text(&t->line, ": ");
		buf_add(&t->line, d->words);
	}
	buf_text(&t->line, d->unverified ? " [unverified]" : "");
	line(t, label);
}

static void
tell_list(struct telling *t, const struct bytes *list, unsigned n,
    const char *label)
{
	unsigned i;

	for (i = 0; i < n; i++) {
		buf_add(&t->line, list[i]);
		line(t, i == 0 ? label : "");
	}
}

void
election_outcome_text(struct out *out, const struct outcome *o,
    const struct outcome_question *q, unsigned width)
{
	struct telling t = { out, width, buf_with(256 * KIB),
	    buf_with(MIB) };

	election_outcome_headline(&t.line, o, &q->standing);
	buf_text(&t.line, o->unverified ? " [unverified]" : "");
	line(&t, "outcome");
	if (q->law != NULL) {
		buf_add(&t.line, q->law->id);
		if (o->article.n > 0) {
			buf_text(&t.line, ", ");
			buf_add(&t.line, o->article);
		}
		line(&t, "law");
	}
	if (o->basis.n > 0) {
		buf_text(&t.line, basis_words(o->basis));
		line(&t, "measured by");
	}
	tell_shares(&t, o, &q->standing);
	tell_list(&t, o->reasons, o->nreasons, "why");
	tell_list(&t, o->ties, o->nties, "tie");
	tell_window(&t, &o->date, "next voting");
	tell_window(&t, &o->inauguration, "inauguration");
	if (o->unverified) {
		buf_text(&t.line, "a rule or a date that this rests on is "
		    "known from memory alone");
		line(&t, "unverified");
	}
	buf_free(&t.line);
	buf_free(&t.escaped);
}

/* --- JSON ----------------------------------------------------------------- */

static void
emit_day(struct emit *e, const char *key, int32_t day)
{
	struct buf *to;

	if (day == DATE_UNSET) {
		emit_null(e, key);
		return;
	}
	to = emit_raw(e, key);
	buf_byte(to, '"');
	date_show(to, day);
	buf_byte(to, '"');
}

static void
emit_window(struct emit *e, const char *key, const char *window,
    const struct outcome_window *d)
{
	emit_day(e, key, d->known && d->from == d->until ? d->from :
	    DATE_UNSET);
	if (!d->known && d->words.n == 0 && d->from == DATE_UNSET) {
		emit_null(e, window);
		return;
	}
	emit_object(e, window);
	emit_day(e, "from", d->from);
	emit_day(e, "until", d->until);
	emit_bool(e, "known", d->known);
	emit_text_or_null(e, "words", d->words);
	emit_text_or_null(e, "article", d->article);
	emit_bool(e, "unverified", d->unverified);
	emit_object_end(e);
}

/* A part of one: 0.495176. */
static void
emit_share(struct emit *e, const char *key, struct outcome_share s)
{
	wide million;

	if (s.den == 0) {
		emit_null(e, key);
		return;
	}
	million = ((wide)s.num * 1000000 + s.den / 2) / s.den;
	buf_printf(emit_raw(e, key), "%llu.%06llu",
	    (unsigned long long)(million / 1000000),
	    (unsigned long long)(million % 1000000));
}

static void
emit_list(struct emit *e, const char *key, const struct bytes *list,
    unsigned n)
{
	unsigned i;

	emit_array(e, key);
	for (i = 0; i < n; i++)
		emit_text(e, NULL, list[i]);
	emit_array_end(e);
}

static void
emit_people(struct emit *e, const struct outcome *o, const struct standing *s)
{
	unsigned i;

	if (o->winner >= 0)
		emit_text(e, "winner", name_of(s, o->winner));
	else
		emit_null(e, "winner");
	emit_array(e, "between");
	for (i = 0; i < o->nbetween; i++)
		emit_text(e, NULL, name_of(s, o->between[i]));
	emit_array_end(e);
}

void
election_outcome_json(struct emit *e, const struct outcome *o,
    const struct outcome_question *q)
{
	struct outcome_share by = { o->share_num, o->share_den };

	emit_object(e, "outcome");
	emit_string(e, "kind", outcome_kind_name(o->kind));
	emit_bool(e, "unopposed", o->unopposed);
	if (o->scope != NULL)
		emit_string(e, "scope", o->scope);
	else
		emit_null(e, "scope");
	emit_people(e, o, &q->standing);
	emit_window(e, "date", "date_window", &o->date);
	emit_window(e, "inauguration", "inauguration_window",
	    &o->inauguration);
	emit_text_or_null(e, "law", q->law == NULL ? bytes_of("") :
	    q->law->id);
	emit_text_or_null(e, "article", o->article);
	emit_text_or_null(e, "basis", o->basis);
	emit_share(e, "share", by);
	emit_object(e, "shares");
	emit_share(e, "found", o->of_found);
	emit_share(e, "valid", o->of_valid);
	emit_object_end(e);
	emit_bool(e, "unverified", o->unverified);
	emit_bool(e, "doubtful_basis", o->doubtful_basis);
	emit_list(e, "reasons", o->reasons, o->nreasons);
	emit_list(e, "ties", o->ties, o->nties);
	emit_object_end(e);
}

void
election_outcome_none(struct emit *e, const char *why)
{
	static const struct outcome none = { .kind = OUTCOME_NOT_APPLICABLE,
	    .winner = -1, .first = -1,
	    .date = { .from = DATE_UNSET, .until = DATE_UNSET },
	    .inauguration = { .from = DATE_UNSET, .until = DATE_UNSET } };
	static const struct outcome_question nothing;
	struct bytes reason = bytes_of(why);
	struct outcome o = none;

	o.reasons = &reason;
	o.nreasons = 1;
	election_outcome_json(e, &o, &nothing);
}
