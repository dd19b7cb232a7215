/*
 * Geofences: places that an app asked to be told of when the phone enters or
 * leaves them.
 *
 * Evidence: consolidated.db of locationd: Fences, in newer systems GeoFence
 * with its corners in Vertices.  Times are seconds since 2001-01-01 UTC; places
 * are degrees, distances metres, as they stand.  A corner is a record, too.
 * Not here: where the phone was, whether it ever was there, when; before iOS 5
 * the file held that, in tables that are not read.
 *
 * Reminders, the home app, shops and banks all set geofences.  So does what
 * follows somebody.  Tables as publicly described.
 */
#include "artifact/artifact.h"

enum { SET, APP, PATH, ON_BEHALF, NAME, LATITUDE, LONGITUDE, DISTANCE, FENCE,
    NFIELDS };

static const struct field fields[NFIELDS] = {
	[SET]       = { "set", KIND_TIME_MAC, "Timestamp",
	                .event = "geofence set" },
	[APP]       = { "bundle_id", KIND_APP_ID, "BundleId",
	                .shown = true },
	[PATH]      = { "bundle_path", KIND_PATH, "BundlePath",
	                .shown = true },
	[ON_BEHALF] = { "on_behalf_of", KIND_APP_ID,
	                "OnBehalfOf|OnBehalfOfBundleId" },
	[NAME]      = { "name", KIND_LABEL, "Name", .shown = true },
	[LATITUDE]  = { "latitude", KIND_REAL, "Latitude" },
	[LONGITUDE] = { "longitude", KIND_REAL, "Longitude" },
	[DISTANCE]  = { "distance", KIND_REAL, "Distance|Radius" },
	[FENCE]     = { "fence", KIND_INT, "FenceIndex" },
};

static const char *const of_corner[NFIELDS] = {
	[NAME] = "FenceForeignKey.Name",
	[LATITUDE] = "Latitude", [LONGITUDE] = "Longitude",
	[FENCE] = "FenceForeignKey",
};

static const struct reference corner_refs[] = {
	{ "Vertices", "FenceForeignKey", "GeoFence", "FenceIndex" },
	{ NULL, NULL, NULL, NULL }
};

static const struct place places[] = {
	{ "RootDomain", "Library/Caches/locationd/consolidated.db" },
	{ "HomeDomain", "Library/Caches/locationd/consolidated.db" },
	{ NULL, NULL }
};

/* Parts of the system are named by their path. */
static void
row(struct run *run, struct val *v)
{
	if (bytes_starts(val_bytes(&v[APP]), "/")) {
		v[PATH] = v[APP];
		v[APP] = val_unset();
	}
	run_record(run, v);
}

static void
read_file(struct run *run, const struct member *member)
{
	static const struct view old = { .table = "Fences", .row = row,
	    .optional = true };
	static const struct view now = { .table = "GeoFence", .row = row,
	    .optional = true };
	static const struct view corners = { .table = "Vertices",
	    .from = of_corner, .refs = corner_refs, .row = row,
	    .optional = true };
	struct sqlite *db = run_sqlite(run, member);
	bool known;

	if (db == NULL)
		return;
	known = run_view(run, db, &old);
	known |= run_view(run, db, &now);
	(void)run_view(run, db, &corners);
	/* TableInfo lists the tables: then there is no fence. */
	if (!known && sqlite_table(db, "TableInfo") == NULL)
		run_gap(run, GAP_NO_OFFSET, "the database has no table Fences "
		    "or GeoFence: an unknown schema");
}

const struct artifact artifact_ios_location_cache = {
	.name    = "ios_location_cache",
	.about   = "geofences, and which app set them",
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
};
