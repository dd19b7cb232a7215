/*
 * Global preferences: languages, region, and whether Lockdown Mode is on.
 *
 * Evidence: .GlobalPreferences.plist, one record for each entry.
 * Not here: when an entry was set.
 */
#include "artifact/artifact.h"

#include "artifact/plists.h"

enum { ENTRY, VALUE, TEXTS, NFIELDS };

static const struct field fields[NFIELDS] = {
	[ENTRY] = { "entry", KIND_LABEL, .shown = true },
	[VALUE] = { "value", KIND_TEXT, .sense = SENSE_TYPED, .shown = true },
	[TEXTS] = { "texts", KIND_TEXT, .sense = SENSE_TYPED },
};

static const struct place places[] = {
	{ "HomeDomain", "Library/Preferences/.GlobalPreferences.plist" },
	{ NULL, NULL }
};

static void
judge(struct run *run, const struct val *v)
{
	int64_t on = val_number(&v[VALUE], -1);

	if (!bytes_is(val_bytes(&v[ENTRY]), "LDMGlobalEnabled") || on < 0)
		return;
	run_finding(run, on != 0 ? RULE_LOCKDOWN_ON : RULE_LOCKDOWN_OFF);
}

static void
read_file(struct run *run, const struct member *member)
{
	struct plist root, value;
	struct val v[NFIELDS];
	uint32_t i;

	if (!plists_root(run, member, &root))
		return;
	for (i = 0; i < plist_count(root); i++) {
		v[ENTRY] = val_text(plist_key(root, i));
		value = plist_at(root, i);
		v[VALUE] = plist_val(value, run_scratch(run));
		v[TEXTS] = plist_count(value) == 0 ? val_unset() :
		    plists_texts(run, value);
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
