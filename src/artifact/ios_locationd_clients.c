/*
 * Location clients: apps and system parts that asked for the location.
 *
 * Evidence: clients.plist of locationd; one dictionary a client.  Times are
 * seconds since 2001-01-01 UTC.
 * Not here: where the phone was; whether the request was granted then.
 */
#include "artifact/artifact.h"

#include "base/time.h"

enum { CONSUMPTION, RECEIVING, VISIT, LOCATION, BACKGROUND, SIGNIFICANT,
    NONPERSISTENT, FENCE, BEACON, CLIENT, BUNDLE_ID, BUNDLE_PATH, EXECUTABLE,
    REGISTERED, AUTHORIZATION, OTHER, NFIELDS };

static const struct field fields[NFIELDS] = {
	[CONSUMPTION] = { "ConsumptionPeriodBegin", KIND_TIME_MAC,
	                  .event = "location consumption began" },
	[RECEIVING]   = { "ReceivingLocationInformationTimeStopped",
	                  KIND_TIME_MAC,
	                  .event = "receiving location stopped" },
	[VISIT]       = { "VisitTimeStopped", KIND_TIME_MAC,
	                  .event = "visit monitoring stopped" },
	[LOCATION]    = { "LocationTimeStopped", KIND_TIME_MAC,
	                  .event = "location use stopped" },
	[BACKGROUND]  = { "BackgroundLocationTimeStopped", KIND_TIME_MAC,
	                  .event = "background location stopped" },
	[SIGNIFICANT] = { "SignificantTimeStopped", KIND_TIME_MAC,
	                  .event = "significant changes stopped" },
	[NONPERSISTENT] = { "NonPersistentSignificantTimeStopped",
	                  KIND_TIME_MAC,
	                  .event = "passing significant changes stopped" },
	[FENCE]       = { "FenceTimeStopped", KIND_TIME_MAC,
	                  .event = "geofence stopped" },
	[BEACON]      = { "BeaconRegionTimeStopped", KIND_TIME_MAC,
	                  .event = "beacon region stopped" },
	[CLIENT]      = { "client", KIND_PROCESS, .shown = true },
	[BUNDLE_ID]   = { "BundleId", KIND_APP_ID, .sense = SENSE_RAN,
	                  .shown = true },
	[BUNDLE_PATH] = { "BundlePath", KIND_PATH },
	[EXECUTABLE]  = { "Executable", KIND_PATH, .shown = true },
	[REGISTERED]  = { "Registered", KIND_PATH },
	[AUTHORIZATION] = { "Authorization", KIND_INT },
	[OTHER]       = { "client_entry", KIND_JSON },
};

static const struct place places[] = {
	{ "RootDomain", "Library/Caches/locationd/clients.plist" },
	{ "HomeDomain", "Library/Caches/locationd/clients.plist" },
	{ NULL, NULL }
};

static int64_t
time_of(struct plist p)
{
	if (plist_type(p) == PLIST_DATE)
		return plist_date(p);
	if (plist_type(p) == PLIST_REAL || plist_type(p) == PLIST_INT)
		return time_mac(plist_real(p, (double)plist_int(p, 0)));
	return TIME_UNSET;
}

/* Its last part: keys look like "com.apple.locationd.bundle-/System/..." and
   "i/private/var/.../App.app:". */
static struct bytes
client_name(struct bytes key)
{
	while (key.n > 0 && key.p[key.n - 1] == ':')
		key.n--;
	return key;
}

static void
one(struct run *run, struct bytes key, struct plist entry)
{
	struct val v[NFIELDS] = { 0 };
	struct plist p;
	int64_t t;
	unsigned i;

	v[CLIENT] = val_text(client_name(key));
	for (i = 0; i <= BEACON; i++) {
		t = time_of(plist_get(entry, fields[i].name));
		if (t != TIME_UNSET)
			v[i] = val_time(t);
	}
	for (i = BUNDLE_ID; i <= AUTHORIZATION; i++) {
		p = plist_get(entry, fields[i].name);
		v[i] = plist_val(p, run_scratch(run));
	}
	v[OTHER] = plist_val(entry, run_scratch(run));
	run_record(run, v);
}

static void
read_file(struct run *run, const struct member *member)
{
	struct plist root, entry;
	uint32_t i;

	if (!run_plist(run, member, &root))
		return;
	for (i = 0; i < plist_count(root); i++) {
		entry = plist_at(root, i);
		run_row(run, (int64_t)i + 1);
		if (plist_type(entry) == PLIST_DICT)
			one(run, plist_key(root, i), entry);
	}
}

const struct artifact artifact_ios_locationd_clients = {
	.name    = "ios_locationd_clients",
	.about   = "apps and system parts that asked for the location",
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
};
