/*
 * Management: whether the phone is supervised or managed, by whom, from which
 * server, and the settings that are in force.
 *
 * Evidence, below ConfigurationProfiles and UserConfigurationProfiles:
 * CloudConfigurationDetails.plist (supervision, organisation, enrolment),
 * MDM.plist (management server), PayloadManifest.plist (ids of profiles),
 * ProfileTruth, ClientTruth and Truth.plist (settings by profile, by part of
 * the system, and together), UserSettings and EffectiveUserSettings.plist
 * (settings of the person, and those in force).  Their keys are known from
 * public descriptions.
 * Not here: when the phone was enrolled; what the server did.
 *
 * Employers, schools and some parents manage phones.  Who manages a phone can
 * install apps and profiles on it, and often send its traffic through their
 * own servers.
 */
#include "artifact/artifact.h"

#include "artifact/plists.h"
#include "base/limits.h"

enum { POLLED, FILE_NAME, SUPERVISED, ORGANIZATION, SERVER, CHECK_IN,
    ENROLMENT, PROFILE, RIGHTS, LOCKED, ENTRY, VALUE, TEXTS, OTHER,
    NFIELDS };

static const struct field fields[NFIELDS] = {
	[POLLED]       = { "last_polled", KIND_TIME,
	                   .event = "management server asked" },
	[FILE_NAME]    = { "file", KIND_LABEL, .shown = true },
	[SUPERVISED]   = { "supervised", KIND_BOOL, .shown = true },
	[ORGANIZATION] = { "organization", KIND_TEXT, .sense = SENSE_TYPED,
	                   .shown = true },
	[SERVER]       = { "server_url", KIND_URL, .sense = SENSE_TYPED,
	                   .shown = true },
	[CHECK_IN]     = { "check_in_url", KIND_URL, .sense = SENSE_TYPED },
	[ENROLMENT]    = { "enrolment_url", KIND_URL, .sense = SENSE_TYPED,
	                   .shown = true },
	[PROFILE]      = { "profile", KIND_PROFILE, .shown = true },
	[RIGHTS]       = { "access_rights", KIND_INT },
	[LOCKED]       = { "locked", KIND_BOOL },
	[ENTRY]        = { "setting", KIND_LABEL, .shown = true },
	[VALUE]        = { "value", KIND_TEXT, .sense = SENSE_TYPED,
	                   .shown = true },
	[TEXTS]        = { "texts", KIND_TEXT, .sense = SENSE_TYPED },
	[OTHER]        = { "entry", KIND_JSON },
};

#define PROFILES	"Library/ConfigurationProfiles/"
#define OF_USER		"Library/UserConfigurationProfiles/"

static const struct place places[] = {
	{ NULL, PROFILES "CloudConfigurationDetails.plist" },
	{ NULL, PROFILES "MDM.plist" },
	{ NULL, PROFILES "PayloadManifest.plist" },
	{ NULL, PROFILES "ProfileTruth.plist" },
	{ NULL, PROFILES "ClientTruth.plist" },
	{ NULL, PROFILES "Truth.plist" },
	{ NULL, PROFILES "UserSettings.plist" },
	{ NULL, PROFILES "EffectiveUserSettings.plist" },
	{ NULL, OF_USER "MDM.plist" },
	{ NULL, OF_USER "PayloadManifest.plist" },
	{ NULL, OF_USER "ProfileTruth.plist" },
	{ NULL, OF_USER "ClientTruth.plist" },
	{ NULL, OF_USER "Truth.plist" },
	{ NULL, OF_USER "UserSettings.plist" },
	{ NULL, OF_USER "EffectiveUserSettings.plist" },
	{ NULL, NULL }
};

struct walk {
	struct run *run;
	struct bytes file;		/* without its ending */
	struct bytes keys[LIMIT_DEPTH];
	unsigned n;
	int64_t row;
};

static void
told(struct walk *w, struct val *v)
{
	v[FILE_NAME] = val_text(w->file);
	run_row(w->run, ++w->row);
	run_record(w->run, v);
}

/* --- who manages it ---------------------------------------------------- */

static void
cloud(struct walk *w, struct plist root)
{
	struct val v[NFIELDS] = { 0 };
	struct arena *scratch = run_scratch(w->run);

	v[SUPERVISED] = plist_val(plist_get(root, "IsSupervised"), scratch);
	v[ORGANIZATION] = plist_val(plist_get(root, "OrganizationName"),
	    scratch);
	v[ENROLMENT] = plist_val(plist_get(root, "ConfigurationURL"),
	    scratch);
	v[TEXTS] = plists_texts(w->run, root);
	v[OTHER] = plist_val(root, scratch);
	told(w, v);
}

static void
server(struct walk *w, struct plist root)
{
	struct val v[NFIELDS] = { 0 };
	struct arena *scratch = run_scratch(w->run);

	v[POLLED] = plists_time(plist_get(root, "LastPollingAttempt"),
	    scratch);
	v[ORGANIZATION] = plist_val(plist_path(root,
	    "OrganizationInfo.OrganizationName"), scratch);
	v[SERVER] = plist_val(plist_get(root, "ServerURL"), scratch);
	v[CHECK_IN] = plist_val(plist_get(root, "CheckInURL"), scratch);
	v[PROFILE] = plist_val(plist_get(root, "ManagingProfileIdentifier"),
	    scratch);
	v[RIGHTS] = plist_val(plist_get(root, "AccessRights"), scratch);
	v[LOCKED] = plist_val(plist_get(root, "IsProfileLocked"), scratch);
	v[TEXTS] = plists_texts(w->run, root);
	v[OTHER] = plist_val(root, scratch);
	told(w, v);
}

/* An enrolment that is only described, without an address or an organisation,
   is what every phone has. */
static void
judge(struct run *run, const struct val *v)
{
	if (val_number(&v[SUPERVISED], 0) == 1 ||
	    val_bytes(&v[ORGANIZATION]).n > 0 ||
	    val_bytes(&v[SERVER]).n > 0 || val_bytes(&v[ENROLMENT]).n > 0)
		run_finding(run, RULE_DEVICE_MANAGED);
}

/* --- ids of profiles --------------------------------------------------- */

static void
manifest(struct walk *w, struct plist root)
{
	struct val v[NFIELDS] = { 0 };
	struct plist list;
	uint32_t i, k;

	for (i = 0; i < plist_count(root); i++) {
		list = plists_part(w->run, plist_at(root, i), PLIST_ARRAY,
		    "the list of profiles has another shape");
		for (k = 0; k < plist_count(list); k++) {
			v[ENTRY] = val_text(plist_key(root, i));
			v[PROFILE] = plist_val(plist_at(list, k),
			    run_scratch(w->run));
			told(w, v);
		}
	}
}

/* --- settings ---------------------------------------------------------- */

static bool
has_dict(struct plist p)
{
	uint32_t i;

	for (i = 0; i < plist_count(p); i++)
		if (plist_type(plist_at(p, i)) == PLIST_DICT)
			return true;
	return false;
}

static void
setting(struct walk *w, struct plist p)
{
	struct val v[NFIELDS] = { 0 };
	struct buf b = buf_with(LIMIT_PATH_BYTES);
	struct arena *scratch = run_scratch(w->run);
	unsigned i;

	for (i = 0; i < w->n; i++) {
		if (b.n > 0)
			buf_byte(&b, '.');
		buf_add(&b, w->keys[i]);
	}
	if (b.n > 0)
		v[ENTRY] = val_text(arena_copy(scratch, buf_bytes(&b)));
	buf_free(&b);
	if (bytes_is(w->file, "ProfileTruth") && w->n > 0)
		v[PROFILE] = val_text(w->keys[0]);
	v[VALUE] = plist_val(plist_count(p) == 1 &&
	    bytes_starts(plist_key(p, 0), "value") ? plist_at(p, 0) : p,
	    scratch);
	if (v[VALUE].type == VAL_JSON)
		v[TEXTS] = plists_texts(w->run, p);
	told(w, v);
}

/* Recursion is bounded: the readers leave no path beyond LIMIT_DEPTH. */
static void
settings(struct walk *w, struct plist p)
{
	struct plist one;
	uint32_t i;

	if (!has_dict(p) && w->n > 0) {
		if (plist_count(p) > 0)
			setting(w, p);
		return;
	}
	for (i = 0; i < plist_count(p) && w->n < LIMIT_DEPTH; i++) {
		one = plist_at(p, i);
		w->keys[w->n++] = plist_key(p, i);
		if (plist_type(one) == PLIST_DICT)
			settings(w, one);
		else
			setting(w, one);
		w->n--;
	}
}

static void
read_file(struct run *run, const struct member *member)
{
	struct walk w = { .run = run };
	struct bytes name = member->path;
	struct plist root;
	size_t at;

	while ((at = bytes_find_byte(name, '/', 0)) != SIZE_MAX)
		name = bytes_part(name, at + 1, name.n);
	w.file = bytes_part(name, 0, bytes_find_byte(name, '.', 0));
	if (!plists_root(run, member, &root))
		return;
	if (bytes_is(w.file, "CloudConfigurationDetails"))
		cloud(&w, root);
	else if (bytes_is(w.file, "MDM"))
		server(&w, root);
	else if (bytes_is(w.file, "PayloadManifest"))
		manifest(&w, root);
	else
		settings(&w, root);
}

const struct artifact artifact_ios_management = {
	.name    = "ios_management",
	.about   = "supervision, management servers, settings in force",
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.judge   = judge,
	.read    = read_file,
};
