/*
 * Chrome history: pages opened in Chrome on the phone.
 *
 * Evidence: History, SQLite.  Times are microseconds since 1601-01-01 UTC.
 * Not here: incognito tabs, what the user deleted, other browsers; the file
 * also holds visits synchronised from the user's other devices.
 */
#include "artifact/artifact.h"

enum { TIME, URL, TITLE, ID, FROM, TRANSITION, DURATION, NFIELDS };

static const struct field fields[NFIELDS] = {
	[TIME]       = { "time", KIND_TIME_WEBKIT, "visit_time",
	                 .event = "page visited" },
	[URL]        = { "url", KIND_URL, "url.url", .shown = true },
	[TITLE]      = { "title", KIND_LABEL, "url.title", .shown = true },
	[ID]         = { "item", KIND_INT, "url" },
	[FROM]       = { "redirect_source", KIND_INT, "from_visit" },
	[TRANSITION] = { "transition", KIND_INT, "transition" },
	[DURATION]   = { "duration_us", KIND_INT, "visit_duration" },
};

static const struct reference refs[] = {
	{ "visits", "url", "urls", NULL },
	{ NULL, NULL, NULL, NULL }
};

static const struct place places[] = {
	{ "AppDomain-com.google.chrome.ios",
	  "Library/Application Support/Google/Chrome/Default/History" },
	{ "AppDomain-com.google.chrome.ios",
	  "Library/Application Support/Google/Chrome/Profile*/History" },
	{ NULL, NULL }
};

const struct artifact artifact_ios_chrome_history = {
	.name    = "ios_chrome_history",
	.about   = "pages visited in Chrome",
	.places  = places,
	.table   = "visits",
	.refs    = refs,
	.fields  = fields,
	.nfields = NFIELDS,
};
