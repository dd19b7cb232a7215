/*
 * The list of files grows in the thread that calls; a second one follows it
 * and hashes.  That one opens each file anew, so no descriptor waits for it
 * and the list may be long; a file that became another one meanwhile shows
 * by its device and inode.
 */
#include "jail/broker.h"

#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/sort.h"
#include "base/time.h"
#include "jail/beneath.h"
#include "jail/digest.h"
#include "jail/tally.h"

/* Names and what is known of each file: 60,000 of the usual length take 10
   MiB; names of 4 kB end it earlier. */
#define TABLE_BYTES	(32 * MIB)
#define BUCKETS		16384
/* Names in one folder while it is walked. */
#define FOLDER_BYTES	(64 * MIB)

struct file {
	struct file *same;	/* next in the bucket */
	struct file *next;	/* in the order of opening */
	struct digest of;
	bool differs;		/* when it was opened again */
};

struct broker {
	struct arena arena;	/* holds this struct too */
	int root, list;
	bool all, ended, threaded;
	struct file **buckets;
	unsigned nfiles;
	struct file *first, *last;

	pthread_t thread;
	struct digest_tool tool; /* the thread's, after it the caller's */
	pthread_mutex_t lock;	/* for what follows, and `next` of files */
	pthread_cond_t more;
	struct file *todo;	/* the first that is not hashed */
	bool nomore;
};

enum err
broker_open(struct broker **out, const char *folder)
{
	struct arena arena = arena_with(TABLE_BYTES);
	struct broker *b = arena_alloc(&arena, 1, sizeof(*b));
	struct file **buckets = arena_alloc(&arena, BUCKETS, sizeof(*buckets));
	enum err err = ERR_MEMORY;
	int root = -1;

	if (b == NULL || buckets == NULL)
		goto fail;
	err = beneath_root(folder, &root);
	if (err != ERR_NONE)
		goto fail;
	err = digest_begin(&b->tool, &arena);
	if (err != ERR_NONE)
		goto fail;
	b->root = root;
	b->list = -1;
	b->buckets = buckets;
	(void)pthread_mutex_init(&b->lock, NULL);
	(void)pthread_cond_init(&b->more, NULL);
	b->arena = arena;
	*out = b;
	return ERR_NONE;
fail:
	if (root != -1)
		(void)close(root);
	arena_free(&arena);
	return err;
}

/* Hashes files as they come, until no more can come. */
static void *
hash_files(void *arg)
{
	struct broker *b = arg;
	struct file *f;

	for (;;) {
		(void)pthread_mutex_lock(&b->lock);
		while (b->todo == NULL && !b->nomore)
			(void)pthread_cond_wait(&b->more, &b->lock);
		f = b->todo;
		if (f != NULL)
			b->todo = f->next;
		(void)pthread_mutex_unlock(&b->lock);
		if (f == NULL)
			return NULL;
		digest_file(&b->tool, b->root, &f->of);
	}
}

/* Without a thread the work is done in broker_end. */
static void
start_thread(struct broker *b)
{
	sigset_t all, before;

	/* Signals are for the thread that the program began with. */
	(void)sigfillset(&all);
	(void)pthread_sigmask(SIG_SETMASK, &all, &before);
	b->threaded = pthread_create(&b->thread, NULL, hash_files, b) == 0;
	(void)pthread_sigmask(SIG_SETMASK, &before, NULL);
}

static void
end_thread(struct broker *b)
{
	(void)pthread_mutex_lock(&b->lock);
	b->nomore = true;
	(void)pthread_cond_signal(&b->more);
	(void)pthread_mutex_unlock(&b->lock);
	if (b->threaded)
		(void)pthread_join(b->thread, NULL);
	b->threaded = false;
}

static struct file *
find(const struct broker *b, struct bytes name, uint64_t key)
{
	struct file *f;

	for (f = b->buckets[key % BUCKETS]; f != NULL; f = f->same)
		if (bytes_eq(f->of.name, name))
			return f;
	return NULL;
}

static enum err
add(struct broker *b, struct bytes name, uint64_t key, const struct stat *st)
{
	struct file *f;

	if (b->nfiles == BROKER_FILES)
		return ERR_MEMORY;
	f = arena_alloc(&b->arena, 1, sizeof(*f));
	if (f == NULL)
		return ERR_MEMORY;
	f->of.name = arena_copy(&b->arena, name);
	if (f->of.name.n == 0)
		return ERR_MEMORY;
	digest_expect(&f->of, st);
	f->same = b->buckets[key % BUCKETS];
	b->buckets[key % BUCKETS] = f;
	b->nfiles++;
	(void)pthread_mutex_lock(&b->lock);
	if (b->last != NULL)
		b->last->next = f;
	else
		b->first = f;
	b->last = f;
	if (b->todo == NULL)
		b->todo = f;
	(void)pthread_cond_signal(&b->more);
	(void)pthread_mutex_unlock(&b->lock);
	if (b->nfiles == 1)
		start_thread(b);
	return ERR_NONE;
}

static int64_t
microseconds(struct timespec t)
{
	int64_t us;

	if (__builtin_mul_overflow((int64_t)t.tv_sec, TIME_SECOND, &us) ||
	    __builtin_add_overflow(us, t.tv_nsec / 1000, &us))
		return TIME_UNSET;
	return us;
}

enum err
broker_file(struct broker *b, struct bytes name, struct broker_file *out)
{
	uint64_t key = hash_key(name);
	struct file *f;
	struct stat st;
	enum err err;
	int fd;

	assert(!b->ended);
	err = beneath_file(b->root, name, &fd, &st);
	if (err != ERR_NONE)
		return err;
	f = find(b, name, key);
	if (f == NULL)
		err = add(b, name, key, &st);
	else if (!digest_same(&f->of, &st))
		f->differs = true;
	if (err != ERR_NONE) {
		(void)close(fd);
		return err;
	}
	out->fd = fd;
	out->size = (uint64_t)st.st_size;
	out->mtime = microseconds(st.st_mtim);
	return ERR_NONE;
}

char
broker_look(struct broker *b, struct bytes name)
{
	return beneath_look(b->root, name);
}

enum err
broker_names(struct broker *b, struct bytes folder, struct arena *arena,
    struct beneath_name **names, size_t *n)
{
	return beneath_names(b->root, folder, arena, names, n);
}

void
broker_hash_all(struct broker *b)
{
	b->all = true;
}

void
broker_list_to(struct broker *b, int fd)
{
	b->list = fd;
}

/* One pass over the sorted files and, side by side, over the folder. */
struct pass {
	struct broker *b;
	struct arena own;
	struct tally tally;
	struct file **sorted;	/* in `own` */
	size_t n, at;
	struct buf path;	/* where the walk is */
	struct arena *out;
	struct names {
		struct bytes *list;
		unsigned n;
	} changed, unread;
	enum err err;		/* the first; sticky */
};

static void
note(struct pass *p, struct names *to, struct bytes name)
{
	struct bytes *more;
	size_t n = to->n;

	if (n >= 16 ? (n & (n - 1)) == 0 : n == 0) {
		more = arena_alloc(p->out, n == 0 ? 16 : 2 * n, sizeof(*more));
		if (more != NULL && n > 0)
			memcpy(more, to->list, n * sizeof(*more));
		to->list = more;
	}
	if (to->list != NULL)
		to->list[to->n++] = arena_copy(p->out, name);
	if (p->out->bad)
		p->err = ERR_MEMORY;
}

static void
tell(struct pass *p, const struct digest *d, bool differs)
{
	tally_add(&p->tally, d->name, d->read ? d->length : d->size,
	    d->read ? d->sha256 : NULL);
	if (!d->read)
		note(p, &p->unread, d->name);
	if (d->changed || differs)
		note(p, &p->changed, d->name);
}

/* The files that were handed out, up to this name; true if it is one. */
static bool
tell_until(struct pass *p, struct bytes name)
{
	struct file *f;
	int order;

	for (; p->at < p->n && p->err == ERR_NONE; p->at++) {
		f = p->sorted[p->at];
		order = name.n == 0 ? -1 : bytes_cmp(f->of.name, name);
		if (order > 0)
			return false;
		digest_check(p->b->root, &f->of);
		tell(p, &f->of, f->differs);
		if (order == 0) {
			p->at++;
			return true;
		}
	}
	return false;
}

static void
visit_file(struct pass *p)
{
	struct digest d;

	if (tell_until(p, buf_bytes(&p->path)))
		return;
	memset(&d, 0, sizeof(d));
	d.name = buf_bytes(&p->path);
	digest_file(&p->b->tool, p->b->root, &d);
	digest_check(p->b->root, &d);
	tell(p, &d, false);
}

static void
visit_folder(struct pass *p, unsigned depth)
{
	struct arena arena = arena_with(FOLDER_BYTES);
	struct beneath_name *names = NULL;
	size_t before = p->path.n, n = 0, i;
	enum err err = ERR_MEMORY;

	if (depth <= BROKER_DEPTH)
		err = beneath_names(p->b->root, buf_bytes(&p->path), &arena,
		    &names, &n);
	if (before > 0)
		buf_byte(&p->path, '/');
	if (err != ERR_NONE)
		note(p, &p->unread, buf_bytes(&p->path));
	for (i = 0; i < n && p->err == ERR_NONE; i++) {
		buf_add(&p->path, names[i].name);
		if (names[i].what == 'f')
			visit_file(p);
		else if (names[i].what == 'd')
			visit_folder(p, depth + 1);
		p->path.n = before > 0 ? before + 1 : 0;
	}
	if (p->path.bad)
		p->err = ERR_MEMORY;
	p->path.n = before;
	arena_free(&arena);
}

static int
by_name(const void *a, const void *b)
{
	const struct file *const *x = a, *const *y = b;

	return bytes_cmp((*x)->of.name, (*y)->of.name);
}

static enum err
sort_files(struct pass *p)
{
	struct file *f;

	p->sorted = arena_alloc(&p->own, p->b->nfiles + 1,
	    sizeof(struct file *));
	if (p->sorted == NULL)
		return ERR_MEMORY;
	for (f = p->b->first; f != NULL; f = f->next)
		p->sorted[p->n++] = f;
	sort_items(p->sorted, p->n, sizeof(struct file *), by_name);
	return ERR_NONE;
}

enum err
broker_end(struct broker *b, struct arena *out, struct broker_sum *sum)
{
	struct pass p;
	enum err err;

	assert(!b->ended);
	b->ended = true;
	if (b->threaded)
		end_thread(b);
	else {
		b->nomore = true;
		(void)hash_files(b);
	}
	memset(&p, 0, sizeof(p));
	p.b = b;
	p.out = out;
	p.own = arena_with((BROKER_FILES + 4) * sizeof(struct file *));
	p.path = buf_with((BROKER_DEPTH + 2) * 256);
	p.err = sort_files(&p);
	err = tally_begin(&p.tally, b->list);
	if (p.err == ERR_NONE)
		p.err = err;
	if (p.err == ERR_NONE && b->all)
		visit_folder(&p, 0);
	if (p.err == ERR_NONE)
		(void)tell_until(&p, bytes_at(NULL, 0));
	buf_free(&p.path);
	arena_free(&p.own);
	memset(sum, 0, sizeof(*sum));
	err = tally_end(&p.tally, sum->sha256);
	if (p.err == ERR_NONE)
		p.err = err;
	sum->files = p.tally.files;
	sum->bytes = p.tally.bytes;
	sum->changed = p.changed.list;
	sum->nchanged = p.changed.n;
	sum->unread = p.unread.list;
	sum->nunread = p.unread.n;
	return p.err;
}

void
broker_close(struct broker *b)
{
	struct arena arena;

	if (b == NULL)
		return;
	digest_stop(&b->tool);
	if (b->threaded)
		end_thread(b);
	digest_end(&b->tool);
	(void)pthread_cond_destroy(&b->more);
	(void)pthread_mutex_destroy(&b->lock);
	(void)close(b->root);
	arena = b->arena;
	arena_free(&arena);
}
