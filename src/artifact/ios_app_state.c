/*
 * App state: apps that are or were on the phone, where they lie, and when some
 * of them were removed.
 *
 * Evidence: applicationState.db of FrontBoard: application_identifier_tab (apps
 * by number), key_tab (names of keys by number), kvs (app, key, value).  Three
 * keys are read: compatibilityInfo, an archive with the app's paths, which an
 * app that was removed has no longer; _UninstallDate, a date; and
 * XBApplicationSnapshotManifest, pictures for the app switcher with the times
 * when they were taken.  Each is a record; an app with none of them is one,
 * too.  An app number can outlast the app.
 * Not here: when an app was installed; most removals, for the date is not kept
 * of each app; programs that are no apps.  A snapshot manifest of a shape
 * unknown to us is only named: its times are not read.
 *
 * As publicly described for iOS 11 to 18.
 */
#include "artifact/artifact.h"

#include "artifact/plists.h"
#include "base/time.h"
#include "format/keyed.h"

enum { REMOVED, SHOWN, BUNDLE, KEY, ARCHIVED_ID, BUNDLE_PATH, DATA_PATH,
    SNAPSHOTS, NUMBER, NFIELDS };

static const struct field fields[NFIELDS] = {
	[REMOVED]     = { "removed", KIND_TIME, .event = "app removed" },
	[SHOWN]       = { "last_snapshot", KIND_TIME,
	                  .event = "app last pictured on screen" },
	[BUNDLE]      = { "bundle_id", KIND_APP_ID,
	                  "application_identifier.application_identifier",
	                  .shown = true },
	[KEY]         = { "key", KIND_LABEL, "key.key", .shown = true },
	[ARCHIVED_ID] = { "archived_bundle_id", KIND_APP_ID },
	[BUNDLE_PATH] = { "bundle_path", KIND_PATH, .shown = true },
	[DATA_PATH]   = { "data_path", KIND_PATH },
	[SNAPSHOTS]   = { "snapshots", KIND_INT },
	[NUMBER]      = { "app_number", KIND_INT, "application_identifier" },
};

static const char *const of_app[NFIELDS] = {
	[BUNDLE] = "application_identifier", [NUMBER] = "id",
};

static const struct reference refs[] = {
	{ "kvs", "application_identifier", "application_identifier_tab", "id" },
	{ "kvs", "key", "key_tab", "id" },
	{ NULL, NULL, NULL, NULL }
};

static const struct place places[] = {
	{ "HomeDomain", "Library/FrontBoard/applicationState.db" },
	{ NULL, NULL }
};

/* Numbers below this are remembered when they have a record; a phone has given
   some thousand.  An app with a greater one may be named once more. */
#define NUMBERS		65536u

/* A list that was packed as data once more is unpacked. */
static bool
unpacked(struct run *run, struct bytes value, const char *why,
    struct plist *root)
{
	if (!run_plist_within(run, value, why, root))
		return false;
	if (plist_type(*root) != PLIST_DATA)
		return true;
	return run_plist_within(run, plist_bytes(*root), why, root);
}

static struct val
path_in(struct plist root, const char *key)
{
	struct bytes b = keyed_is(root) ?
	    keyed_bytes(keyed_get(keyed_root(root), key)) :
	    plist_bytes(plist_get(root, key));

	return b.n > 0 ? val_text(b) : val_unset();
}

static void
compatibility(struct run *run, struct val *v, struct bytes value)
{
	static const char why[] = "the paths of an app are no property list, "
	    "or a damaged one";
	struct plist root;

	if (value.n == 0 || !unpacked(run, value, why, &root))
		return;
	if (plist_type(root) != PLIST_DICT) {
		run_gap(run, GAP_NO_OFFSET, why);
		return;
	}
	v[ARCHIVED_ID] = path_in(root, "bundleIdentifier");
	v[BUNDLE_PATH] = path_in(root, "bundlePath");
	v[DATA_PATH] = path_in(root, "sandboxPath");
}

static void
removed(struct run *run, struct val *v, struct bytes value)
{
	static const char why[] = "the time when an app was removed has "
	    "another shape";
	struct plist root;
	int64_t t;

	if (value.n == 0 || !unpacked(run, value, why, &root))
		return;
	t = keyed_is(root) ? keyed_date(keyed_root(root)) : plist_date(root);
	if (t != TIME_UNSET)
		v[REMOVED] = val_time(t);
	else
		v[REMOVED] = plists_time(root, run_scratch(run));
	if (v[REMOVED].type == VAL_TIME)
		return;
	v[REMOVED] = val_unset();
	run_gap(run, GAP_NO_OFFSET, why);
}

/* Objects of the archive that have a time of making. */
static void
snapshots(struct val *v, struct bytes value, struct arena *scratch)
{
	static const struct gap_sink nowhere;
	struct keyed one = { 0 };
	struct plist root, objects;
	int64_t t, last = TIME_UNSET;
	uint32_t i, n = 0;

	if (plist_read(&root, scratch, value, &nowhere) != ERR_NONE ||
	    (plist_type(root) == PLIST_DATA && plist_read(&root, scratch,
	    plist_bytes(root), &nowhere) != ERR_NONE) || !keyed_is(root))
		return;
	objects = plist_get(root, "$objects");
	one.archive = objects;
	for (i = 0; i < plist_count(objects); i++) {
		one.node = plist_at(objects, i);
		t = keyed_date(keyed_get(one, "creationDate"));
		if (t == TIME_UNSET)
			continue;
		n++;
		if (last == TIME_UNSET || t > last)
			last = t;
	}
	if (n == 0)
		return;
	v[SNAPSHOTS] = val_int(n);
	v[SHOWN] = val_time(last);
}

static void
told(struct run *run, const struct val *number)
{
	uint8_t *seen = *run_state(run);
	int64_t i = val_number(number, -1);

	if (seen != NULL && i >= 0 && i < NUMBERS)
		seen[i] = 1;
}

static void
value_row(struct run *run, struct val *v)
{
	struct val value = run_column(run, "value");
	struct bytes key = val_bytes(&v[KEY]), b = val_bytes(&value);

	if (bytes_is(key, "compatibilityInfo"))
		compatibility(run, v, b);
	else if (bytes_is(key, "_UninstallDate") ||
	    bytes_is(key, "uninstallDate"))
		removed(run, v, b);
	else if (bytes_is(key, "XBApplicationSnapshotManifest"))
		snapshots(v, b, run_scratch(run));
	else if (val_set(&v[KEY]) && val_set(&v[BUNDLE]))
		return;		/* other settings, the app is told below */
	told(run, &v[NUMBER]);
	run_record(run, v);
}

static void
app_row(struct run *run, struct val *v)
{
	const uint8_t *seen = *run_state(run);
	int64_t i = val_number(&v[NUMBER], -1);

	if (seen == NULL || i < 0 || i >= NUMBERS || !seen[i])
		run_record(run, v);
}

static void
read_file(struct run *run, const struct member *member)
{
	static const struct view values = { .table = "kvs", .refs = refs,
	    .row = value_row };
	static const struct view apps = {
	    .table = "application_identifier_tab", .from = of_app,
	    .row = app_row };
	struct sqlite *db = run_sqlite(run, member);

	if (db == NULL)
		return;
	*run_state(run) = arena_alloc(run_keep(run), NUMBERS, 1);
	(void)run_view(run, db, &values);
	(void)run_view(run, db, &apps);
}

const struct artifact artifact_ios_app_state = {
	.name    = "ios_app_state",
	.about   = "apps that are or were on the phone, and their paths",
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
};
