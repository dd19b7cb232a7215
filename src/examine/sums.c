#include "examine/sums.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/limits.h"

/* As large as the cache likes, and worth a system call. */
#define WINDOW	(256 * KIB)

struct sums {
	struct arena arena;	/* holds this struct too */
	struct hash *hash;
	uint8_t *window;
	struct sum *const *list;
	unsigned n;
	pthread_t thread;
	bool threaded, given;
	atomic_bool stop;
};

enum err
sums_new(struct sums **out)
{
	struct arena arena = arena_with(WINDOW + 64 * KIB);
	struct sums *s = arena_alloc(&arena, 1, sizeof(*s));
	uint8_t *window = arena_alloc(&arena, WINDOW, 1);
	enum err err = ERR_MEMORY;

	if (window != NULL)
		err = hash_new(&s->hash);
	if (err != ERR_NONE) {
		arena_free(&arena);
		return err;
	}
	s->window = window;
	atomic_init(&s->stop, false);
	s->arena = arena;
	*out = s;
	return ERR_NONE;
}

static void
hash_one(struct sums *s, struct sum *sum)
{
	ssize_t got;

	sum->size = 0;
	sum->err = ERR_NONE;
	for (;;) {
		if (atomic_load(&s->stop))
			return;
		got = pread(sum->fd, s->window, WINDOW, (off_t)sum->size);
		if (got == 0)
			break;
		if (got > 0) {
			hash_add(s->hash, bytes_at(s->window, (size_t)got));
			sum->size += (uint64_t)got;
		} else if (errno != EINTR) {
			sum->err = ERR_IO;
			break;
		}
	}
	hash_end(s->hash, sum->sha256);		/* also begins anew */
	sum->done = true;
}

static void *
hash_all(void *arg)
{
	struct sums *s = arg;
	unsigned i;

	for (i = 0; i < s->n; i++)
		hash_one(s, s->list[i]);
	return NULL;
}

void
sums_start(struct sums *s, struct sum *const *list, unsigned n)
{
	sigset_t all, before;

	assert(!s->given);
	s->list = list;
	s->n = n;
	s->given = true;
	/* Signals are for the thread that the program began with. */
	(void)sigfillset(&all);
	(void)pthread_sigmask(SIG_SETMASK, &all, &before);
	s->threaded = pthread_create(&s->thread, NULL, hash_all, s) == 0;
	(void)pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void
sums_wait(struct sums *s)
{
	if (s->threaded)
		(void)pthread_join(s->thread, NULL);
	else if (s->given)
		(void)hash_all(s);
	s->threaded = s->given = false;
}

void
sums_free(struct sums *s)
{
	struct arena arena;

	if (s == NULL)
		return;
	atomic_store(&s->stop, true);
	if (s->threaded)
		(void)pthread_join(s->thread, NULL);
	hash_free(s->hash);
	arena = s->arena;
	arena_free(&arena);
}
