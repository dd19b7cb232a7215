/*
 * launchd's overrides: services of the system that were switched off, or on
 * although they are off by themselves.
 *
 * Evidence: disabled.plist of launchd: label -> whether it is disabled.
 * Not here: who did it, and when.
 *
 * Every phone has a few.  Jailbreaks and tools that change the system switch
 * off what would update it; so has spyware, to stay.
 */
#include "artifact/artifact.h"

#include "artifact/plists.h"

enum { LABEL, DISABLED, VALUE, NFIELDS };

static const struct field fields[NFIELDS] = {
	[LABEL]    = { "label", KIND_APP_ID, .sense = SENSE_TYPED,
	               .shown = true },
	[DISABLED] = { "disabled", KIND_BOOL, .shown = true },
	[VALUE]    = { "value", KIND_JSON },
};

static const struct place places[] = {
	{ "DatabaseDomain", "com.apple.xpc.launchd/disabled*.plist" },
	{ NULL, NULL }
};

/* Services that find and install updates, as public tools name them. */
static const char *const updaters[] = {
	"com.apple.softwareupdateservicesd",
	"com.apple.mobile.softwareupdated",
	"com.apple.OTATaskingAgent",
};

static void
judge(struct run *run, const struct val *v)
{
	size_t i;

	if (val_number(&v[DISABLED], 0) == 0)
		return;
	for (i = 0; i < sizeof(updaters) / sizeof(updaters[0]); i++)
		if (bytes_is(val_bytes(&v[LABEL]), updaters[i]))
			run_finding(run, RULE_UPDATES_DISABLED);
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
		value = plist_at(root, i);
		if (!plists_plain(value))
			run_gap(run, GAP_NO_OFFSET,
			    "an override of launchd has another shape");
		v[LABEL] = val_text(plist_key(root, i));
		v[DISABLED] = plist_type(value) == PLIST_BOOL ?
		    plist_val(value, run_scratch(run)) : val_unset();
		v[VALUE] = plist_type(value) == PLIST_BOOL ? val_unset() :
		    plist_val(value, run_scratch(run));
		run_row(run, (int64_t)i + 1);
		run_record(run, v);
	}
}

const struct artifact artifact_ios_launchd_disabled = {
	.name    = "ios_launchd_disabled",
	.about   = "services of the system that were switched off",
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.judge   = judge,
	.read    = read_file,
};
