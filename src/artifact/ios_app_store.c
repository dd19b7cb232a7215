/*
 * App Store: apps that the store's services installed, updated, sold or took
 * note of.
 *
 * Evidence: itunesstored2.sqlitedb (payments inside apps and the apps that
 * asked for them; in old systems the list of apps), purchase_intents.sqlitedb,
 * and of appstored storeSystem.db, storeUser.db and apps.plist.  Which of them
 * a backup has, changes with the system; so do their tables.  A record is a
 * row, `table` says of which.  Times are seconds since 2001-01-01 UTC; what is
 * counted from an unknown day stands in raw_time as it is.
 * Not here: apps that did not come through the store.  A purchase belongs to
 * the account: the app may never have been on this phone, so that
 * listed_bundle_id only says that its name stands there.
 *
 * storeSystem.db as seen on iOS 17; the others as publicly described; the
 * shape of apps.plist is not known, so it is read for the names in it.
 */
#include "artifact/artifact.h"

#include "artifact/words.h"

enum { TIME, INSTALLED, PURCHASED, DELETED, SEEN, EXPIRES, BUNDLE, LISTED,
    NAME, VENDOR, VERSION, PRODUCT, ITEM, STOREFRONT, ACCOUNT, CLIENT,
    CONTACT, URL, RAW, TABLE, KEY, NAMES, TEXTS, ENTRY, NFIELDS };

static const struct field fields[NFIELDS] = {
	[TIME]       = { "time", KIND_TIME_MAC,
	                 .event = "the store's services noted an app" },
	[INSTALLED]  = { "installed", KIND_TIME_MAC,
	                 .event = "app installed by the store" },
	[PURCHASED]  = { "purchased", KIND_TIME_MAC,
	                 .event = "app or part of it bought" },
	[DELETED]    = { "deleted", KIND_TIME_MAC, .event = "app deleted" },
	[SEEN]       = { "last_seen", KIND_TIME_MAC,
	                 .event = "test version of an app last seen" },
	[EXPIRES]    = { "expires", KIND_TIME_MAC },
	[BUNDLE]     = { "bundle_id", KIND_APP_ID, .shown = true },
	[LISTED]     = { "listed_bundle_id", KIND_APP_ID,
	                 .sense = SENSE_TYPED, .shown = true },
	[NAME]       = { "name", KIND_LABEL, .shown = true },
	[VENDOR]     = { "vendor", KIND_LABEL },
	[VERSION]    = { "version", KIND_LABEL },
	[PRODUCT]    = { "product", KIND_LABEL },
	[ITEM]       = { "item_id", KIND_INT },
	[STOREFRONT] = { "storefront", KIND_LABEL },
	[ACCOUNT]    = { "account", KIND_EMAIL,
	                 .sense = SENSE_NOT_MATCHED },
	[CLIENT]     = { "client", KIND_LABEL },
	[CONTACT]    = { "feedback_address", KIND_EMAIL,
	                 .sense = SENSE_TYPED },
	[URL]        = { "url", KIND_URL, .sense = SENSE_TYPED },
	[RAW]        = { "raw_time", KIND_REAL },
	[TABLE]      = { "table", KIND_LABEL, .shown = true },
	[KEY]        = { "entry_name", KIND_APP_ID, .sense = SENSE_TYPED,
	                 .shown = true },
	[NAMES]      = { "names", KIND_APP_ID, .sense = SENSE_TYPED },
	[TEXTS]      = { "texts", KIND_TEXT, .sense = SENSE_TYPED },
	[ENTRY]      = { "entry", KIND_JSON },
};

struct source {
	const char *table;
	const char *from[NFIELDS];
};

static const struct source sources[] = {
	/* storeSystem.db */
	{ "app_install", { [TIME] = "timestamp",
	    [INSTALLED] = "install_finished_timestamp",
	    [BUNDLE] = "bundle_id", [NAME] = "bundle_name",
	    [VENDOR] = "vendor_name", [VERSION] = "bundle_version",
	    [ITEM] = "item_id", [STOREFRONT] = "storefront",
	    [ACCOUNT] = "apple_id", [CLIENT] = "client_id",
	    [URL] = "bundle_url" } },
	{ "app_updates", { [TIME] = "timestamp",
	    [INSTALLED] = "install_date", [BUNDLE] = "bundle_id",
	    [ITEM] = "store_item_id" } },
	{ "mapi_app_update", { [TIME] = "timestamp",
	    [INSTALLED] = "install_date", [BUNDLE] = "bundle_id",
	    [ITEM] = "item_id" } },
	{ "beta_app_info", { [SEEN] = "last_seen_date",
	    [EXPIRES] = "expiration_date", [BUNDLE] = "bundle_id",
	    [VERSION] = "bundle_short_version|bundle_version",
	    [CONTACT] = "email" } },
	{ "odr_manifest", { [TIME] = "last_modification_date",
	    [BUNDLE] = "bundle_id", [VERSION] = "version" } },
	/* storeUser.db */
	{ "current_apps", { [INSTALLED] = "timestamp",
	    [DELETED] = "deletion_date", [BUNDLE] = "bundle_id",
	    [NAME] = "item_name", [VENDOR] = "vendor_name",
	    [VERSION] = "short_version|bundle_version",
	    [ITEM] = "item_id" } },
	{ "current_apps_crossfire", { [BUNDLE] = "bundle_id",
	    [ITEM] = "item_id" } },
	{ "launch_events", { [BUNDLE] = "bundle_id" } },
	{ "purchase_history_apps", { [PURCHASED] = "date_purchased",
	    [LISTED] = "bundle_id", [NAME] = "long_title|title",
	    [VENDOR] = "developer_name", [ITEM] = "store_item_id",
	    [URL] = "product_url" } },
	/* itunesstored2.sqlitedb */
	{ "ZINAPPREVIEWREQUEST", { [TIME] = "ZDATE",
	    [BUNDLE] = "ZBUNDLEIDENTIFIER",
	    [VERSION] = "ZBUNDLEVERSION" } },
	{ "ZMICROPAYMENTCLIENT", { [TIME] = "ZLASTQUEUECHECKDATE",
	    [BUNDLE] = "ZIDENTIFIER", [VERSION] = "ZBUNDLEVERSION",
	    [ITEM] = "ZSTOREIDENTIFIER" } },
	{ "ZMICROPAYMENTBASE|ZMICROPAYMENT", {
	    [PURCHASED] = "ZPURCHASEDATE", [TIME] = "ZINSERTDATE",
	    [PRODUCT] = "ZPRODUCTIDENTIFIER" } },
	{ "ZMICROPAYMENTDOWNLOAD", { [URL] = "ZREMOTEURL" } },
	{ "application", { [BUNDLE] = "bundle_id|bundle_identifier",
	    [NAME] = "title|name", [ITEM] = "item_id|store_item_id" } },
	{ "purchase", { [LISTED] = "bundle_id|bundle_identifier",
	    [NAME] = "title|name", [ITEM] = "item_id|store_item_id",
	    [RAW] = "purchase_date|date|timestamp" } },
	/* purchase_intents.sqlitedb */
	{ "purchase_intents_table", { [LISTED] = "app_bundle_id",
	    [NAME] = "app_name|product_name",
	    [PRODUCT] = "product_identifier", [RAW] = "timestamp" } },
	{ "install_attribution_params_table", { [ITEM] = "app_adam_id",
	    [RAW] = "local_timestamp|timestamp" } },
	{ "install_attribution_pingback_table", { [ITEM] = "app_adam_id",
	    [URL] = "pingback_url", [RAW] = "local_timestamp" } },
};

#define NSOURCES	(sizeof(sources) / sizeof(sources[0]))

static const struct place places[] = {
	{ "HomeDomain", "Library/com.apple.itunesstored/"
	  "itunesstored2.sqlitedb" },
	{ "HomeDomain", "Library/com.apple.itunesstored/"
	  "purchase_intents.sqlitedb" },
	{ "HomeDomain", "Library/Caches/com.apple.appstored/storeUser.db" },
	{ "SysContainerDomain-com.apple.appstored", "**/storeSystem.db" },
	{ "SysContainerDomain-com.apple.appstored", "**/storeUser.db" },
	{ "SysContainerDomain-com.apple.appstored", "Library/apps.plist" },
	{ NULL, NULL }
};

static void
row(struct run *run, struct val *v)
{
	const struct source *source = *run_state(run);
	struct bytes name = bytes_of(source->table);

	v[TABLE] = val_text(bytes_part(name, 0,
	    bytes_find_byte(name, '|', 0)));
	run_record(run, v);
}

static void
read_database(struct run *run, const struct member *member)
{
	struct sqlite *db = run_sqlite(run, member);
	struct view view = { .row = row, .optional = true };
	unsigned i, known = 0;

	for (i = 0; db != NULL && i < NSOURCES; i++) {
		*run_state(run) = (void *)(uintptr_t)&sources[i];
		view.table = sources[i].table;
		view.from = sources[i].from;
		known += run_view(run, db, &view);
	}
	if (db != NULL && known == 0)
		run_gap(run, GAP_NO_OFFSET, "the database has none of the "
		    "tables of the store that are known: an unknown schema");
}

/* The names of what the store had in hand, whatever the shape. */
static void
entry(struct run *run, struct bytes name, struct plist part)
{
	struct val v[NFIELDS] = { 0 };

	if (name.n > 0)
		v[KEY] = val_text(name);
	v[TABLE] = val_text(bytes_of("apps.plist"));
	words_in(run, part, &v[TEXTS], &v[NAMES]);
	v[LISTED] = v[TEXTS];	/* some may be the ids of apps */
	v[ENTRY] = plist_val(part, run_scratch(run));
	if (v[ENTRY].type == VAL_TEXT)
		v[ENTRY] = val_unset();
	run_record(run, v);
}

static void
read_list(struct run *run, const struct member *member)
{
	struct plist root;
	uint32_t i;

	if (!run_plist(run, member, &root))
		return;
	if (plist_type(root) != PLIST_DICT &&
	    plist_type(root) != PLIST_ARRAY)
		run_gap(run, 0, "the property list is neither a dictionary "
		    "nor an array: an unknown schema");
	for (i = 0; i < plist_count(root); i++) {
		run_row(run, (int64_t)i + 1);
		entry(run, plist_key(root, i), plist_at(root, i));
	}
}

static void
read_file(struct run *run, const struct member *member)
{
	if (bytes_ends(member->path, ".plist"))
		read_list(run, member);
	else
		read_database(run, member);
}

const struct artifact artifact_ios_app_store = {
	.name    = "ios_app_store",
	.about   = "apps that the App Store installed, updated or sold",
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
};
