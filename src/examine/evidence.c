#include "examine/evidence.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/sort.h"

/* Child folders looked at; the backup folder of a computer has a few. */
#define CHILDREN_MAX	1000u

enum refusal
evidence_refusal(enum err err)
{
	switch (err) {
	case ERR_NONE:
		return REFUSAL_NONE;
	case ERR_MISSING:
		return REFUSAL_MISSING;
	case ERR_DENIED:
		return REFUSAL_DENIED;
	case ERR_KIND:
		return REFUSAL_FILE;
	default:
		return REFUSAL_MACHINE;
	}
}

static bool
is_file(struct broker *b, const char *name)
{
	return broker_look(b, bytes_of(name)) == 'f';
}

static bool
is_folder(struct broker *b, const char *name)
{
	return broker_look(b, bytes_of(name)) == 'd';
}

enum refusal
evidence_look(struct broker *b)
{
	bool info = is_file(b, "Info.plist");

	if (is_file(b, "Manifest.db"))
		return info ? REFUSAL_NONE : REFUSAL_NO_INFO;
	if (is_file(b, "Manifest.mbdb"))
		return REFUSAL_MBDB;
	if (is_folder(b, "HomeDomain") || is_folder(b, "RootDomain") ||
	    is_folder(b, "CameraRollDomain") || is_folder(b, "AppDomain"))
		return REFUSAL_BY_DOMAIN;
	if (info || is_file(b, "Manifest.plist"))
		return REFUSAL_NO_MANIFEST;
	return REFUSAL_NO_BACKUP;
}

const char *
refusal_text(enum refusal refusal)
{
	switch (refusal) {
	case REFUSAL_NONE:
		return "examined";
	case REFUSAL_MISSING:
		return "there is no such file or folder";
	case REFUSAL_DENIED:
		return "you may not read it: ask its owner, or copy the backup "
		    "to a folder of yours";
	case REFUSAL_FILE:
		return "this is a file; a backup is the folder that holds "
		    "Manifest.db and Info.plist";
	case REFUSAL_NO_BACKUP:
		return "this is no iOS backup: neither it nor a folder in it "
		    "holds Manifest.db and Info.plist";
	case REFUSAL_MANY:
		return "there are too many backups in it: give them in several "
		    "commands";
	case REFUSAL_NO_INFO:
		return "Manifest.db is there, but Info.plist is not: the "
		    "backup was not copied whole, copy it again";
	case REFUSAL_NO_MANIFEST:
		return "Manifest.db is missing: the backup was not finished or "
		    "not copied whole, make it again";
	case REFUSAL_MBDB:
		return "this backup is of iOS 9 or older (Manifest.mbdb) and "
		    "cannot be read: make a new one with a current iTunes, "
		    "Finder or idevicebackup2";
	case REFUSAL_BY_DOMAIN:
		return "this is a backup that was unpacked into folders by "
		    "domain: give the original backup, the folder that holds "
		    "Manifest.db";
	case REFUSAL_ENCRYPTED:
		return "this backup is encrypted and was not examined: its "
		    "password is needed. Run the command in a terminal to be "
		    "asked for it, or give --password-file or --key-file";
	case REFUSAL_PASSWORD:
		return "the password (or key) is not that of this backup";
	case REFUSAL_KEY_FILE:
		return "the key file holds no key: 64 hexadecimal digits";
	case REFUSAL_KEYBAG:
		return "this backup is encrypted, and its keys cannot be had "
		    "with any password: it is damaged or was not copied whole";
	case REFUSAL_BAD_MANIFEST:
		return "Manifest.db cannot be read at all: the backup is "
		    "damaged or was not copied whole; copy or make it again";
	case REFUSAL_MACHINE:
		return "this machine failed";
	}
	return "";
}

static int
path_order(const void *va, const void *vb)
{
	const char *const *a = va, *const *b = vb;

	return strcmp(*a, *b);
}

/* A folder that may not be opened could be one: it is refused by name later. */
static bool
looks_like_backup(const char *path)
{
	struct broker *b;
	enum refusal refusal;
	enum err err = broker_open(&b, path);

	if (err != ERR_NONE)
		return err == ERR_DENIED;
	refusal = evidence_look(b);
	broker_close(b);
	return refusal != REFUSAL_NO_BACKUP && refusal != REFUSAL_BY_DOMAIN;
}

static enum refusal
find_children(const char *path, struct arena *arena, const char **list,
    unsigned *n)
{
	DIR *dir = opendir(path);
	struct buf name = buf_with(LIMIT_PATH_BYTES * 2);
	struct dirent *entry;

	if (dir == NULL)
		return REFUSAL_DENIED;
	*n = 0;
	while ((entry = readdir(dir)) != NULL && *n < CHILDREN_MAX) {
		/* The second belongs to file systems, and to root. */
		if (entry->d_name[0] == '.' ||
		    strcmp(entry->d_name, "lost+found") == 0)
			continue;
		buf_reset(&name);
		buf_text(&name, path);
		if (name.n > 0 && name.p[name.n - 1] != '/')
			buf_byte(&name, '/');
		buf_text(&name, entry->d_name);
		buf_byte(&name, '\0');
		if (!name.bad && looks_like_backup((const char *)name.p))
			list[(*n)++] = arena_string(arena,
			    bytes_at(name.p, name.n - 1));
	}
	(void)closedir(dir);
	buf_free(&name);
	sort_items(list, *n, sizeof(*list), path_order);
	/* Beyond that some would not be examined, and nobody would know. */
	if (*n == CHILDREN_MAX)
		return REFUSAL_MANY;
	return *n > 0 ? REFUSAL_NONE : REFUSAL_NO_BACKUP;
}

enum refusal
examine_find(const char *path, struct arena *arena,
    const char *const **folders, unsigned *n)
{
	const char **list = arena_alloc(arena, CHILDREN_MAX, sizeof(*list));
	struct broker *b = NULL;
	enum err err = broker_open(&b, path);
	enum refusal refusal;

	if (list == NULL)
		return REFUSAL_MACHINE;
	if (err != ERR_NONE)
		return evidence_refusal(err);
	refusal = evidence_look(b);
	broker_close(b);
	*folders = list;
	*n = 1;
	list[0] = path;
	if (refusal != REFUSAL_NO_BACKUP)
		return refusal == REFUSAL_BY_DOMAIN ? refusal : REFUSAL_NONE;
	return find_children(path, arena, list, n);
}
