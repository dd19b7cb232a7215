/*
 * ostrakon indicators update: the public index and its sets, over HTTPS.  The
 * only verb that uses the network.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/text.h"
#include "cmd/bundles.h"
#include "cmd/cmd.h"
#include "cmd/cmd_indicators.h"
#include "cmd/complain.h"
#include "cmd/etags.h"
#include "cmd/fetch.h"
#include "cmd/options.h"
#include "examine/examine.h"
#include "examine/sets.h"
#include "indicator/index.h"

#define PUBLIC_INDEX	"https://raw.githubusercontent.com/mvt-project/" \
			"mvt-indicators/main/indicators.yaml"
#define INDEX_NAME	"index.yaml"
#define PART		".part"

struct update {
	const char *url, *folder, *ca;
	struct arena arena;
	int dir;
	struct etags etags;
	struct sets sets;
	const char *names[SETS_MAX];	/* files of the sets so far */
	unsigned nnames;
	unsigned fetched, unchanged, failed;
};

static int
trouble(const char *what, const char *why)
{
	complain_about(what, why);
	return EXIT_TROUBLE;
}

/* Makes the folder and those above it. */
static bool
make_folders(const char *path)
{
	struct buf b = buf_with(LIMIT_PATH_BYTES);
	bool ok = true;
	size_t i;

	buf_text(&b, path);
	buf_byte(&b, '\0');
	for (i = 1; ok && !b.bad && i < b.n; i++) {
		if (b.p[i] != '/' && b.p[i] != '\0')
			continue;
		b.p[i] = '\0';
		ok = mkdir((const char *)b.p, 0700) == 0 || errno == EEXIST;
		if (i + 1 < b.n)
			b.p[i] = '/';
	}
	ok = ok && !b.bad;
	buf_free(&b);
	return ok;
}

/* The address without its scheme, other characters as "_". */
static const char *
file_name(struct arena *arena, const char *url)
{
	struct bytes rest = bytes_of(url + strlen("https://"));
	struct buf b = buf_with(256);
	const char *name;
	size_t i;
	uint8_t c;

	for (i = rest.n > 200 ? rest.n - 200 : 0; i < rest.n; i++) {
		c = rest.p[i];
		buf_byte(&b, (c >= '0' && c <= '9') || (text_lower(c) >= 'a' &&
		    text_lower(c) <= 'z') || c == '-' || (c == '.' && b.n > 0)
		    ? c : '_');
	}
	if (!bytes_ends(buf_bytes(&b), ".stix2") &&
	    !bytes_ends(buf_bytes(&b), ".json"))
		buf_text(&b, ".stix2");
	name = arena_string(arena, buf_bytes(&b));
	buf_free(&b);
	return name;
}

/* Whether the file was read to its end; one bad pattern does not matter. */
static bool
whole(const struct index *index)
{
	struct index_note note;
	uint32_t i;

	for (i = 0; index_note_at(index, i, &note); i++)
		if (note.kind == NOTE_ERROR && note.object.n == 0)
			return false;
	return true;
}

/* How many indicators the jailed reader finds in a file, none if it is cut
   short: what cannot be used must not take the place of what can. */
static uint32_t
usable(const struct update *u, const char *name)
{
	struct buf path = buf_with(LIMIT_PATH_BYTES);
	struct examine *ex = NULL;
	const char *file;
	uint32_t n = 0;

	buf_printf(&path, "%s/%s", u->folder, name);
	buf_byte(&path, '\0');
	file = (const char *)path.p;
	if (!path.bad && examine_new(&ex) == ERR_NONE &&
	    examine_indicators(ex, &file, 1) == ERR_NONE &&
	    whole(examine_index(ex)))
		n = index_count(examine_index(ex));
	examine_free(ex);
	buf_free(&path);
	return n;
}

/* Fetches into NAME.part; the caller gives it its name. */
static enum err
fetch_part(struct update *u, struct fetch *f, const char *part,
    const char *name)
{
	struct stat st;
	enum err err;

	(void)unlinkat(u->dir, part, 0);
	f->ca = u->ca;
	f->etag = fstatat(u->dir, name, &st, 0) == 0 ?
	    etags_get(&u->etags, f->url) : NULL;
	f->fd = openat(u->dir, part, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC,
	    0600);
	if (f->fd < 0) {
		(void)snprintf(f->why, sizeof(f->why),
		    "the folder cannot be written");
		return ERR_DENIED;
	}
	err = fetch_file(f);
	if (err == ERR_NONE && f->unchanged && f->etag == NULL) {
		(void)snprintf(f->why, sizeof(f->why), "the server says that "
		    "it did not change, but it was never here");
		err = ERR_NETWORK;
	}
	if (err == ERR_NONE && !f->unchanged && fsync(f->fd) != 0)
		err = ERR_FULL;
	(void)close(f->fd);
	if (err != ERR_NONE || f->unchanged)
		(void)unlinkat(u->dir, part, 0);
	return err;
}

/* Whether another set of the index has that file name already. */
static bool
name_taken(struct update *u, const char *name)
{
	unsigned i;

	for (i = 0; i < u->nnames; i++)
		if (strcmp(u->names[i], name) == 0)
			return true;
	u->names[u->nnames++] = name;
	return false;
}

static void
fetch_set(struct update *u, const struct set *set)
{
	const char *name = file_name(&u->arena, set->url);
	struct fetch f = { .url = set->url, .max = LIMIT_STIX_BYTES };
	struct buf part = buf_with(512);
	enum err err = ERR_KIND;

	buf_printf(&part, "%s" PART, name);
	buf_byte(&part, '\0');
	if (name_taken(u, name))
		(void)snprintf(f.why, sizeof(f.why), "another set of the "
		    "index would have the same file name");
	else
		err = fetch_part(u, &f, (const char *)part.p, name);
	if (err == ERR_NONE && !f.unchanged &&
	    usable(u, (const char *)part.p) == 0) {
		(void)snprintf(f.why, sizeof(f.why), "no indicator can be "
		    "read from it; the copy at hand is kept");
		(void)unlinkat(u->dir, (const char *)part.p, 0);
		err = ERR_KIND;
	}
	if (err == ERR_NONE && !f.unchanged &&
	    renameat(u->dir, (const char *)part.p, u->dir, name) != 0)
		err = ERR_FULL;
	buf_free(&part);
	if (err != ERR_NONE) {
		u->failed++;
		(void)trouble(set->url, f.why[0] == '\0' ? err_text(err) :
		    f.why);
	} else if (f.unchanged) {
		u->unchanged++;
	} else {
		u->fetched++;
		etags_set(&u->etags, set->url, f.new_etag);
	}
}

static int
fetch_index(struct update *u)
{
	struct fetch f = { .url = u->url, .max = SETS_INDEX_MAX };
	enum err err = fetch_part(u, &f, INDEX_NAME PART, INDEX_NAME);
	int fd;

	if (err != ERR_NONE)
		return trouble(u->url, f.why[0] == '\0' ? err_text(err) :
		    f.why);
	fd = openat(u->dir, f.unchanged ? INDEX_NAME : INDEX_NAME PART,
	    O_RDONLY | O_CLOEXEC);
	err = fd < 0 ? ERR_IO : sets_read(&u->sets, &u->arena, fd);
	if (fd >= 0)
		(void)close(fd);
	if (err == ERR_NONE && !f.unchanged) {
		if (renameat(u->dir, INDEX_NAME PART, u->dir, INDEX_NAME) != 0)
			err = ERR_FULL;
		else
			etags_set(&u->etags, u->url, f.new_etag);
	}
	if (err == ERR_NONE)
		return 0;
	/* The copy at hand is of no use either: next time all is fetched. */
	if (f.unchanged)
		etags_set(&u->etags, u->url, "");
	(void)unlinkat(u->dir, INDEX_NAME PART, 0);
	return trouble(u->url, err == ERR_KIND ?
	    "it is no index of indicator sets" : err_text(err));
}

static int
run(struct update *u)
{
	unsigned i;
	int status;

	if (u->folder == NULL)
		u->folder = bundles_default(&u->arena);
	if (u->folder == NULL)
		return trouble("no folder", "HOME is not set: give --folder");
	if (!sets_url_ok(bytes_of(u->url)))
		return trouble(u->url, "it must be an https:// address");
	if (!make_folders(u->folder))
		return trouble(u->folder, "the folder cannot be made");
	u->dir = open(u->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (u->dir < 0)
		return trouble(u->folder, "the folder cannot be opened");
	etags_read(&u->etags, u->dir);
	status = fetch_index(u);
	for (i = 0; status == 0 && i < u->sets.n; i++)
		fetch_set(u, &u->sets.list[i]);
	if (!etags_write(&u->etags, u->dir))
		status = trouble(u->folder, "its state cannot be written");
	(void)close(u->dir);
	if (status != 0)
		return status;
	(void)printf("%u sets: %u new, %u unchanged, %u failed; in %s\n",
	    u->sets.n, u->fetched, u->unchanged, u->failed, u->folder);
	if (u->sets.refused > 0)
		(void)printf("%u entries of the index give no https "
		    "address\n", u->sets.refused);
	return u->failed > 0 ? EXIT_TROUBLE : 0;
}

int
cmd_indicators_update(int argc, char **argv)
{
	static const struct verb verb = { "indicators update", "",
	    "Downloads the public index of indicator sets, and the sets.",
	    "This is the only verb that uses the network." };
	struct arena arena = arena_with(sizeof(struct update) + KIB);
	struct update *u = arena_alloc(&arena, 1, sizeof(*u));
	struct option table[] = {
		{ .name = "url", .arg = "URL", .about = "another index",
		    .text = u == NULL ? NULL : &u->url },
		{ .name = "folder", .arg = "DIR", .about = "where to keep "
		    "them", .text = u == NULL ? NULL : &u->folder },
		{ .name = "ca", .arg = "FILE", .about = "trusted "
		    "certificates (PEM) instead of the system's",
		    .text = u == NULL ? NULL : &u->ca },
		{ 0 }
	};
	int first, status = EXIT_TROUBLE;

	if (u == NULL)
		return EXIT_TROUBLE;
	u->arena = arena_with(4 * MIB);
	u->url = PUBLIC_INDEX;
	switch (options_read(&verb, table, argc, argv, &first)) {
	case OPTIONS_HELP:
		status = 0;
		break;
	case OPTIONS_BAD:
		break;
	case OPTIONS_OK:
		if (first == argc)
			status = run(u);
		else
			options_help(stderr, &verb, table);
		break;
	}
	arena_free(&u->arena);
	arena_free(&arena);
	return status;
}
