/*
 * Accounts: Apple ID, mail, calendars, and whatever else was signed in to.
 *
 * Evidence: Accounts3.sqlite, Core Data: ZACCOUNT one row an account, with its
 * type and the account it belongs to; ZACCOUNTPROPERTY one row a setting of an
 * account, its value in a keyed archive (hosts, addresses, names);
 * ZAUTHORIZATION the apps that may use accounts of a type.  Times are seconds
 * since 2001-01-01 UTC.  A second copy, VerifiedBackup, may be older.
 * Not here: passwords and tokens (they lie in the keychain), accounts inside
 * apps that keep their own, accounts that were removed from both copies.
 *
 * A phone has a dozen accounts of its own without a name ("local"), and one
 * for each part of an Apple ID.  An account that its owner does not know can
 * mean that someone else signed in.
 */
#include "artifact/artifact.h"

#include "artifact/archives.h"

enum { CREATED, REJECTED, RECORD, ACCOUNT_TYPE, TYPE_NAME, USERNAME,
    DESCRIPTION, APP, ACTIVE, AUTHENTICATED, VISIBLE, IDENTIFIER, PARENT,
    PARENT_TYPE, CREDENTIAL, PROPERTY, VALUE, HANDLES, DATED, PERMISSIONS,
    NFIELDS };

static const struct field fields[NFIELDS] = {
	[CREATED]      = { "created", KIND_TIME_MAC,
	                   .event = "account created" },
	[REJECTED]     = { "renewal_rejected", KIND_TIME_MAC,
	                   .event = "account could not be renewed" },
	[RECORD]       = { "record", KIND_LABEL },
	[ACCOUNT_TYPE] = { "account_type", KIND_LABEL, .shown = true },
	[TYPE_NAME]    = { "type_name", KIND_LABEL },
	[USERNAME]     = { "username", KIND_HANDLE, .sense = SENSE_TYPED,
	                   .shown = true },
	[DESCRIPTION]  = { "description", KIND_TEXT, .sense = SENSE_TYPED,
	                   .shown = true },
	[APP]          = { "app", KIND_APP_ID, .shown = true },
	[ACTIVE]       = { "active", KIND_BOOL },
	[AUTHENTICATED] = { "authenticated", KIND_BOOL },
	[VISIBLE]      = { "visible", KIND_BOOL },
	[IDENTIFIER]   = { "identifier", KIND_LABEL },
	[PARENT]       = { "parent", KIND_LABEL },
	[PARENT_TYPE]  = { "parent_type", KIND_LABEL },
	[CREDENTIAL]   = { "credential_type", KIND_LABEL },
	[PROPERTY]     = { "property", KIND_LABEL, .shown = true },
	[VALUE]        = { "value", KIND_TEXT, .sense = SENSE_TYPED,
	                   .shown = true },
	[HANDLES]      = { "handles", KIND_HANDLE, .sense = SENSE_TYPED },
	[DATED]        = { "date", KIND_TIME },
	[PERMISSIONS]  = { "permissions", KIND_LABEL },
};

static const char *const of_account[NFIELDS] = {
	[CREATED] = "ZDATE",
	[REJECTED] = "ZLASTCREDENTIALRENEWALREJECTIONDATE",
	[ACCOUNT_TYPE] = "ZACCOUNTTYPE.ZIDENTIFIER",
	[TYPE_NAME] = "ZACCOUNTTYPE.ZACCOUNTTYPEDESCRIPTION",
	[USERNAME] = "ZUSERNAME", [DESCRIPTION] = "ZACCOUNTDESCRIPTION",
	[APP] = "ZOWNINGBUNDLEID", [ACTIVE] = "ZACTIVE",
	[AUTHENTICATED] = "ZAUTHENTICATED", [VISIBLE] = "ZVISIBLE",
	[IDENTIFIER] = "ZIDENTIFIER",
	[PARENT] = "ZPARENTACCOUNT.ZIDENTIFIER",
	[PARENT_TYPE] = "ZPARENTACCOUNT.ZACCOUNTTYPE.ZIDENTIFIER",
	[CREDENTIAL] = "ZCREDENTIALTYPE",
};

static const char *const of_property[NFIELDS] = {
	[ACCOUNT_TYPE] = "ZOWNER.ZACCOUNTTYPE.ZIDENTIFIER",
	[IDENTIFIER] = "ZOWNER.ZIDENTIFIER", [PROPERTY] = "ZKEY",
	[VALUE] = "ZVALUE",
};

static const char *const of_authorization[NFIELDS] = {
	[ACCOUNT_TYPE] = "ZACCOUNTTYPE.ZIDENTIFIER", [APP] = "ZBUNDLEID",
	[PERMISSIONS] = "ZGRANTEDPERMISSIONS",
};

static const struct reference refs[] = {
	{ "ZACCOUNT", "ZACCOUNTTYPE", "ZACCOUNTTYPE", NULL },
	{ "ZACCOUNT", "ZPARENTACCOUNT", "ZACCOUNT", NULL },
	{ "ZACCOUNTPROPERTY", "ZOWNER", "ZACCOUNT", NULL },
	{ "ZAUTHORIZATION", "ZACCOUNTTYPE", "ZACCOUNTTYPE", NULL },
	{ NULL, NULL, NULL, NULL }
};

static const struct place places[] = {
	{ "HomeDomain", "Library/Accounts/Accounts3.sqlite" },
	{ "HomeDomain", "Library/Accounts/VerifiedBackup/Accounts3.sqlite" },
	{ NULL, NULL }
};

static void
account_row(struct run *run, struct val *v)
{
	v[RECORD] = val_text(bytes_of("account"));
	run_record(run, v);
}

static void
authorization_row(struct run *run, struct val *v)
{
	v[RECORD] = val_text(bytes_of("authorization"));
	run_record(run, v);
}

/* "mailto:...", "tel:...", "+49...": the texts that name a person.  E-mail
   addresses are found in any text, numbers are not. */
static bool
is_handle(struct bytes b)
{
	return bytes_starts(b, "mailto:") || bytes_starts(b, "tel:") ||
	    (b.n > 5 && bytes_starts(b, "+"));
}

static struct val
handles_of(struct run *run, const struct val *texts)
{
	struct archives_list list = { NULL, 0, 0 };
	uint32_t i;

	for (i = 0; texts->type == VAL_LIST && i < texts->n; i++)
		if (is_handle(val_bytes(&texts->items[i])))
			archives_add(run, &list, texts->items[i]);
	if (texts->type == VAL_TEXT && is_handle(texts->bytes))
		archives_add(run, &list, *texts);
	return archives_as_val(&list);
}

static void
property_row(struct run *run, struct val *v)
{
	struct bytes data = val_bytes(&v[VALUE]);
	struct keyed root;
	struct val one;

	v[RECORD] = val_text(bytes_of("property"));
	if (v[VALUE].type == VAL_BLOB) {
		v[VALUE] = val_unset();
		if (archives_within(run, data, "the value of an account's "
		    "property could not be read", &root)) {
			one = archives_val(root, run_scratch(run));
			if (one.type == VAL_TIME)
				v[DATED] = one;
			else if (one.type != VAL_UNSET)
				v[VALUE] = one;
			else
				v[VALUE] = archives_texts(run, root);
		} else {
			v[VALUE] = val_blob(data);
		}
	}
	v[HANDLES] = handles_of(run, &v[VALUE]);
	run_record(run, v);
}

static void
read_file(struct run *run, const struct member *member)
{
	static const struct view accounts = { .table = "ZACCOUNT",
	    .refs = refs, .from = of_account, .row = account_row };
	static const struct view properties = { .table = "ZACCOUNTPROPERTY",
	    .refs = refs, .from = of_property, .row = property_row,
	    .optional = true };
	static const struct view authorizations = { .table = "ZAUTHORIZATION",
	    .refs = refs, .from = of_authorization, .row = authorization_row,
	    .optional = true };
	struct sqlite *db = run_sqlite(run, member);

	if (db == NULL)
		return;
	(void)run_view(run, db, &accounts);
	(void)run_view(run, db, &properties);
	(void)run_view(run, db, &authorizations);
}

const struct artifact artifact_ios_accounts = {
	.name    = "ios_accounts",
	.about   = "accounts that were signed in to",
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
};
