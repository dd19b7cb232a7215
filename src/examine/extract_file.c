#include "examine/extract_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/quote.h"
#include "base/text.h"
#include "examine/evidence.h"
#include "jail/beneath.h"
#include "record/gap.h"

/* Files that are worth to be read ahead. */
#define LARGE	(4 * MIB)

enum refusal
extract_file_look(const char *backup)
{
	struct broker *b;
	enum refusal refusal = evidence_refusal(broker_open(&b, backup));

	if (refusal != REFUSAL_NONE)
		return refusal;
	refusal = evidence_look(b);
	broker_close(b);
	/* That file is not needed for this. */
	return refusal == REFUSAL_NO_INFO ? REFUSAL_NONE : refusal;
}

enum extract_end
extract_file_fail(struct extract *e, enum err err)
{
	e->sum->err = err;
	if (e->end == EXTRACT_DONE)
		e->end = err == ERR_FULL ? EXTRACT_FULL : EXTRACT_MACHINE;
	return e->end;
}

static void
fail_now(struct extract *e, int error)
{
	if (e->end != EXTRACT_DONE)
		return;
	e->end = error == ENOSPC || error == EDQUOT ? EXTRACT_FULL :
	    error == EACCES || error == EPERM || error == EROFS ?
	    EXTRACT_DENIED : EXTRACT_MACHINE;
	e->sum->err = ERR_IO;
}

struct bytes
extract_file_name(const struct extract *e, const struct extract_wanted *w,
    char own[EXTRACT_OWN_NAME])
{
	if (e->options->names)
		return w->name;
	if (!extract_id_ok(w->id))
		return bytes_at(NULL, 0);
	memcpy(own, w->id.p, 2);
	own[2] = '/';
	memcpy(own + 3, w->id.p, EXTRACT_ID_BYTES);
	return bytes_at(own, EXTRACT_OWN_NAME);
}

/* --- lines of the list ---------------------------------------------------- */

static void
put_text(struct buf *b, const char *key, struct bytes text)
{
	buf_printf(b, "%s\"%s\":", b->n > 1 ? "," : "", key);
	quote_json(b, text);
}

static void
put_number(struct buf *b, const char *key, uint64_t n)
{
	buf_printf(b, "%s\"%s\":%llu", b->n > 1 ? "," : "", key,
	    (unsigned long long)n);
}

static void
put_sha256(struct buf *b, const char *key, const uint8_t sha256[HASH_SHA256])
{
	buf_printf(b, ",\"%s\":\"", key);
	text_hex(b, bytes_at(sha256, HASH_SHA256));
	buf_byte(b, '"');
}

void
extract_file_gap(struct buf *b, uint64_t offset, struct bytes why)
{
	struct buf line = buf_with(4 * KIB);

	buf_byte(&line, '{');
	put_text(&line, "path", bytes_of(extract_roots[EXTRACT_DB]));
	if (offset != GAP_NO_OFFSET)
		put_number(&line, "offset", offset);
	put_text(&line, "fault", why);
	buf_text(&line, "}\n");
	if (!line.bad)
		buf_add(b, buf_bytes(&line));
	buf_free(&line);
}

static void
put_line(const struct extract *e, struct buf *b,
    const struct extract_result *r, struct bytes name, struct bytes why)
{
	buf_reset(b);
	buf_byte(b, '{');
	if (r->row >= e->nroots) {
		put_text(b, "file_id", r->id);
		put_text(b, "domain", r->domain);
	}
	put_text(b, "path", r->path);
	if (name.n > 0)
		put_text(b, "name", name);
	if (r->has_manifest_size)
		put_number(b, "manifest_size", r->manifest_size);
	if (r->has_source) {
		put_number(b, "source_size", r->source_size);
		put_sha256(b, "source_sha256", r->source_sha256);
	}
	if (name.n > 0) {
		put_number(b, "size", r->size);
		put_sha256(b, "sha256", r->sha256);
	}
	if (why.n > 0)
		put_text(b, "fault", why);
	buf_byte(b, '}');
}

static void
count(struct extract *e, const struct extract_line *line, bool odd)
{
	struct extract_sum *s = e->sum;

	if (line->size == UINT64_MAX) {
		s->failed++;
		return;
	}
	s->written++;
	s->bytes += line->size;
	s->odd += odd;
}

bool
extract_file_before(void *ctx, const struct extract_line *line, uint64_t at)
{
	struct extract *e = ctx;
	struct extract_row *row;
	uint64_t inode = 0;

	if (line->row >= e->plan->n)
		return false;
	row = extract_plan_row(e->plan, line->row);
	if (line->size == UINT64_MAX) {
		if (row->at != EXTRACT_OPEN)
			return true;
		row->at = at;
	} else {
		if (!extract_plan_is(row, line->name))
			return false;
		inode = extract_folder_has(&e->folder, line->name,
		    line->size);
		/* It was taken away again: it is made anew. */
		if (inode == 0 || row->at != EXTRACT_OPEN)
			return true;
		row->inode = inode;
		row->at = at;
	}
	e->sum->before++;
	count(e, line, bytes_find(line->json, bytes_of(",\"fault\":\""), 0) !=
	    SIZE_MAX);
	return true;
}

/* --- what came of a file -------------------------------------------------- */

void
extract_file_leave(struct extract_worker *w)
{
	if (w->source >= 0)
		(void)close(w->source);
	w->source = -1;
	extract_folder_drop(&w->extract->folder, &w->part);
	w->busy = false;
}

/* Nobody wrote it while it was read. */
static bool
is_same(const struct extract_worker *w)
{
	struct stat st;

	return fstat(w->source, &st) == 0 && st.st_size == w->st.st_size &&
	    st.st_mtim.tv_sec == w->st.st_mtim.tv_sec &&
	    st.st_mtim.tv_nsec == w->st.st_mtim.tv_nsec;
}

/* The phrase if a file cannot have its name, NULL if all has failed. */
static const char *
name_fault(struct extract *e, int error)
{
	switch (error) {
	case EEXIST:
	case ENOTDIR:
	case EISDIR:
	case ELOOP:
		return "on this disk another file or folder has its name";
	case EINVAL:
	case EILSEQ:
	case ENAMETOOLONG:
		return "its name cannot be written on this disk";
	default:
		fail_now(e, error);
		return NULL;
	}
}

/* The part becomes the file, if it is whole; *why if it cannot have its name.
   What has the name already is of a run that was killed before it told so, or
   another file on a disk that knows no upper case.  False if the worker lies,
   or nothing more can be done. */
static bool
keep(struct extract_worker *w, const struct extract_result *r,
    const char **why)
{
	struct extract *e = w->extract;
	struct extract_row *row = extract_plan_row(e->plan, r->row);
	uint64_t inode = 0;
	struct stat st;
	int error;

	if (w->part.fd < 0 || fstat(w->part.fd, &st) != 0 ||
	    (uint64_t)st.st_size != r->size)
		return false;
	error = extract_folder_name(&e->folder, &w->part, w->name, false,
	    &inode);
	if (error == EEXIST && inode != 0 &&
	    !extract_plan_has(e->plan, inode))
		error = extract_folder_name(&e->folder, &w->part, w->name,
		    true, &inode);
	if (error == 0)
		row->inode = (uint64_t)st.st_ino;
	else
		*why = name_fault(e, error);
	return e->end == EXTRACT_DONE;
}

static bool
tell(struct extract_worker *w, const struct extract_result *r,
    struct bytes name, struct bytes why)
{
	struct extract *e = w->extract;
	struct extract_line line = { .row = r->row, .size = name.n > 0 ?
	    r->size : UINT64_MAX, .name = name };
	struct extract_row *row = extract_plan_row(e->plan, r->row);

	put_line(e, &e->json, r, name, why);
	line.json = buf_bytes(&e->json);
	if (e->json.bad || !extract_folder_tell(&e->folder, &line,
	    &row->at)) {
		fail_now(e, errno);
		return false;
	}
	count(e, &line, why.n > 0);
	if (e->options->progress != NULL)
		e->options->progress(e->options->ctx, e->sum->written +
		    e->sum->failed, e->sum->files, e->sum->bytes);
	return true;
}

/* False if the worker lies, or nothing more can be done. */
static bool
finish(struct extract_worker *w, const struct extract_result *r)
{
	struct extract *e = w->extract;
	struct bytes name = bytes_at(NULL, 0), why = r->why;
	const char *other = w->why;

	if (!w->busy || r->row != w->next)
		return false;
	if (r->outcome == EXTRACT_DISK_FULL)
		fail_now(e, ENOSPC);
	else if (r->outcome == EXTRACT_WRITE_ERROR)
		fail_now(e, EIO);
	if (e->end != EXTRACT_DONE)
		return false;
	if (r->outcome == EXTRACT_WRITTEN) {
		if (!keep(w, r, &other))
			return false;
		if (other == NULL)
			name = w->name;
	}
	if (w->source >= 0 && !is_same(w) && other == NULL)
		other = "it changed while it was read";
	if (other != NULL)
		why = bytes_of(other);
	if (name.n == 0 && why.n == 0)
		return false;		/* never silent */
	extract_file_leave(w);
	w->next += e->nworkers;
	return tell(w, r, name, why);
}

/* --- what a worker asks --------------------------------------------------- */

/* Where a file lies: in a folder of its first two digits, or, as some tools
   leave it, beside the others. */
static enum err
open_source(struct extract_worker *w, struct bytes id)
{
	const struct extract *e = w->extract;
	char path[EXTRACT_OWN_NAME];
	enum err err;

	if (w->next < e->nroots)
		return beneath_file(e->root, w->name, &w->source, &w->st);
	memcpy(path, id.p, 2);
	path[2] = '/';
	memcpy(path + 3, id.p, EXTRACT_ID_BYTES);
	err = beneath_file(e->root, bytes_at(path, sizeof(path)), &w->source,
	    &w->st);
	if (err == ERR_MISSING)
		err = beneath_file(e->root, id, &w->source, &w->st);
	return err;
}

/* The phrase if it cannot be had. */
static const char *
give_source(struct extract_worker *w, struct bytes id)
{
	switch (open_source(w, id)) {
	case ERR_NONE:
		break;
	case ERR_MISSING:
		return "the manifest names the file, but the backup does not "
		    "hold it";
	case ERR_KIND:
		return "where it should lie is a folder, a link or a device";
	default:
		return "the file may not be read, or reading failed";
	}
	if (w->st.st_size > (off_t)LARGE)
		(void)posix_fadvise(w->source, 0, 0, POSIX_FADV_SEQUENTIAL);
	return NULL;
}

static int
give(struct extract_worker *w, const struct extract_wanted *wanted,
    int fds[TASK_FDS], uint64_t *size, const char **why)
{
	w->busy = true;
	w->why = give_source(w, wanted->id);
	if (w->why != NULL) {
		*why = w->why;
		return 0;
	}
	if (extract_folder_part(&w->extract->folder, &w->part, w->number,
	    w->name) < 0) {
		w->why = name_fault(w->extract, errno);
		*why = w->why;
		return w->why == NULL ? -1 : 0;
	}
	fds[0] = w->source;
	fds[1] = w->part.fd;
	*size = (uint64_t)w->st.st_size;
	return 2;
}

/* Whether it asks for its next file, and for what the plan has there. */
static bool
is_next(struct extract_worker *w, const struct extract_said *said)
{
	const struct extract *e = w->extract;
	const struct extract_row *row;
	char own[EXTRACT_OWN_NAME];
	struct bytes name;

	if (!said->has_request || said->row != w->next ||
	    w->next >= e->plan->n)
		return false;
	row = extract_plan_row(e->plan, w->next);
	w->name.n = 0;
	if (row->key == 0)
		return true;
	name = w->next < e->nroots ? said->wanted.name :
	    extract_file_name(e, &said->wanted, own);
	if (name.n > sizeof(w->room) || !extract_plan_is(row, name) ||
	    (w->next >= e->nroots && !extract_id_ok(said->wanted.id)))
		return false;
	memcpy(w->room, name.p, name.n);
	w->name = bytes_at(w->room, name.n);
	return true;
}

int
extract_file_ask(void *ctx, struct bytes question, int fds[TASK_FDS],
    uint64_t *size, const char **why)
{
	struct extract_worker *w = ctx;
	const struct extract_row *row;
	struct extract_said said;

	if (!extract_read_said(&said, question) ||
	    said.has_result != w->busy ||
	    (said.has_result && !finish(w, &said.result)) ||
	    !is_next(w, &said))
		return -1;
	row = extract_plan_row(w->extract->plan, w->next);
	if (row->at != EXTRACT_OPEN) {
		w->next += w->extract->nworkers;
		*size = 1;
		return 0;
	}
	if (w->next == w->skip)
		w->why = w->crash;
	else if (row->key == 0)
		w->why = extract_name_text((enum extract_name)row->inode);
	else
		return give(w, &said.wanted, fds, size, why);
	w->busy = true;
	*size = w->next == w->skip;
	*why = w->why;
	return 0;
}

bool
extract_file_message(void *ctx, const struct wire_message *m)
{
	struct extract_worker *w = ctx;
	struct extract_said said;

	if (m->type == WIRE_DONE)
		return !w->busy;
	return m->type == WIRE_NOTE && m->text.n > 0 &&
	    m->text.p[0] == EXTRACT_NOTE_LAST &&
	    extract_read_said(&said, bytes_part(m->text, 1, SIZE_MAX)) &&
	    said.has_result && !said.has_request && w->busy &&
	    finish(w, &said.result);
}

void
extract_file_ended(void *ctx, const char *why)
{
	struct extract_worker *w = ctx;
	struct extract *e = w->extract;

	extract_file_leave(w);
	w->finished = w->next >= e->plan->n;
	if (w->finished || e->end != EXTRACT_DONE)
		return;
	if (w->skip == w->next) {
		(void)extract_file_fail(e, ERR_WORKER);
		return;
	}
	w->skip = w->from = w->next;
	(void)snprintf(w->crash, sizeof(w->crash), "the worker that read it "
	    "%s", why == NULL ? "ended before it was done" : why);
}
