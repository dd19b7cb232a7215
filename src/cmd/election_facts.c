#include "cmd/election_facts.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/time.h"
#include "cmd/cmd.h"
#include "cmd/complain.h"
#include "cmd/law_option.h"
#include "report/wrap.h"

struct reading {
	const char *verb;
	const struct election_facts *from;
	struct calendar_facts *to;
};

/* --- names ---------------------------------------------------------------- */

static const char *const options[ANCHOR_COUNT] = {
	[ANCHOR_CALLED] = "--called",
	[ANCHOR_CALLED_PUBLISHED] = "--published",
	[ANCHOR_PREVIOUS_VOTING] = "--previous-voting",
	[ANCHOR_PREVIOUS_INAUGURATION] = "--previous-inauguration",
	[ANCHOR_VOTING_FIRST_DAY] = "--first-day",
	[ANCHOR_VOTING] = "--voting-day",
	[ANCHOR_RESULTS] = "--results",
	[ANCHOR_RESULTS_PUBLISHED] = "--results-published",
	[ANCHOR_VOTING_2] = "--second-voting-day",
	[ANCHOR_RESULTS_2] = "--second-results",
	[ANCHOR_RESULTS_2_PUBLISHED] = "--second-results-published",
	[ANCHOR_INAUGURATION] = "--inauguration",
	[ANCHOR_FAILED_VOTING] = "--failed-voting",
};

const char *
election_facts_option(enum anchor anchor)
{
	return options[anchor];
}

void
election_facts_more(struct out *out, uint32_t anchors)
{
	struct buf line = buf_with(1024);
	unsigned i;

	for (i = 0; i < ANCHOR_COUNT; i++) {
		if ((anchors >> i & 1) == 0 || options[i] == NULL)
			continue;
		buf_printf(&line, "%s%s DATE", line.n > 0 ? ", " :
		    "More could be told with ", options[i]);
	}
	if (line.n > 0) {
		buf_text(&line, ".");
		wrap_text(out, buf_bytes(&line), 0, 2, 80);
	}
	buf_free(&line);
}

/* --- reading -------------------------------------------------------------- */

static bool
refuse(const struct reading *r, const char *option, const char *why)
{
	char what[80];

	(void)snprintf(what, sizeof(what), "%s: %s", r->verb, option);
	complain_about(what, why);
	return false;
}

/* A fact that may not have come yet. */
static bool
take_fact(const struct reading *r, const char *text, enum anchor anchor)
{
	if (text != NULL && strcmp(text, "not-yet") == 0) {
		r->to->not_yet[anchor] = true;
		return r->to->today != DATE_UNSET || refuse(r,
		    options[anchor], "\"not-yet\" needs --today");
	}
	return law_option_date(options[anchor], text,
	    &r->to->anchors[anchor]);
}

/* Yes, no or unknown; as unknown if it is not given. */
static bool
take_answer(const struct reading *r, const char *option, const char *text,
    int *answer)
{
	static const char *const words[] = { "unknown", "no", "yes" };
	int i;

	for (i = 0; text != NULL && i < 3; i++)
		if (strcmp(text, words[i]) == 0) {
			*answer = i - 1;
			return true;
		}
	return text == NULL ||
	    refuse(r, option, "the answer is yes, no or unknown");
}

static bool
take_today(const struct reading *r, const char *text)
{
	int32_t seconds, offset;

	if (text == NULL || strcmp(text, "today") != 0)
		return law_option_date("--today", text, &r->to->today);
	calendar_wall(r->to->law, time_now(), &r->to->today, &seconds,
	    &offset);
	return true;
}

static bool
take_all(const struct reading *r)
{
	const struct election_facts *f = r->from;

	r->to->early = f->early;
	return take_today(r, f->today) &&
	    take_fact(r, f->called, ANCHOR_CALLED) &&
	    take_fact(r, f->published, ANCHOR_CALLED_PUBLISHED) &&
	    take_fact(r, f->results, ANCHOR_RESULTS) &&
	    take_fact(r, f->results_published, ANCHOR_RESULTS_PUBLISHED) &&
	    take_fact(r, f->second_results, ANCHOR_RESULTS_2) &&
	    take_fact(r, f->second_results_published,
	    ANCHOR_RESULTS_2_PUBLISHED) &&
	    law_option_date("--first-day", f->first_day,
	    &r->to->anchors[ANCHOR_VOTING_FIRST_DAY]) &&
	    law_option_date("--previous-voting", f->previous_voting,
	    &r->to->anchors[ANCHOR_PREVIOUS_VOTING]) &&
	    law_option_date("--previous-inauguration",
	    f->previous_inauguration,
	    &r->to->anchors[ANCHOR_PREVIOUS_INAUGURATION]) &&
	    law_option_date("--second-voting-day", f->second_voting_day,
	    &r->to->anchors[ANCHOR_VOTING_2]) &&
	    law_option_date("--second-first-day", f->second_first_day,
	    &r->to->second_first_day) &&
	    law_option_date("--inauguration", f->inauguration,
	    &r->to->anchors[ANCHOR_INAUGURATION]) &&
	    law_option_date("--failed-voting", f->failed_voting,
	    &r->to->anchors[ANCHOR_FAILED_VOTING]) &&
	    take_answer(r, "--second-round", f->second_round,
	    &r->to->second_round) &&
	    take_answer(r, "--repeat", f->repeat, &r->to->repeat);
}

/* --- contradictions ------------------------------------------------------- */

/* Each pair in its order; on one day only if not `apart`. */
static const struct {
	enum anchor first, then;
	bool apart;
} orders[] = {
	{ ANCHOR_PREVIOUS_VOTING, ANCHOR_VOTING, true },
	{ ANCHOR_FAILED_VOTING, ANCHOR_VOTING, true },
	{ ANCHOR_PREVIOUS_INAUGURATION, ANCHOR_VOTING, true },
	{ ANCHOR_CALLED, ANCHOR_CALLED_PUBLISHED },
	{ ANCHOR_CALLED, ANCHOR_VOTING_FIRST_DAY },
	{ ANCHOR_CALLED, ANCHOR_VOTING },
	{ ANCHOR_CALLED_PUBLISHED, ANCHOR_VOTING_FIRST_DAY },
	{ ANCHOR_CALLED_PUBLISHED, ANCHOR_VOTING },
	{ ANCHOR_VOTING_FIRST_DAY, ANCHOR_VOTING },
	{ ANCHOR_VOTING, ANCHOR_RESULTS },
	{ ANCHOR_VOTING, ANCHOR_RESULTS_PUBLISHED },
	{ ANCHOR_RESULTS, ANCHOR_RESULTS_PUBLISHED },
	{ ANCHOR_VOTING, ANCHOR_VOTING_2, true },
	{ ANCHOR_RESULTS, ANCHOR_VOTING_2 },
	{ ANCHOR_RESULTS, ANCHOR_RESULTS_2 },
	{ ANCHOR_VOTING_2, ANCHOR_RESULTS_2 },
	{ ANCHOR_VOTING_2, ANCHOR_RESULTS_2_PUBLISHED },
	{ ANCHOR_RESULTS_2, ANCHOR_RESULTS_2_PUBLISHED },
	{ ANCHOR_VOTING, ANCHOR_INAUGURATION, true },
	{ ANCHOR_RESULTS, ANCHOR_INAUGURATION },
	{ ANCHOR_VOTING_2, ANCHOR_INAUGURATION, true },
	{ ANCHOR_RESULTS_2, ANCHOR_INAUGURATION },
};

#define ORDERS	(sizeof(orders) / sizeof(orders[0]))

static bool
in_order(const struct reading *r)
{
	const int32_t *a = r->to->anchors;
	int32_t first, then;
	char why[80];
	unsigned i;

	for (i = 0; i < ORDERS; i++) {
		first = a[orders[i].first];
		then = a[orders[i].then];
		if (first == DATE_UNSET || then == DATE_UNSET || first < then ||
		    (first == then && !orders[i].apart))
			continue;
		(void)snprintf(why, sizeof(why), "this is %s %s",
		    first == then ? "the day of" : "before",
		    options[orders[i].first]);
		return refuse(r, options[orders[i].then], why);
	}
	if (r->to->second_first_day != DATE_UNSET &&
	    r->to->second_first_day <= a[ANCHOR_VOTING])
		return refuse(r, "--second-first-day",
		    "this is not after --voting-day");
	if (r->to->second_first_day != DATE_UNSET &&
	    a[ANCHOR_VOTING_2] != DATE_UNSET &&
	    r->to->second_first_day > a[ANCHOR_VOTING_2])
		return refuse(r, "--second-first-day",
		    "this is after --second-voting-day");
	return true;
}

/* Facts of a day after today contradict it. */
static bool
not_ahead(const struct reading *r)
{
	static const enum anchor facts[] = { ANCHOR_CALLED,
	    ANCHOR_CALLED_PUBLISHED, ANCHOR_RESULTS, ANCHOR_RESULTS_PUBLISHED,
	    ANCHOR_RESULTS_2, ANCHOR_RESULTS_2_PUBLISHED };
	unsigned i;

	for (i = 0; i < sizeof(facts) / sizeof(facts[0]); i++)
		if (r->to->today != DATE_UNSET &&
		    r->to->anchors[facts[i]] > r->to->today)
			return refuse(r, options[facts[i]],
			    "this is after --today");
	return true;
}

/* Nor can that not have come which comes before what has. */
static bool
not_behind(const struct reading *r)
{
	const struct calendar_facts *f = r->to;
	int32_t then;
	char why[80];
	unsigned i;

	for (i = 0; i < ORDERS; i++) {
		then = f->anchors[orders[i].then];
		if (!f->not_yet[orders[i].first] || then == DATE_UNSET ||
		    then >= f->today)
			continue;
		(void)snprintf(why, sizeof(why), "not-yet, and %s has come",
		    options[orders[i].then]);
		return refuse(r, options[orders[i].first], why);
	}
	return true;
}

static bool
rounds_agree(const struct reading *r)
{
	const struct calendar_facts *f = r->to;
	bool results = f->anchors[ANCHOR_RESULTS_2] != DATE_UNSET ||
	    f->anchors[ANCHOR_RESULTS_2_PUBLISHED] != DATE_UNSET;
	bool days = results || f->anchors[ANCHOR_VOTING_2] != DATE_UNSET ||
	    f->second_first_day != DATE_UNSET;

	if ((days || f->second_round > 0) &&
	    !f->version->rounds[1].ground.there)
		return refuse(r, f->second_round > 0 ? "--second-round" :
		    "a day of the second round",
		    "this law has no second round");
	if (f->second_round != 0 || !days) {
		/* Where there are results there was a voting. */
		if (results)
			r->to->second_round = 1;
		return true;
	}
	return refuse(r, "--second-round",
	    "no, and a day of it is given");
}

bool
election_facts_read(const char *verb, const struct election_facts *from,
    struct arena *arena, struct calendar_facts *to)
{
	struct reading r = { verb, from, to };
	const struct law *law;
	int32_t voting;

	if (from->law == NULL || from->voting_day == NULL) {
		complain_about(verb, "it needs --law and --voting-day");
		return false;
	}
	if (!law_option_date("--voting-day", from->voting_day, &voting))
		return false;
	law = law_option(from->law, arena);
	if (law == NULL || law_option_version(law, voting) == NULL)
		return false;
	*to = calendar_facts(law, voting);
	return take_all(&r) && in_order(&r) && not_ahead(&r) &&
	    not_behind(&r) && rounds_agree(&r);
}

/* --- output --------------------------------------------------------------- */

void
election_facts_title(struct out *out, const struct calendar_facts *f)
{
	out_escape(out, f->law->title, TEXT_LOG);
	out_text(out, " (");
	out_escape(out, f->law->id, TEXT_LOG);
	out_text(out, ")");
	if (f->law->nversions > 1) {
		out_text(out, ", as of ");
		date_words(out_buf(out), f->version->from);
	}
}

int
election_facts_end(struct out *out)
{
	enum err err = out_end(out);

	if (err == ERR_NONE)
		return 0;
	complain_about("standard output", err_text(err));
	return EXIT_TROUBLE;
}
