/*
 * Writing NIST SP 1500-100 version 2, election results in JSON.
 *
 * What was counted: every station, territory and region as a unit of its own,
 * with the votes and the other lines of the protocol.  The same count gives the
 * same bytes.  Of stations that were not counted there are no numbers, but how
 * many voters they have.
 *
 * Stations come in order, and twice: once as units, once with their lines.
 * Only the votes are kept from the first time, four bytes each, because they
 * stand by candidate.
 */
#include "election/nist.h"

#include <assert.h>
#include <string.h>

#include "base/date.h"
#include "base/limits.h"
#include "base/quote.h"

#define VOTES_BYTES	(1 * GIB)
#define NO_VOTES	UINT32_MAX

#define TYPE(name)	"\"@type\":\"ElectionResults." name "\""

enum kind { KIND_CANDIDATES, KIND_PARTIES, KIND_ANSWERS };

struct writing {
	struct out *out;
	const struct tally *tally;
	const struct nist_about *about;
	enum kind kind;
	unsigned lines[FORM_LINES];	/* of the candidates */
	unsigned n;
	struct buf votes;		/* uint32_t by station and candidate */
	uint32_t stations;		/* written so far */
	bool more;			/* something stands before it */
};

/* --- pieces --------------------------------------------------------------- */

/* The next item of a list, on a line of its own. */
static struct buf *
item(struct writing *w)
{
	struct buf *b = out_buf(w->out);

	buf_text(b, w->more ? ",\n" : "\n");
	w->more = true;
	return b;
}

/* What stands before the value of a member. */
static void
member(struct buf *b, const char *key)
{
	buf_text(b, ",\"");
	buf_text(b, key);
	buf_text(b, "\":");
}

static struct buf *
list(struct writing *w, const char *key)
{
	struct buf *b = out_buf(w->out);

	member(b, key);
	buf_byte(b, '[');
	w->more = false;
	return b;
}

/* The brace and the first member of an object: an id, or a reference. */
static void
begin(struct buf *b, const char *key, char kind, uint64_t n)
{
	buf_text(b, "{\"");
	buf_text(b, key);
	buf_text(b, "\":\"");
	buf_byte(b, (uint8_t)kind);
	buf_uint(b, n);
	buf_byte(b, '"');
}

static void
text(struct buf *b, const char *key, struct bytes value)
{
	member(b, key);
	quote_json(b, value);
}

static void
number(struct buf *b, const char *key, uint64_t value)
{
	member(b, key);
	buf_uint(b, value);
}

/* A text in a language that nobody told. */
static void
worded(struct buf *b, const char *key, struct bytes value)
{
	member(b, key);
	buf_text(b, "{" TYPE("InternationalizedText") ",\"Text\":[{"
	    TYPE("LanguageString") ",\"Content\":");
	quote_json(b, value);
	buf_text(b, ",\"Language\":\"und\"}]}");
}

static void
external(struct buf *b, const char *what, struct bytes value,
    struct bytes label)
{
	buf_text(b, "{" TYPE("ExternalIdentifier") ",\"Type\":\"other\","
	    "\"OtherType\":\"");
	buf_text(b, what);
	buf_byte(b, '"');
	text(b, "Value", value);
	if (label.n > 0)
		text(b, "Label", label);
	buf_byte(b, '}');
}

/* --- figures -------------------------------------------------------------- */

/* A figure of one protocol; -1 if it has no line of it. */
static int64_t
figure_of(const struct tally *t, enum figure f, const int64_t *values)
{
	uint64_t sums[FORM_LINES];
	struct tally_node one = { .sums = sums };
	bool any = false;
	unsigned i;

	if (t->figures[f] == NULL)
		return -1;
	for (i = 0; i < t->nlines; i++) {
		sums[i] = values[i] > 0 ? (uint64_t)values[i] : 0;
		any = any || (t->figures[f][i] != 0 &&
		    values[i] != FORM_EMPTY);
	}
	return any ? tally_figure(t, &one, f) : -1;
}

static void
figure(struct buf *b, const char *key, int64_t value)
{
	if (value >= 0)
		number(b, key, (uint64_t)value);
}

/* --- units ---------------------------------------------------------------- */

/* One of those that a unit consists of. */
static void
part(struct writing *w, bool first, char kind, uint64_t n)
{
	struct buf *b = out_buf(w->out);

	buf_text(b, first ? ",\"ComposingGpUnitIds\":[\"" : ",\"");
	buf_byte(b, (uint8_t)kind);
	buf_uint(b, n);
	buf_byte(b, '"');
}

/* Regions of the country, territories of a region, else the stations that come
   next. */
static void
parts(struct writing *w, unsigned i, uint64_t *station)
{
	const struct tally *t = w->tally;
	uint64_t k, n = 0;

	if (t->nodes[i].level == TALLY_TERRITORY) {
		for (; n < t->nodes[i].stations; n++)
			part(w, n == 0, 'p', (*station)++);
	} else {
		for (k = i + 1u; k < t->nnodes && (i == 0 ||
		    t->nodes[k].level == TALLY_TERRITORY); k++)
			if (t->nodes[k].parent == i)
				part(w, n++ == 0, 'u', k);
	}
	if (n > 0)
		out_text(w->out, "]");
}

/* A node; *station: the number of the first station that is not yet part of
   one. */
static void
node_unit(struct writing *w, unsigned i, uint64_t *station)
{
	static const char *const types[] = {
		[TALLY_COUNTRY] = ",\"Type\":\"country\"",
		[TALLY_REGION] =
		    ",\"Type\":\"other\",\"OtherType\":\"region\"",
		[TALLY_TERRITORY] =
		    ",\"Type\":\"other\",\"OtherType\":\"territory\"",
	};
	const struct tally *t = w->tally;
	const struct tally_node *node = &t->nodes[i];
	struct buf *b = item(w);

	begin(b, "@id", 'u', i);
	buf_text(b, "," TYPE("ReportingUnit"));
	buf_text(b, types[node->level]);
	if (i > 0)
		worded(b, "Name", node->name);
	else if (w->about->country.n > 0)
		worded(b, "Name", w->about->country);
	number(b, "SubUnitsReported", node->counted);
	number(b, "TotalSubUnits", node->stations);
	if (node->counted > 0) {
		figure(b, "VotersRegistered", tally_figure(t, node,
		    FIGURE_REGISTERED));
		figure(b, "VotersParticipated", tally_figure(t, node,
		    FIGURE_ISSUED));
	}
	parts(w, i, station);
	out_text(w->out, "}");
}

static void
keep_votes(struct writing *w, const struct count_station *s)
{
	uint32_t v;
	unsigned i;

	for (i = 0; i < w->n; i++) {
		v = s->state == COUNT_COUNTED &&
		    s->values[w->lines[i]] != FORM_EMPTY ?
		    (uint32_t)s->values[w->lines[i]] : NO_VOTES;
		buf_add(&w->votes, bytes_at(&v, sizeof(v)));
	}
}

static bool
station_unit(void *ctx, const struct count_station *s)
{
	static const char *const status[] = {
		[COUNT_COUNTED] = "",
		[COUNT_MISSING] = "\"total\",\"Status\":\"not-processed\"",
		[COUNT_BROKEN] = "\"other\",\"OtherType\":\"broken\","
		    "\"Status\":\"in-process\"",
		[COUNT_ANNULLED] = "\"other\",\"OtherType\":\"annulled\","
		    "\"Status\":\"completed\"",
	};
	struct writing *w = ctx;
	struct buf *b = item(w);

	begin(b, "@id", 'p', w->stations++);
	buf_text(b, "," TYPE("ReportingUnit") ",\"Type\":\"precinct\"");
	worded(b, "Name", s->name);
	figure(b, "VotersRegistered", figure_of(w->tally, FIGURE_REGISTERED,
	    s->values));
	if (s->state == COUNT_COUNTED) {
		figure(b, "VotersParticipated", figure_of(w->tally,
		    FIGURE_ISSUED, s->values));
	} else {
		buf_text(b, ",\"CountStatus\":[{" TYPE("CountStatus")
		    ",\"Type\":");
		buf_text(b, status[s->state]);
		buf_text(b, "}]");
	}
	if (s->district.n > 0) {
		buf_text(b, ",\"ExternalIdentifier\":[");
		external(b, "ostrakon-district", s->district,
		    bytes_at(NULL, 0));
		buf_byte(b, ']');
	}
	buf_byte(b, '}');
	keep_votes(w, s);
	return w->out->err == ERR_NONE && !w->votes.bad;
}

static enum err
units(struct writing *w, const struct count *c)
{
	uint64_t station = 0;
	enum err err;
	unsigned i;

	(void)list(w, "GpUnit");
	for (i = 0; i < w->tally->nnodes; i++)
		node_unit(w, i, &station);
	err = count_stations(c, station_unit, w);
	out_text(w->out, "\n]");
	if (err == ERR_NONE && w->votes.bad)
		err = ERR_MEMORY;
	/* What territories consist of was told by number. */
	assert(err != ERR_NONE || w->out->err != ERR_NONE ||
	    station == w->stations);
	return err;
}

/* --- candidates ----------------------------------------------------------- */

static bool
is_candidate(const struct writing *w, unsigned i)
{
	return !w->tally->lines[w->lines[i]].against_all;
}

/* The parties, or the candidates: with their names, to be referred to. */
static void
people(struct writing *w, const char *type, const char *name, char kind)
{
	struct buf *b;
	unsigned i;

	(void)list(w, type);
	for (i = 0; i < w->n; i++) {
		if (!is_candidate(w, i))
			continue;
		b = item(w);
		begin(b, "@id", kind, i + 1);
		member(b, "@type");
		buf_text(b, "\"ElectionResults.");
		buf_text(b, type);
		buf_byte(b, '"');
		worded(b, name, w->tally->lines[w->lines[i]].key);
		buf_byte(b, '}');
	}
	out_text(w->out, "\n]");
}

/* --- the lines of protocols ----------------------------------------------- */

static void
ballots_total(struct writing *w, char kind, uint64_t unit, int64_t found,
    int64_t invalid)
{
	struct buf *b;

	if (found < 0 && invalid < 0)
		return;
	b = item(w);
	begin(b, "GpUnitId", kind, unit);
	buf_text(b, "," TYPE("BallotCounts") ",\"Type\":\"total\"");
	figure(b, "BallotsCast", found);
	figure(b, "BallotsRejected", invalid);
	buf_byte(b, '}');
}

static void
ballots_line(struct writing *w, char kind, uint64_t unit, unsigned line,
    uint64_t value)
{
	struct buf *b = item(w);

	begin(b, "GpUnitId", kind, unit);
	buf_text(b, "," TYPE("BallotCounts") ",\"Type\":\"other\"");
	text(b, "OtherType", w->tally->lines[line].key);
	number(b, "BallotsCast", value);
	buf_byte(b, '}');
}

static bool
station_ballots(void *ctx, const struct count_station *s)
{
	struct writing *w = ctx;
	const struct tally *t = w->tally;
	uint32_t unit = w->stations++;
	unsigned i;

	if (s->state != COUNT_COUNTED)
		return true;
	ballots_total(w, 'p', unit, figure_of(t, FIGURE_FOUND, s->values),
	    figure_of(t, FIGURE_INVALID, s->values));
	for (i = 0; i < t->nlines; i++)
		if (!t->lines[i].candidate && s->values[i] != FORM_EMPTY)
			ballots_line(w, 'p', unit, i, (uint64_t)s->values[i]);
	return w->out->err == ERR_NONE;
}

static enum err
ballots(struct writing *w, const struct count *c)
{
	const struct tally *t = w->tally;
	enum err err;
	unsigned i, k;

	(void)list(w, "BallotCounts");
	for (i = 0; i < t->nnodes; i++) {
		if (t->nodes[i].counted == 0)
			continue;
		ballots_total(w, 'u', i, tally_figure(t, &t->nodes[i],
		    FIGURE_FOUND), tally_figure(t, &t->nodes[i],
		    FIGURE_INVALID));
		for (k = 0; k < t->nlines; k++)
			if (!t->lines[k].candidate)
				ballots_line(w, 'u', i, k, t->nodes[i].sums[k]);
	}
	w->stations = 0;
	err = count_stations(c, station_ballots, w);
	out_text(w->out, "\n]");
	return err;
}

/* --- votes ---------------------------------------------------------------- */

static void
votes(struct writing *w, char kind, uint64_t unit, uint64_t n)
{
	struct buf *b = item(w);

	begin(b, "GpUnitId", kind, unit);
	buf_text(b, "," TYPE("VoteCounts") ",\"Type\":\"total\"");
	number(b, "Count", n);
	buf_byte(b, '}');
}

static void
selection_head(struct writing *w, unsigned i)
{
	struct bytes name = w->tally->lines[w->lines[i]].key;
	struct buf *b = item(w);

	begin(b, "@id", 's', i + 1);
	if (w->kind == KIND_ANSWERS || !is_candidate(w, i)) {
		buf_text(b, "," TYPE("BallotMeasureSelection"));
		worded(b, "Selection", name);
	} else if (w->kind == KIND_PARTIES) {
		buf_text(b, "," TYPE("PartySelection") ",\"PartyIds\":[\"y");
		buf_uint(b, i + 1);
		buf_text(b, "\"]");
	} else {
		buf_text(b, "," TYPE("CandidateSelection")
		    ",\"CandidateIds\":[\"c");
		buf_uint(b, i + 1);
		buf_text(b, "\"]");
	}
	number(b, "SequenceOrder", i + 1);
}

static void
selection(struct writing *w, unsigned i)
{
	const struct tally *t = w->tally;
	uint32_t k, v;

	selection_head(w, i);
	(void)list(w, "VoteCounts");
	for (k = 0; k < t->nnodes; k++)
		if (t->nodes[k].counted > 0)
			votes(w, 'u', k, t->nodes[k].sums[w->lines[i]]);
	for (k = 0; k < w->stations; k++) {
		memcpy(&v, &w->votes.p[((size_t)k * w->n + i) * sizeof(v)],
		    sizeof(v));
		if (v != NO_VOTES)
			votes(w, 'p', k, v);
	}
	out_text(w->out, "\n]}");
	w->more = true;
}

static void
contest(struct writing *w, struct bytes title)
{
	static const char *const heads[] = {
		[KIND_CANDIDATES] = TYPE("CandidateContest") ","
		    "\"VotesAllowed\":1,\"NumberElected\":1,"
		    "\"VoteVariation\":\"majority\"",
		[KIND_PARTIES] = TYPE("PartyContest") ","
		    "\"VoteVariation\":\"proportional\"",
		[KIND_ANSWERS] = TYPE("BallotMeasureContest") ","
		    "\"Type\":\"referendum\",\"VoteVariation\":\"majority\"",
	};
	const struct tally_node *country = &w->tally->nodes[0];
	struct buf *b = list(w, "Contest");
	unsigned i;

	buf_text(b, "\n{\"@id\":\"contest\",");
	buf_text(b, heads[w->kind]);
	text(b, "Name", title);
	buf_text(b, ",\"ElectionDistrictId\":\"u0\"");
	number(b, "SubUnitsReported", country->counted);
	number(b, "TotalSubUnits", country->stations);
	(void)list(w, "ContestSelection");
	for (i = 0; i < w->n; i++)
		selection(w, i);
	out_text(w->out, "\n]}\n]");
}

/* --- the report ----------------------------------------------------------- */

/* Which lines there are, in their order, and by which profile. */
static void
form(struct writing *w)
{
	const struct tally *t = w->tally;
	struct bytes profile = bytes_at(NULL, 0);
	unsigned i;

	for (i = 0; i < t->nfiles && profile.n == 0; i++)
		profile = t->files[i].profile;
	(void)list(w, "ExternalIdentifier");
	if (profile.n > 0)
		external(item(w), "ostrakon-profile", profile,
		    bytes_at(NULL, 0));
	for (i = 0; i < t->nlines; i++)
		if (!t->lines[i].candidate)
			external(item(w), "ostrakon-line", t->lines[i].key,
			    t->lines[i].header);
	out_text(w->out, "\n]");
}

static struct buf *
day(struct writing *w, const char *key)
{
	struct buf *b = out_buf(w->out);

	member(b, key);
	buf_byte(b, '"');
	date_show(b, w->about->voting);
	return b;
}

static void
report_head(struct writing *w)
{
	const struct tally_node *country = &w->tally->nodes[0];
	struct buf *b = out_buf(w->out);

	buf_text(b, "{" TYPE("ElectionReport")
	    ",\"Format\":\"precinct-level\"");
	b = day(w, "GeneratedDate");
	buf_text(b, "T23:59:59Z\",\"Issuer\":\"Ostrakon\","
	    "\"IssuerAbbreviation\":\"Ostrakon\",\"SequenceStart\":1,"
	    "\"SequenceEnd\":1,\"Status\":\"");
	buf_text(b, w->about->complete || country->missing +
	    country->broken == 0 ? "unofficial-complete" :
	    "unofficial-partial");
	buf_text(b, "\",\"VendorApplicationId\":\"Ostrakon "
	    OSTRAKON_VERSION "\",\"Notes\":\"A count from the protocols of "
	    "polling stations.  GeneratedDate is the end of the day of the "
	    "voting, so that equal counts give equal files.\"");
}

static void
election_head(struct writing *w, struct bytes title)
{
	struct buf *b = list(w, "Election");

	buf_text(b, "\n{" TYPE("Election") ",\"ElectionScopeId\":\"u0\"");
	worded(b, "Name", title);
	buf_text(day(w, "StartDate"), "\"");
	buf_text(day(w, "EndDate"), "\"");
	b = out_buf(w->out);
	if (w->kind == KIND_ANSWERS)
		buf_text(b, ",\"Type\":\"other\",\"OtherType\":\"referendum\"");
	else
		buf_text(b, w->about->round > 1 ? ",\"Type\":\"runoff\"" :
		    ",\"Type\":\"general\"");
	form(w);
}

enum err
nist_write(struct out *out, const struct count *c, const struct tally *t,
    const struct nist_about *about)
{
	struct writing w = { .out = out, .tally = t, .about = about };
	struct bytes title = about->title.n > 0 ? about->title :
	    bytes_of("Election");
	enum err err;
	unsigned i;

	if (about->voting == DATE_UNSET)
		return ERR_KIND;
	w.kind = bytes_is(t->vote, "parliament") ? KIND_PARTIES :
	    bytes_is(t->vote, "referendum") ? KIND_ANSWERS : KIND_CANDIDATES;
	for (i = 0; i < t->nlines; i++)
		if (t->lines[i].candidate)
			w.lines[w.n++] = i;
	w.votes = buf_with(VOTES_BYTES);
	report_head(&w);
	err = units(&w, c);
	if (err == ERR_NONE) {
		if (w.kind == KIND_PARTIES)
			people(&w, "Party", "Name", 'y');
		election_head(&w, title);
		if (w.kind == KIND_CANDIDATES)
			people(&w, "Candidate", "BallotName", 'c');
		err = ballots(&w, c);
	}
	if (err == ERR_NONE) {
		contest(&w, title);
		out_text(out, "}\n]}\n");
	}
	buf_free(&w.votes);
	return err == ERR_NONE ? out->err : err;
}
