/*
 * Configuration profiles: settings, certificates and management that someone
 * installed on the phone.
 *
 * Evidence: profile-*.stub and the like, one property list a profile.
 * Not here: profiles removed before the backup (see ios_profile_events).
 *
 * Companies, schools and beta tests install profiles; so did attackers, to
 * hide notifications, route traffic or trust a certificate of theirs.
 */
#include "artifact/artifact.h"

#include "base/hash.h"
#include "base/text.h"

enum { INSTALLED, ID, UUID, NAME, DESCRIPTION, ORGANIZATION, TYPES, TEXTS,
    CERTS, OTHER, NFIELDS };

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
	[TYPES]        = { "payload_types", KIND_LABEL, .shown = true },
	[TEXTS]        = { "texts", KIND_TEXT, .sense = SENSE_TYPED },
	[CERTS]        = { "signer_cert_sha256", KIND_CERT_SHA256 },
	[OTHER]        = { "plist", KIND_JSON },
};

static const struct place places[] = {
	{ "SysSharedContainerDomain-systemgroup.com.apple."
	    "configurationprofiles", "**profile-*" },
	{ NULL, NULL }
};

#define ITEMS_MAX	1024
#define DEPTH_MAX	16

struct items {
	struct val *v;
	uint32_t n;
};

static void
add(struct items *items, struct val v)
{
	if (items->v != NULL && items->n < ITEMS_MAX)
		items->v[items->n++] = v;
}

static struct items
items_new(struct run *run)
{
	struct items items = { arena_alloc(run_scratch(run), ITEMS_MAX,
	    sizeof(struct val)), 0 };

	return items;
}

static struct val
as_list(const struct items *items)
{
	return items->n == 0 ? val_unset() : val_list(items->v, items->n);
}

static void
texts_of(struct items *items, struct plist p, unsigned depth)
{
	uint32_t i;

	if (plist_type(p) == PLIST_TEXT)
		add(items, val_text(plist_bytes(p)));
	if (depth == DEPTH_MAX || (plist_type(p) != PLIST_DICT &&
	    plist_type(p) != PLIST_ARRAY))
		return;
	for (i = 0; i < plist_count(p) && items->n < ITEMS_MAX; i++)
		texts_of(items, plist_at(p, i), depth + 1);
}

static void
certs_of(struct run *run, struct items *items, struct plist certs)
{
	uint8_t sum[HASH_SHA256];
	struct buf hex = buf_with(128);
	uint32_t i;

	for (i = 0; i < plist_count(certs); i++) {
		if (plist_type(plist_at(certs, i)) != PLIST_DATA)
			continue;
		hash_sha256(plist_bytes(plist_at(certs, i)), sum);
		buf_reset(&hex);
		text_hex(&hex, bytes_at(sum, sizeof(sum)));
		add(items, val_text(arena_copy(run_scratch(run),
		    buf_bytes(&hex))));
	}
	buf_free(&hex);
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
	struct val v[NFIELDS] = { 0 };
	struct arena *scratch = run_scratch(run);
	struct items types = items_new(run), texts = items_new(run);
	struct items certs = items_new(run);
	struct plist root, content;
	uint32_t i;

	if (!run_plist(run, member, &root))
		return;
	v[INSTALLED] = plist_val(plist_get(root, "InstallDate"), scratch);
	v[ID] = plist_val(plist_get(root, "PayloadIdentifier"), scratch);
	v[UUID] = plist_val(plist_get(root, "PayloadUUID"), scratch);
	v[NAME] = plist_val(plist_get(root, "PayloadDisplayName"), scratch);
	v[DESCRIPTION] = plist_val(plist_get(root, "PayloadDescription"),
	    scratch);
	v[ORGANIZATION] = plist_val(plist_get(root, "PayloadOrganization"),
	    scratch);
	content = plist_get(root, "PayloadContent");
	for (i = 0; i < plist_count(content); i++)
		add(&types, plist_val(plist_get(plist_at(content, i),
		    "PayloadType"), scratch));
	texts_of(&texts, content, 0);
	certs_of(run, &certs, plist_get(root, "SignerCerts"));
	certs_of(run, &certs, plist_path(root, "OTAProfileStub.SignerCerts"));
	v[TYPES] = as_list(&types);
	v[TEXTS] = as_list(&texts);
	v[CERTS] = as_list(&certs);
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
