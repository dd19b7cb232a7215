/*
 * Location clients: apps and system parts that asked for the location.
 *
 * Evidence: clients.plist of locationd; one dictionary a client, and beside
 * them settings of its own, which are shown as they are.  Times are seconds
 * since 2001-01-01 UTC.
 * Not here: where the phone was; whether the request was granted then.
 */
#include "artifact/artifact.h"

#include <string.h>

#include "artifact/plists.h"

enum { CONSUMPTION, RECEIVING, VISIT, LOCATION, BACKGROUND, SIGNIFICANT,
    NONPERSISTENT, FENCE, BEACON, CLIENT, CLIENT_ID, CLIENT_PATH, BUNDLE_ID,
    BUNDLE_PATH, EXECUTABLE, REGISTERED, AUTHORIZATION, OTHER, NFIELDS };

static const struct field fields[NFIELDS] = {
	[CONSUMPTION] = { "consumption_period_begin", KIND_TIME_MAC,
	                  "ConsumptionPeriodBegin",
	                  .event = "location consumption began" },
	[RECEIVING]   = { "receiving_location_stopped", KIND_TIME_MAC,
	                  "ReceivingLocationInformationTimeStopped",
	                  .event = "receiving location stopped" },
	[VISIT]       = { "visit_stopped", KIND_TIME_MAC,
	                  "VisitTimeStopped",
	                  .event = "visit monitoring stopped" },
	[LOCATION]    = { "location_stopped", KIND_TIME_MAC,
	                  "LocationTimeStopped",
	                  .event = "location use stopped" },
	[BACKGROUND]  = { "background_location_stopped", KIND_TIME_MAC,
	                  "BackgroundLocationTimeStopped",
	                  .event = "background location stopped" },
	[SIGNIFICANT] = { "significant_stopped", KIND_TIME_MAC,
	                  "SignificantTimeStopped",
	                  .event = "significant changes stopped" },
	[NONPERSISTENT] = { "passing_significant_stopped", KIND_TIME_MAC,
	                  "NonPersistentSignificantTimeStopped",
	                  .event = "passing significant changes stopped" },
	[FENCE]       = { "fence_stopped", KIND_TIME_MAC,
	                  "FenceTimeStopped",
	                  .event = "geofence stopped" },
	[BEACON]      = { "beacon_region_stopped", KIND_TIME_MAC,
	                  "BeaconRegionTimeStopped",
	                  .event = "beacon region stopped" },
	[CLIENT]      = { "client", KIND_PROCESS, .shown = true },
	[CLIENT_ID]   = { "client_id", KIND_APP_ID, .sense = SENSE_RAN },
	[CLIENT_PATH] = { "client_path", KIND_PATH },
	[BUNDLE_ID]   = { "bundle_id", KIND_APP_ID, "BundleId",
	                  .sense = SENSE_RAN, .shown = true },
	[BUNDLE_PATH] = { "bundle_path", KIND_PATH, "BundlePath" },
	[EXECUTABLE]  = { "executable", KIND_PROCESS, "Executable",
	                  .shown = true },
	[REGISTERED]  = { "registered", KIND_PATH, "Registered" },
	[AUTHORIZATION] = { "authorization", KIND_INT, "Authorization" },
	[OTHER]       = { "client_entry", KIND_JSON },
};

static const struct place places[] = {
	{ "RootDomain", "Library/Caches/locationd/clients.plist" },
	{ "HomeDomain", "Library/Caches/locationd/clients.plist" },
	{ NULL, NULL }
};

/* A key is "com.example.app:", "/usr/libexec/part:" or
   "com.apple.locationd.bundle-/System/...", and in newer systems
   "USER:icom.example.app:": a letter tells what follows it.  As a process, the
   last part of a path counts; what stands within is taken out beside. */
static void
client_of(struct val *v, struct bytes key)
{
	struct bytes id;
	size_t at;

	while (key.n > 0 && key.p[key.n - 1] == ':')
		key.n--;
	v[CLIENT] = val_text(key);
	at = bytes_find_byte(key, '/', 0);
	if (at != SIZE_MAX) {
		if (at > 0)
			v[CLIENT_PATH] = val_text(bytes_part(key, at, key.n));
		return;
	}
	id = key;
	while ((at = bytes_find_byte(id, ':', 0)) != SIZE_MAX)
		id = bytes_part(id, at + 1, id.n);
	if (id.n == key.n)
		return;
	if (id.n > 1 && memchr("iep", id.p[0], 3) != NULL)
		id = bytes_part(id, 1, id.n);
	v[CLIENT_ID] = val_text(id);
}

static void
one(struct run *run, struct bytes key, struct plist entry)
{
	struct val v[NFIELDS] = { 0 };
	struct arena *scratch = run_scratch(run);
	unsigned i;

	client_of(v, key);
	if (plist_type(entry) != PLIST_DICT && !plists_plain(entry))
		run_gap(run, GAP_NO_OFFSET, "a client has another shape");
	for (i = CONSUMPTION; i <= BEACON; i++)
		v[i] = plists_time(plist_get(entry, fields[i].from), scratch);
	for (i = BUNDLE_ID; i <= AUTHORIZATION; i++)
		v[i] = plist_val(plist_get(entry, fields[i].from), scratch);
	v[OTHER] = plist_val(entry, scratch);
	run_record(run, v);
}

static void
read_file(struct run *run, const struct member *member)
{
	struct plist root;
	uint32_t i;

	if (!plists_root(run, member, &root))
		return;
	for (i = 0; i < plist_count(root); i++) {
		run_row(run, (int64_t)i + 1);
		one(run, plist_key(root, i), plist_at(root, i));
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
