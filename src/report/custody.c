/*
 * custody.json: when, where, by whom and how a check was made, and what it
 * wrote.  All that changes from one check of the same evidence to the next
 * stands here, so that it need not stand in case.json.
 */
#include "report/emit.h"
#include "report/report.h"

static void
evidence(struct emit *e, const struct result *r)
{
	emit_object(e, "evidence");
	emit_text(e, "path", r->path);
	emit_string(e, "kind", r->kind);
	emit_bool(e, "encrypted", r->encrypted);
	emit_text_or_null(e, "sha256", bytes_of(r->sha256));
	emit_time(e, "time", r->evidence_time);
	emit_object_end(e);
}

static void
made_by(struct emit *e, const struct report_options *o,
    const struct report_custody_info *info)
{
	unsigned i;

	emit_text_or_null(e, "examiner", bytes_of(o->examiner));
	emit_text_or_null(e, "note", bytes_of(o->note));
	emit_array(e, "command");
	for (i = 0; i < info->argc; i++)
		emit_string(e, NULL, info->argv[i]);
	emit_array_end(e);
	emit_time(e, "started", info->started);
	emit_time(e, "ended", info->ended);
	emit_object(e, "host");
	emit_text_or_null(e, "kernel", bytes_of(info->kernel));
	emit_object_end(e);
}

static void
outputs(struct emit *e, const struct report_custody_info *info)
{
	const struct report_output *o;
	unsigned i;

	emit_array(e, "outputs");
	for (i = 0; i < info->noutputs; i++) {
		o = &info->outputs[i];
		emit_object(e, NULL);
		emit_string(e, "file", o->file);
		emit_uint(e, "size", o->size);
		emit_string(e, "sha256", o->sha256);
		emit_object_end(e);
	}
	emit_array_end(e);
}

void
report_custody(struct out *out, const struct result *r,
    const struct report_options *o, const struct report_custody_info *info)
{
	struct emit e = { .out = out };

	emit_object(&e, NULL);
	emit_object(&e, "tool");
	emit_string(&e, "name", "ostrakon");
	emit_string(&e, "version", OSTRAKON_VERSION);
	emit_object_end(&e);
	evidence(&e, r);
	emit_string(&e, "verdict", verdict_name(r->verdict));
	made_by(&e, o, info);
	emit_string(&e, "sandbox", r->sandbox);
	emit_text_or_null(&e, "sandbox_detail", bytes_of(info->sandbox));
	emit_object(&e, "indicators");
	emit_uint(&e, "loaded", r->loaded);
	emit_text_or_null(&e, "sha256", bytes_of(r->index_sha256));
	emit_object_end(&e);
	outputs(&e, info);
	emit_object_end(&e);
	out_text(out, "\n");
}
