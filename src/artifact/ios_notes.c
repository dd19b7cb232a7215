/*
 * Notes: titles, first lines, links and files of notes, and who shares them.
 *
 * Evidence: NoteStore.sqlite, Core Data.  Notes, folders, accounts and what is
 * attached are rows of one table, ZICCLOUDSYNCINGOBJECT; which columns hold the
 * title or a date depends on what the row is and changes with the system.
 * Before iOS 9, and for notes of a mail account: notes.sqlite, ZNOTE, whose
 * text is there.  Times are seconds since 2001-01-01 UTC.
 * Not here: the text of a note, which is packed apart and is not read, so a
 * link that stands in it alone is missed; notes under a password; notes that
 * were deleted for good.
 *
 * The owner wrote most notes; a shared one may have come from others.  As
 * publicly described for iOS 9 to 18.
 */
#include "artifact/artifact.h"

#include "artifact/words.h"

enum { CREATED, CREATED_1, CREATED_0, MODIFIED, MODIFIED_0, TITLE, SNIPPET,
    OTHER_TITLE, FOLDER, NAME, SUMMARY, SEEN, URL, FILE_, TYPE, BODY,
    AUTHOR, SHARED, PROTECTED, DELETED, IDENTIFIER, ENTITY, NFIELDS };

static const struct field fields[NFIELDS] = {
	[CREATED]     = { "created", KIND_TIME_MAC, "ZCREATIONDATE3",
	                  .event = "note or attachment made" },
	[CREATED_1]   = { "created_1", KIND_TIME_MAC, "ZCREATIONDATE1",
	                  .event = "note or attachment made" },
	[CREATED_0]   = { "created_0", KIND_TIME_MAC, "ZCREATIONDATE",
	                  .event = "note or attachment made" },
	[MODIFIED]    = { "modified", KIND_TIME_MAC, "ZMODIFICATIONDATE1",
	                  .event = "note or attachment changed" },
	[MODIFIED_0]  = { "modified_0", KIND_TIME_MAC, "ZMODIFICATIONDATE",
	                  .event = "note or attachment changed" },
	[TITLE]       = { "title", KIND_TEXT, "ZTITLE1",
	                  .sense = SENSE_TYPED, .shown = true },
	[SNIPPET]     = { "snippet", KIND_TEXT, "ZSNIPPET",
	                  .sense = SENSE_TYPED, .shown = true },
	[OTHER_TITLE] = { "attachment_title", KIND_TEXT, "ZTITLE",
	                  .sense = SENSE_TYPED, .shown = true },
	[FOLDER]      = { "folder", KIND_LABEL, "ZTITLE2", .shown = true },
	[NAME]        = { "account", KIND_LABEL, "ZNAME", .shown = true },
	[SUMMARY]     = { "summary", KIND_TEXT, "ZSUMMARY",
	                  .sense = SENSE_TYPED },
	[SEEN]        = { "text_seen_in_it", KIND_TEXT,
	                  "ZADDITIONALINDEXABLETEXT", .sense = SENSE_TYPED },
	[URL]         = { "url", KIND_URL, "ZURLSTRING",
	                  .sense = SENSE_TYPED, .shown = true },
	[FILE_]       = { "file_name", KIND_FILE_NAME, "ZFILENAME",
	                  .sense = SENSE_TYPED, .shown = true },
	[TYPE]        = { "type", KIND_LABEL, "ZTYPEUTI" },
	[BODY]        = { "text", KIND_TEXT, .sense = SENSE_TYPED },
	[AUTHOR]      = { "author", KIND_HANDLE },
	[SHARED]      = { "shared_with", KIND_HANDLE },
	[PROTECTED]   = { "protected", KIND_BOOL, "ZISPASSWORDPROTECTED" },
	[DELETED]     = { "deleted", KIND_BOOL, "ZMARKEDFORDELETION" },
	[IDENTIFIER]  = { "identifier", KIND_LABEL, "ZIDENTIFIER" },
	[ENTITY]      = { "entity", KIND_INT, "Z_ENT" },
};

/* notes.sqlite */
static const char *const of_old[NFIELDS] = {
	[CREATED] = "ZCREATIONDATE", [MODIFIED] = "ZMODIFICATIONDATE",
	[TITLE] = "ZTITLE", [SUMMARY] = "ZSUMMARY",
	[BODY] = "ZBODY.ZCONTENT", [AUTHOR] = "ZAUTHOR",
	[DELETED] = "ZDELETEDFLAG", [IDENTIFIER] = "ZGUID",
	[ENTITY] = "Z_ENT",
};

static const struct reference old_refs[] = {
	{ "ZNOTE", "ZBODY", "ZNOTEBODY", NULL },
	{ NULL, NULL, NULL, NULL }
};

static const struct place places[] = {
	{ "AppDomainGroup-group.com.apple.notes", "NoteStore.sqlite" },
	{ "HomeDomain", "Library/Notes/notes.sqlite" },
	{ NULL, NULL }
};

/* The first that is set stands in the first place; what says the same again is
   left out. */
static void
together(struct val *v, unsigned first, unsigned last)
{
	unsigned i;

	for (i = first + 1; i <= last; i++) {
		if (!val_set(&v[first])) {
			v[first] = v[i];
			v[i] = val_unset();
		} else if (v[i].type == VAL_TIME &&
		    v[first].type == VAL_TIME && v[i].i == v[first].i)
			v[i] = val_unset();
	}
}

/* Addresses among the words of what the server knows of a share.  It is an
   archive; what is none holds nothing that could be told apart. */
static struct val
people(struct run *run, struct bytes share)
{
	static const char why[] = "the people who share a note stand in a "
	    "damaged property list";
	struct val words, names, *list;
	struct plist root;
	uint32_t i, n = 0;

	if (!bytes_starts(share, "bplist0") ||
	    !run_plist_within(run, share, why, &root))
		return val_unset();
	words_in(run, root, &words, &names);
	if (words.type != VAL_LIST)
		return val_unset();
	list = arena_alloc(run_scratch(run), words.n, sizeof(*list));
	for (i = 0; list != NULL && i < words.n; i++)
		if (bytes_find_byte(words.items[i].bytes, '@', 0) !=
		    SIZE_MAX || bytes_starts(words.items[i].bytes, "+"))
			list[n++] = words.items[i];
	return n == 0 ? val_unset() : val_list(list, n);
}

static void
row(struct run *run, struct val *v)
{
	struct val share = run_column(run, "ZSERVERSHAREDATA");

	together(v, CREATED, CREATED_0);
	together(v, MODIFIED, MODIFIED_0);
	v[SHARED] = people(run, val_bytes(&share));
	run_record(run, v);
}

static void
read_file(struct run *run, const struct member *member)
{
	static const struct view now = { .table = "ZICCLOUDSYNCINGOBJECT",
	    .row = row };
	static const struct view old = { .table = "ZNOTE", .from = of_old,
	    .refs = old_refs };
	struct sqlite *db = run_sqlite(run, member);

	if (db != NULL)
		(void)run_view(run, db,
		    bytes_ends(member->path, "NoteStore.sqlite") ? &now :
		    &old);
}

const struct artifact artifact_ios_notes = {
	.name    = "ios_notes",
	.about   = "titles, links and files of notes, who shares them",
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
};
