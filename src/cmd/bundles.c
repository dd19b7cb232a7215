#include "cmd/bundles.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/sort.h"
#include "cmd/complain.h"

#define FOLDER_DEPTH	8

static void
trouble(struct bundles *b, const char *path, const char *why)
{
	complain_about(path, why);
	b->trouble = true;
}

static void
add_file(struct bundles *b, const char *path)
{
	if (b->n == BUNDLES_MAX)
		trouble(b, path, "too many files");
	else
		b->files[b->n++] = path;
}

static bool
is_bundle_name(const char *name)
{
	struct bytes n = bytes_of(name);

	return n.n > 0 && n.p[0] != '.' && (bytes_ends(n, ".stix2") ||
	    bytes_ends(n, ".stix") || bytes_ends(n, ".json"));
}

static const char *
join(struct arena *arena, const char *folder, const char *name)
{
	struct buf b = buf_with(LIMIT_PATH_BYTES);
	const char *path;

	buf_text(&b, folder);
	if (b.n > 0 && b.p[b.n - 1] != '/')
		buf_byte(&b, '/');
	buf_text(&b, name);
	path = b.bad ? NULL : arena_string(arena, buf_bytes(&b));
	buf_free(&b);
	return path;
}

static void
add_folder(struct bundles *b, struct arena *arena, const char *folder,
    unsigned depth)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;
	struct stat st;
	const char *path;
	bool bundle;

	if (dir == NULL) {
		trouble(b, folder, "the folder cannot be read");
		return;
	}
	while ((entry = readdir(dir)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		path = join(arena, folder, entry->d_name);
		bundle = is_bundle_name(entry->d_name);
		if (path == NULL || (bundle && stat(path, &st) != 0))
			trouble(b, path == NULL ? entry->d_name : path,
			    "it is named like indicators and cannot be had");
		else if (stat(path, &st) != 0)
			continue;
		else if (S_ISDIR(st.st_mode) && depth < FOLDER_DEPTH)
			add_folder(b, arena, path, depth + 1);
		else if (S_ISDIR(st.st_mode))
			trouble(b, path, "it lies too deep in the folder");
		else if (S_ISREG(st.st_mode) && bundle)
			add_file(b, path);
	}
	(void)closedir(dir);
}

static void
add_path(struct bundles *b, struct arena *arena, const char *path)
{
	struct stat st;
	unsigned before = b->n;

	if (stat(path, &st) != 0) {
		trouble(b, path, "there is no such file or folder of "
		    "indicators");
		return;
	}
	if (!S_ISDIR(st.st_mode)) {
		add_file(b, path);
		return;
	}
	add_folder(b, arena, path, 0);
	if (b->n == before)
		trouble(b, path, "no file of indicators in it: none ends in "
		    ".stix2, .stix or .json");
}

static void
add_list(struct bundles *b, struct arena *arena, const char *list)
{
	const char *end;

	for (;; list = end + 1) {
		end = strchrnul(list, ':');
		if (end > list)
			add_path(b, arena, arena_string(arena,
			    bytes_at(list, (size_t)(end - list))));
		if (*end == '\0')
			return;
	}
}

static int
name_order(const void *va, const void *vb)
{
	const char *const *a = va, *const *b = vb;

	return strcmp(*a, *b);
}

const char *
bundles_default(struct arena *arena)
{
	const char *data = getenv("XDG_DATA_HOME");
	const char *home = getenv("HOME");

	if (data != NULL && data[0] == '/')
		return join(arena, data, "ostrakon/indicators");
	if (home != NULL && home[0] == '/')
		return join(arena, home, ".local/share/ostrakon/indicators");
	return NULL;
}

void
bundles_find(struct bundles *b, struct arena *arena,
    const struct option_list *named)
{
	const char *list = getenv("OSTRAKON_INDICATORS");
	const char *folder;
	struct stat st;
	unsigned i;

	b->n = 0;
	b->trouble = false;
	for (i = 0; i < named->n; i++)
		add_path(b, arena, named->items[i]);
	if (named->n == 0 && list != NULL && list[0] != '\0') {
		add_list(b, arena, list);
	} else if (named->n == 0) {
		folder = bundles_default(arena);
		if (folder != NULL && stat(folder, &st) == 0)
			add_folder(b, arena, folder, 0);
	}
	sort_items(b->files, b->n, sizeof(b->files[0]), name_order);
}
