/*
 * Profile events: configuration profiles installed and removed, by whom.
 *
 * Evidence: MCProfileEvents.plist, ProfileEvents: an array of dictionaries with
 * one key, the profile's id.
 * Not here: what the profile changed.
 *
 * Every managed phone has such events, and every phone that ever tested a beta
 * or joined a company Wi-Fi.
 */
#include "artifact/artifact.h"

#include "base/time.h"

enum { TIME, PROFILE, OPERATION, PROCESS, OTHER, NFIELDS };

static const struct field fields[NFIELDS] = {
	[TIME]      = { "timestamp", KIND_TIME,
	                .event = "configuration profile event" },
	[PROFILE]   = { "profile_id", KIND_PROFILE, .shown = true },
	[OPERATION] = { "operation", KIND_LABEL, .shown = true },
	[PROCESS]   = { "process", KIND_PROCESS, .shown = true },
	[OTHER]     = { "event", KIND_JSON },
};

static const struct place places[] = {
	{ NULL, "Library/ConfigurationProfiles/MCProfileEvents.plist" },
	{ NULL, NULL }
};

static void
judge(struct run *run, const struct val *v)
{
	(void)v;
	run_finding(run, RULE_PROFILE_EVENT);
}

static struct plist
either(struct plist dict, const char *name, const char *other)
{
	struct plist p = plist_get(dict, name);

	return plist_is(p) ? p : plist_get(dict, other);
}

static void
one(struct run *run, struct bytes id, struct plist event)
{
	struct val v[NFIELDS] = { 0 };
	struct arena *scratch = run_scratch(run);

	v[PROFILE] = val_text(id);
	v[TIME] = plist_val(either(event, "timestamp", "Timestamp"), scratch);
	v[OPERATION] = plist_val(either(event, "operation", "Operation"),
	    scratch);
	v[PROCESS] = plist_val(either(event, "process", "Process"), scratch);
	v[OTHER] = plist_val(event, scratch);
	run_record(run, v);
}

static void
read_file(struct run *run, const struct member *member)
{
	struct plist root, events, event;
	uint32_t i, k;

	if (!run_plist(run, member, &root))
		return;
	events = plist_get(root, "ProfileEvents");
	if (!plist_is(events) && plist_count(root) > 0)
		run_gap(run, GAP_NO_OFFSET,
		    "there is no ProfileEvents: an unknown schema");
	for (i = 0; i < plist_count(events); i++) {
		event = plist_at(events, i);
		run_row(run, (int64_t)i + 1);
		for (k = 0; k < plist_count(event); k++)
			one(run, plist_key(event, k), plist_at(event, k));
	}
}

const struct artifact artifact_ios_profile_events = {
	.name    = "ios_profile_events",
	.about   = "configuration profiles installed and removed",
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
	.judge   = judge,
};
