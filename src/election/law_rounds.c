/*
 * Who is elected: the conditions and rules of a round.
 */
#include <assert.h>

#include "base/text.h"
#include "election/law_inside.h"

#define ADVANCE_MAX	100
#define DECIMALS_MAX	4	/* of a percentage */

static const char *const ties[] = {
	[TIE_UNSETTLED] = "unsettled", [TIE_OLDER] = "older",
	[TIE_LOT] = "lot", [TIE_REPEAT] = "repeat",
	[TIE_ALL_ADVANCE] = "all-advance", [TIE_LED_BEFORE] = "led-before",
	[TIE_PARLIAMENT] = "parliament",
};

static const char *const failings[] = {
	[FAILING_UNSET] = NULL, [FAILING_NEXT_ROUND] = "next-round",
	[FAILING_REPEAT] = "repeat", [FAILING_PARLIAMENT] = "parliament",
	[FAILING_LOT] = "lot",
};

static const char *const gones[] = {
	[GONE_UNSET] = NULL, [GONE_NEXT] = "next", [GONE_STAYS] = "stays",
	[GONE_PROCLAIMED] = "proclaimed", [GONE_ALONE] = "alone",
	[GONE_NEW_ELECTION] = "new-election",
};

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))

/* --- conditions ----------------------------------------------------------- */

struct words {			/* the text of a condition, word by word */
	struct law_reader *r;
	const struct yaml *y;
	struct bytes word;
	size_t at;
};

static void
next_word(struct words *w)
{
	struct bytes text = w->y->text;
	size_t at = w->at + w->word.n, n = 0;

	while (at < text.n && (text.p[at] == ' ' || text.p[at] == '\n'))
		at++;
	while (at + n < text.n && text.p[at + n] != ' ' &&
	    text.p[at + n] != '\n')
		n++;
	w->word = bytes_part(text, at, n);
	w->at = at;
}

static bool
refuse(struct words *w, const char *why)
{
	law_fault_inside(w->r, w->y->line, w->y->column, w->y->quoted,
	    w->y->text, w->at, why);
	return false;
}

static bool
quantity(struct words *w, enum quantity *q)
{
	unsigned i;

	for (i = 0; i < Q_COUNT; i++) {
		if (!bytes_is(w->word, quantity_name((enum quantity)i)))
			continue;
		*q = (enum quantity)i;
		next_word(w);
		return true;
	}
	return refuse(w, w->word.n == 0 ? "it ends where a quantity should "
	    "stand" : "none of the quantities (votes, lead, found ...)");
}

/* "45%", "12.5%" */
static bool
percent(struct words *w, struct condition *c)
{
	struct bytes b = bytes_part(w->word, 0, w->word.n - 1);
	size_t dot = bytes_find_byte(b, '.', 0);
	uint64_t whole, part = 0;
	size_t i;

	c->den = 100;
	if (dot == SIZE_MAX)
		dot = b.n;
	else if (b.n - dot - 1 > DECIMALS_MAX ||
	    !text_uint(bytes_part(b, dot + 1, b.n), &part))
		return refuse(w, "no percentage");
	if (!text_uint(bytes_part(b, 0, dot), &whole))
		return refuse(w, "no percentage");
	if (whole > 100)
		return refuse(w, "more than the whole (100%)");
	for (i = dot + 1; i < b.n; i++) {
		c->den *= 10;
		whole *= 10;
	}
	c->num = (uint32_t)(whole + part);
	return true;
}

/* "1/2" */
static bool
ratio(struct words *w, struct condition *c)
{
	size_t slash = bytes_find_byte(w->word, '/', 0);
	uint64_t num, den;

	if (slash == SIZE_MAX ||
	    !text_uint(bytes_part(w->word, 0, slash), &num) ||
	    !text_uint(bytes_part(w->word, slash + 1, w->word.n), &den) ||
	    num > 1000000 || den > 1000000 || den == 0)
		return refuse(w, "neither a part (1/2, 45%) nor a quantity");
	c->num = (uint32_t)num;
	c->den = (uint32_t)den;
	return true;
}

/* "1/2 of found", "45% of valid", "next" */
static bool
right_side(struct words *w, struct condition *c)
{
	bool good;

	c->num = c->den = 1;
	if (w->word.n == 0 || w->word.p[0] < '0' || w->word.p[0] > '9')
		return quantity(w, &c->right);
	good = bytes_ends(w->word, "%") ? percent(w, c) : ratio(w, c);
	if (!good)
		return false;
	if (c->num > c->den)
		return refuse(w, "more than the whole (100%)");
	if (c->num == 0)
		return refuse(w, "a part that is nothing");
	next_word(w);
	if (!bytes_is(w->word, "of"))
		return refuse(w, "\"of\" is missing");
	next_word(w);
	return quantity(w, &c->right);
}

/* How far a quantity reaches: one that comes before is a part of it. */
static unsigned
reach(enum quantity q)
{
	static const unsigned reaches[Q_COUNT] = { [Q_NEXT] = 0, [Q_LEAD] = 0,
	    [Q_VOTES] = 1, [Q_CANDIDATES] = 2, [Q_AGAINST_ALL] = 2,
	    [Q_VALID] = 3, [Q_VALID_AND_BLANK] = 4, [Q_FOUND] = 5,
	    [Q_PARTICIPANTS] = 6, [Q_REGISTERED] = 7 };

	return reaches[q];
}

static bool
makes_sense(struct words *w, const struct condition *c)
{
	if (c->left == c->right)
		return refuse(w, "a quantity compared with itself");
	if (c->strict && c->num == c->den && c->right != Q_NEXT &&
	    c->right != Q_LEAD && c->right != Q_AGAINST_ALL &&
	    reach(c->left) < reach(c->right))
		return refuse(w, "a part is never more than the whole: this "
		    "cannot hold");
	return true;
}

static bool
condition(struct words *w, struct condition *c)
{
	if (!quantity(w, &c->left))
		return false;
	c->strict = bytes_is(w->word, ">");
	if (!c->strict && !bytes_is(w->word, ">="))
		return refuse(w, "neither \">\" nor \">=\"");
	next_word(w);
	return right_side(w, c) && makes_sense(w, c);
}

bool
law_condition(struct law_reader *r, const struct yaml *y,
    struct alternative *to)
{
	struct words w = { .r = r, .y = y };
	struct alternative a = { .text = y->text };

	if (y->kind != YAML_SCALAR) {
		law_fault(r, y, "a condition is a text: votes > 1/2 of valid");
		return false;
	}
	next_word(&w);
	for (;;) {
		if (a.n == LAW_CONDITIONS)
			return refuse(&w, "more than 4 conditions");
		if (!condition(&w, &a.all[a.n]))
			return false;
		a.n++;
		if (w.word.n == 0)
			break;
		if (!bytes_is(w.word, "and"))
			return refuse(&w, "neither \"and\" nor the end");
		next_word(&w);
	}
	*to = a;
	return true;
}

static bool
mentions(const struct alternative *a, enum quantity q)
{
	unsigned i;

	for (i = 0; i < a->n; i++)
		if (a->all[i].left == q || a->all[i].right == q)
			return true;
	return false;
}

/* --- a round -------------------------------------------------------------- */

static void
elected_if(struct law_reader *r, const struct yaml *y, struct law_round *round)
{
	const struct yaml *list = law_required(r, y, "elected-if"), *item;
	struct alternative *all;

	if (list == NULL ||
	    (list->kind != YAML_SCALAR && !law_is_list(r, list)))
		return;
	all = arena_alloc(r->arena, list->kind == YAML_LIST ? list->n : 1,
	    sizeof(*all));
	if (all == NULL)
		return;
	round->elected_if = all;
	item = list->kind == YAML_LIST ? list->first : list;
	for (; item != NULL; item = list->kind == YAML_LIST ? item->next : NULL)
		if (law_condition(r, item, &all[round->nelected_if]))
			round->nelected_if++;
}

static void
one_candidate(struct law_reader *r, const struct yaml *y,
    struct law_round *round)
{
	const struct yaml *one = yaml_get(y, "one-candidate");

	if (one == NULL)
		return;
	if (one->kind == YAML_SCALAR && bytes_is(one->text, "walk-over")) {
		round->one_candidate = SINGLE_WALK_OVER;
	} else if (one->kind == YAML_SCALAR && bytes_is(one->text, "no-vote")) {
		round->one_candidate = SINGLE_NO_VOTE;
	} else if (law_condition(r, one, &round->one_condition)) {
		round->one_candidate = SINGLE_CONDITION;
		if (mentions(&round->one_condition, Q_NEXT) ||
		    mentions(&round->one_condition, Q_LEAD))
			law_fault(r, one, "with one candidate there is no "
			    "next one to compare with");
	}
}

/* Whether somebody is always elected, but for a tie: who has more than the
   next; of two, who has more than half of their votes. */
static bool
always_somebody(const struct law_round *round)
{
	const struct condition *c;
	unsigned i;

	for (i = 0; i < round->nelected_if; i++) {
		c = &round->elected_if[i].all[0];
		if (round->elected_if[i].n != 1 || c->left != Q_VOTES)
			continue;
		if (c->right == Q_NEXT && c->num == c->den)
			return true;
		if (round->advance == 2 && c->num * 2 <= c->den &&
		    (c->right == Q_CANDIDATES || c->right == Q_VALID))
			return true;
	}
	return false;
}

static void
failing(struct law_reader *r, const struct yaml *y, struct law_round *round)
{
	const struct yaml *minimum = yaml_get(y, "minimum");
	const struct yaml *below = yaml_get(y, "below-minimum");
	unsigned choice;

	if (minimum != NULL)
		(void)law_condition(r, minimum, &round->minimum);
	if (law_choice(r, y, "below-minimum", failings, FAILING_REPEAT + 1,
	    &choice))
		round->below_minimum = (enum failing)choice;
	if (minimum != NULL && below == NULL)
		law_fault_key(r, minimum, "a \"minimum\" without "
		    "\"below-minimum\": what follows if it is not reached?");
	if (minimum == NULL && below != NULL)
		law_fault_key(r, below, "\"below-minimum\" without a "
		    "\"minimum\"");
	if (law_choice(r, y, "nobody", failings, COUNT(failings), &choice))
		round->nobody = (enum failing)choice;
	if (law_choice(r, y, "nobody-of-two", failings, COUNT(failings),
	    &choice))
		round->nobody_of_two = (enum failing)choice;
	if (yaml_get(y, "nobody") == NULL && round->nelected_if > 0 &&
	    !always_somebody(round))
		law_fault_key(r, y, "\"nobody\" is missing: what follows if "
		    "nobody is elected?");
}

static void
leaving(struct law_reader *r, const struct yaml *y, struct law_round *round)
{
	static const char *const next_only[] = { "replaced-date", "consent" };
	const struct yaml *only;
	unsigned i, choice;

	if (law_choice(r, y, "withdrawn", gones, COUNT(gones), &choice))
		round->withdrawn = (enum gone)choice;
	if (law_choice(r, y, "died", gones, COUNT(gones), &choice))
		round->died = (enum gone)choice;
	(void)law_date(r, y, "replaced-date", &round->ground,
	    &round->replaced_date);
	(void)law_date(r, y, "until", &round->ground, &round->until);
	(void)law_flag(r, y, "consent", &round->consent);
	for (i = 0; i < COUNT(next_only); i++) {
		only = yaml_get(y, next_only[i]);
		if (only != NULL && round->withdrawn != GONE_NEXT &&
		    round->died != GONE_NEXT)
			law_fault_key(r, only, "\"%s\" without \"withdrawn: "
			    "next\" or \"died: next\"", next_only[i]);
	}
	only = yaml_get(y, "until");
	if (only != NULL && round->withdrawn == GONE_UNSET)
		law_fault_key(r, only, "\"until\" without \"withdrawn\"");
	if ((round->withdrawn == GONE_ALONE || round->died == GONE_ALONE) &&
	    (round->one_candidate == SINGLE_WALK_OVER ||
	    round->one_candidate == SINGLE_NO_VOTE))
		law_fault_key(r, yaml_get(y, "one-candidate"), "there is a "
		    "vote on the one who is left (\"alone\"), and no vote "
		    "with one candidate");
}

static void
advance(struct law_reader *r, const struct yaml *y, struct law_round *round)
{
	const struct yaml *a = law_required(r, y, "advance");

	if (a == NULL || (a->kind == YAML_SCALAR && bytes_is(a->text, "all")))
		return;
	if (a->kind == YAML_SCALAR && bytes_is(a->text, "1"))
		law_fault(r, a, "one who advances alone has nobody to be "
		    "chosen from");
	else if (a->kind != YAML_SCALAR || a->text.n > 3)
		law_fault(r, a, "\"advance\" is \"all\" or a number from 2");
	else
		(void)law_unsigned(r, y, "advance", 2, ADVANCE_MAX,
		    &round->advance);
}

void
law_round(struct law_reader *r, const struct yaml *y, unsigned i,
    struct law_version *v)
{
	struct law_round round = { 0 };
	unsigned choice;

	assert(i < LAW_ROUNDS);
	if (!law_keys(r, y, i == 0 ? "elected-if minimum below-minimum nobody "
	    "nobody-of-two one-candidate tie" : "elected-if minimum "
	    "below-minimum nobody nobody-of-two one-candidate tie advance "
	    "date withdrawn died replaced-date until consent", true))
		return;
	round.ground = law_ground(r, y, NULL);
	elected_if(r, y, &round);
	one_candidate(r, y, &round);
	if (i > 0)
		advance(r, y, &round);
	failing(r, y, &round);
	if (law_choice(r, y, "tie", ties, COUNT(ties), &choice))
		round.tie = (enum tie)choice;
	if (i > 0) {
		(void)law_date(r, y, "date", &round.ground, &round.date);
		leaving(r, y, &round);
	}
	v->rounds[i] = round;
}
