/*
 * Configuration profiles: settings, certificates and management that someone
 * installed on the phone.
 *
 * Evidence: profile-*.stub and the like, one property list a profile.
 * Not here: profiles removed before the backup (see ios_profile_events), and
 * what their payloads changed.
 *
 * Companies, schools and beta tests install profiles; so did attackers, to
 * hide notifications, route traffic or trust a certificate of theirs.
 */
#include "artifact/artifact.h"

#include "artifact/plists.h"

enum { INSTALLED, ID, UUID, NAME, DESCRIPTION, ORGANIZATION, LOCKED, TYPES,
    CONTENT_IDS, TEXTS, SIGNERS, CERTS, OTHER, NFIELDS };

static const struct field fields[NFIELDS] = {
	[INSTALLED]    = { "install_date", KIND_TIME,
	                   .event = "configuration profile installed" },
	[ID]           = { "payload_identifier", KIND_PROFILE,
	                   .shown = true },
	[UUID]         = { "payload_uuid", KIND_PROFILE, .shown = true },
	[NAME]         = { "payload_display_name", KIND_LABEL,
	                   .shown = true },
	[DESCRIPTION]  = { "payload_description", KIND_TEXT,
	                   .sense = SENSE_TYPED },
	[ORGANIZATION] = { "payload_organization", KIND_LABEL,
	                   .shown = true },
	[LOCKED]       = { "removal_disallowed", KIND_BOOL },
	[TYPES]        = { "payload_types", KIND_LABEL, .shown = true },
	[CONTENT_IDS]  = { "content_ids", KIND_PROFILE },
	[TEXTS]        = { "texts", KIND_TEXT, .sense = SENSE_TYPED },
	[SIGNERS]      = { "signer_cert_sha256", KIND_CERT_SHA256 },
	[CERTS]        = { "content_cert_sha256", KIND_CERT_SHA256 },
	[OTHER]        = { "plist", KIND_JSON },
};

static const struct place places[] = {
	{ "SysSharedContainerDomain-systemgroup.com.apple."
	    "configurationprofiles", "profile-*" },
	{ "SysSharedContainerDomain-systemgroup.com.apple."
	    "configurationprofiles", "**/profile-*" },
	{ NULL, NULL }
};

/* Payloads, ids or certificates of one profile that are listed. */
#define ITEMS_MAX	1024

struct items {
	struct val v[ITEMS_MAX];
	uint32_t n;
	bool cut;
};

static void
add(struct items *items, struct val v)
{
	if (!val_set(&v))
		return;
	if (items->n == ITEMS_MAX)
		items->cut = true;
	else
		items->v[items->n++] = v;
}

static struct val
as_list(struct run *run, const struct items *items)
{
	if (items->cut)
		run_gap(run, GAP_NO_OFFSET,
		    "a profile has more payloads than are read");
	return items->n == 0 ? val_unset() : val_list(items->v, items->n);
}

static void
add_cert(struct run *run, struct items *items, struct plist cert)
{
	if (plist_type(cert) == PLIST_DATA)
		add(items, plists_sha256(run, plist_bytes(cert)));
	else
		run_gap(run, GAP_NO_OFFSET,
		    "a profile's certificate has another shape");
}

static void
add_signers(struct run *run, struct items *items, struct plist certs)
{
	uint32_t i;

	certs = plists_part(run, certs, PLIST_ARRAY,
	    "a profile's certificates have another shape");
	for (i = 0; i < plist_count(certs); i++)
		add_cert(run, items, plist_at(certs, i));
}

/* A certificate as it is; others lie in envelopes of their own. */
static bool
is_cert(struct plist payload)
{
	struct bytes type = plist_bytes(plist_get(payload, "PayloadType"));

	return bytes_is(type, "com.apple.security.root") ||
	    bytes_is(type, "com.apple.security.pkcs1");
}

/* What the payloads are.  A profile that only tells where to enrol has one
   dictionary of settings there, and no payloads. */
static void
payloads(struct run *run, struct val *v, struct plist content,
    struct items *items)
{
	struct arena *scratch = run_scratch(run);
	struct plist one, data;
	uint32_t i;

	if (plist_type(content) != PLIST_DICT)
		content = plists_part(run, content, PLIST_ARRAY,
		    "the payloads of a profile have another shape");
	v[TEXTS] = plists_texts(run, content);
	if (plist_type(content) != PLIST_ARRAY)
		return;
	for (i = 0; i < plist_count(content); i++) {
		one = plists_part(run, plist_at(content, i), PLIST_DICT,
		    "a payload of a profile has another shape");
		add(&items[0], plist_val(plist_get(one, "PayloadType"),
		    scratch));
		add(&items[1], plist_val(plist_get(one, "PayloadIdentifier"),
		    scratch));
		add(&items[1], plist_val(plist_get(one, "PayloadUUID"),
		    scratch));
		data = plist_get(one, "PayloadContent");
		if (is_cert(one) && plist_is(data))
			add_cert(run, &items[2], data);
	}
	v[TYPES] = as_list(run, &items[0]);
	v[CONTENT_IDS] = as_list(run, &items[1]);
	v[CERTS] = as_list(run, &items[2]);
}

static void
judge(struct run *run, const struct val *v)
{
	uint32_t i;

	if (v[TYPES].type != VAL_LIST)
		return;
	for (i = 0; i < v[TYPES].n; i++) {
		if (!bytes_is(val_bytes(&v[TYPES].items[i]),
		    "com.apple.notificationsettings"))
			continue;
		run_finding(run, RULE_PROFILE_SETTINGS);
		return;
	}
}

static void
read_file(struct run *run, const struct member *member)
{
	static const char *const names[] = { [INSTALLED] = "InstallDate",
	    [ID] = "PayloadIdentifier", [UUID] = "PayloadUUID",
	    [NAME] = "PayloadDisplayName",
	    [DESCRIPTION] = "PayloadDescription",
	    [ORGANIZATION] = "PayloadOrganization",
	    [LOCKED] = "PayloadRemovalDisallowed" };
	struct val v[NFIELDS] = { 0 };
	struct arena *scratch = run_scratch(run);
	struct items *items = arena_alloc(scratch, 4, sizeof(*items));
	struct plist root;
	unsigned i;

	if (items == NULL || !plists_root(run, member, &root))
		return;
	for (i = INSTALLED; i <= LOCKED; i++)
		v[i] = plist_val(plist_get(root, names[i]), scratch);
	payloads(run, v, plist_get(root, "PayloadContent"), items);
	if (plist_is(plist_get(root, "EncryptedPayloadContent")))
		run_gap(run, GAP_NO_OFFSET,
		    "the payloads of a profile are encrypted");
	add_signers(run, &items[3], plist_get(root, "SignerCerts"));
	add_signers(run, &items[3], plist_path(root,
	    "OTAProfileStub.SignerCerts"));
	v[SIGNERS] = as_list(run, &items[3]);
	v[OTHER] = plist_val(root, scratch);
	run_row(run, 1);
	run_record(run, v);
}

const struct artifact artifact_ios_configuration_profiles = {
	.name    = "ios_configuration_profiles",
	.about   = "installed configuration profiles",
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
	.judge   = judge,
};
