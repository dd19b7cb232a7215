/*
 * What Safari was told of single sites: which may use camera and microphone,
 * and settings such as zoom, reader, blockers.
 *
 * Evidence: PerSitePreferences.db, tables preference_values and
 * default_preferences; UserMediaPermissions.plist, one entry for each site
 * that asked for camera or microphone.  Schema and bits are as known from
 * public descriptions of macOS and iOS.
 * Not here: whether camera or microphone were used; sites that asked and were
 * neither allowed nor refused for good.
 *
 * Settings are synchronised between the devices of an account, permissions
 * are not: a site that stands in the latter was open on this phone.
 */
#include "artifact/artifact.h"

#include "artifact/plists.h"

enum { TIME, TYPE, DOMAIN, ORIGIN, SETTING, VALUE, PERMISSION, CAMERA,
    MICROPHONE, NFIELDS };

static const struct field fields[NFIELDS] = {
	[TIME]       = { "time", KIND_TIME_MAC, "timestamp",
	                 .event = "setting for a site changed" },
	[TYPE]       = { "type", KIND_LABEL },
	[DOMAIN]     = { "domain", KIND_DOMAIN, "domain",
	                 .sense = SENSE_TYPED, .shown = true },
	[ORIGIN]     = { "origin", KIND_URL, .shown = true },
	[SETTING]    = { "setting", KIND_LABEL, "preference",
	                 .shown = true },
	[VALUE]      = { "value", KIND_LABEL,
	                 "preference_value|default_value", .shown = true },
	[PERMISSION] = { "permission", KIND_INT, .shown = true },
	[CAMERA]     = { "camera_allowed", KIND_BOOL, .shown = true },
	[MICROPHONE] = { "microphone_allowed", KIND_BOOL, .shown = true },
};

static const struct place places[] = {
	{ NULL, "Library/Safari/PerSitePreferences.db" },
	{ NULL, "Library/Safari/UserMediaPermissions.plist" },
	{ NULL, NULL }
};

#define MICROPHONE_BIT	4
#define CAMERA_BIT	32

static void
setting_row(struct run *run, struct val *v)
{
	v[TYPE] = val_text(bytes_of("setting"));
	run_record(run, v);
}

static void
default_row(struct run *run, struct val *v)
{
	v[TYPE] = val_text(bytes_of("default"));
	run_record(run, v);
}

/* A dictionary with origin and permission; or the origin as the key. */
static void
site(struct run *run, struct bytes key, struct plist entry)
{
	struct plist origin = plist_get(entry, "origin");
	struct plist permission = plist_get(entry, "permission");
	struct val v[NFIELDS] = { 0 };

	v[TYPE] = val_text(bytes_of("permission"));
	v[ORIGIN] = val_text(plist_type(origin) == PLIST_TEXT ?
	    plist_bytes(origin) : key);
	if (plist_type(entry) == PLIST_INT)
		permission = entry;
	else if (plist_type(entry) != PLIST_DICT)
		run_gap(run, GAP_NO_OFFSET, "the entry of a site is no "
		    "dictionary: an unknown schema");
	v[PERMISSION] = plist_val(permission, run_scratch(run));
	if (v[PERMISSION].type == VAL_INT) {
		v[CAMERA] = val_bool((v[PERMISSION].i & CAMERA_BIT) != 0);
		v[MICROPHONE] = val_bool((v[PERMISSION].i & MICROPHONE_BIT) !=
		    0);
	}
	run_record(run, v);
}

static void
read_permissions(struct run *run, const struct member *file)
{
	struct plist root;
	uint32_t i;

	if (!plists_root(run, file, &root))
		return;
	for (i = 0; i < plist_count(root); i++) {
		run_row(run, i + 1);
		site(run, plist_key(root, i), plist_at(root, i));
	}
}

static void
read_file(struct run *run, const struct member *file)
{
	static const struct view settings = { .table = "preference_values",
	    .row = setting_row };
	static const struct view defaults = { .table = "default_preferences",
	    .row = default_row, .optional = true };
	struct sqlite *db;

	if (bytes_ends(file->path, ".plist")) {
		read_permissions(run, file);
		return;
	}
	db = run_sqlite(run, file);
	if (db == NULL)
		return;
	(void)run_view(run, db, &settings);
	(void)run_view(run, db, &defaults);
}

const struct artifact artifact_ios_safari_sites = {
	.name    = "ios_safari_sites",
	.about   = "settings and permissions of sites in Safari",
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
};
