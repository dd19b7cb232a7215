/*
 * WebKit session resource log: origins seen in web views, and which sent the
 * user on to which.
 *
 * Evidence: full_browsing_session_resourceLog.plist, browsingStatistics[].
 * Older iOS (up to about 13).
 * Not here: whole addresses.
 */
#include "artifact/artifact.h"

enum { LAST_SEEN, INTERACTION, ORIGIN, SOURCE, DESTINATION, SUBFRAME,
    SUBRESOURCE, USER, APP, NFIELDS };

static const struct field fields[NFIELDS] = {
	[LAST_SEEN]   = { "last_seen", KIND_TIME,
	                  .event = "origin last seen" },
	[INTERACTION] = { "most_recent_interaction", KIND_TIME,
	                  .event = "user last used the origin" },
	[ORIGIN]      = { "origin", KIND_URL, .sense = SENSE_LOADED,
	                  .shown = true },
	[SOURCE]      = { "redirect_source", KIND_URL,
	                  .sense = SENSE_VISITED, .shown = true },
	[DESTINATION] = { "redirect_destination", KIND_URL,
	                  .sense = SENSE_VISITED, .shown = true },
	[SUBFRAME]    = { "subframe_under_origin", KIND_URL,
	                  .sense = SENSE_LOADED },
	[SUBRESOURCE] = { "subresource_under_origin", KIND_URL,
	                  .sense = SENSE_LOADED },
	[USER]        = { "user_interaction", KIND_BOOL },
	[APP]         = { "app", KIND_LABEL, .shown = true },
};

static const struct place places[] = {
	{ NULL, "Library/WebKit/WebsiteData/ResourceLoadStatistics/"
	    "full_browsing_session_resourceLog.plist" },
	{ NULL, "**/full_browsing_session_resourceLog.plist" },
	{ NULL, NULL }
};

/* Origins of a list that are kept for one record. */
#define ORIGINS_MAX	4096

/* Members of the list: texts, or dictionaries that hold `origin` or `domain`. */
static struct val
origins(struct run *run, struct plist list)
{
	uint32_t i, n = plist_count(list), kept = 0;
	struct plist item, name;
	struct val *items;

	if (n > ORIGINS_MAX) {
		run_gap(run, GAP_NO_OFFSET,
		    "an origin has more redirects than are read");
		n = ORIGINS_MAX;
	}
	if (n == 0)
		return val_unset();
	items = arena_alloc(run_scratch(run), n, sizeof(*items));
	for (i = 0; items != NULL && i < n; i++) {
		item = plist_at(list, i);
		name = plist_get(item, "origin");
		if (!plist_is(name))
			name = plist_get(item, "domain");
		if (!plist_is(name))
			name = item;
		if (plist_type(name) == PLIST_TEXT)
			items[kept++] = val_text(plist_bytes(name));
	}
	return kept == 0 ? val_unset() : val_list(items, kept);
}

static void
one(struct run *run, const struct member *member, struct plist entry)
{
	struct val v[NFIELDS] = { 0 };
	struct arena *scratch = run_scratch(run);

	v[LAST_SEEN] = plist_val(plist_get(entry, "lastSeen"), scratch);
	v[INTERACTION] = plist_val(plist_get(entry,
	    "mostRecentUserInteraction"), scratch);
	v[ORIGIN] = plist_val(plist_get(entry, "PrevalentResourceOrigin"),
	    scratch);
	v[SOURCE] = origins(run, plist_get(entry,
	    "topFrameUniqueRedirectsFrom"));
	v[DESTINATION] = origins(run, plist_get(entry,
	    "topFrameUniqueRedirectsTo"));
	v[SUBFRAME] = origins(run, plist_get(entry,
	    "subframeUnderTopFrameOrigins"));
	v[SUBRESOURCE] = origins(run, plist_get(entry,
	    "subresourceUnderTopFrameOrigins"));
	v[USER] = plist_val(plist_get(entry, "hadUserInteraction"), scratch);
	v[APP] = val_text(member->domain);
	run_record(run, v);
}

static void
read_file(struct run *run, const struct member *member)
{
	struct plist root, list;
	uint32_t i;

	if (!run_plist(run, member, &root))
		return;
	list = plist_get(root, "browsingStatistics");
	if (!plist_is(list) && plist_count(root) > 0)
		run_gap(run, GAP_NO_OFFSET,
		    "there is no browsingStatistics: an unknown schema");
	for (i = 0; i < plist_count(list); i++) {
		run_row(run, (int64_t)i + 1);
		one(run, member, plist_at(list, i));
	}
}

const struct artifact artifact_ios_webkit_session_resource_log = {
	.name    = "ios_webkit_session_resource_log",
	.about   = "origins and redirects in web views (older iOS)",
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
};
