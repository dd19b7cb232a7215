/*
 * Firefox history: pages opened in Firefox on the phone (up to about version
 * 110, before it moved to places.db).
 *
 * Evidence: browser.db, SQLite.  Times are microseconds since 1970.
 * Not here: private tabs, what the user deleted; the file also holds visits
 * synchronised from the user's other devices (is_local tells).
 */
#include "artifact/artifact.h"

enum { TIME, URL, TITLE, LOCAL, TYPE, SITE, NFIELDS };

static const struct field fields[NFIELDS] = {
	[TIME]  = { "time", KIND_TIME_UNIX, "date",
	            .event = "page visited" },
	[URL]   = { "url", KIND_URL, "siteID.url", .shown = true },
	[TITLE] = { "title", KIND_LABEL, "siteID.title", .shown = true },
	[LOCAL] = { "is_local", KIND_BOOL, "is_local" },
	[TYPE]  = { "visit_type", KIND_INT, "type" },
	[SITE]  = { "item", KIND_INT, "siteID" },
};

static const struct reference refs[] = {
	{ "visits", "siteID", "history", NULL },
	{ NULL, NULL, NULL, NULL }
};

static const struct place places[] = {
	{ "AppDomainGroup-group.org.mozilla.ios.*",
	  "profile.profile/browser.db" },
	{ NULL, NULL }
};

const struct artifact artifact_ios_firefox_history = {
	.name    = "ios_firefox_history",
	.about   = "pages visited in Firefox (older versions)",
	.places  = places,
	.table   = "visits",
	.refs    = refs,
	.fields  = fields,
	.nfields = NFIELDS,
};
