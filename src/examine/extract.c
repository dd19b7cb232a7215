/*
 * The parent's side: who is asked for what.  First one worker tells which files
 * there are, and the plan gives them names; then several take them out, each
 * every n-th file.  What became of a file depends on the plan alone, so the
 * list is the same with one worker or four.
 */
#include "examine/extract.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/text.h"
#include "examine/evidence.h"
#include "examine/examine_inside.h"
#include "examine/extract_folder.h"
#include "examine/extract_file.h"
#include "examine/extract_wire.h"
#include "examine/unlock.h"
#include "jail/beneath.h"
#include "jail/digest.h"

/* A disk may be slow, a phone large; who does not want to wait breaks off. */
#define SECONDS		(7 * 86400)
/* Workers that crash on a file, before all is given up. */
#define CRASHES_MAX	100
#define GAP_LINES	(64 * KIB)

const char *
extract_text(enum extract_end end)
{
	switch (end) {
	case EXTRACT_DONE:
	case EXTRACT_EVIDENCE:
		break;
	case EXTRACT_NOTHING:
		return "no file of the backup is named by --only";
	case EXTRACT_MANY:
		return "the manifest names more files than can be taken out";
	case EXTRACT_INSIDE:
		return "the output folder lies inside the evidence";
	case EXTRACT_ABOVE:
		return "the folder above the output folder does not exist";
	case EXTRACT_FOREIGN:
		return "the output folder must be new, empty, or one that this "
		    "command began to fill; it holds something else";
	case EXTRACT_OTHER:
		return "the output folder holds files of another backup, or of "
		    "this one before it changed";
	case EXTRACT_OPTIONS:
		return "the output folder was begun with other --only or "
		    "--names: give the same ones, or another folder";
	case EXTRACT_BUSY:
		return "another process is at work in the output folder";
	case EXTRACT_DENIED:
		return "the output folder may not be written";
	case EXTRACT_FULL:
		return "the disk is full; make room and give the same command "
		    "to go on where it stopped";
	case EXTRACT_MACHINE:
		return "this machine failed; give the same command to go on "
		    "where it stopped";
	}
	return "";
}

/* --- the plan ------------------------------------------------------------- */

/* A place that could not be read is a line of the list. */
static bool
take_gap(struct extract *e, struct cur *c)
{
	uint64_t offset = cur_le(c, 8);
	struct bytes why = cur_take(c, cur_left(c));

	if (!cur_ok(c) || why.n > EXTRACT_WHY || e->sum->gaps > LIMIT_GAPS)
		return false;
	if (e->sum->gaps++ == 0)
		(void)snprintf(e->ex->detail, sizeof(e->ex->detail), "%.*s",
		    (int)why.n, (const char *)why.p);
	extract_file_gap(&e->gaps, offset, why);
	return true;
}

static bool
take_rows(struct extract *e, struct cur *c)
{
	struct extract_wanted w;
	struct bytes name;
	char own[EXTRACT_OWN_NAME];

	while (cur_left(c) > 0) {
		if (!extract_read_wanted(&w, c))
			return false;
		name = extract_file_name(e, &w, own);
		if (extract_plan_add(e->plan, extract_id_ok(w.id) ?
		    EXTRACT_NAME_FINE : EXTRACT_NAME_ID, name) == ERR_NONE)
			continue;
		e->end = EXTRACT_MANY;
		return false;
	}
	return true;
}

static bool
on_plan(void *ctx, const struct wire_message *m)
{
	struct extract *e = ctx;
	struct cur c = cur_over(m->text);
	uint64_t number;

	if (m->type == WIRE_DONE)
		return true;
	if (m->type != WIRE_NOTE)
		return false;
	switch (cur_le(&c, 1)) {
	case EXTRACT_NOTE_ROWS:
		return take_rows(e, &c);
	case EXTRACT_NOTE_GAP:
		return take_gap(e, &c);
	case EXTRACT_NOTE_UNMATCHED:
		number = cur_le(&c, 4);
		if (!cur_ok(&c) || number >= e->options->nonly)
			return false;
		e->sum->unmatched[number] = true;
		return true;
	default:
		return false;
	}
}

static void
on_plan_end(void *ctx, const char *why)
{
	struct extract *e = ctx;

	if (why != NULL && e->end == EXTRACT_DONE) {
		e->end = EXTRACT_MACHINE;
		e->sum->err = ERR_WORKER;
	}
}

static bool
on_open(void *ctx, uint32_t number, int *fd, uint64_t *size, const char **why)
{
	const struct extract *e = ctx;
	struct stat st;

	*why = "cannot be read";
	if (number >= EXTRACT_NDB || beneath_file(e->root,
	    bytes_of(extract_roots[number]), fd, &st) != ERR_NONE)
		return false;
	*size = (uint64_t)st.st_size;
	return true;
}

static bool
on_plan_open(void *ctx, uint32_t number, int *fd, uint64_t *size,
    const char **why)
{
	return on_open(ctx, number, fd, size, why);
}

static bool
on_file_open(void *ctx, uint32_t number, int *fd, uint64_t *size,
    const char **why)
{
	const struct extract_worker *w = ctx;

	return on_open(w->extract, number, fd, size, why);
}

/* What belongs to both kinds of jobs. */
static void
job_put(const struct extract *e, struct buf *args, uint32_t mode,
    const struct extract_worker *w)
{
	const struct extract_options *o = e->options;
	struct extract_job job = { .mode = mode, .names = o->names,
	    .keys = o->keys != NULL, .workers = w == NULL ? 1 : e->nworkers,
	    .worker = w == NULL ? 0 : w->number,
	    .from = w == NULL ? 0 : w->from, .nonly = o->nonly,
	    .nroots = e->nroots };
	unsigned i;

	memcpy(job.roots, e->roots, sizeof(job.roots));
	if (o->keys != NULL && o->keys->manifest_encrypted)
		job.manifest = bytes_at(o->keys->manifest, WRAPPED_BYTES);
	for (i = 0; i < o->nonly; i++)
		job.only[i] = bytes_of(o->only[i]);
	extract_put_job(args, &job);
}

static enum err
start(struct extract *e, struct task *task, struct buf *args, unsigned most)
{
	const struct unlocked *keys = e->options->keys;

	task->kind = JOB_EXTRACT;
	task->arena = &e->scratch;
	task->args = buf_bytes(args);
	task->limits.seconds = SECONDS;
	task->wall = SECONDS;
	task->fds = keys == NULL ? NULL : &keys->keys.fd;
	task->nfds = keys != NULL;
	return args->bad || args->n > NURSERY_ARGS ? ERR_MEMORY :
	    session_start(e->ex->session, task, most);
}

/* What lies beside the files comes first, and only with all of them. */
static void
plan_roots(struct extract *e)
{
	uint8_t i;

	if (e->options->nonly > 0 || e->options->names)
		return;
	for (i = 0; i < EXTRACT_ROOTS; i++) {
		if (beneath_look(e->root, bytes_of(extract_roots[i])) != 'f')
			continue;
		e->roots[e->nroots++] = i;
		if (extract_plan_add(e->plan, EXTRACT_NAME_FINE,
		    bytes_of(extract_roots[i])) != ERR_NONE)
			e->end = EXTRACT_MANY;
	}
}

static enum extract_end
plan_make(struct extract *e)
{
	struct task task = { .ctx = e, .open = on_plan_open,
	    .message = on_plan, .ended = on_plan_end };
	struct buf args = buf_with(NURSERY_ARGS);
	enum err err;

	plan_roots(e);
	job_put(e, &args, EXTRACT_PLAN, NULL);
	err = start(e, &task, &args, 1);
	if (err == ERR_NONE)
		err = session_finish(e->ex->session);
	buf_free(&args);
	if (err != ERR_NONE)
		return extract_file_fail(e, err);
	if (e->end != EXTRACT_DONE || e->plan->n > e->nroots)
		return e->end;
	if (e->options->nonly > 0 && e->sum->gaps == 0)
		return EXTRACT_NOTHING;
	if (e->sum->gaps == 0)
		(void)snprintf(e->ex->detail, sizeof(e->ex->detail),
		    "it names no files");
	e->sum->refusal = REFUSAL_BAD_MANIFEST;
	return EXTRACT_EVIDENCE;
}

/* --- whose files these are ------------------------------------------------ */

static void
hex_of(struct hash *hash, char to[65])
{
	uint8_t sha256[HASH_SHA256];
	struct buf b = buf_with(128);

	hash_end(hash, sha256);
	text_hex(&b, bytes_at(sha256, sizeof(sha256)));
	if (b.n == 64)
		memcpy(to, b.p, b.n);
	to[64] = '\0';
	buf_free(&b);
}

/* Manifest.db as it lies, with what belongs to it: a backup that has changed is
   another one. */
static bool
hash_evidence(const struct extract *e, struct hash *hash)
{
	struct arena arena = arena_with(MIB);
	struct digest_tool tool;
	struct digest d;
	bool good = digest_begin(&tool, &arena) == ERR_NONE;
	unsigned i;

	for (i = 0; good && i < EXTRACT_NDB; i++) {
		memset(&d, 0, sizeof(d));
		d.name = bytes_of(extract_roots[i]);
		if (beneath_look(e->root, d.name) != 'f')
			continue;
		digest_file(&tool, e->root, &d);
		good = d.read;
		hash_add(hash, bytes_at(d.sha256, sizeof(d.sha256)));
	}
	if (tool.hash != NULL)
		digest_end(&tool);
	arena_free(&arena);
	return good;
}

static enum err
identify(struct extract *e)
{
	const struct extract_options *o = e->options;
	struct hash *hash;
	enum err err = hash_new(&hash);
	unsigned i;

	if (err != ERR_NONE)
		return err;
	if (!hash_evidence(e, hash))
		err = ERR_IO;
	hex_of(hash, e->id.evidence);
	hash_add(hash, bytes_at(o->names ? "n" : "i", 1));
	for (i = 0; i < o->nonly; i++)
		hash_add(hash, bytes_at(o->only[i], strlen(o->only[i]) + 1));
	hex_of(hash, e->id.options);
	hash_free(hash);
	return err;
}

/* --- the work ------------------------------------------------------------- */

static enum err
worker_start(struct extract *e, struct extract_worker *w)
{
	struct task task = { .ctx = w, .open = on_file_open,
	    .ask = extract_file_ask, .message = extract_file_message,
	    .ended = extract_file_ended };
	struct buf args = buf_with(NURSERY_ARGS);
	enum err err;

	job_put(e, &args, EXTRACT_FILES, w);
	err = start(e, &task, &args, e->nworkers);
	buf_free(&args);
	return err;
}

/* Those that crashed start again behind the file that they crashed on. */
static enum extract_end
work(struct extract *e)
{
	unsigned i, crashes = 0;
	enum err err = ERR_NONE;
	bool more = true;

	while (more && err == ERR_NONE && e->end == EXTRACT_DONE) {
		for (i = 0; err == ERR_NONE && i < e->nworkers; i++)
			if (!e->workers[i].finished)
				err = worker_start(e, &e->workers[i]);
		if (err == ERR_NONE)
			err = session_finish(e->ex->session);
		more = false;
		for (i = 0; i < e->nworkers; i++) {
			more |= !e->workers[i].finished;
			crashes += !e->workers[i].finished;
		}
		if (crashes > CRASHES_MAX)
			err = ERR_WORKER;
	}
	if (err != ERR_NONE || e->end != EXTRACT_DONE)
		session_drop(e->ex->session);
	for (i = 0; i < e->nworkers; i++)
		extract_file_leave(&e->workers[i]);
	return e->end != EXTRACT_DONE ? e->end : err != ERR_NONE ?
	    extract_file_fail(e, err) : EXTRACT_DONE;
}

static unsigned
workers_of(const struct extract_options *o)
{
	long n = o->workers > 0 ? (long)o->workers :
	    sysconf(_SC_NPROCESSORS_ONLN);

	return n < 1 ? 1 : n > EXTRACT_WORKERS ? EXTRACT_WORKERS :
	    (unsigned)n;
}

/* Workers begin at the first file of which nothing became yet. */
static void
workers_new(struct extract *e)
{
	struct extract_worker *w;
	uint64_t from = 0;
	unsigned i;

	while (from < e->plan->n &&
	    extract_plan_row(e->plan, from)->at != EXTRACT_OPEN)
		from++;
	e->nworkers = workers_of(e->options);
	for (i = 0; i < e->nworkers; i++) {
		w = &e->workers[i];
		*w = (struct extract_worker){ .extract = e, .number = i,
		    .from = from, .skip = UINT64_MAX, .source = -1,
		    .part.fd = -1 };
		w->next = from + (i + e->nworkers -
		    (unsigned)(from % e->nworkers)) % e->nworkers;
		w->finished = w->next >= e->plan->n;
	}
}

static enum extract_end
fill(struct extract *e, const char *backup)
{
	bool finished = false;
	enum extract_end end;

	end = extract_folder_open(&e->folder, e->options->folder, backup,
	    &e->id, e->sum, &finished);
	if (end != EXTRACT_DONE)
		return end;
	if (finished) {
		e->sum->before = e->sum->files;
		extract_folder_close(&e->folder);
		return EXTRACT_DONE;
	}
	e->sum->files = e->plan->n;
	if (!extract_folder_each(&e->folder, extract_file_before, e))
		end = extract_file_fail(e, ERR_IO);
	if (end == EXTRACT_DONE) {
		workers_new(e);
		end = work(e);
	}
	if (end == EXTRACT_DONE)
		end = extract_folder_finish(&e->folder, e->plan,
		    buf_bytes(&e->gaps), &e->id, e->sum);
	extract_folder_close(&e->folder);
	return end;
}

static enum extract_end
run(struct extract *e, const char *backup)
{
	enum err err;

	e->sum->refusal = extract_file_look(backup);
	if (e->sum->refusal != REFUSAL_NONE)
		return EXTRACT_EVIDENCE;
	err = beneath_root(backup, &e->root);
	if (err == ERR_NONE)
		err = identify(e);
	if (err != ERR_NONE)
		return extract_file_fail(e, err);
	e->end = plan_make(e);
	return e->end == EXTRACT_DONE ? fill(e, backup) : e->end;
}

enum extract_end
extract_run(struct examine *ex, const char *backup,
    const struct extract_options *options, struct extract_sum *sum)
{
	struct arena arena = arena_with(MIB);
	struct extract *e = arena_alloc(&arena, 1, sizeof(*e));
	enum extract_end end = EXTRACT_MACHINE;

	memset(sum, 0, sizeof(*sum));
	sum->err = ERR_MEMORY;
	ex->detail[0] = '\0';
	if (e == NULL)
		return end;
	e->ex = ex;
	e->options = options;
	e->sum = sum;
	e->root = -1;
	e->scratch = arena_with(LIMIT_MESSAGE);
	e->gaps = buf_with(GAP_LINES * 16);
	e->json = buf_with(LIMIT_MESSAGE);
	e->plan = arena_alloc(&arena, 1, sizeof(*e->plan));
	if (e->plan != NULL) {
		extract_plan_init(e->plan);
		end = run(e, backup);
		extract_plan_free(e->plan);
	}
	if (e->root >= 0)
		(void)close(e->root);
	buf_free(&e->gaps);
	buf_free(&e->json);
	arena_free(&e->scratch);
	arena_free(&arena);
	return end;
}
