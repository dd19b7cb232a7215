#include "examine/output.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/sort.h"
#include "base/text.h"
#include "examine/sums.h"

#define FILES_MAX	160	/* a file for each artifact, and ten more */
#define SCRATCH_MAX	FILES_MAX
#define PART		".part"

struct output {
	int dir;
	bool made;			/* the folder is ours */
	const char *folder;
	unsigned n;
	struct output_entry {
		char name[96];
		int fd;			/* -1: closed */
		bool nameless;		/* until all is whole */
		bool named;		/* by us */
		bool dropped;
		struct sum sum;
	} files[FILES_MAX];
	struct sums *sums;
	struct sum *whole[FILES_MAX];	/* being hashed */
	unsigned nscratch;
	int scratch[SCRATCH_MAX];
};

static bool
is_empty(const char *folder)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;
	bool empty = true;

	if (dir == NULL)
		return false;
	while (empty && (entry = readdir(dir)) != NULL)
		empty = strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0;
	(void)closedir(dir);
	return empty;
}

/* Whether one of the folders above, or the folder itself, is the evidence. */
static bool
is_inside(int dir, const struct stat *evidence)
{
	struct stat st, above;
	int at = dup(dir), up;
	bool inside = false;

	while (at >= 0 && !inside && fstat(at, &st) == 0) {
		inside = st.st_dev == evidence->st_dev &&
		    st.st_ino == evidence->st_ino;
		up = openat(at, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		(void)close(at);
		at = up;
		if (up < 0 || fstat(up, &above) != 0 ||
		    (above.st_dev == st.st_dev && above.st_ino == st.st_ino))
			break;
	}
	if (at >= 0)
		(void)close(at);
	return inside;
}

static enum err
err_now(void)
{
	switch (errno) {
	case ENOENT:
		return ERR_MISSING;
	case EACCES:
	case EPERM:
	case EROFS:
		return ERR_DENIED;
	case ENOSPC:
	case EDQUOT:
		return ERR_FULL;
	case ENOTDIR:
	case EEXIST:
		return ERR_KIND;
	default:
		return ERR_IO;
	}
}

enum err
output_outside(const char *folder, const char *evidence)
{
	struct arena arena = arena_with(MIB);
	size_t n = strlen(folder);
	const char *above;
	struct stat st;
	enum err err = ERR_NONE;
	int dir;

	while (n > 1 && folder[n - 1] == '/')
		n--;
	while (n > 0 && folder[n - 1] != '/')
		n--;
	above = n == 0 ? "." : arena_string(&arena, bytes_at(folder, n));
	dir = above == NULL ? -1 : open(above, O_RDONLY | O_DIRECTORY |
	    O_CLOEXEC);
	if (dir < 0 || stat(evidence, &st) != 0)
		err = err_now();
	else if (is_inside(dir, &st))
		err = ERR_DENIED;
	if (dir >= 0)
		(void)close(dir);
	arena_free(&arena);
	return err;
}

enum err
output_new(struct output **out, struct arena *arena, const char *folder,
    const char *evidence)
{
	struct output *o = arena_alloc(arena, 1, sizeof(*o));
	enum err err = output_outside(folder, evidence);
	struct stat st;

	if (err != ERR_NONE)
		return err;
	if (o == NULL || stat(evidence, &st) != 0)
		return o == NULL ? ERR_MEMORY : ERR_MISSING;
	o->folder = arena_string(arena, bytes_of(folder));
	o->made = mkdir(folder, 0700) == 0;
	if (!o->made && errno != EEXIST)
		return err_now();
	if (!o->made && !is_empty(folder))
		return ERR_KIND;
	o->dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (o->dir < 0)
		return err_now();
	if (is_inside(o->dir, &st)) {
		(void)close(o->dir);
		if (o->made)
			(void)rmdir(folder);
		return ERR_DENIED;
	}
	/* To another run it would look empty until we end. */
	if (flock(o->dir, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
		(void)close(o->dir);
		return ERR_KIND;
	}
	err = sums_new(&o->sums);
	if (err != ERR_NONE) {
		(void)close(o->dir);
		if (o->made)
			(void)rmdir(folder);
		return err;
	}
	*out = o;
	return ERR_NONE;
}

static void
part_name(const struct output_entry *f, char *part, size_t room)
{
	size_t n = strlen(f->name);

	if (n + sizeof(PART) > room)
		n = room - sizeof(PART);
	memcpy(part, f->name, n);
	memcpy(part + n, PART, sizeof(PART));
}

/* A process that is killed leaves nothing of such a file; -1 where the file
   system (or a missing /proc) has no way to name it later. */
static int
nameless_file(const struct output *o)
{
	if (access("/proc/self/fd", X_OK) != 0)
		return -1;
	return openat(o->dir, ".", O_RDWR | O_TMPFILE | O_CLOEXEC, 0600);
}

int
output_file(struct output *o, const char *name)
{
	struct output_entry *f = &o->files[o->n];
	char part[128];

	if (o->n == FILES_MAX || strlen(name) >= sizeof(f->name))
		return -1;
	memcpy(f->name, name, strlen(name) + 1);
	part_name(f, part, sizeof(part));
	if (strchr(name, '/') != NULL)
		(void)mkdirat(o->dir, "records", 0700);
	f->fd = nameless_file(o);
	f->nameless = f->fd >= 0;
	if (!f->nameless)
		f->fd = openat(o->dir, part,
		    O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	f->sum.fd = f->fd;
	if (f->fd >= 0)
		o->n++;
	return f->fd;
}

/* Holds on to a scratch file until the end: a disk that was too full for a
   worker is then too full for us as well, and nothing half is kept. */
static int
scratch_hold(struct output *o, int fd)
{
	int again = -1;

	if (fd >= 0 && o->nscratch < SCRATCH_MAX)
		again = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	if (again >= 0)
		o->scratch[o->nscratch++] = again;
	else if (fd >= 0)
		(void)close(fd);
	return again >= 0 ? fd : -1;
}

static void
scratch_free(struct output *o)
{
	while (o->nscratch > 0)
		(void)close(o->scratch[--o->nscratch]);
}

int
output_scratch(struct output *o)
{
	static const char name[] = ".scratch" PART;
	int fd = openat(o->dir, ".", O_RDWR | O_TMPFILE | O_CLOEXEC, 0600);

	if (fd >= 0)
		return scratch_hold(o, fd);
	/* A file system without nameless files. */
	fd = openat(o->dir, name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd >= 0)
		(void)unlinkat(o->dir, name, 0);
	return scratch_hold(o, fd);
}

bool
output_full(const struct output *o)
{
	struct statvfs fs;

	return fstatvfs(o->dir, &fs) == 0 &&
	    fs.f_bavail < MIB / (fs.f_frsize > 0 ? fs.f_frsize : 1);
}

void
output_drop(struct output *o, const char *name)
{
	unsigned i;

	for (i = 0; i < o->n; i++)
		if (strcmp(o->files[i].name, name) == 0)
			o->files[i].dropped = true;
}

/* The last faults of writing show when a file is closed. */
static enum err
close_all(struct output *o)
{
	enum err err = ERR_NONE;
	unsigned i;

	for (i = 0; i < o->n; i++) {
		if (o->files[i].fd >= 0 && close(o->files[i].fd) != 0)
			err = err_now();
		o->files[i].fd = -1;
	}
	return err;
}

static enum err
name_nameless(const struct output *o, struct output_entry *f)
{
	char from[64];

	if (!f->nameless || f->dropped)
		return ERR_NONE;
	(void)snprintf(from, sizeof(from), "/proc/self/fd/%d", f->fd);
	f->named = linkat(AT_FDCWD, from, o->dir, f->name,
	    AT_SYMLINK_FOLLOW) == 0;
	return f->named ? ERR_NONE : err_now();
}

static enum err
name_one(const struct output *o, struct output_entry *f)
{
	char part[128];

	if (f->nameless)
		return ERR_NONE;
	part_name(f, part, sizeof(part));
	if (f->dropped)
		return unlinkat(o->dir, part, 0) == 0 ? ERR_NONE : err_now();
	f->named = renameat(o->dir, part, o->dir, f->name) == 0;
	return f->named ? ERR_NONE : err_now();
}

enum err
output_commit(struct output *o)
{
	enum err err = ERR_NONE, closed;
	unsigned i;

	sums_free(o->sums);
	o->sums = NULL;
	for (i = 0; err == ERR_NONE && i < o->n; i++)
		err = name_nameless(o, &o->files[i]);
	closed = close_all(o);
	if (err == ERR_NONE)
		err = closed;
	for (i = 0; err == ERR_NONE && i < o->n; i++)
		err = name_one(o, &o->files[i]);
	if (err != ERR_NONE) {
		output_abandon(o);
		return err;
	}
	scratch_free(o);
	(void)close(o->dir);
	o->n = 0;
	return ERR_NONE;
}

void
output_abandon(struct output *o)
{
	char part[128];
	unsigned i;

	sums_free(o->sums);
	o->sums = NULL;
	(void)close_all(o);
	scratch_free(o);
	for (i = 0; i < o->n; i++) {
		part_name(&o->files[i], part, sizeof(part));
		if (!o->files[i].nameless)
			(void)unlinkat(o->dir, part, 0);
		if (o->files[i].named)
			(void)unlinkat(o->dir, o->files[i].name, 0);
	}
	(void)unlinkat(o->dir, "records", AT_REMOVEDIR);
	(void)close(o->dir);
	if (o->made)
		(void)rmdir(o->folder);
	o->n = 0;
}

static int
sum_order(const void *va, const void *vb)
{
	const struct output_sum *a = va, *b = vb;

	return strcmp(a->name, b->name);
}

void
output_sums_begin(struct output *o)
{
	unsigned i, n = 0;

	for (i = 0; i < o->n; i++)
		if (!o->files[i].dropped && !o->files[i].sum.done)
			o->whole[n++] = &o->files[i].sum;
	sums_start(o->sums, o->whole, n);
}

static void
sum_show(const struct output_entry *f, struct output_sum *to)
{
	struct buf hex = buf_with(sizeof(to->sha256));

	to->name = f->name;
	to->size = f->sum.size;
	text_hex(&hex, bytes_at(f->sum.sha256, sizeof(f->sum.sha256)));
	if (!hex.bad)
		memcpy(to->sha256, hex.p, hex.n);
	buf_free(&hex);
}

enum err
output_sums(struct output *o, struct arena *arena,
    const struct output_sum **out, unsigned *n)
{
	struct output_sum *list = arena_alloc(arena, o->n, sizeof(*list));
	enum err err = ERR_NONE;
	unsigned i;

	if (list == NULL)
		return ERR_MEMORY;
	sums_wait(o->sums);
	output_sums_begin(o);
	sums_wait(o->sums);
	*n = 0;
	for (i = 0; i < o->n; i++) {
		if (o->files[i].dropped)
			continue;
		if (o->files[i].sum.err != ERR_NONE)
			err = o->files[i].sum.err;
		sum_show(&o->files[i], &list[(*n)++]);
	}
	sort_items(list, *n, sizeof(*list), sum_order);
	*out = list;
	return err;
}
