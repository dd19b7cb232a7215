/*
 * A count for the terminal: what was read, the figures, what does not fit, what
 * is missing; and the decision last, where the eye rests.
 */
#include "report/election.h"

#include "report/election_outcome.h"
#include "report/election_page.h"
#include "report/election_say.h"
#include "report/wrap.h"

#define COLUMN		14	/* where figures and facts begin */
#define CONTROL		37	/* where a relation stands */
#define HARD		20	/* broken protocols that are named */
#define MILD		5
#define VERSIONS	10
#define ANNULLED	20

struct telling {
	struct election_page page;
	const struct election_view *view;
	const struct tally *tally;
	const struct tally_node *country;
};

static void
more(struct telling *t, uint64_t all, uint64_t shown)
{
	if (all <= shown)
		return;
	buf_text(&t->page.line, "and ");
	outcome_number(&t->page.line, (int64_t)(all - shown));
	buf_text(&t->page.line, " more: count.json (-o DIR, or --json) names "
	    "up to 1,000");
	election_page_flow(&t->page, 2, 4);
}

/* --- what was read -------------------------------------------------------- */

static void
tell_files(struct telling *t)
{
	const struct tally_file *f;
	unsigned i;

	election_page_heading(&t->page, "Read");
	for (i = 0; i < t->tally->nfiles; i++) {
		f = &t->tally->files[i];
		buf_add(&t->page.line, election_say_file(t->tally, i));
		buf_text(&t->page.line, ": ");
		election_say_read(&t->page.line, f);
		if (f->profile.n > 0) {
			buf_text(&t->page.line, ", profile ");
			buf_add(&t->page.line, f->profile);
		}
		election_page_labelled(&t->page, i == 0 ? "files" : "", 2,
		    COLUMN);
	}
}

static void
tell_stations(struct telling *t)
{
	const struct tally_node *c = t->country;
	struct buf *to = &t->page.line;

	outcome_number(to, c->counted);
	buf_text(to, " counted of ");
	outcome_number(to, c->stations);
	buf_text(to, " known; ");
	outcome_number(to, c->missing);
	buf_text(to, " missing, ");
	outcome_number(to, c->broken);
	buf_text(to, " broken, ");
	outcome_number(to, c->annulled);
	buf_text(to, " annulled");
	election_page_labelled(&t->page, "stations", 2, COLUMN);
	if (t->tally->stations_listed && t->tally->unlisted > 0) {
		election_say_count(to, t->tally->unlisted, "protocol");
		buf_text(to, t->tally->unlisted == 1 ? " is of a station" :
		    " are of stations");
		buf_text(to, " that the list of stations lacks");
		election_page_labelled(&t->page, "", 2, COLUMN);
	}
	if (t->view->question != NULL && t->view->question->standing.closed) {
		buf_text(to, "the commission has closed the count (--final)");
		election_page_labelled(&t->page, "", 2, COLUMN);
	}
	if (t->view->accept_broken) {
		buf_text(to, "protocols that break a hard relation are counted "
		    "all the same (--accept-broken)");
		election_page_labelled(&t->page, "", 2, COLUMN);
	}
}

/* --- figures -------------------------------------------------------------- */

static void
figure(struct telling *t, const char *label, int64_t v, int64_t whole,
    const char *of)
{
	if (v < 0)
		return;
	buf_text(&t->page.line, label);
	election_page_name(&t->page, 2, COLUMN);
	outcome_number(&t->page.line, v);
	election_page_cell(&t->page, 14);
	if (whole > 0) {
		election_say_share(&t->page.line, v, whole);
		election_page_cell(&t->page, 9);
		buf_byte(&t->page.line, ' ');
		buf_text(&t->page.line, of);
		election_page_rest(&t->page, COLUMN + 23);
	} else {
		election_page_end(&t->page);
	}
}

static void
tell_figures(struct telling *t)
{
	struct election_figures f = election_say_figures(t->tally, t->country);
	bool any = f.registered >= 0 || f.issued >= 0 || f.found >= 0;

	election_page_heading(&t->page, "Figures");
	figure(t, "registered", f.registered, 0, "");
	figure(t, "issued", f.issued, f.registered,
	    "of registered (turnout)");
	figure(t, "found", f.found, f.registered, f.by_found ?
	    "of registered (turnout)" : "of registered");
	figure(t, "valid", f.valid, f.found, "of found");
	figure(t, "invalid", f.invalid, f.found, "of found");
	figure(t, "blank", f.blank, f.found, "of found");
	if (any)
		election_page_end(&t->page);
}

/* A row of the candidates' table: a name of 20 columns or more. */
static void
candidate(struct telling *t, unsigned line, const struct election_figures *f)
{
	struct buf *to = &t->page.line;
	int64_t votes = (int64_t)t->country->sums[line];
	unsigned name = t->page.width < 80 ? t->page.width - 38 : 42;

	buf_add(to, t->tally->lines[line].key);
	buf_text(to, t->tally->lines[line].against_all ? " (against all)" :
	    "");
	election_page_name(&t->page, 2, name);
	outcome_number(to, votes);
	election_page_cell(&t->page, 14);
	election_say_share(to, votes, f->found);
	election_page_cell(&t->page, 12);
	election_say_share(to, votes, f->valid);
	election_page_cell(&t->page, 12);
	election_page_end(&t->page);
}

static void
tell_candidates(struct telling *t)
{
	struct election_figures f = election_say_figures(t->tally, t->country);
	unsigned lines[FORM_LINES], i, n;

	n = election_say_order(t->tally, lines);
	if (n == 0)
		return;
	buf_text(&t->page.line, election_say_choice(t->tally));
	election_page_name(&t->page, 2, t->page.width < 80 ?
	    t->page.width - 38 : 42);
	buf_text(&t->page.line, "Votes");
	election_page_cell(&t->page, 14);
	buf_text(&t->page.line, "Of found");
	election_page_cell(&t->page, 12);
	buf_text(&t->page.line, "Of valid");
	election_page_cell(&t->page, 12);
	election_page_end(&t->page);
	for (i = 0; i < n; i++)
		candidate(t, lines[i], &f);
}

/* --- controls ------------------------------------------------------------- */

static void
control(struct telling *t, const struct tally_control *c)
{
	struct buf *to = &t->page.line;

	buf_add(to, c->id);
	election_page_name(&t->page, 2, 8);
	buf_text(to, c->hard ? "hard" : "mild");
	election_page_cell(&t->page, 5);
	outcome_number(to, (int64_t)c->violations);
	election_page_cell(&t->page, 8);
	buf_text(to, " of ");
	outcome_number(to, (int64_t)c->stations);
	election_page_cell(&t->page, 14);
	buf_add(to, c->text);
	if (c->violations > 0) {
		buf_text(to, " (the largest by ");
		outcome_number(to, c->largest);
		buf_byte(to, ')');
	}
	wrap_blanks(t->page.out, 2);
	election_page_rest(&t->page, CONTROL);
}

static void
tell_controls(struct telling *t)
{
	unsigned i;

	if (t->tally->ncontrols == 0)
		return;
	election_page_heading(&t->page, "Controls (violations, of stations "
	    "checked)");
	for (i = 0; i < t->tally->ncontrols; i++)
		if (t->tally->controls[i].checked)
			control(t, &t->tally->controls[i]);
	election_say_not_checked(&t->page.line, t->tally);
	if (t->page.line.n > 0)
		election_page_flow(&t->page, 2, 4);
}

/* --- stations by name ----------------------------------------------------- */

static void
failure(struct telling *t, const struct tally_failure *f)
{
	struct buf *to = &t->page.line;

	election_say_station(to, t->tally, &f->station);
	buf_text(to, " (");
	election_say_line(to, t->tally, &f->station);
	buf_byte(to, ')');
	election_page_flow(&t->page, 2, 4);
	buf_add(to, t->tally->controls[f->control].id);
	buf_text(to, ": ");
	buf_add(to, f->explained);
	election_page_flow(&t->page, 4, 6);
}

static void
tell_failures(struct telling *t, bool hard, const char *heading)
{
	unsigned most = hard ? HARD : MILD;
	uint64_t all = election_say_violations(t->tally, hard);
	const struct tally_failure *f;
	unsigned i, n = 0;

	if (all == 0)
		return;
	election_page_heading(&t->page, heading);
	for (i = 0; i < t->tally->nfailures && n < most; i++) {
		f = &t->tally->failures[i];
		if (t->tally->controls[f->control].hard != hard)
			continue;
		failure(t, f);
		n++;
	}
	more(t, all, n);
}

static void
version(struct telling *t, const struct tally_version *v)
{
	struct buf *to = &t->page.line;

	election_say_station(to, t->tally, &v->station);
	buf_text(to, ": ");
	election_say_version(to, v);
	buf_text(to, " (");
	election_say_line(to, t->tally, &v->by);
	buf_byte(to, ')');
	election_page_flow(&t->page, 2, 4);
}

static void
tell_versions(struct telling *t)
{
	unsigned i;

	if (t->tally->nversions == 0)
		return;
	election_page_heading(&t->page, "Protocols that a later version "
	    "replaced");
	for (i = 0; i < t->tally->nversions && i < VERSIONS; i++)
		version(t, &t->tally->versions[i]);
	more(t, t->tally->versions_in_all, i);
}

static void
annulled_sums(struct telling *t)
{
	uint64_t registered = 0, found = 0;
	unsigned i;

	for (i = 0; i < t->tally->nannulled; i++) {
		registered += t->tally->annulled[i].registered;
		found += t->tally->annulled[i].found;
	}
	election_say_count(&t->page.line, registered, "registered voter");
	buf_text(&t->page.line, " and ");
	election_say_count(&t->page.line, found, "ballot");
	buf_text(&t->page.line, " went with them");
	election_page_flow(&t->page, 2, 4);
}

static void
tell_annulled(struct telling *t)
{
	const struct tally_annulled *a;
	struct buf *to = &t->page.line;
	unsigned i;

	if (t->tally->nannulled == 0)
		return;
	election_page_heading(&t->page, "Annulled stations (not counted)");
	for (i = 0; i < t->tally->nannulled && i < ANNULLED; i++) {
		a = &t->tally->annulled[i];
		election_say_station(to, t->tally, &a->station);
		buf_text(to, ": ");
		election_say_count(to, a->registered, "registered voter");
		buf_text(to, ", ");
		election_say_count(to, a->found, "ballot");
		buf_text(to, a->reason.n > 0 ? "; " : "");
		buf_add(to, a->reason);
		election_page_flow(&t->page, 2, 4);
	}
	more(t, t->tally->nannulled, i);
	annulled_sums(t);
}

/* Someone meant a station, and nothing was annulled: that must not be missed,
   so all of them are told. */
static void
tell_unmet(struct telling *t)
{
	const struct tally_station *s;
	struct buf *to = &t->page.line;
	unsigned i;

	if (t->tally->nannul_unmet == 0)
		return;
	election_page_end(&t->page);
	election_page_loud(&t->page, true);
	buf_text(to, "ATTENTION: ");
	election_say_unmet(to, t->tally);
	election_page_flow(&t->page, 0, 0);
	election_page_loud(&t->page, false);
	for (i = 0; i < t->tally->nannul_unmet; i++) {
		s = &t->tally->annul_unmet[i];
		buf_text(to, "line ");
		buf_uint(to, s->line);
		buf_text(to, ": ");
		buf_add(to, s->name);
		election_page_flow(&t->page, 2, 4);
	}
}

static void
tell_missing(struct telling *t)
{
	election_page_heading(&t->page, "Missing");
	election_say_missing(&t->page.line, t->tally);
	election_page_flow(&t->page, 2, 2);
}

/* --- the decision --------------------------------------------------------- */

static void
tell_decision(struct telling *t)
{
	const struct election_view *v = t->view;

	election_page_heading(&t->page, "Decision");
	if (v->outcome != NULL && v->question != NULL) {
		election_outcome_text(t->page.out, v->outcome, v->question,
		    t->page.width);
		return;
	}
	buf_text(&t->page.line, "none");
	if (v->why_none != NULL) {
		buf_text(&t->page.line, ": ");
		buf_text(&t->page.line, v->why_none);
	}
	election_page_labelled(&t->page, "outcome", 0, 16);
}

void
election_text(struct out *out, const struct election_view *v, unsigned width,
    bool colour)
{
	struct telling t = { election_page_new(out, width, colour), v,
	    v->tally, &v->tally->nodes[0] };

	if (v->title != NULL) {
		buf_text(&t.page.line, v->title);
		election_page_flow(&t.page, 0, 0);
		t.page.begun = true;
	}
	tell_files(&t);
	tell_stations(&t);
	tell_figures(&t);
	tell_candidates(&t);
	tell_controls(&t);
	tell_failures(&t, true, v->accept_broken ?
	    "Hard relations broken (counted all the same)" :
	    "Hard relations broken (not counted)");
	tell_failures(&t, false, "Mild relations broken (counted)");
	tell_versions(&t);
	tell_annulled(&t);
	tell_unmet(&t);
	tell_missing(&t);
	tell_decision(&t);
	election_page_free(&t.page);
}
