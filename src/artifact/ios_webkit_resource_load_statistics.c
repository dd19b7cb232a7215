/*
 * WebKit resource-load statistics: domains that an app's web views loaded from,
 * Safari's and those of every other app.
 *
 * Evidence: observations.db, one per app, table ObservedDomains.  Times are
 * Unix seconds; a negative one means never.
 * Not here: whole addresses, and whether the page or only a part of it came
 * from there.
 */
#include "artifact/artifact.h"

enum { TIME, INTERACTION, PUSH, DOMAIN_, HAD, ID, APP, PATH, NFIELDS };

static const struct field fields[NFIELDS] = {
	[TIME]        = { "last_seen", KIND_TIME_UNIX, "lastSeen",
	                  .event = "domain last seen" },
	[INTERACTION] = { "most_recent_interaction", KIND_TIME_UNIX,
	                  "mostRecentUserInteractionTime",
	                  .event = "user last used the domain" },
	[PUSH]        = { "most_recent_push", KIND_TIME_UNIX,
	                  "mostRecentWebPushInteractionTime",
	                  .event = "web push last used" },
	[DOMAIN_]     = { "registrable_domain", KIND_DOMAIN,
	                  "registrableDomain", .sense = SENSE_LOADED,
	                  .shown = true },
	[HAD]         = { "had_user_interaction", KIND_BOOL,
	                  "hadUserInteraction", .shown = true },
	[ID]          = { "domain_id", KIND_INT, "domainID" },
	[APP]         = { "app", KIND_LABEL, .shown = true },
	[PATH]        = { "path", KIND_LABEL },
};

static const struct place places[] = {
	{ NULL, "**/ResourceLoadStatistics/observations.db" },
	{ NULL, "**/WebKit/WebsiteData/observations.db" },
	{ NULL, NULL }
};

static void
row(struct run *run, struct val *v)
{
	const struct val *of_file = *run_state(run);
	unsigned i;

	v[APP] = of_file[0];
	v[PATH] = of_file[1];
	for (i = TIME; i <= PUSH; i++)
		if (v[i].type == VAL_TIME && v[i].i < 0)
			v[i] = val_unset();
	run_record(run, v);
}

static void
read_file(struct run *run, const struct member *member)
{
	static const struct view view = { .table = "ObservedDomains",
	    .row = row };
	struct sqlite *db = run_sqlite(run, member);
	struct val *of_file;

	if (db == NULL)
		return;
	if (*run_state(run) == NULL)
		*run_state(run) = arena_alloc(run_keep(run), 2,
		    sizeof(*of_file));
	of_file = *run_state(run);
	if (of_file == NULL)
		return;
	of_file[0] = val_text(member->domain);
	of_file[1] = val_text(member->path);
	(void)run_view(run, db, &view);
}

const struct artifact artifact_ios_webkit_resource_load_statistics = {
	.name    = "ios_webkit_resource_load_statistics",
	.about   = "domains that web views of apps loaded from",
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
};
