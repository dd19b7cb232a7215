/*
 * case.json: one case for machines.  docs/case.schema.json describes it.
 *
 * Nothing of this machine, of this hour or of where the evidence lay stands
 * in it, so that the same evidence and the same indicators give the same bytes.
 */
#include "base/limits.h"
#include "base/time.h"
#include "format/json.h"
#include "record/gap.h"
#include "report/emit.h"
#include "report/report.h"
#include "report/say.h"

/* As record/field.c: lists of lists are made by no artifact. */
#define LIST_DEPTH	4

static void
evidence(struct emit *e, const struct result *r)
{
	emit_object(e, "evidence");
	emit_text(e, "path", say_last(r->path));
	emit_string(e, "kind", r->kind);
	emit_bool(e, "encrypted", r->encrypted);
	emit_text_or_null(e, "sha256", bytes_of(r->sha256));
	emit_uint(e, "members_listed", r->members_listed);
	emit_uint(e, "members_read", r->members_read);
	emit_uint(e, "bytes_read", r->bytes_read);
	emit_time(e, "time", r->evidence_time);
	emit_object_end(e);
}

static void
device(struct emit *e, const struct result *r)
{
	unsigned i;

	emit_object(e, "device");
	for (i = 0; i < r->ndevice; i++)
		emit_text(e, r->device[i].key, r->device[i].value);
	emit_object_end(e);
}

static void
verdict(struct emit *e, const struct result *r, enum lang lang)
{
	struct buf why = buf_with(MIB);

	say_why(&why, r, lang);
	emit_object(e, "verdict");
	emit_string(e, "verdict", verdict_name(r->verdict));
	emit_text(e, "why", buf_bytes(&why));
	emit_object_end(e);
	buf_free(&why);
}

/* What a worker calls JSON is only that if it reads as JSON; else the whole
   file would be spoilt. */
static struct val
checked(const struct val *v)
{
	if (v->type == VAL_JSON && !json_valid(v->bytes))
		return val_text(v->bytes);
	return *v;
}

static void
value(struct emit *e, const char *key, enum kind kind, const struct val *v,
    unsigned depth)
{
	struct val safe = checked(v);
	uint32_t i;

	if (v->type != VAL_LIST) {
		field_value_json(emit_raw(e, key), kind, &safe,
		    LIMIT_FINDING_TEXT);
		return;
	}
	emit_array(e, key);
	for (i = 0; i < v->n && depth < LIST_DEPTH; i++)
		value(e, NULL, kind, &v->items[i], depth + 1);
	emit_array_end(e);
}

static void
record(struct emit *e, const struct result_finding *f)
{
	unsigned i;

	emit_object(e, "record");
	emit_text(e, "member", f->member);
	emit_int(e, "row", f->finding.row);
	emit_object(e, "fields");
	for (i = 0; i < f->finding.nfields; i++)
		if (val_set(&f->finding.record[i]))
			value(e, f->fields[i].name, f->fields[i].kind,
			    &f->finding.record[i], 0);
	emit_object_end(e);
	emit_object_end(e);
}

static void
indicator(struct emit *e, const char *key, const struct result_indicator *i)
{
	emit_object(e, key);
	emit_text(e, "id", i->id);
	emit_text(e, "value", i->value);
	emit_text(e, "kind", i->kind);
	emit_text(e, "set", i->sets);
	emit_text_or_null(e, "reference", i->reference);
	emit_bool(e, "expired", i->expired);
	emit_object_end(e);
}

static void
finding(struct emit *e, const struct result_finding *f, enum lang lang)
{
	const struct texts_rule *texts = texts_rule(lang, f->finding.rule);
	unsigned i;

	emit_object(e, NULL);
	emit_string(e, "level", level_name(f->level));
	emit_string(e, "strength", strength_name(f->strength));
	emit_string(e, "artifact", f->artifact);
	emit_string(e, "rule", rule_info(f->finding.rule)->id);
	emit_string(e, "title", texts->title);
	emit_time(e, "time", f->finding.time);
	emit_time(e, "last", f->finding.last);
	emit_uint(e, "count", f->finding.count);
	record(e, f);
	if (f->nindicators > 0)
		indicator(e, "indicator", &f->indicators[0]);
	else
		emit_null(e, "indicator");
	if (f->nindicators > 1) {
		emit_array(e, "indicators");
		for (i = 0; i < f->nindicators; i++)
			indicator(e, NULL, &f->indicators[i]);
		emit_array_end(e);
	}
	emit_text_or_null(e, "matched", f->finding.matched);
	emit_string(e, "why", texts->why);
	emit_string(e, "harmless", texts->harmless);
	emit_string(e, "next", texts->next);
	emit_object_end(e);
}

static void
gap(struct emit *e, const struct result_gap *g)
{
	emit_object(e, NULL);
	if (g->artifact != NULL)
		emit_string(e, "artifact", g->artifact);
	else
		emit_null(e, "artifact");
	emit_text_or_null(e, "member", g->member);
	if (g->offset != GAP_NO_OFFSET)
		emit_uint(e, "offset", g->offset);
	else
		emit_null(e, "offset");
	emit_text(e, "why", g->why);
	emit_uint(e, "count", g->count);
	emit_object_end(e);
}

static void
covered(struct emit *e, const struct result_coverage *c)
{
	emit_object(e, NULL);
	emit_string(e, "artifact", c->artifact);
	emit_string(e, "about", c->about);
	emit_string(e, "state", coverage_name(c->state));
	emit_uint(e, "records", c->records);
	emit_uint(e, "members", c->members);
	emit_uint(e, "gaps", c->gaps);
	emit_object_end(e);
}

static void
note(struct emit *e, const struct result_note *n)
{
	emit_object(e, NULL);
	emit_string(e, "kind", n->kind);
	emit_text(e, "file", say_last(n->file));
	emit_text_or_null(e, "object", n->object);
	if (n->offset != UINT64_MAX)
		emit_uint(e, "offset", n->offset);
	else
		emit_null(e, "offset");
	emit_text(e, "why", n->why);
	emit_object_end(e);
}

static void
sets_and_notes(struct emit *e, const struct result *r)
{
	unsigned i;

	emit_array(e, "sets");
	for (i = 0; i < r->nsets; i++) {
		emit_object(e, NULL);
		emit_text(e, "name", r->sets[i].name);
		emit_text(e, "file", say_last(r->sets[i].file));
		emit_uint(e, "count", r->sets[i].count);
		emit_object_end(e);
	}
	emit_array_end(e);
	emit_array(e, "notes");
	for (i = 0; i < r->nnotes; i++)
		note(e, &r->notes[i]);
	emit_array_end(e);
}

static void
indicators(struct emit *e, const struct result *r)
{
	unsigned i;

	emit_object(e, "indicators");
	emit_uint(e, "loaded", r->loaded);
	emit_uint(e, "testable", r->testable);
	emit_text_or_null(e, "sha256", bytes_of(r->index_sha256));
	emit_object(e, "by_kind");
	for (i = 0; i < r->ncounts; i++)
		emit_uint(e, r->counts[i].name, r->counts[i].loaded);
	emit_object_end(e);
	emit_object(e, "testable_by_kind");
	for (i = 0; i < r->ncounts; i++)
		emit_uint(e, r->counts[i].name, r->counts[i].testable);
	emit_object_end(e);
	sets_and_notes(e, r);
	emit_object_end(e);
}

static void
lists(struct emit *e, const struct result *r, enum lang lang)
{
	unsigned i;

	emit_array(e, "findings");
	for (i = 0; i < r->nfindings; i++)
		finding(e, &r->findings[i], lang);
	emit_array_end(e);
	emit_array(e, "gaps");
	for (i = 0; i < r->ngaps; i++)
		gap(e, &r->gaps[i]);
	emit_array_end(e);
	emit_array(e, "coverage");
	for (i = 0; i < r->ncoverage; i++)
		covered(e, &r->coverage[i]);
	emit_array_end(e);
}

void
report_json(struct out *out, const struct result *r,
    const struct report_options *o)
{
	struct emit e = { .out = out };

	emit_object(&e, NULL);
	emit_object(&e, "tool");
	emit_string(&e, "name", "ostrakon");
	emit_string(&e, "version", OSTRAKON_VERSION);
	emit_object_end(&e);
	evidence(&e, r);
	device(&e, r);
	verdict(&e, r, o->lang);
	lists(&e, r, o->lang);
	indicators(&e, r);
	emit_string(&e, "sandbox", r->sandbox);
	emit_text_or_null(&e, "sandbox_detail", r->sandbox_detail);
	emit_object_end(&e);
	out_text(out, "\n");
}

void
report_json_begin(struct out *out)
{
	out_text(out, "{\"cases\": [\n");
}

void
report_json_between(struct out *out)
{
	out_text(out, ",\n");
}

void
report_json_end(struct out *out)
{
	out_text(out, "]}\n");
}
