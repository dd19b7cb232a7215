/*
 * Safari tabs since iOS 15: open tabs, groups of tabs, private ones too, the
 * pages one could go back to; and tabs open on other devices of the account.
 *
 * Evidence: SafariTabs.db.  `bookmarks` holds tabs, groups and profiles; a tab
 * has two property lists (when it was viewed, by which device, from where it
 * was opened, its session).  `windows` tells which group is private.
 * CloudTabs.db: cloud_tabs and cloud_tab_devices.  Times in columns are seconds
 * since 2001-01-01 UTC; those in lists are dates, or seconds, from iOS 26 on
 * since 1970.
 * Not here: tabs that were closed, but for some that are still marked so.
 * Columns and keys are as known from public descriptions of macOS and iOS.
 *
 * A record is of one of the types tab, tab_group, profile, window, session (no
 * tab asks for it), participant (of a shared group), cloud_tab and
 * cloud_tab_close_request.  A page in a tab was opened or restored; a group can
 * be shared with others, who can add tabs; a tab of another device was not
 * opened on this one.
 */
#include "artifact/artifact.h"

#include "artifact/plists.h"
#include "artifact/safari_session.h"
#include "base/time.h"

enum { VIEWED, VISITED, ADDED, CLOSED, DEVICE_TIME, TYPE, URL, TITLE, LOCAL_URL,
    LOCAL_TITLE, OTHER_URL, ENTRIES, ENTRY_TITLES, ORIGINALS, SIZES, PRIVATE,
    FROM_LINK, GROUP, DEVICE, DEVICE_TYPE, DELETED, HIDDEN, ORDER, UUID, WINDOW,
    PARTICIPANT, EXTRA, LOCAL, DATA, FOLDER, SUBTYPE, NFIELDS };

static const struct field fields[NFIELDS] = {
	[VIEWED]    = { "last_viewed_time", KIND_TIME_MAC,
	                .event = "tab last viewed" },
	[VISITED]   = { "last_visit_time", KIND_TIME_MAC },
	[ADDED]     = { "added_time", KIND_TIME_MAC, .event = "tab added" },
	[CLOSED]    = { "closed_time", KIND_TIME_MAC, .event = "tab closed" },
	[DEVICE_TIME] = { "device_time", KIND_TIME_MAC },
	[TYPE]      = { "type", KIND_LABEL },
	[URL]       = { "url", KIND_URL, .shown = true },
	[TITLE]     = { "title", KIND_LABEL, .shown = true },
	/* What this device loaded; the others are what was synchronised. */
	[LOCAL_URL] = { "local_url", KIND_URL },
	[LOCAL_TITLE] = { "local_title", KIND_LABEL },
	[OTHER_URL] = { "other_device_url", KIND_URL, .sense = SENSE_TYPED,
	                .shown = true },
	/* The four lists have one value for each page of the tab. */
	[ENTRIES]   = { "entry_urls", KIND_URL },
	[ENTRY_TITLES] = { "entry_titles", KIND_LABEL },
	[ORIGINALS] = { "entry_original_urls", KIND_URL },
	[SIZES]     = { "entry_data_lengths", KIND_SIZE },
	[PRIVATE]   = { "private_browsing", KIND_BOOL, .shown = true },
	[FROM_LINK] = { "opened_from_link", KIND_BOOL },
	[GROUP]     = { "tab_group", KIND_LABEL },
	[DEVICE]    = { "device", KIND_LABEL, .shown = true },
	[DEVICE_TYPE] = { "device_type", KIND_LABEL },
	[DELETED]   = { "deleted", KIND_BOOL },
	[HIDDEN]    = { "hidden", KIND_BOOL },
	[ORDER]     = { "order_index", KIND_INT },
	[UUID]      = { "uuid", KIND_LABEL },
	[WINDOW]    = { "window_uuid", KIND_LABEL },
	[PARTICIPANT] = { "participant", KIND_HANDLE, .shown = true },
	/* Only what could not be taken apart. */
	[EXTRA]     = { "extra_attributes", KIND_TEXT, .sense = SENSE_TYPED },
	[LOCAL]     = { "local_attributes", KIND_TEXT,
	                .sense = SENSE_VISITED },
	[DATA]      = { "session_data", KIND_TEXT, .sense = SENSE_VISITED },
	[FOLDER]    = { "folder", KIND_INT },
	[SUBTYPE]   = { "subtype", KIND_INT },
};

static const char *const of_tab[NFIELDS] = {
	[VIEWED] = "last_modified", [CLOSED] = "date_closed", [URL] = "url",
	[TITLE] = "title", [GROUP] = "parent@bookmarks.title",
	[WINDOW] = "parent@windows.uuid", [PRIVATE] = "parent@windows.id",
	[DELETED] = "deleted",
	[HIDDEN] = "hidden", [ORDER] = "order_index",
	[UUID] = "external_uuid", [EXTRA] = "extra_attributes",
	[LOCAL] = "local_attributes", [DATA] = "external_uuid.data",
	[FOLDER] = "type", [SUBTYPE] = "subtype",
};
static const char *const of_window[NFIELDS] = {
	[CLOSED] = "date_closed", [UUID] = "uuid",
	[GROUP] = "active_tab_group_id.title",
};
static const char *const of_session[NFIELDS] = {
	[UUID] = "uuid", [DATA] = "data", [FOLDER] = "uuid.id",
};
static const char *const of_participant[NFIELDS] = {
	[PARTICIPANT] = "participant_id",
	[UUID] = "tab_server_id", [GROUP] = "tab_group_server_id",
};
static const char *const of_cloud[NFIELDS] = {
	[VIEWED] = "last_viewed_time", [TITLE] = "title", [OTHER_URL] = "url",
	[DEVICE] = "device_uuid.device_name",
	[DEVICE_TYPE] = "device_uuid.device_type_identifier",
	[DEVICE_TIME] = "device_uuid.last_modified", [UUID] = "tab_uuid",
};
static const char *const of_request[NFIELDS] = {
	[OTHER_URL] = "url", [UUID] = "tab_uuid",
	[DEVICE] = "destination_device_uuid.device_name",
	[DEVICE_TYPE] = "destination_device_uuid.device_type_identifier",
	[DEVICE_TIME] = "destination_device_uuid.last_modified",
};

static const struct reference refs[] = {
	{ "bookmarks", "parent", "bookmarks", NULL },
	{ "bookmarks", "parent", "windows", "private_tab_group_id" },
	{ "bookmarks", "external_uuid", "session_state", "uuid" },
	{ "windows", "active_tab_group_id", "bookmarks", NULL },
	{ "session_state", "uuid", "bookmarks", "external_uuid" },
	{ "cloud_tabs", "device_uuid", "cloud_tab_devices", "device_uuid" },
	{ "cloud_tab_close_requests", "destination_device_uuid",
	  "cloud_tab_devices", "device_uuid" },
	{ NULL, NULL, NULL, NULL }
};

static const struct place places[] = {
	{ NULL, "Library/Safari/SafariTabs.db" },
	{ NULL, "Library/Safari/CloudTabs.db" },
	{ NULL, NULL }
};

#define HEAD		4	/* of session data, before its list */
/* Seconds above this are counted from 1970: from 2001, it would be 2032. */
#define SINCE_1970	978307200.0

static void
type_is(struct val *v, const char *type)
{
	v[TYPE] = val_text(bytes_of(type));
}

static struct val
text_of(struct plist p)
{
	struct bytes b = plist_bytes(p);

	return plist_type(p) == PLIST_TEXT && b.n > 0 ? val_text(b) :
	    val_unset();
}

static struct val
time_of(struct run *run, struct plist p)
{
	double seconds = plist_real(p, 0);
	bool number = plist_type(p) == PLIST_INT || plist_type(p) == PLIST_REAL;
	int64_t t = TIME_UNSET;

	if (number && seconds > SINCE_1970)
		t = time_unix_seconds(seconds);
	return t != TIME_UNSET ? val_time(t) :
	    plists_time(p, run_scratch(run));
}

static void
extra(struct run *run, struct val *v)
{
	static const char why[] = "what Safari says of a tab could not be "
	    "read: it was searched as it stands";
	struct bytes data = val_bytes(&v[EXTRA]);
	struct val viewed;
	struct plist root;

	v[EXTRA] = data.n == 0 ? val_unset() : val_blob(data);
	if (data.n == 0 || !plists_within(run, data, PLIST_DICT, why, &root))
		return;
	viewed = time_of(run, plist_get(root, "DateLastViewed"));
	if (val_set(&viewed))
		v[VIEWED] = viewed;
	v[ADDED] = time_of(run, plist_get(plist_get(root,
	    "com.apple.Bookmark"), "DateAdded"));
	v[LOCAL_URL] = text_of(plist_get(root, "LocalURL"));
	v[LOCAL_TITLE] = text_of(plist_get(root, "LocalTitle"));
	v[DEVICE] = text_of(plist_get(root, "DeviceIdentifier"));
	v[EXTRA] = val_unset();
}

static void
local(struct run *run, struct val *v)
{
	static const char why[] = "what this phone says of a tab could not be "
	    "read: it was searched as it stands";
	struct bytes data = val_bytes(&v[LOCAL]);
	struct plist root, part;
	struct val closed;

	v[LOCAL] = data.n == 0 ? val_unset() : val_blob(data);
	if (data.n == 0 || !plists_within(run, data, PLIST_DICT, why, &root))
		return;
	v[VISITED] = time_of(run, plist_get(root, "LastVisitTime"));
	closed = time_of(run, plist_get(root, "DateClosed"));
	if (val_set(&closed))
		v[CLOSED] = closed;
	part = plist_get(root, "OpenedFromLink");
	if (plist_is(part))
		v[FROM_LINK] = val_bool(plist_int(part, 0) != 0);
	part = plist_get(root, "WindowUUID");
	if (!val_set(&v[WINDOW]))
		v[WINDOW] = text_of(part);
	part = plist_get(root, "SessionState");
	if (!val_set(&v[DATA]) && plist_type(part) == PLIST_DATA)
		v[DATA] = val_blob(plist_bytes(part));
	v[LOCAL] = val_unset();
}

/* The session is a property list after a version, in newer systems also
   something else: then it is searched as it stands. */
static void
session(struct run *run, struct val *v)
{
	struct bytes data = val_bytes(&v[DATA]);
	size_t head = bytes_starts(data, "bplist") ? 0 : HEAD;

	v[DATA] = data.n == 0 ? val_unset() : val_blob(data);
	if (bytes_starts(bytes_part(data, head, data.n), "bplist") &&
	    safari_session(run, data, head, &v[ENTRIES]))
		v[DATA] = val_unset();
}

static void
tab_row(struct run *run, struct val *v)
{
	bool tab = val_number(&v[FOLDER], val_set(&v[URL]) ? 0 : 1) == 0;

	if (tab)
		type_is(v, "tab");
	else
		type_is(v, val_number(&v[SUBTYPE], 0) == 2 ? "profile" :
		    "tab_group");
	if (tab)
		v[PRIVATE] = val_bool(val_set(&v[PRIVATE]));
	v[FOLDER] = v[SUBTYPE] = val_unset();
	extra(run, v);
	local(run, v);
	session(run, v);
	if (!val_set(&v[VIEWED]))
		v[VIEWED] = v[VISITED];
	run_record(run, v);
}

static void
window_row(struct run *run, struct val *v)
{
	type_is(v, "window");
	run_record(run, v);
}

static void
session_row(struct run *run, struct val *v)
{
	if (val_set(&v[FOLDER]))
		return;		/* read with its tab */
	type_is(v, "session");
	session(run, v);
	run_record(run, v);
}

static void
participant_row(struct run *run, struct val *v)
{
	type_is(v, "participant");
	run_record(run, v);
}

static void
cloud_row(struct run *run, struct val *v)
{
	type_is(v, "cloud_tab");
	run_record(run, v);
}

static void
request_row(struct run *run, struct val *v)
{
	type_is(v, "cloud_tab_close_request");
	run_record(run, v);
}

static const struct view tabs[] = {
	{ .table = "bookmarks", .refs = refs, .from = of_tab, .row = tab_row },
	{ .table = "windows", .refs = refs, .from = of_window,
	    .row = window_row, .optional = true },
	{ .table = "session_state", .refs = refs, .from = of_session,
	    .row = session_row, .optional = true },
	{ .table = "participant_presence", .from = of_participant,
	    .row = participant_row, .optional = true },
	{ .table = NULL }
};
static const struct view cloud[] = {
	{ .table = "cloud_tabs", .refs = refs, .from = of_cloud,
	    .row = cloud_row },
	{ .table = "cloud_tab_close_requests", .refs = refs,
	    .from = of_request, .row = request_row, .optional = true },
	{ .table = NULL }
};

static void
read_file(struct run *run, const struct member *file)
{
	struct sqlite *db = run_sqlite(run, file);
	const struct view *view = tabs;

	if (db == NULL)
		return;
	if (bytes_ends(file->path, "CloudTabs.db"))
		view = cloud;
	for (; view->table != NULL; view++)
		(void)run_view(run, db, view);
}

const struct artifact artifact_ios_safari_tabs = {
	.name    = "ios_safari_tabs",
	.about   = "tabs of Safari since iOS 15, and of other devices",
	.in      = ARTIFACT_IN_ENCRYPTED,
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
};
