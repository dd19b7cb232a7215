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
    NONPERSISTENT, FENCE, BEACON, CLIENT, CLIENT_ID, BUNDLE_ID, BUNDLE_PATH,
    EXECUTABLE, REGISTERED, AUTHORIZATION, OTHER, NFIELDS };

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
	[CLIENT_ID]   = { "client_id", KIND_APP_ID, .sense = SENSE_RAN },
	[BUNDLE_ID]   = { "BundleId", KIND_APP_ID, .sense = SENSE_RAN,
	                  .shown = true },
	[BUNDLE_PATH] = { "BundlePath", KIND_PATH },
	[EXECUTABLE]  = { "Executable", KIND_PROCESS, .shown = true },
	[REGISTERED]  = { "Registered", KIND_PATH },
	[AUTHORIZATION] = { "Authorization", KIND_INT },
	[OTHER]       = { "client_entry", KIND_JSON },
};

static const struct place places[] = {
	{ "RootDomain", "Library/Caches/locationd/clients.plist" },
	{ "HomeDomain", "Library/Caches/locationd/clients.plist" },
	{ NULL, NULL }
};

/* A key is "com.example.app:", "/usr/libexec/part:" or
   "com.apple.locationd.bundle-/System/...", and in newer systems
   "USER:icom.example.app:": a letter tells what follows it.  The last part of
   a path is the process. */
static void
client_of(struct val *v, struct bytes key)
{
	struct bytes id;
	size_t colon;

	while (key.n > 0 && key.p[key.n - 1] == ':')
		key.n--;
	v[CLIENT] = val_text(key);
	id = key;
	while ((colon = bytes_find_byte(id, ':', 0)) != SIZE_MAX)
		id = bytes_part(id, colon + 1, id.n);
	if (id.n < key.n && id.n > 1 && memchr("iep", id.p[0], 3) != NULL)
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
	for (i = CONSUMPTION; i <= BEACON; i++)
		v[i] = plists_time(plist_get(entry, fields[i].name), scratch);
	for (i = BUNDLE_ID; i <= AUTHORIZATION; i++)
		v[i] = plist_val(plist_get(entry, fields[i].name), scratch);
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
