/*
 * Bluetooth devices: those that were paired, and those that were only met.
 *
 * Evidence: com.apple.MobileBluetooth.ledevices.paired.db and .other.db,
 * tables PairedDevices and OtherDevices; and for devices of the older kind
 * com.apple.MobileBluetooth.devices.plist, one dictionary an address, its
 * LastSeenTime in Unix seconds.  As known from public descriptions.
 * Not here: when a device of the newer kind was seen: the numbers in the
 * databases count from no date that is known, and are shown as they stand.
 *
 * Most addresses change by themselves every few minutes.
 */
#include "artifact/artifact.h"

#include "artifact/plists.h"
#include "base/time.h"

enum { SEEN, RECORD, NAME, ADDRESS, RESOLVED, UUID, NAME_ORIGIN, SEEN_RAW,
    CONNECTED_RAW, OTHER, NFIELDS };

static const struct field fields[NFIELDS] = {
	[SEEN]     = { "last_seen", KIND_TIME,
	               .event = "Bluetooth device last seen" },
	[RECORD]   = { "record", KIND_LABEL, .shown = true },
	[NAME]     = { "name", KIND_LABEL, .shown = true },
	[ADDRESS]  = { "address", KIND_LABEL, .shown = true },
	[RESOLVED] = { "resolved_address", KIND_LABEL, .shown = true },
	[UUID]     = { "uuid", KIND_LABEL },
	[NAME_ORIGIN] = { "name_origin", KIND_INT },
	[SEEN_RAW] = { "last_seen_count", KIND_INT },
	[CONNECTED_RAW] = { "last_connection_count", KIND_INT },
	[OTHER]    = { "device", KIND_JSON },
};

static const char *const of_device[NFIELDS] = {
	[NAME] = "Name", [ADDRESS] = "Address",
	[RESOLVED] = "ResolvedAddress", [UUID] = "Uuid",
	[NAME_ORIGIN] = "NameOrigin", [SEEN_RAW] = "LastSeenTime",
	[CONNECTED_RAW] = "LastConnectionTime",
};

#define DOMAIN	"SysSharedContainerDomain-systemgroup.com.apple.bluetooth"
#define BLUETOOTH	"com.apple.MobileBluetooth."

static const struct place places[] = {
	{ DOMAIN, "Library/Database/" BLUETOOTH "ledevices.paired.db" },
	{ DOMAIN, "Library/Database/" BLUETOOTH "ledevices.other.db" },
	{ DOMAIN, "Library/Preferences/" BLUETOOTH "devices.plist" },
	{ NULL, NULL }
};

static void
paired_row(struct run *run, struct val *v)
{
	v[RECORD] = val_text(bytes_of("paired"));
	run_record(run, v);
}

static void
other_row(struct run *run, struct val *v)
{
	v[RECORD] = val_text(bytes_of("met"));
	run_record(run, v);
}

static void
read_list(struct run *run, const struct member *member)
{
	struct arena *scratch = run_scratch(run);
	struct plist root, device, seen;
	struct val v[NFIELDS];
	uint32_t i;
	double t;

	if (!plists_root(run, member, &root))
		return;
	for (i = 0; i < plist_count(root); i++) {
		device = plist_at(root, i);
		if (plist_type(device) != PLIST_DICT && !plists_plain(device))
			run_gap(run, GAP_NO_OFFSET,
			    "a Bluetooth device has another shape");
		v[RECORD] = val_text(bytes_of("classic"));
		v[ADDRESS] = val_text(plist_key(root, i));
		v[NAME] = plist_val(plist_is(plist_get(device, "Name")) ?
		    plist_get(device, "Name") :
		    plist_get(device, "DefaultName"), scratch);
		seen = plist_get(device, "LastSeenTime");
		t = plist_real(seen, 0);
		v[SEEN] = plist_val(seen, scratch);
		if (t > 0 && time_unix_seconds(t) != TIME_UNSET)
			v[SEEN] = val_time(time_unix_seconds(t));
		v[RESOLVED] = v[UUID] = v[NAME_ORIGIN] = val_unset();
		v[SEEN_RAW] = v[CONNECTED_RAW] = val_unset();
		v[OTHER] = plist_val(device, scratch);
		run_row(run, (int64_t)i + 1);
		run_record(run, v);
	}
}

static void
read_file(struct run *run, const struct member *member)
{
	static const struct view paired = { .table = "PairedDevices",
	    .from = of_device, .row = paired_row };
	static const struct view other = { .table = "OtherDevices",
	    .from = of_device, .row = other_row };
	struct sqlite *db;

	if (bytes_ends(member->path, ".plist")) {
		read_list(run, member);
		return;
	}
	db = run_sqlite(run, member);
	if (db != NULL)
		(void)run_view(run, db, bytes_ends(member->path, ".other.db") ?
		    &other : &paired);
}

const struct artifact artifact_ios_bluetooth_devices = {
	.name    = "ios_bluetooth_devices",
	.about   = "Bluetooth devices that were paired or met",
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
};
