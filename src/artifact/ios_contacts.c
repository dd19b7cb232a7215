/*
 * Contacts: people in the address book, with their numbers and addresses.
 *
 * Evidence: AddressBook.sqlitedb; ABPerson one row a person, ABMultiValue one
 * row a telephone number, e-mail address or link.
 * Not here: contacts that apps keep for themselves, deleted contacts.
 *
 * That a number stands in an address book says nothing of a contact.
 */
#include "artifact/artifact.h"

enum { CREATED, MODIFIED, TYPE, VALUE, LINK, FIRST, MIDDLE, LAST, ORG, NOTE,
    PERSON, PROPERTY, NFIELDS };

static const struct field fields[NFIELDS] = {
	[CREATED]  = { "created", KIND_TIME_MAC, .event = "contact created" },
	[MODIFIED] = { "modified", KIND_TIME_MAC,
	               .event = "contact modified" },
	[TYPE]     = { "type", KIND_LABEL },
	[VALUE]    = { "value", KIND_HANDLE, .sense = SENSE_TYPED,
	               .shown = true },
	[LINK]     = { "link", KIND_URL, .sense = SENSE_TYPED },
	[FIRST]    = { "first", KIND_LABEL, .shown = true },
	[MIDDLE]   = { "middle", KIND_LABEL },
	[LAST]     = { "last", KIND_LABEL, .shown = true },
	[ORG]      = { "organization", KIND_LABEL, .shown = true },
	[NOTE]     = { "note", KIND_TEXT, .sense = SENSE_TYPED },
	[PERSON]   = { "person", KIND_INT },
	[PROPERTY] = { "property", KIND_INT },
};

static const char *const of_person[NFIELDS] = {
	[CREATED] = "CreationDate", [MODIFIED] = "ModificationDate",
	[FIRST] = "First", [MIDDLE] = "Middle", [LAST] = "Last",
	[ORG] = "Organization", [NOTE] = "Note", [PERSON] = "rowid",
};

static const char *const of_value[NFIELDS] = {
	[VALUE] = "value", [FIRST] = "record_id.First",
	[MIDDLE] = "record_id.Middle", [LAST] = "record_id.Last",
	[ORG] = "record_id.Organization", [PERSON] = "record_id",
	[PROPERTY] = "property",
};

static const struct reference refs[] = {
	{ "ABMultiValue", "record_id", "ABPerson", NULL },
	{ NULL, NULL, NULL, NULL }
};

static const struct place places[] = {
	{ "HomeDomain", "Library/AddressBook/AddressBook.sqlitedb" },
	{ NULL, NULL }
};

#define PROPERTY_URL	22

static void
person_row(struct run *run, struct val *v)
{
	v[TYPE] = val_text(bytes_of("person"));
	run_record(run, v);
}

static void
value_row(struct run *run, struct val *v)
{
	if (!val_set(&v[VALUE]))
		return;		/* street addresses stand elsewhere */
	v[TYPE] = val_text(bytes_of("value"));
	if (val_number(&v[PROPERTY], 0) == PROPERTY_URL)
		v[LINK] = v[VALUE];
	run_record(run, v);
}

static void
read_file(struct run *run, const struct member *member)
{
	static const struct view persons = { .table = "ABPerson",
	    .from = of_person, .row = person_row };
	static const struct view values = { .table = "ABMultiValue",
	    .refs = refs, .from = of_value, .row = value_row };
	struct sqlite *db = run_sqlite(run, member);

	if (db == NULL)
		return;
	(void)run_view(run, db, &persons);
	(void)run_view(run, db, &values);
}

const struct artifact artifact_ios_contacts = {
	.name    = "ios_contacts",
	.about   = "people in the address book",
	.places  = places,
	.fields  = fields,
	.nfields = NFIELDS,
	.read    = read_file,
};
