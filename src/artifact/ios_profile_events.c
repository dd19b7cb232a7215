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

#include "artifact/plists.h"
#include "base/text.h"

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

/* The members have been written with and without capitals. */
static void
one(struct run *run, struct bytes id, struct plist event)
{
	struct val v[NFIELDS] = { 0 };
	struct arena *scratch = run_scratch(run);
	struct plist p;
	uint32_t i;
	unsigned k;

	v[PROFILE] = val_text(id);
	v[OTHER] = plist_val(event, scratch);
	event = plists_part(run, event, PLIST_DICT,
	    "a profile event has another shape");
	for (i = 0; i < plist_count(event); i++) {
		p = plist_at(event, i);
		for (k = 0; k < OTHER; k++)
			if (k != PROFILE && text_same_as(plist_key(event, i),
			    fields[k].name))
				v[k] = k == TIME ? plists_time(p, scratch) :
				    plist_val(p, scratch);
	}
	run_record(run, v);
}

static void
read_file(struct run *run, const struct member *member)
{
	struct plist root, events, event;
	uint32_t i, k;

	if (!plists_root(run, member, &root))
		return;
	events = plist_get(root, "ProfileEvents");
	if (!plist_is(events) && plist_count(root) > 0)
		run_gap(run, GAP_NO_OFFSET,
		    "there is no ProfileEvents: an unknown schema");
	events = plists_part(run, events, PLIST_ARRAY,
	    "ProfileEvents is no array: an unknown schema");
	for (i = 0; i < plist_count(events); i++) {
		event = plists_part(run, plist_at(events, i), PLIST_DICT,
		    "a profile event has another shape");
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
