/*
 * A round, a rule of eligibility and one of signatures, for people and as
 * JSON.
 */
#include "election/law_show_inside.h"

struct word {
	const char *code, *words;
};

static const struct word ties[] = {
	[TIE_UNSETTLED] = { "unsettled",
	    "the law is silent, or it is not known" },
	[TIE_OLDER] = { "older", "the older one" },
	[TIE_LOT] = { "lot", "by lot" },
	[TIE_REPEAT] = { "repeat", "the election is repeated" },
	[TIE_ALL_ADVANCE] = { "all-advance", "all of them advance" },
	[TIE_LED_BEFORE] = { "led-before", "who led in the round before" },
	[TIE_PARLIAMENT] = { "parliament", "parliament chooses" },
};

static const struct word failings[] = {
	[FAILING_NEXT_ROUND] = { "next-round", "there is a next round" },
	[FAILING_REPEAT] = { "repeat", "the election is repeated" },
	[FAILING_PARLIAMENT] = { "parliament", "parliament chooses" },
	[FAILING_LOT] = { "lot", "it is decided by lot" },
};

static const struct word gones[] = {
	[GONE_NEXT] = { "next", "the next best takes the place" },
	[GONE_STAYS] = { "stays", "stays on the ballot, votes are valid" },
	[GONE_PROCLAIMED] = { "proclaimed", "the other is elected" },
	[GONE_ALONE] = { "alone", "the vote is on the one who is left" },
	[GONE_NEW_ELECTION] = { "new-election", "there is a new election" },
};

static const char *const bars[] = { [BAR_AGE] = "age",
    [BAR_RESIDENCE] = "residence", [BAR_CITIZENSHIP] = "citizenship",
    [BAR_TERMS] = "terms", [BAR_INCAPACITY] = "incapacity",
    [BAR_IMPRISONMENT] = "imprisonment", [BAR_CONVICTION] = "conviction",
    [BAR_OFFICE] = "office", [BAR_PROPOSER] = "proposer",
    [BAR_OTHER] = "other" };

static void
show_word(struct law_writer *w, const char *key, const struct word *word)
{
	law_show_field(w, key, bytes_of(word->code), word->words);
}

/* --- conditions ----------------------------------------------------------- */

static void
tell_condition(struct buf *b, const struct condition *c)
{
	buf_text(b, quantity_words(c->left));
	buf_text(b, c->strict ? " more than " : " at least ");
	if (c->num == c->den)
		buf_text(b, "the ");
	else if (c->den == 100)
		buf_printf(b, "%u%% of the ", (unsigned)c->num);
	else
		buf_printf(b, "%u/%u of the ", (unsigned)c->num,
		    (unsigned)c->den);
	buf_text(b, quantity_words(c->right));
}

static void
show_condition(struct law_writer *w, const char *key,
    const struct alternative *a)
{
	struct buf b = buf_with(1024);
	unsigned i;

	for (i = 0; i < a->n; i++) {
		buf_text(&b, i == 0 ? "" : ", and ");
		tell_condition(&b, &a->all[i]);
	}
	buf_byte(&b, '\0');
	law_show_field(w, key, a->text, b.bad ? "" : (const char *)b.p);
	buf_free(&b);
}

/* --- a round -------------------------------------------------------------- */

static void
show_elected(struct law_writer *w, const struct law_round *r)
{
	unsigned i;

	law_show_open(w, "elected-if", NULL, '[');
	for (i = 0; i < r->nelected_if; i++)
		show_condition(w, w->json ? NULL : i == 0 ? "elected-if" :
		    "or-if", &r->elected_if[i]);
	if (w->json)
		law_show_close(w, ']');
	if (r->minimum.n > 0)
		show_condition(w, "minimum", &r->minimum);
	if (r->below_minimum != FAILING_UNSET)
		show_word(w, "below-minimum", &failings[r->below_minimum]);
	if (r->nobody != FAILING_UNSET)
		show_word(w, "nobody", &failings[r->nobody]);
	if (r->nobody_of_two != FAILING_UNSET)
		show_word(w, "nobody-of-two", &failings[r->nobody_of_two]);
	if (r->one_candidate == SINGLE_CONDITION)
		show_condition(w, "one-candidate", &r->one_condition);
	else if (r->one_candidate == SINGLE_WALK_OVER)
		law_show_field(w, "one-candidate", bytes_of("walk-over"),
		    "is elected without a vote");
	else if (r->one_candidate == SINGLE_NO_VOTE)
		law_show_field(w, "one-candidate", bytes_of("no-vote"),
		    "no vote is held");
	show_word(w, "tie", &ties[r->tie]);
}

void
law_show_round(struct law_writer *w, const struct law_round *r, unsigned i)
{
	show_elected(w, r);
	if (i == 0)
		return;
	if (r->advance == 0)
		law_show_field(w, "advance", bytes_of("all"), NULL);
	else
		law_show_number(w, "advance", r->advance);
	law_show_date(w, "date", &r->date, &r->ground);
	if (r->withdrawn != GONE_UNSET)
		show_word(w, "withdrawn", &gones[r->withdrawn]);
	if (r->died != GONE_UNSET)
		show_word(w, "died", &gones[r->died]);
	law_show_flag(w, "consent", r->consent,
	    "who takes the place must agree");
	law_show_date(w, "replaced-date", &r->replaced_date, &r->ground);
	law_show_date(w, w->json ? "until" : "withdrawals-count", &r->until,
	    &r->ground);
}

/* --- who may stand -------------------------------------------------------- */

static void
show_words(struct law_writer *w, const char *key, const struct law_bar *b)
{
	struct buf all = buf_with(8192);
	unsigned i;

	if (w->json)
		law_show_open(w, key, NULL, '[');
	for (i = 0; i < b->nwords; i++) {
		if (w->json)
			law_show_field(w, NULL, b->words[i], NULL);
		buf_text(&all, i == 0 ? "" : ", ");
		buf_add(&all, b->words[i]);
	}
	if (w->json)
		law_show_close(w, ']');
	else
		law_show_field(w, key, buf_bytes(&all), NULL);
	buf_free(&all);
}

static void
show_flags(struct law_writer *w, const struct law_bar *b)
{
	law_show_flag(w, "permanent", b->permanent, "permanent");
	law_show_flag(w, "just-before", b->just_before,
	    "counted back from that day");
	law_show_flag(w, "by-birth", b->by_birth, "by birth");
	law_show_flag(w, "no-other", b->no_other, "no other citizenship");
	law_show_flag(w, "never-other", b->never_other,
	    "never had another citizenship");
	law_show_flag(w, "no-foreign-residence-permit", b->no_foreign_permit,
	    "no foreign residence permit, now or ever");
	law_show_flag(w, "in-a-row", b->in_a_row, "in a row");
	if (b->while_unspent)
		law_show_field(w, "while", bytes_of("unspent"), NULL);
}

void
law_show_bar(struct law_writer *w, const struct law_bar *b)
{
	if (w->json)
		law_show_field(w, "id", b->id, NULL);
	law_show_field(w, "rule", bytes_of(bars[b->rule]), NULL);
	if (b->of.n > 0)
		law_show_field(w, "of", b->of, NULL);
	if (b->at_least > 0)
		law_show_number(w, "at-least", b->at_least);
	if (b->at_most > 0)
		law_show_number(w, "at-most", b->at_most);
	show_flags(w, b);
	if (b->nwords > 0)
		show_words(w, b->rule == BAR_CONVICTION ? "offences" :
		    b->rule == BAR_OFFICE ? "bars" : "one-of", b);
	if (b->years_after_spent >= 0)
		law_show_number(w, "years-after-spent",
		    (uint64_t)b->years_after_spent);
	if (b->years_after_sentence >= 0)
		law_show_number(w, "years-after-sentence",
		    (uint64_t)b->years_after_sentence);
	law_show_day(w, "after", b->after);
	law_show_day(w, "counted-since", b->counted_since);
	if (b->on != NULL)
		law_show_field(w, "on", when_text(b->on), NULL);
	if (b->says.n > 0)
		law_show_field(w, "says", b->says, NULL);
	law_show_ground(w, &b->ground, NULL);
}

void
law_show_signatures(struct law_writer *w, const struct law_signatures *s)
{
	if (w->json)
		law_show_field(w, "proposer", s->proposer, NULL);
	if (w->json || s->at_least > 0 || s->supporters_at_least == 0)
		law_show_number(w, "at-least", s->at_least);
	if (s->at_most > 0)
		law_show_number(w, "at-most", s->at_most);
	if (s->per_region_at_most > 0)
		law_show_number(w, "per-region-at-most",
		    s->per_region_at_most);
	if (s->supporters_at_least > 0)
		law_show_number(w, "supporters-at-least",
		    s->supporters_at_least);
	law_show_ground(w, &s->ground, NULL);
}
