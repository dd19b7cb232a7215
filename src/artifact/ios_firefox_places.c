/*
 * Firefox history and bookmarks since about version 110 for iOS.
 *
 * Evidence: places.db, the database that Mozilla's application-services make
 * on phones: moz_historyvisits, moz_places, moz_bookmarks.  Times are
 * milliseconds since 1970.  Schema from the public source of
 * application-services (components/places).
 * Not here: private tabs, what the user deleted; synchronisation brings visits
 * (is_local tells) and bookmarks of the account's other devices.
 *
 * Records are visits, bookmarks, folders, and pages of which no visit is
 * stored (place).  Being sent on at once is common for short links and from
 * http to https.
 */
#include "artifact/artifact.h"

enum { TIME, LAST_LOCAL, LAST_REMOTE, ADDED, MODIFIED, TYPE, URL, MARK_URL,
    TITLE, VISIT_TYPE, FROM_URL, FROM_TIME, LOCAL, FOLDER, HIDDEN, TYPED,
    COUNT_LOCAL, COUNT_REMOTE, DESCRIPTION, IMAGE, PLACE, FROM, SEEN,
    NFIELDS };

static const struct field fields[NFIELDS] = {
	[TIME]      = { "time", KIND_TIME_UNIX, .event = "page visited" },
	[LAST_LOCAL] = { "last_visit_here", KIND_TIME_UNIX,
	                .event = "page last visited" },
	[LAST_REMOTE] = { "last_visit_elsewhere", KIND_TIME_UNIX },
	[ADDED]     = { "added_time", KIND_TIME_UNIX,
	                .event = "bookmark saved" },
	[MODIFIED]  = { "last_modified", KIND_TIME_UNIX },
	[TYPE]      = { "type", KIND_LABEL },
	[URL]       = { "url", KIND_URL, .shown = true },
	[MARK_URL]  = { "bookmark_url", KIND_URL, .sense = SENSE_TYPED,
	                .shown = true },
	[TITLE]     = { "title", KIND_LABEL, .shown = true },
	[VISIT_TYPE] = { "visit_type", KIND_LABEL },
	[FROM_URL]  = { "from_url", KIND_URL, .sense = SENSE_NOT_MATCHED },
	[FROM_TIME] = { "from_time", KIND_TIME_UNIX },
	[LOCAL]     = { "is_local", KIND_BOOL },
	[FOLDER]    = { "folder", KIND_LABEL },
	[HIDDEN]    = { "hidden", KIND_BOOL },
	[TYPED]     = { "typed_count", KIND_INT },
	[COUNT_LOCAL] = { "visits_here", KIND_INT },
	[COUNT_REMOTE] = { "visits_elsewhere", KIND_INT },
	[DESCRIPTION] = { "description", KIND_TEXT, .sense = SENSE_LOADED },
	[IMAGE]     = { "preview_image_url", KIND_URL, .sense = SENSE_LOADED },
	[PLACE]     = { "place", KIND_INT },
	[FROM]      = { "from_visit", KIND_INT },
	[SEEN]      = { "visit", KIND_INT },
};

static const char *const of_visit[NFIELDS] = {
	[TIME] = "visit_date", [URL] = "place_id.url",
	[TITLE] = "place_id.title", [VISIT_TYPE] = "visit_type",
	[FROM_URL] = "from_visit.place_id.url",
	[FROM_TIME] = "from_visit.visit_date", [LOCAL] = "is_local",
	[PLACE] = "place_id", [FROM] = "from_visit",
	[DESCRIPTION] = "place_id.description",
	[IMAGE] = "place_id.preview_image_url",
};
static const char *const of_place[NFIELDS] = {
	[LAST_LOCAL] = "last_visit_date_local",
	[LAST_REMOTE] = "last_visit_date_remote", [MARK_URL] = "url",
	[TITLE] = "title", [HIDDEN] = "hidden", [TYPED] = "typed",
	[COUNT_LOCAL] = "visit_count_local",
	[COUNT_REMOTE] = "visit_count_remote", [DESCRIPTION] = "description",
	[IMAGE] = "preview_image_url", [PLACE] = "id", [SEEN] = "id.id",
};
static const char *const of_bookmark[NFIELDS] = {
	[ADDED] = "dateAdded", [MODIFIED] = "lastModified",
	[MARK_URL] = "fk.url", [TITLE] = "title", [FOLDER] = "parent.title",
	[PLACE] = "fk", [VISIT_TYPE] = "type",
};

static const struct reference refs[] = {
	{ "moz_historyvisits", "place_id", "moz_places", NULL },
	{ "moz_historyvisits", "from_visit", "moz_historyvisits", NULL },
	{ "moz_places", "id", "moz_historyvisits", "place_id" },
	{ "moz_bookmarks", "fk", "moz_places", NULL },
	{ "moz_bookmarks", "parent", "moz_bookmarks", NULL },
	{ NULL, NULL, NULL, NULL }
};

static const struct place places[] = {
	{ "AppDomainGroup-group.org.mozilla.ios.*",
	  "profile.profile/places.db" },
	{ NULL, NULL }
};

static const char *const visit_types[] = { NULL, "link", "typed", "bookmark",
	"embedded", "redirect_permanent", "redirect_temporary", "download",
	"framed_link", "reload" };
static const char *const bookmark_types[] = { NULL, "bookmark", "folder",
	"separator" };

/* The name of a number; one that has none stays as it is. */
static void
name_it(struct val *v, const char *const *names, size_t n)
{
	if (v->type == VAL_INT && v->i > 0 && (uint64_t)v->i < n)
		*v = val_text(bytes_of(names[v->i]));
}

static void
visit_row(struct run *run, struct val *v)
{
	v[TYPE] = val_text(bytes_of("visit"));
	name_it(&v[VISIT_TYPE], visit_types,
	    sizeof(visit_types) / sizeof(visit_types[0]));
	run_record(run, v);
}

/* Those with visits were told with them.  A page that was once visited is told
   as such; the others stand there for a bookmark. */
static void
place_row(struct run *run, struct val *v)
{
	if (val_set(&v[SEEN]))
		return;
	v[TYPE] = val_text(bytes_of("place"));
	if (val_set(&v[LAST_LOCAL]) || val_number(&v[COUNT_LOCAL], 0) > 0) {
		v[URL] = v[MARK_URL];
		v[MARK_URL] = val_unset();
	}
	run_record(run, v);
}

static void
bookmark_row(struct run *run, struct val *v)
{
	v[TYPE] = v[VISIT_TYPE];
	v[VISIT_TYPE] = val_unset();
	name_it(&v[TYPE], bookmark_types,
	    sizeof(bookmark_types) / sizeof(bookmark_types[0]));
	run_record(run, v);
}

static void
read_file(struct run *run, const struct member *member)
{
	static const struct view views[] = {
		{ .table = "moz_historyvisits", .refs = refs,
		    .from = of_visit, .row = visit_row },
		{ .table = "moz_places", .refs = refs, .from = of_place,
		    .row = place_row },
		{ .table = "moz_bookmarks", .refs = refs, .from = of_bookmark,
		    .row = bookmark_row, .optional = true },
	};
	struct sqlite *db = run_sqlite(run, member);
	size_t i;

	for (i = 0; db != NULL && i < sizeof(views) / sizeof(views[0]); i++)
		(void)run_view(run, db, &views[i]);
}

const struct artifact artifact_ios_firefox_places = {
	.name    = "ios_firefox_places",
	.about   = "pages visited and bookmarked in Firefox",
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
};
