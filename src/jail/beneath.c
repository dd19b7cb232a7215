#include "jail/beneath.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/sort.h"

static enum err
err_of(int error)
{
	switch (error) {
	case ENOENT:
		return ERR_MISSING;
	case ENOTDIR:		/* a file where a folder should be */
	case ELOOP:		/* a link */
	case ENXIO:
		return ERR_KIND;
	case EACCES:
	case EPERM:
	case EXDEV:		/* leads outside */
	case ENAMETOOLONG:
		return ERR_DENIED;
	case ENOMEM:
	case EMFILE:
	case ENFILE:
		return ERR_MEMORY;
	default:
		return ERR_IO;
	}
}

/* A descriptor, or -1 and errno. */
static int
open_at(int root, const char *name, uint64_t flags)
{
	struct open_how how;
	long fd;

	memset(&how, 0, sizeof(how));
	how.flags = flags | O_CLOEXEC;
	how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS |
	    RESOLVE_NO_MAGICLINKS;
	do
		fd = syscall(SYS_openat2, root, name, &how, sizeof(how));
	while (fd == -1 && errno == EINTR);
	return (int)fd;
}

enum err
beneath_root(const char *folder, int *root)
{
	int fd, probe;

	fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd == -1)
		return err_of(errno);
	probe = open_at(fd, ".", O_PATH);
	if (probe == -1) {
		(void)close(fd);
		return ERR_DENIED;
	}
	(void)close(probe);
	*root = fd;
	return ERR_NONE;
}

/* One name for one file: else what is hashed once could be asked for under
   any number of names. */
static bool
plain(struct bytes name)
{
	struct bytes part;
	size_t at = 0, end;

	if (name.n >= LIMIT_PATH_BYTES ||
	    bytes_find_byte(name, '\0', 0) != SIZE_MAX)
		return false;
	for (;;) {
		end = bytes_find_byte(name, '/', at);
		if (end == SIZE_MAX)
			end = name.n;
		part = bytes_part(name, at, end - at);
		if (part.n == 0 || bytes_is(part, ".") || bytes_is(part, ".."))
			return false;
		if (end == name.n)
			return true;
		at = end + 1;
	}
}

static bool
path_of(char path[LIMIT_PATH_BYTES], struct bytes name)
{
	if (!plain(name))
		return false;
	memcpy(path, name.p, name.n);
	path[name.n] = '\0';
	return true;
}

/* By a handle that opens nothing. */
static enum err
stat_path(int root, const char *path, struct stat *st)
{
	int fd, done;

	memset(st, 0, sizeof(*st));
	fd = open_at(root, path, O_PATH | O_NOFOLLOW);
	if (fd == -1)
		return err_of(errno);
	done = fstat(fd, st);
	(void)close(fd);
	return done == -1 ? ERR_IO : ERR_NONE;
}

static enum err
open_regular(int root, const char *path, int *out)
{
	uint64_t flags = O_RDONLY | O_NONBLOCK | O_NOCTTY;
	struct stat st;
	enum err err;
	int fd;

	/* To open a device can already do something. */
	err = stat_path(root, path, &st);
	if (err != ERR_NONE)
		return err;
	if (!S_ISREG(st.st_mode))
		return ERR_KIND;
	/* The time of last access is evidence; only the owner may spare it. */
	fd = open_at(root, path, flags | O_NOATIME);
	if (fd == -1 && errno == EPERM)
		fd = open_at(root, path, flags);
	if (fd == -1)
		return err_of(errno);
	*out = fd;
	return ERR_NONE;
}

enum err
beneath_file(int root, struct bytes name, int *out, struct stat *st)
{
	char path[LIMIT_PATH_BYTES];
	enum err err;
	int fd = -1;

	if (!path_of(path, name))
		return ERR_DENIED;
	err = open_regular(root, path, &fd);
	if (err != ERR_NONE)
		return err;
	/* It may be another one by now. */
	if (fstat(fd, st) == -1 || !S_ISREG(st->st_mode)) {
		(void)close(fd);
		return ERR_KIND;
	}
	*out = fd;
	return ERR_NONE;
}

static char
kind(mode_t mode)
{
	if (S_ISREG(mode))
		return 'f';
	if (S_ISDIR(mode))
		return 'd';
	return S_ISLNK(mode) ? 'l' : 'o';
}

enum err
beneath_stat(int root, struct bytes name, struct stat *st)
{
	char path[LIMIT_PATH_BYTES];

	if (!path_of(path, name))
		return ERR_DENIED;
	return stat_path(root, path, st);
}

char
beneath_look(int root, struct bytes name)
{
	struct stat st;

	if (name.n == 0)
		return 'd';
	if (beneath_stat(root, name, &st) != ERR_NONE)
		return '\0';
	return kind(st.st_mode);
}

static struct bytes
slash_after(const struct beneath_name *b)
{
	return bytes_of(b->what == 'd' ? "/" : "");
}

static int
by_bytes(const void *a, const void *b)
{
	const struct beneath_name *x = a, *y = b;
	size_t n = x->name.n < y->name.n ? x->name.n : y->name.n;
	int order;

	order = bytes_cmp(bytes_part(x->name, 0, n), bytes_part(y->name, 0, n));
	if (order != 0 || x->name.n == y->name.n)
		return order;
	/* One begins the other: what counts is the byte after it, which for
	   a folder is "/". */
	if (x->name.n == n)
		return bytes_cmp(slash_after(x),
		    bytes_part(y->name, n, 1));
	return bytes_cmp(bytes_part(x->name, n, 1), slash_after(y));
}

static char
entry_kind(int dir, const struct dirent *e)
{
	struct stat st;

	if (e->d_type == DT_REG)
		return 'f';
	if (e->d_type == DT_DIR)
		return 'd';
	if (e->d_type == DT_LNK)
		return 'l';
	if (e->d_type != DT_UNKNOWN)
		return 'o';
	if (fstatat(dir, e->d_name, &st, AT_SYMLINK_NOFOLLOW) == -1)
		return '\0';
	return kind(st.st_mode);
}

/* One more name at the end of the list, which doubles when it is full. */
static bool
add_name(struct arena *arena, struct beneath_name **list, size_t n,
    struct beneath_name one)
{
	struct beneath_name *more;

	if (n >= 64 ? (n & (n - 1)) == 0 : n == 0) {
		more = arena_alloc(arena, n == 0 ? 64 : 2 * n, sizeof(*more));
		if (more == NULL)
			return false;
		if (n > 0)
			memcpy(more, *list, n * sizeof(*more));
		*list = more;
	}
	(*list)[n] = one;
	return true;
}

static enum err
read_names(DIR *dir, struct arena *arena, struct beneath_name **list,
    size_t *n)
{
	struct beneath_name one;
	struct dirent *e;

	for (;;) {
		errno = 0;
		e = readdir(dir);
		if (e == NULL)
			return errno == 0 ? ERR_NONE : ERR_IO;
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		one.name = arena_copy(arena, bytes_of(e->d_name));
		one.what = entry_kind(dirfd(dir), e);
		if (one.name.n == 0 || !add_name(arena, list, *n, one))
			return ERR_MEMORY;
		(*n)++;
	}
}

enum err
beneath_names(int root, struct bytes folder, struct arena *arena,
    struct beneath_name **out, size_t *nout)
{
	char path[LIMIT_PATH_BYTES] = ".";
	struct beneath_name *list = NULL;
	uint64_t flags = O_RDONLY | O_DIRECTORY;
	size_t n = 0;
	enum err err;
	DIR *dir;
	int fd;

	if (folder.n > 0 && !path_of(path, folder))
		return ERR_DENIED;
	fd = open_at(root, path, flags | O_NOATIME);
	if (fd == -1 && errno == EPERM)
		fd = open_at(root, path, flags);
	if (fd == -1)
		return err_of(errno);
	dir = fdopendir(fd);
	if (dir == NULL) {
		(void)close(fd);
		return ERR_MEMORY;
	}
	err = read_names(dir, arena, &list, &n);
	(void)closedir(dir);
	if (err != ERR_NONE)
		return err;
	if (n > 1)
		sort_items(list, n, sizeof(*list), by_bytes);
	*out = list;
	*nout = n;
	return ERR_NONE;
}
