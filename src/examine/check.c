/*
 * One check: who is asked for what, in which order.
 *
 * First what the evidence is (Info.plist, Manifest.plist), then what it holds
 * (Manifest.db), then every artifact, several at once.
 */
#include <assert.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/time.h"
#include "examine/evidence.h"
#include "examine/examine_inside.h"
#include "examine/output.h"

/* Memory of one case's result: members, gaps, device facts. */
#define CASE_MEMORY	(48 * MIB)
#define RECORDS_NAME	96

struct check {
	struct examine *ex;
	struct examine_case *c;
	const struct examine_options *options;
	unsigned workers;
	int spools[128];	/* by artifact; -1: none */
	bool unwritten;		/* a worker could not write its output */
};

enum err
examine_new(struct examine **out)
{
	struct arena arena = arena_with(MIB);
	struct examine *ex = arena_alloc(&arena, 1, sizeof(*ex));
	enum err err;

	if (ex == NULL)
		return ERR_MEMORY;
	ex->arena = arena;
	ex->index_fd = -1;
	err = session_new(&ex->session);
	if (err != ERR_NONE) {
		arena_free(&arena);
		return err;
	}
	*out = ex;
	return ERR_NONE;
}

void
examine_free(struct examine *ex)
{
	struct arena arena;

	if (ex == NULL)
		return;
	session_free(ex->session);
	if (ex->index_bytes.n > 0)
		(void)munmap((void *)(uintptr_t)ex->index_bytes.p,
		    ex->index_bytes.n);
	if (ex->index_fd >= 0)
		(void)close(ex->index_fd);
	arena = ex->arena;
	arena_free(&arena);
}

const struct index *
examine_index(const struct examine *ex)
{
	return ex->have_index ? &ex->index : NULL;
}

const char *
examine_detail(const struct examine *ex)
{
	return ex->detail;
}

void
examine_stop(void)
{
	session_stop = 1;
}

bool
examine_stopped(void)
{
	return session_stop != 0;
}

const struct result *
examine_result(const struct examine_case *c)
{
	return &c->result;
}

void
examine_case_free(struct examine_case *c)
{
	struct arena arena;

	if (c == NULL)
		return;
	intake_free(&c->intake);
	broker_close(c->broker);
	arena = c->arena;
	arena_free(&arena);
}

/* The member list of a job in a sealed descriptor, or -1. */
static int
members_fd(const struct member *members, uint32_t n)
{
	struct buf b = buf_with(64 * MIB);
	int fd = memfd_create("members", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	wire_members(&b, members, n);
	if (fd >= 0 && (b.bad ||
	    write(fd, b.p, b.n) != (ssize_t)b.n ||
	    fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK |
	    F_SEAL_GROW) != 0)) {
		(void)close(fd);
		fd = -1;
	}
	buf_free(&b);
	return fd;
}

static const char *
records_name(char name[RECORDS_NAME], unsigned artifact)
{
	(void)snprintf(name, RECORDS_NAME, "records/%s.jsonl",
	    artifact_at(artifact)->name);
	return name;
}

/* The output descriptors of an artifact, if records are wanted. */
static unsigned
outputs_of(struct check *k, unsigned artifact, int *fds, uint32_t *flags)
{
	char name[RECORDS_NAME];
	unsigned n = 0;

	if (k->options->output == NULL)
		return 0;
	fds[n] = output_file(k->options->output, records_name(name,
	    artifact));
	if (fds[n] >= 0) {
		*flags |= ARTIFACT_WITH_LINES;
		n++;
	}
	k->spools[artifact] = output_scratch(k->options->output);
	if (k->spools[artifact] >= 0) {
		*flags |= ARTIFACT_WITH_EVENTS;
		fds[n++] = k->spools[artifact];
	}
	if (n < 2)
		intake_gap(&k->c->intake, (int)artifact, MEMBER_NONE,
		    GAP_NO_OFFSET, bytes_of("its records could not be "
		    "written to the output folder"));
	return n;
}

static enum err
artifact_start(struct check *k, unsigned artifact)
{
	struct intake *g = &k->c->intake;
	struct buf args = buf_with(64);
	struct told *told = &g->told[artifact];
	struct task task = { .kind = JOB_ARTIFACT, .ctx = told,
	    .open = intake_open, .message = intake_message,
	    .ended = intake_ended, .arena = &told->arena };
	const struct member *members;
	uint32_t n, flags = 0;
	int fds[8];
	enum err err;

	members = intake_members_of(g, artifact, &n);
	if (told->nmembers == 0)
		return ERR_NONE;
	fds[task.nfds++] = members_fd(members, n);
	if (fds[0] < 0)
		return ERR_MEMORY;
	if (k->ex->have_index) {
		flags |= ARTIFACT_WITH_INDEX;
		fds[task.nfds++] = k->ex->index_fd;
	}
	task.nfds += outputs_of(k, artifact, fds + task.nfds, &flags);
	buf_le(&args, artifact, 4);
	buf_le(&args, flags, 4);
	task.args = buf_bytes(&args);
	task.fds = fds;
	task.bounds.artifact = artifact;
	task.bounds.nmembers = g->nlist;
	task.bounds.nindicators = k->ex->have_index ?
	    index_count(&k->ex->index) : 0;
	err = session_start(k->ex->session, &task, k->workers);
	(void)close(fds[0]);
	buf_free(&args);
	return err;
}

/* One artifact alone, to its end. */
static enum err
artifact_alone(struct check *k, const char *name)
{
	int artifact = artifact_find(name);
	enum err err = artifact_start(k, (unsigned)artifact);

	return err != ERR_NONE ? err : session_finish(k->ex->session);
}

static void
root_members(struct intake *g)
{
	static const char *const names[] = { "Info.plist", "Manifest.db",
	    "Manifest.db-journal", "Manifest.db-wal", "Manifest.plist",
	    "Status.plist" };
	unsigned i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (broker_look(g->broker, bytes_of(names[i])) == 'f')
			(void)intake_member(g, bytes_at(NULL, 0),
			    bytes_of(names[i]), bytes_of(names[i]), 0);
}

/* Reads Info.plist and Manifest.db; says why the rest cannot follow. */
static enum refusal
what_it_holds(struct check *k, enum err *err)
{
	struct intake *g = &k->c->intake;
	const struct told *manifest;
	struct bytes why;
	uint32_t roots;

	root_members(g);
	roots = g->nmembers;
	*err = intake_members_done(g);
	g->describing = true;
	if (*err == ERR_NONE)
		*err = artifact_alone(k, "ios_backup_info");
	g->describing = false;
	if (*err != ERR_NONE)
		return REFUSAL_MACHINE;
	if (bytes_is(intake_device(g, "encrypted"), "yes"))
		return REFUSAL_ENCRYPTED;
	g->gathering = true;
	*err = artifact_alone(k, "ios_manifest");
	g->gathering = false;
	if (*err != ERR_NONE)
		return REFUSAL_MACHINE;
	manifest = &g->told[artifact_find("ios_manifest")];
	if (manifest->counts.records == 0 && g->nmembers == roots) {
		why = manifest->ngaps > 0 ? manifest->gaps->why :
		    bytes_of("it names no files");
		(void)snprintf(k->ex->detail, sizeof(k->ex->detail), "%.*s",
		    (int)why.n, (const char *)why.p);
		return REFUSAL_BAD_MANIFEST;
	}
	if (g->members_full)
		intake_gap(g, -1, MEMBER_NONE, GAP_NO_OFFSET, bytes_of(
		    "the manifest names more files than can be examined"));
	*err = intake_members_done(g);
	return *err == ERR_NONE ? REFUSAL_NONE : REFUSAL_MACHINE;
}

static enum err
the_others(struct check *k)
{
	enum err err = ERR_NONE;
	unsigned i;

	for (i = 0; err == ERR_NONE && i < artifact_count(); i++)
		if (strcmp(artifact_at(i)->name, "ios_backup_info") != 0 &&
		    strcmp(artifact_at(i)->name, "ios_manifest") != 0)
			err = artifact_start(k, i);
	return err != ERR_NONE ? err : session_finish(k->ex->session);
}

/* --- the timeline --------------------------------------------------------- */

static bool
spool_open(void *ctx, uint32_t number, int *fd, uint64_t *size,
    const char **why)
{
	struct check *k = ctx;
	unsigned i;
	off_t n;

	for (i = 0; i < artifact_count(); i++) {
		if (k->spools[i] < 0 || number-- > 0)
			continue;
		n = lseek(k->spools[i], 0, SEEK_END);
		*fd = dup(k->spools[i]);
		*size = n < 0 ? 0 : (uint64_t)n;
		*why = "no descriptor";
		return *fd >= 0;
	}
	return false;
}

/* A note says that some of what the workers had written was damaged. */
static bool
spool_message(void *ctx, const struct wire_message *m)
{
	struct check *k = ctx;

	if (m->type == WIRE_NOTE)
		intake_gap(&k->c->intake, -1, MEMBER_NONE, GAP_NO_OFFSET,
		    bytes_of("the timeline lacks events of an artifact whose "
		    "worker did not end well"));
	return m->type == WIRE_DONE || m->type == WIRE_NOTE;
}

static void
spool_ended(void *ctx, const char *why)
{
	struct check *k = ctx;

	if (why == NULL)
		return;
	output_drop(k->options->output, "timeline.jsonl");
	output_drop(k->options->output, "timeline.csv");
	k->unwritten = true;
	intake_gap(&k->c->intake, -1, MEMBER_NONE, GAP_NO_OFFSET,
	    bytes_of("the timeline could not be written"));
}

static enum err
timeline_write(struct check *k)
{
	struct buf args = buf_with(KIB);
	struct task task = { .kind = JOB_TIMELINE, .ctx = k,
	    .open = spool_open, .message = spool_message,
	    .ended = spool_ended, .arena = &k->c->arena };
	uint32_t i, n = 0;
	int fds[2];
	enum err err;

	for (i = 0; i < artifact_count(); i++)
		n += k->spools[i] >= 0;
	buf_le(&args, n, 4);
	for (i = 0; i < artifact_count(); i++)
		if (k->spools[i] >= 0)
			buf_le(&args, i, 4);
	fds[0] = output_file(k->options->output, "timeline.jsonl");
	fds[1] = output_file(k->options->output, "timeline.csv");
	task.args = buf_bytes(&args);
	task.fds = fds;
	task.nfds = 2;
	err = fds[0] < 0 || fds[1] < 0 ? ERR_FULL :
	    session_start(k->ex->session, &task, 1);
	if (err == ERR_NONE)
		err = session_finish(k->ex->session);
	buf_free(&args);
	return err;
}

/* Records that are not whole are not kept.  A worker that has been taken over
   can say that the disk is full, so this is looked into. */
static enum err
outputs_whole(struct check *k)
{
	char name[RECORDS_NAME];
	unsigned i;

	for (i = 0; i < artifact_count(); i++) {
		if (!k->c->intake.told[i].unwritten)
			continue;
		output_drop(k->options->output, records_name(name, i));
		k->unwritten = true;
	}
	return k->unwritten && output_full(k->options->output) ? ERR_FULL :
	    ERR_NONE;
}

/* --- all of it ------------------------------------------------------------ */

static void
changes_noted(struct intake *g, const struct broker_sum *sum)
{
	struct buf b = buf_with(LIMIT_PATH_BYTES + 128);
	unsigned i;

	for (i = 0; i < sum->nchanged + sum->nunread; i++) {
		buf_reset(&b);
		buf_add(&b, i < sum->nchanged ? sum->changed[i] :
		    sum->unread[i - sum->nchanged]);
		buf_text(&b, i < sum->nchanged ?
		    " changed while it was examined" :
		    " could not be read to its end for the evidence hash");
		intake_gap(g, -1, MEMBER_NONE, GAP_NO_OFFSET, buf_bytes(&b));
	}
	buf_free(&b);
}

static enum refusal
run_check(struct check *k, enum err *err)
{
	struct intake *g = &k->c->intake;
	struct result *r = &k->c->result;
	struct broker_sum sum = { .sha256 = "" };
	enum refusal refusal = what_it_holds(k, err);

	if (refusal != REFUSAL_NONE)
		return refusal;
	*err = the_others(k);
	if (*err == ERR_NONE && k->options->output != NULL)
		*err = timeline_write(k);
	if (*err == ERR_NONE && k->options->output != NULL)
		*err = outputs_whole(k);
	if (*err == ERR_NONE && k->options->hash_all)
		broker_hash_all(k->c->broker);
	if (*err == ERR_NONE)
		*err = broker_end(k->c->broker, &k->c->arena, &sum);
	if (*err == ERR_NONE && examine_stopped())
		*err = ERR_WORKER;
	if (*err != ERR_NONE)
		return REFUSAL_MACHINE;
	changes_noted(g, &sum);
	memcpy(r->sha256, sum.sha256, sizeof(r->sha256));
	r->members_read = sum.files;
	r->bytes_read = sum.bytes;
	r->records_written = k->options->output != NULL;
	r->ended = time_now();
	*err = summary_make(k->ex, k->c);
	return *err == ERR_NONE ? REFUSAL_NONE : REFUSAL_MACHINE;
}

static struct examine_case *
case_new(void)
{
	struct arena arena = arena_with(CASE_MEMORY);
	struct examine_case *c = arena_alloc(&arena, 1, sizeof(*c));

	if (c != NULL)
		c->arena = arena;
	return c;
}

static unsigned
processors(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	return n < 1 ? 1 : n > 4 ? 4 : (unsigned)n;
}

enum refusal
examine_backup(struct examine *ex, const char *folder,
    const struct examine_options *options, struct examine_case **out,
    enum err *err)
{
	struct check k = { .ex = ex, .options = options,
	    .workers = options->workers > 0 ? options->workers :
	    processors() };
	enum refusal refusal;
	unsigned i;

	assert(artifact_count() <= sizeof(k.spools) / sizeof(k.spools[0]));
	ex->detail[0] = '\0';
	k.c = case_new();
	*err = ERR_MEMORY;
	if (k.c == NULL)
		return REFUSAL_MACHINE;
	for (i = 0; i < sizeof(k.spools) / sizeof(k.spools[0]); i++)
		k.spools[i] = -1;
	*err = broker_open(&k.c->broker, folder);
	refusal = evidence_refusal(*err);
	if (refusal == REFUSAL_NONE)
		refusal = evidence_look(k.c->broker);
	if (refusal == REFUSAL_NONE) {
		k.c->result.path = arena_copy(&k.c->arena, bytes_of(folder));
		k.c->result.kind = "ios_backup";
		k.c->result.started = time_now();
		*err = intake_init(&k.c->intake, &k.c->arena, k.c->broker,
		    examine_index(ex));
		k.c->intake.progress = options->progress;
		k.c->intake.progress_ctx = options->ctx;
		refusal = *err == ERR_NONE ? run_check(&k, err) :
		    REFUSAL_MACHINE;
	}
	for (i = 0; i < sizeof(k.spools) / sizeof(k.spools[0]); i++)
		if (k.spools[i] >= 0)
			(void)close(k.spools[i]);
	if (refusal == REFUSAL_NONE) {
		*out = k.c;
	} else {
		/* Workers of it may be under way still. */
		session_drop(ex->session);
		examine_case_free(k.c);
	}
	return refusal;
}
