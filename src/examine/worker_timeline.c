#include "examine/worker_timeline.h"

#include <string.h>

#include "artifact/artifact.h"
#include "base/limits.h"
#include "base/out.h"
#include "examine/talk.h"
#include "examine/worker.h"
#include "record/timeline.h"

#define MEMORY		(64 * MIB)

static void
line_of(const struct spool_event *e, struct timeline_event *line,
    char what[256])
{
	memcpy(what, e->what.p, e->what.n);	/* its length was one byte */
	what[e->what.n] = '\0';
	line->time = e->time;
	line->desc = what;
	line->artifact = artifact_at(e->artifact)->name;
	line->row = e->row;
	line->message = e->message;
}

/* One line, at the time of the first event. */
static void
say_csv_only(struct out *json, const struct timeline_event *first,
    uint64_t count)
{
	struct timeline_event line = *first;
	struct buf text = buf_with(256);

	buf_uint(&text, count);
	buf_text(&text, " events: all of them stand in timeline.csv alone");
	line.desc = "timeline too long for this file";
	line.artifact = "";
	line.row = 0;
	line.message = buf_bytes(&text);
	timeline_json(out_buf(json), &line);
	buf_free(&text);
}

void
worker_timeline_lines(struct spool_merge *merge, struct out *json,
    struct out *csv)
{
	uint64_t count = spool_merge_count(merge);
	bool both = count <= WORKER_TIMELINE_JSON, first = true;
	struct timeline_event line;
	struct spool_event e;
	char what[256];

	timeline_csv_head(out_buf(csv));
	while (spool_merge_next(merge, &e)) {
		line_of(&e, &line, what);
		if (both)
			timeline_json(out_buf(json), &line);
		else if (first)
			say_csv_only(json, &line, count);
		first = false;
		timeline_csv(out_buf(csv), &line);
	}
}

/* The runs of each artifact that args name. */
static int
open_runs(struct talk *t, struct cur *args, struct spool_merge *merge,
    struct arena *arena)
{
	uint32_t i, artifact, n = (uint32_t)cur_le(args, 4);
	struct input *in;
	const char *why;

	if (n > TALK_INPUTS)
		return WORKER_NO_MEMORY;
	for (i = 0; i < n; i++) {
		artifact = (uint32_t)cur_le(args, 4);
		in = arena_alloc(arena, 1, sizeof(*in));
		if (in == NULL || artifact >= artifact_count() ||
		    !talk_open(t, i, in, &why))
			return WORKER_NO_MEMORY;
		spool_merge_add(merge, artifact, in);
	}
	return WORKER_DONE;
}

int
worker_timeline(const struct worker *worker)
{
	struct arena arena = arena_with(MEMORY);
	struct talk t = { 0 };
	struct cur args = cur_over(worker->args);
	struct spool_merge *merge;
	struct out json, csv;
	int status;

	talk_start(&t, worker);
	if (worker->nfds < 2 || spool_merge_new(&merge, &arena) != ERR_NONE)
		return WORKER_NO_MEMORY;
	status = open_runs(&t, &args, merge, &arena);
	if (status != WORKER_DONE)
		return status;
	json = out_file(worker->fds[0]);
	csv = out_file(worker->fds[1]);
	worker_timeline_lines(merge, &json, &csv);
	if (!spool_merge_whole(merge))
		talk_note(&t, bytes_of("damaged"));
	if (out_end(&json) != ERR_NONE || out_end(&csv) != ERR_NONE)
		return WORKER_NO_OUTPUT;
	arena_free(&arena);
	talk_done(&t, NULL);
	return WORKER_DONE;
}
