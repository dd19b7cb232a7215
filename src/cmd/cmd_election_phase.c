/*
 * ostrakon election phase: the phases of an election at an instant.
 */
#include <stdio.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/text.h"
#include "base/time.h"
#include "cmd/cmd.h"
#include "cmd/cmd_election.h"
#include "cmd/complain.h"
#include "cmd/election_facts.h"
#include "cmd/options.h"
#include "election/phase.h"
#include "report/emit.h"
#include "report/wrap.h"

#define WIDTH		80
#define INDENT		4
#define TEXT_BYTES	(64 * KIB)

struct asked {
	const struct calendar *cal;
	struct phases phases;
	int64_t instant;
	const char *took;	/* what --on was: a phrase */
	enum phase main;
	bool unknown;
};

static const char *const state_names[] = { [PHASE_NO] = "no",
    [PHASE_YES] = "yes", [PHASE_UNKNOWN] = "unknown" };

/* --- the instant ---------------------------------------------------------- */

/* Two digits at a place, no more than most; false if they are not there. */
static bool
two(struct bytes in, size_t at, uint64_t most, int32_t *v)
{
	uint64_t n;

	if (at + 2 > in.n || !text_uint(bytes_part(in, at, 2), &n) || n > most)
		return false;
	*v = (int32_t)n;
	return true;
}

/* ".5", ".123456"; more digits are dropped. */
static bool
read_part(struct bytes in, int64_t *part)
{
	int64_t scale = TIME_SECOND / 10;
	size_t i;

	*part = 0;
	if (in.n == 0)
		return true;
	if (in.n < 2 || in.p[0] != '.')
		return false;
	for (i = 1; i < in.n; i++) {
		if (in.p[i] < '0' || in.p[i] > '9')
			return false;
		*part += scale * (in.p[i] - '0');
		scale /= 10;
	}
	return true;
}

static bool
is_wall(const struct law *law, int64_t at, int32_t date, int32_t seconds)
{
	int32_t d, s, offset;

	calendar_wall(law, at, &d, &s, &offset);
	return d == date && s == seconds;
}

/* When clocks are changed, some times do not come, and some come twice. */
static const char *
how_often(const struct law *law, int64_t at, int32_t date, int32_t seconds)
{
	int64_t later = at;
	unsigned i;

	if (at == TIME_UNSET || !is_wall(law, at, date, seconds))
		return "a time that the law's clock passes over";
	for (i = 0; i < 4; i++) {
		later += 1800 * TIME_SECOND;
		if (is_wall(law, later, date, seconds))
			return "a time that comes twice by the law's clock; "
			    "the first of them";
	}
	return "a time by the law's clock";
}

/* "2024-03-17", with "T08:00", seconds and a fraction or without: by the law's
   clock. */
static int64_t
read_wall(const struct law *law, struct bytes in, const char **took)
{
	int32_t date = date_read(bytes_part(in, 0, 10)), h, m, s = 0;
	int64_t part = 0, at;
	size_t end = 16;

	if (date == DATE_UNSET)
		return TIME_UNSET;
	*took = "0:00 of that day by the law's clock";
	if (in.n == 10)
		return calendar_instant(law, date, 0);
	if ((in.p[10] != 'T' && in.p[10] != ' ') || !two(in, 11, 23, &h) ||
	    !two(in, 14, 59, &m) || in.p[13] != ':')
		return TIME_UNSET;
	if (in.n > 16) {
		end = 19;
		if (in.p[16] != ':' || !two(in, 17, 59, &s))
			return TIME_UNSET;
	}
	if (!read_part(bytes_part(in, end, SIZE_MAX), &part))
		return TIME_UNSET;
	s += h * 3600 + m * 60;
	at = calendar_instant(law, date, s);
	*took = how_often(law, at, date, s);
	return at == TIME_UNSET ? at : at + part;
}

/* --- text ----------------------------------------------------------------- */

static void
put_instant(struct out *out, const struct asked *a, int64_t instant,
    const char *otherwise, unsigned width)
{
	struct buf b = buf_with(128);

	calendar_show(&b, a->cal->facts.law, instant);
	if (b.n == 0)
		buf_text(&b, otherwise);
	out_add(out, buf_bytes(&b));
	wrap_blanks(out, b.n < width ? width - (unsigned)b.n : 1);
	buf_free(&b);
}

static void
put_line(struct out *out, struct buf *b)
{
	if (b->n > 0) {
		wrap_blanks(out, INDENT);
		wrap_text(out, buf_bytes(b), INDENT, INDENT, WIDTH);
	}
	buf_reset(b);
}

/* "it begins between ... and ..." of a bound that is not known. */
static void
put_bound(struct buf *b, const struct asked *a, const char *what,
    struct phase_bound bound)
{
	const struct law *law = a->cal->facts.law;
	bool below = bound.min != INT64_MIN, above = bound.max != PHASE_ALWAYS;

	if (bound.min == bound.max || (!below && !above))
		return;
	buf_text(b, b->n > 0 ? "; " : "");
	buf_text(b, what);
	if (below) {
		buf_text(b, " not before ");
		calendar_show(b, law, bound.min);
	}
	if (above) {
		buf_text(b, below ? ", at the latest " : " at the latest ");
		calendar_show(b, law, bound.max);
	}
}

static void
put_span(struct out *out, const struct asked *a, const struct phase_span *s)
{
	struct buf b = buf_with(TEXT_BYTES);

	buf_printf(out_buf(out), "%-19s ", phase_name(s->phase));
	put_instant(out, a, s->from, s->never ? "-" : "not known", 26);
	put_instant(out, a, s->until, s->never ? "-" : s->open_until ?
	    "goes on" : "not known", 26);
	out_text(out, state_names[phase_span_at(s, a->instant)]);
	out_text(out, "\n");
	if (s->by_law && s->ground.article.n > 0) {
		buf_add(&b, s->ground.article);
		buf_text(&b, ": ");
	}
	if (s->round == 2)
		buf_text(&b, "of the second voting: ");
	buf_add(&b, s->counted);
	if (s->never && s->counted.n > 0 && !s->by_law &&
	    (s->round == 2 || s->phase == PHASE_BETWEEN_ROUNDS ||
	    s->phase == PHASE_SECOND_VOTING))
		buf_text(&b, "; there is no second voting");
	buf_text(&b, s->unverified ? " [unverified]" : "");
	put_line(out, &b);
	if (!s->never) {
		put_bound(&b, a, "it begins", s->from_within);
		if (!s->open_until)
			put_bound(&b, a, "it ends", s->until_within);
		put_line(out, &b);
	}
	buf_add(&b, s->why_unknown);
	put_line(out, &b);
	buf_free(&b);
}

static void
put_main(struct out *out, const struct asked *a)
{
	unsigned i;

	if (a->main < PHASE_COUNT) {
		buf_printf(out_buf(out), "Main phase: %s\n",
		    phase_name(a->main));
		return;
	}
	if (!a->unknown) {
		out_text(out, "Main phase: none; it is before the first of "
		    "them, or between two.\n");
		return;
	}
	for (i = 0; phase_at(&a->phases, phase_order(i), a->instant) !=
	    PHASE_UNKNOWN; i++)
		;
	buf_printf(out_buf(out), "Main phase: unknown; whether %s holds is "
	    "not known.\n", phase_name(phase_order(i)));
}

static void
put_text(struct out *out, const struct asked *a)
{
	struct out head = out_memory(TEXT_BYTES);
	uint32_t needs = 0;
	bool unverified = false;
	unsigned i;

	election_facts_title(&head, &a->cal->facts);
	wrap_text(out, buf_bytes(&head.buf), 0, 2, WIDTH);
	(void)out_end(&head);
	out_text(out, "At ");
	put_instant(out, a, a->instant, "", 0);
	buf_printf(out_buf(out), "(%s)\n\n", a->took);
	buf_printf(out_buf(out), "%-19s %-25s %-25s %s\n", "PHASE", "FROM",
	    "UNTIL", "THEN");
	for (i = 0; i < PHASE_SPANS; i++) {
		if (i >= PHASE_COUNT && a->phases.spans[i].never)
			continue;
		put_span(out, a, &a->phases.spans[i]);
		needs |= a->phases.spans[i].needs;
		unverified = unverified || a->phases.spans[i].unverified;
	}
	out_text(out, "\n");
	put_main(out, a);
	election_facts_more(out, needs);
	if (unverified)
		out_text(out, "[unverified]: known from memory alone, or "
		    "counted from something that is.\n");
}

/* --- JSON ----------------------------------------------------------------- */

static void
emit_instant(struct emit *e, const char *key, const struct asked *a,
    int64_t instant)
{
	struct buf b = buf_with(64);

	if (instant != PHASE_ALWAYS)
		calendar_show(&b, a->cal->facts.law, instant);
	emit_text_or_null(e, key, buf_bytes(&b));
	buf_free(&b);
}

static void
emit_span(struct emit *e, const struct asked *a, const struct phase_span *s)
{
	unsigned i;

	emit_object(e, NULL);
	emit_string(e, "phase", phase_name(s->phase));
	emit_uint(e, "round", s->phase == PHASE_SECOND_VOTING ? 2 : s->round);
	emit_instant(e, "from", a, s->from);
	emit_instant(e, "until", a, s->until);
	emit_instant(e, "from_earliest", a, s->from_within.min);
	emit_instant(e, "from_latest", a, s->from_within.max);
	emit_instant(e, "until_earliest", a, s->until_within.min);
	emit_instant(e, "until_latest", a, s->until_within.max);
	emit_bool(e, "open_until", s->open_until);
	emit_bool(e, "never", s->never);
	emit_bool(e, "depends", s->depends);
	emit_string(e, "holds", state_names[phase_span_at(s, a->instant)]);
	emit_bool(e, "by_law", s->by_law);
	emit_text_or_null(e, "article", s->ground.article);
	emit_bool(e, "unverified", s->unverified);
	emit_text(e, "counted", s->counted);
	emit_text_or_null(e, "why_unknown", s->why_unknown);
	emit_array(e, "needs");
	for (i = 0; i < ANCHOR_COUNT; i++)
		if ((s->needs >> i & 1) != 0)
			emit_string(e, NULL, anchor_name((enum anchor)i));
	emit_array_end(e);
	emit_object_end(e);
}

static void
put_json(struct out *out, const struct asked *a)
{
	struct emit e = { .out = out };
	unsigned i;

	emit_object(&e, NULL);
	emit_text(&e, "law", a->cal->facts.law->id);
	emit_instant(&e, "on", a, a->instant);
	emit_string(&e, "took", a->took);
	if (a->main < PHASE_COUNT)
		emit_string(&e, "main", phase_name(a->main));
	else
		emit_string(&e, "main", a->unknown ? "unknown" : "none");
	emit_object(&e, "holds");
	for (i = 0; i < PHASE_COUNT; i++)
		emit_string(&e, phase_name((enum phase)i),
		    state_names[phase_at(&a->phases, (enum phase)i,
		    a->instant)]);
	emit_object_end(&e);
	emit_array(&e, "spans");
	for (i = 0; i < PHASE_SPANS; i++)
		emit_span(&e, a, &a->phases.spans[i]);
	emit_array_end(&e);
	emit_object_end(&e);
	out_text(out, "\n");
}

/* --- the verb ------------------------------------------------------------- */

static bool
ask(const struct election_facts *from, const char *on, struct arena *arena,
    struct asked *a)
{
	struct calendar_facts facts;

	if (on == NULL) {
		complain_about("election phase", "it needs --on");
		return false;
	}
	if (!election_facts_read("election phase", from, arena, &facts))
		return false;
	a->took = "an instant with its zone";
	a->instant = time_read(bytes_of(on));
	if (a->instant == TIME_UNSET)
		a->instant = read_wall(facts.law, bytes_of(on), &a->took);
	if (a->instant == TIME_UNSET) {
		complain_about("--on", "an instant is written as "
		    "2024-03-17T08:00:00+03:00, or as a date, or as a date "
		    "and time by the law's clock without a zone");
		return false;
	}
	a->cal = calendar_make(&facts, arena);
	if (a->cal != NULL)
		a->phases = phase_spans(a->cal, arena);
	if (a->cal == NULL || arena->bad) {
		complain_about("election phase", "out of memory");
		return false;
	}
	a->main = phase_main(&a->phases, a->instant, &a->unknown);
	return true;
}

int
cmd_election_phase(int argc, char **argv)
{
	static const struct verb verb = { "election phase", "",
	    "The phases of an election, and which of them hold at an instant.",
	    ELECTION_FACTS_MORE "exit: 0 done, 3 usage, law or machine" };
	struct election_facts facts = { 0 };
	const char *on = NULL;
	bool json = false;
	const struct option table[] = {
		ELECTION_FACTS(facts),
		{ .name = "on", .arg = "INSTANT", .text = &on,
		    .about = "2024-03-17T08:00:00+03:00; without a zone, or "
		    "a date: by the law's clock" },
		{ .name = "json", .flag = &json, .about = "as JSON" },
		{ 0 }
	};
	struct arena arena = arena_with(64 * MIB);
	struct out out = out_file(STDOUT_FILENO);
	struct asked asked = { 0 };
	int first, status = EXIT_TROUBLE;

	switch (options_read(&verb, table, argc, argv, &first)) {
	case OPTIONS_HELP:
		return 0;
	case OPTIONS_BAD:
		return EXIT_TROUBLE;
	case OPTIONS_OK:
		break;
	}
	if (first < argc) {
		complain_about("election phase", "it takes no operands");
	} else if (ask(&facts, on, &arena, &asked)) {
		if (json)
			put_json(&out, &asked);
		else
			put_text(&out, &asked);
		status = election_facts_end(&out);
	}
	arena_free(&arena);
	return status;
}
