/*
 * Safari bookmarks and the reading list.
 *
 * Evidence: Bookmarks.db, table bookmarks; extra_attributes is a property list
 * with dates, for the reading list also the first words of the page.
 * Not here: whether the page was opened; bookmarks come from other devices of
 * the account too, and a management profile can put them there.
 * Columns and keys are as known from public descriptions of macOS and iOS.
 *
 * Someone saved the address, or had it saved.  In the reading list Safari
 * fetches the page by itself.
 */
#include "artifact/artifact.h"

#include "artifact/plists.h"

enum { ADDED, VIEWED, FETCHED, MODIFIED, TYPE, URL, TITLE, FOLDER, TEXTS,
    DELETED, HIDDEN, READ, ADDED_HERE, ORDER, UUID, EXTRA, LOCAL,
    IS_FOLDER, NFIELDS };

static const struct field fields[NFIELDS] = {
	[ADDED]     = { "added_time", KIND_TIME_MAC,
	                .event = "bookmark saved" },
	[VIEWED]    = { "last_viewed_time", KIND_TIME_MAC,
	                .event = "page of the reading list viewed" },
	[FETCHED]   = { "fetched_time", KIND_TIME_MAC },
	[MODIFIED]  = { "last_modified", KIND_TIME_MAC, "last_modified" },
	[TYPE]      = { "type", KIND_LABEL },
	[URL]       = { "url", KIND_URL, "url", .sense = SENSE_TYPED,
	                .shown = true },
	[TITLE]     = { "title", KIND_LABEL, "title", .shown = true },
	[FOLDER]    = { "folder", KIND_LABEL, "parent.title" },
	/* Of the attributes: the first words of a page among them. */
	[TEXTS]     = { "texts", KIND_TEXT, .sense = SENSE_TYPED },
	[DELETED]   = { "deleted", KIND_BOOL, "deleted" },
	[HIDDEN]    = { "hidden", KIND_BOOL, "hidden" },
	[READ]      = { "read", KIND_BOOL, "read" },
	[ADDED_HERE] = { "added_on_this_device", KIND_BOOL, "locally_added" },
	[ORDER]     = { "order_index", KIND_INT, "order_index" },
	[UUID]      = { "uuid", KIND_LABEL, "external_uuid" },
	/* Only what could not be taken apart. */
	[EXTRA]     = { "extra_attributes", KIND_TEXT, "extra_attributes",
	                .sense = SENSE_TYPED },
	[LOCAL]     = { "local_attributes", KIND_TEXT, "local_attributes",
	                .sense = SENSE_TYPED },
	[IS_FOLDER] = { "is_folder", KIND_INT, "type" },
};

static const struct reference refs[] = {
	{ "bookmarks", "parent", "bookmarks", NULL },
	{ NULL, NULL, NULL, NULL }
};

static const struct place places[] = {
	{ NULL, "Library/Safari/Bookmarks.db" },
	{ NULL, "Library/Safari/Profiles/*/Bookmarks.db" },
	{ NULL, NULL }
};

static const char why[] = "what Safari says of a bookmark could not be read: "
    "it was searched as it stands";

static struct val
time_in(struct run *run, struct plist dict, const char *key)
{
	return plists_time(plist_get(dict, key), run_scratch(run));
}

static void
extra(struct run *run, struct val *v)
{
	struct bytes data = val_bytes(&v[EXTRA]);
	struct plist root, list, other;

	v[EXTRA] = data.n == 0 ? val_unset() : val_blob(data);
	if (data.n == 0 || !plists_within(run, data, PLIST_DICT, why, &root))
		return;
	v[EXTRA] = val_unset();
	list = plist_get(root, "com.apple.ReadingList");
	other = plist_get(root, "com.apple.ReadingListNonSync");
	v[ADDED] = time_in(run, plist_get(root, "com.apple.Bookmark"),
	    "DateAdded");
	if (!val_set(&v[ADDED]))
		v[ADDED] = time_in(run, list, "DateAdded");
	v[VIEWED] = time_in(run, list, "DateLastViewed");
	v[FETCHED] = time_in(run, other, "DateLastFetched");
	v[TEXTS] = plists_texts(run, root);
	if (plist_is(list))
		v[TYPE] = val_text(bytes_of("reading_list"));
}

static void
local(struct run *run, struct val *v)
{
	struct bytes data = val_bytes(&v[LOCAL]);
	struct plist root;

	v[LOCAL] = data.n == 0 ? val_unset() : val_blob(data);
	if (data.n == 0 || !plists_within(run, data, PLIST_DICT, why, &root))
		return;
	v[LOCAL] = plists_texts(run, root);
}

static void
row(struct run *run, struct val *v)
{
	bool folder = val_number(&v[IS_FOLDER], val_set(&v[URL]) ? 0 : 1) != 0;

	v[TYPE] = val_text(bytes_of(folder ? "folder" : "bookmark"));
	v[IS_FOLDER] = val_unset();
	extra(run, v);
	local(run, v);
	run_record(run, v);
}

static void
read_file(struct run *run, const struct member *file)
{
	static const struct view view = { .table = "bookmarks", .refs = refs,
	    .row = row };
	struct sqlite *db = run_sqlite(run, file);

	if (db != NULL)
		(void)run_view(run, db, &view);
}

const struct artifact artifact_ios_safari_bookmarks = {
	.name    = "ios_safari_bookmarks",
	.about   = "bookmarks and reading list of Safari",
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
};
