/*
 * Firefox favicons: icons of pages that Firefox showed (older versions).
 *
 * Evidence: browser.db, SQLite; favicon_sites ties an icon to a page of the
 * history.  Times are seconds since 1970.
 * Not here: pages without an icon; an icon proves no visit by itself.
 */
#include "artifact/artifact.h"

enum { TIME, URL, ICON, WIDTH, HEIGHT, TYPE, NFIELDS };

static const struct field fields[NFIELDS] = {
	[TIME]   = { "time", KIND_TIME_UNIX, "faviconID.date",
	             .event = "page icon stored" },
	[URL]    = { "url", KIND_URL, "siteID.url", .sense = SENSE_LOADED,
	             .shown = true },
	[ICON]   = { "icon_url", KIND_URL, "faviconID.url",
	             .sense = SENSE_LOADED, .shown = true },
	[WIDTH]  = { "width", KIND_INT, "faviconID.width" },
	[HEIGHT] = { "height", KIND_INT, "faviconID.height" },
	[TYPE]   = { "icon_type", KIND_INT, "faviconID.type" },
};

static const struct reference refs[] = {
	{ "favicon_sites", "faviconID", "favicons", NULL },
	{ "favicon_sites", "siteID", "history", NULL },
	{ NULL, NULL, NULL, NULL }
};

static const struct place places[] = {
	{ "AppDomainGroup-group.org.mozilla.ios.*",
	  "profile.profile/browser.db" },
	{ NULL, NULL }
};

const struct artifact artifact_ios_firefox_favicon = {
	.name    = "ios_firefox_favicon",
	.about   = "icons of pages shown in Firefox (older versions)",
	.places  = places,
	.table   = "favicon_sites",
	.refs    = refs,
	.fields  = fields,
	.nfields = NFIELDS,
};
