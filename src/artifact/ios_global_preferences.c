/*
 * Global preferences: languages, region, and whether Lockdown Mode is on.
 *
 * Evidence: .GlobalPreferences.plist, one record for each entry.
 * Not here: when an entry was set.
 */
#include "artifact/artifact.h"

enum { ENTRY, VALUE, NFIELDS };

static const struct field fields[NFIELDS] = {
	[ENTRY] = { "entry", KIND_LABEL, .shown = true },
	[VALUE] = { "value", KIND_TEXT, .sense = SENSE_TYPED, .shown = true },
};

static const struct place places[] = {
	{ "HomeDomain", "Library/Preferences/.GlobalPreferences.plist" },
	{ NULL, NULL }
};

static void
judge(struct run *run, const struct val *v)
{
	if (!bytes_is(val_bytes(&v[ENTRY]), "LDMGlobalEnabled"))
		return;
	run_finding(run, val_number(&v[VALUE], 0) != 0 ? RULE_LOCKDOWN_ON :
	    RULE_LOCKDOWN_OFF);
}

static void
read_file(struct run *run, const struct member *member)
{
	struct plist root;
	struct val v[NFIELDS];
	uint32_t i;

	if (!run_plist(run, member, &root))
		return;
	for (i = 0; i < plist_count(root); i++) {
		v[ENTRY] = val_text(plist_key(root, i));
		v[VALUE] = plist_val(plist_at(root, i), run_scratch(run));
		run_row(run, (int64_t)i + 1);
		run_record(run, v);
	}
}

const struct artifact artifact_ios_global_preferences = {
	.name    = "ios_global_preferences",
	.about   = "system-wide settings, Lockdown Mode",
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
	.judge   = judge,
};
