/*
 * Applications: apps of the phone as the backup lists them, with what the App
 * Store said when they were bought.
 *
 * Evidence: Info.plist, Applications: bundle id -> { iTunesMetadata (a property
 * list), PlaceholderIcon }; and Installed Applications, a list of bundle ids.
 * Not here: Apple's built-in apps, apps removed before the backup, apps hidden
 * from the list.
 *
 * An app that did not come from the store is often TestFlight, a company's own
 * app or a developer's phone.
 */
#include "artifact/artifact.h"

#include "artifact/plists.h"
#include "base/time.h"

enum { PURCHASED, RELEASED, BUNDLE, METADATA_ID, NAME, VERSION, BUILD, SELLER,
    SOURCE, ITEM, GENRE, AGAIN, BY_DEVICE, ACCOUNT, ICON, OTHER, NFIELDS };

static const struct field fields[NFIELDS] = {
	[PURCHASED]   = { "purchase_date", KIND_TIME,
	                  .event = "app bought or installed" },
	[RELEASED]    = { "release_date", KIND_TIME },
	[BUNDLE]      = { "bundle_id", KIND_APP_ID, .shown = true },
	[METADATA_ID] = { "software_version_bundle_id", KIND_APP_ID },
	[NAME]        = { "name", KIND_LABEL, .shown = true },
	[VERSION]     = { "version", KIND_LABEL, .shown = true },
	[BUILD]       = { "build", KIND_LABEL },
	[SELLER]      = { "artist", KIND_LABEL, .shown = true },
	[SOURCE]      = { "source_app", KIND_APP_ID,
	                  .sense = SENSE_NOT_MATCHED, .shown = true },
	[ITEM]        = { "item_id", KIND_INT },
	[GENRE]       = { "genre", KIND_LABEL },
	[AGAIN]       = { "downloaded_again", KIND_BOOL },
	[BY_DEVICE]   = { "licensed_to_device", KIND_BOOL },
	[ACCOUNT]     = { "account", KIND_EMAIL,
	                  .sense = SENSE_NOT_MATCHED },
	[ICON]        = { "icon_sha256", KIND_SHA256 },
	[OTHER]       = { "metadata", KIND_JSON },
};

/* Where they stand in iTunesMetadata. */
static const char *const names[NFIELDS] = {
	[RELEASED] = "releaseDate",
	[METADATA_ID] = "softwareVersionBundleId",
	[NAME] = "itemName",
	[VERSION] = "bundleShortVersionString",
	[BUILD] = "bundleVersion",
	[SELLER] = "artistName",
	[SOURCE] = "sourceApp",
	[ITEM] = "itemId",
	[GENRE] = "genre",
	[AGAIN] = "is-purchased-redownload",
	[BY_DEVICE] = "DeviceBasedVPP",
};

static const struct place places[] = {
	{ "", "Info.plist" },
	{ NULL, NULL }
};

/* Comparisons of the two lists of apps. */
#define LOOKS_MAX	100000000u

static const char unreadable[] =
    "the store's data of an app is no property list, or a damaged one";

static bool
from_store(struct bytes source)
{
	static const char *const stores[] = { "com.apple.AppStore",
	    "com.apple.AppStore.ProductPageExtension", "com.apple.dmd",
	    "dmd" };
	unsigned i;

	for (i = 0; i < sizeof(stores) / sizeof(stores[0]); i++)
		if (bytes_is(source, stores[i]))
			return true;
	return false;
}

/* An absent source means the store.  The state is set if the data of the store
   could not be read, or the app is only named: then they are not missing. */
static void
judge(struct run *run, const struct val *v)
{
	struct bytes source = val_bytes(&v[SOURCE]);

	if (!val_set(&v[METADATA_ID]) && *run_state(run) == NULL)
		run_finding(run, RULE_APP_NO_ID);
	if (v[SOURCE].type != VAL_TEXT || from_store(source))
		return;
	run_finding(run, bytes_is(source, "com.apple.TestFlight") ?
	    RULE_APP_TESTFLIGHT : RULE_APP_NO_STORE);
}

/* The store writes dates as text. */
static struct val
text_or_date(struct plist p, struct arena *arena)
{
	struct val v = plist_val(p, arena);
	int64_t t = v.type == VAL_TEXT ? time_read(v.bytes) : TIME_UNSET;

	return t == TIME_UNSET ? v : val_time(t);
}

static bool
from_metadata(struct run *run, struct val *v, struct bytes data)
{
	struct arena *scratch = run_scratch(run);
	struct plist m, bought;
	unsigned i;

	if (!plists_within(run, data, PLIST_DICT, unreadable, &m))
		return false;
	for (i = 0; i < NFIELDS; i++)
		if (names[i] != NULL)
			v[i] = plist_val(plist_get(m, names[i]), scratch);
	v[RELEASED] = text_or_date(plist_get(m, names[RELEASED]), scratch);
	bought = plist_get(m, "com.apple.iTunesStore.downloadInfo");
	v[PURCHASED] = text_or_date(plist_get(bought, "purchaseDate"),
	    scratch);
	v[ACCOUNT] = plist_val(plist_path(bought, "accountInfo.AppleID"),
	    scratch);
	v[OTHER] = plist_val(m, scratch);
	return true;
}

static void
one(struct run *run, struct bytes bundle, struct plist entry)
{
	struct val v[NFIELDS] = { 0 };
	struct plist data, icon;
	bool unread = plist_type(entry) != PLIST_DICT;

	entry = plists_part(run, entry, PLIST_DICT,
	    "the entry of an app has another shape");
	v[BUNDLE] = val_text(bundle);
	data = plist_get(entry, "iTunesMetadata");
	if (plist_type(data) == PLIST_DATA)
		unread = !from_metadata(run, v, plist_bytes(data));
	else if (plist_is(data)) {
		run_gap(run, GAP_NO_OFFSET, unreadable);
		unread = true;
	}
	icon = plists_part(run, plist_get(entry, "PlaceholderIcon"),
	    PLIST_DATA, "the icon of an app has another shape");
	if (plist_bytes(icon).n > 0)
		v[ICON] = plists_sha256(run, plist_bytes(icon));
	*run_state(run) = unread ? run : NULL;
	run_record(run, v);
}

/* Apps that are named without more.  Each is looked for among the others: the
   bound is far above what a phone can hold. */
static void
installed(struct run *run, struct plist names_only, struct plist apps)
{
	uint32_t i, odd = 0, n = plist_count(names_only);
	struct val v[NFIELDS] = { 0 };
	const char *id;

	if ((uint64_t)n * plist_count(apps) > LOOKS_MAX) {
		run_gap(run, GAP_NO_OFFSET,
		    "more apps are installed than can be compared");
		return;
	}
	*run_state(run) = run;
	for (i = 0; i < n; i++) {
		if (plist_type(plist_at(names_only, i)) != PLIST_TEXT) {
			odd++;
			continue;
		}
		v[BUNDLE] = val_text(plist_bytes(plist_at(names_only, i)));
		id = arena_string(run_scratch(run), v[BUNDLE].bytes);
		if (id != NULL && plist_is(plist_get(apps, id)))
			continue;
		run_row(run, (int64_t)plist_count(apps) + i + 1);
		run_record(run, v);
	}
	if (odd > 0)
		run_gap(run, GAP_NO_OFFSET,
		    "the name of an installed app has another shape");
}

static void
read_file(struct run *run, const struct member *member)
{
	struct plist root, apps;
	uint32_t i;

	if (!plists_root(run, member, &root))
		return;
	apps = plists_part(run, plist_get(root, "Applications"), PLIST_DICT,
	    "Applications is no dictionary: an unknown schema");
	for (i = 0; i < plist_count(apps); i++) {
		run_row(run, (int64_t)i + 1);
		one(run, plist_key(apps, i), plist_at(apps, i));
	}
	installed(run, plists_part(run, plist_get(root,
	    "Installed Applications"), PLIST_ARRAY,
	    "Installed Applications is no list: an unknown schema"), apps);
}

const struct artifact artifact_ios_applications = {
	.name    = "ios_applications",
	.about   = "apps, and where they came from",
	.in      = ARTIFACT_IN_ROOT,
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
	.judge   = judge,
};
