/*
 * The backup's own description: which device it is of, and when it was made.
 *
 * Evidence: Info.plist (XML), Manifest.plist and Status.plist (binary), in the
 * clear beside the Manifest, written by the computer that made the backup.
 * Not here: anything that the phone itself vouches for.
 */
#include "artifact/artifact.h"

#include "base/limits.h"
#include "base/text.h"
#include "base/time.h"

enum { FILE_NAME, KEY, VALUE, TIME, NFIELDS };

static const struct field fields[NFIELDS] = {
	[FILE_NAME] = { "file", KIND_LABEL, .shown = true },
	[KEY]       = { "key", KIND_LABEL, .shown = true },
	[VALUE]     = { "value", KIND_LABEL, .shown = true },
	[TIME]      = { "time", KIND_TIME, .event = "backup made" },
};

static const struct place places[] = {
	{ "", "Info.plist" },
	{ "", "Manifest.plist" },
	{ "", "Status.plist" },
	{ NULL, NULL }
};

static const struct place also[] = {
	{ "", "Manifest.db" },
	{ NULL, NULL }
};

/* Apple's key, and the key in the case's `device` object (NULL: none). */
static const struct {
	const char *file, *key, *device;
} known[] = {
	{ "Info.plist", "Device Name", "name" },
	{ "Info.plist", "Display Name", NULL },
	{ "Info.plist", "Product Type", "product_type" },
	{ "Info.plist", "Product Name", "product_name" },
	{ "Info.plist", "Product Version", "product_version" },
	{ "Info.plist", "Build Version", "build" },
	{ "Info.plist", "Serial Number", "serial" },
	{ "Info.plist", "Unique Identifier", "udid" },
	{ "Info.plist", "Target Identifier", NULL },
	{ "Info.plist", "Target Type", "target_type" },
	{ "Info.plist", "GUID", "guid" },
	{ "Info.plist", "IMEI", "imei" },
	{ "Info.plist", "IMEI 2", "imei2" },
	{ "Info.plist", "MEID", "meid" },
	{ "Info.plist", "ICCID", "iccid" },
	{ "Info.plist", "ICCID 2", "iccid2" },
	{ "Info.plist", "Phone Number", "phone" },
	{ "Info.plist", "Last Backup Date", "last_backup" },
	{ "Info.plist", "iTunes Version", "itunes_version" },
	{ "Info.plist", "macOS Version", "macos_version" },
	{ "Info.plist", "Installed Applications", NULL },
	{ "Manifest.plist", "IsEncrypted", NULL },
	{ "Manifest.plist", "Version", "manifest_version" },
	{ "Manifest.plist", "Date", NULL },
	{ "Manifest.plist", "WasPasscodeSet", "passcode_set" },
	{ "Status.plist", "BackupState", NULL },
	{ "Status.plist", "IsFullBackup", "full_backup" },
	{ "Status.plist", "SnapshotState", "snapshot_state" },
	{ "Status.plist", "Date", NULL },
};

static void
one(struct run *run, unsigned i, struct plist value)
{
	struct val v[NFIELDS] = { 0 };
	struct buf text = buf_with(64 * KIB);

	v[FILE_NAME] = val_text(bytes_of(known[i].file));
	v[KEY] = val_text(bytes_of(known[i].key));
	v[VALUE] = plist_val(value, run_scratch(run));
	if (v[VALUE].type == VAL_TIME)
		v[TIME] = v[VALUE];
	if (v[VALUE].type == VAL_TIME)
		time_show(&text, v[VALUE].i);
	else
		field_value_text(&text, KIND_LABEL, &v[VALUE], 4096);
	if (known[i].device != NULL)
		run_device(run, known[i].device, buf_bytes(&text));
	run_row(run, (int64_t)i + 1);
	run_record(run, v);
	buf_free(&text);
}

/* A Manifest.db that is plain SQLite is read whatever Manifest.plist says:
   so the flag alone does not make a backup encrypted. */
static bool
manifest_is_plain(struct run *run)
{
	const struct member *db = run_also(run, "Manifest.db");

	return db != NULL &&
	    bytes_is(run_head(run, db, 15), "SQLite format 3");
}

static void
read_file(struct run *run, const struct member *member)
{
	struct plist root, value;
	unsigned i;

	if (!run_plist(run, member, &root))
		return;
	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		value = plist_get(root, known[i].key);
		if (bytes_is(member->path, known[i].file) && plist_is(value))
			one(run, i, value);
	}
	if (bytes_is(member->path, "Manifest.plist") &&
	    plist_int(plist_get(root, "IsEncrypted"), 0) != 0)
		run_device(run, manifest_is_plain(run) ? "encrypted_flag" :
		    "encrypted", bytes_of("yes"));
}

const struct artifact artifact_ios_backup_info = {
	.name    = "ios_backup_info",
	.about   = "the device and the making of the backup",
	.in      = ARTIFACT_IN_ROOT,
	.places  = places,
	.also    = also,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
};
