/*
 * WebKit session resource log: origins seen in web views, and which sent the
 * user on to which.
 *
 * Evidence: full_browsing_session_resourceLog.plist, browsingStatistics[].
 * Older iOS (up to about 13).
 * Not here: whole addresses.
 */
#include "artifact/artifact.h"

#include "artifact/plists.h"

enum { LAST_SEEN, INTERACTION, ORIGIN, SOURCE, DESTINATION, SUBFRAME,
    SUBRESOURCE, USER, APP, PATH, NFIELDS };

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
	[PATH]        = { "path", KIND_LABEL },
};

static const struct place places[] = {
	{ NULL, "**/full_browsing_session_resourceLog.plist" },
	{ NULL, NULL }
};

/* Members of the list: texts, or dictionaries with `origin` or `domain`. */
static struct val
origins(struct run *run, struct plist list)
{
	static const char why[] = "a list of origins has another shape";
	uint32_t i, n, kept = 0;
	struct plist item, name;
	struct val *items;

	list = plists_part(run, list, PLIST_ARRAY, why);
	n = plist_count(list);
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
	if (kept < n)
		run_gap(run, GAP_NO_OFFSET, why);
	return kept == 0 ? val_unset() : val_list(items, kept);
}

static void
one(struct run *run, const struct member *member, struct plist entry)
{
	struct val v[NFIELDS] = { 0 };
	struct arena *scratch = run_scratch(run);

	v[LAST_SEEN] = plists_time(plist_get(entry, "lastSeen"), scratch);
	v[INTERACTION] = plists_time(plist_get(entry,
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
	v[PATH] = val_text(member->path);
	run_record(run, v);
}

static void
read_file(struct run *run, const struct member *member)
{
	struct plist root, list;
	uint32_t i;

	if (!plists_root(run, member, &root))
		return;
	list = plist_get(root, "browsingStatistics");
	if (!plist_is(list) && plist_count(root) > 0)
		run_gap(run, GAP_NO_OFFSET,
		    "there is no browsingStatistics: an unknown schema");
	list = plists_part(run, list, PLIST_ARRAY,
	    "browsingStatistics is no array: an unknown schema");
	for (i = 0; i < plist_count(list); i++) {
		run_row(run, (int64_t)i + 1);
		one(run, member, plists_part(run, plist_at(list, i),
		    PLIST_DICT, "an origin has another shape"));
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
