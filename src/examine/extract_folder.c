#include "examine/extract_folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/limits.h"
#include "examine/extract_journal.h"
#include "examine/output.h"
#include "jail/beneath.h"

#define PART_NAME	32

static void
part_name(char name[PART_NAME], unsigned number)
{
	(void)snprintf(name, PART_NAME, EXTRACT_PART "%u", number);
}

/* One part of a path below an open folder, or a path; no link is followed. */
static int
open_beneath(int dir, const char *path, uint64_t flags, mode_t mode)
{
	struct open_how how;
	long fd;

	memset(&how, 0, sizeof(how));
	how.flags = flags | O_CLOEXEC;
	how.mode = mode;
	how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS |
	    RESOLVE_NO_MAGICLINKS;
	do
		fd = syscall(SYS_openat2, dir, path, &how, sizeof(how));
	while (fd == -1 && errno == EINTR);
	return (int)fd;
}

/* --- the folder ----------------------------------------------------------- */

enum contents { CONTENTS_NONE, CONTENTS_JOURNAL, CONTENTS_OTHER };

/* Parts that a killed run has left are no contents. */
static enum contents
contents_of(const char *folder)
{
	enum contents found = CONTENTS_NONE;
	struct dirent *entry;
	DIR *dir = opendir(folder);

	if (dir == NULL)
		return CONTENTS_OTHER;
	while (found != CONTENTS_JOURNAL && (entry = readdir(dir)) != NULL) {
		if (strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0 ||
		    strncmp(entry->d_name, EXTRACT_PART,
		    strlen(EXTRACT_PART)) == 0)
			continue;
		found = strcmp(entry->d_name, EXTRACT_JOURNAL) == 0 ?
		    CONTENTS_JOURNAL : CONTENTS_OTHER;
	}
	(void)closedir(dir);
	return found;
}

static enum extract_end
end_of(int error)
{
	switch (error) {
	case ENOENT:
		return EXTRACT_ABOVE;
	case EACCES:
	case EPERM:
	case EROFS:
		return EXTRACT_DENIED;
	case ENOSPC:
	case EDQUOT:
		return EXTRACT_FULL;
	case ENOTDIR:
	case EEXIST:
	case ELOOP:
		return EXTRACT_FOREIGN;
	default:
		return EXTRACT_MACHINE;
	}
}

/* Whether the folder, or that of this name in it, lies in the evidence. */
static enum extract_end
outside(const char *folder, const char *name, const char *evidence)
{
	struct buf path = buf_with(LIMIT_PATH_BYTES);
	enum err err = ERR_MEMORY;

	buf_text(&path, folder);
	buf_text(&path, name);
	buf_byte(&path, '\0');
	if (!path.bad)
		err = output_outside((const char *)path.p, evidence);
	buf_free(&path);
	return err == ERR_NONE ? EXTRACT_DONE : err == ERR_DENIED ?
	    EXTRACT_INSIDE : err == ERR_MISSING ? EXTRACT_ABOVE :
	    err == ERR_KIND ? EXTRACT_FOREIGN : EXTRACT_MACHINE;
}

static enum extract_end
take_folder(struct extract_folder *f, const char *folder,
    const char *evidence)
{
	enum extract_end end = outside(folder, "", evidence);

	if (end != EXTRACT_DONE)
		return end;
	f->made = mkdir(folder, 0700) == 0;
	if (!f->made && errno != EEXIST)
		return end_of(errno);
	/* What was there already may be a link to anywhere. */
	end = outside(folder, "/x", evidence);
	if (end == EXTRACT_DONE && contents_of(folder) == CONTENTS_OTHER)
		end = EXTRACT_FOREIGN;
	if (end != EXTRACT_DONE)
		return end;
	f->dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return f->dir < 0 ? end_of(errno) : EXTRACT_DONE;
}

/* Nobody else works here, and the parts are of a run that was killed. */
static enum extract_end
alone(struct extract_folder *f)
{
	char name[PART_NAME];
	unsigned i;

	f->nameless = access("/proc/self/fd", X_OK) == 0;
	if (flock(f->dir, LOCK_EX | LOCK_NB) != 0)
		return errno == EWOULDBLOCK ? EXTRACT_BUSY : EXTRACT_DONE;
	for (i = 0; i < EXTRACT_PARTS; i++) {
		part_name(name, i);
		(void)unlinkat(f->dir, name, 0);
	}
	return EXTRACT_DONE;
}

enum extract_end
extract_folder_open(struct extract_folder *f, const char *folder,
    const char *evidence, const struct extract_identity *id,
    struct extract_sum *sum, bool *finished)
{
	enum extract_end end;

	memset(f, 0, sizeof(*f));
	f->dir = f->journal = -1;
	end = take_folder(f, folder, evidence);
	if (end == EXTRACT_DONE)
		end = alone(f);
	if (end == EXTRACT_DONE && contents_of(folder) == CONTENTS_NONE)
		end = extract_journal_mark(f, id, NULL);
	if (end == EXTRACT_DONE)
		end = extract_journal_open(f, id, sum, finished);
	if (end == EXTRACT_DONE)
		return end;
	extract_folder_close(f);
	if (f->made)
		(void)rmdir(folder);
	return end;
}

void
extract_folder_close(struct extract_folder *f)
{
	unsigned i;

	for (i = 0; i < EXTRACT_KEPT_FOLDERS; i++)
		if (f->kept[i].key != 0)
			(void)close(f->kept[i].fd);
	memset(f->kept, 0, sizeof(f->kept));
	if (f->journal >= 0)
		(void)close(f->journal);
	if (f->dir >= 0)
		(void)close(f->dir);
	f->dir = f->journal = -1;
}

/* --- files ---------------------------------------------------------------- */

/* One part of a path after the other is opened, and made if it is not there;
   -1 and errno. */
static int
make_folders(int root, struct bytes path)
{
	char part[256];
	size_t at, end;
	int dir = dup(root), next;

	for (at = 0; dir >= 0 && at < path.n; at = end + 1) {
		end = bytes_find_byte(path, '/', at);
		if (end == SIZE_MAX)
			end = path.n;
		memcpy(part, path.p + at, end - at);
		part[end - at] = '\0';
		next = open_beneath(dir, part, O_PATH | O_DIRECTORY, 0);
		if (next < 0 && errno == ENOENT &&
		    (mkdirat(dir, part, 0700) == 0 || errno == EEXIST))
			next = open_beneath(dir, part, O_PATH | O_DIRECTORY,
			    0);
		(void)close(dir);
		dir = next;
	}
	return dir;
}

/* The folder of a name; it is kept open for the next file in it. */
static int
folder_of(struct extract_folder *f, struct bytes path)
{
	uint64_t key = hash_key(path) | 1;
	unsigned at = (unsigned)((key >> 1) % EXTRACT_KEPT_FOLDERS);
	int fd;

	if (f->kept[at].key == key)
		return f->kept[at].fd;
	fd = make_folders(f->dir, path);
	if (fd < 0)
		return -1;
	if (f->kept[at].key != 0)
		(void)close(f->kept[at].fd);
	f->kept[at].key = key;
	f->kept[at].fd = fd;
	return fd;
}

/* Where a name lies: its folder and its last part. */
struct place {
	int dir;
	char last[256];
};

/* 0 or errno. */
static int
place_of(struct extract_folder *f, struct bytes name, struct place *p)
{
	size_t slash = 0, at = 0;

	while ((at = bytes_find_byte(name, '/', at)) != SIZE_MAX)
		slash = at++;
	p->dir = slash > 0 ? folder_of(f, bytes_part(name, 0, slash)) : f->dir;
	if (p->dir < 0)
		return errno;
	at = slash > 0 ? slash + 1 : 0;
	memcpy(p->last, name.p + at, name.n - at);
	p->last[name.n - at] = '\0';
	return 0;
}

int
extract_folder_part(struct extract_folder *f, struct extract_part *part,
    unsigned number, struct bytes name)
{
	char own[PART_NAME];
	struct place at;
	int error = place_of(f, name, &at);

	*part = (struct extract_part){ .fd = -1, .number = number };
	errno = error;
	if (error != 0)
		return -1;
	if (f->nameless)
		part->fd = openat(at.dir, ".", O_RDWR | O_TMPFILE | O_CLOEXEC,
		    0600);
	if (part->fd >= 0 || (f->nameless && (errno == ENOSPC ||
	    errno == EDQUOT)))
		return part->fd;
	f->nameless = false;
	part_name(own, number);
	part->fd = open_beneath(f->dir, own, O_RDWR | O_CREAT | O_EXCL |
	    O_NOFOLLOW, 0600);
	part->named = part->fd >= 0;
	return part->fd;
}

void
extract_folder_drop(struct extract_folder *f, struct extract_part *part)
{
	char name[PART_NAME];

	if (part->fd < 0)
		return;
	part_name(name, part->number);
	if (part->named)
		(void)unlinkat(f->dir, name, 0);
	(void)close(part->fd);
	*part = (struct extract_part){ .fd = -1 };
}

/* Without replacing anything, as far as the file system can promise it. */
static int
rename_new(int from_dir, const char *from, const struct place *to)
{
	struct stat st;

	if (renameat2(from_dir, from, to->dir, to->last, RENAME_NOREPLACE) ==
	    0)
		return 0;
	if (errno != EINVAL && errno != ENOSYS)
		return errno;
	if (fstatat(to->dir, to->last, &st, AT_SYMLINK_NOFOLLOW) == 0)
		return EEXIST;
	return renameat(from_dir, from, to->dir, to->last) == 0 ? 0 : errno;
}

static int
link_new(const struct extract_part *part, int dir, const char *name)
{
	char from[64];

	(void)snprintf(from, sizeof(from), "/proc/self/fd/%d", part->fd);
	return linkat(AT_FDCWD, from, dir, name, AT_SYMLINK_FOLLOW) == 0 ? 0 :
	    errno;
}

/* A nameless file cannot take another's name at once. */
static int
replace(const struct extract_folder *f, struct extract_part *part,
    const struct place *to)
{
	char own[PART_NAME];
	int error = 0;

	part_name(own, part->number);
	if (!part->named)
		error = link_new(part, f->dir, own);
	if (error != 0)
		return error;
	part->named = true;
	return renameat(f->dir, own, to->dir, to->last) == 0 ? 0 : errno;
}

int
extract_folder_name(struct extract_folder *f, struct extract_part *part,
    struct bytes name, bool over, uint64_t *inode)
{
	char own[PART_NAME];
	struct place to;
	struct stat st;
	int error = place_of(f, name, &to);

	if (error != 0)
		return error;
	part_name(own, part->number);
	if (over)
		error = replace(f, part, &to);
	else if (part->named)
		error = rename_new(f->dir, own, &to);
	else
		error = link_new(part, to.dir, to.last);
	*inode = 0;
	if (error == EEXIST && fstatat(to.dir, to.last, &st,
	    AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st.st_mode))
		*inode = (uint64_t)st.st_ino;
	/* The last faults of writing show when a file is closed. */
	if (error == 0) {
		error = close(part->fd) == 0 ? 0 : errno;
		*part = (struct extract_part){ .fd = -1 };
	}
	return error;
}

uint64_t
extract_folder_has(const struct extract_folder *f, struct bytes name,
    uint64_t size)
{
	struct stat st;

	if (beneath_stat(f->dir, name, &st) != ERR_NONE ||
	    !S_ISREG(st.st_mode) || (uint64_t)st.st_size != size)
		return 0;
	return (uint64_t)st.st_ino;
}
