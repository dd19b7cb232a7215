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
#include "base/sort.h"
#include "base/time.h"
#include "examine/evidence.h"
#include "examine/examine_inside.h"
#include "examine/output.h"
#include "examine/unlock.h"

/* Memory of one case's result: members, gaps, device facts. */
#define CASE_MEMORY	(48 * MIB)
#define RECORDS_NAME	96
/* Artifacts there can be. */
#define ARTIFACTS_MAX	128

struct check {
	struct examine *ex;
	struct examine_case *c;
	const struct examine_options *options;
	unsigned workers;
	int spools[ARTIFACTS_MAX]; /* by artifact; -1: none */
	struct told locate;	/* what the pass over the manifest told that
				   only asks where files lie */
	bool unwritten;		/* a worker could not write its output */
};

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

static bool
records_wanted(const struct check *k)
{
	return k->options->output != NULL && !k->options->no_records;
}

/* The output descriptors of an artifact, if records are wanted. */
static unsigned
outputs_of(struct check *k, unsigned artifact, int *fds, uint32_t *flags)
{
	char name[RECORDS_NAME];
	unsigned n = 0;

	if (!records_wanted(k))
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

/* The descriptors of an artifact's job, and the flags that name them. */
static unsigned
descriptors_of(struct check *k, unsigned artifact, int *fds, uint32_t *flags)
{
	const struct unlocked *keys = k->options->keys;
	unsigned n = 0;

	if (k->ex->have_index && !(*flags & ARTIFACT_LOCATE)) {
		*flags |= ARTIFACT_WITH_INDEX;
		fds[n++] = k->ex->index_fd;
	}
	if (keys != NULL) {
		*flags |= ARTIFACT_WITH_KEYS;
		fds[n++] = keys->keys.fd;
	}
	if (!(*flags & ARTIFACT_LOCATE))
		n += outputs_of(k, artifact, fds + n, flags);
	return n;
}

/* flags: ARTIFACT_LOCATE or 0. */
static enum err
artifact_start(struct check *k, unsigned artifact, uint32_t flags,
    struct told *told)
{
	struct intake *g = &k->c->intake;
	struct buf args = buf_with(64);
	struct task task = { .kind = JOB_ARTIFACT, .ctx = told,
	    .open = intake_open, .message = intake_message,
	    .ended = intake_ended, .arena = &told->arena };
	const struct member *members;
	uint32_t n;
	int fds[8];
	enum err err;

	members = intake_members_of(g, artifact, &n);
	told->over = g->told[artifact].nmembers == 0;
	if (told->over)
		return ERR_NONE;
	fds[task.nfds++] = members_fd(members, n);
	if (fds[0] < 0)
		return ERR_MEMORY;
	task.nfds += descriptors_of(k, artifact, fds + 1, &flags);
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
artifact_alone(struct check *k, const char *name, uint32_t flags)
{
	int artifact = artifact_find(name);
	enum err err = artifact_start(k, (unsigned)artifact, flags,
	    &k->c->intake.told[artifact]);

	return err != ERR_NONE ? err : session_finish(k->ex->session);
}

static void
root_members(struct intake *g)
{
	static const char *const names[] = { "Info.plist", "Manifest.db",
	    "Manifest.db-journal", "Manifest.db-wal", "Manifest.plist",
	    "Status.plist" };
	struct member m = { 0 };
	unsigned i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		m.path = m.file = bytes_of(names[i]);
		if (broker_look(g->broker, m.file) == 'f')
			(void)intake_member(g, &m);
	}
}

/* Manifest.db is encrypted with a key of its own, and what lies beside it can
   be with no other: in clear, who has no password could have put it there.
   Only its artifact has it: ios_backup_info looks at how it lies. */
static void
manifest_key(struct check *k)
{
	const struct unlocked *keys = k->options->keys;
	struct intake *g = &k->c->intake;
	uint32_t i, manifest = (uint32_t)artifact_find("ios_manifest");

	for (i = 0; i < g->nlist && keys != NULL; i++)
		if (keys->manifest_encrypted && g->list[i].artifact ==
		    manifest && bytes_starts(g->list[i].file, "Manifest.db"))
			g->list[i].key = bytes_at(keys->manifest,
			    WRAPPED_BYTES);
}

/* Info.plist and Manifest.plist; whether it can be read at all. */
static enum refusal
what_it_is(struct check *k, enum err *err)
{
	struct intake *g = &k->c->intake;

	root_members(g);
	*err = intake_members_done(g);
	if (*err != ERR_NONE)
		return REFUSAL_MACHINE;
	manifest_key(k);
	g->describing = true;
	*err = artifact_alone(k, "ios_backup_info", 0);
	g->describing = false;
	if (*err != ERR_NONE)
		return REFUSAL_MACHINE;
	k->c->result.encrypted = k->options->keys != NULL;
	return k->options->keys == NULL &&
	    bytes_is(intake_device(g, "encrypted"), "yes") ?
	    REFUSAL_ENCRYPTED : REFUSAL_NONE;
}

/* A manifest that names no file that an artifact asks for: if nothing can be
   read of it, neither can the backup. */
static enum refusal
manifest_of_nothing(struct check *k, enum err *err)
{
	const struct told *manifest =
	    &k->c->intake.told[artifact_find("ios_manifest")];
	struct bytes why;

	*err = session_finish(k->ex->session);
	if (*err != ERR_NONE)
		return REFUSAL_MACHINE;
	if (manifest->counts.records > 0)
		return REFUSAL_NONE;
	why = manifest->ngaps > 0 ? manifest->gaps->why :
	    bytes_of("it names no files");
	(void)snprintf(k->ex->detail, sizeof(k->ex->detail), "%.*s",
	    (int)why.n, (const char *)why.p);
	return REFUSAL_BAD_MANIFEST;
}

/* Asks Manifest.db where the files lie, which is quick, and examines it beside
   that and all that follows. */
static enum err
manifest_start(struct check *k)
{
	unsigned manifest = (unsigned)artifact_find("ios_manifest");
	struct intake *g = &k->c->intake;
	enum err err;

	k->locate = g->told[manifest];
	k->locate.findings_end = &k->locate.findings;
	g->gathering = true;
	err = artifact_start(k, manifest, ARTIFACT_LOCATE, &k->locate);
	if (err == ERR_NONE)
		err = artifact_start(k, manifest, 0, &g->told[manifest]);
	if (err == ERR_NONE)
		err = session_until(k->ex->session, &k->locate.over);
	g->gathering = false;
	return err;
}

/* Which files there are for which artifact, by Manifest.db. */
static enum refusal
what_it_holds(struct check *k, enum err *err)
{
	struct intake *g = &k->c->intake;
	enum refusal refusal = what_it_is(k, err);
	uint32_t roots = g->nmembers;

	if (refusal != REFUSAL_NONE)
		return refusal;
	*err = manifest_start(k);
	if (*err != ERR_NONE)
		return REFUSAL_MACHINE;
	if (g->nmembers == roots)
		refusal = manifest_of_nothing(k, err);
	if (refusal != REFUSAL_NONE)
		return refusal;
	if (g->members_full)
		intake_gap(g, -1, MEMBER_NONE, GAP_NO_OFFSET, bytes_of(
		    "the manifest names more files than can be examined"));
	*err = intake_members_done(g);
	manifest_key(k);
	return *err == ERR_NONE ? REFUSAL_NONE : REFUSAL_MACHINE;
}

/* What an artifact has to read, by what the manifest says: only the order of
   work depends on it. */
static uint64_t
size_of(const struct intake *g, unsigned artifact)
{
	uint64_t n = 0;
	uint32_t i;

	for (i = 0; i < g->nlist; i++)
		if (g->list[i].artifact == artifact)
			n += g->list[i].size < GIB ? g->list[i].size : GIB;
	return n;
}

struct turn {
	unsigned artifact;
	uint64_t size;
};

static int
larger_first(const void *va, const void *vb)
{
	const struct turn *a = va, *b = vb;

	if (a->size != b->size)
		return a->size > b->size ? -1 : 1;
	return a->artifact < b->artifact ? -1 : 1;
}

/* The largest first: so that no long one is left for the end, when other
   processors have nothing to do. */
static enum err
the_others(struct check *k)
{
	struct turn turns[ARTIFACTS_MAX];
	enum err err = ERR_NONE;
	unsigned i, n = 0;

	for (i = 0; i < artifact_count(); i++) {
		if (strcmp(artifact_at(i)->name, "ios_backup_info") == 0 ||
		    strcmp(artifact_at(i)->name, "ios_manifest") == 0)
			continue;
		turns[n].artifact = i;
		turns[n].size = size_of(&k->c->intake, i);
		n++;
	}
	sort_items(turns, n, sizeof(turns[0]), larger_first);
	for (i = 0; err == ERR_NONE && i < n; i++)
		err = artifact_start(k, turns[i].artifact, 0,
		    &k->c->intake.told[turns[i].artifact]);
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
	/* The records are whole: nobody writes to them any more. */
	output_sums_begin(k->options->output);
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
	if (*err == ERR_NONE && records_wanted(k))
		*err = timeline_write(k);
	if (*err == ERR_NONE && records_wanted(k))
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
	r->records_written = records_wanted(k);
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
	arena_free(&k.locate.arena);
	if (refusal == REFUSAL_NONE) {
		*out = k.c;
	} else {
		/* Workers of it may be under way still. */
		session_drop(ex->session);
		examine_case_free(k.c);
	}
	return refusal;
}
