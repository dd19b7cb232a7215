/*
 * System apps: which of Apple's own apps are noted as removed or put back.
 *
 * Evidence: SystemAppInstallState.plist and BackupSystemAppInstallState.plist:
 * app -> number.  What a number means is not publicly described: it is kept as
 * it is.  The first is the state of this phone; the second seems to be the one
 * that came with a backup it was restored from.
 * Not here: other apps; when it was done; that an app stands here says only
 * that the system keeps a state of it.
 */
#include "artifact/artifact.h"

#include "artifact/plists.h"

enum { APP, STATE, FILE_, NFIELDS };

static const struct field fields[NFIELDS] = {
	[APP]   = { "bundle_id", KIND_APP_ID, .sense = SENSE_TYPED,
	            .shown = true },
	[STATE] = { "state", KIND_INT, .shown = true },
	[FILE_] = { "file", KIND_LABEL },
};

static const struct place places[] = {
	{ "InstallDomain", "Library/MobileInstallation/BackedUpState/"
	  "SystemAppInstallState.plist" },
	{ "InstallDomain", "Library/MobileInstallation/BackedUpState/"
	  "BackupSystemAppInstallState.plist" },
	{ NULL, NULL }
};

static void
read_file(struct run *run, const struct member *member)
{
	struct val v[NFIELDS];
	struct plist root;
	uint32_t i;

	if (!plists_root(run, member, &root))
		return;
	v[FILE_] = val_text(bytes_of(bytes_ends(member->path,
	    "/SystemAppInstallState.plist") ? "SystemAppInstallState.plist" :
	    "BackupSystemAppInstallState.plist"));
	for (i = 0; i < plist_count(root); i++) {
		v[APP] = val_text(plist_key(root, i));
		v[STATE] = plist_val(plist_at(root, i), run_scratch(run));
		run_row(run, (int64_t)i + 1);
		run_record(run, v);
	}
}

const struct artifact artifact_ios_system_app_state = {
	.name    = "ios_system_app_state",
	.about   = "Apple's own apps that were removed or put back",
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
};
