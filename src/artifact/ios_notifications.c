/*
 * Notices: what apps showed, or were about to show, on the lock screen and in
 * the list of notices.
 *
 * Evidence: Library/UserNotifications/FOLDER/, one folder an app, named by a
 * random number (in old systems by the app): DeliveredNotifications.plist and
 * PendingNotifications.plist, keyed archives of the notices, and
 * PushRegistration.plist.  Library.plist says whose folder it is.  Texts are
 * those of messages, calls and pages: personal, and matched.  Notices were
 * found to stay for days after their app was removed.
 * Not here: notices that were looked at or swept away; whether anybody read
 * one; since about iOS 15 much of it lies where no backup reaches.  A notice
 * can be cut, its message may be longer.
 *
 * As publicly described for iOS 12 to 14; PushRegistration.plist is read for
 * the names in it alone.
 */
#include "artifact/artifact.h"

#include <string.h>

#include "artifact/run_peek.h"
#include "artifact/words.h"
#include "base/time.h"

enum { CREATED, SENT, APP, FILE_, FOLDER, TITLE, SUBTITLE, MESSAGE, IDENTIFIER,
    TEXTS, REGISTERED, NFIELDS };

static const struct field fields[NFIELDS] = {
	[CREATED]    = { "created", KIND_TIME, .event = "notice made" },
	[SENT]       = { "due", KIND_TIME, .event = "notice due" },
	[APP]        = { "bundle_id", KIND_APP_ID, .shown = true },
	[FILE_]      = { "file", KIND_LABEL },
	[FOLDER]     = { "folder", KIND_LABEL },
	[TITLE]      = { "title", KIND_TEXT, .shown = true },
	[SUBTITLE]   = { "subtitle", KIND_TEXT },
	[MESSAGE]    = { "message", KIND_TEXT, .shown = true },
	[IDENTIFIER] = { "identifier", KIND_LABEL },
	[TEXTS]      = { "texts", KIND_TEXT },
	[REGISTERED] = { "registered", KIND_TEXT, .sense = SENSE_TYPED },
};

static const struct place places[] = {
	{ "HomeDomain",
	  "Library/UserNotifications/*/DeliveredNotifications.plist" },
	{ "HomeDomain",
	  "Library/UserNotifications/*/PendingNotifications.plist" },
	{ "HomeDomain",
	  "Library/UserNotifications/*/PushRegistration.plist" },
	{ "HomeDomain", "Library/UserNotifications/Library.plist" },
	{ NULL, NULL }
};

static const char library[] = "Library/UserNotifications/Library.plist";

/* Folders that are looked up; a phone has some hundred apps. */
#define FOLDERS_MAX	4096u

struct folders {
	struct val *pairs;		/* app and folder, in turn */
	uint32_t n;
};

/* --- whose folder it is --------------------------------------------------- */

static struct val
word(struct run *run, struct bytes b)
{
	return val_text(arena_copy(run_keep(run), b));
}

static void
pair(struct run *run, struct folders *f, struct bytes app, struct bytes folder)
{
	bool turned = bytes_find_byte(app, '.', 0) == SIZE_MAX;

	if (app.n == 0 || folder.n == 0 || f->n == FOLDERS_MAX)
		return;
	f->pairs[2 * f->n] = word(run, turned ? folder : app);
	f->pairs[2 * f->n + 1] = word(run, turned ? app : folder);
	f->n++;
}

/* A dictionary, plain or archived: app -> folder, or the other way round. */
static void
pairs_in(struct run *run, struct folders *f, struct plist root)
{
	struct keyed k;
	uint32_t i;

	if (keyed_is(root)) {
		k = keyed_root(root);
		for (i = 0; i < keyed_count(k) && i < FOLDERS_MAX; i++)
			pair(run, f, keyed_bytes(keyed_key(k, i)),
			    keyed_bytes(keyed_at(k, i)));
		return;
	}
	for (i = 0; i < plist_count(root) && i < FOLDERS_MAX; i++)
		pair(run, f, plist_key(root, i),
		    plist_bytes(plist_at(root, i)));
}

/* The list of folders comes after the folders: it is looked into first. */
static struct folders *
folders_of(struct run *run)
{
	struct folders *f = *run_state(run);
	const struct member *m;
	unsigned i;

	if (f != NULL)
		return f;
	f = arena_alloc(run_keep(run), 1, sizeof(*f));
	if (f == NULL)
		return NULL;
	*run_state(run) = f;
	f->pairs = arena_alloc(run_keep(run), 2 * FOLDERS_MAX,
	    sizeof(*f->pairs));
	for (i = 0; f->pairs != NULL && (m = run_member(run, i)) != NULL; i++)
		if (!m->also && bytes_is(m->path, library))
			pairs_in(run, f, run_peek_plist(run, m));
	return f;
}

static struct val
app_of(struct run *run, struct bytes folder)
{
	const struct folders *f = folders_of(run);
	uint32_t i;

	for (i = 0; f != NULL && i < f->n; i++)
		if (bytes_eq(f->pairs[2 * i + 1].bytes, folder))
			return f->pairs[2 * i];
	/* In old systems it is the app's name. */
	return bytes_find_byte(folder, '.', 0) != SIZE_MAX ?
	    val_text(folder) : val_unset();
}

/* --- notices -------------------------------------------------------------- */

static struct val
text_of(struct keyed notice, const char *key)
{
	struct bytes b = keyed_bytes(keyed_get(notice, key));

	return b.n > 0 ? val_text(b) : val_unset();
}

static struct val
date_of(struct keyed notice, const char *key)
{
	int64_t t = keyed_date(keyed_get(notice, key));

	return t == TIME_UNSET ? val_unset() : val_time(t);
}

static void
notice(struct run *run, struct val *v, struct keyed k)
{
	v[CREATED] = date_of(k, "AppNotificationCreationDate");
	v[SENT] = date_of(k, "TriggerDate");
	v[TITLE] = text_of(k, "AppNotificationTitle");
	v[SUBTITLE] = text_of(k, "AppNotificationSubtitle");
	v[MESSAGE] = text_of(k, "AppNotificationMessage");
	v[IDENTIFIER] = text_of(k, "AppNotificationIdentifier");
	words_keyed(run, k, &v[TEXTS]);
	run_record(run, v);
}

/* The archive of nothing, which an app without notices has. */
static bool
nothing(struct plist root)
{
	return plist_int(plist_path(root, "$top.root"), -1) == 0 &&
	    plist_count(plist_get(root, "$objects")) == 1;
}

/* An archive of an array of notices. */
static void
notices(struct run *run, const struct val *head, struct plist root)
{
	static const char why[] = "the list of notices has another shape: an "
	    "unknown schema";
	struct val v[NFIELDS];
	struct keyed all;
	uint32_t i;

	if (!keyed_is(root)) {
		run_gap(run, 0, why);
		return;
	}
	all = keyed_root(root);
	if (keyed_count(all) == 0 &&
	    plist_type(plist_get(all.node, "NS.objects")) != PLIST_ARRAY &&
	    !nothing(root))
		run_gap(run, 0, why);
	for (i = 0; i < keyed_count(all); i++) {
		memcpy(v, head, sizeof(v));
		run_row(run, (int64_t)i + 1);
		notice(run, v, keyed_at(all, i));
	}
}

static void
whole(struct run *run, const struct val *head, struct plist root)
{
	struct val v[NFIELDS], names;

	memcpy(v, head, sizeof(v));
	words_in(run, root, &v[REGISTERED], &names);
	run_row(run, 1);
	run_record(run, v);
}

static void
read_library(struct run *run, const struct val *head)
{
	const struct folders *f = folders_of(run);
	struct val v[NFIELDS];
	uint32_t i;

	for (i = 0; f != NULL && i < f->n; i++) {
		memcpy(v, head, sizeof(v));
		v[APP] = f->pairs[2 * i];
		v[FOLDER] = f->pairs[2 * i + 1];
		run_row(run, (int64_t)i + 1);
		run_record(run, v);
	}
	if (f != NULL && f->n == FOLDERS_MAX)
		run_gap(run, GAP_NO_OFFSET, "more apps have notices than are "
		    "looked up");
}

static void
read_file(struct run *run, const struct member *member)
{
	struct val head[NFIELDS] = { 0 };
	struct bytes path = member->path, folder;
	struct plist root;
	size_t at;

	path = bytes_part(path, sizeof("Library/UserNotifications/") - 1,
	    path.n);
	if (!run_plist(run, member, &root))
		return;
	at = bytes_find_byte(path, '/', 0);
	if (at == SIZE_MAX) {
		head[FILE_] = val_text(path);
		read_library(run, head);
		return;
	}
	folder = bytes_part(path, 0, at);
	path = bytes_part(path, at + 1, path.n);
	head[FOLDER] = val_text(folder);
	head[FILE_] = val_text(path);
	head[APP] = app_of(run, folder);
	if (bytes_starts(path, "Push"))
		whole(run, head, root);
	else
		notices(run, head, root);
}

const struct artifact artifact_ios_notifications = {
	.name    = "ios_notifications",
	.about   = "notices that apps showed, and whose they are",
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
};
