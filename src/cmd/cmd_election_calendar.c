/*
 * ostrakon election calendar: every date of an election, and how it was
 * counted.
 */
#include <stdio.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/text.h"
#include "cmd/cmd.h"
#include "cmd/cmd_election.h"
#include "cmd/complain.h"
#include "cmd/election_facts.h"
#include "cmd/options.h"
#include "election/ics.h"
#include "report/emit.h"
#include "report/wrap.h"

#define WIDTH		80
#define LEFT		26	/* columns of the dates */
#define TEXT_BYTES	(64 * KIB)

/* --- text ----------------------------------------------------------------- */

static void
put_day(struct buf *b, struct when_day day)
{
	buf_printf(b, "%.3s ", date_weekday_name(day.date));
	date_show(b, day.date);
	if (day.seconds != WHEN_NO_HOUR)
		buf_printf(b, " %02d:%02d", day.seconds / 3600,
		    day.seconds / 60 % 60);
}

/* The dates, in two lines at most. */
static void
put_dates(const struct calendar_item *item, struct buf left[2])
{
	bool one = item->from.date == item->until.date &&
	    item->from.seconds == item->until.seconds;

	if (item->from.date != DATE_UNSET) {
		buf_text(&left[0], item->open_end ? "from " : "");
		put_day(&left[0], item->from);
	} else if (!item->open_start || item->until.date == DATE_UNSET) {
		buf_text(&left[0], "not known");
	}
	if (one || item->open_end || (item->until.date == DATE_UNSET &&
	    item->from.date == DATE_UNSET))
		return;
	if (item->open_start && item->until.date != DATE_UNSET) {
		buf_text(&left[0], "by ");
		put_day(&left[0], item->until);
		return;
	}
	buf_text(&left[1], "  to ");
	if (item->until.date == DATE_UNSET)
		buf_text(&left[1], "not known");
	else
		put_day(&left[1], item->until);
}

static void
join(struct buf *b, struct bytes text)
{
	if (text.n == 0)
		return;
	buf_text(b, b->n > 0 ? "; " : "");
	buf_add(b, text);
}

static const char *
condition_of(const struct calendar_item *item)
{
	if (!item->depends)
		return "";
	return item->only_if == ONLY_REPEAT ?
	    "depends on the outcome: if the election is repeated" :
	    "depends on the outcome: if there is a second voting";
}

static const char *
state_of(const struct calendar_item *item)
{
	switch (item->state) {
	case CALENDAR_PASSED:
		return "passed";
	case CALENDAR_TODAY:
		return item->open_start ||
		    item->from.date == item->until.date ? "today" : "now";
	case CALENDAR_NEXT:
		return "next";
	case CALENDAR_NOT:
		return "does not take place";
	case CALENDAR_AHEAD:
	case CALENDAR_DATED:
	case CALENDAR_UNKNOWN:
		break;
	}
	return "";
}

/* Where it stands in time and in the law. */
static void
put_standing(const struct calendar_item *item, struct buf *b)
{
	join(b, bytes_of(state_of(item)));
	join(b, bytes_of(condition_of(item)));
	if (item->ground.there)
		join(b, item->ground.article);
	join(b, bytes_of(item->unverified ? "[unverified]" : ""));
	if (item->given)
		join(b, item->counted);
	if (item->happened != DATE_UNSET) {
		join(b, bytes_of("it was "));
		date_words(b, item->happened);
	}
	buf_text(b, item->outside ? ": outside of what the law says" : "");
}

static void
put_row(struct out *out, struct buf *left, struct bytes right)
{
	unsigned n = (unsigned)left->n;
	struct buf safe = buf_with(8 * TEXT_BYTES);

	if (left->n == 0 && right.n == 0)
		return;
	out_add(out, buf_bytes(left));
	buf_reset(left);
	if (right.n == 0) {
		out_text(out, "\n");
		return;
	}
	text_escape(&safe, right, TEXT_LOG);
	wrap_blanks(out, n < LEFT ? LEFT - n : 1);
	wrap_text(out, buf_bytes(&safe), n < LEFT ? LEFT : n + 1, LEFT, WIDTH);
	buf_free(&safe);
}

static void
put_item(struct out *out, const struct calendar_item *item)
{
	struct buf left[2] = { buf_with(128), buf_with(128) };
	struct buf standing = buf_with(TEXT_BYTES);

	put_dates(item, left);
	put_standing(item, &standing);
	put_row(out, &left[0], item->title);
	put_row(out, &left[1], buf_bytes(&standing));
	put_row(out, &left[1], item->given ? bytes_of("") : item->counted);
	buf_free(&left[0]);
	buf_free(&left[1]);
	buf_free(&standing);
}

/* The day that was given, against the law's own rule. */
static void
put_rule(struct out *out, const struct calendar *cal)
{
	int32_t voting = cal->facts.anchors[ANCHOR_VOTING];
	const struct law_voting_day *rule = &cal->facts.version->voting_day;
	struct buf b = buf_with(TEXT_BYTES), safe = buf_with(8 * TEXT_BYTES);

	if (!rule->ground.there) {
		buf_text(&b, "The law file has no rule that sets the day: not "
		    "compared.");
	} else if (cal->rule_voting == DATE_UNSET) {
		buf_text(&b, "Not compared with the law's own rule: ");
		buf_add(&b, cal->rule_words);
		buf_text(&b, cal->facts.anchors[ANCHOR_PREVIOUS_VOTING] ==
		    DATE_UNSET ? " (--previous-voting DATE)." : ".");
	} else {
		buf_text(&b, cal->rule_voting == voting ? "The law's own rule "
		    "gives the same day: " : "THE LAW'S OWN RULE GIVES "
		    "ANOTHER DAY: ");
		buf_add(&b, cal->rule_words);
		buf_text(&b, cal->rule_unverified ? " [unverified]." : ".");
	}
	out_text(out, "  ");
	text_escape(&safe, buf_bytes(&b), TEXT_LOG);
	wrap_text(out, buf_bytes(&safe), 2, 2, WIDTH);
	buf_free(&b);
	buf_free(&safe);
}

static void
put_head(struct out *out, const struct calendar *cal)
{
	int32_t voting = cal->facts.anchors[ANCHOR_VOTING];
	struct out head = out_memory(TEXT_BYTES);

	election_facts_title(&head, &cal->facts);
	wrap_text(out, buf_bytes(&head.buf), 0, 2, WIDTH);
	(void)out_end(&head);
	buf_printf(out_buf(out), "Voting: %s ", date_weekday_name(voting));
	date_words(out_buf(out), voting);
	out_text(out, "\n");
	put_rule(out, cal);
	out_text(out, "  Hours are by the law's clock.\n\n");
}

static void
put_next(struct out *out, const struct calendar *cal)
{
	const struct calendar_item *item;
	int32_t days;

	if (cal->facts.today == DATE_UNSET) {
		out_text(out, "Nothing is called passed: --today was not "
		    "given.\n");
		return;
	}
	if (cal->next < 0) {
		out_text(out, "Nothing that is known comes after ");
		date_words(out_buf(out), cal->facts.today);
		out_text(out, ".\n");
		return;
	}
	item = &cal->items[cal->next];
	days = cal->next_date - cal->facts.today;
	buf_printf(out_buf(out), "Next, in %d day%s: ", (int)days,
	    days == 1 ? "" : "s");
	date_words(out_buf(out), cal->next_date);
	out_text(out, ", ");
	out_escape(out, item->title, TEXT_LOG);
	out_text(out, item->state == CALENDAR_TODAY ? " (it ends).\n" : ".\n");
}

static void
put_end(struct out *out, const struct calendar *cal)
{
	out_text(out, "\n");
	put_next(out, cal);
	election_facts_more(out, cal->needs);
	if (cal->unverified)
		out_text(out, "[unverified]: known from memory alone, or "
		    "counted from something that is.\n");
}

static void
put_text(struct out *out, const struct calendar *cal)
{
	unsigned i;

	put_head(out, cal);
	for (i = 0; i < cal->n; i++)
		put_item(out, &cal->items[i]);
	put_end(out, cal);
}

/* --- JSON ----------------------------------------------------------------- */

static void
emit_date(struct emit *e, const char *key, int32_t date)
{
	struct buf b = buf_with(32);

	date_show(&b, date);
	emit_text_or_null(e, key, buf_bytes(&b));
	buf_free(&b);
}

static void
emit_instant(struct emit *e, const char *key, const struct law *law,
    int64_t instant)
{
	struct buf b = buf_with(64);

	calendar_show(&b, law, instant);
	emit_text_or_null(e, key, buf_bytes(&b));
	buf_free(&b);
}

static void
emit_anchors(struct emit *e, const char *key, uint32_t anchors)
{
	unsigned i;

	emit_array(e, key);
	for (i = 0; i < ANCHOR_COUNT; i++)
		if ((anchors >> i & 1) != 0)
			emit_string(e, NULL, anchor_name((enum anchor)i));
	emit_array_end(e);
}

static void
emit_hour(struct emit *e, const char *key, struct when_day day)
{
	struct buf b = buf_with(32);

	if (day.date != DATE_UNSET && day.seconds != WHEN_NO_HOUR)
		buf_printf(&b, "%02d:%02d", day.seconds / 3600,
		    day.seconds / 60 % 60);
	emit_text_or_null(e, key, buf_bytes(&b));
	buf_free(&b);
}

static void
emit_ground(struct emit *e, const struct ground *g)
{
	unsigned i;

	emit_text_or_null(e, "article", g->article);
	emit_array(e, "sources");
	for (i = 0; i < g->nsources; i++)
		emit_text(e, NULL, g->sources[i]);
	emit_array_end(e);
	emit_text_or_null(e, "note", g->note);
}

static void
emit_item(struct emit *e, const struct calendar *cal,
    const struct calendar_item *item)
{
	static const char *const only[] = { [ONLY_ALWAYS] = NULL,
	    [ONLY_SECOND_ROUND] = "second-round", [ONLY_REPEAT] = "repeat" };

	emit_object(e, NULL);
	emit_text(e, "id", item->id);
	emit_text(e, "title", item->title);
	emit_date(e, "from", item->from.date);
	emit_hour(e, "from_hour", item->from);
	emit_date(e, "until", item->until.date);
	emit_hour(e, "until_hour", item->until);
	emit_bool(e, "open_start", item->open_start);
	emit_bool(e, "open_end", item->open_end);
	emit_instant(e, "from_instant", cal->facts.law, item->from_instant);
	emit_instant(e, "until_instant", cal->facts.law,
	    item->until_instant);
	emit_text(e, "counted", item->counted);
	emit_ground(e, &item->ground);
	emit_bool(e, "unverified", item->unverified);
	emit_bool(e, "given", item->given);
	emit_date(e, "happened", item->happened);
	emit_bool(e, "outside", item->outside);
	if (only[item->only_if] == NULL)
		emit_null(e, "if");
	else
		emit_string(e, "if", only[item->only_if]);
	emit_bool(e, "depends", item->depends);
	emit_string(e, "state", calendar_state_name(item->state));
	emit_anchors(e, "needs", item->needs);
	emit_object_end(e);
}

static void
emit_rule(struct emit *e, const struct calendar *cal)
{
	emit_object(e, "voting_day");
	emit_date(e, "given", cal->facts.anchors[ANCHOR_VOTING]);
	emit_date(e, "rule", cal->rule_voting);
	if (cal->rule_voting == DATE_UNSET)
		emit_null(e, "same");
	else
		emit_bool(e, "same", cal->rule_voting ==
		    cal->facts.anchors[ANCHOR_VOTING]);
	emit_text_or_null(e, "counted", cal->rule_words);
	emit_ground(e, &cal->facts.version->voting_day.ground);
	emit_bool(e, "unverified", cal->rule_unverified);
	emit_object_end(e);
}

static void
put_json(struct out *out, const struct calendar *cal)
{
	const struct law *law = cal->facts.law;
	struct emit e = { .out = out };
	unsigned i;

	emit_object(&e, NULL);
	emit_object(&e, "law");
	emit_text(&e, "id", law->id);
	emit_text(&e, "title", law->title);
	emit_text(&e, "office", law->office);
	emit_date(&e, "version", cal->facts.version->from);
	emit_object_end(&e);
	emit_rule(&e, cal);
	emit_object(&e, "facts");
	for (i = 0; i < ANCHOR_COUNT; i++)
		emit_date(&e, anchor_name((enum anchor)i),
		    cal->facts.anchors[i]);
	emit_object_end(&e);
	emit_anchors(&e, "derived", cal->derived);
	emit_date(&e, "today", cal->facts.today);
	emit_bool(&e, "unverified", cal->unverified);
	emit_anchors(&e, "needs", cal->needs);
	if (cal->next < 0)
		emit_null(&e, "next");
	else
		emit_text(&e, "next", cal->items[cal->next].id);
	emit_date(&e, "next_date", cal->next_date);
	emit_array(&e, "dates");
	for (i = 0; i < cal->n; i++)
		emit_item(&e, cal, &cal->items[i]);
	emit_array_end(&e);
	emit_object_end(&e);
	out_text(out, "\n");
}

/* --- the verb ------------------------------------------------------------- */

static int
run(const struct election_facts *from, bool json, bool ics)
{
	struct arena arena = arena_with(64 * MIB);
	struct out out = out_file(STDOUT_FILENO);
	const struct calendar *cal = NULL;
	struct calendar_facts facts;
	int status = EXIT_TROUBLE;

	if (election_facts_read("election calendar", from, &arena, &facts)) {
		cal = calendar_make(&facts, &arena);
		if (cal == NULL)
			complain_about("election calendar", "out of memory");
	}
	if (cal != NULL && json)
		put_json(&out, cal);
	else if (cal != NULL && ics)
		ics_write(&out, cal);
	else if (cal != NULL)
		put_text(&out, cal);
	if (cal != NULL)
		status = election_facts_end(&out);
	arena_free(&arena);
	return status;
}

int
cmd_election_calendar(int argc, char **argv)
{
	static const struct verb verb = { "election calendar", "",
	    "Every date of an election by its law, and how it was counted.",
	    ELECTION_FACTS_MORE "Without --today nothing is called passed.\n"
	    "exit: 0 done, 3 usage, law or machine" };
	struct election_facts facts = { 0 };
	bool json = false, ics = false;
	const struct option table[] = {
		ELECTION_FACTS(facts),
		{ .name = "json", .flag = &json, .about = "as JSON" },
		{ .name = "ics", .flag = &ics,
		    .about = "as iCalendar, for calendar programs" },
		{ 0 }
	};
	int first;

	switch (options_read(&verb, table, argc, argv, &first)) {
	case OPTIONS_HELP:
		return 0;
	case OPTIONS_BAD:
		return EXIT_TROUBLE;
	case OPTIONS_OK:
		break;
	}
	if (first < argc || (json && ics)) {
		complain_about("election calendar", first < argc ?
		    "it takes no operands" : "--json or --ics, not both");
		return EXIT_TROUBLE;
	}
	return run(&facts, json, ics);
}
