#include "report/election_say.h"

#include <math.h>

#include "report/say.h"

/* A window of 0.05 points on both sides, in floating point: docs/anomaly.md
   says why. */
const char *const election_say_notes[] = {
	"Counted is a station whose turnout, or leader's share of the ballots "
	"found, lies within 0.05 points of a whole percentage; computed in "
	"floating point, as the published method has it (exact fractions "
	"differ by a station or two at the edge of the window).",
	"Expected is the exact sum, and the deviation the exact spread, of "
	"what chance makes of it if each station's own percentages are right "
	"(Poisson binomial; nothing is drawn at random).",
	"Stations with few voters have coarse percentages; those below 100 "
	"voters are left out, and chance is reckoned with each station's own "
	"numbers.",
	"Many stations of the same size, and rounded numbers of voters on the "
	"lists, make some percentages more frequent than others.",
	"Hospitals, ships, barracks and other institutions vote together and "
	"often report 100% or near it; above 99% a station is left out.",
	"Several regions are looked at: one in a thousand passes z = 3.09 by "
	"chance alone.",
	"A peak at whole percentages shows that numbers may have been chosen "
	"rather than counted.  It is an observation, no proof of fraud, and it "
	"does not say by whom.",
	NULL
};

struct election_figures
election_say_figures(const struct tally *t, const struct tally_node *n)
{
	struct election_figures f;

	f.registered = tally_figure(t, n, FIGURE_REGISTERED);
	f.issued = tally_figure(t, n, FIGURE_ISSUED);
	f.found = tally_figure(t, n, FIGURE_FOUND);
	f.valid = tally_figure(t, n, FIGURE_VALID);
	f.invalid = tally_figure(t, n, FIGURE_INVALID);
	f.blank = tally_figure(t, n, FIGURE_BLANK);
	f.by_found = f.issued < 0 && f.found >= 0;
	f.took_part = f.by_found ? f.found : f.issued;
	return f;
}

unsigned
election_say_order(const struct tally *t, unsigned lines[FORM_LINES])
{
	const uint64_t *sums = t->nodes[0].sums;
	unsigned i, k, n = 0;

	for (i = 0; i < t->nlines && n < FORM_LINES; i++) {
		if (!t->lines[i].candidate)
			continue;
		/* Those with as many votes stay in the order of the form. */
		for (k = n++; k > 0 && sums[lines[k - 1]] < sums[i]; k--)
			lines[k] = lines[k - 1];
		lines[k] = i;
	}
	return n;
}

const char *
election_say_choice(const struct tally *t)
{
	if (bytes_is(t->vote, "parliament"))
		return "List";
	return bytes_is(t->vote, "referendum") ? "Answer" : "Candidate";
}

void
election_say_share(struct buf *to, int64_t part, int64_t whole)
{
	if (part < 0 || whole <= 0) {
		buf_byte(to, '-');
		return;
	}
	outcome_percent(to, (uint64_t)part, (uint64_t)whole);
	buf_byte(to, '%');
}

const char *
election_say_basis(struct bytes basis)
{
	unsigned q;

	for (q = 0; q < Q_COUNT; q++)
		if (bytes_is(basis, quantity_name((enum quantity)q)))
			return q == Q_NEXT ? "the votes of the next" :
			    quantity_words((enum quantity)q);
	return "";
}

void
election_say_number(struct buf *to, int64_t v)
{
	if (v < 0)
		buf_byte(to, '-');
	else
		outcome_number(to, v);
}

void
election_say_real(struct buf *to, double v)
{
	int64_t tenths;

	if (!isfinite(v) || fabs(v) > 1e15) {
		buf_byte(to, '-');
		return;
	}
	tenths = (int64_t)(fabs(v) * 10 + 0.5);
	buf_text(to, v < 0 && tenths > 0 ? "-" : "");
	outcome_number(to, tenths / 10);
	buf_printf(to, ".%d", (int)(tenths % 10));
}

void
election_say_count(struct buf *to, uint64_t n, const char *what)
{
	outcome_number(to, (int64_t)n);
	buf_byte(to, ' ');
	buf_text(to, what);
	buf_text(to, n == 1 ? "" : "s");
}

static void
part(struct buf *to, struct bytes name, size_t from)
{
	if (name.n == 0)
		return;
	buf_text(to, to->n > from ? " / " : "");
	buf_add(to, name);
}

void
election_say_station(struct buf *to, const struct tally *t,
    const struct tally_station *s)
{
	const struct tally_node *n = &t->nodes[s->node];
	size_t from = to->n;

	if (n->level == TALLY_TERRITORY)
		part(to, t->nodes[n->parent].name, from);
	part(to, n->name, from);
	part(to, s->district, from);
	part(to, s->name, from);
}

struct bytes
election_say_file(const struct tally *t, uint32_t file)
{
	return file < t->nfiles ? say_last(t->files[file].name) :
	    bytes_of("");
}

void
election_say_read(struct buf *to, const struct tally_file *f)
{
	if (bytes_is(f->format, "stations")) {
		election_say_count(to, f->protocols, "station");
		buf_text(to, ", the list of all");
	} else if (bytes_is(f->format, "annulled")) {
		election_say_count(to, f->protocols, "annulled station");
	} else {
		election_say_count(to, f->protocols, "protocol");
		buf_text(to, f->format.n > 0 ? ", " : "");
		buf_add(to, f->format);
	}
}

void
election_say_line(struct buf *to, const struct tally *t,
    const struct tally_station *s)
{
	struct bytes file = election_say_file(t, s->file);

	buf_add(to, file);
	if (s->line > 0) {
		buf_text(to, file.n > 0 ? ", line " : "line ");
		buf_uint(to, s->line);
	}
}

uint64_t
election_say_violations(const struct tally *t, bool hard)
{
	uint64_t sum = 0;
	unsigned i;

	for (i = 0; i < t->ncontrols; i++)
		sum += t->controls[i].hard == hard ?
		    t->controls[i].violations : 0;
	return sum;
}

void
election_say_not_checked(struct buf *to, const struct tally *t)
{
	unsigned i, n = 0;

	for (i = 0; i < t->ncontrols; i++) {
		if (t->controls[i].checked)
			continue;
		buf_text(to, n++ == 0 ?
		    "Not checked, for the form lacks a line: " : ", ");
		buf_add(to, t->controls[i].id);
	}
	buf_text(to, n > 0 ? "." : "");
}

static void
version(struct buf *to, struct bytes name)
{
	if (name.n == 0) {
		buf_text(to, "the first version");
		return;
	}
	buf_text(to, "version \"");
	buf_add(to, name);
	buf_byte(to, '"');
}

void
election_say_version(struct buf *to, const struct tally_version *v)
{
	version(to, v->version);
	buf_text(to, " gave way to ");
	version(to, v->by_version);
	if (v->reason.n > 0) {
		buf_text(to, ": ");
		buf_add(to, v->reason);
	}
}

void
election_say_unmet(struct buf *to, const struct tally *t)
{
	election_say_count(to, t->nannul_unmet, "station");
	buf_text(to, t->nannul_unmet == 1 ? " of the list of annulled ones is "
	    "not in the results; nothing was taken out for it:" :
	    " of the list of annulled ones are not in the results; nothing "
	    "was taken out for them:");
}

void
election_say_missing(struct buf *to, const struct tally *t)
{
	const struct tally_node *c = &t->nodes[0];
	uint64_t out = (uint64_t)c->missing + c->broken;

	if (!t->stations_listed)
		buf_text(to, "No list of all stations was given (--stations): "
		    "stations that no file names cannot be missed. ");
	if (out == 0) {
		buf_text(to, "No station that is known lacks a protocol.");
		return;
	}
	election_say_count(to, out, "station");
	buf_text(to, out == 1 ? " is known that is" : " are known that are");
	buf_text(to, " not in the figures (");
	outcome_number(to, c->missing);
	buf_text(to, " without a protocol, ");
	outcome_number(to, c->broken);
	buf_text(to, " with one that breaks a hard relation). ");
	if (c->missing_registered < 0) {
		buf_text(to, "How many voters they stand for, nobody can tell "
		    "from what was given.");
	} else {
		buf_text(to, "They stand for ");
		election_say_count(to, (uint64_t)c->missing_registered,
		    "registered voter");
		buf_byte(to, '.');
	}
}
