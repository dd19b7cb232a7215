#include "jail/digest.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "jail/beneath.h"

/* Large enough that system calls cost nothing beside the hash, small enough
   for the cache. */
#define WINDOW	(256 * KIB)

enum err
digest_begin(struct digest_tool *t, struct arena *arena)
{
	t->window = arena_alloc(arena, WINDOW, 1);
	if (t->window == NULL)
		return ERR_MEMORY;
	atomic_init(&t->stop, false);
	return hash_new(&t->hash);
}

void
digest_stop(struct digest_tool *t)
{
	atomic_store(&t->stop, true);
}

void
digest_end(struct digest_tool *t)
{
	hash_free(t->hash);
	t->hash = NULL;
}

void
digest_expect(struct digest *d, const struct stat *st)
{
	d->known = true;
	d->size = (uint64_t)st->st_size;
	d->mtime = st->st_mtim;
	d->device = st->st_dev;
	d->inode = st->st_ino;
}

bool
digest_same(const struct digest *d, const struct stat *st)
{
	return d->size == (uint64_t)st->st_size &&
	    d->mtime.tv_sec == st->st_mtim.tv_sec &&
	    d->mtime.tv_nsec == st->st_mtim.tv_nsec &&
	    d->device == st->st_dev && d->inode == st->st_ino;
}

/* Hashes `size` bytes, or fewer if the file ends before.  One that grows does
   so without us: that it changed is seen at the end. */
static bool
read_all(struct digest_tool *t, int fd, uint64_t size, uint64_t *length)
{
	uint64_t at = 0;
	size_t want;
	ssize_t n;

	while (at < size) {
		if (atomic_load(&t->stop))
			return false;
		want = size - at < WINDOW ? (size_t)(size - at) : WINDOW;
		n = pread(fd, t->window, want, (off_t)at);
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return false;
		if (n == 0)
			break;
		hash_add(t->hash, bytes_at(t->window, (size_t)n));
		at += (uint64_t)n;
	}
	*length = at;
	return true;
}

void
digest_file(struct digest_tool *t, int root, struct digest *d)
{
	struct stat st;
	enum err err;
	int fd;

	if (atomic_load(&t->stop))
		return;
	err = beneath_file(root, d->name, &fd, &st);
	if (err != ERR_NONE) {
		if (err == ERR_MISSING || err == ERR_KIND)
			d->changed = true;
		return;
	}
	if (!d->known)
		digest_expect(d, &st);
	else if (!digest_same(d, &st))
		d->changed = true;
	(void)posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
	d->read = read_all(t, fd, (uint64_t)st.st_size, &d->length);
	hash_end(t->hash, d->sha256);	/* also begins anew */
	(void)close(fd);
}

void
digest_check(int root, struct digest *d)
{
	struct stat st;

	if (!d->known)
		return;
	if (beneath_stat(root, d->name, &st) != ERR_NONE ||
	    !digest_same(d, &st) || (d->read && d->length != d->size))
		d->changed = true;
}
