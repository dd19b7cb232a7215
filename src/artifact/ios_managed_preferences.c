/*
 * Managed preferences: settings of apps and of the system that a profile, a
 * management server or Screen Time prescribes.
 *
 * Evidence: the property lists of ManagedPreferencesDomain, one record for
 * each entry.
 * Not here: who prescribed it, and when.
 *
 * Many phones have two of them, for Screen Time.  Lists of sites that are to
 * be blocked stand here too: an address in one was not visited.
 */
#include "artifact/artifact.h"

#include "artifact/plists.h"

enum { LIST, ENTRY, VALUE, TEXTS, NFIELDS };

static const struct field fields[NFIELDS] = {
	[LIST]  = { "list", KIND_LABEL, .shown = true },
	[ENTRY] = { "entry", KIND_LABEL, .shown = true },
	[VALUE] = { "value", KIND_TEXT, .sense = SENSE_TYPED, .shown = true },
	[TEXTS] = { "texts", KIND_TEXT, .sense = SENSE_TYPED },
};

static const struct place places[] = {
	{ "ManagedPreferencesDomain", "**.plist" },
	{ NULL, NULL }
};

static void
read_file(struct run *run, const struct member *member)
{
	struct plist root, value;
	struct val v[NFIELDS];
	uint32_t i;

	if (!plists_root(run, member, &root))
		return;
	for (i = 0; i < plist_count(root); i++) {
		v[LIST] = val_text(member->path);
		v[ENTRY] = val_text(plist_key(root, i));
		value = plist_at(root, i);
		v[VALUE] = plist_val(value, run_scratch(run));
		v[TEXTS] = plist_count(value) == 0 ? val_unset() :
		    plists_texts(run, value);
		run_row(run, (int64_t)i + 1);
		run_record(run, v);
	}
}

const struct artifact artifact_ios_managed_preferences = {
	.name    = "ios_managed_preferences",
	.about   = "settings prescribed by profiles and Screen Time",
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
};
