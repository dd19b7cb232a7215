/*
 * Firefox history: pages opened in Firefox on the phone (up to about version
 * 110, before it moved to places.db).
 *
 * Evidence: browser.db, SQLite.  Times are microseconds since 1970, kept as
 * real numbers.
 * Not here: private tabs, what the user deleted; the file also holds visits
 * synchronised from the user's other devices (is_local tells).
 */
#include "artifact/artifact.h"

#include "base/time.h"

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

/* A real number is taken for seconds; these are not. */
static void
row(struct run *run, struct val *v)
{
	int64_t t = TIME_UNSET;

	if (v[TIME].type == VAL_REAL)
		t = time_unix_seconds(v[TIME].r / 1e6);
	if (t != TIME_UNSET)
		v[TIME] = val_time(t);
	run_record(run, v);
}

static void
read_file(struct run *run, const struct member *member)
{
	static const struct view view = { .table = "visits", .refs = refs,
	    .row = row };
	struct sqlite *db = run_sqlite(run, member);

	if (db != NULL)
		(void)run_view(run, db, &view);
}

const struct artifact artifact_ios_firefox_history = {
	.name    = "ios_firefox_history",
	.about   = "pages visited in Firefox (older versions)",
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
};
