/*
 * One artifact over its files.
 */
#include "artifact/run_inside.h"

#include <assert.h>

#include "base/limits.h"
#include "base/quote.h"

/* What a record's line may hold; more than any record of a phone needs. */
#define LINE_MAX_BYTES	(24 * MIB)
/* The message of a timeline event: enough to know the record again, which
   stands whole in its own file. */
#define MESSAGE_MAX	72
#define EVENTS_MAX	16u	/* times of a record that are events */
/* What happened at one time; more of it is left out. */
#define WHAT_MAX	250

static void
gap_told(void *ctx, const struct gap *gap)
{
	struct run *run = ctx;
	const struct sink *sink = run->engine->sink;

	run->file_gaps++;
	run->counts.gaps++;
	if (run->counts.gaps > LIMIT_GAPS || sink->gap == NULL)
		return;
	sink->gap(sink->ctx, run->member == NULL ? MEMBER_NONE :
	    run->member->id, gap);
}

void
run_gap(struct run *run, uint64_t offset, const char *why)
{
	gap_add(&run->gaps, offset, why);
}

const struct gap_sink *
run_gaps(struct run *run)
{
	return &run->gaps;
}

struct arena *
run_scratch(struct run *run)
{
	return &run->scratch;
}

struct arena *
run_keep(struct run *run)
{
	return &run->keep;
}

void **
run_state(struct run *run)
{
	return &run->state;
}

const struct field *
run_fields(const struct run *run)
{
	return run->artifact->fields;
}

unsigned
run_nfields(const struct run *run)
{
	return run->artifact->nfields;
}

const struct artifact *
run_artifact(const struct run *run)
{
	return run->artifact;
}

void
run_row(struct run *run, int64_t row)
{
	run->row = row;
}

void
run_device(struct run *run, const char *key, struct bytes value)
{
	if (run->engine->sink->device != NULL && value.n > 0)
		run->engine->sink->device(run->engine->sink->ctx, key, value);
}

bool
run_locating(const struct run *run)
{
	return run->engine->locate;
}

void
run_found(struct run *run, const struct member *member)
{
	if (run->engine->sink->found != NULL)
		run->engine->sink->found(run->engine->sink->ctx, member);
}

void
run_match_one(struct run *run, unsigned i, const struct val *v)
{
	enum kind kind = run->artifact->fields[i].kind;
	uint32_t k;

	if (v->type == VAL_TEXT) {
		match_value(run->match, i, kind, v->bytes);
	} else if (v->type == VAL_LIST) {
		for (k = 0; k < v->n; k++)
			run_match_one(run, i, &v->items[k]);
	} else if (v->type == VAL_BLOB && kind != KIND_BLOB) {
		/* Text was expected: look through the bytes all the same. */
		match_value(run->match, i, KIND_TEXT, v->bytes);
	}
}

static void
match_record(struct run *run, const struct val *v)
{
	const struct match_hit *hits;
	const short *i;
	unsigned n;

	match_begin(run->match);
	if (run_view_match(run, v)) {
		if (!match_met(run->match))
			return;
		/* Few come this far; the order of hits is that of fields. */
		run_view_late(run, v);
		match_begin(run->match);
	}
	for (i = run->matched; *i != RUN_END; i++)
		if (v[*i].type >= VAL_TEXT)
			run_match_one(run, (unsigned)*i, &v[*i]);
	n = match_end(run->match, &hits);
	if (n > 0)
		run_hits(run, hits, n);
	if (match_shortened(run->match))
		run_finding(run, RULE_SHORTENED);
}

/* Where records come from several files, each line names its file, but for
   those of the first file: there only the first line does. */
static bool
is_named(const struct run *run)
{
	const struct engine *e = run->engine;
	unsigned i = 0;

	if (!run->several || run->member == NULL)
		return false;
	while (i < e->nmembers && e->members[i].also)
		i++;
	return run->counts.records == 1 || run->member != &e->members[i];
}

/* ,"member":"HomeDomain/Library/..." of the file in hand. */
static struct bytes
member_json(struct run *run)
{
	const struct member *m = run->member;
	struct buf name = buf_with(64 * KIB), b = buf_with(512 * KIB);

	if (m == run->named)
		return run->name;
	run->named = m;
	if (m->domain.n > 0) {
		buf_add(&name, m->domain);
		buf_byte(&name, '/');
	}
	buf_add(&name, m->path);
	buf_text(&b, ",\"member\":");
	quote_json(&b, buf_bytes(&name));
	run->name = arena_copy(&run->keep, buf_bytes(&b));
	buf_free(&name);
	buf_free(&b);
	return run->name;
}

static void
write_line(struct run *run, const struct val *v)
{
	struct buf *b = &run->line;

	buf_reset(b);
	buf_text(b, "{\"row\":");
	buf_int(b, run->row);
	if (run->brief != NULL) {
		if (is_named(run))
			buf_add(b, member_json(run));
		buf_text(b, ",\"record\":");
		line_add(run->brief, b, v);
	} else {
		if (run->several && run->member != NULL) {
			buf_text(b, ",\"member\":");
			buf_uint(b, run->member->id);
		}
		buf_text(b, ",\"record\":");
		field_json(b, run->artifact->fields, run->artifact->nfields,
		    v, 0);
	}
	buf_text(b, "}\n");
	if (b->bad)
		run_gap(run, GAP_NO_OFFSET,
		    "a record is too large to be written out");
	else
		run->engine->sink->line(run->engine->sink->ctx, buf_bytes(b));
}

/* The fields that the timeline tells; more than there is room for are told by
   no artifact. */
static void
find_events(struct run *run)
{
	const struct field *fields = run->artifact->fields;
	unsigned i;

	for (i = 0; i < run->artifact->nfields; i++) {
		if (fields[i].event == NULL)
			continue;
		assert(run->nevents < EVENTS_MAX);
		run->events[run->nevents++] = (uint16_t)i;
	}
}

/* What happened to the record at one time is one event, for most files were
   made and changed at once; false if it was told with an earlier field. */
static bool
join_events(const struct run *run, const struct val *v, unsigned first,
    struct buf *what)
{
	int64_t time = v[run->events[first]].i;
	unsigned i, f;

	for (i = 0; i < run->nevents; i++) {
		f = run->events[i];
		if (v[f].type != VAL_TIME || v[f].i != time)
			continue;
		if (i < first)
			return false;
		if (i > first)
			buf_add(what, bytes_at("; ", 2));
		buf_text(what, run->artifact->fields[f].event);
	}
	return true;
}

static void
write_events(struct run *run, const struct val *v)
{
	uint8_t room[WHAT_MAX + 1];
	struct buf what = { room, 0, WHAT_MAX, WHAT_MAX, false };
	unsigned i, f;

	buf_reset(&run->text);
	for (i = 0; i < run->nevents; i++) {
		f = run->events[i];
		buf_reset(&what);
		if (v[f].type != VAL_TIME || !join_events(run, v, i, &what))
			continue;
		if (run->text.n == 0)
			field_summary(&run->text, run->artifact->fields,
			    run->artifact->nfields, v, MESSAGE_MAX);
		room[what.n] = '\0';
		run->engine->sink->event(run->engine->sink->ctx, v[f].i,
		    run->row, (const char *)room, buf_bytes(&run->text));
	}
}

void
run_record(struct run *run, const struct val *v)
{
	const struct sink *sink = run->engine->sink;

	run->record = v;
	run->counts.records++;
	run->file_records++;
	run_view_ready(run, v);
	if (run->match != NULL)
		match_record(run, v);
	if (run->artifact->judge != NULL)
		run->artifact->judge(run, v);
	if (sink->line != NULL)
		write_line(run, v);
	if (sink->event != NULL)
		write_events(run, v);
	if (sink->progress != NULL && run->counts.records % 4096 == 0)
		sink->progress(sink->ctx, run->counts.records);
	run->record = NULL;
	run_scratch_done(run);
}

void
run_whole(struct run *run)
{
	run_view_late(run, run->record);
}

void
run_scratch_done(struct run *run)
{
	if (run->scratch.bad)
		run_gap(run, GAP_NO_OFFSET,
		    "a record was too large to be read whole");
	arena_reset(&run->scratch);
}

static void
run_file(struct run *run, const struct member *member)
{
	static const struct view plain;
	struct view view = plain;

	run->member = member;
	run->row = 0;
	run->file_gaps = 0;
	run->file_records = 0;
	if (run->artifact->read != NULL) {
		run->artifact->read(run, member);
	} else if (run_sqlite(run, member) != NULL) {
		view.table = run->artifact->table;
		view.refs = run->artifact->refs;
		(void)run_view(run, run->db, &view);
	}
	run_view_close(run);
	sqlite_close(run->db);
	run->db = NULL;
	if (run->engine->sink->closed != NULL)
		run->engine->sink->closed(run->engine->sink->ctx);
	run_scratch_done(run);
	if (run->file.bad)
		run_gap(run, GAP_NO_OFFSET,
		    "the file needs more memory than it may have");
	/* The next file begins anew, whatever this one asked for. */
	arena_free(&run->file);
	run->file = arena_with(run->file.limit);
	if (run->file_gaps == 0 || run->file_records > 0)
		run->counts.members++;
}

/* The fields that are matched at all. */
static enum err
find_matched(struct run *run)
{
	unsigned i, n = 0;
	short *list = arena_alloc(&run->keep,
	    (size_t)run->artifact->nfields + 1, sizeof(*list));

	if (list == NULL)
		return ERR_MEMORY;
	for (i = 0; i < run->artifact->nfields; i++)
		if (sense_of(&run->artifact->fields[i]) != SENSE_NOT_MATCHED)
			list[n++] = (short)i;
	list[n] = RUN_END;
	run->matched = list;
	return ERR_NONE;
}

static enum err
run_start(struct run *run, const struct engine *engine)
{
	size_t each = engine->memory / 4;

	run->engine = engine;
	run->artifact = artifact_at(engine->artifact);
	run->keep = arena_with(each);
	run->file = arena_with(each * 2);
	run->scratch = arena_with(each);
	run->gaps = (struct gap_sink){ gap_told, run };
	run->line = buf_with(LINE_MAX_BYTES);
	run->text = buf_with(KIB);
	run->told = engine->sink->line != NULL || engine->sink->event != NULL;
	find_events(run);
	if (find_matched(run) != ERR_NONE || (engine->brief &&
	    line_new(&run->brief, &run->keep, run->artifact->fields,
	    run->artifact->nfields) != ERR_NONE))
		return ERR_MEMORY;
	return engine->index == NULL ? ERR_NONE :
	    match_new(&run->match, &run->keep, engine->index);
}

enum err
engine_run(const struct engine *engine, struct engine_counts *counts)
{
	struct run run = { 0 };
	enum err err = run_start(&run, engine);
	unsigned i, own = 0;

	for (i = 0; i < engine->nmembers; i++)
		own += !engine->members[i].also;
	run.several = own > 1;
	for (i = 0; err == ERR_NONE && i < engine->nmembers; i++)
		if (!engine->members[i].also)
			run_file(&run, &engine->members[i]);
	run.member = NULL;
	if (err == ERR_NONE && run.artifact->end != NULL)
		run.artifact->end(&run);
	if (err == ERR_NONE && run.match != NULL &&
	    match_fault(run.match) != NULL)
		run_gap(&run, GAP_NO_OFFSET, match_fault(run.match));
	run_findings_end(&run);
	if (run.counts.gaps > LIMIT_GAPS && engine->sink->gap != NULL)
		engine->sink->gap(engine->sink->ctx, MEMBER_NONE,
		    &(struct gap){ GAP_NO_OFFSET,
		    "more gaps than are listed" });
	if (run.bad || run.keep.bad)
		err = ERR_MEMORY;
	buf_free(&run.line);
	buf_free(&run.text);
	arena_free(&run.scratch);
	arena_free(&run.file);
	arena_free(&run.keep);
	*counts = run.counts;
	return err;
}
