/*
 * count.json: a count for machines.  docs/count.schema.json describes it.
 *
 * The path of a file does not stand in it, only its last part.
 */
#include "report/election.h"

#include "report/election_anomaly.h"
#include "report/election_outcome.h"
#include "report/election_say.h"
#include "report/emit.h"

__extension__ typedef unsigned __int128 wide;

/* A figure, or null if the form does not have it. */
static void
figure(struct emit *e, const char *key, int64_t v)
{
	if (v < 0)
		emit_null(e, key);
	else
		emit_int(e, key, v);
}

/* Percent to six places, rounded: 67.544850. */
static void
percent(struct emit *e, const char *key, int64_t part, int64_t whole)
{
	wide millionths;

	if (part < 0 || whole <= 0) {
		emit_null(e, key);
		return;
	}
	millionths = ((wide)(uint64_t)part * 100000000 + (uint64_t)whole / 2) /
	    (uint64_t)whole;
	buf_printf(emit_raw(e, key), "%llu.%06llu",
	    (unsigned long long)(millionths / 1000000),
	    (unsigned long long)(millionths % 1000000));
}

/* A member by a name out of the results. */
static void
votes(struct emit *e, struct bytes name, uint64_t v)
{
	struct buf *to = emit_raw(e, NULL);

	buf_byte(to, '"');
	text_escape(to, name, TEXT_JSON);
	buf_text(to, "\": ");
	buf_uint(to, v);
}

static void
candidates(struct emit *e, const struct tally *t, const struct tally_node *n)
{
	struct bytes against = { NULL, 0 };
	unsigned i;

	emit_object(e, "candidates");
	for (i = 0; i < t->nlines; i++) {
		if (!t->lines[i].candidate)
			continue;
		votes(e, t->lines[i].key, n->sums[i]);
		if (t->lines[i].against_all)
			against = t->lines[i].key;
	}
	emit_object_end(e);
	emit_text_or_null(e, "against_all", against);
}

static void
totals(struct emit *e, const struct tally *t, const struct tally_node *n)
{
	struct election_figures f = election_say_figures(t, n);

	emit_object(e, "totals");
	figure(e, "registered", f.registered);
	figure(e, "issued", f.issued);
	figure(e, "found", f.found);
	figure(e, "valid", f.valid);
	figure(e, "invalid", f.invalid);
	figure(e, "blank", f.blank);
	percent(e, "turnout", f.took_part, f.registered);
	if (f.took_part < 0 || f.registered <= 0)
		emit_null(e, "turnout_of");
	else
		emit_string(e, "turnout_of", f.by_found ? "found" : "issued");
	candidates(e, t, n);
	emit_object_end(e);
}

static void
stations(struct emit *e, const struct tally *t, const struct tally_node *n)
{
	emit_object(e, "stations");
	emit_uint(e, "stations", n->stations);
	emit_uint(e, "counted", n->counted);
	emit_uint(e, "missing", n->missing);
	emit_uint(e, "broken", n->broken);
	emit_uint(e, "annulled", n->annulled);
	figure(e, "missing_registered", n->missing_registered);
	if (n->level == TALLY_COUNTRY) {
		emit_bool(e, "listed", t->stations_listed);
		figure(e, "unlisted", t->stations_listed ?
		    (int64_t)t->unlisted : -1);
	}
	emit_object_end(e);
}

static void
lines(struct emit *e, const struct tally *t, const struct tally_node *n)
{
	unsigned i;

	emit_object(e, "lines");
	for (i = 0; i < t->nlines; i++)
		if (!t->lines[i].candidate)
			votes(e, t->lines[i].key, n->sums[i]);
	emit_object_end(e);
}

/* --- controls and stations by name ---------------------------------------- */

static void
controls(struct emit *e, const struct tally *t)
{
	const struct tally_control *c;
	unsigned i;

	emit_array(e, "controls");
	for (i = 0; i < t->ncontrols; i++) {
		c = &t->controls[i];
		emit_object(e, NULL);
		emit_text(e, "id", c->id);
		emit_text(e, "relation", c->text);
		emit_text_or_null(e, "law", c->law);
		emit_string(e, "kind", c->hard ? "hard" : "mild");
		emit_bool(e, "checked", c->checked);
		emit_uint(e, "stations", c->stations);
		emit_uint(e, "violations", c->violations);
		emit_int(e, "largest", c->largest);
		emit_object_end(e);
	}
	emit_array_end(e);
}

static void
station(struct emit *e, const char *key, const struct tally *t,
    const struct tally_station *s)
{
	const struct tally_node *n = &t->nodes[s->node];
	bool deep = n->level == TALLY_TERRITORY;

	emit_object(e, key);
	emit_text_or_null(e, "region", deep ? t->nodes[n->parent].name :
	    n->name);
	emit_text_or_null(e, "territory", deep ? n->name : bytes_of(""));
	emit_text_or_null(e, "district", s->district);
	emit_text_or_null(e, "station", s->name);
	emit_text_or_null(e, "file", election_say_file(t, s->file));
	emit_uint(e, "line", s->line);
	emit_object_end(e);
}

static void
failures(struct emit *e, const struct tally *t)
{
	const struct tally_failure *f;
	const struct tally_control *c;
	unsigned i;

	emit_array(e, "failures");
	for (i = 0; i < t->nfailures; i++) {
		f = &t->failures[i];
		c = &t->controls[f->control];
		emit_object(e, NULL);
		station(e, "station", t, &f->station);
		emit_text(e, "control", c->id);
		emit_string(e, "kind", c->hard ? "hard" : "mild");
		emit_bool(e, "counted", f->counted);
		emit_text(e, "explained", f->explained);
		emit_object_end(e);
	}
	emit_array_end(e);
	emit_uint(e, "failures_in_all", t->failures_in_all);
}

static void
versions(struct emit *e, const struct tally *t)
{
	const struct tally_version *v;
	unsigned i;

	emit_array(e, "versions");
	for (i = 0; i < t->nversions; i++) {
		v = &t->versions[i];
		emit_object(e, NULL);
		station(e, "station", t, &v->station);
		emit_text_or_null(e, "version", v->version);
		station(e, "by", t, &v->by);
		emit_text_or_null(e, "by_version", v->by_version);
		emit_text_or_null(e, "reason", v->reason);
		emit_object_end(e);
	}
	emit_array_end(e);
	emit_uint(e, "versions_in_all", t->versions_in_all);
}

static void
annulled(struct emit *e, const struct tally *t)
{
	const struct tally_annulled *a;
	unsigned i;

	emit_array(e, "annulled");
	for (i = 0; i < t->nannulled; i++) {
		a = &t->annulled[i];
		emit_object(e, NULL);
		station(e, "station", t, &a->station);
		emit_text_or_null(e, "reason", a->reason);
		emit_uint(e, "registered", a->registered);
		emit_uint(e, "found", a->found);
		emit_object_end(e);
	}
	emit_array_end(e);
	/* Their names are whole: no station of the results is meant. */
	emit_array(e, "annul_unmet");
	for (i = 0; i < t->nannul_unmet; i++) {
		emit_object(e, NULL);
		emit_text(e, "name", t->annul_unmet[i].name);
		emit_text_or_null(e, "district", t->annul_unmet[i].district);
		emit_uint(e, "line", t->annul_unmet[i].line);
		emit_object_end(e);
	}
	emit_array_end(e);
}

/* --- the whole ------------------------------------------------------------ */

static void
files(struct emit *e, const struct tally *t)
{
	const struct tally_file *f;
	unsigned i;

	emit_array(e, "files");
	for (i = 0; i < t->nfiles; i++) {
		f = &t->files[i];
		emit_object(e, NULL);
		emit_text(e, "name", election_say_file(t, i));
		emit_text_or_null(e, "profile", f->profile);
		emit_text_or_null(e, "format", f->format);
		emit_uint(e, "protocols", f->protocols);
		emit_object_end(e);
	}
	emit_array_end(e);
}

static void
regions(struct emit *e, const struct tally *t)
{
	const struct tally_node *n;
	unsigned i;

	emit_array(e, "regions");
	for (i = 0; i < t->nnodes; i++) {
		n = &t->nodes[i];
		if (n->level != TALLY_REGION)
			continue;
		emit_object(e, NULL);
		emit_text(e, "name", n->name);
		totals(e, t, n);
		stations(e, t, n);
		lines(e, t, n);
		emit_object_end(e);
	}
	emit_array_end(e);
}

static void
head(struct emit *e, const struct election_view *v)
{
	const struct outcome_question *q = v->question;

	emit_object(e, "tool");
	emit_string(e, "name", "ostrakon");
	emit_string(e, "version", OSTRAKON_VERSION);
	emit_object_end(e);
	emit_text_or_null(e, "title", bytes_of(v->title));
	emit_text_or_null(e, "vote", v->tally->vote);
	if (q != NULL && q->round > 0)
		emit_uint(e, "round", q->round);
	else
		emit_null(e, "round");
	emit_bool(e, "final", q != NULL && q->standing.closed);
	emit_bool(e, "accept_broken", v->accept_broken);
}

static void
none(struct emit *e, struct bytes why)
{
	emit_object(e, "outcome");
	emit_string(e, "kind", outcome_kind_name(OUTCOME_NOT_APPLICABLE));
	emit_text(e, "why", why);
	emit_object_end(e);
}

static void
decision(struct emit *e, const struct election_view *v)
{
	const struct outcome *o = v->outcome;

	if (o == NULL || v->question == NULL)
		none(e, bytes_of(v->why_none != NULL ? v->why_none :
		    "nothing was asked"));
	else if (o->kind == OUTCOME_NOT_APPLICABLE)
		none(e, o->nreasons > 0 ? o->reasons[0] :
		    bytes_of("there is no law to decide by"));
	else
		election_outcome_json(e, o, v->question);
}

void
election_json(struct out *out, const struct election_view *v)
{
	const struct tally *t = v->tally;
	struct emit e = { .out = out };

	emit_object(&e, NULL);
	head(&e, v);
	totals(&e, t, &t->nodes[0]);
	lines(&e, t, &t->nodes[0]);
	stations(&e, t, &t->nodes[0]);
	controls(&e, t);
	decision(&e, v);
	failures(&e, t);
	versions(&e, t);
	annulled(&e, t);
	files(&e, t);
	regions(&e, t);
	if (t->anomaly != NULL)
		election_anomaly_member(&e, t->anomaly);
	else
		emit_null(&e, "anomaly");
	emit_object_end(&e);
	out_text(out, "\n");
}
