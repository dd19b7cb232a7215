/*
 * TCC: which app may use camera, microphone, contacts, location and the like,
 * and who allowed it.
 *
 * Evidence: TCC.db, table access, and expired for permissions that ran out.
 * last_modified is Unix seconds; the table had three shapes: `allowed` (old),
 * with last_modified, and `auth_value`.
 * Not here: whether the permission was used.
 */
#include "artifact/artifact.h"

enum { TIME, EXPIRED, SERVICE, CLIENT, CLIENT_TYPE, VALUE, REASON, ALLOWED,
    PROMPTS, CLIENT_PATH, NFIELDS };

static const struct field fields[NFIELDS] = {
	[TIME]        = { "last_modified", KIND_TIME_UNIX, "last_modified",
	                  .event = "permission set" },
	[EXPIRED]     = { "expired_at", KIND_TIME_UNIX, "expired_at",
	                  .event = "permission expired" },
	[SERVICE]     = { "service", KIND_LABEL, "service", .shown = true },
	[CLIENT]      = { "client", KIND_APP_ID, "client", .shown = true },
	[CLIENT_TYPE] = { "client_type", KIND_LABEL, "client_type" },
	[VALUE]       = { "auth_value", KIND_LABEL, "auth_value",
	                  .shown = true },
	[REASON]      = { "auth_reason", KIND_LABEL, "auth_reason" },
	[ALLOWED]     = { "allowed", KIND_BOOL, "allowed" },
	[PROMPTS]     = { "prompt_count", KIND_INT, "prompt_count" },
	[CLIENT_PATH] = { "client_path", KIND_PROCESS,
	                  .sense = SENSE_PRESENT },
};

static const struct place places[] = {
	{ "HomeDomain", "Library/TCC/TCC.db" },
	{ NULL, NULL }
};

static const char *const types[] = { "bundle_id", "absolute_path" };
static const char *const values[] = { "denied", "unknown", "allowed",
	"limited" };
static const char *const reasons[] = { NULL, "error", "user_consent",
	"user_set", "system_set", "service_policy", "mdm_policy",
	"override_policy", "missing_usage_string", "prompt_timeout",
	"preflight_unknown", "entitled", "app_type_policy" };

/* The name of a number; one that has none stays as it is. */
static void
name_it(struct val *v, const char *const *names, size_t n)
{
	if (v->type == VAL_INT && v->i >= 0 && (uint64_t)v->i < n &&
	    names[v->i] != NULL)
		*v = val_text(bytes_of(names[v->i]));
}

static void
row(struct run *run, struct val *v)
{
	name_it(&v[CLIENT_TYPE], types, 2);
	name_it(&v[VALUE], values, 4);
	name_it(&v[REASON], reasons, sizeof(reasons) / sizeof(reasons[0]));
	if (bytes_starts(val_bytes(&v[CLIENT]), "/"))
		v[CLIENT_PATH] = v[CLIENT];
	run_record(run, v);
}

static void
read_file(struct run *run, const struct member *member)
{
	static const struct view access = { .table = "access", .row = row };
	static const struct view expired = { .table = "expired", .row = row,
	    .optional = true };
	struct sqlite *db = run_sqlite(run, member);

	if (db == NULL)
		return;
	(void)run_view(run, db, &access);
	(void)run_view(run, db, &expired);
}

const struct artifact artifact_ios_tcc = {
	.name    = "ios_tcc",
	.about   = "permissions of apps (camera, microphone, ...)",
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
};
