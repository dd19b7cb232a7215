/*
 * Safari history: pages opened on an iPhone or iPad, and when.
 *
 * Evidence: History.db, SQLite, one per Safari profile.  Times are seconds
 * since 2001-01-01 UTC.
 * Not here: private tabs, pages the user deleted, other browsers.
 *
 * Being sent from a plain http:// page to another site at once is how a
 * network injection looks.  So does a link shortener: a weak lead, no more.
 */
#include "artifact/artifact.h"

#include "base/time.h"
#include "base/url.h"

enum { TIME, URL, TITLE, ID, NEXT_URL, NEXT_TIME, FROM, TO, NFIELDS };

static const struct field fields[NFIELDS] = {
	[TIME]      = { "time", KIND_TIME_MAC, "visit_time",
	                .event = "page visited" },
	[URL]       = { "url", KIND_URL, "history_item.url",
	                .shown = true },
	[TITLE]     = { "title", KIND_LABEL, "title", .shown = true },
	[ID]        = { "item", KIND_INT, "history_item" },
	[NEXT_URL]  = { "next_url", KIND_URL,
	                "redirect_destination.history_item.url",
	                .sense = SENSE_NOT_MATCHED },
	[NEXT_TIME] = { "next_time", KIND_TIME_MAC,
	                "redirect_destination.visit_time" },
	[FROM]      = { "redirect_source", KIND_INT, "redirect_source" },
	[TO]        = { "redirect_destination", KIND_INT,
	                "redirect_destination" },
};

/* These columns hold the rowid of a row of that table. */
static const struct reference refs[] = {
	{ "history_visits", "history_item", "history_items", NULL },
	{ "history_visits", "redirect_destination", "history_visits", NULL },
	{ NULL, NULL, NULL, NULL }
};

static const struct place places[] = {
	{ NULL, "Library/Safari/History.db" },
	{ NULL, "Library/Safari/Profiles/*/History.db" },
	{ NULL, NULL }
};

static const short judged[] = { NEXT_URL, RUN_END };

static void
judge(struct run *run, const struct val *v)
{
	struct bytes url;

	if (!val_set(&v[NEXT_URL]))
		return;
	run_whole(run);
	url = val_bytes(&v[URL]);
	if (!bytes_starts(url, "http://"))
		return;
	if (url_same_site(url, val_bytes(&v[NEXT_URL])))
		return;		/* most often a site moving to https */
	if (val_within(&v[TIME], &v[NEXT_TIME], TIME_SECOND))
		run_finding(run, RULE_SAFARI_REDIRECT);
}

const struct artifact artifact_ios_safari_history = {
	.name    = "ios_safari_history",
	.about   = "pages visited in Safari",
	.in      = ARTIFACT_IN_ENCRYPTED,
	.places  = places,
	.table   = "history_visits",
	.refs    = refs,
	.fields  = fields,
	.nfields = NFIELDS,
	.judge   = judge,
	.judged  = judged,
};
