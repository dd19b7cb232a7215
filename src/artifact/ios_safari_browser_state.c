/*
 * Safari tabs: pages open when the backup was made, and for each tab the pages
 * one could go back to.
 *
 * Evidence: BrowserState.db, one per Safari profile; tabs, and their
 * session_data in tab_sessions (before iOS 12 in tabs): four bytes, then a
 * property list.  Times are seconds since 2001-01-01 UTC.
 * Not here: closed tabs; since iOS 15 most phones keep tabs in SafariTabs.db
 * instead, and this one is left over or empty.  A session that no tab asks for
 * is a record with entries and no url.
 *
 * A page in a tab was opened or restored; a link that another app opened stands
 * here like one that was typed.
 */
#include "artifact/artifact.h"

#include "artifact/safari_session.h"

enum { TIME, URL, TITLE, VISIBLE, ENTRIES, ENTRY_TITLES, ORIGINALS, SIZES,
    PRIVATE, FROM_LINK, ORDER, UUID, WINDOW, DATA, NFIELDS };

static const struct field fields[NFIELDS] = {
	[TIME]      = { "last_viewed_time", KIND_TIME_MAC, "last_viewed_time",
	                .event = "tab last viewed" },
	[URL]       = { "url", KIND_URL, "url", .shown = true },
	[TITLE]     = { "title", KIND_LABEL, "title", .shown = true },
	[VISIBLE]   = { "user_visible_url", KIND_URL, "user_visible_url" },
	/* The four lists have one value for each page of the tab. */
	[ENTRIES]   = { "entry_urls", KIND_URL },
	[ENTRY_TITLES] = { "entry_titles", KIND_LABEL },
	[ORIGINALS] = { "entry_original_urls", KIND_URL },
	[SIZES]     = { "entry_data_lengths", KIND_SIZE },
	[PRIVATE]   = { "private_browsing", KIND_BOOL, "private_browsing",
	                .shown = true },
	[FROM_LINK] = { "opened_from_link", KIND_BOOL, "opened_from_link" },
	[ORDER]     = { "order_index", KIND_INT, "order_index" },
	[UUID]      = { "uuid", KIND_LABEL, "uuid" },
	[WINDOW]    = { "browser_window_uuid", KIND_LABEL,
	                "browser_window_uuid" },
	/* Only where no list of pages was found in it. */
	[DATA]      = { "session_data", KIND_TEXT,
	                "session_data|uuid.session_data",
	                .sense = SENSE_VISITED },
};

static const char *const of_session[NFIELDS] = {
	[UUID] = "tab_uuid", [DATA] = "session_data",
	[WINDOW] = "tab_uuid.uuid",
};

static const struct reference refs[] = {
	{ "tabs", "uuid", "tab_sessions", "tab_uuid" },
	{ "tab_sessions", "tab_uuid", "tabs", "uuid" },
	{ NULL, NULL, NULL, NULL }
};

static const struct place places[] = {
	{ NULL, "Library/Safari/BrowserState.db" },
	{ NULL, "Library/Safari/Profiles/*/BrowserState.db" },
	{ NULL, NULL }
};

#define HEAD		4	/* bytes before the property list */

static void
row(struct run *run, struct val *v)
{
	struct bytes data = val_bytes(&v[DATA]);

	v[DATA] = data.n == 0 ? val_unset() : val_blob(data);
	if (data.n > 0 && safari_session(run, data, HEAD, &v[ENTRIES]))
		v[DATA] = val_unset();
	run_record(run, v);
}

/* A session that no tab asks for. */
static void
session_row(struct run *run, struct val *v)
{
	if (!val_set(&v[WINDOW]))
		row(run, v);
}

static void
read_file(struct run *run, const struct member *file)
{
	static const struct view view = { .table = "tabs", .refs = refs,
	    .row = row };
	static const struct view sessions = { .table = "tab_sessions",
	    .refs = refs, .from = of_session, .row = session_row,
	    .optional = true };
	struct sqlite *db = run_sqlite(run, file);

	if (db == NULL)
		return;
	(void)run_view(run, db, &view);
	(void)run_view(run, db, &sessions);
}

const struct artifact artifact_ios_safari_browser_state = {
	.name    = "ios_safari_browser_state",
	.about   = "tabs open in Safari",
	.in      = ARTIFACT_IN_ENCRYPTED,
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
};
