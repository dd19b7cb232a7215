/*
 * Network extensions: VPNs, content filters, DNS settings and relays, and
 * which apps may use the local network.
 *
 * Evidence: com.apple.networkextension.plist, a keyed archive with an
 * NEConfiguration under the UUID of each configuration.  Keys of the archive
 * are known from public descriptions of the framework; values are taken by
 * their key, wherever in the configuration they stand.
 * Not here: whether it was in use, when, and what passed through it; passwords
 * (they lie in the keychain).
 *
 * VPN apps and ad blockers are common.  What routes or filters traffic can
 * also watch it, and a profile can set it up without a word on the screen.
 */
#include "artifact/artifact.h"

#include "artifact/archives.h"
#include "artifact/plists.h"

enum { INGESTED, ID, NAME, TYPES, ENABLED, ON_DEMAND, APP, APP_NAME,
    PROVIDERS, SERVERS, USERNAME, ORGANIZATION, PROFILE, APPS, TEXTS,
    NFIELDS };

static const struct field fields[NFIELDS] = {
	[INGESTED]  = { "profile_installed", KIND_TIME,
	                .event = "network configuration from a profile" },
	[ID]        = { "id", KIND_LABEL },
	[NAME]      = { "name", KIND_TEXT, .sense = SENSE_TYPED,
	                .shown = true },
	[TYPES]     = { "types", KIND_LABEL, .shown = true },
	[ENABLED]   = { "enabled", KIND_BOOL, .shown = true },
	[ON_DEMAND] = { "on_demand", KIND_BOOL },
	[APP]       = { "app", KIND_APP_ID, .shown = true },
	[APP_NAME]  = { "app_name", KIND_LABEL },
	[PROVIDERS] = { "providers", KIND_APP_ID },
	[SERVERS]   = { "servers", KIND_URL, .sense = SENSE_TYPED,
	                .shown = true },
	[USERNAME]  = { "username", KIND_HANDLE, .sense = SENSE_TYPED },
	[ORGANIZATION] = { "organization", KIND_TEXT, .sense = SENSE_TYPED,
	                .shown = true },
	[PROFILE]   = { "profile", KIND_PROFILE },
	[APPS]      = { "apps", KIND_APP_ID },
	[TEXTS]     = { "texts", KIND_TEXT, .sense = SENSE_TYPED },
};

static const struct place places[] = {
	{ "SystemPreferencesDomain", "com.apple.networkextension.plist" },
	{ NULL, NULL }
};

/* The parts of a configuration that say what it is for. */
static const char *const types[] = { "VPN", "AlwaysOnVPN", "AppVPN", "Relay",
    "ContentFilter", "DNSProxy", "DNSSettings", "AppPush",
    "PathController" };
#define NTYPES		(sizeof(types) / sizeof(types[0]))
#define NVPN		4	/* the first of them carry traffic elsewhere */
#define NFILTER		7	/* up to here, they see or answer it */

/* Each is walked whole; a phone has some ten. */
#define CONFIGURATIONS_MAX	128

/* Values that are taken wherever they stand. */
static const struct {
	const char *key;
	unsigned field;
} taken[] = {
	{ "ServerAddress", SERVERS }, { "ServerURL", SERVERS },
	{ "ServerName", SERVERS }, { "DataProviderURL", SERVERS },
	{ "PacketProviderURL", SERVERS }, { "HTTP3RelayURL", SERVERS },
	{ "HTTP2RelayURL", SERVERS }, { "RemoteIdentifier", SERVERS },
	{ "PluginType", PROVIDERS }, { "NEProviderBundleIdentifier",
	PROVIDERS }, { "DataProviderBundleIdentifier", PROVIDERS },
	{ "PacketProviderBundleIdentifier", PROVIDERS },
	{ "Username", USERNAME }, { "Organization", ORGANIZATION },
	{ "PayloadOrganization", ORGANIZATION },
	{ "ProfileOrganization", ORGANIZATION },
	{ "ProfileIdentifier", PROFILE }, { "ProfileUUID", PROFILE },
	{ "PayloadUUID", PROFILE }, { "SigningIdentifier", APPS },
};
#define NTAKEN		(sizeof(taken) / sizeof(taken[0]))

struct one {
	struct run *run;
	struct val *v;
	struct archives_list lists[NFIELDS];
};

static void
member_of(void *ctx, struct bytes key, struct keyed value)
{
	struct one *one = ctx;
	struct val v = archives_val(value, run_scratch(one->run));
	uint32_t i;

	if (v.type == VAL_TEXT)
		archives_add(one->run, &one->lists[TEXTS], v);
	for (i = 0; i < NTAKEN && v.type == VAL_TEXT; i++)
		if (bytes_is(key, taken[i].key))
			archives_add(one->run, &one->lists[taken[i].field],
			    v);
	if (bytes_is(key, "ProfileIngestionDate") && v.type == VAL_TIME)
		one->v[INGESTED] = v;
	if (!bytes_is(key, "Servers"))
		return;
	for (i = 0; i < keyed_count(value); i++)
		archives_add(one->run, &one->lists[SERVERS], archives_val(
		    keyed_at(value, i), run_scratch(one->run)));
}

/* Whether any of its parts, from one type to another, is switched on. */
static bool
is_on(struct keyed configuration, size_t from, size_t to, const char *key)
{
	for (; from < to; from++)
		if (keyed_int(keyed_get(keyed_get(configuration,
		    types[from]), key), 0) != 0)
			return true;
	return false;
}

static struct val
text_of(struct keyed k)
{
	struct bytes b = keyed_bytes(k);

	return b.n == 0 ? val_unset() : val_text(b);
}

static void
configuration(struct run *run, struct bytes id, struct keyed k)
{
	struct val v[NFIELDS] = { 0 };
	struct one one = { .run = run, .v = v };
	size_t i;

	v[ID] = val_text(id);
	v[NAME] = text_of(keyed_get(k, "Name"));
	v[APP] = text_of(keyed_get(k, "Application"));
	v[APP_NAME] = text_of(keyed_get(k, "ApplicationName"));
	for (i = 0; i < NTYPES; i++)
		if (keyed_present(keyed_get(k, types[i])))
			archives_add(run, &one.lists[TYPES],
			    val_text(bytes_of(types[i])));
	v[ENABLED] = val_bool(is_on(k, 0, NTYPES, "Enabled"));
	v[ON_DEMAND] = val_bool(is_on(k, 0, NVPN, "OnDemandEnabled"));
	archives_walk(run, k, member_of, &one);
	for (i = 0; i < NFIELDS; i++)
		if (one.lists[i].n > 0)
			v[i] = archives_as_val(&one.lists[i]);
	run_record(run, v);
}

static bool
has_type(const struct val *v, size_t from, size_t to)
{
	uint32_t i;
	size_t k;

	for (i = 0; v[TYPES].type == VAL_LIST && i < v[TYPES].n; i++)
		for (k = from; k < to; k++)
			if (bytes_is(val_bytes(&v[TYPES].items[i]),
			    types[k]))
				return true;
	return false;
}

/* A filter that is switched off filters nothing; a VPN that is not chosen now
   may be tomorrow. */
static void
judge(struct run *run, const struct val *v)
{
	if (has_type(v, 0, NVPN))
		run_finding(run, RULE_NETWORK_VPN);
	if (has_type(v, NVPN, NFILTER) && val_number(&v[ENABLED], 0) != 0)
		run_finding(run, RULE_NETWORK_FILTER);
}

/* Beside the configurations there are a version, a signature and an index. */
static bool
is_other(struct bytes key)
{
	return bytes_is(key, "Generation") || bytes_is(key, "Version") ||
	    bytes_is(key, "Index") ||
	    bytes_starts(key, "SCPreferencesSignature");
}

static void
read_file(struct run *run, const struct member *member)
{
	struct plist root, top;
	struct keyed k;
	uint32_t i, n = 0;
	int64_t uid;

	if (!plists_root(run, member, &root))
		return;
	if (!keyed_is(root)) {
		run_gap(run, 0, "the network configurations are no keyed "
		    "archive: an unknown schema");
		return;
	}
	top = plist_get(root, "$top");
	k.archive = plist_get(root, "$objects");
	for (i = 0; i < plist_count(top); i++) {
		if (is_other(plist_key(top, i)))
			continue;
		uid = plist_type(plist_at(top, i)) == PLIST_UID ?
		    plist_int(plist_at(top, i), 0) : 0;
		k.node = plist_at(k.archive, uid > UINT32_MAX ? 0 :
		    (uint32_t)uid);
		run_row(run, (int64_t)i + 1);
		if (plist_type(k.node) == PLIST_DICT &&
		    n++ < CONFIGURATIONS_MAX)
			configuration(run, plist_key(top, i), k);
		else
			run_gap(run, GAP_NO_OFFSET, "a network configuration "
			    "has another shape, or there are too many");
	}
}

const struct artifact artifact_ios_network_extension = {
	.name    = "ios_network_extension",
	.about   = "VPNs, content filters, DNS settings",
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.judge   = judge,
	.read    = read_file,
};
