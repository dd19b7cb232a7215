/*
 * Recents: whom Mail, Messages, Telephone and other apps of the system offer
 * first, because they were written to or heard from.
 *
 * Evidence: Recents of corerecents: contacts (addresses), each of an entry of
 * recents.  Times are Unix milliseconds; `dates` lists earlier ones as it
 * stands.  A record is an address, or an entry that has none.
 * Not here: who began, what was written; what else is kept of an entry, in
 * metadata, is not read.  Entries outlast the messages.
 */
#include "artifact/artifact.h"

#include "artifact/keys.h"

enum { LAST, ADDRESS, NAME, APP, SOURCE, OWN, COUNT, DATES, KIND, GROUP, ENTRY,
    NFIELDS };

static const struct field fields[NFIELDS] = {
	[LAST]    = { "last", KIND_TIME_UNIX, "recent_id.last_date",
	              .event = "last in contact" },
	[ADDRESS] = { "address", KIND_HANDLE, "address", .shown = true },
	[NAME]    = { "name", KIND_LABEL, "display_name", .shown = true },
	[APP]     = { "bundle_id", KIND_APP_ID,
	              "recent_id.bundle_identifier", .shown = true },
	[SOURCE]  = { "source", KIND_APP_ID, "recent_id.original_source" },
	[OWN]     = { "own_address", KIND_HANDLE,
	              "recent_id.sending_address",
	              .sense = SENSE_NOT_MATCHED },
	[COUNT]   = { "count", KIND_INT, "recent_id.count" },
	[DATES]   = { "dates", KIND_LABEL, "recent_id.dates" },
	[KIND]    = { "address_kind", KIND_LABEL, "kind" },
	[GROUP]   = { "group_kind", KIND_INT, "recent_id.group_kind" },
	[ENTRY]   = { "entry", KIND_INT, "recent_id" },
};

static const char *const of_entry[NFIELDS] = {
	[LAST] = "last_date", [NAME] = "display_name",
	[APP] = "bundle_identifier", [SOURCE] = "original_source",
	[OWN] = "sending_address", [COUNT] = "count", [DATES] = "dates",
	[GROUP] = "group_kind",
};

static const struct reference refs[] = {
	{ "contacts", "recent_id", "recents", NULL },
	{ NULL, NULL, NULL, NULL }
};

static const struct place places[] = {
	{ "HomeDomain", "Library/Recents/Recents" },
	{ "HomeDomain", "Library/Mail/Recents" },
	{ NULL, NULL }
};

/* Those that have addresses were told with them. */
static void
entry_row(struct run *run, struct val *v)
{
	const struct keys *told = *run_state(run);
	struct val id = run_column(run, "ROWID");
	int64_t row;

	if (told != NULL && keys_find(told, &id, &row))
		return;
	v[ENTRY] = id;
	run_record(run, v);
}

static void
read_file(struct run *run, const struct member *member)
{
	static const struct view addresses = { .table = "contacts",
	    .refs = refs };
	static const struct view entries = { .table = "recents",
	    .from = of_entry, .row = entry_row };
	struct sqlite *db = run_sqlite(run, member);
	const struct sqlite_table *table;

	if (db == NULL)
		return;
	table = sqlite_table(db, "contacts");
	*run_state(run) = table == NULL ? NULL : keys_new(run_keep(run), db,
	    table, "recent_id", run_gaps(run));
	(void)run_view(run, db, &addresses);
	(void)run_view(run, db, &entries);
}

const struct artifact artifact_ios_recents = {
	.name    = "ios_recents",
	.about   = "people whom apps of the system offer as recent",
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
};
