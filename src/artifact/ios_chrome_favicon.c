/*
 * Chrome favicons: icons of pages that Chrome showed.  They outlast a history
 * that the user cleared.
 *
 * Evidence: Favicons, SQLite.  Times are microseconds since 1601-01-01 UTC.
 * Not here: pages without an icon; an icon also comes from bookmarks and
 * suggestions, so it proves no visit.
 */
#include "artifact/artifact.h"

enum { UPDATED, REQUESTED, URL, ICON, NFIELDS };

static const struct field fields[NFIELDS] = {
	[UPDATED]   = { "last_updated", KIND_TIME_WEBKIT,
	                "icon_id@favicon_bitmaps.last_updated",
	                .event = "page icon updated" },
	[REQUESTED] = { "last_requested", KIND_TIME_WEBKIT,
	                "icon_id@favicon_bitmaps.last_requested",
	                .event = "page icon requested" },
	[URL]       = { "url", KIND_URL, "page_url", .sense = SENSE_LOADED,
	                .shown = true },
	[ICON]      = { "icon_url", KIND_URL, "icon_id@favicons.url",
	                .sense = SENSE_LOADED, .shown = true },
};

static const struct reference refs[] = {
	{ "icon_mapping", "icon_id", "favicons", NULL },
	{ "icon_mapping", "icon_id", "favicon_bitmaps", "icon_id" },
	{ NULL, NULL, NULL, NULL }
};

static const struct place places[] = {
	{ "AppDomain-com.google.chrome.ios",
	  "Library/Application Support/Google/Chrome/Default/Favicons" },
	{ "AppDomain-com.google.chrome.ios",
	  "Library/Application Support/Google/Chrome/Profile*/Favicons" },
	{ NULL, NULL }
};

const struct artifact artifact_ios_chrome_favicon = {
	.name    = "ios_chrome_favicon",
	.about   = "icons of pages shown in Chrome",
	.places  = places,
	.table   = "icon_mapping",
	.refs    = refs,
	.fields  = fields,
	.nfields = NFIELDS,
};
