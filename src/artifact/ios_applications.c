/*
 * Applications: apps of the phone as the backup lists them, with what the App
 * Store said when they were bought.
 *
 * Evidence: Info.plist, Applications: bundle id -> { iTunesMetadata (a property
 * list), PlaceholderIcon }.
 * Not here: Apple's built-in apps, apps removed before the backup, apps hidden
 * from the list.
 *
 * An app that did not come from the store is often TestFlight, a company's own
 * app or a developer's phone.
 */
#include "artifact/artifact.h"

#include "base/hash.h"
#include "base/text.h"
#include "base/time.h"

enum { PURCHASED, RELEASED, BUNDLE, METADATA_ID, NAME, VERSION, SELLER, SOURCE,
    ICON, ACCOUNT, OTHER, NFIELDS };

static const struct field fields[NFIELDS] = {
	[PURCHASED]   = { "purchase_date", KIND_TIME,
	                  .event = "app bought or installed" },
	[RELEASED]    = { "release_date", KIND_TIME },
	[BUNDLE]      = { "bundle_id", KIND_APP_ID, .shown = true },
	[METADATA_ID] = { "software_version_bundle_id", KIND_APP_ID },
	[NAME]        = { "name", KIND_LABEL, .shown = true },
	[VERSION]     = { "version", KIND_LABEL, .shown = true },
	[SELLER]      = { "artist", KIND_LABEL, .shown = true },
	[SOURCE]      = { "source_app", KIND_APP_ID,
	                  .sense = SENSE_NOT_MATCHED, .shown = true },
	[ICON]        = { "icon_sha256", KIND_SHA256 },
	[ACCOUNT]     = { "account", KIND_EMAIL,
	                  .sense = SENSE_NOT_MATCHED },
	[OTHER]       = { "metadata", KIND_JSON },
};

static const struct place places[] = {
	{ "", "Info.plist" },
	{ NULL, NULL }
};

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

static void
judge(struct run *run, const struct val *v)
{
	if (!val_set(&v[METADATA_ID]))
		run_finding(run, RULE_APP_NO_ID);
	if (!val_set(&v[SOURCE]) || from_store(val_bytes(&v[SOURCE])))
		return;		/* an absent source means the store */
	run_finding(run, bytes_is(val_bytes(&v[SOURCE]),
	    "com.apple.TestFlight") ? RULE_APP_TESTFLIGHT :
	    RULE_APP_NO_STORE);
}

static struct val
text_or_date(struct run *run, struct plist p)
{
	struct val v = plist_val(p, run_scratch(run));
	int64_t t;

	if (v.type != VAL_TEXT)
		return v;
	t = time_read(v.bytes);
	return t == TIME_UNSET ? v : val_time(t);
}

static void
from_metadata(struct run *run, struct val *v, struct bytes data)
{
	struct arena *scratch = run_scratch(run);
	struct plist m;

	if (plist_read(&m, scratch, data, run_gaps(run)) != ERR_NONE) {
		run_gap(run, GAP_NO_OFFSET,
		    "the store's data of an app is no property list");
		return;
	}
	v[PURCHASED] = text_or_date(run, plist_path(plist_get(m,
	    "com.apple.iTunesStore.downloadInfo"), "purchaseDate"));
	v[RELEASED] = text_or_date(run, plist_get(m, "releaseDate"));
	v[METADATA_ID] = plist_val(plist_get(m, "softwareVersionBundleId"),
	    scratch);
	v[NAME] = plist_val(plist_get(m, "itemName"), scratch);
	v[VERSION] = plist_val(plist_get(m, "bundleShortVersionString"),
	    scratch);
	v[SELLER] = plist_val(plist_get(m, "artistName"), scratch);
	v[SOURCE] = plist_val(plist_get(m, "sourceApp"), scratch);
	v[ACCOUNT] = plist_val(plist_path(plist_get(m,
	    "com.apple.iTunesStore.downloadInfo"), "accountInfo.AppleID"),
	    scratch);
	v[OTHER] = plist_val(m, scratch);
}

static void
icon_hash(struct run *run, struct val *v, struct bytes icon)
{
	uint8_t sum[HASH_SHA256];
	struct buf hex = buf_with(128);

	hash_sha256(icon, sum);
	text_hex(&hex, bytes_at(sum, sizeof(sum)));
	v[ICON] = val_text(arena_copy(run_scratch(run), buf_bytes(&hex)));
	buf_free(&hex);
}

static void
one(struct run *run, struct bytes bundle, struct plist entry)
{
	struct val v[NFIELDS] = { 0 };
	struct plist metadata = plist_get(entry, "iTunesMetadata");
	struct plist icon = plist_get(entry, "PlaceholderIcon");

	v[BUNDLE] = val_text(bundle);
	if (plist_type(metadata) == PLIST_DATA)
		from_metadata(run, v, plist_bytes(metadata));
	if (plist_type(icon) == PLIST_DATA && plist_bytes(icon).n > 0)
		icon_hash(run, v, plist_bytes(icon));
	run_record(run, v);
}

static void
read_file(struct run *run, const struct member *member)
{
	struct plist root, apps;
	uint32_t i;

	if (!run_plist(run, member, &root))
		return;
	apps = plist_get(root, "Applications");
	for (i = 0; i < plist_count(apps); i++) {
		run_row(run, (int64_t)i + 1);
		one(run, plist_key(apps, i), plist_at(apps, i));
	}
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
