/*
 * The jobs of workers.  All of this runs inside the jail: it asks the parent
 * for descriptors, and tells it what was found.
 */
#include "examine/worker.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/limits.h"
#include "base/out.h"
#include "base/url.h"
#include "crypt/decrypt.h"
#include "crypt/secret.h"
#include "examine/spool.h"
#include "examine/talk.h"
#include "examine/wire.h"
#include "indicator/build.h"

/* Memory of all arenas of an artifact. */
#define ARTIFACT_MEMORY	(160 * MIB)
/* What the findings of an artifact may take in the parent with all of their
   fields; those after that name their row and a piece of what matched, so that
   a flood of them cannot keep the last from being told. */
#define FINDINGS_WHOLE	(2 * MIB)
#define MATCHED_BARE	128

struct told_to {		/* where an artifact's words go */
	struct talk talk;
	int status;			/* of the job */
	size_t told;			/* bytes that findings took so far */
	struct out lines;
	bool with_lines;
	struct spool *spool;
	struct secret keys;		/* struct keys; or none */
	struct decrypt *open[TALK_INPUTS];
	unsigned nopen;
};

job_fn *const worker_jobs[JOB_COUNT] = {
	[JOB_ARTIFACT] = worker_artifact,
	[JOB_INDICATORS] = worker_indicators,
	[JOB_TIMELINE] = worker_timeline,
	[JOB_SETS] = worker_sets,
	[JOB_KEYS] = worker_keys,
	[JOB_EXTRACT] = worker_extract,
};

void
worker_prepare(void)
{
	(void)decrypt_prepare();
	(void)hash_prepare();
	url_prepare();
}

/* --- one artifact --------------------------------------------------------- */

/* Without a key: what is encrypted all the same must not pass for damage, nor
   for a file that holds nothing.  Beside the manifest nothing has keys. */
static bool
as_it_lies(const struct told_to *t, const struct member *member,
    const struct input *in, const char **why)
{
	if (member->domain.n == 0 || (member->key.n == 0 && t->keys.p == NULL)
	    || !decrypt_seems_needed(in))
		return true;
	*why = member->key.n > 0 ? "it seems to be encrypted, but the backup "
	    "says of itself that it is not, or was decrypted in part" :
	    "it seems to be encrypted, but the manifest has no key for it";
	return false;
}

/* A file with a key lies encrypted, unless it is seen to lie in clear: then it
   is read, and said, for who has no password could have put it there. */
static bool
decrypted(struct told_to *t, const struct member *member, struct input *in,
    const char **why)
{
	uint8_t key[KEY_BYTES];
	enum decrypt_odd odd = DECRYPT_FINE;
	enum err err;

	if (member->key.n == 0 || t->keys.p == NULL)
		return as_it_lies(t, member, in, why);
	if (decrypt_in_clear(in)) {
		*why = "it lies in clear, although the manifest has a key for "
		    "it: it was decrypted or replaced after the backup";
		return true;
	}
	*why = "there is no memory left to decrypt it";
	if (t->nopen == TALK_INPUTS ||
	    !keys_file((const void *)t->keys.p, member->key, key, why))
		return false;
	*why = "there is no memory left to decrypt it";
	err = decrypt_open(&t->open[t->nopen], in, key, &odd);
	secret_wipe(key, sizeof(key));
	if (err != ERR_NONE)
		return false;
	*in = decrypt_input(t->open[t->nopen++]);
	*why = odd == DECRYPT_PADDING ? "what ends the encrypted file is wrong "
	    "(padding): it was cut, or its key is not right" :
	    odd == DECRYPT_CUT ? "the encrypted file was cut: its last block "
	    "is not whole" : in->size == 0 && member->size > 0 ?
	    "the file is empty, which the manifest says it is not" : NULL;
	return true;
}

static bool
on_open(void *ctx, const struct member *member, struct input *in,
    const char **why)
{
	struct told_to *t = ctx;

	return talk_open(&t->talk, member->id, in, why) &&
	    decrypted(t, member, in, why);
}

static void
on_closed(void *ctx)
{
	struct told_to *t = ctx;

	while (t->nopen > 0)
		decrypt_close(t->open[--t->nopen]);
	talk_close(&t->talk);
}

static void
send_finding(struct told_to *t, enum wire type, uint32_t part,
    const struct finding *f)
{
	struct finding bare = *f;

	wire_finding(&t->talk.message, type, part, f);
	if (t->talk.message.bad || t->told > FINDINGS_WHOLE) {
		bare.nfields = 0;
		bare.matched = bytes_part(f->matched, 0, MATCHED_BARE);
		wire_finding(&t->talk.message, type, part, &bare);
	}
	t->told += t->talk.message.n + bare.nfields * sizeof(struct val);
	talk_send(&t->talk);
}

static void
on_finding(void *ctx, const struct finding *f)
{
	send_finding(ctx, WIRE_FINDING, 0, f);
}

static void
on_part(void *ctx, uint32_t part, const struct finding *f)
{
	send_finding(ctx, WIRE_PART, part, f);
}

static void
on_again(void *ctx, uint32_t which, uint64_t count, int64_t first,
    int64_t last)
{
	struct told_to *t = ctx;

	wire_again(&t->talk.message, which, count, first, last);
	talk_send(&t->talk);
}

static void
on_gap(void *ctx, uint32_t member, const struct gap *gap)
{
	struct told_to *t = ctx;

	wire_gap(&t->talk.message, member, gap->offset, bytes_of(gap->why));
	talk_send(&t->talk);
}

static void
on_line(void *ctx, struct bytes line)
{
	struct told_to *t = ctx;

	out_add(&t->lines, line);
}

static void
on_event(void *ctx, int64_t time, int64_t row, const char *what,
    struct bytes message)
{
	struct told_to *t = ctx;

	spool_add(t->spool, time, row, what, message);
}

static void
on_device(void *ctx, const char *key, struct bytes value)
{
	struct told_to *t = ctx;

	wire_device(&t->talk.message, key, value);
	talk_send(&t->talk);
}

static void
on_found(void *ctx, const struct member *member)
{
	struct told_to *t = ctx;

	wire_found(&t->talk.message, member);
	talk_send(&t->talk);
}

static void
on_progress(void *ctx, uint64_t records)
{
	struct told_to *t = ctx;

	wire_progress(&t->talk.message, records);
	talk_send(&t->talk);
}

/* A descriptor as read-only memory; none if it is empty or cannot be. */
static struct bytes
map_fd(int fd)
{
	off_t n = lseek(fd, 0, SEEK_END);
	void *p;

	if (n <= 0)
		return bytes_at(NULL, 0);
	/* Private: before Linux 6.7 what is sealed cannot be shared. */
	p = mmap(NULL, (size_t)n, PROT_READ, MAP_PRIVATE, fd, 0);
	return p == MAP_FAILED ? bytes_at(NULL, 0) : bytes_at(p, (size_t)n);
}

static int
status_of(enum err err)
{
	return err == ERR_MEMORY ? WORKER_NO_MEMORY : WORKER_DONE;
}

/* The keys of an encrypted backup, if it is one. */
static enum err
keys(struct told_to *t, uint32_t flags)
{
	const struct worker *w = t->talk.worker;
	unsigned at = flags & ARTIFACT_WITH_INDEX ? 2 : 1;

	if (!(flags & ARTIFACT_WITH_KEYS))
		return ERR_NONE;
	return at < w->nfds ? secret_map(&t->keys, w->fds[at],
	    sizeof(struct keys)) : ERR_WORKER;
}

/* The outputs that were asked for, in the order of the descriptors. */
static enum err
outputs(struct told_to *t, struct sink *sink, struct arena *arena,
    uint32_t flags)
{
	const struct worker *w = t->talk.worker;
	unsigned at = 1;

	at += (flags & ARTIFACT_WITH_INDEX) != 0;
	at += (flags & ARTIFACT_WITH_KEYS) != 0;
	if (flags & ARTIFACT_WITH_LINES && at < w->nfds) {
		t->lines = out_file(w->fds[at++]);
		t->with_lines = true;
		sink->line = on_line;
	}
	if (!(flags & ARTIFACT_WITH_EVENTS) || at >= w->nfds)
		return ERR_NONE;
	sink->event = on_event;
	return spool_new(&t->spool, arena, w->fds[at]);
}

/* Records that could not be written whole: the parent drops them, and sees the
   full disk itself. */
static void
outputs_end(struct told_to *t)
{
	enum err err = ERR_NONE;

	if (t->spool != NULL)
		err = spool_end(t->spool);
	if (t->with_lines && out_end(&t->lines) != ERR_NONE)
		err = ERR_FULL;
	if (err != ERR_NONE)
		t->status = WORKER_NO_OUTPUT;
}

int
worker_artifact(const struct worker *worker)
{
	struct sink sink = { .open = on_open, .closed = on_closed,
	    .finding = on_finding, .again = on_again, .part = on_part,
	    .gap = on_gap, .device = on_device, .found = on_found,
	    .progress = on_progress };
	struct arena arena = arena_with(16 * MIB);
	struct told_to t = { 0 };
	struct engine engine = { .sink = &sink, .memory = ARTIFACT_MEMORY,
	    .brief = true };
	struct engine_counts counts = { 0 };
	struct index index;
	struct member *members = NULL;
	struct cur args = cur_over(worker->args);
	uint32_t flags;

	talk_start(&t.talk, worker);
	sink.ctx = &t;
	engine.artifact = (unsigned)cur_le(&args, 4);
	flags = (uint32_t)cur_le(&args, 4);
	if (!cur_ok(&args) || artifact_at(engine.artifact) == NULL ||
	    worker->nfds < 1 || !wire_read_members(map_fd(
	    worker->fds[ARTIFACT_FD_MEMBERS]), &arena, &members,
	    &engine.nmembers))
		return WORKER_CHANNEL;
	engine.members = members;
	if (flags & ARTIFACT_WITH_INDEX) {
		if (worker->nfds < 2 || index_open(&index,
		    map_fd(worker->fds[ARTIFACT_FD_INDEX])) != ERR_NONE)
			return WORKER_CHANNEL;
		engine.index = &index;
	}
	engine.locate = flags & ARTIFACT_LOCATE;
	if (keys(&t, flags) != ERR_NONE ||
	    outputs(&t, &sink, &arena, flags) != ERR_NONE)
		return WORKER_NO_MEMORY;
	t.status = status_of(engine_run(&engine, &counts));
	outputs_end(&t);
	secret_free(&t.keys);
	talk_done(&t.talk, &counts);
	arena_free(&arena);
	return t.status;
}

/* --- indicators ----------------------------------------------------------- */

static void
add_bundle(struct talk *t, struct build *build, struct arena *texts,
    uint32_t number, struct bytes name)
{
	const char *why = "cannot be opened";
	struct input in;
	uint8_t *p;
	size_t n;

	if (!talk_open(t, number, &in, &why)) {
		build_fault(build, name, why);
		return;
	}
	if (in.size > LIMIT_STIX_BYTES) {
		build_fault(build, name, "is too large");
		talk_close(t);
		return;
	}
	p = arena_alloc(texts, (size_t)in.size + 1, 1);
	n = p == NULL ? 0 : input_read(&in, p, (size_t)in.size, 0);
	if (p == NULL || n < in.size)
		build_fault(build, name, "could not be read to its end");
	if (p != NULL)
		build_add(build, name, bytes_at(p, n));
	talk_close(t);
}

int
worker_indicators(const struct worker *worker)
{
	struct arena texts = arena_with(LIMIT_STIX_BYTES);
	struct arena arena = arena_with(LIMIT_STIX_BYTES);
	struct buf index = buf_with(LIMIT_STIX_BYTES);
	struct talk t = { 0 };
	struct cur args = cur_over(worker->args);
	struct build *build;
	struct out out;
	uint32_t i, n;

	talk_start(&t, worker);
	n = (uint32_t)cur_le(&args, 4);
	if (worker->nfds < 1 || build_new(&build, &arena) != ERR_NONE)
		return WORKER_NO_MEMORY;
	for (i = 0; i < n && cur_ok(&args); i++)
		add_bundle(&t, build, &texts, i,
		    cur_take(&args, (size_t)cur_le(&args, 4)));
	if (!cur_ok(&args))
		return WORKER_CHANNEL;
	if (build_end(build, &index) != ERR_NONE || index.bad)
		return WORKER_NO_MEMORY;
	arena_free(&arena);
	arena_free(&texts);
	out = out_file(worker->fds[0]);
	out_add(&out, buf_bytes(&index));
	if (out_end(&out) != ERR_NONE)
		return WORKER_NO_OUTPUT;
	buf_free(&index);
	talk_done(&t, NULL);
	return WORKER_DONE;
}
