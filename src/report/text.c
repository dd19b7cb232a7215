/*
 * The report for the terminal: the verdict first, what to do next and what
 * concerns the person last.
 *
 * Every text goes through the escaper for logs on its way out, evidence and
 * our own alike, so that nothing can be forgotten.
 */
#include "base/limits.h"
#include "base/time.h"
#include "record/gap.h"
#include "report/report.h"
#include "report/say.h"
#include "report/wrap.h"

#define WIDTH		80
#define IN_GROUP	5	/* findings listed of one rule */
#define INFO_MAX	20
#define GAPS_MAX	20
#define SETS_MAX	30
#define TEXT_MAX	300	/* bytes of one text from evidence */

#define BOLD	"\033[1m"
#define PLAIN	"\033[0m"

struct page {
	struct out *out;
	const struct result *r;
	const struct report_options *o;
	enum lang lang;
	struct buf text;	/* what is being said, not escaped yet */
	struct buf safe;
};

/* Colour of the terminal; nothing if none is wanted. */
static void
colour(struct page *p, const char *sequence)
{
	if (p->o->colour)
		out_text(p->out, sequence);
}

/* Writes what p->text says from column `at` on, and empties it; `before` is a
   blank if a line goes on. */
static void
flow_on(struct page *p, const char *before, unsigned at, unsigned indent)
{
	buf_reset(&p->safe);
	buf_text(&p->safe, before);
	text_escape(&p->safe, buf_bytes(&p->text), TEXT_LOG);
	wrap_text(p->out, buf_bytes(&p->safe), at, indent, WIDTH);
	buf_reset(&p->text);
}

static void
flow(struct page *p, unsigned at, unsigned indent)
{
	flow_on(p, "", at, indent);
}

static void
flow_at(struct page *p, unsigned first, unsigned indent)
{
	wrap_blanks(p->out, first);
	flow(p, first, indent);
}

static const char *
phrase(const struct page *p, enum phrase which)
{
	return texts_phrase(p->lang, which);
}

static void
paragraph(struct page *p, enum phrase which, unsigned indent)
{
	buf_text(&p->text, phrase(p, which));
	flow_at(p, indent, indent);
}

static void
rule_line(struct page *p, char c)
{
	unsigned i;

	for (i = 0; i < WIDTH; i++)
		buf_byte(out_buf(p->out), (uint8_t)c);
	out_text(p->out, "\n");
}

static void
heading(struct page *p, enum phrase which)
{
	out_text(p->out, "\n");
	colour(p, BOLD);
	paragraph(p, which, 0);
	colour(p, PLAIN);
	rule_line(p, '-');
}

/* "Label: text" with the text in p->text. */
static void
labelled(struct page *p, enum phrase label, unsigned indent)
{
	wrap_blanks(p->out, indent);
	colour(p, BOLD);
	out_text(p->out, phrase(p, label));
	out_text(p->out, ":");
	colour(p, PLAIN);
	flow_on(p, " ", indent + 1 + wrap_columns(bytes_of(phrase(p, label))),
	    indent + 2);
}

static void
labelled_text(struct page *p, enum phrase label, const char *text,
    unsigned indent)
{
	buf_text(&p->text, text);
	labelled(p, label, indent);
}

static void
verdict(struct page *p)
{
	static const char *const colours[] = {
		[VERDICT_NOTHING] = "\033[1;36m",
		[VERDICT_INCOMPLETE] = "\033[1;35m",
		[VERDICT_SUSPICIOUS] = "\033[1;33m",
		[VERDICT_COMPROMISED] = "\033[1;31m"
	};

	colour(p, colours[p->r->verdict]);
	rule_line(p, '=');
	buf_text(&p->text, phrase(p, PHRASE_VERDICT));
	buf_text(&p->text, ": ");
	buf_text(&p->text, texts_verdict_loud(p->lang, p->r->verdict));
	flow_at(p, 2, 2);
	rule_line(p, '=');
	colour(p, PLAIN);
	say_why(&p->text, p->r, p->lang);
	flow(p, 0, 0);
	if (p->o->redact) {
		out_text(p->out, "\n");
		paragraph(p, PHRASE_REDACTED, 0);
	}
}

static void
facts(struct page *p)
{
	out_text(p->out, "\n");
	say_device(&p->text, p->r, p->o);
	labelled(p, PHRASE_DEVICE, 0);
	say_evidence(&p->text, p->r, p->lang);
	buf_text(&p->text, "; ");
	say_read(&p->text, p->r, p->lang);
	labelled(p, PHRASE_EVIDENCE, 0);
	if (p->r->sha256[0] != '\0')
		labelled_text(p, PHRASE_HASH, p->r->sha256, 0);
	if (p->o->output_dir != NULL && p->r->encrypted)
		labelled_text(p, PHRASE_OUTPUT, phrase(p,
		    p->r->records_written ? PHRASE_RECORDS_CLEAR :
		    PHRASE_NO_RECORDS), 0);
}

/* --- findings --- */

static void
where_to_find_all(struct page *p)
{
	if (p->o->output_dir != NULL) {
		buf_text(&p->text, p->o->output_dir);
		buf_text(&p->text, "/case.json");
	} else {
		buf_text(&p->text, phrase(p, PHRASE_USE_JSON));
	}
}

static void
more(struct page *p, uint64_t n, unsigned indent)
{
	struct buf number = buf_with(64), place = buf_with(LIMIT_PATH_BYTES);
	struct bytes places[2];

	if (n == 0)
		return;
	say_number(&number, p->lang, n);
	where_to_find_all(p);
	buf_add(&place, buf_bytes(&p->text));
	buf_reset(&p->text);
	places[0] = buf_bytes(&number);
	places[1] = buf_bytes(&place);
	say_phrase(&p->text, p->lang, PHRASE_MORE_DETAILS, places, 2);
	flow_at(p, indent, indent);
	buf_free(&number);
	buf_free(&place);
}

static void
finding(struct page *p, const struct result_finding *f)
{
	unsigned i;

	out_text(p->out, "\n");
	say_when(&p->text, f, p->lang);
	labelled(p, PHRASE_WHEN, 3);
	buf_text(&p->text, f->artifact);
	buf_text(&p->text, ", ");
	say_where(&p->text, f, p->o);
	labelled(p, PHRASE_WHERE, 3);
	say_matched(&p->text, f, p->o, TEXT_MAX);
	if (p->text.n > 0) {
		labelled(p, PHRASE_MATCHED, 3);
	} else {
		say_record(&p->text, f, p->o, TEXT_MAX);
		if (p->text.n > 0)
			labelled(p, PHRASE_RECORD, 3);
	}
	for (i = 0; i < f->nindicators; i++) {
		say_indicator(&p->text, &f->indicators[i], p->lang);
		labelled(p, PHRASE_INDICATOR, 3);
	}
}

static void
group_head(struct page *p, const struct result_finding *f, unsigned number)
{
	bool loud = f->level >= LEVEL_HIGH;

	if (number > 1)
		out_text(p->out, "\n");
	colour(p, loud ? "\033[1;31m" : BOLD);
	buf_uint(&p->text, number);
	buf_text(&p->text, ". ");
	buf_text(&p->text, texts_rule(p->lang, f->finding.rule)->title);
	flow(p, 0, 3);
	colour(p, PLAIN);
	buf_byte(&p->text, '[');
	buf_text(&p->text, texts_level(p->lang, f->level));
	buf_text(&p->text, "] ");
	buf_text(&p->text, texts_strength(p->lang, f->strength));
	flow_at(p, 3, 3);
}

static void
group(struct page *p, unsigned first, unsigned number)
{
	const struct result_finding *f = &p->r->findings[first];
	const struct texts_rule *texts = texts_rule(p->lang, f->finding.rule);
	unsigned i = first, n, last = first;

	group_head(p, f, number);
	for (n = 0; i < p->r->nfindings && n < IN_GROUP; n++) {
		finding(p, &p->r->findings[i]);
		last = i;
		i = say_next(p->r, i);
	}
	out_text(p->out, "\n");
	more(p, say_rest(p->r, last), 3);
	labelled_text(p, PHRASE_WHY, texts->why, 3);
	labelled_text(p, PHRASE_HARMLESS, texts->harmless, 3);
	labelled_text(p, PHRASE_NEXT, texts->next, 3);
}

/* What is only good to know: the title once, then a line each. */
static unsigned
also_group(struct page *p, unsigned first, unsigned room)
{
	const struct result_finding *f = &p->r->findings[first];
	unsigned i, n = 0;

	buf_text(&p->text, "- ");
	buf_text(&p->text, texts_rule(p->lang, f->finding.rule)->title);
	flow(p, 0, 2);
	for (i = first; i < p->r->nfindings; i = say_next(p->r, i)) {
		f = &p->r->findings[i];
		if (n >= room)
			break;
		if (f->finding.time != TIME_UNSET) {
			say_when(&p->text, f, p->lang);
			buf_text(&p->text, ": ");
		}
		if (f->finding.matched.n > 0)
			say_matched(&p->text, f, p->o, 50);
		else
			say_record(&p->text, f, p->o, 50);
		flow_at(p, 4, 6);
		n++;
	}
	return n;
}

static void
also(struct page *p)
{
	struct say_groups groups = { .first = 0 };
	unsigned i, n = 0, all = 0;

	for (i = 0; i < p->r->nfindings; i++)
		all += p->r->findings[i].level == LEVEL_INFO;
	if (all == 0)
		return;
	heading(p, PHRASE_ALSO);
	while (n < INFO_MAX && say_group(&groups, p->r))
		if (p->r->findings[groups.first].level == LEVEL_INFO)
			n += also_group(p, groups.first, INFO_MAX - n);
	more(p, all - n, 2);
}

static void
findings(struct page *p)
{
	struct say_groups groups = { .first = 0 };
	unsigned n = 0;

	heading(p, PHRASE_FINDINGS);
	while (say_group(&groups, p->r))
		if (p->r->findings[groups.first].level != LEVEL_INFO)
			group(p, groups.first, ++n);
	if (n == 0)
		paragraph(p, PHRASE_NO_FINDINGS, 0);
	also(p);
}

/* --- what was and was not examined --- */

static bool
same_reason(const struct result *r, unsigned a, unsigned b)
{
	return bytes_eq(r->gaps[a].why, r->gaps[b].why);
}

static bool
told_before(const struct result *r, unsigned gap)
{
	unsigned i;

	for (i = 0; i < gap; i++)
		if (same_reason(r, i, gap))
			return true;
	return false;
}

/* All gaps of one reason, which is told once; gives how many. */
static unsigned
gaps_alike(struct page *p, unsigned first, unsigned room)
{
	const struct result_gap *g = &p->r->gaps[first];
	unsigned i, n = 0;

	buf_text(&p->text, "- ");
	buf_add(&p->text, text_head(g->why, TEXT_MAX));
	flow(p, 0, 2);
	for (i = first; i < p->r->ngaps && n < room; i++) {
		g = &p->r->gaps[i];
		if (!same_reason(p->r, first, i))
			continue;
		buf_text(&p->text, g->artifact != NULL ? g->artifact :
		    phrase(p, PHRASE_EVIDENCE_WHOLE));
		if (g->member.n > 0 || g->offset != GAP_NO_OFFSET ||
		    g->count > 1)
			buf_text(&p->text, ": ");
		say_gap_where(&p->text, g, p->o);
		flow_at(p, 4, 6);
		n++;
	}
	return n;
}

static void
gaps(struct page *p)
{
	unsigned i, n = 0;

	heading(p, PHRASE_GAPS);
	if (p->r->ngaps == 0) {
		paragraph(p, PHRASE_NO_GAPS, 0);
		return;
	}
	paragraph(p, PHRASE_GAPS_MEAN, 0);
	for (i = 0; i < p->r->ngaps && n < GAPS_MAX; i++)
		if (!told_before(p->r, i))
			n += gaps_alike(p, i, GAPS_MAX - n);
	more(p, p->r->ngaps - n, 2);
}

static void
covered(struct page *p, enum coverage state)
{
	const struct result_coverage *c;
	struct bytes about;
	unsigned i, column, n = 0;

	for (i = 0; i < p->r->ncoverage; i++) {
		c = &p->r->coverage[i];
		if (c->state != state)
			continue;
		if (n++ == 0) {
			buf_text(&p->text, texts_coverage(p->lang, state));
			buf_byte(&p->text, ':');
			flow_at(p, 0, 2);
		}
		about = bytes_of(texts_artifact(p->lang, c->artifact,
		    c->about));
		wrap_blanks(p->out, 2);
		out_escape(p->out, about, TEXT_LOG);
		column = 2 + wrap_columns(about);
		wrap_blanks(p->out, column < 54 ? 54 - column : 1);
		say_with_number(&p->text, p->lang, PHRASE_RECORDS_N,
		    c->records);
		flow(p, column < 54 ? 54 : column + 1, 54);
	}
}

static void
subjects(struct page *p, enum coverage state)
{
	struct buf list = buf_with(64 * KIB);

	if (say_subjects(&list, p->r, state, p->lang) > 0) {
		buf_text(&p->text, texts_coverage(p->lang, state));
		buf_text(&p->text, ": ");
		buf_add(&p->text, buf_bytes(&list));
		flow(p, 0, 2);
	}
	buf_free(&list);
}

static void
coverage(struct page *p)
{
	struct buf none = buf_with(64 * KIB);

	heading(p, PHRASE_COVERAGE);
	covered(p, COVERAGE_EXAMINED);
	covered(p, COVERAGE_PARTLY);
	subjects(p, COVERAGE_UNREADABLE);
	subjects(p, COVERAGE_ABSENT);
	subjects(p, COVERAGE_NOT_IN_KIND);
	if (say_subjects(&none, p->r, COVERAGE_NOT_IN_KIND, p->lang) > 0)
		paragraph(p, PHRASE_ENCRYPT_ADVICE, 2);
	buf_free(&none);
}

static unsigned
notes_of(const struct result *r, bool errors)
{
	unsigned i, n = 0;

	for (i = 0; i < r->nnotes; i++)
		n += bytes_is(bytes_of(r->notes[i].kind), "error") == errors;
	return n;
}

static void
indicators(struct page *p)
{
	const struct result *r = p->r;
	unsigned i;

	heading(p, PHRASE_INDICATORS);
	say_compared(&p->text, r, p->lang);
	flow(p, 0, 0);
	for (i = 0; i < r->nsets && i < SETS_MAX; i++) {
		buf_text(&p->text, i > 0 ? "; " : "");
		buf_add(&p->text, text_head(r->sets[i].name, TEXT_MAX));
		buf_text(&p->text, " (");
		say_number(&p->text, p->lang, r->sets[i].count);
		buf_byte(&p->text, ')');
	}
	if (r->nsets > SETS_MAX)
		buf_text(&p->text, "; \xe2\x80\xa6");
	if (r->nsets > 0)
		labelled(p, PHRASE_SETS, 0);
	if (notes_of(r, true) > 0) {
		say_with_number(&p->text, p->lang, PHRASE_SET_ERRORS,
		    notes_of(r, true));
		flow(p, 0, 2);
	}
	if (notes_of(r, false) > 0) {
		say_with_number(&p->text, p->lang, PHRASE_NOT_TESTED,
		    notes_of(r, false));
		flow(p, 0, 2);
	}
}

/* --- for people --- */

static void
item(struct page *p, const char *mark, enum phrase which)
{
	buf_text(&p->text, mark);
	buf_text(&p->text, phrase(p, which));
	flow(p, 0, mark[0] == '*' ? 2 : 3);
}

static void
helplines(struct page *p)
{
	const struct texts_helpline *h;
	unsigned i;

	labelled(p, PHRASE_HELP, 0);
	for (i = 0; (h = texts_helpline(p->lang, i)) != NULL; i++) {
		buf_text(&p->text, "* ");
		buf_text(&p->text, h->name);
		buf_text(&p->text, ": ");
		buf_text(&p->text, h->who);
		flow(p, 0, 2);
		buf_text(&p->text, h->url);
		if (h->address != NULL) {
			buf_text(&p->text, ", ");
			buf_text(&p->text, h->address);
		}
		flow_at(p, 2, 2);
	}
	paragraph(p, PHRASE_HELP_DATE, 2);
}

static void
person(struct page *p)
{
	enum phrase steps[SAY_STEPS];
	unsigned i, n = say_steps(p->r, steps);
	char mark[] = "1. ";

	heading(p, PHRASE_DO_NEXT);
	for (i = 0; i < n; i++) {
		mark[0] = (char)('1' + i);
		item(p, mark, steps[i]);
	}
	heading(p, PHRASE_PERSON);
	item(p, "* ", PHRASE_PERSON_1);
	item(p, "* ", PHRASE_PERSON_2);
	item(p, "* ", PHRASE_PERSON_3);
	out_text(p->out, "\n");
	helplines(p);
	out_text(p->out, "\n");
	labelled(p, PHRASE_CANNOT, 0);
	for (i = PHRASE_CANNOT_1; i <= PHRASE_CANNOT_5; i++)
		item(p, "* ", (enum phrase)i);
}

void
report_text(struct out *out, const struct result *r,
    const struct report_options *o)
{
	struct page p = { out, r, o, o->lang, buf_with(4 * MIB),
	    buf_with(32 * MIB) };

	verdict(&p);
	facts(&p);
	findings(&p);
	gaps(&p);
	coverage(&p);
	indicators(&p);
	person(&p);
	if (p.text.bad || p.safe.bad)
		out->buf.bad = true;
	buf_free(&p.text);
	buf_free(&p.safe);
}
