/*
 * Trust store: certificates that were added to those that Apple trusts.
 *
 * Evidence: TrustStore.sqlite3, table tsettings: the certificate (DER), its
 * hash (SHA-1 up to about iOS 11, SHA-256 since), its subject, and what it is
 * trusted for, a property list.  Since about iOS 16 it lies with trustd.
 * Not here: when and how it was added; certificates of Apple's own store;
 * whether anything was intercepted.  A row without settings does not say
 * whether the person switched on full trust, as iOS asks since 10.3.
 *
 * Who holds a trusted root certificate can read what apps send over TLS, if
 * the traffic also passes through their hands.  Companies and schools add
 * one, and developers who use a debugging proxy.
 */
#include "artifact/artifact.h"

#include "artifact/archives.h"
#include "artifact/certs.h"
#include "artifact/plists.h"
#include "base/hash.h"
#include "base/text.h"

enum { FROM, TO, SUBJECT, ISSUER, SHA256, SHA1, STORED, TRUST, UUID,
    SETTINGS, DATA, NFIELDS };

static const struct field fields[NFIELDS] = {
	[FROM]     = { "valid_from", KIND_TIME },
	[TO]       = { "valid_to", KIND_TIME },
	[SUBJECT]  = { "subject", KIND_LABEL, "subj", .shown = true },
	[ISSUER]   = { "issuer", KIND_LABEL, .shown = true },
	[SHA256]   = { "sha256", KIND_CERT_SHA256, .shown = true },
	[SHA1]     = { "sha1", KIND_CERT_SHA1 },
	[STORED]   = { "stored_hash", KIND_CERT_SHA256, "sha256|sha1" },
	[TRUST]    = { "trust", KIND_LABEL, .shown = true },
	[UUID]     = { "uuid", KIND_LABEL, "uuid" },
	[SETTINGS] = { "settings", KIND_JSON, "tset" },
	[DATA]     = { "certificate", KIND_BLOB, "data" },
};

static const struct place places[] = {
	{ "KeychainDomain", "TrustStore.sqlite3" },
	{ "ProtectedDomain", "trustd/private/TrustStore.sqlite3" },
	{ NULL, NULL }
};

static struct val
hex(struct run *run, struct bytes b)
{
	struct buf text = buf_with(256);
	struct val v;

	text_hex(&text, b);
	v = val_text(arena_copy(run_scratch(run), buf_bytes(&text)));
	buf_free(&text);
	return v;
}

static struct val
sha1(struct run *run, struct bytes b)
{
	uint8_t sum[HASH_SHA1];

	hash_sha1(b, sum);
	return hex(run, bytes_at(sum, sizeof(sum)));
}

static const char *
result_name(int64_t result)
{
	static const char *const names[] = { "invalid", "trust_root",
	    "trust_as_root", "deny", "unspecified" };

	return result >= 0 && result < 5 ? names[result] : "unknown";
}

/* One set of rules for each use, or none: then it is trusted for all. */
static void
trust_of(struct run *run, struct val *v, struct bytes settings)
{
	struct archives_list list = { NULL, 0, 0 };
	struct plist root, result;
	uint32_t i;

	if (!run_plist_within(run, settings, "the trust settings of a "
	    "certificate could not be read", &root))
		return;
	v[SETTINGS] = plist_val(root, run_scratch(run));
	for (i = 0; i < plist_count(root); i++) {
		result = plist_get(plist_at(root, i),
		    "kSecTrustSettingsResult");
		if (plist_is(result))
			archives_add(run, &list, val_text(bytes_of(
			    result_name(plist_int(result, -1)))));
	}
	v[TRUST] = archives_as_val(&list);
}

/* A certificate that is in the store to be refused is no danger. */
static bool
is_refused(const struct val *trust)
{
	uint32_t i;

	for (i = 0; trust->type == VAL_LIST && i < trust->n; i++)
		if (!bytes_is(val_bytes(&trust->items[i]), "deny"))
			return false;
	return trust->type == VAL_LIST;
}

static void
judge(struct run *run, const struct val *v)
{
	if (!is_refused(&v[TRUST]))
		run_finding(run, RULE_TRUST_ROOT);
}

static void
row(struct run *run, struct val *v)
{
	struct bytes der = val_bytes(&v[DATA]);
	struct bytes settings = val_bytes(&v[SETTINGS]);
	struct bytes subject = val_bytes(&v[SUBJECT]);
	struct bytes uuid = val_bytes(&v[UUID]);
	struct bytes stored = val_bytes(&v[STORED]);
	struct cert cert;

	v[SETTINGS] = val_unset();
	if (settings.n > 0)
		trust_of(run, v, settings);
	v[SUBJECT] = certs_name(run_scratch(run), subject);
	if (!val_set(&v[SUBJECT]) && subject.n > 0)
		v[SUBJECT] = val_blob(subject);
	if (stored.n == HASH_SHA256 || stored.n == HASH_SHA1)
		v[STORED] = hex(run, stored);
	if (uuid.n == 16)
		v[UUID] = hex(run, uuid);
	else if (uuid.n == 0)
		v[UUID] = val_unset();
	if (der.n > 0) {
		v[SHA256] = plists_sha256(run, der);
		v[SHA1] = sha1(run, der);
		if (!certs_read(&cert, run_scratch(run), der))
			run_gap(run, GAP_NO_OFFSET, "a certificate of the "
			    "trust store could not be read");
		if (val_set(&cert.subject))
			v[SUBJECT] = cert.subject;
		v[ISSUER] = cert.issuer;
		v[FROM] = cert.from;
		v[TO] = cert.to;
	}
	run_record(run, v);
}

static void
read_file(struct run *run, const struct member *member)
{
	static const struct view view = { .table = "tsettings", .row = row };
	struct sqlite *db = run_sqlite(run, member);

	if (db != NULL)
		(void)run_view(run, db, &view);
}

const struct artifact artifact_ios_trust_store = {
	.name    = "ios_trust_store",
	.about   = "root certificates added to those of the system",
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.judge   = judge,
	.read    = read_file,
};
